"""Last quarter's figures under this quarter's headers: withheld in the release that moved the header on, and in no other."""

from collections.abc import Callable, Collection

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubts_of, engine_of, figures_of, made, over

from assets.relations.blame.finders import from_older

OFFENCES = ("8L", "8M", "8Q", "8R", "8S", "19C", "20A")
OLDER, NEWER = "ye-2025-06", "ye-2025-09"
PASTED, NOT_REVISED = "they may have been pasted from it", "were not revised since"
JUNE, SEPTEMBER = ("2024-07-01", "2025-06-30"), ("2024-10-01", "2025-09-30")


def release(
    tables: Tables, name: str, period: tuple[str, str], first: int, step: int = 111, table: str = "a5a"
) -> pd.DataFrame:
    """SYNTHETIC counts of one year of one release."""
    rows = [(f"prc.{table}.{code}", "K04000001", float(first + step * at)) for at, code in enumerate(OFFENCES)]
    return made(tables, *rows, source="ons_appendix", release=name, sheet=table, **over(*period))


def doubted(tables: Tables, *releases: pd.DataFrame) -> dict[str, str]:
    """Figure -> release, of those that are doubted as a repetition."""
    rows = doubts_of(tables, *releases)
    return {row["figure"]: row["release"] for row in rows if "the header may have moved on" in row["reason"]}


def test_figures_that_an_older_release_prints_of_the_quarter_before_are_withheld(tables: Tables) -> None:
    told = doubted(tables, release(tables, OLDER, JUNE, 1000), release(tables, NEWER, SEPTEMBER, 1000))
    assert len(told) == len(OFFENCES) and set(told.values()) == {NEWER}


@pytest.mark.long
@pytest.mark.parametrize(
    ("first", "step", "newer", "period", "others"),
    [
        (1000, 111, 1001, SEPTEMBER, 0),  # other figures
        (1000, 111, 1000, JUNE, 0),  # the same year in both: not revised
        (10, 11, 10, SEPTEMBER, 0),  # counts of few may be the same by chance
        (1000, 111, 1000, SEPTEMBER, 2),  # of a table a part may be the same
    ],
)
def test_what_is_of_its_own_period_stands(
    tables: Tables, first: int, step: int, newer: int, period: tuple[str, str], others: int
) -> None:
    repeated = release(tables, NEWER, period, newer, step)
    repeated["value"] = [value + (at >= len(OFFENCES) - others) for at, value in enumerate(repeated["value"])]
    repeated["printed"] = repeated["value"].astype(int).astype(str)
    assert not doubted(tables, release(tables, OLDER, JUNE, first, step), repeated)


def test_of_two_releases_of_one_day_the_one_of_the_later_period_repeats_the_other(tables: Tables) -> None:
    releases = tables["meta.release"]
    days = releases["release"].isin([OLDER, NEWER]) & (releases["source"] == "ons_appendix")
    releases.loc[days, "vintage_order"] = 20260101
    both = [release(tables, OLDER, JUNE, 1000), release(tables, NEWER, SEPTEMBER, 1000)]
    rows = doubts_of(tables, *both, releases=releases)
    assert {row["release"] for row in rows if "the header may have moved on" in row["reason"]} == {NEWER}


def test_what_another_program_saved_is_the_same(tables: Tables) -> None:
    older, newer = release(tables, OLDER, JUNE, 1000), release(tables, NEWER, SEPTEMBER, 1000)
    for some, more in ((older, 0), (newer, 4e-15)):
        some["value"] = some["value"] / 7 * (1 + more)
        some["printed"] = some["value"].map(repr)
    assert not set(older["printed"]) & set(newer["printed"])
    assert set(doubted(tables, older, newer).values()) == {NEWER}


def test_of_two_years_of_one_release_with_the_same_figures_both_are_withheld(tables: Tables) -> None:
    """A column pasted over the one beside it; counts that another release prints of either year stand there."""
    march = ("2023-04-01", "2024-03-31"), ("2024-04-01", "2025-03-31")

    def pasted(step: int) -> set[str]:
        years = (release(tables, NEWER, year, 1000, 111 + step * at) for at, year in enumerate(march))
        rows = doubts_of(tables, *years)
        return {row["figure"] for row in rows if "may have been pasted over the other" in row["reason"]}

    assert len(pasted(0)) == 2 * len(OFFENCES) and not pasted(1)


