"""Totals that differ from their parts, or from the same total in another table of the release."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from assets.archive.findings.series_lost import Held
from assets.archive.readers.reading import Finding, finding

BOTH_KEPT = "Both are kept as their own series, as printed."
SUFFIX = {"all_crime_excluding_fraud": "total_excluding_fraud", "all_crime": "total_including_fraud"}


def total_findings(held: Held, offences: pd.DataFrame) -> Iterator[Finding]:
    """Every total of a release that its parts or its twin contradict."""
    for table in ("prc.a5a", "prc.a5b"):
        for whole, parts in offence_parts(offences).items():
            yield from _sums(held, f"{table}.{whole}", [f"{table}.{part}" for part in parts])
    for series, parts in _detailed(held).items():
        yield from _sums(held, series, parts)
    for table in ("prc.b9", "prc.e2"):
        yield from _sums(held, f"{table}.all_offences", _others(held, table, "all_offences"))
    yield from _sums(held, "prc.c5.total", _others(held, "prc.c5", "total"))
    yield from _twins(held)
    yield from _spans(held, "prc.a5b", "prc.a5a")
    yield from _spans(held, "prc.e2", "prc.b9")
    yield from _complements(held)


def offence_parts(offences: pd.DataFrame) -> dict[str, list[str]]:
    """Whole -> parts, as suffixes of series: the classes of a subgroup, the subgroups and lone classes of a group."""
    parts: dict[str, list[str]] = defaultdict(list)
    columns = (offences[name].astype("object").tolist() for name in ("offence_code", "level", "subgroup", "group"))
    nested = ("domestic_burglary", "residential_burglary")
    for code, level, subgroup, group in zip(*columns, strict=True):
        if level == "class":
            whole = subgroup if isinstance(subgroup, str) else group
            if isinstance(whole, str) and "burglary" not in whole:
                parts[whole].append(code)
        elif level == "subgroup" and isinstance(group, str):
            if not isinstance(subgroup, str):
                parts[group].append(code)
            elif subgroup not in nested:
                parts[subgroup].append(code)
    return {SUFFIX.get(whole, whole): kept for whole, kept in parts.items()}


def _sums(held: Held, whole: str, parts: Sequence[str]) -> Iterator[Finding]:
    for key, row in held.by_series.get(whole, ()):
        if row["value"] is None:
            continue
        found = [held.rows[(part, *key[1:])] for part in parts if (part, *key[1:]) in held.rows]
        numbers = [one["value"] for one in found if one["value"] is not None]
        if not numbers or sum(numbers) == row["value"]:
            continue
        yield finding(
            "total_differs_from_parts", "warning", held.where(row),
            f"{whole}, {key[1]} to {key[2]}: {row['value']:,.0f} is printed, its {len(numbers)} parts make "
            f"{sum(numbers):,.0f} ({sum(numbers) - row['value']:+,.0f}).",
            "Total and parts are kept as printed.", held.ids([row]),
        )  # fmt: skip


def _others(held: Held, table: str, total: str) -> list[str]:
    names = dict.fromkeys(key[0] for key in held.rows if key[0].startswith(f"{table}."))
    return [name for name in names if name != f"{table}.{total}"]


def _detailed(held: Held) -> dict[str, list[str]]:
    """Class totals of Table B2 -> their detailed codes and what is assigned to none."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(key[0] for key in held.rows if key[0].startswith("prc.b2.")):
        table, part = name.rsplit(".", 1)
        if part != "total":
            found[f"{table}.total"].append(name)
    return found


def _twins(held: Held) -> Iterator[Finding]:
    """Class totals of Table B2 against Table A5a: one finding per class, with every year."""
    by_class: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for key, row in held.rows.items():
        if not (key[0].startswith("prc.b2.") and key[0].endswith(".total")) or row["value"] is None:
            continue
        twin = held.rows.get((f"prc.a5a.{key[0].split('.')[2]}", *key[1:]))
        if twin is not None and twin["value"] is not None and twin["value"] != row["value"]:
            by_class[key[0]].append((row, twin))
    for series, pairs in by_class.items():
        said = "; ".join(
            f"{row['period_start']} to {row['period_end']} {row['value']:,.0f} and {twin['value']:,.0f}"
            for row, twin in pairs
        )
        yield finding(
            "same_total_differs", "warning", f"{held.where(pairs[0][0])} and {pairs[0][1]['sheet']}!{pairs[0][1]['cell']}",
            f"{series} and {pairs[0][1]['series']}: {said}.", BOTH_KEPT,
            held.ids([row for pair in pairs for row in pair]),
        )  # fmt: skip


def _spans(held: Held, short: str, long: str) -> Iterator[Finding]:
    """Months or quarters that fill a year of another table exactly, against its figure."""
    pieces: dict[tuple[str, str], list[tuple[datetime.date, datetime.date, float]]] = defaultdict(list)
    for key, row in held.rows.items():
        if key[0].startswith(f"{short}.") and row["value"] is not None:
            pieces[key[0].removeprefix(short), key[3]].append((key[1], key[2], row["value"]))
    for key, row in list(held.rows.items()):
        if not key[0].startswith(f"{long}.") or row["value"] is None:
            continue
        inside = sorted(
            one for one in pieces.get((key[0].removeprefix(long), key[3]), []) if key[1] <= one[0] and one[1] <= key[2]
        )
        if not inside or not _fill(inside, key[1], key[2]):
            continue
        total = sum(value for _, _, value in inside)
        if total != row["value"]:
            yield finding(
                "same_total_differs", "warning", f"{held.where(row)} and Table {short.rsplit('.', 1)[1].upper()}",
                f"{key[0]}, {key[1]} to {key[2]}: {row['value']:,.0f} is printed, the {len(inside)} figures of {short} "
                f"make {total:,.0f}.",
                BOTH_KEPT, held.ids([row]),
            )  # fmt: skip


def _fill(
    pieces: Iterable[tuple[datetime.date, datetime.date, float]], start: datetime.date, end: datetime.date
) -> bool:
    expected = start
    for first, last, _ in pieces:
        if first != expected:
            return False
        expected = last + datetime.timedelta(days=1)
    return expected == end + datetime.timedelta(days=1)


COMPLEMENTS: Mapping[str, str] = {".not_da_related": ".da_related", ".recent": ".non_recent"}


def _complements(held: Held) -> Iterator[Finding]:
    """Shares that leave nothing out make 100%."""
    for key, row in held.rows.items():
        for one, other in COMPLEMENTS.items():
            if key[0].startswith("prc.b10.") and key[0].endswith(one) and row["value"] is not None:
                rest = held.value(key[0].removesuffix(one) + other, key)
                if rest is not None and abs(row["value"] + rest - 100) > 0.1:
                    yield finding(
                        "shares_do_not_make_100", "warning", held.where(row),
                        f"{key[0]} and {other[1:]}, {key[1]} to {key[2]}: {row['value']:.2f} and {rest:.2f}.",
                        "Kept as printed.", held.ids([row]),
                    )  # fmt: skip
