"""What a number of days, hours or minutes is ("every day about 196 rapes"), and how many times as likely or as many the people of
one sex are as those of the other, by figures that are held and that the words name exactly.
"""

import re
from collections.abc import Collection, Iterator

from assets.methods.interval import Interval
from assets.methods.rounding import HALF
from assets.statement.quoted.facts import Changed, Fact, Rate
from assets.statement.quoted.misquoted import other_figure
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure
from assets.statement.quoted.quantities import COUNTED
from assets.statement.quoted.sought import PrintedValue, sexes
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import interval_told
from assets.statement.text.sentences import SPAN_SAID, OfASpan, of_a_span

_TIMES = re.compile(r"^ (?:(?:as|more|higher|that|the)\b|likel)")
_COUNTED = re.compile(r"\b(?:as many|more (?!likely)[a-z]+ than|number)\b")
# What is said of how likely something is, whatever it is.
_LIKELY = re.compile(r"\b(?:likel(?:y|ihood)|times|risk|chance|among|many)\b|['’]s\b")
_MORE = re.compile(r"^ (?:more|higher)\b")


def rates_of_figures(passage: Passage, known: Collection[int]) -> Iterator[tuple[Mention, Fact]]:
    """The rates and ratios of a sentence. known: where its numbers begin that are held, or worked out"""
    for mention in passage.sentence.figures:
        if mention.start in known:
            continue
        span = of_a_span(passage.sentence, mention)
        fact = _of_a_year(passage, mention, span) if span else _ratio(passage, mention)
        if fact:
            yield mention, fact


def _of_a_year(passage: Passage, mention: Mention, span: OfASpan) -> Rate | None:
    """A number of a span as that of a year."""
    text = SPAN_SAID.sub(" ", passage.sentence.bare)
    year = other_figure(passage, mention, PrintedValue(span.in_a_year, None), [text])
    if year is None or not passage.words & COUNTED.get(year.figure.row["unit"], frozenset()) or year.figure.of_survey:
        return None  # "a woman is raped every five minutes" is of no record
    told = f"{year.about}, {year.figure.days}: {year.figure.printed_in}, is {span.told(year.figure.print)}"
    expression = span.expression(year.figure.expression(of_its_release=True))
    return Rate(figure=year.figure, same=year.same, worked=told, expression=expression)


def _ratio(passage: Passage, mention: Mention) -> Changed | None:
    """ "Women were twice as likely as men": of the sex that is named first; the other one stands behind the number."""
    sentence = passage.sentence
    until = sentence.after(mention).casefold()
    named = [*dict.fromkeys([*sexes(sentence.before(mention).casefold()), *sexes(until)])]
    if mention.number.form != "multiple" or len(named) != 2 or named[1] not in sexes(until) or not _TIMES.match(until):
        return None
    counted = bool(_COUNTED.search(sentence.bare))
    first, second = (_of_sex(passage, sex, counted=counted) for sex in named)
    both = [two for two in passage.published.pairs(second, first) if _alike(*two)]
    if not both or len(passage.published.things(first)) > 1:
        return None
    changes = [_compared(passage, mention, old, new) for old, new in both]
    return next((change for change in changes if change and change.same), changes[0])


def _of_sex(passage: Passage, sex: str, *, counted: bool) -> list[PublishedFigure]:
    """The figures of a sex that the sentence names, as numbers of people or as a part of all."""
    said = passage.says(_LIKELY.sub(" ", passage.sentence.bare), sex)
    figures = said.figures(passage.published) if said and said.content else []
    return [each for each in figures if each.of_survey and each.is_percent != counted and not each.is_rate]


def _alike(old: PublishedFigure, new: PublishedFigure) -> bool:
    return all(old.row[column] == new.row[column] for column in ("series", "age"))


def _compared(passage: Passage, mention: Mention, old: PublishedFigure, new: PublishedFigure) -> Changed | None:
    """How many times the one is the other; None where a number in whole numbers is near it and not it, or so loose that much else
    would be it.
    """
    sentence, published = passage.sentence, passage.published
    times, [printed] = new.print / old.print, sentence.values(mention)
    left = [times, times - 1] if _MORE.match(sentence.after(mention)) else [times]
    same = any(printed.meets(each) for each in left)
    number = Interval.closed(mention.number.low - HALF, mention.number.low + HALF)
    if any(number.meets(each) for each in left) != same:
        return None
    told = f"{published.about(new)}: {new.stands}, is {interval_told(times)} times the {old.stands} of {old.row['sex']}"
    return Changed(figure=new, old=old, mention=mention, worked=told, same=same, of_whole=True)
