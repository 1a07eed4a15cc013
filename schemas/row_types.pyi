"""Made from the schemas by `make docs`; a test checks that it is current.

No column is required, since a query may ask for some only; so a `Record` passes where a row of one table is wanted.
"""

from typing import Any, TypedDict

class AcknowledgedRow(TypedDict, total=False):
    row_id: Any
    release: Any
    figure: Any
    printed: Any
    relation: Any
    reason: Any
    citation: Any
    who: Any

class AdjustedCountRow(TypedDict, total=False):
    row_id: Any
    series: Any
    scope: Any
    sex: Any
    age: Any
    area_code: Any
    period_start: Any
    period_end: Any
    unit: Any
    recorded: Any
    linked: Any
    adjusted_lower: Any
    adjusted_upper: Any
    breaks: Any
    method: Any
    interval_source: Any
    caveats: Any
    inputs: Any

class AgreementRow(TypedDict, total=False):
    row_id: Any
    relation: Any
    figure: Any
    source: Any
    release: Any
    sheet: Any
    figures: Any
    found: Any
    expected_lower: Any
    expected_upper: Any
    agrees: Any
    others: Any

class AreaRow(TypedDict, total=False):
    row_id: Any
    area_code: Any
    name: Any
    area_type: Any
    parent_code: Any
    valid_from: Any
    note: Any
    citation: Any

class AssumptionRow(TypedDict, total=False):
    row_id: Any
    assumption: Any
    lower: Any
    upper: Any
    central: Any
    unit: Any
    applies_to: Any
    reason: Any
    central_reason: Any
    citation: Any

class AttritionRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    area_code: Any
    period_start: Any
    period_end: Any
    from_stage: Any
    to_stage: Any
    figure: Any
    from_count: Any
    from_unit: Any
    to_count: Any
    to_unit: Any
    per_100: Any
    per_100_lower: Any
    per_100_upper: Any
    method: Any
    interval_source: Any
    subset: Any
    cohort: Any
    coverage: Any
    designation: Any
    sentence: Any
    caveats: Any
    inputs: Any

class AttritionShareRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    series: Any
    from_stage: Any
    to_stage: Any
    from_unit: Any
    to_unit: Any
    subset: Any
    base_series: Any
    citation: Any

class AttritionStageRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    position: Any
    stage: Any
    series: Any
    unit: Any
    subset_of: Any
    implied_share: Any
    implied_of: Any
    citation: Any

class AvailabilityRow(TypedDict, total=False):
    row_id: Any
    availability: Any
    pairings: Any
    side: Any
    areas: Any
    first_day: Any
    last_day: Any
    state: Any
    publication: Any
    says: Any
    citation: Any

class BreakdownRow(TypedDict, total=False):
    threat: Any
    scope: Any
    kind: Any
    part: Any
    year_ending: Any
    recorded: Any
    share: Any
    change: Any
    remark: Any
    row_id: Any

class BridgeTermsRow(TypedDict, total=False):
    row_id: Any
    bridge: Any
    topic: Any
    instrument: Any
    unit: Any
    sex: Any
    estimate_series: Any
    told_series: Any
    recorded_series: Any
    kind: Any
    wider: Any
    narrower_series: Any
    blocked: Any
    citation: Any

class BuildRow(TypedDict, total=False):
    build_id: Any
    built_at: Any
    as_of: Any
    version: Any
    content_hash: Any
    tables: Any
    rows: Any
    python: Any
    duckdb: Any

class CanonicalTableRow(TypedDict, total=False):
    row_id: Any
    printed_table: Any
    rank: Any
    reason: Any
    citation: Any

class ChangeRow(TypedDict, total=False):
    threat: Any
    comparison: Any
    year_ending: Any
    estimated: Any
    recorded: Any
    can_be_said: Any
    cannot_be_said: Any
    estimated_row_id: Any
    recorded_row_id: Any

class ChartValueRow(TypedDict, total=False):
    row_id: Any
    position: Any
    label: Any
    side: Any
    value: Any
    lower: Any
    upper: Any
    unit: Any
    sex: Any
    age: Any
    period_start: Any
    period_end: Any
    scope: Any
    designation: Any
    release: Any
    caveats: Any
    inputs: Any

class CheckResultRow(TypedDict, total=False):
    check_name: Any
    tables: Any
    passed: Any
    checked: Any
    failed: Any
    found: Any

class ClaimCheckRow(TypedDict, total=False):
    row_id: Any
    document: Any
    claim: Any
    position: Any
    check: Any
    expression: Any
    lower: Any
    upper: Any
    recomputed_lower: Any
    recomputed_upper: Any
    verdict: Any
    weight: Any
    arithmetic: Any
    leads: Any
    sentence: Any
    inputs: Any

class ClaimRow(TypedDict, total=False):
    row_id: Any
    document: Any
    claim: Any
    section: Any
    paragraph: Any
    item: Any
    kind: Any
    says: Any
    printed: Any
    figure: Any
    lower: Any
    upper: Any
    unit: Any
    period_start: Any
    period_end: Any
    population: Any
    scope: Any
    threat: Any
    reference: Any
    repeat_of: Any
    expression: Any
    recomputed_lower: Any
    recomputed_upper: Any
    verdict: Any
    arithmetic: Any
    comparability: Any
    weight: Any
    redundant: Any
    finding: Any
    signed_by: Any
    scope_note: Any
    reply: Any
    correction: Any
    sentence: Any
    needs: Any
    claims: Any
    inputs: Any

class CollectedFlagRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    flag: Any
    value: Any
    period_start: Any
    period_end: Any
    offences: Any
    cell_status: Any
    rounded_to: Any
    held_from: Any
    set_by: Any

class CollectedOffencesRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    supplier: Any
    offence_code: Any
    period_start: Any
    period_end: Any
    offences: Any

class CollectedUnionRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    sets: Any
    period_start: Any
    period_end: Any
    lower: Any
    upper: Any
    cell_status: Any
    rounded_to: Any
    held_from: Any
    suppliers_exact: Any
    suppliers_counted: Any
    suppliers_expected: Any

class CollectionDefinitionRow(TypedDict, total=False):
    row_id: Any
    definition: Any
    definition_version: Any
    threat: Any
    by: Any
    offence_code: Any
    flag: Any
    victim_sex: Any
    victim_age_from: Any
    victim_age_to: Any
    status: Any
    note: Any
    citation: Any

class CollectionLimitRow(TypedDict, total=False):
    row_id: Any
    limit: Any
    topic: Any
    value: Any
    unit: Any
    says: Any
    status: Any
    citation: Any

class CollectionPrintedRow(TypedDict, total=False):
    row_id: Any
    figure: Any
    threat: Any
    statistic: Any
    of: Any
    printed_value: Any
    unit: Any
    half_unit: Any
    period_start: Any
    period_end: Any
    calibrated: Any
    citation: Any

class ColumnRow(TypedDict, total=False):
    table_name: Any
    column_name: Any
    position: Any
    type: Any
    nullable: Any
    unit: Any
    meaning: Any

class ComparabilityBreakRow(TypedDict, total=False):
    row_id: Any
    break_id: Any
    date: Any
    last_day: Any
    what_changed: Any
    direction: Any
    breaks_change: Any
    scope: Any
    series_pattern: Any
    threats: Any
    kind: Any
    note: Any
    citation: Any

class ComparisonRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    rule: Any
    supplier: Any
    period_start: Any
    period_end: Any
    of: Any
    compared_with: Any
    deviation: Any
    value: Any
    other_value: Any
    return_id: Any
    withholds: Any
    acknowledged: Any

class ConflictRow(TypedDict, total=False):
    row_id: Any
    document: Any
    conflict: Any
    claims: Any
    definitions: Any
    one_window: Any
    despite_windows: Any
    leads: Any
    sentence: Any
    inputs: Any

class ConstraintRow(TypedDict, total=False):
    row_id: Any
    constraint: Any
    system: Any
    kind: Any
    part: Any
    whole: Any
    series: Any
    sex: Any
    characteristic_value: Any
    period_start: Any
    period_end: Any
    household_population: Any
    needed: Any
    reading: Any
    says: Any
    citation: Any

class CoverageRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    period_start: Any
    period_end: Any
    suppliers_expected: Any
    suppliers_in: Any
    suppliers_refused: Any
    suppliers_withheld: Any
    suppliers_missing: Any
    missing: Any
    share_of_offences: Any
    people: Any

class DisclosureRuleRow(TypedDict, total=False):
    row_id: Any
    rule: Any
    table_name: Any
    cells: Any
    treatment: Any
    says: Any
    status: Any
    citation: Any

class DoubtRow(TypedDict, total=False):
    row_id: Any
    figure: Any
    source: Any
    release: Any
    sheet: Any
    cell: Any
    how: Any
    reason: Any
    fits: Any
    failing: Any
    ties: Any

class EarlierFigureRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    build_id: Any
    table_name: Any
    area_code: Any
    period_start: Any
    period_end: Any
    figure: Any
    offences: Any
    lower: Any
    upper: Any
    cell_status: Any
    rounded_to: Any
    suppliers_counted: Any
    suppliers_expected: Any

class ExpectedVerdictRow(TypedDict, total=False):
    row_id: Any
    document: Any
    claim: Any
    verdict: Any

class FactRow(TypedDict, total=False):
    row_id: Any
    series: Any
    sex: Any
    age: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    value: Any
    unit: Any
    obs_status: Any
    designation: Any
    notes: Any
    leaves_out: Any
    doubt: Any
    printed: Any
    source: Any
    release: Any
    sheet: Any
    cell: Any
    url: Any

class FieldworkRow(TypedDict, total=False):
    row_id: Any
    fieldwork: Any
    topic_pattern: Any
    period_start: Any
    period_end: Any
    months: Any
    sample_share: Any
    shortfall: Any
    citation: Any

class FigureRow(TypedDict, total=False):
    row_id: Any
    series: Any
    sex: Any
    age: Any
    characteristic: Any
    characteristic_value: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    value: Any
    unit: Any
    obs_status: Any
    printed: Any
    lower: Any
    upper: Any
    standard_error: Any
    base: Any
    source: Any
    release: Any
    sheet: Any
    cell: Any
    url: Any
    designation: Any
    note: Any
    leaves_out: Any
    file: Any
    line: Any

class FigureWordRow(TypedDict, total=False):
    row_id: Any
    topic: Any
    says: Any
    words: Any
    citation: Any

class FindingRow(TypedDict, total=False):
    row_id: Any
    kind: Any
    severity: Any
    place: Any
    evidence: Any
    handling: Any
    inputs: Any

class FlagCheckRow(TypedDict, total=False):
    row_id: Any
    check: Any
    scope: Any
    area_code: Any
    period_start: Any
    period_end: Any
    relation: Any
    part: Any
    part_lower: Any
    part_upper: Any
    whole: Any
    whole_lower: Any
    whole_upper: Any
    unit: Any
    completeness_upper: Any
    result: Any
    sentence: Any
    caveats: Any
    inputs: Any

