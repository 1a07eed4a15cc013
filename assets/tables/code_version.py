"""The version of the code behind every table: a hash of all of it, so that the UI never calls a table synced that is not."""

import hashlib
from functools import cache
from pathlib import Path

ROOMS = ("assets", "schemas")
CHECKOUT = Path(__file__).resolve().parents[2]


@cache
def code_version() -> str:
    """A short hash over the names and contents of every file of assets/ and schemas/: any change may change any table."""
    digest = hashlib.sha256()
    for path in sorted(path for room in ROOMS for path in (CHECKOUT / room).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(CHECKOUT).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
