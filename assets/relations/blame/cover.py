"""Who is to blame for relations that fail: the figures that one other value would mend, else the smallest cover with all ties.

Pure: knows failing relations and figures by number only. A cover weighted by passing relations, or the one optimum of a
programme, looks sharp and is sometimes wrong; so every figure of every smallest cover is doubted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import inf

from assets.methods.covers import Wanted, members_of_smallest

# Looking for covers stops here: then all figures of the failing relations are doubted.
LOOKS = 300
REPAIR, COVER, ALL = "repair", "smallest cover", "all of them"


@dataclass(frozen=True)
class Blame:
    """Figures to doubt for one group of failing relations that share figures.

    how:     one other value of each of them alone would mend all, the smallest covers, or all where covers are too many
    figures: the doubted, all ties
    failing: the relations that fail
    """

    how: str
    figures: frozenset[int]
    failing: frozenset[int]


# (failing relation, figure) -> the least and greatest value of the figure with which the relation would hold.
Spans = Mapping[tuple[int, int], tuple[float, float]]


def blame(failing: Mapping[int, Collection[int]], mendable: Collection[int], spans: Spans) -> Iterator[Blame]:
    """Whom to doubt, per group of failing relations.

    failing: relation -> its figures; mendable: figures for which some value satisfies all their relations, passing ones too
    """
    able = frozenset(mendable)
    for group in groups(failing):
        sets = {relation: frozenset(failing[relation]) for relation in group}
        alone = frozenset.intersection(*sets.values()) & able
        if alone:
            yield Blame(REPAIR, alone, frozenset(group))
            continue
        # Figures that no value would mend are only looked at where those that some value mends do not explain everything.
        narrowed = {relation: figures & able for relation, figures in sets.items()}
        covers = smallest_covers(narrowed if all(narrowed.values()) else sets, spans)
        yield Blame(COVER if covers else ALL, covers or frozenset().union(*sets.values()), frozenset(group))


def unexplained(
    failing: Mapping[int, Collection[int]], withheld: Collection[int], spans: Spans
) -> dict[int, list[int]]:
    """What fails and is not explained by figures that are withheld, with its other figures.

    Alone in relations a figure explains what one value of it would mend; the others too, unless more want other values than
    that one: of two that contradict each other either may hold a figure that is wrong as well.
    """
    left = {key: [fid for fid in figures if fid not in withheld] for key, figures in failing.items()}
    alone: dict[int, list[int]] = defaultdict(list)
    for key, figures in failing.items():
        if len(left[key]) == len(figures) - 1:
            alone[next(fid for fid in figures if fid in withheld)].append(key)
    mended = {
        key
        for fid, keys in alone.items()
        if (most := mended_by_one_value(spans, fid, keys))
        for key in (most if 2 * len(most) < len(keys) else keys)
    }
    return {
        key: some for key, some in left.items() if some and key not in mended and len(some) >= len(failing[key]) - 1
    }


def groups(failing: Mapping[int, Collection[int]]) -> list[list[int]]:
    """Failing relations that hang together by figures they share."""
    by_figure: dict[int, list[int]] = defaultdict(list)
    for relation, figures in failing.items():
        for figure in figures:
            by_figure[figure].append(relation)
    left, covers = dict.fromkeys(failing), list[list[int]]()
    while left:
        group, open_ones = [], [next(iter(left))]
        left.pop(open_ones[0])
        while open_ones:
            relation = open_ones.pop()
            group.append(relation)
            for figure in failing[relation]:
                for other in by_figure[figure]:
                    if other in left:
                        left.pop(other)
                        open_ones.append(other)
        covers.append(sorted(group))
    return covers


def smallest_covers(sets: Mapping[int, frozenset[int]], spans: Spans) -> frozenset[int]:
    """All members of all smallest sets of figures that explain every relation; empty where there are too many to look at.

    A set explains the relations where each has a figure of it, and where one value of a figure would satisfy all relations that
    have no other figure of the set: of two that no one value would satisfy, one has another, and so has one that none would.
    """
    relations_of: dict[int, list[int]] = defaultdict(list)
    for relation, figures in sets.items():
        for figure in figures:
            relations_of[figure].append(relation)
    wanted: list[Wanted] = [(None, figures) for figures in sets.values()]
    for figure, relations in relations_of.items():
        wanted += [
            (figure, (sets[this] | sets[other]) - {figure})
            for this, other in combinations_with_replacement(relations, 2)
            if len(mended_by_one_value(spans, figure, (this, other))) < len({this, other})
        ]
    return members_of_smallest(wanted, LOOKS)


def mended_by_one_value(spans: Spans, figure: int, relations: Sequence[int]) -> Sequence[int]:
    """The most of some failing relations of a figure that would hold with one value of it."""
    ends = {relation: spans.get((relation, figure), (-inf, inf)) for relation in relations}
    values = {low for low, _ in ends.values()}
    return max(([key for key, (low, high) in ends.items() if low <= value <= high] for value in values), key=len)
