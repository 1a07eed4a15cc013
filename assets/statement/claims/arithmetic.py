"""The figures of a document against each other: one system of interval constraints, and what falls out of it.

Each claim says that a quantity lies in the interval of its print; the equations of `equations` tie the quantities.
Where an equation
multiplies two figures, the one that is a share, a change or a rate is taken as a coefficient within its print, and the
equation rests
on that claim. From the one system follow:

- the smallest sets of claims that cannot all be true;
- which of them is at fault: only a member of a cheapest choice of claims without which all the rest can be true; of these a
  member that other figures confirm is not; of the rest the one that states the relation, or else a share, change or rate before a
  count; a set with a member that a smaller set puts at fault is explained by that;
- what the others leave for each figure: confirmed (the range is tight and meets the print), differing, bounded, or untested;
- which claims are redundant: what the others say already implies them.

A repeat is no other figure: it stands in no equation.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from assets.methods.balances import ONE, UNIT, Balance, Balances, separate
from assets.methods.conflicts import joined, least_repairs, smallest_conflicts
from assets.methods.interval import Interval
from assets.statement.claims.document import Claim, Document
from assets.statement.claims.equations import STATISTICS, Equation, Monomial, Poly

RATIOS = ("share", "ratio", "change", "rate", "average")
TIGHT = (
    0.05  # a range is tight when a change of the figure by so much would leave it (beyond the rounding of the print)
)
# What it costs to doubt a claim, for the cheapest choice that mends everything.
DIFFERING, STATING, FIGURE, AGREEING = 1, 2, 5, 20


@dataclass(frozen=True)
class Clash:
    """A smallest set of claims that cannot all be true.

    definitions: what else it rests on; statistics: is a published figure among that
    faulty:      the members that are at fault; none where a smaller set explains it
    """

    claims: frozenset[str]
    definitions: tuple[str, ...]
    statistics: bool
    faulty: frozenset[str]


@dataclass(frozen=True)
class TestedClaim:
    """What the other figures of a document leave for one figure.

    result:    agrees, differs, bounded or not_tested; left: the range, in the claim's unit
    by:        the other claims in its equations; statistics: does the result rest on a published figure
    redundant: does the range imply the print
    """

    result: str
    left: Interval | None = None
    by: tuple[str, ...] = ()
    statistics: bool = False
    redundant: bool = False


@dataclass(eq=False)
class Arithmetic:
    """The figures of one document and its equations; agrees: whether a figure that has a published one agrees with it."""

    document: Document
    equations: list[Equation]
    agrees: Mapping[str, bool] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    complete: bool = True

    @cached_property
    def tested(self) -> dict[str, TestedClaim]:
        """The result for every claim with a figure that is no repeat."""
        tested = {claim.id: TestedClaim("not_tested") for claim in self.figures.values()}
        for part in self._parts:
            tested |= self._test(part)
        return tested

    def around(self, key: str) -> "Arithmetic":
        """The equations that share a figure with one, directly or by way of others, as a system of their own."""
        near = next((part.equations for part in self._parts if key in part.claims), [])
        return Arithmetic(self.document, near, self.agrees)

    def hold_without(self, left_out: Collection[str]) -> bool:
        """Can all figures be true but those left out?"""
        return all(part.balances.hold(left_out) for part in self._parts)

    @cached_property
    def figures(self) -> dict[str, Claim]:
        """Claims with a figure of their own."""
        return {claim.id: claim for claim in self.document.claims if claim.interval is not None and not claim.repeat_of}

    @cached_property
    def _parts(self) -> list["_Part"]:
        """Equations that share no figure are systems of their own."""
        balances: list[Balance] = []
        of: dict[int, Equation] = {}
        for equation in self.equations:
            balance = Balance(*self._linear(equation), equation.at_most)
            of[id(balance)] = equation
            balances.append(balance)
        used = {name for member in balances for name in (*member.terms, *member.owners)}
        # A quantity lies in the interval of its print.
        balances += [
            Balance({claim.id: Interval.point(1), UNIT: -self._interval(claim.id)}, frozenset({claim.id}))
            for claim in self.figures.values()
            if claim.id in used and self._interval(claim.id).lower >= 0
        ]
        return [
            _Part(Balances(group, self._scale(group)), [of[id(member)] for member in group if id(member) in of])
            for group in separate(balances)
        ]

    def _linear(self, equation: Equation) -> tuple[dict[str, Interval], frozenset[str]]:
        """A polynomial with every product reduced to one quantity, and what it then rests on."""
        terms: dict[str, Interval] = {}
        owners = set(equation.owners)
        for monomial, coefficient in equation.terms.items():
            quantity = self._quantity(monomial)
            rest, taken = list(monomial), coefficient
            if quantity in rest:
                rest.remove(quantity)
            for name in rest:
                taken *= self._interval(name)
                owners.add(name)
            terms[quantity] = terms[quantity] + taken if quantity in terms else taken
        return terms, frozenset(owners)

    def _quantity(self, monomial: Monomial) -> str:
        """The one figure of a product that stays a quantity; the constant where none can, as a fall by some per cent cannot."""
        quantity = max(monomial, key=self._rank, default=UNIT)
        return UNIT if quantity in self.figures and self._interval(quantity).lower < 0 else quantity

    def _rank(self, name: str) -> tuple[bool, bool, str]:
        """Which of several figures in a product stays the quantity: a cell of a set, a count, anything else."""
        claim = self.document.by_key.get(name)
        return (
            claim is None,
            claim is not None and claim.kind not in RATIOS and claim.unit not in ("percent", "times"),
            name,
        )

    def _interval(self, name: str) -> Interval:
        claim = self.document.by_key[name]
        claim = self.document.by_key[claim.repeat_of] if claim.interval is None and claim.repeat_of else claim
        assert claim.interval is not None, f"{name} stands in an equation without a figure"
        interval = claim.interval
        return (
            Interval(0, interval.upper, True, interval.closed_upper)
            if interval.lower == float("-inf") and interval.upper > 0
            else interval
        )

    def _scale(self, group: Iterable[Balance]) -> dict[str, float]:
        """The size of each quantity; a cell is as large as the largest count beside it."""
        names = {name for balance in group for name in balance.terms if name != UNIT}
        sizes = {name: _size(self._interval(name)) for name in names if name in self.document.by_key}
        largest = max((size for name, size in sizes.items() if self._rank(name)[1]), default=1.0)
        return {name: sizes.get(name, largest) for name in names}

    def _test(self, part: "_Part") -> dict[str, TestedClaim]:
        members = sorted(part.claims & self.document.by_key.keys())
        fixed = sorted(part.owners - set(members))
        clashes: list[Clash] = []
        if not part.balances.hold():
            conflicts, complete = smallest_conflicts([*members, *fixed], part.balances.hold, fixed)
            self.complete = self.complete and complete
            sets = _without_supersets(conflicts, set(members))
            mending = self._mending(part, [blamed & set(members) for blamed in sets])
            for suspects in sets:
                explained = any(
                    clash.faulty & suspects for clash in clashes if len(clash.claims) < len(suspects & set(members))
                )
                clashes.append(self._clash(part, suspects, sets, mending, explained))
        self.clashes += clashes
        faulty = {key for clash in clashes for key in clash.faulty}
        return {
            key: self._tested(part, key, clashes, faulty) for key in members if key in self.figures or key in faulty
        }

    def _mending(self, part: "_Part", sets: list[frozenset[str]]) -> frozenset[str]:
        """Members of the cheapest choices that mend sets that share a claim.

        A figure that differs from its publication is doubted first, one that agrees with it last; any other figure only where
        that mends more than two claims that state a relation.
        """
        stating = {equation.by for equation in part.equations if not equation.at_most}

        def cost(key: str) -> int:
            if key in self.agrees:
                return AGREEING if self.agrees[key] else DIFFERING
            return STATING if key in stating or key not in self.figures else FIGURE

        return frozenset[str]().union(*(least_repairs(group, cost) for group in joined(sets, iter)))

    def _clash(
        self,
        part: "_Part",
        names: frozenset[str],
        every: list[frozenset[str]],
        mending: frozenset[str],
        explained: bool,
    ) -> Clash:
        """A set with those of its members that are at fault; none where a smaller set explains it already."""
        claims = frozenset(name for name in names if name in self.document.by_key)
        others = tuple(sorted(name for name in names - claims if not name.startswith(STATISTICS)))
        statistics = any(name.startswith(STATISTICS) for name in names)
        if explained:
            return Clash(claims, others, statistics, frozenset())
        apart = {key for blamed in every if not blamed & claims for key in blamed if key in self.document.by_key}
        suspects = sorted(claims & mending)
        doubted = [key for key in suspects if not self._confirmed(part, key, claims | apart)] or suspects
        stated = {equation.by: equation.at_most for equation in sorted(part.equations, key=lambda equation: not equation.at_most)
                  if equation.by in doubted and _names(equation) & (claims - {equation.by})}  # fmt: skip
        stating = [key for key, loose in stated.items() if not loose] or list(stated)
        ratios = [key for key in doubted if not self._rank(key)[1] or key not in self.figures]
        often = [key for key in doubted if sum(key in blamed for blamed in every) > 1]
        return Clash(
            claims, others, statistics, frozenset(key for key in (stating or ratios or often or doubted) if key)
        )

    def _confirmed(self, part: "_Part", key: str, out: Collection[str]) -> bool:
        """Do figures that are not left out confirm this one?"""
        left = self._left(part, key, out) if key in self.figures else None
        return left is not None and self._result(key, left) == "agrees"

    def _tested(self, part: "_Part", key: str, clashes: list[Clash], faulty: set[str]) -> TestedClaim:
        by = tuple(sorted(part.beside(key) & self.figures.keys() - {key}))
        own = [clash for clash in clashes if key in clash.faulty]
        out = {key} | (faulty - {key})
        if own:
            among = set().union(*(clash.claims for clash in own)) - {key}
            if key not in self.figures:
                return TestedClaim("differs", None, tuple(sorted(among)), all(clash.statistics for clash in own))
            left = self._left(part, key, {key} | ({name for name in faulty if name not in among}))
            statistics = all(clash.statistics for clash in own)
            return TestedClaim("differs", left, tuple(sorted(among)), statistics)
        left = self._left(part, key, out)
        if left is None:
            return TestedClaim("not_tested")
        result = self._result(key, left)
        rests = {name for name in part.owners if name.startswith(STATISTICS)}
        statistics = False
        if result == "agrees" and rests:
            without = self._left(part, key, out | rests)
            statistics = without is None or self._result(key, without) != "agrees"
        print_ = self.figures[key].interval
        return TestedClaim(
            result, left, by, statistics, result == "agrees" and print_ is not None and print_.covers(left)
        )

    def _left(self, part: "_Part", key: str, out: Collection[str]) -> Interval | None:
        """The range that everything not left out leaves for a figure, by its quantity and by every equation in which it
        multiplies.
        """
        ranges = (
            [part.balances.range({key: Interval.point(1)}, ONE, {*out, key})] if key in part.balances.quantities else []
        )
        for equation in part.equations:
            if equation.at_most or equation.owners & set(out):
                continue
            divided = self._divided(equation, key, out)
            if divided is not None:
                ranges.append(part.balances.range(*divided, {*out, key}))
        met: Interval | None = Interval.everything() if ranges else None
        for interval in ranges:
            if interval is None or met is None:
                return None
            low, high = max(met.lower, interval.lower), min(met.upper, interval.upper)
            met = Interval(low, high) if low <= high else interval  # rounding of the solver
        return met

    def _divided(
        self, equation: Equation, key: str, out: Collection[str]
    ) -> tuple[dict[str, Interval], dict[str, Interval]] | None:
        """`A key + B = 0` as the two sums of key = -B / A; None where the figure does not multiply in it or it rests on
        what is out.
        """
        with_key = {monomial: interval for monomial, interval in equation.terms.items() if key in monomial}
        if not any(self._quantity(monomial) != key for monomial in with_key):
            return None
        if any(monomial.count(key) > 1 for monomial in with_key):
            return None
        below: Poly = {_less(monomial, key): interval for monomial, interval in with_key.items()}
        above: Poly = {m: -interval for m, interval in equation.terms.items() if key not in m}
        sums = [self._linear(replace(equation, terms=terms)) for terms in (above, below)]
        if any(owners & (set(out) - {key}) for _, owners in sums):
            return None
        return sums[0][0], sums[1][0]

    def _result(self, key: str, left: Interval) -> str:
        printed = self.figures[key].interval
        assert printed is not None
        if not _meet(printed, left):
            return "differs"
        if not left.is_bounded or (left.lower <= 0 < left.upper and printed.lower > 0):
            return "not_tested" if left.lower <= 0 and not left.is_bounded else "bounded"
        size = _size(printed)
        reach = max(TIGHT * size, float(printed.width) / 2 if printed.is_bounded else 0.0)
        tight = float(left.width) / 2 <= reach
        return "agrees" if tight else "bounded"


@dataclass(frozen=True, eq=False)
class _Part:
    balances: Balances
    equations: list[Equation]

    @cached_property
    def owners(self) -> frozenset[str]:
        return frozenset(name for balance in self.balances.balances for name in balance.owners)

    @cached_property
    def claims(self) -> frozenset[str]:
        return self.owners | {name for name in self.balances.quantities if name != UNIT}

    def beside(self, key: str) -> set[str]:
        """Figures that share an equation with one."""
        return {name for equation in self.equations for name in _names(equation) if key in _names(equation)}


def _names(equation: Equation) -> set[str]:
    return {name for monomial in equation.terms for name in monomial} | set(equation.owners)


def _less(monomial: Monomial, key: str) -> Monomial:
    rest = list(monomial)
    rest.remove(key)
    return tuple(rest)


def _size(interval: Interval) -> float:
    """About how large a figure is."""
    low, high = interval.as_floats()
    ends = [abs(end) for end in (low, high) if abs(end) != float("inf")]
    return (sum(ends) / len(ends) if ends else 1.0) or 1.0


def _meet(interval: Interval, other: Interval) -> bool:
    """Do two intervals meet, but for the solver's rounding?"""
    slack = 1e-7 * max(
        1.0, *(abs(float(end)) for end in (interval.lower, interval.upper) if abs(float(end)) != float("inf"))
    )
    return float(interval.lower) <= float(other.upper) + slack and float(other.lower) <= float(interval.upper) + slack


def _without_supersets(conflicts: Iterable[frozenset[str]], claims: set[str]) -> list[frozenset[str]]:
    """Of sets that differ in what they rest on only, and of sets that hold another's claims, the smallest."""
    kept: list[frozenset[str]] = []
    for suspects in sorted(conflicts, key=lambda names: (len(names & claims), len(names), sorted(names))):
        if not any(other & claims <= suspects & claims for other in kept):
            kept.append(suspects)
    return kept
