"""A change of a text is worked out of the figures that are held, where its words tell which two, and else there is none."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from claims_kit import NEAR
from figures_kit import fact, published, scanned
from kit import Tables

from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.ledger import INPUTS, TABLES, judged_document
from assets.statement.quoted.facts import Changed
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.scan.draft import coverage_report, draft
from assets.statement.scan.page import page
from assets.statement.scan.scan import scan
from assets.statement.text.texts import Text
from pipelines.commands.claims import BESIDE

SEXUAL = [fact("offences.sexual", value, year) for year, value in ((2020, 163_336), (2024, 188_663), (2025, 209_061))]
ABUSE = [fact("survey.domestic_abuse", value, year) for year, value in ((2024, 2_212_345), (2025, 2_323_457))]


def changed(text: str, *facts: dict[str, Any], breaks: Any = ()) -> dict[str, Changed]:
    """Change as printed -> the change by held figures."""
    found = scan(Text("synthetic", tuple(text.split("\n"))), None, NEAR, published(*facts, breaks=breaks))
    looked_up = ((mention.text, found.held.get((mention.block, mention.start))) for mention in found.mentions)
    return {text: change for text, change in looked_up if isinstance(change, Changed)}


# 209,061 / 188,663 is up 10.8%, by 20,398; 209,061 / 163,336 is up 28.0%.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Sexual offences rose by 11% in the year ending March 2025 compared with the previous year.", "11%"),
        ("There was a year-on-year rise of 10.8% in sexual offences in 2024/25.", "10.8%"),
        ("Recorded sexual offences are up 28% in 2024/25 on the year ending March 2020.", "28%"),
        ("The year ending March 2025 was bad. Police recorded 28% more sexual offences than in 2019/20.", "28%"),
        ("Between the year ending March 2020 and the year ending March 2025 sexual offences rose 28%.", "28%"),
        ("Police recorded 209,061 sexual offences in 2024/25, an 11% increase on the year before.", "11%"),
        (
            "Police recorded 209,061 sexual offences in 2024/25. This was up 28% since the year ending March 2020.",
            "28%",
        ),
        ("Recorded sexual offences rose by 20,398 in 2024/25 over the year before.", "20,398"),
        (
            "Between 2019/20 and 2024/25 recorded sexual offences rose by 28%, to 209,061 in the year ending March 2025.",
            "28%",
        ),
        ("Of note, an 11% annual rise to 209,061 sexual offences recorded in 2024/25.", "11%"),
        ("Police recorded 209,061 sexual offences in 2024/25 (+20,398 on the previous year).", "+20,398"),
        ("Police recorded 209,061 sexual offences in 2024/25 (up 20,398).", "20,398"),
    ],
)
def test_a_change_is_worked_out_of_the_two_figures_that_its_words_tell(text: str, number: str) -> None:
    found = changed(text, *SEXUAL)[number]
    assert found.same and found.row["value"] == 209_061
    assert found.old.row["value"] == (163_336 if number == "28%" else 188_663)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Sexual offences rose by 11% compared with the previous year.",  # of which year?
        "Sexual offences rose by 11% in 2023/24 on the previous year.",  # not held
        "Burglaries rose by 11% in the year ending March 2025 compared with the previous year.",  # something else
        "Sexual offences are a crime. Burglaries rose by 11% in 2024/25 on the previous year.",
        "Sexual offences came to 11% of all in 2024/25, more than in the previous year.",  # no change
        "Sexual offences rose by £11 in 2024/25 on the previous year.",
    ],
)
def test_where_the_words_do_not_tell_it_there_is_none(text: str) -> None:
    assert not changed(text, *SEXUAL)


@pytest.mark.slow
def test_what_the_held_figures_do_not_give_is_told_with_what_they_give() -> None:
    for text in (
        "Police recorded 209,061 sexual offences in 2024/25, a 19% increase on the year before.",
        "Recorded sexual offences rose by 19% in 2024/25 on the year before.",
        "Recorded sexual offences fell by 11% in 2024/25 on the year before.",
        "Police recorded 209,061 sexual offences in 2024/25 (+20,938 on the previous year).",
        "Police recorded 209,061 sexual offences in 2024/25 (-20,398 on the previous year).",
    ):
        [found] = changed(text, *SEXUAL).values()
        assert not found.same and "is a rise of 10.8%, or 20,398" in found.words
        assert "from 188,663 in synthetic@first, Table 1 B2 (2023-04-01 to 2024-03-31) to 209,061" in found.words


@pytest.mark.slow
def test_one_that_is_not_so_is_told_only_where_it_is_told_what_is_counted_and_no_other_figure_gives_it() -> None:
    years = [fact("share.domestic_abuse", 8.1), fact("share.domestic_abuse", 8.5, 2025)]
    victims = "The number of victims of domestic abuse rose by {} in 2024/25 on the previous year."
    assert not changed(victims.format("9%"), *ABUSE, *years)["9%"].same
    assert not changed("Domestic abuse rose by 9% in 2024/25 on the previous year.", *ABUSE, *years)
    share = changed("The prevalence of domestic abuse rose by 5% in 2024/25 on the previous year.", *ABUSE, *years)[
        "5%"
    ]
    assert share.same and share.row["series"] == "share.domestic_abuse"
    assert not changed("Recorded sexual offences and rapes rose by 19% in 2024/25 on the previous year.", *SEXUAL)
    assert not changed("In 2024/25 much was said. Recorded sexual offences rose 19% on the previous year.", *SEXUAL)
    younger = (
        fact("survey.domestic_abuse", 1_000_000, age="16-59"),
        fact("survey.domestic_abuse", 1_090_000, 2025, age="16-59"),
    )
    assert not any(not one.same for one in changed(victims.format("9%"), *ABUSE, *younger).values())


@pytest.mark.slow
def test_a_change_is_of_whom_it_says() -> None:
    women = [
        one | {"sex": "female", "value": one["value"] - 1_001, "printed": f"{one['value'] - 1_001:,}"} for one in ABUSE
    ]
    text = "The number of women who were victims of domestic abuse rose by 5% in 2024/25 on the previous year."
    assert changed(text, *ABUSE, *women)["5%"].row["sex"] == "female"
    in_kent = [one | {"area_code": "E23000032"} for one in SEXUAL]
    text = "In Kent, recorded sexual offences rose by 11% in 2024/25 on the previous year."
    assert changed(text, *in_kent)["11%"].same and not changed(text, *SEXUAL)


def test_two_figures_are_of_one_release_where_one_has_both() -> None:
    revised = [
        one | {"release": "second"}
        for one in (fact("offences.sexual", 190_001), fact("offences.sexual", 209_001, 2025))
    ]
    text = "Recorded sexual offences rose by {} in 2024/25 on the year before."
    first = changed(text.format("10.8%"), *SEXUAL, *revised)["10.8%"]
    assert first.same and {first.old.row["release"], first.row["release"]} == {"first"}
    other = changed(text.format("3%"), *SEXUAL, *revised)["3%"]
    assert {other.old.row["release"], other.row["release"]} == {"second"}
    apart = changed(text.format("10%"), SEXUAL[1], revised[1])["10%"]
    assert not apart.same and (apart.old.row["release"], apart.row["release"]) == ("first", "second")


def test_before_a_change_over_two_releases_stands_the_one_that_a_release_prints() -> None:
    """Over two releases 10.8%; the second prints 14.1%, of a count that it does not print. Also where no other is held."""
    new = fact("offences.sexual", 209_001, 2025, release="second", offence_code="sexual_offences")
    print_ = fact("change.sexual", 14.1, 2025, release="second", characteristic_value="2023-04-01/2024-03-31")
    text = "Recorded sexual offences {} by {} in 2024/25 on the year before."
    for held in ([SEXUAL[1], new, print_], [new, print_]):
        so = changed(text.format("rose", "14%"), *held)["14%"]
        assert so.same and "14.1% in synthetic@second" in so.words
        assert so.check()["published"].startswith('growth_percent(fact("recorded.offence_count"')
        over_two = changed(text.format("rose", "11%"), *held)["11%"]
        assert over_two.same is (len(held) == 3) and not changed(text.format("fell", "14%"), *held)["14%"].same


def test_a_break_between_them_is_told() -> None:
    day = datetime.date(2024, 1, 31)
    rule = {
        "break_id": "b",
        "date": day,
        "last_day": day,
        "what_changed": "A new offence",
        "series_pattern": "offences.*",
    }
    breaks = [rule | {"breaks_change": True, "direction": "up", "row_id": "r"}]
    text = "Recorded sexual offences rose by 11% in 2024/25 on the year before."
    assert (
        "between them lies a break: January 2024: A new offence (raises"
        in changed(text, *SEXUAL, breaks=breaks)["11%"].words
    )
    assert "break" not in changed(text, *SEXUAL)["11%"].words


def test_in_a_draft_each_has_its_check_and_holds(tables: Tables, tmp_path: Path) -> None:
    facts = {key: tables[key] for key in TABLES.values() if key != "reference.area"}
    text = Text("bulletin.txt", (
        "Recorded sexual offences rose by 11% in the year ending March 2025 compared with the previous year.",
        "Police recorded 163,316 sexual offences in the year ending March 2020, a fall of 0.7% on the previous year.",
        "Recorded stalking offences rose by 6,799 in the year ending March 2025 on the previous year.",
    ))  # fmt: skip
    found = scan(text, None, NEAR, PublishedFigures(facts, *(tables[key] for key in BESIDE)))
    assert "A change, share or sum of figures that are held:" in coverage_report(found)
    made = yaml.safe_load(draft(found))
    made["document"] |= {"publisher": "Synthetic", "published": "2026-01-01"}
    made["claims"] = [one | {"says": "As held"} for one in made["claims"] if "checks" in one]
    (tmp_path / "draft.yaml").write_text(yaml.safe_dump(made, sort_keys=False), encoding="utf-8")
    verdicts = judged_document(
        read_claims(tmp_path / "draft.yaml", NEAR), {key: tables[key] for key in INPUTS.values()}
    ).claims
    assert {judged_claim.arithmetic for judged_claim in verdicts.values()} == {"agrees"} and len(verdicts) == 4


def test_a_page_shows_what_is_said_of_each_number_where_it_stands() -> None:
    text = Text("t.txt", (
        "Police recorded 163,363 sexual offences in the year ending March 2020 & more.",
        "Police recorded 209,061 sexual offences in 2024/25, up 19% on the year before. <b>Of 200, 50 (20%) were solved.",
    ))  # fmt: skip
    html = page(scanned(text, *SEXUAL))
    for number, how in (("209,061", "held"), ("19%", "look"), ("20%", "look"), ("163,363", "look")):
        assert f'<mark class="{how}">{number}</mark>' in html
    assert (
        "A change, share, sum or rank that the figures held do not give: &ldquo;19%&rdquo;" in html
        and "is a rise of 10.8%" in html
    )
    assert "Does not work out: &ldquo;20%&rdquo;<br>50 of 200 is 25%" in html
    assert (
        "&lt;b&gt;" in html and 'what it compares is not named in full">more</span>' in html and "<script" not in html
    )


@pytest.mark.slow
def test_no_change_lies_between_a_year_without_a_force_and_one_with_it() -> None:
    without = fact("offences.sexual", 188_663, 2024, leaves_out="E23000032")
    text = "Sexual offences rose by 11% in the year ending March 2025 compared with the previous year."
    assert changed(text, SEXUAL[1], SEXUAL[2])["11%"].same
    assert not changed(text, without, SEXUAL[2])
    assert changed(text, without, SEXUAL[2] | {"leaves_out": "E23000032"})["11%"].same


def test_a_change_since_the_year_of_its_own_number_is_none_on_the_year_before() -> None:
    text = "Police recorded 209,061 sexual offences in 2024/25, an 11% increase compared with {}."
    year_before = [*SEXUAL, fact("offences.sexual", 188_663, 2024)]
    assert changed(text.format("2023/24"), *year_before)["11%"].same
    assert "11%" not in changed(text.format("2024/25"), *year_before)


@pytest.mark.parametrize(
    ("said", "number", "same"), [("", "28%", True), ("", "11%", False), (" on the year before", "11%", True)]
)
def test_a_year_before_the_change_since_which_it_is_said_is_its_first(said: str, number: str, same: bool) -> None:
    text = f"Since 2019/20 recorded sexual offences rose by {number}{said} to 209,061 in the year ending March 2025."
    assert changed(text, *SEXUAL)[number].same == same
