"""What one check found about one claim, and the nine kinds of check.

A finding is about the arithmetic of a figure, about whether what it is set beside can be compared with it, or an
editor's note. The arithmetic of figures of the document against each other is worked out once for all of them
(`arithmetic`); here it is put in words.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assets.methods.interval import Exact, Interval
from assets.reconciled.ground.breaks import breaks_inside
from assets.statement.claims import kinds, words
from assets.statement.claims.arithmetic import TestedClaim
from assets.statement.claims.document import Claim, Document
from assets.statement.claims.expressions import Sources, evaluate
from assets.statement.claims.value import Leaf, Value
from assets.words import wording
from assets.words.numerals import figure_read
from schemas.codes import CLAIM_SCOPE, CLAIM_VERDICT, SCOPE, THREAT
from schemas.rows import Record

# From the gravest to the mildest: the order in which the code list stands.
GRAVITY = {verdict: position for position, verdict in enumerate(CLAIM_VERDICT)}
NEUTRAL = ("population", "document", "other")
FAULT, CAUTION, NOTE, NONE = "fault", "caution", "note", "none"


@dataclass(frozen=True)
class ClaimFinding:
    """A verdict with its reason.

    verdict:    one of codes.CLAIM_VERDICT; weight: fault, caution, note or none
    arithmetic: agrees, differs, bounded or not_tested, where it is about that
    recomputed: what was compared with the print, in the claim's unit; shown: named parts, for a sentence of one's own
    leads:      may it decide the claim's verdict
    """

    verdict: str
    sentence: str
    weight: str = NONE
    arithmetic: str | None = None
    recomputed: Interval | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    leads: bool = True


@dataclass(frozen=True)
class Bench:
    """One claim on the bench, with its document, the figures, and what the other figures of the document leave for it."""

    claim: Claim
    document: Document
    sources: Sources
    breaks: Sequence[Record]
    other_window: Interval
    tested: TestedClaim

    @property
    def figure(self) -> str:
        """The figure as printed."""
        return self.claim.figure or self.claim.printed

    @property
    def printed(self) -> Interval:
        """What the figure stands for; only for claims that have one."""
        assert self.claim.interval is not None, "a check that needs a figure was given a claim without one"
        return self.claim.interval

    def value(self, text: str) -> Value:
        """An expression worked out."""
        return evaluate(text, self.sources)

    def breaks_of(self, series: str) -> list[Record]:
        """Breaks of a series inside the claim's window."""
        window = self.claim.window
        blocking = (row for row in self.breaks if row["breaks_change"])
        return breaks_inside(blocking, (series,), window.start, window.end) if window else []


def finding_told(verdict: str, sentence: str, *more: Any, **named: Any) -> ClaimFinding:
    """A finding whose sentence is made of what is said."""
    return ClaimFinding(verdict, words.sentence(sentence), *more, **named)


def gravest(findings: Sequence[ClaimFinding]) -> ClaimFinding:
    """The finding that gives a claim its verdict: the gravest of those that lead, the first of equals."""
    return min(findings, key=lambda finding: GRAVITY[finding.verdict])


# --- arithmetic of the document's own figures -----------------------------------------------------------------------


