"""Who is to blame for relations that fail: the figures that one other value would mend, else the smallest cover with all ties.

Pure: knows failing relations and figures by number only. A cover weighted by passing relations, or the one optimum of a
programme, looks sharp and is sometimes wrong; so every figure of every smallest cover is doubted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

# Looking for covers stops here: then all figures of the failing relations are doubted.
LOOKS = 20_000
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


def blame(failing: Mapping[int, Collection[int]], mendable: Collection[int]) -> Iterator[Blame]:
    """Whom to doubt, per group of failing relations.

    failing: relation -> its figures; mendable: figures for which some value satisfies all their relations, passing ones too
    """
    able = frozenset(mendable)
    for group in groups(failing):
        sets = [frozenset(failing[relation]) for relation in group]
        alone = frozenset.intersection(*sets) & able
        if alone:
            yield Blame(REPAIR, alone, frozenset(group))
            continue
        # Figures that no value would mend are only looked at where those that some value mends do not explain everything; and
        # where one of them stands in every relation it is not the whole cause, so that nothing beside it is cleared.
        narrowed = [one & able for one in sets]
        everyone = frozenset().union(*sets)
        unexplained = len(sets) > 1 and not all(narrowed) and bool(frozenset.intersection(*sets))
        covers = frozenset[int]() if unexplained else smallest_covers(narrowed if all(narrowed) else sets)
        yield Blame(COVER if covers else ALL, covers or everyone, frozenset(group))


def groups(failing: Mapping[int, Collection[int]]) -> list[list[int]]:
    """Failing relations that hang together by figures they share."""
    by_figure: dict[int, list[int]] = defaultdict(list)
    for relation, figures in failing.items():
        for figure in figures:
            by_figure[figure].append(relation)
    left, found = dict.fromkeys(failing), list[list[int]]()
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
        found.append(sorted(group))
    return found


def smallest_covers(sets: Collection[frozenset[int]]) -> frozenset[int]:
    """All members of all smallest sets of figures that meet every set; empty where there are too many to look at."""
    wanted = sorted(set(sets), key=len)
    for size in range(1, len(wanted) + 1):
        looks = [LOOKS]
        found: set[int] = set()
        _extend(wanted, (), size, found, looks)
        if looks[0] <= 0:
            return frozenset()
        if found:
            return frozenset(found)
    return frozenset()


def _extend(
    wanted: list[frozenset[int]], chosen: tuple[int, ...], left: int, found: set[int], looks: list[int]
) -> None:
    """Add to `found` every cover that extends `chosen` by at most `left` figures."""
    looks[0] -= 1
    if looks[0] <= 0:
        return
    open_set = next((one for one in wanted if one.isdisjoint(chosen)), None)
    if open_set is None:
        found.update(chosen)
        return
    if left:
        for figure in open_set:
            _extend(wanted, (*chosen, figure), left - 1, found, looks)
