"""Does the gap keep the promises of its table?"""

from collections.abc import Sequence

import pandas as pd

from assets.reconciled.gap.rules.judge import SEVERITY
from assets.reconciled.gap.rules.kind import NOT_A_RATE
from assets.tables.checking import Check, Outcome, outcome
from assets.tables.records import Record, records
from schemas.rows import AnyRow

RATIOS = ("recorded_per_100", "difference")


def blocked_rows_give_no_ratio(gap: pd.DataFrame) -> Outcome:
    """A blocked row keeps its estimate and count but no ratio or difference; its verdict is its worst rule."""
    rows = records(gap)
    cases = [
        {"row_id": row["row_id"], "found": fault}
        for row in rows
        for fault in (_ratio_in_a_block(row), _verdict_not_the_worst(row))
        if fault
    ]
    return outcome("blocked_rows_give_no_ratio", ["reconciled.gap"], len(rows), cases, "verdicts and ratios agree")


def every_ratio_has_its_interval(gap: pd.DataFrame) -> Outcome:
    """No ratio or difference without limits around it, nor of an estimate without them; every row says what it is not."""
    rows: Sequence[AnyRow] = records(gap)
    cases = list[dict[str, object]]()
    for row in rows:
        for name in ("estimate", "recorded", *RATIOS):
            value, lower, upper = row[name], row[f"{name}_lower"], row[f"{name}_upper"]
            if name == "estimate" and row["verdict"] == "block" and row["interval_source"] is lower is upper is None:
                continue  # no sampling error of it is held, and nothing is made of it
            if value is not None and (lower is None or upper is None or not lower <= value <= upper):
                cases.append({"row_id": row["row_id"], "found": f"{name} {value} with limits {lower} and {upper}"})
        outside = _likely_outside(row)
        if outside and not any(case["row_id"] == row["row_id"] for case in cases):
            cases.append({"row_id": row["row_id"], "found": outside})
        if NOT_A_RATE not in row["caveats"]:
            cases.append({"row_id": row["row_id"], "found": "the sentence that it is not a reporting rate is missing"})
    return outcome("every_ratio_has_its_interval", ["reconciled.gap"], len(rows), cases, "every ratio has its interval")


def every_missing_figure_has_its_state(gap: pd.DataFrame) -> Outcome:
    """A side is held exactly if its figure is; of one that is not, `reference.availability` says which of four states holds."""
    rows: Sequence[AnyRow] = records(gap)
    cases: list[dict[str, object]] = [
        {"row_id": row["row_id"], "found": f"{figure} {row[figure]}, availability {row[state]}"}
        for row in rows
        for figure, state in (("estimate", "estimate_availability"), ("recorded", "recorded_availability"))
        if row[state] is None or (row[figure] is not None) != (row[state] == "held")
    ]
    found = "every missing figure has its state" if not cases else "reference.availability says nothing of these"
    return outcome("every_missing_figure_has_its_state", ["reconciled.gap"], len(rows), cases, found, warning=True)


def one_answer_per_year(gap: pd.DataFrame, answer: pd.DataFrame) -> Outcome:
    """Every comparison of a year has one answer, whose interval holds that of each reading; a set has no point."""
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
    return outcome("one_answer_per_year", ["reconciled.answer"], len(answers), cases, "every year has one answer")


def _likely_outside(row: AnyRow) -> str | None:
    """A likely interval that is not inside the envelope."""
    for stem, likely in (("estimate", "estimate_likely"), ("recorded_per_100", "likely")):
        lower, upper, least, most = (row[f"{name}_{end}"] for name in (likely, stem) for end in ("lower", "upper"))
        if None in (lower, upper):
            continue
        slack = 1e-9 * upper
        if least is None or most is None or not least - slack <= lower <= upper <= most + slack:
            return f"likely {stem} {lower} to {upper} outside {row[f'{stem}_lower']} to {row[f'{stem}_upper']}"
    return None


def _ratio_in_a_block(row: AnyRow) -> str | None:
    if row["verdict"] == "block" and any(row[name] is not None for name in RATIOS):
        return "a ratio in a blocked row"
    return None


def _verdict_not_the_worst(row: Record) -> str | None:
    worst = max((said["result"] for said in row["rules"]), key=lambda result: SEVERITY[result])
    return None if worst == row["verdict"] else f"verdict {row['verdict']}, worst rule {worst}"


CHECKS = [
    Check(
        every_missing_figure_has_its_state,
        "reconciled.gap",
        {"gap": "reconciled.gap"},
        "Every missing estimate and count has one of four states, with where that is written.",
        warns=True,
    ),
    Check(
        blocked_rows_give_no_ratio,
        "reconciled.gap",
        {"gap": "reconciled.gap"},
        "A blocked comparison keeps its estimate and count and gives no ratio; the verdict is that of the worst rule.",
    ),
    Check(
        every_ratio_has_its_interval,
        "reconciled.gap",
        {"gap": "reconciled.gap"},
        "Every estimate, count, ratio and difference lies between its limits, a likely interval inside the envelope, and every"
        " row says what it is not.",
    ),
    Check(
        one_answer_per_year,
        "reconciled.answer",
        {"gap": "reconciled.gap", "answer": "reconciled.answer"},
        "Every year of a comparison has one answer, whose interval holds every reading that may be compared.",
    ),
]
