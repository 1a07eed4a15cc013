"""No change is given across unlike coverage, nor from a doubted figure."""

from test_trend_table import ORDER, all_trends, year

from assets.reconciled.change.lines import SeriesVintages


def test_a_total_with_a_force_is_not_compared_with_one_without_it() -> None:
    without = {"leaves_out": "E23000005"}
    [row] = all_trends([year(2020, 100, **without), year(2021, 150)], [])
    assert row["verdict"] == "block" and row["change_percent"] is None and row["fold"] is None
    assert (
        row["reason"] == "No change is given: one of the two totals leaves out Greater Manchester, the other does not."
    )
    line = SeriesVintages([year(2020, 1, **without), year(2020, 2, release="old"), year(2021, 3)], ORDER)
    pair = next(line.pairs())
    assert (pair.before["value"], pair.after["value"], pair.unlike) == (2, 3, ()), (
        "an older release with the force is held"
    )


def test_no_change_is_taken_from_a_doubted_figure() -> None:
    line = SeriesVintages(
        [year(2020, 1), year(2020, 2, release="old"), year(2021, 3, doubt="because"), year(2021, 4, release="old")],
        ORDER,
    )
    pair = next(line.pairs())
    assert (pair.before["value"], pair.after["value"]) == (2, 4)
