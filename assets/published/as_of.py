"""The file of a day of the past, beside the published file: a copy, since its builds are not those that readers follow."""

import os
import shutil
from pathlib import Path

from assets.published.builds import READ_ONLY


def keep_copy(build: Path, target: Path) -> Path:
    """Put a build in its place in one step, read-only; whatever fails, the file that stood there stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(build, beside)
        beside.chmod(READ_ONLY)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target
