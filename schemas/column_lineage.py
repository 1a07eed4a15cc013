"""From which columns of other tables each column of the two front tables is made: values, not the choice of rows.

Every column of a result also depends on which releases are the newest (`meta.release.vintage_order`); that is not repeated.
"""

from collections.abc import Mapping

SURVEY, SHARE, PEOPLE = "survey.estimate", "recorded.share", "population.estimate"
COUNTS = ("recorded.offence_count", "recorded.flagged_count", "recorded.vawg_count")
FORCES, COLLECTED = "recorded.force_count", "collection.threat_count"
COUNTED = (*COUNTS, FORCES)
PAIRING, ASSUMPTION, FIELDWORK = "reference.pairing", "reference.assumption", "reference.fieldwork"
BREAK, AREA, MEMBER = "reference.comparability_break", "reference.area", "reference.offence_threat"
PHI, OFFENCE, AVAILABILITY = "reconciled.overdispersion", "reference.offence", "reference.availability"

# One column of a table, as `schema.table.column`.
Columns = tuple[str, ...]


def _of(tables: str | tuple[str, ...], *names: str) -> Columns:
    keys = (tables,) if isinstance(tables, str) else tables
    return tuple(f"{key}.{name}" for key in keys for name in names)


BOX = _of(ASSUMPTION, "assumption", "lower", "upper")
INTERVIEWS = _of(FIELDWORK, "months", "sample_share", "period_start", "period_end", "topic_pattern")
ESTIMATE = (*_of(SURVEY, "value", "measure"), *_of(PEOPLE, "value", "sex", "age", "period_end"), *BOX)
# Verdicts and limits of the publisher cut the assumed samples.
SPOKEN = _of("reference.official_significance", "significant", "doubt")
ESTIMATE_LIMITS = (
    *ESTIMATE, *_of(SURVEY, "lower", "upper", "interval_source", "instrument", "topic"), *INTERVIEWS, *SPOKEN
)  # fmt: skip
RECORDED = (
    *_of(COUNTED, "value"),
    f"{COLLECTED}.offences",
    *_of(SHARE, "lower", "upper"),
    *BOX,
    *_of(FIELDWORK, "months"),
)
RATIO = tuple(
    dict.fromkeys((*ESTIMATE_LIMITS, *RECORDED, f"{ASSUMPTION}.applies_to", *_of(PHI, "phi_widened", "used")))
)
MISSING = _of(AVAILABILITY, "pairings", "side", "areas", "first_day", "last_day", "state")
JUDGED = tuple(dict.fromkeys((
    *RATIO,
    *_of(PAIRING, "concept", "concept_reason", "estimate_unit", "recorded_unit", "comparable_subset", "flagged", "non_recent",
         "recorded_scope", "recorded_series", "recorded_sex", "recorded_age", "female_share", "sex"),
    *_of(SURVEY, "designation", "obs_status", "age", "sex", "source", "release", "printed"),
    *_of(COUNTED, "designation", "scope", "notes", "period_start", "period_end", "source", "release", "sex"),
    *_of(BREAK, "date", "what_changed", "series_pattern", "breaks_change"), f"{FIELDWORK}.shortfall",
    f"{AREA}.name", f"{OFFENCE}.valid_from", *MISSING, *_of(AVAILABILITY, "says"),
)))  # fmt: skip
PERIOD = {
    name: (*_of(SURVEY, name), *_of(COUNTS, name)) for name in ("period_start", "period_end", "period_type")
}  # fmt: skip
PLACE = _of((SURVEY, *COUNTS), "area_code")
GAP_INPUTS = _of(
    (SURVEY, *COUNTED, COLLECTED, SHARE, PEOPLE, PAIRING, ASSUMPTION, FIELDWORK, BREAK, PHI, AVAILABILITY), "row_id"
)

LIKELY_LIMITS = (*ESTIMATE_LIMITS, f"{ASSUMPTION}.central")

