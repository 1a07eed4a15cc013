"""A refresh in which nothing changed makes nothing anew; whatever it reads or has written changes, and it makes everything."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from kit import Built

from assets.returns.intake.store import INDEX, private
from assets.tables.workspace import Workspace
from pipelines import unchanged
from pipelines.cli import main
from pipelines.settings import settings

SAID = "Nothing has changed since the last refresh"


@pytest.fixture
def workspace(built_copy: Built, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The settings of a data root that was refreshed just now, with its history noted."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    of_root = settings(built_copy.root)
    (of_root.dagster_home / unchanged.STORED).mkdir(parents=True, exist_ok=True)
    unchanged.remember(of_root, unchanged.state(of_root), report=True, history=True)
    return of_root


def still(workspace: Workspace, *, report: bool = True, history: bool = True) -> bool:
    return unchanged.unchanged(workspace, unchanged.state(workspace), report=report, history=history)


def test_nothing_changed_is_seen_without_reading_a_file_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Marks are trusted only where they are older than the note.
    for path in [*workspace.data.rglob("*")]:
        os.utime(path, (0, 0), follow_symlinks=False)
    unchanged.remember(workspace, unchanged.state(workspace), report=True, history=True)
    assert still(workspace)


def test_a_changed_figure_a_landed_file_another_day_and_another_package_are_seen(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    figures = workspace.data / "figures" / "policing_vawg.csv"
    before, about = figures.read_bytes(), figures.stat()
    figures.write_bytes(before.replace(b"400213", b"400214"))
    # The same size and the same time of change: only the content tells.
    os.utime(figures, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert not still(workspace)
    figures.write_bytes(before)
    assert still(workspace), "the content is what it was"

    workspace.landing.mkdir(exist_ok=True)
    (workspace.landing / "new.csv").write_text("a,b")
    assert not still(workspace)
    (workspace.landing / "new.csv").unlink()
    for odd in ("gone.csv", os.fsdecode(b"caf\xe9.csv")):
        (workspace.landing / odd).symlink_to("nowhere")
        assert not still(workspace), "what cannot be read is told"
        (workspace.landing / odd).unlink()
    assert still(workspace)

    partition = private(workspace.returns_store / "supplier=kent" / "quarter=2022-04")
    (partition / INDEX).write_text("[]", encoding="utf-8")
    assert not still(workspace), "a return was taken in"
    (partition / INDEX).unlink()
    waiting = private(workspace.returns / "kent" / "synthetic")
    (waiting / "record.csv").touch()
    assert still(workspace), "what waits in the inbox is not read"

    now = unchanged.state(workspace)
    for kind in ("day", "environment", "code"):
        assert not unchanged.unchanged(
            workspace, unchanged.State(now.read | {kind: "another"}, now.marks), report=True, history=True
        ), kind
    monkeypatch.setattr(sys, "version", "another Python")
    assert not still(workspace)


def test_what_was_written_must_stand_as_it_was_written(workspace: Workspace) -> None:
    page = workspace.output / "report" / "index.html"
    content = page.read_text(encoding="utf-8")
    page.write_text(content + " ", encoding="utf-8")
    assert not still(workspace) and still(workspace, report=False)
    shutil.rmtree(workspace.output / "report")
    assert not still(workspace)
    (workspace.output / "darkfigure.duckdb").unlink()
    assert not still(workspace, report=False)


def test_a_refresh_outside_the_history_does_not_count_as_one_in_it(workspace: Workspace) -> None:
    unchanged.remember(workspace, unchanged.state(workspace), report=True, history=False)
    assert not still(workspace) and still(workspace, history=False)


def test_a_note_that_cannot_be_read_means_everything_anew(workspace: Workspace) -> None:
    for content in ("", "{", "[]", "{}"):
        (workspace.interim / unchanged.MANIFEST).write_text(content)
        assert not still(workspace)
    unchanged.forget(workspace)
    assert not still(workspace)


def test_the_command_says_so_and_leaves_the_build(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build = (workspace.output / "darkfigure.duckdb").resolve()
    monkeypatch.setitem(sys.modules, "pipelines.composition", None)  # an import of it would fail
    assert main(["refresh", "--data", str(workspace.data)]) == 0
    assert SAID in capsys.readouterr().out
    assert (workspace.output / "darkfigure.duckdb").resolve() == build
