"""What the command line says of claims: a list by verdict, and the check of anybody's claims file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from assets.statement.claims_file import read_claims
from assets.statement.conflicts import conflicts
from assets.statement.finding import GRAVITY
from assets.statement.ledger import counted, judged, other_window
from assets.tables.records import Record, records
from assets.words.problems import BadInput, Problem
from schemas.codes import CLAIM_VERDICT


@dataclass(frozen=True)
class Line:
    """One claim as the terminal shows it."""

    claim: str
    place: str
    printed: str
    says: str
    verdict: str
    sentence: str


@dataclass(frozen=True)
class Answer:
    """The claims asked for, the number of each verdict over all of them, and the sets that cannot all be true."""

    title: str
    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    conflicts: tuple[str, ...]


def claims_by_verdict(claims: pd.DataFrame, conflict: pd.DataFrame, wanted: Collection[str] = ()) -> Answer:
    """`darkfigure claims`: the claims of the staged or published tables, the gravest verdicts first.

    claims: `statement.claim`; conflict: `statement.conflict`; wanted: verdicts to show, empty for all.
    """
    _known(wanted)
    rows = records(claims)
    verdicts = [row["verdict"] for row in rows]
    lines = [
        Line(
            row["claim"],
            _place(row),
            row["printed"],
            row["says"],
            row["verdict"],
            row["sentence"],
        )
        for row in rows
        if not wanted or row["verdict"] in wanted
    ]
    counts = {verdict: verdicts.count(verdict) for verdict in CLAIM_VERDICT if verdict in verdicts}
    said = tuple(row["sentence"] for row in records(conflict))
    return Answer(
        f"{len(rows)} claims of {', '.join(sorted({row['document'] for row in rows}))}", _sorted(lines), counts, said
    )


def check_file(path: Path, tables: Mapping[str, pd.DataFrame], wanted: Collection[str] = ()) -> Answer:
    """`darkfigure claims check FILE.yaml`: the same checks over a claims file; BadInput names file, claim and field.

    tables: staged tables by key, all of `ledger.INPUTS`.
    """
    _known(wanted)
    document = read_claims(path, str(path))
    found = list(judged(document, tables).values())
    lines = [
        Line(
            one.claim.key,
            one.claim.place(),
            one.claim.printed,
            one.claim.says,
            one.verdict,
            one.sentence,
        )
        for one in found
        if not wanted or one.verdict in wanted
    ]
    said = tuple(one.sentence for one in conflicts(document, other_window(tables)))
    return Answer(
        f"{len(found)} claims of {document.title} ({document.publisher}, {document.published})",
        _sorted(lines),
        counted(found),
        said,
    )


def in_text(answer: Answer) -> str:
    """An answer as plain text."""
    parts = [
        answer.title,
        ", ".join(f"{verdict.replace('_', ' ')} {count}" for verdict, count in answer.counts.items()),
        "",
    ]
    for line in answer.lines:
        parts += [
            f"{line.verdict.replace('_', ' ')}: {line.says} ({line.claim}; {line.place})",
            f'    "{line.printed}"',
            f"    {line.sentence}",
        ]
    if answer.conflicts:
        parts += ["", "Claims that cannot all be true:", *(f"    {sentence}" for sentence in answer.conflicts)]
    return "\n".join(parts)


def _known(wanted: Collection[str]) -> None:
    problems = [
        Problem("--verdict", "", verdict, f"one of {', '.join(CLAIM_VERDICT)}", "Choose one of them.")
        for verdict in wanted
        if verdict not in CLAIM_VERDICT
    ]
    if problems:
        raise BadInput("There is no such verdict", problems)


def _place(row: Record) -> str:
    parts = [row["section"].replace("_", " ")]
    parts += [f"{name} {row[name]}" for name in ("paragraph", "item") if row[name]]
    return ", ".join(parts)


def _sorted(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: GRAVITY[line.verdict]))
