"""Why figures are doubted, in words."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from assets.relations.agreement.engine import Engine
from assets.relations.blame.contests import ContestedLine
from assets.relations.blame.cover import ALL, COVER, REPAIR, Blame
from assets.relations.blame.doubted import SHIFT, SWAP, Doubted, DoubtedTogether
from assets.relations.blame.lines import SheetLine
from assets.relations.blame.moved import MovedLine, power_of_ten
from assets.relations.blame.shift import Shift
from assets.words.wording import number_of

# So many relations are told of a figure.
NAMED = 3


def why_moved(engine: Engine, moved: MovedLine, side: ContestedLine) -> str:
    """A line that another release prints in the place beside."""
    if power := power_of_ten(engine, side.figures):
        times = f"{10**power:,} times" if power > 0 else f"1/{10**-power:,} of"
        return (
            f"The figures of this {moved.way} are {times} those of another release: one of the two is in another"
            " unit, as a share printed as a fraction is."
        )
    if side != moved.side:
        return f"Another release prints this {moved.way} otherwise, as that of the {moved.way} or place beside."
    return (
        f"{moved.beside} of the {moved.telling} figures of this {moved.way} that can tell are those of the {moved.way} or place"
        " beside in another release."
    )


def why_line(line: SheetLine, side: ContestedLine) -> str:
    """A line of which much fails."""
    if side.figures != line.figures:
        return f"{line.failures} figures of this {line.way} are printed otherwise in another release."
    return (
        f"{number_of(line.failures, 'relation')} of the {len(line.figures)} figures of this {line.way} fail, each for itself: it"
        " may be of another period, unit or label."
    )


def of_swap(doubted: Doubted, this: int, other: int) -> Iterator[DoubtedTogether]:
    """Two figures that may have changed places."""
    for fid, beside in ((this, other), (other, this)):
        cell = doubted.about([beside])[beside]["cell"]
        reason = f"Does not agree, and would with the figure of {cell} in its place: the two may have changed places."
        yield DoubtedTogether(SWAP, reason, (fid,), ties=2)


def of_shift(shift: Shift, block: Collection[int]) -> Iterator[DoubtedTogether]:
    """A block that fits one place further, figure by figure."""
    why = (
        f"{shift.before} relations of this table fail as it stands and {shift.after} when its figures are read"
        f" {shift.step}%s: withheld, not moved."
    )
    for fid in sorted(block):
        fits = f", here {shift.fits[fid]}" if fid in shift.fits else ""
        yield DoubtedTogether(SHIFT, why % fits, (fid,), fits=shift.fits)


def of_figures(
    blame: Blame, failing: Mapping[int, Sequence[int]], says: Mapping[int, str]
) -> Iterator[DoubtedTogether]:
    """Figures that explain what fails together."""
    ties = len(blame.figures)
    others = {1: ".", 2: ", or of one other: both are doubted."}
    ending = {
        REPAIR: "Another value of this figure alone would mend it"
        + others.get(ties, f", or of one of {ties - 1} others: all are doubted."),
        COVER: "This figure alone explains it."
        if ties == 1
        else f"One of {ties} figures that may explain it; all are doubted.",
        ALL: f"Too many figures may explain it ({ties}); all are doubted.",
    }[blame.how]
    for fid in sorted(blame.figures):
        broken = [key for key in sorted(blame.failing) if fid in failing[key]]
        named = " ".join(sorted({says[key] for key in broken})[:NAMED])
        yield DoubtedTogether(blame.how, f"Does not agree: {named} {ending}", (fid,), ties, len(broken))
