"""A direction or rank is told where the figures that its words name went another way, and never of anything else."""

import datetime
from typing import Any

import pytest
from figures_kit import SERIES, fact, looked_up, published, scanned

from assets.statement.quoted.facts import Changed
from assets.statement.scan.verdicts import remarks

IN_2024 = "in the year ending March 2024"
YEARS = {2020: 180_000, 2022: 212_500, 2023: 186_000, 2024: 204_871}
FACTS = [fact("offences.sexual", value, year) for year, value in YEARS.items()]
FACTS += [fact("share.stalking", 4.1, 2023, age="16+"), fact("share.stalking", 3.1, age="16+")]
DAY = datetime.date(2022, 6, 1)
BREAK = {"break_id": "b", "date": DAY, "last_day": DAY, "what_changed": "A rule", "series_pattern": "offences.*"}


def told(text: str, *facts: dict[str, Any]) -> list[str]:
    """The words and changes of a text that held figures do not give."""
    changes = looked_up(text, *(facts or FACTS))
    return [printed for printed, change in changes if isinstance(change, Changed) and not change.same]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Sexual offences recorded by the police fell {IN_2024}.", ["fell"]),
        (f"Sexual offences fell to 204,871 {IN_2024}.", ["fell"]),
        (f"There was a fall in sexual offences {IN_2024}.", ["fall"]),
        (f"Sexual offences rose {IN_2024} compared with the year ending March 2022.", ["rose"]),
        ("Between the years ending March 2022 and March 2024 sexual offences rose.", ["rose"]),
        (f"The prevalence of stalking increased {IN_2024}.", ["increased"]),
        (f"Sexual offences rose by 21% {IN_2024}.", ["21%"]),
        (f"Sexual offences doubled {IN_2024}.", ["doubled"]),
        (f"Fewer sexual offences were recorded {IN_2024} than in the year ending March 2023.", ["Fewer"]),
        (f"Sexual offences are falling: 204,871 {IN_2024}, compared with 186,000 in the previous year.", ["falling"]),
        (f"Sexual offences fell: 204,871 {IN_2024}, compared with 186,000 in the year ending March 2023.", ["fell"]),
        (f"Sexual offences fell from 186,000 in the year ending March 2023 to 204,871 {IN_2024}.", ["fell"]),
        (f"Police recorded 204,871 sexual offences {IN_2024}, a fall from 186,000 the year before.", ["fall"]),
        (f"Sexual offences are dropping: 204,871 {IN_2024} (186,000 in the previous year).", ["dropping"]),
        (
            f"There were 186,000 sexual offences in the year ending March 2023, falling to 204,871 {IN_2024}.",
            ["falling"],
        ),
        (f"The prevalence of stalking rose: 3.1% {IN_2024}, compared with 4.1% the year before.", ["rose"]),
        (
            f"More sexual offences were recorded {IN_2024} (204,871) than in the year ending March 2022 (212,500).",
            ["More"],
        ),
        (f"Sexual offences were at their highest level {IN_2024}.", ["highest"]),
        (f"Sexual offences were at their lowest level on record {IN_2024}.", ["lowest"]),
    ],
)
def test_words_that_the_figures_are_against_are_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        f"Sexual offences recorded by the police rose {IN_2024}.",
        f"Sexual offences rose by 10% {IN_2024}.",
        "Sexual offences were at their highest level in the year ending March 2022.",
        # Fewer offences, another place, another time, another comparison, or the contrary of what the word says.
        f"Sexual offences on trains fell {IN_2024}.",
        f"Sexual offences in Leeds fell {IN_2024}.",
        f"Charges for sexual offences fell {IN_2024}.",
        f"Since 2015 sexual offences have fallen to 204,871 {IN_2024}.",
        f"Sexual offences fell over five years to 204,871 {IN_2024}.",
        f"Sexual offences fell {IN_2024} compared with the previous quarter.",
        f"Sexual offences did not fall {IN_2024}.",
        f"More sexual offences were recorded {IN_2024} than in the year ending March 2023.",
        f"Fewer men than women were victims of sexual offences {IN_2024}.",
        f"The fall in sexual offences slowed {IN_2024}.",
        f"Sexual offences fell and stalking rose {IN_2024}.",
        f"Sexual offences were highest among women {IN_2024}.",
        f"Kent had the lowest number of sexual offences of any force {IN_2024}.",
        "Sexual offences fell.",
        f"Fewer sexual offences were recorded in the year ending March 2023 than {IN_2024}.",
        f"Fewer sexual offences were recorded in the year ending March 2023 (186,000) than {IN_2024} (204,871).",
        # Two years that are printed, and the word is of something else, or is denied.
        f"Sexual offences rose: 204,871 {IN_2024}, compared with 186,000 in the previous year.",
        f"Sexual offences are no longer falling: 204,871 {IN_2024}, compared with 186,000 the year before.",
        f"The fall in sexual offences has ended: 204,871 {IN_2024}, compared with 186,000 the year before.",
        f"Charges fell, though there were 204,871 sexual offences {IN_2024}, compared with 186,000 the year before.",
        f"As funding fell, police recorded 204,871 sexual offences {IN_2024}, compared with 186,000 the year before.",
        f"Reporting fell for sexual offences: 204,871 {IN_2024}, compared with 186,000 the year before.",
        f"Sexual offences fell: 204,871 {IN_2024}, compared with 212,500 in the year ending March 2022 and 186,000 in 2020.",
    ],
)
def test_words_of_anything_else_are_not(text: str) -> None:
    assert told(text) == []


