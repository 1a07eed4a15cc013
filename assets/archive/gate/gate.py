"""The gate: what is this file, and may a reader be given it? Called once, before a file is recognised.

A look costs a process of its own, about as long as reading the file, and is paid once for each content: what passed is
remembered by fingerprint, as long as neither this room nor the library that opens workbooks changes.
"""

import contextlib
import functools
import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from assets.archive.gate.limits import LONGEST_NAME, MEGABYTE, MEMORY, PATIENCE_SECONDS
from assets.archive.gate.refusal import FETCH_AGAIN, TABLES, WHERE_FROM, not_read
from assets.archive.gate.sidecar import read_sidecar
from assets.tables.files import fingerprint

ROOT = Path(__file__).resolve().parents[3]
PROBE = "assets.archive.gate.probe"
REMEMBERED = Path("interim", "gate")


@dataclass(frozen=True)
class Passed:
    """A file that readers may be given: its kind (xlsx, xls, ods, csv) by its content, and its sha256."""

    kind: str
    sha256: str


def gate(path: Path, data: Path | None = None) -> Passed:
    """What a released file is, by its content and never by its name.

    data: the data root, below which it is remembered what passed; nothing is remembered without

    Raises BadInput, with one sentence, for a file that no reader should be given: too large, packed too steeply, damaged,
    encrypted, of another kind, reaching too far, no text, other than was fetched, or one that its opening does not survive.
    """
    name = path.name
    if len(os.fsencode(name)) > LONGEST_NAME:
        shown = f"{name[:40]}..."
        raise not_read(shown, f"a name of {len(os.fsencode(name))} bytes", f"at most {LONGEST_NAME}", "Rename it.")
    if not path.is_file():
        raise not_read(name, "no such file", "a released file", "Check the path.")
    try:
        sha256 = fingerprint(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise not_read(name, why, "a file that may be read", "Close it elsewhere, or change who may read it.") from None
    fetched = read_sidecar(path)
    if fetched is not None and fetched.sha256 != sha256:
        raise not_read(
            name, f"sha256 {sha256[:12]}...", f"{fetched.sha256[:12]}..., as was fetched",
            "The file was changed since: delete it with its record, and fetch it again.",
        )  # fmt: skip
    memory = data / REMEMBERED / f"{sha256}.{_version()}" if data is not None else None
    if memory is not None and memory.is_file() and (kind := memory.read_text(encoding="ascii")):
        return Passed(kind, sha256)
    answer = _probed(path)
    if "kind" not in answer:
        raise not_read(name, answer["found"], answer["expected"], answer["remedy"])
    if memory is not None:
        with contextlib.suppress(OSError):  # a folder that cannot be written to only costs the next look
            memory.parent.mkdir(parents=True, exist_ok=True)
            memory.write_text(answer["kind"], encoding="ascii")
    return Passed(answer["kind"], sha256)


def _probed(path: Path) -> dict[str, str]:
    """What the look in its own process says; where that ended in another way, so much in the same form."""
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", PROBE, str(path.absolute())], cwd=ROOT, stdin=subprocess.DEVNULL,
            capture_output=True, timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return _ended("its opening took too long and was ended")
    if done.returncode == 0:
        answer: dict[str, str] = json.loads(done.stdout)
        return answer
    if done.returncode in (-signal.SIGABRT, 1) and (b"memory" in done.stderr or b"MemoryError" in done.stderr):
        return _ended(f"its opening asked for more than {MEMORY // MEGABYTE:,} MB of memory")
    if hasattr(signal, "SIGXCPU") and done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return _ended("its opening took too long and was ended")
    return {"found": f"its opening ended with code {done.returncode}", "expected": TABLES, "remedy": FETCH_AGAIN}


def _ended(found: str) -> dict[str, str]:
    return {"found": found, "expected": "a file of a usual size", "remedy": WHERE_FROM}


@functools.cache
def _version() -> str:
    """Changes with the code of this room and with the library that opens workbooks."""
    digest = hashlib.sha256(metadata.version("python-calamine").encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:12]
