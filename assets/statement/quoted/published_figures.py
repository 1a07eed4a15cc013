"""The published figures that a text may print, of every vintage, by area and period: what each counts, and where it stands."""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property, lru_cache

import pandas as pd

from assets.archive.reading.periods import Period, months_between
from assets.archive.reading.periods import named as periods_in
from assets.methods.interval import Interval
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.vintage import COPIES, left_out
from assets.statement.claims.lookups import ranking, rounding, scope_of, value_in_words
from assets.statement.quoted.topics import Topics
from assets.tables.records import Frames, Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES

SURVEY, SHARE, THOUSAND, PER_CENT = "survey.estimate", "recorded.share", "thousand_", "percent"
OF_CHANGE = ["topic", "area_code", "period_start", "period_end", "characteristic_value", "source", "release"]
RATES = "per_"  # how units begin that are so many of others
Span = tuple[datetime.date, datetime.date]  # first and last day of a period
REVISION = "revision"  # of the kinds of relations
# So many months after its end the figure of a period is published at the latest: where it comes out each quarter, and each year.
QUARTERLY, YEARLY = 5, 12


@dataclass(frozen=True, eq=False)
class PublishedFigure:
    """A row of a table, and the key of that."""

    table: str
    row: Record

    @cached_property
    def quantity(self) -> tuple[object, ...]:
        """What it counts, whichever release prints it."""
        row = self.row
        return row["series"], row["area_code"], row["period_start"], row["period_end"], row["sex"], row["age"]

    @cached_property
    def value(self) -> float:
        """Those in thousands multiplied."""
        return float(self.row["value"] * self._scale)

    @cached_property
    def print(self) -> Interval:
        """What its print stands for."""
        return rounding(self.row) * self._scale

    @property
    def _scale(self) -> int:
        return 1_000 if self.row["unit"].startswith(THOUSAND) else 1

    @property
    def is_percent(self) -> bool:
        """Is it a percentage?"""
        return bool(self.row["unit"] == PER_CENT)

    @property
    def is_rate(self) -> bool:
        """Is it so many of others?"""
        return bool(self.row["unit"].startswith(RATES))

    @property
    def of_survey(self) -> bool:
        """Is it an estimate?"""
        return self.table == SURVEY

    @property
    def span(self) -> Span:
        """Its first and last day."""
        return self.row["period_start"], self.row["period_end"]

    @property
    def period(self) -> Period:
        """What it is of."""
        return Period(*self.span, self.row["period_type"])

    @property
    def counted(self) -> tuple[object, ...]:
        """What it counts, wherever and in whatever period of its kind."""
        return self.table, *(self.row[column] for column in ("series", "sex", "age", "period_type"))

    def exceeds(self, other: "PublishedFigure") -> bool:
        """Is it above another one, beyond what was rounded?"""
        return self.print.lower > other.print.upper

    @property
    def days(self) -> str:
        """Its first and last day, in words."""
        return f"{self.row['period_start']} to {self.row['period_end']}"

    @property
    def release(self) -> tuple[str, str]:
        """The publication and release that it is of."""
        return self.row["source"], self.row["release"]

    @property
    def without(self) -> tuple[str, ...]:
        """Codes of the forces that it leaves out."""
        return left_out(self.row)

    @property
    def scope(self) -> str:
        """The system that counted it."""
        return scope_of(self.row, self.table)

    @property
    def told(self) -> str:
        """Its value in words."""
        return value_in_words(self.row)

    @property
    def printed_in(self) -> str:
        """It and where it stands: release, sheet and cell."""
        place = " ".join(filter(None, (self.row["sheet"], self.row["cell"])))
        return f"{self.told} in {'@'.join(self.release)}{f', {place}' if place else ''}"

    @property
    def stands(self) -> str:
        """It, where it stands, and of which days."""
        return f"{self.printed_in} ({self.days})"

    def expression(self, *, of_its_release: bool = False) -> str:
        """It in the language of claims; the newest, or that of its release."""
        wanted = {name: self.row[name] for name in ("sex", "age") if self.row[name] != "all"}
        wanted |= {"area": self.row["area_code"]} if self.row["area_code"] != ENGLAND_AND_WALES else {}
        wanted |= {"characteristic": value} if (value := self.row.get("characteristic_value")) else {}
        wanted |= {"period_start": self.row["period_start"].isoformat()}
        wanted |= {"release": "@".join(self.release)} if of_its_release else {}
        arguments = "".join(f', {name}="{value}"' for name, value in wanted.items())
        return f'fact("{self.table}", "{self.row["series"]}", "{self.row["period_end"]}"{arguments})'


