"""Put a made file in its place in one step, so that readers never see half of it."""

import os
from collections.abc import Callable
from pathlib import Path


def replace(target: Path, write: Callable[[Path], object]) -> Path:
    """Write a file beside its place with `write(path)` and rename it there; whatever fails, the old file stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        write(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target
