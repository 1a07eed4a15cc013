"""So many a day, one in so many minutes, so many times as likely, and a range are held against the figures that their words name;
where they say anything more, or a number is near and not it, nothing is told.
"""

import pytest
from figures_kit import fact, looked_up, scanned

from assets.statement.quoted.facts import Changed, Rate
from assets.statement.scan.verdicts import AGREES, DISAGREES, UNTESTED, verdicts
from assets.statement.text.mentions import NUMBER

IN_2024 = "in the year ending March 2024"
FACTS = (
    fact("offences.rape", 71_581),  # 196 a day, 8.2 an hour, one every 7.3 minutes
    fact("offences.rape", 67_838, 2023),
    fact("offences.sexual", 8_120, area_code="E23000032"),  # 22 a day
    fact("share.domestic_abuse", 3.0, sex="female", age="16+"),
    fact("share.domestic_abuse", 0.7, sex="male", age="16+"),  # 4.3 times as many women
    fact("share.stalking", 3.9, sex="female", age="16+"),
    fact("share.stalking", 2.3, sex="male", age="16+"),  # 1.7 times
    fact("survey.partner_abuse", 600_000, sex="female", age="16+"),
    fact("survey.partner_abuse", 200_000, sex="male", age="16+"),
)
EACH_YEAR = "in the years to March 2023 and 2024"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"Every day about 196 rapes were recorded by the police {IN_2024}.", AGREES),
        (f"Every day about 296 rapes were recorded by the police {IN_2024}.", DISAGREES),
        (f"The police recorded more than 600 rapes a day {IN_2024}.", DISAGREES),
        (f"On average police recorded around eight rapes an hour {IN_2024}.", AGREES),
        (f"A rape was recorded every seven minutes {IN_2024}.", AGREES),
        (f"A rape was recorded by the police every three minutes {IN_2024}.", DISAGREES),
        (f"Two rapes were recorded every 15 minutes {IN_2024}.", AGREES),
        (f"Kent Police recorded 28 sexual offences a day {IN_2024}.", DISAGREES),
        (f"A woman was raped every 15 minutes {IN_2024}.", UNTESTED),
        (f"Every day about 296 rapes on trains were recorded {IN_2024}.", UNTESTED),
        ("Police receive a rape call every 30 seconds.", UNTESTED),
        (f"Women were around four times as likely as men to be victims of domestic abuse {IN_2024}.", AGREES),
        (f"{IN_2024.capitalize()} women were twice as likely as men to be victims of domestic abuse.", DISAGREES),
        (f"{IN_2024.capitalize()} men were twice as likely as women to be victims of domestic abuse.", DISAGREES),
        (f"Women were more than twice as likely as men to be victims of domestic abuse {IN_2024}.", UNTESTED),
        (f"Women were almost twice as likely as men to be victims of stalking {IN_2024}.", UNTESTED),
        (f"Disabled women were twice as likely as men to be victims of domestic abuse {IN_2024}.", UNTESTED),
        (f"There were three times as many women as men among victims of partner abuse {IN_2024}.", AGREES),
        (f"There were five times as many women as men among victims of partner abuse {IN_2024}.", DISAGREES),
        (f"For every man who was a victim of partner abuse {IN_2024} there were three women.", UNTESTED),
        (f"Between 70,000 and 75,000 rapes were recorded by the police {IN_2024}.", AGREES),
        (f"Between 40,000 and 45,000 rapes were recorded by the police {IN_2024}.", DISAGREES),
        (f"Recorded rapes lay between 50,000 and 60,000 {EACH_YEAR}.", DISAGREES),
        (f"Recorded rapes lay between 60,000 and 68,000 {EACH_YEAR}.", DISAGREES),
        (f"Recorded rapes were 67,000-72,000 in each of the years {EACH_YEAR[13:]}.", UNTESTED),
    ],
)
def test_a_rate_ratio_or_range_is_held_against_the_figures_that_its_words_name(text: str, verdict: str) -> None:
    told = [each for each in verdicts(scanned(text, *FACTS)) if each.mention.kind == NUMBER]
    assert next(each.verdict for each in told if not each.mention.proposed) == verdict


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (f"Every day about 196 rapes were recorded {IN_2024}.", " * 1 / 365"),
        (f"A rape was recorded every seven minutes {IN_2024}.", "525600 / fact("),
        (f"Women were four times as likely as men to be victims of domestic abuse {IN_2024}.", "fold(fact("),
    ],
)
def test_a_draft_works_out_the_rate_and_not_the_figure(text: str, check: str) -> None:
    [fact_told] = [told for _, told in looked_up(text, *FACTS) if isinstance(told, Rate | Changed)]
    assert check in fact_told.check()["published"]
