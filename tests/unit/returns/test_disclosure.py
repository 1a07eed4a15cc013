"""Disclosure control: what is shown of a count, and what an attacker with everything that is published can still narrow."""

import dataclasses
import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sent import rules

from assets.collection.national import _with_changes
from assets.collection.told.control import SUPPRESSED, WITHHELD, Row, as_is, control, protect, withhold
from assets.collection.told.defined import defined
from assets.collection.told.safe import without_what_tells
from assets.collection.told.vintages import narrowed_beside
from assets.collection.told.year import Year
from assets.methods.same_months import same_months
from schemas.codes import ENGLAND_AND_WALES as NATION

CONTROL = control(rules().limits)
START, END = datetime.date(2022, 4, 1), datetime.date(2023, 3, 31)
DAYS = ("period_start", "period_end")
Cells = dict[str, int]


def published(cells: Cells, area: str = NATION, threats: Cells | None = None) -> Year:
    """A year of the country: combinations protected, threats exact."""
    rows = [
        {"area_code": area, "among": "nine", "threats": key, "period_start": START, "period_end": END, "offences": count,
         "suppliers_counted": 2}
        for key, count in cells.items()
    ]  # fmt: skip
    exact = [
        {"threat": threat, "area_code": NATION, "offences": count, "cell_status": "normal", "rounded_to": 1,
         "suppliers_counted": 2}
        for threat, count in (threats or {}).items()
    ]  # fmt: skip
    return Year(exact, protect(rows, lambda row: row["area_code"], CONTROL), [], [], {})


@given(st.integers(0, 10**7))
def test_a_protected_count_is_nought_a_marker_or_a_multiple_and_its_true_value_stays_possible(count: int) -> None:
    number, status, base = CONTROL.treated(count)
    assert (status == SUPPRESSED) == (1 <= count <= 4)
    assert number is None or (number % 5 == 0 and abs(number - count) <= 2)
    least, most = CONTROL.possible(number, status, base)
    assert least <= count <= most
    assert count == 0 or most - least + 1 >= CONTROL.narrowest


def test_a_small_group_in_which_one_row_holds_all_is_withheld() -> None:
    def shown(*counts: int) -> list[Any]:
        rows = [{"offences": count, "place": place} for place, count in enumerate(counts)]
        return [row["cell_status"] for row in protect(rows, lambda _: "one", CONTROL)]

    assert shown(9, 0) == [WITHHELD, WITHHELD] and shown(10, 0) == ["normal", "normal"]
    assert shown(4, 5) == [SUPPRESSED, "normal"] and shown(0, 0) == ["normal", "normal"]


def test_wide_counts_pass_the_attackers_programme() -> None:
    year = published({"D": 103, "DS": 51, "-": 202, "S": 48}, threats={"all_vawg": 404})
    assert narrowed_beside(year, [], CONTROL) == []


def test_an_exact_total_that_gives_a_marker_away_is_found() -> None:
    """1 and 8 print as [c] and 10: with the exact total 9 the marker must be 1, as the other can be no less than 8."""
    found = narrowed_beside(published({"D": 1, "-": 8}, threats={"all_vawg": 9}), [], CONTROL)
    assert {(key[2], least, most) for key, least, most in found} == {("D", 1, 1), ("-", 8, 8)}  # type: ignore[index]


def test_roundings_that_all_go_one_way_are_found_and_withheld() -> None:
    """7 + 7 + 7 print as 5 + 5 + 5: with the exact total 21 each must be 7."""
    leak = published({"D": 7, "S": 7, "-": 7}, threats={"all_vawg": 21})
    found = narrowed_beside(leak, [], CONTROL)
    assert {key[2] for key, _, _ in found} == {"D", "S", "-"} and all(
        (least, most) == (7, 7) for _, least, most in found
    )  # type: ignore[index]
    safe = without_what_tells(leak, CONTROL)
    assert narrowed_beside(safe, [], CONTROL) == [] and {row["cell_status"] for row in safe.overlaps} == {WITHHELD}


