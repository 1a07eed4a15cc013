"""What changes between two releases of one publication and is no revision: markers, and figures under other labels."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from assets.archive.findings.by_key import ByKey, Key
from assets.archive.reading.result import Finding, finding
from assets.tables.records import grouped

MOVED_LEAST, MOVED_SHARE, TOTAL_SHARE = 500, 0.2, 0.02


def vintage_findings(of_releases: list[ByKey]) -> Iterator[Finding]:
    """Findings between each release of a publication and the next, in the order of their release."""
    by_source = grouped(
        sorted(of_releases, key=lambda dated: dated.about["vintage_order"]), lambda by_key: by_key.about["source"]
    )
    for releases in by_source.values():
        for older, newer in pairwise(releases):
            yield from _markers(older, newer)
            yield from _moved(older, newer)


def _markers(older: ByKey, newer: ByKey) -> Iterator[Finding]:
    """A marker that became a number, and a number that became a marker, series by series."""
    became: dict[tuple[str, str], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for key, new in newer.rows.items():
        old = older.rows.get(key)
        if old is None or (old["value"] is None) == (new["value"] is None):
            continue
        kind = (
            "number_became_marker"
            if new["value"] is None
            else "marker_became_zero"
            if new["value"] == 0
            else "marker_became_number"
        )
        became[kind, key[0]].append((old, new))
    for (kind, series), pairs in became.items():
        periods = ", ".join(f"{new['period_start']} to {new['period_end']}" for _, new in pairs[:6])
        more = f" and {len(pairs) - 6} more" if len(pairs) > 6 else ""
        yield finding(
            kind, "info" if kind == "marker_became_number" else "warning",
            f"{newer.where(pairs[0][1])} against {older.where(pairs[0][0])}",
            f"{series}, {periods}{more}: {pairs[0][0]['printed']} became {pairs[0][1]['printed']}.",
            "Each release is kept as printed; a marker is never read as 0.",
            [*older.ids(old for old, _ in pairs), *newer.ids(new for _, new in pairs)],
        )  # fmt: skip


def _moved(older: ByKey, newer: ByKey) -> Iterator[Finding]:
    """Detailed codes of Table B2 that changed much while the total of their class hardly did."""
    for key, total in newer.rows.items():
        if not (key[0].startswith("prc.b2.") and key[0].endswith(".total")) or key not in older.rows:
            continue
        before = older.rows[key]["value"]
        if not before or total["value"] is None or abs(total["value"] - before) > TOTAL_SHARE * before:
            continue
        moved = list(_changes(older, newer, key))
        if not moved:
            continue
        moves = "; ".join(f"{new['series']} {old['value']:,.0f} to {new['value']:,.0f}" for old, new in moved)
        yield finding(
            "figure_moved_between_labels", "warning", f"{newer.where(moved[0][1])} against {older.where(moved[0][0])}",
            f"{key[1]} to {key[2]}: {moves}, while the total of the class went from {before:,.0f} to {total['value']:,.0f}.",
            "Both releases are kept; detailed codes of different releases are not compared.",
            [*older.ids(old for old, _ in moved), *newer.ids(new for _, new in moved)],
        )  # fmt: skip


def _changes(older: ByKey, newer: ByKey, total: Key) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    table = total[0].removesuffix("total")
    for key, new in newer.rows.items():
        if key[0].startswith(table) and key[0] != total[0] and key[1:] == total[1:] and key in older.rows:
            old = older.rows[key]
            if old["value"] is None or new["value"] is None:
                continue
            change = abs(new["value"] - old["value"])
            if change >= MOVED_LEAST and change >= MOVED_SHARE * max(old["value"], new["value"]):
                yield old, new
