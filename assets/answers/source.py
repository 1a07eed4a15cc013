"""Publications in words: the newest release that is held of each, and when the next one is due."""

from assets.archive.cadence import next_due
from assets.words import wording
from schemas.rows import Record


def source(row: Record) -> Record:
    """A row of `main.source` of a publication with its newest release."""
    due = next_due(row["released"], row["year_ending"], row["cadence"])
    return {**row, "next_due": due, "standing": wording.designation(row["designation"]) or None}
