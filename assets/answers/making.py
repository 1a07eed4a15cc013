"""Make the answers from the tables behind them: SQL finds the rows, plain functions say them in words.

It runs while a build is written, on a connection whose default catalog is the new file with all its tables filled.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.answers.answer import answer, threat
from assets.answers.health import health
from assets.answers.names import CALLED, sql
from assets.answers.recorded import breakdown, force, region
from assets.archive.identity.cadence import next_due
from assets.tables.asking import Asked
from assets.tables.conform import conform, framed, validate
from assets.words import wording
from schemas.derive import arrow_schema, quoted
from schemas.registry import contract
from schemas.row_types import ChangeRow, NameRow, ReleaseNoteRow
from schemas.rows import AnyRow, Record

RECORDING = "A change of recorded offences is one of recording as much as of crime."
NO_SURVEY = "Whether more or fewer people were victims: no two years of one survey series are held."
NO_PAIR = "Whether the two moved apart: each side has an uncertainty of its own, and no test of their ratio is made."


def change(row: AnyRow) -> ChangeRow:
    """A row of `main.change` of a comparison with the newest change of either side."""
    can, cannot = list[str](), list[str]()
    for side, blocked, reason in (
        ("The survey", row["estimated_verdict"] == "block", row["estimated_reason"]),
        ("Recorded offences", row["blocked"], row["block_reason"] or row["recorded_reason"]),
    ):
        if reason:
            (cannot if blocked else can).append(f"{side}: {wording.small(wording.sentence(reason))}")
    if row["parts"]:
        cannot.append(RECORDING)
    cannot.append(NO_PAIR if row["estimated_row_id"] else NO_SURVEY)
    return {
        "threat": threat(row["threat"]),
        "comparison": wording.capital(row["label"]),
        "year_ending": max(day for day in (row["estimated_to"], row["recorded_to"]) if day is not None),
        "estimated": _estimated(row),
        "recorded": "; ".join(_part(part) for part in row["parts"]) if row["parts"] else None,
        "can_be_said": " ".join(can) or "Nothing: see what cannot be said.",
        "cannot_be_said": " ".join(cannot),
        "estimated_row_id": row["estimated_row_id"],
        "recorded_row_id": row["recorded_row_id"],
    }


def _estimated(row: AnyRow) -> str | None:
    if row["estimated_row_id"] is None:
        return None
    points = ""
    if row["change_points"] is not None:
        limits = wording.between(row["points_lower"], row["points_upper"], 1).replace("-", "\N{MINUS SIGN}")
        points = (
            f" ({wording.signed(row['change_points'])} points"
            + ("" if limits == wording.NOTHING else f"; {limits}")
            + ")"
        )
    return (
        f"{wording.number(row['estimated_before'], 1)}% in the year to {row['estimated_from']:%B %Y},"
        f" {wording.number(row['estimated_after'], 1)}% in the year to {row['estimated_to']:%B %Y}{points}:"
        f" {wording.WHOM[row['sex']]} aged {row['age']}"
    )


def _part(part: AnyRow) -> str:
    percent = f" ({wording.signed(part['percent'])}%)" if part["percent"] is not None else ""
    what = wording.first_sentence(part["definition"] or "")
    return (
        f"{what}: {wording.number(part['before'])} in the year to {part['from_end']:%B %Y},"
        f" {wording.number(part['after'])} in the year to {part['to_end']:%B %Y}{percent}"
    )


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
    moves = [f"{number:,} {MOVED[kind][number != 1]}" for kind in MOVED if (number := counted[kind])]
    before = f"the build of {wording.day_words(since.date())}, {since:%H:%M} UTC"
    return f"Since {before}: {wording.listed(moves)}." if moves else f"Nothing moved since {before}."


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


def source(row: Record) -> Record:
    """A row of `main.source` of a publication with its newest release."""
    due = next_due(row["released"], row["year_ending"], row["cadence"])
    return {**row, "next_due": due, "standing": wording.designation(row["designation"]) or None}


def name(row: NameRow) -> NameRow:
    """A row of `meta.name`."""
    return {**row, "said": threat(row["code"]) if row["kind"] == "threat" else row["name"]}


# Key -> file of its query, and what makes a row in words of a row of it.
IN_WORDS: Mapping[str, tuple[str, Callable[[Record], AnyRow]]] = {
    "meta.name": ("name", name),
    "main.source": ("source", source),
    "main.answer": ("answer", answer),
    "main.breakdown": ("breakdown", breakdown),
    "main.change": ("change", change),
    "main.force": ("force", force),
    "main.region": ("region", region),
}
BEFORE_HAS = (
    "SELECT count(*) FROM duckdb_tables()"
    " WHERE database_name = 'before' AND schema_name = 'main' AND table_name = 'answer'"
)


def make(
    connection: duckdb.DuckDBPyConnection, before: Path | None, today: datetime.date
) -> Iterator[tuple[str, pa.Table]]:
    """Key and rows of every answer table; each must be in the file before the next is asked for.

    before: the build that this one follows, None for the first; today: the day by which ages are counted
    """
    for call, query, _ in CALLED:
        connection.execute(f"CREATE MACRO {call} AS {query}")
    asked = Asked(connection)
    for key, (query, in_words) in IN_WORDS.items():
        yield key, _table(key, [in_words(row) for row in asked.rows(sql(query))])
    yield "main.release_note", _table("main.release_note", _moved(connection, asked, before))
    yield "meta.health", _table("meta.health", health(asked, today))


def _moved(connection: duckdb.DuckDBPyConnection, asked: Asked, before: Path | None) -> list[ReleaseNoteRow]:
    if before is None:
        return [*release_note([], None)]
    connection.execute(f"ATTACH {quoted(str(before))} AS before (READ_ONLY)")
    try:
        if not connection.execute(BEFORE_HAS).fetchall()[0][0]:
            return [*release_note([], None)]
        [(since,)] = connection.execute("SELECT built_at FROM before.meta.build").fetchall()
        return [*release_note(asked.rows(sql("release_note")), since)]
    finally:
        connection.execute("DETACH before")


def _table(key: str, rows: Sequence[AnyRow]) -> pa.Table:
    table = contract(key)
    frame = conform(framed(rows, key), table)
    validate(frame, table)
    return pa.Table.from_pandas(frame, schema=arrow_schema(table.model), preserve_index=False)
