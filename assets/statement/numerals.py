"""A grammar of figures as texts print them: "up to 30%", "at least £4.2m", "almost fourfold", "60-70%", "nine out of ten".

    figure   = hedge* amount [scale] [percent | points]
    amount   = range | part "in" whole | fraction in words | multiple in words | digits | number in words
    hedge    = "at least", "over", "up to", "under", "nearly", "just over", "around" ...

`figure_at` reads one figure where it begins, `figures_in` every figure of a text. Nothing is guessed: what the grammar does not
reach is no figure, and a caller that must have read the whole of a text compares the ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

LONGEST = 40  # characters of one printed number: more is no figure that a text prints

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: number for number, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
POWERS = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SCALES = POWERS | {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
MULTIPLES = {"twice": 2, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "thrice": 3, "triple": 3, "tripled": 3,
             "tripling": 3, "treble": 3, "trebled": 3, "trebling": 3, "quadruple": 4, "quadrupled": 4,
             "quadrupling": 4}  # fmt: skip
# What stands before a figure -> on which side of it the truth lies.
HEDGES = {
    "at_least": "at least|no fewer than|no less than|not less than|a minimum of|minimum of|from|as many as at least",
    "above": "well over|more than|in excess of|over|above|exceeding|greater than|upwards of|north of|beyond",
    "at_most": "at most|no more than|not more than|up to|a maximum of|maximum of|as many as|as much as|as high as",
    "below": "well under|less than|fewer than|under|below",
    "near_below": "just under|just below|just less than|just short of|nearly|almost|close to|approaching",
    "near_above": "just over|just above|just more than|slightly over|slightly more than|a little over|a little more than",
    "rounded": "around|about|approximately|approx\\.?|roughly|some|an estimated|estimated|circa|c\\.|~|some|as few as|as low as|"
    "only|just|exactly",
}
_HEDGE = [(side, re.compile(rf"(?:{phrases})(?![a-z])\s*")) for side, phrases in HEDGES.items()]
_DIGITS = re.compile(
    r"(?P<sign>(?<![\w)])[-−])?(?P<money>[£$€])?\s?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?"
)
_SCALE = re.compile(r"(?:\s?-?(hundred|thousand|million|billion|trillion|dozen)|\s?(mn|bn|tn|[km]))(?![a-z0-9])")
_PERCENT = re.compile(
    r"[\s-]?(?P<points>percentage points?|(?:%|per ?cent) points?|pp(?![a-z]))|\s?(?P<percent>%|per ?cent\b|percent\b|pc\b)"
)
_IN = re.compile(r"\s(?:in|out of|of|of every|in every|for every|out of every)\s(?:every\s)?")
_TO = re.compile(r"\s?(?:-|–|—)\s?(?=[£$€\d])|\s(?:to|and|or)\s(?:as (?:many|much) as\s)?")
_TIMES = re.compile(r"(?:\s|-)?fold(?:ed)?\b|\stimes\b|x(?![a-z0-9])")
_WORD = re.compile(r"[a-z]+")
_PLAIN = {"’": "'", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "‑": "-", "−": "-", "\t": " ", "\n": " ",
          "\N{THIN SPACE}": " "}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A printed figure.

    start, end: its place in the text; form: number, range, part (a in b), fraction or multiple
    low, high:  the number printed, scale and all; two for a range; step: what one unit of its last printed digit is worth
    whole:      of a part, how many it is taken from; side: key of HEDGES or "plain"
    percent, points, money: is it a percentage, a number of points, a sum and in what
    spoken:     is it said in words
    digits:     how many digits are printed, and grouped: are they grouped by commas
    """

    start: int
    end: int
    form: str
    low: Fraction
    high: Fraction
    step: Fraction
    whole: Fraction | None = None
    side: str = "plain"
    percent: bool = False
    points: bool = False
    money: str | None = None
    spoken: bool = False
    zeros: int = 0
    grouped: bool = False
    scaled: bool = False
    decimal: bool = False

    @property
    def value(self) -> Fraction:
        """The one number that is printed: a share of one for a part, the middle of a range."""
        return (self.low + self.high) / 2 / (self.whole or 1)


