"""A text looked up among the figures that are held, from its beginning to its end: what a sentence says goes for the next."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assets.archive.reading.periods import Period, named
from assets.methods.rounding import Near
from assets.statement.quoted.changes_of_figures import changes_of_figures, shares_of_figures
from assets.statement.quoted.compared import compared_groups, outdone_forces
from assets.statement.quoted.directions import moved
from assets.statement.quoted.facts import SUBJECT, Changed, Fact, HeldFigure
from assets.statement.quoted.matched import held_figures
from assets.statement.quoted.misattributed import A_YEAR, exchanged
from assets.statement.quoted.misquoted import with_others
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.places import Areas, place_after, where
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.quoted.quantities import Named
from assets.statement.quoted.rates_of_figures import rates_of_figures
from assets.statement.quoted.sought import ages
from assets.statement.quoted.sums_of_figures import sums_of_figures
from assets.statement.quoted.table_figures import of_table
from assets.statement.quoted.vouched import Place, by_release, vouched
from assets.statement.text.base_periods import bare_month, bare_years, own_periods
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, Worked, counts
from assets.statement.text.texts import Text
from schemas.codes import ALL_VAWG

_NUMBER_BEFORE = re.compile(r"(?<![\d,.])(?<!(?:19|20)\d\d[-–/])(?!(?:19|20)\d\d\s)\d+(?:,\d{3})*(?:\.\d+)?%?\s+$")
_NUMBER_BEHIND = re.compile(r"\s+[-+−–£]?(?!(?:19|20)\d\d\b)\d")
IN_A_ROW = "it stands in a row of numbers, and nothing says what each of them is"


def in_a_row(mention: Mention, text: str) -> bool:
    """Does another number that is no year stand before or behind a number of a block, with nothing between them?"""
    return bool(_NUMBER_BEFORE.search(text[: mention.start]) or _NUMBER_BEHIND.match(text[mention.end :]))


class LookingUp:
    """found: what the numbers so far are; beside: the numbers of the sentence of each."""

    def __init__(self, text: Text, near: Near, published: PublishedFigures) -> None:
        self._near, self._published = near, published
        self._periods: Sequence[Period] = ()
        self._topic = self._aged = frozenset[str]()
        self._place: Areas = ()
        self._local: Areas = ()
        self._said: Named | None = None
        self._flag = ""
        self._last: HeldFigure | None = None
        self._headed, self._ended = False, True
        self._text = text
        self._tables = {min(cell.block for row in table for cell in row): table for table in text.tables}
        self._cells = set[Place]()
        self.beside: dict[Place, frozenset[Place]] = {}
        self.found: dict[Place, Fact] = {}

    def block(
        self, number: int, text: str, of: Sequence[Sentence], compared: Sequence[Mention], worked: Mapping[int, Worked]
    ) -> None:
        """The next block. of: its sentences; compared: its comparative words; worked: what is worked out of a figure, by where it
        begins
        """
        if table := self._tables.get(number):
            caption = self._text.blocks[number - 2] if number > 1 else ""
            cells = of_table(table, caption, self._near, self._published, self._passage)
            self._cells |= cells.keys()
            self.found |= {place: fact for place, fact in cells.items() if fact}
        if self._ended:  # what a heading says goes for the text below it, what a paragraph says for itself
            self._said = None
        self._ended = text.rstrip().endswith((".", ":", "!", "?"))
        heading = not self._ended and not any(part.figures for part in of)
        self._aged = ages(text.casefold()) if heading else self._aged
        if heading and not self._headed:
            self._place = self._local  # it is of no place above it, but of that of a heading just above
        for sentence in of:
            places = frozenset(mention.place for mention in sentence.figures)
            self.beside |= dict.fromkeys(places, places)
            for mention, fact in self._of_sentence(sentence, compared, worked):
                if mention.place not in self._cells:
                    self.found[mention.place] = replace(fact, untold=IN_A_ROW) if in_a_row(mention, text) else fact
        self._headed = heading and self._place != () and not self._headed
        self._local = self._place if number == 1 else self._local  # what begins with a place is of it

    def facts(self) -> Mapping[Place, Fact]:
        """All that was found, each in the light of the others."""
        return self.found | dict(by_release(self._published, self.found))

    def is_published(self, mention: Mention) -> bool:
        """Is a number held, and are all others of its sentence?"""
        beside = self.beside.get(mention.place, ())
        return bool(beside) and all((fact := self.found.get(place)) and fact.agrees for place in beside)

    def of_several_threats(self, mention: Mention) -> bool:
        """Are the numbers of a number's sentence those of several threats, which overlap?"""
        beside = (self.found.get(place) for place in self.beside.get(mention.place, ()))
        threats = {fact.figure.row.get("threat") for fact in beside if isinstance(fact, HeldFigure) and fact.same}
        return len(threats - {None, ALL_VAWG}) > 1

    def _passage(self, sentence: Sentence, words: str) -> Passage:
        """A sentence after all that was said so far. words: that say what it is about, and where"""
        topic = self._published.topics.said(words, self._topic)
        carried = topic != self._published.topics.said(words)
        areas = where(self._published, words, self._place)
        periods, before, year = self._periods, self._said, None
        if (month := bare_month(sentence.printed)) and not own_periods(sentence.printed):
            year = self._years.get(month)
            periods, before = ([year], before) if year else ((), None)
        said_before = before, self._aged, year, self._flag, self._only
        return Passage(self._published, sentence, periods, topic, carried, areas, *said_before)

    @cached_property
    def _only(self) -> Period | None:
        years = {period for block in self._text.blocks for period in named(block) if period.months == A_YEAR}
        return years.pop() if len(years) == 1 else None

    @cached_property
    def _years(self) -> Mapping[int, Period]:
        return bare_years(self._text.blocks)

    def _of_sentence(
        self, sentence: Sentence, compared: Sequence[Mention], worked: Mapping[int, Worked]
    ) -> Iterator[tuple[Mention, Fact]]:
        passage = self._passage(sentence, sentence.printed)
        facts = with_others(passage, dict(held_figures(passage)), worked)
        for mention, unlike, sure in [*exchanged(self._published, sentence, facts)]:
            other = {"same": False, "otherwise": unlike} if sure else {"untold": f"it stands with another {unlike}"}
            facts[mention] = replace(facts[mention], **other)
        end = sentence.start + len(sentence.printed)
        inside = [number for number in compared if sentence.start <= number.start < end]
        by_years: dict[Mention, Fact] = dict(moved(passage, facts, inside))
        by_years |= dict(changes_of_figures(passage, facts, self._last))
        by_years |= dict(shares_of_figures(passage, facts))
        by_years |= dict(sums_of_figures(passage, facts))
        by_years |= dict(
            rates_of_figures(passage, {*worked, *(number.start for number in facts if facts[number].same)})
        )
        changes = {
            number: change
            for number, change in by_years.items()
            if number.start not in worked or _is_of(sentence, worked[number.start], change)
        }
        shares = [change for change in changes.values() if isinstance(change, Changed) and change.of_whole]
        of_shares = {figure.quantity for share in shares for figure in share.figures}
        for mention, fact in facts.items():
            # "34% of all sexual offences (71,581)": behind the whole the part may be told.
            bracketed = sentence.around(mention)[0].rstrip(" *_").endswith("(")
            if bracketed and fact.otherwise == SUBJECT and fact.figure.quantity in of_shares:
                facts[mention] = replace(fact, same=True, otherwise="")
        surely = dict(vouched(passage, {**facts, **changes}))
        yield from surely.items()
        yield from compared_groups(passage, surely, inside)
        yield from outdone_forces(passage, surely, inside)
        told = [fact for fact in facts.values() if fact.same]
        self._flag = self._published.topics.flag(str(told[-1].row["series"])) if told else self._flag
        numbers = [number for number in sentence.figures if counts(number)]
        self._last = facts.get(numbers[0]) if len(numbers) == 1 else None
        self._topic, self._said = passage.topic, passage.said()
        self._place = place_after(self._published, sentence.printed, self._place)
        year = [passage.year] if passage.year else []
        self._periods = passage.own_periods() or year or self._periods  # one that names no period is of that named last


def _is_of(sentence: Sentence, worked: Worked, change: Fact) -> bool:
    """Are the figures that a change is worked out of those that are held, and is it theirs?"""
    printed = [value for number in worked.of for value in sentence.values(number)]
    return change.same and all(any(value.meets(figure.print) for figure in change.figures) for value in printed)
