"""All tables of the house, in the order in which they are built and published."""

from schemas import archive, facts, meta, reconciled, reference
from schemas.table import Contract

FIGURE_KEY = (
    "series", "sex", "age", "characteristic", "characteristic_value",
    "area_code", "period_start", "period_end", "source", "release",
)  # fmt: skip
FACT_KEY = ("series", "sex", "age", "area_code", "period_start", "period_end", "source", "release")
FACT_TIES = {"series": "reference.series.series", "area_code": "reference.area.area_code"}

CONTRACTS = {
    contract.key: contract
    for contract in (
        Contract("archive.figure", archive.Figure, FIGURE_KEY, "figure", FACT_TIES),
        Contract("reference.threat", reference.Threat, ("threat",), "threat"),
        Contract("reference.offence", reference.Offence, ("offence_code",), "offence"),
        Contract(
            "reference.offence_threat",
            reference.OffenceThreat,
            ("offence_code", "threat", "grouping"),
            "membership",
            {"offence_code": "reference.offence.offence_code", "threat": "reference.threat.threat"},
        ),
        Contract("reference.area", reference.Area, ("area_code",), "area", {"parent_code": "reference.area.area_code"}),
        Contract("reference.series", reference.Series, ("series",), "series", {"threat": "reference.threat.threat"}),
        Contract("reference.pairing", reference.Pairing, ("pairing",), "pairing"),
        Contract("reference.comparability_break", reference.ComparabilityBreak, ("break_id",), "break"),
        Contract("reference.rule", reference.Rule, ("rule",), "rule"),
        Contract("reference.assumption", reference.Assumption, ("assumption",), "assumption"),
        Contract("reference.fieldwork", reference.Fieldwork, ("fieldwork",), "fieldwork"),
        Contract(
            "reference.published_total",
            reference.PublishedTotal,
            ("series", "period_start", "period_end", "source", "release"),
            "published",
            {"series": "reference.series.series"},
        ),
        Contract("meta.source_file", meta.SourceFile, ("path",), "file"),
        Contract("meta.release", meta.Release, ("source", "release"), "release"),
        Contract(
            "survey.estimate",
            facts.SurveyEstimate,
            FIGURE_KEY,
            "estimate",
            FACT_TIES,
        ),
        Contract(
            "recorded.offence_count",
            facts.OffenceCount,
            FACT_KEY,
            "count",
            FACT_TIES | {"offence_code": "reference.offence.offence_code"},
        ),
        Contract("recorded.flagged_count", facts.FlaggedCount, FACT_KEY, "flagged", FACT_TIES),
        Contract("recorded.vawg_count", facts.VawgCount, FACT_KEY, "vawg", FACT_TIES),
        Contract("recorded.share", facts.RecordedShare, FIGURE_KEY, "share", FACT_TIES),
        Contract("recorded.outcome", facts.Outcome, FACT_KEY, "outcome", FACT_TIES),
        Contract("population.estimate", facts.PopulationEstimate, FACT_KEY, "population", FACT_TIES),
        Contract("meta.finding", meta.Finding, ("kind", "place"), "finding"),
        Contract(
            "reconciled.gap",
            reconciled.Gap,
            ("pairing", "instrument", "sex", "age", "area_code", "period_start", "period_end", "period_match"),
            "gap",
            {"pairing": "reference.pairing.pairing", "area_code": "reference.area.area_code"},
        ),
        Contract(
            "reconciled.threat_breakdown",
            reconciled.ThreatBreakdown,
            ("threat", "scope", "dimension", "dimension_value", "area_code", "period_start", "period_end"),
            "breakdown",
            {"area_code": "reference.area.area_code"},
        ),
    )
}

# Written by the publishing step itself, so no asset makes them.
PUBLISHED = {
    contract.key: contract
    for contract in (
        Contract("meta.build", meta.Build, ("build_id",)),
        Contract("meta.check_result", meta.CheckResult, ("check_name",)),
        Contract("meta.lineage", meta.Lineage, ("row_id", "input_row_id")),
        Contract("meta.column", meta.Column, ("table_name", "column_name")),
    )
}

# The two tables that people open first, as views in `main`.
FRONT_VIEWS = {"gap": "reconciled.gap", "threat_breakdown": "reconciled.threat_breakdown"}


def contract(key: str) -> Contract:
    """The contract of `schema.table`; KeyError names what there is."""
    everything = CONTRACTS | PUBLISHED
    if key not in everything:
        raise KeyError(f"no table {key!r}; there are {', '.join(everything)}")
    return everything[key]
