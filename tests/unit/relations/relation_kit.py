"""What tests of relations build with: SYNTHETIC figures, all that is found of them, and what of them is doubted."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
from kit import Tables, day, frame

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubts import doubts
from assets.relations.tables import relation_tables
from assets.tables.conform import conform
from assets.tables.records import Record, records
from schemas.registry import contract

GIVEN = {
    "series": "reference.series", "offence": "reference.offence", "area": "reference.area", "release": "meta.release",
    "relation": "reference.relation", "relation_term": "reference.relation_term",
}  # fmt: skip
NAMED = {
    "offence": "offences", "area": "areas", "release": "releases", "relation": "relations", "relation_term": "terms",
}  # fmt: skip


def held(tables: Tables, figures: pd.DataFrame, **other: pd.DataFrame) -> dict[str, list[Record]]:
    """The tables of relations; other: instead of the tables of `reference` and the releases."""
    given = {NAMED.get(name, name): tables[key] for name, key in GIVEN.items()}
    given |= {"acknowledged": tables["reference.acknowledged"]} | other
    return {key: records(rows) for key, rows in relation_tables(figures, **given).items()}


def doubted_in(tables: Tables, figures: pd.DataFrame, **other: pd.DataFrame) -> list[Record]:
    """What is doubted of figures, without the other tables of relations; other: as of `held`."""
    acknowledged = other.pop("acknowledged", None)
    instead = {name: other.pop(NAMED.get(name, name)) for name in GIVEN if NAMED.get(name, name) in other}
    engine = Engine(figures, {name: tables[key] for name, key in GIVEN.items()} | instead | other)
    rows = doubts(engine, tables["reference.acknowledged"] if acknowledged is None else acknowledged)
    return [*{row["figure"]: dict(row) for row in reversed(rows)}.values()]


def engine_of(tables: Tables, figures: pd.DataFrame) -> Engine:
    return Engine(figures, {name: tables[key] for name, key in GIVEN.items()})


def figures_of(*frames: pd.DataFrame) -> pd.DataFrame:
    """Figures that were made or changed apart, with their row ids."""
    return conform(pd.concat(frames).drop(columns=["row_id"]), contract("archive.figure"))


def doubts_of(tables: Tables, *frames: pd.DataFrame, **other: pd.DataFrame) -> list[Record]:
    """What is doubted of figures that were made or changed apart."""
    return doubted_in(tables, figures_of(*frames), **other)


def changed(
    figures: pd.DataFrame,
    series: str,
    end: str,
    change: Callable[[float], float],
    release: str = "ye-2025-12",
    sex: str | None = None,
) -> tuple[str, pd.DataFrame]:
    """The figures with one of them changed as if it stood so in its cell, and its row id."""
    at = figures.index[
        (figures["series"] == series)
        & (figures["period_end"] == day(end))
        & (figures["release"] == release)
        & ((figures["sex"] == sex) | (sex is None))
    ]
    assert len(at) == 1
    value = change(figures.at[at[0], "value"])
    figures.loc[at, "value"] = value
    figures.loc[at, "printed"] = str(int(value)) if value == int(value) else str(value)
    return str(figures.at[at[0], "row_id"]), figures


def over(start: str, end: str) -> dict[str, datetime.date]:
    return {"period_start": day(start), "period_end": day(end)}


def to_march(year: int) -> dict[str, datetime.date]:
    """The year to March."""
    return over(f"{year - 1}-04-01", f"{year}-03-31")


def made(
    tables: Tables, *rows: tuple[str, str, float | None], cells: Iterable[str] = (), **more: object
) -> pd.DataFrame:
    """SYNTHETIC figures of one year and release of the force area tables: series, area and value."""
    any_figure = {name: value for name, value in tables.rows("archive.figure")[0].items() if name != "row_id"}
    same = {
        "sex": "all", "age": "all", "characteristic": None, "characteristic_value": None, "sheet": "Table P1",
        "source": "ons_pfa", "release": "ye-2024-12", "period_start": day("2024-01-01"), "period_end": day("2024-12-31"),
        "period_type": "year", "note": None, "leaves_out": None, "unit": "offences",
    }  # fmt: skip
    own = [
        {
            "series": series, "area_code": area, "value": value, "cell": f"C{at + 1}",
            "printed": "[x]" if value is None else f"{value:g}",
            "obs_status": "normal" if value is not None else "not_available",
        }
        for at, (series, area, value) in enumerate(rows)
    ]  # fmt: skip
    frame_made = pd.DataFrame([any_figure | same | row | more for row in own]).astype("object")
    return conform(frame_made.assign(cell=[*cells]) if cells else frame_made, contract("archive.figure"))


def of_survey(rows: list[dict[str, Any]], places: int = 6, **more: object) -> pd.DataFrame:
    """SYNTHETIC percentages of violence, as an indicator prints them with so many decimals."""
    same = {
        "series": "csew.violence.face_to_face.16+.prevalence", "sex": "all", "age": "16+", "area_code": "K04000001",
        "sheet": "x", "period_type": "survey_year", "unit": "percent", "obs_status": "normal", "source": "csew_sdg",
        "release": "sdg-5-2-2-b68b9d9",
    }  # fmt: skip
    figures = frame("archive.figure", rows, **same | over("2018-01-01", "2018-12-31") | more)
    return figures.assign(printed=figures["value"].map(f"{{:.{places}f}}".format))
