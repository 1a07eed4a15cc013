"""The numbers of a table among the figures that are held: each as the sentence that its row would be.

What stands beside it, above it, and before the table says what a number is. One that is not found so, while all others of its
row or column that are found count one thing, should be that at the area and period of its own line.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from assets.archive.reading.periods import named, year_before
from assets.methods.rounding import Near
from assets.statement.quoted.changes_of_figures import YEAR_ON_YEAR, Ends, change_of
from assets.statement.quoted.facts import Changed, Fact, HeldFigure, held
from assets.statement.quoted.matched import held_figures
from assets.statement.quoted.misquoted import with_others
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.places import joined
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.sought import YEAR_BEFORE
from assets.statement.quoted.vouched import vouched
from assets.statement.text.base_periods import bare_month
from assets.statement.text.grid import GridNumber, Table, grid
from assets.statement.text.mentions import mentions_of
from assets.statement.text.sentence import Sentence, sentences
from assets.statement.text.tabled import OTHER_KIND

# So many others of its line must be found.
MATES = 2
WHOLE = 100  # percent
NO_HEAD = "no words beside or above it say which of the things and periods it is of that are named before the table"
# What a head says of all numbers below it, and what it makes of each.
_UNITS = (
    (re.compile(r"%|\bper ?cent(?:ages?)?\b|\bshares?\b|\bproportions?\b", re.IGNORECASE), "%"),
    (re.compile(r"\bthousands\b|(?<![\d,])0{3}s?\b", re.IGNORECASE), " thousand"),
)
# What stands just before a table says so of all its numbers that are not said to be another kind.
_IN_THOUSANDS = re.compile(r"\bthousands\b(?! of)|\b0{3}s\b", re.IGNORECASE)
_IN_PERCENT = re.compile(
    r"^(?!.*\b(?:numbers?|counts?|rates?|change)\b).*(?:%|\b(?:per ?cent(?:ages?)?|prevalence|proportions?)\b)",
    re.IGNORECASE | re.DOTALL,
)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_CHANGE = re.compile(r"\bchange\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:](?=\s)")
PassageOf = Callable[[Sentence, str], Passage]
Place = tuple[int, int]  # row and column of a number, or its block and where it begins


@dataclass(frozen=True)
class TableNumber:
    """A number of a table, and the words beside and above it."""

    number: GridNumber
    label: str
    head: str

    @property
    def words(self) -> str:
        """Both, as the beginning of a sentence."""
        return ", ".join(_ENDS.sub(",", words) for words in (self.label, self.head) if words)

    @property
    def of_year_before(self) -> bool:
        """Do they say that it is of the year before? That of others of its line it is not."""
        return bool(YEAR_BEFORE.search(self.words.casefold()))


def of_table(
    table: Table, caption: str, near: Near, published: PublishedFigures, passage_of: PassageOf
) -> dict[Place, Fact | None]:
    """The numbers of a table by block and where they begin, with the figure that each is, or stands in the place of.

    caption: what stands just before it; passage_of: a sentence after all that was said before the table; its words that say what
    it is about, and where
    """
    unit = " thousand" if _IN_THOUSANDS.search(caption) else "%" if _IN_PERCENT.match(caption) else ""
    read, month = grid(table), bare_month(caption)
    numbers_told = {
        (at, column): TableNumber(number, *(_dated(words, month) for words in (label, read.heads.get(column, ""))))
        for at, (row, label) in enumerate(zip(read.rows, read.labels, strict=True))
        for column, number in row.items()
    }
    looked_up = {
        place: fact for place, cell in numbers_told.items() for fact in _looked_up(cell, unit, near, passage_of)
    }
    rows, columns = defaultdict[int, list[HeldFigure]](list), defaultdict[int, list[HeldFigure]](list)
    for (at, column), mate in looked_up.items():
        if mate.same and not numbers_told[at, column].of_year_before:
            rows[at].append(mate)
            columns[column].append(mate)
    facts: dict[Place, Fact] = {**looked_up}
    facts |= {
        (at, column): fact
        for (at, column), cell in numbers_told.items()
        if (at, column) not in facts and (fact := _in_its_place(cell, rows[at], columns[column], published))
    }
    facts |= {
        (at, column): change
        for (at, column), cell in numbers_told.items()
        if (at, column) not in facts and _CHANGE.search(cell.words) and (ends := _of_row(cell, rows[at]))
        for change in _changed(cell, *ends, near, passage_of)
    }
    return {cell.number.cell.place: facts.get(place) for place, cell in numbers_told.items()}


def _dated(words: str, month: int | None) -> str:
    """What stands beside or above a number; of a bare year what the words before the table say of all: "year ending March"."""
    bare = month and _BARE_YEAR.fullmatch(words.strip())
    return f"year ending {calendar.month_name[month]} {words}" if month and bare else words


def _looked_up(printed: TableNumber, of_all: str, near: Near, passage_of: PassageOf) -> Iterator[HeldFigure]:
    """of_all: the unit that all numbers of the table have whose own words say none"""
    words, number = printed.words, printed.number.cell.text
    said = [(pattern, unit) for pattern, unit in _UNITS if pattern.search(words)]
    if "%" not in number:
        for pattern, unit in said[:1]:
            words, number = pattern.sub(" ", words), number + unit
        if not said and not OTHER_KIND.search(words.casefold()) and (of_all != "%" or printed.number.value <= WHOLE):
            number += of_all
    text = f"{words}: {number}"
    for sentence in sentences(text, [*mentions_of(text, printed.number.cell.block)], near):
        passage = replace(passage_of(sentence, words), before=None)
        told = vouched(passage, with_others(passage, dict(held_figures(passage)), {}, slips=True))
        open_ = len({*passage.periods}) > 1 and not passage.own_periods()
        for mention, fact in told:
            if mention.start > len(words):
                unsure = open_ or (not printed.head and passage.carried and _is_one_of_several(passage, fact))
                yield replace(fact, untold=NO_HEAD) if unsure and not fact.untold else fact


def _of_row(printed: TableNumber, of_row: Sequence[HeldFigure]) -> tuple[PublishedFigure, Ends] | None:
    """The figure of a row that a change of it is of, and its two years: those that the row has, or the head names the first."""
    figures = sorted((fact.figure for fact in of_row if fact.agrees), key=lambda figure: figure.row["period_end"])
    spans = [figure.period for figure in figures]
    if len({(figure.row["series"], figure.row["area_code"], figure.row["sex"]) for figure in figures}) != 1:
        return None
    if YEAR_ON_YEAR.search(printed.words.casefold()):
        return figures[-1], (year_before(spans[-1]), spans[-1])
    return (figures[1], (spans[0], spans[1])) if len({*spans}) == 2 == len(spans) else None


def _changed(
    printed: TableNumber, figure: PublishedFigure, ends: Ends, near: Near, passage_of: PassageOf
) -> Iterator[Changed]:
    """A number of a table in per cent as the change of a figure between two years."""
    number = printed.number.cell.text
    if "%" not in f"{printed.words}{number}":
        return
    text = f"change: {number}{'' if '%' in number else '%'}"
    for sentence in sentences(text, [*mentions_of(text, printed.number.cell.block)], near):
        passage = passage_of(sentence, printed.words)
        for mention in sentence.figures:
            change = change_of(passage, mention, figure, ends)
            if change and change.same:
                yield change
            elif change:
                yield from (fact for _, fact in vouched(passage, {mention: change}))


def _is_one_of_several(passage: Passage, fact: HeldFigure) -> bool:
    """Does what was said before a table name other things, too?"""
    topics, series = passage.published.topics, fact.row["series"]
    return bool(topics.besides(series, passage.topic) - topics.told(series))


def _in_its_place(
    printed: TableNumber, of_row: Sequence[HeldFigure], of_column: Sequence[HeldFigure], published: PublishedFigures
) -> HeldFigure | None:
    """The figure that a row or column has where a number of it is another one, by what the others of it are."""
    if OTHER_KIND.search(printed.words.casefold()) or printed.of_year_before or joined(published, printed.words):
        return None  # "Essex and Kent": of neither
    for mates, own in ((of_row, printed.head), (of_column, printed.label)):
        figures = sorted((fact.figure for fact in mates), key=published.place)
        counted = {(published.topics.counted(each.row["series"]), each.row["sex"], each.row["age"]) for each in figures}
        if len(mates) < MATES or len(counted) > 1:
            continue
        area, period = published.area(own.casefold()), {(years.start, years.end) for years in named(own)}
        areas = area or [*{figure.row["area_code"] for figure in figures}]
        spans = period or {figure.span for figure in figures}
        if (area or period) and len({published.name(code) for code in areas}) == len(spans) == 1:
            [span] = spans
            for figure, code in product(figures, areas):
                there = PublishedFigure(figure.table, {**figure.row, "area_code": code})
                if vintages := published.vintages(there, span):
                    newest = max(vintages, key=published.rank)
                    same = printed.number.low <= newest.row["value"] <= printed.number.high
                    return held(published, newest, same=same)
    return None
