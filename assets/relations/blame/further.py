"""Rows of a long table that stand one further: a run of them is that of the neighbours, by all other years."""

from collections.abc import Iterator
from math import log

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import SHIFT, DoubtedTogether

# How often a table that is as it should be may have such a run, if its rows vary each by itself. Of the released files of the
# survey, of counts by force and of populations none has one.
BY_CHANCE = 0.01
# No row alone speaks more than so for a run or against it: one may be odd. A run ends where so much speaks against more of it.
AT_MOST = log(20)
STEPS = {1: "above", -1: "below"}


def further(engine: Engine) -> Iterator[DoubtedTogether]:
    """Runs of rows of a table of one column of which each is what the row above (or below) is in other years.

    A row varies about its median of the other years as far as it does in half of them, but at least as half of the rows of the
    table do (Laplace). So of each row it is known how many times likelier it is the neighbour's; those of a run multiply, and
    from each row that it may begin at, a run that multiplies to n has a chance of one in n.
    """
    rows = engine.answer(
        __file__,
        "further",
        steps=", ".join(map(str, STEPS)),
        at_most=AT_MOST,
        directions=len(STEPS),
        by_chance=BY_CHANCE,
    )
    for row in rows:
        reason = (
            f"In rows {row['top']} to {row['bottom']} the figures are those of the row {STEPS[row['step']]}, by what both are in"
            " other years: they may stand one row further. All of them are withheld, not moved."
        )
        yield DoubtedTogether(SHIFT, reason, tuple(row["figures"]))