def plain(text: str) -> str:
    """The text in small letters with plain spaces, dashes and apostrophes; one character for one."""
    return "".join(_PLAIN.get(letter, letter.lower() if len(letter.lower()) == 1 else letter) for letter in text)


def figure_at(text: str, start: int = 0) -> Figure | None:
    """The figure that begins at a place of a `plain` text, as long as it goes; None where none begins."""
    side, at = _hedged(text, start)
    between = re.compile(r"between\s").match(text, at)
    found = _amount(text, between.end() if between else at)
    if found is None:
        return None
    found = _ranged(text, found)
    if between and found.form != "range":
        return None
    return replace(found, start=start, side=found.side if side == "plain" else side)


def figures_in(text: str) -> Iterator[Figure]:
    """Every figure of a text, from left to right, each at its longest."""
    flat, at = plain(text), 0
    for word in re.finditer(r"(?<![\w.,£$€])(?:(?<![)\d%] )(?<!\d)-)?(?:[£$€~]\s?)?\w", flat):
        if word.start() < at:
            continue
        found = figure_at(flat, word.start())
        if found is not None:
            at = found.end
            yield found


def _hedged(text: str, at: int) -> tuple[str, int]:
    """Hedges before a figure: the first decides ("more than around" is more)."""
    first = "plain"
    for _ in range(3):
        matches = [(side, match) for side, pattern in _HEDGE if (match := pattern.match(text, at))]
        if not matches:
            break
        side, match = max(matches, key=lambda one: one[1].end())
        at, first = match.end(), side if first in ("plain", "rounded") else first
    return first, at


def _amount(text: str, at: int) -> Figure | None:
    """One amount with its scale and its sign of percent."""
    if (match := _DIGITS.match(text, at)) is not None:
        found = _digits(match)
        if found is None or re.match(r"\d|,\d|[a-z]*\d", text[match.end() : match.end() + 3]):
            return None
    else:
        found = _spoken(text, at)
        if found is None:
            return None
    return _ended(text, found)


def _digits(match: re.Match[str]) -> Figure | None:
    whole, decimals = match["whole"].replace(",", ""), match["decimals"] or ""
    if len(whole) + len(decimals) > LONGEST:
        return None
    number = Fraction(int(whole + decimals), 10 ** len(decimals)) * (-1 if match["sign"] else 1)
    zeros = 0 if decimals or not whole.strip("0") else len(whole) - len(whole.rstrip("0"))
    return Figure(match.start(), match.end(), "number", number, number, Fraction(1, 10 ** len(decimals)), money=match["money"],
                  zeros=zeros, grouped="," in match["whole"], decimal=bool(decimals))  # fmt: skip


def _ended(text: str, found: Figure) -> Figure:
    """What follows an amount: its scale, percent or points, `in` a whole, `times`."""
    half = (
        re.compile(r" an? (?=million|billion|thousand|hundred|dozen)").match(text, found.end)
        if found.form == "fraction"
        else None
    )
    if (match := _SCALE.match(text, half.end() - 1 if half else found.end)) is not None and (
        half or found.form == "number"
    ):
        scale = SCALES[match[1] or match[2]] / (found.whole or Fraction(1))
        form, low, high = "multiple" if half else "number", found.low * scale, found.high * scale
        step = found.step * scale
        found = replace(found, end=match.end(), form=form, whole=None, low=low, high=high, step=step, scaled=True)
    if found.form == "number" and (match := _IN.match(text, found.end)) is not None and not found.money:
        whole = _amount_of_whole(text, match.end())
        if whole is not None and whole.low >= found.low > 0 and (match[0].strip() != "of" or whole.low > found.low):
            return replace(found, end=whole.end, form="part", whole=whole.low)
    if (match := _PERCENT.match(text, found.end)) is not None:
        found = replace(found, end=match.end(), points=bool(match["points"]), percent=True)
    elif found.form == "number" and (match := _TIMES.match(text, found.end)) is not None:
        found = replace(found, end=match.end(), form="multiple")
    return found