class FlagTestRow(TypedDict, total=False):
    row_id: Any
    flag_test: Any
    scope: Any
    unit: Any
    relation: Any
    part: Any
    part_series: Any
    part_of: Any
    part_value: Any
    part_start: Any
    part_end: Any
    part_of_start: Any
    part_of_end: Any
    whole: Any
    whole_series: Any
    whole_of: Any
    whole_value: Any
    whole_start: Any
    whole_end: Any
    whole_of_start: Any
    whole_of_end: Any
    why: Any
    flag: Any
    alike: Any
    caveat: Any
    citation: Any

class FlaggedCountRow(FactRow, total=False):
    scope: Any
    flag: Any
    offence_group: Any

class ForceAvailabilityRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    counted: Any
    offence_code: Any
    source: Any
    state: Any
    held_from: Any
    held_to: Any
    why: Any
    citation: Any

class ForceComparisonRow(TypedDict, total=False):
    row_id: Any
    threats: Any
    scope: Any
    offence_code: Any
    offence: Any
    area_code: Any
    area_name: Any
    period_start: Any
    period_end: Any
    period_type: Any
    offences: Any
    obs_status: Any
    quarters_held: Any
    population: Any
    rate_population: Any
    rate_per_1000: Any
    national_rate_per_1000: Any
    limit_95_lower: Any
    limit_95_upper: Any
    limit_998_lower: Any
    limit_998_upper: Any
    phi: Any
    position: Any
    forces_compared: Any
    forces_missing: Any
    coverage: Any
    caveats: Any
    release: Any
    inputs: Any

class ForceCountRow(OffenceCountRow, total=False):
    pass

class ForceRow(TypedDict, total=False):
    force: Any
    threat: Any
    part: Any
    year_ending: Any
    recorded: Any
    rate: Any
    change: Any
    among_forces: Any
    coverage: Any
    row_id: Any

class GapRow(TypedDict, total=False):
    row_id: Any
    pairing: Any
    threat: Any
    area_code: Any
    area_name: Any
    period_start: Any
    period_end: Any
    period_type: Any
    sex: Any
    age: Any
    instrument: Any
    estimate: Any
    estimate_lower: Any
    estimate_upper: Any
    estimate_likely_lower: Any
    estimate_likely_upper: Any
    estimate_unit: Any
    interval_source: Any
    estimate_obs_status: Any
    estimate_designation: Any
    survey_release: Any
    recorded: Any
    recorded_lower: Any
    recorded_upper: Any
    recorded_unit: Any
    recorded_scope: Any
    recorded_designation: Any
    recorded_release: Any
    recorded_period_start: Any
    recorded_period_end: Any
    recorded_obs_status: Any
    period_match: Any
    recorded_per_100: Any
    recorded_per_100_lower: Any
    recorded_per_100_upper: Any
    likely_lower: Any
    likely_upper: Any
    difference: Any
    difference_lower: Any
    difference_upper: Any
    estimate_availability: Any
    recorded_availability: Any
    verdict: Any
    reason: Any
    rules: Any
    caveats: Any
    inputs: Any

class HealthRow(TypedDict, total=False):
    position: Any
    about: Any
    well: Any
    matters: Any
    said: Any
    together: Any
    remedy: Any
    measure: Any
    value: Any

class LandedFileRow(SourceFileRow, total=False):
    pass

class LateEstimateRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    period_start: Any
    period_end: Any
    reported: Any
    share_reported: Any
    estimate: Any
    lower: Any
    upper: Any
    method: Any

class LetThroughRow(TypedDict, total=False):
    row_id: Any
    return_id: Any
    rule: Any
    reason: Any
    citation: Any
    who: Any
    day: Any

class LineageRow(TypedDict, total=False):
    row_id: Any
    input_row_id: Any

class LinkedSeriesRow(TypedDict, total=False):
    row_id: Any
    topic: Any
    sex: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    instrument: Any
    age: Any
    basis_instrument: Any
    basis_age: Any
    published: Any
    lower: Any
    upper: Any
    likely_lower: Any
    likely_upper: Any
    linked: Any
    links: Any
    caveats: Any
    inputs: Any

class MainAnswerRow(TypedDict, total=False):
    threat: Any
    comparison: Any
    year_ending: Any
    who: Any
    estimated: Any
    recorded: Any
    per_100: Any
    may_be_compared: Any
    why: Any
    row_id: Any

class NameRow(TypedDict, total=False):
    spelling: Any
    kind: Any
    code: Any
    name: Any
    said: Any
    topic: Any
    part: Any

class OffenceCountRow(FactRow, total=False):
    scope: Any
    offence_code: Any
    offence: Any
    level: Any
    subgroup: Any

class OffenceRow(TypedDict, total=False):
    row_id: Any
    offence_code: Any
    name: Any
    level: Any
    subgroup: Any
    group: Any
    victim_sex: Any
    victim_age: Any
    valid_from: Any
    valid_to: Any
    notes: Any
    citation: Any

class OffenceThreatRow(TypedDict, total=False):
    row_id: Any
    offence_code: Any
    threat: Any
    grouping: Any
    valid_from: Any
    valid_to: Any
    note: Any
    citation: Any

class OfficialSignificanceRow(TypedDict, total=False):
    row_id: Any
    series: Any
    compares: Any
    sex: Any
    age: Any
    area_code: Any
    period_start: Any
    period_end: Any
    earlier_start: Any
    earlier_end: Any
    significant: Any
    says: Any
    printed: Any
    change: Any
    change_unit: Any
    doubt: Any
    designation: Any
    source: Any
    release: Any
    sheet: Any
    cell: Any
    url: Any
    citation: Any

