"""All rules over one case, and the verdict: the worst of them."""

from collections.abc import Callable

from assets.reconciled.gap.rules import flags, kind, people, survey, time
from assets.reconciled.ground.comparison import Case, Result, Ruling

# In the order in which a blocked row names its reason.
RULES: tuple[Callable[[Case], Ruling], ...] = (
    kind.present,
    kind.concept,
    kind.threat_sum,
    kind.scope,
    people.sex,
    time.period,
    people.cover,
    people.age,
    people.geo,
    kind.unit,
    survey.instrument,
    survey.sample,
    survey.suppress,
    survey.confidence,
    survey.report,
    time.recency,
    time.series_break,
    time.vintage,
    flags.flag,
    flags.sign,
)
# A reason names this many rules; all of them stand in `rules`.
SHOWN = 3
SEVERITY = {Result.PASS: 0, Result.QUALIFY: 1, Result.BLOCK: 2}


def rulings(case: Case) -> list[Ruling]:
    """What every rule says of a case."""
    return [rule(case) for rule in RULES]


def verdict(said: list[Ruling]) -> Result:
    """The worst result."""
    return max((ruling.result for ruling in said), key=SEVERITY.__getitem__)


def reason(said: list[Ruling]) -> str:
    """The verdict in one readable sentence: what blocks, or what qualifies."""
    worst = verdict(said)
    if worst is Result.PASS:
        return "May be compared: no rule objects."
    speaking = [ruling for ruling in said if ruling.result is worst]
    shown = "; ".join(_clause(ruling.reason) for ruling in speaking[:SHOWN])
    more = len(speaking) - SHOWN
    rest = f"; and {more} more, in `rules`" if more > 0 else ""
    lead = "Not to be compared" if worst is Result.BLOCK else "May be compared with care"
    return f"{lead}: {shown}{rest}."


def _clause(sentence: str) -> str:
    """A sentence as a clause of another: no full stop, a small first letter unless it is a name or a code."""
    text = sentence.rstrip(".")
    first = text.split(" ", 1)[0]
    return text if first[:1].isdigit() or (not first[1:].islower() and len(first) > 1) else text[:1].lower() + text[1:]
