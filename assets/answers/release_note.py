"""What moved since the build before, in words: the first line says how much, what matters most follows."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from assets.words import wording
from schemas.row_types import ReleaseNoteRow

MOVED = {
    "release": ("release is new", "releases are new"), "answer": ("answer moved", "answers moved"),
    "verdict": ("verdict changed", "verdicts changed"), "figure": ("figure was revised", "figures were revised"),
}  # fmt: skip
FIRST = "This is the first build here: there is no build before it to set it against."


def release_note(moved: Sequence[ReleaseNoteRow], since: datetime.datetime | None) -> Iterator[ReleaseNoteRow]:
    """Rows of `main.release_note`.

    moved: what differs from the build before, what matters most first; since: when that was made, None without one.
    """
    yield _row(1, {"kind": "build", "what": "This build and the one before it"}, _headline(moved, since))
    for position, row in enumerate(moved, start=2):
        yield _row(position, row, _sentence(row))


def _headline(moved: Sequence[ReleaseNoteRow], since: datetime.datetime | None) -> str:
    if since is None:
        return FIRST
    counted = Counter(row["kind"] for row in moved)
    said = [f"{number:,} {MOVED[kind][number != 1]}" for kind in MOVED if (number := counted[kind])]
    before = f"the build of {wording.day_words(since.date())}, {since:%H:%M} UTC"
    return f"Since {before}: {wording.listed(said)}." if said else f"Nothing moved since {before}."


def _sentence(row: ReleaseNoteRow) -> str:
    when = f", year to {row['year_ending']:%B %Y}" if row["year_ending"] is not None else ""
    if row["kind"] == "release":
        return f"New release: {row['what']}."
    if row["before"] is None:
        return f"New: {row['what']}{when}: {row['now']}."
    if row["now"] is None:
        return f"No longer given: {row['what']}{when}; it was {row['before']}."
    return f"{row['what']}{when}: {row['now']}; before, {row['before']}."


def _row(position: int, row: ReleaseNoteRow, sentence: str) -> ReleaseNoteRow:
    return {**row, "position": position, "sentence": sentence}
