"""Which way a held quantity went, or how it stands among its years, where words that name it exactly say otherwise.

"Fell", "fell by 5%" and "doubled" without a second year are of the year before; "at its highest" is of all years before that are
held, as far back as no break lies between. What the words do not name exactly is left alone: see `quantities.py`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assets.archive.reading.periods import named, year_before
from assets.methods.interval import Interval
from assets.statement.quoted.changes_of_figures import (
    BETWEEN,
    SINCE,
    YEAR_ON_YEAR,
    Ends,
    change_of,
    leads_to,
    period_pairs,
)
from assets.statement.quoted.facts import Changed, HeldFigure, changed
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.quantities import PREVALENCE, Named, may_count
from assets.statement.quoted.sought import sexes
from assets.statement.text.base_periods import other_years
from assets.statement.text.changes import gives_a_change, goes
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, is_share

UP, DOWN = "up", "down"
_EXTREME = re.compile(r"(?P<up>highest|largest)|(?P<down>lowest|smallest)")
# "Its highest level", "the lowest figure on record", and not "highest among women", "the second highest".
_OF_ITS_YEARS = re.compile(
    r"^ (?:ever |annual |recorded |yearly )*"
    r"(?:levels?|numbers?|figures?|totals?|points?|on record|since (?:comparable )?records)\b"
    r"(?! (?:among|for|of (?:any|all)\b))"
)
_RECORDS = re.compile(r"\b(?:since (?:comparable )?records began|on record|ever)\b")
# Words that say with what a quantity is compared, once that is told.
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|between|from|since|on|over|than)(?= (?:the )?years? ending\b)|\byears(?= ending\b)"
)
_COMPARED_NUMBERS = re.compile(r"\bcompared (?:with|to)(?: the)?(?= {2})")  # one was there
_IS_OVER = re.compile(r"\b(?:has|have|had) ended\b")  # "the fall in sexual offences has ended"
# Comparatives are of people and places as often as of years, but for "than in 2019/20".
_COMPARATIVE = re.compile(r"more|less|fewer|higher|lower")


def moved(
    passage: Passage, known: Mapping[Mention, HeldFigure], compared: Sequence[Mention]
) -> Iterator[tuple[Mention, Changed]]:
    """The changes and comparisons of a sentence that the figures which it names do not give. known: its numbers that are held;
    compared: its comparative words
    """
    sentence, published = passage.sentence, passage.published
    changes = [each for each in sentence.figures if gives_a_change(sentence, each) and not each.number.money]
    others = [number for number in sentence.figures if number not in changes]
    two = [] if changes else _of_two_years([known.get(number) for number in others])
    ends, whom = (two[0].period, two[1].period) if two else _ends(passage), {*sexes(sentence.bare)}
    ways = [number for number in compared if ends and goes(number.text) and _is_of_years(sentence, number, ends)]
    ranks = [
        number
        for number in compared
        if _EXTREME.fullmatch(number.text.casefold()) and _OF_ITS_YEARS.match(sentence.after(number))
    ]
    others = [number for number in others if not two or known[number].figure == two[1]]
    if (
        not (ends and passage.is_placed)
        or len(whom) > 1
        or len(others) > 1
        or not (changes or ways or ranks)
        or _IS_OVER.search(sentence.bare)
    ):
        return
    text = _COMPARED.sub(" ", YEAR_ON_YEAR.sub(" ", _RECORDS.sub(" ", sentence.bare)))
    text = _COMPARED_NUMBERS.sub(" ", text) if two else text
    words = passage.says(text, min(whom, default=None), period=ends[1])
    points = any(mention.number.points for mention in changes)
    values = [value for number in others for value in sentence.values(number)]
    shares = any(is_share(number) for number in others)
    figures = _figures(published, words, values, shares, points) if words and words.content else []
    alike = [*words.alike(published, figures)] if words else []
    if changes and len(published.things(figures)) == 1:
        for mention in changes:
            changes_of = [change_of(passage, mention, figure, ends) for figure in (*figures, *alike)]
            changes_so = [each for each in changes_of if each and each.same]
            first = next(filter(None, changes_so or changes_of), None)
            if first and leads_to(first, values):
                yield mention, first
    elif ranks and not changes:
        yield from _contrary(ranks[0], [_outdone(published, ranks[0], figure) for figure in figures])
    elif len({goes(number.text) for number in ways}) == 1:
        both = [*figures, *(figure for figure in alike if period_pairs(published, figure, ends))]
        yield from _contrary(ways[0], [_gone(published, ways[0], figure, ends) for figure in both])


def _of_two_years(numbers: Sequence[HeldFigure | None]) -> list[PublishedFigure]:
    """The earlier and the later figure of one quantity, where two numbers of a sentence are those: "204,871, from 186,000"."""
    figures = sorted(
        (number.figure for number in numbers if number and number.agrees), key=lambda each: each.row["period_end"]
    )
    of_one = len(figures) == len(numbers) == 2 and figures[0].counted == figures[1].counted
    return figures if of_one and figures[0].row["area_code"] == figures[1].row["area_code"] else []


def _is_of_years(sentence: Sentence, word: Mention, ends: Ends) -> bool:
    """Does a word that compares surely compare the later of two years with the earlier? "Fewer in 2024 than in 2025" does not."""
    if not _COMPARATIVE.match(word.text.casefold()):
        return True
    after = sentence.printed[word.end - sentence.start :].casefold()
    than = next((match for match in SINCE.finditer(after) if match[0].startswith("than")), None)
    periods = named(than["when"]) if than else []
    return bool(periods) and periods[0] != ends[1]


def _ends(passage: Passage) -> Ends | None:
    """The two years that a sentence compares: those that it names, or the one that it names and the year before."""
    own = sorted({*named(passage.sentence.printed)}, key=lambda span: span.end)
    if len(own) == 1:
        alone = passage.own_periods() and not other_years(passage.sentence.printed)
        return (year_before(own[0]), own[0]) if alone else None
    return (own[0], own[1]) if len(own) == 2 and (SINCE.search(passage.flat) or BETWEEN.search(passage.flat)) else None


def _figures(
    published: PublishedFigures, words: Named, values: Collection[Interval], shares: bool, points: bool
) -> list[PublishedFigure]:
    """The newest figure of each quantity that a sentence names; where it has a number, that which the number is.

    values: of its numbers that are no changes; shares: is one a part of something; points: does it name a change in points
    """
    named_so = {(figure.table, figure.row["series"]): published.newest(figure) for figure in words.figures(published)}
    figures = [figure for figure in named_so.values() if not figure.is_rate]
    if points or shares or PREVALENCE in words.beside:
        figures = [figure for figure in figures if figure.is_percent]
    elif not values or any(words.counts(figure, people=False) for figure in figures):
        counted = [figure for figure in figures if words.counts(figure, people=False)]
        figures = counted or [figure for figure in figures if may_count(figure, words.beside)]
    return [
        figure
        for figure in figures
        if all(any(value.meets(each.print) for each in published.vintages(figure)) for value in values)
    ]


def _contrary(mention: Mention, changes: Sequence[Changed | None]) -> Iterator[tuple[Mention, Changed]]:
    """The first finding, where all figures that may be meant are against the words."""
    changes_found = [each for each in changes if each]
    if changes_found and len(changes_found) == len(changes):
        yield mention, changes_found[0]


def _gone(published: PublishedFigures, mention: Mention, figure: PublishedFigure, ends: Ends) -> Changed | None:
    """How a figure went, where it went the other way in every release that has both years."""
    both = period_pairs(published, figure, ends)
    went = UP if goes(mention.text) == DOWN else DOWN
    if not both or any(_way(old, new) != went for old, new in both):
        return None
    old, new = both[0]
    words = f"{published.about(new)}, went {went}: from {old.stands} to {new.stands}"
    return changed(published, mention, old, new, words, same=False)


def _way(old: PublishedFigure, new: PublishedFigure) -> str:
    """Up or down, beyond what was rounded; empty where neither is sure."""
    return UP if new.exceeds(old) else DOWN if old.exceeds(new) else ""


def _outdone(published: PublishedFigures, mention: Mention, figure: PublishedFigure) -> Changed | None:
    """A figure with that of the earlier year which is furthest beyond it, where no break lies between the two."""
    extreme = _EXTREME.fullmatch(mention.text.casefold())
    way = DOWN if extreme and extreme["up"] else UP  # how it went from what it should be beyond
    earlier = [
        published.newest(other)
        for end, others in published.of(figure.row["area_code"]).items()
        for other in others
        if end < figure.row["period_end"] and other.counted == figure.counted
    ]
    beyond = [
        other
        for other in earlier
        if _way(other, figure) == way
        and not published.breaks.inside(figure.row["series"], other.row["period_start"], figure.row["period_end"])
    ]
    if not beyond:
        return None
    other = (max if way == DOWN else min)(beyond, key=lambda each: each.value)
    words = f"{published.about(figure)}, was {figure.stands}, and before it {other.stands}"
    return changed(published, mention, other, figure, words, same=False)
