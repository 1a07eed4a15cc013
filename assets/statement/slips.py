"""Of which figures a number that is near them may be a slip: of none of another place, year or system than its words name."""

import re
from collections.abc import Callable, Collection

from assets.reconciled.ground.vintage import left_out
from assets.statement.mentions import Mention
from assets.statement.named import BOTH, may_count, where
from assets.statement.published_figures import PER_CENT, PublishedFigures
from assets.statement.sentence import Sentence
from assets.tables.records import Record
from schemas.codes import ENGLAND_AND_WALES

MayBe = Callable[[Record], bool]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def may_be_a_slip(
    published: PublishedFigures, sentence: Sentence, mention: Mention, text: str, within: Collection[str] | None
) -> MayBe:
    """text: of the sentence, with its dates; within: see `named.where`"""
    begin, end = sentence.reach(mention)
    years = {int(year) for year in _YEAR.findall(text[begin:end])}
    beside = frozenset(re.findall("[a-z]+", sentence.bare))
    places = {*(published.areas(text.casefold()) if within is None else within)}
    if BOTH in text:
        places.add(ENGLAND_AND_WALES)

    def is_there(row: Record) -> bool:
        rest = text
        for code in left_out(row):  # "excluding Devon and Cornwall" names no place that a number is of
            rest = rest.replace(published.name(code), " ")
        return row["area_code"] in (places if rest == text else (where(published, rest, elsewhere=False) or ()))

    def may_be(row: Record) -> bool:
        if not is_there(row):
            return False
        # "In 2023/24, from 188,663 the year before": the year that is named may be the next one.
        if years and not any(row["period_start"].year <= year <= row["period_end"].year + 1 for year in years):
            return False
        return row["unit"] == PER_CENT or may_count(row, beside)

    return may_be
