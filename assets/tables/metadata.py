"""What the Dagster UI shows of a table beside its name: columns, code, lineage, releases, words, a picture, first rows."""

import inspect
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg
import pandas as pd
from pandera.api.pandas.components import Column

from assets.tables.origins import Origins
from assets.tables.records import Frames
from assets.tables.staging import Staged
from assets.words.markdown import bullets, markdown_table, preview
from assets.words.problems import SHOWN
from schemas.column_lineage import COLUMN_LINEAGE
from schemas.derive import arrow_type, columns, comment_of, duckdb_type, unit_of
from schemas.table import Contract

PREVIEW_ROWS = 3  # each table's stand in the history of every run, three times
MOST_CODES, LONGEST_TAG = 12, 20
# A run with this tag draws no pictures: what nobody looks at need not be made.
NO_PICTURES = "darkfigure/no_pictures"
LIMITS = {
    "greater_than_or_equal_to": ("min_value", "at least {}"), "less_than_or_equal_to": ("max_value", "at most {}"),
    "greater_than": ("min_value", "more than {}"), "less_than": ("max_value", "less than {}"),
}  # fmt: skip


Drawing = Callable[[pd.DataFrame, Frames], tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """What of a table is said and drawn for people; both get the table and its inputs by parameter name.

    words:   heading -> Markdown
    drawing: an SVG picture, and what it shows in one sentence
    """

    words: Callable[[pd.DataFrame, Frames], Mapping[str, str]]
    drawing: Drawing


def column_schema(table: Contract) -> dg.TableSchema:
    """The columns as the UI shows them: type, meaning, unit, and what may stand in them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=name,
                type=_short(duckdb_type(arrow_type(spec))),
                description=comment_of(spec),
                constraints=dg.TableColumnConstraints(
                    nullable=bool(spec.nullable), unique=bool(spec.unique), other=_constraints(table, name, spec)
                ),
                tags=_tags(unit_of(spec)),
            )
            for name, spec in columns(table.model).items()
        ]
    )


def declared(table: Contract, made_by: Callable[..., Any]) -> dict[str, Any]:
    """What is known of a table before it is made: its columns, the function that makes it, which columns each comes from."""
    entries: dict[str, Any] = {
        "dagster/column_schema": column_schema(table), "dagster/table_name": table.key,
        "dagster/code_references": code_of(made_by),
    }  # fmt: skip
    if table.key in COLUMN_LINEAGE:
        entries["dagster/column_lineage"] = _lineage(table.key)
        # The UI without an account draws no lineage of columns, so it stands in words too.
        entries["where its columns come from"] = dg.MetadataValue.md(_lineage_words(table.key))
    return entries


def code_of(function: Callable[..., Any]) -> dg.CodeReferencesMetadataValue:
    """Where the function that makes a table stands: a link of the asset's page."""
    code = inspect.unwrap(function).__code__
    label = f"{function.__module__}.{function.__qualname__}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)
        place = dg.LocalFileCodeReference(file_path=code.co_filename, line_number=code.co_firstlineno, label=label)
        return dg.CodeReferencesMetadataValue(code_references=[place])


def cases_table(cases: pd.DataFrame) -> dg.TableMetadataValue:
    """The first failing cases, every cell a string, for a check's metadata."""
    records = [
        dg.TableRecord({str(name): str(value) for name, value in row.items()})
        for row in cases.head(SHOWN).to_dict("records")
    ]
    schema = dg.TableSchema(columns=[dg.TableColumn(str(name), "string") for name in cases.columns])
    return dg.MetadataValue.table(records, schema=schema)


def metadata_of(staged: Staged, inputs: Frames, shown: Shown | None, *, draw: bool) -> dict[str, Any]:
    """What is shown of a table that was just made.

    inputs: the frames it was made from, by parameter; draw: is a picture wanted
    """
    entries: dict[str, Any] = {}
    if shown is not None and staged.rows:
        frame = staged.frame
        entries |= {name: dg.MetadataValue.md(text) for name, text in shown.words(frame, inputs).items()}
        entries |= {"picture": dg.MetadataValue.md(drawn(shown.drawing, frame, inputs))} if draw else {}
    if staged.origins:
        entries["releases and files"] = dg.MetadataValue.md(_releases(staged.origins))
    return entries | {"preview": dg.MetadataValue.md(preview(staged.first(PREVIEW_ROWS)))}


def drawn(drawing: Drawing, frame: pd.DataFrame, inputs: Frames) -> str:
    """A picture as Markdown; nothing is ever refused because it could not be drawn."""
    from assets.charts.picture import as_markdown

    try:
        return as_markdown(*drawing(frame, inputs))
    except Exception as error:
        return f"The picture could not be drawn: {type(error).__name__}: {error}"


def _releases(origins: Origins) -> str:
    """Every release that went in, and the files that its figures were read from: releases of the same files in one line."""
    of_files: dict[tuple[str, ...], list[str]] = {}
    for release, files in origins.items():
        of_files.setdefault(tuple(files), []).append(f"`{release}`")
    return bullets(
        ", ".join(releases) + (f" from {', '.join(f'`{file}`' for file in files)}" if files else "")
        for files, releases in of_files.items()
    )


def _lineage(key: str) -> dg.TableColumnLineage:
    def part(name: str) -> dg.TableColumnDep:
        schema, table, column = name.split(".")
        return dg.TableColumnDep(asset_key=dg.AssetKey([schema, table]), column_name=column)

    return dg.TableColumnLineage({name: [*map(part, parts)] for name, parts in COLUMN_LINEAGE[key].items()})


def _lineage_words(key: str) -> str:
    """A row per column: the tables it comes from, each with its columns."""
    rows = []
    for name, parts in COLUMN_LINEAGE[key].items():
        by_table: dict[str, list[str]] = {}
        for part in parts:
            table, column = part.rsplit(".", 1)
            by_table.setdefault(table, []).append(column)
        rows.append((name, "; ".join(f"{table} ({', '.join(names)})" for table, names in by_table.items())))
    return markdown_table(("Column", "Comes from"), rows)


def _constraints(table: Contract, name: str, spec: Column) -> Sequence[str]:
    """The checks of a column in words, and where its codes stand."""
    constraints = []
    for check in spec.checks:
        if check.name == "isin":
            allowed = [str(value) for value in check.statistics["allowed_values"]]
            more = ", ..." if len(allowed) > MOST_CODES else ""
            constraints.append(f"one of {', '.join(allowed[:MOST_CODES])}{more}")
        elif check.name in LIMITS:
            limit, words = LIMITS[check.name]
            constraints.append(words.format(check.statistics[limit]))
    return [*constraints, *([f"in {table.foreign[name]}"] if name in table.foreign else [])]


def _short(type_name: str) -> str:
    """A type in few letters: a long one takes the room of the meanings beside it."""
    return "STRUCT[]" if type_name.startswith("STRUCT") and type_name.endswith("[]") else type_name


def _tags(unit: str | None) -> dict[str, str]:
    """A short unit as a tag, in the characters that one may have; the description has every unit in full."""
    if unit is None or len(unit) > LONGEST_TAG:
        return {}
    return {"unit": "".join(letter if letter.isalnum() or letter in "_-." else "_" for letter in unit)}
