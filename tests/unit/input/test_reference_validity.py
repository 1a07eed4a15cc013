"""Validity periods are never reversed and never overlap; a bad reference file is refused with its line."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import day, read_rows, why_refused, write_csv

from assets.reference.read import overlap_problems, read_reference, reference_file, tied_files
from assets.words.problems import BadInput


def problems(*periods: tuple[str, str | None, str | None]) -> list[str]:
    """Expectations that rows of (thing, start, end) do not meet."""
    rows = [(thing, start and day(start), end and day(end)) for thing, start, end in periods]
    frame = pd.DataFrame(rows, columns=["thing", "valid_from", "valid_to"]).astype("object")
    frame = frame.where(frame.notna(), None)
    places = [f"line {number}" for number in range(2, len(rows) + 2)]
    return [
        f"{problem.place}: {problem.expected}"
        for problem in overlap_problems(frame, places, ["thing"], "valid_from", "valid_to")
    ]


def test_periods_that_follow_each_other_pass() -> None:
    assert problems(("a", None, "2019-03-31"), ("a", "2019-04-01", None), ("b", "2019-01-01", "2019-12-31")) == []


def test_a_period_may_last_one_day() -> None:
    assert problems(("a", "2019-03-31", "2019-03-31")) == []


def test_a_reversed_period_is_refused() -> None:
    assert problems(("a", "2019-04-01", "2019-03-31")) == ["line 2: a start before its end"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2019-01-01", "2019-12-31"), ("2019-12-31", "2020-12-31")),
        ((None, None), ("2019-12-31", None)),
        (("2019-01-01", None), ("2020-01-01", "2020-12-31")),
        (("2019-01-01", "2019-12-31"), ("2019-01-01", "2019-12-31")),
    ],
)
def test_overlapping_periods_of_one_thing_are_refused(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None]
) -> None:
    assert problems(("a", *first), ("a", *second)) == ["line 3: one that starts after that of line 2 ends"]
    assert problems(("a", *first), ("b", *second)) == []


def test_a_long_period_covers_more_than_its_neighbour() -> None:
    found = problems(("a", "2019-01-01", "2025-12-31"), ("a", "2019-02-01", "2019-03-31"), ("a", "2020-01-01", None))
    assert found == [
        "line 3: one that starts after that of line 2 ends",
        "line 4: one that starts after that of line 2 ends",
    ]


DAYS = st.dates(min_value=day("2015-01-01"), max_value=day("2025-12-31"))


@given(st.lists(st.tuples(DAYS, DAYS).map(sorted), max_size=6))
def test_overlap_is_found_if_and_only_if_two_periods_share_a_day(periods: list[list[object]]) -> None:
    frame = pd.DataFrame([("a", *period) for period in periods], columns=["thing", "valid_from", "valid_to"]).astype(
        "object"
    )
    found = [*overlap_problems(frame, [str(n) for n in range(len(periods))], ["thing"], "valid_from", "valid_to")]
    shared = any(a[0] <= b[1] and b[0] <= a[1] for n, a in enumerate(periods) for b in periods[:n])  # type: ignore[operator]
    assert bool(found) is shared


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("threat", "rasso,", "rape,", "threat.csv, line 3, column threat: found 'rape'; expected one of"),
        ("threat", "citation", "cited", "threat.csv, line 1, column citation: found no such column"),
        ("threat", ",true,", ",yes,", "column priority: found 'yes'; expected true or false"),
        ("offence_threat", ",rasso,", ",murder,", "column threat: found 'murder'; expected one of"),
        ("pairing", ",overlapping,", ",equal,", "column concept: found 'equal'; expected one of"),
        ("assumption", ",1.1,", ',"1,1",', "column lower: found '1,1'; expected a number without separators"),
        ("comparability_break", "1998-04-01", "1998-04", "column date: found '1998-04'; expected a date as yyyy-mm-dd"),
        (
            "pairing", "prc.a5a.19C+prc.a5a.19J,", "prc.a5a.19C+prc.a5a.19JJ,",
            "column recorded_series: found 'prc.a5a.19JJ'; expected a value of series in data/reference/series.csv",
        ),
        ("pairing", "victims;prevalence", "victims;zzz", "column estimate_measures: found 'zzz'; expected a value of measure"),
        ("flag_test", "vawg.rasso.suspect_relationship", "vawg.zzz", "line 2, column part_series: found 'vawg.zzz'; expected"),
        (
            "spelling", ",area,K04000001", ",area,K99",
            "column code: found 'K99'; expected a value of threat in data/reference/threat.csv or a value of offence_code in"
            " data/reference/offence.csv or a value of series in data/reference/series.csv or a value of area_code in"
            " data/reference/area.csv",
        ),
        (
            "assumption", "deff_self_completion,1.1,1.9,", "deff_self_completion,1.9,1.1,",
            "line 2, column lower: found 1.9 above 1.1; expected a lower end below the upper one",
        ),
    ],
)  # fmt: skip
def test_a_bad_reference_file_is_refused(
    own_root: Path, edit: Callable[[Path, str, str], None], table: str, old: str, new: str, expected: str
) -> None:
    edit(own_root / reference_file(f"reference.{table}"), old, new)
    assert expected in why_refused(lambda: read_reference(own_root, f"reference.{table}")).paragraph()


def test_a_code_whose_own_row_is_gone_is_refused_where_it_is_used(
    own_root: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(own_root / "reference" / "reading.csv", "other_women,", "others,")
    with pytest.raises(
        BadInput, match=r"constraint.csv, line \d+, column reading: found 'other_women'; expected a value of reading"
    ):
        read_reference(own_root, "reference.constraint")
    assert "reference/reading.csv" in tied_files("reference.constraint"), "or it is not looked at again"


def test_overlapping_memberships_are_refused_with_both_lines(own_root: Path) -> None:
    path = own_root / reference_file("reference.offence_threat")
    rows = read_rows(path)
    write_csv(path, [*rows, rows[0] | {"valid_from": "2020-01-01"}])
    caught = why_refused(lambda: read_reference(own_root, "reference.offence_threat"))
    last = f"data/reference/offence_threat.csv, line {len(rows) + 2}"
    overlap = [
        problem for problem in caught.problems if problem.place == last and "starts after that of" in problem.expected
    ]
    assert len(overlap) == 1 and "line 2" in overlap[0].expected