def of_figures(bench: Bench, stated: Value | None) -> ClaimFinding | None:
    """What the other figures leave for this one; stated: its own recomputation, where it states one."""
    tested, unit, figure = bench.tested, bench.claim.unit, bench.figure
    if tested.result == "not_tested":
        return None
    shown: dict[str, str] = {}
    recomputed = stated.interval if stated is not None else tested.left
    if recomputed is not None:
        shown["recomputed"] = words.interval(recomputed, unit)
    if stated is not None:
        sentence = f"{stated.words} gives {shown['recomputed']}"
    else:
        named = [bench.document.by_key[key].named for key in tested.by[:6]] or ["the other figures"]
        leave = "leaves" if len(tested.by) == 1 else "leave"
        sentence = f"{wording.listed(named)} {leave} {shown.get('recomputed', 'nothing')} for it"
    known = {
        "agrees": ("external_agrees" if tested.statistics else "consistent", f"which fits the printed {figure}"),
        "differs": (
            "external_differs" if tested.statistics else "conflict",
            f"which does not fit the printed {figure}",
        ),
        "bounded": ("not_contradicted", f"which does not contradict the printed {figure}, nor confirm it"),
    }
    verdict, end = known[tested.result]
    if tested.result == "differs" and (
        recomputed is None or (bench.claim.interval and bench.claim.interval.meets(recomputed))
    ):
        names = wording.listed([bench.document.by_key[key].named for key in tested.by])
        sentence, end = f"it cannot be true together with {names}", "as they are printed"
    weight = (CAUTION if tested.statistics else FAULT) if tested.result == "differs" else NONE
    return finding_told(verdict, f"{sentence}, {end}", weight, tested.result, recomputed, shown)


def holds(bench: Bench, check: kinds.Holds) -> list[ClaimFinding]:
    """A relation of figures: certain, possible, or impossible within their rounding."""
    first, sign, second = kinds.sides_of_relation(check.holds)
    left, right = bench.value(first), bench.value(second)
    low, high = (left, right) if sign != ">=" else (right, left)
    both = [f"{value.words} ({size})" if size not in value.words else value.words
            for value in (left, right) if (size := words.interval(value.interval, value.unit or bench.claim.unit))]  # fmt: skip
    shown = {"left": words.interval(left.interval, left.unit), "right": words.interval(right.interval, right.unit)}
    sign_words = {"<=": "not more than", ">=": "not less than", "==": "equal to"}[sign]
    sentence = f"{both[0]} is {sign_words} {both[1]}{f', as {check.because}' if check.because else ''}"
    wrong = not left.interval.meets(right.interval) if sign == "==" else low.interval.is_above(high.interval)
    if wrong:
        verdict = "conflict" if sign == "==" else "implausible"
        blamed = bench.tested.result == "differs" or bench.claim.interval is None
        verdict = "external_differs" if (left.published or right.published) and sign == "==" else verdict
        sentence = sentence.replace(" is ", " must be ", 1) + ", and is not"
        weight = CAUTION if left.published or right.published else FAULT
        return [finding_told(verdict, sentence, weight, "differs", shown=shown, leads=blamed)]
    sure = sign != "==" and low.interval.upper <= high.interval.lower
    if bench.claim.interval is None and sure:
        return [finding_told("consistent", sentence, NONE, "agrees", shown=shown)]
    result = bench.tested.result == "agrees"
    return [finding_told("not_contradicted", sentence, NONE, "bounded", shown=shown, leads=not result)]


# --- against statistics -----------------------------------------------------------------------------------------------


def published(bench: Bench, check: kinds.Published) -> list[ClaimFinding]:
    """Against the newest release, and the one that stood when it was printed: agreeing with either is agreeing."""
    now, then = bench.value(check.published), bench.value(check.as_of) if check.as_of else None
    title = bench.document.document.title
    if title in now.words or (then is not None and title in then.words and not bench.printed.meets(now.interval)):
        revised = words.interval(now.interval, bench.claim.unit)
        later = "" if title in now.words else f"; a later release makes it {revised}"
        text = f"The tables hold it from this very document, which confirms nothing{later}"
        return [finding_told("in_order", text)]
    newest, other = _against(bench, now, check.remark), _of_another_system(bench, now)
    if other or then is None or then.row_ids == now.row_ids:
        return [*other, newest]
    first = _against(bench, then, check.remark)
    if first.verdict == newest.verdict:
        return [replace(first, recomputed=now.interval), _quiet(newest)]
    if first.verdict == "external_agrees":
        revised = words.interval(now.interval, bench.claim.unit)
        sentence = f"{first.sentence} A later release makes it {revised}."
        shown = {**first.shown, "revised": revised}
        return [finding_told("external_agrees", sentence, NONE, "agrees", then.interval, shown), _quiet(newest)]
    return [newest, _quiet(first)]


