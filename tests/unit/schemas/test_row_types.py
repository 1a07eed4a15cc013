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


@pytest.mark.parametrize(
    ("module", "right", "wrong", "said"),
    [
        (TREND, "", "", "Success"),
        (TREND, 'before["value"], after["value"], None', 'before["valu"], after["value"], None', 'no key "valu"'),
        (GAP, "", "", "Success"),
        (GAP, '"recorded_release": ', '"recorded_relase": ', '"recorded_relase"'),
        (GAP, '"recorded_release": ', '"printed_table": ', '"printed_table"'),
    ],
    ids=["a pair", "a misspelt value", "a row of the gap", "a misspelt release", "a column of another table"],
)
def test_a_misspelt_column_is_found(
    module: str, right: str, wrong: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / module).read_text(encoding="utf-8")
    assert right in text
    changed = tmp_path / "changed.py"
    changed.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    monkeypatch.chdir(ROOT)
    # Of what it imports only the types of rows are looked at: that is quick, and they are what is asked about.
    alone = ["--config-file=", "--follow-imports=skip", "--no-site-packages", "--ignore-missing-imports"]
    shadow = ["--shadow-file", module, str(changed), f"--cache-dir={tmp_path}"]
    found, _, _ = api.run([*alone, *shadow, module, PAIRS, *ROWS])
    assert said in found
