"""What the command line says of claims: a list by verdict, and the check of anybody's claims file."""

from collections import Counter
from collections.abc import Collection, Sequence
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


def claims_by_verdict(claims: pd.DataFrame, conflict: pd.DataFrame, wanted: Collection[str] = ()) -> str:
    """`darkfigure claims`: the claims of the staged or published tables, the gravest verdicts first.

    claims: `statement.claim`; conflict: `statement.conflict`; wanted: verdicts to show, empty for all.
    """
    title = f"{number_of(len(claims), 'claim')} of {', '.join(sorted(set(claims['document'])))}"
    return _in_text(title, records(claims), records(conflict), wanted)


def check_file(
    path: Path, tables: Frames, wanted: Collection[str] = (), known: Collection[tuple[str, str, str]] = ()
) -> tuple[str, list[str]]:
    """`darkfigure claims check FILE.yaml`: the same of a claims file, and the claims with a fault that nobody has signed or
    knows; BadInput names file, claim and field.

    tables: staged tables by key, all of `ledger.INPUTS`; known: document, claim and verdict of faults that are known already
    """
    document = ledger.read_document(path, tables, str(path))
    judgement = ledger.judged_document(document, tables)
    claims = judgement.claims.values()
    rows = records(ledger.claim_rows(document, claims))
    conflict = records(ledger.conflict_rows(document, judgement))
    about = document.document
    title = f"{number_of(len(rows), 'claim')} of {about.title} ({about.publisher}, {about.published})"
    remarks = () if judgement.arithmetic.complete else ("", CUT_OFF.format(len(conflict)))
    faults = [judged for judged in claims if judged.weight == "fault" and not judged.is_signed(document)]
    new = [each.claim.id for each in faults if (document.key, each.claim.id, each.verdict) not in known]
    return _in_text(title, rows, conflict, wanted, remarks), new


def _in_text(
    title: str, rows: Sequence[Record], conflict: Sequence[Record], wanted: Collection[str], remarks: Sequence[str] = ()
) -> str:
    """As plain text: what would steer a terminal is shown as a sign."""
    problems = [
        Problem("--verdict", "", verdict, f"one of {', '.join(CLAIM_VERDICT)}", "Choose one of them.")
        for verdict in wanted
        if verdict not in CLAIM_VERDICT
    ]
    if problems:
        raise BadInput("There is no such verdict", problems)
    verdicts, weights = (Counter(row[column] for row in rows) for column in ("verdict", "weight"))
    parts = [
        title,
        ", ".join(f"{verdict.replace('_', ' ')} {verdicts[verdict]}" for verdict in CLAIM_VERDICT if verdicts[verdict]),
        ", ".join(f"{said}: {weights[key]}" for key, said in CLAIM_WEIGHT.items() if weights[key] and key != "none"),
        "",
    ]
    for row in sorted(rows, key=lambda row: GRAVITY[row["verdict"]]):
        parts += _claim(row) if not wanted or row["verdict"] in wanted else []
    sets = [f"    {row['sentence']}" for row in conflict if row["leads"]]
    parts += ["", "Claims that cannot all be true:", *sets] if sets else []
    return plain("\n".join([*parts, *remarks]))


def _claim(row: AnyRow) -> list[str]:
    arithmetic, comparability = (row[column].replace("_", " ") for column in ("arithmetic", "comparability"))
    weight = "" if row["weight"] == "none" else f"; {row['weight']}"
    answers = [
        f"    {name}: {row[key]}" for key, name in (("reply", "Reply"), ("correction", "Correction")) if row[key]
    ]
    return [
        f"{row['verdict'].replace('_', ' ')}: {row['says']} ({row['claim']}; {_place(row)})",
        f'    "{row["printed"]}" [arithmetic {arithmetic}, comparability {comparability}{weight}]',
        f"    {row['sentence']}",
        *answers,
    ]


def _place(row: AnyRow) -> str:
    parts = [row["section"].replace("_", " ")]
    parts += [
        f"{name} {row[name]:.0f}" for name in ("paragraph", "item") if row[name] is not None and row[name] == row[name]
    ]
    return ", ".join(parts)
