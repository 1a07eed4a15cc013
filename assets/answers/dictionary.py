"""What people open first, on one page: docs/answers.md, from the contracts and the macros."""

from assets.answers.macros import MACROS
from schemas.document import table_page
from schemas.registry import ANSWERS

INTRODUCTION = """# The answers

What people open first in the file, in words, at most ten columns each. Made by `make docs`; a test checks that it is current.
All other tables are in [the tables](tables.md); `meta.column` lists the same in the file.

Every threat, part of one and force may be named as people name it: `stalking`, `domestic violence`, `Avon & Somerset`,
`E23000036`. A name that is not known ends the query with the nearest that is.

## Ask by name
"""


def page() -> str:
    """The page as Markdown."""
    rows = [f"| `{macro.call}` | {macro.meaning} |" for macro in MACROS]
    macros = "\n".join(["| call | what it gives |", "| --- | --- |", *rows])
    tables = [table_page(contract) for contract in ANSWERS.values()]
    return "\n".join([INTRODUCTION, macros, "", *tables]).rstrip() + "\n"
