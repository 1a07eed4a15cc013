"""A row type per table for the type checker: `python -m schemas.row_stub` prints schemas/row_types.pyi."""

import sys
from collections import Counter
from collections.abc import Iterable

from schemas.derive import columns
from schemas.facts import Fact
from schemas.registry import CONTRACTS, PUBLISHED
from schemas.table import Table
from schemas.views import VIEWS

HEAD = '''"""Made from the schemas by `make docs`; a test checks that it is current.

No column is required, since a query may ask for some only; so a `Record` passes where a row of one table is wanted.
"""

from typing import Any, TypedDict
'''


def stub() -> str:
    """The whole module: a type per table, `FactRow` for what all figures have, `Record` for all tables and views."""
    models: dict[type[Table], str] = {Fact: "facts"}
    models |= {contract.model: contract.schema for contract in (CONTRACTS | PUBLISHED).values()}
    named = Counter(model.__name__ for model in models)
    rows = {_name(model, schema, named[model.__name__]): [*columns(model)] for model, schema in models.items()}
    tables = [_row(name, of_table) for name, of_table in sorted(rows.items())]
    further = [name for view in VIEWS for name in view.further]
    return "\n".join([HEAD, *tables, _row("Record", sorted({*further}.union(*rows.values())))])


def _name(model: type[Table], schema: str, times: int) -> str:
    return f"{'' if times == 1 else schema.title()}{model.__name__}Row"


def _row(name: str, of_table: Iterable[str]) -> str:
    return "\n".join([f"class {name}(TypedDict, total=False):", *(f"    {column}: Any" for column in of_table), ""])


if __name__ == "__main__":
    sys.stdout.write(stub())
