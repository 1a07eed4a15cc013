"""What a return that counts is counted by: the queries of its cube and of its flags, over rows as they are kept."""

import hashlib
from functools import cache

from assets.returns.checks.predicates import counted_by, row_key, stored
from assets.returns.intake.aside import ASKED
from assets.returns.intake.store import Judged
from assets.tables.querying import query
from schemas.derive import quoted
from schemas.returns import FLAGS, TEMPLATES

CUBE, FLAGS_FILE = "cube.parquet", "flags.parquet"


def counted(rows: str, profile: str, top_age: float) -> dict[str, str]:
    """File of counts -> the query that makes it of some rows. top_age: ages from here on count as this one, in years."""
    known = f"(SELECT *, {counted_by(profile, int(top_age))} FROM {rows})"
    counts = {CUBE: f"{query(__file__, 'cube', rows=known)} ORDER BY ALL"}
    if profile == "record":
        values = ", ".join(
            f"{{'flag': {quoted(name)}, 'value': coalesce({name}::VARCHAR, 'not_recorded')}}" for name in FLAGS
        )
        of_flags = query(__file__, "flags", rows=known, flags=", ".join(FLAGS), values=values)
        counts[FLAGS_FILE] = f"{of_flags} ORDER BY ALL"
    return counts


@cache
def layout() -> str:
    """Changes when what is kept of a return does: of its rows and their key, then of its counts and of what is set aside."""
    of_rows = [*map(stored, TEMPLATES), *map(row_key, TEMPLATES)]
    of_counts = [*(counted("", of, 0) for of in TEMPLATES), ASKED]
    return "-".join(hashlib.sha256(repr(kept).encode()).hexdigest()[:6] for kept in (of_rows, of_counts))


def keeps_rows_alike(judged: Judged) -> bool:
    """Are the rows of a return kept as they are now?"""
    return judged.layout.partition("-")[0] == layout().partition("-")[0]
