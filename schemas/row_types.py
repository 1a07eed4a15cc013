"""The columns of a row by table, for the type checker: they stand in row_types.pyi, which `make docs` makes from the schemas.

`GapRow` is a row of `reconciled.gap` and of no other table, `Record` one of some table. At run time each is a plain dict.
"""

from typing import Any


def __getattr__(name: str) -> type[dict[str, Any]]:
    if name == "Record" or name.endswith("Row"):
        return dict
    raise AttributeError(f"no row type {name!r}")
