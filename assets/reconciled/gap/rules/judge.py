"""All rules over one case, and the verdict: the worst of them."""

from collections.abc import Callable, Mapping

from assets.reconciled.gap.rules import flags, kind, people, survey, time
from assets.reconciled.ground.comparison import Case, Result, Ruling, Said

# In the order in which a blocked row names its reason.
RULES: Mapping[str, Callable[[Case], Said]] = {
    "PRESENT": kind.present,
    "CONCEPT": kind.concept,
    "THREAT-SUM": kind.threat_sum,
    "SCOPE": kind.scope,
    "SEX": people.sex,
    "PERIOD": time.period,
    "COVER": people.cover,
    "AGE": people.age,
    "GEO": people.geo,
    "UNIT": kind.unit,
    "INSTRUMENT": survey.instrument,
    "SAMPLE": survey.sample,
    "SUPPRESS": survey.suppress,
    "CI": survey.confidence,
    "REPORT": survey.report,
    "RECENCY": time.recency,
    "BREAK": time.series_break,
    "VINTAGE": time.vintage,
    "FLAG": flags.flag,
    "SIGN": flags.sign,
}
# A reason names this many rules; all of them stand in `rules`.
SHOWN = 3
SEVERITY = {Result.PASS: 0, Result.QUALIFY: 1, Result.BLOCK: 2}


def rulings(case: Case) -> list[Ruling]:
    """What every rule says of a case."""
    return [Ruling(code, *rule(case)) for code, rule in RULES.items()]


def verdict(ruled: list[Ruling]) -> Result:
    """The worst result."""
    return max((ruling.result for ruling in ruled), key=SEVERITY.__getitem__)


def reason(ruled: list[Ruling]) -> str:
    """The verdict in one readable sentence: what blocks, or what qualifies."""
    worst = verdict(ruled)
    if worst is Result.PASS:
        return "May be compared: no rule objects."
    speaking = [ruling for ruling in ruled if ruling.result is worst]
    shown = ""
    for ruling in speaking[:SHOWN]:
        # What one rule has said, another need not say again.
        new = [part for part in _clause(ruling.reason).split("; ") if part.casefold() not in shown.casefold()]
        shown = "; ".join(filter(None, [shown, *new]))
    more = len(speaking) - SHOWN
    rest = f"; and {more} more, in `rules`" if more > 0 else ""
    lead = "Not to be compared" if worst is Result.BLOCK else "May be compared with care"
    return f"{lead}: {shown}{rest}."


def _clause(sentence: str) -> str:
    """A sentence as a clause of another: no full stop, a small first letter unless it is a name or a code."""
    text = sentence.rstrip(".")
    first = text.split(" ", 1)[0]
    return text if first[:1].isdigit() or (not first[1:].islower() and len(first) > 1) else text[:1].lower() + text[1:]
