"""From recorded offence to conviction, year by year: a unit per stage, ratios with their limits, never a cohort."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from assets.methods.envelope import outer_envelope
from assets.methods.interval import Interval
from assets.methods.ratio import count_interval, log_ratio_interval
from assets.methods.survey import wilson_interval
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.figure_lookup import NewestFigures, Window, figure_interval
from assets.reconciled.ground.phi import Phis
from assets.reconciled.ground.reference_rows import Assumptions
from assets.reconciled.ground.vintage import least_standing
from assets.tables.conform import framed
from assets.tables.records import Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import AttritionRow, AttritionShareRow, AttritionStageRow

NOT_A_COHORT = (
    "Stages are of one year each, not of the same cases: a case may be recorded in one year and tried in another."
)
UNITS_DIFFER = "The stages have units of their own, so the ratio is not a share."
WILSON = "Wilson interval of a share on the count it is of, with the rounding of print"
LOG_POISSON = (
    "ratio of two counts that vary as such counts do between quarters: estimated, or the upper end of an assumption"
)
OF_LIMITS = "quotient of the Poisson limits of two counts, each with its overdispersion: one of them is near nought"
ROUNDING = "rounding of the printed figure only: the count it is of is not held"


def stages_by_threat(stages: pd.DataFrame) -> dict[str, list[Record]]:
    """The rows of `reference.attrition_stage` in the order of the process, by kind of offence."""
    return grouped(sorted(records(stages), key=lambda row: int(row["position"])), lambda row: row["threat"])


@dataclass(frozen=True)
class StageCount:
    """The count of a stage in a year, with its rounding and the rows behind it."""

    stage: AttritionStageRow
    value: float
    rounding: Interval
    rows: tuple[Record, ...]
    implied: bool = False


def attrition(
    outcomes: pd.DataFrame,
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    releases: pd.DataFrame,
    assumptions: pd.DataFrame,
    overdispersion: pd.DataFrame,
    stages: pd.DataFrame,
    shares: pd.DataFrame,
) -> pd.DataFrame:
    """Every pair of stages and every printed ratio, for each year with a figure of the justice system.

    stages, shares: `reference.attrition_stage` and `reference.attrition_share`.
    """
    figures = NewestFigures.newest(releases, outcomes=outcomes, offences=offences, flagged=flagged)
    phis = Phis(Assumptions(assumptions), overdispersion)
    rows = [
        row
        for threat, chain in stages_by_threat(stages).items()
        for printed in [[record for record in records(shares) if record["threat"] == threat]]
        for window in _windows(chain, printed, figures)
        for row in _year(chain, printed, window, figures, phis)
    ]
    return framed(rows, "reconciled.attrition")


def _windows(chain: list[Record], printed: list[Record], figures: NewestFigures) -> list[Window]:
    """Years with a figure of the justice system, not of the police alone."""
    series = [stage["series"] for stage in (*chain[1:], *printed)]
    return sorted({window for name in series for window in figures.windows(name)})


def _year(
    chain: list[Record], printed: list[Record], window: Window, figures: NewestFigures, phis: Phis
) -> Iterator[AttritionRow]:
    for record in printed:
        row = figures.find(record["series"], window)
        if row is not None:
            yield _printed(record, row, window, figures)
    counts = [count for stage in chain if (count := _count(stage, window, figures)) is not None]
    for i, early in enumerate(counts):
        for late in counts[i + 1 :]:
            same = late.stage["subset_of"] == early.stage["stage"]
            if early.value > 0 and not (late.implied and same):  # the printed share itself stands in a row of its own
                yield _counts(early, late, same, window, phis)


def _count(stage: AttritionStageRow, window: Window, figures: NewestFigures) -> StageCount | None:
    """As printed; else of a printed share and the count it is of."""
    row = figures.find(stage["series"], window)
    if row is not None:
        return StageCount(stage, row["value"], figure_interval(row), (row,))
    if stage["implied_share"]:
        share, of = figures.find(stage["implied_share"], window), figures.find(stage["implied_of"], window)
        if share is not None and of is not None:
            rounding = figure_interval(share) * 0.01 * figure_interval(of)
            return StageCount(stage, share["value"] / 100 * of["value"], rounding, (share, of), True)
    return None


def _printed(record: AttritionShareRow, row: Record, window: Window, figures: NewestFigures) -> AttritionRow:
    rounding = figure_interval(row)
    base = figures.find(record["base_series"], window) if record["base_series"] else None
    limits, method, source = rounding, ROUNDING, "rounding"
    if base is not None:
        ends = [wilson_interval(float(end) / 100, base["value"]) for end in (rounding.lower, rounding.upper)]
        limits, method, source = Interval.hull_of(ends) * 100, WILSON, "computed"
    inputs = tuple(counted["row_id"] for counted in (row, base) if counted is not None)
    return _row(
        record["threat"], window, record["from_stage"], record["to_stage"], "printed",
        (base["value"] if base else None, record["from_unit"]), (None, record["to_unit"]),
        row["value"], limits, (method, source, record["subset"]), [row, *([base] if base else [])], inputs,
    )  # fmt: skip


def _counts(early: StageCount, late: StageCount, subset: bool, window: Window, phis: Phis) -> AttritionRow:
    inputs = tuple(row["row_id"] for row in (*early.rows, *late.rows))
    figures = [*early.rows, *late.rows]
    ratio = late.value / early.value
    if subset:
        limits, method, source = wilson_interval(ratio, early.value) * 100, WILSON, "computed"
    else:
        phi_early, phi_late = (phis.of((count.stage["series"],)) for count in (early, late))
        near_nought = min(early.rounding.lower, late.rounding.lower) <= 0
        limits = (_of_limits if near_nought else _log_ratio)(early, late, phi_early.largest, phi_late.largest) * 100
        method, source = OF_LIMITS if near_nought else LOG_POISSON, "assumed"
        inputs = (*inputs, phi_early.row_id, phi_late.row_id)
    return _row(
        early.stage["threat"], window, early.stage["stage"], late.stage["stage"],
        "implied" if late.implied or early.implied else "counts",
        (early.value, early.stage["unit"]), (late.value, late.stage["unit"]), 100 * ratio, limits, (method, source, subset),
        figures, inputs,
    )  # fmt: skip


def _log_ratio(early: StageCount, late: StageCount, phi_early: float, phi_late: float) -> Interval:
    """ln(b/a) +/- z sqrt(phi_b/b + phi_a/a), over the ends of the rounding of both counts."""

    def ratio(earlier: float, later: float) -> Interval:
        return log_ratio_interval(float(later), float(earlier), math.sqrt(phi_early / float(earlier)), phi_late)

    return outer_envelope(ratio, {"earlier": early.rounding, "later": late.rounding})


def _of_limits(early: StageCount, late: StageCount, phi_early: float, phi_late: float) -> Interval:
    """The limits of the later count over those of the earlier: a count near nought has no logarithm to rely on."""
    return count_interval(late.value, phi_late) / count_interval(early.value, phi_early)


def _row(
    threat: str, window: Window, origin: str, to: str, figure: str, first: tuple[float | None, str],
    second: tuple[float | None, str], per_100: float, limits: Interval, kind: tuple[str, str, bool],
    figures: list[Record], inputs: tuple[str, ...],
) -> AttritionRow:  # fmt: skip
    method, source, subset = kind
    lower, upper = limits.as_floats()
    notes = "; ".join(dict.fromkeys(row["notes"] for row in figures if row["notes"]))
    return {
        "threat": threat, "area_code": ENGLAND_AND_WALES, "period_start": window[0], "period_end": window[1],
        "from_stage": origin, "to_stage": to, "figure": figure, "from_count": first[0], "from_unit": first[1],
        "to_count": second[0], "to_unit": second[1], "per_100": per_100, "per_100_lower": lower,
        "per_100_upper": upper, "method": method, "interval_source": source, "subset": subset,
        "cohort": False, "coverage": notes or None,
        "designation": least_standing(row["designation"] for row in figures),
        "sentence": _sentence(threat, window, origin, to, first[1], second[1], per_100, lower, upper, subset),
        "caveats": _caveats(figure, subset, method, figures), "inputs": sorted(set(inputs)),
    }  # fmt: skip


def _caveats(figure: str, subset: bool, method: str, figures: list[Record]) -> list[str]:
    caveats = [NOT_A_COHORT]
    if not subset:
        caveats.append(UNITS_DIFFER)
    if figure == "implied":
        caveats.append("The number of convictions is the printed conviction rate times the printed prosecutions.")
    if method != ROUNDING:
        caveats.append(
            "The counts are complete, so the limits are those of a process that yields such counts, not of a sample."
        )
    copies = [row for row in figures if row["designation"] == "press_copy"]
    if copies:
        caveats.append("A figure was read in a copy of the publication.")
    return caveats


def _sentence(
    threat: str, window: Window, origin: str, to: str, from_unit: str, to_unit: str, per_100: float, lower: float, upper: float,
    subset: bool,
) -> str:  # fmt: skip
    of = threat.replace("_", " ")
    return (
        f"{of.capitalize()}, {_label(window)}: {per_100:.1f} ({lower:.1f} to {upper:.1f}) {to} ({to_unit}) for every 100"
        f" {origin} ({from_unit}){'' if subset else '; not the same cases'}."
    )


def _label(window: tuple[datetime.date, datetime.date]) -> str:
    return str(ComparedPeriod(*window, "year"))
