"""What stands in a value cell: a number, a number printed as text, a marker, or nothing."""

import re
from dataclasses import dataclass

from assets.archive.marks import Marks, folded

# Between the thousands: a comma, or a space of any width that is not broken over lines.
NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?")
BETWEEN = str.maketrans(dict.fromkeys(", \u00a0\u2009\u202f%", "") | {"−": "-"})
BESIDE = re.compile(r"(.*?)((?:\[[^\][]*\]\s*){1,20})", re.DOTALL)
IN_BRACKETS = re.compile(r"\[[^\][]*\]")
NOTE = re.compile(r"\[\s*notes?\b[^\]]*\]", re.IGNORECASE)
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
    return float(plain.translate(BETWEEN)) if NUMBER.fullmatch(plain) else None


def text_value(text: str, known: Marks = NO_MARKS) -> Value | None:
    """A text cell as a value; None where it is neither a number nor a known marker.

    Notes and marks such as "[r]" may stand behind a number; a marker that means that there is none may not.
    """
    plain = text.strip()
    status = known.instead.get(folded(plain))
    if status is not None:
        return Value(None, status)
    if found := BESIDE.fullmatch(plain):
        stand = [one for one in IN_BRACKETS.findall(found[2]) if not NOTE.fullmatch(one)]
        if all(folded(one) in known.beside for one in stand):
            plain = found[1].rstrip()
    number = text_number(plain)
    return None if number is None else Value(number, "normal", as_text=True)
