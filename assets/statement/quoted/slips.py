"""Of which figures a number that is near them may be a slip: of none of another place, year or system than its words name."""

import re
from collections.abc import Callable, Collection

from assets.reconciled.ground.vintage import left_out
from assets.statement.quoted.published_figures import PER_CENT, PublishedFigures
from assets.statement.quoted.quantities import BOTH, may_count, where
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence
from assets.tables.records import Record
from schemas.codes import ENGLAND_AND_WALES

MayBe = Callable[[Record], bool]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Slips:
    """What the numbers of a sentence may be slips for.

    text: of the sentence, with its dates; within: see `quantities.where`
    """

    def __init__(
        self, published: PublishedFigures, sentence: Sentence, text: str, within: Collection[str] | None
    ) -> None:
        self._published, self._sentence, self._text = published, sentence, text
        self._beside = frozenset(re.findall("[a-z]+", sentence.bare))
        self._places = {*(published.areas(text.casefold()) if within is None else within)}
        if BOTH in text:
            self._places.add(ENGLAND_AND_WALES)

    def may_be(self, mention: Mention, row: Record) -> bool:
        """May a number that is near a figure be a slip for it?"""
        begin, end = self._sentence.reach(mention)
        years = {int(year) for year in _YEAR.findall(self._text[begin:end])}
        # "In 2023/24, from 188,663 the year before": the year that is named may be the next one.
        if years and not any(row["period_start"].year <= year <= row["period_end"].year + 1 for year in years):
            return False
        return self._is_there(row) and (row["unit"] == PER_CENT or may_count(row, self._beside))

    def _is_there(self, row: Record) -> bool:
        # "Excluding Devon and Cornwall" names no place that a number is of.
        rest = self._published.without_areas(self._text, left_out(row))
        if rest == self._text:
            return row["area_code"] in self._places
        return row["area_code"] in (where(self._published, rest) or ())
