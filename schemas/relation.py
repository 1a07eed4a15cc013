"""What must agree: the relations as data, what they found, and the figures that are doubted."""

from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Flag, Integer, Number, Text, TextList

KINDS = {
    "sum": "parts make their whole",
    "share": "a share is a part over its whole, or shares make all of it",
    "rate": "a rate is a count over the people it is of",
    "change": "a printed change is a figure over the one it is compared with",
    "product": "prevalence times population is victims, and whoever is asked of one thing is asked of another",
    "twin": "one figure in two tables or publications",
    "known": "a release is known to print it",
    "bound": "a part is at most its whole, a whole lies among its parts, victims are at most incidents",
    "revision": "the release before, within its usual revision",
    "continuity": "neighbouring years, within reason",
    "leap": "no leap from one year or quarter to another, unless sums and the like agree exactly with all of its figures",
}
FORMS = {
    "add": "the terms add up to something inside the band",
    "mul": "the terms multiply to something inside the band",
    "share": "the part is the share times the whole, wider by the band times itself; or lies within the band times the whole",
    "whole": "the terms multiply to a whole number",
    "mixture": "the whole lies as far between part and rest as another whole between its own",
    "mean": "the whole is the mean of its parts, by how many were asked, up to the band times how far apart they are",
    "asked": "so many people were asked of the parts as of the whole, times something inside the band",
    "error": "the standard error squared is that of such a share of so many asked, times something inside the band",
    "within": "the whole lies between the least and the greatest of its parts, wider by the band times the greatest",
}
LIFTS = {
    "now": "the figure that a change is of",
    "compared_with": "the figure that a change is compared with",
    "year_before": "a year earlier",
    "year_after": "a year later",
    "earlier": "the last year before it, within seven, of any release: of what no other prints, nor its own of a year beside",
    "quarter_before": "a quarter of a year earlier",
    "quarter_before_elsewhere": "a quarter of a year earlier, of the newest other release that has it",
    "quarter_after": "a quarter of a year later",
    "same_sheet": "the same area on the same sheet, whatever its period",
    "areas": "all areas inside the area",
    "forces_elsewhere": "all police forces, of the newest other release that has them",
    "sexes": "women and men",
    "women": "women, of all people",
    "men": "men, of all people",
    "other_sex": "men of women, women of men",
    "older": "people of the age that they are under, and older",
    "all_ages": "people of all ages",
    "same_people": "the row about those people alone, of a breakdown by sex or age",
    "periods": "the months or quarters that fill the period",
    "periods_elsewhere": "the months or quarters that fill the period, of the newest release that has them",
    "country": "England and Wales, of an area inside it",
    "all_people": "all people of the age that the series is about",
    "release_before": "the release before of the publication",
    "publication_before": "the figure before it in another publication",
    "elsewhere": "the newest other release that has it",
    "anywhere": "the newest release that has it",
    "people": "the population of that sex and age, women and men for all, of the nearest mid-year within a year",
    "compared_elsewhere": "the figure that a change is compared with, of the newest other release that has it",
}
HOW = (
    "label", "renamed", "transcribed otherwise", "block shift", "swap", "resting", "column or row", "beside", "repair",
    "smallest cover", "all of them", "not revised",
)  # fmt: skip


class Relation(Keyed):
    """One way in which published figures must agree; every figure of the anchor's series makes an instance of it."""

    relation: Text = column("Key of the relation")
    kind: Text = column("Kind of relation, for people", isin=list(KINDS))
    form: Text = column("How its terms are put together", isin=list(FORMS))
    anchor: Text = column("Series that make an instance, as a regular expression over whole keys of reference.series")
    of: Text = column(
        "Only totals, those of whole countries, breakdowns or those by such characteristics (| between two) or of one label"
        " of them, such sexes and ages, such periods (up to a day), one release and period, or no two releases of which one"
        " came before a day and one since (not across); empty for all",
        str_matches=r"^([a-z0-9+ |]+(: [^:]+)?|(years|quarters)( to \d{4}-\d\d-\d\d)?"
        r"|not across \d{4}-\d\d-\d\d|\S+@\S+ \d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d)$",
        nullable=True,
    )
    lower: Number = column(
        "Lower end of the band beside what rounding allows, a factor where terms multiply; empty for none",
        "see form",
        nullable=True,
    )
    upper: Number = column("Upper end of the band; empty for none", "see form", nullable=True)
    root: Number = column(
        "The factor is wider by this over the square root of the smallest figure; of a whole, by as much chance"
        " as so many standard deviations",
        "factor",
        nullable=True,
    )
    yearly: Number = column("The factor is wider by this for every year between the releases", "factor", nullable=True)
    blames: Flag = column("Is a figure doubted where it fails; else it is only told")
    says: Text = column("The relation in words")
    citation: Text = shared("citation", meaning="Where this is written, or the releases that the band was fitted on")


