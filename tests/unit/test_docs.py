"""The documentation is current: the tables are those of the schemas, every command in it exists."""

import re
import shlex

import pytest
from kit import ROOT

from assets.answers import dictionary as answers
from pipelines.cli import parser
from schemas.document import page
from schemas.row_stub import stub

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands() -> list[str]:
    lines = [
        line
        for path in PAGES
        for block in SHELL.findall(path.read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]
    return sorted({line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()})


def test_the_page_of_tables_is_current():
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == page(), "run: make docs"


def test_the_row_types_are_current():
    assert (ROOT / "schemas" / "row_types.pyi").read_text(encoding="utf-8") == stub(), "run: make docs"


def test_the_page_of_answers_is_current():
    assert (ROOT / "docs" / "answers.md").read_text(encoding="utf-8") == answers.page(), "run: make docs"


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [command for command in commands() if re.match(r"(\.venv/bin/)?darkfigure ", command)]
)
def test_every_darkfigure_command_in_the_docs_is_understood(command):
    words = shlex.split(command.split("darkfigure ", 1)[1])
    parser().parse_args([word for word in words if not word.startswith("[") and not word.endswith("]")])


@pytest.mark.parametrize("command", [command for command in commands() if command.startswith("make ")])
def test_every_make_target_in_the_docs_exists(command):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{command.split()[1]}:.*## ", makefile, re.MULTILINE)


def test_every_command_of_the_program_is_in_the_docs():
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    choices = next(action.choices for action in parser()._actions if action.choices)
    assert [name for name in choices if f"darkfigure {name}" not in text] == []


def test_the_windows_lines_are_those_of_the_shell():
    page = (ROOT / "docs" / "getting-started.md").read_text(encoding="utf-8")
    [windows] = re.findall(r"```powershell\n(.*?)```", page, flags=re.DOTALL)
    as_shell = windows.replace("py -3.13", "python3").replace(".venv\\Scripts\\", ".venv/bin/")
    assert as_shell in SHELL.findall(page)


def test_what_may_be_signed_stands_on_one_screen() -> None:
    lines = (ROOT / "docs" / "signing.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 48 and max(map(len, lines)) <= 190