def test_a_count_that_must_be_all_of_a_printed_total_is_left_out_not_withheld_for_ever() -> None:
    """One combination holds all 300, and the total of 300 is printed: a marker would hide nothing."""
    only = published({"S": 300}, threats={"all_vawg": 300})
    assert narrowed_beside(only, [], CONTROL) == [(("overlap", NATION, "S"), 300.0, 300.0)]
    assert without_what_tells(only, CONTROL).overlaps == []


def test_a_bound_on_a_union_that_gives_a_combination_away_is_found_and_left_out() -> None:
    """42 and 12 print as 40 (38 to 42) and 10 (8 to 12): that both together are 54 leaves one pair of numbers alone."""
    union = {"sets": "domestic_abuse|stalking_harassment", "lower": 54, "upper": 54, "suppliers_counted": 2}
    year = dataclasses.replace(published({"D": 42, "S": 12, "-": 80}), unions=[union])
    assert narrowed_beside(dataclasses.replace(year, unions=[union | {"lower": 45, "upper": 60}]), [], CONTROL) == []
    assert {key[2] for key, _, _ in narrowed_beside(year, [], CONTROL)} == {"D", "S"}  # type: ignore[index]
    assert not without_what_tells(year, CONTROL).unions and without_what_tells(year, CONTROL).overlaps == year.overlaps


def of_forces(counts: list[int], counted: int, whole: int, late: bool = False, threat: str = "spiking") -> Year:
    """A threat that rests on a flag, in forces of 100 offences each and in the country."""
    areas = [f"E2300000{place}" for place in range(len(counts))]
    row = {"threat": threat, "period_start": START, "period_end": END, "suppliers_counted": counted}
    forces = [
        CONTROL.rounded(row | {"area_code": area, "offences": count}) for area, count in zip(areas, counts, strict=True)
    ]
    nation = row | {"area_code": NATION, "offences": whole, "cell_status": "normal", "rounded_to": 1}
    if late:
        nation = CONTROL.rounded(nation)
    plain = [{"area_code": area, "offence_code": "8L", "offences": 100} for area in [*areas, "E23000034"]]
    return Year([nation, *forces], [], [], plain, {})


def test_a_force_that_alone_has_a_threat_of_the_country_is_found_and_the_threat_left_out_of_all() -> None:
    """The country has 11, and all forces but one print 0: it has 11, though it prints 10 (8 to 12), and withheld it still has."""
    year = of_forces([11, 0, 0], 3, 11)
    assert narrowed_beside(year, [], CONTROL) == [(("threat", "E23000000", "spiking"), 11.0, 11.0)]
    safe = without_what_tells(year, CONTROL)
    assert narrowed_beside(safe, [], CONTROL) == [] and {
        row["offences"] for row in safe.threats if row["area_code"] != NATION
    } == {None}
    assert narrowed_beside(of_forces([11, 9, 0], 3, 20), [], CONTROL) == []
    # Of a supplier that is in the country alone its plain counts are known, and no more.
    assert narrowed_beside(of_forces([11, 0, 0], 4, 11), [], CONTROL) == []


def test_quarters_that_round_one_way_tell_the_year_of_one_supplier_or_of_the_one_that_is_left_out() -> None:
    """7 + 7 + 7 + 7 print as 5 each and as 30 (28 to 32): the year is 28, and so is whoever else has none of it."""

    def of_year(supplied: int, quarters: list[int], counts: list[int]) -> Year:
        year = of_forces(counts, supplied, sum(quarters), late=True)
        common = {"threat": "spiking", "area_code": NATION, "suppliers_counted": supplied}
        days = [START + datetime.timedelta(days=91 * place) for place in range(4)]
        rows = [
            CONTROL.rounded({**common, "period_start": day, "offences": count})
            for day, count in zip(days, quarters, strict=True)
        ]
        return dataclasses.replace(year, quarters=rows)

    for supplied, counts in ((1, [28]), (3, [0, 0])):
        year = of_year(supplied, [7, 7, 7, 7], counts)
        assert {(least, most) for _, least, most in narrowed_beside(year, [], CONTROL)} <= {(28, 28), (7, 7)}
        safe = without_what_tells(year, CONTROL)
        assert {row["cell_status"] for row in year.threats} == {"normal"} and narrowed_beside(safe, [], CONTROL) == []
        assert WITHHELD in {row["cell_status"] for row in safe.threats}
        # Beside it the numbers of forces may not be printed later without the quarters.
        assert narrowed_beside(dataclasses.replace(year, quarters=()), [safe], CONTROL)
        assert narrowed_beside(of_year(supplied, [8, 6, 7, 7], counts), [], CONTROL) == []
    assert narrowed_beside(of_year(3, [18, 17, 16, 17], [40, 0]), [], CONTROL) == []


