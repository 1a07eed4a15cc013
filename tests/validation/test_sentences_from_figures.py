"""Sentences made from published figures: a right number is never told as wrong, one under another year or place never as held.

The words are the tests' own, the figures those of the tracked release; which are taken is drawn by seeds that say themselves.
"""

import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from kit import ROOT, Tables

from assets.statement.quoted.matched import HeldFigure
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.scan.scan import remarks, scan
from assets.statement.text.texts import Text
from assets.tables.records import records

sys.path.insert(0, str(ROOT / "tests" / "unit" / "statement"))
from claims_kit import NEAR
from figures_kit import published_of

MADE = 40  # sentences of each form
LEAST = 1_000  # smaller counts are not printed so that they tell a figure
OFFENCES = {
    "prc.pfa.sexual_offences": "sexual offences",
    "prc.pfa.stalking_and_harassment": "stalking and harassment offences",
}
YEARS = (
    "in the year ending {month} {year}", "in the 12 months to {month} {year}",
    "in the twelve months up to the end of {month} {year}", "in the year to {month} {year}",
)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """A count of a force in a year."""

    force: str
    what: str
    end: Any
    number: int

    def when(self, form: str, later: int = 0) -> str:
        return form.format(month=f"{self.end:%B}", year=self.end.year + later)


@pytest.fixture(scope="module")
def published(tables: Tables) -> PublishedFigures:
    return published_of(tables)


@pytest.fixture(scope="module")
def counts(tables: Tables, published: PublishedFigures) -> list[Counted]:
    rows = records(tables["recorded.force_count"])
    return [
        Counted(published.name(row["area_code"]), OFFENCES[row["series"]], row["period_end"], int(row["value"]))
        for row in rows
        if row["series"] in OFFENCES and row["area_code"].startswith(("E23", "W15")) and (row["value"] or 0) >= LEAST
        and row["period_type"] == "year" and row["doubt"] is None
    ]  # fmt: skip


def told(published: PublishedFigures, text: str) -> dict[str, str]:
    """Number as printed -> held, or else what is said of it."""
    looked = scan(Text("synthetic", tuple(text.split("\n"))), None, NEAR, published)
    return {
        mention.text: "held" if figure.same else figure.otherwise or "near"
        for mention in looked.mentions
        if isinstance(figure := looked.held.get((mention.block, mention.start)), HeldFigure)
    }


def drawn(counts: list[Counted], seed: str) -> Iterator[tuple[random.Random, Counted]]:
    chosen = random.Random(seed)
    return ((chosen, chosen.choice(counts)) for _ in range(MADE))


ALONE = (
    "{force} recorded {number:,} {what} {when}.",
    "{number:,} {what} were recorded by police in {force} {when}.",
    "Figures from the Office for National Statistics show there were {number:,} {what} in {force} {when}.",
)


@pytest.mark.parametrize("form", ALONE)
def test_a_number_alone_is_held_in_its_year_and_in_no_other(
    form: str, published: PublishedFigures, counts: list[Counted]
) -> None:
    held = 0
    for chosen, count in drawn(counts, form):
        when = chosen.choice(YEARS)
        words = {"force": count.force, "number": count.number, "what": count.what}
        right = told(published, form.format(when=count.when(when), **words))
        assert set(right.values()) <= {"held"}, (form, count, right)
        held += bool(right)
        sentence = form.format(when=count.when(when, later=1), **words)
        assert "held" not in told(published, sentence).values(), sentence
    assert held >= 0.95 * MADE, "a figure that is published is found by the words for it"


TOGETHER = (
    "{a} ({x:,}) and {b} ({y:,}) recorded {what} {when}.",
    "{a} recorded {x:,} {what} {when}, compared with {y:,} in {b}.",
    "There were {x:,} {what} in {a} and {y:,} in {b} {when}.",
    "{when}: {a} {x:,} {what}; {b} {y:,}.",
)


@pytest.mark.parametrize("form", TOGETHER)
def test_the_numbers_of_two_places_are_held_and_exchanged_they_are_not(
    form: str, published: PublishedFigures, counts: list[Counted]
) -> None:
    for chosen, count in drawn(counts, form):
        beside = [
            other
            for other in counts
            if (other.what, other.end) == (count.what, count.end) and other.number != count.number
        ]
        if not beside:
            continue
        other = chosen.choice(beside)
        words = {"a": count.force, "b": other.force, "what": count.what, "when": count.when(chosen.choice(YEARS))}
        right = told(published, form.format(x=count.number, y=other.number, **words))
        assert set(right.values()) == {"held"}, (form, count, other, right)
        sentence = form.format(x=other.number, y=count.number, **words)
        assert "held" not in told(published, sentence).values(), sentence


CARRIED = (
    "Crime in {force}\n{When}\nThere were {number:,} {what}.",
    "{force} Police speak of the figures {when}.\nThe number of {what} was {number:,}.",
)


@pytest.mark.parametrize("form", CARRIED)
def test_a_number_is_of_the_place_and_year_named_last_and_one_digit_changed_it_is_not(
    form: str, published: PublishedFigures, counts: list[Counted]
) -> None:
    for chosen, count in drawn(counts, form):
        when = count.when(chosen.choice(YEARS))
        words = {"force": count.force, "what": count.what, "when": when, "When": when.capitalize()}
        right = told(published, form.format(number=count.number, **words))
        assert set(right.values()) == {"held"}, (form, count, right)
        digits = [*str(count.number)]
        place = chosen.randrange(len(digits))
        digits[place] = chosen.choice([digit for digit in "123456789" if digit != digits[place]])
        sentence = form.format(number=int("".join(digits)), **words)
        assert set(told(published, sentence).values()) - {"held"}, sentence