def called(name: str) -> re.Pattern[str]:
    """A name as it is printed, also where it begins a sentence: "The Met"."""
    return re.compile(rf"\b(?i:{re.escape(name[0])}){re.escape(name[1:])}\b")


def _late(release: Record) -> int:
    """How many months after the end of its period a release came out; none where that is not known."""
    out, ended = release["released"], release["period_end"]
    return months_between(ended, out) if out and ended else 0


class PublishedFigures:
    """tables: facts by table key; series: `reference.series`; areas: `reference.area`; releases: `meta.release`; breaks:
    `reference.comparability_break`; canonical: `reference.canonical_table`; beside: `reference.figure_word`; relations:
    `reference.relation`; spellings: `reference.spelling`
    """

    def __init__(
        self,
        tables: Frames,
        series: pd.DataFrame,
        areas: pd.DataFrame,
        releases: pd.DataFrame,
        breaks: pd.DataFrame,
        canonical: pd.DataFrame,
        beside: pd.DataFrame,
        relations: pd.DataFrame,
        spellings: pd.DataFrame,
    ) -> None:
        self._tables, self.topics, self.breaks = tables, Topics(series, beside), Breaks(breaks)
        self._rank = ranking(releases)
        self._out = {(row["source"], row["release"]): (row["period_end"], _late(row)) for row in records(releases)}
        self._revisions = [
            (re.compile(row["anchor"]), Interval.closed(Fraction(str(row["lower"])), Fraction(str(row["upper"]))))
            for row in records(relations)
            if row["kind"] == REVISION and row["form"] == "mul"
        ]
        official = {str(row["publisher"]) for row in records(releases) if row["designation"] not in COPIES}
        self._publishers = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(official)))})\b", re.IGNORECASE)
        self._canonical = {row["printed_table"]: int(row["rank"]) for row in records(canonical)}
        self._names = {row["area_code"]: row["name"] for row in records(areas)}
        self.forces = frozenset(row["area_code"] for row in records(areas) if row["area_type"] == "police_force")
        self._spelt = {  # "Yorkshire and the Humber", too
            code: [*dict.fromkeys([name, name.replace(" The ", " the ")])]
            for code, name in self._names.items()
            if code != ENGLAND_AND_WALES
        }
        for row in records(spellings):
            if row["kind"] == "area" and row["code"] in self._spelt:
                self._spelt[row["code"]].append(row["spelling"])
        named_so = defaultdict[str, list[str]](list)  # a force and a partnership may have one name
        for code, name in self._names.items():
            named_so[name.casefold()].append(code)
        longest_first = sorted(named_so.items(), key=lambda named: -len(named[0]))
        self._areas = {re.compile(rf"\b{re.escape(name)}\b"): codes for name, codes in longest_first}
        self._names[ENGLAND_AND_WALES] = ""
        also = ((name, code) for code, (_, *others) in self._spelt.items() for name in others)
        self._also = [(called(name), code) for name, code in also]
        dated = {title for title in map(str, releases["title"].unique()) if periods_in(title)}
        self._titles = sorted(dated, key=len, reverse=True)
        self.of = cache(self._of)
        self.areas = lru_cache(maxsize=1_000)(self._areas_in)  # a sentence is asked for each of its numbers

    def rank(self, figure: PublishedFigure) -> tuple[bool, int]:
        """By what it is newer than another of its quantity."""
        return self._rank(figure.row)

    def place(self, figure: PublishedFigure) -> int:
        """Which of the tables that print one count is asked first: 1, 2 ...; see `reference.canonical_table`."""
        return self._canonical.get(".".join(figure.row["series"].split(".")[1:2]), len(self._canonical) + 1)

    def _areas_in(self, flat: str) -> tuple[str, ...]:
        """Codes of the areas that a text in small letters names; "England and Wales" does not name Wales."""
        named, flat = list[str](), flat.replace(" & ", " and ")
        for name, codes in self._areas.items():
            flat, times = name.subn(" ", flat)
            named += codes if times else ()
        return tuple(named)

    def printed_areas(self, text: str) -> list[str]:
        """Codes of the areas that a text names as they are printed: "Reading" is one and "reading" none, "MPS" and no "MPs"."""
        text = text.replace(" & ", " and ")
        codes = (code for code in self.areas(text.casefold()) if code in self._spelt and self._names[code] in text)
        return [*dict.fromkeys([*codes, *(code for pattern, code in self._also if pattern.search(text))])]

    def area(self, flat: str) -> list[str]:
        """Codes of the area that a text in small letters names, by its longest name; none where it names none."""
        codes = self.areas(flat)
        longest = max((self.name(code) for code in codes), key=len, default=None)
        return [code for code in codes if self.name(code) == longest]

    def without_areas(self, text: str, codes: Iterable[str]) -> str:
        """A text without the names of some areas, as they are printed."""
        for name in self.spelt(codes):
            text = text.replace(name, " ").replace(name.replace(" and ", " & "), " ")
        return text

    def flat_without_areas(self, flat: str, codes: Iterable[str]) -> str:
        """A text in small letters without all that some areas are called."""
        for name in self.spelt(codes):
            flat = flat.replace(name.casefold(), " ")
        return flat

    def spelt(self, codes: Iterable[str]) -> list[str]:
        """All that some areas are called, as it is printed, the longest first; England and Wales goes without saying."""
        return sorted({name for code in codes for name in self._spelt.get(code, ())}, key=len, reverse=True)

    def without_publishers(self, text: str) -> str:
        """A text without the names of those who publish official releases: "Home Office" is no home."""
        return self._publishers.sub(" ", text)

    def without_titles(self, text: str) -> str:
        """A text without the titles of releases that name a period: "Appendix tables, YE December 2025" is of many."""
        for title in self._titles:
            text = text.replace(title, " ")
        return text

    def name(self, code: str) -> str:
        """The name of an area, as it stands beside a figure: that of England and Wales goes without saying."""
        return str(self._names[code])

    def vintages(self, figure: PublishedFigure, span: Span | None = None) -> list[PublishedFigure]:
        """The figures of what one counts, in its own or another period, of every release."""
        series, area, *_, sex, age = figure.quantity
        start, end = span or figure.span
        wanted = figure.table, (series, area, start, end, sex, age)
        return [
            other for other in self.of(figure.row["area_code"]).get(end, ()) if (other.table, other.quantity) == wanted
        ]

    def pairs(
        self, some: Collection[PublishedFigure], others: Collection[PublishedFigure]
    ) -> list[tuple[PublishedFigure, PublishedFigure]]:
        """A figure of each, of every release that has both, the newest first; or else the newest of each."""
        firsts, seconds = (sorted(figures, key=self.rank, reverse=True) for figures in (some, others))
        both = [(first, second) for second in seconds for first in firsts if first.release == second.release]
        return both or [*zip(firsts[:1], seconds[:1], strict=False)]

    def printed_changes(
        self, figure: PublishedFigure, since: Span, until: Span
    ) -> Iterator[tuple[PublishedFigure, PublishedFigure]]:
        """The change of what a figure counts on an earlier period and the count, of releases that print both, newest first."""
        compared = "/".join(day.isoformat() for day in since)
        for count in sorted(self.vintages(figure, until), key=self.rank, reverse=True):
            code, area = count.row.get("offence_code"), count.row["area_code"]
            if change := self._printed_changes.get((code, area, *until, compared, *count.release)):
                yield change, count

    @cached_property
    def _printed_changes(self) -> Mapping[tuple[object, ...], PublishedFigure]:
        """By what they are of, where, when, on which days, and of which release."""
        shares = self._tables[SHARE]
        compared = shares[shares["series"].isin(self.topics.changes) & shares["value"].notna() & shares["doubt"].isna()]
        of = compared[OF_CHANGE].itertuples(index=False, name=None)
        return {key: PublishedFigure(SHARE, row) for key, row in zip(of, records(compared), strict=True)}

    def of_other_forces(self, figure: PublishedFigure) -> list[PublishedFigure]:
        """What a figure counts of the same period, of each other territorial force, as the newest release has it."""
        others = (
            other
            for area in self.forces - {figure.row["area_code"]}
            for other in self.of(area).get(figure.row["period_end"], ())
            if other.counted == figure.counted and other.span == figure.span
        )
        return [*{other.row["area_code"]: self.newest(other) for other in others}.values()]

    def newest(self, figure: PublishedFigure) -> PublishedFigure:
        """A figure as the newest release has it."""
        return max(self.vintages(figure), key=self.rank)

    def revision(self, figure: PublishedFigure) -> Interval | None:
        """By what a figure is usually revised, as multiples of it, or the most that any is where its series comes out again and
        that is not known; None where it is not, or where the release of its own period is held that was the first: what another
        one printed may have been revised before.
        """
        series, end = figure.row["series"], figure.row["period_end"]
        by = QUARTERLY if len(self._ends[series]) > 1 else YEARLY
        if any(
            ended == end and late <= by for ended, late in (self._out[each.release] for each in self.vintages(figure))
        ):
            return None  # the first to print it
        usual = (usual for anchor, usual in self._revisions if anchor.fullmatch(series))
        return next(usual, self._most_revised if series in self._of_releases else None)

    def may_be_of(self, sex: str | None, figure: PublishedFigure) -> bool:
        """May a figure be one of a text that says a sex, or none: offences against women and girls alone need not say it."""
        return (sex is None and self.is_of_one_sex(figure)) or figure.row["sex"] in (sex, "all")

    def is_of_one_sex(self, figure: PublishedFigure) -> bool:
        """Is it a count of what is counted of one sex alone?"""
        return not (figure.of_survey or figure.is_percent) and figure.row["series"] in self._of_one_sex

    def things(self, figures: Iterable[PublishedFigure]) -> set[Hashable]:
        """What some figures are of, by whatever questions, and how they are counted."""
        return {self.topics.subject(figure.row["series"]) for figure in figures}

    def about(self, figure: PublishedFigure) -> str:
        """What a figure counts, in words: as its series is defined, the key of that, whom, where and without whom."""
        without = [f"without {' and '.join(map(self.name, codes))}"] if (codes := figure.without) else []
        who = (figure.row[column] for column in ("sex", "age") if figure.row[column] != "all")
        counted = f"{self.topics.named(figure.row['series'])} ({figure.row['series']})"
        return ", ".join([counted, *who, *filter(None, [self.name(figure.row["area_code"])]), *without])

    def _of(self, area: str) -> Mapping[datetime.date, list[PublishedFigure]]:
        """The figures of an area by the day on which their period ends; those of changes are none."""
        figures = [
            PublishedFigure(key, row)
            for key, frame in self._tables.items()
            for row in records(frame[(frame["area_code"] == area) & frame["value"].notna()])
            if row.get("characteristic_value") is None
            and row["doubt"] is None
            and row["series"] not in self.topics.changes
        ]
        return grouped(figures, lambda figure: figure.row["period_end"])

    @cached_property
    def _ends(self) -> Mapping[str, set[int]]:
        """In which months the periods of a series end."""
        ends = defaultdict[str, set[int]](set)
        for frame in self._tables.values():
            for series, end in frame[["series", "period_end"]].drop_duplicates().itertuples(index=False):
                ends[series].add(end.month)
        return ends

    @cached_property
    def _most_revised(self) -> Interval | None:
        return Interval.hull_of(usual for _, usual in self._revisions) if self._revisions else None

    @cached_property
    def _of_releases(self) -> frozenset[str]:
        """The series that more than one release prints."""
        return frozenset(self._different("source", "release").loc[lambda count: count > 1].index)

    @cached_property
    def _of_one_sex(self) -> frozenset[str]:
        return frozenset(self._different("sex").loc[lambda count: count == 1].index)

    def _different(self, *columns: str) -> "pd.Series[int]":
        """How many different values the figures of each series have in some columns."""
        values = pd.concat([frame[["series", *columns]] for frame in self._tables.values()]).drop_duplicates()
        return values.groupby("series").size()
