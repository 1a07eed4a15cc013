"""Which published figures the numbers of a text are: by value, by the period and the area named beside it, and by its words.

A number printed in full is no other figure by chance, a rounded one may be many: so a rounded one must be of the period that is
named, and its sentence must say most of what its series is about. Where two series fit as well, none is named. A number that
stands where a held one is looked for and is not it is told as near. What is found is a proposal, never a verdict.
"""

import datetime
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from assets.archive.reading.periods import Period, named, year_ending
from assets.archive.reading.words import TURNS, words
from assets.methods.interval import Interval
from assets.statement.changes import is_change
from assets.statement.lookups import amount, ranking, rounding, scope_of
from assets.statement.mentions import Mention
from assets.statement.sentence import Sentence, counts, is_share
from assets.tables.records import Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES

# A count printed in full is one of few figures from the first number on, and one of thousands from the second.
IN_FULL, TELLING = 1_000, 10_000
# How much of what a series is about is said, and of what is said it is about: beside a number in full, a rounded, a near one.
SAID, SAID_ROUNDED, SAID_NEAR = 0.1, 0.4, 0.6
# The widest print that tells a figure, as a part of it, and how far a near one may be from it.
WIDEST, NEAR = 0.1, 0.1
# A measure of so many series goes without saying.
COMMON = 8
PER_CENT, PERSONS = "percent", "persons"
PEOPLE = frozenset({"people", "adults", "women", "men", "children", "girls", "boys", "victims", "persons"})
LEFT_OUT = re.compile(r"\b(?:excluding|without|other than)\b.*")
END_OF_CHANGE = re.compile(r"\b(?:from|to|than) (?:the )?$")  # "up from 6,317" is no change, "up 10%" is
SEXES = {"women": "female", "girl": "female", "female": "female", "men": "male", "boy": "male", "male": "male"}


@dataclass(frozen=True)
class Held:
    """The figure that a number of a text is, or is near: of the newest release that prints it so, and of the newest of all."""

    table: str
    row: Record
    newest: Record
    same: bool
    area: str  # its name; empty for England and Wales

    @property
    def words(self) -> str:
        """The figure, where it stands, and what the newest release has."""
        row = self.row
        about = ", ".join(
            [row["series"], *(row[one] for one in ("sex", "age") if row[one] != "all"), *filter(None, [self.area])]
        )
        place = " ".join(filter(None, (row["sheet"], row["cell"])))
        where = f"{row['source']}@{row['release']}{f', {place}' if place else ''}"
        words = f"{about}, {row['period_start']} to {row['period_end']}: {amount(row)} in {where}"
        if self.newest["value"] != row["value"]:
            words += f"; the newest, {self.newest['source']}@{self.newest['release']}, has {amount(self.newest)}"
        return words

    def check(self) -> dict[str, str]:
        """What a claim says to be held against the figure."""
        of_its_time = self.newest["value"] != self.row["value"]
        found = {"published": self._fact(self.newest)}
        return found | ({"as_of": self._fact(self.row, release=True)} if of_its_time else {})

    @property
    def scope(self) -> str:
        """The system that counted it."""
        return scope_of(self.row, self.table)

    def _fact(self, row: Record, release: bool = False) -> str:
        wanted = {name: row[name] for name in ("sex", "age") if row[name] != "all"}
        wanted |= {"area": row["area_code"]} if row["area_code"] != ENGLAND_AND_WALES else {}
        wanted |= {"period_start": row["period_start"].isoformat()}
        wanted |= {"release": f"{row['source']}@{row['release']}"} if release else {}
        said = "".join(f', {name}="{value}"' for name, value in wanted.items())
        return f'fact("{self.table}", "{row["series"]}", "{row["period_end"]}"{said})'


@dataclass(frozen=True)
class Fit:
    """A figure that may be one of a text: how well its words and its period fit, and whether its value does."""

    rank: tuple[float, bool, bool, int]
    table: str
    row: Record
    same: bool


