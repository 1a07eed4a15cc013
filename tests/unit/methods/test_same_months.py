"""Whole months stay whole, whatever February has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import day

from assets.archive.reading.periods import period_between
from assets.methods.same_months import same_months


@pytest.mark.parametrize(
    ("window", "years", "expected"),
    [
        (("2022-04-01", "2023-03-31"), -1, ("2021-04-01", "2022-03-31")),
        (("2024-02-01", "2024-02-29"), -1, ("2023-02-01", "2023-02-28")),
        (("2024-03-01", "2025-02-28"), -1, ("2023-03-01", "2024-02-29")),
        (("2024-06-30", "2024-06-30"), 10, ("2034-06-30", "2034-06-30")),
        (("2024-02-29", "2024-02-29"), 1, ("2025-02-28", "2025-02-28")),
    ],
)
def test_examples(window: tuple[str, str], years: int, expected: tuple[str, str]) -> None:
    assert same_months(day(window[0]), day(window[1]), years) == (day(expected[0]), day(expected[1]))


@given(st.integers(1990, 2040), st.integers(1, 12), st.integers(1, 36), st.integers(-20, 20))
def test_months_are_those_of_the_other_year(year: int, month: int, count: int, years: int) -> None:
    last = year * 12 + month - 1 + count - 1
    here, there = (period_between(year + n, month, last // 12 + n, last % 12 + 1) for n in (0, years))
    assert here and there and same_months(here.start, here.end, years) == (there.start, there.end)
