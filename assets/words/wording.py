"""Numbers, periods and codes in the words that people read."""

import datetime
import math
import re
from collections.abc import Iterable, Sequence

from schemas.rows import AnyRow, Record

# So begins what says why an area has no rate.
WITHOUT_RATE = "No rate"
NOT_A_RATE = "Not a reporting rate. One victim may have many recorded offences or none."
# ONS, Domestic abuse: Quality and Methodology Information, important points.
ADVICE = (
    "ONS advises against comparing the survey and recorded crime directly for these topics: they differ in timescales and do not"
    " count the same thing. A ratio is given all the same, by written rules and with its interval, because the two are set side"
    " by side anyway: it says how far apart they are, and nothing of who reports."
)
NOTHING = "[x]"
YEARLY = ("year", "survey_year")
ALL_THREATS = 9
SHORT = {"rasso": "RASSO", "csae": "CSAE", "stalking_harassment": "stalking and harassment"}
DESIGNATIONS = {
    "accredited": "accredited",
    "official": "official",
    "not_accredited": "not accredited",
    "in_development": "in development",
    "policing": "policing collection",
    "press_copy": "read in a copy",
}
SCOPES = {
    "csew": "Crime Survey for England and Wales",
    "ons_prc": "Police recorded crime, as published by ONS",
    "policing_vawg": "Policing VAWG collection of the National Policing Statement",
    "collection": "Policing collection, as assembled from the forces' returns",
    "homicide_index": "Home Office Homicide Index (victims)",
    "csae_analysis": "Analyses of police recorded child sexual abuse",
    "ho_hba": "Home Office statistics on so-called honour-based abuse",
    "cps_justice": "Police and prosecution outcomes",
    "population": "Mid-year population estimates",
}
INTERVALS = {
    "published": "limits printed by the publisher",
    "computed": "computed from a sourced base and design effect",
    "assumed": "the widest range that the listed assumptions allow, not a 95% interval",
    "rounding": "the rounding of the printed figure only",
}
WHOM = {"all": "all adults", "female": "women", "male": "men"}
VERDICTS = {"pass": "May be compared", "qualify": "May be compared with care", "block": "Not to be compared"}
MILLION, THOUSAND = 1_000_000, 1_000
ONE_DAY = datetime.timedelta(days=1)
CELL = re.compile(r"([A-Z]+)(\d+)")
NO_NOTE = "(no such note in the file)"
NOWHERE = re.compile(rf"\[note \d+\] {re.escape(NO_NOTE)}")


def number(value: float | None, digits: int = 0) -> str:
    """A number with thousands separators; [x] where there is none."""
    return NOTHING if value is None else f"{_no_minus_nought(value, digits):,.{digits}f}"


def rate_digits(rate: float | None) -> int:
    """Decimals of a rate: two, and of a smaller one so many that two digits of it show."""
    return 2 if rate is None or rate <= 0 else max(2, 1 - math.floor(math.log10(rate)))


def rate(value: float | None) -> str:
    """A rate with so many decimals: 3.56, 0.00055."""
    return number(value, rate_digits(value))


def noted(notes: Iterable[str], of: str = "") -> list[str]:
    """Notes as caveats: of the source where they have its number, else of who read, transcribed or added up the figures. Without
    those that a file explains nowhere: they tell a reader nothing."""
    places_apart = (" ".join(NOWHERE.sub("", note).split()) for note in notes)
    return [f"Noted{of}: {note.rstrip('.')}." for note in places_apart if note]


def first_of(names: Iterable[str], most: int) -> str:
    """Some names, and how many more there are."""
    known = list(names)
    return ", ".join(known[:most]) + (f" and {len(known) - most:,} more" if len(known) > most else "")


def number_of(number: int, of_what: str) -> str:
    """`1 row`, `3,000 rows`."""
    return f"{number:,} {of_what}{'' if number == 1 else 's'}"


def people(value: float | None) -> str:
    """A survey number no finer than it is known: millions to two places, else whole thousands."""
    if value is None:
        return NOTHING
    return f"{_millions(value)} million" if value >= MILLION else f"{round(value, -3):,.0f}"


def _millions(value: float) -> str:
    """Millions to two places; no nought that nobody printed: 1.4, 4.79."""
    millions = f"{value / MILLION:,.2f}"
    return millions[:-1] if millions.endswith("0") else millions


def between(lower: float | None, upper: float | None, digits: int = 0) -> str:
    """An interval as `a to b`; [x] where there is none."""
    return NOTHING if lower is None or upper is None else f"{number(lower, digits)} to {number(upper, digits)}"


def people_between(lower: float | None, upper: float | None) -> str:
    """An interval of a survey number, in the words of its upper end."""
    if lower is None or upper is None:
        return NOTHING
    if upper >= MILLION:
        return f"{lower / MILLION:,.2f} to {upper / MILLION:,.2f} million"
    return f"{round(lower, -3):,.0f} to {round(upper, -3):,.0f}"


def limits_of_estimate(row: Record) -> str:
    """An estimate's interval, or why there is none: rounding alone is none."""
    between = people_between(row["estimate_lower"], row["estimate_upper"])
    return "its sampling error is not held" if between == NOTHING and row["estimate"] is not None else between


def thousands(value: float | None) -> str:
    """A survey number in whole thousands, for a column that says so."""
    return NOTHING if value is None else f"{value / THOUSAND:,.0f}"


