"""One refresh at a time."""

import subprocess
import sys
from pathlib import Path

import pytest
from kit import ROOT

from assets.published.lock import Busy, only_one

HOLD = "import sys, time; sys.path[:0] = [sys.argv[2]]; from pathlib import Path; from assets.published.lock import only_one\n"
HOLD += "with only_one(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(float(sys.argv[3]))"


def holder(path: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), str(ROOT), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_a_held_lock_is_said_with_its_path_and_the_way_to_wait(tmp_path: Path) -> None:
    path = tmp_path / "interim" / "refresh.lock"
    other = holder(path, 30)
    try:
        with pytest.raises(Busy) as caught, only_one(path):
            pass
        assert (
            str(path) in str(caught.value)
            and "--wait SECONDS" in str(caught.value)
            and "Nothing was changed" in str(caught.value)
        )
    finally:
        other.kill()
        other.wait()
    with only_one(path):
        pass  # a lock dies with the process that held it


def test_who_waits_long_enough_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "refresh.lock"
    other = holder(path, 1.5)
    with pytest.raises(Busy), only_one(path):
        pass
    with only_one(path, wait=20):
        assert other.wait(5) == 0, "who held it has let it go"


def test_one_process_may_take_it_again_within_itself(tmp_path: Path) -> None:
    """A refresh holds it, and its publishing step takes it too."""
    path = tmp_path / "refresh.lock"
    with only_one(path), only_one(path):
        other = subprocess.run(
            [sys.executable, "-c", HOLD, str(path), str(ROOT), "0"], capture_output=True, text=True, check=False
        )
        assert other.returncode == 1 and "Busy" in other.stderr


def test_an_error_inside_lets_it_go(tmp_path: Path) -> None:
    path = tmp_path / "refresh.lock"
    with pytest.raises(ZeroDivisionError), only_one(path):
        raise ZeroDivisionError
    holder(path, 0).wait()
