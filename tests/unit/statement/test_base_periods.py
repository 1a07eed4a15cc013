"""A period that a number is only compared with is not the period of that number."""

from typing import Any

import pytest
from figures_kit import fact, looked_up

from assets.statement.quoted.facts import Changed, HeldFigure
from assets.statement.text.base_periods import own_periods

SEXUAL = [fact("offences.sexual", value, year) for year, value in ((2020, 163_336), (2024, 188_663), (2025, 209_061))]


def told(text: str, *facts: dict[str, Any]) -> dict[str, HeldFigure | Changed]:
    """What is said of each number, as it is printed."""
    return dict(looked_up(text, *facts))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Police recorded 209,061 sexual offences, up 11% on the year to March 2024.",
        "Police recorded 209,061 sexual offences, compared with 188,663 in the year to March 2024.",
        "There were 209,061 sexual offences, 11% more than in the year ending March 2024.",
        "Sexual offences rose to 209,061, from 188,663 in 2023/24.",
        "Sexual offences have risen by 11% since 2023/24, to 209,061.",
        "There were 209,061 sexual offences, an increase of 11% on April 2023 to March 2024.",
        "Sexual offences have risen since 2023/24, from 188,663 then to 209,061 in 2024/25.",
        "There were 209,061 sexual offences in 2024/25, up since 2023/24, when there were 188,663.",
        "Sexual offences were higher in 2024/25, at 209,061, than in 2023/24, at 188,663.",
        "Sexual offences were lower in 2023/24, at 188,663, than in 2024/25, at 209,061.",
        "Sexual offences rose compared with 2023/24, at 209,061 in 2024/25.",
    ],
)
def test_what_a_number_is_compared_with_is_not_its_period(text: str) -> None:
    found = told(text, *SEXUAL)
    assert found["209,061"].same and found["209,061"].row["value"] == 209_061
    assert "188,663" not in text or (found["188,663"].same and found["188,663"].row["value"] == 188_663)


@pytest.mark.parametrize(
    "text",
    [
        "There were 912,181 sexual offences, 6% more than last year and 14% more than in 2019-20.",
        "There were 912,181 sexual offences, compared with 163,336 in 2019/20.",
    ],
)
def test_a_number_of_no_year_is_not_held_against_the_year_it_is_compared_with(text: str) -> None:
    assert "912,181" not in told(text, *SEXUAL)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("More than 200,000 were recorded in 2024/25", 1),
        ("In 2024/25 there were more than in 2023/24", 1),
        ("Figures from the year ending March 2025 show", 1),
        ("8% of women, compared with 3% of men in the year ending March 2025", 1),
        ("down from 5 in April 2022 to March 2023", 0),
        ("5 offences of violence against the person in the year to June 2020", 1),
        ("5 crimes, against 6 in the year to June 2020", 0),
        ("a rise from 5 in 2023/24 to 6 in 2024/25", 1),
    ],
)
def test_the_periods_of_a_text_itself(text: str, own: int) -> None:
    assert len(own_periods(text)) == own


def test_a_change_is_not_held_against_a_release_that_has_another_number_there() -> None:
    newer = [
        one | {"release": "second"}
        for one in (fact("offences.sexual", 700_003), fact("offences.sexual", 746_203, 2025))
    ]
    older = fact("offences.sexual", 758_941, 2025)
    text = "Police recorded 758,941 sexual offences in the year ending March 2025, an increase of 9% from the previous year."
    assert {*told(text, older, *newer)} == {"758,941"}
    text = text.replace("758,941", "746,203")
    assert told(text, older, *newer)["9%"].same is False
