"""The parts of a bridge as evidence: published figures with their limits, and bounds of what nothing is published of."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.normal import z_value
from assets.tables.records import grouped
from schemas.rows import Record

VICTIMS, TOLD, RECORDED = "victims", "told", "recorded"
PER_VICTIM, KEPT, FLAGGED, IN_SCOPE = "offences_per_victim", "share_recorded", "share_flagged", "share_in_scope"
# What figures say, and what only a prior says.
OBSERVED, ASSUMED = (VICTIMS, TOLD, RECORDED), (PER_VICTIM, KEPT, FLAGGED, IN_SCOPE)
LEFT, RIGHT = (VICTIMS, TOLD, PER_VICTIM, KEPT, FLAGGED), (RECORDED, IN_SCOPE)
DECLARED = "declared"
MEANING = {
    VICTIMS: "estimated in the year",
    TOLD: "share of them that the police came to know of",
    RECORDED: "offences recorded",
    PER_VICTIM: "offences told of, for each of them",
    KEPT: "share of what was told that was recorded",
    FLAGGED: "share of what was recorded that carries the flag",
    IN_SCOPE: "share of the recorded offences that is of them",
}


@dataclass(frozen=True)
class Observed:
    """A published figure: its value and its limits, taken as 95% limits of a log-normal or, for a share, logit-normal error."""

    value: float
    limits: Interval
    share: bool = False

    @property
    def centre(self) -> float:
        """The value on the scale of its error."""
        return self.scale(self.value)

    @property
    def error(self) -> float:
        """Standard error on that scale."""
        low, high = map(self.scale, self.limits.as_floats())
        return max((high - low) / (2 * z_value()), 1e-6)

    def scale(self, value: float) -> float:
        """A value on the log scale, a share on the logit scale."""
        return math.log(value / (1 - value)) if self.share else math.log(value)


@dataclass(frozen=True)
class Evidence:
    """What is known of one bridge in one year; bounds of what only a prior says."""

    bridge: str
    year: str
    observed: Mapping[str, Observed]
    bounds: Mapping[str, Interval]
    inputs: tuple[str, ...]

    def sets(self) -> dict[str, Interval] | None:
        """The identified set of each part; None where the figures contradict each other."""
        box = {name: observed.limits for name, observed in self.observed.items()} | dict(self.bounds)
        return identified(box, LEFT, RIGHT)


def evidence(rows: Iterable[Record]) -> list[Evidence]:
    """The evidence of rows of `reconciled.reporting_bridge` that are not blocked, one per bridge and year."""
    by_year = grouped(
        (row for row in rows if row["verdict"] != "block" and row["known"] is not None),
        lambda row: (row["bridge"], f"{row['period_end']:%Y-%m}"),
    )
    return [_one(bridge, year, those) for (bridge, year), those in sorted(by_year.items())]


def _one(bridge: str, year: str, rows: Sequence[Record]) -> Evidence:
    """A bridge in a year, from its rows: one for each number of offences that is tried."""
    first, tried = rows[0], [float(row["multiplier"]) for row in rows]
    return Evidence(
        bridge,
        year,
        {
            VICTIMS: Observed(first["estimated"], Interval.closed(first["estimated_lower"], first["estimated_upper"])),
            TOLD: Observed(
                first["told_percent"] / 100,
                Interval.closed(first["told_lower"] / 100, first["told_upper"] / 100),
                share=True,
            ),
            RECORDED: Observed(first["recorded"], Interval.closed(first["recorded_lower"], first["recorded_upper"])),
        },
        {
            PER_VICTIM: Interval.closed(min(tried), max(tried)),
            KEPT: Interval.closed(0, 1),
            FLAGGED: Interval.closed(0, 1),
            IN_SCOPE: Interval.closed(first["recorded_least_in_scope"] / first["recorded_upper"], 1),
        },
        tuple(row["row_id"] for row in rows),
    )


# What published figures alone leave of the parts of a bridge: the identified set, without any prior.
# Of the parts of one bridge in one year, each known only as an interval, the product of some equals the product of others:
# victims x share told x offences per victim x share recorded x share flagged = recorded count x share in scope
# Each part lies in what all others allow of it; that is applied until nothing moves (hull consistency: the smallest box that the
# equation allows). Units: persons or incidents, offences, proportions. Reference: R. E. Moore, R. B. Kearfott and M. J. Cloud,
# Introduction to Interval Analysis, SIAM, 2009, ch. 10; C. F. Manski, Partial Identification of Probability Distributions, 2003.
MOST_ROUNDS = 100
TINY = 1e-12


def identified(box: Mapping[str, Interval], left: Sequence[str], right: Sequence[str]) -> dict[str, Interval] | None:
    """The parts as far as the equation of the products left and right allows; None where it cannot hold in the box."""
    bounds = {name: box[name].as_floats() for name in (*left, *right)}
    for _ in range(MOST_ROUNDS):
        before = dict(bounds)
        for own, other in ((left, right), (right, left)):
            for name in own:
                others = [bounds[key] for key in own if key != name]
                least, most = _product([bounds[key] for key in other])
                by_least, by_most = _product(others)
                low = max(bounds[name][0], least / max(by_most, TINY))
                high = min(bounds[name][1], most / max(by_least, TINY))
                if low > high * (1 + 1e-9):
                    return None
                bounds[name] = (min(low, high), high)
        if bounds == before:
            break
    return {name: Interval.closed(*ends) for name, ends in bounds.items()}


def _product(parts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    least = most = 1.0
    for low, high in parts:
        least, most = least * low, most * high
    return least, most
