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

from assets.archive.reading.periods import Period, named
from assets.archive.reading.words import TURNS, words
from assets.statement.changes import is_change
from assets.statement.lookups import amount, ranking, rounding, scope_of
from assets.statement.mentions import Mention
from assets.statement.sentence import Sentence
from assets.statement.sought import Sought, ages, sought
from assets.tables.records import Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES

# A count printed in full is one of few figures from the first number on, and one of very few from the second.
TELLING, LONG = 10_000, 100_000
# How much of what a series is about is said, and of what is said it is about: beside a number in full, a long one of no period
# that is named, a rounded one, one that is near or rounded to much of itself.
SAID, SAID_LONG, SAID_ROUNDED, SAID_NEAR = 0.1, 0.2, 0.4, 0.6
# How far a near number may be from the figure, as a part of it, and how far one is that is hardly another's.
NEAR, BESIDE = 0.1, 0.01
# What the words of a topic weigh at least (see `_weight`): "police" and "victims" alone are none.
A_TOPIC = 2
# A measure of so many series goes without saying.
COMMON = 8
SURVEY, CHANGE = "survey.estimate", "change"
# Units: shares, people, and how those begin that are so many of others, or thousands.
PER_CENT, PERSONS, RATES, THOUSAND = "percent", ("persons", "thousand_persons", "victims"), "per_", "thousand_"
LEFT_OUT = re.compile(r"\b(?:excluding|without|other than)\b.*")
END_OF_CHANGE = re.compile(r"\b(?:from|to|than) (?:the )?$")  # "up from 6,317" is no change, "up 10%" is


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
    """A figure that may be one of a text: how well its words, its value and its period fit, and whether it is that value."""

    rank: tuple[float, bool, bool, bool, bool, int]
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

    def said(self, text: str, before: frozenset[str] = frozenset()) -> frozenset[str]:
        """The words of a sentence; with those of the one before where it says of nothing what it is about."""
        own = frozenset(words(text))
        return own if self._weighed(own & self._topics) >= A_TOPIC else own | before

    def held(
        self, sentence: Sentence, text: str, before: Collection[Period], said: frozenset[str]
    ) -> Iterator[tuple[Mention, Held]]:
        """The figures of a sentence that are held.

        text: of the sentence, with its dates; before: the periods that were named last before it; said: see `said`
        """
        flat, own = text.casefold(), named(text) or before
        aged, carried = ages(flat), said != frozenset(words(text))
        areas = [ENGLAND_AND_WALES, *(code for name, code in self._areas.items() if name.search(flat))]
        for one in sentence.figures:
            change = is_change(sentence, one) and not END_OF_CHANGE.search(sentence.before(one))
            number = None if change else sought(sentence, one, own, before)
            if number and (fit := self._best(number, said, aged, areas, carried=carried)):
                yield one, Held(fit.table, fit.row, self._newest(fit), fit.same, self._names[fit.row["area_code"]])

    def _best(
        self, number: Sought, said: frozenset[str], aged: Collection[str], areas: Iterable[str], *, carried: bool
    ) -> Fit | None:
        """The figure that fits best; None where none does, or two of other series fit as well."""
        fits = [
            fit
            for area in areas
            for end in number.ends or self._of(area)
            for table, row in self._of(area).get(end, ())
            if (fit := self._fit(table, row, number, said, aged, number.ends.get(end, False)))
        ]
        if not number.ends:  # where no period is named, a long number and what it counts must tell
            fits = [fit for fit in fits if fit.same and fit.rank[0] >= _enough_without_a_period(fit.row["value"])]
        # What the sentence before is about, and a wide print, tell a number that is held, not one that is near.
        fits = [fit for fit in fits if fit.same] or ([] if carried or number.wide else fits)
        best = max(fits, key=lambda fit: (fit.rank, *self._rank(fit.row)), default=None)
        others = {_quantity(fit.row) for fit in fits if best and fit.rank == best.rank}
        return best if len(others) == 1 else None

    def _fit(
        self, table: str, row: Record, number: Sought, said: frozenset[str], aged: Collection[str], own: bool
    ) -> Fit | None:
        """How well a figure fits a number; None where it does not."""
        unit, full = row["unit"], number.full
        unsaid = number.sex is None and table != SURVEY and row["series"] in self._of_one_sex
        if (unit == PER_CENT) != number.share or not (full or own):
            return None
        if row["sex"] not in (number.sex, "all") and not unsaid:
            return None
        if number.of_them and table == SURVEY and row["sex"] != number.sex:
            return None
        if (number.people and unit not in PERSONS) or unit.startswith(RATES) != number.rate:
            return None
        scale = 1_000 if unit.startswith(THOUSAND) else 1
        value = row["value"] * scale
        apart = abs(value - float(number.printed.midpoint))
        if apart > NEAR * abs(value):
            return None
        same = value == float(number.printed.lower) if full else number.printed.meets(rounding(row) * scale)
        score = self._score(row["series"], said)
        enough = 0 if full and value >= TELLING else SAID if full else SAID_ROUNDED
        if number.wide or not same:
            enough = SAID_NEAR
        told = len(said & self._told(row["series"]))
        rank = score, same or apart <= BESIDE * abs(value), own, row["age"] in aged, row["sex"] == number.sex, told
        return Fit(rank, table, row, same) if score >= enough else None

    def _of_area(self, area: str) -> Mapping[datetime.date, list[tuple[str, Record]]]:
        """The figures of an area by the day on which their period ends."""
        rows = [
            (key, row)
            for key, frame in self._tables.items()
            for row in records(frame[(frame["area_code"] == area) & frame["value"].notna()])
            if row.get("characteristic_value") is None and row["doubt"] is None and row["series"] not in self._changes
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
    def _changes(self) -> frozenset[str]:
        """Series of changes: a number that is called a change is looked up nowhere, and another one is none."""
        return frozenset(row["series"] for row in self._series if row["measure"].endswith(CHANGE))

    @cached_property
    def _of_one_sex(self) -> frozenset[str]:
        """Series that are held of one sex alone: offences against women and girls need not say so."""
        sexes = pd.concat([frame[["series", "sex"]] for frame in self._tables.values()]).drop_duplicates()
        return frozenset(sexes.groupby("series")["sex"].size().loc[lambda count: count == 1].index)

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


def _enough_without_a_period(value: float) -> float:
    return math.inf if value < TELLING else SAID_ROUNDED if value < LONG else SAID_LONG
