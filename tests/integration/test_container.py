"""The container without an engine: linted, and each of its steps executed in folders of this machine, as another user.

Not run in a container here. What an engine alone can show (the base image, the read-only root, the volumes) is not shown.
"""

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import ROOT, VALIDATE

pytestmark = pytest.mark.long

DOCKERFILE, COMPOSE = ROOT / "deploy" / "Dockerfile", ROOT / "deploy" / "compose.yaml"
USER = 10001
WITHIN = 240  # on a busy machine
INSTALLS = "-r requirements-service.lock"
TOKEN = "a-token-of-this-test"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest)."""
    lines = re.sub(r"\\\n", " ", DOCKERFILE.read_text(encoding="utf-8")).splitlines()
    return [
        (word, rest) for line in lines if line and not line.startswith("#") for word, _, rest in [line.partition(" ")]
    ]


def linter(name: str) -> str:
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        pytest.skip(f"{name} is not installed")
    return str(path)


def test_the_linters_find_nothing() -> None:
    for command in ([linter("hadolint"), DOCKERFILE], [linter("compose-lint"), "check", "--fail-on", "high", COMPOSE]):
        said = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert said.returncode == 0, said.stdout + said.stderr


class Image:
    """The folders of an image below one of this machine."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder, self.environment = root, root, {"HOME": str(root)}
        self.entry: list[str] = []
        self.healthy: list[str] = []
        (root / "etc").mkdir()
        for name in ("passwd", "group", "shadow", "gshadow"):
            (root / "etc" / name).touch()

    def inside(self, text: str) -> str:
        """A text of the Dockerfile with its own folders below the root."""
        return re.sub(r"(?<![\w.])/(opt/darkfigure|build|srv/darkfigure|run/secrets)", rf"{self.root}/\1", text)

    def run(self, step: str) -> None:
        """A step, by a shell; users are added to files of the root."""
        step = self.inside(step).replace("useradd ", f"useradd --prefix {self.root} ", 1)
        step = step.replace("python -m venv", f"{sys.executable} -m venv")
        if INSTALLS in step and not VALIDATE:
            # The libraries of this environment in the place of the same ones from the index, which `make validate` installs.
            asked = [
                str(self.root / "opt/darkfigure/bin/python"),
                "-c",
                "import sysconfig; print(sysconfig.get_path('purelib'))",
            ]
            site = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
            (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
            return
        variables = {"PATH": os.environ["PATH"], **self.environment}
        done = subprocess.run(
            ["/bin/sh", "-ec", step], cwd=self.folder, env=variables, capture_output=True, text=True, timeout=900
        )
        assert done.returncode == 0, f"{step}\n{done.stdout}{done.stderr}"

    def copy(self, rest: str) -> None:
        words = shlex.split(rest)
        if words[0].startswith("--from"):
            return  # both stages lie below one root here
        *sources, target = words
        place = Path(self.inside(target)) if target.startswith("/") else self.folder / target
        for source in sources:
            path = ROOT / source
            if path.is_dir():
                made = (
                    ("__pycache__", "landing", "interim", "output", "returns") if source == "data" else ("__pycache__",)
                )
                shutil.copytree(path, place, ignore=lambda at, names, made=made, top=str(path): [
                    name for name in names if name in made and (at == top or name == "__pycache__")
                ])  # fmt: skip
            else:
                shutil.copyfile(path, (place if target.endswith("/") else place.parent) / path.name)

    def build(self) -> None:
        """Every instruction in its order."""
        for word, rest in instructions():
            if word == "RUN":
                self.run(rest)
            elif word == "COPY":
                self.copy(rest)
            elif word == "WORKDIR":
                self.folder = Path(self.inside(rest))
                self.folder.mkdir(parents=True, exist_ok=True)
            elif word == "ENV":
                self.environment |= dict(one.split("=", 1) for one in shlex.split(self.inside(rest)))
            elif word == "CMD":
                self.entry = json.loads(self.inside(rest))
            elif word == "HEALTHCHECK":
                self.healthy = json.loads(rest.partition(" CMD ")[2])
            else:
                assert word in ("FROM", "USER", "VOLUME", "EXPOSE"), word


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    if os.name == "nt" or os.getuid():
        pytest.skip("only root can make files of one user and run as another")
    if not shutil.which("useradd"):
        pytest.skip("useradd is not here")
    # pytest's own folders are closed to other users.
    root = Path(tempfile.mkdtemp(prefix="darkfigure-image-"))
    root.chmod(0o755)
    try:
        made = Image(root)
        made.build()
        yield made
    finally:
        shutil.rmtree(root, ignore_errors=True)


def test_the_image_belongs_to_root_but_for_what_is_made(image: Image) -> None:
    assert f"darkfigure:x:{USER}:{USER}:" in (image.root / "etc" / "passwd").read_text(encoding="utf-8")
    data = image.root / "srv" / "darkfigure" / "data"
    owned = {path.name for path in data.iterdir() if path.stat().st_uid == USER}
    volumes = next(json.loads(rest) for word, rest in instructions() if word == "VOLUME")
    assert owned == {Path(volume).name for volume in volumes} == {"landing", "interim", "output", "returns"}
    assert (data / "reference" / "pairing.csv").stat().st_uid == 0 and ("USER", f"{USER}:{USER}") in instructions()


def test_its_entry_point_serves_whoever_knows_the_token_and_is_found_healthy(image: Image) -> None:
    """As the user of the image, with its environment alone."""
    secret = image.root / "run" / "secrets" / "darkfigure_token"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text(TOKEN, encoding="utf-8")
    program = [shutil.which(image.entry[0], path=image.environment["PATH"]), *image.entry[1:]]
    assert str(program[0]).startswith(str(image.root)), "the program of the image"
    reading = [Path(str(program[0])).with_name("python"), "-c", "import duckdb"]
    able = subprocess.run(reading, user=USER, env=image.environment, capture_output=True, text=True)
    if able.returncode:
        pytest.skip(f"the libraries of this environment are closed to other users: {able.stderr[-200:]}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = image.root / "served.log"
    with log.open("wb") as sink:
        served = subprocess.Popen(
            [*program, "--port", str(port)], cwd=image.folder, env=image.environment, user=USER, group=USER,
            stdout=sink, stderr=sink, start_new_session=True,
        )  # fmt: skip

    def status(token: str) -> int:
        headers = {"Host": f"localhost:{port}", "Authorization": f"Bearer {token}"}
        try:
            with urllib.request.urlopen(
                urllib.request.Request(f"http://127.0.0.1:{port}/server_info", headers=headers)
            ) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    try:
        until = time.monotonic() + WITHIN
        while not status(TOKEN):
            assert served.poll() is None and time.monotonic() < until, log.read_text(encoding="utf-8")
            time.sleep(0.3)
        assert (status(TOKEN), status("another")) == (200, 401)
        look = [sys.executable if one == "python" else one.replace("3000", str(port)) for one in image.healthy]
        assert subprocess.run(look, timeout=30).returncode == 0
    finally:
        served.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            served.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(served.pid, signal.SIGKILL)
    assert subprocess.run(look, timeout=30, capture_output=True).returncode == 1
