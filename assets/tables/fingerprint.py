"""What a file holds, in one word."""

import hashlib
from pathlib import Path


def fingerprint(path: Path) -> str:
    """sha256 of a file as it lies."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
