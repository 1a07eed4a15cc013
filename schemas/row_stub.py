"""A row type per table for the type checker: `python -m schemas.row_stub` prints schemas/row_types.pyi."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

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
    times = Counter(model.__name__ for model in models)
    names = {model: _name(model, schema, times[model.__name__]) for model, schema in models.items()}
    rows = sorted(names, key=lambda model: names[model])
    every = {*(name for view in VIEWS for name in view.further)}.union(*map(columns, rows))
    return "\n".join([HEAD, *(_of_model(model, names) for model in rows), _row("Record", "TypedDict", sorted(every))])


def _of_model(model: type[Table], names: Mapping[type[Table], str]) -> str:
    """A row of a table; one of a table that another is made of has what that one's row has, and its own columns."""
    base = next((parent for parent in model.__mro__[1:] if parent in names), None)
    own = [name for name in columns(model) if base is None or name not in columns(base)]
    return _row(names[model], names[base] if base else "TypedDict", own)


def _name(model: type[Table], schema: str, times: int) -> str:
    return f"{'' if times == 1 else schema.title()}{model.__name__}Row"


def _row(name: str, base: str, own: Sequence[str]) -> str:
    body = [f"    {column}: Any" for column in own] or ["    pass"]
    return "\n".join([f"class {name}({base}, total=False):", *body, ""])


if __name__ == "__main__":
    sys.stdout.write(stub())
