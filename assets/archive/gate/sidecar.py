"""The sidecar of a released file: where it came from, and when."""

import contextlib
import datetime
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assets.words.problems import cannot

SIDECAR = ".source.json"


@dataclass(frozen=True)
class Sidecar:
    """What is recorded of a landed file, in `<file>.source.json` beside it.

    url: where it was fetched; etag, last_modified: as the server gave them, for asking whether it changed
    period_end, released, next_release: as the publisher said them; dates as yyyy-mm-dd
    """

    source: str
    release: str
    file: str
    url: str
    title: str
    bytes: int
    sha256: str
    fetched_at: str
    period_end: str | None = None
    released: str | None = None
    next_release: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    def write(self, path: Path) -> None:
        """Write the sidecar of a landed file by temporary file and rename."""
        target = sidecar_of(path)
        temporary = target.with_name(f".{target.name}.tmp")
        temporary.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        temporary.replace(target)


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a landed file lies."""
    return path.with_name(path.name + SIDECAR)


def has_sidecar(path: Path) -> bool:
    """Is there one? Beside a file whose name leaves no room for a longer one there is none."""
    with contextlib.suppress(OSError):
        return sidecar_of(path).is_file()
    return False


def read_sidecar(path: Path) -> Sidecar | None:
    """The sidecar of a landed file; None where there is none. BadInput where it cannot be read."""
    beside = sidecar_of(path)
    if not has_sidecar(path):
        return None
    try:
        return Sidecar(**json.loads(beside.read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError) as error:
        raise cannot(f"{beside.name} cannot be read", str(beside), str(error), "the record of a fetch",
                     "Delete it: the file itself will then count as dropped in by hand.") from None  # fmt: skip


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0).isoformat()
