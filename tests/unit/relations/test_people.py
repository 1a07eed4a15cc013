"""People under the other sex or another year: their sums are as they were."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubted_in, doubts_of, figures_of, made, over

from assets.relations.blame.doubted import RENAMED, RESTING

pytestmark = pytest.mark.long

# SYNTHETIC people of forces, and by how much each grows in a year.
FORCES = {"E23000013": (570_000, 0.002), "E23000008": (640_000, 0.006), "E23000007": (1_460_000, 0.011)}


@pytest.fixture(scope="module")
def of_both(tables: Tables) -> tuple[pd.DataFrame, set[str]]:
    """The tracked figures with all people of mid-2025, the sums of women and men of each age; and what is doubted of them."""
    figures = tables["archive.figure"]
    of_sexes = figures[figures["series"].eq("population.mid_year") & figures["release"].eq("mid-2025-copy")]
    women, men = (of_sexes[of_sexes["sex"].eq(sex)].set_index("age", drop=False) for sex in ("female", "male"))
    people = (women["value"] + men["value"]).rename("value")
    of_all = women.assign(
        sex="all", value=people, printed=people.map("{:.0f}".format), cell=women["cell"].str.replace("B", "C")
    )
    figures = figures_of(figures, of_all)
    return figures, {row["figure"] for row in doubted_in(tables, figures)}


@pytest.mark.parametrize(("one", "another"), [("female", "male"), ("female", "all"), ("all", "male")])
def test_people_under_each_other_s_name_are_withheld(
    tables: Tables, of_both: tuple[pd.DataFrame, set[str]], one: str, another: str
) -> None:
    """England and Wales of mid-2025, of all ages that are tracked, with the sums of both; no other release has that year."""
    figures, before = of_both
    ours = figures["series"].eq("population.mid_year") & figures["release"].eq("mid-2025-copy")
    exchanged = figures["row_id"][ours & figures["sex"].isin([one, another])]
    renamed = figures["sex"].mask(ours, figures["sex"].replace({one: another, another: one}))
    figures = figures_of(figures.assign(sex=renamed))
    doubted = {row["figure"]: row["how"] for row in doubted_in(tables, figures)}
    assert len(exchanged) == 2 * ours.sum() // 3 >= 14 and doubted.keys() - before == {*exchanged}
    assert {doubted[row_id] for row_id in exchanged} == {RENAMED}


def test_all_people_who_are_made_of_wrong_ones_are_withheld(
    tables: Tables, of_both: tuple[pd.DataFrame, set[str]]
) -> None:
    """Ten times as many of every age and sex: what is known of some ages says nothing of the others, but that they make them."""
    figures, _ = of_both
    ours = figures["series"].eq("population.mid_year") & figures["release"].eq("mid-2025-copy")
    ten_times = figures["value"].mask(ours, 10 * figures["value"])
    printed = figures["printed"].mask(ours, ten_times.map("{:.0f}".format))
    figures = figures_of(figures.assign(value=ten_times, printed=printed))
    doubted = {row["figure"]: row["how"] for row in doubted_in(tables, figures)}
    wrong, made_of_them = {*figures["row_id"][ours]}, {figure for figure, how in doubted.items() if how == RESTING}
    assert wrong <= doubted.keys() and made_of_them <= wrong and len(made_of_them) > len(wrong) // 3


# SYNTHETIC women and men of one force by age; the ages below and above some age make all ages.
AGES = {
    "all": 100, "under 13": 10, "13+": 90, "under 16": 13, "16+": 87, "under 18": 15, "18+": 85, "18-29": 20, "16-59": 50,
}  # fmt: skip
PRINTED = {"source": "ons_population", "unit": "persons", "period_type": "mid_year"}


@pytest.mark.parametrize("sexes", [("female",), ("female", "male", "all")])
@pytest.mark.parametrize("wrong", [("all",), ("13+", "16+", "18+", "18-29", "16-59")])
def test_ages_that_do_not_make_all_ages_are_withheld_with_them(
    tables: Tables, sexes: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    """A cell of one age is in many sums of ages, so that they fail as if the total were wrong; women and men tell which is."""
    frames = []
    for at, sex in enumerate(sexes):
        people = [
            ("population.mid_year", "E23000013", (2_000.0 if sex == "all" else 1_000.0) * n) for n in AGES.values()
        ]
        cells = [f"{'BCD'[at]}{row + 5}" for row in range(len(AGES))]
        about = PRINTED | {"release": "mid-2025-copy", "sex": sex} | over("2025-06-30", "2025-06-30")
        frames.append(made(tables, *people, cells=cells, **about).assign(age=[*AGES]))
    figures = pd.concat(frames)
    more = figures["value"].where(~(figures["age"].isin(wrong) & figures["sex"].eq("female")), figures["value"] + 7_000)
    rows = doubts_of(tables, figures.assign(value=more, printed=more.map("{:.0f}".format)))
    doubted = {tuple(row["figure"].split(":")[2:4]) for row in rows}
    women = {("female", age) for age in AGES}
    assert (doubted >= women) if len(sexes) == 1 else doubted >= {("female", age) for age in wrong}
    if len(sexes) > 1 and wrong == ("all",):
        assert doubted == {("female", "all")}


def doubted_years(tables: Tables, called: dict[int, int], third: bool = True) -> set[tuple[str, int]]:
    """Release and year of what is doubted of people in two releases, the second with other names for years; and in a third
    that has the one year 2016.
    """
    frames = []
    for release, years, names in (
        ("mid-2020-2021-06", range(2011, 2020), {}),
        ("mid-2023-regional-copy", range(2011, 2021), called),
        *([("mid-2022-2024-03", [2016], {})] if third else []),
    ):
        for year in years:
            people = [
                ("population.mid_year", area, round(count * (1 + growth) ** (year - 2011)))
                for area, (count, growth) in FORCES.items()
            ]
            mid_year, column = f"{names.get(year, year)}-06-30", "CDEFGHIJKLM"[year - 2011]
            about = PRINTED | {"release": release} | over(mid_year, mid_year)
            frames.append(made(tables, *people, cells=[f"{column}{at}" for at in (2, 3, 4)], **about))
    rows = doubts_of(tables, *frames)
    return {(row["release"], int(row["figure"].split(":")[7][:4])) for row in rows}


def test_all_years_moved_on_are_withheld_in_the_release_that_a_third_contradicts(tables: Tables) -> None:
    copy = "mid-2023-regional-copy"
    assert doubted_years(tables, {}) == set()
    assert doubted_years(tables, {year: year + 2 for year in range(2011, 2021)}) == {
        (copy, year) for year in range(2013, 2023)
    }


@pytest.mark.parametrize("third", [True, False])
def test_two_years_exchanged_are_withheld_where_a_third_release_or_their_neighbours_contradict_them(
    tables: Tables, third: bool
) -> None:
    copy = "mid-2023-regional-copy"
    assert doubted_years(tables, {2013: 2016, 2016: 2013}, third) == {(copy, 2013), (copy, 2016)}
