"""Do the tables of estimates and records side by side keep their promises?"""

from collections.abc import Iterator

import pandas as pd

from assets.reconciled.forces.force_comparison import NO_RANKING
from assets.reconciled.gap.rules import SEVERITY
from assets.reconciled.ground.force_population import NO_RATE
from assets.reconciled.ground.force_years import QUARTERS
from assets.reconciled.ground.overdispersion import FEWEST_FREEDOM
from assets.reconciled.ground.verdicts import CONTRADICTS, UNUSED
from assets.tables.checking import Found, check, each_row
from assets.tables.records import records
from assets.words.wording import NOT_A_RATE
from schemas.rows import AnyRow


@check("reconciled.official_verdict", {"verdict": "reconciled.official_verdict"}, warns=True)
def no_test_contradicts_the_publisher(verdict: pd.DataFrame) -> Found:
    """No verdict of the publisher is one that no part of the assumptions gives."""
    rows = records(verdict)
    tested = [row for row in rows if row["outcome"] != UNUSED]
    cases: list[dict[str, object]] = [
        {
            "row_id": row["row_id"],
            "found": f"{row['significance_alone']} by the assumptions (p {row['p_value_least']:.3g} to {row['p_value']:.3g})",
            "publisher": "significant" if row["official_significant"] else "not significant",
        }
        for row in tested
        if row["outcome"] == CONTRADICTS
    ]
    found = f"of {len(rows)} verdicts of the publisher {len(tested)} stand beside a test of ours, none against it"
    if cases:
        found = "these tests contradict the publisher's own verdict"
    return len(tested), cases, found


@each_row("reconciled.overdispersion", "every overdispersion is what its quarters allow")
def overdispersion_is_what_its_quarters_allow(row: AnyRow) -> Iterator[str]:
    """Phi is one at least, lies within its limits, and is used only with degrees of freedom enough."""
    if row["phi"] is None:
        if row["used"]:
            yield "used without a value"
        return
    if not row["phi_lower"] <= row["phi_found"] <= row["phi_upper"] or row["phi"] != max(1.0, row["phi_found"]):
        yield f"phi {row['phi']} (found {row['phi_found']}) with limits {row['phi_lower']} and {row['phi_upper']}"
    if row["used"] != (row["degrees_of_freedom"] >= FEWEST_FREEDOM) or row["phi_widened"] < row["phi"]:
        yield f"used on {row['degrees_of_freedom']} degrees of freedom: {row['used']}"


RATIOS = ("recorded_per_100", "difference")


@each_row("reconciled.gap", "verdicts and ratios agree")
def blocked_rows_give_no_ratio(row: AnyRow) -> Iterator[str]:
    """A blocked comparison keeps its estimate and count and gives no ratio; the verdict is that of the worst rule."""
    if row["verdict"] == "block" and any(row[name] is not None for name in RATIOS):
        yield "a ratio in a blocked row"
    worst = max((ruling["result"] for ruling in row["rules"]), key=lambda result: SEVERITY[result])
    if worst != row["verdict"]:
        yield f"verdict {row['verdict']}, worst rule {worst}"


@each_row("reconciled.gap", "every ratio has its interval")
def every_ratio_has_its_interval(row: AnyRow) -> Iterator[str]:
    """Every estimate, count, ratio and difference lies between its limits, a likely interval inside the envelope.

    Only a blocked estimate may have none; and every row says that it is no reporting rate.
    """
    for name in ("estimate", "recorded", *RATIOS):
        value, lower, upper = row[name], row[f"{name}_lower"], row[f"{name}_upper"]
        if name == "estimate" and row["verdict"] == "block" and row["interval_source"] is lower is upper is None:
            continue  # no sampling error of it is held, and nothing is made of it
        if value is not None and (lower is None or upper is None or not lower <= value <= upper):
            yield f"{name} {value} with limits {lower} and {upper}"
    yield from _likely_outside(row)
    if NOT_A_RATE not in row["caveats"]:
        yield "the sentence that it is not a reporting rate is missing"


@each_row("reconciled.gap", "every missing figure has its state", warns=True)
def every_missing_figure_has_its_state(row: AnyRow) -> Iterator[str]:
    """Every missing estimate and count has one of four states in `reference.availability`, with where that is written."""
    for figure in ("estimate", "recorded"):
        state = row[f"{figure}_availability"]
        if state is None or (row[figure] is not None) != (state == "held"):
            yield f"{figure} {row[figure]}, availability {state}"


