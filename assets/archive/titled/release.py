"""Which release a file is, from its contents: the tables say the period, the cover says the day and may be wrong."""

import datetime
import re
from collections import Counter
from dataclasses import dataclass

from assets.archive.reading.layout import Layout
from assets.archive.reading.periods import MONTHS, SOONEST, Period, named
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import fold
from assets.archive.titled.cover import DATE, PUBLISHED
from assets.archive.titled.locate import Contents
from assets.archive.titled.located import title_periods
from assets.words.problems import BadInput, Problem
from schemas.row_types import ReleaseRow

# Texts of a cover that say that the file replaces another, beside those of its layout.
CORRECTED = re.compile(
    r"\bcorrection\b(?! (?:policy|procedure))"
    r"|\b(?:errors?|mistakes?|tables?|files?|workbook|version|release|publication|spreadsheet)\b[^.]*"
    r"\b(?:has|have|had|is|was|were) (?:now |been )*corrected\b"
    r"|\bcorrected (?:(?:this|these|the|an?) )?(?:errors?|mistakes?|version|file|workbook|tables?|data|release|on)\b"
    r"|\bto correct (?:an?|the|some|these)\b[^.]*\b(?:errors?|mistakes?)\b"
    r"|\b(?:replaces|supersedes) (?:the|a|an|all) (?:\w+ )?(?:version|file|workbook|tables?|data|release)"
    r"|\b(?:replaces|supersedes) (?:that|those|the ones?) (?:published|issued|released)\b"
    r"|\b(?:re-?issued|re-?published|amended) (?:on|to|because|after|following)\b"
)
LATEST = datetime.timedelta(days=400)  # from the end of the period to a release, with room for corrections
LICENCE = "Open Government Licence v3.0"
MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December")  # fmt: skip


@dataclass(frozen=True)
class IdentifiedRelease:
    """Key, row of `meta.release`, and what contradicts it."""

    key: str
    row: ReleaseRow
    findings: list[Finding]


def identified_release(contents: Contents, layout: Layout, file: str) -> IdentifiedRelease:
    """The release of a file.

    The period is the one that most tables end with; the key is `ye-2025-06` style, `-corrected` where the file says
    that it replaces another. The day of release is what the cover prints, unless it cannot be the day of this period.
    """
    end = _period_end(contents, file)
    period = f"{MONTH_NAMES[end.month - 1]} {end.year}"
    corrected = [
        (place, " ".join(text.split()))
        for place, text in contents.cover
        if CORRECTED.search(fold(text)) or any(pattern.fullmatch(fold(text)) for pattern in layout.corrected)
    ]
    key = f"ye-{end:%Y-%m}" + ("-corrected" if corrected else "")
    released, findings = _released(contents, end, corrected)
    findings += _cover_year(contents, end, file)
    order = released or end + SOONEST
    notes = [f"read from {file}"]
    if corrected:
        notes.append("replaces an earlier file of the same period: " + corrected[0][1])
    if released is None:
        notes.append("day of release not printed, or not one that can be true")
    title = layout.release_title.format(period=period)
    row: ReleaseRow = {
        "source": layout.publication,
        "release": key,
        "title": title,
        "publisher": layout.publisher,
        "released": released,
        "period_end": end,
        "designation": layout.designation,
        "held": True,
        "vintage_order": int(f"{order:%Y%m%d}"),
        "licence": LICENCE,
        "url": None,
        "note": "; ".join(notes),
        "citation": f"{layout.publisher}, {title}",
    }
    return IdentifiedRelease(key, row, findings)


def _period_end(contents: Contents, file: str) -> datetime.date:
    """The last day that most tables reach, by their headers or else their titles."""
    ends: Counter[datetime.date] = Counter()
    for located in contents.tables:
        periods = list(located.periods.values()) if located.layout.columns != "change" else title_periods(located)
        if periods := [period for period in periods or title_periods(located) if period.period_type != "mid_year"]:
            ends[max(period.end for period in periods)] += 1
    if not ends:
        places = [(place, text) for place, text in contents.cover if named(text)]
        last_days = [max(period.end for period in named(text)) for _, text in places]
        if not last_days:
            raise BadInput(
                f"{file} does not say which period it is about",
                [
                    Problem(
                        file,
                        "",
                        "no period in headers, titles or on the cover",
                        "a period",
                        "Check which file this is.",
                    )
                ],
            )
        return Counter(last_days).most_common(1)[0][0]
    most = max(ends.values())
    return max(end for end, count in ends.items() if count == most)


def _released(
    contents: Contents, end: datetime.date, corrected: list[tuple[str, str]]
) -> tuple[datetime.date | None, list[Finding]]:
    """The printed day of release, or None with a finding where it cannot be the day of this period.

    corrected: place and text of what says that the file replaces another; it came out on the last day that is printed then
    """
    dates = []
    for place, text in contents.cover:
        for match in PUBLISHED.finditer(" ".join(text.split())):
            if day := _day(match):
                dates.append((place, match[0], day))
    again = [
        (place, match[0], day) for place, text in corrected for match in DATE.finditer(text) if (day := _day(match))
    ]
    corrections = [dated for dated in dates if "correction" in dated[0].casefold()]
    if again:
        corrections = sorted([*again, *dates], key=lambda dated: dated[2], reverse=True)
    findings: list[Finding] = []
    for place, printed, day in corrections or dates:
        if SOONEST <= day - end <= LATEST:
            return day, findings
        findings.append(
            finding(
                "cover_date_contradicts_contents", "warning", place,
                f"The cover prints {printed!r}; the tables end with {end}, {abs((day - end).days)} days "
                f"{'before' if day > end else 'after'} that day. "
                f"{_later(contents, day)}".strip(),
                "The day is not taken; the release is ordered by its period.",
            )
        )  # fmt: skip
    return None, findings


def _later(contents: Contents, day: datetime.date) -> str:
    """A note that speaks of a later day, as evidence."""
    for block in contents.notes.blocks:
        for number, text in block.text.items():
            for match in DATE.finditer(text):
                other = _day(match)
                if other is not None and other > day:
                    return f"Note {number} of {block.heading!r} speaks of {other}."
    return ""


def _day(match: re.Match[str]) -> datetime.date | None:
    """A printed day; None where there is no such day, as 31 September."""
    try:
        return datetime.date(int(match[3]), MONTHS[match[2].casefold()], int(match[1]))
    except ValueError:
        return None


def _cover_year(contents: Contents, end: datetime.date, file: str) -> list[Finding]:
    """Texts on the cover that name another year ending than the tables."""
    findings = []
    for place, text in contents.cover:
        years = [period for period in named(text) if period.period_type == "year"]
        if years and all(period.end != end for period in years) and re.search(r"year ending", text, re.IGNORECASE):
            if not re.search(r"crime in england|appendix|data tables", text, re.IGNORECASE):
                continue
            if re.search(r"not available|suspen|comparable", text, re.IGNORECASE):
                continue
            findings.append(
                finding(
                    "cover_contradicts_contents", "warning", place,
                    f"The cover prints {' '.join(text.split())!r}; the tables end with {end}.",
                    "The period of the tables is taken.",
                )
            )  # fmt: skip
    return findings


def latest(periods: list[Period]) -> Period:
    """The period that ends last, the longest of them."""
    return max(periods, key=lambda period: (period.end, period.months))
