"""What a part, its whole and the share that it is say of each other in a sentence: "412 of 1,248 (33%)", "one in four (25%)"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assets.methods.interval import Interval
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import OPENED, Sentence, Worked, counts, interval_told, is_share

_OF = re.compile(r"^ (?:[a-z-]+ ){0,2}?(?:out )?of (?:the |all |a total of |these |those )?$")
OF_WHOLE, _THEN = (
    re.compile(r"\bof (?:the |these |those |all )?$"),
    re.compile(r"^[^.;:()\d]{0,120}, (?:only |just )?$"),
)
_OF_WHICH = re.compile(r"^[^.;:()\d]{0,120}\bof (?:which|whom|these|them),? (?:[a-z]+ )?$")
# "35% of all offences, 412 of 1,248"
_APART = re.compile(r"^\)?(?: (?:of|in|among)(?: [a-z-]+){1,6})?[,:] ?(?:or |that is |i\.e\. )?$")
_OR = re.compile(r"^[^.;:()\d]{0,40},? or $")
_STANDS_FOR = re.compile(r"(?:\(|\b(?:or|that is|which is|i\.e\.|(?:share|proportion|percentage|rate) of))[ ,]*$")


def shares(sentence: Sentence) -> Iterator[Worked]:
    """The shares of a sentence that stand beside their part and whole, or beside themselves in other words."""
    figures = sentence.figures
    for place, first in enumerate(figures[:-1]):
        second, third = (*figures[place + 1 : place + 3], None)[:2]
        before = figures[place - 1] if place else None
        assert second is not None and first.figure and second.figure
        gap = sentence.between(first, second)
        after = sentence.between(second, third) if third else ""
        if (
            first.figure.whole is not None and second.figure.percent and _closed(sentence, gap, second)
        ):  # "one in four (25%)"
            yield from _share(sentence, second, sentence.values(first), first.text)
        elif first.figure.percent and second.figure.whole is not None and _closed(sentence, gap, second):
            yield from _share(sentence, first, sentence.values(second), second.text)
        elif _OF.match(gap):  # "412 of 1,248 (33%)", "33% (412 of 1,248)"
            if third and _closed(sentence, after, third):
                yield from part_of_its_whole(sentence, first, second, third)
            elif before and any(form.match(sentence.between(before, first)) for form in (OPENED, _APART)):
                yield from part_of_its_whole(sentence, first, second, before)
        elif third and OF_WHOLE.search(sentence.before(first)) and _THEN.match(gap) and _closed(sentence, after, third):
            yield from part_of_its_whole(sentence, second, first, third)  # "Of 1,248, 412 (33%)"
        elif third and _OF_WHICH.match(gap) and _closed(sentence, after, third):
            yield from part_of_its_whole(sentence, second, first, third)  # "1,248, of which 412 (33%)"
        elif third and OPENED.match(gap) and _OF.match(after) and sentence.after(third).find(")") >= 0:
            yield from part_of_its_whole(sentence, first, third, second)  # "412 (33% of 1,248)"


def shares_of(sentence: Sentence, whole: Mention) -> Iterator[Worked]:
    """ "Of these, 412 (33%)", "Of these, 33% (412)", "The remaining 836, a share of 67%": of the count before the sentence."""
    for mention, other in pairwise(sentence.figures):
        gap = sentence.between(mention, other)
        if is_share(mention) != is_share(other) and (
            sentence.alone_in_brackets(gap, other)
            or _between_commas(sentence, gap, other)
            or stands_for(sentence, other)
        ):
            share, part = (mention, other) if is_share(mention) else (other, mention)
            yield from part_of_its_whole(sentence, part, whole, share)


def _between_commas(sentence: Sentence, gap: str, mention: Mention) -> bool:
    """ "Of these, 412, 33%, were ..." """
    return gap == ", " and sentence.after(mention).startswith(",")


def part_of_its_whole(sentence: Sentence, part: Mention, whole: Mention, share: Mention) -> Iterator[Worked]:
    """What a share says against its part and its whole; none where they are no two counts, or the part is the larger."""
    if counts(part, whole) and is_share(share) and part.figure and whole.figure and part.figure.low <= whole.figure.low:
        ends = sentence.values(part, whole)
        if ends and ends[1].lower > 0:
            yield from _share(sentence, share, [100 * ends[0] / ends[1]], f"{part.text} of {whole.text}", (part, whole))


def _closed(sentence: Sentence, gap: str, mention: Mention) -> bool:
    """Does a figure stand alone in brackets, or after "or"?"""
    or_so = _OR.match(gap) and not re.match(" (?:of|in|among) ", sentence.after(mention))
    return bool(or_so) or sentence.alone_in_brackets(gap, mention)


def _share(
    sentence: Sentence, mention: Mention, left: Sequence[Interval], wording: str, of: tuple[Mention, ...] = ()
) -> Iterator[Worked]:
    printed = sentence.values(mention)
    if printed and left and mention.figure and not mention.figure.points:
        yield Worked(mention.start, printed[0].meets(left[0]), f"{wording} is {interval_told(left[0])}%", of=of)


def stands_for(sentence: Sentence, share: Mention) -> bool:
    """Do the words say that a share is what stands before it: "a conviction rate of 93%"?"""
    return is_share(share) and bool(_STANDS_FOR.search(sentence.before(share)))
