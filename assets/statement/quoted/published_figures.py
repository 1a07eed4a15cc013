"""The published figures that a text may print, of every vintage, by area and period; and each of them in words."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache, cached_property, lru_cache

import pandas as pd

from assets.methods.interval import Interval
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.vintage import left_out
from assets.statement.claims.lookups import ranking, rounding, value_in_words
from assets.statement.quoted.topics import Topics
from assets.tables.records import Frames, Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES

SURVEY, THOUSAND, PER_CENT = "survey.estimate", "thousand_", "percent"
REVISION = "revision"  # of the kinds of relations
RATES = "per_"  # how units begin that are so many of others
PublishedFigure = tuple[str, Record]  # table key and row


class PublishedFigures:
    """tables: facts by table key; series: `reference.series`; areas: `reference.area`; releases: `meta.release`; breaks:
    `reference.comparability_break`; canonical: `reference.canonical_table`; beside: `reference.figure_word`; relations:
    `reference.relation`
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
    ) -> None:
        self._tables, self.topics, self.breaks = tables, Topics(series, beside), Breaks(breaks)
        self.rank = ranking(releases)
        self._ends = {(row["source"], row["release"]): row["period_end"] for row in records(releases)}
        self._revisions = [
            (re.compile(row["anchor"]), Interval.closed(Fraction(str(row["lower"])), Fraction(str(row["upper"]))))
            for row in records(relations)
            if row["kind"] == REVISION and row["form"] == "mul"
        ]
        self._canonical = {row["printed_table"]: int(row["rank"]) for row in records(canonical)}
        self._names = {row["area_code"]: row["name"] for row in records(areas)}
        named_so = defaultdict[str, list[str]](list)  # a force and a partnership may have one name
        for code, name in self._names.items():
            named_so[name.casefold()].append(code)
        self._areas = {re.compile(rf"\b{re.escape(name)}\b"): codes for name, codes in named_so.items()}
        self._names[ENGLAND_AND_WALES] = ""
        self.of = cache(self._of)
        self.areas = lru_cache(maxsize=1_000)(self._areas_in)  # a sentence is asked for each of its numbers

    def place(self, row: Record) -> int:
        """Which of the tables that print one count is asked first: 1, 2 ...; see `reference.canonical_table`."""
        return self._canonical.get(".".join(row["series"].split(".")[1:2]), len(self._canonical) + 1)

    def _areas_in(self, flat: str) -> tuple[str, ...]:
        """Codes of the areas that a text in small letters names."""
        return tuple(code for name, codes in self._areas.items() if name.search(flat) for code in codes)

    def printed_areas(self, text: str) -> list[str]:
        """Codes of the areas that a text names as they are printed: "Reading" is one, "reading" is none."""
        return [code for code in self.areas(text.casefold()) if self._names[code] and self._names[code] in text]

    def area(self, flat: str) -> list[str]:
        """Codes of the area that a text in small letters names, by its longest name; none where it names none."""
        codes = self.areas(flat)
        longest = max((self.name(code) for code in codes), key=len, default=None)
        return [code for code in codes if self.name(code) == longest]

    def without_areas(self, text: str, codes: Iterable[str]) -> str:
        """A text without the names of some areas, as they are printed."""
        for code in codes:
            text = text.replace(self.name(code), " ")
        return text

    def name(self, code: str) -> str:
        """The name of an area, as it stands beside a figure: that of England and Wales goes without saying."""
        return str(self._names[code])

    def vintages(self, table: str, row: Record, start: datetime.date, end: datetime.date) -> Iterator[Record]:
        """The figures of what a row counts, in a period, of every release."""
        wanted = quantity(row | {"period_start": start, "period_end": end})
        figures = self.of(row["area_code"]).get(end, ())
        return (other for key, other in figures if key == table and quantity(other) == wanted)

    def newest(self, table: str, row: Record) -> Record:
        """A figure as the newest release has it."""
        return max(self.vintages(table, row, row["period_start"], row["period_end"]), key=self.rank)

    def revision(self, table: str, row: Record) -> Interval | None:
        """By what a figure is usually revised, as multiples of it; None where it is not, or where the release of its own
        period is held: what another one printed may have been revised before.
        """
        vintages = self.vintages(table, row, row["period_start"], row["period_end"])
        if any(self._ends.get(release_of(other)) == row["period_end"] for other in vintages):
            return None
        return next((usual for series, usual in self._revisions if series.fullmatch(row["series"])), None)

    def may_be_of(self, sex: str | None, table: str, row: Record) -> bool:
        """May a figure be one of a text that says a sex, or none: offences against women and girls alone need not say it."""
        unsaid = sex is None and table != SURVEY and row["unit"] != PER_CENT and row["series"] in self._of_one_sex
        return unsaid or row["sex"] in (sex, "all")

    def about(self, row: Record) -> str:
        """What a figure counts, in words: as its series is defined, the key of that, whom, where and without whom."""
        without = [f"without {' and '.join(map(self.name, codes))}"] if (codes := left_out(row)) else []
        who = (row[column] for column in ("sex", "age") if row[column] != "all")
        counted = f"{self.topics.named(row['series'])} ({row['series']})"
        return ", ".join([counted, *who, *filter(None, [self.name(row["area_code"])]), *without])

    def _of(self, area: str) -> Mapping[datetime.date, list[PublishedFigure]]:
        """The figures of an area by the day on which their period ends; those of changes are none."""
        rows = [
            (key, row)
            for key, frame in self._tables.items()
            for row in records(frame[(frame["area_code"] == area) & frame["value"].notna()])
            if row.get("characteristic_value") is None
            and row["doubt"] is None
            and row["series"] not in self.topics.changes
        ]
        return grouped(rows, lambda row: row[1]["period_end"])

    @cached_property
    def _of_one_sex(self) -> frozenset[str]:
        sexes = pd.concat([frame[["series", "sex"]] for frame in self._tables.values()]).drop_duplicates()
        return frozenset(sexes.groupby("series")["sex"].size().loc[lambda count: count == 1].index)


