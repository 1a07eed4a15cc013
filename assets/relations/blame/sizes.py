"""Forces of another size than in other releases, or with the counts of another force: in another unit, twice, divided, pasted."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LINE, DoubtedTogether
from assets.relations.blame.instead import NEARER
from assets.relations.blame.lines import LEAST

# A force is so many times as large among the others as it usually is, or as small. In the rolling years to March 2003 to December
# 2018, the quarters of 2017/18 and the outcomes of 2018/19 none of 3,168 is more than 1.69 times, and none of 2,408 counts of
# offences more than 1.35 times what it is in the periods beside; of ten and more, in as many offences, each with as many forces.
# A fifth larger is seen where it is four times nearer to what it and a force that has no counts any more were together.
MOST, MOST_BESIDE, MOST_TOGETHER, FEW, OFFENCES, FORCES = 2, 1.5, 1.2, 10, 8, 10
ERRORS = 2.5  # beside chance: two standard errors of a median, each a quarter larger than that of a mean


def sizes(engine: Engine) -> Iterator[DoubtedTogether]:
    """The counts of a force in a period of a release in which it is twice as large among the forces as it usually is, or half,
    or half as large again as in the periods beside; or as large as it and one that is gone were together."""
    rows = engine.answer(
        __file__, "sizes", most=MOST, most_beside=MOST_BESIDE, most_together=MOST_TOGETHER, nearer=NEARER, errors=ERRORS, few=FEW,
        offences=OFFENCES, forces=FORCES,
    )  # fmt: skip
    for row in rows:
        of_what = (
            f"may have those of {row['gone']} in them, which has none"
            if row["gone"]
            else "may be of another unit or force"
        )
        reason = (
            f"{row['name']} is {row['times']:.2g} times as large among the forces of this release, in the period to"
            f" {row['period_end']}, as it usually is: its counts {of_what}. All of them are withheld."
        )
        yield DoubtedTogether(LINE, reason, row["figures"])


# Most of what other releases print of a force is otherwise, and hardly any of the other forces. As released, of rolling years and
# quarters, none is. Not all of it: the smallest counts may be what they are by chance, however they were multiplied.
MOSTLY, HARDLY_ANY = 0.5, 0.1


def contradicted(engine: Engine) -> Iterator[DoubtedTogether]:
    """All counts of a force in a release, where other releases contradict most of them that they print, and hardly any of
    other forces: they may have been multiplied or divided, and what nobody else prints would go out.

    Of two releases that contradict each other the one is to blame that more releases contradict, or both.
    """
    for row in engine.answer(__file__, "contradicted", least=LEAST, share=MOSTLY, hardly_any=HARDLY_ANY, forces=FORCES):
        reason = (
            f"Other releases print {row['fails']} counts of {row['area_code']} otherwise, most that they print, and those of"
            " other forces alike: its counts may have been multiplied or divided. All of them in this release are withheld."
        )
        yield DoubtedTogether(LINE, reason, row["figures"])


# Such a share of the counts of two forces are the same.
SHARE = 0.95


def pasted(engine: Engine) -> Iterator[DoubtedTogether]:
    """The counts of a force that are those of another one in the same release: withheld, of the two, unless other releases tell
    which was copied."""
    rows = engine.answer(__file__, "pasted", few=FEW, offences=OFFENCES, share=SHARE, nearer=NEARER)
    for row in rows:
        reason = (
            f"{row['same']} counts of {row['area_code']} in the period to {row['period_end']} are those of {row['twin']}: one of"
            " the two may stand in the place of the other. All of them are withheld."
        )
        yield DoubtedTogether(LINE, reason, row["figures"])
