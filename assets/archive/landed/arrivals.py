"""Has something new arrived in the landing folder, and has it arrived whole? Pure: what was seen before comes in, and goes out.

A file that is still being copied grows. So a change is acted on only when two looks in a row see the same sizes and times; and
only when the content is another than the one acted on last, so that touching or renaming back a file starts nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from assets.archive.gate.landing import landed_files
from assets.tables.files import fingerprint
from assets.words.wording import first_of, number_of

NAMED = 5


@dataclass(frozen=True)
class Seen:
    """What the last look saw.

    stats:   path below the landing folder -> size and time of change, of the last look
    settled: the stats for which the content was last compared
    content: path -> sha256, of the last state that was acted on
    acted:   how many times something was acted on
    """

    stats: dict[str, list[int]] = field(default_factory=dict)
    settled: dict[str, list[int]] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)
    acted: int = 0

    def dump(self) -> str:
        """As text, for a cursor."""
        return json.dumps(asdict(self), sort_keys=True)


def seen(cursor: str | None) -> Seen:
    """What a cursor says; an empty folder where there is none yet or it is unreadable."""
    try:
        return Seen(**json.loads(cursor)) if cursor else Seen()
    except (ValueError, TypeError):
        return Seen()


@dataclass(frozen=True)
class Look:
    """What a look found: is a refresh called for, why or why not in words, a key of this state, and what to remember."""

    refresh: bool
    says: str
    key: str
    remember: Seen


def look(landing: Path, before: Seen) -> Look:
    """Look at the landing folder."""
    now: dict[str, list[int]] = {}
    for path in landed_files(landing):
        stat = path.stat()
        now[path.relative_to(landing).as_posix()] = [stat.st_size, stat.st_mtime_ns]
    if now != before.stats:
        return Look(
            False, f"Waiting until nothing changes any more: {_differing(now, before.stats)}.", "", replace(before, stats=now)
        )  # fmt: skip
    same = f"Nothing new in {landing}: {number_of(len(now), 'file')}, as at the last look."
    if now == before.settled:
        return Look(False, same, "", before)
    content = {name: fingerprint(landing / name) for name in now}
    if content == before.content:
        return Look(False, same, "", replace(before, settled=now))
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    # The count keeps a state that comes back, after a file was taken away, from being taken for the run of before.
    key = f"{before.acted + 1}-{digest[:16]}"
    says = f"Landed, changed or gone: {_differing(content, before.content)}."
    return Look(True, says, key, Seen(now, now, content, before.acted + 1))


def _differing(this: Mapping[str, object], other: Mapping[str, object]) -> str:
    names = sorted(name for name in this.keys() | other.keys() if this.get(name) != other.get(name))
    return first_of(names, NAMED)
