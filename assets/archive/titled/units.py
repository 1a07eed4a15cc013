"""What a title says its figures are, where it is not what the series are: thousands, per 100,000, England alone."""

import re
from collections.abc import Collection, Iterator

from assets.archive.titled.located import Located
from assets.words.problems import Problem

PER = re.compile(r"\bper (1,?000|10,?000|100,?000|million)\b")
SCALES = {
    "thousands": re.compile(r"\((?:in )?(?:1,?000s?|000s?|thousands?)\)|\bin thousands\b"),
    "millions": re.compile(r"\((?:in )?millions?\)|\bin millions\b"),
    "single ones": re.compile(r"\((?:actual )?numbers?\)"),
}
WHOLE = re.compile(r"(?:survey for )?england (?:and|&) wales")
ALONE = re.compile(r"(?:^|, |\bin |\bfor )(?:england|wales)\b(?! and wales)")
OF_SERIES = re.compile(r"per_(\d+)|(thousand)_")


def other_units(located: Located, units: Collection[str | None]) -> Iterator[Problem]:
    """A problem where title and subtitle name a unit, and not that of the series, such as `per_1000_adults` or `offences`."""
    heading = f"{located.title.label.text} {located.subtitle}".casefold()
    per = {number.replace(",", "").replace("million", "1000000") for number in PER.findall(heading)}
    scales = {name for name, pattern in SCALES.items() if pattern.search(heading)}
    for unit in sorted(filter(None, units)):
        match = OF_SERIES.match(unit)
        if match is not None and match[1]:
            wanted, printed = match[1], per
        elif unit.startswith("per"):  # percentages and points
            continue
        else:
            wanted, printed = "thousands" if match else "single ones", scales
        if printed and wanted not in printed:
            yield Problem(
                located.grid.place(located.title.row, located.title.column), "title", repr(located.title.label.text),
                f"figures in {unit.replace('_', ' ')}", "Its figures are in another unit: look how they are to be read.",
            )  # fmt: skip
            return


def other_area(located: Located) -> Iterator[Problem]:
    """A problem where the title, or a line below it, names England or Wales alone: the series are of both."""
    for line in (located.title.label.text, *located.lines):
        if ALONE.search(WHOLE.sub(" ", line.casefold())):
            yield Problem(
                located.grid.place(located.title.row, located.title.column), "title", repr(line),
                "figures of England and Wales", "Its figures are of another area: they are not those of these series.",
            )  # fmt: skip
            return
