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
from kit import ROOT, VALIDATE, Tables

from assets.statement.quoted.facts import HeldFigure
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.scan.scan import scan
from assets.statement.scan.verdicts import remarks
from assets.statement.text.texts import Text
from assets.tables.records import records

sys.path.insert(0, str(ROOT / "tests" / "unit" / "statement"))
from claims_kit import NEAR
from figures_kit import looked_up, published_of, scanned

pytestmark = pytest.mark.long

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
    return {
        printed: "held" if figure.same else figure.otherwise or "near"
        for printed, figure in looked_up(text, beside=published)
        if isinstance(figure, HeldFigure)
    }


def remarked(published: PublishedFigures, text: str) -> bool:
    """Is anything of a text to be looked at?"""
    return any(remark.to_look_at for remark in remarks(scanned(text, beside=published)))


def drawn_with_before(counts: list[Counted], seed: str) -> Iterator[tuple[Counted, int]]:
    """Counts of which that of the year before is held, and that."""
    by_year = {(count.force, count.what, f"{count.end:%Y-%m}"): count.number for count in counts}
    for _, count in drawn(counts, seed):
        if old := by_year.get((count.force, count.what, f"{count.end.year - 1}-{count.end:%m}")):
            yield count, old


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
        told_of[place] += sum(remark.to_look_at for remark in remarks(scanned(text, beside=published)))
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
    held, part = 0, 1 if VALIDATE else len(AGED)
    for row in records(tables["survey.estimate"])[AGED.index(form) % part :: part]:
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
                looked = scanned(sentence, beside=published).held.values()
                assert all(not fact.same or fact.row["age"] == age for fact in looked), sentence
    assert held > 100 / part


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


WENT = (
    "{force} Police recorded {new:,} {what} {when}, {way} from {old:,} in the previous year.",
    "In {force}, {what} have {moved} from {old:,} {before} to {new:,} {when}.",
)


@pytest.mark.parametrize("form", WENT)
def test_a_figure_that_is_up_from_another_is_the_larger_one(
    form: str, published: PublishedFigures, counts: list[Counted]
) -> None:
    for count, old in drawn_with_before(counts, form):
        if old == count.number:
            continue
        words = {
            "force": count.force,
            "what": count.what,
            "old": old,
            "new": count.number,
            "when": count.when(YEARS[0]),
        }
        words |= {"before": count.when(YEARS[0], later=-1)}
        for up in (True, False):
            text = form.format(way="up" if up else "down", moved="risen" if up else "fallen", **words)
            assert remarked(published, text) == (up != (count.number > old)), text


CHANGED = (
    "{What} in {force} {were} {change:.1f}% {when}.",
    "In {force}, {new:,} {what} were recorded {when}. This was {change:.1f}% {than} than in the previous year ({old:,}).",
    "There was a {change:.1f}% {noun} in {what} in {force} {when} compared with the year before.",
)


@pytest.mark.parametrize("form", CHANGED)
def test_a_change_is_told_where_it_is_another_and_never_where_it_is_right(
    form: str, published: PublishedFigures, counts: list[Counted]
) -> None:
    wrong = 0
    for count, old in drawn_with_before(counts, form):
        if abs(change := 100 * (count.number / old - 1)) < 1:
            continue
        words = {
            "force": count.force,
            "what": count.what,
            "What": count.what.capitalize(),
            "old": old,
            "new": count.number,
        }
        said = ("were up", "higher", "rise") if change > 0 else ("were down", "lower", "fall")
        words |= dict(zip(("were", "than", "noun"), said, strict=True))
        for times in (1, 1.7):
            text = form.format(change=abs(change) * times, when=count.when(YEARS[0]), **words)
            assert remarked(published, text) == (times > 1), text
        wrong += 1
    assert wrong


def shares_of_years(tables: Tables) -> Iterator[tuple[str, int, float, float]]:
    """Sex, year, and the share of victims of domestic abuse in it and in the year before, 16 to 59, as it is printed."""
    by_year = {
        (row["sex"], row["period_end"].year): float(row["value"])
        for row in records(tables["survey.estimate"])
        if row["series"] == "csew.domestic_abuse.old.16-59.prevalence" and row["characteristic"] is None
    }
    for (sex, year), share in by_year.items():
        if (sex, year - 1) in by_year:
            yield sex, year, round(share, 1), round(by_year[sex, year - 1], 1)


def test_a_change_in_points_is_worked_out_from_what_is_printed_and_is_none_in_per_cent(
    published: PublishedFigures, tables: Tables
) -> None:
    told_of = {"percentage points": 0, "per cent": 0}
    for (sex, year, new, old), unit in itertools.product(shares_of_years(tables), told_of):
        if abs(new - old) > 0.1:
            text = (
                f"The prevalence of domestic abuse among {PEOPLE[sex]} aged 16 to 59 {'rose' if new > old else 'fell'} by "
                f"{abs(new - old):.1f} {unit} from {old}% in the year ending March {year - 1} to {new}% in the year ending March "
                f"{year}."
            )
            alone = (
                text.split(" from ")[0] + f" between the year ending March {year - 1} and the year ending March {year}."
            )
            for each in (text, alone):
                is_told = remarked(published, each)
                assert unit == "per cent" or not is_told, each
                told_of[unit] += is_told
    assert told_of["per cent"] > 10


LIMITS = (
    "{x}% of {who} aged 16 to 59 (95% CI {low:.1f}% to {high:.1f}%) experienced domestic abuse {when}.",
    "The prevalence of domestic abuse among {who} aged 16 to 59 {when} was {x}% (95% confidence interval: {low:.1f}-{high:.1f}).",
    "{x}% of {who} aged 16 to 59 (CI: {low:.1f}, {high:.1f}) experienced domestic abuse {when}.",
)


@pytest.mark.parametrize("form", LIMITS)
def test_the_limits_of_an_interval_leave_the_estimate_what_it_is(
    form: str, published: PublishedFigures, tables: Tables
) -> None:
    for sex, year, share, _ in shares_of_years(tables):
        for value in (share, round(share * 1.6, 1)):
            words = {"who": PEOPLE[sex], "x": value, "low": value - 0.6, "high": value + 0.6}
            text = form.format(when=f"in the year ending March {year}", **words)
            found = told(published, text)
            assert found.keys() == {f"{value}%"} and ("held" in found.values()) == (value == share), text


def test_a_part_of_a_count_is_the_share_that_it_is(published: PublishedFigures) -> None:
    chosen = random.Random("parts")
    for _ in range(MADE):
        whole, share = chosen.randrange(2_000, 200_000), chosen.randrange(20, 60)
        for shown in (share, share + chosen.choice((-9, 7, 12))):
            text = (
                f"Police recorded {whole:,} sexual offences, of which {whole * share // 100:,} ({shown}%) were rapes."
            )
            [worked] = [
                remark for remark in remarks(scan(Text("synthetic", (text,)), None, NEAR)) if "%" in remark.mention.text
            ]
            assert worked.to_look_at == (shown != share), text
