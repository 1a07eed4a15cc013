"""Every command of the README and the docs is run: here, or by the test that is named for it."""

import contextlib
import io
import json
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from kit import ROOT, Built, Tables, copy_of_data
from pdf_writer import pdf_of
from publishers import FILE, publishers, settings

from pipelines.cli import main
from pipelines.commands import landing

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
LINES = sorted({
    line.split("#")[0].strip() for block in re.findall(r"```sh\n(.*?)```", TEXT, flags=re.DOTALL) for line in block.splitlines()
} - {""})  # fmt: skip
PROGRAM = re.compile(r"^(?:\.venv/bin/)?darkfigure (.*)$")
# What takes a refresh of its own, a network, a server or a new environment, and where it is run.
ELSEWHERE = {
    "darkfigure refresh": "conftest.py",
    "darkfigure refresh --as-of 2024-01-01": "integration/test_automation.py",
    "darkfigure refresh --wait 600": "integration/test_killed_and_together.py",
    "darkfigure fetch": "integration/test_docs_run.py",
    "darkfigure serve": "integration/test_ui.py",
    "make": "unit/test_docs.py",
    "darkfigure service": "integration/test_service.py",
    "darkfigure release": "integration/test_release.py",
    "python3 -m venv": "../Makefile",
    ".venv/bin/pip install": "../Makefile",
    ".venv/bin/darkfigure refresh": "conftest.py",
    # No cluster is here: the values that they install are held against the chart, and the docs say that no more was tried.
    "helm install darkfigure dagster": "integration/test_kubernetes.py",
    "kubectl port-forward service/darkfigure-front": "integration/test_kubernetes.py",
}
# The first steps of docs/force-returns.md: the others of it, and of the README, are about the folder that they make.
[TEMPLATE], [SEAL] = (
    [line for line in LINES if line.startswith(f"darkfigure returns {step} ")] for step in ("template", "seal")
)

LEDGER, FAULT = ROOT / "data" / "statement" / "examples" / "sexual_offences_ye_2025_03.yaml", "rape-all"


def quick(line: str) -> bool:
    """Can a command be run here, over the tables of the session?"""
    match = PROGRAM.match(line)
    return match is not None and match[1].split()[0] not in ("refresh", "fetch", "serve", "service", "release")


def test_every_other_command_is_run_by_the_test_named_for_it() -> None:
    rest = [line for line in LINES if not quick(line) and "[" not in line]
    assert len(rest) > 5
    assert not [line for line in rest if not any(line.startswith(known) for known in ELSEWHERE)]
    for where in ELSEWHERE.values():
        assert (ROOT / "tests" / where).is_file(), where


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a data root and the return that the documented commands begin, of a quarter in which nothing was recorded."""
    folder = tmp_path_factory.mktemp("begun")
    root = copy_of_data(folder / "data")
    with contextlib.chdir(folder):
        assert run(shlex.split(TEMPLATE), root)[0] == 0
        manifest = Path(TEMPLATE.split()[-1]) / "manifest.json"
        said = json.loads(manifest.read_text(encoding="utf-8"))
        said |= {"zero_return": True} | dict.fromkeys(("extract_date", "sent_date"), "2022-07-20")
        said["flag_source"] = dict.fromkeys(said["flags_available"], "officer")
        manifest.write_text(json.dumps(said), encoding="utf-8")
        assert run(shlex.split(SEAL), root)[0] == 0
    return folder


@pytest.mark.parametrize("line", [line for line in LINES if quick(line)])
def test_the_command_ends_well(
    line: str, built: Built, tables: Tables, begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of its own, where a return lies that the documented command began, for the commands that ask for one."""
    monkeypatch.chdir(tmp_path)
    for name in ("DAGSTER_HOME", "DARKFIGURE_DATA"):
        monkeypatch.delenv(name, raising=False)
    told = PROGRAM.match(line)
    assert told is not None
    if told[1].startswith("synthesis "):
        pytest.importorskip("numpyro", reason="the extra synthesis is not installed")
    root = built.root
    if told[1].startswith("returns "):  # taking a return in writes into the data root
        shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
        root = tmp_path / "data"
    if line == TEMPLATE:
        shutil.rmtree(TEMPLATE.split()[-1])
    if told[1].startswith("claims "):
        a_document(ledger=" --draft " not in line, sound=" sign " not in line)
    words = {
        "FOLDER": TEMPLATE.split()[-1],
        "ROW_ID": tables.rows("reconciled.gap")[0]["row_id"],
        "FILE.yaml": str(LEDGER),
        "CLAIM": FAULT,
        "60000": "600",
    }
    code, said = run([words.get(word, word) for word in shlex.split(line)], root)
    assert code == 0 and said.strip()


