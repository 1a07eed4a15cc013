"""Change of every series between every two years: its four forms, its test, and the breaks that forbid one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from assets.methods.trend import benjamini_hochberg, change
from assets.methods.verdict import DEPENDS, NOWHERE, THROUGHOUT
from assets.reconciled.change.lines import COUNTED, Pair, SeriesVintages, lines, vintage_orders
from assets.reconciled.change.trend_tests import (
    TestedChange,
    Years,
    between_years,
    net_of_steps,
    two_counts,
    two_estimates,
)
from assets.reconciled.ground.breaks import Breaks, exceptional_time
from assets.reconciled.ground.comparison import Break
from assets.reconciled.ground.effective_sample import EffectiveSamples
from assets.reconciled.ground.phi import Phis
from assets.reconciled.ground.reference_rows import (
    MAY_BE_THEIRS,
    OF_RECORDING,
    UNASSIGNED,
    Assumptions,
    CodeValidity,
    FieldworkYears,
    period_of,
    release_of,
)
from assets.reconciled.ground.verdicts import Official, cut_samples
from assets.reconciled.ground.vintage import newest_of
from assets.tables.conform import framed
from assets.tables.records import Record, records
from schemas.row_types import TrendRow

# Detailed offences of a class: those assigned to none of them are a matter of recording, and may be what a change is of.


class DetailedOffences:
    """Of `recorded.offence_count`: how many offences of a class each release assigns to no detailed offence of it."""

    def __init__(self, offences: pd.DataFrame) -> None:
        rest = offences[offences["offence_code"].str.endswith(UNASSIGNED) & offences["value"].notna()]
        self._unassigned = {_class(row): row["value"] for row in records(rest)}

    @staticmethod
    def refused(row: Record) -> str:
        """Why no change is given of those assigned to none; empty of all others."""
        if not str(row.get("offence_code")).endswith(UNASSIGNED):
            return ""
        return f"No change is given: {OF_RECORDING}"

    def caveats(self, pair: Pair) -> list[str]:
        """That as many are assigned to none as a detailed offence has changed by."""
        most = max(self._unassigned.get(_class(row), 0) for row in (pair.before, pair.after))
        if not most or most < abs(pair.after["value"] - pair.before["value"]):
            return []
        return [f"{most:,.0f} {MAY_BE_THEIRS}"]


def _class(row: Record) -> tuple[object, ...]:
    """Its class, period and release; of what is no detailed offence one that nothing is assigned of."""
    code, _, detail = str(row.get("offence_code")).partition(":")
    return code if detail else "", row["period_start"], row["period_end"], row["source"], row["release"]


RECORDING = (
    "A change of recorded offences is one of reporting and recording as much as of crime: its test is one of recording."
)
INSIDE_YEARS = (
    "The years held do not carry a model with the breaks between them, so the overdispersion is that of quarters or assumed:"
    " what varies from year to year is not in the interval."
)
SURVEY = {
    "throughout": "a change of this size would be rare without any change, throughout the assumptions",
    "nowhere": "the difference may be chance, throughout the assumptions",
    "depends": "whether the difference is more than chance depends on the assumptions",
}
COUNTS = {
    "throughout": "a test of recording: what is recorded rarely varies so much",
    "nowhere": "a test of recording: what is recorded varies as much",
    "depends": "a test of recording: whether what is recorded varies as much depends on the assumptions",
}
MODEL = "The rate net of steps says nothing of what the breaks hid, and takes one trend on both sides of them."
NON_RESPONSE = "Bias from non-response, and its change over time, is in no interval."


def trends(
    survey: pd.DataFrame,
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    vawg: pd.DataFrame,
    releases: pd.DataFrame,
    breaks: pd.DataFrame,
    assumptions: pd.DataFrame,
    overdispersion: pd.DataFrame,
    fieldwork: pd.DataFrame,
    statements: pd.DataFrame,
    areas: pd.DataFrame,
    codes: pd.DataFrame,
    series: pd.DataFrame,
) -> pd.DataFrame:
    """Every pair of March years from 2015 on, other years that follow each other, and those that the publisher speaks of; of an
    offence only years in which its code was in use: what stands under it before or after counts nothing that could change.

    Fact tables as staged, all vintages; releases: `meta.release`; breaks: `reference.comparability_break`; statements:
    `reference.official_significance`.
    """
    tracked, years = Assumptions(assumptions), FieldworkYears(fieldwork)
    fresh = newest_of(survey, releases, "survey.estimate")
    samples = Samples(EffectiveSamples(fresh, tracked, years), cut_samples(fresh, tracked, years, statements))
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    detailed = DetailedOffences(offences)
    maker = _Maker(Breaks(breaks), Phis(tracked, overdispersion), years, samples, Official(statements), detailed, names)
    order, validity = vintage_orders(releases), CodeValidity.of_tables(codes, series)
    tables = {"survey": survey, "recorded_offences": offences, "flagged_offences": flagged, "policing_vawg": vawg}
    rows = []
    for family, table in tables.items():
        for line in lines(table):
            in_use = [row for row in line if validity.existed(row["series"], period_of(row))]
            rows += maker.rows(family, SeriesVintages(in_use, order), line[0])
    frame = framed(rows, "reconciled.trend")
    frame["p_adjusted"] = _adjusted(rows)
    return frame


def _adjusted(rows: list[TrendRow]) -> list[float | None]:
    adjusted: list[float | None] = [None] * len(rows)
    for family in {row["family"] for row in rows}:
        places = [i for i, row in enumerate(rows) if row["family"] == family]
        for place, value in zip(places, benjamini_hochberg([rows[i]["p_value"] for i in places]), strict=True):
            adjusted[place] = value
    return adjusted


@dataclass(frozen=True)
class Samples:
    """Effective samples over the whole box of assumptions, and over what published verdicts and limits leave of it."""

    whole: EffectiveSamples
    left: EffectiveSamples


class _Maker:
    """Makes the row of a pair."""

    def __init__(
        self,
        breaks: Breaks,
        phis: Phis,
        fieldwork: FieldworkYears,
        samples: Samples,
        official: Official,
        detailed: DetailedOffences,
        names: Mapping[str, str],
    ) -> None:
        self._breaks, self._phis, self._fieldwork, self._samples = breaks, phis, fieldwork, samples
        self._official, self._detailed, self._names = official, detailed, names

    def _refused(self, pair: Pair) -> str:
        """Why two figures are not even set side by side; empty where they are."""
        if not pair.unlike:
            return self._detailed.refused(pair.before)
        named = ", ".join(self._names.get(code, code) for code in pair.unlike)
        return f"No change is given: one of the two totals leaves out {named}, the other does not."

    def rows(self, family: str, line: SeriesVintages, row: Record) -> list[TrendRow]:
        """Every pair of a line; `row` is any figure of it."""
        survey = family == "survey"
        years = [] if survey or not row["series"].startswith(COUNTED) else line.march_years()
        yearly = between_years(years, self._breaks) if years else None
        return [self.row(family, pair, line, yearly) for pair in line.pairs(self._official.windows(row))]

    def row(self, family: str, pair: Pair, line: SeriesVintages, yearly: Years | None) -> TrendRow:
        before, after = pair.before, pair.after
        survey, counted = family == "survey", before["series"].startswith(COUNTED)
        inside = self._breaks.inside(before["series"], before["period_start"], after["period_end"])
        refused = self._refused(pair)
        official = self._official.on(before, after)
        tested, used = (None, ()) if inside or refused else self._test(family, pair, yearly, official)
        alone = self._survey(pair, self._samples.whole, None)[0] if survey and tested else None
        net = None if survey or refused or not inside else self._net(pair, line, inside)
        times = self._breaks.times(before, after)
        blocked = bool(refused) or (bool(inside) and net is None)
        forms = change(before["value"], after["value"], pair.years, in_percent=survey)
        # Nor is an estimate across a change of questions.
        hidden = bool(refused) or (survey and blocked)
        method = tested or net
        return {
            "family": "homicide" if before.get("scope") == "homicide_index" else family,
            "series": before["series"], "scope": before.get("scope", "csew"), "instrument": before.get("instrument"),
            "sex": before["sex"], "age": before["age"], "area_code": before["area_code"],
            "from_start": before["period_start"], "from_end": before["period_end"],
            "to_start": after["period_start"], "to_end": after["period_end"], "unit": before["unit"],
            "before": before["value"], "after": after["value"],
            "change_percent": None if hidden else forms.percent, "change_points": None if hidden else forms.points,
            "fold": None if hidden else forms.fold, "yearly_percent": None if hidden else forms.yearly_percent,
            "fold_lower": tested.lower if tested and not survey else None,
            "fold_upper": _finite(tested.upper) if tested and not survey else None,
            "points_lower": tested.lower if tested and survey else None,
            "points_upper": tested.upper if tested and survey else None,
            "net_yearly_percent": net.value if net else None, "net_yearly_lower": net.lower if net else None,
            "net_yearly_upper": _finite(net.upper) if net else None,
            "interval_source": method.source if method else None,
            "method": method.method if method else None, "p_value_least": method.p_least if method else None,
            "p_value": method.p_value if method else None, "p_adjusted": None,
            "significance": tested.significance if tested else None,
            "significance_alone": alone.significance if alone else None,
            "official_significant": official["significant"] if official else None,
            "official_says": official["says"] if official else None, "breaks": [series_break.key for series_break in inside],
            "obs_status": "series_broken" if inside else "normal", "verdict": "block" if blocked else "qualify",
            "reason": (refused or _reason(pair, inside, method, survey)) + _beside(official, alone),
            "caveats": [
                *self._caveats(pair, survey, net), *([INSIDE_YEARS] if tested and counted and not yearly else []),
                *([] if hidden else self._detailed.caveats(pair)), *map(exceptional_time, times),
            ],
            "inputs": sorted({
                before["row_id"], after["row_id"], *used, *(series_break.row_id for series_break in inside),
                *(time["row_id"] for time in times),
                *([official["row_id"]] if official else []),
            }),
        }  # fmt: skip

    @staticmethod
    def _survey(
        pair: Pair, samples: EffectiveSamples, official: Record | None
    ) -> tuple[TestedChange | None, tuple[str, ...]]:
        sides = [samples.of_row(row) for row in (pair.before, pair.after)]
        sizes = [size for size, _ in sides if size is not None]
        if len(sizes) < 2:
            return None, ()
        significant = official["significant"] if official else None
        return two_estimates(pair.before, pair.after, (sizes[0], sizes[1]), significant), (*sides[0][1], *sides[1][1])

    def _test(
        self, family: str, pair: Pair, yearly: Years | None, official: Record | None
    ) -> tuple[TestedChange | None, tuple[str, ...]]:
        before, after = pair.before, pair.after
        if family == "survey":
            return self._survey(pair, self._samples.left, official)
        if not before["series"].startswith(COUNTED):
            return two_counts(before["value"], after["value"], None), ()
        if yearly is not None:
            return two_counts(before["value"], after["value"], yearly.phi, found_in=yearly.said), yearly.inputs
        phi = self._phis.of((before["series"],))
        tested = two_counts(before["value"], after["value"], phi)
        return tested, (phi.row_id,) if tested else ()

    @staticmethod
    def _net(pair: Pair, line: SeriesVintages, inside: tuple[Break, ...]) -> TestedChange | None:
        """The model over the March years between the two, where every one of them is held."""
        points = line.march_years(pair.before["period_start"], pair.after["period_end"])
        wanted = pair.after["period_end"].year - pair.before["period_end"].year + 1
        return net_of_steps(points, inside) if len(points) == wanted else None

    def _caveats(self, pair: Pair, survey: bool, net: TestedChange | None) -> list[str]:
        releases = list(dict.fromkeys(release_of(row) for row in (pair.before, pair.after)))
        reasons = [NON_RESPONSE] if survey else [RECORDING]
        if net is not None:
            reasons.append(MODEL)
        if len(releases) > 1:
            reasons.append(f"The two figures are of two releases: {' and '.join(releases)}.")
        for row in (pair.before, pair.after):
            if survey:
                shortfall = self._fieldwork.of(row["topic"], period_of(row)).shortfall
                reasons += [f"{row['period_end']:%B %Y}: {shortfall}."] if shortfall else []
            if row["designation"] in ("press_copy", "in_development"):
                reasons.append(f"{row['period_end']:%B %Y}: {row['designation'].replace('_', ' ')}.")
        return list(dict.fromkeys(reasons))


def _reason(pair: Pair, inside: tuple[Break, ...], method: TestedChange | None, survey: bool) -> str:
    when = f"the years to {pair.before['period_end']:%B %Y} and {pair.after['period_end']:%B %Y}"
    if inside:
        named = "; ".join(map(str, inside))
        if method is not None:
            return f"Breaks lie between {when} ({named}), so only a rate net of steps is tested."
        kept = (
            "no change is given"
            if survey
            else "the arithmetic change stands, without a test and without a claim about crime"
        )
        return f"Breaks lie between {when} ({named}): {kept}."
    if method is None:
        lacks = "no base of the sample is held" if survey else "one of the counts is zero"
        return f"No break lies between {when}; no test, since {lacks}."
    between = (
        _p(method.p_value) if method.p_least == method.p_value else f"{_p(method.p_least)} to {_p(method.p_value)}"
    )
    words = (SURVEY if survey else COUNTS)[method.significance]
    return f"No break lies between {when}; {words} (p {between})."


def _beside(official: Record | None, alone: TestedChange | None) -> str:
    """The publisher's own verdict, where there is one, and what it does to the assumptions."""
    if official is None:
        return ""
    official_verdict = f" The publisher calls it {'significant' if official['significant'] else 'not significant'}"
    if alone is None:
        return f"{official_verdict}."
    if alone.significance == DEPENDS:
        return f"{official_verdict}, which rules out the part of the assumptions where it is not so."
    against = alone.significance == (NOWHERE if official["significant"] else THROUGHOUT)
    return (
        f"{official_verdict}, which no part of the assumptions gives: a contradiction."
        if against
        else f"{official_verdict}."
    )


def _p(p: float) -> str:
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def _finite(limit: float) -> float | None:
    """A limit as the table has it: none where it is open."""
    return limit if math.isfinite(limit) else None
