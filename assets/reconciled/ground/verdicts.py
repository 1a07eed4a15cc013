"""What the publisher says of significance, beside the tracked assumptions: agreement, what it rules out of them, contradiction.

A verdict on two estimates, and limits printed with one, are facts about the sampling error that is otherwise assumed. What
they rule out of the box of assumptions is taken away: of the samples behind the two figures, and of the share that answered
the self-completion questions in that year, which all its figures rest on. A verdict that no part of the box can have given
rules out nothing: it is a contradiction, and listed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.verdict import (
    DEPENDS,
    NOWHERE,
    THROUGHOUT,
    OverBox,
    Spoken,
    answer_over,
    error_allowed,
    error_of,
    over_box,
    sizes_left,
)
from assets.reconciled.ground.assumed import Sample, product
from assets.reconciled.ground.effective_sample import (
    ANSWERED,
    SAMPLED,
    Behind,
    Cut,
    EffectiveSamples,
    Window,
    behind,
    published_size,
    stem_of,
)
from assets.reconciled.ground.figure_lookup import figure_interval
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears
from assets.reconciled.ground.vintage import newest_of
from assets.tables.conform import framed, given_columns
from assets.tables.records import Record, records
from assets.words.wording import between

Group = tuple[str, str, str]


def windows_of(statement: Record) -> tuple[Window, Window]:
    """The earlier and the later period of a statement on two periods."""
    earlier = (statement["earlier_start"], statement["earlier_end"])
    return earlier, (statement["period_start"], statement["period_end"])


class Official:
    """Sound statements of `reference.official_significance` on two periods, by series, sex and age."""

    def __init__(self, statements: pd.DataFrame) -> None:
        self._said: dict[Group, dict[tuple[Window, Window], Record]] = defaultdict(dict)
        for row in records(statements):
            if row["compares"] == "periods" and row["doubt"] is None:
                self._said[row["series"], row["sex"], row["age"]][windows_of(row)] = row

    def windows(self, row: Record) -> set[tuple[Window, Window]]:
        """Earlier and later period of every statement on the series, sex and age of a figure."""
        return set(self._said.get((row["series"], row["sex"], row["age"]), ()))

    def on(self, before: Record, after: Record) -> Record | None:
        """The statement on the change between two figures of one series."""
        windows = (before["period_start"], before["period_end"]), (after["period_start"], after["period_end"])
        return self._said.get((after["series"], after["sex"], after["age"]), {}).get(windows)


AGREES, CUTS, CONTRADICTS, UNUSED = "agrees", "cuts", "contradicts", "not_used"
SEXES = ("male", "female")
PERCENT = 100


@dataclass(frozen=True)
class OfficialVerdict:
    """A statement, the two figures that it is about, our own test of them, and what becomes of it.

    why: why it is not used, or with what it does not agree; left: the samples behind the figures, as far as it leaves them
    """

    statement: Record
    figures: tuple[Record, ...]
    outcome: str
    why: str
    alone: OverBox | None = None
    error: Interval | None = None
    allowed: Interval | None = None
    sizes: tuple[Interval, ...] = ()
    left: tuple[Interval, ...] = ()


def cut_samples(
    newest_estimates: pd.DataFrame, assumptions: Assumptions, fieldwork: FieldworkYears, statements: pd.DataFrame
) -> EffectiveSamples:
    """The effective samples over what published verdicts and limits leave of the assumptions."""
    whole = EffectiveSamples(newest_estimates, assumptions, fieldwork)
    cuts: dict[Behind, Cut] = {}
    for verdict in verdicts(statements, newest_estimates, whole):
        if verdict.outcome in (AGREES, CUTS):
            for figure, size, left in zip(verdict.figures, verdict.sizes, verdict.left, strict=True):
                if left != size:
                    before = cuts.get(behind(figure))
                    inputs = (*(before.inputs if before else ()), verdict.statement["row_id"])
                    cuts[behind(figure)] = Cut(left, inputs)
    stems = {stem for stem, *_ in cuts}
    of_cuts = [series for series in newest_estimates["series"].unique() if stem_of(series) in stems]
    sampled = newest_estimates["interval_source"].isin(SAMPLED) | newest_estimates["series"].isin(of_cuts)
    answered = _answered(records(newest_estimates[sampled]), whole, cuts)
    return EffectiveSamples(newest_estimates, assumptions, fieldwork, cuts, answered)


def verdicts(
    statements: pd.DataFrame, newest_estimates: pd.DataFrame, samples: EffectiveSamples
) -> list[OfficialVerdict]:
    """Every statement with its figures and what becomes of it; samples: over the whole box."""
    official: dict[tuple[object, ...], Record] = {
        (row["series"], *behind(row)[1:]): row
        for row in records(newest_estimates[newest_estimates["characteristic"].isna()])
        if row["value"] is not None
    }
    verdicts = [_alone(row, official, samples) for row in records(statements)]
    usable = [verdict for verdict in verdicts if verdict.outcome in (AGREES, CUTS)]
    together = {
        id(verdict): made for group in _connected(usable) for verdict, made in zip(group, _together(group), strict=True)
    }
    return [together.get(id(verdict), verdict) for verdict in verdicts]


def _alone(
    statement: Record, official: Mapping[tuple[object, ...], Record], samples: EffectiveSamples
) -> OfficialVerdict:
    figures = tuple(row for place in _places(statement) if (row := official.get(place)))
    why = statement["doubt"] or _lacks(figures)
    sizes = tuple(size for row in figures if (size := samples.of_row(row)[0]) is not None) if not why else ()
    if why or len(sizes) < 2:
        return OfficialVerdict(
            statement, figures, UNUSED, why or "no effective sample of its figures is held or assumed"
        )
    first, second = figures
    change, rounding = second["value"] - first["value"], rounding_of(figures)
    error = error_of(variances_of(figures), (sizes[0], sizes[1]))
    alone = over_box(change, rounding, error)
    ours, significant = answer_over(alone.p_least, alone.p_value), statement["significant"]
    against = ours == (NOWHERE if significant else THROUGHOUT)
    return OfficialVerdict(
        statement,
        figures,
        CONTRADICTS if against else CUTS if ours == DEPENDS else AGREES,
        "no part of the assumptions gives it" if against else "",
        alone,
        error,
        error_allowed(change, rounding, significant=significant),
        sizes,
        sizes,
    )


def _places(statement: Record) -> Iterator[tuple[object, ...]]:
    """Where the two figures of a statement stand, the earlier (or that of men) first."""
    area = statement["area_code"]
    if statement["compares"] == "sexes":
        window = (statement["period_start"], statement["period_end"])
        yield from ((statement["series"], sex, statement["age"], area, window) for sex in SEXES)
    else:
        for window in windows_of(statement):
            yield statement["series"], statement["sex"], statement["age"], area, window


def _lacks(figures: tuple[Record, ...]) -> str:
    if len(figures) < 2:
        return "one of its figures, or both, is not held"
    if any(row["unit"] != "percent" or not 0 < row["value"] < PERCENT for row in figures):
        return f"it is about {figures[0]['unit']}, of which no sampling error is modelled; prevalences alone are"
    return ""


def rounding_of(figures: Iterable[Record]) -> float:
    """How far the rounding of two figures can put their difference off, in their unit."""
    return sum(float(figure_interval(row).width) for row in figures) / 2


def variances_of(figures: tuple[Record, ...]) -> tuple[float, float]:
    """p (100 - p) of two percentages: their variances were one respondent asked."""
    first, second = (row["value"] * (PERCENT - row["value"]) for row in figures)
    return first, second


def _connected(verdicts: Iterable[OfficialVerdict]) -> list[list[OfficialVerdict]]:
    """Verdicts in groups that share a sample."""
    groups: list[tuple[set[Behind], list[OfficialVerdict]]] = []
    for verdict in verdicts:
        samples = {behind(row) for row in verdict.figures}
        joined = [verdict]
        apart = list[tuple[set[Behind], list[OfficialVerdict]]]()
        for others, those in groups:
            if others & samples:
                samples, joined = samples | others, [*those, *joined]
            else:
                apart.append((others, those))
        groups = [*apart, (samples, joined)]
    return [those for _, those in groups]


def _together(group: list[OfficialVerdict]) -> list[OfficialVerdict]:
    """What the verdicts of a group leave of their samples together; all of them contradict where nothing is left."""
    sizes = {_name(row): size for verdict in group for row, size in zip(verdict.figures, verdict.sizes, strict=True)}
    statements = [
        Spoken(_name(verdict.figures[0]), _name(verdict.figures[1]), variances_of(verdict.figures), verdict.allowed)
        for verdict in group
        if verdict.allowed is not None
    ]
    left = sizes_left(sizes, statements)
    if left is None:
        why = f"no part of the assumptions gives all {len(group)} verdicts on these samples"
        return [replace(verdict, outcome=CONTRADICTS, why=why, left=verdict.sizes) for verdict in group]
    return [replace(verdict, left=tuple(left[_name(row)] for row in verdict.figures)) for verdict in group]


def _name(row: Record) -> str:
    return repr(behind(row))


def _answered(rows: Iterable[Record], samples: EffectiveSamples, cuts: Mapping[Behind, Cut]) -> dict[Window, Cut]:
    """What published limits, and samples that verdicts cut, leave of the share that answered in each survey year."""
    cut_by: dict[Window, Cut] = {}
    for row in rows:
        own, cut = published_size(row), cuts.get(behind(row))
        size = Interval.point(own) if own is not None else cut.left if cut else None
        sample = samples.sample_of(row)[0] if size is not None else None
        if size is None or sample is None:
            continue
        window = (row["period_start"], row["period_end"])
        for share in (part for part in sample.shares if part.key == ANSWERED):
            before = cut_by[window] if window in cut_by else Cut(share.interval, ())
            left = before.left & _implied(sample, size)
            if left is not None and left != before.left:
                by = cut.inputs if own is None and cut else (row["row_id"],)
                cut_by[window] = Cut(left, tuple(dict.fromkeys((*before.inputs, *by))))
    return cut_by


def _implied(sample: Sample, size: Interval) -> Interval:
    """The share that answered by which an effective sample has a size, over the rest of its parts."""
    others = product((sample.base, *(part for part in sample.shares if part.key != ANSWERED)))[0]
    return size * sample.design_effect.interval / others


# What the publisher says of significance, one row per statement: our own test beside it, and what it leaves of ours.
TABLE = "reconciled.official_verdict"
SAID = {
    AGREES: "All of the assumptions give the publisher's verdict.",
    CUTS: "Part of the assumptions does not give the publisher's verdict and is ruled out.",
    CONTRADICTS: "A contradiction: {why}. Nothing is ruled out.",
    UNUSED: "Not set beside ours: {why}.",
}


def official_verdicts(
    statements: pd.DataFrame,
    estimates: pd.DataFrame,
    releases: pd.DataFrame,
    assumptions: pd.DataFrame,
    fieldwork: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.official_verdict`: every row of `reference.official_significance` (statements).

    estimates: `survey.estimate` as staged; errors of differences in percentage points.
    """
    fresh = newest_of(estimates, releases, "survey.estimate")
    samples = EffectiveSamples(fresh, Assumptions(assumptions), FieldworkYears(fieldwork))
    return framed([_row(verdict) for verdict in verdicts(statements, fresh, samples)], TABLE)


def _row(verdict: OfficialVerdict) -> dict[str, Any]:
    statement, alone = verdict.statement, verdict.alone
    error, allowed = ((None, None) if ends is None else ends.as_floats() for ends in (verdict.error, verdict.allowed))
    before, after = (row["value"] for row in verdict.figures) if alone else (None, None)
    reason = SAID[verdict.outcome].format(why=verdict.why)
    if alone and verdict.error:
        reason += (
            f" Standard error of the difference by the assumptions: {between(*verdict.error.as_floats(), 2)} points."
        )
    return {
        **{name: value for name, value in statement.items() if name in given_columns(TABLE)},
        "official_significant": statement["significant"], "official_says": statement["says"], "before": before, "after": after,
        "significance_alone": answer_over(alone.p_least, alone.p_value) if alone else None,
        "p_value_least": alone.p_least if alone else None, "p_value": alone.p_value if alone else None,
        "error_least": error[0], "error_most": error[1], "error_allowed_least": allowed[0],
        "error_allowed_most": None if allowed[1] == float("inf") else allowed[1], "outcome": verdict.outcome, "reason": reason,
        "inputs": [statement["row_id"], *(row["row_id"] for row in verdict.figures)],
    }  # fmt: skip
