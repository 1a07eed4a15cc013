"""A number is looked up by its own words, and told where the figure that it is is of something else than they say."""

from typing import Any

import pytest
from claims_kit import NEAR
from figures_kit import fact, looked_up, published, scanned

from assets.statement.quoted.facts import HeldFigure
from assets.statement.scan.scan import scan
from assets.statement.text.texts import Text

SEXUAL = fact("offences.sexual", 204_871)
IN_2024 = "in the year ending March 2024"


def told(text: str, *facts: dict[str, Any]) -> list[tuple[str, bool, str]]:
    """Each number that is looked up: as printed, whether it is the held figure, and in what that is another one."""
    found = [(printed, figure) for printed, figure in looked_up(text, *facts) if isinstance(figure, HeldFigure)]
    return [(printed, figure.same, figure.otherwise) for printed, figure in found]


def test_each_count_of_a_sentence_is_held_against_that_of_its_own_words() -> None:
    facts = SEXUAL, fact("offences.rape", 71_581)
    text = f"{IN_2024.capitalize()} police recorded 204,871 sexual offences, of which 71,518 were rapes."
    assert told(text, *facts) == [("204,871", True, ""), ("71,518", False, "")]
    text = f"{IN_2024.capitalize()} police recorded 204,817 sexual offences, of which 71,581 were rapes."
    assert told(text, *facts) == [("204,817", False, ""), ("71,581", True, "")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "otherwise"),
    [
        (f"Police in Kent recorded 204,871 sexual offences {IN_2024}.", "area"),
        (f"Kent's were few of the 204,871 sexual offences in England and Wales {IN_2024}.", ""),
        (f"Police recorded 204,871 rapes {IN_2024}.", "subject"),
        (f"Police recorded stalking (204,871) and sexual offences (99) {IN_2024}.", "subject"),
        (f"Police recorded 204,871 sexual offences, among them rapes, {IN_2024}.", ""),
        ("Police recorded 204,871 sexual offences in the year ending March 2023.", "period"),
        ("Police recorded 204,871 sexual offences in the year ending March 2025.", "period"),
        ("In the twelve months up to the end of March 2025, 204,871 sexual offences were recorded.", "period"),
        ("More were recorded in the year ending March 2025 than the 204,871 sexual offences of before.", ""),
        ("In the year ending March 2025, sexual offences rose from 204,871.", ""),
        ("In the year ending March 2025, 209,061 sexual offences were recorded, 204,871 in the last one.", ""),
        ("Crime tables: year ending June 2025, prints 204,871 sexual offences.", ""),
        ("Other tables, year ending June 2025, print 204,871 sexual offences.", "period"),
        # In several years that are named it may begin, or end.
        ("Between March 2023 and March 2025 sexual offences rose by 2%, from 204,871.", ""),
        ("There had been 204,871 sexual offences in the year before, which ended in March 2024.", ""),
    ],
)
def test_a_number_that_is_held_of_something_else_than_its_words_say_is_told_so(text: str, otherwise: str) -> None:
    [(_, same, found)] = [looked_up for looked_up in told(text, SEXUAL) if looked_up[0] == "204,871"]
    assert (same, found) == (not otherwise, otherwise)


PREVALENCES = fact("share.domestic_abuse", 5.2), fact("share.domestic_abuse", 7.4, sex="female")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("{}, the prevalence of domestic abuse among women was 5.2%.", False),
        ("{}, the prevalence of domestic abuse among people was 5.2%.", True),
        ("{}, the prevalence of domestic abuse among women was 7.4%.", True),
    ],
)
def test_a_share_of_women_is_not_that_of_all_where_the_number_only_ends_the_sentence(text: str, same: bool) -> None:
    [(_, *found)] = told(text.format(IN_2024.capitalize()), *PREVALENCES)
    assert found == [same, "" if same else "people"]


def test_of_a_number_of_another_year_it_is_told_what_the_year_that_is_named_has() -> None:
    text = "Police recorded 204,871 sexual offences in the year ending March 2025."
    [figure] = scanned(text, SEXUAL, fact("offences.sexual", 209_061, 2025)).held.values()
    assert figure.words.endswith(
        "to 2024-03-31: 204,871 in synthetic@first, Table 1 B2; of the period named beside the number 209,061"
    )


def test_a_thing_behind_a_share_in_brackets_is_that_of_the_number_before_it() -> None:
    facts = fact("offences.sexual", 204_871), fact("offences.rape", 71_581)
    text = f"Police recorded 204,871 (65%) sexual offences and 71,581 (35%) rapes {IN_2024}."
    assert [same for _, same, _ in told(text, *facts)] == [True, True]


@pytest.mark.parametrize(("numbers", "same"), [("67,838 and 71,581", True), ("71,581 and 67,838", False)])
@pytest.mark.parametrize("years", ["March 2024 and March 2025", "March 2024 and 2025"])
def test_numbers_are_of_the_years_that_are_named_respectively(years: str, numbers: str, same: bool) -> None:
    facts = fact("offences.rape", 67_838), fact("offences.rape", 71_581, 2025)
    text = f"In the years to {years} police recorded {numbers} rapes respectively."
    assert [each for _, each, _ in told(text, *facts)] == [same, same]


