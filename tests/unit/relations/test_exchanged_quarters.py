"""Counts of the Home Office under another year, quarter or force: the years that quarters make say of which of two releases."""

import random

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubted_in, figures_of, made

from assets.relations.blame.instead import Nearer

pytestmark = pytest.mark.long

FORCES = [f"E230000{at:02}" for at in (1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14, 16, 18, 20, 21)]
GROUPS = {"robbery": ("34A", "34B"), "shoplifting": ("46",), "theft_from_the_person": ("39",), "bicycle_theft": ("44",)}
CODES = [code for codes in GROUPS.values() for code in codes]
QUARTERS = [
    (f"{2017 + at // 4}-{('04-01', '07-01', '10-01', '01-01')[at % 4]}", 2017 + at // 4, at % 4) for at in range(8)
]
STARTS = [pd.Timestamp(year + (quarter == 3), (4, 7, 10, 1)[quarter], 1) for _, year, quarter in QUARTERS]
# The counts of classes by quarter, all in one column; the sums of outcomes so far of such offences, in none; and rolling years.
COUNTS, SUMS = ("ho_prc_pfa", "prc-pfa-to-2018-03"), ("ons_pfa", "ye-2019-06")
YEARS = ("ho_prc_pfa", "rolling-years-to-2018-12")
Figures = pd.DataFrame


def counted(tables: Tables, edition: tuple[str, str], at: list[int], length: int = 1) -> Figures:
    """SYNTHETIC counts: each force has a size, which moves from year to year and quarter to quarter by chance."""
    chance, true = random.Random(7), {}
    for level, force in enumerate(FORCES):
        for times, code in enumerate(CODES):
            size = 300 * 1.3**level * (1 + 2 * times)
            for quarter in range(8):
                size *= chance.uniform(0.8, 1.25) if quarter == 4 else 1
                true[force, code, quarter] = float(round(size * chance.uniform(0.94, 1.06)))
    frames = []
    for first in at:
        span = range(first, first + length)
        rows = [
            (f"prc.ho_pfa.{code}", force, sum(true[force, each, quarter] for each in codes for quarter in span))
            for force in FORCES
            for code, codes in (GROUPS.items() if length > 1 else [(code, (code,)) for code in CODES])
        ]
        source, release = edition
        last = STARTS[span[-1]] + pd.offsets.MonthEnd(3)
        made_of = made(tables, *rows, source=source, release=release, sheet=release)
        kind = "year" if length > 1 else "quarter"
        frames.append(made_of.assign(period_start=STARTS[first].date(), period_end=last.date(), period_type=kind))
    figures = pd.concat(frames, ignore_index=True)
    return figures.assign(cell=None if edition == SUMS else [f"H{at + 2}" for at in range(len(figures))])


def released(tables: Tables) -> dict[str, Figures]:
    return {
        "counts": counted(tables, COUNTS, [0, 1, 2, 3]),
        "sums": counted(tables, SUMS, [4, 5, 6, 7]),
        "years": counted(tables, YEARS, [0, 1, 2, 3], length=4),
    }


def exchanged(figures: Figures, column: str, one: object, other: object) -> Figures:
    return figures.assign(**{column: figures[column].map(lambda value: {one: other, other: one}.get(value, value))})


def quarters_exchanged(figures: Figures) -> Figures:
    """The second and the third."""
    starts, ends = (sorted(figures[name].unique()) for name in ("period_start", "period_end"))
    return exchanged(exchanged(figures, "period_start", *starts[1:3]), "period_end", *ends[1:3])


def forces_exchanged(figures: Figures) -> Figures:
    return exchanged(figures, "area_code", FORCES[3], FORCES[9])


def a_year_before(figures: Figures) -> Figures:
    dates = figures[["period_start", "period_end"]]
    return figures.assign(**dates.map(lambda date: date.replace(year=date.year - 1)))


def doubted(tables: Tables, releases: dict[str, Figures]) -> tuple[pd.DataFrame, set[str]]:
    """What is doubted, and the reasons."""
    figures = figures_of(*releases.values())
    rows = doubted_in(tables, figures)
    return figures[figures["row_id"].isin([row["figure"] for row in rows])], {str(row["reason"]) for row in rows}


def test_as_they_were_released_none_is_doubted(tables: Tables) -> None:
    assert not len(doubted(tables, released(tables))[0])


@pytest.mark.parametrize("damaged", ["counts", "sums"])
def test_two_quarters_exchanged_are_withheld_in_the_release_that_has_them_so(tables: Tables, damaged: str) -> None:
    releases = released(tables)
    found, reasons = doubted(tables, releases | {damaged: quarters_exchanged(releases[damaged])})
    starts = sorted(releases[damaged]["period_start"].unique())[1:3]
    assert set(found["release"]) == set(releases[damaged]["release"]) and set(found["period_start"]) == {*starts}
    assert len(found) == 2 * len(FORCES) * len(CODES) and any("each other's place" in reason for reason in reasons)


@pytest.mark.parametrize("damaged", ["counts", "sums"])
def test_two_forces_exchanged_are_withheld_in_the_release_that_has_them_so(tables: Tables, damaged: str) -> None:
    releases = released(tables)
    found, _ = doubted(tables, releases | {damaged: forces_exchanged(releases[damaged])})
    assert set(found["release"]) == set(releases[damaged]["release"])
    assert set(found["area_code"]) == {FORCES[3], FORCES[9]} and len(found) == 2 * 4 * len(CODES)


def test_sums_under_the_year_before_are_withheld_and_the_counts_of_that_year_stand(tables: Tables) -> None:
    releases = released(tables)
    other = releases | {"sums": a_year_before(releases["sums"])}
    found, _ = doubted(tables, other)
    assert found["release"].tolist() == [SUMS[1]] * len(other["sums"])
    # Without the years that the quarters make nothing tells which of the two is wrong.
    found, reasons = doubted(tables, {name: other[name] for name in ("counts", "sums")})
    assert len(found) == len(other["counts"]) + len(other["sums"])
    assert all(reason.endswith("both are withheld.") for reason in reasons)


@pytest.mark.parametrize(
    ("nearer", "told", "denied"),
    [
        (Nearer(9, 1), True, False),
        (Nearer(1, 9), False, True),
        (Nearer(2, 0), False, False),
        (Nearer(6, 3), False, False),
    ],
)
def test_what_tells(nearer: Nearer, told: bool, denied: bool) -> None:
    assert (nearer.told, nearer.denied) == (told, denied)
