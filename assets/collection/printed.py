"""What the Statement prints of the collection, beside what the returns give: whole periods of the whole country only."""

from pathlib import Path

from assets.collection.cubes import Collected, Row, of_any
from assets.reference.read import read_reference
from assets.returns.quarters import quarters_between
from assets.tables.records import Record, records


def printed_figures(held: Collected, data: Path) -> list[Row]:
    """Every printed figure whose period is whole in the collection, from every supplier, with its computed value."""
    found = []
    for one in records(read_reference(data, "reference.collection_printed")):
        quarters = quarters_between(one["period_start"], one["period_end"])
        if not set(quarters) <= set(held.quarters) or held.reporting(quarters) != held.suppliers(*quarters):
            continue
        computed = _computed(held, one)
        if computed is not None:
            found.append(
                {
                    name: one[name]
                    for name in ("figure", "period_start", "period_end", "printed_value", "unit", "calibrated")
                }
                | {
                    "computed": _no_finer(computed, one),
                    "agrees": abs(computed - one["printed_value"]) <= one["half_unit"],
                }
            )
    return found


def _no_finer(value: float, one: Record) -> float:
    """Means to one place, shares to whole percent: finer ones would say what is rounded elsewhere."""
    return round(value, 1 if one["statistic"].startswith("mean_") else 0)


def _computed(held: Collected, one: Record) -> float | None:
    statistic, named = one["statistic"], str(one["of"] or "").split(";")
    mine = of_any([one["threat"]])
    if statistic == "offences":
        return _sum(held, one, mine)
    if statistic.startswith("mean_"):
        who = statistic.removeprefix("mean_")
        known = _sum(held, one, mine, f"{who}_known")
        return _sum(held, one, mine, f"{who}_sum") / known if known else None
    if statistic == "share_of_vawg":
        return _share(_sum(held, one, mine), _sum(held, one, "true"))
    further = {
        "share_also": " AND ".join(of_any([threat]) for threat in named if statistic == "share_also") or "true",
        "share_code": "list_contains(?, offence_class)",
        "share_relationship": "list_contains(?, relationship)",
    }[statistic]
    given = [] if statistic == "share_also" else [named]
    return _share(_sum(held, one, f"{mine} AND {further}", "offences", *given), _sum(held, one, mine))


def _share(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def _sum(held: Collected, one: Record, condition: str, amount: str = "offences", *given: object) -> float:
    [row] = held.query(
        f"SELECT coalesce(sum({amount}), 0)::BIGINT AS value FROM cube WHERE {condition} AND month BETWEEN ? AND ?",
        *given, one["period_start"], one["period_end"],
    )  # fmt: skip
    return float(row["value"])
