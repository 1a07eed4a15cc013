"""What changes between two releases of one publication and is no revision: markers, and figures under other labels."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from assets.archive.findings.series_lost import Held, Key
from assets.archive.reading.result import Finding, finding

MOVED_LEAST, MOVED_SHARE, TOTAL_SHARE = 500, 0.2, 0.02
# From this share on a loss looks like a file that was cut off, and is an error.
LOST_SHARE = 0.2


def vintage_findings(held: list[Held]) -> Iterator[Finding]:
    """Findings between each release of a publication and the next, in the order of their release."""
    by_source: dict[str, list[Held]] = defaultdict(list)
    for one in sorted(held, key=lambda one: one.about["vintage_order"]):
        by_source[one.about["source"]].append(one)
    for releases in by_source.values():
        for older, newer in pairwise(releases):
            yield from _markers(older, newer)
            yield from _moved(older, newer)
            yield from _lost(older, newer)


def _markers(older: Held, newer: Held) -> Iterator[Finding]:
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
            kind, "warning" if kind == "marker_became_zero" else "info",
            f"{newer.where(pairs[0][1])} against {older.where(pairs[0][0])}",
            f"{series}, {periods}{more}: {pairs[0][0]['printed']} became {pairs[0][1]['printed']}.",
            "Each release is kept as printed; a marker is never read as 0.",
            [*older.ids(old for old, _ in pairs), *newer.ids(new for _, new in pairs)],
        )  # fmt: skip


def _moved(older: Held, newer: Held) -> Iterator[Finding]:
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
        said = "; ".join(f"{new['series']} {old['value']:,.0f} to {new['value']:,.0f}" for old, new in moved)
        yield finding(
            "figure_moved_between_labels", "warning", f"{newer.where(moved[0][1])} against {older.where(moved[0][0])}",
            f"{key[1]} to {key[2]}: {said}, while the total of the class went from {before:,.0f} to {total['value']:,.0f}.",
            "Both releases are kept; detailed codes of different releases are not compared.",
            [*older.ids(old for old, _ in moved), *newer.ids(new for _, new in moved)],
        )  # fmt: skip


def _changes(older: Held, newer: Held, total: Key) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    table = total[0].removesuffix("total")
    for key, new in newer.rows.items():
        if key[0].startswith(table) and key[0] != total[0] and key[1:] == total[1:] and key in older.rows:
            old = older.rows[key]
            if old["value"] is None or new["value"] is None:
                continue
            change = abs(new["value"] - old["value"])
            if change >= MOVED_LEAST and change >= MOVED_SHARE * max(old["value"], new["value"]):
                yield old, new


def _lost(older: Held, newer: Held) -> Iterator[Finding]:
    """Series and areas that a table of the older release has and the newer lacks, one finding per table of series.

    A table that the newer does not hold at all is named where it is read; periods that roll off are no loss.
    """
    have: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    had: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for release, kept in ((older, had), (newer, have)):
        for series, _, _, area in release.rows:
            kept[_family(series)][0].add(series)
            kept[_family(series)][1].add(area)
    for family in had.keys() & have.keys():
        for what, before, now in zip(("series", "areas"), had[family], have[family], strict=True):
            gone = sorted(before - now)
            if gone:
                more = f" and {len(gone) - 6} more" if len(gone) > 6 else ""
                yield finding(
                    f"{what}_lost", "error" if len(gone) >= LOST_SHARE * len(before) else "warning",
                    f"{newer.release} against {older.release}, {family}",
                    f"{len(gone)} of {len(before)} {what} of {family} are not in the newer release: {', '.join(gone[:6])}{more}.",
                    "The older release keeps its figures; nothing is put in the place of what is missing.",
                )  # fmt: skip


def _family(series: str) -> str:
    """The table of series that one is of: prc.a5a of prc.a5a.8Q, csew incidents of csew.violence.face_to_face.16+.incidents."""
    parts = series.split(".")
    return f"csew {parts[-1]}" if parts[0] == "csew" else ".".join(parts[:2])
