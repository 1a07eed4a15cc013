"""All tables of the house, in the order in which they are built and published."""

from schemas import (
    answers,
    archive,
    change,
    collected,
    collection,
    facts,
    force,
    ground,
    justice,
    meta,
    overlap,
    questions,
    reconciled,
    reference,
    relation,
    statement,
)  # fmt: skip
from schemas.table import OR, Contract

FIGURE_KEY = (
    "series", "sex", "age", "characteristic", "characteristic_value",
    "area_code", "period_start", "period_end", "source", "release",
)  # fmt: skip
FACT_KEY = ("series", "sex", "age", "area_code", "period_start", "period_end", "source", "release")
# Columns that hold a key of another table, by what they name.
OF_THREAT = {"threat": "reference.threat.threat"}
A_SERIES = "reference.series.series"
A_SOURCE = "reference.publication.source"
A_TOPIC = "reference.series.topic"
OF_SERIES = {"series": A_SERIES}
OF_TEST = ("part_series", "part_of", "whole_series", "whole_of")
OF_RELATION = {"relation": "reference.relation.relation"}
OF_OFFENCE = {"offence_code": "reference.offence.offence_code"}
IN_AREA = {"area_code": "reference.area.area_code"}
FACT_TIES = OF_SERIES | IN_AREA
PAIRED = {"pairing": "reference.pairing.pairing"} | IN_AREA

