"""What a quarter is made up of: parts that moved (C12), counts of another quarter or supplier (C13)."""

import pytest
from sent import rules
from test_comparisons import NOTHING, everyone, held, unlike

from assets.collection.comparisons import comparisons


@pytest.mark.parametrize(("moved", "told"), [(100, []), (125, [6.0])])
def test_a_part_that_moved_unlike_those_of_the_others_is_told(moved: int, told: list[float]) -> None:
    """C12: half of 1,000 in either quarter: a spread of chance is 0.045, and 0.1 of it 4.5 of them, 0.125 more than five."""
    then = everyone(500, quarter="2022-04") | everyone(500, "8Q", "2022-04")
    now = {("kent", "2022-07", "8L"): 500 + moved, ("kent", "2022-07", "8Q"): 500 - moved}
    rows = unlike(then | everyone(500) | everyone(500, "8Q") | now, "C12")
    assert [abs(row["deviation"]) for row in rows] == told
    assert [(row["supplier"], row["compared_with"], row["value"]) for row in rows] == [
        ("kent", "last_quarter", None)
    ] * len(told)
    exchanged = {
        (*key[:2], "8Q" if key[2] == "8L" else "8L"): n for key, n in (everyone(800) | everyone(200, "8Q")).items()
    }
    assert unlike(everyone(800, quarter="2022-04") | everyone(200, "8Q", "2022-04") | exchanged, "C12") == [], (
        "all moved alike"
    )


# Offences by a partner, and by a stranger; and the same with as many of each code, of partners and of strangers.
KNOWN = {"8L": (161, 39), "8Q": (39, 161), "8M": (39, 161)}
SHUFFLED = {"8L": (80, 120), "8Q": (80, 120), "8M": (79, 121)}


# Who has a quarter before: everybody, nobody, or all but Kent.
EVERYBODY, NOBODY, OTHERS = "everybody", "nobody", "others"


@pytest.mark.parametrize(
    ("before", "times", "now", "others", "told"),
    [(EVERYBODY, 1, SHUFFLED, KNOWN, ["last_quarter"]), (EVERYBODY, 1, SHUFFLED, SHUFFLED, []), (EVERYBODY, 1, KNOWN, KNOWN, []),
     (EVERYBODY, 0.1, SHUFFLED, KNOWN, []), (NOBODY, 1, SHUFFLED, KNOWN, ["other_suppliers"]), (NOBODY, 1, KNOWN, KNOWN, []),
     (NOBODY, 0.1, SHUFFLED, KNOWN, []), (OTHERS, 1, SHUFFLED, KNOWN, ["other_suppliers"]), (OTHERS, 1, KNOWN, KNOWN, [])],
    ids=["shuffled", "all moved alike", "nothing moved", "too few to say", "first, shuffled", "first", "first, too few to say",
         "a new supplier, shuffled", "a new supplier"],
)  # fmt: skip
def test_a_column_that_does_not_go_with_another_as_it_does_elsewhere_is_told(
    before: str, times: float, now: dict[str, tuple[int, int]],
    others: dict[str, tuple[int, int]], told: list[str],
) -> None:  # fmt: skip
    """C12: no part of a column moved, and yet partners are no longer, or not as with the others, those of harassment."""
    with held(everyone(0) if before == NOBODY else everyone(0, quarter="2022-04") | everyone(0)) as collection:
        if before == OTHERS:
            del collection.counting["kent", "2022-04"]
        for supplier, quarter in collection.counting:
            table = KNOWN if quarter == "2022-04" else now if supplier == "kent" else others
            collection.connection.executemany(
                "INSERT INTO cube(supplier, quarter, month, offence_class, membership, offences, relationship) "
                "VALUES (?, ?, ?, ?, 0, ?, ?)",
                [
                    (supplier, quarter, f"{quarter}-01", code, int(times * count), relationship)
                    for code, counts in table.items() for relationship, count in zip(("partner", "stranger"), counts, strict=True)
                ],
            )  # fmt: skip
        rows = [row for row in comparisons(collection, NOTHING) if row["rule"] == "C12"]
    assert {row["supplier"] for row in rows} <= {"kent"}
    assert [(row["compared_with"], row["of"]) for row in rows] == [
        (beside, "offence_class by relationship") for beside in told
    ]
    # How far a table moved would say something of its cells: the limit stands for whatever is beyond it.
    assert [row["deviation"] for row in rows] == [rules().limits["table_spreads"]] * len(told)


@pytest.mark.slow
@pytest.mark.parametrize(("changed", "told"), [(5, True), (6, False)])
@pytest.mark.parametrize(
    ("supplier", "quarter", "other"), [("kent", "2022-04", "last_quarter"), ("surrey", "2022-07", "other_suppliers")]
)
def test_counts_of_another_quarter_or_supplier_count_nowhere(
    changed: int, told: bool, supplier: str, quarter: str, other: str
) -> None:
    """C13: of 59 codes more than nine tenths are counted as in the quarter before, or by another supplier, under other months."""
    codes = sorted({of for of, *_ in rules().offences.values()})[:59]
    then = {(supplier, quarter, code): 7 + place for place, code in enumerate(codes)}
    now = {("kent", "2022-07", code): 7 + place + 100 * (place < changed) for place, code in enumerate(codes)}
    with held(then | now) as collection:
        rows = [row for row in comparisons(collection, NOTHING) if row["rule"] == "C13"]
        assert [(row["compared_with"], row["withholds"]) for row in rows if row["supplier"] == "kent"] == [
            (other, True)
        ] * told
        assert (("kent", "2022-07") in collection.counting) is not told


@pytest.mark.parametrize(("left", "told"), [(0, False), (2, False), (60, True)])
def test_a_part_of_which_few_are_left_is_not_told(left: int, told: bool) -> None:
    """Of 1,000 a spread about none is less than one offence: how many spreads it moved would say whether one is left or two."""
    half = {key: 500 for of in ("2022-04", "2022-07") for key in everyone(500, "8U", of) | everyone(500, "8L", of)}
    cells = half | {("kent", "2022-07", "8U"): left, ("kent", "2022-07", "8L"): 1000 - left}
    assert ("domestic_abuse" in {row["of"] for row in unlike(cells, "C12")}) is told
