"""In what a figure is another one than the words beside a number say, though it is that number."""

import re

from assets.reconciled.ground.vintage import left_out
from assets.statement.quoted.facts import AREA, PERIOD, SUBJECT, UNIT
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure, print_of
from assets.statement.quoted.quantities import INCIDENTS, PERSONS, is_of_other_system
from assets.statement.quoted.sought import Sought, is_worked_out
from assets.statement.text.mentions import Mention
from schemas.codes import ENGLAND_AND_WALES

NAMED_BEHIND = 4  # so many words behind a number name what it counts
WHOLE = re.compile(r"\b(?:nation\w*|country|england|wales|total|all forces|forces)\b")


def otherwise(passage: Passage, mention: Mention, number: Sought, figure: PublishedFigure) -> str:
    """The first thing in which a figure that a number is differs from its words; empty where in none."""
    published, sentence, (table, row) = passage.published, passage.sentence, figure
    said = number.said(row)
    if passage.own_periods(mention) and (said is None or (number.dated and not said)):
        return PERIOD
    since, until = sentence.beside(mention)
    where = published.without_areas(since + until.split(",")[0], left_out(row))
    if row["area_code"] == ENGLAND_AND_WALES and published.printed_areas(where) and not WHOLE.search(where.casefold()):
        return AREA
    if is_worked_out(number.per, row["unit"]) and number.printed.meets(print_of(row)):
        return UNIT
    clause = sentence.clause(mention)
    behind = re.findall("[a-z]+", sentence.around(mention)[1])[:NAMED_BEHIND]
    other = is_of_other_system(table, row["unit"], re.findall("[a-z]+", clause), passage.words)
    if other or (row["unit"] in PERSONS and INCIDENTS in behind):
        return UNIT
    return SUBJECT if number.full and published.topics.elsewhere(row["series"], clause) else ""
