"""The claims ledger as rows: the claims, their checks, and the smallest sets that cannot all be true."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from assets.methods.interval import Interval
from assets.reconciled.ground.reference_rows import Assumptions
from assets.statement.claims import words
from assets.statement.claims.arithmetic import Arithmetic, Clash
from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.document import Answered, Claim, Document
from assets.statement.claims.judge import JudgedClaim, Judgement, judge
from assets.statement.claims.lookups import Facts, Lookup
from assets.statement.text.figures import near
from assets.tables.called import called
from assets.tables.conform import framed
from assets.tables.records import Frames, records
from schemas.row_types import ClaimCheckRow, ClaimRow, ConflictRow


def conflicts(document: Document, arithmetic: Arithmetic) -> list[ConflictRow]:
    """Rows of `statement.conflict`: the sets of the document against itself, the smallest first; none that needs a published
    figure.

    The allowance for unlike windows is in the system already: what is told here cannot be true even so.
    """
    arithmetic.tested  # noqa: B018 - works the clashes out
    order = {claim.id: place for place, claim in enumerate(document.claims)}
    conflicts = [_conflict(document, clash, order) for clash in arithmetic.clashes if not clash.statistics]
    return sorted(conflicts, key=lambda row: (len(row["claims"]), [order[key] for key in row["claims"]]))


def _conflict(document: Document, clash: Clash, order: dict[str, int]) -> ConflictRow:
    claims = [document.by_key[key] for key in sorted(clash.claims, key=order.__getitem__)]
    windows = {claim.window for claim in claims if claim.window is not None}
    text = f"Not all of these can be true within their rounding: {'; '.join(claim.named for claim in claims)}"
    if clash.definitions:
        text += f". It rests on: {'; '.join(clash.definitions)}"
    one_window = len(windows) <= 1 or _nested(claims)
    if not one_window:
        text += (
            ". They cover different windows, and cannot all be true even when counts of another window differ as far as is"
            " allowed"
        )
    return {
        "document": document.key,
        "conflict": "+".join(sorted(clash.claims)),
        "claims": [claim.id for claim in claims],
        "definitions": list(clash.definitions),
        "one_window": one_window,
        "despite_windows": True,
        "leads": bool(clash.faulty),
        "sentence": words.sentence(text),
        "inputs": [document.row_id(claim.id) for claim in claims],
    }


def _nested(claims: list[Claim]) -> bool:
    """Does the longest window hold all the others?"""
    windows = [claim.window for claim in claims if claim.window is not None]
    longest = max(windows, key=lambda window: window.end - window.start)
    return all(longest.start <= window.start and window.end <= longest.end for window in windows)


CLAIMS = "statement/claims.yaml"
CLAIM, CHECK, CONFLICT = "statement.claim", "statement.claim_check", "statement.conflict"
OTHER_WINDOW = "claims.other_window"
# Tables that an expression can look into, by the parameter of the asset functions.
TABLES = called("estimates", "offences", "forces", "flagged", "vawg", "shares", "outcomes", "population", "areas")
CONTEXT = called("releases", "breaks", "assumptions")
INPUTS = TABLES | CONTEXT


def read_document(path: Path, tables: Frames, name: str | None = None) -> Document:
    """The document of a claims file; `tables` by table key, with `reference.assumption`."""
    return read_claims(path, near(tables), name)


def lookup(document: Document, tables: Frames) -> Lookup:
    """Where the document's expressions get their figures."""
    return Lookup(document, Facts({key: tables[key] for key in TABLES.values()}, tables["meta.release"]))


def judged_document(document: Document, tables: Frames) -> Judgement:
    """Every claim of a document with its verdict, and its arithmetic; `tables` by table key, all of INPUTS."""
    breaks = records(tables["reference.comparability_break"])
    return judge(document, lookup(document, tables), breaks, other_window(tables))


def other_window(tables: Frames) -> Interval:
    """How many times as large a count of another window may be (tracked assumption)."""
    return Assumptions(tables["reference.assumption"]).interval(OTHER_WINDOW)


def claim_rows(document: Document, judged_claims: Iterable[JudgedClaim]) -> pd.DataFrame:
    """Rows of `statement.claim`."""
    return framed((_claim(document, judged) for judged in judged_claims), CLAIM)


