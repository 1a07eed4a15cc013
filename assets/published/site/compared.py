"""What the survey estimates beside what the police record, as the pages tell it: one comparison in its newest year."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.published.site.words import PlainWords
from assets.tables.asking import Asked
from assets.words import wording
from schemas.codes import THREAT_OR_ALL
from schemas.rows import Record

COMPARED = """
SELECT whole.*, answer.comparison, answer.who, answer.estimated, answer.recorded AS recorded_said, answer.per_100,
       answer.may_be_compared, answer.why, pairing.estimate_topic, pairing.concept_reason, pairing.title
FROM answer_for() AS answer JOIN reconciled.answer AS whole ON whole.row_id = answer.row_id
JOIN reference.pairing AS pairing ON pairing.pairing = whole.pairing
"""
# Rules whose warning says what every reader must know stand before those about how sure a figure is.
QUALIFY = "qualify"


@dataclass(frozen=True)
class Reason:
    """A warning: in plain words, and as the rule says it of this comparison."""

    plain: str
    says: str


@dataclass(frozen=True)
class ComparisonInWords:
    """One comparison in its newest year, in words and numbers."""

    key: str
    threat: str
    name: str
    row_id: str
    topic: str
    sex: str
    who: str
    people: str
    year: str
    compared: bool
    may: str
    estimated: str
    estimated_between: str
    recorded: str
    recorded_between: str
    recorded_unit: str
    per_100: str
    per_100_between: str
    standing: tuple[str, str]
    scope: str
    interval: str
    why_not: str
    reason: str
    reasons: Sequence[Reason]
    row: Record


def comparisons(asked: Asked, words: PlainWords) -> list[ComparisonInWords]:
    """The newest year of every comparison, by threat; those that may be made first, then in their plain order."""
    order = list(THREAT_OR_ALL)
    comparisons = [_comparison(row, words) for row in asked.rows(COMPARED)]
    rank = {comparison.key: words.of("pairing", comparison.key).rank for comparison in comparisons}
    return sorted(comparisons, key=lambda entry: (order.index(entry.threat), not entry.compared, rank[entry.key]))


def foremost(given: Sequence[ComparisonInWords]) -> list[ComparisonInWords]:
    """One comparison per survey topic that may be made, everybody before one sex and the newest first; else one that may not."""
    made = [comparison for comparison in given if comparison.compared]
    if not made:
        counted = [comparison for comparison in given if comparison.recorded] or list(given)
        return sorted(counted, key=lambda entry: entry.row["period_end"], reverse=True)[:1]
    best = sorted(made, key=lambda entry: (entry.row["period_end"], entry.sex == "all"), reverse=True)
    chosen = {comparison.topic: comparison for comparison in reversed(best)}
    return [comparison for comparison in made if comparison is chosen[comparison.topic]]


def _comparison(row: Record, words: PlainWords) -> ComparisonInWords:
    word = words.of("pairing", row["pairing"])
    estimate, ratio = row["estimate"], row["recorded_per_100"]
    unit = (row["recorded_unit"] or "offences").replace("_", " ")
    wide = row["recorded_upper"] is not None and row["recorded_upper"] > (row["recorded_lower"] or 0)
    limits = wording.between(row["recorded_per_100_lower"], row["recorded_per_100_upper"], 1)
    return ComparisonInWords(
        key=row["pairing"],
        threat=row["threat"],
        name=word.name,
        row_id=row["row_id"],
        topic=row["estimate_topic"] or "",
        sex=row["sex"],
        who=row["who"],
        people="incidents" if row["estimate_unit"] == "incidents" else "women" if row["sex"] == "female" else "people",
        year=wording.year_to(row["period_end"]),
        compared=row["verdict"] != "block",
        may=row["may_be_compared"],
        estimated="" if estimate is None else wording.people(estimate),
        estimated_between="" if estimate is None else wording.limits_of_estimate(row),
        recorded="" if row["recorded"] is None else wording.number(row["recorded"]),
        recorded_between=wording.between(row["recorded_lower"], row["recorded_upper"]) if wide else "",
        recorded_unit=unit,
        per_100="" if ratio is None else wording.number(ratio, 1),
        per_100_between="" if limits == wording.NOTHING else limits,
        standing=(wording.designation(row["estimate_designation"]), wording.designation(row["recorded_designation"])),
        scope=wording.SCOPES.get(row["recorded_scope"] or "", ""),
        interval=wording.INTERVALS.get(row["interval_source"] or "", ""),
        why_not=word.says or wording.sentence(row["concept_reason"]),
        reason=row["reason"].removeprefix("Not to be compared: "),
        reasons=_reasons(row, words),
        row=row,
    )


def _reasons(row: Record, words: PlainWords) -> list[Reason]:
    """What qualifies a comparison, what matters most first."""
    qualifying = [ruling for ruling in row["rules"] if ruling["result"] == QUALIFY]
    qualifying.sort(key=lambda ruling: words.of("rule", ruling["rule"]).rank)
    newer = row["newer_withheld"]
    withheld = [] if newer is None else [Reason("A newer year is withheld.", wording.newer_withheld(newer))]
    return withheld + [Reason(words.of("rule", ruling["rule"]).says, ruling["reason"]) for ruling in qualifying]