def test_a_change_in_a_document_of_a_place_is_not_that_of_the_whole(
    published: PublishedFigures, tables: Tables
) -> None:
    ends = {
        row["period_end"].year: row["value"]
        for row in records(tables["recorded.offence_count"])
        if row["series"] == "prc.a5a.sexual_offences" and row["period_end"].month == 3
    }
    told_of = {"England and Wales": 0, "Atlantis": 0}
    for year, place in itertools.product(ends.keys() & {end + 1 for end in ends}, told_of):
        change = 10 + 2 * abs(100 * (ends[year] / ends[year - 1] - 1))
        text = (
            f"Crime in {place}\nSexual offences rose by {change:.0f}% between the year ending March {year - 1} and the year "
            f"ending March {year}."
        )
        looked = scan(Text("synthetic", tuple(text.split("\n"))), None, NEAR, published)
        told_of[place] += sum(remark.to_look_at for remark in remarks(looked))
    assert told_of["England and Wales"] > told_of["Atlantis"] == 0


RATED = (
    "There were {x} incidents of domestic violence per {of:,} adults {when}, the survey estimates.",
    "The rate of domestic violence {when} was {x} incidents per {of:,} adults.",
)


@pytest.mark.parametrize("form", RATED)
def test_a_rate_is_that_of_so_many_others_and_another_rate_is_not(
    form: str, published: PublishedFigures, tables: Tables
) -> None:
    rates = [
        row
        for row in records(tables["survey.estimate"])
        if row["series"] == "csew.domestic_violence.face_to_face.16+.incidence_rate" and row["obs_status"] == "normal"
    ]
    chosen = random.Random(form)
    for row, of in itertools.product(rates, (1_000, 10_000, 100_000)):
        when = chosen.choice(YEARS).format(month=f"{row['period_end']:%B}", year=row["period_end"].year)
        sentence = form.format(x=f"{row['value'] * of / 1_000:,.1f}", of=of, when=when)
        assert set(told(published, sentence).values()) == {"held"}, sentence
        sentence = form.format(x=f"{row['value'] * of / 1_000 * 1.5:,.1f}", of=of, when=when)
        assert set(told(published, sentence).values()) - {"held"}, sentence


ASKED = {"domestic_abuse": "domestic abuse", "partner_abuse": "partner abuse", "sexual_assault": "sexual assault"}
PEOPLE = {"female": "women", "male": "men", "all": "people"}
AGED = (
    "{x:.1f}% of {who} aged {low} {high} experienced {what} {when}.",
    "The prevalence of {what} among {who} aged {low} {high} {when} was {x:.1f}%.",
    "Among {who} aged {low} {high}, {x:.1f}% had experienced {what} {when}.",
)


@pytest.mark.parametrize("form", AGED)
def test_a_share_of_people_of_an_age_is_not_that_of_another_age(
    form: str, published: PublishedFigures, tables: Tables
) -> None:
    held = 0
    for row in records(tables["survey.estimate"]):
        _, topic, *_, measure = row["series"].split(".")
        if topic not in ASKED or measure != "prevalence" or row["obs_status"] != "normal" or row["characteristic"]:
            continue
        when = f"in the year ending March {row['period_end'].year}"
        words = {"who": PEOPLE[row["sex"]], "what": ASKED[topic], "when": when, "x": row["value"]}
        for low, high, age in (
            (16, "to 59", "16-59"),
            (16, "to 74", "16-74"),
            (16, "and over", "16+"),
            (16, "to 24", "16-24"),
        ):
            sentence = form.format(low=low, high=high, **words)
            found = told(published, sentence)
            if age == row["age"]:
                assert set(found.values()) <= {"held"}, sentence
                held += bool(found)
            else:
                looked = scan(Text("synthetic", (sentence,)), None, NEAR, published).held.values()
                assert all(not fact.same or fact.row["age"] == age for fact in looked), sentence
    assert held > 100


SYSTEMS = (
    ("victims", "{x:,.0f} people were victims of domestic violence {when}."),
    ("incidents", "There were {x:,.0f} incidents of domestic violence against adults {when}, the survey estimates."),
    ("recorded", "Police recorded {x:,.0f} domestic violence offences {when}."),
)


@pytest.mark.parametrize(("unit", "form"), SYSTEMS)
def test_an_estimate_is_held_of_what_the_survey_counts_so_and_of_nothing_else(
    unit: str, form: str, published: PublishedFigures, tables: Tables
) -> None:
    held = 0
    for row in records(tables["survey.estimate"]):
        series, measure = row["series"].rsplit(".", 1)
        if series != "csew.domestic_violence.face_to_face.16+" or measure not in ("victims", "incidents"):
            continue
        when = random.Random(form).choice(YEARS).format(month=f"{row['period_end']:%B}", year=row["period_end"].year)
        found = told(published, form.format(x=row["value"], when=when))
        assert set(found.values()) <= {"held"} if measure == unit else "held" not in found.values(), (row, found)
        held += "held" in found.values()
    assert held or unit == "recorded"
