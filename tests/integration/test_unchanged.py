"""A refresh in which nothing changed makes nothing anew; whatever it reads or has written changes, and it makes everything."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from kit import Built

from assets.tables.workspace import Workspace
from pipelines import unchanged
from pipelines.cli import main
from pipelines.settings import settings

SAID = "Nothing has changed since the last refresh"


@pytest.fixture
def found(built_copy: Built, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The settings of a data root that was refreshed just now, with its history noted."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    of_root = settings(built_copy.root)
    (of_root.dagster_home / unchanged.STORED).mkdir(parents=True, exist_ok=True)
    unchanged.remember(of_root, unchanged.state(of_root), report=True, history=True)
    return of_root


def still(found: Workspace, *, report: bool = True, history: bool = True) -> bool:
    return unchanged.unchanged(found, unchanged.state(found), report=report, history=history)


def test_nothing_changed_is_seen_without_reading_a_file_again(
    found: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Marks are trusted only where they are older than the note.
    for path in [*found.data.rglob("*")]:
        os.utime(path, (0, 0), follow_symlinks=False)
    unchanged.remember(found, unchanged.state(found), report=True, history=True)
    assert still(found)


def test_a_changed_figure_a_landed_file_another_day_and_another_package_are_seen(
    found: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    figures = found.data / "figures" / "policing_vawg.csv"
    before, about = figures.read_bytes(), figures.stat()
    figures.write_bytes(before.replace(b"400213", b"400214"))
    # The same size and the same time of change: only the content tells.
    os.utime(figures, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert not still(found)
    figures.write_bytes(before)
    assert still(found), "the content is what it was"

    found.landing.mkdir(exist_ok=True)
    (found.landing / "new.csv").write_text("a,b")
    assert not still(found)
    (found.landing / "new.csv").unlink()

    now = unchanged.state(found)
    for kind in ("day", "environment", "code"):
        assert not unchanged.unchanged(
            found, unchanged.State(now.read | {kind: "another"}, now.marks), report=True, history=True
        ), kind
    monkeypatch.setattr(sys, "version", "another Python")
    assert not still(found)


def test_what_was_written_must_stand_as_it_was_written(found: Workspace) -> None:
    page = found.output / "report" / "index.html"
    content = page.read_text(encoding="utf-8")
    page.write_text(content + " ", encoding="utf-8")
    assert not still(found) and still(found, report=False)
    shutil.rmtree(found.output / "report")
    assert not still(found)
    (found.output / "darkfigure.duckdb").unlink()
    assert not still(found, report=False)


def test_a_refresh_outside_the_history_does_not_count_as_one_in_it(found: Workspace) -> None:
    unchanged.remember(found, unchanged.state(found), report=True, history=False)
    assert not still(found) and still(found, history=False)


def test_a_note_that_cannot_be_read_means_everything_anew(found: Workspace) -> None:
    for content in ("", "{", "[]", "{}"):
        (found.interim / unchanged.MANIFEST).write_text(content)
        assert not still(found)
    unchanged.forget(found)
    assert not still(found)


def test_the_command_says_so_and_leaves_the_build(
    found: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build = (found.output / "darkfigure.duckdb").resolve()
    monkeypatch.setitem(sys.modules, "pipelines.composition", None)  # an import of it would fail
    assert main(["refresh", "--data", str(found.data)]) == 0
    assert SAID in capsys.readouterr().out
    assert (found.output / "darkfigure.duckdb").resolve() == build
