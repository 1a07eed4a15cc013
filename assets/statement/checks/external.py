"""Does a figure agree with published statistics, when it was printed and now; and of what is it a bound?"""

from assets.methods.interval import Interval
from assets.statement import words
from assets.statement.finding import Finding
from assets.statement.value import Value


def published(
    printed: Interval, now: Value, then: Value | None, unit: str | None, figure: str, remark: str = ""
) -> list[Finding]:
    """Against the newest release, and against the release that stood when it was printed (`then`).

    Agreeing with either is agreeing: a later revision is told and does not lead.
    """
    newest = _against(printed, now, unit, figure, remark)
    if then is None or then.row_ids == now.row_ids:
        return [newest]
    first = _against(printed, then, unit, figure, remark)
    if first.verdict == newest.verdict:
        return [Finding(first.verdict, first.sentence, now.interval, first.shown), _quiet(newest)]
    if first.verdict == "external_agrees":
        revised = words.interval(now.interval, unit)
        sentence = f"{first.sentence} A later release makes it {revised}."
        return [
            Finding("external_agrees", sentence, then.interval, (*first.shown, ("revised", revised))),
            _quiet(newest),
        ]
    return [newest, _quiet(first)]


def bound(printed: Interval | None, of: str, value: Value | None, unit: str | None, figure: str | None) -> Finding:
    """A figure that is true only as a bound of something wider; implausible where it does not even fit its own basis."""
    if value is None:
        return Finding("bound", words.sentence(f"True as a bound of {of}, not as its size"))
    found = words.interval(value.interval, unit)
    shown = (("recomputed", found), ("basis", value.words))
    if printed is not None and not printed.meets(value.interval):
        return Finding(
            "implausible",
            words.sentence(f"{figure} does not fit what it rests on, {found} ({value.words})"),
            value.interval,
            shown,
        )
    return Finding(
        "bound",
        words.sentence(f"It bounds {of} and is not their number; it rests on {found} ({value.words})"),
        value.interval,
        shown,
    )


def _against(printed: Interval, value: Value, unit: str | None, figure: str, remark: str) -> Finding:
    holds = printed.meets(value.interval)
    found = words.interval(value.interval, unit)
    said = f"{'Agrees with' if holds else 'Differs from'} {value.words}"
    if len(value.leaves) > 1:
        said += f", which gives {found} against the printed {figure}"
    more = f" {words.sentence(remark)}" if remark else ""
    sentence = f"{words.sentence(said)}{more}"
    return Finding(
        "external_agrees" if holds else "external_differs", sentence, value.interval, (("recomputed", found),)
    )


def _quiet(finding: Finding) -> Finding:
    return Finding(finding.verdict, finding.sentence, finding.recomputed, finding.shown, leads=False)