class Published:
    """Figures that are held, of every vintage, as a text may print them.

    tables: facts by table key; series: `reference.series`; areas: `reference.area`; releases: `meta.release`
    """

    def __init__(
        self, tables: Mapping[str, pd.DataFrame], series: pd.DataFrame, areas: pd.DataFrame, releases: pd.DataFrame
    ) -> None:
        self._tables, self._series = tables, records(series)
        self._rank = ranking(releases)
        self._names = {row["area_code"]: row["name"] for row in records(areas)}
        named_so = {name.casefold(): code for code, name in self._names.items()}
        self._areas = {re.compile(rf"\b{re.escape(name)}\b"): code for name, code in named_so.items()}
        self._names[ENGLAND_AND_WALES] = ""
        self._of = cache(self._of_area)

    def held(self, sentence: Sentence, text: str, before: Collection[Period]) -> Iterator[tuple[Mention, Held]]:
        """The figures of a sentence that are held.

        text: of the sentence, with its dates; before: the periods that were named last before it
        """
        said, flat = frozenset(words(text)), text.casefold()
        own = named(text) or before
        ends = {one.end: False for one in before}
        ends |= {year_ending(one.end.year - 1, one.end.month).end: False for one in own}
        ends |= {one.end: True for one in own}
        areas = [ENGLAND_AND_WALES, *(code for name, code in self._areas.items() if name.search(flat))]
        for one in sentence.figures:
            change = is_change(sentence, one) and not END_OF_CHANGE.search(sentence.before(one))
            if not change and (fit := self._best(sentence, one, said, ends, areas)):
                yield one, Held(fit.table, fit.row, self._newest(fit), fit.same, self._names[fit.row["area_code"]])

    def _best(
        self, sentence: Sentence, one: Mention, said: frozenset[str], ends: Mapping[datetime.date, bool],
        areas: Iterable[str],
    ) -> Fit | None:  # fmt: skip
        """The figure that fits best; None where none does, or two of other series fit as well."""
        printed, full = self._printed(sentence, one), _in_full(one)
        if printed is None:
            return None
        share, (sex, people) = is_share(one), _whom(sentence, one)
        fits = [
            fit
            for area in areas
            for end in ends or self._of(area)
            for table, row in self._of(area).get(end, ())
            if (fit := self._fit(table, row, printed, full, share, sex, people, said, ends.get(end, False)))
        ]
        if not ends:  # where no period is named, a long number and what it counts must tell
            fits = [fit for fit in fits if fit.same and fit.row["value"] >= TELLING and fit.rank[0] >= SAID_ROUNDED]
        fits = [fit for fit in fits if fit.same] or fits
        best = max(fits, key=lambda fit: (fit.rank, *self._rank(fit.row)), default=None)
        others = {_quantity(fit.row) for fit in fits if best and fit.rank == best.rank}
        return best if len(others) == 1 else None

    def _fit(
        self, table: str, row: Record, printed: Interval, full: bool, share: bool, sex: str | None, people: bool,
        said: frozenset[str], own: bool,
    ) -> Fit | None:  # fmt: skip
        """How well a figure fits a print; None where it does not."""
        if (row["unit"] == PER_CENT) != share or row["sex"] not in (sex, "all") or not (full or own):
            return None
        value = row["value"]
        if people and row["unit"] != PERSONS:
            return None
        if abs(value - float(printed.midpoint)) > NEAR * abs(value):
            return None
        same = value == float(printed.lower) if full else printed.meets(rounding(row))
        score = self._score(row["series"], said)
        enough = (0 if full and value >= TELLING else SAID if full else SAID_ROUNDED) if same else SAID_NEAR
        told = len(said & self._told(row["series"]))
        return Fit((score, own, row["sex"] == sex, told), table, row, same) if score >= enough else None

    def _printed(self, sentence: Sentence, one: Mention) -> Interval | None:
        """What a number stands for, where that tells a figure."""
        if _in_full(one):
            return Interval.point(one.figure.value) if one.figure else None
        values = sentence.values(one)
        if not values or not values[0].is_bounded or (one.figure and one.figure.form != "number"):
            return None
        return values[0] if values[0].upper - values[0].lower <= WIDEST * values[0].upper else None

    def _of_area(self, area: str) -> Mapping[datetime.date, list[tuple[str, Record]]]:
        """The figures of an area by the day on which their period ends."""
        rows = [
            (key, row)
            for key, frame in self._tables.items()
            for row in records(frame[(frame["area_code"] == area) & frame["value"].notna()])
            if row.get("characteristic_value") is None and row["doubt"] is None
        ]
        return grouped(rows, lambda one: one[1]["period_end"])

    def _newest(self, fit: Fit) -> Record:
        held = self._of(fit.row["area_code"])[fit.row["period_end"]]
        return max(
            (row for key, row in held if key == fit.table and _quantity(row) == _quantity(fit.row)), key=self._rank
        )

    # --- what a series is about ---------------------------------------------------------------------------------------

    def _score(self, series: str, said: frozenset[str]) -> float:
        """How much of what a series is about is said, and how much of what is said it is about: from 0 to 1."""
        about = self._about.get(series, frozenset())
        either = self._weighed(about | (said & self._topics))
        return self._weighed(about & said) / either if either else 0.0

    def _weighed(self, some: Iterable[str]) -> float:
        return sum(self._weight[word] for word in some)

    @cached_property
    def _about(self) -> dict[str, frozenset[str]]:
        """Topic, flag and group of offences of a series, or else what its definition names first; and a measure that few have."""
        having = Counter(row["measure"] for row in self._series)

        def about(row: Record) -> Iterable[str]:
            names = [row[one] for one in ("topic", "flag", "offence_group") if row[one] and row["topic"]]
            names = names or [str(row["definition"]).split(":")[0]]
            names += [row["measure"]] if having[row["measure"]] < COMMON else []
            return words(" ".join(LEFT_OUT.sub("", name.replace("_", " ")) for name in names))

        return {row["series"]: frozenset(about(row)) for row in self._series}

    @cached_property
    def _definitions(self) -> dict[str, frozenset[str]]:
        return {row["series"]: frozenset(words(str(row["definition"]))) for row in self._series}

    def _told(self, series: str) -> frozenset[str]:
        return self._definitions.get(series, frozenset())

    @cached_property
    def _weight(self) -> dict[str, float]:
        """Words that stand in many definitions say little."""
        known = Counter(word for key, about in self._about.items() for word in about | self._told(key))
        return {word: math.log(len(self._about) / times) for word, times in known.items()}

    @cached_property
    def _topics(self) -> frozenset[str]:
        said = (word for row in self._series for word in words((row["topic"] or "").replace("_", " ")))
        return frozenset(said) - TURNS


