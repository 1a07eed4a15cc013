"""The answers on one page of Markdown, picture included: what the UI shows first, and a file of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from assets.answers.health import HealthLine, headline, written
from assets.answers.recorded import NO_LEAGUE, NOT_BY_FORCE
from assets.published.replacing import replace
from assets.reconciled.gap.shown import drawing
from assets.tables.asking import Asked
from assets.tables.metadata import drawn
from assets.tables.staging import to_frame
from assets.words import wording
from assets.words.markdown import bullets, markdown_table, plain_markdown
from schemas.codes import THREAT
from schemas.rows import AnyRow, Record

FILE = "answers.md"
GAP, PAIRING = "reconciled.gap", "reference.pairing"
COMPARED = "FROM answer_for() WHERE may_be_compared <> 'no' ORDER BY threat, comparison"
NOT_COMPARED = "FROM answer_for() WHERE may_be_compared = 'no' ORDER BY threat, comparison"
FURTHER = "SELECT question, answer FROM ask(?) WHERE position BETWEEN 3 AND 5"
FORCES = """
FROM force_for() WHERE recorded IS NOT NULL
QUALIFY year_ending = max(year_ending) OVER ()
ORDER BY force, recorded DESC, threat, part
"""
LACKING = "SELECT DISTINCT threat, part, coverage FROM force_for() WHERE recorded IS NULL ORDER BY threat, part"
MOVED = "FROM release_note ORDER BY position LIMIT 8"
HEADINGS = (
    "Estimated v recorded",
    "Year ending",
    "Estimated",
    "Recorded",
    "Recorded per 100 estimated",
    "May they be compared",
)


@dataclass(frozen=True)
class AnswersPage:
    """The page: what it says by heading, each comparison in a line, the picture (Markdown), its build and its health."""

    words: Mapping[str, str]
    short: Mapping[str, str]
    picture: str
    build: str
    health: Sequence[HealthLine]

    def text(self) -> str:
        """The whole page: the picture and the answers first. The UI folds it below the picture, above the answers in short."""
        first, *rest = self.words.items()
        parts = [f"## {first[0]}", self.picture, first[1], *(f"## {heading}\n\n{text}" for heading, text in rest)]
        return "\n\n".join([*parts, f"Build {self.build}."]) + "\n"


def answers_page(file: Path, *, draw: bool = True) -> AnswersPage:
    """The page over a published file; without `draw` no picture is made."""
    with duckdb.connect(str(file), read_only=True) as connection:
        asked = Asked(connection)
        [build] = asked.rows("SELECT build_id FROM meta.build")
        health = written(asked)
        words = dict(_words(asked, health))
        short = {row["comparison"]: _short(row) for row in asked.rows(COMPARED)}
        frames = {key: to_frame(connection.sql(f"FROM {key}").to_arrow_table()) for key in (GAP, PAIRING)}
    picture = drawn(drawing, frames[GAP], {"pairing": frames[PAIRING]}) if draw else ""
    return AnswersPage(words, short, picture, build["build_id"], health)


def write_answers(page: AnswersPage, output: Path) -> Path:
    """Write the page as `output/answers.md`."""
    return replace(output / FILE, lambda path: path.write_text(page.text(), encoding="utf-8"))


def written_answers(output: Path) -> str | None:
    """The page that was written last; None where none was."""
    file = output / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _words(asked: Asked, lines: Sequence[HealthLine]) -> Iterator[tuple[str, str]]:
    yield (
        "The answers",
        markdown_table(HEADINGS, map(_line, asked.rows(COMPARED))) + f"\n\n**{wording.NOT_A_RATE}** {wording.ADVICE}",
    )
    yield "What moved since the build before", bullets(plain_markdown(row["sentence"]) for row in asked.rows(MOVED))
    for threat, name in THREAT.items():
        rows: Sequence[AnyRow] = asked.rows(FURTHER, threat)
        yield (
            f"{wording.capital(name)}: from where, what changed",
            "\n\n".join(
                f"**{question}**\n\n{bullets(dict.fromkeys(plain_markdown(row['answer']) for row in answers))}"
                for question, answers in groupby(rows, key=itemgetter("question"))
            ),
        )
    forces = asked.rows(FORCES)
    if forces:
        heading = ("Police force", "What was counted", "Year ending", "Recorded", "Per 1,000", "Change", "Among forces")
        lacking = bullets(
            f"{row['threat']}: {row['part']}. {plain_markdown(row['coverage'].removeprefix(NOT_BY_FORCE).strip())}"
            for row in asked.rows(LACKING)
        )
        older = (
            "Counts of earlier years stand in the table Forces of the workbook and on each force's page of the site."
        )
        yield (
            "What about my force",
            "\n\n".join(
                [markdown_table(heading, map(_force, forces)), NO_LEAGUE, older, f"**{NOT_BY_FORCE}**", lacking]
            ),
        )
    yield "Not compared, and why", bullets(_not_compared(asked.rows(NOT_COMPARED)))
    yield (
        "How well it is",
        bullets(
            [
                plain_markdown(headline(lines)),
                *(f"{plain_markdown(line.about)}: {plain_markdown(line.said)}" for line in lines if not line.well),
            ]
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


def _short(row: Record) -> str:
    """One comparison, short enough for the UI to show it without a click."""
    return (
        f"**{row['estimated']}** estimated, **{row['recorded']}** recorded, {wording.year_to(row['year_ending'])}:"
        f" {row['per_100']} per 100, {row['may_be_compared']}. {plain_markdown(wording.NOT_A_RATE)}"
    )


def _force(row: Record) -> tuple[object, ...]:
    return (
        row["force"], row["part"], wording.month(row["year_ending"]), wording.number(row["recorded"]),
        "" if row["rate"] is None else wording.number(row["rate"], 2), row["change"], row["among_forces"],
    )  # fmt: skip


def _not_compared(rows: Sequence[Record]) -> Iterator[str]:
    for row in rows:
        yield f"{plain_markdown(row['comparison'])}: {plain_markdown(row['why'].removeprefix('Not to be compared: '))}"
