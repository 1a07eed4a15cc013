"""Every claim of a document through its checks, to one verdict and one sentence each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assets.methods.interval import Interval
from assets.statement import words
from assets.statement.bench import Bench
from assets.statement.checks.repeats import repeats
from assets.statement.document import Check, Claim, Document
from assets.statement.expressions import ExpressionError, Sources
from assets.statement.finding import Finding, gravest
from assets.statement.kinds import KINDS
from assets.tables.records import Record
from assets.words.problems import BadInput, Problem

REPEAT = "repeat"
NOT_CHECKED = "Nothing in the document or in the tables held recomputes it."


@dataclass(frozen=True)
class Checked:
    """One check with what it found, the expression it worked out and the rows it used."""

    kind: str
    expression: str | None
    finding: Finding
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """A claim with all that was found, and what follows."""

    claim: Claim
    checks: tuple[Checked, ...]
    verdict: str
    sentence: str
    leading: Checked | None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Rows that any check used."""
        return tuple(sorted({row_id for one in self.checks for row_id in one.inputs}))


def judge(document: Document, sources: Sources, breaks: Sequence[Record], other_window: Interval) -> dict[str, Judged]:
    """Every claim with its verdict, in the order of the file; BadInput names each check that cannot be worked out."""
    problems: list[Problem] = []
    judged: dict[str, Judged] = {}
    for claim in document.claims.values():
        bench = Bench(claim, document, sources, breaks, other_window)
        try:
            judged[claim.key] = _judged(bench)
        except _CannotCheckError as error:
            problems.append(error.problem)
    if problems:
        raise BadInput(f"Claims of {document.file} cannot be checked", problems)
    return {key: _with_first(one, judged, document) for key, one in judged.items()}


class _CannotCheckError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _judged(bench: Bench) -> Judged:
    claim = bench.claim
    checks = [one for number, check in enumerate(claim.checks, start=1) for one in _checked(bench, check, number)]
    if claim.repeat_of is not None:
        first = bench.other(claim.repeat_of)
        ids = (bench.document.row_id(first.key),)
        checks.append(Checked(REPEAT, f'claim("{first.key}")', repeats(claim, first, first.place()), ids))
    leading = [one for one in checks if one.finding.leads]
    if not leading:
        return Judged(claim, tuple(checks), "uncheckable", words.sentence(_why_not(claim, checks)), None)
    finding = gravest([one.finding for one in leading])
    lead = next(one for one in leading if one.finding is finding)
    told = [one.finding.sentence for one in checks if one.kind == "breaks" and one.finding.verdict == "scope"]
    return Judged(claim, tuple(checks), finding.verdict, " ".join([finding.sentence, *told]), lead)


def _why_not(claim: Claim, checks: Sequence[Checked]) -> str:
    told = [one.finding.sentence for one in checks]
    return " ".join([f"{NOT_CHECKED} Needed: {claim.needs}" if claim.needs else NOT_CHECKED, *told])


def _checked(bench: Bench, check: Check, number: int) -> list[Checked]:
    kind = KINDS[check.kind]
    try:
        findings = kind.run(bench, check)
    except ExpressionError as error:
        field = f"checks[{number}].{check.kind}"
        remedy = "Correct the expression, or the claim or release that it names."
        place = bench.document.place(bench.claim.key)
        raise _CannotCheckError(Problem(place, field, error.found, error.expected, remedy)) from None
    except (ValueError, TypeError, IndexError) as error:
        place = bench.document.place(bench.claim.key)
        remedy = "Correct the check."
        raise _CannotCheckError(
            Problem(place, f"checks[{number}]", str(error), f"what {kind.name} needs", remedy)
        ) from None
    inputs = _inputs(bench, check)
    return [Checked(check.kind, kind.shown(check), _worded(finding, check.say), inputs) for finding in findings]


def _inputs(bench: Bench, check: Check) -> tuple[str, ...]:
    """Rows that a check's expressions and named claims are made from."""
    kind = KINDS[check.kind]
    found = [row_id for text in kind.expressions(check) for row_id in bench.value(text).row_ids]
    found += [bench.document.row_id(str(key)) for key in kind.claims(check)]
    if check.kind == "breaks":
        found += [row["row_id"] for row in bench.breaks_of(str(check.main))]
    own = bench.document.row_id(bench.claim.key)
    return tuple(sorted(set(found) - {own}))


def _worded(finding: Finding, say: Mapping[str, str]) -> Finding:
    """The claim's own sentence for the verdict found, with the numbers of this run put in."""
    if finding.verdict not in say or not finding.leads:
        return finding
    text = say[finding.verdict]
    for name, shown in finding.shown:
        text = text.replace(f"{{{name}}}", shown)
    return replace(finding, sentence=words.sentence(text))


def _with_first(one: Judged, judged: Mapping[str, Judged], document: Document) -> Judged:
    """A repeat also says what became of the claim that it repeats."""
    if one.verdict != "repeat" or one.claim.repeat_of is None:
        return one
    first = _origin(one.claim, judged)
    said = f"{one.sentence} Verdict there: {first.verdict.replace('_', ' ')}."
    return replace(one, sentence=said)


def _origin(claim: Claim, judged: Mapping[str, Judged]) -> Judged:
    """The claim at the beginning of a chain of repeats."""
    seen = {claim.key}
    first = judged[claim.repeat_of or claim.key]
    while first.claim.repeat_of is not None and first.claim.key not in seen and first.verdict == "repeat":
        seen.add(first.claim.key)
        first = judged[first.claim.repeat_of]
    return first
