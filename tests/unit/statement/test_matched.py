"""A number of a text is found among the figures that are held, and is none of them where it might be another."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from claims_kit import NEAR
from figures_kit import fact, looked_up, published_of, scanned, verdicts_of
from kit import ROOT, Built, Tables, darkfigure

from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.ledger import INPUTS, judged_document
from assets.statement.quoted.facts import HeldFigure, Rate
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.scan.draft import coverage_report, draft
from assets.statement.text.texts import Text, text_of

EXAMPLES = ROOT / "data" / "statement" / "examples"


def held(text: str, *facts: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    """Number as printed -> the series and release that it is held in, and whether it is that figure or near it."""
    return {
        printed: (f"{figure.row['series']}@{figure.row['release']}", figure.same)
        for printed, figure in looked_up(text, *facts)
    }


IN_2024 = "in the year ending March 2024"


@pytest.mark.slow
def test_a_year_is_not_near_its_last_month_and_a_month_may_end_a_year() -> None:
    """A number that is said of a year is looked for among years; "(YE)" beside its words makes it no month."""
    month = fact("offences.sexual", 18_871, period_start=datetime.date(2024, 3, 1), period_type="month")
    assert not held(f"Across the region police recorded 18,402 sexual offences {IN_2024}.", month)
    assert held("Police recorded 18,402 sexual offences in March 2024.", month)["18,402"][1] is False
    for words in ("in the year ending (YE) March 2024", "in the twelve months that ended in March 2024"):
        found = held(f"Police recorded 204,871 sexual offences {words}.", fact("offences.sexual", 204_871))
        assert found["204,871"] == ("offences.sexual@first", True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"Police recorded 204,871 sexual offences {IN_2024}.", "204,871"),
        (f"In short:\n{IN_2024.capitalize()}, much rose.\nSexual offences came to 204,871.", "204,871"),
        ("Police recorded 204,871 sexual offences last year.", "204,871"),
        ("In 2024/25 it was 1, against 204,871 sexual offences in the previous year.", "204,871"),
        ("Sexual offences were up 4% from 204,871 in the year ending March 2024.", "204,871"),
    ],
)
def test_a_number_printed_in_full_is_found_by_its_period_or_that_of_the_year_after(text: str, number: str) -> None:
    assert held(text, fact("offences.sexual", 204_871))[number] == ("offences.sexual@first", True)


def test_a_rounded_number_is_found_by_whom_it_counts_and_what_is_said() -> None:
    facts = [
        fact("survey.domestic_abuse", 2_300_000), fact("survey.domestic_abuse", 1_600_000, sex="female"),
        fact("survey.domestic_abuse", 712_000, sex="male"), fact("share.domestic_abuse", 6.6, sex="female"),
        fact("survey.partner_abuse", 1_600_000, sex="female"),
    ]  # fmt: skip
    text = f"Some 2.3 million people (1.6 million women, or 6.6%, and 712,000 men) suffered domestic abuse {IN_2024}."
    found = held(text, *facts)
    assert found == {
        "Some 2.3 million": ("survey.domestic_abuse@first", True), "1.6 million": ("survey.domestic_abuse@first", True),
        "712,000": ("survey.domestic_abuse@first", True), "6.6%": ("share.domestic_abuse@first", True),
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "8.2% suffered domestic abuse.",  # no period
        "In the year ending March 2023, 8.2% suffered domestic abuse.",  # of another period
        f"Of men, 8.2% suffered domestic abuse {IN_2024}.",  # of the other sex
        f"Domestic abuse rose by 8.2% {IN_2024}.",  # a change
        f"At least 8.2% suffered domestic abuse {IN_2024}.",  # half a line
        f"8.2% of burglaries were solved {IN_2024}.",  # about something else
        f"One in twelve suffered domestic abuse {IN_2024}.",  # a number in words
        f"8.2 million suffered domestic abuse {IN_2024}.",  # another unit
    ],
)
def test_what_may_be_another_figure_is_none(text: str) -> None:
    assert not held(text, fact("share.domestic_abuse", 8.2, sex="female"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"8.2% of women suffered domestic abuse {IN_2024}.", "8.2%"),
        (f"Domestic abuse is a crime. {IN_2024.capitalize()}, 8.2% of women said that they had suffered it.", "8.2%"),
        (f"Of women, 8% suffered domestic abuse {IN_2024}.", "8%"),  # "8%" may be 7.5% or 8.4%: most of what it is about is said
        ("In 2024/25 it was 9.1%, against 8.2% of women who suffered domestic abuse the year before.", "8.2%"),
        ("Much is said of the year ending March 2025. In the previous year, 8.2% of women suffered domestic abuse.", "8.2%"),
        ("Of 2024/25 less is known than for the preceding 12 months - the year ending March 2024 - when 8.2% of women suffered "
         "domestic abuse.", "8.2%"),
    ],
)  # fmt: skip
def test_a_share_of_women_is_found_in_the_year_and_of_the_topic_that_are_said_or_were_said_last(
    text: str, number: str
) -> None:
    assert held(text, fact("share.domestic_abuse", 8.2, sex="female"))[number] == ("share.domestic_abuse@first", True)


@pytest.mark.slow
def test_a_number_of_the_year_before_is_none_of_the_year_that_is_named() -> None:
    text = "In 2024/25 little changed. In the previous year, 1.6 million women suffered domestic abuse."
    this, before = (
        fact("survey.domestic_abuse", value, year, sex="female") for value, year in ((1.5e6, 2025), (1.6e6, 2024))
    )
    assert held(text, this, before)["1.6 million"][1] and not held(text, this)
    on = "In 2024/25, 1.5 million women suffered domestic abuse, fewer than in the previous year."
    assert held(on, this, before) == {"1.5 million": ("survey.domestic_abuse@first", True)}
    # Victims "in the previous year" are those that a survey of the year asked about it.
    of_survey = "The survey of 2024/25 found that 1.5 million women had been victims of some domestic abuse in the previous year."
    assert held(of_survey, this) == {"1.5 million": ("survey.domestic_abuse@first", True)}


@pytest.mark.parametrize(
    "text",
    [
        "Police recorded 190,001 sexual offences in the year ending March 2024, more than in the previous year (204,817).",
        "Police recorded 190,001 sexual offences in the year ending March 2024; a year earlier it was 204,817.",
        "Police recorded 182,301 sexual offences in the year ending March 2024, a fall of 11% from 204,817.",
    ],
)
def test_what_a_number_fell_from_and_the_year_before_in_brackets_are_of_the_year_before(text: str) -> None:
    before, of_now = fact("offences.sexual", 204_871, 2023), fact("offences.sexual", 204_800, 2024)
    [figure] = [figure for printed, figure in looked_up(text, before, of_now) if printed == "204,817"]
    assert isinstance(figure, HeldFigure) and figure.row["value"] == 204_871 and not figure.same


@pytest.mark.slow
def test_what_the_sentence_before_is_about_makes_no_number_near_a_figure() -> None:
    about = "Domestic abuse is a crime. "
    for number in ("1.7 million", "£1.6 million"):
        assert not held(f"{about}It cost {number} {IN_2024}.", fact("survey.domestic_abuse", 1_600_000))
    assert not held(
        f"Some 1.6 million women suffered domestic abuse {IN_2024}.", fact("survey.domestic_abuse", 1_600_000)
    )
    assert held(f"{about}It struck 1.6 million {IN_2024}.", fact("survey.domestic_abuse", 1_600_000))


def test_two_digits_exchanged_are_a_slip_for_what_the_sentence_before_is_about() -> None:
    goes_on = f"Sexual offences are recorded by the police. {IN_2024.capitalize()} there were {{}} of them."
    for number, same in (("204,871", True), ("208,471", False)):
        assert held(goes_on.format(number), fact("offences.sexual", 204_871))[number][1] == same
    assert not held(goes_on.format("203,222"), fact("offences.sexual", 204_871))


def test_so_many_a_month_are_near_no_figure_of_a_year() -> None:
    for each, kind in (("", HeldFigure), (" a month", Rate), (" every day", Rate)):
        said = f"Police recorded an average of 204,817 sexual offences{each} {IN_2024}."
        assert [type(told) for _, told in looked_up(said, fact("offences.sexual", 204_871))] == [kind]


def test_a_rate_is_a_number_of_so_many_and_thousands_are_multiplied() -> None:
    rate = fact("survey.domestic_abuse", 38, unit="per_100_crimes", printed="38")
    assert held(f"There were 38 arrests per 100 crimes of domestic abuse {IN_2024}.", rate)["38"][1]
    assert not held(f"In 38 police forces there was domestic abuse {IN_2024}.", rate)
    thousands = fact("survey.domestic_abuse", 1_394, unit="thousand_persons", printed="1,394")
    assert held(f"Some 1.4 million people suffered domestic abuse {IN_2024}.", thousands)["Some 1.4 million"][1]


@pytest.mark.slow
def test_of_two_series_that_fit_as_well_none_is_named() -> None:
    text = f"Of all people 3.2% suffered domestic abuse or stalking {IN_2024}."
    assert held(text, fact("share.domestic_abuse", 3.2)) == {"3.2%": ("share.domestic_abuse@first", True)}
    assert not held(text, fact("share.theft", 3.2))
    # Two tables that print one count under two names tell the same.
    one_count = [fact("offences.rape", 71_581, age=age) for age in ("all", "16+")]
    assert held(f"There were 71,581 rapes {IN_2024}.", *one_count)["71,581"][1]
    twins = fact("survey.domestic_abuse", 1_200_000, age="16-59"), fact("survey.domestic_abuse", 1_200_000, age="16-74")
    assert not held(f"Some 1.2 million suffered domestic abuse {IN_2024}.", *twins)
    aged = f"Some 1.2 million aged 16 to 74 years suffered domestic abuse {IN_2024}."
    [one] = scanned(aged, *twins).held.values()
    assert one.row["age"] == "16-74"


def test_offences_that_are_counted_of_one_sex_alone_need_not_say_it() -> None:
    women, men = (fact("offences.sexual", value, sex=sex) for value, sex in ((204_871, "female"), (31_007, "male")))
    text = f"Police recorded 204,871 sexual offences {IN_2024}."
    assert held(text, women)["204,871"][1] and not held(text, women, men)
    assert not held(
        f"Some 1.6 million suffered domestic abuse {IN_2024}.", fact("survey.domestic_abuse", 1.6e6, sex="female")
    )


def test_no_number_is_a_change_that_is_held() -> None:
    share = f"Sexual offences are 8% of all offences {IN_2024}."
    assert not held(share, fact("change.sexual", 8, unit="percent", printed="8"))


def test_a_number_of_a_force_is_found_where_the_force_is_named() -> None:
    facts = fact("offences.sexual", 6_603, area_code="E23000032"), fact("offences.sexual", 204_871)
    assert held(f"Kent Police recorded 6,603 sexual offences {IN_2024}.", *facts)["6,603"][1]
    assert not held(f"Essex Police recorded 6,603 sexual offences {IN_2024}.", *facts)


def test_a_number_near_a_held_one_is_told_as_near_and_one_far_from_it_is_not() -> None:
    facts = fact("offences.sexual", 204_871), fact("offences.rape", 71_667)
    found = held(f"Police recorded 204,817 sexual offences {IN_2024}.", *facts)
    assert found == {"204,817": ("offences.sexual@first", False)}
    assert not held(f"Police recorded 114,872 sexual offences on trains {IN_2024}.", *facts)
    assert not held(f"Police recorded 204,817 burglaries {IN_2024}.", *facts)
    # Nor near what the words do not name: they name the year after.
    assert not held("Police recorded 204,817 sexual offences in the year ending March 2025.", *facts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Police recorded 204,817 sexual offences in the year ending March 2024.", True),
        (
            "In March 2024 the worst year ended: police in England and Wales recorded 204,817 sexual offences in 2023/24.",
            True,
        ),
        ("Kent Police recorded 204,817 sexual offences in 2023/24.", False),
        ("In Leeds police recorded 204,817 sexual offences in 2023/24.", False),
        ("Sexual offences rose in 2023/24, to 209,999, the most since 2008, when 204,817 were recorded.", False),
        ("Police were called to 204,817 incidents of a sexual nature in 2023/24.", False),
        ("Police recorded 2,212,354 crimes of domestic abuse in 2023/24.", False),
        ("The survey told of 2,212,354 victims of domestic abuse in 2023/24.", True),
    ],
)
def test_a_number_is_no_slip_for_a_figure_of_another_place_year_or_system(text: str, near: bool) -> None:
    facts = fact("offences.sexual", 204_871), fact("survey.domestic_abuse", 2_212_345)
    found = {number: same for number, (_, same) in held(text, *facts).items() if number != "209,999"}
    assert [*found.values()] == [False] * near, found


def test_a_share_of_one_sex_is_found_only_where_the_sex_is_said() -> None:
    recorded = {"unit": "percent", "printed": "74"}
    facts = fact("offences.sexual", 74, sex="female", **recorded), fact("offences.rape", 71_667, sex="female")
    assert not held(f"In {IN_2024[3:]} 74% of sexual offences were charged.", *facts)
    assert held(f"In {IN_2024[3:]} 74% of victims of sexual offences were women.", *facts)["74%"][1]
    assert held(f"Police recorded 71,667 rapes {IN_2024}.", *facts)["71,667"][1]


def test_a_number_of_another_period_than_is_named_is_told_as_that() -> None:
    facts = fact("offences.sexual", 204_871), fact("offences.sexual", 188_663, 2022), fact("offences.rape", 71_667)
    [found] = scanned(f"Police recorded 188,663 sexual offences {IN_2024}.", *facts).held.values()
    assert not found.same and found.otherwise == "period" and "2021-04-01 to 2022-03-31: 188,663" in found.words
    assert held("Police recorded 188,663 sexual offences in 2021/22.", *facts)["188,663"][1]
    assert not held(f"Police recorded 188,663 burglaries {IN_2024}.", *facts)


@pytest.mark.slow
def test_without_a_period_only_a_long_number_beside_what_it_counts_is_found() -> None:
    facts = fact("offences.sexual", 204_871), fact("offences.rape", 7_166)
    assert held("Sexual offences and domestic abuse came to 204,871 last year, of 900,000.", *facts)["204,871"][1]
    assert not held("Police recorded 204,817 sexual offences last year.", *facts)
    assert not held("Police recorded 204,871 burglaries last year.", *facts)
    assert not held("Police recorded 7,166 rapes last year.", *facts)


def test_a_figure_is_told_from_the_newest_release_that_prints_it_and_with_what_the_newest_of_all_has() -> None:
    facts = fact("offences.sexual", 204_871), fact("offences.sexual", 204_900, release="second")
    [one] = scanned(f"Police recorded 204,871 sexual offences {IN_2024}.", *facts).held.values()
    assert "204,871 in synthetic@first, Table 1 B2; the newest, synthetic@second, has 204,900" in one.words
    assert one.check()["published"].endswith('"2024-03-31", period_start="2023-04-01")')
    assert 'release="synthetic@first"' in one.check()["as_of"]


# --- over the published tables, with checks that were written by hand ------------------------------------------------


@pytest.fixture(scope="module")
def real(tables: Tables) -> PublishedFigures:
    return published_of(tables)


@pytest.mark.parametrize("name", ["da_overview_2023_11", "da_overview_2024_11"])
def test_what_a_person_found_for_a_bulletin_is_found(name: str, real: PublishedFigures) -> None:
    claims = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))["claims"]
    by_hand = {
        claim["figure"]: re.findall(r'"([^"]+)"', check["published"])[1]
        for claim in claims
        for check in claim.get("checks", ())
        if check.get("published", "").startswith("fact(")
    }
    found = looked_up(text_of(EXAMPLES / f"{name}.txt"), beside=real)
    series = {printed: figure.row["series"] for printed, figure in found if figure.same}
    assert len(by_hand) > 1 and by_hand.items() <= series.items()


def test_a_draft_of_a_bulletin_is_checked_as_it_is_and_a_wrong_digit_is_told(
    real: PublishedFigures, tables: Tables, tmp_path: Path
) -> None:
    text = text_of(EXAMPLES / "da_overview_2024_11.txt")
    made = yaml.safe_load(draft(scanned(text, beside=real)))
    made["document"] |= {"publisher": "ONS", "published": "2024-11-27"}
    made["claims"] = [one | {"says": "As held"} for one in made["claims"] if "checks" in one]
    (tmp_path / "draft.yaml").write_text(yaml.safe_dump(made, sort_keys=False), encoding="utf-8")
    document = read_claims(tmp_path / "draft.yaml", NEAR)
    verdicts = {
        key: judged_claim.verdict
        for key, judged_claim in judged_document(document, {key: tables[key] for key in INPUTS.values()}).claims.items()
    }
    assert len(verdicts) == 7 and set(verdicts.values()) == {"external_agrees"}

    wrong = Text(text.name, tuple(block.replace("851,062", "857,062") for block in text.blocks))
    said = coverage_report(scanned(wrong, beside=real))
    assert "Near a figure that is held, and not it:" in said and "851,062 in ons_bulletins@da-overview-2024-11" in said


@pytest.mark.long
def test_the_command_tells_what_is_held_and_goes_on_where_nothing_was_published(built: Built, tmp_path: Path) -> None:
    document = EXAMPLES / "da_overview_2024_11.txt"
    ran = darkfigure("claims", "scan", document, "--output", built.file.parent, "--data", built.root)
    assert ran.code == 0 and "Held in the published file:" in ran.said and "prc.b9.all_offences" in ran.said
    alone = darkfigure("claims", "scan", document, "--output", tmp_path, "--data", built.root)
    assert alone.code == 0 and "Open:" in alone.said and "Held" not in alone.said
    assert "No number is looked up" in alone.error and "darkfigure refresh" in alone.error


def test_a_count_that_two_tables_print_is_that_of_the_table_asked_first(real: PublishedFigures) -> None:
    """Tables P1 and C2 of the force area tables print the totals of a force, as series of their own."""
    rows = [
        figure.row
        for figures in real.of("E23000036").values()
        for figure in figures
        if figure.row["series"] in ("prc.pfa.sexual_offences", "prc.csp.sexual_offences")
    ]
    newest = max(row["period_end"] for row in rows if row["series"].startswith("prc.pfa."))
    [value] = {row["value"] for row in rows if row["period_end"] == newest}
    text = f"Avon and Somerset recorded {value:,.0f} sexual offences in the year ending {newest:%B %Y}."
    [found] = scanned(text, beside=real).held.values()
    assert isinstance(found, HeldFigure) and (found.row["series"], found.same) == ("prc.pfa.sexual_offences", True)


@pytest.mark.slow
def test_a_sum_over_threats_is_no_number_of_them(tables: Tables) -> None:
    text = (
        "In the policing collection for the year ending March 2023 there were 400,213 offences of domestic abuse and 436,196 of"
        " stalking and harassment against women and girls, together 836,409 offences."
    )
    told = verdicts_of(text, beside=published_of(tables))
    assert {number: told[number] for number in ("400,213", "436,196", "836,409")} == {
        "400,213": "agrees", "436,196": "agrees", "836,409": "not tested"
    }  # fmt: skip
