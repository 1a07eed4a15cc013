"""Are both sides of one system of counting, and is what was measured what is said?"""

from assets.methods.interval import Interval
from assets.statement import words
from assets.statement.finding import Finding
from assets.statement.value import Leaf, Value
from schemas.codes import CLAIM_SCOPE, SCOPE

NEUTRAL = ("population", "document", "other")


def crossed_scopes(value: Value) -> tuple[str, str] | None:
    """Scopes of a part and its whole that are not one; a population may be the whole of anything."""
    for part, whole in value.shares:
        for one in _scopes(part):
            for other in _scopes(whole):
                if one != other:
                    return one, other
    return None


def share_across_scopes(
    printed: Interval, value: Value, scopes: tuple[str, str], unit: str | None, figure: str
) -> Finding:
    """A share whose sides were counted by different systems: scope, whether or not the arithmetic holds."""
    found = words.interval(value.interval, unit)
    holds = "which fits" if printed.meets(value.interval) else "which does not fit"
    said = (
        f"{value.words} gives {found}, {holds} the printed {figure}; but the part is of one system ({in_words(scopes[0])}) and "
        f"the whole of another ({in_words(scopes[1])})"
    )
    return Finding("scope", words.sentence(said), value.interval, (("recomputed", found),))


def beside(
    printed: Interval, scope: str, value: Value, first: Value | None, what: str, unit: str | None, figure: str
) -> Finding:
    """A figure beside that of another count of the like: agrees, differs (one system), or scope (two systems)."""
    found = words.interval(value.interval, unit)
    shown = (("recomputed", found),)
    other = next((s for s in _scopes(value.leaves, ()) if s != scope), scope)
    if printed.meets(value.interval):
        verdict = "external_agrees" if value.published else "consistent"
        return Finding(
            verdict, words.sentence(f"{what}: {value.words}, which fits the printed {figure}"), value.interval, shown
        )
    before = f", first {first.words}" if first is not None and not first.interval.meets(value.interval) else ""
    if unit != "percent" and printed.is_bounded and float(value.interval.lower) > 0:
        times = printed.div(value.interval).scale(100)
        compared = f"{figure} is {words.interval(times, 'percent')} of {what}, {value.words}{before}"
    else:
        compared = f"{figure} stands beside {what}, {value.words}{before}"
    if other == scope:
        verdict = "external_differs" if value.published else "conflict"
        return Finding(verdict, words.sentence(compared), value.interval, shown)
    said = (
        f"{compared}. The two are counted by different systems ({in_words(scope)}; {in_words(other)}), so neither corrects "
        "the other"
    )
    return Finding("scope", words.sentence(said), shown=shown)


def concept(measured: str, said: str) -> Finding:
    """What was measured is what is said of it: consistent or scope."""
    if measured == said:
        return Finding("consistent", words.sentence(f"It was measured of {measured}"))
    return Finding("scope", words.sentence(f"It was measured of {measured}, and is said of {said}"))


def not_cohort(what: str) -> Finding:
    """A ratio of two counts of one year that is worded as the fate of one group: wording."""
    said = f"It is {what}: a ratio of two counts, not what became of one group"
    return Finding("wording", words.sentence(said))


def in_words(scope: str) -> str:
    """A scope as its code list says it, without what follows a colon."""
    return (SCOPE | CLAIM_SCOPE)[scope].split(":")[0]


def _scopes(leaves: tuple[Leaf, ...], neutral: tuple[str, ...] = NEUTRAL) -> list[str]:
    return list(dict.fromkeys(leaf.scope for leaf in leaves if leaf.scope not in neutral))
