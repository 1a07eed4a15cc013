"""The house keeps its order: imports run one way, what computes does not know Dagster, files stay small."""

import ast
import re
import subprocess
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from kit import ROOT

from assets.published.audit import CHECKS
from assets.tables.checking import Check
from schemas.derive import columns
from schemas.registry import CONTRACTS

ROOMS = ("schemas", "assets", "pipelines")
# A room may import from itself and from the rooms named.
MAY_IMPORT = {"schemas": (), "assets": ("schemas",), "pipelines": ("assets", "schemas")}
LONGEST = 400
GETTING = ("row.get", "before.get", "after.get", "figure.get", "estimate.get", "count.get")
# The only modules of assets/ that declare things to Dagster.
DECLARING = {
    "assets/tables/contracted.py",
    "assets/tables/failing.py",
    "assets/tables/checks.py",
    "assets/tables/metadata.py",
}
SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".ods"}
HOSTS = ("pypi" + ".org", "files." + "pythonhosted", "anaconda" + ".org", "registry." + "npmjs")
INDEX = re.compile(r"(--index-url|--extra-index-url|--find-links|index-url\s*=|PIP_INDEX_URL)")

MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> list[str]:
    """Everything that a file imports, wherever in it, in full: of a module also the name taken from it, which may be one."""
    names = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: a relative import hides which room it is from"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


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


def test_imports_run_one_way() -> None:
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        for name in imported(path)
        if name.split(".")[0]
        in {*ROOMS, "data", "tests"} - {(room := path.relative_to(ROOT).parts[0]), *MAY_IMPORT[room]}
    ]
    assert not wrong, f"imports run pipelines -> assets -> schemas: {wrong}"


def test_what_computes_does_not_know_dagster() -> None:
    wrong = [
        name_of(path)
        for path in MODULES
        if path.relative_to(ROOT).parts[0] != "pipelines"
        and not (path.name == "assets.py" or path.name.startswith("assets_") or name_of(path) in DECLARING)
        and any(name.split(".")[0].startswith("dagster") for name in imported(path))
    ]
    assert not wrong, wrong


def test_files_stay_small() -> None:
    long = {
        name_of(path): lines for path in MODULES + TESTS if (lines := path.read_text("utf-8").count("\n")) >= LONGEST
    }
    assert not long, f"one idea per file: {long}"
    filled = [name_of(path) for path in MODULES if path.name == "__init__.py" and path.read_text("utf-8").strip()]
    assert not filled, f"__init__.py files are empty: {filled}"


def test_variables_say_what_they_hold() -> None:
    """Of whatever it is, `one` tells nothing of it, nor does `held`: call it a row, a figure, a period."""
    vague = []
    for path in MODULES:
        tree = tree_of(path)
        fields = {node.target for of in ast.walk(tree) if isinstance(of, ast.ClassDef)
                  for node in of.body if isinstance(node, ast.AnnAssign)}  # fmt: skip
        bound = [node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)]
        bound += [
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in fields
        ]
        vague += [f"{name_of(path)}: {name}" for name in bound if name in ("one", "held")]
    assert not vague, vague


# A part of a claims file is called as its form calls it.
OF_A_CLAIMS_FILE = {"Reference", "SetSystem"}


def test_a_public_class_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = {}
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] != "schemas":
            for node in tree_of(path).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places.setdefault(node.name, []).append(name_of(path))
    twice = {name: of for name, of in places.items() if len(of) > 1 and name not in OF_A_CLAIMS_FILE}
    assert not twice, twice


