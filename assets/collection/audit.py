"""The attacker's programme: from everything that is published of a year, how far can a protected count be narrowed?

Unknown are the true counts. What a reader knows of them is linear: each published number is rounded or a marker, so its count
lies between two whole numbers, and counts add up to others. For every protected count the programme is solved for its least and
its largest value (HiGHS); one that has fewer possible values than the rule allows is disclosed. A solution shows possible values
of all counts at once, so most are seen to be wide enough without a programme of their own.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from assets.collection.defined import ANY, Defined, between
from assets.collection.disclosure import NORMAL, WITHHELD, Control
from assets.methods.programme import quiet_solver
from assets.tables.records import grouped
from schemas.codes import ALL_VAWG
from schemas.returns import MEMBERSHIP
from schemas.rows import AnyRow

NATION = "K04000001"
FIVE = ("domestic_abuse", "rasso", "stalking_harassment", "csae", "online")
FIVE_LETTERS = {MEMBERSHIP[threat] for threat in FIVE}
TOLERANCE = 1e-6
QUARTERS = 4
# So few counts are asked one by one.
FEW = 16
Disclosed = tuple[Hashable, float, float]


@dataclass(frozen=True)
class Moved:
    """Counts of one table and place that two publications have, and by how much all of them together moved at most.

    group: the table and place; keys: the counts, of which one that only one publication has is nought in the other
    """

    group: Hashable
    keys: Sequence[Hashable]
    most: float


class Contradiction(Exception):
    """No counts fit everything that is published: some cell was treated otherwise than the rules say."""


@dataclass
class AttackersSystem:
    """Unknown counts by key, between what two numbers each lies, and which of them add up to what."""

    rules: Control
    known: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    protected: list[Hashable] = field(default_factory=list)
    sums: list[tuple[dict[Hashable, float], float, float]] = field(default_factory=list)

    def cell(self, key: Hashable, row: AnyRow) -> None:
        """A published count; of one that is printed again as it was nothing is known of what it is now."""
        if row.get("held_from"):
            self.known[key] = (0, math.inf)
            return
        self.known[key] = self.rules.possible(row["offences"], row["cell_status"], row["rounded_to"])
        if row["rounded_to"] > 1 and not (row["cell_status"] == NORMAL and row["offences"] == 0):
            self.protected.append(key)

    def total(self, added: Iterable[Hashable], least: float, largest: float, less: Iterable[Hashable] = ()) -> None:
        """Some counts, less others, add up to a number between two."""
        parts = dict.fromkeys(added, 1.0) | dict.fromkeys(less, -1.0)
        for key in parts:
            self.known.setdefault(key, (0, math.inf))
        if parts:
            self.sums.append((parts, least, largest))

    def disclosed(self) -> list[Disclosed]:
        """The protected counts that can be narrowed too far, with the values between which they must lie."""
        if not self.protected:
            return []
        keys = list(self.known)
        place = {key: at for at, key in enumerate(keys)}
        enough = self.rules.narrowest - 1
        seen = self._seen(np.array([place[key] for key in self.protected]), enough)
        cases = []
        for key in self.protected:
            at = place[key]
            for sign in (-1.0, 1.0):
                if seen[at, 1] - seen[at, 0] < enough:
                    self._look(seen, [at], [sign])
            lower, upper = math.ceil(seen[at, 0] - TOLERANCE), math.floor(seen[at, 1] + TOLERANCE)
            if upper - lower < enough:
                cases.append((key, float(lower), float(upper)))
        return cases

    def must_fit(self) -> None:
        """Raises Contradiction where no counts fit."""
        if self.known:
            self._solution([0], [1.0])

    def _seen(self, places: Any, enough: float) -> Any:
        """Least and largest values that the counts were seen to have, by programmes that ask of many at once.

        Half of those not yet wide enough, by chance, are made large while the others are made small, and the other way round;
        as long as that settles a quarter of them.
        """
        seen = np.array([[math.inf, -math.inf]] * len(self.known))
        chance, narrow, before = np.random.default_rng(0), places, math.inf
        while FEW < len(narrow) < 3 / 4 * before:
            signs, before = chance.choice((-1.0, 1.0), len(narrow)), len(narrow)
            for costs in (signs, -signs):
                self._look(seen, narrow, costs)
            narrow = narrow[seen[narrow, 1] - seen[narrow, 0] < enough]
        return seen

    def _look(self, seen: Any, places: Any, costs: Any) -> None:
        values = self._solution(places, costs)
        seen[:, 0], seen[:, 1] = np.minimum(seen[:, 0], values), np.maximum(seen[:, 1], values)

    def _solution(self, places: Any, costs: Any) -> Any:
        """Counts under which those at some places are largest (cost -1) or least (1) together, as far as is known."""
        import highspy

        solver = self._solver
        for at, cost in zip(places, costs, strict=True):
            solver.changeColCost(int(at), float(cost))
        solver.run()
        values, status = np.array(solver.getSolution().col_value), solver.getModelStatus()
        for at in places:
            solver.changeColCost(int(at), 0.0)
        if status != highspy.HighsModelStatus.kOptimal:
            raise Contradiction("what is published of the collection contradicts itself")
        return values

    @cached_property
    def _solver(self) -> Any:
        keys = list(self.known)
        place = {key: at for at, key in enumerate(keys)}
        # No count is larger than a whole: a largest value always exists.
        finite = [largest for _, _, largest in self.sums if math.isfinite(largest)]
        top = max([*finite, *(most for _, most in self.known.values() if math.isfinite(most)), 1.0])
        solver = quiet_solver()
        solver.addVars(
            len(keys), np.array([least for least, _ in self.known.values()], dtype=float),
            np.array([min(most, top) for _, most in self.known.values()], dtype=float),
        )  # fmt: skip
        for parts, least, largest in self.sums:
            where = np.array([place[key] for key in parts], dtype=np.int32)
            solver.addRow(least, largest, len(where), where, np.array(list(parts.values())))
        return solver


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
            members = [("overlap", NATION, threats) for threats in nine if MEMBERSHIP.get(threat, "") in threats]
            _whole(system, row, members, all_of_it={row["suppliers_counted"]} == counted)
        for pair in combinations(MEMBERSHIP, 2) if whole else ():
            members = [
                ("overlap", NATION, threats) for threats in nine if {MEMBERSHIP[of] for of in pair} <= set(threats)
            ]
            system.total(members, *self._by_codes(pair, whole[0]["suppliers_counted"]))
        for row in [row for row in self.unions if not row.get("held_from")]:
            any_of = {MEMBERSHIP[threat] for threat in row["sets"].split("|")}
            members = [("overlap", NATION, threats) for threats in nine if any_of & set(threats)]
            system.total(members, row["lower"] if {row["suppliers_counted"]} == counted else 0, row["upper"])
        _profiles(system, self, of_country)
        areas = sorted({row["area_code"] for row in self.overlaps} - {NATION})
        for area in sorted({*areas, *(row["area_code"] for row in self.threats if row["area_code"] != NATION)}):
            _force(system, self, area, {_of_five(threats) for threats in nine if area in self.held})
        _parts_of_the_country(system, self, areas, nine)
        _forces_of_the_country(system, self, of_country)
        return system

    def _by_codes(self, threats: Sequence[str], suppliers_counted: int) -> tuple[float, float]:
        """Between which counts the country has offences of all of some threats: of all who send, else of no more than those."""
        if not self.offences:
            return 0, math.inf
        least, most = between(threats, self.definitions, self.offences)
        return least if suppliers_counted == len(self.plain_counts) else 0, most

    def moved(self, before: "Year") -> list[Moved]:
        """By how much the counts of each table and place moved at most; none of what one of them leaves out whole."""
        then, plain = before.plain_counts, self.plain_counts
        moved = {
            area: sum(abs(codes.get(code, 0) - then[area].get(code, 0)) for code in codes.keys() | then[area].keys())
            for area, codes in plain.items()
            if area in then
        }
        everything, alike = sum(moved.values()), plain.keys() == then.keys()
        first, second = (_suppliers(year) for year in (before, self))
        keys, others = _protected_of(self), _protected_of(before)
        cases = []
        for group in sorted(keys.keys() & others.keys(), key=str):
            of_country = group[0] == "profile" or NATION in group
            same = alike and first.get(group) == second.get(group)
            most = moved.get(str(group[1])) if not of_country else everything if same else None
            if most is not None:
                cases.append(Moved(group, sorted(keys[group] | others[group], key=str), most))
        return cases

    @cached_property
    def plain_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Area -> offence code -> offences."""
        by_key: dict[str, dict[str, int]] = {}
        for row in self.offences:
            codes = by_key.setdefault(row["area_code"], {})
            codes[row["offence_code"]] = codes.get(row["offence_code"], 0) + row["offences"]
        return by_key


