"""All rules over one case: the worst of them is the verdict, and one sentence says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import case

from assets.reconciled.gap.rules import RULES, SEVERITY, SHOWN, reason, rulings, verdict
from assets.reconciled.ground.comparison import Result, Ruling

RESULTS = st.sampled_from(list(Result))
SAID = st.lists(RESULTS.map(lambda result: Ruling("UNIT", result, "Some reason.")), min_size=1, max_size=25)


@given(SAID)
def test_the_worst_result_is_the_verdict(said: list[Ruling]) -> None:
    worst = verdict(said)
    assert any(ruling.result is worst for ruling in said)
    assert all(SEVERITY[ruling.result] <= SEVERITY[worst] for ruling in said)


@given(SAID)
def test_a_reason_is_one_sentence_that_leads_with_the_verdict(said: list[Ruling]) -> None:
    lead = {
        Result.PASS: "May be compared: ",
        Result.QUALIFY: "May be compared with care: ",
        Result.BLOCK: "Not to be compared: ",
    }
    sentence = reason(said)
    assert sentence.startswith(lead[verdict(said)]) and sentence.endswith(".") and sentence.count(".") == 1
    speaking = sum(ruling.result is verdict(said) for ruling in said)
    if verdict(said) is not Result.PASS and speaking > SHOWN:
        assert f"and {speaking - SHOWN} more, in `rules`" in sentence


def test_every_rule_is_asked_once_and_all_answers_are_kept() -> None:
    said = rulings(case())
    assert len(said) == len(RULES) == len({ruling.rule for ruling in said}) == 20


def test_one_block_among_passes_blocks() -> None:
    said = rulings(case(count=False))
    assert (
        verdict(said) is Result.BLOCK
        and reason(said) == "Not to be compared: no count, and whether one is published is not known."
    )


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("The estimate is about ages 16-59.", "the estimate is about"),
        ("8Q counts courses of conduct.", "8Q counts"),
        ("CSEW asks adults.", "CSEW asks"),
        ("A flag is set.", "a flag is set"),
    ],
)
def test_a_name_or_a_code_keeps_its_first_letter(sentence: str, clause: str) -> None:
    assert clause in reason([Ruling("CONCEPT", Result.BLOCK, sentence)])


def test_a_case_with_two_sides_is_qualified_as_a_rule() -> None:
    """Victims against offences, over unlike windows: with these sources nothing passes plainly."""
    assert verdict(rulings(case())) is Result.QUALIFY


def test_what_one_rule_has_said_another_does_not_say_again() -> None:
    said = [
        Ruling("PRESENT", Result.BLOCK, "No estimate: The survey has no question on homicide."),
        Ruling("CONCEPT", Result.BLOCK, "The survey has no question on homicide; nearly every homicide is recorded."),
    ]
    assert reason(said) == (
        "Not to be compared: no estimate: The survey has no question on homicide; nearly every homicide is recorded."
    )
