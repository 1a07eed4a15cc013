"""Read a release of the Appendix tables to Crime in England and Wales (ONS)."""

from dataclasses import replace
from typing import Any

from assets.archive.periods import Period
from assets.archive.readers.appendix_rows import Rows, rows_of
from assets.archive.readers.known import Known
from assets.archive.readers.locate import Located, locate, title_periods
from assets.archive.readers.reading import Finding, Reading, finding, to_frame, together
from assets.archive.readers.release import latest, release_of
from assets.archive.sheets.block import Axis, Block, block
from assets.archive.sheets.book import Book
from assets.archive.sheets.layout import Layout
from assets.archive.sheets.nearest import nearest
from assets.archive.sheets.text import Label
from assets.words.problems import BadInput, Problem, refuse_if_any
from schemas.codes import ENGLAND_AND_WALES

COMPARED = "compared_with"
SIGNIFICANT = {
    "[s]": "Marked [s]: statistically significant at the 5% level.",
    "[ns]": "Marked [ns]: not statistically significant.",
    "": "Not marked as statistically significant.",
}


def read_appendix(book: Book, layout: Layout, known: Known) -> Reading:
    """Every figure of the tables that the layout knows, with the notes it refers to, as `archive.figure` has them.

    Values, units and markers are as printed; the period is the one printed in the column's header. Raises BadInput with
    every header, row label, code and cell that the layout, the series or the markers do not know.
    """
    contents = locate(book, layout)
    release = release_of(contents, layout, book.file)
    problems: list[Problem] = []
    findings = list(release.findings)
    blocks: list[Block] = []
    for located in contents.tables:
        constants = {
            "area_code": ENGLAND_AND_WALES,
            "source": layout.publication,
            "release": release.key,
            "sheet": located.grid.name.strip(),
            "file": book.file,
            "designation": located.layout.designation,
        }
        notes = contents.notes.notes_for(located.title.table)
        for one in _blocks(located, layout, known, constants, notes, findings):
            problems += one.problems
            findings += _printed_as_text(located, one)
            blocks.append(one)
    refuse_if_any(f"{book.file} cannot be read as {layout.title}", problems)
    findings += [
        finding(
            "table_not_in_release", "warning", f"{book.file}, {table.table}",
            f"No table with the title {table.title.pattern!r}, which releases of the layout of {contents.generation} have.",
            "Its series have no figures of this release.",
        )
        for table in contents.missing
    ]  # fmt: skip
    figures, differing = together(blocks)
    return Reading(to_frame(figures), release.row, findings + differing, contents)


def _blocks(
    located: Located,
    layout: Layout,
    known: Known,
    constants: dict[str, Any],
    notes: dict[int, str],
    findings: list[Finding],
) -> list[Block]:
    """The figures of one table; a table with named columns gives one block per column, since the series differ."""
    table_notes = (*located.title.label.cited, *located.sheet_notes)
    if located.layout.columns == "named":
        return _named_columns(located, layout, known, constants, notes, table_notes)
    columns = sorted(located.periods)
    found = rows_of(located, layout, known, columns)
    axis = _period_axis(located, layout, columns, notes)
    cell_notes = _significance(located, found, columns) if located.layout.columns == "change" else None
    bases = found.base_rows() if any(row.base for row in found.rows) else None
    made = block(
        located.grid, located.title.table, _row_axis(found, known), axis, constants, layout.markers, notes, table_notes,
        bases, cell_notes,
    )  # fmt: skip
    made.problems = found.problems + made.problems
    findings += found.findings
    return [made]


def _row_axis(found: Rows, known: Known) -> Axis:
    facts = [known.series[row.series] for row in found.rows]
    return Axis(
        [row.index for row in found.rows],
        {
            "series": [row.series for row in found.rows],
            "sex": [fact.sex for fact in facts],
            "age": [row.age or fact.age for row, fact in zip(found.rows, facts, strict=True)],
            "unit": [fact.unit for fact in facts],
        },
        [row.label.cited for row in found.rows],
    )


def _period_axis(located: Located, layout: Layout, columns: list[int], notes: dict[int, str]) -> Axis:
    """The periods in the header; of a table of changes the period compared with, the newer one from the title."""
    headers = [located.periods[column] for column in columns]
    fields: dict[str, list[Any]] = {}
    if located.layout.columns == "change":
        fields["characteristic"] = [COMPARED] * len(columns)
        fields["characteristic_value"] = [f"{one.start}/{one.end}" for one in headers]
        headers = [latest(_compared(located))] * len(columns)
    fields |= {
        "period_start": [one.start for one in headers],
        "period_end": [one.end for one in headers],
        "period_type": [_kind(one, located) for one in headers],
    }
    labels = [located.header.labels[column] for column in columns]
    designations = [_designation(text, layout, notes) or located.layout.designation for text in labels]
    fields["designation"] = designations
    return Axis(columns, fields, [text.cited for text in labels])


