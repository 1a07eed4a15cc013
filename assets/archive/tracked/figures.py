"""Read the transcribed figures of data/figures/ and refuse what cannot be true of a published figure."""

import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from assets.archive.plausible.coverage import with_coverage
from assets.archive.plausible.plausible import figure_problems
from assets.reference.known_on import figures_known_on
from assets.tables.conform import conform
from assets.tables.csv_table import raise_one, read_csv
from assets.tables.failures import refuse_failures
from assets.words.problems import BadInput, Problem
from schemas.registry import contract

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
