"""A row as code takes it; apart from the types of columns, which bring pandas, for which no command of the terminal waits."""

from collections.abc import Mapping
from typing import Any

from schemas.row_types import Record as Record

# A row of which a column is chosen at run time, or that a query gives columns of its own; any row passes for one.
AnyRow = Mapping[str, Any]
