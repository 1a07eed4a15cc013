"""What each number of a sentence stands with, where the sentence goes in twos: "4,136 in Kent and 5,072 in Essex"."""

import re
from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import TypeVar

from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, counts, is_share

Name = TypeVar("Name")
_NEXT = re.compile(r"(?:,|,? and) ")


def numbers_of(sentence: Sentence) -> dict[int, Mention]:
    """The counts and shares of a sentence, by where they begin in it."""
    return {
        mention.start - sentence.start: mention for mention in sentence.figures if counts(mention) or is_share(mention)
    }


def in_twos(
    numbers: Mapping[int, Mention], names: Mapping[int, Name], *, in_order: bool = False, tied: Collection[int] = ()
) -> dict[Mention, Name]:
    """The name that each number stands with, whichever comes first; nothing where a sentence does not go in twos, or has one.

    names: what numbers may stand with, by where it begins in the sentence; in_order: is the first number of the first name, and
    so on; tied: the numbers that are of the name just before them, wherever those of others stand
    """
    last = {at: max((each for each in (*names, *numbers) if each < at), default=-1) for at in tied}
    bound = {number: name for number, name in last.items() if name in names}
    # Other numbers, as their total, are of none of them, and other names of no number.
    if 1 < len({*bound.values()}) == len(bound) and len(bound) in (len(names), len(numbers)):
        return {numbers[number]: names[name] for number, name in bound.items()}
    if not 1 < len(numbers) == len(names):
        return {}
    if in_order:
        return {numbers[number]: names[name] for number, name in zip(sorted(numbers), sorted(names), strict=True)}
    parts = sorted((numbers.keys() | names.keys()) - bound.keys() - {*bound.values()})
    twos = [*bound.items(), *zip(parts[::2], parts[1::2], strict=False)]
    if any((first in numbers) == (second in numbers) for first, second in twos):
        return {}
    return {
        numbers[first if first in numbers else second]: names[second if first in numbers else first]
        for first, second in twos
    }


def one_by_one(sentence: Sentence, names: int) -> bool:
    """Are the numbers of a sentence told one by one, as so many names are: "Essex and Kent recorded 5,845 and 6,603"?"""
    between = [sentence.between(*both) for both in pairwise(sentence.figures)]
    return len(sentence.figures) == names and all(map(_NEXT.fullmatch, between))