class RelationTerm(Keyed):
    """One term of a relation: which figures join an instance, and as what."""

    relation: Text = column("Relation: key of reference.relation")
    position: Integer = column("Place among the terms", ge=1)
    role: Text = column(
        "Added or taken away (+, -), or what it is of a share or a mixture",
        isin=["+", "-", "share", "part", "rest", "whole", "with part", "with rest", "with whole"],
    )
    series: Text = column(
        "Series, with \\0, \\1 for what the anchor matched, {a|b} for several, {parts} for what the offence is made of,"
        " {classes} for the classes inside it"
    )
    lift: Text = column(
        "How its figures differ from the anchor's, otherwise the same; `by` and a characteristic for its parts by that; `as`,"
        " a characteristic and a label for the same people under that label, in the newest release",
        str_matches=f"^({'|'.join(LIFTS)}|by [a-z ]+|as [a-z ]+: [^:]+)$",
        nullable=True,
    )
    scale: Number = column("The figure is multiplied by this first", "factor")
    shift: Number = column("This is added then: 1 makes a factor of a change", "factor")
    citation: Text = shared("citation")


class Acknowledged(Keyed):
    """One figure, or a pattern of figures, that is let through although it does not agree with others."""

    release: Text = column("Publication and release as source@release; * stands for anything")
    figure: Text = column("Row id of archive.figure; * stands for anything")
    printed: Text = column("What it is let through as, | between two; empty for whatever stands there", nullable=True)
    relation: Text = column(
        "Relation in which it is let through, or what archive.doubt says under how; * stands for anything, and | between two"
    )
    reason: Text = column("Why it stands")
    citation: Text = shared("citation")
    who: Text = column("Who let it through")


class Agreement(Keyed):
    """One instance of a relation: what was found, between which values it was expected, and do they agree."""

    relation: Text = column("Relation: key of reference.relation")
    figure: Text = column("Figure that makes the instance: row id as in archive.doubt")
    source: Text = shared("source")
    release: Text = shared("release")
    sheet: Text = shared("sheet")
    figures: Integer = column("Figures that stand in it", "figures", ge=1)
    found: Number = column("The figure, in the unit of the fact tables", "see the figure")
    expected_lower: Number = column(
        "Least value that agrees with the others; empty for no limit", "as found", nullable=True
    )
    expected_upper: Number = column("Greatest value that agrees with the others", "as found", nullable=True)
    agrees: Flag = column("Does the figure lie there, up to rounding")
    others: TextList = column("The other figures, where it does not agree: row ids as in archive.doubt")


class RelationCoverage(Keyed):
    """One printed table of one release: how many of its figures stand in relations."""

    source: Text = shared("source")
    release: Text = shared("release")
    sheet: Text = shared("sheet")
    table_stem: Text = column("First parts of the series keys of the figures")
    figures: Integer = column("Figures with a value", "figures", ge=0)
    in_one: Integer = column("Figures in at least one relation", "figures", ge=0)
    in_two: Integer = column("Figures in at least two relations", "figures", ge=0)
    in_exact: Integer = column(
        "Figures in at least one exact relation: one with no band beside what rounding allows", "figures", ge=0
    )
    ten_times: Integer = column("Figures of which ten times as much would not agree with something", "figures", ge=0)
    a_tenth: Integer = column("Figures of which a tenth would not agree with something", "figures", ge=0)
    doubted: Integer = column("Figures that are doubted", "figures", ge=0)


class Doubt(Keyed):
    """One figure that is kept as printed and doubted: no result uses it while an undoubted release of it is held."""

    figure: Text = column(
        "Figure: row id of archive.figure, recorded.force_count or population.estimate; outcome_sum:class:area:period for all"
        " outcomes of such offences in recorded.outcome_count"
    )
    source: Text = shared("source")
    release: Text = shared("release")
    sheet: Text = shared("sheet")
    cell: Text = shared("cell", nullable=True)
    how: Text = column("What located it", isin=list(HOW))
    reason: Text = column("Why it is doubted")
    fits: Text = column("Period that a figure of a shifted block fits", nullable=True)
    failing: Integer = column("Relations of it that fail", "relations", ge=0)
    ties: Integer = column("Figures among which the cause lies, itself included", "figures", ge=1)