def test_a_figure_without_a_force_is_told_so_and_so_is_a_newest_with_it() -> None:
    facts = (
        fact("offences.sexual", 188_663, leaves_out="E23000032"), fact("offences.sexual", 204_900, release="second"),
        fact("offences.sexual", 171_000, 2023), fact("offences.sexual", 172_000, 2023, release="second", leaves_out="E23000032"),
    )  # fmt: skip
    words = [
        figure.words
        for year, number in (("2024", "188,663"), ("2023", "171,000"))
        for figure in scan(
            Text("synthetic", (f"Police recorded {number} sexual offences in the year ending March {year}.",)),
            None,
            NEAR,
            published(*facts),
        ).held.values()
    ]
    assert "without Kent, 2023-04-01" in words[0] and words[0].endswith("synthetic@second, has 204,900 with them")
    assert "without" not in words[1].split(";")[0] and words[1].endswith(
        "synthetic@second, has 172,000, without others"
    )


def test_a_force_that_a_figure_leaves_out_is_not_its_area() -> None:
    without = fact("offences.sexual", 204_871, leaves_out="E23000032")
    [(_, same, _)] = told(f"Police recorded 204,871 sexual offences without Kent {IN_2024}.", without)
    assert same
    # Nor is it where another number of the sentence leaves it out.
    [(_, same, _)] = told(
        f"The first release excludes Kent; with it 204,871 sexual offences {IN_2024}.", fact("offences.sexual", 204_871)
    )
    assert same


def test_a_share_of_women_that_is_said_of_men_is_told_where_that_of_men_is_held() -> None:
    women, men = fact("share.domestic_abuse", 8.2, sex="female"), fact("share.domestic_abuse", 3.1, sex="male")
    text = f"Of men, 8.2% suffered domestic abuse {IN_2024}."
    assert told(text, women, men) == [("8.2%", False, "people")] and not told(text, women)


def test_a_share_of_an_age_that_is_not_named_is_no_other_people() -> None:
    young = [fact("share.domestic_abuse", share, sex=sex, age="25-34") for sex, share in (("female", 16), ("male", 7))]
    text = "Of men{}, 16% suffered domestic abuse {}."
    assert not told(text.format("", IN_2024), *young)
    assert told(text.format(" aged 25 to 34", IN_2024), *young) == [("16%", False, "people")]


def test_a_rate_that_is_held_of_another_number_of_people_is_told_so() -> None:
    rate = fact("rate.stalking", 22.8, age="16+")
    text = f"Stalking had an incidence rate of {{}} per {{}} adults {IN_2024}."
    assert told(text.format("22.8", "1,000"), rate) == [("22.8", True, "")]
    assert told(text.format("22.8", "100,000"), rate) == [("22.8", False, "unit")]


def test_a_sentence_ends_before_a_number() -> None:
    text = f"There was some stalking, rape and theft {IN_2024}. 6.6% of women suffered domestic abuse {IN_2024}."
    assert told(text, fact("share.domestic_abuse", 7.1, sex="female")) == [("6.6%", False, "")]


def test_the_group_of_an_offence_need_not_be_said() -> None:
    rape = fact("offences.rape", 71_581)
    assert told(f"Police recorded 71,518 rapes {IN_2024}.", rape) == [("71,518", False, "")]
    assert not told(f"Police recorded 71,518 sexual offences {IN_2024}.", rape)


@pytest.mark.parametrize(
    "text",
    [
        f"An estimated 204,871 sexual offences took place {IN_2024}.",
        f"The Crime Survey estimated 204,871 sexual offences (excluding Greater Manchester Police) {IN_2024}.",
    ],
)
def test_a_record_is_no_estimate(text: str) -> None:
    """Neither by a word of the number's own, nor where "police" is but the name of a force that is left out."""
    found = scanned(text, SEXUAL)
    assert [fact.untold for fact in found.held.values()] == ["the words speak of a survey"]


RAPES = fact("offences.rape", 71_581), fact("offences.rape", 64_200, sex="female")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "told_of_people"),
    [
        ("{}, police recorded 71,581 rapes of women.", True),
        ("Of the 71,581 rapes recorded {}, most were of women.", False),
        ("Most victims were women: 71,581 rapes were recorded {}.", False),
        ("Among women 71,581 were recorded as rape by the police {}.", True),
    ],
)
def test_a_number_is_told_as_one_of_other_people_only_where_its_own_words_name_them(
    text: str, told_of_people: bool
) -> None:
    [(number, _, otherwise)] = told(text.format(IN_2024), *RAPES)
    assert number == "71,581" and (otherwise == "people") == told_of_people


@pytest.mark.parametrize(("who", "sure"), [("children", False), ("adults", True)])
def test_a_number_between_commas_is_of_the_words_before_them(who: str, sure: bool) -> None:
    facts = (fact("share.domestic_abuse", 7.8, age="16+"),)
    text = f"Eight in a hundred {who}, 7.8 per cent, were victims of domestic abuse {IN_2024}."
    found = scanned(text, *facts)
    assert [fact.agrees for fact in found.held.values()][-1:] == [sure]
