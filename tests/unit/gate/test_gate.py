"""The gate lets released files in and refuses, in one sentence and within its limits, what would hang, fill or end a reader."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from hostile import CSV, SHEET, TABLE, UNCOMPUTED, named, sheet, with_part, xlsx
from kit import ROOT, why_refused

from assets.archive.gate import gate as room
from assets.archive.gate.gate import gate
from assets.archive.gate.landing import landed_files
from assets.archive.gate.sidecar import Sidecar
from assets.archive.identity.long_identity import identify
from assets.words.problems import BadInput

HOSTILE = named()


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: name[:20])
def test_a_hostile_file_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    content, said = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content)
    [problem] = why_refused(lambda: gate(path, data=tmp_path)).problems
    assert re.search(said, problem.sentence()) and problem.remedy.endswith(".") and len(problem.sentence()) < 400
    assert not list((tmp_path / "interim").rglob("*")), "what was refused is looked at again"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xlsx", xlsx({"Table B2": TABLE}), "xlsx"),
        ("called.csv", xlsx({"Table B2": TABLE}, {"Table B2": ["A1:C1"]}), "xlsx"),
        ("formulas.xlsx", with_part(SHEET, sheet(UNCOMPUTED)), "xlsx"),
        ("b.csv", CSV, "csv"),
        ("b.csv.gz", gzip.compress(CSV, mtime=0), "csv"),
        ("two.csv.gz", gzip.compress(CSV, mtime=0) + gzip.compress(CSV, mtime=0), "csv"),
        ("wide.csv", "code;name\n1;caf\u00e9\n".encode("utf-16"), "csv"),
        ("windows.csv", "code,name\n1,caf\u00e9 \u2013 \u2019\n".encode("cp1252"), "csv"),
        ("inch.csv", b'size,count\n5" pipe,1\n', "csv"),
        ("break.csv", b'a,b\n"two\nlines",1\n', "csv"),
    ],
)
def test_a_sound_file_passes_whatever_its_name(name: str, content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    passed = gate(path)
    assert (passed.kind, passed.sha256) == (kind, hashlib.sha256(content).hexdigest())


@pytest.mark.slow
def test_what_passed_is_not_looked_at_again_until_the_gate_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, looks = tmp_path / "a.csv", []
    path.write_bytes(CSV)
    probed = room._probed
    monkeypatch.setattr(room, "_probed", lambda one: looks.append(one) or probed(one))
    assert gate(path, data=tmp_path) == gate(path, data=tmp_path) and len(looks) == 1
    path.write_bytes(CSV + b"3,40\r\n")
    gate(path, data=tmp_path)
    assert len(looks) == 2
    monkeypatch.setattr(room, "_version", lambda: "another")
    gate(path, data=tmp_path)
    assert len(looks) == 3


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_without_its_mark_is_to_be_saved_anew_and_not_fetched(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("code,name,from\n1,Dyfed\u2013Powys,\u00a3\n2,Kent,-\n".encode(encoding))
    with pytest.raises(BadInput, match="UTF-16 without its mark") as refused:
        gate(path)
    [problem] = refused.value.problems
    assert problem.remedy == "Save it as CSV in UTF-8."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "remedy"),
    [
        (b"<html><table><tr><td>Kent</td></tr></table>", "save it as xlsx"),
        (b"<table><tr><td>1</td></tr></table>", "save it as xlsx"),
        (b'<?xml version="1.0"?><Workbook><ss:Worksheet ss:Name="S">', "save it as xlsx"),
        (b"<html>Not found", "answered with a page"),
    ],
)
def test_a_table_that_a_program_saved_as_a_page_is_to_be_saved_anew(page: bytes, remedy: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(page)
    assert remedy in why_refused(lambda: gate(path)).problems[0].remedy


def test_a_long_name_within_a_file_is_said_in_short(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_part("p" * 30_000 + ".xml", b"<!DOCTYPE x>"))
    with pytest.raises(BadInput, match="DOCTYPE") as refused:
        gate(path)
    assert len(refused.value.paragraph()) < 500


def test_a_file_that_was_changed_since_it_was_fetched_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    about = Sidecar(
        "s", "r", "a.csv", "https://example.org", "t", len(CSV), hashlib.sha256(CSV).hexdigest(), "2026-01-01"
    )
    about.write(path)
    assert gate(path).kind == "csv"
    path.write_bytes(CSV + b"3,40\r\n")
    with pytest.raises(BadInput, match="as was fetched"):
        gate(path)


@pytest.mark.slow
def test_no_file_is_recognised_before_it_has_passed(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    path.write_bytes(HOSTILE["corner.xlsx"][0])
    with pytest.raises(BadInput, match="16,384 columns"):
        identify(path, ROOT / "data")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os.abort()", "ended with code"),
        ("bytearray(4 << 30)", "MB of memory"),
        pytest.param("while True: pass", "too long", marks=pytest.mark.slow),
    ],
)
def test_what_the_look_does_not_survive_is_said_of_the_file(
    code: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that dies, asks for too much or never ends, in place of the one that opens workbooks."""
    (tmp_path / "probe_of_test.py").write_text(
        f"from assets.archive.gate import probe\nprobe.CPU_SECONDS = 1\nprobe._limit()\n{code}\n", encoding="utf-8"
    )
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(room, "PROBE", "probe_of_test")
    with pytest.raises(BadInput, match=said):
        gate(path)


def test_what_lies_beside_released_files_is_no_release(tmp_path: Path) -> None:
    for name in (
        "released.xlsx",
        "Thumbs.db",
        "readme.txt",
        "README.md",
        ".DS_Store",
        "~$released.xlsx",
        "deep/other.csv",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("synthetic", encoding="utf-8")
    assert [path.name for path in landed_files(tmp_path)] == ["other.csv", "released.xlsx"]
