"""A force of another size than in other releases, and columns of nothing but noughts."""

import random

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubts_of, made, over, to_march

from assets.relations.blame.exchanged import FORCES as FORCES_TO_TELL
from assets.relations.blame.finders import MOST, MOST_BESIDE

CODES = ("8L", "8M", "8Q", "8R", "8S", "19C", "20A", "105A", "104", "8N", "49", "45")
FORCES = [f"E230000{at:02}" for at in (1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14)]
OLD, OTHER, NEW = ("ons_pfa", "ye-2018-12"), ("ons_pfa", "ye-2019-06"), ("ons_pfa", "ye-2024-12")


def counts(
    tables: Tables, edition: tuple[str, str], start: str, end: str, times: dict[str, float], large: float = 1
) -> pd.DataFrame:
    """SYNTHETIC counts of a quarter: each force has a size and each code a level; times: of a force, so many times as many."""
    rows = [
        (f"prc.ho_pfa.{code}", force, float(round((40 + 30 * at) * (12 + 5 * level) * times.get(force, 1) * large)))
        for at, force in enumerate(FORCES)
        for level, code in enumerate(CODES)
    ]
    return of_quarter(tables, rows, edition, start, end)


def of_quarter(
    tables: Tables, rows: list[tuple[str, str, float]], edition: tuple[str, str], start: str, end: str
) -> pd.DataFrame:
    about = {"source": edition[0], "release": edition[1], "sheet": "prc.csv", "period_type": "quarter"}
    return made(tables, *rows, cells=[f"H{at + 2}" for at in range(len(rows))], **about, **over(start, end))


def people(tables: Tables) -> pd.DataFrame:
    return made(
        tables, *(("population.pfa_table", force, (40.0 + 30 * at) * 10_000) for at, force in enumerate(FORCES)), unit="persons",
        sheet="Table P3", period_type="mid_year", **over("2017-06-30", "2017-06-30"),
    )  # fmt: skip


def told(tables: Tables, *frames: pd.DataFrame, says: str = "as it usually is") -> set[tuple[str, str]]:
    """Figure and release of what is doubted so."""
    rows = [row for row in doubts_of(tables, *frames) if says in row["reason"]]
    return {(row["figure"], row["release"]) for row in rows}


def areas(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(next(force for force in FORCES if f":{force}:" in figure), release) for figure, release in found}


BEFORE, AFTER = ("2018-01-01", "2018-03-31"), ("2018-04-01", "2018-06-30")


@pytest.mark.long
@pytest.mark.parametrize("times", [10, 0.1, 2.5, 0.9 * MOST])
def test_a_force_in_another_unit_is_withheld_where_two_others_say_how_large_it_is(tables: Tables, times: float) -> None:
    found = told(tables, *right(tables), counts(tables, NEW, *AFTER, {FORCES[6]: times}))
    assert areas(found) == {(FORCES[6], NEW[1])} and len(found) == len(CODES)


def right(tables: Tables) -> list[pd.DataFrame]:
    return [counts(tables, OLD, *BEFORE, {}), counts(tables, OTHER, *AFTER, {})]


@pytest.mark.long
def test_a_year_in_which_all_forces_record_more_and_a_force_that_grew_stand(tables: Tables) -> None:
    assert not told(tables, *right(tables), counts(tables, NEW, *AFTER, {}, large=5))
    assert not told(tables, *right(tables), counts(tables, NEW, *AFTER, {FORCES[6]: 0.9 * MOST_BESIDE}))


