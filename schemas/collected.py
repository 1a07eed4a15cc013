"""Tables of the policing collection, assembled from returns: aggregates only, after disclosure control.

They are a scope of their own. A synthetic collection says so in every row and is never added to, divided by or compared with
published figures, but with those it was calibrated to.
"""

from schemas import codes, returns
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text

SCOPE = {
    "collection": "the policing collection, as assembled from the forces' returns",
    codes.SYNTHETIC: "made-up returns, for tests and training: nothing of it is about the world",
}
CELL = {
    "normal": "shown: as counted or rounded, as rounded_to says",
    "suppressed": "1 to 4 ([c])",
    "withheld": "any number ([c]): together with other cells it would have said more",
    "no_base": "too few to give a mean, a share or a change of",
}
PROFILED = {
    "victim_age_band": "ages of the victims", "suspect_age_band": "ages of the principal suspects",
    "relationship": "what the principal suspects are to the victims", "mean_victim_age": "mean age of the victims",
    "mean_suspect_age": "mean age of the principal suspects",
}  # fmt: skip
PRINTED = {
    "offences": "offences of the threat", "share_of_vawg": "share of all offences in scope", "share_also": "share also of `of`",
    "share_code": "share with the codes `of`", "share_relationship": "share by the relationships `of`",
    "mean_victim_age": "mean age of the victims", "mean_suspect_age": "mean age of the suspects",
}  # fmt: skip
COMPARED_WITH = {
    "open_data": "the same quarter and code in Home Office open data",
    "last_quarter": "the supplier's quarter before, or the last of the three before that counts",

    "year_before": "the supplier's same quarter a year before", "other_suppliers": "the other suppliers of the quarter",
    "later_quarter": "the supplier's later quarter, where no other one says which of the two is the odd one",
    "earlier_quarters": "the supplier's quarters before", "even_ages": "ages of which no digit is liked more",
    "single_offences": "counts of single offences", "itself": "nothing: who sent it has taken it back",
    "all_recorded_crime": "the median share that suppliers have of all crime recorded there in a quarter, but fraud, by the"
    " largest year published; all of it beside few suppliers",
    "whole_country": "what the Statement prints of the whole country, a quarter of its year",
}  # fmt: skip
FLAG_VALUE = {"Y": "yes", "N": "no", "not_recorded": "not recorded, which is not no"}


def _cell(meaning: str = "Is the number shown, and if not why") -> object:
    return column(meaning, isin=list(CELL))


def _rounded() -> object:
    return column("Base that the number is rounded to: 1 for as counted", "offences")


def _held() -> object:
    return column(
        "Build that counted it, where it is printed again as it was there, since fewer offences than the limit held_below have"
        " moved; empty where it was counted for this one",
        nullable=True,
    )


class Collected(Keyed):
    """A table of the collection."""

    scope: Text = shared("scope", isin=list(SCOPE))


class Return(Collected):
    """One return of one supplier for one quarter, in one version, with its verdict. Older versions stay."""

    supplier: Text = column("Supplier: key of reference.supplier")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    version: Integer = column("Place among the returns of the quarter, oldest extract first", "position")
    return_id: Text = column("Id of the return, as its report prints it")
    profile: Text = column("Rows or counts", isin=list(returns.PROFILE))
    route: Text = column(
        "How it came: filled in by the force, or made of an extract of the Data Hub", isin=list(returns.ROUTE)
    )
    definition_version: Text = column("Version of the definition that the force worked by")
    verdict: Text = column("What was said of it", isin=list(returns.VERDICT))
    counts: Flag = column("Is it the one that counts")
    withheld_for: Text = column(
        "Rules that compare for which the newest accepted return counts nowhere, or (C03) in no count of one threat, separated"
        " by ;",
        nullable=True,
    )  # fmt: skip
    extract_date: Date = column("Day of the extract from the force's system", "date")
    sent_date: Date = column("Day of sending", "date")
    due_date: Date = column("Day by which it was due", "date")
    days_late: Integer = column("Days between due and sent", "days", ge=0)
    rows: Integer = column(
        "Rows of the file; empty of a return of changes, where they would say how much was revised",
        "rows",
        nullable=True,
        ge=0,
    )
    quarantined: Integer = column("Rows set aside; empty of a return of changes", "rows", nullable=True, ge=0)
    refused_for: Text = column("Rules that refused it, separated by ;", nullable=True)


class Coverage(Collected):
    """One quarter of the collection: how many suppliers are in it. A late supplier is missing, not nought."""

    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    suppliers_expected: Integer = column("Suppliers that send for the quarter", "suppliers", ge=0)
    suppliers_in: Integer = column("Suppliers with a return that counts", "suppliers", ge=0)
    suppliers_refused: Integer = column("Suppliers whose returns were all refused", "suppliers", ge=0)
    suppliers_withheld: Integer = column(
        "Suppliers whose return is so unlike others that it counts nowhere until somebody acknowledges it",
        "suppliers",
        ge=0,
    )
    suppliers_missing: Integer = column("Suppliers of which nothing has come", "suppliers", ge=0)
    missing: Text = column("Suppliers that are not in it, separated by ;", nullable=True)
    share_of_offences: Number = column(
        "Part of the same quarter a year before that the suppliers in it had; empty where that quarter is not whole, or others"
        " sent for it",
        "percent", nullable=True,
    )  # fmt: skip
    people: Integer = column(
        "People who live in the areas of the suppliers in it, by the mid-year estimate; empty where those of one are not held,"
        " and in a synthetic collection",
        "people", nullable=True, ge=0,
    )  # fmt: skip


