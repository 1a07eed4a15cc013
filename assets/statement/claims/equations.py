"""What a document says, as equations: polynomials over its figures, and over the cells of its overlapping sets.

    figure = N / D        gives   figure x D - N = 0
    A <= B                gives   A - B <= 0 (divisors are not negative)
    set is a claim        gives   the cells inside it - figure = 0
    share of a set        gives   share x the cells of the whole - 100 x the cells of both = 0

A part of an expression that is no ratio of polynomials (largest, power ...) is worked out as an interval, and the equation then
rests on the claims in it. A share whose sides cover different windows gets the slack of the assumption `claims.other_window`.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from assets.methods.conflicts import joined
from assets.methods.interval import Interval
from assets.statement.claims.document import Document, SetSystem
from assets.statement.claims.expressions import OPERATORS, Sources, claims_in, evaluate, parsed
from assets.statement.claims.functions import ARITHMETIC, RATIONAL
from assets.statement.claims.kinds import Holds, Recompute, sides_of_relation
from assets.statement.claims.value import Window

Monomial = tuple[str, ...]
Poly = dict[Monomial, Interval]
STATISTICS = "statistics: "
MOST_CELLS = 12  # sets that overlap, directly or by way of others: 4,096 cells
POINT = Interval.point


@dataclass(frozen=True)
class Equation:
    """0 in the polynomial (or, at_most, it is not above 0).

    by:     the claim that states it; None for a definition of sets
    owners: definitions and statistics that it rests on, beside the figures in it
    """

    terms: Poly
    by: str | None = None
    owners: frozenset[str] = frozenset()
    at_most: bool = False


@dataclass(frozen=True)
class Rational:
    """A ratio of two polynomials, with what else it rests on; a number is one, too."""

    over: Poly
    under: Poly = field(default_factory=lambda: {(): POINT(1)})
    owners: frozenset[str] = frozenset()

    @classmethod
    def of(cls, number: "Rational | int") -> "Rational":
        """The ratio itself, or that of the one number."""
        return number if isinstance(number, Rational) else cls({(): POINT(number)})

    def __add__(self, right: "Rational") -> "Rational":
        over = _sum(_product(self.over, right.under), _product(right.over, self.under))
        return Rational(over, _product(self.under, right.under), self.owners | right.owners)

    def __sub__(self, right: "Rational | int") -> "Rational":
        return self + Rational.of(right) * -1

    def __mul__(self, other: "Rational | int") -> "Rational":
        right = Rational.of(other)
        return Rational(_product(self.over, right.over), _product(self.under, right.under), self.owners | right.owners)

    __rmul__ = __mul__

    def __truediv__(self, other: "Rational | int") -> "Rational":
        right = Rational.of(other)
        return self * replace(right, over=right.under, under=right.over)

    def __rtruediv__(self, left: int) -> "Rational":
        return Rational.of(left) / self


def equations(document: Document, sources: Sources, other_window: Interval) -> list[Equation]:
    """Everything that claims and definitions say as equations; other_window: how many times as large another window's
    count may be.
    """
    made = []
    for claim in document.claims:
        for check in claim.checks:
            if isinstance(check, Recompute):
                right = rational(check.recompute, sources, other_window)
                made.append(_equal(claim.id, Rational({(claim.id,): POINT(1)}), right))
            elif isinstance(check, Holds):
                left, sign, right_side = sides_of_relation(check.holds)
                ends = [rational(text, sources, other_window) for text in (left, right_side)]
                first, second = ends if sign != ">=" else ends[::-1]
                made.append(replace(_equal(claim.id, first, second), at_most=sign != "=="))
    # A claim without a figure is its relation: leave it out, and the relation goes.
    made = [
        replace(equation, owners=equation.owners | {equation.by})
        if equation.by and document.by_key[equation.by].interval is None
        else equation
        for equation in made
    ]
    for system in document.systems:
        made += _of_sets(document, system, other_window)
    return made


def rational(text: str, sources: Sources, other_window: Interval) -> Rational:
    """An expression as a ratio of polynomials over the claims that it names."""
    return _rational(parsed(text), sources, other_window)


def _rational(node: ast.expr, sources: Sources, slack: Interval) -> Rational:
    if isinstance(node, ast.BinOp):
        left, right = (_rational(side, sources, slack) for side in (node.left, node.right))
        combined: Rational = ARITHMETIC[OPERATORS[type(node.op)]](left, right)
        return combined
    if isinstance(node, ast.UnaryOp):
        return _rational(node.operand, sources, slack) * -1
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name = node.func.id
        if name == "claim":
            return Rational({claims_in(ast.unparse(node)): POINT(1)})
        if name in RATIONAL:
            made: Rational = RATIONAL[name].work(*(_rational(argument, sources, slack) for argument in node.args))
            if name == "share" and evaluate(ast.unparse(node), sources).unlike_windows:
                made = replace(made, over=_product(made.over, {(): slack}))
            return made
    text = ast.unparse(node)
    value = evaluate(text, sources)
    named = frozenset(claims_in(text))
    facts = frozenset(STATISTICS + leaf.row_id for leaf in value.leaves if leaf.published)
    return Rational({(): value.interval}, owners=named | facts)


def _sum(left: Poly, right: Poly) -> Poly:
    made = dict(left)
    for monomial, interval in right.items():
        made[monomial] = made[monomial] + interval if monomial in made else interval
    return {monomial: factor for monomial, factor in made.items() if not (factor.is_point and factor.lower == 0)}


def _product(left: Poly, right: Poly) -> Poly:
    made: Poly = {}
    for first, interval in left.items():
        for second, other in right.items():
            made = _sum(made, {tuple(sorted((*first, *second))): interval * other})
    return made


def _equal(by: str, left: Rational, right: Rational) -> Equation:
    terms = _sum(_product(left.over, right.under), _product(_product(right.over, left.under), {(): POINT(-1)}))
    return Equation(terms, by, left.owners | right.owners)


# --- overlapping sets --------------------------------------------------------------------------------------------


def _of_sets(document: Document, system: SetSystem, slack: Interval) -> list[Equation]:
    """The ties and definitions of a system; sets that nothing ties to each other have cells of their own."""
    home = document.window(system.window)
    tied = [name for tie in system.claims for name in ([(tie.share, tie.of)] if tie.share and tie.of else [])]
    blocks = _blocks(system.sets, [*tied, *(defined.pair for defined in system.definitions)])
    made = []
    for block in blocks:
        cells = {
            "&".join(members): frozenset(members)
            for size in range(1, len(block) + 1)
            for members in combinations(block, size)
        } if len(block) <= MOST_CELLS else {}  # fmt: skip

        def inside(*names: str, cells: Mapping[str, frozenset[str]] = cells, without: str = "") -> list[str]:
            return [
                f"{system.key}: {cell}"
                for cell, members in cells.items()
                if set(names) <= members and without not in members
            ]

        for tie in system.claims:
            part = tie.total or tie.share or ""
            if part not in block:
                continue
            same = _within(document.by_key[tie.claim].window, home)
            if tie.total:
                terms: Poly = {(cell,): POINT(-1) for cell in inside(part)}
                terms[(tie.claim,)] = POINT(1) if same else slack
                made.append(Equation(terms, at_most=tie.at == "least"))
            elif tie.of:
                twice = POINT(1) if same else slack * slack
                terms = {tuple(sorted((tie.claim, cell))): twice for cell in inside(tie.of)}
                made.append(Equation(terms | {(cell,): POINT(-100) for cell in inside(part, tie.of)}))
        for definition in system.definitions:
            first, second = definition.pair
            if first in block:
                empty = inside(first, second) if definition.disjoint else inside(first, without=second)
                made.append(Equation({(cell,): POINT(1) for cell in empty}, owners=frozenset({definition.says})))
    return made


def _blocks(sets: Sequence[str], ties: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Sets that are tied, directly or by way of others, together."""
    groups = joined([(name,) for name in sets] + list(ties), iter)
    tied = [{name for names in group for name in names} for group in groups]
    return [[name for name in sets if name in group] for group in tied]


def _within(window: Window | None, home: Window | None) -> bool:
    """Is a claim's window the system's own, a part of it, or none?"""
    return window is None or home is None or (home.start <= window.start and window.end <= home.end)
