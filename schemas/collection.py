"""Reference tables of the policing collection: who sends, what is counted, which rules and limits hold."""

from schemas import codes, returns
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Integer, Number, Text

STATUS = {
    "assumed": "proposed here, to be confirmed by who is responsible",
    "proposed": "drafted here after the source cited",
}
TREATMENT = {
    "as_is": "published as counted",
    "protected": "small counts as [c], others rounded, shares to whole percent",
}


class Supplier(Keyed):
    """One supplier of returns: a territorial police force or the British Transport Police."""

    supplier: Text = column("Key of the supplier, also the name of its folder")
    name: Text = column("Name of the force")
    area_code: Text = shared("area_code")
    valid_from: Date = column("First day on which it sends; empty for always", "date", nullable=True)
    valid_to: Date = column("Last day on which it sends; empty while it does", "date", nullable=True)
    succeeded_by: Text = column(
        "Supplier that takes its place then and answers for its quarters: assumed, since nothing published says who does",
        nullable=True,
    )
    citation: Text = shared("citation")


class CollectionDefinition(Keyed):
    """One condition under which an offence counts towards a threat of the collection, by one version of the definition."""

    definition: Text = column("Key of the condition")
    definition_version: Text = column("Version of the definition")
    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    by: Text = column(
        "What decides: an offence code, a flag, or the scope of the collection", isin=["offence", "flag", "scope"]
    )
    offence_code: Text = shared("offence_code", nullable=True)
    flag: Text = column("Flag that must be Y", nullable=True, isin=list(returns.FLAGS))
    victim_sex: Text = column("Sex that the victim must have", isin=list(returns.PERSON_SEX))
    victim_age_from: Integer = column("Youngest age of the victim", "years", nullable=True)
    victim_age_to: Integer = column("Oldest age of the victim", "years", nullable=True)
    status: Text = column("Standing of the condition", isin=list(STATUS))
    note: Text = shared("note", nullable=True)
    citation: Text = shared("citation")


class ReturnRule(Keyed):
    """One rule that a return is held against, with its stable code."""

    rule: Text = column("Stable code: R refuses a return, E sets a row aside, W warns, C compares")
    severity: Text = column("What a failure does", isin=list(returns.SEVERITY))
    profile: Text = column("Profile of the returns that it holds for", isin=[*returns.PROFILE, "both"])
    columns: Text = column("Columns that it looks at, separated by ;", nullable=True)
    predicate: Text = column(
        "Condition in SQL that a failing row meets; empty where the check is more than one row", nullable=True
    )
    says: Text = column("What a failure means")
    expected: Text = column("What should stand there")
    remedy: Text = column("What to do")
    status: Text = column("Standing of the rule", isin=list(STATUS))
    citation: Text = shared("citation")


class CollectionLimit(Keyed):
    """One number that a rule of the collection rests on."""

    limit: Text = column("Key of the number")
    topic: Text = column("What it is for", isin=["return", "comparison", "disclosure"])
    value: Number = column("The number", "unit of the row")
    unit: Text = shared("unit")
    says: Text = column("What it decides")
    status: Text = column("Standing of the number", isin=list(STATUS))
    citation: Text = shared("citation")


class PersonalDataPattern(Keyed):
    """One form of text that may name or find a person, and has no place in a return."""

    pattern: Text = column("Key of the pattern")
    expression: Text = column("Regular expression")
    searched: Text = column(
        "Where it is looked for: in any cell that is no value of its column, and for `any` and `text` in a title above the header"
        " too, for `text` not in references; in"
        " references only; a reference that is nothing but it, where others as long are written otherwise (alone); digits of a"
        " reference, where most of its column are it (digits); a reference unlike the others, or where most of its column are it"
        " (glued), or only in one unlike the others (odd); these three in a code or number that is none, too; or in headings of"
        " columns",
        isin=["any", "cell", "text", "reference", "alone", "digits", "glued", "odd", "heading"],
    )
    says: Text = column("What it finds")
    status: Text = column("Standing of the pattern", isin=list(STATUS))
    citation: Text = shared("citation")


class RoleWord(Keyed):
    """One list of words of which posts, titles, names of files and codes are made: another word there may be a name."""

    topic: Text = column("What the words are of; after those of `role`, `rank` and `person` somebody is named")
    says: Text = column("What they have in common")
    words: Text = column("The words in small letters, separated by spaces")
    status: Text = column("Standing of the list", isin=list(STATUS))
    citation: Text = shared("citation")


class DisclosureRule(Keyed):
    """One kind of cell of the published collection and how it is treated before it is published."""

    rule: Text = column("Key of the rule")
    table_name: Text = column("Table of this file")
    cells: Text = column("Which cells of the table; empty for all of them", nullable=True)
    treatment: Text = column("How they are treated", isin=list(TREATMENT))
    says: Text = column("Why")
    status: Text = column("Standing of the rule", isin=list(STATUS))
    citation: Text = shared("citation")
