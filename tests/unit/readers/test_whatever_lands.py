"""Whatever lies in the landing folder, and whatever a reader makes of it, the other files are read. SYNTHETIC."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from kit import reference
from small_releases import appendix, forces_2019
from test_set_aside import aside, drop, landed

from assets.archive.identity.identify import identify_or_none
from assets.archive.landed.landed import FIGURES, FILES, FINDINGS, RELEASES, read_landing
from assets.archive.landed.read_file import read_file
from assets.archive.set_aside import SET_ASIDE
from assets.tables.records import records

pytestmark = pytest.mark.slow


def test_no_file_stops_the_others_whatever_it_is_called(tmp_path: Path) -> None:
    """What is refused is looked for once more: beside it, and among what was read before. A name may be as long as one can be."""
    names = ["n" * 251 + ".csv", "=1+1<b>.csv", "\u202ereversed.csv", "a\nb.csv", "%2e%2e.csv", " .csv"]
    for name in names:
        (tmp_path / name).write_bytes(f"{name!r} is no release\n".encode())
    drop(tmp_path, "forces.xlsx", *forces_2019())
    tables = landed(tmp_path, tmp_path / "readings")
    kinds = Counter(row["kind"] for row in tables[FINDINGS] if row["kind"].startswith("file_"))
    assert kinds == {"file_set_aside": 1, "file_not_recognised": len(names) - 1}
    assert len(tables[FILES]) == len(names) + 1
    assert [row["source"] for row in tables[RELEASES]] == ["ons_pfa"] and tables[FIGURES]


def test_a_fault_of_the_program_in_one_file_stops_that_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(tmp_path, "forces.xlsx", *forces_2019())
    drop(tmp_path, "odd.xlsx", appendix())

    def at_fault(path: Path, place: str, given: Any) -> Any:
        return read_file(path, place, given) if path.stem == "forces" else {}["a key that nobody thought of"]

    tables = read_landing(tmp_path, reference(), reader=at_fault)
    [row] = [row for row in records(tables[FINDINGS]) if row["kind"] in SET_ASIDE]
    assert (row["place"], row["severity"]) == ("odd.xlsx", "error")
    assert "a fault of Darkfigure (landed.py, line" in row["evidence"] and "KeyError" in row["evidence"]
    assert "report it" in row["handling"]
    assert [row["source"] for row in records(tables[RELEASES])] == ["ons_pfa"] and len(tables[FIGURES])
    monkeypatch.setattr("assets.archive.identity.identify.identify_long", at_fault)
    assert identify_or_none(tmp_path / "odd.xlsx", reference().data) is None


def test_a_fault_of_the_machine_is_none_of_the_file(tmp_path: Path) -> None:
    drop(tmp_path, "forces.xlsx", *forces_2019())

    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        read_landing(tmp_path, reference(), reader=full)


@pytest.mark.skipif(os.name == "nt", reason="names there are text, and links need a right")
def test_what_cannot_be_read_at_all_is_named_with_what_to_do(tmp_path: Path) -> None:
    """A name that an archive in Latin-1 left behind, links to nothing and to a folder, a pipe."""
    landing, elsewhere = tmp_path / "landing", tmp_path / "elsewhere"
    for folder in (landing / "more", elsewhere):
        folder.mkdir(parents=True)
    try:
        (landing / os.fsdecode(b"caf\xe9.csv")).write_bytes(b"1,2")
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    (landing / "gone.xlsx").symlink_to(elsewhere / "nothing.xlsx")
    (landing / "more" / "linked").symlink_to(elsewhere)
    os.mkfifo(landing / "pipe")
    drop(elsewhere, "forces.xlsx", *forces_2019())
    (landing / "linked.xlsx").symlink_to(elsewhere / "forces.xlsx")
    (landing / ".hidden").symlink_to(elsewhere / "nothing")
    tables = landed(landing, tmp_path / "readings")
    assert {row["place"]: row["evidence"].split(";")[0] for row in aside(tables)} == {
        r"caf\udce9.csv": "Found a name that is no text",
        "gone.xlsx": "Found a link to nothing",
        "more/linked": "Found a link to a folder",
        "pipe": "Found a pipe or a device",
    }
    assert [row["path"] for row in tables[FILES]] == ["landing/linked.xlsx"] and tables[FIGURES]
