"""A number far from the figure that its words name exactly is told with it; where they say anything more nothing is told."""

from typing import Any

import pytest
from figures_kit import fact, looked_up, scanned

from assets.statement.quoted.facts import HeldFigure
from assets.statement.scan.verdicts import remarks

IN_2024 = "in the year ending March 2024"
FACTS = (
    fact("offences.sexual", 204_871),
    fact("offences.sexual", 8_120, area_code="E23000032"),
    fact("offences.rape", 71_581),
    fact("survey.domestic_abuse", 2_200_000, sex="female", age="16+"),
    fact("survey.domestic_abuse", 1_500_000, sex="male", age="16+"),
    fact("share.domestic_abuse", 8.2, sex="female", age="16+"),
    fact("share.domestic_abuse", 3.1, sex="male", age="16+"),
    fact("share.domestic_abuse", 5.7, age="16+"),
)


def told(text: str, *facts: dict[str, Any]) -> list[tuple[str, float]]:
    """Each number that is told as another than its words name, and the figure that they name."""
    return [
        (printed, figure.row["value"])
        for printed, figure in looked_up(text, *(facts or FACTS))
        if isinstance(figure, HeldFigure) and figure.instead
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Police recorded 248,071 sexual offences {IN_2024}.", [("248,071", 204_871)]),
        (f"Police recorded 204,871,000 sexual offences {IN_2024}.", [("204,871,000", 204_871)]),
        (f"An estimated 1.2 million women were victims of domestic abuse {IN_2024}.",
         [("An estimated 1.2 million", 2_200_000)]),
        (f"The survey shows that 18.2% of women experienced domestic abuse {IN_2024}.", [("18.2%", 8.2)]),
        (f"One in four women were victims of domestic abuse {IN_2024}.", [("One in four", 8.2)]),
        (f"Rape was recorded 17,581 times {IN_2024}.", [("17,581", 71_581)]),
        (f"Kent Police recorded 1,820 sexual offences {IN_2024}.", [("1,820", 8_120)]),
        (f"{IN_2024.capitalize()}, 8.2% of women and 1.3% of men were victims of domestic abuse.", [("1.3%", 3.1)]),
        (f"{IN_2024.capitalize()} police recorded 148,071 sexual offences, of which 17,581 were rapes.",
         [("148,071", 204_871), ("17,581", 71_581)]),
        (f"Domestic abuse was experienced by 8.2% of women {IN_2024}. That is an estimated 4.4 million women.",
         [("an estimated 4.4 million", 2_200_000)]),
        ("Year ending March 2024\nPolice recorded 248,071 sexual offences.", [("248,071", 204_871)]),
        (f"News.\nKent\nFigures\nCrime\nPolice recorded 248,071 sexual offences {IN_2024}.", [("248,071", 204_871)]),
    ],
)  # fmt: skip
def test_a_number_is_told_with_the_figure_that_its_words_name(text: str, expected: list[tuple[str, float]]) -> None:
    assert told(text) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        f"Police recorded 204,871 sexual offences {IN_2024}.",
        f"More than 200,000 sexual offences were recorded {IN_2024}.",
        f"One in twelve women were victims of domestic abuse {IN_2024}.",
        # Fewer people, another place, another time, another measure, or a part.
        f"In our survey 18.2% of disabled women experienced domestic abuse {IN_2024}.",
        f"Police recorded 2,480 sexual offences on trains {IN_2024}.",
        f"The British Transport Police recorded 2,480 sexual offences {IN_2024}.",
        f"In Leeds, police recorded 2,480 sexual offences {IN_2024}.",
        f"Kent has 43 stations. Police recorded 1,230 rapes {IN_2024}.",
        f"News.\nKent\nFigures of the inspectorate\nPolice recorded 1,960 sexual offences {IN_2024}.",
        f"Police recorded 561 sexual offences a day {IN_2024}.",
        f"Police recorded 3.4 sexual offences per 1,000 people {IN_2024}.",
        f"Police recorded 40,100 sexual offences against men {IN_2024}.",
        f"A further 12,500 sexual offences were recorded {IN_2024}.",
        f"Of victims of domestic abuse {IN_2024}, 73% were women.",
        f"{IN_2024.capitalize()}, 72.5% of victims of domestic abuse-related crime were female: 617,020 of 851,062 offences.",
        f"Of women who were victims of domestic abuse {IN_2024}, 18% told the police.",
        f"Rapes rose to 71,581 {IN_2024}, from 41,200.",
        f"Police recorded 71,581 rapes {IN_2024}. These led to 2,100 charges.",
        f"Police recorded 6.8 million crimes {IN_2024}, but rapes were up 41%.",
        f"There were 148,071 offences including rape, burglary and theft {IN_2024}, up 57% on 2014.",
        "Police recorded 48,071 sexual offences in 2011.",
        "Police recorded 48,071 sexual offences in March 2024.",
        "Year ending March 2024\nThere was much to do.\nPolice recorded 48,071 sexual offences.",
    ],
)
def test_a_number_whose_words_say_anything_more_is_not(text: str) -> None:
    assert told(text) == []


def test_what_is_held_of_several_things_is_named_by_no_words() -> None:
    twice = fact("offences.rape", 71_581), fact("survey.rape", 31_000)
    assert told(f"The number of rapes was 17,518 {IN_2024}.", *twice) == []
    assert told(f"The number of rapes was 17,518 {IN_2024}.", twice[0]) == [("17,518", 71_581)]


def test_the_remark_says_what_is_held_where_and_that_it_may_be_of_something_else() -> None:
    [remark] = remarks(scanned(f"Police recorded 248,071 sexual offences {IN_2024}.", *FACTS))
    assert remark.to_look_at and remark.kind == "not the figure that is held for the words beside it"
    assert remark.words.endswith("204,871 in synthetic@first, Table 1 B2; 248,071 is of something else, or a slip")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The force recorded 6,603 sexual offences {}.", False),
        ("The force is small. {} it also recorded 6,603 sexual offences.", False),
        ("The force is small. That is 3% of all in England and Wales. It recorded 6,603 sexual offences {}.", False),
        ("Every force answered. The police recorded 6,603 sexual offences in England and Wales {}.", True),
        ("The police recorded 6,603 sexual offences {}.", True),
    ],
)
def test_what_a_force_that_is_not_named_recorded_is_not_held_against_the_country(text: str, is_told: bool) -> None:
    assert bool(told(text.format(IN_2024))) == is_told
