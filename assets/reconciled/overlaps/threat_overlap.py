"""What is known of the overlap of each pair of threats, groups or victim types, and from which figures."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from assets.methods.bounds import both
from assets.methods.interval import Interval
from assets.reconciled.overlaps.constraint_system import AS_STATED, Instance, Systems, set_in_words
from assets.reconciled.overlaps.union_bound import Proved, caveats, plain_size, things, union_answers
from assets.tables.conform import framed
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import ThreatOverlapRow

WHOLE = Interval.closed(0, 1)


def threat_overlaps(systems: Systems) -> pd.DataFrame:
    """Every pair that the systems ask for, in every period and reading, figures taken with their rounding."""
    rows = [
        _row(*answer)
        for key, system in systems.asked.items()
        for answer in union_answers(systems, key, [(pair, both(*pair)) for pair in system.pairs])
    ]
    return framed(rows, "reconciled.threat_overlap")


def _row(instance: Instance, pair: Sequence[str], answer: Proved) -> dict[str, Any]:
    proof, conflict = answer
    first, second = pair
    system, overlap = instance.system, proof.interval if proof else None
    limited = overlap is not None and overlap.is_bounded
    of_first, of_second = (
        _share(instance, overlap, inside, whole) for inside, whole in ((second, first), (first, second))
    )
    marginal = _by_sizes(instance, pair)
    used = tuple(dict.fromkeys((*proof.lower_from, *proof.upper_from))) if proof else conflict
    row: ThreatOverlapRow = {
        "system": system.key, "scope": system.scope, "first": first, "second": second,
        "area_code": ENGLAND_AND_WALES, "period_start": instance.period.start, "period_end": instance.period.end,
        "period_type": instance.period.kind, "sex": system.sex, "unit": system.unit, "reading": instance.reading,
        "overlap_lower": float(overlap.lower) if overlap else None,
        "overlap_upper": float(overlap.upper) if overlap is not None and limited else None,
        "marginals_lower": float(marginal.lower) if marginal else None,
        "marginals_upper": float(marginal.upper) if marginal else None,
        "status": "conflict" if overlap is None else "bounded" if limited else "half_bounded",
        "known_from": list(used) if proof else [], "conflict": list(conflict),
        "sentence": _sentence(instance, pair, overlap, of_first, of_second, conflict),
        "caveats": caveats(instance), "inputs": list(instance.inputs_of(used)),
    }  # fmt: skip
    return {**row, **_percent("share_of_first", of_first), **_percent("share_of_second", of_second)}


def _share(instance: Instance, overlap: Interval | None, inside: str, whole: str) -> Interval | None:
    """The share of `whole` that lies in `inside`, as a proportion: overlap over size, cut to a share that is printed."""
    if overlap is None:
        return None
    interval, size = WHOLE, instance.size(whole)
    if size is not None and size.lower > 0 and overlap.is_bounded:
        quotient = (overlap / size) & WHOLE
        interval = quotient if quotient is not None else interval
    for tied in instance.tied:
        if (
            tied.row["kind"] == "share"
            and (tied.row["part"], tied.row["whole"]) == (inside, whole)
            and tied.size is not None
        ):
            printed = interval & (tied.size / 100)
            interval = printed if printed is not None else interval
    return interval


def _by_sizes(instance: Instance, pair: Sequence[str]) -> Interval | None:
    """Bounds from the two sizes alone: no more than the smaller set; no less than none, the whole being unknown."""
    sizes = [instance.size(name) for name in pair]
    if any(size is None for size in sizes):
        return None
    return Interval.closed(0, min(size.upper for size in sizes if size is not None))


def _percent(stem: str, share: Interval | None) -> dict[str, float | None]:
    if share is None:
        return {f"{stem}_lower": None, f"{stem}_upper": None}
    return {f"{stem}_lower": 100 * float(share.lower), f"{stem}_upper": 100 * float(share.upper)}


def _sentence(
    instance: Instance,
    pair: Sequence[str],
    overlap: Interval | None,
    of_first: Interval | None,
    of_second: Interval | None,
    conflict: Sequence[str],
) -> str:
    reading = "" if instance.reading == AS_STATED else f", where {instance.reads}"
    when, unit = str(instance.period), instance.system.unit
    if overlap is None:
        return f"These figures cannot all hold for {when}{reading}: {'; '.join(conflict)}."
    first, second = (set_in_words(name) for name in pair)
    if overlap.upper == 0:
        return f"No {things(unit)} both {first} and {second}; {when}{reading}."
    size = plain_size(float(overlap.lower), unit)
    if not overlap.is_bounded:
        size = f"{size} or more"
    elif plain_size(float(overlap.upper), unit) != size:
        size = f"{size} to {plain_size(float(overlap.upper), unit)}"
    shares = ", ".join(
        f"{_range(share)} of {name}"
        for share, name in ((of_first, first), (of_second, second))
        if share not in (None, WHOLE)
    )
    known = f", that is {shares}" if shares else ", so nothing is known of its share"
    return f"{size} {things(unit)} both {first} and {second}{known}; {when}{reading}."


def _range(share: Interval | None) -> str:
    if share is None:
        return ""
    low, high = (f"{100 * end:.1f}" for end in share.as_floats())
    return f"{low}%" if low == high else f"{low} to {high}%"
