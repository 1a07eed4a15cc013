"""The statistical tables over a published file: which rows and columns of it, and what they are called."""

from collections.abc import Mapping, Sequence
from typing import Any

from assets.published.report.sources import OF_THREATS
from assets.published.tables.sheets import NOT_APPLICABLE, Field, TableSheet
from assets.tables.asking import Asked
from assets.words.wording import capital
from schemas.codes import ENGLAND_AND_WALES, THREAT
from schemas.derive import quoted

HERE = f"'{ENGLAND_AND_WALES}'"
ONS = "Office for National Statistics, Home Office, College of Policing and NPCC: see the releases in each row"
PERIOD = {"period_start": "First day", "period_end": "Last day"}
GAP = {
    "label": "Comparison", "threat": "Threat", "sex": "Sex of the victims estimated", "age": "Ages", "instrument": "Questions",
    **PERIOD, "estimate_unit": "Unit of the estimate", "estimate": "Estimated", "estimate_lower": "Estimated, lower limit",
    "estimate_upper": "Estimated, upper limit", "interval_source": "What the interval is", "recorded": "Recorded offences",
    "recorded_lower": "Recorded offences, lower end", "recorded_upper": "Recorded offences, upper end",
    "recorded_scope": "Scope of the count", "period_match": "How the recorded months were matched",
}  # fmt: skip
RATIO = {
    "recorded_per_100": "Recorded offences per 100 estimated", "recorded_per_100_lower": "Ratio, lower limit",
    "recorded_per_100_upper": "Ratio, upper limit",
}  # fmt: skip
VERDICT = {
    "verdict": "Verdict", "reason": "Why", "estimate_designation": "Standing of the estimate",
    "recorded_designation": "Standing of the count", "survey_release": "Release of the estimate",
    "recorded_release": "Release of the count", "row_id": "Row of the file",
}  # fmt: skip
NOTE_OF = {
    "recorded_per_100": "not_a_rate", "answers.per_100": "not_a_rate", "among_forces": "forces", "change": "change",
    "interval_source": "interval", "change_percent": "change", "scope": "scope",
    "recorded_scope": "scope", "verdict": "verdict", "estimate_designation": "standing", "designation": "standing",
    "bounds.lower": "overlap",
    "overlap_lower": "overlap", "per_100": "cohort",
}  # fmt: skip
STATUS_OF = {
    "estimate": "estimate_obs_status", "recorded": "recorded_obs_status", "offences": "obs_status", "value": "obs_status",
}  # fmt: skip
# key, label, title, table, condition and order, columns with their headings.
TABLES: tuple[tuple[str, str, str, str, str, Mapping[str, str]], ...] = (
    ("answers", "Answers", "Estimated and recorded, and may the two be compared: newest year of each, England and Wales",
     "main.answer", "true ORDER BY compared DESC, threat, may_be_compared = 'no', comparison", {
        "threat": "Topic", "asked": "What is compared, and whom it is about", "year_ending": "Year ending",
        "people": "Estimated people", "people_between": "Interval of the estimate", "offences": "Recorded offences",
        "per_100": "Recorded per 100 estimated, and interval", "answered": "May they be compared, and why", "row_id": "Row"}),
    ("questions", "Questions", "How far apart, may I compare them, from where, what changed: by topic, England and Wales",
     "main.answer", "true ORDER BY position, answer, row_id", {
        "topic": "Topic", "question": "Question", "answer": "Answer", "row_id": "Row"}),
    ("breakdown", "Breakdown", "What the police record of each threat, newest year of each scope, England and Wales",
     "main.breakdown", "true", {
        "threat": "Topic", "scope": "Who counted", "kind": "Broken down by", "part": "Part", "year_ending": "Year ending",
        "recorded": "Recorded offences", "share": "Share of the threat", "change": "Change", "remark": "Remarks",
        "row_id": "Row"}),
    ("forces", "Forces", "What each police force recorded of each threat, newest year of each count", "main.force", "true", {
        "force": "Police force", "threat": "Topic", "part": "What was counted", "year_ending": "Year ending",
        "recorded": "Recorded offences", "rate": "Per 1,000 people", "change": "Change", "among_forces": "Among forces",
        "coverage": "Coverage", "row_id": "Row"}),
    ("regions", "Nations and regions", "What was recorded of each threat in each nation and region as a whole, newest year",
     "main.region", "true", {
        "region": "Nation or region", "threat": "Topic", "part": "What was counted", "year_ending": "Year ending",
        "recorded": "Recorded offences", "rate": "Per 1,000 people", "change": "Change", "remark": "Remarks", "row_id": "Row"}),
    ("changes", "Changes", "What can be said of change, and what cannot, England and Wales", "main.change", "true", {
        "threat": "Topic", "comparison": "What is compared", "year_ending": "Newest year ending", "estimated": "Survey",
        "recorded": "Recorded", "can_be_said": "What can be said", "cannot_be_said": "What cannot be said"}),
    ("moved", "Moved", "What moved since the build before: answers, verdicts, figures, releases", "main.release_note", "true", {
        "position": "Order", "kind": "What moved", "sentence": "In words", "year_ending": "Year ending", "before": "Before",
        "now": "Now", "row_id": "Row"}),
    ("sources", "Sources", "Every publication: the newest release held, its age, the next one due", "main.source", "true", {
        "publication": "Publication", "publisher": "Publisher", "newest_release": "Newest release held", "released": "Released",
        "year_ending": "Last day of its period", "next_due": "Next due", "standing": "Standing", "figures": "Figures",
        "address": "Address", "source": "Publication key"}),
    ("comparisons", "Comparisons", "Estimated victims and recorded offences that may be compared, England and Wales",
     "reconciled.gap", f"""verdict <> 'block' AND area_code = {HERE}
     ORDER BY threat, label, period_end, instrument, age, period_match""", GAP | RATIO | VERDICT),
    ("blocked", "Blocked", "Comparisons that are blocked, with their figures and reasons, England and Wales",
     "reconciled.gap", f"""verdict = 'block' AND area_code = {HERE}
     ORDER BY threat, label, period_end, instrument, age, period_match""", GAP | VERDICT),
    ("overlaps", "Overlaps", "What the published figures allow of the overlap of two threats", "reconciled.threat_overlap",
     "true ORDER BY system, period_end DESC, first, second, reading", {
        "system": "System of sets", "scope": "Scope", "first": "First set", "second": "Second set", **PERIOD, "unit": "Unit",
        "reading": "Reading", "overlap_lower": "Overlap, at least", "overlap_upper": "Overlap, at most",
        "status": "What was found", "sentence": "In words", "row_id": "Row of the file"}),
    ("bounds", "Bounds", "Bounds on the union of several threats or victim types", "reconciled.union_bound",
     "true ORDER BY system, period_end DESC, set_count DESC, sets, reading, precision", {
        "system": "System of sets", "scope": "Scope", "sets": "Sets", **PERIOD, "sex": "Sex", "unit": "Unit",
        "reading": "Reading", "precision": "How figures are taken",
        "lower": "At least", "upper": "At most", "status": "What was found",
        "sentence": "In words", "row_id": "Row of the file"}),
    ("bridge", "Reporting", "From estimated victims to the police: what the figures allow", "reconciled.reporting_bridge",
     "true ORDER BY bridge, period_end, multiplier", {
        "bridge": "Bridge", "sex": "Sex", "age": "Ages", **PERIOD, "unit": "Unit of the estimate", "multiplier": "What if: times",
        "estimated": "Estimated", "estimated_lower": "Estimated, lower limit", "estimated_upper": "Estimated, upper limit",
        "told_percent": "Came to be known to the police", "known": "Known to the police by the survey",
        "recorded": "Recorded offences",
        "closing": "Value that closes the two", "closing_lower": "Closing, lower limit", "closing_upper": "Closing, upper limit",
        "verdict": "Verdict", "reason": "Why", "row_id": "Row of the file"}),
    ("justice", "Justice", "From recorded offence to conviction", "reconciled.attrition",
     "true ORDER BY threat, period_end DESC, from_stage, to_stage", {
        "threat": "Offences", **PERIOD, "from_stage": "Earlier stage", "to_stage": "Later stage",
        "from_count": "Earlier stage, count", "from_unit": "Earlier stage, unit",
        "to_count": "Later stage, count", "to_unit": "Later stage, unit",
        "per_100": "Later per 100 earlier", "per_100_lower": "Lower limit", "per_100_upper": "Upper limit",
        "method": "What the limits are", "coverage": "What the source says", "designation": "Standing",
        "row_id": "Row of the file"}),
    ("revisions", "Revisions", "Figures behind the threats that were revised between releases, England and Wales",
     "reconciled.revision", f"revised AND area_code = {HERE} AND {OF_THREATS} ORDER BY latest_release DESC, series, period_end", {
        "series": "Series", "sex": "Sex", "age": "Ages", **PERIOD, "unit": "Unit", "first": "First value",
        "first_release": "First release", "previous": "Previous value", "previous_release": "Previous release",
        "latest": "Latest value", "latest_release": "Latest release", "change": "Change", "change_percent": "Change in percent",
        "row_id": "Row of the file"}),
    ("claims", "Claims", "Claims of the documents held, recomputed", "statement.claim",
     "true ORDER BY document, section, paragraph, item, claim", {
        "document": "Document", "claim": "Claim", "section": "Section", "says": "What it says", "printed": "As printed",
        "lower": "Printed, from", "upper": "Printed, to", "unit": "Unit", "recomputed_lower": "Recomputed, from",
        "recomputed_upper": "Recomputed, to", "verdict": "Verdict", "arithmetic": "Arithmetic",
        "comparability": "Comparability", "weight": "Fault or caution", "sentence": "Why", "needs": "What would be needed",
        "row_id": "Row of the file"}),
    ("profile", "Profile", "What is published of each threat beside counts", "reconciled.threat_profile",
     "true ORDER BY threat, statistic, of, period_end, scope, row_id", {
        "threat": "Threat", "statistic": "Statistic", "of": "Of whom or what", "value": "Value", "lower": "Rounding, from",
        "upper": "Rounding, to", "unit": "Unit", "printed": "As printed", "sex": "Sex", "population": "Population", **PERIOD,
        "scope": "Scope", "designation": "Standing", "comparable": "May be set beside", "origin": "Source",
        "row_id": "Row of the file"}),
    ("breaks", "Breaks", "Changes of law, counting, flags, questions, sample or coverage", "reference.comparability_break",
     "true ORDER BY date, break_id", {
        "break_id": "Break", "date": "First day", "last_day": "Last day", "what_changed": "What changed",
        "direction": "Effect on counts",
        "breaks_change": "Blocks a comparison over time", "scope": "Scope", "threats": "Threats", "kind": "Kind",
        "citation": "Where it is written"}),
    ("assumptions", "Assumptions", "Assumptions, listed: ranges of what is not published", "reference.assumption",
     "true ORDER BY assumption", {
        "assumption": "Assumption", "lower": "From", "upper": "To", "unit": "Unit", "applies_to": "Applies to", "reason": "Why",
        "citation": "Where it is written"}),
    ("releases", "Releases", "Releases that figures come from", "meta.release",
     "true ORDER BY publisher, vintage_order DESC, title", {
        "publisher": "Publisher", "title": "Title", "source": "Publication key", "release": "Release key", "released": "Released",
        "period_end": "Last day of its period", "designation": "Standing", "licence": "Licence", "url": "Address",
        "citation": "Citation"}),
)  # fmt: skip
# Where the rows of a sheet come from, where that is more than its table.
FROM = {
    "answers": [
        """(
        SELECT answer.*, concat(answer.comparison, ': ', answer.who) AS asked,
               round(whole.estimate, CASE WHEN whole.estimate >= 1e6 THEN -4 ELSE -3 END) AS people,
               nullif(split_part(split_part(answer.estimated, '(', 2), ')', 1), '') AS people_between, whole.recorded AS offences,
               whole.estimate_obs_status, whole.recorded_obs_status, concat(upper(answer.may_be_compared[1]),
               answer.may_be_compared[2:], ': ', regexp_replace(answer.why, '^[^:]*: ', '')) AS answered,
               bool_or(answer.may_be_compared <> 'no') OVER (PARTITION BY answer.threat) AS compared
        FROM answer_for() AS answer JOIN reconciled.answer AS whole USING (row_id))"""
    ],
    # One query per topic: together they take twice as long to plan.
    "questions": [
        f"(SELECT {quoted(name)} AS topic, * FROM ask({quoted(threat)}))"
        for name, threat in sorted((capital(name), threat) for threat, name in THREAT.items())
    ],
    "breakdown": ["parts_for()"],
    "forces": ["force_for()"],
    "regions": ["region_for()"],
}
# Columns that no table of the file has: type, unit, meaning.
MADE = {
    "label": ("VARCHAR", None, "The pairing in a few words"),
    "asked": ("VARCHAR", None, "What is estimated v what is counted, and whom the estimate is about"),
    "people": ("DOUBLE", "people", "Estimated people (or incidents) in the year, no finer than they are known"),
    "people_between": ("VARCHAR", None, "Interval of the estimate, as precise as it is known"),
    "answered": ("VARCHAR", None, "May the two be compared, and why"),
    "topic": ("VARCHAR", None, "Threat in words"),
    "question": ("VARCHAR", None, "What is asked"),
    "answer": ("VARCHAR", None, "The answer in words"),
}
WIDTHS = {
    "asked": 34, "people_between": 20, "answered": 70, "answer": 110, "question": 34, "sentence": 70, "before": 44,
    "now": 44, "answers.threat": 20, "answers.per_100": 24, "answers.offences": 12,
    "remark": 60, "change": 34, "among_forces": 48, "coverage": 44, "can_be_said": 60, "cannot_be_said": 60, "estimated": 40,
    "changes.recorded": 44, "publication": 44, "newest_release": 44, "part": 34, "scope": 26,
}  # fmt: skip
KEYS = ("row_id", "survey_release", "recorded_release", "release", "source")
PER_TOPIC = ("answers", "questions")
KINDS = {"DOUBLE": "number", "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date"}
COLUMNS = "SELECT column_name, type, unit, meaning FROM meta.column WHERE table_name = ?"


