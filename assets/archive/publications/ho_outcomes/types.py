"""Types of outcome: in one writing, with the words that stand beside them, and only in the column where they can be counted."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from math import log

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.layout_tables import layout
from assets.archive.reading.long_records import LongRecords
from assets.archive.reading.marks import marks
from assets.archive.reading.reference import Reference
from assets.archive.reading.values import text_value
from assets.archive.reading.words import words
from assets.words.problems import BadInput, Problem, cannot

OUTCOME_TYPE = re.compile(r"(?:outcome +)?(?:type +)?0*(\d{1,2}[a-z]?)(?:\.0)?", re.IGNORECASE)
TYPES = "ho_outcomes/outcome_types"


def take_types(records: LongRecords) -> None:
    """The type of outcome in one writing: 21 for "Outcome 21" and "21.0". What is none, as a total, is left out by name, so is
    a type beside the words of another one, and a count of outcomes given of what is none: offences that wait for one.

    BadInput where most of those have such a count: the two columns of counts are each other's.
    """

    def read_type(printed: str) -> str | None:
        match = OUTCOME_TYPE.fullmatch(printed)
        return match[1].upper() if match else None

    expected, remedy = "a type of outcome such as 1, 2A or 18", "Where it is a sum of others, nothing is lost."
    records.text("outcome_type", read_type, expected, remedy)
    known = layout(records.data, TYPES)
    _with_their_words(records, {words(row["outcome"]): row["outcome_type"] for row in known})
    _given_in_a_quarter(records, {row["outcome_type"] for row in known if row["given"] == "no"})


def _with_their_words(records: LongRecords, type_of: dict[tuple[str, ...], str]) -> None:
    columns = [pc.dictionary_encode(records.part[name]) for name in ("outcome_type", "outcome")]
    types, wordings = (column.dictionary.to_pylist() for column in columns)
    pair = pc.add(pc.multiply(pc.cast(columns[0].indices, pa.int64()), len(wordings)), columns[1].indices)
    problems, wrong = [], []
    for code in pc.unique(pair).to_pylist():
        kind, wording = types[code // len(wordings)], wordings[code % len(wordings)]
        says = type_of.get(words(wording), kind)
        if says.rstrip("ABCD") != kind.rstrip("ABCD"):
            rows = records.part["row"].filter(pc.equal(pair, code))
            wrong.append(code)
            problems.append(
                Problem(f"{records.table.place}, row {rows[0].as_py()}", records.table.letters["outcome_type"],
                        f"{kind} beside {wording!r} on {len(rows):,} rows", f"{says}, which those words are of",
                        "One of the two columns is another row's; take the file as published.")
            )  # fmt: skip
    if wrong:
        records.drop(pc.is_in(pair, pa.array(wrong, pa.int64())), problems)


def _given_in_a_quarter(records: LongRecords, none_given: set[str]) -> None:
    waiting = pc.is_in(records.part["outcome_type"], pa.array(sorted(none_given), pa.string()))
    column, known = pc.dictionary_encode(records.part["recorded"]), marks(records.data)
    values = (text_value(printed, known) for printed in column.dictionary.to_pylist())
    counts = pa.array([at for at, value in enumerate(values) if value and value.number], column.indices.type)
    counted = pc.and_(waiting, pc.is_in(column.indices, counts))
    rows, of = pc.sum(counted).as_py() or 0, pc.sum(waiting).as_py() or 0
    if not rows:
        return
    first = records.part["row"].filter(counted)[0].as_py()
    found = f"a count on {rows:,} of {of:,} rows of offences without an outcome yet"
    problem = Problem(
        f"{records.table.place}, row {first}", records.table.letters["recorded"], found,
        "no count: a force gives no such outcome in a quarter",
        "The two columns of counts may have changed places; take the file as published.",
    )  # fmt: skip
    if 2 * rows > of:
        raise BadInput(f"{records.table.place} has the columns of its counts under each other's header", [problem])
    records.drop(counted, [problem])


# Types of outcome under each other's number and words, or left out: how often each is given, by group of offences, tells.
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
