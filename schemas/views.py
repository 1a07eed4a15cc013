"""The views of `main`: what people open first, and the newest of every table that keeps all vintages."""

from dataclasses import dataclass, field
from enum import StrEnum

from schemas.derive import columns, comment_of, dictionary
from schemas.registry import contract
from schemas.table import Contract

# Column -> (type, unit, meaning) of what the view of a quantity says beside its table's columns.
OTHER = {
    "other_series": ("VARCHAR", None, "Series of the next printed table that counts the same, where one does"),
    "other_value": ("DOUBLE", "see unit", "What that table prints"),
    "other_difference": ("DOUBLE", "see unit", "By how much that table prints more than this row says"),
}


# Months and the year that holds them are two quantities, and no sum over one view adds them.
PART_YEARS, WITHIN_A_YEAR = ("half_year", "quarter", "month", "months"), "_within_a_year"


class Rows(StrEnum):
    """Which rows of its table a view shows."""

    EVERY = "every row"
    NEWEST = "the newest vintage of each figure"
    QUANTITY = "one row per quantity"


@dataclass(frozen=True)
class View:
    """A view of `main`: over which table, which of its rows, and what names a quantity where printed tables overlap.

    part_years: only periods shorter than a year, only others, or (None) both
    """

    name: str
    of: str
    rows: Rows = Rows.EVERY
    quantity: tuple[str, ...] = field(default=())
    part_years: bool | None = None

    @property
    def table(self) -> Contract:
        """The table behind it."""
        return contract(self.of)

    @property
    def further(self) -> dict[str, tuple[str, str | None, str]]:
        """Columns that the table does not have."""
        return OTHER if self.rows is Rows.QUANTITY else {}

    @property
    def shows_doubts(self) -> bool:
        """Does it show figures as printed, of which some may be doubted?"""
        return self.rows is not Rows.EVERY and "doubt" in columns(self.table.model)

    @property
    def meaning(self) -> str:
        """What one row is."""
        words = {
            Rows.EVERY: "",
            Rows.NEWEST: f" Only the newest vintage of each; {self.of} keeps them all.",
            Rows.QUANTITY: (
                f" One row per quantity: the newest vintage, from the printed table that reference.canonical_table puts first;"
                f" {self.of} keeps every vintage and table."
            ),
        }
        beside = (
            "" if self.part_years is None else LENGTHS[self.part_years].format(self.name.removesuffix(WITHIN_A_YEAR))
        )
        doubted = " A doubted value stands here as printed where no undoubted one is held: doubt says why, and no result uses it."
        return self.table.meaning + words[self.rows] + beside + (doubted if self.shows_doubts else "")

    def comments(self) -> dict[str, str]:
        """Column -> comment."""
        return {name: comment_of(column) for name, column in columns(self.table.model).items()} | {
            name: f"{meaning} [{unit}]" if unit else meaning for name, (_, unit, meaning) in self.further.items()
        }

    def dictionary(self) -> list[dict[str, object]]:
        """Its rows of `meta.column`."""
        name = f"main.{self.name}"
        rows = dictionary(self.table, name)
        return rows + [
            {
                "table_name": name, "column_name": column, "position": position, "type": kind, "nullable": True,
                "unit": unit, "meaning": meaning,
            }
            for position, (column, (kind, unit, meaning)) in enumerate(self.further.items(), start=len(rows) + 1)
        ]  # fmt: skip


LENGTHS = {
    False: f" Periods of a year or more: shorter ones stand in main.{{}}{WITHIN_A_YEAR}.",
    True: " Periods shorter than a year: the others stand in main.{}.",
}
# Offence code and level say what is counted; the rest says of whom, where, when and in what.
COUNTED = ("scope", "offence_code", "level", "sex", "age", "area_code", "period_start", "period_end", "unit")


def by_length(name: str, of: str, rows: Rows, quantity: tuple[str, ...] = ()) -> tuple[View, View]:
    """Two views of a table of counts: of years, and of parts of years."""
    return View(name, of, rows, quantity, False), View(f"{name}{WITHIN_A_YEAR}", of, rows, quantity, True)


VIEWS = (
    View("gap", "reconciled.gap"),
    View("threat_breakdown", "reconciled.threat_breakdown"),
    View("estimate", "survey.estimate", Rows.NEWEST),
    *by_length("offence_count", "recorded.offence_count", Rows.QUANTITY, COUNTED),
    *by_length("force_count", "recorded.force_count", Rows.QUANTITY, COUNTED),
    *by_length("flagged_count", "recorded.flagged_count", Rows.NEWEST),
    View("vawg_count", "recorded.vawg_count", Rows.NEWEST),
    View("share", "recorded.share", Rows.NEWEST),
    View("outcome", "recorded.outcome", Rows.NEWEST),
    View("population", "population.estimate", Rows.NEWEST),
)
NEWEST_OF = {view.of: f"main.{view.name}" for view in VIEWS if view.rows is not Rows.EVERY and not view.part_years}


def table_comment(table: Contract) -> str:
    """What the file says of a table: one that keeps every vintage says so, and where the newest stand."""
    newest = NEWEST_OF.get(table.key)
    return (
        f"{table.meaning} Every vintage stands here: do not add them up; the newest is {newest}."
        if newest
        else table.meaning
    )
