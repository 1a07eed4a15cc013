"""Reference tables: a code, its meaning, and where that is written."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text

OPEN_END = "empty while it is still in use"


class Threat(Keyed):
    """One of the nine threats into which policing divides violence against women and girls."""

    threat: Text = shared("threat", isin=list(codes.THREAT))
    name: Text = column("Name of the threat")
    priority: Flag = column("Is it one of the five priority threats of the National Policing Statement 2024")
    definition_kind: Text = column("Defined by offence codes or by a flag on any offence", isin=["offence", "flag"])
    definition: Text = column("Definition in words")
    citation: Text = shared("citation")


class Offence(Keyed):
    """One recorded crime class, sub-code, subgroup, group or total, with its own code."""

    offence_code: Text = shared("offence_code", meaning="Offence code as printed, or a documented slug")
    name: Text = column("Name as printed, without note marks")
    level: Text = column("Level of the code in its table", isin=list(codes.LEVEL))
    subgroup: Text = column("Slug of the subgroup it belongs to", nullable=True)
    group: Text = column("Slug of the main offence group it belongs to", nullable=True)
    victim_sex: Text = column("Sex of the victim where the code's name says it", nullable=True, isin=list(codes.SEX))
    victim_age: Text = column("Age of the victim where the code's name says it", nullable=True)
    valid_from: Date = column("First day on which offences are recorded under the code", "date", nullable=True)
    valid_to: Date = column(
        f"Last day on which offences were recorded under the code; {OPEN_END}", "date", nullable=True
    )
    notes: Text = shared("notes", nullable=True)
    citation: Text = shared("citation")


class OffenceThreat(Keyed):
    """One membership of an offence in a threat, by the grouping of one source."""

    offence_code: Text = shared("offence_code")
    threat: Text = shared("threat")
    grouping: Text = column("Grouping that says so; `candidate_...` where no source prints the set")
    valid_from: Date = column("First day of the membership", "date", nullable=True)
    valid_to: Date = column(f"Last day of the membership; {OPEN_END}", "date", nullable=True)
    note: Text = shared("note", nullable=True)
    citation: Text = shared("citation")


class Area(Keyed):
    """One area: England and Wales, a country, a region, a police force or a Community Safety Partnership."""

    area_code: Text = shared(
        "area_code", meaning="Official code, or BTP for the British Transport Police, which has none"
    )
    name: Text = shared("area_name")
    area_type: Text = column(
        "Kind of area; unassigned is what a force could not assign to a Community Safety Partnership",
        isin=[
            "country_group",
            "country",
            "region",
            "police_force",
            "special_force",
            "community_safety_partnership",
            "unassigned",
        ],
    )
    parent_code: Text = column("Area that holds it", nullable=True)
    valid_from: Date = column("First day of the code", "date", nullable=True)
    note: Text = shared("note", nullable=True)
    citation: Text = shared("citation")


class Series(Keyed):
    """One statistical series: what its figures measure, by which instrument, for whom, at which table level."""

    series: Text = shared(
        "series", meaning="Key of the series: question version, table level and age base are part of it"
    )
    table: Text = column("Table of this file that holds its figures", isin=list(codes.OF_SERIES))
    scope: Text = shared("scope")
    topic: Text = column("What is measured; empty where the offence code says it", nullable=True)
    instrument: Text = shared("instrument", nullable=True)
    question_version: Text = column("Question version of the survey", nullable=True)
    reference_window: Text = column("Time the respondent is asked about", nullable=True)
    measure: Text = column("What kind of number the figures are")
    unit: Text = shared("unit", meaning="Unit in which the tidy table holds the values")
    age_base: Text = column("Ages that the series covers; empty where each figure says it", nullable=True)
    offence_code: Text = shared("offence_code", nullable=True)
    flag: Text = column("Flag carried by the offences counted", nullable=True)
    offence_group: Text = column("Offence group that the flagged offences are counted in", nullable=True)
    level: Text = column("Level in its table", nullable=True, isin=list(codes.LEVEL))
    threat: Text = shared("threat", nullable=True)
    definition: Text = column("Definition in words")
    citation: Text = shared("citation")


class Pairing(Keyed):
    """One pair of an estimate and a recorded count, and what is to be known before the two are compared."""

    pairing: Text = column("Key of the pairing")
    label: Text = column("The pairing in a few words")
    title: Text = column("The pairing in full")
    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    estimate_topic: Text = column("Survey topic of the estimate", nullable=True)
    estimate_measures: Text = column("Measures of the estimate, best first, separated by ;", nullable=True)
    estimate_source: Text = column("Publication that alone holds the estimate, where there is only one", nullable=True)
    estimate_unit: Text = column("Unit of the estimate", nullable=True)
    sex: Text = shared("sex", meaning="Sex of the victims estimated")
    recorded_series: Text = column("Recorded series that are added up, separated by +", nullable=True)
    recorded_upper_series: Text = column(
        "Further recorded series that may belong to the concept and make the upper side, separated by +", nullable=True
    )
    recorded_scope: Text = shared("scope", nullable=True)
    recorded_unit: Text = column("Unit of the count", nullable=True)
    recorded_sex: Text = shared("sex", nullable=True, meaning="Sex of the victims counted; empty where not stated")
    recorded_age: Text = column("Ages of the victims counted", nullable=True)
    female_share: Text = column("Series of the sourced female share, by period", nullable=True)
    concept: Text = column(
        "Does the count record what the survey asks",
        isin=["same", "wider", "narrower", "overlapping", "different", "none"],
    )
    concept_reason: Text = column("What is extra on each side, in one sentence")
    flagged: Flag = column("Does the count rest on a flag")
    non_recent: Flag = column(
        "Does the count include offences that happened more than a year before they were recorded"
    )
    comparable_subset: Flag = column("Do the units and the subset allow a difference")
    citation: Text = shared("citation")


class ComparabilityBreak(Keyed):
    """One change of law, counting, flags, questions, sample or coverage, or exceptional time, that limits comparison."""

    break_id: Text = column("Key of the break")
    date: Date = column("First day on which it holds", "date")
    last_day: Date = column(
        "Last day of the change: the first day where it came at once, later where it took months or years", "date"
    )
    what_changed: Text = column("What changed")
    direction: Text = column("Effect on the figures, as far as the source says it", isin=list(codes.DIRECTION))
    breaks_change: Flag = column(
        "Does it block a comparison over time; false where only releases, samples or names change"
    )
    scope: Text = column("Scopes it touches, separated by ;")
    series_pattern: Text = column("Patterns of the series it touches, separated by ;")
    threats: Text = column("Threats it touches, separated by ;", nullable=True)
    kind: Text = column("Kind of change; circumstance: of what happens, not of counting", isin=list(codes.BREAK_KIND))
    note: Text = shared("note", nullable=True)
    citation: Text = shared("citation")


class Rule(Keyed):
    """One comparability rule in plain words."""

    rule: Text = column("Key of the rule")
    says: Text = column("What the rule says")
    scope_of_use: Text = column("Where the rule speaks")
    citation: Text = shared("citation")


class Assumption(Keyed):
    """One tracked assumption: an interval, its central value, what it applies to and why it is as wide as it is."""

    assumption: Text = column("Key of the assumption")
    lower: Number = column("Lower end", "see unit")
    upper: Number = column("Upper end", "see unit")
    central: Number = column("Value taken for a likely interval", "see unit")
    unit: Text = shared("unit")
    applies_to: Text = column("What it applies to")
    reason: Text = column("Why this interval")
    central_reason: Text = column("Why this central value")
    citation: Text = shared("citation")


class Fieldwork(Keyed):
    """The interviews that one survey year's estimates of a topic rest on."""

    fieldwork: Text = column("Key of the entry")
    topic_pattern: Text = column("Survey topics it holds for, as patterns separated by ;")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    months: Text = column("Interview months used, as yyyy-mm separated by ;")
    sample_share: Number = column(
        "Share of the interviews of those months that were asked the questions", "share", ge=0, le=1
    )
    shortfall: Text = column("What is short of a full year, in words; empty for nothing", nullable=True)
    citation: Text = shared("citation")


