"""The wheel holds every module and every file beside them: installed elsewhere, it loads the definitions."""

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from kit import ROOT

pytestmark = pytest.mark.long

BESIDE = {".css", ".html", ".j2", ".js", ".json", ".sql", ".svg", ".yaml"}
ROOMS = ("assets", "pipelines", "schemas")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # Built from a copy: setuptools leaves a folder of its own beside the sources.
    source = folder / "source"
    source.mkdir()
    for room in ROOMS:
        shutil.copytree(ROOT / room, source / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    # The build backend itself, as any front end calls it.
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    made = subprocess.run(
        [sys.executable, "-c", build, folder], cwd=source, capture_output=True, text=True, timeout=300
    )
    assert made.returncode == 0, made.stderr
    [built] = folder.glob("*.whl")
    return built


def test_it_holds_every_module_and_what_stands_beside_them(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in BESIDE | {".py"} and "__pycache__" not in path.parts
    }
    assert wanted and not wanted - held


def test_installed_elsewhere_it_loads_the_definitions_and_says_that_the_data_are_missing(
    wheel: Path, tmp_path: Path
) -> None:
    """The libraries are those of this environment; the code is the wheel's alone."""
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
    zipfile.ZipFile(wheel).extractall(site)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    load = "import assets; print(assets.__file__); from pipelines.definitions import defs; print(len(defs.assets))"
    environment = {"PATH": "/usr/bin", "DARKFIGURE_DATA": str(ROOT / "data"), "HOME": str(tmp_path)}
    loaded = subprocess.run(
        [str(python), "-W", "ignore", "-c", load], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert loaded.returncode == 0, loaded.stderr
    where, number = loaded.stdout.split()
    assert Path(where).is_relative_to(site) and int(number) > 30
    del environment["DARKFIGURE_DATA"]
    refused = subprocess.run(
        [str(python), "-m", "pipelines.cli", "refresh"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    said = " ".join(refused.stderr.split())
    assert refused.returncode == 2 and "is no data root" in said and "Traceback" not in said