def _of_another_system(bench: Bench, value: Value) -> list[ClaimFinding]:
    """Is a figure said of another system than it was counted by: of people asked, and the police recorded it?"""
    said, systems = bench.claim.scope, _scopes(value.leaves)
    if said in (*NEUTRAL, *systems) or not systems:
        return []
    both = f"{wording.listed([*map(scope_words, systems)])}, and is said of {scope_words(said)}"
    return [finding_told("scope", f"What it is held against was counted as {both}", CAUTION)]


def _against(bench: Bench, value: Value, remark: str | None) -> ClaimFinding:
    fits = bench.printed.meets(value.interval)
    worked = words.interval(value.interval, bench.claim.unit)
    sentence = f"{'Agrees with' if fits else 'Differs from'} {value.words}"
    if len(value.leaves) > 1:
        sentence += f", which gives {worked} against the printed {bench.figure}"
    more = f" {words.sentence(remark)}" if remark else ""
    tight = value.interval.is_bounded and bench.printed.is_bounded
    result = ("agrees" if tight else "bounded") if fits else "differs"
    verdict = "external_agrees" if fits else "external_differs"
    # A claim that cites a source is held to it; one that cites none is only set beside the statistic.
    weight = NONE if fits else FAULT if bench.claim.cites else CAUTION
    return finding_told(
        verdict, words.sentence(sentence) + more, weight, result, value.interval, {"recomputed": worked}
    )


def _quiet(finding: ClaimFinding) -> ClaimFinding:
    return replace(finding, weight=NONE, arithmetic=None, leads=False)


# --- comparability ----------------------------------------------------------------------------------------------------


def compared(bench: Bench, value: Value) -> list[ClaimFinding]:
    """Do the sides of each share cover one window, and were they counted by one system?"""
    findings = []
    windows, scopes = value.unlike_windows, crossed_scopes(value)
    if windows:
        this, other = (wording.months(window.start, window.end) for window in windows)
        low, high = (words.number(end) for end in (bench.other_window.lower, bench.other_window.upper))
        sentence = (
            f"The two sides cover different months ({this} against {other}), so it is no share of one window; the whole of "
            f"the other window is taken as {low} to {high} times as large"
        )
        findings.append(finding_told("period", sentence, CAUTION))
    if scopes:
        sentence = (
            f"The part is of one system ({scope_words(scopes[0])}) and the whole of another ({scope_words(scopes[1])})"
        )
        findings.append(finding_told("scope", sentence, CAUTION))
    elif len(systems := _scopes(value.leaves)) > 1:
        both = "; ".join(map(scope_words, systems))
        sentence = f"Its figures were counted by different systems ({both}), which do not count the same"
        findings.append(finding_told("scope", sentence, CAUTION))
    if names := wording.listed([THREAT[threat] for threat in value.threats_added]):
        sentence = f"One offence or person may be of several threats ({names}): their sum, which counts it for each, is a bound"
        findings.append(finding_told("bound", sentence, CAUTION))
    return findings


def beside(bench: Bench, check: kinds.Beside) -> list[ClaimFinding]:
    """A figure beside that of another count of the like."""
    value, printed, claim = bench.value(check.beside), bench.printed, bench.claim
    first = bench.value(check.as_of) if check.as_of else None
    shown = {"recomputed": words.interval(value.interval, claim.unit)}
    if printed.meets(value.interval):
        sentence = f"{check.what}: {value.words}, which is the same as the printed {bench.figure}"
        verdict = "external_agrees" if value.published else "not_contradicted"
        return [finding_told(verdict, sentence, NONE, "bounded", value.interval, shown, leads=value.published)]
    before = f", first {first.words}" if first is not None and not first.interval.meets(value.interval) else ""
    sentence = f"{bench.figure} stands beside {check.what}, {value.words}{before}"
    if claim.unit != "percent" and printed.is_bounded and float(value.interval.lower) > 0:
        times = words.interval(printed / value.interval * 100, "percent")
        sentence = f"{bench.figure} is {times} of {check.what}, {value.words}{before}"
    other = next((scope for scope in _scopes(value.leaves, ()) if scope != claim.scope), None)
    if other:
        both = f"{scope_words(claim.scope)}; {scope_words(other)}"
        sentence += f". The two are counted by different systems ({both}), so neither corrects the other"
    return [finding_told("scope", sentence, CAUTION, shown=shown)]


