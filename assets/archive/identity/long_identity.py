"""Which publication and release a file is, by its content: its name and its place are no evidence."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.archive.gate.gate import gate
from assets.archive.publications.csew_open import read as csew_open
from assets.archive.publications.csew_sdg import indicator as csew_sdg
from assets.archive.publications.csew_sdg.indicator import Indicator, indicator_of
from assets.archive.publications.ho_outcomes import read as ho_outcomes
from assets.archive.publications.ho_prc_pfa import read as ho_prc_pfa
from assets.archive.publications.ons_population import places as population_places
from assets.archive.publications.ons_population import read as ons_population
from assets.archive.publications.ons_population.layouts import mid_years
from assets.archive.publications.ons_population.sheet import MID
from assets.archive.reading.content import Row, heads
from assets.archive.reading.layout_tables import Record, layout
from assets.archive.reading.long_table import (
    LongTable,
    Resemblance,
    has_table,
    header_label,
    header_labels,
    long_tables,
    resemblance,
)
from assets.archive.reading.periods import Period, day, end_named, financial_quarter, month_end
from assets.archive.reading.result import ReleaseKey
from assets.words.problems import BadInput, Problem

PUBLISHED = re.compile(r"publish\w*.{0,40}?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]+)\s+(20\d\d)")
HO, ONS = "Home Office", "Office for National Statistics"
DIGITS = 7
ALIKE = 2  # columns of a table that a file has which resembles it; half as many as it lacks at the least
# Months between the end of a period and its release, where the file does not print the day.
LAG_MONTHS = {"ho_prc_pfa": 4, "ho_outcomes": 4, "csew_open": 4, "csew_sdg": 16, "ons_population": 12}


@dataclass(frozen=True)
class LongForm:
    """A table in long form of a publication.

    headers, table: its layout of headers, and the table there
    stem, title, publisher, designation: what its releases are called
    dated, ends: the columns that say its periods, and the last day of what they print together
    """

    source: str
    headers: str
    table: str
    stem: str
    title: str
    ends: Callable[..., datetime.date | None]
    dated: Sequence[str] = ("year", "quarter")
    publisher: str = HO
    designation: str = "not_accredited"


def _end_of(period: Callable[..., Period | None]) -> Callable[..., datetime.date | None]:
    return lambda *printed: span.end if (span := period(*printed)) else None


FORMS = (
    LongForm("ho_prc_pfa", ho_prc_pfa.HEADERS, ho_prc_pfa.QUARTERS, "prc-pfa-to",
             "Police recorded crime open data: Police Force Area tables", _end_of(financial_quarter)),
    LongForm("ho_prc_pfa", ho_prc_pfa.HEADERS, ho_prc_pfa.ROLLING, "rolling-years-to",
             "Recorded crime by police force area, rolling years", end_named, ("year_ending",)),
    LongForm("ho_outcomes", ho_outcomes.HEADERS, ho_outcomes.TABLE, "outcomes-to", "Crime outcomes open data",
             _end_of(financial_quarter)),
    LongForm("csew_open", csew_open.HEADERS, csew_open.TABLE, "personal-prevalence-to",
             "CSEW open data tables: personal crime prevalence", _end_of(csew_open.twelve_months), publisher=ONS,
             designation="official"),
)  # fmt: skip


@dataclass(frozen=True)
class Identity:
    """What a file is.

    source, release, designation, url: as the rows of its figures name it
    reader:   which reader of `readers.READERS` reads it
    title, publisher, released, period_end, vintage_order, note: for its row of `meta.release`; vintage_order is the day of
              release as yyyymmdd, where none is printed the end of the period and the usual lag
    sha256:   fingerprint of the content
    known:    is it one of the files whose release was looked up by hand
    """

    source: str
    release: str
    reader: str
    designation: str
    title: str
    publisher: str
    sha256: str
    released: datetime.date | None = None
    period_end: datetime.date | None = None
    vintage_order: int | None = None
    url: str | None = None
    note: str | None = None
    known: bool = False

    def as_release(self) -> ReleaseKey:
        """The release as readers want it."""
        return ReleaseKey(self.source, self.release, self.designation, self.url)


def identify(path: Path, data: Path) -> Identity | None:
    """The publication and release of a file of open data; None where it is none of these publications.

    A file whose fingerprint is tracked in data/layouts/known_files.csv has the release that stands there.
    BadInput only where the file does not pass the gate, or cannot be opened at all.
    """
    sha256 = gate(path, data=data).sha256
    identity = _by_content(path, data, sha256)
    row = next((row for row in layout(data, "known_files") if row["sha256"] == sha256), None)
    if row is None or identity is None:
        return identity
    return _as_known(identity, row)


def _as_known(identity: Identity, row: Record) -> Identity:
    released = datetime.date.fromisoformat(row["released"]) if row["released"] else identity.released
    end = datetime.date.fromisoformat(row["period_end"]) if row["period_end"] else identity.period_end
    return Identity(
        source=row["source"], release=row["release"], reader=identity.reader,
        designation=row["designation"] or identity.designation,
        title=row["title"] or identity.title, publisher=row["publisher"] or identity.publisher,
        sha256=identity.sha256, released=released, period_end=end,
        vintage_order=int(row["vintage_order"]) if row["vintage_order"] else identity.vintage_order,
        url=row["url"] or None, note=row["note"] or None, known=True,
    )  # fmt: skip


def _by_content(path: Path, data: Path, sha256: str) -> Identity | None:
    """By the heads of its sheets, of which a CSV file is one, read one after the other until one is telling."""
    seen: list[tuple[str, list[Row]]] = []
    of_population: dict[str, set[int]] = {}
    for place, head, below in heads(path):
        labels = header_labels(head)
        for form in FORMS:
            if has_table(labels, layout(data, form.headers), form.table):
                return _long(form, path, data, sha256)
        rows = [*head, *below]
        if head and (indicator := indicator_of(rows, data)):
            return _indicator(indicator, rows, sha256, data)
        seen.append((place, head))
        if (years := _mid_years(rows, data)) is not None:
            of_population[place] = years
    if years := set[int]().union(*of_population.values()):
        return _population([head for _, head in seen], years, sha256, path.name)
    if of_population:
        raise _untitled(next(iter(of_population)))
    _refuse_if_nearly(seen, data)
    return None


def _indicator(indicator: Indicator, rows: list[Row], sha256: str, data: Path) -> Identity:
    end = _last_survey_day(indicator, rows[csew_sdg.header_row(rows, data) :])
    number = indicator.number
    return Identity(
        "csew_sdg", f"sdg-{number}-{sha256[:DIGITS]}", "csew_sdg", "accredited",
        f"UK SDG indicator {number.replace('-', '.')}", ONS, sha256, None, end, _order(end, "csew_sdg") if end else None,
    )  # fmt: skip


def _refuse_if_nearly(seen: Sequence[tuple[str, list[Row]]], data: Path) -> None:
    """BadInput where a file of no known publication is nearly one of those in long form, naming the one it most resembles."""
    for place, head in seen:
        alike = [likely for likely in _alike(head, data) if likely[2].nearly]
        if alike:
            kind, table, resemblance = max(alike, key=lambda likely: (likely[2].there, likely[2].share))
            raise BadInput(
                f"{place} is nearly {kind} ({table.replace('_', ' ')})",
                [replace(problem, place=place) for problem in resemblance.lacking],
            )
        if head:
            csew_sdg.refuse_if_nearly(head[0], data, place)


def _untitled(place: str) -> BadInput:
    """Of a sheet with the header of a table of population, where neither it nor a title says of which mid-year."""
    return BadInput(
        f"{place} does not say of which mid-year it is",
        [Problem(place, "the mid-year", "no mid-year above the header or in it",
                 "a title that says of which mid-year and sex it is, such as 'Persons by single year of age, mid-2022'",
                 "Save the sheet with the title that stands above its header, or take the file as published.")],
    )  # fmt: skip


def most_like(path: Path, data: Path) -> str:
    """Of a file of no known publication: which table in long form it most resembles, and what it lacks; empty where none."""
    tops = [head for _, head, _ in heads(path)]
    if said := next(filter(None, (csew_sdg.of_another(row, data) for head in tops for row in head)), ""):
        return said
    alike = [likely for head in tops for likely in _alike(head, data)]
    alike = [likely for likely in alike if likely[2].there >= max(ALIKE, len(likely[2].lacking) / 2)]
    if not alike:
        return ""
    kind, table, resemblance = max(alike, key=lambda likely: (likely[2].there, likely[2].share))
    lacking = ", ".join(problem.expected for problem in resemblance.lacking)
    return f" It most resembles {kind} ({table.replace('_', ' ')}) and lacks {lacking}. {resemblance.lacking[0].remedy}"


def _alike(head: list[Row], data: Path) -> Iterator[tuple[str, str, Resemblance]]:
    # "Code" and "Name" stand in many files; few but the Home Office have quarters of financial years, or rolling ones.
    population = [("ons_population", population_places.HEADERS, kind, 1 / 4) for kind in ons_population.LAYOUTS]
    labels = header_labels(head)
    long = [(form.source, form.headers, form.table, 1 / 2) for form in FORMS]
    for kind, headers, table, may_lack in [*long, *population]:
        likeness = resemblance(labels, layout(data, headers), table, may_lack)
        if likeness is not None:
            yield kind, table, likeness


def _mid_years(rows: list[Row], data: Path) -> set[int] | None:
    """The mid-years that a sheet with the header of a table of population says at its top or in it; None where it is none."""
    table = ons_population.table_of(rows, layout(data, population_places.HEADERS))
    if table is None:
        return None
    at_top = {int(year) for row in rows[:8] for cell in row for year in MID.findall(str(cell))}
    return at_top | mid_years(table[1], rows)


def _population(heads: list[list[Row]], told: set[int], sha256: str, name: str) -> Identity:
    cells = [str(cell) for head in heads for row in head for cell in row if isinstance(cell, str) and cell.strip()]
    years = [int(year) for cell in cells for year in MID.findall(cell)] or sorted(told)
    historical = any("historical time series" in cell.casefold() for cell in cells)
    released = next(
        (
            published
            for cell in cells
            if (match := PUBLISHED.search(cell)) and (published := day(" ".join(match.groups())))
        ),
        None,
    )
    titles = [cell for cell in cells if len(cell) < 200 and "population estimates" in cell.casefold()]
    dated = [cell for cell in cells if MID.search(cell) and len(cell) < 200]
    titles = [cell for cell in dated if "population" in cell.casefold()] or dated or titles
    year = max(years) if historical else _most_named(titles) or max(years)
    stem = "historical" if historical else f"mid-{year}"
    suffix = f"{released:%Y-%m}" if released else sha256[:DIGITS]
    end = datetime.date(year, 6, 30)
    return Identity(
        "ons_population", f"{stem}-{suffix}", "ons_population", "official",
        titles[0].strip() if titles else name, ONS, sha256, released, end,
        _order(released) if released else _order(end, "ons_population"),
    )  # fmt: skip


def _most_named(titles: list[str]) -> int | None:
    years = [int(year) for title in titles for year in MID.findall(title)[-1:]]
    return max(set(years), key=lambda year: (years.count(year), year)) if years else None


def _long(form: LongForm, path: Path, data: Path, sha256: str) -> Identity:
    tables = long_tables(path, layout(data, form.headers), form.table)
    end = max(filter(None, (_last_day(form, long_table) for long_table in tables)), default=None)
    to = f"{end:%Y-%m}" if end else sha256[:DIGITS]
    return Identity(
        form.source, f"{form.stem}-{to}", form.source, form.designation, f"{form.title}, to {to}", form.publisher, sha256,
        None, end, _order(end, form.source) if end else None,
    )  # fmt: skip


def _last_day(form: LongForm, table: LongTable) -> datetime.date | None:
    """The last day that a long table reaches to; periods that cannot be read are the reader's business."""
    printed = {*zip(*(table.columns[name].to_pylist() for name in form.dated), strict=True)}
    return max(filter(None, (form.ends(*cells) for cells in printed)), default=None)


def _last_survey_day(indicator: Indicator, rows: list[Row]) -> datetime.date | None:
    """The last survey year of an indicator, wherever its column stands."""
    at = next((at for at, cell in enumerate(rows[0]) if header_label(cell) == "year"), 0)
    ends = [period.end for row in rows[1:] for cell in row[at : at + 1] if (period := indicator.survey_year(str(cell)))]
    return max(ends, default=None)


def _order(day: datetime.date, source: str | None = None) -> int:
    """A day as yyyymmdd; where no day of release is printed, the end of the period and the usual lag of the publication."""
    if source is not None:
        month = day.year * 12 + day.month - 1 + LAG_MONTHS[source]
        day = month_end(month // 12, month % 12 + 1)
    return day.year * 10000 + day.month * 100 + day.day
