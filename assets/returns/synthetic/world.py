"""The synthetic world: how many offences of each combination of threats, so that the Statement's figures come out.

Maximum-entropy cells by iterative proportional fitting over the 32 combinations of the five priority threats (Deming and
Stephan, Annals of Mathematical Statistics 11 (1940) 427-444), then the nearest whole numbers that hold the totals exactly.
Everything else of the world (forces, months, ages) is made up. The windows of the Statement differ (online and child abuse
are counted August to July): here all months are alike, so that either window gives the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from assets.returns.rules.rules import membership_bit

PRIORITY = ("domestic_abuse", "rasso", "stalking_harassment", "csae", "online")
# Printed by the Statement, Scale and nature of VAWG threat; also in data/figures/policing_vawg.csv and recorded_shares.csv.
TOTAL = 1_080_157
SIZES = {
    "domestic_abuse": 400_213, "rasso": 103_135, "stalking_harassment": 436_196, "csae": 41_540, "online": 123_515,
}  # fmt: skip
SHARES = {
    ("domestic_abuse", "stalking_harassment"): 0.50, ("online", "stalking_harassment"): 0.85,
    ("online", "domestic_abuse"): 0.39, ("rasso", "domestic_abuse"): 0.30,
}  # fmt: skip
COERCIVE_CONTROL = 36_309
# One record has one code, and the codes of these three stand in no two of them.
DISJOINT = (("rasso", "stalking_harassment"), ("rasso", "csae"), ("stalking_harassment", "csae"))
ROUNDS, NEAR = 500, 1e-9


@dataclass(frozen=True)
class Cell:
    """One combination of threats (bits of `membership`) and its number of offences, of which some are coercive control."""

    membership: int
    offences: int
    coercive: int


@cache
def cells() -> tuple[Cell, ...]:
    """The cells that hold offences, in the order of their bits."""
    masks = [sum(membership_bit(t) for place, t in enumerate(PRIORITY) if number >> place & 1) for number in range(32)]
    targets = _targets()
    rows = np.array([[float(holds(mask)) for mask in masks] for holds in targets])
    totals = np.array(list(targets.values()), dtype=float)
    fitted = _fitted(rows, totals, masks)
    whole = _whole(rows, totals, fitted)
    both = membership_bit("domestic_abuse") | membership_bit("stalking_harassment")
    coercive = _parts(COERCIVE_CONTROL, [n if mask & both == both else 0 for mask, n in zip(masks, whole, strict=True)])
    return tuple(Cell(mask, n, c) for mask, n, c in zip(masks, whole, coercive, strict=True) if n)


def size(*threats: str) -> int:
    """Offences that are all of some threats, in the synthetic year."""
    bits = sum(membership_bit(threat) for threat in threats)
    return sum(cell.offences for cell in cells() if cell.membership & bits == bits)


def _targets() -> Mapping[Callable[[int], bool], float]:
    def within(*threats: str) -> Callable[[int], bool]:
        bits = sum(membership_bit(threat) for threat in threats)
        return lambda mask: mask & bits == bits

    parts: dict[Callable[[int], bool], float] = {within(): TOTAL}
    parts |= {within(threat): size for threat, size in SIZES.items()}
    parts |= {within(whole, part): round(SIZES[whole] * share) for (whole, part), share in SHARES.items()}
    return parts


def _possible(mask: int) -> bool:
    return not any(mask & membership_bit(a) and mask & membership_bit(b) for a, b in DISJOINT)


def _fitted(rows: np.ndarray, totals: np.ndarray, masks: list[int]) -> np.ndarray:
    fitted = np.array([1.0 if _possible(mask) else 0.0 for mask in masks])
    for _ in range(ROUNDS):
        worst = 0.0
        for row, total in zip(rows, totals, strict=True):
            now = float(row @ fitted)
            inside, outside = total / now, (totals[0] - total) / max(float(fitted.sum()) - now, 1e-300)
            fitted = np.where(row > 0, fitted * inside, fitted * (outside if total < totals[0] else 1.0))
            worst = max(worst, abs(inside - 1))
        if worst < NEAR:
            break
    return fitted


def _whole(rows: np.ndarray, totals: np.ndarray, fitted: np.ndarray) -> list[int]:
    """Whole numbers below or above the fitted ones by less than two, with every total exact."""
    low, high = np.floor(np.maximum(fitted - 2, 0)), np.ceil(fitted + 2) * (fitted > 0)
    solved = milp(
        np.zeros(len(fitted)), constraints=LinearConstraint(rows, totals, totals), integrality=np.ones(len(fitted)),
        bounds=Bounds(low, high),
    )  # fmt: skip
    if not solved.success:
        raise RuntimeError("no whole numbers hold the totals of the synthetic world")
    return [round(value) for value in solved.x]


def _parts(total: int, sizes: list[int]) -> list[int]:
    """A total shared out in proportion, by largest remainder."""
    exact = [total * size / sum(sizes) for size in sizes]
    parts = [int(value) for value in exact]
    for place in sorted(range(len(exact)), key=lambda at: parts[at] - exact[at])[: total - sum(parts)]:
        parts[place] += 1
    return parts
