"""Figures under a period in which nothing beside them stands: their header is of another year."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LINE, DoubtedTogether

# Measures of one quantity of the survey that are printed for the same periods.
MEASURES = 3
NOT_OVER = "Stands under a period that was not over when its release came out."
NO_BASE = "A change on a period of which the release prints no figure, or on its own; those beside it have one."
ALONE = "Stands under a period in which no other measure of the same quantity is printed, which have the others."
ANOTHER_LENGTH = (
    "Stands under a header of more than a year in a table of quarters or months: of which of them is not known."
)
ANOTHER_YEAR = (
    "Stands under a quarter or month of another year than the columns beside it go on with: its header may be wrong."
)


def odd_periods(engine: Engine) -> Iterator[DoubtedTogether]:
    """What ends after its release came out; changes on a period that is not printed, where others are; what is printed of a
    period for one measure of a quantity alone, with what stands under it; and, in a table of quarters, what spans a year or is
    of another year than the columns beside it."""
    reasons = {
        "not_over": NOT_OVER, "no_base": NO_BASE, "alone": ALONE, "another_length": ANOTHER_LENGTH, "another_year": ANOTHER_YEAR,
    }  # fmt: skip
    rows = engine.answer(__file__, "odd_periods", measures=MEASURES, **reasons)
    yield from (DoubtedTogether(LINE, row["reason"], row["figures"]) for row in rows if row["figures"])
