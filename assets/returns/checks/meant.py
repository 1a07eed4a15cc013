"""What a value that is written otherwise than asked is meant to be: a spreadsheet's day, a word for a code, one for nothing.

It is said beside the value, so that nobody has to guess; the value stays in error.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from assets.returns.file.as_days import BEFORE_DAY_1, codes_of, day_in
from assets.returns.file.csv_file import plainly
from assets.returns.file.manifest import Manifest
from assets.returns.personal.personal import HIDES
from assets.returns.rules.rules import Rules
from schemas.returns import NOTHING, TEMPLATES, ReturnColumn

# Rules of a value that is not of its type or list.
WRITTEN_OTHERWISE = ("E02", "E05", "E07")
OF_WRITTEN_OTHERWISE = f"rule IN {WRITTEN_OTHERWISE}"
# How a value is written -> what all of them are called.
SERIAL, DAY, NUMBER, HIDDEN, CODE, NONE = (
    "days as a spreadsheet counts them: give the column the format yyyy-mm-dd",
    "days that are not written as yyyy-mm-dd",
    "whole numbers that are not written in plain digits",
    "numbers that are hidden: send the counts themselves, which are protected before anything is published",
    "codes in other letters or words",
    "words or signs for nothing, where a cell is to be empty",
)
# Day 1 of a spreadsheet is 1 January 1900, and it has a 29 February of that year; of an old one of a Mac it is 2 January 1904.
FIRST_DAYS = {"1900": BEFORE_DAY_1, "1904": datetime.date(1904, 1, 1)}
FIVE_DIGITS = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
# As they are written here, the day first, and elsewhere; a time may stand behind.
HERE, ELSEWHERE = (
    [form.replace(" ", between) for form in forms for between in "/-. "]
    for forms in (
        ("%d %m %Y", "%Y %m %d", "%d %b %Y", "%d %B %Y", "%d %m %y", "%d %b %y", "%d %B %y"),
        ("%y %m %d", "%m %d %Y", "%m %d %y", "%Y%m%d"),
    )
)
# The columns whose days are all of the quarter.
OF_THE_QUARTER = ("recorded_date", "month")
TIME, DIGITS = (
    re.compile(r"[T ][0-9]{1,2}:[0-9:.]+Z?$"),
    re.compile(r"(-?)0*([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?"),
)
AS_TEXT = re.compile(r'="(.*)"')
MONTHS = ("%b-%y", "%B %Y", "%b %Y", "%Y-%m", "%m/%Y")
# What stands about a value in the table `problem`: its column, and the signs in it that are not seen.
ABOUT = re.compile(r"^offence_code | \(with signs that are not seen: [^)]*\)$")


@dataclass(frozen=True)
class Days:
    """How a file writes days. forms: those that make most of them days of the quarter first, and none that is of elsewhere and
    makes none; last: the latest day that there can be
    """

    forms: Sequence[str] = ("1900", *HERE)
    last: datetime.date = datetime.date.max

    @classmethod
    def of(cls, manifest: Manifest, texts: Iterable[str]) -> "Days":
        """By the days of the columns that have none but those of the quarter."""
        first, last = manifest.days
        every = cls((*cls.forms, "1904", *ELSEWHERE))
        read = Counter(form for text in texts for form, day in every.read(text).items() if first <= day <= last)
        forms = [form for form in every.forms if form in cls.forms or read[form]]
        return cls(sorted(forms, key=lambda form: -read[form]), manifest.extract_date)

    def read(self, text: str) -> dict[str, datetime.date]:
        """The days that a text may be, by how it is written so; one that has not yet been comes last."""
        bare = bared(text)
        serial = FIVE_DIGITS.fullmatch(bare)
        days = {
            form: (FIRST_DAYS[form] + datetime.timedelta(int(serial[1])) if serial else None)
            if form in FIRST_DAYS
            else day_in(TIME.sub("", bare), form)
            for form in self.forms
        }
        return dict(sorted(((form, day) for form, day in days.items() if day), key=lambda told: told[1] > self.last))


def say_what_is_meant(connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules) -> None:
    """Say it in the table `problem`, of what was not of its type or list; leaves what was found in the table `meant`."""
    columns, known = {column.name: column for column in TEMPLATES[manifest.profile]}, offences(rules)
    asked = f'SELECT DISTINCT "column", value FROM problem WHERE {OF_WRITTEN_OTHERWISE} AND value IS NOT NULL'
    found, values = [], connection.execute(asked).fetchall()
    days = Days.of(manifest, (ABOUT.sub("", value) for name, value in values if name in OF_THE_QUARTER))
    for name, value in values:
        if name in columns and (said := meant(ABOUT.sub("", value), columns[name], manifest.supplier, known, days)):
            found.append((name, value, *said))
    table = pa.table([*map(list, zip(*found, strict=True))] or [[]] * 4, ["column", "value", "way", "said"])
    connection.register("of_values", table)
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE meant AS SELECT "column", concat(value, said) AS value, way FROM of_values'
    )
    connection.execute(
        'UPDATE problem SET value = concat(problem.value, said) FROM of_values WHERE problem."column" = of_values."column" '
        f"AND problem.value = of_values.value AND {OF_WRITTEN_OTHERWISE}"
    )
    connection.unregister("of_values")


def meant(
    text: str, column: ReturnColumn, supplier: str, known: Mapping[str, str], days: Days = Days()
) -> tuple[str, str] | None:
    """How a value is written, and what it is meant to be, in words that begin with `;`; None where that cannot be told.

    known: what an offence may be called -> its code, or several; days: how the file writes days
    """
    bare = bared(text)
    called = known if column.kind == "offence" else _called(column)
    ways = (bare, *codes_of(bare), "".join(bare.split()), re.sub(r"^0+(?=[0-9])|\.0+$", "", bare))
    if code := next((called[way] for way in map(plainly, ways) if way in called), None):
        return (CODE, f"; that is {code}") if code != text else None
    noughts = column.kind == "reference" and not bare.strip("0")
    if not column.required and (noughts or plainly(bare) in {"", *map(plainly, NOTHING)}):
        return NONE, "; that stands for nothing: leave the cell empty"
    if column.kind == "date":
        read = days.read(bare) or ({"": month} if column.name == "month" and (month := _month(bare)) else {})
        form, day = next(iter(read.items()), ("", None))
        if form in FIRST_DAYS:
            from_1904 = ", from 1904 on," if form == "1904" else ""
            return SERIAL, f"; as a spreadsheet counts days{from_1904} that is {day}"
        return (DAY, f"; day, month and year of that are {day}") if day and str(day) != text else None
    if column.kind == "whole":
        if re.fullmatch(HIDES, bare):
            return HIDDEN, "; that hides a number: send the number itself"
        digits = DIGITS.fullmatch(bare)
        number = int(digits[1] + digits[2].replace(",", "")) if digits else 0
        return (NUMBER, f"; that is {number}") if digits and str(number) != text else None
    if column.kind == "supplier":
        return (CODE, f"; that is {supplier}") if plainly(bare).startswith(supplier) and text != supplier else None
    return None


def bared(text: str) -> str:
    """A value without spaces about it, and without what made a spreadsheet take it for text: '007, ="007"."""
    return AS_TEXT.sub(r"\1", text.strip()).lstrip("'")


def _month(text: str) -> datetime.date | None:
    return next((day for form in MONTHS if (day := day_in(text, form))), None)


def _called(column: ReturnColumn) -> dict[str, str]:
    """What a code may be called -> it: each way in which its meaning says it, and itself."""
    parts = ((part, code) for code, said in column.codes.items() for part in (said, *re.split(r" or |[():,]", said)))
    words = {plainly(part): code for part, code in parts if part}
    if unknown := words.get("not_known") or words.get("not_recorded"):
        words["unknown"] = unknown
    words |= {plainly(said.replace(" and ", " to ")): code for code, said in column.codes.items()}
    return words | {plainly(code): code for code in column.codes}


def offences(rules: Rules) -> dict[str, str]:
    """What an offence may be called -> its code, or several: its name, and its code however written."""
    codes = {plainly(code.lstrip("0")): code for code in rules.offences}
    return (
        {plainly(name): code for name, code in rules.names.items()}
        | codes
        | {plainly(code): code for code in rules.offences}
    )
