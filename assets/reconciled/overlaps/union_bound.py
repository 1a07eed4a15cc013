"""The tightest bounds on unions of overlapping threats and victim types, with what each bound follows from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from assets.methods.bounds import ContradictionError, Proof, SetRegion, frechet_bounds_of_intervals, union
from assets.methods.calibration import overlap_omega_interval
from assets.methods.interval import Interval
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.figure_lookup import NewestFigures
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions
from assets.reconciled.ground.vintage import newest_of
from assets.reconciled.overlaps.constraint_system import AS_STATED, Instance, Systems, set_in_words
from assets.tables.conform import framed
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import UnionBoundRow

Proved = tuple[Proof | None, tuple[str, ...]]
NOT_A_SUM = "Threats overlap and are never added: only bounds on the union can be given."
NO_SAMPLING = "Bounds hold the rounding of print, not the sampling error of the survey nor non-response."
UNLIKE_WINDOWS = "The windows differ by four months at either end, so this is a test of the figures, not an estimate."


def union_bounds(systems: Systems) -> pd.DataFrame:
    """Every union that the systems ask for, in every period, reading and precision."""
    rows = [row for key in systems.asked for row in bound_rows(systems, key)]
    return framed(rows, "reconciled.union_bound")


def systems_of(
    survey: pd.DataFrame,
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    vawg: pd.DataFrame,
    shares: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
    constraints: pd.DataFrame,
    systems: pd.DataFrame,
    readings: pd.DataFrame,
    assumptions: pd.DataFrame,
) -> Systems:
    """The constraint systems over the newest figures held.

    Fact tables as staged; constraints: `reference.constraint`; systems: `reference.set_system`; readings: `reference.reading`;
    releases: `meta.release`.
    """
    figures = NewestFigures.newest(
        releases, survey=survey, offences=offences, flagged=flagged, vawg=vawg, shares=shares
    )
    people = Populations(newest_of(population, releases, "population.estimate"))
    return Systems(constraints, systems, readings, figures, people, Assumptions(assumptions))


def bound_rows(systems: Systems, key: str) -> list[UnionBoundRow]:
    """The rows of one system."""
    asked = [(names, union(*names)) for names in systems.asked[key].unions]
    return [union_row(*answer) for answer in union_answers(systems, key, asked, ("rounding", "as_printed"))]


def union_answers(
    systems: Systems,
    key: str,
    asked: Sequence[tuple[Sequence[str], SetRegion]],
    precisions: Sequence[str] = ("rounding",),
) -> Iterator[tuple[Instance, Sequence[str], Proved]]:
    """The answer for each region asked for, in each instance of a system whose reading says something new of it."""
    seen = set()
    stated = dict[tuple[ComparedPeriod, str, SetRegion], Interval | None]()
    for instance in systems.instances(key, precisions):
        for names, of in asked:
            answer = solve(instance, of)
            proof, conflict = answer
            asked_for = (instance.period, instance.precision, of)
            if instance.reading == AS_STATED:
                stated[asked_for] = proof.interval if proof else None
                new = True
            elif proof:  # a proof may rest on a reading and be no better than one without it
                new = proof.interval != stated.get(asked_for)
            else:  # what other sets contradict is said of those
                new = set(instance.sets_of(conflict)) <= set(names)
            inputs = (*asked_for, (proof.lower_from, proof.upper_from) if proof else conflict)
            if new and inputs not in seen:
                yield instance, names, answer
            seen.add(inputs)


def union_row(instance: Instance, names: Sequence[str], answer: Proved) -> UnionBoundRow:
    """The row of one union: its bounds, or the figures that contradict each other."""
    system, sizes = instance.system, [instance.size(name) for name in names]
    proof, conflict = answer
    lower, upper = proof.interval.as_floats() if proof else (None, None)
    unlimited = upper is None or upper == float("inf")
    marginal = _marginals(instance, sizes)
    depth = _depth(instance, names, sizes)
    used = (*proof.lower_from, *proof.upper_from) if proof else conflict
    return {
        "system": system.key, "scope": system.scope, "sets": "|".join(names), "set_count": len(names),
        "area_code": ENGLAND_AND_WALES, "period_start": instance.period.start, "period_end": instance.period.end,
        "period_type": instance.period.kind, "sex": system.sex, "unit": system.unit, "reading": instance.reading,
        "precision": instance.precision, "lower": lower, "upper": None if unlimited else upper,
        "status": "conflict" if proof is None else "half_bounded" if unlimited else "bounded",
        "marginals_lower": float(marginal.lower) if marginal else None,
        "marginals_upper": float(marginal.upper) if marginal else None,
        "overlap_depth_lower": float(depth.lower) if depth else None,
        "overlap_depth_upper": float(depth.upper) if depth else None,
        "lower_from": list(proof.lower_from) if proof else [], "upper_from": list(proof.upper_from) if proof else [],
        "conflict": list(conflict), "sentence": _sentence(instance, names, proof, conflict),
        "caveats": caveats(instance), "inputs": list(instance.inputs_of(used)),
    }  # fmt: skip


def caveats(instance: Instance) -> list[str]:
    """What a reader must know of any row of an instance."""
    caveats = [NOT_A_SUM]
    if instance.reading != AS_STATED:
        caveats.append(f"Reading: {instance.reads}.")
    if instance.system.scope == "csew":
        caveats.append(NO_SAMPLING)
    if instance.reading.startswith("as_if_one_window"):
        caveats.append(UNLIKE_WINDOWS)
    if instance.system.scope == "policing_vawg":
        caveats.append("The policing VAWG collection has its own definition and differs from the published statistics.")
    if instance.system.key.startswith("survey_combined"):
        caveats.append(
            "Statistics in development, from a press copy; domestic abuse and sexual assault on half samples."
        )
    return [*caveats, *instance.notes]


def plain_size(value: float, unit: str) -> str:
    """A size as text in the unit of its system."""
    return f"{value:.1f}%" if unit.startswith("percent") else f"{value:,.0f}"


def solve(instance: Instance, of: SetRegion) -> Proved:
    """The bound of a region with its proof, or the conflict that leaves none."""
    try:
        proof = instance.solver(sorted(of.names)).proof(of)
        return replace(proof, interval=instance.outwards(proof.interval)), ()
    except ContradictionError as error:
        return None, error.conflict


def _marginals(instance: Instance, sizes: Sequence[Interval | None]) -> Interval | None:
    known = [size for size in sizes if size is not None]
    return instance.outwards(frechet_bounds_of_intervals(known)) if len(known) == len(sizes) else None


def _depth(instance: Instance, names: Sequence[str], sizes: Sequence[Interval | None]) -> Interval | None:
    """(sum - union) / (sum - largest) where the union itself is published and every part is."""
    published, known = instance.published_union(names), [size for size in sizes if size is not None]
    if published is None or len(known) < len(sizes):
        return None
    return overlap_omega_interval(known, published)


def _sentence(instance: Instance, names: Sequence[str], proof: Proof | None, conflict: Sequence[str]) -> str:
    unit, sets = instance.system.unit, " or ".join(set_in_words(name) for name in names)
    when = str(instance.period)
    reading = "" if instance.reading == AS_STATED else f", where {instance.reads}"
    if proof is None:
        return f"These figures cannot all hold for {when}{reading}: {'; '.join(conflict)}."
    return f"{size_in_words(proof.interval, unit)} {things(unit)} {sets} (one or more), {when}{reading}."


def size_in_words(interval: Interval, unit: str) -> str:
    """An interval as the start of a sentence."""
    lower, upper = interval.as_floats()
    low = plain_size(lower, unit)
    if upper == float("inf"):
        return f"At least {low}"
    return low if low == plain_size(upper, unit) else f"Between {low} and {plain_size(upper, unit)}"


def things(unit: str) -> str:
    """The unit with its verb: offences are of a kind, people experienced it."""
    if unit == "offences":
        return "recorded offences are"
    return f"of {unit.removeprefix('percent of ')} experienced" if unit.startswith("percent") else f"{unit} experienced"