def a_document(*, ledger: bool, sound: bool) -> None:
    """A PDF and its ledger in the folder worked in: the one that comes with the project, or with a figure that cannot be."""
    text = LEDGER.read_text(encoding="utf-8")
    assert text.count("129,000") > 1
    Path("report.pdf").write_bytes(pdf_of(tuple(claim["printed"] for claim in yaml.safe_load(text)["claims"])))
    if ledger:
        Path("report.yaml").write_text(text if sound else text.replace("129,000", "2.9 million"), encoding="utf-8")


def run(words: list[str], root: Path) -> tuple[int, str]:
    """Exit code and words of a command over a data root."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = main([*words[1:], "--data", str(root)])
    return code, said.getvalue()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The publishers on a local server: it has a release of the appendix tables, and no other publication."""
    with publishers() as server:
        monkeypatch.setattr(landing, "from_environment", lambda: settings(server))
        yield


def test_fetch_lands_a_release_says_so_and_is_quiet_where_asked(
    own_root: Path, served: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "darkfigure fetch ons_appendix" in LINES
    assert main(["fetch", "ons_appendix", "--data", str(own_root), "--quiet"]) == 0
    assert capsys.readouterr().out == "" and [*(own_root / "landing" / "ons_appendix").rglob(FILE)]
    assert main(["fetch", "ons_appendix", "--data", str(own_root)]) == 0
    assert capsys.readouterr().out.startswith("ons_appendix ye-2025-09: ")


def test_fetch_without_a_name_lands_what_it_can_and_names_the_rest(
    own_root: Path, served: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "darkfigure fetch" in LINES and "darkfigure fetch ons_pfa" in LINES
    assert main(["fetch", "--data", str(own_root)]) == 1
    said = capsys.readouterr()
    assert "ons_appendix ye-2025-09: " in said.out
    assert "policeforceareadatatables" in said.err and "crimeinenglandandwalesappendixtables" not in said.err
    assert [*(own_root / "landing" / "ons_appendix").rglob(FILE)]


def test_the_python_of_the_docs_runs(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.root.parent)
    # Worked examples of the methods are run by a test of theirs.
    blocks = [one for one in re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL) if not one.startswith(">>>")]
    assert blocks
    for block in blocks:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(block, "docs", "exec"), {})  # the docs are ours
        # An answer names its row; a block about the rates of a force prints its years.
        assert ("year_ending" if "print(years)" in block else "answer:") in said.getvalue()


def test_the_sql_that_the_docs_name_runs(file: duckdb.DuckDBPyConnection) -> None:
    named = re.findall(r"`(select [^`]*)`", TEXT, flags=re.IGNORECASE)
    assert len(named) > 3
    [(row_id,)] = file.execute("SELECT min(row_id) FROM reconciled.gap").fetchall()
    for query in named:
        own = query.replace("explain(row_id)", f"explain('{row_id}')").replace("'your force'", "'Avon and Somerset'")
        file.execute(own).fetchall()


def test_the_programs_of_the_service_are_installed_beside_this_python() -> None:
    for name in set(re.findall(r"\b(dagster-webserver|dagster-daemon)\b", TEXT)):
        assert shutil.which(name, path=str(Path(sys.executable).parent)), name
