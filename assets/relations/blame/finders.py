"""What shows of whole tables by one query each: the query `NAME.sql` beside this file, and what is said of a row of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LABEL, LINE, RENAMED, SHIFT, SWAP, UNREVISED, DoubtedTogether
from assets.relations.blame.instead import NEARER
from assets.relations.blame.lines import LEAST, MORE
from schemas.rows import AnyRow


@dataclass(frozen=True)
class Finder:
    """A query each row of which is figures that are in doubt together.

    how: what its findings are called; reason: a text with columns of the row in braces, or a function of the row;
    words: what stands in the query's braces; failing: see `DoubtedTogether`, as `ties`, which is a column where there is one
    """

    name: str
    how: str
    reason: str | Callable[[AnyRow], str]
    words: Mapping[str, object] = field(default_factory=dict)
    failing: int | None = None

    def __call__(self, engine: Engine, **words: object) -> Iterator[DoubtedTogether]:
        """What is found, asked with some words more."""
        for row in engine.answer(__file__, self.name, **self.words, **words):
            reason = self.reason.format_map(row) if isinstance(self.reason, str) else self.reason(row)
            yield DoubtedTogether(self.how, reason, row["figures"], row.get("ties"), self.failing)


# Labels. One of the releases prints both characteristics, else one may be renamed. The other is as strange if no other release
# agrees with a label of it. Of a label that is said with the one above it ("Asian: Indian") the last part counts. One label may
# be of two characteristics ("Other").
strange_labels = Finder(
    "strange_labels", LABEL,
    "Other releases print this label under {other}: two headers may have changed places, or a class was renamed.",
    {"least": 2}, failing=1,
)  # fmt: skip
# As released, no two forces of the rolling years and quarters to 2018, or of the tables of 2018 to 2025, pass so by 3; Kent and
# Essex, or Surrey and Sussex, exchanged in one year do by 130 to 230.
exchanged_forces = Finder(
    "exchanged_forces", SWAP,
    "{offences} counts of {one} and {other} pass from one period to the next into those of the other, as if they stood the other"
    " way round in those to {first} to {last}: the two may have changed places. All of both is withheld there.",
    {"few": 10, "usual": 0.03, "offences": 8, "likelier": 20},
)  # fmt: skip
# A breakdown by sex or age repeats what the rows about those people say. So many figures of it must stand in the rows of other
# people, such a share of all, and more than in their own: then either has the wrong names.
exchanged_people = Finder(
    "exchanged_people", LABEL,
    "In the breakdown by {kind} {told} figures of {one} or {other} are those of the other's rows: two names of people may have"
    " changed places; all of both is withheld.",
    {"least_alike": 3, "share": 0.9}, failing=1,
)  # fmt: skip
leaping = Finder(
    "leaping", SWAP,
    "{one} and {other} leap between the year to {period_end:%B %Y} and those beside it, and would not in each other's place: the"
    " two may have changed places.",
)  # fmt: skip
not_a_part = Finder(
    "not_a_part", RENAMED,
    "{mended} sums fail, and hold without {series}: its numbers may stand under a wrong name; all of them are withheld.",
    {"least": LEAST, "nearer": NEARER, "share": 0.9},
)  # fmt: skip
part_and_whole = Finder(
    "part_and_whole", RENAMED,
    "{mended} sums fail, and hold with a part under the name of the whole: the two names may have changed places; all of both is"
    " withheld.",
    {"least": LEAST, "more": MORE},
)  # fmt: skip


def _said_more(row: AnyRow) -> str:
    held_to = f"{row['agree']} of {row['relations']} relations to other tables agree." if row["relations"] else None
    says = f"Its title, {row['title']!r}, or a line below says {row['says_more']!r}, for which its layout does not account, and"
    return f"{says} {held_to or 'nothing agrees with it.'}"


# So much of what ties the table to others must agree, that what its title says changes nothing.
said_more = Finder("titles", LABEL, _said_more, {"least": LEAST, "share": 0.5}, failing=1)

# People under the other sex, another year or in other rows: what is beside them says so, or how many were asked.
exchanged_sexes = Finder(
    "exchanged_sexes", RENAMED,
    "{failed} times women and men of {period_end:%Y} are as many as the others should be: they may have changed places; all of"
    " both is withheld.",
    {"least": LEAST, "more": MORE},
)  # fmt: skip
# Of the two releases either may be wrong: the one that is further from what a third prints of that year, else the one of which
# more fails, else both. A table of three years and more is as near to other years of another release in sum. Of the population
# files of 2011 to 2025, as they were released, none is nearer to other years than to its own; one year of one file is, by a
# third.
other_years = Finder(
    "other_years", RENAMED,
    "Another release prints of {year:%Y} what this one prints of another year, or the other way round: a year may be misnamed,"
    " there or here; all of it is withheld.",
    {"least": LEAST, "nearer": NEARER, "nearer_in_sum": 2},
)  # fmt: skip
# One wrong row, or label, makes no way fail in most places.
other_rows = Finder(
    "other_rows", SHIFT,
    "In {failing} of {ways} ways the people asked do not add up, in most places: the numbers may stand in other rows; all of the"
    " table is withheld.",
    {"least": LEAST},
)  # fmt: skip
# A row varies about its median of the other years as far as it does in half of them, but at least as half of the rows of the
# table do (Laplace). So of each row it is known how many times likelier it is the neighbour's; those of a run multiply, and from
# each row that it may begin at, a run that multiplies to n has a chance of one in n. by_chance: how often a table that is as it
# should be may have such a run, if its rows vary each by itself. Of the released files of the survey, of counts by force and of
# populations none has one. at_most: no row alone speaks more than so for a run or against it: one may be odd. A run ends where so
# much speaks against more of it.
further = Finder(
    "further", SHIFT,
    "In rows {top} to {bottom} the figures are those of the row {beside}, by what both are in other years: they may stand one row"
    " further. All of them are withheld, not moved.",
    {"at_most": log(20), "by_chance": 0.01},
)  # fmt: skip

# One sum may hold by chance, in several columns none does. In the first or last of them nothing stands beside.
shifted_rows = Finder(
    "shifted_rows", SHIFT,
    "Sums of {columns} columns fail and hold to the last digit with what rows {top} to {bottom} print in the column to the {way}:"
    " they may stand one column off. All of these rows is withheld, not moved.",
    {"columns": 5, "share": 0.8},
)  # fmt: skip

# Periods. How much likelier the exchange of two months must be, as a logarithm: of 25 pairs of months of two releases, as they
# were released, the worst has 64, and all but one of the others would have 120 to 890 if they were exchanged. Counts from 30 on
# move by more than chance, beside such a part by which seasons differ; so many rows must tell. Of two years the one changed
# places that does not fit a third one either; not the one that another release prints alike: of which less than `otherwise` is
# otherwise, as few offences move within their usual revision. Needs the tables of `contests`; asked with what is withheld.
COUNTED = {"counted": 30}
exchanged_months = Finder(
    "exchanged_months", SWAP,
    "These months move against the season of the year before and would move with it if they were exchanged: two columns may have"
    " changed places.",
    COUNTED | {"season": 0.03, "rows": 30, "likelier": 100, "otherwise": 0.1},
)  # fmt: skip
# A line moves by so much at least from one year to another; of so many. As a logarithm the 85 pairs of years of the Appendix
# tables 2022 to 2025 that have another beside them are likelier by 15 and more as released, and would be by 8 and more exchanged.
exchanged_years = Finder(
    "exchanged_years", SWAP,
    "{offences} offences move from year to year as they usually do with the years to {earlier} and {later} in each other's place,"
    " and not as they are printed: the two may have changed places.",
    COUNTED | {"usual": 0.02, "rows": 20, "likelier": 8},
)  # fmt: skip
# As released the middle row is at most 1.3 times what it is in each of these: detailed codes in the year of the lockdowns. At an
# end of a table what is new may have grown: beyond that only another unit is told.
other_units = Finder(
    "other_units", LINE,
    "In the period to {period_end} the middle one of {rows} rows is {times:.2g} times what it is in the periods before and after:"
    " the numbers may be of another unit. All of them are withheld.",
    COUNTED | {"rows": 8, "most": 1.6, "most_at_an_end": 4},
)  # fmt: skip
# Measures of one quantity of the survey that are printed for the same periods: three at least.
odd_periods = Finder("odd_periods", LINE, "{reason}", {"measures": 3})


def _repeated(row: AnyRow) -> str:
    prints, how = (row["older"], "the header may have moved on without them. All of them")
    if row["own"]:
        prints, how = "the same release", "one may have been pasted over the other. All of both"
    of = f"this period are those that {prints} prints of"
    if row["columns"] > 1:
        place = "this table" if row["tables"] == 1 else f"{row['tables']} tables of this release"
        of = f"{row['columns']} periods of {place} are those that {prints} prints of earlier ones, the last of them"
    end = row["older_end"]
    return f"{row['same']} of {row['compared']} figures of {of} the period that ends on {end}: {how} are withheld."


# So many figures of so many digits are the same to the last of them, and such a share of all that is compared; so many columns
# that moved on, and more than did not, tell of all columns of their table; and of the release, where those of no table stand.
repeated_periods = Finder("repeated_periods", LINE, _repeated, {"digits": 3, "least": 5, "share": 0.95, "columns": 3})


def _from_older(row: AnyRow) -> str:
    these = f"{row['numbers']} figures of this period in rows {row['top']} to {row['bottom']}"
    if row["own"]:
        older = f"were not revised since {row['older']}, from which those beside them may have been pasted"
        return f"{these} {older}. All of them are withheld."
    return (
        f"{these} are those that {row['older']} prints of the period that ends on {row['older_end']}: they may have been pasted"
        " from it. All of them are withheld."
    )


# Of all that is held, as it was released, two rows at most are so, and no run is likelier by more than e^10 than chance.
from_older = Finder("from_older", LINE, _from_older, {"least": LEAST, "at_most": log(200), "likelier": 15})


def _rounded(row: AnyRow) -> str:
    these = (
        "percentages or rates are whole numbers" if row["step"] == 1 else f"numbers are multiples of {row['step']:,}"
    )
    return (
        f"All {row['numbers']} {these}, where {row['finer']} of {row['others']} beside them or in other releases are not: they"
        " may have been rounded. All of them are withheld."
    )


# As released no column of percentages or rates is, by e^1.
rounded = Finder("rounded", LINE, _rounded, {"likelier": 15, "steps": [10, 100, 1_000, 10_000]})

# Noughts, more of them than can be, that were blank or a marker. So many counts of a force in a period, or estimates of a release
# of the survey, are never all nought.
nothing_but_noughts = Finder(
    "nothing_but_noughts", LINE,
    "All {noughts} figures are nought: the column may have been empty. All of them are withheld.",
    {"many": 20},
)  # fmt: skip
# How much less likely than one so many noughts must be, as a logarithm. Of the force area tables of 2018, 2019 and 2024 none has
# more noughts than are expected.
noughts = Finder(
    "noughts", LINE,
    "{noughts} changes of exactly nought, where counts of this size would be equal by chance in {expected:.1f}: blanks or markers"
    " may have been read as noughts.",
    {"least": LEAST, "unlikely": 12},
)  # fmt: skip

# Forces. One is so many times as large among the others as it usually is, or as small. In the rolling years to March 2003 to
# December 2018, the quarters of 2017/18 and the outcomes of 2018/19 none of 3,168 is more than 1.69 times, and none of 2,408
# counts of offences more than 1.35 times what it is in the periods beside; of ten and more, in as many offences, each with as
# many forces. A fifth larger is seen where it is four times nearer to what it and a force that has no counts any more were
# together. errors: beside chance two standard errors of a median, each a quarter larger than that of a mean.
FORCES = {"forces": 10}
OF_COUNTS = {"few": 10, "offences": 8, "nearer": NEARER}
MOST, MOST_BESIDE = 2, 1.5


def _of_another_size(row: AnyRow) -> str:
    of_what = f"may have those of {row['gone']} in them, which has none"
    return (
        f"{row['name']} is {row['times']:.2g} times as large among the forces of this release, in the period to"
        f" {row['period_end']}, as it usually is: its counts {of_what if row['gone'] else 'may be of another unit or force'}."
        " All of them are withheld."
    )


sizes = Finder(
    "sizes", LINE, _of_another_size,
    OF_COUNTS | FORCES | {"most": MOST, "most_beside": MOST_BESIDE, "most_together": 1.2, "errors": 2.5},
)  # fmt: skip
# As released the City of London has fewer than ten of two fifths of these, in a quarter, and no other force of a third.
hardly_any = Finder(
    "hardly_any", LINE,
    "{name} has fewer than ten each of {fews} of {offences} offences of which the usual force has a hundred and more, in the"
    " period to {period_end}: thousands or blanks may stand for its counts. All of them are withheld.",
    OF_COUNTS | FORCES | {"many": 100, "share": 0.75},
)  # fmt: skip
# They may have been multiplied or divided, and what nobody else prints would go out. As released, of rolling years and quarters,
# none is. Not all of it: the smallest counts may be what they are by chance, however they were multiplied.
contradicted = Finder(
    "contradicted", LINE,
    "Other releases print {fails} counts of {area_code} otherwise, most that they print, and those of other forces alike: its"
    " counts may have been multiplied or divided. All of them in this release are withheld.",
    FORCES | {"least": LEAST, "share": 0.5, "hardly_any": 0.1},
)  # fmt: skip
# Withheld, of the two, unless other releases tell which was copied. Such a share of their counts are the same.
pasted = Finder(
    "pasted", LINE,
    "{same} counts of {area_code} in the period to {period_end} are those of {twin}: one of the two may stand in the place of the"
    " other. All of them are withheld.",
    OF_COUNTS | {"share": 0.95},
)  # fmt: skip


def _not_revised(row: AnyRow) -> str:
    if not row["itself"]:
        return "Of most ages of this area and year a release differs that counts as many people in all: all ages are withheld."
    return (
        "Another release that counts as many in all here, to the last one, prints another number of these: nothing was revised,"
        " and one of the two is wrong."
    )


# Asked with what is withheld, which tells nothing.
unrevised = Finder("unrevised", UNREVISED, _not_revised, {"least": LEAST})