def sheets(asked: Asked) -> list[TableSheet]:
    """Every table that the file holds rows for, in the order of the workbook."""
    return [_sheet(asked, *sheet) for sheet in TABLES if asked.holds(sheet[3])]


def _sheet(
    asked: Asked, key: str, label: str, title: str, table: str, where: str, headings: Mapping[str, str]
) -> TableSheet:
    known = {name: {"type": kind, "unit": unit, "meaning": meaning} for name, (kind, unit, meaning) in MADE.items()}
    known |= {row["column_name"]: row for row in asked.rows(COLUMNS, table)}
    if key == "answers":
        known["offences"] = known["recorded"] | {"type": "DOUBLE", "unit": "offences"}
    sources = FROM.get(key, [table])
    if "label" in headings:
        sources = [f"{table} JOIN (SELECT pairing, label FROM reference.pairing) USING (pairing)"]
    helpers = [
        status for name, status in STATUS_OF.items() if name in headings and status in known and status not in headings
    ]
    chosen = ", ".join(f'"{name}"' for name in [*headings, *helpers])
    rows = [row for source in sources for row in asked.rows(f"SELECT {chosen} FROM {source} WHERE {where}")]
    fields = [_field(name, heading, known[name], key, known, headings) for name, heading in headings.items()]
    scope = "England and Wales, unless a row says otherwise"
    return TableSheet(key, label, title, scope, ONS, fields, rows, page_per_topic=key in PER_TOPIC)