PERIOD = ("period_start", "period_end")
COMPARED = ("pairing", "instrument", "sex", "age", "area_code", *PERIOD)
SPOKEN = ("series", "compares", "sex", *PERIOD, "earlier_start", "earlier_end")
BY_SUPPLIER = {"supplier": "reference.supplier.supplier"}
BY_RULE = BY_SUPPLIER | {"rule": "reference.return_rule.rule"}
COLLECTED = (
    Contract("collection.return", collected.Return, ("supplier", *PERIOD, "version"), "return", BY_SUPPLIER),
    Contract("collection.coverage", collected.Coverage, PERIOD, "collection_coverage"),
    Contract(
        "collection.offence_count", collected.CollectedOffences, ("supplier", "offence_code", *PERIOD), "collected",
        BY_SUPPLIER | OF_OFFENCE,
    ),
    Contract("collection.threat_count", collected.ThreatCount, ("threat", "area_code", *PERIOD), "threat_count", IN_AREA),
    Contract("collection.overlap", collected.Overlap, ("area_code", "among", "threats", *PERIOD), "cell", IN_AREA),
    Contract("collection.union_bound", collected.CollectedUnion, ("sets", *PERIOD), "collected_union"),
    Contract("collection.profile", collected.Profile, ("threat", "statistic", "value_label", *PERIOD), "collected_profile"),
    Contract(
        "collection.earlier_figure", collected.EarlierFigure, ("build_id", "table_name", "area_code", "figure", *PERIOD),
        "earlier_figure", IN_AREA,
    ),
    Contract("collection.flag", collected.CollectedFlag, ("flag", "value", *PERIOD), "collected_flag"),
    Contract("reference.acknowledged_return", collected.LetThrough, ("return_id", "rule"), "let_through", may_be_empty=True),
    Contract("collection.revision", collected.ReturnRevision, ("supplier", *PERIOD, "version"), "return_revision", BY_SUPPLIER),
    Contract("collection.rule_result", collected.RuleResult, ("supplier", "rule", *PERIOD), "rule_result", BY_RULE),
    Contract("collection.late_estimate", collected.LateEstimate, PERIOD, "late_estimate"),
    Contract(
        "collection.comparison", collected.Comparison, ("rule", "supplier", *PERIOD, "of", "compared_with"), "comparison",
        BY_RULE,
    ),
    Contract(
        "collection.printed_figure", collected.PrintedFigure, ("figure",), "printed_figure",
        {"figure": "reference.collection_printed.figure"},
    ),
)  # fmt: skip
CONTRACTS = {
    contract.key: contract
    for contract in (
        Contract("archive.landed_figure", archive.Figure, FIGURE_KEY, "landed_figure", FACT_TIES, published=False),
        Contract("archive.landed_count", facts.OffenceCount, FACT_KEY, "landed_count", FACT_TIES, published=False),
        Contract(
            "archive.landed_outcome",
            facts.OutcomeCount,
            ("series", "offence_code", "outcome_type", "area_code", *PERIOD, "source", "release"),
            "landed_outcome",
            FACT_TIES,
            published=False,
        ),
        Contract("archive.landed_release", meta.Release, ("source", "release"), "landed_release", published=False),
        Contract("archive.landed_finding", meta.Finding, ("kind", "place"), "landed_finding", published=False),
        Contract("archive.landed_file", meta.LandedFile, ("path", "kind"), "landed_file", published=False),
        Contract("archive.table", archive.ReleasedTable, ("file", "sheet", "printed_id", "layout"), "released_table"),
        Contract("archive.figure", archive.Figure, FIGURE_KEY, "figure", FACT_TIES),
        Contract("reference.threat", reference.Threat, ("threat",), "threat"),
        Contract("reference.offence", reference.Offence, ("offence_code",), "offence"),
        Contract(
            "reference.offence_threat",
            reference.OffenceThreat,
            ("offence_code", "threat", "grouping"),
            "membership",
            OF_OFFENCE | OF_THREAT,
        ),
        Contract("reference.area", reference.Area, ("area_code",), "area", {"parent_code": "reference.area.area_code"}),
        Contract("reference.series", reference.Series, ("series",), "series", OF_THREAT | OF_OFFENCE),
        Contract(
            "reference.pairing",
            reference.Pairing,
            ("pairing",),
            "pairing",
            {
                "estimate_topic": A_TOPIC,
                "estimate_measures": "reference.series.measure",
                "estimate_source": A_SOURCE,
                "recorded_series": A_SERIES,
                "recorded_upper_series": A_SERIES,
                "female_share": A_SERIES,
            },
            lists={"estimate_measures": ";", "recorded_series": "+", "recorded_upper_series": "+"},
        ),
        Contract(
            "reference.comparability_break",
            reference.ComparabilityBreak,
            ("break_id",),
            "break",
            {"threats": OF_THREAT["threat"]},
            lists={"threats": ";"},
        ),
        Contract("reference.rule", reference.Rule, ("rule",), "rule"),
        Contract("reference.prior", reference.Prior, ("prior",), "prior"),
        Contract("reference.assumption", reference.Assumption, ("assumption",), "assumption"),
        Contract("reference.fieldwork", reference.Fieldwork, ("fieldwork",), "fieldwork"),
        Contract("reference.canonical_table", reference.CanonicalTable, ("printed_table",), "canonical"),
        Contract("reference.support_service", reference.SupportService, ("service",), "support"),
        Contract("reference.plain_word", reference.PlainWord, ("kind", "key"), "plain"),
        Contract("reference.figure_word", reference.FigureWord, ("topic",), "figure_word"),
        Contract("reference.availability", reference.Availability, ("availability",), "availability"),
        Contract(
            "reference.force_availability",
            reference.ForceAvailability,
            ("threat", "counted", "source"),
            "force_availability",
            OF_THREAT | OF_OFFENCE,
        ),
        Contract(
            "reference.official_significance",
            reference.OfficialSignificance,
            (*SPOKEN, "source", "release"),
            "significance",
            FACT_TIES,
        ),
        Contract(
            "reference.supplier",
            collection.Supplier,
            ("supplier",),
            "supplier",
            IN_AREA | {"succeeded_by": "reference.supplier.supplier"},
        ),
        Contract("reference.return_rule", collection.ReturnRule, ("rule",), "return_rule"),
        Contract(
            "reference.collection_definition",
            collection.CollectionDefinition,
            ("definition",),
            "definition",
            OF_OFFENCE,
        ),
        Contract("reference.collection_limit", collection.CollectionLimit, ("limit",), "limit"),
        Contract("reference.personal_data_pattern", collection.PersonalDataPattern, ("pattern",), "pattern"),
        Contract("reference.role_word", collection.RoleWord, ("topic",), "role_word"),
        Contract("reference.disclosure_rule", collection.DisclosureRule, ("rule",), "disclosure_rule"),
        Contract("reference.collection_printed", collected.CollectionPrinted, ("figure",), "collection_printed"),
        Contract(
            "reference.constraint",
            overlap.Constraint,
            ("constraint",),
            "constraint",
            {"system": "reference.set_system.set_system", "series": A_SERIES, "reading": "reference.reading.reading"},
            lists={"series": ";", "reading": ";"},
        ),
        Contract("reference.set_system", questions.SetSystem, ("set_system",), "set_system"),
        Contract("reference.reading", questions.WayOfReading, ("reading",), "reading"),
        Contract(
            "reference.flag_test",
            questions.FlagTest,
            ("flag_test",),
            "flag_test",
            dict.fromkeys(OF_TEST, A_SERIES),
            lists=dict.fromkeys(OF_TEST, ";"),
        ),
        Contract("reference.attrition_stage", questions.AttritionStage, ("threat", "stage"), "stage", OF_SERIES),
        Contract("reference.attrition_share", questions.AttritionShare, ("series",), "printed_ratio", OF_SERIES),
        Contract(
            "reference.reporting_bridge",
            questions.BridgeTerms,
            ("bridge",),
            "bridge_terms",
            {"topic": A_TOPIC}
            | dict.fromkeys(("estimate_series", "told_series", "recorded_series", "narrower_series"), A_SERIES),
        ),
        Contract("reference.publication", reference.Publication, ("source",), "publication"),
        Contract(
            "reference.spelling",
            reference.Spelling,
            ("kind", "spelling"),
            "spelling",
            {
                "code": OR.join((OF_THREAT["threat"], OF_OFFENCE["offence_code"], A_SERIES, IN_AREA["area_code"])),
                "topic": A_TOPIC,
            },
        ),
        *COLLECTED,
        Contract("meta.source_file", meta.SourceFile, ("path", "kind"), "file"),
        Contract("meta.release", meta.Release, ("source", "release"), "release", {"source": A_SOURCE}),
        Contract("reference.relation", relation.Relation, ("relation",), "must_agree"),
        Contract("reference.relation_term", relation.RelationTerm, ("relation", "position"), "term", OF_RELATION),
        Contract("reference.acknowledged", relation.Acknowledged, ("release", "figure"), "acknowledged"),
        Contract("archive.doubt", relation.Doubt, ("figure",), "doubt"),
        Contract("meta.relation", relation.Agreement, ("relation", "figure"), "relation", OF_RELATION),
        Contract(
            "meta.relation_coverage",
            relation.RelationCoverage,
            ("source", "release", "sheet", "table_stem"),
            "coverage",
        ),
        Contract("survey.estimate", facts.SurveyEstimate, FIGURE_KEY, "estimate", FACT_TIES),
        Contract("recorded.offence_count", facts.OffenceCount, FACT_KEY, "count", FACT_TIES | OF_OFFENCE),
        Contract("recorded.force_count", facts.ForceCount, FACT_KEY, "force", FACT_TIES | OF_OFFENCE),
        Contract(
            "recorded.outcome_count",
            facts.OutcomeCount,
            ("series", "offence_code", "outcome_type", "area_code", *PERIOD, "source", "release"),
            "outcomes",
            FACT_TIES | OF_OFFENCE,
        ),
        Contract("recorded.flagged_count", facts.FlaggedCount, FACT_KEY, "flagged", FACT_TIES),
        Contract("recorded.vawg_count", facts.VawgCount, FACT_KEY, "vawg", FACT_TIES),
        Contract("recorded.share", facts.RecordedShare, FIGURE_KEY, "share", FACT_TIES),
        Contract("recorded.outcome", facts.Outcome, FACT_KEY, "outcome", FACT_TIES),
        Contract("population.estimate", facts.PopulationEstimate, FACT_KEY, "population", FACT_TIES),
        Contract("meta.finding", meta.Finding, ("kind", "place"), "finding"),
        Contract(
            "reconciled.overdispersion",
            ground.Overdispersion,
            ("series", "area_code"),
            "overdispersion",
            IN_AREA,
        ),
        Contract(
            "reconciled.official_verdict",
            ground.OfficialVerdict,
            (*SPOKEN, "age", "area_code"),
            "official_verdict",
            FACT_TIES,
        ),
        Contract("reconciled.gap", reconciled.Gap, (*COMPARED, "period_match"), "gap", PAIRED),
        Contract("reconciled.unblock", reconciled.Unblock, ("publication",), "unblock"),
        Contract(
            "reconciled.sensitivity", reconciled.Sensitivity, (*COMPARED, "period_match", "part"), "sensitivity", PAIRED
        ),
        Contract("reconciled.answer", reconciled.Answer, COMPARED, "answer", PAIRED),
        Contract(
            "reconciled.scope_pair",
            reconciled.ScopePair,
            ("first_pairing", "second_pairing", "area_code", *PERIOD),
            "scopes",
            IN_AREA,
        ),
        Contract(
            "reconciled.threat_breakdown",
            reconciled.ThreatBreakdown,
            ("threat", "scope", "dimension", "dimension_value", "area_code", *PERIOD),
            "breakdown",
            IN_AREA,
        ),
        Contract(
            "reconciled.force_comparison",
            force.ForceComparison,
            ("offence_code", "area_code", *PERIOD),
            "force_comparison",
            IN_AREA | OF_OFFENCE,
        ),
        Contract(
            "reconciled.threat_overlap",
            overlap.ThreatOverlap,
            ("system", "first", "second", *PERIOD, "reading"),
            "overlap",
            IN_AREA,
        ),
        Contract(
            "reconciled.union_bound",
            overlap.UnionBound,
            ("system", "sets", *PERIOD, "reading", "precision"),
            "union",
            IN_AREA,
        ),
        Contract("reconciled.flag_check", overlap.FlagCheck, ("check", *PERIOD), "flag_check", IN_AREA),
        Contract(
            "reconciled.trend",
            change.Trend,
            ("series", "sex", "age", "area_code", "from_end", "to_end"),
            "trend",
            FACT_TIES,
        ),
        Contract(
            "reconciled.adjusted_count",
            change.AdjustedCount,
            ("series", "sex", "age", "area_code", "period_end"),
            "adjusted",
            FACT_TIES,
        ),
        Contract(
            "reconciled.linked_series",
            change.LinkedSeries,
            ("topic", "sex", "instrument", "age", "area_code", *PERIOD),
            "linked",
            IN_AREA,
        ),
        Contract(
            "reconciled.target", change.Target, ("target", "sex", "baseline_end", "period_end"), "target", IN_AREA
        ),
        Contract(
            "reconciled.reporting_bridge",
            justice.ReportingBridge,
            ("bridge", "sex", "age", *PERIOD, "multiplier"),
            "bridge",
            IN_AREA,
        ),
        Contract(
            "reconciled.attrition",
            justice.Attrition,
            ("threat", "from_stage", "to_stage", "figure", *PERIOD),
            "attrition",
            IN_AREA,
        ),
        Contract(
            "reconciled.revision",
            change.Revision,
            tuple(name for name in FIGURE_KEY if name != "release"),
            "revision",
            FACT_TIES,
        ),
        Contract(
            "reconciled.revision_summary",
            change.RevisionSummary,
            ("series", "source", "period_type", "unit"),
            "revision_summary",
            OF_SERIES,
        ),
        Contract(
            "reconciled.threat_profile",
            reconciled.ThreatProfile,
            ("threat", "statistic", "of", "population", "scope", *PERIOD, "origin"),
            "profile",
        ),
        Contract("statement.claim", statement.Claim, ("document", "claim"), "claim"),
        Contract("statement.claim_check", statement.ClaimCheck, ("document", "claim", "position"), "claim_check"),
        Contract("statement.conflict", statement.Conflict, ("document", "conflict"), "conflict"),
        Contract("statement.expected_verdict", statement.ExpectedVerdict, ("document", "claim"), "expected_verdict"),
        Contract("statement.chart_estimated_v_recorded", statement.ChartValue, ("position", "label"), "chart_recorded"),
        Contract("statement.chart_victims_by_type", statement.ChartValue, ("position", "label"), "chart_victims"),
    )
}

# What people open first, in `main`: at most ten columns, made by the publishing step from the tables behind.
ANSWERS = {
    contract.key: contract
    for contract in (
        Contract("main.answer", answers.Answer, ("threat", "comparison", "year_ending", "who")),
        Contract("main.breakdown", answers.Breakdown, ("threat", "scope", "kind", "part", "year_ending")),
        Contract("main.change", answers.Change, ("threat", "comparison")),
        Contract("main.force", answers.Force, ("force", "threat", "part", "year_ending")),
        Contract("main.region", answers.Region, ("region", "threat", "part", "year_ending")),
        Contract("main.source", answers.Source, ("source",)),
        Contract("main.release_note", answers.ReleaseNote, ("position",)),
        Contract("meta.health", answers.Health, ("position",)),
        Contract("meta.name", answers.Name, ("kind", "spelling")),
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
} | ANSWERS


def contract(key: str) -> Contract:
    """The contract of `schema.table`; KeyError names what there is."""
    everything = CONTRACTS | PUBLISHED
    if key not in everything:
        raise KeyError(f"no table {key!r}; there are {', '.join(everything)}")
    return everything[key]
