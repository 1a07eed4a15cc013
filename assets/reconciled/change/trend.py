"""Change of every series between every two years: its four forms, its test, and the breaks that forbid one."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from assets.methods.change import change
from assets.methods.multiplicity import benjamini_hochberg
from assets.reconciled.change.trend_pairs import YEARLY, Line, Pair
from assets.reconciled.change.trend_tests import Tested, net_of_steps, two_counts, two_estimates
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.comparison import Break
from assets.reconciled.ground.effective_sample import EffectiveSamples
from assets.reconciled.ground.fieldwork import FieldworkYears
from assets.reconciled.ground.phi import Phis
from assets.reconciled.ground.reference_rows import Assumptions, period_of, release_of
from assets.reconciled.ground.vintage import newest
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.registry import contract

COLUMNS = (
    "family", "series", "scope", "instrument", "sex", "age", "area_code", "from_start", "from_end", "to_start", "to_end",
    "unit", "before", "after", "change_percent", "change_points", "fold", "yearly_percent", "fold_lower", "fold_upper",
    "points_lower", "points_upper", "net_yearly_percent", "net_yearly_lower", "net_yearly_upper", "interval_source",
    "method", "p_value", "p_adjusted", "breaks", "obs_status", "verdict", "reason", "caveats", "inputs",
)  # fmt: skip
RECORDING = "A change of recorded offences is one of reporting and recording as much as of crime."
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
) -> pd.DataFrame:
    """Every pair of March years from 2015 on, and other years that follow each other.

    Fact tables as staged, all vintages; releases: `meta.release`; breaks: `reference.comparability_break`.
    """
    tracked, years = Assumptions(assumptions), FieldworkYears(fieldwork)
    samples = EffectiveSamples(newest(survey, releases, contract("survey.estimate").row_key), tracked, years)
    maker = _Maker(Breaks(breaks), Phis(tracked, overdispersion), years, samples)
    order = {(s, r): o for s, r, o in releases[["source", "release", "vintage_order"]].itertuples(index=False)}
    tables = {"survey": survey, "recorded_offences": offences, "flagged_offences": flagged, "policing_vawg": vawg}
    rows = []
    for family, table in tables.items():
        for line in _lines(table):
            held = Line(line, order)
            rows += [maker.row(family, pair, held) for pair in held.pairs()]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["p_adjusted"] = _adjusted(rows)
    return frame


def _lines(table: pd.DataFrame) -> Iterator[list[Record]]:
    """The rows of each series, sex and age of England and Wales that can be compared over years."""
    found: dict[Any, list[Record]] = {}
    for row in records(table):
        whole = row["area_code"] == ENGLAND_AND_WALES and row["period_type"] in YEARLY and row["value"] is not None
        plain = row.get("characteristic") is None and row.get("measure", "prevalence") == "prevalence"
        if whole and plain:
            found.setdefault((row["series"], row["sex"], row["age"]), []).append(row)
    yield from (found[key] for key in sorted(found))


def _adjusted(rows: list[dict[str, Any]]) -> list[float | None]:
    adjusted: list[float | None] = [None] * len(rows)
    for family in {row["family"] for row in rows}:
        places = [i for i, row in enumerate(rows) if row["family"] == family]
        for place, value in zip(places, benjamini_hochberg([rows[i]["p_value"] for i in places]), strict=True):
            adjusted[place] = value
    return adjusted


class _Maker:
    """Makes the row of a pair."""

    def __init__(self, breaks: Breaks, phis: Phis, fieldwork: FieldworkYears, samples: EffectiveSamples) -> None:
        self._breaks, self._phis, self._fieldwork, self._samples = breaks, phis, fieldwork, samples

    def row(self, family: str, pair: Pair, line: Line) -> dict[str, Any]:
        before, after = pair.before, pair.after
        survey = family == "survey"
        inside = self._breaks.inside(before["series"], before["period_start"], after["period_end"])
        tested, used = (None, ()) if inside else self._test(family, pair)
        net = None if survey or not inside else self._net(pair, line, inside)
        blocked = bool(inside) and net is None
        forms = change(before["value"], after["value"], pair.years, in_percent=survey)
        hidden = survey and blocked  # an estimate across a change of questions is not even set side by side
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
            "fold_upper": tested.upper if tested and not survey and tested.upper != float("inf") else None,
            "points_lower": tested.lower if tested and survey else None,
            "points_upper": tested.upper if tested and survey else None,
            "net_yearly_percent": net.value if net else None, "net_yearly_lower": net.lower if net else None,
            "net_yearly_upper": net.upper if net else None, "interval_source": method.source if method else None,
            "method": method.method if method else None, "p_value": method.p_value if method else None,
            "p_adjusted": None, "breaks": [one.key for one in inside],
            "obs_status": "series_broken" if inside else "normal", "verdict": "block" if blocked else "qualify",
            "reason": _reason(pair, inside, method, survey), "caveats": self._caveats(pair, survey, net),
            "inputs": sorted({before["row_id"], after["row_id"], *used, *(one.row_id for one in inside)}),
        }  # fmt: skip

    def _test(self, family: str, pair: Pair) -> tuple[Tested | None, tuple[str, ...]]:
        before, after = pair.before, pair.after
        if family == "survey":
            sides = [self._samples.of_row(row) for row in (before, after)]
            sizes = [size for size, _ in sides if size is not None]
            if len(sizes) < 2:
                return None, ()
            return two_estimates(before, after, (sizes[0], sizes[1])), (*sides[0][1], *sides[1][1])
        if not before["series"].startswith(("prc.", "vawg.")):
            return two_counts(before["value"], after["value"], None), ()
        phi = self._phis.of((before["series"],))
        tested = two_counts(before["value"], after["value"], phi)
        return tested, (phi.row_id,) if tested else ()

    @staticmethod
    def _net(pair: Pair, line: Line, inside: tuple[Break, ...]) -> Tested | None:
        """The model over the March years between the two, where every one of them is held."""
        points = line.march_years(pair.before["period_start"], pair.after["period_end"])
        wanted = pair.after["period_end"].year - pair.before["period_end"].year + 1
        return net_of_steps(points, inside) if len(points) == wanted else None

    def _caveats(self, pair: Pair, survey: bool, net: Tested | None) -> list[str]:
        releases = list(dict.fromkeys(release_of(row) for row in (pair.before, pair.after)))
        found = [NON_RESPONSE] if survey else [RECORDING]
        if net is not None:
            found.append(MODEL)
        if len(releases) > 1:
            found.append(f"The two figures are of two releases: {' and '.join(releases)}.")
        for row in (pair.before, pair.after):
            if survey:
                shortfall = self._fieldwork.of(row["topic"], period_of(row)).shortfall
                found += [f"{row['period_end']:%B %Y}: {shortfall}."] if shortfall else []
            if row["designation"] in ("press_copy", "in_development"):
                found.append(f"{row['period_end']:%B %Y}: {row['designation'].replace('_', ' ')}.")
        return list(dict.fromkeys(found))


def _reason(pair: Pair, inside: tuple[Break, ...], method: Tested | None, survey: bool) -> str:
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
    p = method.p_value
    found = "a change of this size would be rare without any change" if p < 0.05 else "the difference may be chance"
    return f"No break lies between {when}; {found} (p {_p(p)})."


def _p(p: float) -> str:
    return "below 0.001" if p < 0.001 else f"{p:.3f}"
