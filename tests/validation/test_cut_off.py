"""Released long tables of which the end, or some rows, are gone."""

from pathlib import Path

import pytest
from kit import reference, released

from assets.archive.landed.read_file import read_file
from assets.archive.reading.result import Reading

ROLLING, QUARTERS = "home_office/rec-crime-pfa.csv", "home_office/prc-pfa-mar2013-onwards-tables201718.csv"


def read_without(folder: Path, name: str, gone: slice | None) -> Reading:
    """A released file without some of its lines."""
    lines = released(name).read_text(encoding="utf-8-sig", errors="replace").splitlines(keepends=True)
    if gone is not None:
        del lines[gone]
    path = folder / Path(name).name
    path.write_text("".join(lines), encoding="utf-8")
    return read_file(path, path.name, reference())


@pytest.mark.parametrize("name", [ROLLING, QUARTERS])
def test_a_whole_file_lacks_nothing(tmp_path: Path, name: str) -> None:
    reading = read_without(tmp_path, name, None)
    assert not reading.set_aside
    assert "figures_lost" not in {row["kind"] for row in reading.findings}


def test_a_force_table_that_ends_after_some_forces_says_which_are_not_there(tmp_path: Path) -> None:
    """Partnerships by force, by the alphabet of the forces; the City of London has none."""
    name = "ons_pfa/policeforceareatablesyejune25final.csv"
    assert not [row for row in read_without(tmp_path, name, None).findings if row["kind"] == "figures_lost"]
    lines = released(name).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    kent = next(at for at, line in enumerate(lines) if ",Kent," in line)
    reading = read_without(tmp_path, name, slice(kent, None))
    (told,) = [row for row in reading.findings if row["kind"] == "figures_lost"]
    assert "of 43 police forces: " in told["evidence"] and "Kent" in told["evidence"]
    assert not {"E23000032"} & set(reading.frame["area_code"]) and len(reading.frame)


def test_a_period_of_which_a_third_is_gone_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    """Lines stand by date, then by force: the last rolling year of what is left ends at some force of the alphabet."""
    reading = read_without(tmp_path, ROLLING, slice(27_892, None))
    (aside,) = reading.set_aside
    (problem,) = aside.problems
    assert "the year to 31 December 2013" in problem.place and "fetch it again" in problem.remedy
    assert "Merseyside" in problem.value or "more" in problem.value
    assert str(reading.frame["period_end"].max()) == "2013-09-30"


def test_a_force_that_is_gone_from_one_quarter_is_told(tmp_path: Path) -> None:
    lines = released(QUARTERS).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    kent = [at for at, line in enumerate(lines) if line.startswith("2017/18,2,Kent,")]
    assert kent == list(range(kent[0], kent[-1] + 1))
    reading = read_without(tmp_path, QUARTERS, slice(kent[0], kent[-1] + 1))
    (told,) = [row for row in reading.findings if row["kind"] == "figures_lost"]
    assert "the quarter to 30 September 2017" in told["place"] and "Kent" in told["evidence"]
    assert not reading.set_aside
