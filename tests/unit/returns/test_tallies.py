"""Protected counts beside a plain number, alone and beside an earlier publication: a flag's values, errors, warnings."""

import datetime
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sent import rules

from assets.collection.told.control import SUPPRESSED, WITHHELD, control, protect
from assets.collection.told.tallies import ERRORS, FLAGS, RULES, WARNINGS, Tally, tally_of
from assets.collection.told.vintages import narrowed_beside
from schemas.codes import ENGLAND_AND_WALES as NATION

CONTROL = control(rules().limits)
QUARTER = (datetime.date(2022, 4, 1), datetime.date(2022, 6, 30))
KENT = "E23000032"


def of_flag(**values: int) -> Tally:
    """The values of one flag, as a quarter prints them, and the plain number that they add up to."""
    shown = protect([{"value": name, "offences": count} for name, count in values.items()], lambda _: "", CONTROL)
    return Tally(FLAGS, QUARTER, NATION, "flag_da", {row["value"]: row for row in shown}, sum(values.values()))


def of_return(kind: str, whole: float, **found: int) -> Tally:
    """Rows by rule, as they are printed, and the rows that are set aside (errors) or that there are (warnings)."""
    counts = {rule: CONTROL.rounded({"offences": rows}) for rule, rows in found.items()}
    return Tally(RULES, QUARTER, KENT, kind, counts, whole)


def told(now: Tally, *before: Tally) -> dict[str, tuple[float, float]]:
    return {str(key[3]): ends for key, *ends in narrowed_beside(now, before, CONTROL)}  # type: ignore[index, misc]


def status(tally: Tally) -> dict[str, str]:
    return {name: row["cell_status"] for name, row in tally.counts.items()}


def test_a_count_that_its_plain_number_tells_is_found() -> None:
    """4 and 102 print as [c] and 100 (98 to 102): with the exact total 106 the marker must be 4."""
    assert told(of_flag(Y=4, N=102)) == {"Y": [4, 4], "N": [102, 102]} and not told(of_flag(Y=3, N=100))
    # A row that breaks several rules is set aside once: errors add up to no less, and each is no more.
    assert told(of_return(ERRORS, 7, E02=7)) == {"E02": [7, 7]} and not told(of_return(ERRORS, 12, E02=7, E04=9))
    assert told(of_return(ERRORS, 2, E02=2, E04=2)) == {"E02": [1, 2], "E04": [1, 2]}
    # Rows with a warning are no more than there are rows: of two, one or both.
    assert told(of_return(WARNINGS, 2, W01=2)) == {"W01": [1, 2]} and not told(of_return(WARNINGS, 3, W01=2))


def test_what_is_told_is_withheld_and_where_that_it_is_there_says_too_much_left_out() -> None:
    assert status(of_flag(Y=4, N=102).safe([], CONTROL)) == {"Y": SUPPRESSED, "N": WITHHELD}
    # A threat that rests on the flag alone prints what has it: withheld here it would still stand there, and tell of N.
    assert told(of_flag(Y=12, N=7)) == {"Y": [12, 12], "N": [7, 7]}
    assert status(of_flag(Y=12, N=7).safe([], CONTROL)) == {"Y": "normal", "N": WITHHELD}
    assert (
        status(of_return(ERRORS, 7, E02=7).safe([], CONTROL))
        == {}
        == status(of_return(ERRORS, 2, E02=2, E04=2).safe([], CONTROL))
    )
    safe = of_return(ERRORS, 13, E02=13, E04=1).safe([], CONTROL)
    assert status(safe) == {"E02": WITHHELD, "E04": SUPPRESSED} and not told(safe), (
        "15 (13 to 17) of thirteen set aside is thirteen; without it nine or more, since four at most break the other"
    )


def test_a_value_of_a_flag_that_becomes_five_while_one_offence_is_added_was_four() -> None:
    before, now = of_flag(Y=4, N=60), of_flag(Y=5, N=60)
    assert not told(before) and not told(now), "each alone is safe"
    assert told(now, before)["Y"] == [5, 5]
    safe = now.safe([before], CONTROL)
    assert not told(safe, before) and status(safe) != status(now)
    # More moved than one offence: nothing is known of the difference.
    assert not told(of_flag(Y=9, N=50, not_recorded=6), before)
    assert now.safe([], CONTROL) == now.safe([now], CONTROL) == now