def conflict_rows(document: Document, judgement: Judgement) -> pd.DataFrame:
    """Rows of `statement.conflict`."""
    return framed(conflicts(document, judgement.arithmetic), CONFLICT)


def ledger(data: Path, **tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The claims of the Statement, every check of them and their conflicts, of one judging. Parameters are the tables of
    INPUTS.
    """
    document = read_document(data / CLAIMS, by_key(tables), CLAIMS)
    judgement = judged_document(document, by_key(tables))
    judged_claims = judgement.claims.values()
    return {
        CLAIM: claim_rows(document, judged_claims),
        CHECK: framed((row for claim in judged_claims for row in _checks(document, claim)), CHECK),
        CONFLICT: conflict_rows(document, judgement),
    }


def by_key(tables: Frames) -> dict[str, pd.DataFrame]:
    """Frames by parameter name as frames by table key."""
    return {INPUTS[name]: frame for name, frame in tables.items()}


def _claim(document: Document, judged: JudgedClaim) -> ClaimRow:
    claim = judged.claim
    (lower, upper), (recomputed_lower, recomputed_upper) = _ends(claim.interval), _ends(_recomputed(judged))
    own = [row_id for row_id in judged.inputs if not row_id.startswith("claim:")]
    return {
        "document": document.key,
        "claim": claim.key,
        "section": claim.section,
        "paragraph": claim.paragraph,
        "item": claim.item,
        "kind": claim.kind,
        "says": claim.says,
        "printed": claim.printed,
        "figure": claim.figure,
        "lower": lower,
        "upper": upper,
        "unit": claim.unit,
        "period_start": claim.window.start if claim.window else None,
        "period_end": claim.window.end if claim.window else None,
        "population": claim.population,
        "scope": claim.scope,
        "threat": claim.threat,
        "reference": "; ".join(reference.words(number) for number, reference in document.cited(claim).items()) or None,
        "repeat_of": claim.repeat_of,
        "expression": next(
            (check.expression for check in (judged.leading, *judged.checks) if check and check.expression), None
        ),
        "recomputed_lower": recomputed_lower,
        "recomputed_upper": recomputed_upper,
        "verdict": judged.verdict,
        "arithmetic": judged.arithmetic,
        "comparability": judged.comparability,
        "weight": judged.weight,
        "redundant": judged.tested.redundant,
        "finding": judged.fingerprint(document),
        "signed_by": claim.signed.by if claim.signed and judged.is_signed(document) else None,
        "scope_note": claim.scope_note,
        "reply": _answered(claim.reply),
        "correction": _answered(claim.correction),
        "sentence": judged.sentence,
        "needs": claim.needs,
        "claims": sorted({key.split(":")[-1] for key in judged.inputs if key.startswith("claim:")}),
        "inputs": own,
    }


def _checks(document: Document, judged: JudgedClaim) -> list[ClaimCheckRow]:
    printed = _ends(judged.claim.interval)
    rows: list[ClaimCheckRow] = []
    for position, check in enumerate(judged.checks, start=1):
        recomputed = _ends(check.finding.recomputed)
        rows.append(
            {
                "document": document.key,
                "claim": judged.claim.key,
                "position": position,
                "check": check.kind,
                "expression": check.expression,
                "lower": printed[0],
                "upper": printed[1],
                "recomputed_lower": recomputed[0],
                "recomputed_upper": recomputed[1],
                "verdict": check.finding.verdict,
                "weight": check.finding.weight,
                "arithmetic": check.finding.arithmetic,
                "leads": check.finding.leads,
                "sentence": check.finding.sentence,
                "inputs": sorted({document.row_id(judged.claim.key), *check.inputs}),
            }
        )
    return rows


def _recomputed(judged: JudgedClaim) -> Interval | None:
    """What the leading check compared with the print, or else what the first arithmetic one did."""
    checks = [judged.leading, *judged.checks] if judged.leading else list(judged.checks)
    return next((check.finding.recomputed for check in checks if check.finding.recomputed is not None), None)


def _answered(answer: Answered | None) -> str | None:
    return f"{answer.by}, {answer.date:%d %B %Y}: {answer.text}" if answer else None


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    """Both ends as floats; None for an end that is infinite or no interval at all."""
    if interval is None:
        return None, None
    low, high = interval.as_floats()
    return (None if low == float("-inf") else low), (None if high == float("inf") else high)
