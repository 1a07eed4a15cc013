"""The releases of a published file: what it holds of each, and which of them changed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from assets.tables.asking import asking
from assets.tables.querying import query
from schemas.rows import Record


def releases_held(file: Path) -> dict[str, Record]:
    """`<publication> <release>` -> what it is, its `figures`, how many are `doubted`, its `files`, whether it is `newest`."""
    with asking(file) as asked:
        rows = asked.rows(query(__file__, "releases_held"))
    return {f"{row['source']} {row['release']}": row for row in rows}


def changed_releases(releases: Mapping[str, Record], known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(release, version) of every one whose row is not what the version `known` of it was made of."""
    for name, row in releases.items():
        version = hashlib.sha256(json.dumps(row, default=str).encode()).hexdigest()[:16]
        if known.get(name) != version:
            yield name, version