GAP: dict[str, Columns] = {
    "row_id": (*_of(PAIRING, "pairing", "sex"), *_of(SURVEY, "instrument", "age"), *PLACE, *PERIOD["period_start"],
               *PERIOD["period_end"]),
    "pairing": _of(PAIRING, "pairing"),
    "threat": _of(PAIRING, "threat"),
    "area_code": PLACE,
    "area_name": _of(AREA, "name"),
    **PERIOD,
    "sex": _of(PAIRING, "sex"),
    "age": _of(SURVEY, "age"),
    "instrument": _of(SURVEY, "instrument"),
    "estimate": ESTIMATE,
    "estimate_lower": ESTIMATE_LIMITS,
    "estimate_upper": ESTIMATE_LIMITS,
    "estimate_likely_lower": LIKELY_LIMITS,
    "estimate_likely_upper": LIKELY_LIMITS,
    "estimate_unit": _of(SURVEY, "measure"),
    "interval_source": ESTIMATE_LIMITS,
    "estimate_obs_status": (*ESTIMATE, f"{SURVEY}.obs_status"),
    "estimate_designation": _of(SURVEY, "designation"),
    "survey_release": _of(SURVEY, "source", "release"),
    "recorded": RECORDED,
    "recorded_lower": RECORDED,
    "recorded_upper": RECORDED,
    "recorded_unit": _of(COUNTED, "unit"),
    "recorded_scope": _of(COUNTED, "scope"),
    "recorded_designation": _of(COUNTED, "designation"),
    "recorded_release": _of(COUNTED, "source", "release"),
    "recorded_period_start": _of(COUNTED, "period_start"),
    "recorded_period_end": _of(COUNTED, "period_end"),
    "recorded_obs_status": _of(COUNTED, "value"),
    "period_match": (*_of(COUNTED, "period_start", "period_end", "value"), *_of(FIELDWORK, "months")),
    "recorded_per_100": JUDGED,
    "recorded_per_100_lower": JUDGED,
    "recorded_per_100_upper": JUDGED,
    "likely_lower": (*JUDGED, f"{ASSUMPTION}.central"),
    "likely_upper": (*JUDGED, f"{ASSUMPTION}.central"),
    "difference": JUDGED,
    "difference_lower": JUDGED,
    "difference_upper": JUDGED,
    "estimate_availability": (*ESTIMATE, *MISSING),
    "recorded_availability": (*RECORDED, *MISSING),
    "verdict": JUDGED,
    "reason": JUDGED,
    "rules": JUDGED,
    "caveats": (*JUDGED, f"{SURVEY}.notes", *_of(PHI, "phi", "degrees_of_freedom", "quarters", "period_start", "period_end")),
    "inputs": GAP_INPUTS,
}  # fmt: skip

SIZE = (*_of(COUNTED, "value"), *_of(MEMBER, "offence_code", "grouping", "valid_from", "valid_to"))
KIND = (*_of(COUNTED, "series"), *_of(COUNTS[0], "offence_code"), *_of(COUNTS[1], "offence_group"),
        *_of(COUNTS[2], "part"), *_of(MEMBER, "grouping", "offence_code"),
        *_of("reference.offence", "level", "victim_sex", "subgroup"))  # fmt: skip
THREATS = (f"{COUNTS[2]}.threat", f"{MEMBER}.threat", "reference.series.threat")
WINDOW = _of(COUNTED, "period_start", "period_end")
CHANGE = _of("recorded.share", "value", "topic", "measure", "source", "release")
RATE = (*_of(PEOPLE, "value", "sex", "age", "area_code", "period_end"), *_of(COUNTED, "sex", "age"))
BREAKS = _of(BREAK, "date", "series_pattern", "breaks_change")

THREAT_BREAKDOWN: dict[str, Columns] = {
    "row_id": (*THREATS, *KIND, *_of(COUNTED, "scope", "area_code"), *WINDOW),
    "threat": THREATS,
    "scope": _of(COUNTED, "scope"),
    "dimension": KIND,
    "dimension_value": KIND,
    "area_code": _of(COUNTED, "area_code"),
    "period_start": _of(COUNTED, "period_start"),
    "period_end": _of(COUNTED, "period_end"),
    "period_type": _of(COUNTED, "period_type"),
    "offences": SIZE,
    "share_of_threat": SIZE,
    "share_of_vawg": _of(COUNTS[2], "value", "threat", "part"),
    "share_of_all_recorded": (*SIZE, *_of((COUNTS[0], FORCES), "series")),
    "per_day": (*SIZE, *WINDOW),
    "rate_per_1000": (*SIZE, *RATE),
    "rate_population": RATE,
    "change_from": WINDOW,
    "change_percent": (*SIZE, *WINDOW, *CHANGE),
    "change_source": (*_of(COUNTED, "source", "release"), *CHANGE),
    "obs_status": (*_of(COUNTED, "obs_status", "value", "series"), *BREAKS),
    "caveats": (*SIZE, *WINDOW, *RATE, *BREAKS, f"{BREAK}.what_changed", *_of(COUNTED, "notes")),
    "release": _of(COUNTED, "source", "release"),
    "inputs": _of((*COUNTED, "recorded.share", PEOPLE, BREAK), "row_id"),
}

# Table -> column -> the columns it is made from.
COLUMN_LINEAGE: Mapping[str, Mapping[str, Columns]] = {
    "reconciled.gap": GAP,
    "reconciled.threat_breakdown": THREAT_BREAKDOWN,
}
