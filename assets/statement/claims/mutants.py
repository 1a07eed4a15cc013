"""How much a ledger notices: every figure changed on purpose, one at a time, and whether anything then differs.

A figure stands in a checkable relation where others confirm it or contradict it, where it is a published statistic, or where it
is printed twice. One that an inequality only bounds is told apart, and so is one that nothing tests. A change goes by at least a
twentieth and to another print of the same form; a figure in words has no such neighbour and is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assets.methods.interval import Interval
from assets.methods.rounding import Near
from assets.statement.claims.arithmetic import Arithmetic, TestedClaim
from assets.statement.claims.document import Claim, Document
from assets.statement.claims.expressions import Sources, claims_in
from assets.statement.claims.findings import KINDS, Bench
from assets.statement.claims.judge import Judgement
from assets.statement.claims.kinds import Bound, Published, Readings
from assets.statement.text.figures import interval_in_text
from assets.words.numerals import figure_read
from assets.words.wording import number_of

FACTORS = (0.5, 0.75, 0.9, 0.95, 1.05, 1.1, 1.5, 2.0)
LEAST = 0.05
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass
class Tried:
    """One claim: is its relation checkable (else bounded only), and each changed print with whether it was noticed."""

    claim: Claim
    checkable: bool
    changes: dict[str, bool] = field(default_factory=dict)


def mutants(
    document: Document, judgement: Judgement, sources: Sources, allowed: Near, other_window: Interval
) -> Iterator[Tried]:
    """Every claim with a figure and every change of it; the document is as before when all is done."""
    base = judgement.arithmetic
    for claim in document.claims:
        if claim.figure is None:
            continue
        same = [repeat for repeat in document.claims if claim.id == repeat.repeat_of or claim.repeat_of == repeat.id]
        stated = _checks_naming(document, claim.id)
        arithmetic = judgement.claims[claim.id].arithmetic
        tried = Tried(claim, bool(same) or arithmetic in ("agrees", "differs"))
        yield tried
        if not same and not stated and arithmetic == "not_tested":
            continue
        interval, window = claim.interval, claim.window
        before = {key for key in {claim.id, *stated} if _differs(document, key, sources, other_window)}
        for changed in prints(claim.figure):
            try:
                claim.stands_for(interval_in_text(changed, claim.unit, allowed, claim.rounded_to), window)
                tried.changes[changed] = (
                    bool(same)
                    or any(
                        key not in before and _differs(document, key, sources, other_window)
                        for key in {claim.id, *stated}
                    )
                    or claim.id in before
                    or _clashes(base, claim)
                )
            except (ValueError, ZeroDivisionError):
                tried.changes[changed] = True  # no such figure can be: the file is refused
            finally:
                claim.stands_for(interval, window)


def prints(figure: str) -> list[str]:
    """The figure changed by at least a twentieth, in each of its first numbers' neighbourhoods, printed as it is."""
    match = _NUMBER.search(figure)
    if match is None or figure_read(figure).spoken:
        return []
    text = match[0].rstrip(",")
    digits = len(text.partition(".")[2])
    step = 10.0**-digits
    value = float(text.replace(",", ""))
    changed = []
    for factor in FACTORS:
        new = round(value * factor, digits)
        while value and abs(new / value - 1) < LEAST - 1e-12:
            new = round(new + (step if factor > 1 else -step), digits)
        if new != value and new > 0:
            shown = f"{new:,.{digits}f}" if "," in text or (new >= 1000 and "," in figure) else f"{new:.{digits}f}"
            changed.append(figure[: match.start()] + shown + figure[match.start() + len(text) :])
    return list(dict.fromkeys(changed))


def mutants_in_text(tried: Sequence[Tried]) -> str:
    """Per claim what was noticed, the share of all, and what nothing can test."""
    lines, total, noticed = [], 0, 0
    checkable = [change for change in tried if change.checkable and change.changes]
    for trial in checkable:
        seen = sum(trial.changes.values())
        total, noticed = total + len(trial.changes), noticed + seen
        missed = "; ".join(changed for changed, change in trial.changes.items() if not change)
        lines.append(
            f"{trial.claim.id}: {trial.claim.figure}: {seen} of {len(trial.changes)} noticed"
            f"{f'; not: {missed}' if missed else ''}"
        )
    bounded = [change for change in tried if not change.checkable and change.changes]
    lines += ["", "Bounded only, so that not every change can show:"]
    lines += [
        f"{change.claim.id}: {change.claim.figure}: {sum(change.changes.values())} of {len(change.changes)} noticed"
        for change in bounded
    ]
    words = [change for change in tried if change.checkable and not change.changes]
    lines += ["", f"In words, not changed here: {', '.join(word.claim.id for word in words) or 'none'}"]
    untested = [change for change in tried if not change.checkable and not change.changes]
    lines += ["", f"Figures that nothing can test ({len(untested)}):"]
    lines += [
        f"{change.claim.id}: {change.claim.figure}. Needed: {change.claim.needs or 'another figure'}"
        for change in untested
    ]
    share = 100 * noticed / total if total else 100.0
    figures = f"{number_of(len(checkable), 'figure')} in a checkable relation"
    lines += ["", f"{noticed} of {total} single changes by 5% or more to {figures} are noticed ({share:.1f}%)."]
    return "\n".join(lines)


def share_noticed(tried: Iterable[Tried]) -> float:
    """The share of changes to figures in a checkable relation that are noticed."""
    changes = [change for trial in tried if trial.checkable for change in trial.changes.values()]
    return sum(changes) / len(changes) if changes else 1.0


def _checks_naming(document: Document, key: str) -> list[str]:
    """Claims with a check outside the one system that names the claim, itself among them."""
    checks = []
    for claim in document.claims:
        for check in claim.checks:
            if isinstance(check, Published | Readings | Bound) and (
                claim.id == key or any(key in claims_in(text) for text in check.expressions())
            ):
                checks.append(claim.id)
    return list(dict.fromkeys(checks))


def _differs(document: Document, key: str, sources: Sources, other_window: Interval) -> bool:
    """Does a check of the claim outside the one system differ?"""
    claim = document.by_key[key]
    bench = Bench(claim, document, sources, [], other_window, TestedClaim("not_tested"))
    return any(
        finding.arithmetic == "differs" and finding.leads
        for check in claim.checks
        if isinstance(check, Published | Readings | Bound)
        for finding in KINDS[check.kind](bench, check)
    )


def _clashes(base: Arithmetic, claim: Claim) -> bool:
    """Is the claim at fault already, or can the figures around it no longer all be true?"""
    faulty = {key for clash in base.clashes for key in clash.faulty}
    if claim.id in faulty:
        return True
    return not base.around(claim.id).hold_without(faulty)
