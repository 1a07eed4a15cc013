"""Files that only their owner may read."""

import os
from pathlib import Path

PRIVATE_FILE = 0o600


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, and see it to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
