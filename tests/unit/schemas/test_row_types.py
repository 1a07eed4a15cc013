"""A misspelt column is an error of types: the type checker sees the columns of every row."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
TREND, PAIRS = "assets/reconciled/change/trend.py", "assets/reconciled/change/lines.py"
GAP = "assets/reconciled/gap/gap.py"
ROWS = ("assets/tables/records.py", "schemas/rows.py", "schemas/row_types.pyi")


@pytest.fixture(autouse=True)
def _as_deep_as_before() -> Iterator[None]:
    """The type checker lets Python go deeper, for whatever comes after it in this process too."""
    before = sys.getrecursionlimit()
    yield
    sys.setrecursionlimit(before)


def checked(folder: Path, *changes: tuple[str, str, str]) -> str:
    """What the type checker says of the modules with each change made once: module, what it says, what it then says."""
    texts = {module: (ROOT / module).read_text(encoding="utf-8") for module in (TREND, GAP)}
    for module, right, wrong in changes:
        assert right in texts[module]
        texts[module] = texts[module].replace(right, wrong, 1)
    shadows = []
    for at, (module, text) in enumerate(texts.items()):
        changed = folder / f"changed_{at}.py"
        changed.write_text(text, encoding="utf-8")
        shadows += ["--shadow-file", module, str(changed)]
    # Of what they import only the types of rows are looked at: that is quick, and they are what is asked about.
    alone = ["--config-file=", "--follow-imports=skip", "--no-site-packages", "--ignore-missing-imports"]
    said, _, _ = api.run([*alone, *shadows, f"--cache-dir={folder}", *texts, PAIRS, *ROWS])
    return said


def test_a_misspelt_column_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert checked(tmp_path).startswith("Success")
    said = checked(
        tmp_path,
        (TREND, 'before["value"], after["value"], None', 'before["valu"], after["value"], None'),
        (GAP, '"recorded_release": ', '"recorded_relase": '),
        (GAP, '"survey_release": ', '"printed_table": '),  # a column of another table
    )
    assert all(wrong in said for wrong in ('no key "valu"', '"recorded_relase"', '"printed_table"')), said
    assert said.count(": error: ") == 3
