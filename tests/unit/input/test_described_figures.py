"""A line of data/figures that is lost, changed or new is told with its file and release, whatever else agrees with it."""

import json
import shutil
from pathlib import Path

import pytest
from kit import DATA

from assets.archive.tracked.described import DESCRIPTION, described_findings
from assets.published.tables.describe_figures import describe


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """A copy of the tracked figures."""
    return shutil.copytree(DATA / "figures", tmp_path / "figures")


def _told(figures: Path) -> list[tuple[str, str]]:
    return [(row["place"].removeprefix("data/figures/"), row["evidence"]) for row in described_findings(figures.parent)]


def test_the_figures_are_as_they_are_described(figures: Path) -> None:
    assert not _told(figures)
    assert not _told(DATA / "figures")


@pytest.mark.slow
def test_a_lost_line_a_changed_number_and_a_new_line_are_told(figures: Path) -> None:
    path = figures / "justice.csv"
    whole = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(place for place, line in enumerate(whole) if ",51183," in line and "da-overview-2024-11" in line)
    count = sum(",da-overview-2024-11," in line for line in whole)
    assert count == 1
    place = "justice.csv, ons_bulletins@da-overview-2024-11"
    path.write_text("".join(whole[:at] + whole[at + 1 :]), encoding="utf-8")
    assert _told(figures) == [(place, f"{count - 1} lines where {count} are described: 1 lost.")]
    path.write_text("".join([*whole[:at], whole[at].replace("51183", "51138"), *whole[at + 1 :]]), encoding="utf-8")
    assert _told(figures) == [(place, "1 line as described, but not with the same content.")]
    path.write_text("".join([*whole, whole[at].replace("51183", "51138")]), encoding="utf-8")
    assert _told(figures) == [(place, f"{count + 1} lines where {count} are described: 1 new.")]
    describe(figures.parent)
    assert not _told(figures)


def test_the_order_of_lines_and_their_ends_say_nothing(figures: Path) -> None:
    path = figures / "forces" / "counts.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\r\n".join([header, *reversed(lines)]) + "\r\n", encoding="utf-8", newline="")
    assert not _told(figures)


def test_a_lost_file_is_told_for_each_release_and_so_is_a_lost_description(figures: Path) -> None:
    (figures / "policing_vawg.csv").unlink()
    assert {place.split(",")[0] for place, _ in _told(figures)} == {"policing_vawg.csv"}
    (figures / DESCRIPTION).write_text(json.dumps({"resources": [{"path": "justice.csv"}]}), encoding="utf-8")
    [(place, evidence)] = _told(figures)
    assert place == DESCRIPTION and "a line that is lost would not be told" in evidence
