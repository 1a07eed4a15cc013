"""Counts and populations of forces and regions that are tracked below data/figures/forces/, as rows of the fact tables.

They are many and alike, so a line holds what differs: what a series, a release or a note says stands once in its own file.
"""

import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.plausible.coverage import with_coverage
from assets.archive.plausible.plausible import figure_problems, line_problems
from assets.reference.known_on import figures_known_on
from assets.tables.conform import conform
from assets.tables.csv_table import raise_one, read_csv
from assets.tables.failures import refuse_failures
from assets.words.problems import BadInput, Problem, refuse_if_any
from schemas.archive import ForceFigure, ForceNote
from schemas.registry import contract

FORCES = "figures/forces"
COUNTS, POPULATIONS, NOTES = (f"{FORCES}/{name}.csv" for name in ("counts", "populations", "notes"))
TEXT = pd.ArrowDtype(pa.string())
ONE_FIGURE = ("series", "area_code", "period_start", "period_end", "source", "release")
REMEDY = "Correct it, or add what is new there."
FACT_KEY = contract("recorded.force_count").row_key


def tracked_counts(
    data: Path,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """The tracked counts in the form of `recorded.force_count`, offences as printed; BadInput as `_lines`.

    series, offences, areas: the reference tables; releases: `meta.release`; as_of: leaves out releases that came out after
    this day.
    """
    rows = _lines(data, COUNTS, "recorded.offence_count", series, areas, releases, as_of)
    codes = _of(rows["series"], series, "series", "offence_code")
    about = {
        name: _of(codes, offences, "offence_code", name) for name in ("level", "subgroup", "victim_sex", "victim_age")
    }
    return conform(
        _with_coverage(rows, areas).assign(
            offence_code=codes,
            offence=_of(codes, offences, "offence_code", "name"),
            level=about["level"],
            subgroup=about["subgroup"],
            sex=about["victim_sex"].fillna("all"),
            age=about["victim_age"].fillna(_of(rows["series"], series, "series", "age_base")).fillna("all"),
            scope=_of(rows["series"], series, "series", "scope"),
        ),
        contract("recorded.force_count"),
    )


def tracked_populations(
    data: Path,
    series: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """The tracked populations of all persons in the form of `population.estimate`; BadInput as `_lines`."""
    rows = _lines(data, POPULATIONS, "population.estimate", series, areas, releases, as_of)
    return conform(_with_coverage(rows, areas).assign(sex="all", age="all"), contract("population.estimate"))


def _with_coverage(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The rows with the forces that they leave out; what is doubted is said where they become facts."""
    return with_coverage(rows, areas, "notes").assign(doubt=pd.Series(None, index=rows.index, dtype=TEXT))


def tracked_beside(read: pd.DataFrame, tracked: pd.DataFrame) -> pd.DataFrame:
    """The tracked rows that no released file gives as well: what was read from a file stands."""
    return tracked[~tracked_keys(tracked).isin(tracked_keys(read))] if len(read) else tracked


def tracked_keys(rows: pd.DataFrame) -> pd.Series:
    """The figure and its release as one text, whichever table the row is of."""
    columns = [pc.cast(pa.array(rows[name], from_pandas=True), pa.string()) for name in FACT_KEY]
    whole = [column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for column in columns]
    return pd.Series(pc.binary_join_element_wise(*whole, "|"), index=rows.index, dtype=TEXT)


def force_lines(data: Path, file: str, as_of: datetime.date | None = None) -> pd.DataFrame:
    """The lines of a file as they stand there, with their number (`line`); BadInput where a cell cannot be read."""
    rows, lines = read_csv(data / file, ForceFigure, f"data/{file}", derived=())
    return figures_known_on(rows.assign(line=pd.Series(lines, dtype="int64[pyarrow]")), data, as_of).reset_index(
        drop=True
    )


def _lines(
    data: Path,
    file: str,
    table: str,
    series: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    as_of: datetime.date | None,
) -> pd.DataFrame:
    """The lines of a file with what their release, note and series say.

    BadInput with every line that cannot be true of a figure, whose series is none of the table, or whose area, release or note
    is not known.
    """
    rows = force_lines(data, file, as_of)
    notes, _ = read_csv(data / NOTES, ForceNote, f"data/{NOTES}", derived=())
    rows = rows.assign(unit=_of(rows["series"], series, "series", "unit"))
    places = [f"data/{file}, line {line}" for line in rows["line"]]
    of_another = rows["series"].isin(series.loc[series["table"] != table, "series"])
    no_note = ~rows["note"].fillna("").isin([*notes["note"], ""])
    problems = [
        Problem(places[at], column, repr(rows[column].iloc[at]), expected, REMEDY)
        for column, wrong, expected in (
            ("series", of_another, f"a series of {table}"), ("note", no_note, f"a note of data/{NOTES}"),
        )
        for at in wrong.to_numpy().nonzero()[0]
    ]  # fmt: skip
    problems += line_problems(rows, places, series, areas, releases)
    twice = rows[rows.duplicated(list(ONE_FIGURE))]
    problems += [
        Problem(
            f"data/{file}, line {line}", "", "a figure that an earlier line gives", "every figure once", "Remove one."
        )
        for line in twice["line"]
    ]
    refuse_if_any(f"data/{file} cannot be read", problems)
    pairs, releases = (frame.assign(pair=frame["source"] + "@" + frame["release"]) for frame in (rows, releases))
    return rows.drop(columns=["note", "line"]).assign(
        designation=_of(pairs["pair"], releases, "pair", "designation"),
        url=_of(pairs["pair"], releases, "pair", "url"),
        notes=_of(rows["note"], notes, "note", "text"),
    )


def _of(keys: pd.Series, table: pd.DataFrame, key: str, column: str) -> pd.Series:
    """A column of another table, looked up by key; empty where the key is."""
    at = pc.index_in(pa.array(keys, from_pandas=True), pa.array(table[key], from_pandas=True), skip_nulls=True)
    return pd.Series(pa.array(table[column], from_pandas=True).take(at), index=keys.index, dtype=TEXT)


# Read the transcribed figures of data/figures/ and refuse what cannot be true of a published figure.
FOLDER = "figures"
NOT_FIGURES = ("left_out.csv",)
FIGURE = contract("archive.figure")
DERIVED = ("row_id", "leaves_out", "file", "line")


def figure_files(data: Path) -> list[Path]:
    """The figure files, in the order of their names."""
    paths = [path for path in sorted((data / FOLDER).glob("*.csv")) if path.name not in NOT_FIGURES]
    if not paths:
        raise_one("data/figures", "no CSV file", "the transcribed figures", "Restore them from the repository.")
    return paths


def transcribed_figures(data: Path, as_of: datetime.date | None = None) -> pd.DataFrame:
    """The figures of data/figures/ with their file and line; BadInput with every cell of every file that cannot be read.

    as_of: leaves out the figures of releases that came out after this day
    """
    frames, unreadable, reasons = [], list[Problem](), []
    for path in figure_files(data):
        try:
            rows, lines = read_csv(path, FIGURE.model, f"data/figures/{path.name}", DERIVED)
        except BadInput as error:
            reasons.append(error.what)
            unreadable.extend(error.problems)
            continue
        text, whole = pd.ArrowDtype(pa.string()), pd.ArrowDtype(pa.int64())
        frames.append(
            rows.assign(
                leaves_out=pd.Series(None, index=rows.index, dtype=text),
                file=pd.Series(path.name, index=rows.index, dtype=text),
                line=pd.Series(lines, dtype=whole),
            )
        )
    if unreadable:
        raise BadInput("; ".join(reasons), unreadable)
    known = figures_known_on(conform(pd.concat(frames, ignore_index=True), FIGURE), data, as_of)
    return known.reset_index(drop=True)


def read_figures(
    data: Path,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    landed: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """Every figure, transcribed or read from a released file, with its file and line (`archive.figure`).

    as_of: leaves out the figures of releases that came out after this day; `landed` holds none of them already.

    Where a released file holds a figure that is transcribed too, the one read from the file stands; where the two differ,
    `assets.archive.findings.transcription` says so.

    Landed figures were looked at when they were read, and are set aside alone. Raises BadInput that lists, over all files of
    data/figures, every figure that breaks the schema, names an unknown series, area or
    release, has a value where a marker stands or the other way round, a reversed or overlapping period, a share over
    100%, a limit on the wrong side of its value, or a part larger than its whole.
    """
    transcribed = transcribed_figures(data, as_of)
    places = [
        f"data/figures/{file}, line {line}" for file, line in zip(transcribed["file"], transcribed["line"], strict=True)
    ]
    problems = figure_problems(transcribed, places, series, offences, areas, releases)
    refuse_failures(transcribed, FIGURE, places, problems, "data/figures")
    if not len(landed):
        return with_coverage(transcribed, areas)
    read = conform(landed.drop(columns="row_id"), FIGURE)
    whole = pd.concat([transcribed[~transcribed["row_id"].isin(read["row_id"])], read], ignore_index=True)
    return with_coverage(whole, areas)