def bound(bench: Bench, check: kinds.Bound) -> list[ClaimFinding]:
    """A figure that is true only as a bound of something wider; it must fit its own basis."""
    value = bench.value(check.value) if check.value else None
    if value is None:
        return [finding_told("bound", f"True as a bound of {check.bound}, not as its size", CAUTION)]
    unit = check.unit or bench.claim.unit
    worked = words.interval(value.interval, unit)
    shown = {"recomputed": worked, "basis": value.words}
    own = bench.claim.interval is not None and unit == bench.claim.unit
    if own and not bench.printed.meets(value.interval):
        sentence = f"{bench.figure} does not fit what it rests on, {worked} ({value.words})"
        return [finding_told("implausible", sentence, FAULT, "differs", value.interval, shown)]
    sentence = f"It bounds {check.bound} and is not their number; it rests on {worked} ({value.words})"
    return [
        finding_told("bound", sentence, CAUTION, "bounded" if own else None, value.interval if own else None, shown)
    ]


def readings(bench: Bench, check: kinds.Readings) -> list[ClaimFinding]:
    """The figure as worded (the first reading) and under other readings; `open`: which figures the words can mean."""
    given = {name: bench.value(text) for name, text in check.readings.items()}
    shown = {name: words.interval(value.interval, bench.claim.unit) for name, value in given.items()}
    parts = dict(zip(("first", "second", "third"), shown.values(), strict=False))
    if check.open:
        # What has no unit is a name, such as a year, and no amount to write with separators.
        sentence = wording.listed([f"{name} ({value})" if bench.claim.unit else name for name, value in shown.items()])
        values = list(given.values())
        if all(_middle(other.interval) in value.interval for value in values for other in values):
            sentence = f"All readings give the same within rounding: {sentence}"
            return [finding_told("not_contradicted", sentence, NONE, "bounded", shown=parts)]
        sentence = f"The text can be read as {sentence}, and does not say which"
        return [finding_told("ambiguous", sentence, CAUTION, shown=parts)]
    fit = {name: bench.printed.meets(value.interval) for name, value in given.items()}
    first = next(iter(given))
    statistics = any(value.published for value in given.values())
    sentence = wording.listed([f"{name} it is {value}" for name, value in shown.items()])
    recomputed = given[first].interval
    if not fit[first]:
        others = [name for name, holds_ in fit.items() if holds_]
        end = (
            f"{bench.figure} fits only {wording.listed(others)}" if others else f"none fits the printed {bench.figure}"
        )
        verdict = "external_differs" if statistics else "conflict"
        return [
            finding_told(verdict, f"{sentence}: {end}", CAUTION if statistics else FAULT, "differs", recomputed, parts)
        ]
    if not all(fit.values()):
        fitting = wording.listed([name for name, holds_ in fit.items() if holds_])
        sentence = f"{sentence}: {bench.figure} fits only {fitting}"
        return [finding_told("ambiguous", sentence, CAUTION, "bounded", recomputed, parts)]
    verdict = "external_agrees" if statistics else "consistent"
    return [finding_told(verdict, f"{sentence}: all fit the printed {bench.figure}", NONE, "agrees", recomputed, parts)]


def concept(bench: Bench, check: kinds.Concept) -> list[ClaimFinding]:
    """What was measured is not what is said of it."""
    return [finding_told("scope", f"It is {check.concept}, and is said of {check.said}", CAUTION)]


