"""Does a printed figure fit what it is recomputed to be?

Every figure is an interval (the rounding of its print). A claim holds if its interval meets the recomputed one; it fails
only if no values within the rounding of all figures could make it true, so a verdict is never harsher than that.
Units: one unit on both sides of a comparison.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assets.methods.interval import Exact, Interval
from assets.statement import words
from assets.statement.finding import Finding
from assets.statement.value import Value

HUNDRED = Interval.point(100)


def fits(printed: Interval, value: Value, unit: str | None, figure: str) -> Finding:
    """The printed figure against its recomputation: consistent or conflict; against the statistics: agrees or differs."""
    holds = printed.meets(value.interval)
    found = words.interval(value.interval, unit)
    verdict = (
        ("external_agrees" if holds else "external_differs")
        if value.published
        else ("consistent" if holds else "conflict")
    )
    said = f"{value.words} gives {found}, which {'fits' if holds else 'does not fit'} the printed {figure}"
    return Finding(verdict, words.sentence(said), value.interval, (("recomputed", found),))


def inside(part: Value, whole: Value) -> Finding:
    """A part is not more than its whole: consistent, or implausible where it must be more."""
    shown = words.interval(part.interval, part.unit), words.interval(whole.interval, whole.unit)
    if part.interval.is_above(whole.interval):
        said = f"{part.words} ({shown[0]}) is more than {whole.words} ({shown[1]}), of which it is a part"
        return Finding("implausible", words.sentence(said), whole.interval)
    said = f"{_with(part.words, shown[0])} is not more than {_with(whole.words, shown[1])}, of which it is a part"
    return Finding("consistent", words.sentence(said))


def within(printed: Interval, value: Value, unit: str | None, figure: str) -> Finding:
    """The figure lies inside what is possible: consistent, or implausible where it lies outside."""
    possible = words.interval(value.interval, unit)
    if printed.meets(value.interval):
        return Finding("consistent", words.sentence(f"{figure} lies inside what is possible, {possible}"))
    return Finding("implausible", words.sentence(f"{figure} lies outside what is possible, {possible}"), value.interval)


def sums_to(parts: Sequence[Value], total: Value, unit: str | None) -> Finding:
    """The parts add up to the total within rounding: consistent or conflict."""
    added = _sum(parts)
    names = words.listed([part.words for part in parts])
    found, wanted = words.interval(added, unit), words.interval(total.interval, unit)
    if added.meets(total.interval):
        return Finding("consistent", words.sentence(f"{names} add up to {wanted} within their rounding"))
    return Finding(
        "conflict", words.sentence(f"{names} add up to {found}, not to {total.words}"), shown=(("sum", found),)
    )


def at_most(parts: Sequence[Value], limit: Value, unit: str | None) -> Finding:
    """Parts that exclude each other add up to no more than the limit: consistent or conflict."""
    added = _sum(parts)
    names, found = words.listed([part.words for part in parts]), words.interval(added, unit)
    if added.is_above(limit.interval):
        return Finding("conflict", words.sentence(f"{names} add up to {found}, more than {limit.words}"))
    rest = limit.interval.sub(added)
    left = words.interval(Interval.closed(max(rest.lower, 0), max(rest.upper, 0)), unit)
    return Finding(
        "consistent",
        words.sentence(f"{names} add up to {found}, not more than {limit.words}; {left} is left for the rest"),
    )


def order(parts: Sequence[Value], unit: str | None) -> Finding:
    """Figures fall in the order named, from the largest: consistent or conflict."""
    names = [_plain(part, unit) for part in parts]
    for (first, name), (second, other) in pairwise(zip(parts, names, strict=True)):
        if first.interval.is_below(second.interval):
            return Finding("conflict", words.sentence(f"{name} is named before {other} as the larger, and is smaller"))
    return Finding("consistent", words.sentence(f"{words.listed(names)} fall in the order that the text gives them"))


def another_wording(printed: Interval, worded: Value, meant: Value, unit: str | None, figure: str) -> Finding:
    """The figure as worded, and under another wording: consistent, wording, or conflict where neither holds."""
    shown = words.interval(worded.interval, unit), words.interval(meant.interval, unit)
    parts = (("worded", shown[0]), ("meant", shown[1]))
    if printed.meets(worded.interval):
        return Finding(
            "consistent",
            words.sentence(f"As worded it is {shown[0]}, which fits the printed {figure}"),
            worded.interval,
            parts,
        )
    if printed.meets(meant.interval):
        said = f"As worded ({worded.words}) it would be {shown[0]}; {figure} fits only {meant.words}, {shown[1]}"
        return Finding("wording", words.sentence(said), worded.interval, parts)
    said = f"{figure} fits neither {worded.words} ({shown[0]}) nor {meant.words} ({shown[1]})"
    return Finding("external_differs" if worded.published else "conflict", words.sentence(said), worded.interval, parts)


def readings(printed: Interval, given: Mapping[str, Value], unit: str | None, figure: str) -> Finding:
    """The figure under every reading: all hold, none holds, or ambiguous where some do."""
    holds = {name: printed.meets(value.interval) for name, value in given.items()}
    shown = [words.interval(value.interval, unit) for value in given.values()]
    said = words.listed([f"{name} it is {found}" for name, found in zip(given, shown, strict=True)])
    parts = tuple(zip(("first", "second", "third"), shown, strict=False))
    published = any(value.published for value in given.values())
    if all(holds.values()):
        verdict, end = "external_agrees" if published else "consistent", f"all fit the printed {figure}"
    elif not any(holds.values()):
        verdict, end = "external_differs" if published else "conflict", f"none fits the printed {figure}"
    else:
        fitting = words.listed([name for name, held in holds.items() if held])
        verdict, end = "ambiguous", f"{figure} fits only as {fitting}"
    return Finding(verdict, words.sentence(f"Read as {said}: {end}"), shown=parts)


def open_readings(given: Mapping[str, Value], unit: str | None) -> Finding:
    """Readings that the text allows: ambiguous where one gives a figure that lies outside the rounding of another."""
    values = list(given.values())
    shown = [words.interval(value.interval, unit) for value in values]
    said = words.listed([f"{name} ({found})" for name, found in zip(given, shown, strict=True)])
    parts = tuple(zip(("first", "second", "third"), shown, strict=False))
    # The readings share their figures, so their rounding goes together: what counts is where the printed figures lie.
    if all(one.interval.contains(_middle(other.interval)) for one in values for other in values):
        return Finding("consistent", words.sentence(f"All readings give the same within rounding: {said}"), shown=parts)
    return Finding("ambiguous", words.sentence(f"The text can be read as {said}, and does not say which"), shown=parts)


def mean_age(printed: Interval, young_share: Value, young: tuple[int, int], old: int, figure: str) -> Finding:
    """A mean age beside the share of the young: what the others must average at most.

    mean = s y + (1 - s) o with s the share of the young, y their mean age and o that of the others. With y at its lowest, o is
    at most (mean - s y) / (1 - s). Implausible where that is below the age at which the others begin; otherwise ambiguous, as
    an "average" that is no mean (the middle, the commonest) is bound by nothing of the kind. Ages in completed years.
    """
    s = young_share.interval.div(HUNDRED)
    rest = Interval.point(1).sub(s)
    ends = [(printed.upper - one * young[0]) / other for one, other in ((s.lower, rest.upper), (s.upper, rest.lower))]
    highest = words.number(max(ends))
    shown = (("recomputed", highest),)
    if max(ends) < old:
        said = (
            f"with {young_share.words} aged {young[0]} or over, a mean of {figure} needs the others to average {highest} at most"
            f", below {old}"
        )
        return Finding("implausible", words.sentence(said), shown=shown)
    said = (
        f"with {young_share.words} young, a mean age of {figure} needs the others to average {highest} at most; the text "
        "does not say which average it is"
    )
    return Finding("ambiguous", words.sentence(said), shown=shown)


def _sum(parts: Sequence[Value]) -> Interval:
    total = Interval.point(0)
    for part in parts:
        total = total.add(part.interval)
    return total


def _middle(interval: Interval) -> Exact:
    """The middle of an interval, or its only end."""
    if interval.is_bounded:
        return interval.midpoint
    return interval.upper if math.isinf(interval.lower) else interval.lower


def _with(name: str, shown: str) -> str:
    return name if shown == name or shown in name else f"{name} ({shown})"


def _plain(value: Value, unit: str | None) -> str:
    return value.words if len(value.words) < 20 else words.interval(value.interval, unit)
