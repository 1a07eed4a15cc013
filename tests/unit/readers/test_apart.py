"""Files are read in a process apart: what a reading does not survive is said of the file, the next one is read. SYNTHETIC."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from kit import DATA, reference, why_refused
from small_releases import appendix, xlsx

from assets.archive.landed import apart
from assets.archive.landed.as_of import read_landing_as_of
from assets.archive.landed.kept import load, store
from assets.archive.landed.landed import FILES, FINDINGS
from assets.archive.landed.read_file import read_file
from assets.archive.reading.result import Reading, SetAside
from assets.words.problems import Problem

pytestmark = pytest.mark.slow

# The process with a reader that does what the name of a file says.
HARMFUL = """
import os, time
from assets.archive.landed import apart
whole, apart.CPU_SECONDS = apart.read_file, 2

seen, kept = [], []

def harmful(path, place, reference):
    seen.append(place)
    if "crash" in place:
        os.abort()
    if "spin" in place:
        while True:
            pass
    if "memory" in place:  # a machine short of free pages computes for seconds to find so many
        apart.CPU_SECONDS = 60
        apart._limit_time()
    while "memory" in place:
        kept.append(b"x" * 50_000_000)
        time.sleep(0.02)
    if "absurd" in place:
        bytearray(10**13)
    if "others before" in place and len(seen) > 1:
        raise RuntimeError("can't start new thread")
    if "unforeseen" in place:
        raise KeyError("a column that is not there")
    print("what a library prints is no answer")
    return whole(path, place, reference)

apart.read_file = harmful
apart.main()
"""


@pytest.fixture(scope="module")
def reader() -> Iterator[apart.Apart]:
    with pytest.MonkeyPatch.context() as patch, apart.Apart() as made:
        patch.setattr(apart, "COMMAND", [sys.executable, "-W", "ignore", "-c", HARMFUL])
        yield made


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files") / "appendix.xlsx"
    made.write_bytes(xlsx(appendix()))
    return made


def test_a_file_is_read_apart_as_it_is_read_here(file: Path, reader: apart.Apart) -> None:
    here, there = read_file(file, "a.xlsx", reference()), reader(file, "a.xlsx", reference())
    assert len(here.frame) > 10
    pd.testing.assert_frame_equal(there.frame, here.frame)
    assert (there.staged, there.release, there.findings, there.set_aside, there.tables) == (
        here.staged, here.release, here.findings, here.set_aside, here.tables,
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("unforeseen.xlsx", "a content that its reader did not foresee (KeyError: 'a column that is not there')"),
        ("memory.xlsx", "its reading asked for more than 1,500 MB of memory"),
        ("absurd.xlsx", "its reading asked for more than 1,500 MB of memory"),
        ("crash.xlsx", "its reading ended with code -6"),
        ("spin.xlsx", "its reading took too long and was ended"),
    ],
)
def test_what_a_reading_does_not_survive_is_said_of_the_file(
    place: str, says: str, file: Path, reader: apart.Apart
) -> None:
    refused = why_refused(lambda: reader(file, place, reference()))
    assert f"{place}: found {says}; expected a file that is read like others" in str(refused)


def test_what_was_set_aside_comes_back_with_its_sheet(tmp_path: Path) -> None:
    """By its sheet the last good reading of a year is found, whose series stand on many sheets."""
    aside = SetAside("2017_18 has no table", (Problem("prc.xlsx", "", "no header", "one", "Look."),), sheet="2017_18")
    store(tmp_path / "kept", Reading(set_aside=[aside]))
    assert load(tmp_path / "kept").set_aside == [aside]


@pytest.mark.long
def test_a_file_that_meets_what_others_left_behind_is_read_once_more_alone(file: Path, reader: apart.Apart) -> None:
    assert len(reader(file, "a.xlsx", reference()).frame) == len(
        reader(file, "after others before.xlsx", reference()).frame
    )


def test_a_landed_file_that_ends_its_reader_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, of in (("a.xlsx", "crash"), ("b.xlsx", "whole")):
        (tmp_path / f"{of}-{name}").write_bytes(xlsx(appendix() | {name: [["another sheet"]]}))
    (tmp_path / "empty.csv").write_bytes(b"")
    monkeypatch.setattr(apart, "COMMAND", [sys.executable, "-W", "ignore", "-c", HARMFUL])
    tables = read_landing_as_of(tmp_path, DATA, reference().series, reference().offences, reference().areas)
    read = {row["path"]: row["source"] for row in tables[FILES].to_dict("records")}
    assert read == {"landing/crash-a.xlsx": None, "landing/whole-b.xlsx": "ons_appendix", "landing/empty.csv": None}
    said = {row["place"]: row["evidence"] for row in tables[FINDINGS].to_dict("records") if row["severity"] == "error"}
    assert "its reading ended with code -6" in said["crash-a.xlsx"]
    assert "an empty file" in said["empty.csv"]
