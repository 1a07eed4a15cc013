"""Rules about time: periods, non-recent offences, breaks, releases."""

from assets.reconciled.ground.comparison import Case, Result, Said

SPREAD = "interviews of a survey year are about events spread over up to two years, the count about twelve months"


def period(case: Case) -> Said:
    """A survey year matches recorded years by its recall window; the plain year is shown too, and says so."""
    if case.estimate is None or case.count is None:
        return Result.PASS, "Only one side has a period."
    if case.period_match == "recall_quarters":
        return Result.QUALIFY, (
            "Recorded quarters are weighted by the recall window of the interviews; offences may be recorded later than they"
            " happened."
        )
    if case.period_match == "recall":
        return Result.QUALIFY, (
            "Recorded years are mixed by the recall window of the interviews, since not all of their quarters are held; how far"
            " off such a mix may be is part of the interval."
        )
    if (case.estimate.period.start, case.estimate.period.end) != (case.count.period.start, case.count.period.end):
        return Result.BLOCK, f"The estimate is of {case.estimate.period}, the count of {case.count.period}."
    return Result.QUALIFY, f"The {SPREAD}."


def recency(case: Case) -> Said:
    """Recorded offences include non-recent ones; the published share recorded within a year is named."""
    if case.count is None or not case.pairing.non_recent:
        return Result.PASS, "The count holds no offences known to be non-recent."
    if case.non_recent_share is not None:
        low, high = case.non_recent_share.as_floats()
        return Result.QUALIFY, (
            f"Of the recorded offences {low:.1f} to {high:.1f}% happened more than a year before they were recorded, by the"
            " published shares of all sexual offences or adult rape."
        )
    return Result.QUALIFY, "The count includes offences that happened before the year; their share is not published."


def series_break(case: Case) -> Said:
    """A change across a break blocks; inside the window of one comparison the break is named."""
    if case.count is None or not case.breaks:
        return Result.PASS, "No known break lies inside the window."
    named = "; ".join(map(str, case.breaks))
    return Result.QUALIFY, f"Inside the recorded window the counting changed ({named})."


def vintage(case: Case) -> Said:
    """One release per source, the newest unless asked; the row names it, and says where one release does not hold it all."""
    sides = (("estimate", case.estimate), ("count", case.count))
    named = [f"of the {name} {side.release.replace('; ', ', ')}" for name, side in sides if side is not None]
    newest_held = f"Newest releases held: {'; '.join(named) or 'none'}."
    releases = case.count.release.split("; ") if case.count is not None else []
    sources = [release.split("@")[0] for release in releases]
    if len(set(sources)) < len(sources):
        return Result.QUALIFY, (
            f"The count is made of figures of several releases of one source, since no newer one holds them all: revisions"
            f" between releases are not in its interval. {newest_held}"
        )
    return Result.PASS, newest_held
