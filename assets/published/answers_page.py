"""The answers on one page of Markdown, picture included: what the UI shows first, and a file of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.answers.health import Line, headline
from assets.published.replacing import replace
from assets.reconciled.gap.shown import drawing
from assets.tables.asking import Asked
from assets.tables.metadata import drawn
from assets.tables.staging import to_frame
from assets.words import wording
from assets.words.markdown import bullets, plain, table
from schemas.types import Record

FILE = "answers.md"
GAP, PAIRING = "reconciled.gap", "reference.pairing"
COMPARED = "FROM answer_for() WHERE may_be_compared <> 'no' ORDER BY threat, comparison"
NOT_COMPARED = "FROM answer_for() WHERE may_be_compared = 'no' ORDER BY threat, comparison"
MOVED = "FROM release_note ORDER BY position LIMIT 8"
HEALTH = (
    "SELECT about, well, said, coalesce(remedy, '') AS remedy, matters, together FROM meta.health ORDER BY position"
)
HEADINGS = (
    "Estimated v recorded",
    "Year ending",
    "Estimated",
    "Recorded",
    "Recorded per 100 estimated",
    "May they be compared",
)


@dataclass(frozen=True)
class Page:
    """The page: what it says by heading, the picture as Markdown, the build that it is of, and what was looked at for it."""

    words: Mapping[str, str]
    picture: str
    build: str
    health: Sequence[Line]

    def text(self) -> str:
        """The whole page: the answers and the picture first."""
        first, *rest = self.words.items()
        parts = [f"## {first[0]}\n\n{first[1]}", self.picture, *(f"## {heading}\n\n{said}" for heading, said in rest)]
        return "\n\n".join([*parts, f"Build {self.build}."]) + "\n"


def answers_page(file: Path, *, draw: bool = True) -> Page:
    """The page over a published file; without `draw` no picture is made."""
    with duckdb.connect(str(file), read_only=True) as connection:
        asked = Asked(connection)
        [build] = asked.rows("SELECT build_id FROM meta.build")
        health = [Line(**row) for row in asked.rows(HEALTH)]
        words = dict(_words(asked, health))
        frames = {key: to_frame(connection.sql(f"FROM {key}").to_arrow_table()) for key in (GAP, PAIRING)}
    picture = drawn(drawing, frames[GAP], {"pairing": frames[PAIRING]}) if draw else ""
    return Page(words, picture, build["build_id"], health)


def write_answers(page: Page, output: Path) -> Path:
    """Write the page as `output/answers.md`."""
    return replace(output / FILE, lambda path: path.write_text(page.text(), encoding="utf-8"))


def written_answers(output: Path) -> str | None:
    """The page that was written last; None where none was."""
    file = output / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _words(asked: Asked, found: Sequence[Line]) -> Iterator[tuple[str, str]]:
    yield (
        "The answers",
        table(HEADINGS, map(_line, asked.rows(COMPARED))) + f"\n\n**{wording.NOT_A_RATE}** {wording.ADVICE}",
    )
    yield "What moved since the build before", bullets(plain(row["sentence"]) for row in asked.rows(MOVED))
    yield "Not compared, and why", bullets(_not_compared(asked.rows(NOT_COMPARED)))
    yield (
        "How well it is",
        bullets(
            [plain(headline(found)), *(f"{plain(line.about)}: {plain(line.said)}" for line in found if not line.well)]
        ),
    )
    yield (
        "Look further",
        "A threat and a force in one step: `from ask('stalking', 'Avon and Somerset')` in the file,"
        " `darkfigure show stalking --force 'Avon and Somerset'` on the terminal, the first sheet of the workbook.",
    )


def _line(row: Record) -> tuple[object, ...]:
    return (
        f"{row['comparison']}, {row['who']}", wording.month(row["year_ending"]), row["estimated"], row["recorded"],
        row["per_100"], row["may_be_compared"],
    )  # fmt: skip


def _not_compared(rows: Sequence[Record]) -> Iterator[str]:
    for row in rows:
        yield f"{plain(row['comparison'])}: {plain(row['why'].removeprefix('Not to be compared: '))}"
