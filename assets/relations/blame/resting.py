"""Rows and columns that agree with nothing but what is withheld: they were made of the same wrong figures."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.contests import TENS
from assets.relations.blame.doubted import RESTING, DoubtedTogether
from assets.relations.blame.lines import LEAST, vouched


def resting(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """The figures of such lines that are not withheld yet; needs the tables `failing` and `withheld`, and `placed` of
    `assets.relations.blame.contests`.

    Where all else of an exact relation is withheld, and some of it fails elsewhere, the line is as wrong as that: rates that
    agree with counts which do not make their country were made of them.
    """
    rows = engine.answer(__file__, "resting", least=LEAST, tens=TENS)
    made = {fid for row in rows if not vouched(row["held"], row["told"]) for fid in row["figures"]}
    reason = "Agrees with nothing but figures that are withheld and fail elsewhere: made of them, it is as wrong."
    yield DoubtedTogether(RESTING, reason, made.difference(withheld), ties=1)
