"""Two months under each other's name: their counts move from the one to the other as those of the year before move back."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import SWAP, DoubtedTogether

# Counts from here on move by more than chance, beside such a part by which seasons differ; so many rows must tell.
COUNTED, SEASON, ROWS = 30, 0.03, 30
# How much likelier the exchange must be, as a logarithm: of 25 pairs of months of two releases, as they were released, the
# worst has 64, and all but one of the others would have 120 to 890 if they were exchanged.
LIKELIER = 100
# Another release prints a column alike of which less than this is otherwise: few offences move within their usual revision.
OTHERWISE = 0.1


def exchanged_months(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """Neighbouring months that fit the season of each other, by the year before or after; their sums say nothing of it.

    Needs the tables of `contests`. Of two years the one changed places that does not fit a third one either; not the one that
    another release prints alike.
    """
    rows = engine.answer(
        __file__,
        "exchanged_months",
        counted=COUNTED,
        withheld=sql_numbers(withheld),
        season=SEASON,
        rows=ROWS,
        likelier=LIKELIER,
        otherwise=OTHERWISE,
    )
    for row in rows:
        reason = (
            "These months move against the season of the year before and would move with it if they were exchanged: two"
            " columns may have changed places."
        )
        yield DoubtedTogether(SWAP, reason, tuple(row["figures"]))
