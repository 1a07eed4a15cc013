"""What `make bench` measures of returns is run once over few rows: a step that cannot run is no measurement."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from kit import ROOT

from assets.returns.rules.rules import read_rules
from assets.returns.synthetic.make import Plan, make

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_every_step_of_the_benchmark_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "tests" / "benchmarks"), *sys.path])
    steps = import_module("returns")
    suppliers = sorted(read_rules(ROOT / "data").suppliers)[:2]
    make(tmp_path / "inbox" / "0", Plan(suppliers, (steps.QUARTER,), rows=400))
    for step in steps.STEPS:
        steps.measured([step, str(tmp_path / "inbox"), str(tmp_path / "store")])
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [*steps.STEPS]
    assert [*(tmp_path / "store").rglob("*.parquet")], "the last step takes the returns in"
