"""A place with a sign, and a list of things that is one, are named in full; what a word beside it may narrow is not."""

import pytest
from figures_kit import fact, published_of, verdicts_of
from kit import Tables
from test_vouched import IN_2024, told

from assets.statement.scan.verdicts import AGREES, DISAGREES, UNTESTED


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    ["England & Wales", "the 43 territorial forces and the British Transport Police",
     "police forces in England & Wales, plus British Transport Police"],
)  # fmt: skip
def test_both_nations_and_a_force_may_be_named_with_a_sign(place: str) -> None:
    text = f"Kent is not meant. In {place} 204,871 sexual offences were recorded {IN_2024}."
    assert told(text)["204,871"][0] == AGREES
    of_force = [fact("offences.sexual", 7_617, area_code="E23000036"), fact("offences.sexual", 204_871)]
    for number, verdict in (("7,617", AGREES), ("7,167", DISAGREES)):
        found = told(f"Avon & Somerset Police recorded {number} sexual offences {IN_2024}.", *of_force)
        assert found[number][0] == verdict


def test_a_code_behind_an_offence_leaves_it_as_it_is() -> None:
    assert told(f"Police recorded 71,581 rapes (19C to 19H) {IN_2024}.")["71,581"][0] == AGREES


def test_what_is_counted_by_a_list_of_things_is_of_all_of_them(tables: Tables) -> None:
    """The figures of the Crime Survey, year ending March 2025 (7.8% is that of domestic abuse alone)."""
    text = (
        "In England and Wales 10.6% of people aged 16 and over experienced domestic abuse, sexual assault or stalking in the year"
        " ending March 2025: 12.8% of women and 8.4% of men."
    )
    for printed, verdict in (("10.6%", AGREES), ("7.8%", DISAGREES), ("16.0%", DISAGREES)):
        found = verdicts_of(text.replace("10.6%", printed), beside=published_of(tables))
        assert (found[printed], found["12.8%"], found["8.4%"]) == (verdict, AGREES, AGREES), printed


def test_a_number_behind_a_financial_year_stands_in_no_row_of_numbers() -> None:
    assert told("In 2023/24 204,871 sexual offences were recorded in England and Wales.")["204,871"][0] == AGREES
    assert told("In 2023-24 204,817 sexual offences were recorded in England and Wales.")["204,817"][0] == DISAGREES


def test_sexually_assaulted_is_of_sexual_assault(tables: Tables) -> None:
    text = "In England and Wales 739,000 women were sexually assaulted in the year ending March 2025."
    assert verdicts_of(text, beside=published_of(tables))["739,000"] == AGREES


def test_what_has_a_flag_need_not_be_said_again_of_its_parts(tables: Tables) -> None:
    """Tables B9 and C5, year ending December 2025: all violence against the person was 1,957,943, of all offences."""
    flagged = "The number of offences flagged as domestic abuse-related in the year ending December 2025 was 824,772."
    online = "In the year ending December 2025, 297,624 offences were flagged as online."
    for text, number in (
        (f"{flagged} Violence against the person accounted for 641,461 of these (77.8%).", "641,461"),
        (f"{flagged} Of these, 641,461 were violence against the person.", "641,461"),
        (f"{flagged} Sexual offences numbered 46,943.", "46,943"),
        (f"{online} Stalking and harassment made up 179,711 of the total.", "179,711"),
        (f"{online} There were 179,711 harassment and stalking offences and 33,059 obscene publications.", "33,059"),
    ):
        found = verdicts_of(text, beside=published_of(tables))
        assert found[number] != DISAGREES and AGREES in found.values(), text
    wrong = f"{flagged} Rapes accounted for 641,461 of these."
    assert DISAGREES in verdicts_of(wrong, beside=published_of(tables)).values()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "number", "word"),
    [
        ("6.6% of disabled women aged 16 and over experienced domestic abuse", "6.6%", "disabled"),
        ("6.5% of women in rural areas aged 16 and over experienced domestic abuse", "6.5%", "rural"),
        ("Police solved 204,871 sexual offences", "204,871", "solved"),
        (
            "The survey estimated that 6.6% of women aged 16 and over reported domestic abuse to the police",
            "6.6%",
            "told the police",
        ),
        ("There were 204,871 sexual offences that led to a charge", "204,871", "charge, led"),
        (
            "Police recorded 188,663 sexual offences a year before and 204,871 non-recent ones",
            "204,871",
            "narrow it: non",
        ),
    ],
)
def test_beside_a_word_that_may_narrow_it_no_number_is_tested(text: str, number: str, word: str) -> None:
    verdict, why = told(f"{text} {IN_2024}.")[number]
    assert (verdict, word in why) == (UNTESTED, True), why


def test_the_answer_to_other_questions_that_is_not_held_is_no_wrong_one(tables: Tables) -> None:
    """Domestic abuse was asked by old and new questions (4.8% and 8.0%); of the old ones only women and men are held."""
    text = "{} adults aged 16 and over experienced domestic abuse in England and Wales in the year ending March 20{}."
    for share, year, verdict in (("Around 1 in 20", 24, UNTESTED), ("Around 1 in 9", 22, DISAGREES)):
        assert verdicts_of(text.format(share, year), beside=published_of(tables))[share] == verdict