def test_every_module_and_public_function_says_what_it_is() -> None:
    silent = []
    for path in MODULES:
        tree = tree_of(path)
        spoken = [tree] if path.name != "__init__.py" else []
        spoken += [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        silent += [f"{name_of(path)} {getattr(node, 'name', '')}" for node in spoken if not ast.get_docstring(node)]
    assert not silent, f"without a docstring: {silent}"


def test_no_spreadsheet_is_tracked_and_nothing_made_is() -> None:
    paths = tracked()
    assert not [name_of(path) for path in paths if path.suffix.lower() in SPREADSHEETS]
    assert not [name_of(path) for path in paths if path.suffix in (".duckdb", ".parquet", ".pyc", ".wal")]
    assert not [
        name_of(path) for path in paths if name_of(path).startswith(("data/landing", "data/interim", "data/output"))
    ]
    assert (ROOT / "data" / "figures").is_dir()


def asked_of_rows(tree: ast.Module) -> set[str]:
    """What `row.get` is asked for: the type checker takes any name there."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in GETTING)
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def test_a_row_is_asked_for_no_column_that_no_table_has() -> None:
    known = {name for contract in CONTRACTS.values() for name in columns(contract.model)}
    assert {name_of(path): misspelt for path in MODULES if (misspelt := asked_of_rows(tree_of(path)) - known)} == {}
    assert asked_of_rows(ast.parse("row.get('valu') or before.get('value')")) - known == {"valu"}


def test_no_two_test_modules_have_one_name() -> None:
    """pytest imports a test module by its bare name: the second of a name is not collected, and the whole run fails."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "__init__.py")
    assert [name for name, times in names.items() if times > 1] == []


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
    for lock in (
        "requirements.lock",
        "requirements-service.lock",
        "requirements-synthesis.lock",
        "requirements-dev.lock",
    ):
        content = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in content
        pinned = re.findall(r"^([a-z0-9][\w.\[\]-]*)==", content, re.MULTILINE)
        assert pinned and content.count("--hash=sha256:") >= len(pinned)


def test_every_csv_of_reference_cites_where_it_is_written() -> None:
    for path in sorted((ROOT / "data" / "reference").glob("*.csv")):
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert "citation" in header, f"{name_of(path)} has no citation per row"


# The floors of assets/, top down: an import only ever goes down, and rooms of one floor may know each other.
FLOORS = (
    {"published"}, {"answers"}, {"statement", "synthesis"}, {"reconciled"}, {"collection"}, {"returns"},
    {"survey", "recorded", "population"}, {"relations"}, {"archive"}, {"reference"}, {"methods"}, {"tables", "charts"}, {"words"},
)  # fmt: skip
# Inside a room of several rooms, top down; what stands in none of them is above them.
WITHIN = {
    "archive": (
        "landed", "findings", "fetch", "tracked", "identity", "plausible", "titled", "publications", "gate", "reading",
    ),
    "relations": ("blame", "agreement"),
    "collection": ("told",),
    "returns": ("synthetic", "intake", "supply", "checks", "personal", "file", "rules"),
    "statement": ("scan", "quoted", "claims", "text"),
    "reconciled": ("justice", "overlaps", "gap", "forces", "threats", "change", "ground"),
}  # fmt: skip


def climbs(path: Path, target: str) -> bool:
    """Does an import of a module of assets/ go to a higher floor, or inside a room to a higher room of it?"""
    here, there = path.relative_to(ROOT).with_suffix("").parts[1:], tuple(target.split("."))[1:]
    level = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    assert {here[0], there[0]} <= level.keys(), f"{name_of(path)}: a room without a floor ({here[0]}, {there[0]})"
    if level[there[0]] < level[here[0]]:
        return True
    inside = {room: number for number, room in enumerate(WITHIN.get(here[0], ()))} if here[0] == there[0] else {}
    return len(there) > 1 and inside.get(there[1], -1) < inside.get(here[1], -1)


def test_imports_go_down_the_floors() -> None:
    climbing = [
        f"{name_of(path)} imports {target}"
        for path in MODULES
        if name_of(path).startswith("assets/") and path.parent != ROOT / "assets"
        for target in imported(path)
        if target.startswith("assets.") and climbs(path, target)
    ]
    assert not climbing, climbing


def test_the_page_of_the_code_names_every_room_in_its_order() -> None:
    page = (ROOT / "docs" / "the-code.md").read_text(encoding="utf-8")
    rooms: list[tuple[str, list[str]]] = []
    for inside, name in re.findall(r"^\| ((?:&nbsp;)*)`(\w+)` \|", page, re.MULTILINE):
        if inside:
            rooms[-1][1].append(name)
        else:
            rooms.append((name, []))
    levels = [next(level for level, names in enumerate(FLOORS) if room in names) for room, _ in rooms]
    assert levels == sorted(levels), "from the top floor down"
    assert {room: tuple(names) for room, names in rooms if names} == WITHIN
    assert {room for room, _ in rooms} == _folders(ROOT / "assets")
    assert all({*names} == _folders(ROOT / "assets" / room) for room, names in WITHIN.items())


def _folders(place: Path) -> set[str]:
    return {path.name for path in place.iterdir() if (path / "__init__.py").exists()}


def test_every_check_that_a_room_declares_is_in_the_one_list() -> None:
    declared = [
        check
        for path in MODULES
        if name_of(path).startswith("assets/")
        and re.search(r"^CHECKS\b", path.read_text(encoding="utf-8"), re.MULTILINE)
        for check in import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)).CHECKS
        if isinstance(check, Check)
    ]
    assert {check.look for check in declared} == {check.look for check in CHECKS}
    assert len({check.name for check in CHECKS}) == len(CHECKS)
