"""The tables as a page of documentation: `python -m schemas.document` prints docs/tables.md."""

import sys

from schemas import codes
from schemas.derive import arrow_type, columns, duckdb_type, unit_of
from schemas.registry import CONTRACTS, PUBLISHED
from schemas.table import Contract
from schemas.views import VIEWS, View, table_comment

INTRODUCTION = """# The tables

Made from the schemas by `make docs`; a test checks that it is current. The same stands in the file itself: every table and
column has a comment, and `meta.column` lists them all.

Schemas keep every vintage; the views of `main` are what people open first and the newest of each:

{views}
"""
CODE_LISTS = {
    "verdict": codes.VERDICT,
    "interval_source": codes.INTERVAL_SOURCE,
    "obs_status of figures": codes.FACT_STATUS,
    "obs_status of results": codes.RESULT_STATUS,
    "change_source": codes.CHANGE_SOURCE,
    "designation": codes.DESIGNATION,
    "scope": codes.SCOPE,
    "instrument": codes.INSTRUMENT,
    "period_type": codes.PERIOD_TYPE,
    "period_match": codes.PERIOD_MATCH,
    "threat": codes.THREAT_OR_ALL,
}


def page() -> str:
    """The whole page."""
    rows = [f"| `{view.name}` | `{view.of}` | {view.rows}{_further(view)} |" for view in VIEWS]
    views = "\n".join(["| view | of | rows |", "| --- | --- | --- |", *rows])
    tables = [table_page(contract) for contract in (CONTRACTS | PUBLISHED).values()]
    lists = [_codes(name, meanings) for name, meanings in CODE_LISTS.items()]
    return "\n".join([INTRODUCTION.format(views=views), *tables, "## Codes\n", *lists]).rstrip() + "\n"


def _further(view: View) -> str:
    """What a view says beside its table's columns."""
    length = "" if view.part_years is None else f"; of {'parts of years' if view.part_years else 'a year or more'}"
    doubts = "; a doubted one where no undoubted one is held (`doubt`)" if view.shows_doubts else ""
    return length + doubts + "".join(f"; `{name}`: {meaning}" for name, (_, _, meaning) in view.further.items())


def table_page(contract: Contract) -> str:
    """One table: what a row is, and its columns."""
    head = f"## {contract.key}\n\n{table_comment(contract)}\n\n| column | type | unit | meaning |\n| --- | --- | --- | --- |"
    rows = [
        f"| {name}{'' if spec.nullable else ' *'} | {_short(duckdb_type(arrow_type(spec)))} | {unit_of(spec) or ''} "
        f"| {str(spec.description).replace('|', '/')} |"
        for name, spec in columns(contract.model).items()
    ]
    return "\n".join([head, *rows, "", "\\* never empty", ""])


def _short(type_name: str) -> str:
    return "list of (rule, result, reason)" if type_name.startswith("STRUCT") else type_name


def _codes(name: str, meanings: dict[str, str]) -> str:
    rows = [f"| `{code}` | {meaning} |" for code, meaning in meanings.items()]
    return "\n".join([f"### {name}\n", "| code | meaning |", "| --- | --- |", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(page())
