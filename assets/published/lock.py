"""One refresh at a time: the lock that a refresh and publishing take."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assets.words.problems import Busy


@contextmanager
def only_one(path: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock, waiting at most `wait` seconds for it; within one process it may be taken again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, is_singleton=True, thread_local=False)
    try:
        with lock.acquire(timeout=wait):
            yield
    except Timeout:
        raise Busy(
            f"Another refresh is running: it holds {path}. Nothing was changed. Try again when it is done, or let this one"
            " wait for it with --wait SECONDS."
        ) from None