class OfficialVerdictRow(TypedDict, total=False):
    row_id: Any
    series: Any
    compares: Any
    sex: Any
    age: Any
    area_code: Any
    period_start: Any
    period_end: Any
    earlier_start: Any
    earlier_end: Any
    official_significant: Any
    official_says: Any
    before: Any
    after: Any
    significance_alone: Any
    p_value_least: Any
    p_value: Any
    error_least: Any
    error_most: Any
    error_allowed_least: Any
    error_allowed_most: Any
    outcome: Any
    reason: Any
    inputs: Any

class OutcomeCountRow(FactRow, total=False):
    scope: Any
    offence_code: Any
    offence: Any
    outcome_type: Any
    outcome: Any
    outcome_group: Any

class OutcomeRow(FactRow, total=False):
    scope: Any
    threat: Any
    topic: Any
    stage: Any

class OverdispersionRow(TypedDict, total=False):
    row_id: Any
    series: Any
    scope: Any
    area_code: Any
    counted_as: Any
    period_start: Any
    period_end: Any
    quarters: Any
    phi: Any
    phi_found: Any
    phi_lower: Any
    phi_upper: Any
    degrees_of_freedom: Any
    phi_widened: Any
    steps: Any
    method: Any
    used: Any
    reason: Any
    release: Any
    inputs: Any

class OverlapRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    area_code: Any
    among: Any
    threats: Any
    period_start: Any
    period_end: Any
    offences: Any
    cell_status: Any
    rounded_to: Any
    held_from: Any
    suppliers_counted: Any

class PairingRow(TypedDict, total=False):
    row_id: Any
    pairing: Any
    label: Any
    title: Any
    threat: Any
    estimate_topic: Any
    estimate_measures: Any
    estimate_source: Any
    estimate_unit: Any
    sex: Any
    recorded_series: Any
    recorded_upper_series: Any
    recorded_scope: Any
    recorded_unit: Any
    recorded_sex: Any
    recorded_age: Any
    female_share: Any
    concept: Any
    concept_reason: Any
    flagged: Any
    non_recent: Any
    comparable_subset: Any
    citation: Any

class PersonalDataPatternRow(TypedDict, total=False):
    row_id: Any
    pattern: Any
    expression: Any
    searched: Any
    says: Any
    status: Any
    citation: Any

class PlainWordRow(TypedDict, total=False):
    row_id: Any
    kind: Any
    key: Any
    name: Any
    says: Any
    rank: Any
    citation: Any

class PopulationEstimateRow(FactRow, total=False):
    pass

class PrintedFigureRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    figure: Any
    period_start: Any
    period_end: Any
    printed_value: Any
    unit: Any
    computed: Any
    agrees: Any
    calibrated: Any

class PriorRow(TypedDict, total=False):
    row_id: Any
    prior: Any
    parameter: Any
    setting: Any
    alpha: Any
    beta: Any
    reason: Any
    citation: Any

class ProfileRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    threat: Any
    statistic: Any
    value_label: Any
    period_start: Any
    period_end: Any
    offences: Any
    cell_status: Any
    rounded_to: Any
    held_from: Any
    share: Any
    mean: Any

class PublicationRow(TypedDict, total=False):
    row_id: Any
    source: Any
    publisher: Any
    title: Any
    cadence: Any
    licence: Any
    address: Any
    can_be_fetched: Any

class ReconciledAnswerRow(GapRow, total=False):
    identified: Any
    readings: Any
    newer_withheld: Any

class RecordedShareRow(FactRow, total=False):
    scope: Any
    topic: Any
    measure: Any
    threat: Any
    characteristic: Any
    characteristic_value: Any
    lower: Any
    upper: Any

class RegionRow(TypedDict, total=False):
    region: Any
    threat: Any
    part: Any
    year_ending: Any
    recorded: Any
    rate: Any
    change: Any
    remark: Any
    row_id: Any

class RelationCoverageRow(TypedDict, total=False):
    row_id: Any
    source: Any
    release: Any
    sheet: Any
    table_stem: Any
    figures: Any
    in_one: Any
    in_two: Any
    in_exact: Any
    ten_times: Any
    a_tenth: Any
    doubted: Any

class RelationRow(TypedDict, total=False):
    row_id: Any
    relation: Any
    kind: Any
    form: Any
    anchor: Any
    of: Any
    lower: Any
    upper: Any
    root: Any
    yearly: Any
    blames: Any
    says: Any
    citation: Any

class RelationTermRow(TypedDict, total=False):
    row_id: Any
    relation: Any
    position: Any
    role: Any
    series: Any
    lift: Any
    scale: Any
    shift: Any
    citation: Any

class ReleaseNoteRow(TypedDict, total=False):
    position: Any
    kind: Any
    threat: Any
    what: Any
    year_ending: Any
    before: Any
    now: Any
    sentence: Any
    row_id: Any

class ReleaseRow(TypedDict, total=False):
    row_id: Any
    source: Any
    release: Any
    title: Any
    publisher: Any
    released: Any
    period_end: Any
    designation: Any
    held: Any
    vintage_order: Any
    licence: Any
    url: Any
    note: Any
    citation: Any

class ReleasedTableRow(TypedDict, total=False):
    row_id: Any
    source: Any
    release: Any
    file: Any
    sheet: Any
    printed_id: Any
    layout: Any
    series: Any
    title: Any
    says_more: Any
    not_whole: Any
    subtitle: Any
    notes: Any
    status: Any
    reason: Any

