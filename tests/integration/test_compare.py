"""Two builds side by side: a changed value, a lost row and a new table are named, and equal builds are said to be equal."""

import shutil
from pathlib import Path

import duckdb
import pytest
from kit import Built

from assets.published.compare import compare
from pipelines.cli import main

pytestmark = pytest.mark.long

ROW = "pairing:da_all"


def copied(built: Built, folder: Path) -> Path:
    """A copy of the build that may be changed."""
    file = folder / "other.duckdb"
    shutil.copyfile(built.file, file)
    file.chmod(0o644)
    return file


@pytest.fixture
def other(built: Built, tmp_path: Path) -> Path:
    """A copy of the build with one value changed, one row lost, one column and one table more."""
    file = copied(built, tmp_path)
    with duckdb.connect(file) as connection:
        connection.execute("UPDATE reference.pairing SET label = 'another label' WHERE pairing = 'da_all'")
        connection.execute("DELETE FROM reference.threat WHERE threat = 'spiking'")
        connection.execute("DELETE FROM meta.check_result WHERE check_name = 'codes_are_known'")
        connection.execute("ALTER TABLE reference.rule ADD COLUMN further VARCHAR")
        connection.execute("CREATE TABLE reference.added (row_id VARCHAR)")
    return file


def test_a_build_is_the_same_as_itself(built: Built) -> None:
    gone, come, tables = compare(built.file, built.file)
    assert not gone and not come and len(tables) > 30 and all(table.same for table in tables)


def test_what_differs_is_named_and_nothing_else(built: Built, file: duckdb.DuckDBPyConnection, other: Path) -> None:
    gone, come, tables = compare(built.file, other)
    found = {table.table: table for table in tables if not table.same}
    assert (gone, come) == ([], ["reference.added"])
    assert set(found) == {"reference.pairing", "reference.threat", "reference.rule", "meta.check_result"}
    [(label,)] = file.execute("SELECT label FROM reference.pairing WHERE pairing = 'da_all'").fetchall()
    assert found["reference.pairing"].changed == [(ROW, "label", label, "another label")]
    assert found["reference.threat"].only_before == ["threat:spiking"] and not found["reference.threat"].changed
    assert found["reference.rule"].changed == [("", "further", None, "a column")]
    assert len(found["meta.check_result"].only_before) == 1


def test_a_sum_in_another_order_is_the_same_sum(built: Built, tmp_path: Path) -> None:
    file = copied(built, tmp_path)
    with duckdb.connect(file) as connection:
        connection.execute("UPDATE meta.relation SET expected_upper = expected_upper * (1 + 2e-15)")
    assert all(table.same for table in compare(built.file, file)[2])
    with duckdb.connect(file) as connection:
        connection.execute("UPDATE meta.relation SET expected_upper = expected_upper * (1 + 1e-9)")
    [differing] = [table for table in compare(built.file, file)[2] if not table.same]
    assert differing.table == "meta.relation" and {column for _, column, _, _ in differing.changed} == {
        "expected_upper"
    }


def test_the_command_says_it_and_exits_1(built: Built, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(built.file), str(other)]) == 1
    out = capsys.readouterr().out
    assert f"{ROW}  label: " in out and "gone  threat:spiking" in out and "Only in" in out
    assert main(["compare", str(built.file), str(built.file)]) == 0
    assert "tables hold the same rows" in capsys.readouterr().out


def test_a_file_that_is_no_build_is_a_wrong_call(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.duckdb").write_text("no build")
    assert main(["compare", str(tmp_path / "notes.duckdb"), str(built.file)]) == 2
    assert main(["compare", str(tmp_path / "absent.duckdb"), str(built.file)]) == 2
    assert "Traceback" not in capsys.readouterr().err
