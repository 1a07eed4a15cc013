"""Offence codes as they are printed, and the dates that spreadsheets make of them."""

import datetime
import re

from assets.archive.reading.grid import Cell
from assets.archive.reading.text import label

# "8l" and "008L" are how some programs write 8L.
PADDING = re.compile(r"(?<![\d.])0+(?=\d)")
# 8L, 19C, 4.10, 4.4/6/8, 37/2, 1/4.1/4.2, 99, AF, 105A
CODE = re.compile(r"\d{1,3}(?:\.\d{1,2})?[A-Z]?(?:/\d{1,3}(?:\.\d{1,2})?[A-Z]?)*|[A-Z]{2,3}(?:\d[A-Z]?)?")
# Sub-codes of a class: 088/09, 88.09, 88-09, "088 09".
SUB_CODE = re.compile(r"(\d{1,3})\s*[/.\-–—]\s*(\d{2})(?!\d)|(\d{3})\s+(\d{2})(?!\d)")
NO_DECIMALS = re.compile(r"\.00?$")
SERIALS = range(40_000, 47_001)  # mid-2009 to autumn 2028 as days of a spreadsheet


def is_code(text: str) -> bool:
    """Is a text a code, or a sub-code?"""
    return bool(CODE.fullmatch(text.replace(" ", "")) or SUB_CODE.fullmatch(text.strip()))


def sub_code(text: str) -> str | None:
    """A sub-code in one writing, 088_09 for 088/09 or 88.09 in print; None where the text is none."""
    match = SUB_CODE.fullmatch(text.strip())
    return f"{(match[1] or match[3]).zfill(3)}_{match[2] or match[4]}" if match else None


def code_beside(text: str, code: re.Pattern[str]) -> tuple[str, str] | None:
    """The code that stands with a label in one cell, and the label: "8L Harassment", "Exposure (088/09)"; None without one."""
    front = re.match(rf"[(\[]?({code.pattern})[)\]]?(?:\s*[-–—:]\s*|\s+)(?=\S)", text)
    behind = re.search(rf"\s*(?:[(\[]\s*({code.pattern})\s*[)\]]|\s[-–—]\s*({code.pattern}))$", text)
    if front:
        return front[1], text[front.end() :]
    if behind and behind.start():
        return behind[0].strip(" ()[]-–—"), text[: behind.start()]
    return None


def offence_code(cell: Cell) -> str | None:
    """The code in a cell, without asterisks, spaces and note marks; None for an empty cell.

    Raises ValueError with what was found for a date, a date's serial number, or text of another form.
    """
    if isinstance(cell, (datetime.date, datetime.time, datetime.timedelta)):
        raise ValueError(f"the date {cell.isoformat() if hasattr(cell, 'isoformat') else cell}")
    if isinstance(cell, bool):
        raise ValueError(f"the truth value {cell}")
    if isinstance(cell, (int, float)):
        if float(cell).is_integer():
            if int(cell) in SERIALS:
                raise ValueError(f"{int(cell)}, the serial number of a date")
            return str(int(cell))
        text = repr(float(cell))
    else:
        # "19.0" and "19.00" are what programs make of a whole number on its way to CSV, and "'19" of one kept as a text.
        text = NO_DECIMALS.sub("", label(cell).text.replace("*", "").replace(" ", "").lstrip("'"))
        text = PADDING.sub("", text.upper()) if text[:1].isdigit() else text
    if not text:
        return None
    if text.isdigit() and int(text) in SERIALS:
        raise ValueError(f"{text}, the serial number of a date")
    if not CODE.fullmatch(text):
        raise ValueError(repr(text))
    return text
