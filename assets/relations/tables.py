"""The tables of relations: what every instance found, how much of each printed table is covered, and what is doubted."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.tracked.figures import (
    TEXT,
    figure_files,
    tracked_beside,
    tracked_counts,
    tracked_populations,
    transcribed_figures,
)
from assets.relations.agreement.engine import LOOKED_AT, NO_TITLES, Engine
from assets.relations.blame.doubts import doubts
from assets.relations.blame.transcribed import transcribed_too
from assets.tables.conform import conform
from assets.tables.querying import ask, query
from schemas.codes import ENGLAND_AND_WALES
from schemas.derive import arrow_schema
from schemas.registry import contract
from schemas.row_id import row_ids
from schemas.rows import AnyRow

RELATION, COVERAGE, DOUBT = "meta.relation", "meta.relation_coverage", "archive.doubt"
# Of so many figures a megabyte is enough to hold most of a query, and the rest lies on disk meanwhile; beside it stand the
# frames that they come from.
LEAST_MEGABYTES, FIGURES_OF_A_MEGABYTE = 300, 700
TABLES = (RELATION, COVERAGE, DOUBT)


def relation_tables(
    figures: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    relations: pd.DataFrame,
    terms: pd.DataFrame,
    acknowledged: pd.DataFrame,
    compared: pd.DataFrame | None = None,
    titled: pd.DataFrame | None = None,
) -> Mapping[str, pd.DataFrame]:
    """A frame per table of `TABLES`: every figure of every release run through all relations that apply to it.

    compared: `assets.relations.blame.transcribed.transcribed_too`; titled: rows of `archive.table` whose title or rows say
    more than is known of them; None where nothing is.

    Nothing is mended: a figure to blame is doubted, with the reason; see `assets.relations.blame.doubts`.
    """
    given = {
        "series": series, "offence": offences, "area": areas, "release": releases, "relation": relations,
        "relation_term": terms,
    } | {name: rows for name, rows in (("compared", compared), ("titled", titled)) if rows is not None}  # fmt: skip
    memory = f"{max(LEAST_MEGABYTES, len(figures) // FIGURES_OF_A_MEGABYTE)}MB"
    try:
        return _tables(Engine(figures, given, memory), acknowledged)
    except duckdb.OutOfMemoryException:  # not all of a query can lie on disk
        return _tables(Engine(figures, given), acknowledged)


def _tables(engine: Engine, acknowledged: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    doubted = _frame(doubts(engine, acknowledged), DOUBT)
    engine.connection.register("doubt", pa.Table.from_pandas(doubted, preserve_index=False))
    return {RELATION: _asked(engine, "held"), COVERAGE: _asked(engine, "coverage"), DOUBT: doubted}


def _asked(engine: Engine, step: str) -> pd.DataFrame:
    return engine.frame(query(__file__, step))


def _frame(rows: Sequence[AnyRow], key: str) -> pd.DataFrame:
    names = [name for name in contract(key).model.to_schema().columns if name != "row_id"]
    # A figure may be located twice; the first way stands.
    once = {row["figure"]: row for row in reversed(rows)}
    return conform(pd.DataFrame(list(once.values()), columns=names, dtype="object"), contract(key))


# What stands in no archive of figures: tracked counts and populations of police forces, the open data, and sums of outcomes.
SO_FAR, GIVEN, OFFENCES = "prc.ho_outcomes.for_offences_recorded", "prc.ho_outcomes.recorded", "prc.ho_pfa."
# What the sums of `archive.landed_outcome` are made of.
SUMMED = (
    "source", "release", "sheet", "series", "offence_code", "outcome_type", "area_code", "period_start", "period_end", "value",
)  # fmt: skip
COUNT, PEOPLE = "recorded.force_count", "population.estimate"  # the tables of facts of police forces


def relation_tables_of_all(
    data: Path,
    figures: pd.DataFrame,
    landed: pd.DataFrame,
    outcomes: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    relations: pd.DataFrame,
    terms: pd.DataFrame,
    acknowledged: pd.DataFrame,
    tables: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> Mapping[str, pd.DataFrame]:
    """A frame per table of `TABLES`, for the figures of the archive and those of `local_figures`."""
    tracked = tracked_facts(data, series, offences, areas, releases, as_of)
    local = local_figures(tracked, figures, landed)
    summed = outcome_sums(outcomes, offences, areas)
    every = pd.concat([figures[list(LOOKED_AT)], local, summed], ignore_index=True)
    transcribed = transcriptions(data, tracked, figures, landed, as_of)
    return relation_tables(
        every, series, offences, areas, releases, relations, terms, acknowledged, transcribed, titled(tables)
    )


def titled(tables: pd.DataFrame) -> pd.DataFrame:
    """The tables of `archive.table` whose title or rows say more than is known of them, as the engine looks at them."""
    more = tables[["says_more", "not_whole"]].notna().any(axis=1)
    return tables.loc[more & (tables["status"] == "read"), list(NO_TITLES)]


def tracked_facts(
    data: Path,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> Mapping[str, pd.DataFrame]:
    """The tracked counts and populations of police forces, by the table of facts that they go to."""
    return {
        COUNT: tracked_counts(data, series, offences, areas, releases, as_of),
        PEOPLE: tracked_populations(data, series, areas, releases, as_of),
    }


def transcriptions(
    data: Path,
    tracked: Mapping[str, pd.DataFrame],
    figures: pd.DataFrame,
    landed: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame | None:
    """Which figures of landed files were transcribed too, and do they differ; None where nothing landed. As `local_figures`."""
    read = figures[~figures["file"].isin([path.name for path in figure_files(data)])]
    if not len(read) and not len(landed):
        return None
    of_forces = pd.concat([looked_at(rows, key) for key, rows in tracked.items()], ignore_index=True)
    read_too = pd.concat([read[list(LOOKED_AT)], looked_at(landed, COUNT)])
    return transcribed_too(read_too, transcribed_figures(data, as_of), of_forces)


def local_figures(tracked: Mapping[str, pd.DataFrame], figures: pd.DataFrame, landed: pd.DataFrame) -> pd.DataFrame:
    """Rows as the engine looks at them, by the row ids of the tables of facts that they go to.

    tracked: see `tracked_facts`; figures: `archive.figure`: what it holds as well is left out; landed: `archive.landed_count`
    """
    counts = pd.concat([landed, tracked[COUNT][landed.columns]], ignore_index=True)
    tables = [
        looked_at(tracked_beside(figures, rows), key) for key, rows in ((COUNT, counts), (PEOPLE, tracked[PEOPLE]))
    ]
    return pd.concat(tables, ignore_index=True)


def looked_at(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Rows of a table of facts, one per row id, as the engine looks at them."""
    named = rows.assign(row_id=row_ids(contract(key), rows)).drop_duplicates("row_id")
    return typed(named)