def test_what_the_country_printed_without_a_late_force_tells_of_it_when_it_has_come() -> None:
    """82 and 60 are 142 without it (140: 138 to 142), and 164 with it: it has 22 or more, and prints 20 (18 to 22)."""
    before, now = of_forces([82, 60], 2, 142, late=True), of_forces([82, 60, 22], 3, 164)
    assert narrowed_beside(before, [], CONTROL) == narrowed_beside(now, [], CONTROL) == [], "each alone is safe"
    assert (("threat", "E23000002", "spiking"), 22.0, 22.0) in narrowed_beside(now, [before], CONTROL)
    assert narrowed_beside(without_what_tells(now, CONTROL, [before]), [before], CONTROL) == []


def test_what_the_country_has_more_once_a_late_force_has_come_is_that_force() -> None:
    """Ten offences more, and five and five where none were: all ten are these."""

    def country(relationships: Cells, sent: Cells) -> Year:
        rows = [
            {"threat": "all_vawg", "statistic": "relationship", "value_label": label, "offences": count}
            for label, count in relationships.items()
        ]
        plain = [{"area_code": area, "offence_code": "8L", "offences": count} for area, count in sent.items()]
        whole = published({}, threats={"all_vawg": sum(sent.values())})
        return dataclasses.replace(whole, profiles=protect(rows, lambda row: row["statistic"], CONTROL), offences=plain)

    sent = {"E23000032": 30, "E23000033": 10}
    before = country({"partner": 23, "known": 17}, sent)
    now = country({"partner": 23, "known": 17, "family": 5, "stranger": 5}, sent | {"E23000045": 10})
    assert narrowed_beside(before, [], CONTROL) == narrowed_beside(now, [], CONTROL) == [], "each alone is safe"
    of_late = ("profile", "all_vawg", "relationship", "family")
    assert (of_late, 5.0, 5.0) in narrowed_beside(now, [before], CONTROL)
    assert (of_late, -5.0, -5.0) in narrowed_beside(before, [now], CONTROL), "and where it is taken back"
    safe = without_what_tells(now, CONTROL, [before])
    assert {row["offences"] for row in safe.profiles} == {None} and narrowed_beside(safe, [before], CONTROL) == []
    wide = country({"partner": 26, "known": 20, "family": 6, "stranger": 5}, sent | {"E23000045": 17})
    assert narrowed_beside(wide, [before], CONTROL) == []


@given(st.integers(18, 22), st.integers(28, 32))
def test_a_change_says_no_more_than_the_rounded_counts_beside_it(now: int, before: int) -> None:
    """19 and 30 differ by 37%, which of all that print as 20 and 30 hardly others do: what is printed is 20 on 30."""
    at = {"threat": "rasso", "area_code": NATION, "period_start": START, "period_end": END, "change": None}
    rows = [
        at | {"offences": now},
        at | {"offences": before} | dict(zip(DAYS, same_months(START, END, -1), strict=True)),
    ]

    def change(*printed: Row) -> float | None:
        return next(_with_changes(printed, lambda *_: True))["change"]

    assert change(*map(CONTROL.rounded, rows)) == -33
    assert change(*map(as_is, rows)) == 100 * (now / before - 1)
    # What is not counted anew, or not printed, a change does not tell.
    held = CONTROL.rounded(rows[1]) | {"offences": 35, "held_from": "one"}
    assert change(CONTROL.rounded(rows[0]), held) == -43
    assert change(CONTROL.rounded(rows[0]), *withhold([held], lambda _: True, CONTROL)) is None


