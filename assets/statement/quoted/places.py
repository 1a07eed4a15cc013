"""Of which area a sentence is: that which it names, or which was named last; and none where a place is named that is not held."""

import re

from assets.archive.reading.periods import MONTHS
from assets.statement.quoted.published_figures import PublishedFigures, called
from assets.statement.quoted.topics import LEFT_OUT
from schemas.codes import ENGLAND_AND_WALES

Areas = tuple[str, ...] | None  # codes of one area, see `where` and `place_after`
NATIONAL: Areas = (ENGLAND_AND_WALES,)
# The forces of both and that of the railways record what figures of both count.
_BOTH = "England (?:and|&) Wales"
BOTH = re.compile(
    rf"{_BOTH}|\bforces(?: (?:in|of) {_BOTH})?,? (?:and|plus|including) (?:the )?British Transport Police",
    re.IGNORECASE,
)
NATIONALLY = re.compile(r"\b[Nn]ational(?:ly)?\b")
# "In Leeds", "across Scotland": a place, whether figures of it are held or not.
_NATION = "Scot(?:land|tish|s)|(?:Northern )?Ir(?:eland|ish)"
OTHER_NATIONS = re.compile(rf"\b(?:UK|United Kingdom|(?:Great )?Britain|British(?! Transport)|{_NATION})\b")
_PLACE = re.compile(
    rf"\b(?:(?:[Ii]n|[Aa]cross|[Ww]ithin) (?!(?i:{'|'.join(MONTHS)}))[A-Z][a-z]|(?:{_NATION})\b)", re.ASCII
)

# "The force recorded", "we recorded": of one that is not named here, unless one was named last.
_UNNAMED = re.compile(
    r"\b(?:(?:the|this|that|our|my|your|their|each|every|one|another|a) (?:police )?(?:force|constabulary|county|borough"
    r"|region)\b(?! areas?\b)|\bregional(?:ly)?\b|(?:it|we) (?:ha(?:s|d|ve) |also )*(?:recorded|logged|received)\b)",
    re.IGNORECASE,
)

# Between the names of places that are told as one: "Essex Police and Kent Police", "Surrey, Sussex and Kent".
_LISTED = re.compile(
    r"(?:['’]s)?(?: (?:[Pp]olice|[Cc]onstabulary|[Ff]orces?|areas?|both))*(?P<joint>,? (?:and|plus) |, )(?:in |for |the |both )*"
)


# How the codes of both begin, and what is said beside their names.
_FORCE, _REGION = "E23", "E12"
_POLICE = re.compile(r"(?:['’]s)? (?:[Pp]olice|[Cc]onstabulary|[Ff]orce)\b")
_IS_REGION, _OF_REGION = re.compile(r"(?:['’]s)? [Rr]egion\b"), re.compile(r"\b[Rr]egions? of (?:the )?$")


def where(published: PublishedFigures, printed: str, before: Areas = ()) -> Areas:
    """Codes of the area that a sentence is of: that which it names, or which was named last, or England and Wales; None where it
    is not told. before: see `place_after`
    """
    rest = BOTH.sub(" ", printed)
    codes = published.printed_areas(rest)
    longest = max((published.name(code) for code in codes), key=len, default="")
    if codes:
        alone = rest == printed and all(published.name(code) in longest for code in codes)
        return tuple(code for code in codes if published.name(code) == longest) if alone else None
    if rest != printed or NATIONALLY.search(printed):
        return NATIONAL
    if _PLACE.search(printed) or (before == () and _UNNAMED.search(printed)):
        return None
    return NATIONAL if before == () else before


def place_after(published: PublishedFigures, printed: str, before: Areas) -> Areas:
    """The place that was named last behind a text: empty for England and Wales, as far as is said, None for one that is not held.

    before: that before the text
    """
    if BOTH.search(printed):
        return ()
    printed = LEFT_OUT.sub(" ", printed)
    unnamed = before == () and _UNNAMED.search(printed)
    named_here = bool(published.printed_areas(printed) or _PLACE.search(printed) or unnamed)
    return where(published, printed) if named_here else before


def places_in(published: PublishedFigures, text: str) -> list[tuple[int, int, str]]:
    """Where a text names places, up to where, and which: of names in each other the longest."""
    places = list[tuple[int, int, str]]()
    named = {name: published.name(code) for code in published.printed_areas(text) for name in published.spelt([code])}
    for spelling, name in sorted(named.items(), key=lambda spelt: -len(spelt[0])):
        pattern = called(spelling)
        places += [(*match.span(), name) for match in pattern.finditer(text)]
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return sorted(places)


def is_called(published: PublishedFigures, code: str, text: str) -> bool:
    """Is an area what the words beside its name call it: a region and a force may have one name, "West Midlands Police"?"""
    said = set[str]()
    for start, end, name in places_in(published, text):
        if name == published.name(code):
            said |= {_FORCE} if _POLICE.match(text, end) else set()
            said |= {_REGION} if _OF_REGION.search(text[:start]) or _IS_REGION.match(text, end) else set()
    return code[:3] not in (_FORCE, _REGION) or not said or code[:3] in said


def joined(published: PublishedFigures, text: str) -> set[str]:
    """The places that a text names only together with others, so that a number is of all of them: "Essex and Kent"."""
    text, lists = text.replace(" & ", " and "), list[tuple[set[str], bool]]()
    before = 0
    for start, end, name in places_in(published, text):
        gap = _LISTED.fullmatch(text[before:start]) if lists else None
        names, joint = lists.pop() if gap else (set[str](), False)
        lists.append(({*names, name}, joint or bool(gap and gap["joint"] != ", ")))
        before = end
    alone = {name for names, joint in lists for name in names if not joint or len(names) == 1}
    return {name for names, _ in lists for name in names} - alone
