"""Read one released file: what it is, its rows, its release, what was noticed, and what of it was set aside."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from assets.archive.findings.checks import notice_in
from assets.archive.identity.long_identity import Identity, most_like
from assets.archive.identity.long_identity import identify as identify_long
from assets.archive.identity.long_readers import COUNTS, FIGURES, OUTCOMES, READERS
from assets.archive.identity.long_readers import read as read_long
from assets.archive.landed.cut_off import forces_lost, without_cut_periods
from assets.archive.plausible.by_sums import with_what_sums_show
from assets.archive.plausible.coverage import CELL, with_what_stands_beside
from assets.archive.plausible.plausible import figure_problems
from assets.archive.reading.book import Book, open_book
from assets.archive.reading.content import hidden_sheets
from assets.archive.reading.grid import column_number
from assets.archive.reading.known import known
from assets.archive.reading.layout import Layout
from assets.archive.reading.layout_tables import tolerated
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import FEW, Finding, Reading, SetAside, finding
from assets.archive.reading.shown import hidden_lines
from assets.archive.titled.read import read_titled
from assets.archive.titled.recognise import layouts, recognise, without_title
from assets.reference.releases import read_sources
from assets.tables.conform import conform, given_columns, validate
from assets.words.problems import BadInput, cannot
from assets.words.wording import first_of, number_of
from schemas.registry import contract
from schemas.row_types import ReleaseRow

MOST_SAID = 400  # signs of what was noticed, in the message of a file of which nothing is read


def read_file(path: Path, place: str, reference: Reference) -> Reading:
    """A file as read; a file of no known publication has no release.

    place: how findings and messages call the file
    Raises BadInput where nothing of it can be read, or it holds nothing that is wanted.
    """
    identity = identify_long(path, reference.data)
    made = _long(path, place, identity, reference) if identity is not None else _titled(path, place, reference)
    made.findings += what_is_hidden(path, place, made.frame)
    if made.release and not len(made.frame):
        noticed = " ".join(
            f"{it['place']}: {it['evidence']}" if it["kind"] == "left_out" else it["evidence"]
            for it in made.findings
            if it["severity"] != "info" or it["kind"] == "left_out"
        )
        raise cannot(
            f"{place} holds no figure that is wanted here", place,
            f"a file like {made.release['title']!r} without one figure of a known series", "figures of a known series",
            f"Look whether it is the whole file, and of this publication. {noticed[:MOST_SAID]}".strip(),
        )  # fmt: skip
    if made.release:
        keep_what_can_be(made, place, reference)
        if made.staged in (COUNTS, OUTCOMES):
            made.frame, lost, cut = without_cut_periods(made.frame, place, reference.data, reference.areas)
            made.findings += lost
            made.set_aside += cut
        else:
            made.frame, shown = with_what_sums_show(made.frame, place, reference.areas)
            made.findings += [*shown, *forces_lost(made.frame, place, reference.areas)]
        validate(conform(made.frame, contract(made.staged)), contract(made.staged))
    return made


def read_book(book: Book, layout: Layout, place: str, reference: Reference) -> Reading:
    """The figures of a workbook of a known publication, each with what stands beside it; BadInput where none can be read."""
    reading = read_titled(book, layout, known(reference))
    figures = with_what_stands_beside(reading.frame, reading.contents, reference.areas)
    return Reading(
        _placed(figures, place), notice_in(reading), release=reading.release, set_aside=reading.set_aside,
        tables=reading.tables, staged=FIGURES,
    )  # fmt: skip


def keep_what_can_be(made: Reading, place: str, reference: Reference) -> None:
    """Give the columns of a reading their types, and leave out of its figures those that cannot be true."""
    made.frame = _typed(made.frame, made.staged)
    if made.staged == FIGURES:
        _set_aside_figures(made, place, reference)


def _long(path: Path, place: str, identity: Identity, reference: Reference) -> Reading:
    reading = read_long(path, identity, reference)
    licences = {key: str(entry["licence"]) for key, entry in read_sources(reference.data).items()}
    reading.staged, reading.release = READERS[identity.reader].staged, release_row(identity, licences)
    reading.frame = _placed(reading.frame, place)
    reading.findings += (_left_out(omitted, place) for omitted in reading.left_out)
    return reading


def _titled(path: Path, place: str, reference: Reference) -> Reading:
    book = open_book(path, place)
    known_layouts = layouts(reference.data)
    layout = recognise(book, known_layouts)
    if layout is None:
        resembles = most_like(path, reference.data) or without_title(book, known_layouts)
        unknown = "".join(
            f" The layout of {it.title} cannot be read, so a file of it cannot be known."
            for it in known_layouts
            if it.problems
        )
        return Reading(findings=[_unrecognised(place, resembles + unknown)])
    return read_book(book, layout, place, reference)


def _placed(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """Figures with the file they were read from; counts have no such column."""
    return frame.assign(file=place) if "file" in frame.columns else frame


def _typed(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """The columns that a reader gives, of their declared types: far smaller than the objects they were read into."""
    names = given_columns(key)
    return conform(frame.reindex(columns=names), contract(key))[names]


def _set_aside_figures(made: Reading, place: str, reference: Reference) -> None:
    """Leave out figures that cannot be true, each with a finding: a share over 100%, a part larger than its whole. Of a sheet of
    which many cannot, all: it is of another unit. BadInput where nothing else is left."""
    rows = [str(at) for at in range(len(made.frame))]
    releases = pd.DataFrame([{"source": made.release["source"], "release": made.release["release"]}])
    problems = figure_problems(made.frame, rows, reference.series, reference.offences, reference.areas, releases)
    wrong = {int(problem.place): problem for problem in problems}
    share, impossible = tolerated(reference.data, "figures_impossible"), dict[str, SetAside]()
    for sheet, at_all in made.frame.groupby("sheet").indices.items():
        of_sheet = [at for at in at_all if at in wrong]
        if len(of_sheet) > max(FEW, share * len(at_all)):
            where = f"{place}, sheet {sheet!r}"
            what = f"{where}: {len(of_sheet):,} of {len(at_all):,} figures cannot be true; it may be in another unit"
            first = (replace(wrong[at], place=f"{where}, cell {made.frame.iloc[at]['cell']}") for at in of_sheet[:FEW])
            impossible[str(sheet)] = SetAside(what, tuple(first), sheet=str(sheet))
    if len(impossible) == made.frame["sheet"].nunique():
        raise BadInput(
            "; ".join(refused.what for refused in impossible.values()),
            [problem for refused in impossible.values() for problem in refused.problems],
        )
    made.set_aside += impossible.values()
    gone = made.frame["sheet"].isin(impossible)
    wrong = {at: problem for at, problem in wrong.items() if not gone.iloc[at]}
    for at, problem in wrong.items():
        row = made.frame.iloc[at]
        made.findings.append(
            finding(
                "figure_set_aside", "error", f"{place}, sheet {row['sheet']!r}, cell {row['cell']}: {row['series']}",
                f"Found {problem.value}; expected {problem.expected}.",
                "The figure is left out; the rest of the table is read. Look at the source: it contradicts itself.",
            )
        )  # fmt: skip
    gone.iloc[list(wrong)] = True
    made.frame = made.frame[~gone].reset_index(drop=True)


def release_row(identity: Identity, licences: Mapping[str, str]) -> ReleaseRow:
    """The row of `meta.release` of a file of long tables."""
    return {
        "source": identity.source,
        "release": identity.release,
        "title": identity.title,
        "publisher": identity.publisher,
        "released": identity.released,
        "period_end": identity.period_end,
        "designation": identity.designation,
        "held": True,
        "vintage_order": identity.vintage_order or 0,
        "licence": licences[identity.source],
        "url": identity.url,
        "note": identity.note,
        "citation": f"{identity.publisher}, {identity.title}",
    }


def _left_out(omitted: dict[str, Any], place: str) -> Finding:
    """What a reader leaves out by name, as a finding."""
    where = f", {omitted['where']}" if omitted.get("where") else ""
    rows = f"{omitted['rows']:,} rows." if isinstance(omitted.get("rows"), int) else str(omitted.get("rows", ""))
    return finding("left_out", "info", f"{place}{where}: {omitted['what']}", rows, f"Left out: {omitted['why']}")


def _unrecognised(place: str, resembles: str) -> Finding:
    evidence = f"The content is that of no publication in data/layouts.{resembles}"
    return finding("file_not_recognised", "warning", place, evidence, "Not read.")


# What a workbook does not show: sheets, which are not read, and columns and rows, whose figures are.
SHOWN = 6


def what_is_hidden(path: Path, place: str, frame: pd.DataFrame) -> Iterator[Finding]:
    """A finding for each sheet that a file hides, and for each of whose figures some stand in columns or rows that it hides.

    A filter hides rows that are published; a column of another year may be hidden by mistake. Which it is cannot be told.
    """
    for name in hidden_sheets(path):
        yield finding(
            "sheet_hidden", "warning", f"{place}, sheet {name!r}", "The workbook hides it.",
            "Not read: what is hidden is not published. Show it and save the workbook where it holds what is missing.",
        )  # fmt: skip
    for sheet, columns, rows in hidden_lines(path.read_bytes()):
        cells = frame["cell"][frame["sheet"] == sheet].dropna() if "cell" in frame.columns else ()
        places = [(match[1], int(match[2])) for match in map(CELL.match, map(str, cells)) if match]
        last = max((row for _, row in places), default=0)
        of_rows = {row for some in rows for row in range(some.start, min(some.stop, last + 1))}
        hidden = Counter[str]()
        for column, row in places:
            if any(column_number(column) + 1 in some for some in columns):
                hidden[f"column {column}"] += 1
            elif row in of_rows:
                hidden[f"row {row}"] += 1
        if hidden:
            yield finding(
                "cells_hidden", "warning", f"{place}, sheet {sheet!r}",
                f"{number_of(hidden.total(), 'figure')} in columns or rows that the workbook hides: {first_of(hidden, SHOWN)}.",
                "Read as the others are. Show them in the workbook, and look whether they are meant to be published.",
            )  # fmt: skip
