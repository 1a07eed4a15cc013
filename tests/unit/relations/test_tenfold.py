"""Ten times as much, or a tenth: is it told of the figures that results rest on?"""

import re
from pathlib import Path

import pandas as pd
import pytest
from kit import Tables
from relation_kit import changed, doubted_in, doubts_of, engine_of, made

from assets.relations.agreement.engine import LOOKED_AT
from assets.relations.tables import COVERAGE, RELATION, local_figures, tracked_facts

VICTIMS = "csew.domestic_abuse.new.16+.victims"
NEWEST, BULLETIN = "2025-03-31", "da-prevalence-ye-2025-03"


def test_it_is_told_of_nearly_all_figures_behind_a_comparison(tables: Tables) -> None:
    """What is not told is no headline: a percentage of few, and one that no other year or release is held of."""
    told = engine_of(tables, tables["archive.figure"]).ask("""
        select series, sex, age, period_start, period_end, edition, 10 * x > high and x / 10 < low as told
        from figure left join agreeing('figure', 'agreed') using (fid) where x is not null
    """)
    tells = {
        (row["series"], row["sex"], row["age"], f"{row['period_start']}..{row['period_end']}", row["edition"]): row[
            "told"
        ]
        for row in told
    }
    compared = tables["reconciled.gap"].query("verdict != 'block'")
    behind = {
        one for inputs in compared["inputs"] for one in inputs if re.match("estimate:|count:|flagged:|population:", one)
    }
    parts = [one.split(":") for one in sorted(behind)]
    untold = [":".join(part) for part in parts if not tells[(*part[1:4], *part[-2:])]]
    assert len(behind) > 150 and len(untold) <= 0.02 * len(behind), untold


@pytest.mark.one_in(3)
@pytest.mark.parametrize("factor", [2, 10, 0.1])
def test_victims_are_the_percentage_of_the_people_and_they_are_doubted_alone(tables: Tables, factor: float) -> None:
    """3.8 million in the year to March 2025, 7.8% of 50.9 million people at mid-2025, of whom some live in no household."""
    victims, figures = changed(tables["archive.figure"], VICTIMS, NEWEST, lambda value: value * factor, BULLETIN, "all")
    women, figures = changed(
        figures, VICTIMS, "2024-03-31", lambda value: value * factor, "da-redevelopment-2025-05", "female"
    )
    known = set(tables["archive.doubt"]["figure"])
    doubted = {row["figure"]: row["reason"] for row in doubted_in(tables, figures) if row["figure"] not in known}
    assert {victims, women} <= set(doubted) and not any(one.startswith("population") for one in doubted)
    assert all("the percentage of the people" in doubted[one] for one in (victims, women))


def test_the_people_are_women_and_men_of_the_nearest_mid_year_within_a_year(tables: Tables) -> None:
    """Mid-2024 is not held by age: the year to March 2025 is of mid-2025. Of the year to March 2013 no mid-year is near."""
    of_people = [row for row in tables.rows(RELATION) if row["relation"] == "victims_of_people"]
    [newest] = [
        row for row in of_people if row["figure"].startswith(f"figure:{VICTIMS}:all:") and row["release"] == BULLETIN
    ]
    assert newest["figures"] == 4 and newest["agrees"]
    assert {row["figures"] for row in of_people if ":female:" in row["figure"]} == {3}
    assert not [row for row in of_people if "2012-04-01..2013-03-31" in row["figure"]]


@pytest.mark.long
def test_what_stands_alone_is_held_against_the_last_year_before_it_wherever_it_is_printed(tables: Tables) -> None:
    """Incidents and crimes flagged as domestic abuse are of one year in each bulletin; a class has its years in one release."""
    stages = "prc.da_bulletin.incidents_and_crimes"
    flagged, figures = changed(
        tables["archive.figure"], stages, "2021-03-31", lambda value: value * 10, "da-prevalence-ye-2021-03"
    )
    country, figures = changed(figures, "prc.a5a.105A", "2015-03-31", lambda value: value * 1000)
    assert {flagged, country} <= {row["figure"] for row in doubted_in(tables, figures)}
    alone = {row["figure"] for row in tables.rows(RELATION) if row["relation"] == "earlier_stages"}
    assert flagged in alone and country not in {
        row["figure"] for row in tables.rows(RELATION) if row["relation"] == "earlier_offences"
    }


