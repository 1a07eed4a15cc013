"""What two releases print otherwise that print the same number of all: nothing was revised, and one of the two is wrong."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import UNREVISED, DoubtedTogether
from assets.relations.blame.lines import LEAST


def unrevised(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """Offences or people of whom releases differ that count as many in all, to the last one; what is withheld tells nothing."""
    itself = (
        "Another release that counts as many in all here, to the last one, prints another number of these: nothing was revised,"
        " and one of the two is wrong."
    )
    beside = (
        "Of most ages of this area and year a release differs that counts as many people in all: all ages are withheld."
    )
    for row in engine.answer(__file__, "unrevised", withheld=sql_numbers(withheld), least=LEAST):
        yield DoubtedTogether(
            UNREVISED, itself if row["itself"] else beside, tuple(row["figures"]), ties=row["numbers"]
        )