def _compared(located: Located) -> list[Period]:
    found = [one for one in title_periods(located) if one.period_type == "year"]
    if not found:
        expected = "the year that the changes lead to, such as 'year ending June 2025 compared to selected years'"
        problem = Problem(
            located.place, "title", repr(located.title.label.text), expected, "Check the title of the table."
        )
        raise BadInput(f"{located.place} does not say what its changes lead to", [problem])
    return found


def _kind(one: Period, located: Located) -> str:
    return located.layout.period_type if one.period_type == "year" else one.period_type


def _designation(text: Label, layout: Layout, notes: dict[int, str]) -> str | None:
    """The standing that a note of a column takes away or gives."""
    for number in text.notes:
        for pattern, designation in layout.designation_notes:
            if pattern.search(notes.get(number, "").casefold()):
                return designation
    return None


def _significance(located: Located, found: Rows, columns: list[int]) -> list[str | None]:
    """What stands in the significance column of each change, in words."""
    paired = {}
    for column, text in located.change.items():
        if text.folded.endswith("significance"):
            before = [other for other in columns if other < column]
            if before:
                paired[max(before)] = column
    said: list[str | None] = []
    for row in found.rows:
        cells = located.grid.rows[row.index]
        for column in columns:
            mark = str(cells[paired[column]]).strip().casefold() if column in paired else None
            said.append(None if mark is None else SIGNIFICANT.get(mark, f"Significance column: {mark}."))
    return said


def _named_columns(
    located: Located, layout: Layout, known: Known, constants: dict[str, Any], notes: dict[int, str],
    table_notes: tuple[int | str, ...],
) -> list[Block]:  # fmt: skip
    names = [name for name in layout.columns if name.group == located.layout.table]
    made = []
    periods = title_periods(located)
    problems = (
        [] if periods else [Problem(located.place, "title", repr(located.title.label.text), "a period", "Check it.")]
    )
    skip = {located.label_column, located.code_column}
    for column, text in located.other.items():
        if column in skip:
            continue
        name = next((one for one in names if one.label.fullmatch(text.folded)), None)
        if name is None:
            problems.append(
                Problem(
                    located.grid.place(located.header.row, column), "header", repr(text.printed),
                    f"a header that the layout knows ({nearest(text.folded, (one.label.pattern for one in names))})",
                    "Add it to columns.csv of the layout.",
                )
            )  # fmt: skip
            continue
        if not periods:
            continue
        found = rows_of(_with_series(located, name.more["series"]), layout, known, [column])
        one = latest(periods)
        axis = Axis(
            [column],
            {"period_start": [one.start], "period_end": [one.end], "period_type": [_kind(one, located)]},
            [text.cited],
        )
        part = block(
            located.grid,
            located.title.table,
            _row_axis(found, known),
            axis,
            constants,
            layout.markers,
            notes,
            table_notes,
        )
        part.problems = found.problems + part.problems
        made.append(part)
    missing = [name for name in names if not any(name.label.fullmatch(text.folded) for text in located.other.values())]
    problems += [
        Problem(
            located.grid.place(located.header.row, located.label_column), "header", "no such column",
            f"a column {name.label.pattern!r}", "If it was renamed, add the new label to columns.csv of the layout.",
        )
        for name in missing
    ]  # fmt: skip
    if problems:
        raise BadInput(f"{located.place} does not have the columns of its layout", problems)
    return made


def _with_series(located: Located, series: str) -> Located:
    """The same table with another template of series keys."""
    return replace(located, layout=replace(located.layout, series=series))


def _printed_as_text(located: Located, one: Block) -> list[Finding]:
    if not one.as_text:
        return []
    cells = ", ".join(one.as_text[:5]) + (" ..." if len(one.as_text) > 5 else "")
    first = next(text for text in one.texts.values() if text[0].isdigit() or text[0] in "-−")
    return [
        finding(
            "number_printed_as_text", "info", f"{located.place}, cell {cells}",
            f"{len(one.as_text)} of {len(one.values)} figures are text, the first {first!r}.",
            "Read as the number that is printed.",
        )
    ]  # fmt: skip
