"""Does the gap keep the promises of its table?"""

from collections.abc import Iterator

import pandas as pd

from assets.reconciled.gap.rules import SEVERITY
from assets.tables.checking import Found, check, each_row
from assets.tables.records import records
from assets.words.wording import NOT_A_RATE
from schemas.rows import AnyRow

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


CHECKS = [
    every_missing_figure_has_its_state,
    blocked_rows_give_no_ratio,
    every_ratio_has_its_interval,
    one_answer_per_year,
]
