"""Numbers that are told of several together: of places, of years, of women and men. None is that of one of them alone."""

import pytest
from figures_kit import AREAS, fact, looked_up, verdicts_of

from assets.statement.quoted.facts import Summed
from assets.statement.scan.verdicts import AGREES, DISAGREES, UNTESTED

pytestmark = pytest.mark.slow

FACTS = [
    fact("offences.sexual", 204_871), fact("offences.sexual", 188_663, 2023),
    fact("offences.sexual", 6_317, area_code=AREAS["Kent"]), fact("offences.sexual", 15_072, area_code=AREAS["Essex"]),
    fact("offences.sexual", 5_736, 2024, area_code=AREAS["Avon and Somerset"]),
    fact("survey.rape", 739_000, age="16+", sex="female"), fact("survey.rape", 898_000, age="16+"),
]  # fmt: skip
IN_2024 = "in the year ending March 2024"


@pytest.mark.parametrize(
    "text",
    [
        "Essex Police and Kent Police recorded {} sexual offences in the year ending March 2024.",
        "In both Kent & Essex, {} sexual offences were recorded in the year ending March 2024.",
        "There were {} sexual offences in Kent, Surrey and Essex in the year ending March 2024.",
        "Avon and Somerset Police and Essex Police recorded {} sexual offences in the year ending March 2024.",
        "Sexual offences in the year ending March 2024: Kent and Essex, {}.",
    ],
)
def test_a_number_of_several_forces_is_none_of_one(text: str) -> None:
    assert verdicts_of(text.format("15,072"), *FACTS)["15,072"] != AGREES


# 6,317 and 15,072 are 21,389.
@pytest.mark.parametrize(
    ("text", "number", "verdict"),
    [
        ("Essex Police and Kent Police recorded {} sexual offences in the year ending March 2024.", "21,389", AGREES),
        ("Between them, Kent and Essex recorded {} sexual offences in the year to March 2024.", "about 21,400", AGREES),
        ("Together, Kent and Essex recorded {} sexual offences in the year to March 2024.", "23,189", DISAGREES),
        ("There were {} sexual offences in Kent and Essex in the year ending March 2024.", "15,072", DISAGREES),
        # Of each, of a place besides, of something else, of another year.
        ("Kent and Essex each recorded {} sexual offences in the year to March 2024.", "15,072", UNTESTED),
        ("Kent and Essex trained officers for {} sexual offences in the year to March 2024.", "15,072", UNTESTED),
        ("Sexual offences in Kent and Essex rose from {} in the year to March 2023 to 21,389 in the year to March 2024.",
         "21,300", UNTESTED),
        ("Kent and Essex recorded {} sexual offences in the year to March 2023.", "21,389", UNTESTED),
    ],
)  # fmt: skip
def test_a_number_of_several_forces_is_held_against_their_sum(text: str, number: str, verdict: str) -> None:
    assert verdicts_of(text.format(number), *FACTS)[number] == verdict, text


def test_the_sum_is_told_with_what_is_added_up_and_may_be_a_claim() -> None:
    [(_, fact_told)] = looked_up("Kent and Essex recorded 21,389 sexual offences in the year to March 2024.", *FACTS)
    assert isinstance(fact_told, Summed) and fact_told.words.endswith("together 21,389")
    assert fact_told.check()["published"].count("fact(") == 2 and fact_told.unit == "offences"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"Essex Police recorded 15,072 sexual offences {IN_2024}, and Kent Police 6,317.", ["15,072", "6,317"]),
        (f"Essex and Kent recorded 15,072 and 6,317 sexual offences respectively {IN_2024}.", ["15,072", "6,317"]),
        (f"Kent Police recorded 6,317 sexual offences {IN_2024}, fewer than Essex and Surrey.", ["6,317"]),
        (f"Avon and Somerset Police recorded 5,736 sexual offences {IN_2024}.", ["5,736"]),
    ],
)
def test_a_number_of_each_force_is_that_of_the_force(text: str, numbers: list[str]) -> None:
    told = verdicts_of(text, *FACTS)
    assert {number: told[number] for number in numbers} == dict.fromkeys(numbers, AGREES)


@pytest.mark.parametrize(
    "when",
    [
        "In the two years to March 2024", "Over the 5-year period to March 2024",
        "In the years ending March 2023 and March 2024 together", "Over the years to March 2023 and March 2024",
    ],
)  # fmt: skip
def test_a_number_of_several_years_is_none_of_the_last(when: str) -> None:
    assert verdicts_of(f"{when}, police recorded 204,871 sexual offences.", *FACTS)["204,871"] == UNTESTED
    of_change = f"{when}, recorded sexual offences rose from 188,663 to 204,871."
    assert verdicts_of(of_change, *FACTS)["204,871"] == AGREES, of_change


def test_a_number_of_women_and_men_is_none_of_women() -> None:
    text = f"Women and men aged 16 and over: {{}} victims of rape {IN_2024}."
    assert verdicts_of(text.format("739,000"), *FACTS)["739,000"] != AGREES
    assert verdicts_of(text.format("898,000"), *FACTS)["898,000"] == AGREES