class CanonicalTable(Keyed):
    """One printed table, and how it ranks where several printed tables count the same thing: the lowest rank is taken."""

    printed_table: Text = column("The table, as the second part of its series' keys names it", unique=True)
    rank: Integer = column("1 is taken first", "rank", ge=1)
    reason: Text = column("Why it ranks there")
    citation: Text = shared("citation")


class SupportService(Keyed):
    """One service for victims and survivors in England and Wales, as a public page of the day seen gives it."""

    service: Text = column("Name of the service")
    whom: Text = column("For whom it is")
    area: Text = column("Where it serves")
    phone: Text = column("Telephone number, where the page seen prints one", nullable=True)
    website: Text = column("Website", nullable=True)
    says: Text = column("What it is, in few words")
    seen: Date = column("Day on which the page was seen, in a stored copy: check before use", "date")
    citation: Text = shared("citation")


class PlainWord(Keyed):
    """The plain name of a threat, a comparison, a rule or a break: for pages and charts that people read who are no analysts."""

    kind: Text = column("What is named", isin=["threat", "pairing", "rule", "break"])
    key: Text = column("Its key in the table of that kind")
    name: Text = column("Its name in few words; of a break at most 26 characters, so that it stands on a chart")
    says: Text = column(
        "In plain words what it is; of a comparison that may not be made the reason; of a rule what it warns of",
        nullable=True,
    )
    rank: Integer = column("Order in which things of a kind are told: of rules, what matters most first", "place", ge=1)
    citation: Text = shared("citation")


