"""Words that stand beside a number: which of them it is of, and which are of its neighbours."""

import pytest
from figures_kit import anew, fact, published_of, verdicts_of
from kit import Tables
from test_vouched import FACTS, IN_2024, told

from assets.statement.scan.verdicts import AGREES, DISAGREES, UNTESTED


def test_what_is_near_a_figure_that_the_words_may_not_speak_of_is_not_tested() -> None:
    facts = [fact("share.domestic_abuse", 8.0, age="16-59", sex="all", printed="8.0")]
    for text, why in (
        (f"7.4% of people aged 16 to 59 experienced domestic abuse {IN_2024}.", ""),
        (f"Domestic abuse among women aged 16 to 59 was experienced by 7.4% {IN_2024}.", "of whatever sex"),
    ):
        verdict, said = told(text, *facts)["7.4%"]
        assert (verdict, why in said) == (UNTESTED if why else DISAGREES, True), said


def test_fewer_than_in_a_year_that_is_not_read_is_no_change_on_the_year_before() -> None:
    text = f"There were 52,000 fewer sexual offences {IN_2024} than in 2015."
    assert told(text)["52,000"][0] == UNTESTED
    assert told(text.replace(" than in 2015", ""))["52,000"][0] == DISAGREES


def test_a_number_that_its_words_name_is_not_told_as_another_thing_of_that_name(tables: Tables) -> None:
    """Homicides are victims in the Homicide Index and offences in police recorded crime: 590 and 582 in 2022/23."""
    for text, verdict in (
        ("There were 590 homicides recorded in England and Wales in the year ending March 2023.", AGREES),
        ("There were 590 rapes recorded in England and Wales in the year ending March 2023.", DISAGREES),
    ):
        assert verdicts_of(text, beside=published_of(tables))["590"] == verdict, text


def test_a_unit_of_two_kinds_is_told_by_either() -> None:
    of_both = fact("offences.sexual", 1_204_871, unit="incidents_and_offences")
    assert (
        told(f"Police recorded 1,204,871 incidents and crimes of a sexual kind {IN_2024}.", of_both)["1,204,871"][0]
        == AGREES
    )
    verdict, why = told(f"1,204,871 suspects of sexual offences were recorded by police {IN_2024}.", of_both)[
        "1,204,871"
    ]
    assert verdict == UNTESTED and "it counts incidents and offences" in why


def test_a_number_is_of_the_people_of_its_own_brackets_only() -> None:
    text = f"There were 2.3 million victims {IN_2024} (1.6 million women and 712,000 men) and 204,871 sexual offences."
    assert told(text)["204,871"][0] == AGREES
    of_a_name = f"Police recorded female genital mutilation and 204,871 sexual offences {IN_2024}."
    assert "all people" not in told(of_a_name)["204,871"][1]


def test_a_period_since_which_something_is_so_is_none_of_the_number_before_it() -> None:
    text = f"Police recorded 204,871 sexual offences {IN_2024}, the most since the year ending March 2003."
    assert told(text)["204,871"][0] == AGREES
    astray = f"Police recorded 204,871 sexual offences {IN_2024}, which fell in the year ending March 2003."
    assert told(astray)["204,871"][0] == UNTESTED


@pytest.mark.slow
def test_what_another_number_of_the_sentence_may_be_is_not_what_a_number_is_near() -> None:
    charged = fact("share.domestic_abuse", 72.7, age="16+", sex="female", printed="72.7")
    text = f"Just under three quarters of women experienced domestic abuse {IN_2024}, and 76% were believed."
    assert told(text, charged)["76%"][0] == UNTESTED
    assert told(f"Of women 76% experienced domestic abuse {IN_2024}.", charged)["76%"][0] == DISAGREES
    again = f"Three quarters (76%) of women experienced domestic abuse {IN_2024}."
    assert told(again, charged)["76%"][0] == DISAGREES


def test_what_is_counted_of_women_alone_need_not_be_said_of_them() -> None:
    women = fact("offences.sexual", 1_080_157, sex="female")
    assert told(f"Police recorded more than one million sexual offences {IN_2024}.", women) == {
        "more than one million": (
            AGREES,
            told(f"Police recorded over one million sexual offences {IN_2024}.", women)["over one million"][1],
        )
    }


def test_in_brackets_a_number_counts_what_the_words_before_it_say() -> None:
    text = f"Police recorded sexual offences (204,871) and arrests of suspects (1,234) {IN_2024}."
    assert told(text)["204,871"][0] == AGREES


def test_another_form_of_a_word_of_its_topic_is_nothing_besides() -> None:
    series = anew(FACTS, (), None)
    series.topics._about["offences.sexual"] |= {"stalked"}
    besides = series.topics.besides("offences.sexual", frozenset(["stalking", "abuse"]) & series.topics._topics)
    assert besides == {"abuse"}


def test_a_short_name_stands_for_what_a_definition_says_that_it_is() -> None:
    series = anew(FACTS, (), None)
    series.topics._short["crimes of a sexual kind"] = "sexual"  # as a definition says with the short name in brackets
    text = f"Police recorded 204,871 crimes of a sexual kind {IN_2024}."
    assert verdicts_of(text, beside=series)["204,871"] == AGREES


CHANGES = [
    "{what} rose by {by} to 204,871 in the year ending March 2024 on the year before.",
    "Between the years ending March 2023 and March 2024, {what} rose by {by}.",
    "{what} increased by {by}, from 188,663 to 204,871, in the year ending March 2024.",
]


@pytest.mark.slow
@pytest.mark.parametrize("text", CHANGES)
@pytest.mark.parametrize(
    "what",
    [
        "Knife-enabled sexual offences",
        "Sexual offences in schools",
        "Solved sexual offences",
        "Under-recorded sexual offences",
    ],
)
def test_a_change_of_what_is_narrowed_does_not_agree_nor_do_the_numbers_that_it_leads_to(text: str, what: str) -> None:
    facts = [fact("offences.sexual", 204_871), fact("offences.sexual", 188_663, 2023)]
    plain, narrowed = (verdicts_of(text.format(what=said, by="9%"), *facts) for said in ("Sexual offences", what))
    of_numbers = {number: verdict for number, verdict in plain.items() if verdict == AGREES}
    assert "9%" in of_numbers and not {narrowed[number] for number in of_numbers} & {AGREES}
