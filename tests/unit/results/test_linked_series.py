"""Prevalences brought onto the newest questions and ages: by the split sample of each sex, as intervals."""

import math

import pytest
from kit import Tables, day

from assets.reconciled.change import shown_linked


@pytest.mark.parametrize(
    ("sex", "old", "new"), [("female", 6.6, 9.5), ("male", 3.0, 6.5), ("all", 8.0 * 2.3 / 3.9, 8.0)]
)
def test_old_questions_are_linked_to_new_ones_by_the_split_sample_of_that_sex(
    tables: Tables, sex: str, old: float, new: float
) -> None:
    # Year ending March 2024, both versions: women 6.6% and 9.5%, men 3.0% and 6.5%, all 2.3 and 3.9 million victims.
    rows = tables.rows("reconciled.linked_series", topic="domestic_abuse", sex=sex, age="16+", linked=True)
    [row] = [row for row in rows if row["period_end"] == day("2022-03-31")]
    assert (row["basis_instrument"], row["basis_age"]) == ("csew_self_completion_new", "16+")
    [said] = row["links"]
    assert said.startswith(f"old questions to new ones, year ending Mar 2024: {new / old:.2f} (")
    middle = math.sqrt(row["likely_lower"] * row["likely_upper"])
    assert middle == pytest.approx(row["published"] * new / old, rel=0.005)


def test_a_linked_figure_is_wider_than_its_own_and_inside_its_envelope(tables: Tables) -> None:
    rows = tables.rows("reconciled.linked_series")
    assert any(row["linked"] for row in rows)
    for row in rows:
        assert row["lower"] <= row["likely_lower"] < row["likely_upper"] <= row["upper"]
        assert row["linked"] is bool(row["links"]) and (row["linked"] or row["age"] == row["basis_age"])
    women = [row for row in rows if (row["topic"], row["sex"]) == ("domestic_abuse", "female")]
    width = {row["linked"]: math.log(row["likely_upper"] / row["likely_lower"]) for row in women}
    assert width[True] > width[False]


def test_one_basis_has_a_row_a_year_and_prints_no_point_of_a_linked_one(tables: Tables) -> None:
    drawn = shown_linked.one_basis(tables.rows("reconciled.linked_series"))
    assert ("domestic_abuse", "female") in drawn and ("rape_or_penetration", "female") not in drawn, (
        "nothing linked there"
    )
    for rows in drawn.values():
        assert len({row["period_end"] for row in rows}) == len(rows)
        assert all(
            (point["value"] is None) is row["linked"]
            for point, row in zip(shown_linked.points(rows), rows, strict=True)
        )
    [year] = [row for row in drawn["domestic_abuse", "all"] if row["period_end"] == day("2022-03-31")]
    assert (year["age"], len(year["links"])) == ("16+", 1), "of two ages of one year that with the fewest links"


def test_ages_are_linked_only_by_a_year_in_which_both_were_published(tables: Tables) -> None:
    rows = tables.rows("reconciled.linked_series", topic="domestic_abuse", sex="male", linked=True)
    assert {row["age"] for row in rows} == {"16+"}, "no year holds men of 16 to 59 and of 16 and over"
    women = tables.rows("reconciled.linked_series", topic="domestic_abuse", sex="female", age="16-59")
    assert women and all("ages 16-59 to 16+, year ending Mar 2024" in row["links"][0] for row in women)
