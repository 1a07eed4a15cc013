"""Of two groups that are compared each figure is its own, and the word between them is told where these contradict it."""

import pytest
from figures_kit import fact, verdicts_of

IN_2024 = "in the year ending March 2024"
FACTS = [
    fact("share.stalking", 3.0, sex="female"),
    fact("share.stalking", 2.5, 2023, sex="female"),
    fact("share.stalking", 0.7, sex="male"),
    fact("offences.rape", 1_243, area_code="E23000032"),
    fact("offences.rape", 2_310, area_code="E23000028"),
]


@pytest.mark.parametrize(
    ("text", "word", "contrary"),
    [
        ("Women (3.0%) were more likely than men (0.7%) to be victims of stalking in the last year", "more", "less"),
        ("More women (3.0%) than men (0.7%) were victims of stalking", "More", "Fewer"),
        ("Prevalence of stalking was higher among women (3.0%) than among men (0.7%)", "higher", "lower"),
        ("Men (0.7%) were less likely than women (3.0%) to be victims of stalking", "less", "more"),
        ("Fewer men (0.7%) than women (3.0%) were victims of stalking", "Fewer", "More"),
        ("Prevalence of stalking was significantly lower among men (0.7%) than women (3.0%)", "lower", "higher"),
    ],
)
def test_each_figure_is_its_own_and_the_word_is_told_where_they_contradict_it(
    text: str, word: str, contrary: str
) -> None:
    numbers = {"3.0%": "agrees", "0.7%": "agrees"}
    right = verdicts_of(f"{text} {IN_2024}.", *FACTS)
    assert right | numbers == right and "disagrees" not in right.values()
    wrong = verdicts_of(f"{text.replace(word, contrary, 1)} {IN_2024}.", *FACTS)
    [told] = [printed for printed, verdict in wrong.items() if verdict == "disagrees"]
    assert wrong | numbers == wrong and told.startswith(contrary)


def test_places_are_compared_as_people_are() -> None:
    text = f"Rapes recorded {IN_2024} were {{}} in Kent (1,243) than in Essex (2,310)."
    assert verdicts_of(text.format("fewer"), *FACTS)["fewer"] == "not tested"
    assert verdicts_of(text.format("more"), *FACTS)["more"] == "disagrees"


@pytest.mark.parametrize(
    "text",
    [
        f"Complaints about rapes {IN_2024} were more in Kent (1,243) than in Essex (2,310).",
        f"Men (0.7%) were no more likely than women (3.0%) to be victims of stalking {IN_2024}.",
        f"Men (0.7%) were not more likely than women (3.0%) to be victims of stalking {IN_2024}.",
        f"Men (0.7%) were more likely to tell the police than women (3.0%), {IN_2024}.",
        f"0.7% of men were victims of stalking {IN_2024}, more than in the past; of women it was 3.0%.",
        f"Men (0.7%) were more likely than women (3.0%) to report stalking to a charity {IN_2024}.",
        f"0.7% of men rather than 3.0% of women were victims of stalking {IN_2024}, more than expected.",
    ],
)
def test_what_is_denied_or_of_something_else_is_not(text: str) -> None:
    assert "disagrees" not in verdicts_of(text, *FACTS).values()


FORCES = {"E23000032": 1_243, "E23000028": 2_310, "E23000031": 905}
OF_FORCES = [fact("offences.rape", value, area_code=code) for code, value in FORCES.items()]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kent recorded the highest number of rapes of any force {}: 1,243.", "highest"),
        ("Kent recorded the fewest rapes of any police force {}: 1,243.", "fewest"),
        ("Kent recorded 1,243 rapes {}, the lowest of the 43 forces.", "lowest"),
        ("Kent had the lowest number of rapes of all forces in England and Wales {}: 1,243.", "lowest"),
    ],
)
def test_a_force_is_first_or_last_of_all_only_where_none_is_beyond_it(text: str, word: str) -> None:
    text = text.format(IN_2024)
    assert verdicts_of(text, *OF_FORCES)[word] == "disagrees"
    first = text.replace("Kent", "Essex").replace("1,243", "2,310")
    last = text.replace("Kent", "Surrey").replace("1,243", "905")
    assert verdicts_of(first if word == "highest" else last, *OF_FORCES)[word] == "not tested"
    assert verdicts_of(text, *OF_FORCES[:1])[word] == "not tested", "no other force is held"


@pytest.mark.parametrize(
    "text",
    [
        "Kent recorded the second highest number of rapes of any force {}: 1,243.",
        "Kent recorded the highest number of rapes of all forces in the region {}: 1,243.",
        "Kent recorded the highest number of rapes of all forces in the South East {}: 1,243.",
        "Apart from Essex, Kent recorded the highest number of rapes of all forces {}: 1,243.",
        "Kent, which recorded 1,243 rapes {}, had the lowest number of charges of any force.",
        "Kent, which recorded 1,243 rapes {}, had the lowest charge rate of any force.",
        "Kent recorded the lowest number of rapes by strangers of any force {}: 1,243.",
        "Kent, with 1,243 rapes {}, had the lowest number of complaints of any force.",
        "Kent did not record the highest number of rapes of any force {}: 1,243.",
        "Kent recorded the largest rise in rapes of any force, to 1,243 {}.",
        "Kent recorded its highest number of rapes {}: 1,243, as many forces did.",
    ],
)
def test_a_rank_among_some_or_of_something_else_is_not_held_against_all(text: str) -> None:
    assert "disagrees" not in verdicts_of(text.format(IN_2024), *OF_FORCES).values()
