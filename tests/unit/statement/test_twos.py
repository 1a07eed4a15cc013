"""Sentences in twos of a number and what it stands with: places, years, women and men; and those that go on in another place."""

import pytest
from figures_kit import AREAS, fact, looked_up, verdicts_of

from assets.statement.quoted.facts import HeldFigure

pytestmark = pytest.mark.slow

BY_AREA = {"Kent": 4_136, "Essex": 15_072, "Surrey": 2_210}
FACTS = [
    *(fact("offences.sexual", count, area_code=AREAS[name]) for name, count in BY_AREA.items()),
    fact("offences.sexual", 4_009, 2023, area_code=AREAS["Kent"]), fact("offences.sexual", 188_663, 2023),
    fact("offences.sexual", 204_871), fact("offences.sexual", 913, 2023, area_code=AREAS["Surrey"]),
    fact("survey.domestic_abuse", 1_700_000, sex="female"), fact("survey.domestic_abuse", 699_000, sex="male"),
    fact("share.domestic_abuse", 6.9, sex="female"), fact("share.domestic_abuse", 3.0, sex="male"),
]  # fmt: skip


def told(text: str) -> dict[str, str]:
    """Number as printed -> in what the figure that is held is another one; empty where in nothing, `near` where it is none."""
    return {
        printed: "" if figure.same else figure.otherwise or "near"
        for printed, figure in looked_up(text, *FACTS)
        if isinstance(figure, HeldFigure)
    }


OF_PLACES = [
    "Kent ({Kent}), Essex ({Essex}) and Surrey ({Surrey}) recorded sexual offences in the year to March 2024.",
    "In the year ending March 2024 Kent recorded {Kent} sexual offences, then Essex with {Essex} and Surrey with {Surrey}.",
    "Kent recorded {Kent} sexual offences in the year to March 2024, compared with {Essex} in Essex and {Surrey} in Surrey.",
    "There were {Kent} sexual offences in Kent, {Essex} in Essex and {Surrey} in Surrey in the year to March 2024.",
]


@pytest.mark.parametrize("sentence", OF_PLACES)
def test_numbers_under_each_other_s_place_are_told(sentence: str) -> None:
    assert told(sentence.format(Kent="4,136", Essex="15,072", Surrey="2,210")) == {
        "4,136": "",
        "15,072": "",
        "2,210": "",
    }
    assert told(sentence.format(Kent="15,072", Essex="4,136", Surrey="2,210")) == {
        "4,136": "area",
        "15,072": "area",
        "2,210": "",
    }


def test_a_number_that_stands_with_another_place_or_year_does_not_agree_whatever_the_rest_is() -> None:
    for text in (
        "In the year to March 2024: Kent 15,072 sexual offences; Essex 4,136; Surrey 9,999.",
        "Sexual offences: 2022/23 - 204,871; 2023/24 - 188,663; 2021/22 - 999.",
        "Kent recorded 4,009 sexual offences in the year ending March 2024; that for the previous year was 4,136.",
    ):
        verdicts = verdicts_of(text, *FACTS)
        assert "agrees" not in verdicts.values(), verdicts


def test_what_stands_before_a_colon_is_of_the_number_behind_it() -> None:
    text = "Sexual offences recorded by the police: {} (year ending March 2023: {}), year ending March 2024."
    assert told(text.format("204,871", "188,663")) == {"204,871": "", "188,663": ""}
    assert told(text.format("188,663", "204,871")) == {"204,871": "period", "188,663": "period"}


OF_YEARS = [
    "Police recorded {before} sexual offences in the year to March 2023 and {now} in the year to March 2024.",
    "Sexual offences went from {before} (year ending March 2023) to {now} (year ending March 2024).",
    "In the year ending March 2024 there were {now} sexual offences, compared with {before} in the year ending March 2023.",
]


@pytest.mark.parametrize("sentence", OF_YEARS)
def test_numbers_under_each_other_s_year_are_told(sentence: str) -> None:
    assert told(sentence.format(before="188,663", now="204,871")) == {"188,663": "", "204,871": ""}
    assert told(sentence.format(before="204,871", now="188,663")) == {"188,663": "period", "204,871": "period"}


@pytest.mark.parametrize(
    "text",
    [
        "Kent and Essex recorded 4,136 and 15,072 sexual offences in the year to March 2024.",
        "Essex and Kent recorded 4,136 and 15,072 sexual offences in the year to March 2024.",  # in no twos: nothing is said
        "Of the 4,136 sexual offences that Kent and Essex recorded in the year to March 2024, few were like the 15,072.",
        "Kent recorded 4,136 of the 204,871 sexual offences in the year to March 2024, and Essex others.",
    ],
)
def test_where_a_sentence_does_not_go_in_twos_nothing_is_said(text: str) -> None:
    assert "area" not in told(text).values()


def test_a_sentence_of_another_place_goes_on_from_the_one_before() -> None:
    text = "Kent recorded 4,136 sexual offences in the year to March 2024. In Essex there were {}."
    assert told(text.format("15,072")) == {"4,136": "", "15,072": ""}
    assert told(text.format("17,052")) == {"4,136": "", "17,052": "near"}


def test_a_small_number_that_something_changed_from_is_of_the_year_before() -> None:
    text = "In the 12 months to March 2024, sexual offences in Surrey changed from 913 to 2,210."
    assert told(text) == {"913": "", "2,210": ""}


OF_SEXES = [
    ("Victims of domestic abuse in the year ending March 2024: women {}, men {}.", "1,700,000", "699,000"),
    (
        "An estimated {} women and {} men were victims of domestic abuse in the year ending March 2024.",
        "1.7 million",
        "699,000",
    ),
    (
        "Among women, {} were victims of domestic abuse in the year ending March 2024; among men it was {}.",
        "6.9%",
        "3.0%",
    ),
    ("The prevalence of domestic abuse in the year ending March 2024 was {} for women and {} for men.", "6.9%", "3.0%"),
]


@pytest.mark.parametrize(("sentence", "women", "men"), OF_SEXES)
def test_a_number_is_of_the_sex_that_it_stands_with(sentence: str, women: str, men: str) -> None:
    right, exchanged = (told(sentence.format(*numbers)).values() for numbers in ((women, men), (men, women)))
    assert [*right] == ["", ""] and "" not in exchanged and "people" in exchanged


@pytest.mark.parametrize(("met", "area"), [(25_901, ""), (4_136, "area")])
def test_a_force_is_known_by_what_people_call_it_and_members_of_parliament_are_none(met: int, area: str) -> None:
    facts = [*FACTS, fact("offences.sexual", 25_901, area_code=AREAS["Metropolitan Police"])]
    for name in ("The Met", "The Metropolitan Police Service (MPS)", "Scotland Yard told MPs that the Met"):
        text = f"{name} recorded {met:,} sexual offences in 2023/24, and Kent {29_901 - met + 136:,}."
        figures = {printed: figure for printed, figure in looked_up(text, *facts) if isinstance(figure, HeldFigure)}
        assert figures[f"{met:,}"].otherwise == area, text