@pytest.mark.long
def test_a_newest_count_of_a_force_twice_as_large_is_told_by_the_last_year_of_another_table(
    tables: Tables, data_root: Path
) -> None:
    """By partnerships to June 2025, by force to December 2024: nothing else is held of the newest year of most forces."""
    given = [tables[key] for key in ("reference.series", "reference.offence", "reference.area", "meta.release")]
    archived = tables["archive.figure"]
    local = local_figures(tracked_facts(data_root, *given), archived, tables["archive.landed_count"])
    newest = local[(local["series"] == "prc.csp.stalking_and_harassment") & (local["value"] > 5000)].index[:5]
    local.loc[newest, "value"] *= 2
    local.loc[newest, "printed"] = local.loc[newest, "value"].map("{:.0f}".format)
    doubted = doubted_in(tables, pd.concat([archived[list(LOOKED_AT)], local], ignore_index=True))
    assert len(newest) == 5 and set(local.loc[newest, "row_id"]) <= {row["figure"] for row in doubted}


def test_the_coverage_says_of_how_many_figures_it_is_told(tables: Tables) -> None:
    rows = tables.rows(COVERAGE)
    assert all(max(row["ten_times"], row["a_tenth"]) <= row["in_one"] for row in rows)
    [headline] = [row for row in rows if row["release"] == BULLETIN and row["table_stem"] == "csew.domestic_abuse"]
    assert headline["ten_times"] == headline["a_tenth"] == headline["figures"]


@pytest.mark.long
def test_a_leap_that_sums_confirm_is_real_and_one_that_none_knows_is_doubted(tables: Tables) -> None:
    """A class that came into use within a year has five times as many offences in the next: its subgroup has them too, or not."""
    series = ("prc.a5a.8L", "prc.a5a.8M", "prc.a5a.8Q", "prc.a5a.8R", "prc.a5a.8U", "prc.a5a.stalking_and_harassment")
    figures = (
        tables["archive.figure"].query("release == 'ye-2025-12' and series in @series and period_type == 'year'").copy()
    )
    ends = sorted(figures["period_end"].unique())[-3:]
    known = {row["figure"] for row in doubted_in(tables, figures)}
    new = figures.index[(figures["series"] == "prc.a5a.8U") & figures["period_end"].isin(ends[1:])]
    more = 5 * figures.loc[new, "value"]
    of_group = figures.index[(figures["series"] == series[-1]) & figures["period_end"].isin(ends[1:])]
    for at, total in zip(new, of_group, strict=True):
        figures.loc[total, "value"] += more[at] - figures.at[at, "value"]
        figures.loc[at, "value"] = more[at]
    figures.loc[[*new, *of_group], "printed"] = figures.loc[[*new, *of_group], "value"].map("{:.0f}".format)
    assert {row["figure"] for row in doubted_in(tables, figures)} == known
    # A wrong figure beside it breaks the sum, and with it what confirms the leap, which is no word against the leap alone.
    wrong = figures.copy()
    [beside] = wrong.index[(wrong["series"] == "prc.a5a.8L") & (wrong["period_end"] == ends[1])]
    wrong.loc[beside, "value"] -= 200
    wrong.loc[beside, "printed"] = f"{wrong.at[beside, 'value']:.0f}"
    assert wrong.at[beside, "row_id"] in {row["figure"] for row in doubted_in(tables, wrong)}
    alone = figures[figures["series"] == "prc.a5a.8U"]
    assert {row["figure"] for row in doubted_in(tables, alone)} >= {figures.at[new[0], "row_id"]}


@pytest.mark.long
@pytest.mark.one_in(2)
@pytest.mark.parametrize("factor", [0.1, 10])
def test_a_leap_is_not_taken_for_real_by_a_share_in_which_its_figure_is_acknowledged(
    tables: Tables, factor: float
) -> None:
    """All crime of 2024, 5,343,815 by Table A5a of December 2025: Table B9b divides by another total, and it is acknowledged."""
    series = "prc.a5a.total_excluding_fraud"
    total, figures = changed(tables["archive.figure"], series, "2024-12-31", lambda value: round(value * factor))
    doubted = {row["figure"]: row["reason"] for row in doubted_in(tables, figures)}
    assert "from one year to the next" in doubted[total]


def test_households_are_no_people(tables: Tables) -> None:
    """The people of three forces of Table P3 in the column of their households, of which no rate is printed."""
    people = (("E23000002", 498_900.0), ("E23000003", 1_498_300.0), ("E23000004", 1_423_100.0))
    households = (("E23000002", 224_200.0), ("E23000003", 1_498_300.0), ("E23000004", 621_900.0))
    rows = [
        made(tables, *((series, area, value) for area, value in values), unit=unit, sheet="Table P3")
        for series, values, unit in (
            ("population.pfa_table", people, "persons"), ("population.pfa_table_households", households, "households"),
        )
    ]  # fmt: skip
    parts = [row["figure"].split(":") for row in doubts_of(tables, *rows)]
    doubted = {(part[1], part[6]) for part in parts}
    assert ("population.pfa_table_households", "E23000003") in doubted and {area for _, area in doubted} == {
        "E23000003"
    }