QUARTERS = [("2017-04-01", "2017-06-30"), ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31"), BEFORE]


@pytest.mark.long
@pytest.mark.parametrize("times", [2, 0.5])
def test_a_force_twice_as_large_in_one_quarter_is_withheld_by_the_quarters_beside(tables: Tables, times: float) -> None:
    found = told(tables, *quarters(tables, times))
    assert areas(found) == {(FORCES[6], NEW[1])} and len(found) == len(CODES)
    assert all("2017-07-01..2017-09-30" in figure for figure, _ in found)


def quarters(tables: Tables, odd: float) -> list[pd.DataFrame]:
    """A force is so many times as large in the second of them."""
    return [counts(tables, NEW, *dates, {FORCES[6]: odd if dates == QUARTERS[1] else 1}) for dates in QUARTERS]


def test_a_quarter_in_which_a_force_records_more_stands(tables: Tables) -> None:
    assert not told(tables, *quarters(tables, 1 + 0.9 * (MOST_BESIDE - 1)))


def test_a_force_that_is_larger_in_all_quarters_of_a_release_is_withheld_by_the_year_before(tables: Tables) -> None:
    """Within its release nothing is odd, and twice is less than forces differ in twenty years."""
    before, after = (
        [
            counts(tables, edition, *(f"{int(each[:4]) + year}{each[4:]}" for each in dates),
                   {FORCES[6]: times}, large=1 + 0.03 * at + 0.1 * year)
            for at, dates in enumerate(QUARTERS)
        ]
        for edition, year, times in ((OLD, 0, 1.0), (NEW, 1, 0.9 * MOST))
    )  # fmt: skip
    found = told(tables, *before, *after, people(tables))
    assert areas(found) == {(FORCES[6], NEW[1])} and len(found) == len(QUARTERS) * len(CODES)


@pytest.mark.long
def test_two_forces_exchanged_in_one_quarter_are_withheld_in_it_by_the_quarters_beside(tables: Tables) -> None:
    def release(names: dict[str, str]) -> list[pd.DataFrame]:
        quarters = [counts(tables, NEW, *dates, {}) for dates in QUARTERS]
        quarters[1] = quarters[1].assign(area_code=quarters[1]["area_code"].replace(names))
        return quarters

    says, pair = "the other way round", {FORCES[6]: FORCES[7], FORCES[7]: FORCES[6]}
    assert not told(tables, *release({}), says=says)
    found = told(tables, *release(pair), says=says)
    assert areas(found) == {(force, NEW[1]) for force in pair} and len(found) == 2 * len(CODES)
    assert all("2017-07-01..2017-09-30" in figure for figure, _ in found)


@pytest.mark.long
def test_of_two_releases_the_people_of_the_force_say_which(tables: Tables) -> None:
    odd = {FORCES[6]: 10}
    two = [counts(tables, OLD, *BEFORE, {}), counts(tables, NEW, *AFTER, odd)]
    assert areas(told(tables, *two)) == {(FORCES[6], OLD[1]), (FORCES[6], NEW[1])}
    assert areas(told(tables, *two, people(tables))) == {(FORCES[6], NEW[1])}
    assert not told(tables, two[1])


@pytest.mark.long
def test_a_column_of_nothing_but_noughts_is_withheld(tables: Tables) -> None:
    no_offence = {FORCES[6]: 0}
    few = counts(tables, NEW, *AFTER, no_offence)
    assert not told(tables, few, says="nought"), "so few codes may be of none"
    more = few.assign(sex="female")
    figures = pd.concat([few, more])
    assert areas(told(tables, figures, says="nought")) == {(FORCES[6], NEW[1])}
    # A figure of several legs is the sum of them, and is looked at as any other.
    legs = pd.concat([few, more.assign(printed="0 + 0 + 0")])
    assert areas(told(tables, legs, says="nought")) == {(FORCES[6], NEW[1])}
    one = figures["area_code"].eq(FORCES[6]) & figures["series"].str.endswith("8N") & figures["sex"].eq("all")
    assert not told(tables, figures.assign(value=figures["value"].mask(one, 1.0)), says="nought")


@pytest.mark.long
def test_a_release_of_the_survey_without_one_victim_is_withheld(tables: Tables) -> None:
    def survey(values: list[float]) -> pd.DataFrame:
        ages = [f"{at}-{at}" for at in range(16, 16 + len(values))]
        series = "csew.domestic_violence.face_to_face.16+.prevalence"
        rows, about = ((series, "K04000001", value) for value in values), {"release": "ye-2025-06", "unit": "percent"}
        return made(tables, *rows, source="ons_appendix", **about).assign(age=ages)

    assert len(told(tables, survey([0.0] * 20), says="nought")) == 20
    assert not told(tables, survey([0.0] * 19 + [0.1]), says="nought")


def test_a_force_with_the_counts_of_another_is_withheld(tables: Tables) -> None:
    surrey, sussex = FORCES[6], FORCES[7]
    other = counts(tables, NEW, *AFTER, {})
    other = pd.concat(
        [other[other["area_code"] != surrey], other[other["area_code"] == sussex].assign(area_code=surrey)]
    )
    says = "may stand in the place"
    assert areas(told(tables, other, says=says)) == {(surrey, NEW[1]), (sussex, NEW[1])}
    assert areas(told(tables, other, counts(tables, OLD, *BEFORE, {}), says=says)) == {(surrey, NEW[1])}
    assert not told(tables, counts(tables, NEW, *AFTER, {}), says=says)


def test_a_force_with_those_of_one_that_is_gone_in_its_counts_is_withheld(tables: Tables) -> None:
    """Together with a smaller one it is less than half as large again, as one that grew is, and neither is noticed alone."""
    large, small = FORCES[8], FORCES[2]
    added = counts(tables, NEW, *AFTER, {large: (40 + 30 * 8 + 40 + 30 * 2) / (40 + 30 * 8), FORCES[5]: 1.25})
    without = added[added["area_code"] != small]
    before, says = counts(tables, OLD, *BEFORE, {}, large=0.97), "may have those of"
    found = told(tables, before, without, says=says)
    assert areas(found) == {(large, NEW[1])} and len(found) == len(CODES)
    for releases in ((before, added), (added, before[before["area_code"] != small])):
        assert not told(tables, *releases, says=says)


@pytest.mark.long
def test_two_codes_that_are_nearly_alike_are_withheld_by_what_each_of_many_forces_usually_records(
    tables: Tables,
) -> None:
    """SYNTHETIC: of assault with and without injury each force records its own share, which moves less from year to year."""
    chance, areas = random.Random(5), tables["reference.area"]
    forces = areas[areas["area_type"].eq("police_force")]["area_code"].tolist()[:FORCES_TO_TELL]
    share = {force: chance.lognormvariate(0, 0.3) for force in forces}

    def release(edition: tuple[str, str], dates: tuple[str, str], names: dict[str, str]) -> pd.DataFrame:
        rows = [
            (
                f"prc.ho_pfa.{names.get(code, code)}",
                force,
                float(round(300 * 1.1**at * by * chance.lognormvariate(0, 0.12))),
            )
            for at, force in enumerate(forces)
            for code, by in (("105A", share[force]), ("8N", 1.0), ("8L", 3.0))
        ]
        return of_quarter(tables, rows, edition, *dates)

    says, old = "the other way round", release(OLD, BEFORE, {})
    assert not told(tables, old, release(NEW, AFTER, {}), says=says)
    found = told(tables, old, release(NEW, AFTER, {"105A": "8N", "8N": "105A"}), says=says)
    assert {figure.split(":")[1] for figure, _ in found} == {"prc.ho_pfa.105A", "prc.ho_pfa.8N"}
    assert len(found) == 4 * len(forces)


@pytest.mark.long
def test_two_codes_under_each_other_s_name_are_withheld(tables: Tables) -> None:
    old, new = counts(tables, OLD, *BEFORE, {}), counts(tables, NEW, *AFTER, {})
    says = "the other way round"
    assert not told(tables, old, new, says=says)
    swapped = {"prc.ho_pfa.8L": "prc.ho_pfa.8Q", "prc.ho_pfa.8Q": "prc.ho_pfa.8L"}
    found = told(tables, old, new.assign(series=new["series"].replace(swapped)), says=says)
    assert {figure.split(":")[1] for figure, _ in found} == {*swapped} and len(found) == 4 * len(FORCES)


def test_a_force_is_withheld_of_which_others_print_most_otherwise(tables: Tables) -> None:
    """Three quarters of each of its counts, in every offence: what only its own release prints had gone out, all other years."""
    names = ("sexual_offences", "stalking_and_harassment", "shoplifting", "bicycle_theft", "robbery")
    groups = dict(zip(names, (900, 2_000, 1_500, 700, 400), strict=True))

    def of(stem: str, edition: tuple[str, str], year: int, times: float) -> pd.DataFrame:
        rows = [
            (f"prc.{stem}.{name}", force, float(round(level * (1 + at / 9) * (times if at == 6 else 1)) + year % 7))
            for at, force in enumerate(FORCES)
            for name, level in groups.items()
        ]
        cells = [f"E{at + 2 + 100 * (year - 2000)}" for at in range(len(rows))]
        about = {"source": edition[0], "release": edition[1], "sheet": f"{stem}.csv"}
        return made(tables, *rows, cells=cells, **about, **over(f"{year}-01-01", f"{year}-12-31"))

    def found(times: float) -> set[tuple[str, str]]:
        open_data = ("ho_prc_pfa", "rolling-years-to-2018-12")
        years = [of("ho_pfa", open_data, year, times) for year in (2016, 2017, 2018)]
        return told(tables, *years, of("pfa", OLD, 2018, 1), of("pfa", OTHER, 2017, 1), says="multiplied or divided")

    smaller = found(0.75)
    assert areas(smaller) == {(FORCES[6], "rolling-years-to-2018-12")}
    assert len(smaller) == 3 * len(groups) and not found(1)


@pytest.mark.long
def test_two_forces_exchanged_in_one_period_in_which_counts_vary_are_withheld_in_it(tables: Tables) -> None:
    """Forces of 160 and 220, whose counts vary by a twentieth; that one grew to the size of the other is no exchange."""

    def passed(**times: float) -> set[tuple[str, str]]:
        exchanged = {FORCES[int(at[1:])]: size for at, size in times.items()}
        frames = [counts(tables, NEW, *dates, exchanged if dates == QUARTERS[1] else {}) for dates in QUARTERS]
        chance = random.Random(1)
        for figures in frames:
            figures["value"] = [float(round(value * chance.uniform(0.95, 1.05))) for value in figures["value"]]
            figures["printed"] = figures["value"].map("{:.0f}".format)
        return told(tables, *frames, says="as if they stood")

    found = passed(F4=220 / 160, F6=160 / 220)
    assert areas(found) == {(FORCES[4], NEW[1]), (FORCES[6], NEW[1])} and len(found) == 2 * len(CODES)
    assert all("2017-07-01..2017-09-30" in figure for figure, _ in found)
    assert not passed(F4=220 / 160)


@pytest.mark.parametrize(
    ("year", "times", "is_told"),
    [
        (2005, 10, True),
        (2005, 2, True),
        (2005, 0.5, True),
        (2005, 0.001, True),
        (2005, 1.5, False),
        (2007, 10, True),
        (2007, 3, False),
    ],
)
def test_a_year_of_a_table_in_another_unit_is_known_by_the_years_beside_it(
    tables: Tables, year: int, times: float, is_told: bool
) -> None:
    """SYNTHETIC: its sums hold with themselves, and no other release prints it; the counts grow by a tenth from year to year."""
    years = [
        made(
            tables,
            *((f"prc.a5a.{code}", "K04000001", float(round(400 * (level + 1) * 1.1**at * (times if 2003 + at == year else 1))))
              for level, code in enumerate(CODES)),
            sheet="Table A5a", source="ons_appendix", release="ye-2022-09", **to_march(2003 + at),
            cells=[f"{'CDEFG'[at]}{10 + level}" for level in range(len(CODES))],
        )
        for at in range(5)
    ]  # fmt: skip
    found = told(tables, *years, says="another unit")
    assert len(found) == (len(CODES) if is_told else 0)
    assert all(f"..{year}-03-31:" in figure for figure, _ in found)


@pytest.mark.parametrize(
    ("times", "is_told"), [(0.0005, True), (0, True), (0.3, False)], ids=["few", "noughts", "a small one"]
)
def test_a_force_with_hardly_any_of_what_all_have_is_withheld_though_nothing_else_is_held(
    tables: Tables, times: float, is_told: bool
) -> None:
    """SYNTHETIC: what else knows how large a force is counts no few, and those in thousands are few."""
    figures = counts(tables, NEW, *AFTER, {FORCES[6]: times})
    found = told(tables, figures, says="thousands or blanks")
    assert areas(found) == ({(FORCES[6], NEW[1])} if is_told else set()) and len(found) == is_told * len(CODES)
