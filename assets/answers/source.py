"""Publications in words: the newest release that is held of each, and when the next one is due."""

from assets.archive.cadence import next_due
from assets.words import wording
from schemas.row_types import SourceRow
from schemas.rows import AnyRow


def source(row: AnyRow) -> SourceRow:
    """A row of `main.source` of a publication with its newest release."""
    return {
        "publication": row["title"],
        "publisher": row["publisher"],
        "newest_release": row["release_title"],
        "released": row["released"],
        "year_ending": row["period_end"],
        "next_due": next_due(row["released"], row["period_end"], row["cadence"]),
        "standing": wording.designation(row["designation"]) or None,
        "figures": row["figures"],
        "address": row["address"],
        "source": row["source"],
    }