class CollectedOffences(Collected):
    """One offence code of one supplier in one quarter: plain count of offences in scope, as counted."""

    supplier: Text = column("Supplier: key of reference.supplier")
    offence_code: Text = shared("offence_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    offences: Integer = column("Offences in scope", "offences")


class ThreatCount(Collected):
    """One threat in one area and period. Threats overlap: they are never added up."""

    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    offences: Integer = column("Offences, of the suppliers counted", "offences", nullable=True)
    cell_status: Text = _cell()
    rounded_to: Integer = _rounded()
    held_from: Text = _held()
    share_of_vawg: Number = column("Share of all offences in scope of the same suppliers", "percent", nullable=True)
    per_day: Number = column("Offences per day of the period", "offences per day", nullable=True)
    rate: Number = column(
        "Offences of a year per 1,000 people of the areas of the suppliers counted; empty where those of one are not held, and"
        " in a synthetic collection",
        "offences per 1,000 people", nullable=True,
    )  # fmt: skip
    suppliers_counted: Integer = column(
        "Suppliers that can tell of the threat and are in every quarter for which they send", "suppliers"
    )
    suppliers_expected: Integer = column("Suppliers of the area", "suppliers")
    change: Number = column(
        "Change on the same period a year before, where the same suppliers are in both; else empty",
        "percent",
        nullable=True,
    )


class Overlap(Collected):
    """One combination of threats, which an offence has all of and no other, in one area and financial year."""

    area_code: Text = shared("area_code")
    among: Text = column("Combinations of the nine threats or of the five priority threats", isin=["nine", "five"])
    threats: Text = column("Letters of the threats in the order of the template, `-` for none")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    offences: Integer = column("Offences, of suppliers that can tell of every threat", "offences", nullable=True)
    cell_status: Text = _cell()
    rounded_to: Integer = _rounded()
    held_from: Text = _held()
    suppliers_counted: Integer = column("Suppliers in it", "suppliers")


class CollectedUnion(Collected):
    """One union of threats, in England and Wales and one financial year: the least and the most offences of one or more of them.

    Exact of suppliers that can tell of every threat; of others what the sizes of their threats allow. Rounded outwards.
    """

    sets: Text = column("Threats, separated by |; an offence of several is counted once")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    lower: Integer = column("Fewest offences, of the suppliers counted", "offences")
    upper: Integer = column("Most offences, of the suppliers counted", "offences")
    cell_status: Text = _cell()
    rounded_to: Integer = _rounded()
    held_from: Text = _held()
    suppliers_exact: Integer = column("Suppliers that can tell of every threat", "suppliers")
    suppliers_counted: Integer = column("Suppliers in every quarter for which they send", "suppliers")
    suppliers_expected: Integer = column("Suppliers that send", "suppliers")


class Profile(Collected):
    """One statistic of a threat by age or relationship, in England and Wales and one financial year."""

    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    statistic: Text = column("What is described", isin=list(PROFILED))
    value_label: Text = column("Band or relationship; `all` for a mean")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    offences: Integer = column("Offences", "offences", nullable=True)
    cell_status: Text = _cell()
    rounded_to: Integer = _rounded()
    held_from: Text = _held()
    share: Number = column("Share of the threat, not-known included, to whole percent", "percent", nullable=True)
    mean: Number = column("Mean, of offences where it is known; ages from 85 count as 85", "years", nullable=True)


class EarlierFigure(Collected):
    """One number of a financial year, or of a flag or a return of a quarter, as an earlier publication printed it, where that has
    changed: who has both can subtract, so both are looked at together before anything is published."""

    build_id: Text = column("Build that printed it last: meta.build of the file of that time")
    table_name: Text = column("Table that it stood in")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    figure: Text = column(
        "What tells it from the others of the table, area and year, as in `nine / DS` or `warn / W03`; `all` is the plain number"
        " beside them"
    )
    offences: Integer = column(
        "Offences, of plain counts those of the year; or rows of a return", "offences or rows", nullable=True
    )
    lower: Integer = column("Fewest offences of a union", "offences", nullable=True)
    upper: Integer = column("Most offences of a union", "offences", nullable=True)
    cell_status: Text = _cell()
    rounded_to: Integer = _rounded()
    suppliers_counted: Integer = column("Suppliers in it", "suppliers", nullable=True)
    suppliers_expected: Integer = column("Suppliers of the area", "suppliers", nullable=True)


class CollectedFlag(Collected):
    """One flag and value in one quarter, in England and Wales, of the suppliers that set the flag."""

    flag: Text = column("Flag of the template", isin=list(returns.FLAGS))
    value: Text = column("Value", isin=list(FLAG_VALUE))
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    offences: Integer = column("Offences in scope", "offences", nullable=True)
    cell_status: Text = _cell()
    rounded_to: Integer = _rounded()
    held_from: Text = _held()
    set_by: Text = column("How the flag is set and by how many suppliers, as in `officer 40; ndqis 4`")


class ReturnRevision(Collected):
    """One accepted version of a supplier's quarter, beside the version before."""

    supplier: Text = column("Supplier: key of reference.supplier")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    version: Integer = column("Version", "position")
    offences: Integer = column("Offences in scope", "offences")
    change: Integer = column(
        "Offences more than in the accepted version before; empty for the first", "offences", nullable=True
    )
    large: Flag = column("Is the change larger than the limit revision_size (C06)")


class RuleResult(Collected):
    """One rule and one supplier's quarter: rows of the newest return that the rule spoke of. Quality of data, not of a force."""

    supplier: Text = column("Supplier: key of reference.supplier")
    rule: Text = column("Rule: key of reference.return_rule")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    severity: Text = column("What a failure does", isin=list(returns.SEVERITY))
    rows: Integer = column("Rows, or 1 for a rule about the whole return", "rows", nullable=True)
    cell_status: Text = _cell()
    rounded_to: Integer = column("Base that the number is rounded to", "rows")
    held_from: Text = _held()


class LateEstimate(Collected):
    """One quarter with suppliers missing: an estimate of the whole. It stands beside the count and is never part of it."""

    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    reported: Integer = column("Offences of the suppliers that are in", "offences")
    share_reported: Number = column("Part of the year before that they had", "percent")
    estimate: Number = column("Offences reported over the part that they had", "offences")
    lower: Number = column("Lower end", "offences")
    upper: Number = column("Upper end", "offences")
    method: Text = column("How the estimate and its ends were made")


class Comparison(Collected):
    """One count of a supplier's quarter outside the limit of a rule that compares. Far outside it counts nowhere."""

    rule: Text = column("Rule: key of reference.return_rule, C01 to C05 or C07 to C13")
    supplier: Text = column("Supplier: key of reference.supplier")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    of: Text = column(
        "Offence code, threat, column, value of a column or two columns (`a by b`) compared; `all` for the total"
    )
    compared_with: Text = column("What it is held against", isin=list(COMPARED_WITH))
    deviation: Number = column(
        "How far, rounded: percent (C01, C10), robust spreads from the median (C02, C03, C12: of two columns"
        " the limit), Whipple's index (C04), offences"
        " (C05), percent of the rows (C07, C08) or counts (C13), the number of which all are multiples (C09), nought (C11)",
        "as the rule says",
    )  # fmt: skip
    value: Number = column("Offences of the quarter, of plain counts only", "offences", nullable=True)
    other_value: Number = column("Offences that they are held against, of plain counts only", "offences", nullable=True)
    return_id: Text = column("The return that is compared")
    withholds: Flag = column(
        "Is it so far outside that the supplier is missing from the quarter, or (C03) from that threat of it, as a late one is"
    )
    acknowledged: Text = column(
        "Why it counts all the same, where it is so far outside, or (C11) why it does not; and who says so",
        nullable=True,
    )


class PrintedFigure(Collected):
    """One figure that the Statement prints of the collection, beside what the returns give."""

    figure: Text = column("Key of the figure: key of reference.collection_printed")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    printed_value: Number = column("As printed", "unit of the row")
    unit: Text = shared("unit")
    computed: Number = column("From the returns", "unit of the row")
    agrees: Flag = column("Does the computed figure round to the printed one, as far as its own rounding tells")
    calibrated: Flag = column("Was the synthetic world made so that it agrees")


class CollectionPrinted(Keyed):
    """One figure that the Statement prints of the collection, and how the returns give it."""

    figure: Text = column("Key of the figure")
    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    statistic: Text = column("What is printed", isin=list(PRINTED))
    of: Text = column("The other threat, the codes or the relationships of a share, separated by ;", nullable=True)
    printed_value: Number = column("As printed", "unit of the row")
    unit: Text = shared("unit")
    half_unit: Number = column("Half a unit of the last printed place", "unit of the row")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    calibrated: Flag = column("Was the synthetic world made so that it agrees")
    citation: Text = shared("citation")


class LetThrough(Keyed):
    """One return that counts although a rule that compares would withhold it: it is right; or (C11) none: it was taken back."""

    return_id: Text = column(
        "Id of the return, as collection.comparison and its report print it: another version is asked anew"
    )
    rule: Text = column(
        "Rule that is acknowledged; C11 takes the return back",
        isin=["C01", "C02", "C03", "C08", "C09", "C10", "C11", "C13"],
    )
    reason: Text = column("Why it is right; of one that is taken back why it is wrong")
    citation: Text = shared("citation")
    who: Text = column("Who acknowledges it: role and organisation, no name")
    day: Date = column("Day on which it was acknowledged", "date")
