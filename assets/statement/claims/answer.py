"""What the command line says of claims: a list by verdict, and the check of anybody's claims file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from assets.statement.claims import ledger
from assets.statement.claims.findings import GRAVITY
from assets.tables.records import Frames, Record, records
from assets.words.plain import plain
from assets.words.problems import BadInput, Problem
from assets.words.wording import number_of
from schemas.codes import CLAIM_VERDICT, CLAIM_WEIGHT
from schemas.rows import AnyRow

CUT_OFF = (
    "The search for sets that cannot all be true was cut off: there are more than the {} found. "
    "Mend these first, or check the parts of the document in files of their own."
)


@dataclass(frozen=True)
class ClaimsAnswer:
    """Rows of `statement.claim` asked for, the number of each verdict over all, and the sets that cannot all be true.

    new_faults: claims with a fault that nobody has signed or acknowledged; remarks: what else must be known
    """

    title: str
    rows: Sequence[Record]
    counts: Mapping[str, int]
    weights: Mapping[str, int]
    conflicts: Sequence[str]
    new_faults: Sequence[str] = ()
    remarks: Sequence[str] = ()


def claims_by_verdict(claims: pd.DataFrame, conflict: pd.DataFrame, wanted: Collection[str] = ()) -> ClaimsAnswer:
    """`darkfigure claims`: the claims of the staged or published tables, the gravest verdicts first.

    claims: `statement.claim`; conflict: `statement.conflict`; wanted: verdicts to show, empty for all.
    """
    title = f"{number_of(len(claims), 'claim')} of {', '.join(sorted(set(claims['document'])))}"
    return _answer(title, records(claims), records(conflict), wanted)


def check_file(
    path: Path,
    tables: Frames,
    wanted: Collection[str] = (),
    known: Collection[tuple[str, str, str]] = (),
) -> ClaimsAnswer:
    """`darkfigure claims check FILE.yaml`: the same checks over a claims file; BadInput names file, claim and field.

    tables: staged tables by key, all of `ledger.INPUTS`; known: document, claim and verdict of faults that are known already
    """
    document = ledger.read_document(path, tables, str(path))
    judgement = ledger.judged_document(document, tables)
    claims = judgement.claims.values()
    rows = records(ledger.claim_rows(document, claims))
    conflict = records(ledger.conflict_rows(document, judgement))
    about = document.document
    title = f"{number_of(len(rows), 'claim')} of {about.title} ({about.publisher}, {about.published})"
    cut_off = () if judgement.arithmetic.complete else (CUT_OFF.format(len(conflict)),)
    answer = _answer(title, rows, conflict, wanted, cut_off)
    new = [
        judged.claim.id
        for judged in claims
        if judged.weight == "fault"
        and not judged.is_signed(document)
        and (document.key, judged.claim.id, judged.verdict) not in known
    ]
    return replace(answer, new_faults=new)


def in_text(answer: ClaimsAnswer) -> str:
    """An answer as plain text: what would steer a terminal is shown as a sign."""
    parts = [
        answer.title,
        ", ".join(f"{verdict.replace('_', ' ')} {count}" for verdict, count in answer.counts.items()),
        ", ".join(f"{CLAIM_WEIGHT[weight]}: {count}" for weight, count in answer.weights.items() if weight != "none"),
        "",
    ]
    rows: Sequence[AnyRow] = answer.rows
    for row in rows:
        results = (
            f"arithmetic {row['arithmetic'].replace('_', ' ')}, comparability {row['comparability'].replace('_', ' ')}"
        )
        weight = "" if row["weight"] == "none" else f"; {row['weight']}"
        parts += [
            f"{row['verdict'].replace('_', ' ')}: {row['says']} ({row['claim']}; {_place(row)})",
            f'    "{row["printed"]}" [{results}{weight}]',
            f"    {row['sentence']}",
        ]
        parts += [
            f"    {name}: {row[key]}" for key, name in (("reply", "Reply"), ("correction", "Correction")) if row[key]
        ]
    if answer.conflicts:
        parts += ["", "Claims that cannot all be true:", *(f"    {sentence}" for sentence in answer.conflicts)]
    parts += ["", *answer.remarks] if answer.remarks else []
    return plain("\n".join(parts))


def _answer(
    title: str, rows: Sequence[Record], conflict: Sequence[Record], wanted: Collection[str], remarks: Sequence[str] = ()
) -> ClaimsAnswer:
    problems = [
        Problem("--verdict", "", verdict, f"one of {', '.join(CLAIM_VERDICT)}", "Choose one of them.")
        for verdict in wanted
        if verdict not in CLAIM_VERDICT
    ]
    if problems:
        raise BadInput("There is no such verdict", problems)
    verdicts, weights = [row["verdict"] for row in rows], [row["weight"] for row in rows]
    shown = [row for row in rows if not wanted or row["verdict"] in wanted]
    return ClaimsAnswer(
        title,
        sorted(shown, key=lambda row: GRAVITY[row["verdict"]]),
        {verdict: verdicts.count(verdict) for verdict in CLAIM_VERDICT if verdict in verdicts},
        {weight: weights.count(weight) for weight in CLAIM_WEIGHT if weight in weights},
        [row["sentence"] for row in conflict if row["leads"]],
        remarks=remarks,
    )


def _place(row: AnyRow) -> str:
    parts = [row["section"].replace("_", " ")]
    parts += [
        f"{name} {row[name]:.0f}" for name in ("paragraph", "item") if row[name] is not None and row[name] == row[name]
    ]
    return ", ".join(parts)
