"""What a title says its figures are, where it is not what the series are: thousands, per 100,000, England alone."""

import re
from collections.abc import Collection, Iterator

from assets.archive.reading.text import UNIT_IN_BRACKETS, Label
from assets.archive.titled.located import Located
from assets.words.problems import Problem

PER = re.compile(r"\bper (1,?000|10,?000|100,?000|million)\b")
SCALES = {
    "thousands": re.compile(r"\((?:in )?(?:1,?000s?|000s?|thousands?)\)|\bin thousands\b"),
    "millions": re.compile(r"\((?:in )?millions?\)|\bin millions\b"),
    "single ones": re.compile(r"\((?:actual )?numbers?\)"),
}
SHARE = re.compile(r"%|per ?cent|proportion")
COUNT = re.compile(r"number|count|offences|crimes|incidents|victims|thousand|million|000s")
WHOLE = re.compile(r"(?:survey for )?england (?:and|&) wales")
ALONE = re.compile(r"(?:^|, |\bin |\bfor )(?:england|wales)\b(?! and wales)")
OF_SERIES = re.compile(r"per_(\d+)|(thousand)_")


def other_units(located: Located, units: Collection[str | None]) -> Iterator[Problem]:
    """A problem where title and subtitle name a unit, and not that of the series, such as `per_1000_adults` or `offences`."""
    heading = f"{located.title.label.text} {located.subtitle}".casefold()
    known = sorted(filter(None, units))
    only_counts = PER.search(located.title.label.text.casefold()) and not any(map(_is_rate, known))
    for unit in known:
        if _is_another(unit, heading) or only_counts:
            place = located.grid.place(located.title.row, located.title.column)
            yield _another(place, "title", located.title.label.text, unit)
            return


def other_units_of(located: Located, column: int, text: Label, units: Collection[str]) -> Iterator[Problem]:
    """A problem where a header names in brackets a unit, and none that a figure below it may have."""
    printed = " ".join(UNIT_IN_BRACKETS.findall(text.text)).casefold()
    if printed and units and all(_is_another(unit, printed) or _shared_otherwise(unit, printed) for unit in units):
        yield _another(located.grid.place(located.header.row, column), "header", text.printed, min(units))


def _is_another(unit: str, printed: str) -> bool:
    """Is the unit that a text names, if it names one, another than that of figures?"""
    per = {number.replace(",", "").replace("million", "1000000") for number in PER.findall(printed)}
    scales = {name for name, pattern in SCALES.items() if pattern.search(printed)}
    match = OF_SERIES.match(unit)
    if match is not None and match[1]:
        return bool(per) and match[1] not in per
    if unit.startswith("per"):  # percentages and points
        return False
    return bool(scales) and ("thousands" if match else "single ones") not in scales


def _is_rate(unit: str) -> bool:
    return unit.startswith("per")


def _shared_otherwise(unit: str, printed: str) -> bool:
    """Is a rate or share said of counts, or a count of shares?"""
    if PER.search(printed):
        return not _is_rate(unit)
    if SHARE.search(unit):
        return bool(COUNT.search(printed)) and not SHARE.search(printed)
    return bool(SHARE.search(printed))


def _another(place: str, column: str, printed: str, unit: str) -> Problem:
    return Problem(
        place, column, repr(printed), f"figures in {unit.replace('_', ' ')}",
        "Its figures are in another unit: look how they are to be read.",
    )  # fmt: skip


def other_area(located: Located) -> Iterator[Problem]:
    """A problem where the title, or a line below it, names England or Wales alone: the series are of both."""
    for line in (located.title.label.text, *located.lines):
        if ALONE.search(WHOLE.sub(" ", line.casefold())):
            yield Problem(
                located.grid.place(located.title.row, located.title.column), "title", repr(line),
                "figures of England and Wales", "Its figures are of another area: they are not those of these series.",
            )  # fmt: skip
            return
