"""Nothing agrees but what is of the same thing, people, place, time and unit as the words say."""

import datetime
from typing import Any

import pytest
from figures_kit import fact, published, scanned, verdicts_of

from assets.statement.scan.verdicts import AGREES, DISAGREES, NO_CLAIM, UNTESTED, verdicts

FACTS = (
    fact("offences.sexual", 204_871), fact("offences.sexual", 188_663, 2023), fact("offences.rape", 71_581),
    fact("offences.sexual", 6_317, area_code="E23000032"), fact("offences.sexual", 5_072, area_code="E23000028"),
    fact("survey.domestic_abuse", 2_300_000, age="16+", printed="2,300,000"),
    fact("share.domestic_abuse", 6.6, age="16+", sex="female", printed="6.6"),
    fact("share.domestic_abuse", 3.0, age="16+", sex="male", printed="3.0"),
    fact("share.stalking", 4.0, age="16+", sex="female", printed="4.0", period_type="survey_year"),
    fact("survey.rape", 739_000, age="16+", sex="female", printed="739"),
    fact("survey.rape", 162_000, age="16+", sex="male", printed="162"),
    fact("survey.rape", 898_000, age="16+", printed="898"),
)  # fmt: skip
IN_2024 = "in the year ending March 2024"


def told(text: str, *facts: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Number as printed -> its verdict and why; dates and marks left out."""
    found = verdicts(scanned(text, *(facts or FACTS)))
    return {each.mention.text: (each.verdict, each.why) for each in found if each.verdict != NO_CLAIM}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"Police recorded 204,871 sexual offences in England and Wales {IN_2024}.", ["204,871"]),
        (f"Sexual offences rose by 9% to 204,871 {IN_2024}.", ["9%", "204,871"]),
        (f"Kent Police recorded 6,317 sexual offences {IN_2024}. Essex recorded 5,072.", ["6,317"]),
        (f"6.6% of women and 3.0% of men aged 16 and over experienced domestic abuse {IN_2024}.", ["6.6%", "3.0%"]),
        (f"Kent Police said it recorded 6,317 sexual offences {IN_2024}. In Essex it recorded 5,072 sexual offences.",
         ["6,317", "5,072"]),
        # In brackets behind the whole the part may be told.
        (f"Rape made up 35% of all sexual offences recorded by police (*71,581*) {IN_2024}.", ["35%", "71,581"]),
        # A number alone is of the sentence behind it.
        (f"**204,871.** That is how many sexual offences the police recorded {IN_2024}.", ["204,871"]),
        (f"A higher proportion of women (6.6%) than men (3.0%) aged 16 and over suffered domestic abuse {IN_2024}.", ["6.6%"]),
        # The same again in words; and a year of twelve months; and a rise that is one on the year before.
        (f"One in fifteen women (6.6%) aged 16 and over experienced domestic abuse {IN_2024}.", ["One in fifteen", "6.6%"]),
        (f"Police recorded 204,871 sexual offences {IN_2024}, up 9% on the 188,663 recorded in the previous 12 months.",
         ["204,871", "9%", "188,663"]),
        (f"Police recorded 204,871 sexual offences {IN_2024}, up 9% on 188,663.", ["204,871", "188,663"]),
        (f"Police recorded 204,871 sexual offences {IN_2024}, of which 35% (71,581) were rapes.", ["35%", "71,581"]),
        (f"Of the 204,871 sexual offences that police recorded {IN_2024}, 35% were rapes.", ["204,871"]),
        (f"Close to 204,800 sexual offences were recorded by police {IN_2024}.", ["Close to 204,800"]),
        (f"{IN_2024.capitalize()} stalking rose. Sexual offences went up by 9% to 204,871.", ["9%", "204,871"]),
        (f"One in fifteen women experienced domestic abuse {IN_2024}.", ["One in fifteen"]),
        (f"Police recorded more than 200,000 sexual offences {IN_2024}.", ["more than 200,000"]),
        (f"About seventy thousand rapes were recorded {IN_2024}.", ["About seventy thousand"]),
        (f"Sexual offences {IN_2024} were up from 188,663 to 204,871, a rise of 9%.", ["188,663", "204,871", "9%"]),
        (f"6,317 sexual offences in Kent and 5,072 in Essex were recorded {IN_2024}.", ["6,317", "5,072"]),
        (f"Police recorded 204,871 sexual offences and 71,581 rapes {IN_2024}, in 43 forces.", ["204,871", "71,581"]),
        (f"Sexual offences came to 204,871 {IN_2024}, more than the previous year, when police recorded 188,663.", ["188,663"]),
        ("Police recorded 204,871 sexual offences in 2023/24. This was 8.6% more than the year before, when it was 188,663.",
         ["8.6%", "188,663"]),
        (f"{IN_2024.capitalize()}, rape made up 35% of sexual offences recorded by the police.", ["35%"]),
        (f"35% of sexual offences {IN_2024} were rapes.", ["35%"]),
        (f"Police logged 204,871 sex crimes {IN_2024}.", ["204,871"]),
        (f"Police recorded 204,871 sexual offences {IN_2024}, up 9% compared with 2022/23 (188,663).", ["188,663", "9%"]),
        (f"In England and Wales 204,871 sexual offences were recorded {IN_2024}, up from the 188,663 recorded in 2022/23.",
         ["188,663"]),
        # What is left out is no place of what follows.
        (f"Sexual offences without Kent were not published {IN_2024}.\nThere were 204,871 sexual offences {IN_2024}.",
         ["204,871"]),
        # What publishers count of women and of men need not come to all people.
        (f"898,000 people were victims of rape {IN_2024}, of whom 739,000 were women and 162,000 men, the survey estimates.",
         ["898,000", "739,000", "162,000"]),
        (f"One in three sexual offences {IN_2024} was rape.", ["One in three"]),
        (f"Women made up 82% of victims of rape {IN_2024}.", ["82%"]), (f"Victims of rape {IN_2024} hit 898,000.", ["898,000"]),
        (f"Kent Police was busy. We recorded 6,317 sexual offences {IN_2024}.", ["6,317"]),
        # What is a number of another year in brackets leaves that of the others, and of the next line, what it was.
        (f"{IN_2024.capitalize()}:\nSexual offences: 204,871 (188,663 in the year ending March 2023)\nRapes: 71,581",
         ["204,871", "188,663", "71,581"]),
        ("Sexual offences rose from 188,663 to 204,871 between the year ending March 2023 and the year ending March 2024.",
         ["188,663", "204,871"]),
        (f"Police recorded about 560 sexual offences a day, based on the 204,871 recorded {IN_2024}.", ["204,871"]),
        (f"In England and Wales, police recorded 204,871 sexual offences {IN_2024}.", ["204,871"]),
    ],
)  # fmt: skip
def test_a_number_agrees_whose_words_say_all_that_the_figure_is(text: str, numbers: list[str]) -> None:
    found = told(text)
    assert {number: found[number][0] for number in numbers} == dict.fromkeys(numbers, AGREES), found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        (f"Police recorded 71,581 rapes {IN_2024}. Our helpline took 71,581 calls.", "71,581", "too: calls"),
        ("Police recorded 204,871 sexual offences.", "204,871", "no period is named"),
        ("Police recorded 204,871 sexual offences in March 2024.", "204,871", "the words name other months"),
        ("Police recorded 204,871 sexual offences in the 52 months to March 2024.", "204,871", "other months"),
        (f"Rape made up 71,581 of the 204,871 offences in theft and stalking {IN_2024}.", "204,871", "do not say all"),
        (f"It recorded 204,871 sexual offences {IN_2024}.", "204,871", "England and Wales"),
        (f"Police in Atlantis recorded 204,871 sexual offences {IN_2024}.", "204,871", "England and Wales"),
        (f"Scottish police recorded 204,871 sexual offences {IN_2024}.", "204,871", "nation"),
        (f"Police recorded 204,871 sexual offences against women {IN_2024}.", "204,871", "of all people"),
        (f"Police recorded 204,871 sexual offences against children {IN_2024}.", "204,871", "the young"),
        (f"The Crime Survey estimated 204,871 sexual offences {IN_2024}.", "estimated 204,871", "of a survey"),
        (f"Sexual victims came to 204,871 {IN_2024}.", "204,871", "it counts offences"),
        (
            f"The police recorded that 2.3 million people experienced domestic abuse {IN_2024}.",
            "2.3 million",
            "police record",
        ),
        (f"6.6% of women aged 16 and over suffered domestic abuse and stalking {IN_2024}.", "6.6%", "something else"),
        (f"739,100 women were victims of rape {IN_2024}, the survey estimates.", "739,100", "more exactly"),
        (f"Police recorded more than 20,000 sexual offences {IN_2024}.", "more than 20,000", "name no figure"),
        (f"Rape made up 53% of sexual offences against women {IN_2024}.", "53%", "name no figure"),
        (f"Sexual offences made up 53% of rapes {IN_2024}.", "53%", "name no figure"),
        (f"In nightclubs, police recorded 71,581 rapes {IN_2024}.", "71,581", "narrow it: nightclub"),
        (f"For children, police recorded 71,581 rapes {IN_2024}.", "71,581", "the young"),
        (f"Among victims under 18, police recorded 71,581 rapes {IN_2024}.", "71,581", "the young"),
        (f"Police closed 71,581 rapes {IN_2024}.", "71,581", "narrow it: closed"),
        (f"If nothing had changed, 71,581 rapes would have been recorded {IN_2024}.", "71,581", "narrow it"),
        (f"Police did not, {IN_2024}, record 71,581 rapes.", "71,581", "narrow it: not"),
        (
            "In the month ending March 2024, 4.0% of women aged 16 and over were victims of stalking.",
            "4.0%",
            "other months",
        ),
        (f"We recorded 204,871 sexual offences {IN_2024}.", "204,871", "England and Wales"),
        (f"Women made up 28% of victims of rape whom the police know {IN_2024}.", "28%", "name no figure"),
        (f"The programme cost £204,871 {IN_2024}.", "£204,871", "money"),
        (f"Arrests for sexual offences rose by 3 percentage points {IN_2024}.", "3 percentage points", "points"),
        # Releases of 2024 and 2025 are held, and none of 2023 itself.
        (
            "Police recorded 190,102 sexual offences in the year ending March 2023.",
            "190,102",
            "no release of its own period",
        ),
    ],
)
def test_what_the_words_leave_open_or_say_besides_is_not_tested(text: str, number: str, why: str) -> None:
    verdict, said = told(text)[number]
    assert (verdict, why in said) == (UNTESTED, True), said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"Police recorded 204,817 sexual offences in England and Wales {IN_2024}.", "204,817"),
        (f"Sexual offences fell by 9% to 204,871 {IN_2024}.", "9%"),
        (f"One in eight women experienced domestic abuse {IN_2024}.", "One in eight"),
        (f"Rape accounted for 53% of all sexual offences {IN_2024}.", "53%"),
        (f"One in five sexual offences {IN_2024} was rape.", "One in five"),
        (f"The survey estimates that women made up 28% of victims of rape {IN_2024}.", "28%"),
        (f"Rape made up 35% of offences, and there were 71,581 sexual offences {IN_2024}.", "71,581"),
        (f"Sexual offences {IN_2024} were down from 188,663 to 204,871.", "204,871"),
        ("Police recorded 118,102 sexual offences in the year ending March 2023.", "118,102"),
        # One digit otherwise, however far that is, and whatever stands beside.
        (
            f"There were 904,871 police recorded sexual offences {IN_2024}; a fall that may reflect recording.",
            "904,871",
        ),
        (f"762,000 men aged 16 and over were victims of rape {IN_2024}, in all settings and in all forms.", "762,000"),
    ],
)
def test_what_disagrees_is_told_whatever_else_agrees(text: str, number: str) -> None:
    assert told(text)[number][0] == DISAGREES


@pytest.mark.slow
def test_of_a_wide_print_only_what_is_near_its_middle_agrees() -> None:
    text = f"One in three sexual offences {IN_2024} was rape."
    for rapes, verdict in ((350_001, AGREES), (395_001, UNTESTED), (500_001, DISAGREES)):
        found = told(text, fact("offences.sexual", 1_000_001), fact("offences.rape", rapes))
        assert found["One in three"][0] == verdict, rapes


@pytest.mark.slow
def test_the_age_of_a_heading_and_the_time_of_life_are_those_of_the_figure() -> None:
    for ages, verdict in (("16 and over", AGREES), ("16 to 24", UNTESTED)):
        heading = f"Abuse of people aged {ages}"
        assert told(f"{heading}\n6.6% of women experienced domestic abuse {IN_2024}.")["6.6%"][0] == verdict
    verdict, why = told(f"6.6% of women had experienced domestic abuse since the age of 40 {IN_2024}.")["6.6%"]
    assert verdict == UNTESTED and "another time of life" in why


def test_a_year_before_is_that_of_the_sentence_before_too() -> None:
    text = f"Police recorded 204,871 sexual offences {IN_2024}. That compares with 188,663 of them a year earlier"
    found = told(f"{text} and 150,000 in the year to March 2016.", *FACTS, fact("offences.sexual", 150_000, 2016))
    assert found["188,663"][0] == AGREES, found


@pytest.mark.slow
def test_a_number_of_the_year_before_agrees_where_the_words_say_so() -> None:
    for words in (
        "The year before, the figure was 188,663 sexual offences.",
        "That was up from 188,663 sexual offences.",
    ):
        assert told(f"Police recorded 204,871 sexual offences {IN_2024}. {words}")["188,663"][0] == AGREES, words
    verdict, _ = told(f"Police recorded 204,871 sexual offences {IN_2024}. There were 188,663 sexual offences.")[
        "188,663"
    ]
    assert verdict != AGREES


def test_a_change_of_a_share_is_none_of_a_count() -> None:
    facts = [
        fact("survey.domestic_abuse", value, year, age="16+") for year, value in ((2023, 2_000_000), (2024, 2_100_000))
    ]
    changed = f"Domestic abuse among people aged 16 and over was up by 5% {IN_2024} on the previous year, the survey estimates."
    assert told(changed, *facts)["5%"][0] == AGREES
    assert told(changed.replace("Domestic abuse", "The prevalence of domestic abuse"), *facts)["5%"][0] == UNTESTED


def test_in_brackets_a_number_is_of_the_words_before_it() -> None:
    ages = (("16-19", 18.2), ("20-24", 12.9))
    young = [fact("share.domestic_abuse", value, age=age, printed=str(value)) for age, value in ages]
    text = "Domestic abuse was high among people aged {} to {} years (18.2%) and {} to {} years (12.9%), and lower at 25 and over"
    for order, verdict in ((("16", "19", "20", "24"), AGREES), (("20", "24", "16", "19"), DISAGREES)):
        found = told(f"{text.format(*order)} {IN_2024}.", *young)
        assert [found[number][0] for number in ("18.2%", "12.9%")] == [verdict, verdict], found


def test_near_a_figure_of_other_ages_than_its_sentence_is_of_a_number_is_not_tested() -> None:
    abuse = fact("share.domestic_abuse", 8.0, age="16+", sex="female", printed="8.0")
    facts = [abuse, fact("share.domestic_abuse", 9.2, 2010, age="16-59", sex="female", printed="9.2")]
    text = f"Domestic abuse among women fell from 9.2% in 2009/10 to 7.4% {IN_2024}."
    assert told(text, *facts)["7.4%"][0] == UNTESTED
    assert told(f"7.4% of women experienced domestic abuse {IN_2024}.", *facts)["7.4%"][0] == DISAGREES


def test_people_whom_a_survey_asks_leave_a_count_of_offences_beside_them_what_it_is() -> None:
    text = "Police recorded 204,817 sexual offences {}, while the survey finds that 739,000 women were victims of rape."
    found = told(text.format(IN_2024))
    assert [found["204,817"][0], found["739,000"][0]] == [DISAGREES, AGREES], found


@pytest.mark.slow
def test_a_change_agrees_whose_two_numbers_do() -> None:
    text = f"Police recorded 204,871 sexual offences {IN_2024}, up {{}} from 188,663 in 2022/23, and solved 12,345 of them."
    assert told(text.format("9%"))["9%"][0] == AGREES
    assert told(text.format("9%").replace("188,663", "188,000"))["9%"][0] == UNTESTED


def test_a_share_of_the_count_before_may_stand_between_commas() -> None:
    text = f"Police recorded 204,871 sexual offences {IN_2024}. Of these, 71,581, {{}}, were rapes."
    for share, verdict in (("35%", AGREES), ("53%", DISAGREES)):
        assert told(text.format(share))[share][0] == verdict


def test_crimes_are_offences_of_whatever_kind() -> None:
    text = f"Police recorded sexual incidents and crimes (204,871) {IN_2024}."
    assert told(text)["204,871"][0] != DISAGREES


@pytest.mark.slow
def test_a_late_release_of_a_period_is_not_known_to_be_its_first() -> None:
    text = f"Police recorded 204,102 sexual offences {IN_2024}."
    assert told(text)["204,102"][0] == DISAGREES
    each_quarter = fact(
        "offences.sexual", 206_000, period_start=datetime.date(2023, 7, 1), period_end=datetime.date(2024, 6, 30)
    )
    for facts, verdict in ((FACTS, DISAGREES), ([*FACTS, each_quarter], UNTESTED)):
        late = published(*facts, out=datetime.date(2024, 11, 26))
        assert verdicts_of(text, beside=late)["204,102"] == verdict


def test_how_far_a_series_is_revised_that_comes_out_again_may_not_be_known() -> None:
    def stalked(value: float, year: int, release: str) -> dict[str, Any]:
        return fact("share.stalking", value, year, release=release, printed=f"{value:g}", sex="female", age="16+")

    text = f"41% of women experienced stalking {IN_2024}."
    later = stalked(43, 2025, "second"), stalked(42, 2024, "second")
    assert told(text, *later)["41%"][0] == DISAGREES
    assert told(text, *later, stalked(40, 2023, "first"))["41%"][0] == UNTESTED


def test_a_place_that_was_named_last_goes_for_a_figure_without_a_force_too() -> None:
    without = fact("offences.sexual", 41_039, leaves_out="E23000032")
    text = f"In {{}} much was recorded without Kent.\nIt was 41,039 sexual offences {IN_2024}."
    assert told(text.format("England and Wales"), without)["41,039"][0] == AGREES
    assert told(text.format("Scotland"), without)["41,039"][0] == UNTESTED


def test_england_and_wales_does_not_name_wales() -> None:
    both, wales = (
        fact("share.domestic_abuse", 2.3, age="16+", printed="2.3"),
        fact("share.domestic_abuse", 2.7, age="16+", printed="2.7", area_code="W92000004"),
    )
    text = f"The survey for {{}} estimated that {IN_2024} 2.7% of adults experienced domestic abuse."
    assert told(text.format("Wales"), both, wales)["2.7%"][0] == AGREES
    assert told(text.format("England and Wales"), both, wales)["2.7%"][0] != AGREES


@pytest.mark.slow
def test_two_changes_that_are_joined_are_of_one_number() -> None:
    facts = [*FACTS, fact("offences.sexual", 172_000, 2022)]
    text = f"Police recorded 204,871 sexual offences {IN_2024}, up 9% on the year before and up {{}} on 2021/22."
    for told_change, verdict in (("19%", AGREES), ("39%", DISAGREES)):
        assert told(text.format(told_change), *facts)[told_change][0] == verdict
    arrests = text.replace("before and up", "before and arrests were up").format("39%")
    assert told(arrests, *facts)["39%"][0] == UNTESTED


@pytest.mark.slow
def test_a_change_of_figures_that_were_revised_since_is_not_tested() -> None:
    facts = [*FACTS, fact("offences.sexual", 172_000, 2022)]
    for told_change, verdict in (("10%", AGREES), ("12%", UNTESTED), ("30%", DISAGREES), ("3%", DISAGREES)):
        text = f"Recorded sexual offences rose by {told_change} in the year to March 2023 on the previous year."
        assert told(text, *facts)[told_change][0] == verdict, told_change


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            f"The survey for Scotland finds that 898,000 people (739,000 women and 162,000 men) were victims of rape {IN_2024}.",
            "739,000",
        ),
        (
            f"This is the survey for Scotland. 898,000 people aged 16 and over were victims of rape {IN_2024}.",
            "898,000",
        ),
        (f"Police recorded 204,871 sexual offences {IN_2024}, a rise compared with 2021/22 (188,663).", "188,663"),
        ("Police recorded 204,871 sexual offences in the year ending March 2023, up 9% on the previous year.", "9%"),
    ],
)
def test_a_figure_of_another_nation_or_year_than_is_named_does_not_agree(text: str, number: str) -> None:
    assert told(text)[number][0] != AGREES


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Police recorded 204,871 sexual offences [1].\n1. Figures are for the year ending March 2024.", AGREES),
        ("Police recorded 204,871 sexual offences.\nSource: ONS, year ending March 2023.", UNTESTED),
        ("In the previous year police recorded 204,871 sexual offences.\nNote: year ending March 2024.", UNTESTED),
        ("Police recorded 204,871 sexual offences.\nFigures: years ending March 2023 and March 2024.", UNTESTED),
    ],
)
def test_the_one_year_of_a_text_goes_for_a_number_above_it_too(text: str, verdict: str) -> None:
    assert told(text)["204,871"][0] == verdict
