"""Force tables against each other: forces and regions, offences and their parts, partnerships, changes, rates."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from assets.archive.findings.series_lost import Held, Key
from assets.archive.readers.reading import Finding, finding

PARTS = {
    "violence_against_the_person": ("homicide", "death_or_injury_unlawful_driving", "violence_with_injury",
                                    "violence_without_injury", "stalking_and_harassment"),
    "burglary": ("residential_burglary", "non_residential_burglary"),
    "theft_offences": ("burglary", "vehicle_offences", "theft_from_the_person", "bicycle_theft", "shoplifting",
                       "all_other_theft_offences"),
    "all_crime_excluding_fraud": ("violence_against_the_person", "sexual_offences", "robbery", "theft_offences",
                                  "criminal_damage_and_arson", "drug_offences", "possession_of_weapons_offences",
                                  "public_order_offences", "miscellaneous_crimes_against_society"),
}  # fmt: skip
KEPT = "All figures are kept as printed."
RATE = 0.02  # per 1,000 people: populations are printed to the hundred


def force_findings(held: Held, areas: pd.DataFrame) -> Iterator[Finding]:
    """What the tables of one release say differently from each other; one finding per kind and area or offence."""
    parents = dict(zip(areas["area_code"].tolist(), areas["parent_code"].astype("object").tolist(), strict=True))
    yield from _areas(held, "prc.pfa", parents, "areas_differ_from_whole")
    yield from _areas(held, "prc.csp", parents, "partnerships_differ_from_force")
    yield from _offences(held)
    yield from _twins(held)
    yield from _rates(held)


def _areas(held: Held, table: str, parents: dict[str, Any], kind: str) -> Iterator[Finding]:
    sums: dict[Key, float] = defaultdict(float)
    for key, row in held.rows.items():
        if key[0].startswith(f"{table}.") and row["value"] is not None and isinstance(parents.get(key[3]), str):
            sums[key[0], key[1], key[2], parents[key[3]]] += row["value"]
    wrong: dict[str, list[tuple[dict[str, Any], float]]] = defaultdict(list)
    for key, total in sums.items():
        whole = held.rows.get(key)
        if whole is not None and whole["value"] is not None and whole["value"] != total:
            wrong[key[3]].append((whole, total))
    for area, pairs in wrong.items():
        yield _finding(held, kind, f"area {area}", pairs, "the areas inside it make")


def _offences(held: Held) -> Iterator[Finding]:
    wrong: dict[str, list[tuple[dict[str, Any], float]]] = defaultdict(list)
    for key, row in held.rows.items():
        table, name = key[0].rsplit(".", 1)
        if table not in ("prc.pfa", "prc.csp") or name not in PARTS or row["value"] is None:
            continue
        parts = [held.value(f"{table}.{part}", key) for part in PARTS[name]]
        numbers = [part for part in parts if part is not None]
        if len(numbers) == len(parts) and sum(numbers) != row["value"]:
            wrong[key[0]].append((row, sum(numbers)))
    for series, pairs in wrong.items():
        yield _finding(held, "total_differs_from_parts", series, pairs, "its parts make")


def _twins(held: Held) -> Iterator[Finding]:
    wrong: dict[str, list[tuple[dict[str, Any], float]]] = defaultdict(list)
    for key, row in held.rows.items():
        if key[0].startswith("prc.csp.") and row["value"] is not None:
            twin = held.value(key[0].replace("prc.csp.", "prc.pfa."), key)
            if twin is not None and twin != row["value"] and key[3] != "E23000034":
                wrong[key[3]].append((row, twin))
    for area, pairs in wrong.items():
        yield _finding(held, "same_total_differs", f"force {area}", pairs, "the force table prints")


def _rates(held: Held) -> Iterator[Finding]:
    people = {
        key[3]: row["value"]
        for key, row in held.rows.items()
        if key[0] == "population.pfa_table" and row["sheet"].endswith("P3")
    }
    wrong = []
    for key, row in held.rows.items():
        if key[0].startswith("prc.pfa_rate."):
            count, persons = held.value(key[0].replace("_rate.", "."), key), people.get(key[3])
            if row["value"] is None or count is None or not persons:
                continue
            if abs(1000 * count / persons - row["value"]) > RATE + 0.001 * row["value"]:
                wrong.append((row, 1000 * count / persons))
    if wrong:
        yield _finding(
            held, "rate_does_not_follow", "rates of the force table", wrong, "count over population makes", 2
        )


def _finding(
    held: Held, kind: str, what: str, pairs: list[tuple[dict[str, Any], float]], other: str, decimals: int = 0
) -> Finding:
    first = "; ".join(
        f"{row['series']} {row['area_code']} prints {row['value']:,.{decimals}f}, {other} {value:,.{decimals}f}"
        for row, value in pairs[:3]
    )
    more = f"; and {len(pairs) - 3} more" if len(pairs) > 3 else ""
    return finding(
        kind,
        "warning",
        f"{held.where(pairs[0][0])} ({what})",
        f"{first}{more}.",
        KEPT,
        held.ids(row for row, _ in pairs[:20]),
    )