def quantity(row: Record) -> tuple[object, ...]:
    """What a figure counts, whichever release prints it."""
    return row["series"], row["area_code"], row["period_start"], row["period_end"], row["sex"], row["age"]


def value_of(row: Record) -> float:
    """A figure, those in thousands multiplied."""
    return float(row["value"] * _scale(row))


def print_of(row: Record) -> Interval:
    """What its print stands for."""
    return rounding(row) * _scale(row)


def _scale(row: Record) -> int:
    return 1_000 if row["unit"].startswith(THOUSAND) else 1


def days_of(row: Record) -> str:
    """Its first and last day."""
    return f"{row['period_start']} to {row['period_end']}"


def release_of(row: Record) -> tuple[str, str]:
    """The publication and release that a figure is of."""
    return row["source"], row["release"]


def printed_in(row: Record) -> str:
    """A figure and where it stands: release, sheet and cell."""
    place = " ".join(filter(None, (row["sheet"], row["cell"])))
    return f"{value_in_words(row)} in {row['source']}@{row['release']}{f', {place}' if place else ''}"


def stands(row: Record) -> str:
    """A figure, where it stands, and of which days."""
    return f"{printed_in(row)} ({days_of(row)})"


def expression(table: str, row: Record, *, of_its_release: bool = False) -> str:
    """A figure in the language of claims; the newest, or that of its release."""
    wanted = {name: row[name] for name in ("sex", "age") if row[name] != "all"}
    wanted |= {"area": row["area_code"]} if row["area_code"] != ENGLAND_AND_WALES else {}
    wanted |= {"period_start": row["period_start"].isoformat()}
    wanted |= {"release": f"{row['source']}@{row['release']}"} if of_its_release else {}
    arguments = "".join(f', {name}="{value}"' for name, value in wanted.items())
    return f'fact("{table}", "{row["series"]}", "{row["period_end"]}"{arguments})'
