"""Posterior beside identified set, part by part, under the declared priors and under others one at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from assets.methods.interval import Interval
from assets.synthesis.model import Beta, Posterior, posteriors
from assets.synthesis.parts import ASSUMED, DECLARED, MEANING, OBSERVED, Evidence
from assets.tables.records import records
from assets.words.wording import between, number
from schemas.rows import AnyRow

# Of rounding: a draw satisfies the identity to so much.
SLACK = 1e-6
FEWEST = 1_000


@dataclass(frozen=True)
class BridgePart:
    """One part of a bridge: its identified set, its posterior, and the posterior under the other priors."""

    name: str
    identified: Interval
    declared: Posterior
    others: Sequence[tuple[str, Posterior]]

    @property
    def inside(self) -> bool:
        """Does the 95% interval stay inside the identified set, under every prior?"""
        low, high = self.identified.as_floats()
        return all(
            low * (1 - SLACK) <= posterior.lower and posterior.upper <= high * (1 + SLACK)
            for posterior in (self.declared, *(other for _, other in self.others))
        )

    @property
    def effective(self) -> float:
        """The least number of independent draws that any of its posteriors is worth."""
        return min(posterior.effective for posterior in (self.declared, *(other for _, other in self.others)))


def prior_settings(priors: pd.DataFrame) -> list[tuple[str, Mapping[str, Beta]]]:
    """The declared priors of `reference.prior`, then each other one in the place of its declared one."""
    rows = records(priors)
    declared = {row["parameter"]: (row["alpha"], row["beta"]) for row in rows if row["setting"] == DECLARED}
    others = [
        (row["prior"], declared | {row["parameter"]: (row["alpha"], row["beta"])})
        for row in rows
        if row["setting"] != DECLARED
    ]
    return [(DECLARED, declared), *others]


def synthesis(given: Evidence, priors: pd.DataFrame, draws: int) -> list[BridgePart]:
    """Every part of a bridge in a year; ValueError where its figures contradict each other or no posterior is found."""
    sets = given.sets()
    if sets is None:
        raise ValueError("its figures cannot all hold, whatever the unknown parts are: there is no identified set")
    tried = prior_settings(priors)
    reached = posteriors(given, [setting for _, setting in tried], draws)
    return [
        BridgePart(
            name,
            sets[name],
            reached[0][name],
            [(key, drawn[name]) for (key, _), drawn in zip(tried[1:], reached[1:], strict=True)],
        )
        for name in (*OBSERVED, *ASSUMED)
    ]


def part_rows(given: Evidence, parts: Sequence[BridgePart]) -> list[AnyRow]:
    """One row per part, in words."""
    return [
        {
            "bridge": given.bridge, "year": given.year, "part": part.name.replace("_", " "), "what": MEANING[part.name],
            "known_from": "published figure" if part.name in OBSERVED else "declared prior",
            "identified_set": _said(part.identified.as_floats()),
            "posterior": f"{_number(part.declared.median)} ({_said((part.declared.lower, part.declared.upper))})",
            "median_under_other_priors": _said(_ends([posterior.median for _, posterior in part.others])),
            "moved_most_by": _moved(part), "inside_the_set": "yes" if part.inside else "no",
        }
        for part in parts
    ]  # fmt: skip


def _moved(part: BridgePart) -> str:
    return max(part.others, key=lambda other: abs(other[1].median - part.declared.median))[0]


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _number(value: float) -> str:
    return number(value, 0 if value >= 1000 else 2)


def _said(ends: tuple[float, float]) -> str:
    return between(*ends, 0 if ends[1] >= 1000 else 2)
