"""What a title says its figures are, where it is not what the series are: thousands, per 100,000, another area, or else."""

import re
from collections.abc import Collection, Iterator, Sequence

from assets.archive.reading.known import Known
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import UNIT_IN_BRACKETS, Label, label
from assets.archive.titled.beside_figures import above, said_in, without_what_is_said
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
WITHIN = r"(?:^|, |\b(?:in|for|of|from|within|across) )(?:the )?"
OF_SERIES = re.compile(r"per_(\d+)|(thousand)_")


def other_units(located: Located, units: Collection[str | None]) -> Iterator[Problem]:
    """A problem where title and subtitle name a unit, and not that of the series, such as `per_1000_adults` or `offences`."""
    heading = f"{located.title.label.text} {located.subtitle}".casefold()
    known = sorted(filter(None, units))
    only_counts = PER.search(located.title.label.text.casefold()) and not any(map(_is_rate, known))
    wrong = [unit for unit in known if _is_another(unit, heading) or only_counts]
    if wrong:
        place = located.grid.place(located.title.row, located.title.column)
        yield _another(place, "title", located.title.label.text, " or ".join(wrong))


def other_units_of(located: Located, column: int, text: Label, units: Collection[str]) -> Iterator[Problem]:
    """A problem where a header, or that above it, names in brackets a unit, and none that a figure below it may have."""
    printed = " ".join(UNIT_IN_BRACKETS.findall(f"{above(located, column)} {text.text}")).casefold()
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


def only_sureness(located: Located) -> Iterator[Problem]:
    """A problem where a line below the title says that confidence limits or errors stand there, and nothing else."""
    for line in (label(line) for line in located.lines):
        if said_in(line.folded) and not re.search(r"\w", without_what_is_said(line, located.superscripts).text):
            yield _another(located.place, "subtitle", line.printed, "estimates")
            return


def other_area(located: Located, known: Known) -> Iterator[Problem]:
    """A problem where the title names another area than England and Wales, or a line below it another country."""
    for line, names in ((located.title.label.text, known.places), *((line, known.countries) for line in located.lines)):
        if re.search(rf"{WITHIN}(?:{names})\b", WHOLE.sub(" ", line.casefold())):
            yield Problem(
                located.grid.place(located.title.row, located.title.column), "title", repr(line),
                "figures of England and Wales", "Its figures are of another area: they are not those of these series.",
            )  # fmt: skip
            return


def said_more(located: Located, more: str | None, lines: Sequence[str]) -> Iterator[Finding]:
    """A finding where title or lines say what the layout does not account for: the figures may be of others than the series.

    lines: those below the title that are in `more`
    """
    mend = (
        "To have them, give the layout a table of them, with series of their own." if lines else
        "If they are what the layout says, add the words to its title in tables.csv of the layout."
    )  # fmt: skip
    if more is not None:
        yield finding(
            "title_says_more", "warning", located.place,
            f"{located.title.label.text!r}{' and a line below' if lines else ''}: the layout does not account for {more!r}.",
            f"Its figures are withheld unless other tables or releases agree with them. {mend}",
        )  # fmt: skip
