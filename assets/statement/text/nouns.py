"""The words for what numbers count, by the unit that they are of: the one vocabulary of all that reads texts."""

import re

NOUNS = {
    unit: frozenset(words.split())
    for unit, words in {
        "offences": "offence crime report", "incidents": "incident", "cases": "case", "reports": "report",
        "suspects": "suspect offender", "arrests": "arrest",
        "persons": "victim people person women woman men man adult child children girl boy survivor",
        "defendants": "defendant prosecution conviction charge offender",
    }.items()
}  # fmt: skip
_WORDS = re.compile(r"(?: [a-z-]+){1,4}", re.IGNORECASE)
# Of a noun of two units the first.
_UNITS = {noun: unit for unit, nouns in reversed(NOUNS.items()) for noun in nouns}
ALL_NOUNS = frozenset(_UNITS)


def unit_of(word: str) -> str | None:
    """The unit that a word, of one or of many, is of; None where it counts nothing."""
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s"))


def unit_behind(text: str) -> str | None:
    """The unit of the first noun of the words that a text begins with, behind a number."""
    words = _WORDS.match(text)
    return next(filter(None, map(unit_of, words[0].split())), None) if words else None


def are_people(words: list[str]) -> bool:
    """Is one of some words one for people?"""
    return any(unit_of(word) == "persons" for word in words)