def test_what_went_one_way_in_one_release_and_another_in_the_next_is_not_told() -> None:
    again = [
        fact("offences.sexual", value, year, release="second") for year, value in ((2023, 206_000), (2024, 205_000))
    ]
    assert told(f"Sexual offences fell {IN_2024}.", *FACTS) and not told(
        f"Sexual offences fell {IN_2024}.", *FACTS, *again
    )


@pytest.mark.parametrize(("before", "kinds"), [(186_000, True), (204_000, False)])
def test_a_word_is_told_where_no_usual_revision_would_make_it_so(before: int, kinds: bool) -> None:
    facts = [fact("offences.sexual", value, year) for year, value in ((2023, before), (2024, 204_871))]
    late = published(*facts, *(fact | {"release": "second"} for fact in facts), out=datetime.date(2030, 1, 1))
    told = remarks(scanned(f"Sexual offences recorded by the police fell {IN_2024}.", beside=late))
    assert [remark.to_look_at for remark in told] == [kinds]


def test_the_remark_says_both_figures_and_where_they_stand() -> None:
    [remark] = [one for one in remarks(scanned(f"Sexual offences fell {IN_2024}.", *FACTS)) if one.to_look_at]
    assert (
        "went up: from 186,000 in synthetic@first" in remark.words and "to 204,871 in synthetic@first" in remark.words
    )


def test_a_year_beyond_a_break_does_not_outdo_another() -> None:
    text = f"Sexual offences were at their highest level {IN_2024}."
    broken = published(*FACTS, breaks=[BREAK | {"breaks_change": True, "direction": "up", "row_id": "r"}])
    assert not [remark for remark in remarks(scanned(text, beside=broken)) if remark.to_look_at]


def test_a_change_that_several_tables_print_is_told_where_none_of_them_gives_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(
        SERIES, "offences.by_force", ("sexual_offences", "offences", "Sexual offences, by police force area.")
    )
    facts = [fact("offences.by_force", value + 60, year) for year, value in YEARS.items()] + FACTS
    text = f"Sexual offences were up {{}}% {IN_2024}."
    assert told(text.format(21), *facts) == ["21%"]
    assert not told(text.format(10), *facts)
