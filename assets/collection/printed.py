"""What the Statement prints of the collection, beside what the returns give: whole periods of the whole country only."""

from pathlib import Path

from assets.collection.cubes import Collected, Row, of_any
from assets.collection.told.control import Control
from assets.collection.told.defined import counted_plainly
from assets.reference.read import read_reference
from assets.returns.rules.quarters import quarters_between
from assets.tables.records import Record, records
from schemas.codes import SYNTHETIC


def printed_figures(collected: Collected, data: Path, rules: Control) -> list[Row]:
    """Every printed figure whose period is whole in the collection, with its value from every supplier; all can tell.

    None of a real collection: what it has of codes and relationships is counted anew here, beside nothing of the programme.
    """
    if collected.scope != SYNTHETIC:
        return []
    rows = []
    for row in records(read_reference(data, "reference.collection_printed")):
        quarters = quarters_between(row["period_start"], row["period_end"])
        whole, everybody = {*quarters} <= {*collected.quarters}, collected.suppliers(*quarters)
        told = [row["threat"], *(_named(row) if row["statistic"] == "share_also" else [])]
        if not whole or any(collected.reporting(quarters, of) != everybody for of in told):
            continue
        if (value := _computed(collected, row, rules)) is not None:
            columns = {
                name: row[name]
                for name in ("figure", "period_start", "period_end", "printed_value", "unit", "calibrated")
            }
            hidden = 0 if row["unit"] != "offences" or _as_counted(collected, row) else rules.base // 2
            agrees = abs(value - row["printed_value"]) <= row["half_unit"] + hidden
            rows.append(columns | {"computed": _no_finer(value, row), "agrees": agrees})
    return rows


def _no_finer(value: float, row: Record) -> float:
    """Means to one place, shares to whole percent: finer ones would say what is rounded elsewhere."""
    return round(value, 1 if row["statistic"].startswith("mean_") else 0)


def _named(row: Record) -> list[str]:
    """The other threat, the codes or the relationships of a share."""
    return str(row["of"] or "").split(";")


def _as_counted(collected: Collected, row: Record) -> bool:
    """Is the threat printed as counted: by codes alone?"""
    return row["threat"] in counted_plainly(collected.rules.definitions)


def _computed(collected: Collected, row: Record, rules: Control) -> float | None:
    statistic, named = row["statistic"], _named(row)
    mine = of_any([row["threat"]])
    if statistic.startswith("mean_"):
        who = statistic.removeprefix("mean_")
        known = _sum(collected, row, mine, f"{who}_known")
        return _sum(collected, row, mine, f"{who}_sum") / known if known >= rules.mean else None
    count = _sum(collected, row, mine)
    offences = count if _as_counted(collected, row) else rules.treated(count)[0]
    if statistic == "offences":
        return offences
    if statistic == "share_of_vawg":
        return _share(offences, _sum(collected, row, "true"))
    further = {
        "share_also": " AND ".join(of_any([threat]) for threat in named if statistic == "share_also") or "true",
        "share_code": "list_contains(?, offence_class)",
        "share_relationship": "list_contains(?, relationship)",
    }[statistic]
    given = [] if statistic == "share_also" else [named]
    return _share(rules.treated(_sum(collected, row, f"{mine} AND {further}", "offences", *given))[0], offences)


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole


def _sum(collected: Collected, record: Record, condition: str, amount: str = "offences", *given: object) -> int:
    [row] = collected.query(
        f"SELECT coalesce(sum({amount}), 0)::BIGINT AS value FROM cube WHERE {condition} AND month BETWEEN ? AND ?",
        *given, record["period_start"], record["period_end"],
    )  # fmt: skip
    return int(row["value"])
