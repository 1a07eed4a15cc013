"""The records of a long table, cut down to those that can be read: what cannot be read is named, and stops nothing else.

An odd force, code, period or number costs its own records. A table of which more records are lost than is tolerated
(data/layouts/tolerated.csv) is another table than it was taken for, and is refused as a whole.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.layout_tables import layout, tolerated
from assets.archive.reading.long_table import LongTable, long_tables
from assets.archive.reading.marks import Marks
from assets.archive.reading.names import PrintedNames
from assets.archive.reading.numbers import numbers
from assets.archive.reading.periods import Period
from assets.archive.reading.result import FEW, Finding, Reading, SetAside, finding, record_set_aside
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem

TEXT, DATE = pa.string(), pa.date32()
# Records with fewer filled cells are notes of the source, not records.
LEAST_FILLED = 2
WRITTEN_SO = "Correct it from the source, or save a copy in which periods are so written."
NAMED = 3
SHOWN = 20  # records left out together that are named one by one
Made = TypeVar("Made")


class LongRecords:
    """The records of one long table that are left.

    part:     column -> its cells; the columns of the table, `row`, and what is resolved of them
    findings: where everything that is left out is named
    """

    def __init__(self, table: LongTable, data: Path, findings: list[Finding]) -> None:
        self.table, self.findings, self.data = table, findings, data
        self.part: dict[str, pa.Array] = {**table.columns, "row": table.rows}
        self.lost: list[Problem] = []
        self._lost_rows = 0
        findings += [
            finding("header_reworded", "warning", f"{table.place}, column {table.letters[column]}",
                    f"The column is called {label!r}, which is no known wording of `{column}`, with more words or fewer.",
                    "Taken for it, since none else is like it and its cells are looked up: what is not known is left out. "
                    "Where it is meant, add the label to data/layouts.")
            for column, label in table.renamed.items()
        ]  # fmt: skip
        for problem in table.odd:
            self._leave_out([problem], 1)
        self._without_blanks()
        self.total = len(self) + self._lost_rows

    def __len__(self) -> int:
        return len(self.part["row"])

    def cells(self, column: str) -> pa.Array:
        """The address of every cell of a column, as A1."""
        return pc.binary_join_element_wise(self.table.letters[column], pc.cast(self.part["row"], TEXT), "")

    def keep(self, mask: pa.Array) -> None:
        """Only the records of a mask; what is left out is named by whoever asks."""
        self.part = {name: column.filter(mask) for name, column in self.part.items()}

    def drop(self, mask: pa.Array, problems: Sequence[Problem]) -> None:
        """Leave out the records of a mask, as some problems say."""
        self._leave_out(problems, pc.sum(mask).as_py() or 0)
        self.keep(pc.invert(mask))

    def name(self, column: str, names: PrintedNames, to: str) -> None:
        """The keys of printed names as a column; records of a name that is not known are left out, named once each."""
        self._take(
            self.part[column], names.key,
            lambda where, printed: names.problem(where, self.table.letters[column], printed), {to: TEXT},
        )  # fmt: skip

    def text(self, column: str, read: Callable[[str], str | None], expected: str, remedy: str) -> None:
        """A column in one writing; records of which it cannot be read are left out, named once for each print."""

        def problem(where: str, printed: str) -> Problem:
            return Problem(where, self.table.letters[column], repr(printed), expected, remedy)

        self._take(self.part[column], read, problem, {column: TEXT})

    def period(
        self, columns: Sequence[str], dates: Callable[..., Period | None], expected: str, remedy: str = WRITTEN_SO
    ) -> None:
        """`period_start` and `period_end` of what some columns print together."""

        def read(printed: str) -> tuple[object, object] | None:
            period = dates(*printed.split("\t"))
            return (period.start, period.end) if period else None

        def problem(where: str, printed: str) -> Problem:
            return Problem(
                where,
                self.table.letters[columns[0]],
                repr(", ".join(dict.fromkeys(printed.split("\t")))),
                expected,
                remedy,
            )

        printed = [self.part[column] for column in columns]
        together = printed[0] if len(printed) == 1 else pc.binary_join_element_wise(*printed, "\t")
        self._take(together, read, problem, {"period_start": DATE, "period_end": DATE})

    def number(self, column: str, known: Marks, unit: str, value: str = "value", status: str = "obs_status") -> None:
        """Values and statuses of a column of printed numbers; what is no number has no status (see `numbers`)."""
        self.part[value], self.part[status] = numbers(
            self.part[column],
            self.part["row"],
            self.table.place,
            self.table.letters[column],
            known,
            unit,
            self.findings,
        )

    def once(self, keys: Sequence[str], values: Sequence[str]) -> None:
        """Each figure once: of records that say the same the first; of those that differ none, since none is guessed.

        Where most records of one force, code or period differ, those of another stand under its name: none of it is taken.
        """
        key = _one_key([self.part[name] for name in keys])
        counted = pc.value_counts(key)
        several = counted.filter(pc.greater(counted.field("counts"), 1)).field("values")
        if not len(several):
            return
        rows = pa.table({"key": key, **{name: self.part[name] for name in ("row", *keys, *values)}})
        groups = grouped(rows.filter(pc.is_in(key, several)).to_pylist(), lambda row: row["key"])
        again, differing, alike = list[int](), list[list[dict[str, Any]]](), 0
        for some in groups.values():
            same = all(row[name] == some[0][name] for row in some for name in values)
            again += [row["row"] for row in some[same:]]
            alike += same
            if not same:
                differing.append(some)
        if alike:
            self.findings.append(
                finding("record_twice", "warning", self.table.place, f"{alike:,} figures stand on several rows, alike.",
                        "Each is taken once.")
            )  # fmt: skip
        mask = pc.is_in(self.part["row"], pa.array(again, pa.int64()))
        problems = list[Problem]()
        for name in keys if differing else ():
            mixed = self._mixed(name, Counter(row[name] for some in differing for row in some))
            mask = pc.or_kleene(mask, pc.is_in(self.part[name], pa.array(mixed, self.part[name].type)))
            problems += mixed.values()
        self.drop(mask, problems + [self._twice(some, keys) for some in differing])

    def _mixed(self, name: str, differing: Counter[Any]) -> dict[Any, Problem]:
        """The values of a column of which most records, and several, are among so many that differ, each with what it says."""
        counted = pc.value_counts(self.part[name])
        of_all = dict(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True))
        if len(of_all) == 1:
            return {}
        return {
            value: Problem(
                self.table.place, "", f"{rows:,} of {of_all[value]:,} records of {value} on several rows, with different figures",
                "one row for each",
                "Those of another may stand under its name: nothing of it is taken. Compare the file as published.",
            )
            for value, rows in differing.items()
            if rows > max(FEW, of_all[value] / 2)
        }  # fmt: skip

    def _twice(self, some: Sequence[dict[str, Any]], keys: Sequence[str]) -> Problem:
        rows = ", ".join(str(row["row"]) for row in some[:NAMED])
        more = f" and {len(some) - NAMED} more" if len(some) > NAMED else ""
        return Problem(
            f"{self.table.place}, row {some[0]['row']}", "",
            f"rows {rows}{more}, all of {', '.join(str(some[0][key]) for key in keys)}, with different figures", "one row",
            "None is taken: which is meant is not guessed. Is a code missing in data/layouts?",
        )  # fmt: skip

    def refuse_if_many(self) -> None:
        """BadInput with everything that was left out, where it is more of the table than is tolerated."""
        most = max(FEW, tolerated(self.data, "records_left_out") * self.total)
        if self._lost_rows > most:
            raise BadInput(
                f"{self.table.place}: {self._lost_rows:,} of {self.total:,} records cannot be read", self.lost
            )
        if not len(self):
            raise BadInput(
                f"{self.table.place} has no record that can be read",
                self.lost or [Problem(self.table.place, "", "no record", "records", "Is it the whole table?")],
            )

    def _take(
        self, printed: pa.Array, read: Callable[[str], object], problem: Callable[[str, str], Problem],
        to: dict[str, pa.DataType],
    ) -> None:  # fmt: skip
        """Read each printed form once, as one column or several; the records of those that cannot be read are left out."""
        encoded = pc.dictionary_encode(printed)
        forms = encoded.dictionary.to_pylist()
        outcomes = [read(form) for form in forms]
        unknown = [at for at, outcome in enumerate(outcomes) if outcome is None]
        for place, (name, kind) in enumerate(to.items()):
            values = [outcome[place] if isinstance(outcome, tuple) else outcome for outcome in outcomes]
            self.part[name] = pa.array(values, kind).take(encoded.indices)
        if unknown:
            mask = pc.is_in(encoded.indices, pa.array(unknown, encoded.indices.type))
            problems = []
            for at in unknown:
                rows = self.part["row"].filter(pc.equal(encoded.indices, at))
                fault = problem(f"{self.table.place}, row {rows[0].as_py()}", forms[at])
                times = f" on {len(rows):,} rows" if len(rows) > 1 else ""
                problems.append(Problem(fault.place, fault.column, fault.value + times, fault.expected, fault.remedy))
            self.drop(mask, problems)

    def _leave_out(self, problems: Sequence[Problem], rows: int) -> None:
        self.lost += problems
        self._lost_rows += rows
        self.findings += [
            record_set_aside(
                f"{problem.place}, column {problem.column}" if problem.column else problem.place,
                problem, "Left out; every other record is read.",
            )
            for problem in problems[:SHOWN]
        ]  # fmt: skip
        if len(problems) > SHOWN:
            self.findings[-1]["evidence"] += f" And {len(problems) - SHOWN:,} more of the kind."

    def _without_blanks(self) -> None:
        """Leave out blank rows, and notes of the source between or below the records."""
        filled = [pc.cast(pc.not_equal(self.part[name], ""), pa.int8()) for name in self.table.columns]
        count = filled[0]
        for is_filled in filled[1:]:
            count = pc.add(count, is_filled)
        notes = pc.and_(pc.greater(count, 0), pc.less(count, LEAST_FILLED))
        if pc.any(notes).as_py():
            rows = self.part["row"].filter(notes)
            self.findings.append(
                finding("left_out", "info", f"{self.table.place}, row {rows[0].as_py()}: notes",
                        f"{len(rows):,} rows.", "Left out: one cell alone is no record.")
            )  # fmt: skip
        self.keep(pc.greater_equal(count, LEAST_FILLED))


def _one_key(columns: Sequence[pa.Array]) -> pa.Array:
    """A number for every record that is the same where all its keys are: the place of each key among its values, combined."""
    combined = pa.array([0] * len(columns[0]), pa.int64())
    for column in columns:
        encoded = pc.dictionary_encode(column)
        size = pa.scalar(len(encoded.dictionary) + 1, pa.int64())
        combined = pc.add(pc.multiply(combined, size), pc.cast(encoded.indices, pa.int64()))
    return combined


def read_tables(
    path: Path,
    headers: str,
    table: str,
    data: Path,
    reading: Reading,
    read_one: Callable[[LongRecords], Sequence[Made]],
) -> list[Made]:
    """What a function makes of each long table of a file; a table that is refused is set aside and stops no other.

    headers, table: layout of headers, and the table there; BadInput where no table of the file can be read
    """
    made: list[Made] = []
    for long_table in long_tables(path, layout(data, headers), table, reading.set_aside):
        try:
            if long_table.others:
                raise BadInput(f"{long_table.place} is broken down by sex", list(long_table.others))
            made += read_one(LongRecords(long_table, data, reading.findings))
        except BadInput as error:
            reading.set_aside.append(SetAside(error.what, tuple(error.problems), sheet=long_table.sheet.strip()))
    if not made:
        reading.refuse_if_set_aside()
    return made
