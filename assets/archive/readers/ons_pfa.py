"""Read a release of the Police Force Area data tables (ONS): forces, regions, Community Safety Partnerships."""

from typing import Any

from assets.archive.periods import Period, named
from assets.archive.readers.known import Known
from assets.archive.readers.locate import Located, locate, title_periods
from assets.archive.readers.places import Places, columns_of_places, places
from assets.archive.readers.reading import Finding, Reading, finding, to_frame, together, unknown_series
from assets.archive.readers.release import latest, release_of
from assets.archive.sheets.block import Axis, Block, block
from assets.archive.sheets.book import Book
from assets.archive.sheets.layout import Layout, Name
from assets.archive.sheets.nearest import nearest
from assets.archive.sheets.notes import footnotes
from assets.words.problems import Problem, refuse_if_any

COMPARED = "compared_with"
CHANGE = "_change"


def read_pfa(book: Book, layout: Layout, known: Known) -> Reading:
    """Counts, rates, changes, populations and households of every area of the force and partnership tables.

    The period is that of the table's title; populations have the year in their header. Figures, units and markers are as
    printed. Raises BadInput with every header and area that is not known, and for a table without the offences that
    every release has.
    """
    contents = locate(book, layout)
    release = release_of(contents, layout, book.file)
    problems: list[Problem] = []
    findings = list(release.findings)
    blocks: list[Block] = []
    for located in contents.tables:
        constants = {
            "sex": "all",
            "source": layout.publication,
            "release": release.key,
            "sheet": located.grid.name.strip(),
            "file": book.file,
            "designation": located.layout.designation,
        }
        at = columns_of_places(located, layout)
        found = places(located, at, known)
        axis, wrong = _columns(located, layout, known, set(at.values()))
        notes = contents.notes.notes_for(located.title.table)
        if found.rows and (
            below := footnotes(located.grid, found.rows[-1][0] + 1, located.region.last_row, located.title.table)
        ):
            notes = below.text
            contents.notes.blocks.append(below)
        problems += found.problems + wrong
        findings += found.findings
        one = block(
            located.grid, located.title.table, _rows(found), axis, constants, layout.markers, notes,
            (*located.title.label.cited, *located.sheet_notes),
        )  # fmt: skip
        problems += one.problems
        findings += _as_text(located, one)
        blocks.append(one)
    refuse_if_any(f"{book.file} cannot be read as {layout.title}", problems)
    figures, differing = together(blocks)
    findings += [
        finding(
            "table_not_in_release", "warning", f"{book.file}, {table.table}",
            f"No table with the title {table.title.pattern!r}, which releases of the layout of {contents.generation} have.",
            "Its series have no figures of this release.",
        )
        for table in contents.missing
    ]  # fmt: skip
    return Reading(to_frame(figures), release.row, findings + differing, contents)


def _rows(found: Places) -> Axis:
    return Axis(
        [row for row, _, _ in found.rows],
        {"area_code": [code for _, code, _ in found.rows]},
        [notes for _, _, notes in found.rows],
    )


def _columns(located: Located, layout: Layout, known: Known, skip: set[int]) -> tuple[Axis, list[Problem]]:
    """The labelled columns as series, with unit and period; problems for labels that the layout does not know."""
    names = [name for name in layout.columns if name.group == "offences"]
    period, compared, problems = _periods(located)
    kept: list[tuple[int, Name, str]] = []
    for column, text in located.header.labels.items():
        if column in skip:
            continue
        name = next((one for one in names if one.label.fullmatch(text.folded)), None)
        place = located.grid.place(located.header.row, column)
        if name is None:
            near = nearest(text.folded, (one.label.pattern for one in names))
            problems.append(
                Problem(place, "header", repr(text.printed), f"a header that the layout knows ({near})",
                        "Add it to columns.csv of the layout.")
            )  # fmt: skip
            continue
        series = name.more["series"] or located.layout.series.format(name=name.name)
        if series in known.series:
            kept.append((column, name, series))
        else:
            problems.append(unknown_series(place, text.text, series, known))
    have = {name.name for _, name, _ in kept}
    problems += [
        Problem(
            located.grid.place(located.header.row, located.label_column), "header", f"no column for {name}",
            f"a column for {name}, as every release has", "If it was renamed, add the new label to columns.csv of the layout.",
        )
        for name in layout.must_have
        if name not in have
    ]  # fmt: skip
    periods = [_mid_year(located, column) if name.more["period"] else period for column, name, _ in kept]
    missing = [column for (column, name, _), one in zip(kept, periods, strict=True) if one is None]
    problems += [
        Problem(
            located.grid.place(located.header.row, column), "header", repr(located.header.labels[column].printed),
            "a mid-year, such as '(mid-2023)'", "Check the header.",
        )
        for column in missing
    ]  # fmt: skip
    if problems or period is None:
        return Axis([]), problems
    fields: dict[str, list[Any]] = {
        "series": [series for _, _, series in kept],
        "age": [known.series[series].age for _, _, series in kept],
        "unit": [known.series[series].unit for _, _, series in kept],
        "period_start": [one.start for one in periods if one],
        "period_end": [one.end for one in periods if one],
        "period_type": [one.period_type for one in periods if one],
    }
    if compared is not None:
        fields["characteristic"] = [COMPARED] * len(kept)
        fields["characteristic_value"] = [f"{compared.start}/{compared.end}"] * len(kept)
    return Axis(
        [column for column, _, _ in kept], fields, [located.header.labels[c].cited for c, _, _ in kept]
    ), problems


def _periods(located: Located) -> tuple[Period | None, Period | None, list[Problem]]:
    """The period of the table, and of a table of changes the one compared with."""
    found = [one for one in title_periods(located) if one.period_type == "year"]
    change = located.layout.table.endswith(CHANGE)
    if len(found) < (2 if change else 1):
        expected = "two years ending" if change else "a year ending"
        place = located.grid.place(located.title.row, located.title.column)
        problem = Problem(place, "title", repr(located.title.label.text), expected, "Check the title of the table.")
        return None, None, [problem]
    newest = latest(found)
    return newest, min(found, key=lambda one: one.end) if change else None, []


def _mid_year(located: Located, column: int) -> Period | None:
    text = located.header.labels[column].printed
    return next((one for one in named(text, located.superscripts) if one.period_type == "mid_year"), None)


def _as_text(located: Located, one: Block) -> list[Finding]:
    if not one.as_text:
        return []
    cells = ", ".join(one.as_text[:5]) + (" ..." if len(one.as_text) > 5 else "")
    return [
        finding(
            "number_printed_as_text", "info", f"{located.place}, cell {cells}",
            f"{len(one.as_text)} of {len(one.values)} figures are text.", "Read as the numbers that are printed.",
        )
    ]  # fmt: skip