@check("reconciled.answer", {"gap": "reconciled.gap", "answer": "reconciled.answer"})
def one_answer_per_year(gap: pd.DataFrame, answer: pd.DataFrame) -> Found:
    """Every year of a comparison has one answer, whose interval holds every reading that may be compared."""
    answers = records(answer)
    of_input = {name: row for row in answers for name in row["inputs"]}
    cases = list[dict[str, object]]()
    for reading in records(gap):
        row = of_input.get(reading["row_id"])
        if reading["recorded_per_100_lower"] is None:
            continue
        if row is None:
            cases.append({"row_id": reading["row_id"], "found": "a reading that no answer holds"})
        elif not (
            row["recorded_per_100_lower"] <= reading["recorded_per_100_lower"]
            and reading["recorded_per_100_upper"] <= row["recorded_per_100_upper"]
        ):
            cases.append({"row_id": row["row_id"], "found": f"an interval that does not hold {reading['row_id']}"})
    cases += [
        {"row_id": row["row_id"], "found": f"{row['identified']} with the ratio {row['recorded_per_100']}"}
        for row in answers
        if (row["identified"] == "point") != (row["recorded_per_100"] is not None)
    ]
    return len(answers), cases, "every year has one answer"


def _likely_outside(row: AnyRow) -> Iterator[str]:
    """A likely interval that is not inside the envelope."""
    for stem, likely in (("estimate", "estimate_likely"), ("recorded_per_100", "likely")):
        lower, upper, least, most = (row[f"{name}_{end}"] for name in (likely, stem) for end in ("lower", "upper"))
        if None in (lower, upper):
            continue
        slack = 1e-9 * upper
        if least is None or most is None or not least - slack <= lower <= upper <= most + slack:
            yield f"likely {stem} {lower} to {upper} outside {row[f'{stem}_lower']} to {row[f'{stem}_upper']}"


SHARES = ("share_of_threat", "share_of_vawg", "share_of_all_recorded")


@each_row("reconciled.threat_breakdown", "no share is over 100%", columns=SHARES)
def parts_stay_within_their_threat(row: AnyRow) -> Iterator[str]:
    """No share is over 100%: no part is larger than its threat's total of the same scope and period."""
    for name in SHARES:
        if row[name] is not None and not 0 <= row[name] <= 100:
            yield f"{name} of {row[name]:.2f}%"


TABLE = "reconciled.force_comparison"
LIMITS = ("limit_998_lower", "limit_95_lower", "national_rate_per_1000", "limit_95_upper", "limit_998_upper")


@each_row(
    TABLE,
    "every rate has a whole year and people",
    columns=("rate_per_1000", "quarters_held", "offences", "population", "area_code"),
)
def missing_is_not_nought_in_a_force(row: AnyRow) -> Iterator[str]:
    """No rate stands without a count of the whole year and a population, and suppressed rates stay empty."""
    if row["quarters_held"] is not None and row["quarters_held"] < QUARTERS and row["offences"] is not None:
        yield f"a count of {row['quarters_held']} quarters"
    if row["rate_per_1000"] is not None and (row["offences"] is None or row["population"] is None):
        yield "a rate without a count or a population"
    if row["rate_per_1000"] is not None and row["area_code"] in NO_RATE:
        yield "a rate that is suppressed"


@each_row(
    TABLE,
    "limits are in order and agree with positions",
    columns=("rate_per_1000", "position", "caveats", *LIMITS),
    look_at="position",
)
def funnel_limits_are_in_order(row: AnyRow) -> Iterator[str]:
    """Funnel limits lie around the rate of all forces and agree with the position; the row says that it ranks nobody."""
    limits = [row[name] for name in LIMITS]
    if None in limits or limits != sorted(limits):
        yield f"limits {limits}"
        return
    inside = row["limit_95_lower"] <= row["rate_per_1000"] <= row["limit_95_upper"]
    if inside is not (row["position"] == "within the 95% limits"):
        yield f"rate {row['rate_per_1000']:.4g} is said to be {row['position']}"
    if NO_RANKING not in row["caveats"]:
        yield "the sentence that the limits rank nobody is missing"


SLACK = 1e-6  # relative; the solver's own tolerance


@each_row("reconciled.union_bound", "every bound is in order")
def bounds_are_no_wider_than_the_sizes_allow(row: AnyRow) -> Iterator[str]:
    """Every bound is ordered and within what the sizes alone allow; a conflict names its figures and gives no bound."""
    lower, upper = row["lower"], row["upper"]
    if (row["status"] == "conflict") != (len(row["conflict"]) > 0) or (row["status"] == "conflict") != (lower is None):
        yield "a conflict without its figures, or figures without a conflict"
    if lower is None:
        return
    if (row["status"] == "half_bounded") != (upper is None):
        yield "an upper end and a status that do not agree"
    if upper is not None and lower > upper * (1 + SLACK):
        yield f"a lower end {lower:,.0f} above the upper end {upper:,.0f}"
    if row["marginals_lower"] is not None and lower < row["marginals_lower"] * (1 - SLACK):
        yield "a lower end under the largest set"
    if row["marginals_upper"] is not None and upper is not None and upper > row["marginals_upper"] * (1 + SLACK):
        yield "an upper end over the sum of the sets"


