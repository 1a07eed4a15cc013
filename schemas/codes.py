"""Closed code lists: every value that a coded column may take, with its meaning."""

SEX = {"all": "all persons", "female": "women and girls", "male": "men and boys"}

PERIOD_TYPE = {
    "survey_year": "label of a survey year: the interviews of twelve months, each about the twelve before it",
    "year": "twelve months in which the police recorded the offences",
    "half_year": "six months of recording",
    "quarter": "three months of recording",
    "month": "one month of recording",
    "months": "a span of months that is no quarter, half-year or year",
    "multi_year": "several survey or recording years taken together",
    "mid_year": "the population on 30 June",
}

# The tables whose figures have a series.
OF_SERIES = (
    "survey.estimate", "recorded.offence_count", "recorded.flagged_count", "recorded.share", "recorded.vawg_count",
    "recorded.outcome", "recorded.outcome_count", "population.estimate", "collection.threat_count",
)  # fmt: skip

FACT_STATUS = {
    "normal": "a value is published",
    "missing": "not available ([x])",
    "suppressed": "withheld because the base is too small ([u])",
    "not_applicable": "cannot exist ([z])",
}

RESULT_STATUS = FACT_STATUS | {
    "doubted": "published, but contradicted by other published figures in every release held: withheld",
    "series_broken": "published, but a break of the series lies inside the window",
}

CHANGE_SOURCE = {
    "computed": "from two counts of one release",
    "printed": "as the release of the count prints it; the count of the year before is not held of that release",
    "other_release": "on the count of the year before as another release has it, which may have been revised since",
}

INTERVAL_SOURCE = {
    "published": "limits printed by the publisher",
    "computed": "from a published standard error, a sourced base, or an overdispersion estimated from quarters",
    "assumed": "the widest range that the listed assumptions allow; how often it holds is not stated",
    "rounding": "the rounding of the printed figure only",
}

DESIGNATION = {
    "accredited": "accredited official statistics",
    "official": "official statistics",
    "not_accredited": "official statistics, not accredited",
    "in_development": "official statistics in development",
    "policing": "the policing VAWG collection of the National Policing Statement",
    "press_copy": "a press, charity or parliamentary copy of a statistic",
}

SCOPE = {
    "csew": "Crime Survey for England and Wales",
    "ons_prc": "police recorded crime as published by ONS",
    "policing_vawg": "the policing VAWG collection: its own definition, not the published statistics",
    "collection": "the policing collection as assembled here from the forces' returns; empty until real returns are held",
    "homicide_index": "Home Office Homicide Index",
    "csae_analysis": "analyses of police recorded child sexual abuse and exploitation",
    "ho_hba": "Home Office statistics on so-called honour-based abuse",
    "ho_nrm": "National Referral Mechanism: potential victims of modern slavery in the United Kingdom, not offences",
    "npcc_spiking": "reports of spiking collected by the National Police Chiefs' Council, not offences",
    "nhs_fgm": "attendances at the NHS in England where female genital mutilation was identified, not offences",
    "cps_justice": "police and prosecution outcomes",
    "population": "mid-year population estimates",
}

INSTRUMENT = {
    "csew_self_completion_old": "CSEW self-completion module, old questions",
    "csew_self_completion_new": "CSEW self-completion module, new domestic abuse questions",
    "csew_face_to_face": "CSEW interviewer-led victim forms",
    "csew_harassment_module": "CSEW experimental harassment module",
    "csew_combined": "CSEW combined measure: domestic abuse, sexual assault or stalking",
    "csew_child_abuse_module": "CSEW module on abuse before the age of 16 (of 18 from YE March 2024)",
    "csew_children": "CSEW interviews of children aged 10 to 15",
}

# What a break does to the figures of the series that it touches, as far as a source says so.
DIRECTION = {
    "up": "raises the figures",
    "down": "lowers the figures",
    "mixed": "raises some figures and lowers others",
    "moved": "moves offences from one class to another",
    "none": "changes no figure: a start, a gap, a sample, a name, a release",
    "unknown": "its effect on the figures is not stated",
}

BREAK_KIND = (
    "definition", "classification", "recording", "coverage", "instrument", "age_base", "quality", "population",
    "circumstance",
)  # fmt: skip

THREAT = {
    "domestic_abuse": "domestic abuse",
    "rasso": "rape and serious sexual offences",
    "stalking_harassment": "stalking and harassment",
    "csae": "child sexual abuse and exploitation",
    "online": "online and tech-enabled",
    "modern_slavery": "modern slavery and human trafficking",
    "spiking": "spiking",
    "sex_work": "sex work",
    "honour_based_abuse": "honour-based abuse",
}
ALL_VAWG = "all_vawg"
SYNTHETIC = "synthetic_collection"  # the scope of a collection that is made up
THREAT_OR_ALL = THREAT | {ALL_VAWG: "all violence against women and girls together"}
PRIORITY_THREATS = ("domestic_abuse", "rasso", "stalking_harassment", "csae", "online")

