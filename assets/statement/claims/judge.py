"""Every claim of a document through its checks, to two results (arithmetic, comparability), one verdict and a sentence or two."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from assets.methods.interval import Interval
from assets.statement.claims import words
from assets.statement.claims.arithmetic import Arithmetic, TestedClaim
from assets.statement.claims.document import Claim, Document
from assets.statement.claims.equations import equations
from assets.statement.claims.expressions import ExpressionError, Sources, evaluate
from assets.statement.claims.findings import (
    CAUTION,
    FAULT,
    KINDS,
    NONE,
    Bench,
    ClaimFinding,
    compared,
    gravest,
    of_figures,
    repeats,
)
from assets.statement.claims.kinds import Note, Published, Recompute
from assets.statement.claims.notes import note
from assets.statement.claims.placeholders import filled
from assets.words.problems import BadInput, Problem, refuse_if_any
from schemas.rows import Record

Made = TypeVar("Made")
FIGURES, REPEAT = "figures", "repeat"
REMEDY = "Correct the expression, or the claim or release that it names."
UNTESTED = "Nothing in the document or in the tables held recomputes it."
COMPARABLE = {"period": "other_window", "scope": "other_scope", "wording": "other_wording", "ambiguous": "ambiguous",
              "bound": "bound_only"}  # fmt: skip
# The arithmetic of a claim is the gravest of these that is found.
RESULTS = ("differs", "agrees", "bounded", "not_tested")
WEIGHTS = ("fault", "caution", "note", "none")


@dataclass(frozen=True)
class CheckedClaim:
    """One check with what it found, the expression it worked out and the rows it used."""

    kind: str
    expression: str | None
    finding: ClaimFinding
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class JudgedClaim:
    """A claim with all that was found, and what follows."""

    claim: Claim
    checks: tuple[CheckedClaim, ...]
    tested: TestedClaim
    verdict: str
    sentence: str
    leading: CheckedClaim | None

    @property
    def arithmetic(self) -> str:
        """Does the figure agree with what can be worked out: agrees, differs, bounded or not_tested."""
        arithmetic = {checked.finding.arithmetic for checked in self.checks}
        return next((result for result in RESULTS if result in arithmetic), "not_tested")

    @property
    def comparability(self) -> str:
        """Can what it is set beside be compared with it: same, or the first thing that is other."""
        limits = [
            checked.finding
            for checked in self.checks
            if checked.finding.leads and checked.finding.weight in (CAUTION, FAULT)
        ]
        verdicts = [COMPARABLE[finding.verdict] for finding in limits if finding.verdict in COMPARABLE]
        return verdicts[0] if verdicts else "not_compared" if self.arithmetic == "not_tested" else "same"

    @property
    def weight(self) -> str:
        """Fault, caution, editor's note or none: the gravest of its findings."""
        weights = {checked.finding.weight for checked in self.checks if checked.finding.leads}
        return next((weight for weight in WEIGHTS if weight in weights), NONE)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Rows that any check used."""
        return tuple(sorted({row_id for checked in self.checks for row_id in checked.inputs}))

    def fingerprint(self, document: Document) -> str:
        """Twelve letters that change when the claim, its verdict or its sentence does: what a signature is under."""
        parts = (document.key, self.claim.id, self.claim.printed, self.verdict, self.sentence)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]

    def is_signed(self, document: Document) -> bool:
        """Has a person signed this fault as it now reads?"""
        signed = self.claim.signed
        return self.weight == FAULT and signed is not None and signed.finding == self.fingerprint(document)


@dataclass(frozen=True, eq=False)
class Judgement:
    """All claims of a document with what was found, and the arithmetic of its figures together."""

    claims: dict[str, JudgedClaim]
    arithmetic: Arithmetic


def judge(document: Document, sources: Sources, breaks: Sequence[Record], other_window: Interval) -> Judgement:
    """Every claim with its verdict, in the order of the file; BadInput names each check that cannot be worked out."""
    problems: list[Problem] = []
    arithmetic = arithmetic_of(document, sources, other_window)
    tested = arithmetic.tested
    judged: dict[str, JudgedClaim] = {}
    for claim in document.claims:
        bench = Bench(claim, document, sources, breaks, other_window, tested.get(claim.id, TestedClaim("not_tested")))
        try:
            judged[claim.id] = _judged(bench)
        except BadInput as error:
            problems += error.problems
    refuse_if_any(f"Claims of {document.place('').split(',')[0]} cannot be checked", problems)
    return Judgement({key: _with_first(judgement, judged) for key, judgement in judged.items()}, arithmetic)


def arithmetic_of(document: Document, sources: Sources, other_window: Interval) -> Arithmetic:
    """The figures of a document as one system; BadInput names an expression that cannot be worked out."""
    try:
        return Arithmetic(document, equations(document, sources, other_window), _published(document, sources))
    except (ExpressionError, TypeError, ValueError, ZeroDivisionError) as error:
        other = Problem("claims", "", str(error), "figures that can be combined", "")
        raise BadInput("Claims cannot be checked", _broken(document, sources) or [other]) from None


def _published(document: Document, sources: Sources) -> dict[str, bool]:
    """For every claim that is held against a publication: does it agree with its newest release, or that of its time?"""
    agrees = {}
    for claim in document.claims:
        texts = [text for check in claim.checks if isinstance(check, Published) for text in check.expressions()]
        if texts and claim.interval is not None:
            agrees[claim.id] = any(claim.interval.meets(evaluate(text, sources).interval) for text in texts)
    return agrees


def _broken(document: Document, sources: Sources) -> list[Problem]:
    """Every expression that cannot be worked out."""
    problems = []
    for claim in document.claims:
        for number, check in enumerate(claim.checks, start=1):
            for text in check.expressions():
                try:
                    evaluate(text, sources)
                except ExpressionError as error:
                    field = f"checks[{number}].{check.kind}"
                    problems.append(Problem(document.place(claim.id), field, error.found, error.expected, REMEDY))
    return problems


def _judged(bench: Bench) -> JudgedClaim:
    claim, checks = bench.claim, list[CheckedClaim]()
    numbered = list(enumerate(claim.checks, start=1))
    stated = [(number, check) for number, check in numbered if isinstance(check, Recompute)]
    for number, check in stated:
        value = _worked(bench, number, partial(bench.value, check.recompute))
        finding = of_figures(bench, value)
        limits = ([finding] if finding else []) + compared(bench, value)
        checks += [_said(bench, number, check, check.kind, fault, value.row_ids) for fault in limits]
    for number, asked in numbered:
        if isinstance(asked, Recompute):
            continue
        run = (
            partial(note, claim, bench.document, asked)
            if isinstance(asked, Note)
            else partial(KINDS[asked.kind], bench, asked)
        )
        findings = _worked(bench, number, run)
        ids = tuple(row for text in asked.expressions() for row in bench.value(text).row_ids)
        ids += tuple(bench.document.row_id(key) for key in asked.claims())
        checks += [_said(bench, number, asked, asked.kind, fault, ids) for fault in findings]
    needs_no_check = stated or claim.repeat_of or claim.interval is None
    differs = any(checked.finding.arithmetic == "differs" for checked in checks)
    if not (needs_no_check or differs) and (left := of_figures(bench, None)) is not None:
        rows = tuple(bench.document.row_id(key) for key in bench.tested.by)
        checks.append(_said(bench, 0, None, FIGURES, left, rows))
    if claim.repeat_of is not None:
        ids = (bench.document.row_id(claim.repeat_of),)
        checks += [CheckedClaim(REPEAT, f'claim("{claim.repeat_of}")', fault, ids) for fault in repeats(bench)]
    breaks = bench.breaks_of(claim.breaks) if claim.breaks else []
    if breaks:
        changed = [f"{row['what_changed']} ({row['date']:%B %Y})" for row in breaks]
        sentence = words.sentence(f"Counting or coverage changed inside the window: {'; '.join(changed)}")
        rows = tuple(row["row_id"] for row in breaks)
        checks.append(CheckedClaim("breaks", claim.breaks, ClaimFinding("scope", sentence, CAUTION, leads=False), rows))
    return _concluded(bench, checks)


def _concluded(bench: Bench, checks: list[CheckedClaim]) -> JudgedClaim:
    """The gravest finding leads; the arithmetic is said beside it, and what the authors themselves say of the scope."""
    claim, leading = bench.claim, [checked for checked in checks if checked.finding.leads]
    if not leading:
        needed = [f"Needed: {claim.needs}"] if claim.needs else []
        sentences = [UNTESTED, *needed, *(checked.finding.sentence for checked in checks)]
        return JudgedClaim(claim, tuple(checks), bench.tested, "uncheckable", words.sentence(" ".join(sentences)), None)
    finding = gravest([checked.finding for checked in leading])
    lead = next(checked for checked in leading if checked.finding is finding)
    arithmetic = finding.arithmetic in ("agrees", "differs")
    beside = [checked.finding.sentence for checked in leading
              if checked.finding is not finding and (checked.finding.weight == CAUTION or (
                  not arithmetic and checked.finding.arithmetic in ("agrees", "differs")))]  # fmt: skip
    breaks_told = [checked.finding.sentence for checked in checks if checked.kind == "breaks"]
    owned = (
        [f"The authors say: {words.sentence(claim.scope_note)}"] if claim.scope_note and finding.weight != NONE else []
    )
    sentence = " ".join(dict.fromkeys([finding.sentence, *beside, *breaks_told, *owned]))
    return JudgedClaim(claim, tuple(checks), bench.tested, finding.verdict, sentence, lead)


def _worked(bench: Bench, number: int, run: Callable[[], Made]) -> Made:
    """What a check makes; what cannot be worked out is told with file, claim and check."""
    place, field = bench.document.place(bench.claim.id), f"checks[{number}]"
    try:
        return run()
    except ExpressionError as error:
        problem = Problem(place, field, error.found, error.expected, REMEDY)
    except (ValueError, TypeError, IndexError) as error:
        problem = Problem(place, field, str(error), "what the check needs", "Correct the check.")
    raise BadInput("A claim cannot be checked", [problem])


def _said(
    bench: Bench, number: int, check: Any, kind: str, finding: ClaimFinding, ids: tuple[str, ...]
) -> CheckedClaim:
    """A finding with the claim's own sentence for its verdict, its numbers filled in."""
    own = check.say.get(finding.verdict) if check is not None and finding.leads else None
    if own is not None:
        figures = {claim.id: claim.figure for claim in bench.document.claims}
        shown = {"figure": bench.figure, **finding.shown}
        sentence = _worked(bench, number, lambda: filled(own, shown, figures, bench.sources))
        finding = replace(finding, sentence=words.sentence(sentence))
    elif check is not None and any("{" in text for text in check.texts()):
        figures = {claim.id: claim.figure for claim in bench.document.claims}
        as_found = finding.sentence
        finding = replace(
            finding, sentence=_worked(bench, number, lambda: filled(as_found, {}, figures, bench.sources))
        )
    expressions = "; ".join(" ".join(text.split()) for text in check.expressions()) if check is not None else None
    rows = tuple(sorted(set(ids) - {bench.document.row_id(bench.claim.id)}))
    return CheckedClaim(kind, expressions or None, finding, rows)


def _with_first(judgement: JudgedClaim, judged: Mapping[str, JudgedClaim]) -> JudgedClaim:
    """A repeat also says what became of the claim that it repeats."""
    if judgement.verdict != "repeat" or judgement.claim.repeat_of is None:
        return judgement
    first = judged[judgement.claim.repeat_of]
    while first.verdict == "repeat" and first.claim.repeat_of is not None:
        first = judged[first.claim.repeat_of]
    return replace(judgement, sentence=f"{judgement.sentence} Verdict there: {first.verdict.replace('_', ' ')}.")
