"""The attacker's programme over every publication of one year: what all of them together give away.

A correction or a late return is published beside what was there before, and a reader has all of it. What a reader does not know
is how much was revised; what the plain offence counts moved by is seen. So it is taken that no more was revised than they tell,
unless the tables themselves show more: whoever assumes so learns most.
"""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from assets.collection.audit import ALL, NATION, Contradiction, Disclosed, Year, narrowed, programme
from assets.collection.disclosure import Control
from assets.collection.tied import Moved, Pair, Tied, Told

Group = tuple[Hashable, ...]


def narrowed_beside(year: Year, earlier: Sequence[Year], rules: Control) -> list[Disclosed]:
    """The protected counts of a year, or of an earlier publication of it, that all of them together narrow too far."""
    found = {key: (key, least, largest) for key, least, largest in narrowed(year, rules)}
    if not earlier:
        return list(found.values())
    told, newest = _told([*earlier, year], rules), len(earlier)
    before = set[tuple[int, Hashable]]()
    if any(one.publication != newest for one in told):  # what they gave away without it no new table takes back
        before = {(one.publication, one.key) for one in _told(earlier, rules)}
    for one in sorted(told, key=lambda one: -one.publication):
        if (one.publication, one.key) not in before:
            found.setdefault(one.key, (one.key, one.least, one.largest))
    return list(found.values())


def _told(years: Sequence[Year], rules: Control) -> list[Told]:
    """What some publications give away together.

    Where two cannot be of counts that moved no further than plain counts tell, more was revised, and nothing is known of their
    difference. Where any two can and all together cannot, it is not known of which: those that fit are taken together, the
    others by themselves.
    """
    systems = {number: programme(year, rules) for number, year in enumerate(years)}
    seen = [_seen(year) for year in years]
    moves = {(first, second): _moves(seen[first], seen[second]) for first, second in combinations(systems, 2)}
    try:
        return Tied(systems, moves, rules).disclosed()
    except Contradiction:
        pass
    fitting: dict[Pair, Sequence[Moved]] = {}
    for pair, some in moves.items():
        try:
            Tied(systems, fitting | {pair: some}, rules).must_fit()
        except Contradiction:
            continue
        fitting[pair] = some
    found = Tied(systems, fitting, rules).disclosed()
    for pair in moves.keys() - fitting.keys():
        try:
            found += Tied({number: systems[number] for number in pair}, {pair: moves[pair]}, rules).disclosed()
        except Contradiction:
            continue
    return found


@dataclass(frozen=True)
class _Seen:
    """What a reader compares of a publication.

    plain: area -> offence code -> offences; keys: table and place -> its protected counts; counted: suppliers in the combinations
    whole: flag -> the plain number that its values add up to
    """

    plain: Mapping[str, Mapping[str, int]]
    keys: Mapping[Group, Set[Hashable]]
    counted: Set[int]
    whole: Mapping[str, int]


def _seen(year: Year) -> _Seen:
    plain: dict[str, dict[str, int]] = {}
    for row in year.offences:
        codes = plain.setdefault(row["area_code"], {})
        codes[row["offence_code"]] = codes.get(row["offence_code"], 0) + row["offences"]
    # Threats overlap: each is a group of its own.
    every: list[tuple[int, Group]] = [(2, ("overlap", row["area_code"], row["threats"])) for row in year.overlaps]
    every += [(3, ("threat", row["area_code"], row["threat"])) for row in year.threats if row["rounded_to"] > 1]
    every += [
        (3, ("profile", row["threat"], row["statistic"], row["value_label"]))
        for row in year.profiles
        if row["value_label"] != "all"
    ]
    every += [(2, ("flag", row["flag"], row["value"])) for row in year.flags if row["value"] != ALL]
    keys: dict[Group, set[Hashable]] = {}
    for length, key in every:
        keys.setdefault(key[:length], set()).add(key)
    counted = {row["suppliers_counted"] for row in year.overlaps if row["area_code"] == NATION}
    return _Seen(plain, keys, counted, {row["flag"]: row["offences"] for row in year.flags if row["value"] == ALL})


def _moves(before: _Seen, now: _Seen) -> list[Moved]:
    """By how much the counts of each table and place moved at most; none of what one of them leaves out whole."""
    then = before.plain
    moved = {
        area: sum(abs(codes.get(code, 0) - then[area].get(code, 0)) for code in codes.keys() | then[area].keys())
        for area, codes in now.plain.items()
        if area in then
    }
    alike = now.plain.keys() == then.keys()
    everything = sum(moved.values())
    found = []
    for group in sorted(now.keys.keys() & before.keys.keys(), key=str):
        of_country = group[0] == "profile" or (group == ("overlap", NATION) and now.counted == before.counted)
        most = everything if of_country and alike else None if of_country else moved.get(str(group[1]))
        if group[0] == "flag":
            most = abs(now.whole[str(group[1])] - before.whole[str(group[1])])
        if most is not None:
            found.append(Moved(group, sorted(now.keys[group] | before.keys[group], key=str), most))
    return found