def _field(
    name: str, heading: str, column: Mapping[str, Any], key: str, known: Mapping[str, Any], headings: Mapping[str, str]
) -> Field:
    status = STATUS_OF.get(name, "")
    kind = KINDS.get(column["type"], "string")
    return Field(
        name=name,
        heading=heading,
        kind=kind,
        unit=_unit(column["unit"] or "", headings) if kind in ("number", "integer") else "",
        meaning=column["meaning"],
        digits=_digits(name, column["unit"] or ""),
        status=status if status in known else "",
        marker=NOT_APPLICABLE if kind == "string" or key == "claims" else "[x]",
        note=NOTE_OF.get(f"{key}.{name}", NOTE_OF.get(name, "")),
        width=WIDTHS.get(f"{key}.{name}", WIDTHS.get(name, 0)),
        internal=name in KEYS,
    )


def _unit(unit: str, headings: Mapping[str, str]) -> str:
    """The unit in words; one that stands in another column is named by that column's heading."""
    named = headings.get(unit.removeprefix("see ")) if unit.startswith("see ") else None
    return f"unit in the column {named}" if named else "" if unit.startswith("see ") else unit


def _digits(name: str, unit: str) -> int:
    if name == "p_adjusted":
        return 3
    if name.startswith(("fold", "closing", "lower", "upper", "recomputed")):
        return 2
    small: Sequence[str] = ("percent", "per 1,000", "per day", "per 100", "points")
    return 1 if any(word in f"{unit} {name}" for word in small) else 0
