"""Labels in each other's place: headers of characteristics, by the labels of other releases, and names of people, by what
a breakdown says of them."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LABEL, DoubtedTogether

# One label may be of two characteristics ("Other").
LEAST = 2
# So many figures of a breakdown must stand in the rows of other people, such a share of all, and more than in their own.
LEAST_ALIKE, SHARE = 3, 0.9


def strange_labels(engine: Engine) -> Iterator[DoubtedTogether]:
    """Figures of a characteristic more of whose labels stand under another in other releases than under it.

    One of the releases prints both characteristics, else one may be renamed. The other is as strange if no other release agrees
    with a label of it. Of a label that is said with the one above it ("Asian: Indian") the last part counts.
    """
    rows = engine.answer(__file__, "strange_labels", least=LEAST)
    for row in rows:
        reason = (
            f"Other releases print this label under {row['other']}: two headers may have changed places, or a class was"
            " renamed."
        )
        yield DoubtedTogether(LABEL, reason, row["figures"], ties=int(row["ties"]), failing=1)


def exchanged_people(engine: Engine) -> Iterator[DoubtedTogether]:
    """Women and men, or two ages, of a series that a breakdown of its release prints under each other's name.

    A breakdown by sex or age repeats what the rows about those people say. Where more of what it says of some people stands in
    the rows of others, either has the wrong names: all of both is withheld.
    """
    rows = engine.answer(__file__, "exchanged_people", least_alike=LEAST_ALIKE, share=SHARE)
    for row in rows:
        reason = (
            f"In the breakdown by {row['kind']} {row['told']} figures of {row['one']} or {row['other']} are those of the other's"
            " rows: two names of people may have changed places; all of both is withheld."
        )
        yield DoubtedTogether(LABEL, reason, row["figures"], failing=1)