def _suppliers(year: Year) -> Mapping[tuple[Hashable, ...], int]:
    """Combinations and threats of the country -> how many suppliers are in them."""
    rows = [row for row in (*year.overlaps, *year.threats) if row["area_code"] == NATION]
    return {
        ("overlap", NATION) if "threats" in row else ("threat", NATION, row["threat"]): row["suppliers_counted"]
        for row in rows
    }


def _threat(
    system: AttackersSystem, row: AnyRow, by_codes: tuple[float, float], *quarter: Hashable
) -> tuple[Hashable, ...]:
    """A threat of a flag or an age, of the country or a force, between what plain counts by code say of it; gives its key."""
    key, (least, most) = ("threat", row["area_code"], row["threat"], *quarter), by_codes
    system.cell(key, row)
    system.total([key], least, most)
    of_several, said = (
        row["area_code"] == NATION and row["suppliers_counted"] > 1,
        most - least < system.rules.narrowest - 1,
    )
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
            key = ("profile", row["threat"], row["statistic"], row["value_label"])
            system.cell(key, row)
            groups.setdefault((row["threat"], row["statistic"]), []).append(key)
    for (threat, _), keys in groups.items():
        if threat in of_country:
            _whole(system, of_country[threat], keys)
    for row in year.profiles:  # what is of a threat is among all
        part, among = (("profile", of, row["statistic"], row["value_label"]) for of in (row["threat"], ALL_VAWG))
        if part != among and among in system.known:
            system.total([among], 0, math.inf, less=[part])