class ReportingBridgeRow(TypedDict, total=False):
    row_id: Any
    bridge: Any
    instrument: Any
    unit: Any
    sex: Any
    age: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    multiplier: Any
    estimated: Any
    estimated_lower: Any
    estimated_upper: Any
    told_percent: Any
    told_lower: Any
    told_upper: Any
    known: Any
    known_lower: Any
    known_upper: Any
    recorded_series: Any
    recorded: Any
    recorded_lower: Any
    recorded_upper: Any
    recorded_least_in_scope: Any
    closing: Any
    closing_lower: Any
    closing_upper: Any
    closing_least: Any
    interval_source: Any
    verdict: Any
    reason: Any
    sentence: Any
    caveats: Any
    inputs: Any

class ReturnRevisionRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    supplier: Any
    period_start: Any
    period_end: Any
    version: Any
    offences: Any
    change: Any
    large: Any

class ReturnRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    supplier: Any
    period_start: Any
    period_end: Any
    version: Any
    return_id: Any
    profile: Any
    route: Any
    definition_version: Any
    verdict: Any
    counts: Any
    withheld_for: Any
    extract_date: Any
    sent_date: Any
    due_date: Any
    days_late: Any
    rows: Any
    quarantined: Any
    refused_for: Any

class ReturnRuleRow(TypedDict, total=False):
    row_id: Any
    rule: Any
    severity: Any
    profile: Any
    columns: Any
    predicate: Any
    says: Any
    expected: Any
    remedy: Any
    status: Any
    citation: Any

class RevisionRow(TypedDict, total=False):
    row_id: Any
    figures: Any
    series: Any
    sex: Any
    age: Any
    characteristic: Any
    characteristic_value: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    source: Any
    unit: Any
    vintages: Any
    first: Any
    first_release: Any
    first_obs_status: Any
    previous: Any
    previous_release: Any
    latest: Any
    latest_release: Any
    latest_obs_status: Any
    change: Any
    change_percent: Any
    last_change: Any
    last_change_percent: Any
    revised: Any
    inputs: Any

class RevisionSummaryRow(TypedDict, total=False):
    row_id: Any
    series: Any
    source: Any
    period_type: Any
    unit: Any
    figures: Any
    revised: Any
    mean_revision: Any
    mean_absolute_revision: Any
    mean_revision_percent: Any
    mean_absolute_revision_percent: Any
    largest_revision: Any
    inputs: Any

class RoleWordRow(TypedDict, total=False):
    row_id: Any
    topic: Any
    says: Any
    words: Any
    status: Any
    citation: Any

class RuleResultRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    supplier: Any
    rule: Any
    period_start: Any
    period_end: Any
    severity: Any
    rows: Any
    cell_status: Any
    rounded_to: Any
    held_from: Any

class RuleRow(TypedDict, total=False):
    row_id: Any
    rule: Any
    says: Any
    scope_of_use: Any
    citation: Any

class ScopePairRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    sex: Any
    area_code: Any
    period_start: Any
    period_end: Any
    first_scope: Any
    second_scope: Any
    first_pairing: Any
    second_pairing: Any
    first: Any
    first_lower: Any
    first_upper: Any
    second: Any
    second_lower: Any
    second_upper: Any
    first_only_lower: Any
    first_only_upper: Any
    second_only_lower: Any
    second_only_upper: Any
    first_per_100: Any
    second_per_100: Any
    sentence: Any
    inputs: Any

class SensitivityRow(TypedDict, total=False):
    row_id: Any
    pairing: Any
    instrument: Any
    sex: Any
    age: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_match: Any
    part: Any
    part_lower: Any
    part_central: Any
    part_upper: Any
    ratio_width: Any
    width_if_known: Any
    width_caused: Any
    share_of_width: Any
    rank: Any
    would_help: Any
    inputs: Any

class SeriesRow(TypedDict, total=False):
    row_id: Any
    series: Any
    table: Any
    scope: Any
    topic: Any
    instrument: Any
    question_version: Any
    reference_window: Any
    measure: Any
    unit: Any
    age_base: Any
    offence_code: Any
    flag: Any
    offence_group: Any
    level: Any
    threat: Any
    definition: Any
    citation: Any

class SetSystemRow(TypedDict, total=False):
    row_id: Any
    set_system: Any
    scope: Any
    unit: Any
    sex: Any
    period_type: Any
    unions: Any
    pairs: Any
    citation: Any

class SourceFileRow(TypedDict, total=False):
    row_id: Any
    path: Any
    kind: Any
    bytes: Any
    sha256: Any
    rows: Any
    source: Any
    release: Any
    url: Any
    fetched_at: Any

class SourceRow(TypedDict, total=False):
    publication: Any
    publisher: Any
    newest_release: Any
    released: Any
    year_ending: Any
    next_due: Any
    standing: Any
    figures: Any
    address: Any
    source: Any

class SpellingRow(TypedDict, total=False):
    row_id: Any
    spelling: Any
    kind: Any
    code: Any
    topic: Any
    citation: Any

class SupplierRow(TypedDict, total=False):
    row_id: Any
    supplier: Any
    name: Any
    area_code: Any
    valid_from: Any
    valid_to: Any
    succeeded_by: Any
    citation: Any

class SupportServiceRow(TypedDict, total=False):
    row_id: Any
    service: Any
    whom: Any
    area: Any
    phone: Any
    website: Any
    says: Any
    seen: Any
    citation: Any

class SurveyEstimateRow(FactRow, total=False):
    instrument: Any
    topic: Any
    measure: Any
    characteristic: Any
    characteristic_value: Any
    lower: Any
    upper: Any
    interval_source: Any
    base: Any

