"""A number as it is printed: what separates its thousands, and the marks and notes that stand behind it."""

import functools
import re
import unicodedata
from decimal import Decimal

SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
NUMBER = re.compile(rf"[-−–‒]?(?:\d{{1,3}}(?:[, {SPACES}]\d{{3}})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{{1,3}})?%?", re.ASCII)
EXPONENT = re.compile(r"\d(?:\.(\d+))?[eE]\+?(-?\d+)")
# As accounts print what is below nought: "(2.4)", "2.4-".
BELOW_NOUGHT = re.compile(r"\(\s*(\d[^()]*?)\s*\)|(\d\S*?)\s?[-−–‒]")
BETWEEN = str.maketrans(dict.fromkeys(f" {SPACES}", "") | dict.fromkeys("−–‒", "-"))
MARK = "(?:[rpRP]|[rR]evised|[pP]rovisional)"
RAISED = "[¹²³⁰⁴-⁹](?:[¹²³⁰⁴-⁹⁾, ⸴]*[¹²³⁰⁴-⁹])?"
# Shorthand or a note in square brackets, "(r)", "revised" or a bare "r", raised figures, signs, letters of notes: "1,234* a,b".
# Letters from k on may be a scale, and those in capitals an offence code.
BEHIND = re.compile(
    rf"(?:(?<=[\d%\])*†‡§#])|(?<=cent))\s*(\[[^\][]*\]|\(\s*{MARK}\s*\)|{MARK}|{RAISED}|[*†‡§#]+|[a-j](?:\s?,\s?[a-j])*)$"
)
PER_CENT = re.compile(r"(?<=\d)\s*(?:%|per ?cent)$", re.IGNORECASE)


def without_marks(text: str) -> tuple[str, list[str]]:
    """What is printed without what stands behind it, and that: "1,234 [r]*" gives "1,234" and "*", "[r]"."""
    plain, marks = text.strip(), list[str]()
    while match := BEHIND.search(plain):
        marks.append(match[1])
        plain = plain[: match.start()]
    return plain, marks


@functools.lru_cache(maxsize=1 << 16)
def plain_number(text: str) -> str | None:
    """The number of a text that is one, as programs write it but for commas between thousands and a sign of percentage; None
    for any other text. An apostrophe in front is how spreadsheets say that it is text."""
    plain = PER_CENT.sub("%", without_marks(text)[0]).removeprefix("'").removeprefix("+")
    if below := BELOW_NOUGHT.fullmatch(plain):
        plain = f"-{below[1] or below[2]}"
    if not plain.isascii():
        plain = "".join(unicodedata.normalize("NFKC", sign) if sign.isdecimal() else sign for sign in plain)
    if not NUMBER.fullmatch(plain):
        return None
    plain = plain.translate(BETWEEN)
    return format(Decimal(plain.replace(",", "")), "f") if EXPONENT.search(plain) and "%" not in plain else plain


def shortened(text: str) -> bool:
    """Is it a number of which a spreadsheet shows the first digits only, such as "1E+05"? Programs that write 100000 in full as
    1e+05 do so in small letters."""
    match = EXPONENT.search(text)
    return match is not None and "E" in match[0] and len(match[1] or "") < int(match[2])