@given(st.lists(st.integers(0, 40), min_size=3, max_size=7))
def test_the_programme_is_never_wider_than_all_whole_numbers_allow(counts: list[int]) -> None:
    """Against brute force: what can be told apart by trying every combination is what the programme finds."""
    import itertools

    names = ["D", "S", "R", "O", "C", "DS", "-"][: len(counts)]
    if len(counts) > 4:
        counts, names = counts[:4], names[:4]
    year = published(dict(zip(names, counts, strict=True)), threats={"all_vawg": sum(counts)})
    if any(row["cell_status"] == WITHHELD for row in year.overlaps):
        return
    ranges = []
    for row in year.overlaps:
        least, most = CONTROL.possible(row["offences"], row["cell_status"], row["rounded_to"])
        ranges.append(range(int(least), int(most) + 1))
    fitting = [values for values in itertools.product(*ranges) if sum(values) == sum(counts)]
    narrow = {
        row["threats"]
        for at, row in enumerate(year.overlaps)
        if counts[names.index(row["threats"])] and len({values[at] for values in fitting}) < CONTROL.narrowest
    }
    assert {key[2] for key, _, _ in narrowed_beside(year, [], CONTROL)} == narrow  # type: ignore[index]


def of_one_force(threat: str, count: int, codes: dict[str, int], cells: Cells | None = None) -> Year:
    """A protected threat of one force, and combinations, beside its plain counts by code, as the definitions have them."""
    area = "E23000032"
    at = {"area_code": area, "period_start": START, "period_end": END, "suppliers_counted": 1}
    combinations = [at | {"among": "five", "threats": key, "offences": of} for key, of in (cells or {}).items()]
    plain = [{"area_code": area, "offence_code": code, "offences": offences} for code, offences in codes.items()]
    threats = [CONTROL.rounded(at | {"threat": threat, "offences": count})]
    return Year(threats, protect(combinations, lambda _: 1, CONTROL), [], plain, defined(rules().definitions))


def test_a_threat_is_no_more_than_the_plain_counts_of_codes_that_may_be_of_it() -> None:
    """Child abuse prints 5 (5 to 7): with five offences of such codes it is five; with nine of them it may be any."""
    tight = of_one_force("csae", 5, {"19D": 3, "86": 2, "8N": 90})
    assert narrowed_beside(tight, [], CONTROL) == [(("threat", "E23000032", "csae"), 5.0, 5.0)]
    [row] = without_what_tells(tight, CONTROL).threats
    assert row["cell_status"] == WITHHELD
    assert narrowed_beside(of_one_force("csae", 5, {"19D": 3, "86": 6, "8N": 90}), [], CONTROL) == []


def test_a_threat_is_no_less_than_the_plain_counts_of_codes_that_always_are_of_it() -> None:
    """Domestic abuse prints a marker (1 to 4): three offences of coercive control (8U) are of it, whatever their flag."""
    tight = of_one_force("domestic_abuse", 3, {"8U": 3, "8N": 90})
    assert narrowed_beside(tight, [], CONTROL) == [(("threat", "E23000032", "domestic_abuse"), 3.0, 4.0)]
    assert [row["cell_status"] for row in without_what_tells(tight, CONTROL).threats] == [WITHHELD]
    assert narrowed_beside(of_one_force("domestic_abuse", 3, {"8U": 1, "8N": 90}), [], CONTROL) == []


