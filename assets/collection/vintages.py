"""The attacker's programme over two publications of one year: what the difference of both gives away.

A correction or a late return is published beside what was there before, and a reader has both. What a reader does not know is
how much was revised; what the plain offence counts moved by is seen. So it is taken that no more was revised than they tell,
unless the tables themselves show more: whoever assumes so learns most.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assets.collection.audit import NATION, Contradiction, Disclosed, System, Year, narrowed, programme
from assets.collection.disclosure import Control

BEFORE = "before"
Group = tuple[Hashable, ...]


def narrowed_beside(year: Year, earlier: Sequence[Year], rules: Control) -> list[Disclosed]:
    """The protected counts of a year, or of an earlier publication of it, that all of them together narrow too far.

    Each earlier publication is taken with the new one, two by two.
    """
    found = {key: (key, least, largest) for key, least, largest in narrowed(year, rules)}
    for before in earlier:
        for key, least, largest in _between(year, before, rules):
            found.setdefault(key, (key, least, largest))
    return list(found.values())


def _between(year: Year, before: Year, rules: Control) -> list[Disclosed]:
    system = programme(year, rules)
    old = programme(before, rules)
    alone = {key for key, _, _ in old.disclosed()}  # what it gave away by itself no new table takes back
    _put(system, old)
    linked = System(rules, {**system.known}, [*system.protected], [*system.sums])
    for group in _groups(year, before):
        _tie(linked, group)
    try:
        found = linked.disclosed()
    except Contradiction:  # more was revised than plain counts tell: then nothing is known of the difference
        return []
    return [
        (plain, least, largest)
        for key, least, largest in found
        if (plain := _without_mark(key)) and not (key != plain and plain in alone)
    ]


def _marked(key: Hashable) -> Hashable:
    return (BEFORE, key)


def _without_mark(key: Hashable) -> Hashable:
    return key[1] if isinstance(key, tuple) and key[0] == BEFORE else key


def _put(system: System, old: System) -> None:
    system.known |= {_marked(key): limits for key, limits in old.known.items()}
    system.protected += [_marked(key) for key in old.protected]
    system.sums += [
        ({_marked(key): sign for key, sign in parts.items()}, least, largest) for parts, least, largest in old.sums
    ]


@dataclass(frozen=True)
class _Moved:
    """Counts of one table and place that are in both publications, and by how much all of them together moved at most."""

    keys: Sequence[Hashable]
    moved: float


def _groups(year: Year, before: Year) -> Iterator[_Moved]:
    now, then = _plain(year), _plain(before)
    moved = {
        area: sum(
            abs(now[area].get(code, 0) - then[area].get(code, 0)) for code in now[area].keys() | then[area].keys()
        )
        for area in now.keys() & then.keys()
    }
    for area, most in moved.items():
        for table in ("overlap", "threat"):
            keys = _in_both(year, before, table, area)
            if table == "threat":  # threats overlap: each is a count of its own
                yield from (_Moved([key], most) for key in keys)
            else:
                yield _Moved(keys, most)
    if now.keys() == then.keys():
        everything = sum(moved.values())
        if _counted(year) == _counted(before):
            yield _Moved(_in_both(year, before, "overlap", NATION), everything)
        for threat, statistic in sorted({(row["threat"], row["statistic"]) for row in year.profiles}):
            yield _Moved(_in_both(year, before, "profile", threat, statistic), everything)


def _plain(year: Year) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in year.offences:
        codes = found.setdefault(row["area_code"], {})
        codes[row["offence_code"]] = codes.get(row["offence_code"], 0) + row["offences"]
    return found


def _counted(year: Year) -> set[int]:
    return {row["suppliers_counted"] for row in year.overlaps if row["area_code"] == NATION}


def _in_both(year: Year, before: Year, *group: Hashable) -> list[Hashable]:
    """The keys of a group; none where one publication leaves the group out. A row that only one has is nought in the other."""

    def keys(one: Year) -> set[Hashable]:
        every: list[Group] = [("overlap", row["area_code"], row["threats"]) for row in one.overlaps]
        every += [("threat", row["area_code"], row["threat"]) for row in one.threats if row["rounded_to"] > 1]
        every += [
            ("profile", row["threat"], row["statistic"], row["value_label"])
            for row in one.profiles
            if row["value_label"] != "all"
        ]
        return {key for key in every if key[: len(group)] == group}

    now, then = keys(year), keys(before)
    return sorted(now | then, key=str) if now and then else []


def _tie(system: System, group: _Moved) -> None:
    """Tie the counts of two publications: equal where nothing moved, else together no further apart than plain counts moved."""
    none = (0.0, 0.0)
    apart = 0.0
    for key in group.keys:
        least, largest = system.known.get(key, none)
        lower, upper = system.known.get(_marked(key), none)
        apart += max(least - upper, lower - largest, 0)
    if apart > group.moved:  # the tables show that more was revised than plain counts tell
        return
    moves: list[Hashable] = []
    for key in group.keys:
        for one in (key, _marked(key)):
            system.known.setdefault(one, none)
        more, fewer = ("more", key), ("fewer", key)
        if group.moved:
            system.known |= {more: (0, group.moved), fewer: (0, group.moved)}
            moves += [more, fewer]
            system.total([_marked(key), more], 0, 0, less=[key, fewer])
        else:
            system.total([key], 0, 0, less=[_marked(key)])
    if moves:
        system.total(moves, 0, group.moved)
