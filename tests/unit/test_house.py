"""The house keeps its order: imports run one way, what computes does not know Dagster, files stay small."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import ROOT

ROOMS = ("schemas", "assets", "pipelines")
# A room may import from itself and from the rooms named.
MAY_IMPORT = {"schemas": (), "assets": ("schemas",), "pipelines": ("assets", "schemas")}
LONGEST = 400
# The only modules of assets/ that declare things to Dagster.
DECLARING = {
    "assets/tables/contracted.py",
    "assets/tables/checks.py",
    "assets/tables/metadata.py",
    "assets/tables/workspace.py",
}
SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".ods"}
HOSTS = ("pypi" + ".org", "files." + "pythonhosted", "anaconda" + ".org", "registry." + "npmjs")
INDEX = re.compile(r"(--index-url|--extra-index-url|--find-links|index-url\s*=|PIP_INDEX_URL)")

MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it, in full."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: a relative import hides which room it is from"
            yield node.module or ""


def tracked() -> list[Path]:
    """The files that git keeps, or would keep if they were added now."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("no git checkout: what is tracked cannot be seen")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    forbidden = {*ROOMS, "data", "tests"} - {room, *MAY_IMPORT[room]}
    found = {name for name in imported(path) if name.split(".")[0] in forbidden}
    assert not found, f"{name_of(path)} imports {found}: imports run pipelines -> assets -> schemas"


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.relative_to(ROOT).parts[0] != "pipelines"], ids=name_of
)
def test_what_computes_does_not_know_dagster(path: Path) -> None:
    declares = path.name == "assets.py" or path.name.startswith("assets_") or name_of(path) in DECLARING
    if not declares:
        assert not {name for name in imported(path) if name.split(".")[0].startswith("dagster")}


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name_of)
def test_files_stay_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines < LONGEST, f"{name_of(path)} has {lines} lines: one idea per file"
    if path.name == "__init__.py":
        assert not path.read_text(encoding="utf-8").strip(), "__init__.py files are empty"


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "__init__.py"], ids=name_of)
def test_every_module_and_public_function_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{name_of(path)} has no docstring"
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, f"{name_of(path)}: {', '.join(silent)} without a docstring"


def test_no_spreadsheet_is_tracked_and_nothing_made_is() -> None:
    paths = tracked()
    assert not [name_of(path) for path in paths if path.suffix.lower() in SPREADSHEETS]
    assert not [name_of(path) for path in paths if path.suffix in (".duckdb", ".parquet", ".pyc", ".wal")]
    assert not [
        name_of(path) for path in paths if name_of(path).startswith(("data/landing", "data/interim", "data/output"))
    ]
    assert (ROOT / "data" / "figures").is_dir()


def test_no_package_registry_is_named_and_locks_hold_hashes_but_no_addresses() -> None:
    for path in tracked():
        if path.suffix in (".png", ".gz", ".zip"):
            continue
        content = path.read_text(encoding="utf-8", errors="replace")
        assert not [host for host in HOSTS if host in content], f"{name_of(path)} names a package registry"
        if path != Path(__file__).resolve():
            assert not INDEX.search(content), f"{name_of(path)} names a package index"
    names = {path.name for path in tracked()}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}, "these hold download addresses"
    for lock in ("requirements.lock", "requirements-dev.lock"):
        content = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in content
        pinned = re.findall(r"^([a-z0-9][\w.\[\]-]*)==", content, re.MULTILINE)
        assert pinned and content.count("--hash=sha256:") >= len(pinned)


def test_every_csv_of_reference_cites_where_it_is_written() -> None:
    for path in sorted((ROOT / "data" / "reference").glob("*.csv")):
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert "citation" in header, f"{name_of(path)} has no citation per row"
