"""The two charts that are missing from the Statement's text, rebuilt from published tables with their caveats.

What the lost charts showed is not known. The first, "Estimated victims versus police recorded crime", is rebuilt as the estimates
and the recorded counts that ONS publishes of the same kinds of offence; the notes of the chapter that held it speak of a table
that includes men and women and leaves out Devon and Cornwall. The second, of women aged 16 and over who were victims in the year
ending March 2023, is rebuilt from the survey estimates of that year. Titles are those of the Statement.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from assets.reconciled.ground.vintage import newest_of
from assets.tables.called import called
from assets.tables.records import Record, records
from assets.words.wording import NOT_A_RATE
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import ChartValueRow

YEAR_END = datetime.date(2023, 3, 31)
OVERLAP = "The groups overlap: one woman may be in several, so the bars must not be added."
EIGHT_MONTHS = "Eight months of interviews instead of twelve (a survey error); not National Statistics."
BOTH_SEXES = "Men and women."
WITHOUT_DEVON_AND_CORNWALL = "First release, without Devon and Cornwall; the next bar has the force in."
ALL_AGES = "All ages and both sexes; children and non-recent offences are included."
POLICING = "The policing VAWG collection, by its own definition; not ONS's recorded crime."
ROUNDING_ONLY = "The limits are the rounding of the printed figure, not its sampling error."
COPY = "The Statement's own copy of an ONS figure; the ONS table is not held."


@dataclass(frozen=True)
class Bar:
    """One bar: which figure, and what must be said of it beside what is said of every bar.

    release: a release other than the newest, as `source@release`
    """

    label: str
    table: str
    series: str
    sex: str
    caveats: tuple[str, ...]
    age: str | None = None
    release: str | None = None


HARASSMENT = "csew.sexual_harassment.harassment_module.16+.victims"
ABUSE = "csew.domestic_abuse.old.16+.victims"
ASSAULT = "csew.non_da_sexual_assault.old.16+.victims"
STALKING = "csew.non_da_stalking.old.16+.victims"
FLAGGED, BOTH_CLASSES = "prc.b9.all_offences", "prc.a5a.stalking_and_harassment"
EARLIER, COLLECTED = (BOTH_SEXES, WITHOUT_DEVON_AND_CORNWALL), "recorded offences, policing collection"
FIRST = "ons_bulletins@da-overview-2023-11"
NO_COUNT = "No recorded count stands beside it: much sexual harassment is no crime of its own."
VICTIMS_BY_TYPE = (
    Bar("Sexual harassment", "survey", HARASSMENT, "female", (COPY,)),
    Bar("Domestic abuse", "survey", ABUSE, "female", (EIGHT_MONTHS,)),
    Bar("Stalking outside domestic abuse", "survey", STALKING, "female", (COPY,)),
    Bar("Sexual assault outside domestic abuse", "survey", ASSAULT, "female", (COPY,)),
)
ESTIMATED_V_RECORDED = (
    Bar("Domestic abuse: estimated victims", "survey", ABUSE, "all", (BOTH_SEXES, EIGHT_MONTHS)),
    Bar("Domestic abuse: estimated victims, women", "survey", ABUSE, "female", (EIGHT_MONTHS,)),
    Bar("Domestic abuse: recorded offences, first release", "flagged", FLAGGED, "all", EARLIER, "16+", FIRST),
    Bar("Domestic abuse: recorded offences", "flagged", FLAGGED, "all", (BOTH_SEXES,), "16+"),
    Bar(f"Domestic abuse: {COLLECTED}", "vawg", "vawg.domestic_abuse", "female", (POLICING,)),
    Bar("Sexual assault outside domestic abuse: estimated victims, women", "survey", ASSAULT, "female", (COPY,)),
    Bar("Sexual offences: recorded offences", "offences", "prc.a5a.sexual_offences", "all", (ALL_AGES,), "all"),
    Bar(f"Rape and serious sexual offences: {COLLECTED}", "vawg", "vawg.rasso", "female", (POLICING,)),
    Bar("Stalking outside domestic abuse: estimated victims, women", "survey", STALKING, "female", (COPY,)),
    Bar("Stalking and harassment: recorded offences", "offences", BOTH_CLASSES, "all", (ALL_AGES,), "all"),
    Bar(f"Stalking and harassment: {COLLECTED}", "vawg", "vawg.stalking_harassment", "female", (POLICING,)),
    Bar("Sexual harassment: estimated victims, women", "survey", HARASSMENT, "female", (COPY, NO_COUNT)),
)


def estimated_v_recorded(
    estimates: pd.DataFrame, offences: pd.DataFrame, flagged: pd.DataFrame, vawg: pd.DataFrame, releases: pd.DataFrame
) -> pd.DataFrame:
    """`statement.chart_estimated_v_recorded`: estimated victims and recorded offences of the year ending March 2023.

    Values are persons on the one side and offences on the other; they share a chart, not a unit.
    """
    tables = {"survey": estimates, "offences": offences, "flagged": flagged, "vawg": vawg}
    return _chart(ESTIMATED_V_RECORDED, NOT_A_RATE, tables, releases)


def victims_by_type(estimates: pd.DataFrame, releases: pd.DataFrame) -> pd.DataFrame:
    """`statement.chart_victims_by_type`: women aged 16 and over who were victims, year ending March 2023, in persons."""
    return _chart(VICTIMS_BY_TYPE, OVERLAP, {"survey": estimates}, releases)


def _limits(row: Record) -> list[str]:
    return [ROUNDING_ONLY] if row.get("interval_source") == "rounding" else []


KEYS = called("survey", "offences", "flagged", "vawg")


def _chart(bars: Sequence[Bar], always: str, tables: dict[str, pd.DataFrame], releases: pd.DataFrame) -> pd.DataFrame:
    asked = {bar.series for bar in bars}
    tables = {name: table[table["series"].isin(asked)] for name, table in tables.items()}
    rows_of = {name: records(table) for name, table in tables.items()}
    fresh = {name: records(newest_of(table, releases, KEYS[name])) for name, table in tables.items()}
    rows = list[ChartValueRow]()
    for bar in bars:
        row = _figure(bar, (fresh if bar.release is None else rows_of)[bar.table])
        if row is not None:
            rows.append(_bar(len(rows) + 1, bar, always, row))
    return pd.DataFrame(rows, dtype="object")


def _figure(bar: Bar, rows: Sequence[Record]) -> Record | None:
    """The figure of a bar; None where the year is not held (the chart then has a bar less)."""
    fitting = [
        row
        for row in rows
        if row["series"] == bar.series
        and row["sex"] == bar.sex
        and row["period_end"] == YEAR_END
        and row["area_code"] == ENGLAND_AND_WALES
        and (bar.age is None or row["age"] == bar.age)
        and (bar.release is None or f"{row['source']}@{row['release']}" == bar.release)
        and not row.get("characteristic_value")
    ]
    return fitting[0] if fitting else None


def _bar(position: int, bar: Bar, always: str, row: Record) -> ChartValueRow:
    survey = bar.table == "survey"
    return {
        "position": position,
        "label": bar.label,
        "side": "estimated" if survey else "recorded",
        "value": row["value"],
        "lower": row.get("lower") if survey else row["value"],
        "upper": row.get("upper") if survey else row["value"],
        "unit": row["unit"],
        "sex": row["sex"],
        "age": row["age"],
        "period_start": row["period_start"],
        "period_end": row["period_end"],
        "scope": "csew" if survey else row["scope"],
        "designation": row["designation"],
        "release": f"{row['source']}@{row['release']}",
        "caveats": [always, *bar.caveats, *_limits(row), *([row["notes"]] if row["notes"] else [])],
        "inputs": [row["row_id"]],
    }
