"""Types of outcome: in one writing, with the words that stand beside them, and only in the column where they can be counted."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.layout_tables import layout
from assets.archive.reading.long_records import LongRecords
from assets.archive.reading.marks import marks
from assets.archive.reading.values import text_value
from assets.archive.reading.words import words
from assets.words.problems import BadInput, Problem

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
