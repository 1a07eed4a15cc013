"""In what a figure is another one than the words beside a number say, though it is that number."""

import re

from assets.reconciled.ground.vintage import left_out
from assets.statement.quoted.published_figures import PublishedFigures, print_of
from assets.statement.quoted.quantities import INCIDENTS, PERSONS, is_of_other_system
from assets.statement.quoted.sought import Sought, is_worked_out
from assets.statement.text.base_periods import own_periods
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, around
from assets.tables.records import Record
from schemas.codes import ENGLAND_AND_WALES

PERIOD, AREA, UNIT, SUBJECT, PEOPLE = OTHERWISE = ("period", "area", "unit", "subject", "people")
NAMED_BEHIND = 4  # so many words behind a number name what it counts
APART = re.compile("[,;]")
WHOLE = re.compile(r"\b(?:nation\w*|country|england|wales|total|all forces|forces)\b")


def otherwise(
    published: PublishedFigures,
    sentence: Sentence,
    mention: Mention,
    text: str,
    number: Sought,
    table: str,
    row: Record,
) -> str:
    """The first of `OTHERWISE` in which a figure that a number is differs from its words; empty where in none.

    text: of the sentence, as it is printed
    """
    said = number.said(row)
    if own_periods(text, mention.start - sentence.start) and (said is None or (number.dated and not said)):
        return PERIOD
    begin, end = sentence.reach(mention)
    where = text[begin : mention.start - sentence.start] + text[mention.end - sentence.start : end].split(",")[0]
    where = published.without_areas(where, left_out(row))
    if row["area_code"] == ENGLAND_AND_WALES and published.printed_areas(where) and not WHOLE.search(where.casefold()):
        return AREA
    if is_worked_out(number.per, row["unit"]) and number.printed.meets(print_of(row)):
        return UNIT
    own, whole = (re.findall("[a-z]+", words) for words in (clause(sentence, mention), sentence.bare))
    behind = re.findall("[a-z]+", around(sentence, mention)[1])[:NAMED_BEHIND]
    if is_of_other_system(table, row["unit"], own, whole) or (row["unit"] in PERSONS and INCIDENTS in behind):
        return UNIT
    if number.full and published.topics.elsewhere(row["series"], clause(sentence, mention)):
        return SUBJECT
    return ""


def clause(sentence: Sentence, mention: Mention) -> str:
    """The words that a number has for itself beside others: since the last number or comma, up to the next."""
    since, until = around(sentence, mention)
    return f"{APART.split(since)[-1]} {APART.split(until)[0]}"