def outcome_sums(outcomes: pd.DataFrame, offences: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """All outcomes so far of the offences of a class that a force recorded in a quarter, none yet among them: those offences.

    outcomes: `archive.landed_outcome`; in England and Wales by year too, where a release has four quarters of every force. All
    outcomes that a force gave in the quarter, whenever the offence was recorded, stand beside them as a characteristic.
    """
    words = {"so_far": SO_FAR, "given": GIVEN, "offences": OFFENCES, "country": ENGLAND_AND_WALES}
    sums = ask(query(__file__, "outcome_sums", **words), outcome=outcomes, offence=offences, area=areas)
    return typed(sums.assign(row_id=sum_ids(sums)))


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that the engine looks at, empty where some rows have none."""
    kinds = arrow_schema(contract("archive.figure").model)
    return rows.assign(
        **{
            name: pd.Series(None, index=rows.index, dtype=pd.ArrowDtype(kinds.field(name).type))
            for name in LOOKED_AT
            if name not in rows
        }
    )[list(LOOKED_AT)]


def sum_ids(rows: pd.DataFrame) -> pd.Series:
    """The row id of the sum to which all outcomes of a class, area and period go; rows of outcomes, or such sums."""
    given = rows["series"] == GIVEN if "outcome_type" in rows else rows["characteristic"].notna()
    what = given.map({True: "outcomes_given", False: "outcome_sum"})
    code, area, start, end, source, release = (
        pc.cast(pa.array(rows[name], from_pandas=True), pa.string())
        for name in ("offence_code", "area_code", "period_start", "period_end", "source", "release")
    )
    days, origin = (pc.binary_join_element_wise(*ends) for ends in ((start, end, ".."), (source, release, "@")))
    key = pc.binary_join_element_wise(pa.array(what, pa.string()), code, area, days, origin, ":")
    return pd.Series(key, index=rows.index, dtype=TEXT)