def thousands_between(lower: float | None, upper: float | None) -> str:
    """An interval in whole thousands, for a column that says so."""
    if lower is None or upper is None:
        return NOTHING
    narrow = round(lower, -3) == round(upper, -3)
    return between(lower / THOUSAND, upper / THOUSAND, 1 if narrow else 0)


def signed(value: float | None, digits: int = 1) -> str:
    """A change with its sign, a true minus."""
    return NOTHING if value is None else f"{value:+,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def change_on(row: AnyRow) -> str:
    """The arithmetic change of a row in percent, with the month that it is a change on."""
    return (
        NOTHING if row["change_percent"] is None else f"{signed(row['change_percent'])} on {month(row['change_from'])}"
    )


def _no_minus_nought(value: float, digits: int) -> float:
    return round(value, digits) + 0.0


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def cells(listed_cells: str) -> str:
    """`V261, V289 to V300` for cells that stand one by one, with `;` between: those below one another as a range."""
    ranges: list[list[str]] = []
    for cell in filter(None, listed_cells.split(";")):
        last, now = CELL.fullmatch(ranges[-1][-1]) if ranges else None, CELL.fullmatch(cell)
        if last and now and last[1] == now[1] and int(now[2]) == int(last[2]) + 1:
            ranges[-1].append(cell)
        else:
            ranges.append([cell])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in ranges)


def month(day: datetime.date) -> str:
    """`Mar 2023`."""
    return f"{day:%b %Y}"


def months(first: datetime.date, last: datetime.date) -> str:
    """`November 2022`, or `January 2014 to December 2018`."""
    start, end = f"{first:%B %Y}", f"{last:%B %Y}"
    return start if start == end else f"{start} to {end}"


def year_to(day: datetime.date) -> str:
    """`year to March 2023`."""
    return f"year to {day:%B %Y}"


def contradicts(what: str) -> str:
    """That a side of a comparison, or a count, is withheld."""
    return f"the published {what} contradicts other published figures and is withheld (archive.doubt)"


def newer_withheld(day: datetime.date) -> str:
    """That a newer year than the one that is told of is withheld."""
    return f"Of the {year_to(day)} {contradicts('estimate or count')}."


def day_words(day: datetime.date | None) -> str:
    """`31 March 2023`; `not printed` where there is none."""
    return "not printed" if day is None else f"{day.day} {day:%B %Y}"


def period(row: AnyRow, prefix: str = "period") -> str:
    """`year ending March 2023`, `January to March 2025`, `mid-2023`."""
    start, end = row[f"{prefix}_start"], row[f"{prefix}_end"]
    if row.get("period_type") in YEARLY:
        return f"year ending {end:%B %Y}"
    if row.get("period_type") == "mid_year":
        return f"mid-{end:%Y}"
    return f"{start:%B} to {end:%B %Y}" if start.year == end.year else f"{start:%B %Y} to {end:%B %Y}"


def periods(rows: Sequence[Record]) -> str:
    """The years of some rows in one phrase: all of them where they are few, else how many and from when to when."""
    ends = sorted({row["period_end"] for row in rows})
    if len(ends) <= 3:
        return "Year ending " + listed([month(end) for end in ends])
    return f"{len(ends)} periods, years ending {month(ends[0])} to {month(ends[-1])}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    given = list(words)
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} {last} {given[-1]}" if given else ""


def small(text: str) -> str:
    """The same, begun with a small letter."""
    return text[:1].lower() + text[1:]


def first_sentence(text: str) -> str:
    """The first sentence of a definition, without its full stop: what it is of."""
    return text.split(". ")[0].rstrip(".")


def sentence(text: str | None) -> str:
    """The text with a capital first letter and a full stop."""
    if not text:
        return ""
    whole = capital(text)
    return whole if whole[-1] in ".!?" else whole + "."


def designation(code: str | None) -> str:
    """The standing of a statistic in few words."""
    return DESIGNATIONS.get(code or "", code or "")


def questions(instrument: str | None) -> str:
    """Which questions were asked, where it makes a series of its own."""
    return {"csew_self_completion_new": "new questions", "csew_harassment_module": "harassment module"}.get(
        instrument or "", ""
    )


def basis(row: AnyRow) -> str:
    """Whom an estimate is of and what was asked, which make it a series of its own."""
    asked = questions(row["instrument"])
    return f"{row['age']}" + (f", {asked}" if asked else "")


def interval_remark(rows: Sequence[Record]) -> str:
    """What the intervals of some estimates are, in one sentence."""
    sources = dict.fromkeys(row["interval_source"] for row in rows if row["interval_source"])
    sources_named = listed([INTERVALS[source] for source in sources], "or")
    return sentence(
        f"intervals of the estimates: {sources_named}" if sources_named else f"no interval can be given ({NOTHING})"
    )


def unit_words(unit: str | None) -> str:
    """`people` for estimated victims: what a reader would call them."""
    return {"victims": "victims (people)", "incidents": "incidents"}.get(unit or "", unit or "")


def coded(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")


def union_words(row: Record) -> str:
    """The sets of a union in few words, readings other than the printed one said; unique within a system."""
    sets = row["sets"].split("|")
    name = (
        "all nine threats"
        if len(sets) == ALL_THREATS
        else listed([SHORT.get(threat, coded(threat)) for threat in sets], "or")
    )
    return name if row["reading"] == "as_stated" else f"{name} ({coded(row['reading'])})"