class TargetRow(TypedDict, total=False):
    row_id: Any
    target: Any
    sex: Any
    age: Any
    area_code: Any
    baseline_start: Any
    baseline_end: Any
    period_start: Any
    period_end: Any
    baseline: Any
    baseline_lower: Any
    baseline_upper: Any
    years_from_baseline: Any
    required: Any
    required_lower: Any
    required_upper: Any
    required_straight: Any
    observed: Any
    observed_lower: Any
    observed_upper: Any
    interval_source: Any
    detectable_least: Any
    detectable_most: Any
    required_change: Any
    detectable: Any
    verdict: Any
    reason: Any
    caveats: Any
    inputs: Any

class ThreatBreakdownRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    scope: Any
    dimension: Any
    dimension_value: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    offences: Any
    share_of_threat: Any
    share_of_vawg: Any
    share_of_all_recorded: Any
    per_day: Any
    rate_per_1000: Any
    rate_population: Any
    change_from: Any
    change_percent: Any
    change_source: Any
    obs_status: Any
    caveats: Any
    release: Any
    inputs: Any

class ThreatCountRow(TypedDict, total=False):
    row_id: Any
    scope: Any
    threat: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    offences: Any
    cell_status: Any
    rounded_to: Any
    held_from: Any
    share_of_vawg: Any
    per_day: Any
    rate: Any
    suppliers_counted: Any
    suppliers_expected: Any
    change: Any

class ThreatOverlapRow(TypedDict, total=False):
    row_id: Any
    system: Any
    scope: Any
    first: Any
    second: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    sex: Any
    unit: Any
    reading: Any
    overlap_lower: Any
    overlap_upper: Any
    share_of_first_lower: Any
    share_of_first_upper: Any
    share_of_second_lower: Any
    share_of_second_upper: Any
    marginals_lower: Any
    marginals_upper: Any
    status: Any
    known_from: Any
    conflict: Any
    sentence: Any
    caveats: Any
    inputs: Any

class ThreatProfileRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    statistic: Any
    of: Any
    value: Any
    lower: Any
    upper: Any
    unit: Any
    printed: Any
    sex: Any
    population: Any
    period_start: Any
    period_end: Any
    scope: Any
    designation: Any
    claim: Any
    origin: Any
    comparable: Any
    caveats: Any
    inputs: Any

class ThreatRow(TypedDict, total=False):
    row_id: Any
    threat: Any
    name: Any
    priority: Any
    definition_kind: Any
    definition: Any
    citation: Any

class TrendRow(TypedDict, total=False):
    row_id: Any
    family: Any
    series: Any
    scope: Any
    instrument: Any
    sex: Any
    age: Any
    area_code: Any
    from_start: Any
    from_end: Any
    to_start: Any
    to_end: Any
    unit: Any
    before: Any
    after: Any
    change_percent: Any
    change_points: Any
    fold: Any
    yearly_percent: Any
    fold_lower: Any
    fold_upper: Any
    points_lower: Any
    points_upper: Any
    net_yearly_percent: Any
    net_yearly_lower: Any
    net_yearly_upper: Any
    interval_source: Any
    method: Any
    p_value_least: Any
    p_value: Any
    p_adjusted: Any
    significance: Any
    significance_alone: Any
    official_significant: Any
    official_says: Any
    breaks: Any
    obs_status: Any
    verdict: Any
    reason: Any
    caveats: Any
    inputs: Any

class UnblockRow(TypedDict, total=False):
    row_id: Any
    publication: Any
    place: Any
    rows_alone: Any
    rows_with_others: Any
    rows_still_blocked: Any
    pairings: Any
    first_year: Any
    last_year: Any
    known_from: Any
    inputs: Any

class UnionBoundRow(TypedDict, total=False):
    row_id: Any
    system: Any
    scope: Any
    sets: Any
    set_count: Any
    area_code: Any
    period_start: Any
    period_end: Any
    period_type: Any
    sex: Any
    unit: Any
    reading: Any
    precision: Any
    lower: Any
    upper: Any
    status: Any
    marginals_lower: Any
    marginals_upper: Any
    overlap_depth_lower: Any
    overlap_depth_upper: Any
    lower_from: Any
    upper_from: Any
    conflict: Any
    sentence: Any
    caveats: Any
    inputs: Any

class VawgCountRow(FactRow, total=False):
    scope: Any
    threat: Any
    part: Any

class WayOfReadingRow(TypedDict, total=False):
    row_id: Any
    reading: Any
    meaning: Any
    citation: Any

