"""What stands in a value cell: a number, a number printed as text, a marker, or nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?")
# Markers of the Government Statistical Service and of the publishers' older tables. A layout may say otherwise.
MARKERS: Mapping[str, str] = {
    "[x]": "missing",
    "[u]": "suppressed",
    "[u1]": "suppressed",
    "[u2]": "suppressed",
    "[c]": "suppressed",
    "[z]": "not_applicable",
    "[w]": "missing",
}


@dataclass(frozen=True)
class Value:
    """One value cell: exactly one of a number with status normal, or a status without a number.

    as_text: the number was printed as text
    """

    number: float | None
    status: str
    as_text: bool = False


def text_number(text: str) -> float | None:
    """The number in a text such as '31,454', '170,002 ', '-5' or '12.5%'; None where it is none."""
    plain = text.strip()
    if not NUMBER.fullmatch(plain):
        return None
    return float(plain.rstrip("%").replace(",", "").replace(" ", "").replace("−", "-"))


def text_value(text: str, markers: Mapping[str, str] = MARKERS) -> Value | None:
    """A text cell as a value; None where it is neither a number nor a known marker."""
    plain = text.strip()
    status = markers.get(plain.casefold())
    if status is not None:
        return Value(None, status)
    number = text_number(plain)
    return None if number is None else Value(number, "normal", as_text=True)
