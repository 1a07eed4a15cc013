"""The queries behind the views of `main`."""

from collections.abc import Iterator

from assets.reconciled.ground.vintage import newest_sql
from assets.tables.querying import query
from schemas import deprecated
from schemas.derive import columns, quoted
from schemas.registry import contract
from schemas.views import PART_YEARS, VIEWS, Rows, View


def create_views() -> Iterator[str]:
    """The statements that create every view of `main` with its comments, and the old names that still stand."""
    for view in VIEWS:
        name, old = f"main.{view.name}", deprecated.COLUMNS.get(view.name, {})
        also = "".join(f', "{new}" AS "{former}"' for former, new in old.items())
        yield f"CREATE VIEW {name} AS SELECT *{also} FROM ({_query(view)})"
        yield f"COMMENT ON VIEW {name} IS {quoted(view.meaning)}"
        comments = view.comments() | {former: deprecated.remark(new) for former, new in old.items()}
        yield from _on_columns(name, comments)
    for former, new in deprecated.TABLES.items():
        yield f"CREATE VIEW {former} AS SELECT * FROM {new}"
        yield f"COMMENT ON VIEW {former} IS {quoted(deprecated.remark(new))}"
        yield from _on_columns(former, dict.fromkeys(columns(contract(new).model), deprecated.remark(new)))


def _query(view: View) -> str:
    if view.rows is Rows.EVERY:
        return f"SELECT * FROM {view.of}"
    shown = newest_sql(view.of, "meta.release", view.table.row_key)
    if view.rows is Rows.QUANTITY:
        quantity = ", ".join(f'newest."{name}"' for name in view.quantity)
        shown = query(__file__, "one_per_quantity", newest=shown, quantity=quantity)
    if view.part_years is None:
        return shown
    only = "" if view.part_years else "NOT "
    return f"SELECT * FROM ({shown}) WHERE period_type {only}IN ({', '.join(map(quoted, PART_YEARS))})"


def _on_columns(name: str, comments: dict[str, str]) -> Iterator[str]:
    for column, comment in comments.items():
        yield f'COMMENT ON COLUMN {name}."{column}" IS {quoted(comment)}'
