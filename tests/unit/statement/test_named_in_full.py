"""A place that is written with a sign, and a list of things that is one: both are named in full."""

import pytest
from claims_kit import NEAR
from figures_kit import fact, published_of
from kit import Tables
from test_vouched import IN_2024, told

from assets.statement.scan.scan import scan
from assets.statement.scan.verdicts import AGREES, DISAGREES, verdicts
from assets.statement.text.texts import Text


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


def test_what_is_counted_by_a_list_of_things_is_of_all_of_them(tables: Tables) -> None:
    """The figures of the Crime Survey, year ending March 2025 (7.8% is that of domestic abuse alone)."""
    text = (
        "In England and Wales 10.6% of people aged 16 and over experienced domestic abuse, sexual assault or stalking in the year"
        " ending March 2025: 12.8% of women and 8.4% of men."
    )
    for printed, verdict in (("10.6%", AGREES), ("7.8%", DISAGREES), ("16.0%", DISAGREES)):
        changed = Text("synthetic", (text.replace("10.6%", printed),))
        found = {each.mention.text: each.verdict for each in verdicts(scan(changed, None, NEAR, published_of(tables)))}
        assert (found[printed], found["12.8%"], found["8.4%"]) == (verdict, AGREES, AGREES), printed


def test_a_number_behind_a_financial_year_stands_in_no_row_of_numbers() -> None:
    assert told("In 2023/24 204,871 sexual offences were recorded in England and Wales.")["204,871"][0] == AGREES
    assert told("In 2023-24 204,817 sexual offences were recorded in England and Wales.")["204,817"][0] == DISAGREES


def test_sexually_assaulted_is_of_sexual_assault(tables: Tables) -> None:
    text = Text(
        "synthetic", ("In England and Wales 739,000 women were sexually assaulted in the year ending March 2025.",)
    )
    found = {each.mention.text: each.verdict for each in verdicts(scan(text, None, NEAR, published_of(tables)))}
    assert found["739,000"] == AGREES