def window(bench: Bench, check: kinds.WindowOf) -> list[ClaimFinding]:
    """The claim's window against another one: the same, or as long."""
    own, other = bench.claim.window, bench.document.window(check.window)
    if own is None or other is None:
        return []
    sentence = f"It covers {wording.months(own.start, own.end)}, {check.what} {wording.months(other.start, other.end)}"
    same = own.months == other.months if check.length else own == other
    if same:
        return [finding_told("in_order", f"It covers the months of {check.what}", NONE)]
    if check.length:
        sentence += f": {words.number(own.months)} months against {words.number(other.months)}"
    return [finding_told("period", sentence, CAUTION)]


def repeats(bench: Bench) -> list[ClaimFinding]:
    """A figure that stands twice says the same twice, of one window, in one unit, and from one source."""
    claim, first = bench.claim, bench.document.by_key[bench.claim.repeat_of or ""]
    place, findings = first.place(), list[ClaimFinding]()
    if claim.interval is not None and first.interval is not None and not _same_print(claim, first):
        figures = f"{claim.figure} here, {first.figure} in {place}"
        findings.append(finding_told("conflict", figures, FAULT, "differs", first.interval))
    if claim.window is not None and first.window is not None and claim.window != first.window:
        own, other = (wording.months(window.start, window.end) for window in (claim.window, first.window))
        figures = f"The same figure is given for {own} here and for {other} in {place}"
        findings.append(finding_told("period", figures, FAULT))
    if claim.interval is not None and first.interval is not None and claim.unit != first.unit:
        figures = f"Counted in {claim.unit} here, in {first.unit} in {place}"
        findings.append(finding_told("wording", figures, FAULT))
    sources = [
        {(reference.by, reference.title) for reference in bench.document.cited(which).values()}
        for which in (claim, first)
    ]
    if all(sources) and not sources[0] & sources[1]:
        by = [wording.listed(sorted(f"{who}, {what}" for who, what in each)) for each in sources]
        figures = f"The same figure is credited to {by[0]} here, and to {by[1]} in {place}"
        findings.append(finding_told("citation", figures, NOTE))
    if not findings:
        return [finding_told("repeat", f"Says what {place} says", NONE, recomputed=first.interval)]
    return findings


def _same_print(claim: Claim, other: Claim) -> bool:
    """Do two prints give one number? "At least 123,515" repeats 123,515; "over 100" does not repeat 150."""
    first, second = figure_read(claim.figure or ""), figure_read(other.figure or "")
    if claim.unit != other.unit:
        return True  # told by itself
    step = max((figure.step if figure.decimal or figure.scaled or figure.percent else 0) for figure in (first, second))
    return abs(first.value - second.value) <= step / 2


# --- words ------------------------------------------------------------------------------------------------------------


def crossed_scopes(value: Value) -> tuple[str, str] | None:
    """Scopes of a part and its whole that are not one; a population may be the whole of anything."""
    pairs = ((scope, other) for part, whole in value.shares for scope in _scopes(part) for other in _scopes(whole))
    return next(((pair, other) for pair, other in pairs if pair != other), None)


def scope_words(scope: str) -> str:
    """A scope as its code list says it, without what follows a colon."""
    return (SCOPE | CLAIM_SCOPE)[scope].split(":")[0]


def _scopes(leaves: tuple[Leaf, ...], neutral: tuple[str, ...] = NEUTRAL) -> list[str]:
    return list(dict.fromkeys(leaf.scope for leaf in leaves if leaf.scope not in neutral))


def _middle(interval: Interval) -> Exact:
    """The middle of an interval, or its only end."""
    if interval.is_bounded:
        return interval.midpoint
    return interval.upper if math.isinf(interval.lower) else interval.lower


KINDS: dict[str, Callable[..., list[ClaimFinding]]] = {
    "holds": holds, "published": published, "beside": beside, "bound": bound, "readings": readings, "concept": concept,
    "window": window,
}  # fmt: skip
