"""What a release that is not held may have printed is not told as a slip, and what a text that quotes a held one prints is."""

import pytest
from figures_kit import fact
from test_vouched import told

from assets.statement.scan.verdicts import DISAGREES, UNTESTED

FACTS = (
    fact("offences.sexual", 204_871), fact("offences.sexual", 188_663, 2023), fact("offences.rape", 67_838, 2023),
    fact("offences.sexual", 6_317, 2023, area_code="E23000032"), fact("offences.sexual", 5_072, 2023, area_code="E23000028"),
)  # fmt: skip
RAPES = "\nPolice recorded {} rapes in the year ending March 2023."
KENT, ESSEX = (
    f"\n{name} Police recorded {{}} sexual offences in the year ending March 2023." for name in ("Kent", "Essex")
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "beside", "verdict"),
    [
        # The last digits are what a revision changes most often, and an exchange of two what it hardly ever does.
        ("188,661", "", UNTESTED),
        ("188,653", "", UNTESTED),
        ("188,636", "", DISAGREES),
        ("186,883", "", UNTESTED),  # two exchanged are a slip, two and another are not
        ("186,863", "", DISAGREES),
        # Beside the very figure of the release that has it, it is a slip of that; beside others of another release it is not.
        ("188,661", RAPES.format("67,838"), DISAGREES),
        ("188,661", RAPES.format("67,802"), UNTESTED),
        ("188,661", RAPES.format("67,838") + KENT.format("6,315"), UNTESTED),
        ("188,636", RAPES.format("67,802") + KENT.format("6,315"), UNTESTED),
        ("188,636", RAPES.format("67,838") + KENT.format("6,317") + ESSEX.format("5,070"), DISAGREES),
    ],
)
def test_one_digit_from_a_figure_of_an_earlier_year(number: str, beside: str, verdict: str) -> None:
    text = f"Police recorded {number} sexual offences in the year ending March 2023.{beside}"
    assert told(text, *FACTS)[number][0] == verdict


def test_where_the_release_of_its_own_period_is_held_every_digit_tells() -> None:
    assert (
        told("Police recorded 204,873 sexual offences in the year ending March 2024.", *FACTS)["204,873"][0]
        == DISAGREES
    )
