"""What the three figures of a sentence say of each other, where it has no more: a change or a share, and two that it is of.

Which of the two is the earlier, or the part, is told by the change's own direction, or by their size, so that no order of words
need be known; the words must tie the three into one clause and make the change, or the share, one of the other two.
"""

import re
from collections.abc import Iterator, Sequence

from assets.statement.text.changes import (
    ELSEWHERE,
    change_between,
    gives_a_change,
    goes_down,
    is_as_many,
    one_clause,
    pair,
)
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, Worked, counts, is_share
from assets.statement.text.shares import OF_WHOLE, part_of_its_whole, stands_for

# Words before the earlier of two figures, or behind it, that make it what the other is set against.
_AGAINST = re.compile(
    r"\b(?:from|than|against|compared (?:with|to)|on (?:the|that)|previous|before|last|prior|between|as)\b"
)
_EARLIER = re.compile(r"\b(?:previous|before|earlier|prior|last|ago)\b")
# Two figures of which one is so many times the other are of two things.
UNLIKE = 10
_OF_ANOTHER = re.compile(r"\b(?:of (?:which|whom|these|those|them)|including|among|excluding|plus)\b")
_ALSO = re.compile(r"\band\b")
_OF = re.compile(r"^ ?of (?:(?:the|all|these|those|some|around|a total of) )*$")
_OPENS, _CLOSES, _BRACKETS = re.compile(r"(?:\(|, )$"), re.compile(r"^(?:[),]| [a-z]+\))"), re.compile(r" ?\([^()]*\)")


def threes(sentence: Sentence) -> Iterator[Worked]:
    """What is worked out of three figures that are all of their sentence; nothing where the words do not tie them."""
    if len(sentence.figures) != 3 or not all(one_clause(gap) for gap in _gaps(sentence)):
        return
    yield from _change_and_end(sentence)
    for mention in sentence.figures:
        others = [other for other in sentence.figures if other is not mention]
        if is_as_many(sentence, mention) or gives_a_change(sentence, mention):
            yield from _change(sentence, mention, others)
        elif is_share(mention) and counts(*others):
            yield from _share(sentence, mention, others)


def _gaps(sentence: Sentence) -> list[str]:
    first, second, third = sentence.figures
    return [sentence.between(first, second), sentence.between(second, third)]


def _change(sentence: Sentence, change: Mention, others: Sequence[Mention]) -> Iterator[Worked]:
    """ "The total, 110, is 10% above that of the year before, 100", "twice as many men (20) as women (10)"."""
    text = sentence.text[sentence.figures[0].start - sentence.start :]
    listed = _ALSO.search(sentence.between(*others)) and "between" not in sentence.text
    of_two_wholes = all(is_share(mention) and sentence.after(mention).startswith(" of ") for mention in others)
    if (
        listed
        or _OF_ANOTHER.search(text)
        or ELSEWHERE.match(sentence.after(change))
        or any(gives_a_change(sentence, mention) for mention in others)
        or (of_two_wholes and change.figure and change.figure.form != "multiple")
    ):
        return
    small, large = sorted(others, key=lambda mention: mention.figure.low if mention.figure else 0)
    old, new = (large, small) if goes_down(sentence, change) else (small, large)
    since, until = sentence.around(old)
    alike = small.figure and large.figure and large.figure.low < UNLIKE * small.figure.low
    if alike and (_AGAINST.search(since) or _EARLIER.search(until)):
        yield from pair(sentence, change, old, new)


def _change_and_end(sentence: Sentence) -> Iterator[Worked]:
    """ "Rose by 10, or 10%, to 110"."""
    by, percent, end = sentence.figures
    if counts(by, end) and is_share(percent) and all(gives_a_change(sentence, mention) for mention in (by, percent)):
        ends = sentence.values(by, end)
        if ends and re.search(r"\bto (?:reach )?$", sentence.before(end)):
            old = ends[1] + ends[0] if goes_down(sentence, by) else ends[1] - ends[0]
            sum_in_words = f"by {by.text} to {end.text}"
            yield from change_between(sentence, percent, old, ends[1], sum_in_words, percent=False)


def _share(sentence: Sentence, share: Mention, others: Sequence[Mention]) -> Iterator[Worked]:
    """ "412 were charged, 33% of the 1,248 suspects", "a third (412) of all 1,248 suspects"."""
    part, whole = sorted(others, key=lambda mention: mention.figure.low if mention.figure else 0)
    listed = any(_ALSO.search(gap) or _OF_ANOTHER.search(gap) for gap in _gaps(sentence))
    if not listed and _of_it(sentence, share, part, whole):
        yield from part_of_its_whole(sentence, part, whole, share)


def _of_it(sentence: Sentence, share: Mention, part: Mention, whole: Mention) -> bool:
    """Is a share one "of" the whole, and the part what it comes to?"""
    set_off = bool(_OPENS.search(sentence.before(part)) and _CLOSES.match(sentence.after(part)))
    if share.start < whole.start and _OF.match(_BRACKETS.sub("", sentence.between(share, whole))):
        return part.start < share.start or set_off
    if whole is sentence.figures[0]:  # "Of 1,248 suspects, a third (412)"
        return bool(OF_WHOLE.search(sentence.before(whole))) and part is sentence.figures[2] and set_off
    return bool(_OF.match(sentence.between(part, whole)) and stands_for(sentence, share))
