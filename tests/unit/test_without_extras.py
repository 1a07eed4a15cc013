"""What the base install and the oldest Python must do without: packages of the extras, and defaults that only later ones take."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from kit import ROOT

LOADED = """
import dataclasses, sys, types
sys.modules.update(dict.fromkeys({absent}))
import pipelines.cli, pipelines.composition
for module in [*sys.modules.values()]:
    if (getattr(module, "__name__", "") or "").split(".")[0] not in ("assets", "pipelines", "schemas"):
        continue
    for kind in vars(module).values():
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            for field in dataclasses.fields(kind):
                if isinstance(field.default, types.MappingProxyType):
                    print(kind.__module__, kind.__name__, field.name)
"""


@pytest.mark.slow
def test_the_definitions_load_without_any_extra_and_have_no_default_that_python_3_11_refuses() -> None:
    """Until 3.12 a read-only mapping has no hash, and a dataclass takes no default without one."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    wanted = [needs for extra, needs in extras.items() if extra != "dev"]
    names = {re.split(r"[^\w-]", each)[0] for needs in wanted for each in needs}
    absent = {package for package, of in packages_distributions().items() if names & {*of}}
    assert {"pyiceberg", "cryptography", "distributed"} <= absent
    ran = subprocess.run(
        [sys.executable, "-c", LOADED.format(absent=sorted(absent))],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr + ran.stdout