TESTS = ("fold_lower", "fold_upper", "points_lower", "points_upper")


@each_row("reconciled.adjusted_count", "linked counts have limits")
def a_linked_count_has_limits_and_no_point(row: AnyRow) -> Iterator[str]:
    """A count brought across a break has limits and no point; one without a break between is the count itself."""
    if (
        (row["adjusted_lower"] < row["adjusted_upper"]) != row["linked"]
        or (not row["linked"] and row["adjusted_lower"] != row["recorded"])
        or row["linked"] != bool(len(row["breaks"]))
    ):
        yield f"{row['adjusted_lower']} to {row['adjusted_upper']}"


@each_row(
    "reconciled.trend",
    "breaks forbid what they should",
    columns=("breaks", "obs_status", "verdict", "method", "p_value", "p_adjusted", "fold", "change_points", *TESTS),
)
def no_change_is_tested_across_a_break(row: AnyRow) -> Iterator[str]:
    """Across a break stands no test of the plain change, only a named model or nothing; limits hold what they limit."""
    broken = len(row["breaks"]) > 0
    if broken != (row["obs_status"] == "series_broken"):
        yield "breaks and status that do not agree"
    if broken and any(row[name] is not None for name in TESTS):
        yield "a test across a break"
    if broken and (row["verdict"] == "block") != (row["method"] is None):
        yield "a verdict that does not fit the model"
    if row["p_value"] is not None and (row["p_adjusted"] is None or row["p_adjusted"] < row["p_value"] - 1e-12):
        yield "an adjusted p below its p"
    for value, low, high in (("fold", "fold_lower", "fold_upper"), ("change_points", "points_lower", "points_upper")):
        ends = (row[low], row[high])
        if None not in (row[value], *ends) and not ends[0] <= row[value] <= ends[1]:
            yield f"{value} outside its limits"


@each_row("reconciled.target", "nothing is claimed of the target")
def the_target_claims_no_progress(row: AnyRow) -> Iterator[str]:
    """No observed year after the baseline is called progress, and every interval holds its estimate."""
    if row["observed"] is not None and row["years_from_baseline"] > 0 and row["verdict"] != "block":
        yield f"a verdict of {row['verdict']}"
    if row["observed"] is not None and not row["observed_lower"] <= row["observed"] <= row["observed_upper"]:
        yield "an estimate outside its limits"


BRIDGED = ("known", "closing", "closing_least")


@each_row("reconciled.reporting_bridge", "every bridge closes or says why not")
def bridges_are_closed_or_blocked(row: AnyRow) -> Iterator[str]:
    """A blocked bridge gives nothing; another gives a closing value inside its limits, with the identified set below."""
    if row["verdict"] == "block":
        if any(row[name] is not None for name in BRIDGED):
            yield "a value in a blocked row"
        return
    if None in (row["known"], row["closing"], row["closing_least"]):
        yield "no closing value"
    elif not row["closing_least"] <= row["closing_lower"] <= row["closing"] <= row["closing_upper"]:
        yield "a closing value outside its limits"


@each_row("reconciled.attrition", "every step is a ratio of its year")
def attrition_is_no_cohort(row: AnyRow) -> Iterator[str]:
    """No step is called a cohort, a share of a subset is at most 100, and every ratio lies inside its limits."""
    if row["cohort"]:
        yield "called a cohort"
    if row["subset"] and row["per_100"] > 100:
        yield f"a subset of {row['per_100']:.1f} in 100"
    if not row["per_100_lower"] <= row["per_100"] <= row["per_100_upper"]:
        yield "a ratio outside its limits"


CHECKS = [
    no_test_contradicts_the_publisher,
    overdispersion_is_what_its_quarters_allow,
    every_missing_figure_has_its_state,
    blocked_rows_give_no_ratio,
    every_ratio_has_its_interval,
    one_answer_per_year,
    parts_stay_within_their_threat,
    missing_is_not_nought_in_a_force,
    funnel_limits_are_in_order,
    bounds_are_no_wider_than_the_sizes_allow,
    a_linked_count_has_limits_and_no_point,
    no_change_is_tested_across_a_break,
    the_target_claims_no_progress,
    bridges_are_closed_or_blocked,
    attrition_is_no_cohort,
]
