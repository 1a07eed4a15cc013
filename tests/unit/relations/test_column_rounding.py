"""How a column is rounded nearly all of its figures tell: a wrong one, printed otherwise, says nothing of the others."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubts_of, engine_of, figures_of, made

from assets.relations.blame.finders import rounded

AREAS = 30


def doubted(
    tables: Tables,
    count: str,
    people: str,
    rate: str,
    places: int,
    step: int,
    wrong_people: float = 1,
    wrong_rate: float = 1,
    form: str = "{:.15g}",
) -> set[str]:
    """SYNTHETIC counts, people rounded to a step and rates over the true people with so many decimals of 30 partnerships, of
    the first of which the people or the rate are wrong: the series that are doubted, with the number of the partnership.
    """
    kind = tables["reference.area"]
    areas = kind[kind["area_type"] == "community_safety_partnership"]["area_code"].tolist()[:AREAS]
    assert len(areas) == AREAS
    true = [40_013.0 + 1_137 * at for at in range(AREAS)]
    counts = [300.0 + 17 * at for at in range(AREAS)]
    printed = [round(one / step) * float(step) for one in true]
    rates = [round(1000 * one / all_people, places) for one, all_people in zip(counts, true, strict=True)]
    printed[0] *= wrong_people
    rates[0] = round(rates[0] * wrong_rate, places + 2)
    frames = [
        made(
            tables, *((series, *pair) for pair in zip(areas, values, strict=True)), sheet=sheet, unit=unit,
            cells=[f"{column}{10 + at}" for at in range(AREAS)],
        )
        for series, values, sheet, unit, column in (
            (count, counts, "Table C1", "offences", "D"),
            (people, printed, "Table C4", "households" if "household" in people else "persons", "H"),
            (rate, rates, "Table C4", "per_1000", "U"),
        )
    ]  # fmt: skip
    found = doubts_of(tables, *(figures.assign(printed=figures["value"].map(form.format)) for figures in frames))
    number = {area: at for at, area in enumerate(areas)}
    return {f"{record['figure'].split(':')[1]} {number[record['figure'].split(':')[6]]}" for record in found}


HOUSEHOLDS = (
    "prc.csp.residential_burglary", "population.pfa_table_households", "prc.csp_rate.residential_burglary_households",
)  # fmt: skip

PEOPLE = ("prc.csp.robbery", "population.pfa_table", "prc.csp_rate.robbery")


def test_rates_that_are_rounded_alike_stand(tables: Tables) -> None:
    assert not doubted(tables, *PEOPLE, places=1, step=100)


@pytest.mark.long
def test_households_that_are_no_hundreds_are_wrong_alone(tables: Tables) -> None:
    """20,550 households are printed to fifties, where the others are printed to hundreds."""
    assert not doubted(tables, *HOUSEHOLDS, places=12, step=100)
    wrong = doubted(tables, *HOUSEHOLDS, places=12, step=100, wrong_people=0.51375)
    assert f"{HOUSEHOLDS[1]} 0" in wrong and {one.split()[1] for one in wrong} == {"0"}


@pytest.mark.long
def test_whole_numbers_that_software_wrote_with_a_nought_behind_the_point_are_no_tenths(tables: Tables) -> None:
    """Rates in whole numbers as "7.0": the counts and people of none contradict them."""
    assert not doubted(tables, *PEOPLE, places=0, step=100, form="{:.1f}")
    assert f"{PEOPLE[2]} 0" in doubted(tables, *PEOPLE, places=0, step=100, form="{:.1f}", wrong_rate=10)


@pytest.mark.long
@pytest.mark.parametrize("rate", [0.1, 10])
def test_a_rate_with_more_decimals_than_its_column_is_wrong_alone(tables: Tables, rate: float) -> None:
    wrong = doubted(tables, *PEOPLE, places=1, step=100, wrong_rate=rate)
    assert f"{PEOPLE[2]} 0" in wrong and {one.split()[1] for one in wrong} == {"0"}


NEWER, OLDER = "ye-2024-12", "ye-2019-06"


def rates(tables: Tables, sheet: str, columns: Mapping[str, int], release: str = NEWER) -> pd.DataFrame:
    """SYNTHETIC rates of a table: column -> how many of ten are printed with a decimal."""
    made_of = []
    for at, (column, decimals) in enumerate(columns.items()):
        rows = [
            (f"prc.pfa_rate.{sheet}_{at}", f"E230000{10 + row}", 2.0 + row + (row < decimals) / 10) for row in range(10)
        ]
        cells = [f"{column}{8 + row}" for row in range(10)]
        made_of.append(made(tables, *rows, cells=cells, sheet=sheet, unit="per_1000_population", release=release))
    return pd.concat(made_of)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ({("a", NEWER): (0, 9, 9)}, 10),
        ({("a", NEWER): (0, 0), ("b", NEWER): (9, 9)}, 20),
        ({("a", NEWER): (0, 0), ("a", OLDER): (9, 9)}, 20),
        ({("a", NEWER): (0, 0), ("b", NEWER): (0, 0)}, 0),
        ({("a", NEWER): (1, 9, 9)}, 0),
    ],
    ids=["a column", "a table", "a release", "nothing else says so", "one of them has a decimal"],
)
def test_what_is_whole_throughout_where_others_have_decimals_is_withheld(
    tables: Tables, printed: Mapping[tuple[str, str], Sequence[int]], told: int
) -> None:
    made_of = (
        rates(tables, sheet, dict(zip("CDE", decimals, strict=False)), release)
        for (sheet, release), decimals in printed.items()
    )
    findings = [*rounded(engine_of(tables, figures_of(*made_of)))]
    assert sum(len(finding.figures) for finding in findings) == told


ROWS = [row for row in range(20) if (1201 + 7 * row) % 10]


@pytest.mark.parametrize(
    ("columns", "told"),
    [({"C": 100, "D": 1, "E": 1}, ["100"]), ({"C": 1000, "D": 1}, ["1,000"]), ({"C": 10, "D": 10}, []), ({"C": 5, "D": 1}, [])],
    ids=["hundreds", "the largest step", "all alike", "fives"],
)  # fmt: skip
def test_counts_that_are_multiples_beside_others_that_are_not_are_withheld(
    tables: Tables, columns: Mapping[str, int], told: list[str]
) -> None:
    """SYNTHETIC: of twenty counts with a chance of one in ten each, none is a multiple of ten by chance."""
    made_of = (
        made(
            tables, *((f"prc.pfa.of_{column}", f"E230000{10 + row}", step * (1201.0 + 7 * row)) for row in ROWS),
            cells=[f"{column}{8 + row}" for row in ROWS], sheet="Table P1", unit="offences", release=NEWER,
        )
        for column, step in columns.items()
    )  # fmt: skip
    findings = [*rounded(engine_of(tables, figures_of(*made_of)))]
    assert len(findings) == len(told)
    assert all(f"multiples of {step}, where" in finding.reason for finding, step in zip(findings, told, strict=True))


@pytest.mark.parametrize(("way", "told"), [("force", 12), ("offence", 11), ("neither", 0)])
def test_counts_of_one_force_or_offence_in_a_long_table_are_told_too(tables: Tables, way: str, told: int) -> None:
    """SYNTHETIC: they stand in one column with all others, none of which is a multiple of ten."""
    rows = [
        (f"prc.pfa.of_{offence}", f"E230000{10 + force}", 1200.0 + 130 * force + 10 * offence + (at_row[way] != 0))
        for force in range(11) for offence in range(12)
        for at_row in [{"force": force, "offence": offence, "neither": 1}]
    ]  # fmt: skip
    figures = made(tables, *rows, cells=[f"E{at + 2}" for at in range(len(rows))], sheet="a.csv")
    findings = [*rounded(engine_of(tables, figures))]
    assert sum(len(finding.figures) for finding in findings) == told
