"""What does a reader know of the counts of a year, from all that is published of it?"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from assets.collection.told.attackers_system import AttackersSystem, Moved
from assets.collection.told.control import WITHHELD, Control
from assets.collection.told.defined import ANY, Defined, between
from assets.tables.records import grouped
from schemas.codes import ALL_VAWG
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.returns import MEMBERSHIP
from schemas.rows import AnyRow

FIVE = ("domestic_abuse", "rasso", "stalking_harassment", "csae", "online")
FIVE_LETTERS = {MEMBERSHIP[threat] for threat in FIVE}
QUARTERS = 4


@dataclass(frozen=True)
class Year:
    """What is published of one year: rows of the tables, and which offence codes are of each threat.

    threats, overlaps, profiles, unions: rows of the year; offences: rows of its quarters, with the area of their supplier;
    quarters: threats of the country in its quarters
    """

    threats: Sequence[AnyRow]
    overlaps: Sequence[AnyRow]
    profiles: Sequence[AnyRow]
    offences: Sequence[AnyRow]
    definitions: Defined
    unions: Sequence[AnyRow] = ()
    quarters: Sequence[AnyRow] = ()

    @cached_property
    def held(self) -> set[str]:
        """The areas of which numbers are printed again as they were, and not counted anew."""
        every = (*self.threats, *self.overlaps, *self.profiles, *self.unions)
        return {row.get("area_code", NATION) for row in every if row.get("held_from")}

    def programme(self, rules: Control) -> AttackersSystem:
        """What a reader knows of the counts of the year from all that is published of it."""
        system = AttackersSystem(rules)
        of_country = {row["threat"]: row for row in self.threats if row["area_code"] == NATION}
        for threat, row in of_country.items():
            if threat in MEMBERSHIP and not self.definitions.get(threat, ANY).plain:
                _threat(system, row, self._by_codes([threat], row["suppliers_counted"]))
                _quarters(system, self, row)
        whole = [row for row in self.overlaps if row["area_code"] == NATION and not row.get("held_from")]
        nine, counted = [row["threats"] for row in whole], {row["suppliers_counted"] for row in whole}
        for row in [row for row in self.overlaps if row["area_code"] != NATION or row in whole]:
            system.cell(("overlap", row["area_code"], row["threats"]), row)
        # Who is in the combinations is in the threats and unions, too: where they are as many, they are the same.
        for threat, row in of_country.items():
            _whole(system, row, _of_all([threat], NATION, nine), all_of_it={row["suppliers_counted"]} == counted)
        for pair in combinations(MEMBERSHIP, 2) if whole else ():
            system.total(_of_all(pair, NATION, nine), *self._by_codes(pair, whole[0]["suppliers_counted"]))
        for row in [row for row in self.unions if not row.get("held_from")]:
            any_of = {MEMBERSHIP[threat] for threat in row["sets"].split("|")}
            members = [("overlap", NATION, threats) for threats in nine if any_of & set(threats)]
            system.total(members, row["lower"] if {row["suppliers_counted"]} == counted else 0, row["upper"])
        _profiles(system, self, of_country)
        areas = sorted({row["area_code"] for row in self.overlaps} - {NATION})
        for area in sorted({*areas, *(row["area_code"] for row in self.threats)} - {NATION}):
            _force(system, self, area, {_of_five(threats) for threats in nine if area in self.held})
        _parts_of_the_country(system, self, areas, nine)
        _forces_of_the_country(system, self, of_country)
        return system

    def _by_codes(self, threats: Sequence[str], suppliers_counted: int) -> tuple[float, float]:
        """Between which counts the country has offences of all of some threats: of all who send, else of no more than those."""
        if not self.offences:
            return 0, math.inf
        least, most = between(threats, self.definitions, self.codes)
        return least if suppliers_counted == len(self.plain_counts) else 0, most

    def moved(self, before: "Year") -> list[Moved]:
        """By how much the counts of each table and place moved at most; none of what one of them leaves out whole.

        Those of the country by what all in it moved together; who came late, or went, moved by all that was sent.
        """
        now, then, none = self._inside, before._inside, Counter[str]()
        moved: dict[object, int] = {
            area: sum(abs(now.get(area, none)[code] - then.get(area, none)[code]) for code in self.codes | before.codes)
            for area in now.keys() | then.keys()
        }
        come, (first, second) = len(now) - len(then), (_suppliers(year) for year in (before, self))
        keys, others = _protected_of(self), _protected_of(before)
        cases = []
        for group in sorted(keys.keys() & others.keys(), key=str):
            of = ("threat", NATION, group[1]) if group[0] == "profile" else group
            alike = second.get(of, 0) - first.get(of, 0) in (0, come)
            most = moved.get(of[1]) if NATION not in of else sum(moved.values()) if alike else None
            if most is not None:
                cases.append(Moved(group, sorted(keys[group] | others[group], key=str), most))
        return cases

    @cached_property
    def _inside(self) -> Mapping[str, Counter[str]]:
        """The plain counts of those who are in the counts of the country: of a year, where it can be told, who sent all of it."""
        forces = {row["area_code"] for row in self.threats if row["threat"] == ALL_VAWG} - {NATION}
        told = len(forces) == _suppliers(self).get(("threat", NATION, ALL_VAWG))
        return {area: codes for area, codes in self.plain_counts.items() if area in forces or not told}

    @cached_property
    def plain_counts(self) -> Mapping[str, Counter[str]]:
        """Area -> offence code -> offences."""
        by_area: dict[str, Counter[str]] = {}
        for row in self.offences:
            by_area.setdefault(row["area_code"], Counter())[row["offence_code"]] += row["offences"]
        return by_area

    @cached_property
    def codes(self) -> Counter[str]:
        """Offence code -> offences of all who send."""
        return sum(self.plain_counts.values(), Counter[str]())


def _suppliers(year: Year) -> Mapping[tuple[Hashable, ...], int]:
    """Combinations and threats of a place -> how many suppliers are in them."""
    overlaps = {("overlap", row["area_code"]): row["suppliers_counted"] for row in year.overlaps}
    return overlaps | {("threat", row["area_code"], row["threat"]): row["suppliers_counted"] for row in year.threats}


def _threat(
    system: AttackersSystem, row: AnyRow, by_codes: tuple[float, float], *quarter: Hashable
) -> tuple[Hashable, ...]:
    """A threat of a flag or an age, of the country or a force, between what plain counts by code say of it; gives its key."""
    key, (least, most) = ("threat", row["area_code"], row["threat"], *quarter), by_codes
    system.cell(key, row)
    system.total([key], least, most)
    of_several = row["area_code"] == NATION and row["suppliers_counted"] > 1
    said = most - least < system.rules.narrowest - 1
    # What several have together is nobody's; what the country has more than before is that of who was corrected (`Tied`). And
    # of a force there is nothing to protect where plain counts alone say as much.
    if of_several or (row["cell_status"] == WITHHELD and said):
        system.protected = [other for other in system.protected if other != key]
    return key


def _quarters(system: AttackersSystem, year: Year, whole: AnyRow) -> None:
    """Quarters of the country, each rounded by itself, add up to a threat of its year: who is in that is in each of them."""
    rows, key = [row for row in year.quarters if row["threat"] == whole["threat"]], ("threat", NATION, whole["threat"])
    if len(rows) == QUARTERS:
        keys = [_threat(system, row, (0, math.inf), row["period_start"]) for row in rows]
        least, most = (sum(system.known[quarter][of] for quarter in keys) for of in (0, 1))
        alike = {row["suppliers_counted"] for row in rows} == {whole["suppliers_counted"]}
        if most >= system.known[key][0] and (not alike or least <= system.known[key][1]):  # of one state of the returns
            system.total(keys, 0, 0 if alike else math.inf, less=[key])


def _whole(system: AttackersSystem, row: AnyRow, parts: Sequence[Hashable], *, all_of_it: bool = True) -> None:
    """Parts add up to a threat of the country, or are of some of its suppliers only."""
    if (whole := ("threat", NATION, row["threat"])) not in system.known:
        system.total(parts, row["offences"] if all_of_it else 0, row["offences"])
    elif parts:
        system.total([whole], 0, 0 if all_of_it else math.inf, less=parts)


def _profiles(system: AttackersSystem, year: Year, of_country: Mapping[str, AnyRow]) -> None:
    groups: dict[tuple[str, str], list[Hashable]] = {}
    for row in year.profiles:
        if row["value_label"] != "all":
            system.cell(key := _profile(row), row)
            groups.setdefault((row["threat"], row["statistic"]), []).append(key)
    for (threat, _), keys in groups.items():
        if threat in of_country:
            _whole(system, of_country[threat], keys)
    for row in year.profiles:  # what is of a threat is among all
        part, among = _profile(row), _profile({**row, "threat": ALL_VAWG})
        if part != among and among in system.known:
            system.total([among], 0, math.inf, less=[part])


def _profile(row: AnyRow) -> tuple[Hashable, ...]:
    return "profile", row["threat"], row["statistic"], row["value_label"]


def _of_all(threats: Iterable[str], area: str, combinations_of: Iterable[str]) -> list[Hashable]:
    """The combinations of an area that are of all of some threats; of no threat, or all vawg, is every one of them."""
    letters = {MEMBERSHIP[threat] for threat in threats if threat in MEMBERSHIP}
    return [("overlap", area, threats) for threats in combinations_of if letters <= {*threats}]


def _force(system: AttackersSystem, year: Year, area: str, possible: Iterable[str] = ()) -> None:
    """Threats and combinations of one force, tied to each other and to its plain offence counts.

    possible: combinations that it may have now, beside those that are printed
    """
    cells = sorted({row["threats"] for row in year.overlaps if row["area_code"] == area}.union(possible))
    mine = year.plain_counts.get(area, Counter())
    for of in ((), *combinations(FIVE, 2)):
        system.total(_of_all(of, area, cells), *between(of, year.definitions, mine))
    for row in year.threats:
        threat = row["threat"]
        if row["area_code"] != area or threat not in MEMBERSHIP:
            continue
        members = _of_all([threat], area, cells) if threat in FIVE else []
        by_codes = between([threat], year.definitions, mine)
        if year.definitions.get(threat, ANY).plain:
            system.total(members, *by_codes)
        else:
            key = _threat(system, row, by_codes)
            if members:
                system.total(members, 0, 0, less=[key])


def _parts_of_the_country(system: AttackersSystem, year: Year, areas: Sequence[str], nine: Sequence[str]) -> None:
    """Combinations of the five threats add up over the forces, and those that are left out, to those of the country.

    Of a supplier that is left out a reader knows the plain counts; where none is, nothing is left out.
    """
    if not areas:
        return
    shown = {(row["area_code"], row["threats"]) for row in year.overlaps}
    by_five = grouped(nine, _of_five)
    for five, every in by_five.items():
        parts = [("overlap", area, five) for area in areas if (area, five) in shown or area in year.held]
        whole = [("overlap", NATION, threats) for threats in every]
        system.total([*parts, ("left out", five)], 0, 0, less=whole)
    counted = max(row["suppliers_counted"] for row in year.overlaps if row["area_code"] == NATION) if nine else 0
    plain = [codes.total() for area, codes in year.plain_counts.items() if area not in areas]
    if counted in (len(areas), len(areas) + len(plain)):
        left = sum(plain) if counted > len(areas) else 0
        system.total([("left out", five) for five in by_five], left, left)


def _forces_of_the_country(system: AttackersSystem, year: Year, of_country: Mapping[str, AnyRow]) -> None:
    """A threat of the forces adds up to that of the country; of one that is left out a reader knows the plain counts."""
    for threat, row in of_country.items():
        mine = {force["area_code"] for force in year.threats if force["threat"] == threat} - {NATION}
        keys: list[Hashable] = [("threat", area, threat) for area in sorted(mine)]
        if year.definitions.get(threat, ANY).plain or threat not in MEMBERSHIP or not keys:
            continue
        if row["suppliers_counted"] > len(keys):
            left = [codes for area, codes in year.plain_counts.items() if area not in mine]
            least, most = between([threat], year.definitions, sum(left, Counter()))
            alone, key = len(left) == 1, ("threat left out", threat)
            keys.append(key)
            system.known[key] = (least if alone else 0, most)
            if alone and most - least >= system.rules.narrowest - 1:  # what the others leave is one's own
                system.protected.append(key)
        _whole(system, row, keys)


def _of_five(threats: str) -> str:
    return "".join(letter for letter in threats if letter in FIVE_LETTERS) or "-"


def _protected_of(year: Year) -> Mapping[tuple[Hashable, ...], Set[Hashable]]:
    """Table and place -> its protected counts."""
    # Threats overlap: each is a group of its own.
    threats = (("threat", row["area_code"], row["threat"]) for row in year.threats if row["rounded_to"] > 1)
    overlaps = (("overlap", row["area_code"], row["threats"]) for row in year.overlaps)
    profiles = (_profile(row) for row in year.profiles if row["value_label"] != "all")
    every: list[tuple[Hashable, ...]] = [*overlaps, *threats, *profiles]
    groups = grouped(every, lambda key: key[: 2 if key[0] == "overlap" else 3])
    return {group: {*keys} for group, keys in groups.items()}
