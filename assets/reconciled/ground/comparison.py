"""What a comparability rule looks at: one estimate and one count that may be set side by side."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assets.methods.interval import Interval
from assets.reconciled.ground.assumed import Assumed, Sample
from assets.words.wording import months
from schemas.codes import DIRECTION

AGE_BASES = ("16+", "16-74", "16-59")
ALL_AREAS = "England and Wales"


class Result(StrEnum):
    """What a rule says, worst last."""

    PASS = "pass"
    QUALIFY = "qualify"
    BLOCK = "block"


# What a rule gives: its result, and why in one plain sentence.
Said = tuple[Result, str]


@dataclass(frozen=True)
class Ruling:
    """What one rule said of one case, and why in one plain sentence."""

    rule: str
    result: Result
    reason: str


@dataclass(frozen=True)
class ComparedPeriod:
    """First and last day, and what kind of period it is."""

    start: datetime.date
    end: datetime.date
    kind: str

    @property
    def months(self) -> int:
        """Whole months of the period."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def __str__(self) -> str:
        return f"{self.start:%B %Y} to {self.end:%B %Y}"


@dataclass(frozen=True)
class Pairing:
    """One row of reference.pairing, as the rules need it."""

    key: str
    title: str
    threat: str
    topic: str | None
    measures: tuple[str, ...]
    source: str | None
    unit: str | None
    sex: str
    recorded_series: tuple[str, ...]
    recorded_upper_series: tuple[str, ...]
    recorded_scope: str | None
    recorded_unit: str | None
    recorded_sex: str | None
    recorded_age: str | None
    female_share: str | None
    concept: str
    concept_reason: str
    flagged: bool
    non_recent: bool
    comparable_subset: bool
    row_id: str


@dataclass(frozen=True)
class Estimate:
    """A survey estimate in victims or incidents.

    core:      the interval without sampling error (rounding of print, population, household share)
    variation: coefficient of variation by sampling alone, as an interval: of published limits, else over assumptions
    base:      unweighted respondents, where printed with the figure
    share:     prevalence as a proportion, where known
    printed:   the core without the factors that make victims of a prevalence; factors: those
    sample:    the effective sample part by part, where it is assumed
    likely:    the likely interval, where sampling error is known or assumed
    """

    instrument: str
    age: str
    sex: str
    period: ComparedPeriod
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    interval_source: str | None
    obs_status: str
    designation: str
    release: str
    core: Interval | None = None
    variation: Interval | None = None
    base: float | None = None
    share: float | None = None
    from_prevalence: bool = False
    printed: Interval | None = None
    factors: tuple[Assumed, ...] = ()
    sample: Sample | None = None
    likely: Interval | None = None
    notes: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """A recorded count; the interval is that of a female share, an upper side or a recall match, without overdispersion.

    matched: how the recorded months were matched to the interviews, in a sentence; None for a plain year
    raw:     the count under both readings of twelve months, before `factors`; None for a plain year
    beyond:  what further series may add to it, before `factors`: then the count is a set and no point of it is the answer
    factors: what makes the comparable count of it: a female share, the factor of a mix of years
    noise:   variance of the count over that of a plain year of its size: less than one for a weighted mean
    """

    scope: str
    period: ComparedPeriod
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    sex: str
    age: str
    obs_status: str
    designation: str
    release: str
    missing_forces: tuple[str, ...] = ()
    female_share_applied: bool = False
    matched: str | None = None
    raw: Interval | None = None
    beyond: float = 0.0
    factors: tuple[Assumed, ...] = ()
    noise: float = 1.0
    notes: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fieldwork:
    """The interviews that an estimate rests on, as offsets in months from the first month of the survey year."""

    months: tuple[int, ...]
    sample_share: float
    shortfall: str | None
    row_id: str | None


@dataclass(frozen=True)
class Break:
    """A break of a series: its first and last day, which are one where it came at once, what changed, and to what effect."""

    key: str
    date: datetime.date
    last: datetime.date
    what: str
    row_id: str
    direction: str = "unknown"

    def __str__(self) -> str:
        effect = "" if self.direction == "none" else f" ({DIRECTION[self.direction]})"
        return f"{months(self.date, self.last)}: {self.what}{effect}"


@dataclass(frozen=True)
class Missing:
    """What is known of a figure that is not held: its state, that in words, and the publication that would give it."""

    state: str
    says: str
    publication: str | None
    row_id: str


@dataclass(frozen=True)
class Case:
    """One row of reconciled.gap before it is judged.

    missing: what is known of each side that lacks a figure (estimate, count, or the female share that the count needs)
    """

    pairing: Pairing
    period: ComparedPeriod
    period_match: str
    estimate: Estimate | None
    count: Count | None
    fieldwork: Fieldwork | None = None
    breaks: tuple[Break, ...] = ()
    non_recent_share: Interval | None = None
    inputs: tuple[str, ...] = field(default=())
    area: str = ALL_AREAS
    missing: Mapping[str, Missing | None] = field(default_factory=dict)
