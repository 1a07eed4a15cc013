"""Released files read in a process of its own (`python -m assets.archive.landed.apart`), started when the first has to be read.

It has so much memory and computing for each file. A file whose reading does not survive them, or that no reader foresaw, is
read once more in a new process, since it may have met what others before it left behind; then it is refused in words like any
other. What was read comes back as it is kept, in Parquet and JSON, so that nothing of a hostile file is executed on this side.
"""

import contextlib
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Self

from assets.archive.landed.kept import load, store
from assets.archive.landed.read_file import read_file
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Reading
from assets.words.problems import BadInput, Problem, cannot

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-X", "utf8", "-W", "ignore", "-m", "assets.archive.landed.apart"]
MEGABYTE = 1024 * 1024
MEMORY = 1_500 * MEGABYTE  # in use at once; the largest release that was tried takes 530, libraries and all
ADDRESSES = 8_000 * MEGABYTE  # asked for at once: libraries reserve much more than they use
CPU_SECONDS = 60  # the largest release that was tried takes two
PATIENCE_SECONDS = 600  # on a busy machine
LOOK_SECONDS = 0.02  # between two looks at the memory in use
USUAL = "a file that is read like others of its publication"
TOO_MUCH = f"its reading asked for more than {MEMORY // MEGABYTE:,} MB of memory"
ASK = "Nothing else is affected. Check where the file comes from; where it is genuine, report it as a fault of the reader."


class Apart:
    """Reads files one after another in a process of its own, until the end of the block; all against the same reference."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._too_much = False
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="darkfigure-reading-")))
        self._errors = self._stack.enter_context((self._folder / "errors").open("w+b"))
        return self

    def __exit__(self, *error: object) -> None:
        self._end()
        self._stack.close()

    def __call__(self, path: Path, place: str, reference: Reference) -> Reading:
        """As `read_file`; BadInput too for a file whose reading ends in another way."""
        reading = self._folder / "reading"
        question = {"path": str(path.absolute()), "place": place, "to": str(reading)}
        first = self._child is None
        answer = self._asked(question, reference)
        if not first and (answer is None or "fault" in answer):
            self._end()
            answer = self._asked(question, reference)
        if answer is None:
            raise _refused(place, self._why())
        if "fault" in answer:
            raise _refused(place, answer["fault"])
        if answer:
            raise BadInput(answer["what"], [Problem(**problem) for problem in answer["problems"]])
        made = load(reading)
        shutil.rmtree(reading, ignore_errors=True)
        return made

    def _asked(self, question: dict[str, str], reference: Reference) -> dict[str, Any] | None:
        """The answer of the child; None where it ended without one."""
        child = self._child or self._begun(reference)
        assert child.stdin is not None and child.stdout is not None
        line = b""
        with self._watched(child), contextlib.suppress(BrokenPipeError):
            child.stdin.write(json.dumps(question).encode() + b"\n")
            child.stdin.flush()
            line = child.stdout.readline()
        if not line.endswith(b"\n"):
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    @contextlib.contextmanager
    def _watched(self, child: "subprocess.Popen[bytes]") -> Iterator[None]:
        """Ends the child where a file takes more memory or time than it may."""
        answered, until = threading.Event(), time.monotonic() + PATIENCE_SECONDS
        self._too_much = False

        def watch() -> None:
            while not answered.wait(LOOK_SECONDS) and not self._too_much and time.monotonic() < until:
                self._too_much = _in_use(child.pid) > MEMORY
            if not answered.is_set():
                child.kill()

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            answered.set()
            watching.join()

    def _begun(self, reference: Reference) -> "subprocess.Popen[bytes]":
        self._errors.truncate(0)
        self._child = child = subprocess.Popen(
            COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )
        assert child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it ended at once: the first question will tell
            pickle.dump(reference, child.stdin)
        return child

    def _why(self) -> str:
        """How the child ended, in words."""
        code = self._end()
        self._errors.seek(0)
        errors = self._errors.read().decode("utf-8", "replace")
        if self._too_much or "memory" in errors.lower():
            return TOO_MUCH
        if hasattr(signal, "SIGXCPU") and code in (-signal.SIGXCPU, -signal.SIGKILL):
            return "its reading took too long and was ended"
        return f"its reading ended with code {code}"

    def _end(self) -> int:
        child, self._child = self._child, None
        if child is None:
            return 0
        assert child.stdin is not None and child.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        try:
            return child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()
        finally:
            child.stdout.close()


def _refused(place: str, found: str) -> BadInput:
    return cannot(f"{place} is not read", place, found, USUAL, ASK)


def _in_use(process: int) -> int:
    """Bytes of memory that a process has in use, where the system tells."""
    with contextlib.suppress(OSError):
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE")
    return 0


def main() -> None:
    """Read what is asked for, line by line, until the end of the input."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that a library prints is an answer
    reference: Reference = pickle.load(asked)  # written by who started this process
    _limit_memory()
    for line in iter(asked.readline, b""):
        _limit_time()
        _answer(answers, _read(json.loads(line), reference))


def _read(question: dict[str, str], reference: Reference) -> dict[str, Any]:
    try:
        store(Path(question["to"]), read_file(Path(question["path"]), question["place"], reference))
    except BadInput as error:
        return {"what": error.what, "problems": [asdict(problem) for problem in error.problems]}
    except MemoryError:
        return {"fault": TOO_MUCH}
    except BaseException as error:  # a panic of a library is no Exception
        if "memory" in str(error).lower() or "realloc" in str(error):
            return {"fault": TOO_MUCH}
        return {"fault": f"a content that its reader did not foresee ({type(error).__name__}: {str(error)[:200]})"}
    return {}


def _answer(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, default=str).encode() + b"\n")
    answers.flush()


def _limit_memory() -> None:
    """No allocation that is absurd, and no dump of the memory; what is really used is watched by who started this process."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, hard))


def _limit_time() -> None:
    """So many seconds of computing from now on."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


if __name__ == "__main__":
    main()
