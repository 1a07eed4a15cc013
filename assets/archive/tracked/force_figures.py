"""Counts and populations of forces and regions that are tracked below data/figures/forces/, as rows of the fact tables.

They are many and alike, so a line holds what differs: what a series, a release or a note says stands once in its own file.
"""

import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.plausible.coverage import with_coverage
from assets.archive.plausible.plausible import line_problems
from assets.reference.known_on import figures_known_on
from assets.tables.conform import conform
from assets.tables.csv_table import read_csv
from assets.words.problems import Problem, refuse_if_any
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
