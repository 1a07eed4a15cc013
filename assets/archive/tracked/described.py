"""What the files of data/figures are described to hold, line by line of a release, and which of them hold something else."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assets.archive.reading.result import finding
from assets.archive.tracked.figures import FOLDER
from assets.words.wording import number_of
from schemas.row_types import FindingRow

DESCRIPTION = "datapackage.json"
HOLDS = "holds"
DESCRIBE = "python -m assets.published.tables.describe_figures"
# Letters of a fingerprint: enough that no two are alike by chance.
LETTERS = 16


def files_of_figures(data: Path) -> list[str]:
    """The CSV files below data/figures, in the order of their names."""
    folder = data / FOLDER
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.csv"))


def lines_per_release(path: Path) -> dict[str, dict[str, Any]]:
    """publication@release -> how many lines a file has of it, and their fingerprint, in whatever order they stand."""
    lines = defaultdict[str, list[str]](list)
    with path.open(encoding="utf-8", newline="") as source:
        rows = csv.reader(source)
        header = next(rows, [])
        of = [header.index(name) for name in ("source", "release") if name in header]
        for row in rows:
            lines["@".join(row[at] for at in of if at < len(row)) or "all"].append("\x1f".join(row))
    return {
        release: {"lines": len(some), "sha256": hashlib.sha256("\n".join(sorted(some)).encode()).hexdigest()[:LETTERS]}
        for release, some in sorted(lines.items())
    }


def described_findings(data: Path) -> list[FindingRow]:
    """Rows of `meta.finding`: what data/figures holds otherwise than datapackage.json describes it, one per file and release.

    A line that is lost, or a number that somebody changed, is told by it where no relation tells it.
    """
    described = _described(data)
    if described is None:
        return [
            finding(
                "figures_not_described", "warning", f"data/{FOLDER}/{DESCRIPTION}",
                "The description of the tracked figures is absent or cannot be read: a line that is lost would not be told.",
                f"Restore it from the repository, or describe the figures anew: {DESCRIBE}",
            )
        ]  # fmt: skip
    holds_now = {name: lines_per_release(data / FOLDER / name) for name in files_of_figures(data)}
    return [
        finding(
            "figures_not_as_described", severity, f"data/{FOLDER}/{name}, {release}", evidence,
            f"Read as they stand. If that is not meant, restore the file from the repository; if it is: {DESCRIBE}",
        )
        for name in sorted({*described, *holds_now})
        for release, severity, evidence in _otherwise(described.get(name, {}), holds_now.get(name, {}))
    ]  # fmt: skip


def _otherwise(described: Mapping[str, Any], holding: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    nothing = {"lines": 0}
    for release in sorted({*described, *holding}):
        was, now = described.get(release, nothing), holding.get(release, nothing)
        if was == now:
            continue
        lost = was["lines"] - now["lines"]
        described_as = f"{number_of(now['lines'], 'line')} where {was['lines']:,} are described"
        if lost > 0:
            yield release, "error", f"{described_as}: {lost:,} lost."
        elif lost < 0:
            yield release, "warning", f"{described_as}: {-lost:,} new."
        else:
            yield release, "warning", f"{number_of(now['lines'], 'line')} as described, but not with the same content."


def _described(data: Path) -> dict[str, Mapping[str, Any]] | None:
    """File -> what it is described to hold; None where there is no description."""
    try:
        package = json.loads((data / FOLDER / DESCRIPTION).read_text(encoding="utf-8"))
        return {resource["path"]: dict(resource[HOLDS]) for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