class FigureWord(Keyed):
    """One list of words that stand beside figures of any kind and leave what they are of as it is: any other word narrows it, or
    names something else; and of those that begin what goes for a whole sentence."""

    topic: Text = column("What the words tell; `joining` are of no quantity, `lead` begin what may narrow a sentence")
    says: Text = column("What they have in common")
    words: Text = column("The words in small letters, separated by spaces")
    citation: Text = shared("citation")


class Availability(Keyed):
    """One reason why figures of one side of some pairings are missing in a time: one of four states, with where that is
    written."""

    availability: Text = column("Key of the entry")
    pairings: Text = column("Pairings it holds for, as patterns separated by ;")
    side: Text = column("What is missing", isin=["estimate", "count", "female_share"])
    areas: Text = column("England and Wales, or its regions", isin=["national", "regional"])
    first_day: Date = column("First day for which it holds; empty for as far back as you like", "date", nullable=True)
    last_day: Date = column("Last day for which it holds; empty while it still does", "date", nullable=True)
    state: Text = column("Which of the four states holds", isin=list(codes.AVAILABILITY))
    publication: Text = column("Publication that would give the figure, where one is thought to", nullable=True)
    says: Text = column("The state in one sentence")
    citation: Text = shared("citation")


class Compared(Keyed):
    """Two survey estimates that the publisher sets beside each other."""

    series: Text = shared("series")
    compares: Text = column("What is compared", isin=list(codes.COMPARES))
    sex: Text = shared("sex")
    age: Text = shared("age")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    earlier_start: Date = column(
        "First day of the period compared with; empty between the sexes", "date", nullable=True
    )
    earlier_end: Date = column("Last day of the period compared with; empty between the sexes", "date", nullable=True)


class OfficialSignificance(Compared):
    """One statement of the publisher on whether a difference between two survey estimates is significant at the 5% level.

    The later period is `period_start` to `period_end`. A statement in doubt is kept and must not be used.
    """

    significant: Flag = column("Does the publisher call the difference significant")
    says: Text = column("What the publisher says, its gist")
    printed: Text = shared("printed", nullable=True, meaning="The mark in the cell, where a workbook marks it")
    change: Number = column("The change printed beside the mark", "see change_unit", nullable=True)
    change_unit: Text = shared("unit", nullable=True, meaning="Unit of the change")
    doubt: Text = column("Why the statement must not be used; empty for sound ones", nullable=True)
    designation: Text = shared("designation")
    source: Text = shared("source")
    release: Text = shared("release")
    sheet: Text = shared("sheet")
    cell: Text = shared("cell", nullable=True)
    url: Text = shared("url")
    citation: Text = shared("citation")


class Prior(Keyed):
    """One declared prior of the experimental synthesis: a beta distribution over the bounds of a part of which nothing is
    published. No other table rests on it."""

    prior: Text = column("Key of the prior")
    parameter: Text = column("Part of a reporting bridge that it is about")
    setting: Text = column("The declared prior, or one that it is tried against", isin=["declared", "low", "high"])
    alpha: Number = column("First parameter of the beta distribution", "none", gt=0)
    beta: Number = column("Second parameter of the beta distribution", "none", gt=0)
    reason: Text = column("Why this one")
    citation: Text = shared("citation")


class Publication(Keyed):
    """One publication that figures come from, with its release calendar: data/sources.yaml."""

    source: Text = shared("source", meaning="Key of the publication")
    publisher: Text = column("Publisher")
    title: Text = column("Title of the publication")
    cadence: Text = column("How often it comes out; once and none for what has no next release")
    licence: Text = column("Licence of its figures")
    address: Text = column("Where a person finds it", nullable=True)
    can_be_fetched: Flag = column("Does `darkfigure fetch` download it")


class Spelling(Keyed):
    """One everyday way of naming a threat, a part of one, an offence, or an area."""

    spelling: Text = column("As people type it")
    kind: Text = column("What it names", isin=["threat", "offence", "series", "area"])
    code: Text = column(
        "Key of reference.threat, reference.offence, reference.series (a part of a threat that is flagged) or reference.area"
    )
    topic: Text = column("The part of the threat that is meant: estimate_topic of reference.pairing", nullable=True)
    citation: Text = shared("citation")


class ForceAvailability(Keyed):
    """One publication and what it counts of a threat: is that given by police force, what of it is held, and why no more."""

    threat: Text = shared("threat")
    counted: Text = column("What is counted, in words")
    offence_code: Text = shared("offence_code", nullable=True)
    source: Text = column("Publication, or the scope of one that is known from copies")
    state: Text = column("Is it given by force, and held", isin=list(codes.FORCE_STATE))
    held_from: Date = column("First day of what is held", "date", nullable=True)
    held_to: Date = column("Last day of what is held; years between may lack", "date", nullable=True)
    why: Text = column("Where it stands, or why it is not there, in a sentence")
    citation: Text = shared("citation")
