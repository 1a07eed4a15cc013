"""What a file holds, in one word; and files that only their owner may read."""

import hashlib
import os
from pathlib import Path


def fingerprint(path: Path) -> str:
    """sha256 of a file as it lies."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Files that only their owner may read.
PRIVATE_FILE = 0o600


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, and see it to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
