"""The kinds of check that a claims file can ask for: what each needs, and the pure check it calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.statement import words
from assets.statement.bench import Bench
from assets.statement.checks import arithmetic, external, lists, scopes, sources, windows
from assets.statement.document import Check
from assets.statement.finding import Finding

Run = Callable[[Bench, Check], list[Finding]]


@dataclass(frozen=True)
class Kind:
    """One kind of check.

    about:    what it asks, for the documentation
    form:     what stands behind its name: str, list or dict
    needs:    further fields that must be there; takes: those that may
    expressions_in, claims_in, windows_in: fields that hold such (its own name for what stands behind it)
    own_figure, own_items: does it look at the claim's figure, or its list
    """

    name: str
    about: str
    run: Run
    form: type = str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    expressions_in: tuple[str, ...] = ()
    claims_in: tuple[str, ...] = ()
    windows_in: tuple[str, ...] = ()
    own_figure: bool = False
    own_items: bool = False

    @property
    def form_words(self) -> str:
        """What stands behind the name, in words."""
        return "a text" if self.form is str else "a list of claims" if self.form is list else "named expressions"

    def expressions(self, check: Check) -> list[object]:
        """Every expression of a check."""
        return _flat(check, self, self.expressions_in)

    def claims(self, check: Check) -> list[object]:
        """Every claim that a check names by key alone."""
        return _flat(check, self, self.claims_in)

    def windows(self, check: Check) -> list[object]:
        """Every window that a check names."""
        return _flat(check, self, self.windows_in)

    def shown(self, check: Check) -> str | None:
        """The expressions of a check on one line."""
        found = [" ".join(str(text).split()) for text in self.expressions(check)]
        return "; ".join(found) or None


def _flat(check: Check, kind: Kind, fields: Sequence[str]) -> list[object]:
    found: list[object] = []
    for field in fields:
        value: Any = check.main if field == kind.name else check.more.get(field)
        found += list(value.values()) if isinstance(value, Mapping) else list(value) if isinstance(value, list) else []
        found += [value] if isinstance(value, str) else []
    return found


def _recompute(bench: Bench, check: Check) -> list[Finding]:
    """A share of unlike windows is `period` and one across scopes is `scope`, whatever the arithmetic says."""
    value, unit = bench.value(check.main), bench.claim.unit
    unlike, crossed = windows.unlike_windows(value), scopes.crossed_scopes(value)
    if unlike:
        return [windows.share_of_another_window(bench.printed, value, unlike, bench.other_window, unit, bench.figure)]
    if crossed:
        return [scopes.share_across_scopes(bench.printed, value, crossed, unit, bench.figure)]
    return [arithmetic.fits(bench.printed, value, unit, bench.figure)]


def _published(bench: Bench, check: Check) -> list[Finding]:
    then = bench.value(check.more["as_of"]) if "as_of" in check.more else None
    remark = str(check.more.get("remark", ""))
    return external.published(bench.printed, bench.value(check.main), then, bench.claim.unit, bench.figure, remark)


def _beside(bench: Bench, check: Check) -> list[Finding]:
    first = bench.value(check.more["as_of"]) if "as_of" in check.more else None
    what, claim = str(check.more["what"]), bench.claim
    return [scopes.beside(bench.printed, claim.scope, bench.value(check.main), first, what, claim.unit, bench.figure)]


def _bound(bench: Bench, check: Check) -> list[Finding]:
    value = bench.value(check.more["value"]) if "value" in check.more else None
    # Another unit, or no figure of its own: there is nothing to compare, only to show.
    unit = str(check.more.get("unit", bench.claim.unit))
    printed = bench.claim.interval if unit == bench.claim.unit else None
    found = external.bound(printed, str(check.main), value, unit, bench.claim.figure)
    if unit != bench.claim.unit:
        found = Finding(found.verdict, found.sentence, None, found.shown)
    return [found]


def _breaks(bench: Bench, check: Check) -> list[Finding]:
    rows = bench.breaks_of(str(check.main))
    if not rows:
        return [Finding("consistent", "No break of the series is known inside the window.", leads=False)]
    said = "; ".join(f"{row['what_changed']} ({row['date']:%B %Y})" for row in rows)
    return [Finding("scope", words.sentence(f"Counting or coverage changed inside the window: {said}"), leads=False)]


def _mean_age(bench: Bench, check: Check) -> list[Finding]:
    young: Any = check.more["young"]
    ends = (int(young[0]), int(young[1]))
    return [
        arithmetic.mean_age(bench.printed, bench.value(check.main), ends, int(str(check.more["old"])), bench.figure)
    ]


def _parts(bench: Bench, check: Check) -> list[Any]:
    keys: Any = check.more["parts"]
    return bench.figures(keys)


def _names(bench: Bench, check: Check) -> list[Finding]:
    other = bench.other(check.main)
    return [lists.same_names(bench.claim.items, other.items, other.place())]


def _nth(bench: Bench, check: Check) -> list[Finding]:
    return [lists.nth(bench.printed, bench.claim.items, bench.other(check.main).items, bench.figure)]


def _called(bench: Bench, check: Check) -> list[Finding]:
    numbers, calls = lists.numbers_of(str(check.more["listed"])), lists.numbers_of(str(check.main))
    return [lists.called(numbers, calls, str(check.more["what"]))]


def _same_window(bench: Bench, check: Check) -> list[Finding]:
    if bench.claim.window is None:
        return []
    return [windows.same_window(bench.claim.window, bench.window(check.main), str(check.more["what"]))]


def _months(bench: Bench, check: Check) -> list[Finding]:
    what = str(check.more["what"])
    return [windows.number_of_months(bench.printed, bench.window(check.main), what, bench.figure)]


def _equal_length(bench: Bench, check: Check) -> list[Finding]:
    other = bench.other(check.main).window
    if bench.claim.window is None or other is None:
        return []
    return [windows.equal_length(bench.claim.window, other)]


def _open(bench: Bench, check: Check) -> list[Finding]:
    given: Any = check.main
    return [arithmetic.open_readings(bench.values(given), bench.claim.unit)]


def _readings(bench: Bench, check: Check) -> list[Finding]:
    given: Any = check.main
    return [arithmetic.readings(bench.printed, bench.values(given), bench.claim.unit, bench.figure)]


def _order(bench: Bench, check: Check) -> list[Finding]:
    keys: Any = check.main
    return [arithmetic.order(bench.figures(keys), bench.claim.unit)]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("recompute", "Does the figure fit an expression over other figures?", _recompute,
             expressions_in=("recompute",), own_figure=True),
        Kind("published", "Does it agree with a published statistic, now and (as_of) when it was printed?", _published,
             takes=("as_of", "remark"), expressions_in=("published", "as_of"), own_figure=True),
        Kind("beside", "How does it stand beside another count of the like, perhaps of another system?", _beside,
             needs=("what",), takes=("as_of",), expressions_in=("beside", "as_of"), own_figure=True),
        Kind("bound", "Of what is it only a bound, and does it fit its own basis (value)?", _bound,
             takes=("value", "unit"), expressions_in=("value",)),
        Kind("inside", "Is a part not more than its whole (of)?",
             lambda bench, check: [arithmetic.inside(bench.value(check.main), bench.value(check.more["of"]))],
             needs=("of",), expressions_in=("inside", "of")),
        Kind("within", "Does it lie inside what is possible?",
             lambda bench, check: [arithmetic.within(bench.printed, bench.value(check.main), bench.claim.unit, bench.figure)],
             expressions_in=("within",), own_figure=True),
        Kind("sums_to", "Do the parts add up to the total?",
             lambda bench, check: [arithmetic.sums_to(_parts(bench, check), bench.value(check.main), bench.claim.unit)],
             needs=("parts",), expressions_in=("sums_to",), claims_in=("parts",)),
        Kind("at_most", "Do parts that exclude each other stay within the limit?",
             lambda bench, check: [arithmetic.at_most(_parts(bench, check), bench.value(check.main), bench.claim.unit)],
             needs=("parts",), expressions_in=("at_most",), claims_in=("parts",)),
        Kind("order", "Do the figures fall in the order named, from the largest?", _order, form=list, claims_in=("order",)),
        Kind("worded", "Does the figure fit what the words say, or only what they must mean (meant)?",
             lambda bench, check: [arithmetic.another_wording(
                 bench.printed, bench.value(check.main), bench.value(check.more["meant"]), bench.claim.unit, bench.figure)],
             needs=("meant",), expressions_in=("worded", "meant"), own_figure=True),
        Kind("readings", "Under which readings does the figure hold?", _readings, form=dict,
             expressions_in=("readings",), own_figure=True),
        Kind("open_readings", "Which figures can the words mean?", _open, form=dict, expressions_in=("open_readings",)),
        Kind("mean_age", "What does a mean age beside the share of the young ask of the others?", _mean_age,
             needs=("young", "old"), expressions_in=("mean_age",), own_figure=True),
        Kind("same_window", "Is the window that of what the figure is set beside (what)?", _same_window,
             needs=("what",), windows_in=("same_window",)),
        Kind("months", "Is the printed number of months that of the window named?", _months,
             needs=("what",), windows_in=("months",), own_figure=True),
        Kind("equal_length", "Are two windows that are compared equally long?", _equal_length, claims_in=("equal_length",)),
        Kind("concept", "Was what is said (said) what was measured?",
             lambda bench, check: [scopes.concept(str(check.main), str(check.more["said"]))], needs=("said",)),
        Kind("not_cohort", "Is a ratio of two counts worded as the fate of one group?",
             lambda bench, check: [scopes.not_cohort(str(check.main))]),
        Kind("listed", "Are as many things listed as are said?",
             lambda bench, check: [lists.listed(bench.printed, bench.claim.items, bench.figure)],
             own_figure=True, own_items=True),
        Kind("increasing", "Do numbers or dates rise from each to the next?",
             lambda bench, check: [lists.increasing(bench.claim.items)], own_items=True),
        Kind("names_as", "Are the names those of another claim?", _names, claims_in=("names_as",), own_items=True),
        Kind("nth_of", "Is the thing named the one at that place of another claim's list?", _nth,
             claims_in=("nth_of",), own_figure=True, own_items=True),
        Kind("called", "Is every listed note or reference called by a sentence?", _called, needs=("listed", "what")),
        Kind("cited_year", "Is the source not older than the figures?",
             lambda bench, check: [sources.cited_year(bench.window(check.main), bench.references)],
             windows_in=("cited_year",)),
        Kind("named_year", "Is the year named that of the source cited?",
             lambda bench, check: [sources.named_year(int(str(check.main)), bench.references)]),
        Kind("cited_body", "Is the body credited the one the source is by?",
             lambda bench, check: [sources.cited_body(str(check.main), bench.references)]),
        Kind("breaks", "Which breaks of a series lie inside the window? (told, never leading)", _breaks),
    )
}  # fmt: skip