class Record(TypedDict, total=False):
    a_tenth: Any
    about: Any
    acknowledged: Any
    address: Any
    adjusted_lower: Any
    adjusted_upper: Any
    after: Any
    age: Any
    age_base: Any
    agrees: Any
    alike: Any
    alpha: Any
    among: Any
    among_forces: Any
    anchor: Any
    applies_to: Any
    area: Any
    area_code: Any
    area_name: Any
    area_type: Any
    areas: Any
    arithmetic: Any
    as_of: Any
    assumption: Any
    availability: Any
    base: Any
    base_series: Any
    baseline: Any
    baseline_end: Any
    baseline_lower: Any
    baseline_start: Any
    baseline_upper: Any
    basis_age: Any
    basis_instrument: Any
    before: Any
    beta: Any
    blames: Any
    blocked: Any
    break_id: Any
    breaks: Any
    breaks_change: Any
    bridge: Any
    build_id: Any
    built_at: Any
    by: Any
    bytes: Any
    cadence: Any
    calibrated: Any
    can_be_fetched: Any
    can_be_said: Any
    cannot_be_said: Any
    caveat: Any
    caveats: Any
    cell: Any
    cell_status: Any
    cells: Any
    central: Any
    central_reason: Any
    change: Any
    change_from: Any
    change_percent: Any
    change_points: Any
    change_source: Any
    change_unit: Any
    characteristic: Any
    characteristic_value: Any
    check: Any
    check_name: Any
    checked: Any
    citation: Any
    claim: Any
    claims: Any
    closing: Any
    closing_least: Any
    closing_lower: Any
    closing_upper: Any
    code: Any
    cohort: Any
    column_name: Any
    columns: Any
    comparability: Any
    comparable: Any
    comparable_subset: Any
    compared_with: Any
    compares: Any
    comparison: Any
    completeness_upper: Any
    computed: Any
    concept: Any
    concept_reason: Any
    conflict: Any
    constraint: Any
    content_hash: Any
    correction: Any
    counted: Any
    counted_as: Any
    counts: Any
    coverage: Any
    date: Any
    day: Any
    days_late: Any
    definition: Any
    definition_kind: Any
    definition_version: Any
    definitions: Any
    degrees_of_freedom: Any
    designation: Any
    despite_windows: Any
    detectable: Any
    detectable_least: Any
    detectable_most: Any
    deviation: Any
    difference: Any
    difference_lower: Any
    difference_upper: Any
    dimension: Any
    dimension_value: Any
    direction: Any
    document: Any
    doubt: Any
    doubted: Any
    duckdb: Any
    due_date: Any
    earlier_end: Any
    earlier_start: Any
    error_allowed_least: Any
    error_allowed_most: Any
    error_least: Any
    error_most: Any
    estimate: Any
    estimate_availability: Any
    estimate_designation: Any
    estimate_likely_lower: Any
    estimate_likely_upper: Any
    estimate_lower: Any
    estimate_measures: Any
    estimate_obs_status: Any
    estimate_series: Any
    estimate_source: Any
    estimate_topic: Any
    estimate_unit: Any
    estimate_upper: Any
    estimated: Any
    estimated_lower: Any
    estimated_row_id: Any
    estimated_upper: Any
    evidence: Any
    expected: Any
    expected_lower: Any
    expected_upper: Any
    expression: Any
    extract_date: Any
    failed: Any
    failing: Any
    family: Any
    female_share: Any
    fetched_at: Any
    fieldwork: Any
    figure: Any
    figures: Any
    file: Any
    finding: Any
    first: Any
    first_day: Any
    first_lower: Any
    first_obs_status: Any
    first_only_lower: Any
    first_only_upper: Any
    first_pairing: Any
    first_per_100: Any
    first_release: Any
    first_scope: Any
    first_upper: Any
    first_year: Any
    fits: Any
    flag: Any
    flag_test: Any
    flagged: Any
    fold: Any
    fold_lower: Any
    fold_upper: Any
    force: Any
    forces_compared: Any
    forces_missing: Any
    form: Any
    found: Any
    from_count: Any
    from_end: Any
    from_stage: Any
    from_start: Any
    from_unit: Any
    group: Any
    grouping: Any
    half_unit: Any
    handling: Any
    held: Any
    held_from: Any
    held_to: Any
    household_population: Any
    how: Any
    identified: Any
    implied_of: Any
    implied_share: Any
    in_exact: Any
    in_one: Any
    in_two: Any
    input_row_id: Any
    inputs: Any
    instrument: Any
    interval_source: Any
    item: Any
    key: Any
    kind: Any
    known: Any
    known_from: Any
    known_lower: Any
    known_upper: Any
    label: Any
    large: Any
    largest_revision: Any
    last_change: Any
    last_change_percent: Any
    last_day: Any
    last_year: Any
    latest: Any
    latest_obs_status: Any
    latest_release: Any
    layout: Any
    leads: Any
    leaves_out: Any
    level: Any
    licence: Any
    lift: Any
    likely_lower: Any
    likely_upper: Any
    limit: Any
    limit_95_lower: Any
    limit_95_upper: Any
    limit_998_lower: Any
    limit_998_upper: Any
    line: Any
    linked: Any
    links: Any
    lower: Any
    lower_from: Any
    marginals_lower: Any
    marginals_upper: Any
    matters: Any
    may_be_compared: Any
    mean: Any
    mean_absolute_revision: Any
    mean_absolute_revision_percent: Any
    mean_revision: Any
    mean_revision_percent: Any
    meaning: Any
    measure: Any
    method: Any
    missing: Any
    months: Any
    multiplier: Any
    name: Any
    narrower_series: Any
    national_rate_per_1000: Any
    needed: Any
    needs: Any
    net_yearly_lower: Any
    net_yearly_percent: Any
    net_yearly_upper: Any
    newer_withheld: Any
    newest_release: Any
    next_due: Any
    non_recent: Any
    not_whole: Any
    note: Any
    notes: Any
    now: Any
    nullable: Any
    obs_status: Any
    observed: Any
    observed_lower: Any
    observed_upper: Any
    of: Any
    offence: Any
    offence_code: Any
    offence_group: Any
    offences: Any
    official_says: Any
    official_significant: Any
    one_window: Any
    origin: Any
    other_difference: Any
    other_series: Any
    other_value: Any
    others: Any
    outcome: Any
    outcome_group: Any
    outcome_type: Any
    overlap_depth_lower: Any
    overlap_depth_upper: Any
    overlap_lower: Any
    overlap_upper: Any
    p_adjusted: Any
    p_value: Any
    p_value_least: Any
    pairing: Any
    pairings: Any
    pairs: Any
    paragraph: Any
    parameter: Any
    parent_code: Any
    part: Any
    part_central: Any
    part_end: Any
    part_lower: Any
    part_of: Any
    part_of_end: Any
    part_of_start: Any
    part_series: Any
    part_start: Any
    part_upper: Any
    part_value: Any
    passed: Any
    path: Any
    pattern: Any
    people: Any
    per_100: Any
    per_100_lower: Any
    per_100_upper: Any
    per_day: Any
    period_end: Any
    period_match: Any
    period_start: Any
    period_type: Any
    phi: Any
    phi_found: Any
    phi_lower: Any
    phi_upper: Any
    phi_widened: Any
    phone: Any
    place: Any
    points_lower: Any
    points_upper: Any
    population: Any
    position: Any
    precision: Any
    predicate: Any
    previous: Any
    previous_release: Any
    printed: Any
    printed_id: Any
    printed_table: Any
    printed_value: Any
    prior: Any
    priority: Any
    profile: Any
    publication: Any
    published: Any
    publisher: Any
    python: Any
    quarantined: Any
    quarters: Any
    quarters_held: Any
    question_version: Any
    rank: Any
    rate: Any
    rate_per_1000: Any
    rate_population: Any
    ratio_width: Any
    reading: Any
    readings: Any
    reason: Any
    recomputed_lower: Any
    recomputed_upper: Any
    recorded: Any
    recorded_age: Any
    recorded_availability: Any
    recorded_designation: Any
    recorded_least_in_scope: Any
    recorded_lower: Any
    recorded_obs_status: Any
    recorded_per_100: Any
    recorded_per_100_lower: Any
    recorded_per_100_upper: Any
    recorded_period_end: Any
    recorded_period_start: Any
    recorded_release: Any
    recorded_row_id: Any
    recorded_scope: Any
    recorded_series: Any
    recorded_sex: Any
    recorded_unit: Any
    recorded_upper: Any
    recorded_upper_series: Any
    redundant: Any
    reference: Any
    reference_window: Any
    refused_for: Any
    region: Any
    relation: Any
    release: Any
    released: Any
    remark: Any
    remedy: Any
    repeat_of: Any
    reply: Any
    reported: Any
    required: Any
    required_change: Any
    required_lower: Any
    required_straight: Any
    required_upper: Any
    result: Any
    return_id: Any
    revised: Any
    role: Any
    root: Any
    rounded_to: Any
    route: Any
    row_id: Any
    rows: Any
    rows_alone: Any
    rows_still_blocked: Any
    rows_with_others: Any
    rule: Any
    rules: Any
    said: Any
    sample_share: Any
    says: Any
    says_more: Any
    scale: Any
    scope: Any
    scope_note: Any
    scope_of_use: Any
    searched: Any
    second: Any
    second_lower: Any
    second_only_lower: Any
    second_only_upper: Any
    second_pairing: Any
    second_per_100: Any
    second_scope: Any
    second_upper: Any
    section: Any
    seen: Any
    sent_date: Any
    sentence: Any
    series: Any
    series_pattern: Any
    service: Any
    set_by: Any
    set_count: Any
    set_system: Any
    sets: Any
    setting: Any
    severity: Any
    sex: Any
    sha256: Any
    share: Any
    share_of_all_recorded: Any
    share_of_first_lower: Any
    share_of_first_upper: Any
    share_of_offences: Any
    share_of_second_lower: Any
    share_of_second_upper: Any
    share_of_threat: Any
    share_of_vawg: Any
    share_of_width: Any
    share_reported: Any
    sheet: Any
    shift: Any
    shortfall: Any
    side: Any
    signed_by: Any
    significance: Any
    significance_alone: Any
    significant: Any
    source: Any
    spelling: Any
    stage: Any
    standard_error: Any
    standing: Any
    state: Any
    statistic: Any
    status: Any
    steps: Any
    subgroup: Any
    subset: Any
    subset_of: Any
    subtitle: Any
    succeeded_by: Any
    supplier: Any
    suppliers_counted: Any
    suppliers_exact: Any
    suppliers_expected: Any
    suppliers_in: Any
    suppliers_missing: Any
    suppliers_refused: Any
    suppliers_withheld: Any
    survey_release: Any
    system: Any
    table: Any
    table_name: Any
    table_stem: Any
    tables: Any
    target: Any
    ten_times: Any
    threat: Any
    threats: Any
    ties: Any
    title: Any
    to_count: Any
    to_end: Any
    to_stage: Any
    to_start: Any
    to_unit: Any
    together: Any
    told_lower: Any
    told_percent: Any
    told_series: Any
    told_upper: Any
    topic: Any
    topic_pattern: Any
    treatment: Any
    type: Any
    unions: Any
    unit: Any
    upper: Any
    upper_from: Any
    url: Any
    used: Any
    valid_from: Any
    valid_to: Any
    value: Any
    value_label: Any
    verdict: Any
    version: Any
    victim_age: Any
    victim_age_from: Any
    victim_age_to: Any
    victim_sex: Any
    vintage_order: Any
    vintages: Any
    website: Any
    weight: Any
    well: Any
    what: Any
    what_changed: Any
    who: Any
    whole: Any
    whole_end: Any
    whole_lower: Any
    whole_of: Any
    whole_of_end: Any
    whole_of_start: Any
    whole_series: Any
    whole_start: Any
    whole_upper: Any
    whole_value: Any
    whom: Any
    why: Any
    wider: Any
    width_caused: Any
    width_if_known: Any
    withheld_for: Any
    withholds: Any
    words: Any
    would_help: Any
    year_ending: Any
    yearly: Any
    yearly_percent: Any
    years_from_baseline: Any