def _force(system: AttackersSystem, year: Year, area: str, possible: Iterable[str] = ()) -> None:
    """Threats and combinations of one force, tied to each other and to its plain offence counts.

    possible: combinations that it may have now, beside those that are printed
    """
    cells = sorted({row["threats"] for row in year.overlaps if row["area_code"] == area}.union(possible))
    mine = [row for row in year.offences if row["area_code"] == area]
    everything = sum(row["offences"] for row in mine)
    system.total([("overlap", area, threats) for threats in cells], everything, everything)
    for pair in combinations(FIVE, 2):
        both = [("overlap", area, threats) for threats in cells if {MEMBERSHIP[of] for of in pair} <= set(threats)]
        system.total(both, *between(pair, year.definitions, mine))
    for row in year.threats:
        if row["area_code"] != area or row["threat"] not in MEMBERSHIP:
            continue
        threat, key = row["threat"], ("threat", area, row["threat"])
        among_five = [("overlap", area, threats) for threats in cells if MEMBERSHIP[threat] in threats]
        members, (least, most) = among_five if threat in FIVE else [], between([threat], year.definitions, mine)
        if year.definitions.get(threat, ANY).plain:
            system.total(members, least, most)
            continue
        _threat(system, row, (least, most))
        if members:
            system.total(members, 0, 0, less=[key])


def _parts_of_the_country(system: AttackersSystem, year: Year, areas: Sequence[str], nine: Sequence[str]) -> None:
    """Combinations of the five threats add up over the forces, and those that are left out, to those of the country.

    Of a supplier that is left out a reader knows the plain counts; where none is, nothing is left out.
    """
    if not areas:
        return
    fives = {_of_five(threats) for threats in nine}
    shown = {(row["area_code"], row["threats"]) for row in year.overlaps}
    for five in fives:
        whole = [("overlap", NATION, threats) for threats in nine if _of_five(threats) == five]
        parts: list[Hashable] = [
            ("overlap", area, five) for area in areas if (area, five) in shown or area in year.held
        ]
        system.total([*parts, ("left out", five)], 0, 0, less=whole)
    counted = max(row["suppliers_counted"] for row in year.overlaps if row["area_code"] == NATION) if nine else 0
    plain = {row["area_code"]: 0 for row in year.offences if row["area_code"] not in areas}
    for row in year.offences:
        if row["area_code"] in plain:
            plain[row["area_code"]] += row["offences"]
    if counted in (len(areas), len(areas) + len(plain)):
        left = sum(plain.values()) if counted > len(areas) else 0
        system.total([("left out", five) for five in fives], left, left)


def _forces_of_the_country(system: AttackersSystem, year: Year, of_country: Mapping[str, AnyRow]) -> None:
    """A threat of the forces adds up to that of the country; of one that is left out a reader knows the plain counts."""
    for threat, row in of_country.items():
        mine = [
            threat_row["area_code"]
            for threat_row in year.threats
            if threat_row["threat"] == threat and threat_row["area_code"] != NATION
        ]
        keys: list[Hashable] = [("threat", area, threat) for area in mine]
        if year.definitions.get(threat, ANY).plain or threat not in MEMBERSHIP or not keys:
            continue
        if row["suppliers_counted"] > len(keys):
            left = [offence for offence in year.offences if offence["area_code"] not in mine]
            least, most = between([threat], year.definitions, left)
            alone, key = len({offence["area_code"] for offence in left}) == 1, ("threat left out", threat)
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
    every: list[tuple[int, tuple[Hashable, ...]]] = [
        (2, ("overlap", row["area_code"], row["threats"])) for row in year.overlaps
    ]
    every += [(3, ("threat", row["area_code"], row["threat"])) for row in year.threats if row["rounded_to"] > 1]
    every += [
        (3, ("profile", row["threat"], row["statistic"], row["value_label"]))
        for row in year.profiles
        if row["value_label"] != "all"
    ]
    return {
        group: {key for _, key in some} for group, some in grouped(every, lambda sized: sized[1][: sized[0]]).items()
    }
