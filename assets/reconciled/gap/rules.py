"""The rules of comparability, each over one case, and the verdict: the worst of them."""

from collections.abc import Callable, Mapping

from assets.reconciled.gap.availability import in_words
from assets.reconciled.ground.comparison import AGE_BASES, ALL_AREAS, Case, Result, Ruling, Said
from assets.reconciled.ground.vintage import DOUBTED
from assets.words.wording import capital, contradicts

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


# Of what kind are the things that stand side by side: units, concepts, scopes, sums.
def unit(case: Case) -> Said:
    """Victims, incidents and offences are types; only incidents and offences of a comparable subset may be subtracted."""
    if case.pairing.unit is None or case.pairing.recorded_unit is None:
        return Result.PASS, "Only one side has a unit."
    if case.pairing.unit == "incidents" and case.pairing.comparable_subset:
        return Result.PASS, "Incidents and offences are both counts of crimes."
    return (
        Result.QUALIFY,
        f"{case.pairing.unit.capitalize()} are set against {case.pairing.recorded_unit}: a ratio only, never a difference.",
    )


def present(case: Case) -> Said:
    """A side without a figure blocks; the reason says which of four states holds."""
    estimate = case.estimate is not None and case.estimate.value is not None
    count = case.count is not None and case.count.value is not None
    if estimate and count:
        return Result.PASS, "Both sides are held."
    sides = (("estimate", case.estimate), ("count", case.count))
    doubted = [name for name, side in sides if side is not None and side.value is None and side.obs_status == DOUBTED]
    if doubted:
        return Result.BLOCK, f"{capital(contradicts(' and the '.join(doubted)))}."
    missing = [name for name, there in (("estimate", estimate), ("count", count)) if not there]
    missing_in_words = "; ".join(in_words(name, case.missing.get(name)) for name in missing)
    return Result.BLOCK, f"{capital(missing_in_words)}."


def concept(case: Case) -> Said:
    """The offence codes must record the behaviour that the survey asks about."""
    pairing = case.pairing
    if pairing.concept in ("different", "none"):
        return Result.BLOCK, pairing.concept_reason
    if pairing.concept == "same":
        return Result.PASS, "The count records what the survey asks about."
    return Result.QUALIFY, pairing.concept_reason


def scope(case: Case) -> Said:
    """Counts of different scopes are never mixed; a scope of its own definition is named."""
    if case.count is None:
        return Result.PASS, "No count, so no scope."
    if case.count.scope != case.pairing.recorded_scope:
        return (
            Result.BLOCK,
            f"The count is of scope {case.count.scope}, the pairing asks for {case.pairing.recorded_scope}.",
        )
    if case.count.scope == "policing_vawg":
        return (
            Result.QUALIFY,
            "The count is of the policing VAWG collection, by its own definition: it differs from the published statistics.",
        )
    if case.count.scope == "collection":
        return (
            Result.QUALIFY,
            "The count is assembled from the forces' returns by an assumed definition: it differs from the published statistics.",
        )
    return Result.PASS, "The count is of one published scope."


def threat_sum(case: Case) -> Said:
    """Threats overlap: adding them blocks; a published total over all of them is no sum of ours."""
    series = case.pairing.recorded_series
    threats = [
        name.split(".")[1] for name in series if name.startswith(("vawg.", "collection.")) and ".total" not in name
    ]
    if len(threats) > 1:
        return Result.BLOCK, f"Threats overlap, so {', '.join(threats)} may not be added."
    return Result.PASS, "No threats are added."


# Whom are the two sides about: age, sex, area, coverage.
def age(case: Case) -> Said:
    """The estimate's age base must contain the recorded one, or the difference is named; age bases are never joined."""
    if case.estimate is None or case.count is None:
        return Result.PASS, "Only one side has an age base."
    estimated, counted = case.estimate.age, case.count.age
    if estimated not in AGE_BASES:
        return Result.BLOCK, f"{estimated} is no age base of the survey but a part of one."
    if estimated == counted == "16+":
        return Result.PASS, "Both sides are about people aged 16 and over."
    extra = "children too" if counted in ("all", "children") else f"victims of other ages too ({counted})"
    if counted == "16+":
        extra = f"victims older than {estimated.split('-')[-1]} too"
    return Result.QUALIFY, f"The estimate is about ages {estimated}; the count holds {extra}."


def sex(case: Case) -> Said:
    """A women's estimate needs codes that carry the victim's sex, or a sourced female share with its interval."""
    if case.estimate is None or case.count is None or case.estimate.sex == "all":
        return Result.PASS, "No side is restricted to one sex without the other."
    if case.count.female_share_applied:
        return Result.QUALIFY, "The count is all victims times a sourced female share, taken with its interval."
    if case.count.sex == case.estimate.sex:
        if case.count.scope == "policing_vawg":
            return (
                Result.QUALIFY,
                "The collection is of offences against women and girls; how sex was established is not printed.",
            )
        if case.count.scope == "collection":
            return Result.PASS, "The returns say the victim's sex."
        return Result.PASS, "The codes carry the victim's sex."
    return (
        Result.BLOCK,
        "The estimate is about women, the count about all victims, and no female share of the year is held.",
    )


