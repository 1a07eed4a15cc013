"""Released files of every folder and form land together: the whole is published, with each of them in it or set aside by name.

A smallest file of each here; `make validate` lands all of them.
"""

import shutil
from pathlib import Path

import duckdb
import pytest
from kit import PUBLISHED, VALIDATE, copy_of_data, darkfigure

# What is told beside the figures: no publication of the layouts.
FOLDERS = ("csew", "home_office", "ons_appendix", "ons_pfa", "population")
SET_ASIDE = 3


def chosen() -> list[Path]:
    files = [path for folder in FOLDERS for path in sorted((PUBLISHED / folder).glob("*")) if path.suffix != ".md"]
    smallest: dict[tuple[str, str], Path] = {}
    for path in sorted(files, key=lambda path: path.stat().st_size):
        smallest.setdefault((path.parent.name, "".join(path.suffixes[-2:])), path)
    return files if VALIDATE else list(smallest.values())


def test_what_was_released_lands_together_and_is_published(tmp_path: Path) -> None:
    files = chosen()
    if not files:
        pytest.skip(f"no released file is here: {PUBLISHED}")
    data = copy_of_data(tmp_path / "data")
    for path in files:
        target = data / "landing" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    ran = darkfigure("refresh", "--data", data, "--no-report", "--no-history", timeout=1200)
    assert ran.code in (0, SET_ASIDE), ran.error
    with duckdb.connect(data / "output" / "darkfigure.duckdb", read_only=True) as connection:
        read = {
            Path(name).name for (name,) in connection.execute("SELECT DISTINCT path FROM meta.source_file").fetchall()
        }
        gap = connection.execute("SELECT count(*) FROM main.gap").fetchone()
    assert gap is not None and gap[0] > 0
    assert not [path.name for path in files if path.name not in read and path.name not in ran.error]
