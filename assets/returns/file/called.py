"""What the name of a return's file says of itself: a supplier or a time other than the manifest's may be that of another file."""

import calendar
import datetime
import re
from collections.abc import Iterator

from assets.returns.file.csv_file import plainly
from assets.returns.file.manifest import ENDING, Manifest
from assets.returns.file.names import CAPITAL_WITHIN
from assets.returns.rules.quarters import QUARTER_MONTHS
from assets.returns.rules.rules import Rules

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:length]: number for name, number in MONTHS.items() for length in (3, 4)}
# Times in a text of small letters, digits and lines, the longest first; each is taken out before the next is looked for.
YEAR, MONTH, DAY = "(?P<year>20[0-9]{2})", "(?P<month>0[1-9]|1[0-2])", "(?P<day>0[1-9]|[12][0-9]|3[01])"
TIMES = [
    re.compile(f"(?<![0-9])(?:{form})(?![0-9])")
    for form in (
        f"{YEAR}(?:_(?P<next>[0-9]{{2}}))?_?q(?P<part>[1-4])", f"(?<![a-z])q(?P<part>[1-4])_?{YEAR}(?:_(?P<next>[0-9]{{2}}))?",
        f"{YEAR}_?{MONTH}_?{DAY}", f"{DAY}_?{MONTH}_?{YEAR}", f"{YEAR}_?{MONTH}", f"{MONTH}_?{YEAR}",
        f"(?<![a-z])(?P<word>{'|'.join(MONTHS)})_?{YEAR}", f"{YEAR}_?(?P<word>{'|'.join(MONTHS)})(?![a-z])",
    )
]  # fmt: skip


def says_otherwise(manifest: Manifest, rules: Rules) -> Iterator[str]:
    """What the name of the file says that its manifest does not, without any other word of the name."""
    name = plainly(CAPITAL_WITHIN.sub(" ", ENDING.sub("", manifest.file)))
    named = {supplier for supplier in rules.suppliers if _stands_in(supplier, name)}
    if named and manifest.supplier not in named:
        yield f"the name of the file says {', '.join(sorted(named))}"
    told = [fits for time in _times(name) if (fits := _fits(time, manifest)) is not None]
    if told and not any(told):
        yield f"the name of the file says another time than the quarter from {manifest.quarter} on"


def _stands_in(supplier: str, name: str) -> bool:
    """Does a name say a supplier: in whole words, with or without lines between them, `police` and `and` left out?"""
    short = supplier.removesuffix("_police")
    forms = {short, short.replace("_and_", "_"), short.replace("_", ""), short.replace("_and_", "")}
    return any(f"_{form}_" in f"_{name}_" for form in forms)


def _times(name: str) -> Iterator[dict[str, str]]:
    for form in TIMES:
        for match in form.finditer(name):
            yield {part: said for part, said in match.groupdict().items() if said is not None}
        name = form.sub("_", name)


def _fits(said: dict[str, str], manifest: Manifest) -> bool | None:
    """May it be of the quarter? None of a day or month in which the return was made, which says nothing."""
    year, (first, last) = int(said["year"]), manifest.days
    if part := said.get("part"):
        # Years of two are those of budgets, which begin in April; of one year nobody knows.
        of_budget = (year + (part == "4"), QUARTER_MONTHS[int(part) % 4])
        readings = {of_budget} if "next" in said else {of_budget, (year, QUARTER_MONTHS[int(part) - 1])}
        return (first.year, f"{first.month:02d}") in readings
    month = MONTHS[said["word"]] if "word" in said else int(said["month"])
    made = (manifest.extract_date, manifest.sent_date)
    if "day" in said:
        try:
            day = datetime.date(year, month, int(said["day"]))
        except ValueError:
            return None
        return None if last < day <= manifest.sent_date else first <= day <= last
    if f"{month:02d}" not in QUARTER_MONTHS and any((year, month) == (day.year, day.month) for day in made):
        return None
    return first <= datetime.date(year, month, 1) <= last