def test_a_rule_whose_rows_become_five_while_one_more_row_is_set_aside_had_four() -> None:
    before, now = of_return(ERRORS, 14, E04=4, E11=10), of_return(ERRORS, 15, E04=5, E11=10)
    assert not told(before) and not told(now), "each alone is safe"
    assert told(now, before)["E04"] == [5, 5]
    assert not told(now.safe([before], CONTROL), before)
    # A row may break several rules: that one row came says nothing of how many rules have one more, and both may.
    assert not told(of_return(ERRORS, 25, E04=7, E11=21), of_return(ERRORS, 24, E04=6, E11=20))
    # Nothing moved but what is printed: more was revised than plain numbers tell.
    assert not told(of_return(ERRORS, 14, E04=5, E11=10), before)


def test_a_rule_that_finds_its_first_row_found_one_where_one_row_came() -> None:
    before, now = of_return(WARNINGS, 900, W03=40), of_return(WARNINGS, 901, W03=40, W01=1)
    assert not told(before) and not told(now), "each alone is safe"
    assert told(now, before) == {"W01": [1, 1]} == told(now, of_return(WARNINGS, 900))
    assert status(now.safe([before], CONTROL)) == {}, "even a cell that is withheld says that there is a row"
    assert not told(of_return(WARNINGS, 901), of_return(WARNINGS, 900, W01=1)), (
        "nobody knows whether something was left out"
    )
    # Of the errors of a return without any in print it is not known what they were, unless no row was set aside.
    now = of_return(ERRORS, 3, E04=2, E11=2)
    assert not told(now) and not told(now, of_return(ERRORS, 1))
    assert told(of_return(ERRORS, 1, E04=1), of_return(ERRORS, 0)) == {"E04": [1, 1]}


def test_of_changes_whose_rows_are_not_published_nothing_is_told_by_them() -> None:
    changes = of_return(ERRORS, math.inf, E02=1)
    assert not told(changes) and not changes.programme(CONTROL).sums
    assert not changes.moved(of_return(ERRORS, math.inf, E02=5)) and tally_of(changes.kept()).whole == math.inf
    assert told(of_return(ERRORS, 1, E02=1)) and not told(of_return(ERRORS, 14, E04=4, E11=10), changes)
    assert not told(changes, of_return(ERRORS, 14, E04=4, E11=10))


def test_a_tally_is_kept_and_read_back_as_it_was_printed() -> None:
    for tally in (of_flag(Y=4, N=60), of_return(ERRORS, 14, E04=4, E11=10), of_return(WARNINGS, 900)):
        again = tally_of(tally.kept())
        assert (
            status(again) == status(tally) and again.whole == tally.whole and again.moved(again) == tally.moved(tally)
        )
    assert told(of_flag(Y=5, N=60), tally_of(of_flag(Y=4, N=60).kept()))


@pytest.mark.slow
@given(st.lists(st.integers(1, 12), min_size=2, max_size=2), st.lists(st.integers(0, 2), min_size=2, max_size=2),
       st.integers(0, 3))  # fmt: skip
def test_errors_of_two_publications_are_narrowed_as_trying_every_number_narrows(
    counts: list[int], added: list[int], both: int
) -> None:
    """Against brute force: all pairs of counts that fit both publications and move each by no more than the plain number."""
    names, later = ("E04", "E11"), [one + more for one, more in zip(counts, added, strict=True)]
    wholes = [max(*rows, sum(rows) - both) for rows in (counts, later)]
    before, now = (
        of_return(ERRORS, whole, **dict(zip(names, rows, strict=True)))
        for whole, rows in zip(wholes, (counts, later), strict=True)
    )
    if told(before):
        return

    def fitting(tally: Tally) -> list[tuple[int, ...]]:
        limits = [
            CONTROL.possible(row["offences"], row["cell_status"], row["rounded_to"]) for row in tally.counts.values()
        ]
        ranges = [range(int(least), int(min(most, tally.whole)) + 1) for least, most in limits]
        return [values for values in itertools.product(*ranges) if sum(values) >= tally.whole]

    most = abs(wholes[1] - wholes[0])
    pairs = [
        pair for pair in itertools.product(fitting(before), fitting(now))
        if all(abs(one - other) <= most for one, other in zip(*pair, strict=True))
    ]  # fmt: skip
    expected = {
        name for at, name in enumerate(names) for of in (0, 1) if len({pair[of][at] for pair in pairs}) < CONTROL.narrowest
    }  # fmt: skip
    assert not pairs or set(told(now, before)) == expected
