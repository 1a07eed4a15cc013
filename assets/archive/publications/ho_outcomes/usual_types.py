"""Types of outcome under each other's number and words, or left out: how often each is given, by group of offences, tells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from math import log

import pandas as pd

from assets.archive.reading.layout_tables import layout
from assets.archive.reading.reference import Reference
from assets.words.problems import BadInput, Problem, cannot

SHARES = "ho_outcomes/outcome_shares"
# Two types are exchanged where both are so many times nearer to what the other one usually is, over so many groups with so many
# outcomes of one of the two. Of the pairs of types in each of the 44 forces of 2018/19, which differ more than years do, none is
# more than 3.2 times nearer to the other one's shares of all forces.
NEARER, GROUPS, OUTCOMES, BY_CHANCE = 4, 3, 30, 5
# A type that is such a part of the outcomes of so many groups is in every file that is whole.
OFTEN = 0.05
# (group of offences, type of outcome) -> how many outcomes
Given = Mapping[tuple[str, str], float]


def refuse_unusual_types(given: pd.DataFrame, reference: Reference, file: str) -> None:
    """BadInput where two types of outcome are given as the other one is, whatever share of all outcomes they have, and where one
    that is given often is not given at all: every sum and share of outcomes would lack it.

    given: outcomes given, by offence_code, outcome_type and value
    """
    usual = {(row["group"], row["outcome_type"]): float(row["percent"]) / 100 for row in layout(reference.data, SHARES)}
    groups = dict(zip(reference.offences["offence_code"], reference.offences["group"], strict=True))
    of = given.assign(group=given["offence_code"].map(groups)).groupby(["group", "outcome_type"])["value"].sum()
    found = {key: float(value) for key, value in of.to_dict().items() if key in usual}
    totals = defaultdict[str, float](float)
    for (group, _), value in found.items():
        totals[group] += value
    problems = [
        Problem(
            file, "outcome_type", f"{first} and {second} in each other's place",
            f"type {first} as it usually is of each group of offences, and type {second}",
            "Two types may stand under each other's number and words; take the file as published.",
        )
        for first, second in _exchanged(found, usual, totals)
    ]  # fmt: skip
    if problems:
        raise BadInput(f"{file} has types of outcome in each other's place", problems)
    if absent := [*_absent(found, usual, totals)]:
        raise cannot(
            f"{file} lacks types of outcome", file, f"no outcome of type {' or '.join(absent)}",
            "all types: each of these is more than a twentieth of the outcomes of several groups of offences",
            f"Take the whole file. Where the publisher gives a type no longer, take its lines out of data/layouts/{SHARES}.csv.",
        )  # fmt: skip


def _absent(found: Given, usual: Given, totals: Mapping[str, float]) -> Iterator[str]:
    given = {kind for (_, kind), value in found.items() if value}
    for kind in sorted({kind for _, kind in usual} - given):
        often = [group for (group, of), share in usual.items() if of == kind and share >= OFTEN]
        if sum(totals.get(group, 0.0) * usual[group, kind] >= OUTCOMES for group in often) >= GROUPS:
            yield kind


def _exchanged(found: Given, usual: Given, totals: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for pair in combinations(sorted({kind for _, kind in found}), 2):
        own, crosswise, groups = 0.0, 0.0, 0
        for group, total in totals.items():
            here = [found.get((group, kind), 0.0) for kind in pair]
            expected = [total * usual.get((group, kind), 0.0) for kind in pair]
            if max(*here, *expected) >= OUTCOMES:
                own += sum(map(_apart, here, expected))
                crosswise += sum(map(_apart, here, reversed(expected)))
                groups += 1
        if groups >= GROUPS and NEARER * crosswise < own:
            yield pair


def _apart(found: float, expected: float) -> float:
    return abs(log((max(found, 0) + BY_CHANCE) / (expected + BY_CHANCE)))
