"""The columns of a return as a pandera model, made from the same declaration as the checks in SQL (E02, E07).

For whoever works with a return in Python before it is sent: `returns template` writes the model as YAML, which pandera reads. It
is asked of text as it stands in the CSV file, empty cells as nothing. Rules about rows are SQL in reference.return_rule.
"""

import datetime
from typing import Any

import pandas as pd
import pandera.pandas as pa

from assets.returns.checks.predicates import LETTERS, PSEUDONYM
from assets.returns.personal.pseudonyms import NO_REFERENCE
from schemas.returns import LARGEST_NUMBER, LONGEST_REFERENCE, PARTNERSHIP, TEMPLATES, ReturnColumn

# Days that are in the calendar from the year 1 on, 29 February of leap years among them.
_YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_LONG, _SHORT = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])", "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
DAY = f"(?:{_YEAR}-(?:{_LONG}|{_SHORT}|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
_DIGITS = len(str(LARGEST_NUMBER)) - 1
WHOLE, POSITIVE, NOT_NOUGHT = (
    f"(?:0|-?[1-9][0-9]{{0,{_DIGITS}}})",
    f"[1-9][0-9]{{0,{_DIGITS}}}",
    f"-?[1-9][0-9]{{0,{_DIGITS}}}",
)
# A long reference of plain signs is no name whatever its signs are, unless it begins as a number does.
_SIGNS = "!#$%&()*:-~"
REFERENCE = f"(?!(?:{NO_REFERENCE})$)(?:{PSEUDONYM})|(?!:)[{_SIGNS}][{_SIGNS}+/0-9-]{{9,}}"


def row_model(profile: str, supplier: str, start: datetime.date) -> pa.DataFrameSchema:
    """The model of the rows of a supplier's return for the quarter that begins on a day. Columns may stand in any order."""
    columns = {column.name: _column(column, supplier, start) for column in TEMPLATES[profile]}
    checks = [pa.Check(taken_out, name="taken_out")] if profile == "record" else []
    return pa.DataFrameSchema(columns, checks, strict=True, title=f"{supplier}, quarter from {start}", name=profile)


def as_yaml(profile: str, supplier: str, start: datetime.date) -> str:
    """The same as YAML, which can hold no function: of the columns alone. `pandera.pandas.DataFrameSchema.from_yaml` reads it."""
    model = row_model(profile, supplier, start)
    model.checks = []
    return str(model.to_yaml())


def taken_out(rows: pd.DataFrame) -> "pd.Series[bool]":
    """The one condition of E02 between two columns: a negative number of crimes stands only in a row that takes out (D)."""
    return ~(rows["crime_count"].str.startswith("-", na=False) & rows["action"].notna() & (rows["action"] != "D"))


def _column(column: ReturnColumn, supplier: str, start: datetime.date) -> pa.Column:
    return pa.Column(str, _checks(column, supplier, start), nullable=not column.required, description=column.meaning)


def _checks(column: ReturnColumn, supplier: str, start: datetime.date) -> list[Any]:
    if column.name == "month":
        months = [start.replace(month=start.month + place) for place in range(3)]
        return [pa.Check.isin([str(month) for month in months])]
    if column.kind == "supplier":
        return [pa.Check.isin([supplier])]
    if column.codes:
        return [pa.Check.isin(list(column.codes))]
    form = {
        "date": DAY, "whole": POSITIVE if column.lowest else NOT_NOUGHT if column.name == "crime_count" else WHOLE,
        "reference": REFERENCE, "area": PARTNERSHIP,
        "membership": f"(?:-|(?=.){''.join(f'{letter}?' for letter in LETTERS)})",
    }.get(column.kind)  # fmt: skip
    checks = [pa.Check.str_matches(f"^(?:{form})\\Z")] if form else []
    return [*checks, pa.Check.str_length(max_value=LONGEST_REFERENCE)] if column.kind == "reference" else checks
