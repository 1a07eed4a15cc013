"""What stands in no archive of figures: tracked counts and populations of police forces, the open data, and sums of outcomes."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from assets.archive.figures import figure_files, transcribed_figures
from assets.archive.force_figures import tracked_beside, tracked_counts, tracked_populations
from assets.relations.engine import LOOKED_AT
from assets.relations.tables import relation_tables
from assets.relations.transcribed import transcribed_too
from schemas.codes import ENGLAND_AND_WALES
from schemas.derive import arrow_schema
from schemas.registry import contract
from schemas.row_id import row_ids

SO_FAR, GIVEN, OFFENCES = "prc.ho_outcomes.for_offences_recorded", "prc.ho_outcomes.recorded", "prc.ho_pfa."
QUARTERS, NONE_YET = 4, "0"
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
    as_of: datetime.date | None = None,
) -> Mapping[str, pd.DataFrame]:
    """A frame per table of `assets.relations.tables.TABLES`, for the figures of the archive and those of `local_figures`."""
    tracked = tracked_facts(data, series, offences, areas, releases, as_of)
    local = local_figures(tracked, figures, landed)
    summed = outcome_sums(outcomes, offences, areas)
    every = pd.concat([figures[list(LOOKED_AT)], local, summed], ignore_index=True)
    transcribed = transcriptions(data, tracked, figures, landed, as_of)
    return relation_tables(every, series, offences, areas, releases, relations, terms, acknowledged, transcribed)


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

    outcomes: `recorded.outcome_count`; in England and Wales by year too, where a release has four quarters of every force. All
    outcomes that a force gave in the quarter, whenever the offence was recorded, stand beside them as a characteristic.
    """
    counted = outcomes[outcomes["value"].notna()]
    of = ["source", "release", "sheet", "offence_code"]
    by = [*of, "area_code", "period_start", "period_end"]
    quarters, given = (
        counted[rows].groupby(by, as_index=False)["value"].sum().assign(period_type="quarter")
        for rows in (counted["series"] == SO_FAR, (counted["series"] == GIVEN) & (counted["outcome_type"] != NONE_YET))
    )
    by_release = quarters.groupby(["source", "release"])
    whole = (by_release["period_end"].transform("nunique") == QUARTERS) & (
        by_release["area_code"].transform("nunique") == areas["area_type"].str.endswith("force").sum()
    )
    first, last = by_release["period_start"].transform("min"), by_release["period_end"].transform("max")
    years = quarters.assign(period_start=first, period_end=last, area_code=ENGLAND_AND_WALES, period_type="year")[whole]
    years = years.groupby([*by, "period_type"], as_index=False)["value"].sum()
    named = given.assign(characteristic="outcomes given", characteristic_value="in the quarter")
    made = pd.concat([quarters, years, named], ignore_index=True)
    victims = offences.set_index("offence_code")
    return typed(
        made.assign(
            series=OFFENCES + made["offence_code"], unit="offences", obs_status="normal",
            printed=made["value"].map("{:.0f}".format), sex=made["offence_code"].map(victims["victim_sex"]).fillna("all"),
            age=made["offence_code"].map(victims["victim_age"]).fillna("all"), row_id=sum_ids(made),
        )
    )  # fmt: skip


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
    names = ("offence_code", "area_code", "period_start", "period_end", "source", "release")
    code, area, start, end, source, release = (rows[name].astype(str) for name in names)
    given = rows["series"] == GIVEN if "series" in rows else rows["characteristic"].notna()
    what = given.map({True: "outcomes_given:", False: "outcome_sum:"})
    return what + code + ":" + area + ":" + start + ".." + end + ":" + source + "@" + release
