"""Headers above others that say of whom or in what the figures below are, SYNTHETIC: figures of others are never those of all."""

from typing import Any

import pytest
from small_releases import appendix, as_released, forces_2019, read

from assets.archive.titled.read import TitledReading
from assets.tables.records import records
from assets.words.problems import BadInput

OTHERS = [
    "Female victims",
    "Kent Police",
    "England",
    "Victims aged 16 to 59",
    "Rate per 1,000 population",
    "% of all offences",
]
# Nothing that is known of: headers of periods have nothing to add to what title and layout say.
UNKNOWN = ["Domestic abuse-related", "Flagged as online", "Married", "Of which with a weapon", "Under 16", "Charged"]
ALL = [
    "Number of offences",
    "All victims",
    "England and Wales",
    "Year ending",
    "Recorded",
    "Provisional [note 2]",
    "Total",
]


def with_header(upper: list[str]) -> TitledReading:
    """Table B2, its years once for each header above them; the figures of each are 100 more than those before."""
    sheets = appendix()
    lines, header, *rows = sheets["Table_B2"][:2], *sheets["Table_B2"][2:]
    above: list[Any] = [cell for text in upper for cell in (text, None, None)]
    sheets["Table_B2"] = [
        *lines,
        [None, *above],
        [header[0], *header[1:] * len(upper)],
        *([row[0], *(cell + 100 * at for at in range(len(upper)) for cell in row[1:])] for row in rows),
    ]
    return read(sheets)


def stalking(reading: TitledReading) -> list[float]:
    return [row["value"] for row in records(reading.frame) if row["series"] == "prc.b2.8Q.total"]


AS_RELEASED = [10, 12, 14]


@pytest.mark.parametrize("upper", OTHERS + UNKNOWN)
def test_beside_columns_of_all_those_of_others_are_left_out_and_named(upper: str) -> None:
    """They had been a second column of the same years, which refused the table."""
    reading = with_header(["All", upper])
    assert stalking(reading) == AS_RELEASED and not reading.set_aside
    [found] = [row for row in reading.findings if row["kind"] == "columns_of_others"]
    assert repr(upper) in found["evidence"] and found["evidence"].startswith("3 columns")
    assert stalking(with_header([upper, "All"])) == [value + 100 for value in AS_RELEASED]


@pytest.mark.parametrize("upper", OTHERS + UNKNOWN)
def test_columns_of_others_alone_are_no_figures_of_all(upper: str) -> None:
    """They had been published as those of all."""
    reading = with_header([upper])
    assert stalking(reading) == []
    assert [repr(upper)] == [refused.problems[0].value for refused in reading.set_aside]


@pytest.mark.parametrize("own", OTHERS + UNKNOWN)
def test_columns_whose_own_headers_say_so_below_their_year_are_left_out(own: str) -> None:
    """The first column below a year had been taken for that of all: men's counts for everyone's."""
    sheets = appendix()
    years = sheets["Table_B2"][2]
    sheets["Table_B2"][2:3] = [[None, *years[1:]], [years[0], "Number", own, "Number"]]
    reading = read(sheets)
    assert stalking(reading) == [AS_RELEASED[0], AS_RELEASED[2]] and not reading.set_aside
    assert [repr(own) in row["evidence"] for row in reading.findings if row["kind"] == "columns_of_others"] == [True]


@pytest.mark.parametrize("own", ["Domestic abuse-related {}", "{} (charged)"])
def test_a_header_of_a_year_that_says_more_is_of_others(own: str) -> None:
    sheets = appendix()
    sheets["Table_B2"][2][2] = own.format(sheets["Table_B2"][2][2])
    assert stalking(read(sheets)) == [AS_RELEASED[0], AS_RELEASED[2]]


@pytest.mark.parametrize("upper", OTHERS + UNKNOWN)
def test_what_stands_two_rows_above_a_header_is_said_of_it(upper: str) -> None:
    sheets = appendix()
    sheets["Table_B2"][2:2] = [[None, "All", None, upper], [None, *["Number"] * 3]]
    assert stalking(read(sheets)) == AS_RELEASED[:2]


@pytest.mark.parametrize("own", ALL)
def test_below_a_year_a_header_of_all_decides_nothing(own: str) -> None:
    sheets = appendix()
    years = sheets["Table_B2"][2]
    sheets["Table_B2"][2:3] = [[None, *years[1:]], [years[0], *[own] * 3]]
    reading = read(sheets)
    assert stalking(reading) == AS_RELEASED
    assert [row for row in reading.findings if row["kind"] == "columns_of_others"] == []


@pytest.mark.parametrize("upper", ALL)
def test_a_header_of_all_decides_nothing(upper: str) -> None:
    reading = with_header([upper])
    assert stalking(reading) == AS_RELEASED and reading.findings == as_released().findings


def test_a_unit_above_the_headers_is_theirs() -> None:
    [refused] = with_header(["Number of offences (thousands)"]).set_aside
    assert "another unit" in refused.problems[0].remedy


@pytest.mark.parametrize("upper", ["Female victims", "Rate per 1,000 population"])
def test_named_columns_of_others_are_no_figures_of_all(upper: str) -> None:
    sheets, merged = forces_2019()
    row = next(row for rows in sheets.values() for row in rows if "Victim-based crime" in row)
    row[row.index("Victim-based crime")] = upper
    with pytest.raises(BadInput, match="has sections") as told:
        read(sheets, merged=merged)
    assert f"violence_against_the_person below {upper!r} only" in str(told.value)
