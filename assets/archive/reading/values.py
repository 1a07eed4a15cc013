"""What stands in a value cell, decided here and nowhere else: a number, a number printed as text, a marker, or nothing.

- between thousands: a comma, or a space of any width; a full-width digit is the digit
- "-0" and -0.0 are the number nought; "12%" and "12 per cent" are 12 where the unit is a percentage, and no number elsewhere
- "(2.4)" and "2.4-" are below nought in a table of changes, and no number elsewhere, where "(2)" may be a note
- "1e400", and anything beyond what the country has of it, is no figure; nor is "1E+05", whose other digits a spreadsheet hid,
  or a part of a whole thing: 12.5 or "1.929" offences
"""

import math
import re
from dataclasses import dataclass

from assets.archive.reading.marks import Marks, folded
from assets.words.printed_number import BELOW_NOUGHT, plain_number, shortened, without_marks

# Units of whole things, and those in which a percentage sign may stand.
WHOLE = frozenset({"offences", "outcomes", "persons", "households", "respondents", "incidents", "cases"})
PERCENT = frozenset({"percent", "percentage_points"})
# 13 with three decimals, or thirteen thousand with a point for a comma.
THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
LARGEST, ROUNDING = 1e9, 1e-6
NOTE = re.compile(r"\[\s*(?:notes?\b[^\]]*|\d{1,2}(?:\s*,\s*\d{1,2})*\s*)\]", re.IGNORECASE)
# Shorthand in brackets that is not known stands in the place of a figure, whatever it means.
SHORTHAND = re.compile(r"\[\s*[a-z][a-z0-9 .-]{0,30}\]", re.IGNORECASE)
NO_MARKS = Marks()


@dataclass(frozen=True)
class CellValue:
    """One value cell: exactly one of a number with status normal, or a status without a number.

    as_text: the number was printed as text
    """

    number: float | None
    status: str
    as_text: bool = False


def text_number(text: str) -> float | None:
    """The number in a text such as '31,454', '170 002 ', '-5', '12.5%' or '1,234*'; None where it is none."""
    plain = plain_number(text)
    return None if plain is None else float(plain.replace(",", "").rstrip("%")) + 0.0


def impossible(number: float, unit: str, printed: str = "") -> str | None:
    """Why a number cannot be a figure of its unit, in words; None where it can."""
    if not math.isfinite(number) or abs(number) > LARGEST:
        return "a number that a country can have"
    if unit in WHOLE and (abs(number - round(number)) > ROUNDING or THOUSANDS.fullmatch(printed.strip())):
        return f"whole {unit}, with commas between thousands and no decimals"
    if (plain_number(printed) or "").endswith("%") and unit not in PERCENT:
        return f"{unit}, and no percentage"
    if shortened(printed):
        return "a number with all its digits, of which a spreadsheet shows the first ones"
    return None


def text_value(text: str, known: Marks = NO_MARKS) -> CellValue | None:
    """A text cell as a value; None where it is neither a number nor a known marker.

    Notes, their signs and marks such as "[r]", "(r)" or a bare "r" may stand behind a number or a marker; shorthand that is not
    known to stand beside figures may not.
    """
    if text.isdecimal() and text.isascii():  # most cells of a large file
        return CellValue(float(text), "normal", as_text=True)
    if (status := known.stands_for(text)) is not None:
        return CellValue(None, status)
    plain, marks = without_marks(text)
    if not all(_stands_beside(mark, known) for mark in marks):
        return None
    if (status := known.stands_for(plain)) is not None:
        return CellValue(None, status)
    number = None if BELOW_NOUGHT.fullmatch(plain) and not known.of_changes else text_number(plain)
    return None if number is None else CellValue(number, "normal", as_text=True)


def _stands_beside(mark: str, known: Marks) -> bool:
    """Is it a note or its sign, or shorthand that is known to stand beside a figure?"""
    shorthand = mark.strip("()").strip().casefold()
    if shorthand in ("r", "p", "revised", "provisional"):
        return f"[{shorthand[0]}]" in known.beside
    several = folded(mark).strip("[]").split(",")
    return (
        not mark.startswith("[")
        or bool(NOTE.fullmatch(mark))
        or all(f"[{mark.strip()}]" in known.beside for mark in several)
    )