def _quantity(row: Record) -> tuple[object, ...]:
    return row["series"], row["area_code"], row["period_start"], row["period_end"], row["sex"], row["age"]


def _in_full(one: Mention) -> bool:
    """Is a number a count that was printed to the last digit?"""
    figure = one.figure
    return (
        figure is not None and counts(one) and figure.side == "plain" and figure.low >= IN_FULL and figure.zeros < 2
        and not (figure.scaled or figure.decimal or figure.spoken)
    )  # fmt: skip


def _whom(sentence: Sentence, one: Mention) -> tuple[str | None, bool]:
    """Which sex a number counts, and are they people: by the words up to the next number, or else, and first in brackets, by
    those since the last.
    """
    place = sentence.figures.index(one)
    since = sentence.between(sentence.figures[place - 1], one) if place else sentence.before(one)
    until = (
        sentence.between(one, sentence.figures[place + 1]) if one is not sentence.figures[-1] else sentence.after(one)
    )
    texts = (since, until) if since.endswith("(") else (until, since)
    said = [word for text in texts for word in re.findall("[a-z]+", text.casefold())]
    sexes = (SEXES.get(word, SEXES.get(word.removesuffix("s"))) for word in said)
    return next(filter(None, sexes), None), bool(PEOPLE & {*re.findall("[a-z]+", until.casefold())[:2]})
