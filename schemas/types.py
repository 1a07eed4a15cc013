"""Column types: the only place where a type of the house is named.

Each is an Arrow type that pandera checks, Parquet stores and DuckDB reads without conversion.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import pandas as pd
import pyarrow as pa

from schemas.row_types import Record as Record

Text = Annotated[pd.ArrowDtype, pa.string()]
Number = Annotated[pd.ArrowDtype, pa.float64()]
Integer = Annotated[pd.ArrowDtype, pa.int64()]
Flag = Annotated[pd.ArrowDtype, pa.bool_()]
Date = Annotated[pd.ArrowDtype, pa.date32()]
Moment = Annotated[pd.ArrowDtype, pa.timestamp("us")]
TextList = Annotated[pd.ArrowDtype, pa.list_(pa.string())]
RuleResults = Annotated[
    pd.ArrowDtype,
    pa.list_(pa.struct([("rule", pa.string()), ("result", pa.string()), ("reason", pa.string())])),
]

# A row of which a column is chosen at run time, or that a query gives columns of its own; any row passes for one.
AnyRow = Mapping[str, Any]
