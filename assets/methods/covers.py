"""The members of all smallest choices that meet what is wanted: a programme in whole numbers.

HiGHS finds one smallest choice; the others are found by asking for one of that size with as many new members as there can be,
until there is none. One member that is enough needs no programme. Reference: Q. Huangfu and J. A. J. Hall, Mathematical
Programming Computation 10 (2018) 119-142.
"""

from collections.abc import Collection, Sequence
from typing import Any

from assets.methods.programme import quiet_solver

# (a member or None, others): one of the others is to be chosen, where the member is, or in any case.
Wanted = tuple[int | None, Collection[int]]
NODES = 50  # what takes more branching is given up
LARGEST = 5_000  # and what names more members: it takes seconds, and nearly always all of them are in some choice


def members_of_smallest(wanted: Sequence[Wanted], looks: int) -> frozenset[int]:
    """All members of all smallest choices; empty where there is none, or where more than so many would have to be looked at."""
    if sum(len(others) for _, others in wanted) > LARGEST:
        return frozenset()
    members = sorted({member for _, others in wanted for member in others})
    if alone := frozenset(choice for choice in members if all(_met(choice, *want) for want in wanted)):
        return alone
    solver = _programme(wanted, members)
    seen = _solved(solver, members)
    if not seen:
        return seen
    _of_size(solver, len(seen), len(members))
    for _ in range(1, looks):
        for at, member in enumerate(members):
            solver.changeColCost(at, 0.0 if member in seen else -1.0)
        chosen = _solved(solver, members)
        if chosen <= seen:
            return seen if chosen else chosen
        seen |= chosen
    return frozenset()


def _met(choice: int, member: int | None, others: Collection[int]) -> bool:
    """Is this met by one member alone?"""
    return choice in others or (member is not None and member != choice)


def _programme(wanted: Sequence[Wanted], members: Sequence[int]) -> Any:
    """The programme of the least number of members: a column of 0 or 1 for each."""
    from highspy import HighsVarType

    solver, place = quiet_solver(), {member: at for at, member in enumerate(members)}
    solver.setOptionValue("mip_max_nodes", NODES)
    for at in range(len(members)):
        solver.addVar(0.0, 1.0)
        solver.changeColIntegrality(at, HighsVarType.kInteger)
        solver.changeColCost(at, 1.0)
    for member, others in wanted:
        row = {place[other]: 1.0 for other in others}
        if member is not None:
            row[place[member]] = -1.0
        solver.addRow(1.0 if member is None else 0.0, solver.getInfinity(), len(row), [*row], [*row.values()])
    return solver


def _of_size(solver: Any, size: int, members: int) -> None:
    solver.addRow(float(size), float(size), members, [*range(members)], [1.0] * members)


def _solved(solver: Any, members: Sequence[int]) -> frozenset[int]:
    """The members of the best choice; empty where there is none, or it took more branching than may be."""
    from highspy import HighsModelStatus

    solver.run()
    if solver.getModelStatus() != HighsModelStatus.kOptimal:
        return frozenset()
    values = solver.getSolution().col_value
    return frozenset(member for member, value in zip(members, values, strict=True) if value > 1 / 2)