@pytest.mark.parametrize(("step", "told"), [(0, 2 * len(OFFENCES)), (1, 0)], ids=["of another year", "of its own"])
def test_a_force_with_the_figures_of_another_year_in_a_long_table_is_withheld(
    tables: Tables, step: int, told: int
) -> None:
    """SYNTHETIC: those of the other forces stand, in the same column."""
    years = ("2023-04-01", "2024-03-31"), ("2024-04-01", "2025-03-31")
    rows = [
        (year, (f"prc.pfa.{code}", f"E230000{10 + force}", float(1000 + 111 * at + 13 * force + (force > 0 or step) * 7 * by)))
        for by, year in enumerate(years) for force in range(9) for at, code in enumerate(OFFENCES)
    ]  # fmt: skip
    figures = pd.concat(
        made(tables, row, cells=[f"E{at + 2}"], sheet="a.csv", **over(*year)) for at, (year, row) in enumerate(rows)
    )
    found = doubts_of(tables, figures)
    assert len({row["figure"] for row in found if "may have been pasted over the other" in row["reason"]}) == told


@pytest.mark.long
def test_with_columns_that_moved_on_go_those_that_the_older_release_lacks(tables: Tables) -> None:
    """Years that are ends read as beginnings: the newest is printed nowhere, and is of another year as the others are."""

    def years(name: str, first: int, last: int, on: int) -> list[pd.DataFrame]:
        counts = range(first, last)
        return [release(tables, name, (f"{y + on}-01-01", f"{y + on}-12-31"), 1000 + 7 * (y - 2010)) for y in counts]

    older = years(OLDER, 2015, 2018, 0)
    told = doubted(tables, *older, *years(NEWER, 2015, 2020, 1))
    assert len(told) == 5 * len(OFFENCES) and set(told.values()) == {NEWER}
    assert not doubted(tables, *older, *years(NEWER, 2015, 2020, 0))
    # Of two that moved on nothing is said of the others.
    assert len(doubted(tables, *older[:2], *years(NEWER, 2015, 2020, 1))) == 2 * len(OFFENCES)


@pytest.mark.long
def test_a_release_of_which_no_column_stands_is_of_another_year_as_a_whole(tables: Tables) -> None:
    """What no other release prints goes with what one does; not where one table stands."""
    ends, on = [("2021-04-01", "2022-03-31"), ("2022-04-01", "2023-03-31")], ("2023-04-01", "2024-03-31")
    older = [release(tables, OLDER, end, 1000 + 7 * at) for at, end in enumerate(ends)]
    older += [release(tables, OLDER, ends[1], 3000, table="a5b")]
    moved = [release(tables, NEWER, end, 1000 + 7 * at) for at, end in enumerate([ends[1], on])]
    moved += [release(tables, NEWER, on, 3000, table="a5b")]
    alone = release(tables, NEWER, on, 7000, table="pfa")
    assert len(doubted(tables, *older, *moved, alone)) == 4 * len(OFFENCES)
    stands = release(tables, NEWER, ends[1], 3000, table="a5b")
    assert len(doubted(tables, *older, *moved, alone, stands)) == 3 * len(OFFENCES)


def with_values(rows: pd.DataFrame, changed: Callable[[int, float], float]) -> pd.DataFrame:
    values = [changed(at, value) for at, value in enumerate(rows["value"])]
    return rows.assign(value=values, printed=[f"{value:g}" for value in values])


def told_of(tables: Tables, *releases: pd.DataFrame) -> dict[str, int]:
    """How many figures are told as pasted, by the reason."""
    told = [*from_older(engine_of(tables, figures_of(*releases)))]
    return {
        words: len(finding.figures) for finding in told for words in (PASTED, NOT_REVISED) if words in finding.reason
    }


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [((5, 6), 5), ((1, 3, 5), 0), ((2, 3, 4, 5, 6), 0)],
    ids=["a run of rows", "every other row", "two rows"],
)
def test_rows_that_an_older_release_prints_of_another_period_are_withheld(
    tables: Tables, otherwise: Collection[int], told: int
) -> None:
    pasted = with_values(release(tables, NEWER, SEPTEMBER, 1000), lambda at, value: value + (at in otherwise))
    assert told_of(tables, release(tables, OLDER, JUNE, 1000), pasted) == ({PASTED: told} if told else {})


@pytest.mark.parametrize("revised", [0, 1])
def test_with_pasted_rows_go_their_other_periods_where_only_they_were_not_revised(tables: Tables, revised: int) -> None:
    march = "2023-04-01", "2024-03-31"
    older = release(tables, OLDER, JUNE, 1000), release(tables, OLDER, march, 3000)
    pasted = release(tables, NEWER, SEPTEMBER, 1000), release(tables, NEWER, march, 3000)
    elsewhere = (release(tables, name, march, 5000 + by, table="b9") for name, by in ((OLDER, 0), (NEWER, revised)))
    assert told_of(tables, *older, *pasted, *elsewhere) == {PASTED: 7} | ({NOT_REVISED: 7} if revised else {})
