"""Of which figures a number that is near them may be a slip: of none of another place, year or system than its words name."""

import re

from assets.reconciled.ground.vintage import left_out
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.places import where
from assets.statement.quoted.published_figures import PER_CENT
from assets.statement.quoted.quantities import may_count
from assets.statement.text.mentions import Mention
from assets.tables.records import Record

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def may_be_slip(passage: Passage, mention: Mention, row: Record) -> bool:
    """May a number that is near a figure be a slip for it?"""
    years = {int(year) for year in _YEAR.findall(passage.sentence.own(mention))}
    # "In 2023/24, from 188,663 the year before": the year that is named may be the next one.
    if years and not any(row["period_start"].year <= year <= row["period_end"].year + 1 for year in years):
        return False
    # "Excluding Devon and Cornwall" names no place that a number is of.
    printed = passage.sentence.printed
    rest = passage.published.without_areas(printed, left_out(row))
    places = passage.places if rest == printed else where(passage.published, rest) or ()
    return row["area_code"] in places and (row["unit"] == PER_CENT or may_count(row, passage.words))
