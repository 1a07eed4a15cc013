"""What stands in a value cell, decided here and nowhere else: a number, a number printed as text, a marker, or nothing.

- between thousands: a comma, or a space of any width; a full-width digit is the digit
- "-0" and -0.0 are the number nought; "12%" is 12 where the unit is a percentage, and no number elsewhere
- "1e400", and anything beyond what the country has of it, is no figure; nor is a part of a whole thing: 12.5 or "1.929" offences
"""

import math
import re
import unicodedata
from dataclasses import dataclass

from assets.archive.reading.marks import Marks, folded
from assets.archive.reading.text import RAISED

SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
NUMBER = re.compile(rf"[-−]?(?:\d{{1,3}}(?:[, {SPACES}]\d{{3}})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?", re.ASCII)
BETWEEN = str.maketrans(dict.fromkeys(f", {SPACES}%", "") | {"−": "-"})
# Units of whole things, and those in which a percentage sign may stand.
WHOLE = frozenset({"offences", "outcomes", "persons", "households", "respondents", "incidents", "cases"})
PERCENT = frozenset({"percent", "percentage_points"})
LARGEST, ROUNDING = 1e9, 1e-6
LAST = re.compile(r"\[[^\][]*\]$")
NOTE = re.compile(r"\[\s*notes?\b[^\]]*\]", re.IGNORECASE)
# Shorthand in brackets that is not known stands in the place of a figure, whatever it means.
SHORTHAND = re.compile(r"\[\s*[a-z][a-z0-9 .-]{0,30}\]", re.IGNORECASE)
REVISED = re.compile(r"(?<=\d)\s*(?:\(\s*([rp])\s*\)|([rp]))$", re.IGNORECASE)  # "1,234 (r)", "1,234r"
NO_MARKS = Marks()


@dataclass(frozen=True)
class Value:
    """One value cell: exactly one of a number with status normal, or a status without a number.

    as_text: the number was printed as text
    """

    number: float | None
    status: str
    as_text: bool = False


def text_number(text: str) -> float | None:
    """The number in a text such as '31,454', '170 002 ', '-5' or '12.5%'; None where it is none."""
    plain = text.strip()
    if not plain.isascii():
        plain = "".join(unicodedata.normalize("NFKC", sign) if sign.isdecimal() else sign for sign in plain)
    return float(plain.translate(BETWEEN)) + 0.0 if NUMBER.fullmatch(plain) else None


def impossible(number: float, unit: str, printed: str = "") -> str | None:
    """Why a number cannot be a figure of its unit, in words; None where it can."""
    if not math.isfinite(number) or abs(number) > LARGEST:
        return "a number that a country can have"
    if unit in WHOLE and abs(number - round(number)) > ROUNDING:
        return f"whole {unit}, with commas between thousands and no decimals"
    if printed.rstrip().endswith("%") and unit not in PERCENT:
        return f"{unit}, and no percentage"
    return None


def text_value(text: str, known: Marks = NO_MARKS) -> Value | None:
    """A text cell as a value; None where it is neither a number nor a known marker.

    Notes and marks such as "[r]", "(r)", a bare "r" or a raised figure may stand behind a number or a marker.
    """
    plain = RAISED.sub("", text.strip())
    while (status := known.instead.get(folded(plain))) is None:
        last = LAST.search(plain)
        if not last or not last.start() or not (NOTE.fullmatch(last[0]) or folded(last[0]) in known.beside):
            break
        plain = plain[: last.start()].rstrip()
    if status is not None:
        return Value(None, status)
    if (found := REVISED.search(plain)) and f"[{(found[1] or found[2]).casefold()}]" in known.beside:
        plain = plain[: found.start()]
    number = text_number(plain)
    return None if number is None else Value(number, "normal", as_text=True)
