"""A number is found by whatever form of a word says what it is of, and by whom, when and where its own words say."""

import datetime
from collections.abc import Iterator
from typing import Any

import figures_kit
import pytest
from figures_kit import fact, published, verdicts_of

from assets.statement.scan.verdicts import AGREES, DISAGREES, UNTESTED

IN_2024 = "in the year ending March 2024"
SEXUAL, RAPE, STALKED = fact("offences.sexual", 204_871), fact("offences.rape", 71_581), "share.stalking"
SINCE_2020 = SEXUAL, fact("offences.sexual", 163_336, 2020)
KENT, ESSEX = (
    fact("offences.sexual", number, area_code=code) for number, code in ((6_603, "E23000032"), (5_845, "E23000028"))
)
QUARTERS = (
    fact("offences.sexual", 11_611, period_start=datetime.date(2023, 10, 1), period_end=datetime.date(2023, 12, 31)),
    fact("offences.sexual", 12_210, period_start=datetime.date(2023, 7, 1), period_end=datetime.date(2023, 9, 30)),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        (
            f"1.9% of those aged 16 and over were stalked {IN_2024} (3.0% of women).",
            (fact(STALKED, 1.9, age="16+"), fact(STALKED, 3.0, age="16+", sex="female")),
            {"1.9%": AGREES, "3.0%": AGREES},
        ),
        (
            "Since the year ending March 2020, sexual offences rose from 163,336 to 204,871 (year ending March 2024).",
            SINCE_2020,
            {"163,336": AGREES, "204,871": AGREES},
        ),
        (
            "Sexual offences have fallen dramatically – from 163,336 in 2019/20 to 204,871 in 2023/24.",
            SINCE_2020,
            {"204,871": DISAGREES},
        ),
        (
            "Sexual offences have risen dramatically – from 163,336 in 2019/20 to 204,871 in 2023/24.",
            SINCE_2020,
            {"163,336": AGREES, "204,871": AGREES},
        ),
        # "The previous quarter" is not the year before that is named.
        (
            "Between October and December 2023, 11,611 sexual offences were recorded, down from 12,210 in the previous quarter.",
            QUARTERS,
            {"11,611": AGREES, "12,210": UNTESTED},
        ),
        # Other places that the sentence names do not hide that two have changed theirs.
        (
            f"Kent (5,845) and Essex (6,603) recorded the most sexual offences of the counties around Surrey {IN_2024}.",
            (KENT, ESSEX),
            {"5,845": DISAGREES, "6,603": DISAGREES},
        ),
        # Offences against women are none the less offences.
        (
            f"Police recorded 51,323 rapes of women {IN_2024}.",
            (fact("offences.rape", 51_323, sex="female"),),
            {"51,323": AGREES},
        ),
        # Whom women are set beside are not those that are counted.
        (
            f"Women were four times as likely as men to have been stalked {IN_2024} (3.0% against 0.7%).",
            (fact(STALKED, 3.0, sex="female"), fact(STALKED, 0.7, sex="male")),
            {"3.0%": UNTESTED},
        ),
        # A sex that the number's own words name is no other one behind them.
        (
            f"One woman in eight (12.8%) had been stalked {IN_2024}; for men it was 8.4%.",
            (fact(STALKED, 12.8, sex="female"), fact(STALKED, 8.4, sex="male")),
            {"12.8%": UNTESTED, "8.4%": AGREES},
        ),
        (
            f"There were 204,871 sexual offences {IN_2024}, 5% below the 194,773 of the previous year.",
            (SEXUAL, fact("offences.sexual", 194_773, 2023)),
            {"5%": DISAGREES},
        ),
        (f"Rapes rose (to 71,581) {IN_2024} while attempted theft fell.", (RAPE,), {"71,581": AGREES}),
    ],
)
def test_a_number_is_found_by_its_own_words(text: str, facts: tuple[dict[str, Any]], expected: dict[str, str]) -> None:
    told = verdicts_of(text, *facts)
    assert {number: told[number] for number in expected} == expected


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    more = {"share.met": ("met_in_person_online_contact", "prevalence", "Share of children who met an online contact.")}
    monkeypatch.setattr(figures_kit, "SERIES", figures_kit.SERIES | more)
    yield
    figures_kit.PUBLISHED.clear()


@pytest.mark.usefixtures("met")
def test_the_met_is_a_force_and_has_met_nobody() -> None:
    met = fact("offences.sexual", 25_901, area_code="E23000001")
    told = verdicts_of(f"Of the forces, the Met with 25,901 and Kent with 6,603 sexual offences {IN_2024}.", met, KENT)
    assert told["25,901"] != DISAGREES


def test_who_publishes_a_figure_narrows_nothing() -> None:
    assert published(SEXUAL).without_publishers("P data, at home").split() == ["data,", "at", "home"]


@pytest.fixture
def before_18(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    more = {
        "share.child_abuse": (
            "child_abuse",
            "prevalence",
            "Share of people who suffered any abuse before the age of 18.",
        ),
        "share.told_police": ("rape", "told_police", "Share of victims who told the police about rape."),
    }
    monkeypatch.setattr(figures_kit, "SERIES", figures_kit.SERIES | more)
    yield
    figures_kit.PUBLISHED.clear()


@pytest.mark.usefixtures("before_18")
@pytest.mark.parametrize(
    ("text", "series", "verdict"),
    [
        (f"{IN_2024} 29.0% of people said they had suffered abuse before the age of 18.", "share.child_abuse", AGREES),
        (f"29.0% of victims of rape reported it to the police {IN_2024}.", "share.told_police", AGREES),
        (f"29.0% of victims of rape did not report it to the police {IN_2024}.", "share.told_police", UNTESTED),
    ],
)
def test_abuse_before_18_is_that_of_children_and_who_told_the_police_told_them(
    text: str, series: str, verdict: str
) -> None:
    assert verdicts_of(text, fact(series, 29.0))["29.0%"] == verdict
