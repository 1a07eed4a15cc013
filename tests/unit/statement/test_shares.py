"""A share is held against that of the part and the whole that its words name; one that is printed only where its part is said."""

import pytest
from figures_kit import SERIES, fact, verdicts_of

from assets.statement.scan.verdicts import AGREES, DISAGREES, UNTESTED

pytestmark = pytest.mark.slow

# Rape is 34.94% of sexual offences, women are 82.29% of the victims.
FACTS = [
    fact("offences.sexual", 204_871), fact("offences.rape", 71_581),
    fact("survey.rape", 739_000, age="16+", sex="female"), fact("survey.rape", 162_000, age="16+", sex="male"),
    fact("survey.rape", 898_000, age="16+"), fact("share.stalking", 4.0, age="16+", sex="female", printed="4.0"),
    fact("share.stalking", 2.3, age="16+", sex="male", printed="2.3"),
]  # fmt: skip
IN_2024 = "in the year ending March 2024"
SURVEY = f"Of the victims of rape {IN_2024} whom the survey estimates"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (f"Of all sexual offences recorded by the police {IN_2024}, {{}} were rapes.", "35%", "53%"),
        (f"Of all sexual offences recorded by the police {IN_2024}, {{}} (71,581) were rape offences.", "35%", "53%"),
        (f"Of the 204,871 sexual offences recorded by the police {IN_2024}, {{}} were rapes.", "34.9%", "39.4%"),
        (f"{SURVEY}, {{}} were women.", "82%", "28%"),
        (f"{SURVEY}, 82% were women and {{}} men.", "18%", "81%"),
    ],
)
def test_a_share_of_what_a_sentence_begins_with_is_worked_out(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, AGREES), (wrong, DISAGREES)):
        assert verdicts_of(text.format(number), *FACTS)[number] == verdict, text.format(number)


@pytest.mark.parametrize(
    "text",
    [
        f"{SURVEY}, 41% were women aged 16 to 24.",
        f"{SURVEY}, 41% of women told nobody.",
        f"Of all sexual offences recorded by the police {IN_2024}, 12% were rapes of children.",
        f"Of all sexual offences recorded by the police {IN_2024} that led to a charge, 41% were rapes.",
        f"Of victims of rape known to the police {IN_2024}, 91% were women.",
        f"82% women and 41% men were among the victims of stalking in the survey {IN_2024}.",
    ],
)
def test_a_share_of_others_is_not_tested(text: str) -> None:
    told = verdicts_of(text, *FACTS)
    assert {told[number] for number in told if number.endswith("%")} == {UNTESTED}


def test_a_printed_share_is_one_only_where_its_part_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    late = "Share of rape offences that took place more than a year before being recorded."
    monkeypatch.setitem(SERIES, "change.late", ("rape", "share", late))
    monkeypatch.setitem(SERIES, "change.late_too", ("rape", "share", f"{late} As another table prints it."))
    facts = [*FACTS, fact("change.late", 23.8, printed="23.8"), fact("change.late_too", 23.8, printed="23.8")]
    for part, number, verdict in (
        ("took place more than a year before", "23.8%", AGREES),
        ("took place more than a year before", "28.3%", DISAGREES),  # either table says so
        ("were offences", "23.8%", UNTESTED),
    ):
        text = f"{number} of rapes recorded by the police {IN_2024} {part}."
        assert verdicts_of(text, *facts)[number] == verdict, text
