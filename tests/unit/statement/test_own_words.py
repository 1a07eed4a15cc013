"""What a number stands with tells what it is of: its own brackets, its own year, its own people, and what is denied of it."""

from collections.abc import Iterator
from typing import Any

import figures_kit
import pytest
from figures_kit import fact, verdicts_of

from assets.statement.scan.verdicts import AGREES, DISAGREES, UNTESTED

IN_2024 = "in the year ending March 2024"
SEXUAL, RAPE, STALKED = fact("offences.sexual", 204_871), fact("offences.rape", 71_581), "share.stalking"
OF_AGES = fact("share.domestic_abuse", 18.2, age="16-19"), fact("share.domestic_abuse", 12.9, age="20-24")
VICTIMS = (
    fact("survey.domestic_abuse", 3_800_000), fact("survey.domestic_abuse", 2_200_000, sex="female"),
    fact("survey.domestic_abuse", 1_500_000, sex="male"),
)  # fmt: skip
OF_SEXES = fact(STALKED, 6.6, sex="female"), fact(STALKED, 3.0, sex="male")
YEARS = fact("offences.sexual", 204_871), fact("offences.sexual", 194_773, 2023)
FORCES = (
    fact("offences.sexual", 6_603, area_code="E23000032"), fact("offences.sexual", 5_845, area_code="E23000028"),
    fact("offences.sexual", 2_843, area_code="E23000031"),
)  # fmt: skip

WEST_MIDLANDS = (
    fact("offences.sexual", 20_764, area_code="E12000005"), fact("offences.sexual", 11_477, area_code="E23000014"),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        # An age that goes on with a hyphen of its own is one: no number is "12.9% of 20".
        (
            f"Among 16- to 19-year-olds, 18.2% suffered domestic abuse {IN_2024}, and 12.9% of 20- to 24-year-olds.",
            OF_AGES,
            {"18.2%": AGREES, "12.9%": AGREES},
        ),
        (
            "Sexual offences have risen since 2019/20: from 163,336 to 204,871 in 2023/24.",
            (*YEARS, fact("offences.sexual", 163_336, 2020)),
            {"163,336": AGREES, "204,871": AGREES},
        ),
        (
            f"Police in Yorkshire and the Humber recorded 21,177 sexual offences {IN_2024}.",
            (fact("offences.sexual", 21_177, area_code="E12000003"),),
            {"21,177": AGREES},
        ),
        (
            f"It is not true that police recorded 204,871 rapes {IN_2024}; the figure for rape is 71,581.",
            (SEXUAL, RAPE),
            {"204,871": UNTESTED, "71,581": AGREES},
        ),
        (
            f"Women were twice as likely as men to have been stalked {IN_2024} (6.6% v 3.0%).",
            OF_SEXES,
            {"twice": UNTESTED},
        ),
        (
            f"Women were four times as likely as men to have been stalked {IN_2024} (6.6% v 3.0%).",
            OF_SEXES,
            {"four times": DISAGREES},
        ),
        # What a number tells again in brackets is of the words before both.
        (f"{IN_2024} rape was 26% (71,581) and sexual offences 74% (204,871).", (SEXUAL, RAPE), {"71,581": AGREES}),
        (f"{IN_2024} rape was 74% (204,871) and sexual offences 26% (71,581).", (SEXUAL, RAPE), {"71,581": UNTESTED}),
        # A region and a force may have one name; "the region" is not the country.
        (f"West Midlands Police recorded 20,764 sexual offences {IN_2024}.", WEST_MIDLANDS, {"20,764": DISAGREES}),
        (f"The West Midlands region recorded 11,477 sexual offences {IN_2024}.", WEST_MIDLANDS, {"11,477": DISAGREES}),
        (
            f"The region of the West Midlands recorded 20,764 sexual offences {IN_2024}.",
            WEST_MIDLANDS,
            {"20,764": AGREES},
        ),
        (f"West Midlands Police recorded 11,477 sexual offences {IN_2024}.", WEST_MIDLANDS, {"11,477": AGREES}),
        (f"Across the region 204,871 sexual offences were recorded {IN_2024}.", (SEXUAL,), {"204,871": UNTESTED}),
        # Women and men are of both sexes, and a figure of all is none of women.
        (
            f"3.8 million women were victims of domestic abuse {IN_2024}, of whom 2.2 million were women and"
            " 1.5 million were men.",
            VICTIMS,
            {"3.8 million": DISAGREES, "2.2 million": AGREES},
        ),
        # Years that are named tell which of two numbers is the earlier, whatever they are compared with.
        (
            "Police recorded 204,871 sexual offences in the year ending March 2024, compared to 194,773 in the year ending"
            " March 2023, a 4.9% decrease.",
            YEARS,
            {"4.9%": DISAGREES},
        ),
        # A total beside them does not hide that two forces have changed places.
        (
            f"Sexual offences in Kent (5,845), Essex (6,603) and Surrey (2,843) came to 15,291 {IN_2024}.",
            FORCES,
            {"5,845": DISAGREES, "6,603": DISAGREES, "2,843": AGREES},
        ),
    ],
)
def test_a_number_is_of_what_it_stands_with(text: str, facts: tuple[dict[str, Any]], expected: dict[str, str]) -> None:
    told = verdicts_of(text, *facts)
    assert {number: told[number] for number in expected} == expected


def test_what_rose_after_it_fell_is_not_held_against_what_it_fell_from() -> None:
    text = f"Sexual offences dropped from 3,008 to 2,755 {IN_2024}, then increased by 7% to 2,949."
    assert verdicts_of(text)["7%"] == UNTESTED


@pytest.fixture
def homicides(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    more = {
        "killed.all": ("homicide", "victims", "Victims of homicide in the Homicide Index."),
        "killed.partner": (
            "homicide",
            "victims",
            "Victims 16 and over killed by a partner or ex-partner, Homicide Index.",
        ),
    }
    monkeypatch.setattr(figures_kit, "SERIES", figures_kit.SERIES | more)
    monkeypatch.setattr(figures_kit, "LEVELS", {"killed.all": "total", "killed.partner": "subgroup"})
    yield
    figures_kit.PUBLISHED.clear()


@pytest.mark.usefixtures("homicides")
@pytest.mark.parametrize(
    ("text", "verdict"), [("There were 66 partner homicides {}.", AGREES), ("There were 66 homicides {}.", UNTESTED)]
)
def test_a_part_of_a_topic_is_not_all_of_it(text: str, verdict: str) -> None:
    facts = [fact("killed.partner", 66, unit="victims", age="16+")]
    assert verdicts_of(text.format(IN_2024), *facts)["66"] == verdict
