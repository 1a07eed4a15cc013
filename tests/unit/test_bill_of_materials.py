"""What is shipped is listed, each package with a licence that fits; one that does not say, or does not fit, is named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from kit import ROOT, in_validation

from pipelines.bill_of_materials import names, unfitting

pytest.importorskip("cyclonedx_py", reason="cyclonedx-py is not installed")


@in_validation
def test_every_package_that_is_shipped_is_listed_with_its_licence(tmp_path: Path) -> None:
    target = tmp_path / "sbom.json"
    made = subprocess.run(
        [sys.executable, "-m", "pipelines.bill_of_materials", target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    bill = json.loads(target.read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    listed = {one["name"].lower().replace("_", "-").replace(".", "-") for one in bill["components"]}
    assert {"dagster", "duckdb", "pandas", "psutil", "uvicorn"} <= listed and "pytest" not in listed
    assert len(listed) >= 0.9 * len(names((ROOT / "requirements.lock").read_text(encoding="utf-8"))) - 5, (
        "few are for other systems"
    )
    assert str(ROOT) not in target.read_text(encoding="utf-8")


def test_a_licence_that_does_not_fit_is_named() -> None:
    fits = {"name": "a", "version": "1", "licenses": [{"license": {"id": "MIT"}}]}
    copyleft = {"name": "b", "version": "2", "licenses": [{"license": {"id": "AGPL-3.0-only"}}]}
    silent = {"name": "c", "version": "3"}
    assert unfitting([fits, copyleft, silent]) == ["b 2: AGPL-3.0-only.", "c 3: no licence is declared."]
