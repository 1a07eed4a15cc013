"""What a table is made of, in one hash: where it is that of the staged table, the table is not made again.

Everything that can change a table is in it: the tables it gets, all tracked data, the code, the installed packages and the day.
What looks at released files, returns or an earlier build is always made.
"""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from assets.tables import staging
from assets.tables.files import fingerprint
from assets.tables.surroundings import UNTRACKED, code_version, environment, tracked_files
from assets.tables.workspace import Workspace
from assets.words.problems import BadInput
from schemas.table import Contract

# A run with this tag makes every table.
ANEW = "darkfigure/anew"


def made_of(place: Workspace, reads: Sequence[str], inputs: Mapping[str, str], run: str) -> str:
    """The hash of what a table is made of; empty where it reads what is not tracked data.

    reads: what it reads below the data folder; inputs: table key -> content hash; run: its tables see one state of the data
    """
    if not all(_tracked(place.data / path) for path in reads):
        return ""
    ingredients = [
        _surroundings(run, place.data),
        str(place.as_of or ""),
        sorted(inputs.items()),
        datetime.date.today().isoformat(),
    ]
    return hashlib.sha256(json.dumps(ingredients).encode()).hexdigest()


def staged_alike(folder: Path, tables: Mapping[str, Contract], recipe: str) -> dict[str, staging.Staged]:
    """Some tables that are staged and were made of the same; none where any was not."""
    if not recipe:
        return {}
    staged_tables: dict[str, staging.Staged] = {}
    for key, table in tables.items():
        try:
            staged_tables[key] = staging.read_staged(folder, table)
            if staged_tables[key].made_of != recipe or staged_tables[key].table.num_rows != staged_tables[key].rows:
                return {}
        except BadInput:  # its rows are read, so that one that has broken since is made again
            return {}
    return staged_tables


def _tracked(path: Path) -> bool:
    return path.exists() and path.name not in UNTRACKED


@lru_cache(maxsize=4)
def _surroundings(run: str, data: Path) -> str:
    """A hash of all tracked data, the code and the installed packages."""
    files = [(path.relative_to(data).as_posix(), fingerprint(path)) for path in tracked_files(data)]
    return hashlib.sha256(json.dumps([code_version(), environment(), files]).encode()).hexdigest()