def test_what_the_country_has_of_one_supplier_is_that_ones() -> None:
    """Seven of eight offences are coercive control: domestic abuse prints 5 (5 to 7), so the other one is none of it."""
    year = of_one_force("domestic_abuse", 7, {"8U": 7, "8N": 1})
    for suppliers, found in ((1, True), (2, False)):
        country = [{**row, "area_code": NATION, "suppliers_counted": suppliers} for row in year.threats]
        quarter = dataclasses.replace(year, threats=country)
        told = narrowed_beside(quarter, [], CONTROL)
        assert told == ([(("threat", NATION, "domestic_abuse"), 7.0, 7.0)] if found else [])
        assert (without_what_tells(quarter, CONTROL).threats[0]["cell_status"] == WITHHELD) is found
    # Six of nine, printed as 5 already: who has that knows six or seven, and nothing more is printed.
    year = of_one_force("domestic_abuse", 6, {"8U": 6, "8N": 3})
    printed = dataclasses.replace(year, threats=[{**row, "area_code": NATION} for row in year.threats])
    assert without_what_tells(printed, CONTROL, [printed]).threats == []


def test_combinations_are_held_against_codes_too() -> None:
    """Both domestic abuse and stalking prints a marker: each of three offences of coercive control is both."""
    cells = {"DS": 3, "D": 30, "S": 40, "-": 20}
    tight = of_one_force("domestic_abuse", 33, {"8U": 3, "8L": 40, "8N": 50}, cells)
    assert (("overlap", "E23000032", "DS"), 3.0, 4.0) in narrowed_beside(tight, [], CONTROL)
    assert narrowed_beside(of_one_force("domestic_abuse", 33, {"8U": 1, "8L": 42, "8N": 50}, cells), [], CONTROL) == []


def test_what_plain_counts_alone_say_is_no_reason_to_leave_a_threat_out_everywhere() -> None:
    """One offence of a child's code: the threat is none or one whatever is printed of it, and other forces keep theirs."""
    one = of_one_force("csae", 1, {"86": 1, "8N": 90})
    other = [{**row, "area_code": "E23000036", "offences": 40} for row in one.threats]
    plain = [*one.offences, {"area_code": "E23000036", "offence_code": "86", "offences": 60}]
    both = dataclasses.replace(
        one, threats=[*one.threats, *(row | {"cell_status": "normal"} for row in other)], offences=plain
    )
    assert [row["cell_status"] for row in without_what_tells(both, CONTROL).threats] == [WITHHELD, "normal"]


def test_what_is_of_a_threat_is_among_all_of_the_same_age() -> None:
    """Where one offence is of that age, of domestic abuse there is no more, though its own count is withheld."""
    row = {"statistic": "victim_age_band", "value_label": "85+", "period_start": START, "period_end": END}
    printed = [
        row | {"threat": "all_vawg", "offences": 5, "cell_status": "normal", "rounded_to": 5},
        row | {"threat": "domestic_abuse", "offences": None, "cell_status": WITHHELD, "rounded_to": 5},
        row | {"threat": "online", "value_label": "45-59", "offences": 500, "cell_status": "normal", "rounded_to": 5},
    ]
    known = Year([], [], printed, [], {}).programme(CONTROL)
    known.known["profile", "all_vawg", "victim_age_band", "85+"] = (1, 1)
    assert [key[1] for key, _, most in known.disclosed() if most == 1] == ["all_vawg", "domestic_abuse"]  # type: ignore[index]


def test_combinations_of_the_country_are_held_against_codes_where_all_that_sent_are_in_them() -> None:
    """Of two suppliers, both in the combinations, three offences are coercive control; of three, one may have those alone."""
    cells = {"DS": 3, "D": 30, "S": 40, "-": 20}
    for areas, found in ((2, True), (3, False)):
        plain = [
            {"area_code": f"E2300000{place}", "offence_code": code, "offences": count}
            for place, code, count in [(0, "8U", 3), (0, "8L", 40), (1, "8N", 50), (2, "8N", 9)]
            if place < areas
        ]
        year = dataclasses.replace(published(cells), offences=plain, definitions=defined(rules().definitions))
        assert ((("overlap", NATION, "DS"), 3.0, 4.0) in narrowed_beside(year, [], CONTROL)) is found