def _amount_of_whole(text: str, at: int) -> Figure | None:
    match = _DIGITS.match(text, at)
    found = _digits(match) if match else _spoken(text, at)
    usable = found is not None and found.form == "number" and not found.money and not found.decimal
    # "3 in 2019" is no share: a year is not a whole.
    year = found is not None and match is not None and 1900 <= found.low <= 2100 and not found.grouped
    tailed = found is not None and _PERCENT.match(text, found.end)
    return found if usable and not year and not tailed else None


def _ranged(text: str, first: Figure) -> Figure:
    """`60-70%`, `£3m to £4m`, `between 3 and 8%`: a second amount of the like makes a range."""
    match = _TO.match(text, first.end)
    opened = text[max(0, first.start - 9) : first.start].strip().endswith("between")
    if match is None or first.form != "number" or (match[0].strip() in ("and", "or") and not opened):
        return first
    second = _amount(text, match.end())
    if second is None or second.form != "number" or (second.money or first.money) != (first.money or second.money):
        return first
    if first.percent and not second.percent and match[0].strip() in ("to", "and"):
        return first
    if second.scaled and not first.scaled and first.low < second.low / 1000:
        factor = _factor(second, text)
        first = replace(first, low=first.low * factor, step=first.step * factor)
    if second.low <= first.low:
        return first
    money, step = first.money or second.money, max(first.step, second.step)
    return replace(second, start=first.start, form="range", low=first.low, step=step, money=money)


def _factor(figure: Figure, text: str) -> int:
    """The scale word that a figure ends in, as a number."""
    match = re.search(
        r"(hundred|thousand|million|billion|trillion|dozen|mn|bn|tn|[km])$", text[figure.start : figure.end]
    )
    return SCALES[match[1]] if match else 1


def _spoken(text: str, at: int) -> Figure | None:
    """A number, fraction or multiple in words."""
    words: list[tuple[str, int]] = []
    place = at
    while (match := _WORD.match(text, place)) is not None and len(words) < 12:
        words.append((match[0], match.end()))
        gap = re.match(r"[ -]", text[match.end() :])
        if gap is None:
            break
        place = match.end() + 1
    for length in range(len(words), 0, -1):
        found = _of_words([word for word, _ in words[:length]])
        if found is not None:
            form, number, whole = found
            step = Fraction(1)
            return Figure(at, words[length - 1][1], form, number, number, step, whole=whole, spoken=True)
    return None


def _of_words(words: list[str]) -> tuple[str, Fraction, Fraction | None] | None:
    """All of the words as one number, fraction or multiple; None where they are no such thing."""
    if len(words) == 1 and words[0] in MULTIPLES:
        return "multiple", Fraction(MULTIPLES[words[0]]), None
    last = words[-1]
    if last.endswith("fold") and len(last) > 4:
        number = _number([*words[:-1], last.removesuffix("fold")])
        return ("multiple", number, None) if number else None
    singular = "half" if last == "halves" else last.removesuffix("s")
    if singular in PARTS and (last == singular or len(words) > 1):
        before = words[:-1]
        if not before and last != "half":
            return None
        number = (
            Fraction(1) if not before or before in (["a"], ["one"]) else _number(before) if last != singular else None
        )
        if number is not None and 0 < number < PARTS[singular]:
            return "fraction", number, Fraction(PARTS[singular])
        if before[-2:] == ["and", "a"] and last == "half" and (whole := _number(before[:-2])):
            return "number", whole + Fraction(1, 2), None
        return None
    number = _number(words)
    return ("number", number, None) if number is not None else None


def _number(words: list[str]) -> Fraction | None:
    """`three hundred and five thousand` as a number."""
    total, current, seen = 0, 0, False
    for position, word in enumerate(words):
        if word in SMALL:
            if seen and current % 100 and (SMALL[word] >= 10 or current % 10):
                return None
            current, seen = current + SMALL[word], True
        elif word in ("a", "an") and position == 0 and len(words) > 1 and words[1] in POWERS:
            current, seen = 1, True
        elif word in POWERS and seen:
            if POWERS[word] in (12, 100):
                current = (current or 1) * POWERS[word]
            else:
                total, current = total + (current or 1) * POWERS[word], 0
        elif word == "and" and seen and 0 < position < len(words) - 1 and words[position - 1] in POWERS:
            continue
        else:
            return None
    return Fraction(total + current) if seen else None
