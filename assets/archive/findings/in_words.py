"""What findings say by keys, said in words: a series by its name, an area by its, a period as people call it."""

import datetime
import re
from collections.abc import Mapping

from assets.archive.reading.reference import Reference
from assets.tables.records import Record
from assets.words import wording

KEY = re.compile(r"[a-z]\w*(?:\.[\w+-]+)+")
AREA = re.compile(r"\b[A-Z]\d{8}\b")
PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.| to )(\d{4}-\d\d-\d\d)")
# Behind the name of an offence: who recorded it, as its key says.
RECORDED = re.compile(r": offences recorded by .*")
YEAR = range(364, 366)  # days from the first to the last
# Limits from this on are said to the last whole one, smaller ones to six digits.
LARGE = 1_000_000


class Names:
    """Of series, offences and areas; cells: of figures, by row id."""

    def __init__(self, reference: Reference, cells: Mapping[str, str]) -> None:
        counted = zip(reference.series["series"], reference.series["definition"], strict=True)
        self._series = {key: RECORDED.sub("", wording.first_sentence(told)) for key, told in counted}
        self._offences, self._areas, self._cells = reference.name_of_offence, reference.name_of_area, cells

    def figure(self, row_id: str) -> str:
        """`Robbery, Kent, year to March 2025 (B7)`; a series or area that is not known as its key."""
        _, series, *people, area, period, _ = row_id.split(":")
        counted = self._series.get(series) or self._offences.get(series, series)
        people = [who for who in people if who not in ("all", "-", *counted.split())]
        told = ", ".join([counted, *people, self._areas.get(area, area), self.worded(period)])
        return f"{told} ({self._cells[row_id]})" if self._cells.get(row_id) else told

    def against(self, agreement: Record) -> str:
        """What a figure of `meta.relation` is, and what the others expect of it."""
        found, lower, upper = (agreement[name] for name in ("found", "expected_lower", "expected_upper"))
        lower = None if lower is not None and lower < 0 <= found else lower  # says nothing of what is not below nought
        return f"{self.figure(agreement['figure'])} is {found:,.10g}, expected {_expected(lower, upper)}"

    def worded(self, text: str) -> str:
        """A text with the name before the key of each series, and names and words in the place of areas and periods."""
        text = KEY.sub(lambda key: f"{self._series[key[0]]} ({key[0]})" if key[0] in self._series else key[0], text)
        text = AREA.sub(lambda code: self._areas.get(code[0], code[0]), text)
        return PERIOD.sub(lambda days: _period(*map(datetime.date.fromisoformat, days.groups())), text)


def _expected(lower: float | None, upper: float | None) -> str:
    """`at most 7`, `15.3609`, `1,102 to 1,240`."""
    low, high = (None if limit is None else _limit(limit) for limit in (lower, upper))
    if low is None:
        return "no value that is held" if high is None else f"at most {high}"
    return f"at least {low}" if high is None else low if low == high else f"{low} to {high}"


def _limit(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:,.6g}"


def _period(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return wording.day_words(last)
    return wording.year_to(last) if (last - first).days in YEAR else wording.months(first, last)