def geo(case: Case) -> Said:
    """The same set of forces on both sides; a missing force is named."""
    if case.count is not None and case.count.missing_forces:
        names = ", ".join(case.count.missing_forces)
        return Result.QUALIFY, f"The count leaves out {names}; the estimate does not."
    if case.count is not None and case.area != ALL_AREAS:
        return (
            Result.QUALIFY,
            f"The count is what the forces of {case.area} recorded, wherever the victims live; the estimate is of residents.",
        )
    return Result.PASS, f"Both sides are about {case.area}."


def cover(case: Case) -> Said:
    """Missing is not zero: a window of fewer months than the estimate's blocks."""
    if case.count is None:
        return Result.PASS, "No count, so nothing to cover."
    if case.count.value is None and case.count.missing_forces:
        names = ", ".join(case.count.missing_forces)
        return Result.BLOCK, f"The year of {names} is not held in full: missing is not nought."
    if case.count.period.months < 12:
        return Result.BLOCK, f"The count covers {case.count.period.months} months only and is never annualised."
    return Result.PASS, "The count covers twelve months."


# The survey: instruments, samples, precision, reporting rates.
SMALLEST_BASE = 50
COPY = "press_copy"


def instrument(case: Case) -> Said:
    """Old and new questions are two series; they are never joined or averaged."""
    if case.estimate is None:
        return Result.PASS, "No estimate."
    if case.estimate.instrument == "csew_self_completion_new":
        return Result.QUALIFY, "New questions, which find more victims than the old ones: a series of its own."
    return Result.PASS, "One instrument."


def sample(case: Case) -> Said:
    """Short fieldwork, half samples, statistics in development and copies are said."""
    if case.estimate is None:
        return Result.PASS, "No estimate."
    reasons = []
    if case.fieldwork is not None and case.fieldwork.shortfall:
        reasons.append(f"the estimate rests on {case.fieldwork.shortfall}")
    if case.estimate.designation == "in_development":
        reasons.append("the estimate is a statistic in development")
    if case.estimate.designation == COPY:
        reasons.append("the estimate was read in a copy of the publication")
    if not reasons:
        return Result.PASS, "A full year of interviews."
    sentence = "; ".join(reasons)
    return Result.QUALIFY, f"{sentence[0].upper()}{sentence[1:]}."


def suppress(case: Case) -> Said:
    """The publisher's own rule: its marker, or an unweighted base under 50. A wide interval is shown, not withheld."""
    estimate = case.estimate
    if estimate is None:
        return Result.PASS, "No estimate."
    if estimate.obs_status == "suppressed":
        return Result.BLOCK, "The publisher suppressed the estimate."
    if estimate.base is not None and estimate.base < SMALLEST_BASE:
        return Result.BLOCK, f"The unweighted base is {estimate.base:.0f}, under {SMALLEST_BASE}."
    return Result.PASS, "Nothing calls for suppression."


def confidence(case: Case) -> Said:
    """No ratio without an interval, and the interval says what it is. Non-response is in none of them."""
    estimate = case.estimate
    if estimate is None or estimate.value is None:
        return Result.PASS, "No estimate."
    if estimate.interval_source is None or estimate.core is None:
        return Result.BLOCK, "No sampling error of the estimate is held, nor can be worked out, so it has no interval."
    reasons = {
        "published": "The interval is the publisher's",
        "computed": "The interval is computed from a sourced base and design effect",
        "assumed": "The interval is the widest range that the listed assumptions allow, not a 95% interval",
    }[estimate.interval_source]
    result = Result.PASS if estimate.interval_source in ("published", "computed") else Result.QUALIFY
    return result, f"{reasons}; bias from non-response is not in it."


def report(case: Case) -> Said:
    """A reporting rate bridges only its own instrument, unit, offence and period; none is used here."""
    return Result.PASS, "No reporting rate is used."


# Time: periods, non-recent offences, breaks, releases.
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


# Flags, and the sign of a gap.
def flag(case: Case) -> Said:
    """A flag's completeness is not known exactly: a count that rests on one is a count of flagged offences."""
    if case.count is None or not case.pairing.flagged:
        return Result.PASS, "The count does not rest on a flag."
    return (
        Result.QUALIFY,
        "The count rests on a flag set by officers or by text search; how many offences lack it is not known.",
    )


def sign(case: Case) -> Said:
    """Recorded above the estimate is legal: a gap can have either sign and is never clipped."""
    estimate, count = case.estimate, case.count
    if estimate and count and estimate.value is not None and count.value is not None and count.value > estimate.value:
        return Result.PASS, "More is recorded than estimated, which may be: repeated offences, wider cover."
    return Result.PASS, "A gap of either sign would stand."


# In the order in which a blocked row names its reason.
RULES: Mapping[str, Callable[[Case], Said]] = {
    "PRESENT": present,
    "CONCEPT": concept,
    "THREAT-SUM": threat_sum,
    "SCOPE": scope,
    "SEX": sex,
    "PERIOD": period,
    "COVER": cover,
    "AGE": age,
    "GEO": geo,
    "UNIT": unit,
    "INSTRUMENT": instrument,
    "SAMPLE": sample,
    "SUPPRESS": suppress,
    "CI": confidence,
    "REPORT": report,
    "RECENCY": recency,
    "BREAK": series_break,
    "VINTAGE": vintage,
    "FLAG": flag,
    "SIGN": sign,
}
