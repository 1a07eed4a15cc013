"""Two areas under each other's name."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest
from kit import Tables, day
from relation_kit import doubts_of, made, over, to_march
from test_sizes import FORCES

from assets.relations.blame.doubted import RENAMED, SWAP

# SYNTHETIC counts of forces, and the regions that they make.
NORTH_EAST = {"E23000013": 3.0, "E23000008": 1.0, "E23000007": 5.0}
LONDON = {"E23000001": 40.0, "E23000034": 2.0}
NAMES = ("robbery", "shoplifting", "bicycle_theft")
ANY = "in any way"


def doubted(tables: Tables, north_east: str, london: str, called: Mapping[str, str], how: str = SWAP) -> set[str]:
    areas = {called.get(force, force): count for force, count in (NORTH_EAST | LONDON).items()}
    areas |= {north_east: sum(NORTH_EAST.values()), london: sum(LONDON.values())}
    figures = [
        made(
            tables,
            *((f"prc.pfa.{name}", area, count * (137 + 100 * at)) for area, count in areas.items()),
            cells=[f"{'CDE'[at]}{10 + row}" for row in range(len(areas))],
        )
        for at, name in enumerate(NAMES)
    ]
    people = made(
        tables,
        *(("population.pfa_table", area, 500_000.0) for area in (north_east, london)),
        unit="persons",
        sheet="Table P3",
    )
    rows = doubts_of(tables, *figures, people)
    found = [row for row in rows if how in (row["how"], ANY)]
    assert {row["ties"] for row in found} <= {2 * (len(NAMES) + (not called))}, (
        "the people in them are of the other too"
    )
    return {row["figure"].split(":")[6] for row in found}


def test_all_of_two_areas_is_withheld_whose_sums_are_those_of_the_other(tables: Tables) -> None:
    assert doubted(tables, "E12000007", "E12000001", {}) == {"E12000001", "E12000007"}
    assert doubted(tables, "E12000001", "E12000007", {}, ANY) == set()


def test_all_of_two_forces_is_withheld_that_make_each_other_s_region(tables: Tables) -> None:
    called = {"E23000008": "E23000034", "E23000034": "E23000008"}
    assert doubted(tables, "E12000001", "E12000007", called) == set(called)


def test_all_of_a_force_and_its_region_is_withheld_that_make_the_sum_the_other_way_round(tables: Tables) -> None:
    called = {"E23000007": "E12000001"}
    assert doubted(tables, "E23000007", "E12000007", called, RENAMED) == {"E12000001", "E23000007"}


def renamed(tables: Tables, names: dict[str, str], let: str | None = None) -> set[tuple[str, str]]:
    """Area and release of what is doubted of two forces of one region, in releases of two years: no sum can tell.

    let: the release that an acknowledgement lets through
    """
    frames = []
    for year, (release, called) in enumerate((("ye-2025-06", {}), ("ye-2025-09", names))):
        for at, name in enumerate(NAMES):
            counts = {called.get(area, area): count * (131 + 70 * at + 5 * year) for area, count in NORTH_EAST.items()}
            counts["E12000001"] = sum(counts.values())
            rows = ((f"prc.pfa.{name}", area, count) for area, count in sorted(counts.items()))
            about = {"source": "ons_appendix", "release": release} | over(
                f"{2023 + year}-01-01", f"{2023 + year}-12-31"
            )
            cells = [f"{'CDE'[at]}{10 + row}" for row in range(len(counts))]
            frames.append(made(tables, *rows, cells=cells, **about))
    acknowledged = tables["reference.acknowledged"]
    passed = acknowledged.head(1).assign(release=f"*@{let}", figure="*", printed=None, relation=RENAMED)
    acknowledged = pd.concat([acknowledged, passed], ignore_index=True)
    rows = doubts_of(tables, *frames, acknowledged=acknowledged)
    assert {row["how"] for row in rows} <= {RENAMED}
    return {(row["figure"].split(":")[6], row["release"]) for row in rows}


@pytest.mark.long
def test_of_two_areas_whose_counts_another_release_prints_the_other_way_round_either_may_be_renamed(
    tables: Tables,
) -> None:
    pair = {"E23000013": "E23000008", "E23000008": "E23000013"}
    assert renamed(tables, pair) == {(area, release) for area in pair for release in ("ye-2025-06", "ye-2025-09")}
    assert renamed(tables, pair, "ye-2025-09") == {(area, "ye-2025-06") for area in pair}
    assert renamed(tables, {}) == set()


GROUPS = {"shoplifting": "46", "bicycle_theft": "44"}
QUARTERS = (
    ("2017-04-01", "2017-06-30"),
    ("2017-07-01", "2017-09-30"),
    ("2017-10-01", "2017-12-31"),
    ("2018-01-01", "2018-03-31"),
)


def open_data(
    tables: Tables, release: str, at: tuple[str, str], period: str, counts: Mapping[str, list[float]]
) -> pd.DataFrame:
    """SYNTHETIC counts of some forces in one period, by offence."""
    rows = [
        (f"prc.ho_pfa.{name}", force, count)
        for name, by_force in counts.items()
        for force, count in zip(FORCES, by_force, strict=True)
    ]
    about = {"source": "ho_prc_pfa", "release": release, "sheet": period, "period_type": period}
    return made(tables, *rows, **about, **over(*at))


@pytest.mark.long
def test_two_groups_are_withheld_whose_quarters_make_each_other_s_year(tables: Tables) -> None:
    """One release prints years of groups, another one the quarters of their classes."""
    of_quarter = [
        {
            name: [100.0 + 31 * force + 400 * at + 7 * quarter for force in range(len(FORCES))]
            for at, name in enumerate(GROUPS)
        }
        for quarter in range(4)
    ]
    quarters = [
        open_data(tables, "prc-pfa-to-2018-03", when, "quarter", {GROUPS[name]: some for name, some in counts.items()})
        for when, counts in zip(QUARTERS, of_quarter, strict=True)
    ]
    year = {name: [*map(sum, zip(*(counts[name] for counts in of_quarter), strict=True))] for name in GROUPS}

    def doubted(year: Mapping[str, list[float]]) -> set[tuple[str, str, str]]:
        years = open_data(tables, "rolling-years-to-2018-12", (QUARTERS[0][0], QUARTERS[3][1]), "year", year)
        rows = doubts_of(tables, *quarters, years)
        assert len(rows) in (0, 2 * len(FORCES)), "the quarters are as they were"
        return {(row["release"], row["how"], row["figure"].split(":")[1].split(".")[-1]) for row in rows}

    assert doubted(year) == set()
    assert doubted(dict(zip(year, [*year.values()][::-1], strict=True))) == {
        ("rolling-years-to-2018-12", RENAMED, name) for name in GROUPS
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "blamed"),
    [("a5b", ("a5a", "a5b")), ("a5a", ("a5a", "a5b")), ("a5b", ("a5b",)), ("", ())],
)
def test_the_months_of_two_offences_may_be_exchanged_or_the_years_that_they_make(
    tables: Tables, wrong: str, blamed: Sequence[str]
) -> None:
    """The years alone were withheld, and the months published: nothing says which, so both are, but where Table B2 does."""
    months = pd.period_range("2023-10", "2025-09", freq="M")
    counts = {name: [base + (at * base) % 11 for at in range(24)] for name, base in (("8L", 80.0), ("8M", 5.0))}
    columns = [("a5b", at, at + 1) for at in range(24)] + [("a5a", at, at + 12) for at in (0, 6, 12)]
    columns += [("b2", at, at + 12) for at in (0, 6, 12)] if len(blamed) == 1 else []
    figures = []
    for at, (table, start, end) in enumerate(columns):
        of_table = [*counts][::-1] if wrong == table else [*counts]
        figures.append(
            made(
                tables,
                *(
                    (f"prc.{table}.{name}{'.total' * (table == 'b2')}", "K04000001", sum(counts[of][start:end]))
                    for name, of in zip(counts, of_table, strict=True)
                ),
                cells=[f"{chr(67 + at % 24)}{10 + row}" for row in range(len(counts))],
                **{"source": "ons_appendix", "release": "ye-2025-09", "sheet": f"Table {table}"}
                | {
                    "period_type": "month" if end == start + 1 else "year",
                    "period_start": months[start].start_time.date(),
                }
                | {"period_end": months[end - 1].end_time.date()},
            )
        )
    doubted = {row["figure"].split(":")[1] for row in doubts_of(tables, *figures)}
    assert doubted == {f"prc.{table}.{name}" for table in blamed for name in counts}


def of_classes(tables: Tables, whole: str, classes: Mapping[str, Sequence[float]], *totals: float) -> set[str]:
    """Series and column of what is doubted of SYNTHETIC counts by year in Table A5a: the classes, and the whole that they make or
    that is given."""
    rows = {whole: totals or [*map(sum, zip(*classes.values(), strict=True))]} | classes
    of_appendix = {"source": "ons_appendix", "release": "ye-2025-09", "sheet": "Table A5a"}
    figures = [
        made(
            tables,
            *((f"prc.a5a.{name}", "K04000001", counts[at]) for name, counts in rows.items()),
            cells=[f"{chr(67 + at)}{10 + row}" for row in range(len(rows))],
            **of_appendix | to_march(2016 + at),
        )
        for at in range(len(rows[whole]))
    ]
    doubted = doubts_of(tables, *figures)
    return {f"{row['figure'].split(':')[1].removeprefix('prc.a5a.')} {row['cell'][0]}" for row in doubted}


@pytest.mark.slow
def test_two_counts_of_one_year_that_changed_places_leap_there_and_back(tables: Tables) -> None:
    """Their sum holds either way, and so had confirmed both leaps. A step to another level is no exchange."""
    for of_business, personal, doubted in (
        ([50, 52, 55, 51, 49], [900, 950, 920, 910, 930], set()),
        ([50, 52, 920, 51, 49], [900, 950, 55, 910, 930], {"34A E", "34B E"}),
        ([50, 52, 920, 910, 930], [900, 950, 55, 51, 49], set()),
    ):
        assert of_classes(tables, "robbery", {"34A": of_business, "34B": personal}) == doubted


@pytest.mark.slow
def test_numbers_under_a_name_without_which_all_its_sums_hold_are_withheld(tables: Tables) -> None:
    classes = {
        "4.4": [350, 352, 371, 360],
        "4.6": [29, 36, 31, 33],
        "4.8": [135, 188, 190, 199],
        "4.9": [8, 16, 12, 13],
        "37.1": [14, 5, 9, 11],
    }
    totals = map(sum, zip(*classes.values(), strict=True))
    doubted = of_classes(
        tables, "death_or_injury_unlawful_driving", classes | {"4.4/6/8": [163, 138, 118, 122]}, *totals
    )
    assert doubted >= {f"4.4/6/8 {column}" for column in "CDEF"}
    assert not {name for name in doubted if name.startswith(("death", "4.4 ", "4.6 ", "4.8 "))}


@pytest.mark.slow
def test_a_count_that_would_have_to_be_negative_is_not_to_blame_for_a_sum(tables: Tables) -> None:
    assert of_classes(tables, "robbery", {"34A": [50], "34B": [900]}, 90) == {"34B C", "robbery C"}


# SYNTHETIC shares of the offences of a partnership, and the groups that they make.
OF_CRIME = {
    "homicide": 0, "death_or_injury_unlawful_driving": 1, "violence_with_injury": 97, "violence_without_injury": 151,
    "stalking_and_harassment": 123, "sexual_offences": 37, "robbery": 18, "residential_burglary": 29,
    "non_residential_burglary": 13, "vehicle_offences": 61, "theft_from_the_person": 22, "bicycle_theft": 11, "shoplifting": 83,
    "all_other_theft_offences": 79, "criminal_damage_and_arson": 91, "drug_offences": 33, "possession_of_weapons_offences": 17,
    "public_order_offences": 89, "miscellaneous_crimes_against_society": 19,
}  # fmt: skip
MADE_OF = {
    "violence_against_the_person": list(OF_CRIME)[:5], "burglary": list(OF_CRIME)[7:9],
    "theft_offences": ["burglary", *list(OF_CRIME)[9:14]],
    "all_crime_excluding_fraud": [
        "violence_against_the_person", "sexual_offences", "robbery", "theft_offences", *list(OF_CRIME)[14:]
    ],
}  # fmt: skip


def partnerships(tables: Tables, called: Mapping[str, str], later: int = 0, **more: object) -> pd.DataFrame:
    """SYNTHETIC counts of 40 partnerships by offence, as Table C2 prints them, with some offences under another name."""
    areas = tables["reference.area"].query("area_type == 'community_safety_partnership'")["area_code"].tolist()[:40]
    rows = []
    for at, area in enumerate(areas):
        counts = {name: float(share * (20 + at + later) + (at * share) % 7) for name, share in OF_CRIME.items()}
        for name, parts in MADE_OF.items():
            counts[name] = sum(counts[part] for part in parts)
        rows += [(f"prc.csp.{called.get(name, name)}", area, count) for name, count in sorted(counts.items())]
    names = sorted({series for series, *_ in rows})
    cells = [f"{chr(66 + names.index(series))}{10 + areas.index(area)}" for series, area, _ in rows]
    return made(tables, *rows, cells=cells, sheet="Table C2", **more)


def test_two_offences_are_withheld_of_which_sums_or_another_release_say_that_they_changed_places(
    tables: Tables,
) -> None:
    """The sums that fail for two parts of two wholes one whole alone could mend: it was withheld, and both parts published. Of
    two parts of one whole only another release can tell, as of drugs and weapons in Table C2 of June 2025."""
    after = {"later": 1, "release": "ye-2025-06", **over("2024-07-01", "2025-06-30")}

    def doubted(*frames: pd.DataFrame) -> set[tuple[str, str]]:
        return {(row["release"], row["figure"].split(":")[1].split(".")[-1]) for row in doubts_of(tables, *frames)}

    as_it_is = partnerships(tables, {})
    for pair in (("stalking_and_harassment", "sexual_offences"), ("theft_offences", "robbery")):
        exchanged = partnerships(tables, dict(zip(pair, pair[::-1], strict=True)))
        assert doubted(exchanged) == {("ye-2024-12", name) for name in pair}
    pair = ("drug_offences", "possession_of_weapons_offences")
    exchanged = partnerships(tables, dict(zip(pair, pair[::-1], strict=True)), **after)
    assert doubted(as_it_is, exchanged) == {
        (release, name) for release in ("ye-2024-12", "ye-2025-06") for name in pair
    }
    assert doubted(as_it_is, partnerships(tables, {}, **after)) == set()


def test_of_two_issues_of_a_survey_both_are_withheld_though_one_prints_more_years(tables: Tables) -> None:
    """Domestic violence and violence by strangers exchanged in an issue of SDG indicator 16.3.1 that goes on for six years: the
    one before it was withheld, which was right, and the new one went out."""
    frames = []
    for release, last, other in (("sdg-16-3-1-8c66b95", 2013, 0), ("sdg-16-3-1-b68b9d9", 2019, 1)):
        for year in range(2002, last):
            rows = (
                (
                    f"csew.{kind}_violence.face_to_face.16+.reported_incidents", "K04000001",
                    30.0 + 15 * (at ^ other) + (year * 7 + at * 3) % 5 + year / 9,
                )
                for at, kind in enumerate(("domestic", "stranger"))
            )  # fmt: skip
            about = {"source": "csew_sdg", "release": release, "unit": "percent", "age": "16+"}
            frames.append(made(tables, *rows, **about, period_type="survey_year", **to_march(year + 1)))
    doubted = [row["release"] for row in doubts_of(tables, *frames) if row["how"] == RENAMED]
    assert doubted.count("sdg-16-3-1-8c66b95") == 2 * 11 and doubted.count("sdg-16-3-1-b68b9d9") == 2 * 17


@pytest.mark.parametrize("changed", ["nothing", "a year with a fifth less", "two years in each other's place"])
def test_two_years_of_a_table_held_alone_are_told_by_what_its_offences_usually_do(tables: Tables, changed: str) -> None:
    """Forty classes of Table A5a of December 2025, March 2015 to 2025. What all offences do alike says nothing of their order."""
    figures = tables["archive.figure"]
    table = figures[figures["series"].str.startswith("prc.a5a.") & figures["release"].eq("ye-2025-12")].copy()
    starts, ends = (
        {day(f"{year}-{month}"): day(f"{other}-{month}") for year, other in ((at, at + 1), (at + 1, at))}
        for at, month in ((2018, "04-01"), (2019, "03-31"))
    )
    if changed.startswith("two"):
        for name, dates in (("period_start", starts), ("period_end", ends)):
            table[name] = table[name].map(lambda date, dates=dates: dates.get(date, date))
    if changed.startswith("a year"):
        table.loc[table["period_start"].isin([*starts][:1]), "value"] *= 0.8
    doubted = doubts_of(tables, table)
    told = [row["figure"].split(":")[-2] for row in doubted if "as they usually do" in row["reason"]]
    years = {"2018-04-01..2019-03-31", "2019-04-01..2020-03-31"} if changed.startswith("two") else set()
    assert {*told} == years and len(told) == table["period_end"].isin([*ends]).sum() * bool(years)