VERDICT = {
    "pass": "may be compared",
    "qualify": "may be compared with the caveats given",
    "block": "may not be compared; the reason is given",
}

PERIOD_MATCH = {
    "plain": "the twelve recorded months of the survey year's label",
    "recall": "two recorded years mixed by the recall window of the interviews, where not all quarters are held",
    "recall_quarters": "recorded quarters of two years weighted by the recall window of the interviews",
}

IDENTIFIED = {
    "point": "one ratio, with its interval",
    "set": "the published counts leave a set: any ratio between the limits is possible",
}

LEVEL = {
    "class": "offence class of the recorded crime tables",
    "sub_code": "detailed offence inside a class",
    "subgroup": "subgroup of classes",
    "group": "main offence group",
    "total": "total over groups",
    "grouping": "grouping that a source prints across classes",
    "flag": "offences that carry a flag",
}

ENGLAND_AND_WALES = "K04000001"

AVAILABILITY = {
    "not_asked": "not asked or counted then",
    "not_published": "not published",
    "not_held": "published, or likely to be, but not held",
    "no_code": "of a code or flag that did not exist",
}
# Why a comparison lacks a figure: also one that is held, and doubted.
LACKING = {**AVAILABILITY, "withheld": "withheld, as other figures say otherwise"}

FORCE_STATE = {
    "held": "given by force, and held for the days named",
    "given_not_held": "given by force, and not held",
    "not_given": "not given by force in this publication",
}

COMPARES = {"periods": "two periods of one group", "sexes": "women and men in one period"}

# From the gravest to the mildest: a wrong number stands before everything that limits a comparison.
CLAIM_VERDICT = {
    "conflict": "cannot be true beside other figures of the document",
    "implausible": "is more than the whole it is part of, or goes against its own definition",
    "external_differs": "differs from a published statistic, which is named",
    "period": "compares or names windows that differ",
    "scope": "crosses systems of counting, or says of one thing what was measured of another",
    "wording": "another wording or name than elsewhere in the document",
    "ambiguous": "can be read in ways that give different figures",
    "citation": "the source cited cannot be, or is not shown to be, the source",
    "bound": "true as a bound only",
    "external_agrees": "agrees with a published statistic, which is named",
    "consistent": "recomputed within rounding from other, independent figures of the document",
    "not_contradicted": "other figures leave room for it, and do not confirm it",
    "in_order": "a list, name, date, window or reference of the document, looked at and in order",
    "repeat": "repeats another claim of the document",
    "uncheckable": "cannot be checked from the document or the tables held; what would be needed is said",
}

CLAIM_ARITHMETIC = {
    "agrees": "recomputed from other figures or held against a statistic, and the same within rounding",
    "differs": "no values within the rounding of all figures make it true",
    "bounded": "what is known only bounds it: not contradicted, nor confirmed",
    "not_tested": "nothing that is held recomputes it",
}

CLAIM_COMPARABILITY = {
    "same": "what it is set beside is of the same window, scope and meaning",
    "other_window": "what it is set beside covers other months",
    "other_scope": "what it is set beside was counted by another system, or is another thing",
    "other_wording": "it is called or counted otherwise elsewhere in the document",
    "ambiguous": "the text allows readings that give different figures",
    "bound_only": "it is a bound of what it is said of",
    "not_compared": "it was set beside nothing",
}

CLAIM_WEIGHT = {
    "fault": "the document contradicts itself or its source",
    "caution": "what a reader must know before comparing; no fault of the document",
    "note": "an editor's note on lists, names, dates and references",
    "none": "nothing to say",
}

CLAIM_KIND = {
    "count": "a number of persons, offences or things",
    "share": "a part of a whole",
    "rate": "a number per day, per 100 and the like",
    "ratio": "one figure as a multiple of another",
    "change": "a rise or fall",
    "average": "an average, a commonest value, a limit of age",
    "range": "a lowest and a highest figure",
    "duration": "a length of time",
    "money": "a sum of money",
    "sample": "the size of what a figure rests on",
    "period": "a window of time",
    "date": "a day, month or year",
    "rank": "a place in an order",
    "list": "how many things, and which",
    "name": "what a thing is called",
    "relation": "how figures stand to each other",
    "page": "a page number",
    "citation": "a reference",
    "chart": "a chart that is missing from the text",
}

CLAIM_SCOPE = {
    "document": "the document itself",
    "other": "research, inspections, charities and other sources outside the statistics",
}

# Kinds of area that are police forces: territorial, and the British Transport Police.
FORCE_TYPES = ("police_force", "special_force")
