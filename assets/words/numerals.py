"""A grammar of figures as texts print them: "up to 30%", "at least £4.2m", "almost fourfold", "60-70%", "nine out of ten".

    figure   = hedge* amount [scale] [percent | points] [after]
    amount   = range | part "in" whole | fraction in words | multiple in words | digits | number in words | multitude
    hedge    = "at least", "over", "up to", "under", "nearly", "just over", "around", ">" ...
    after    = "or more", "or fewer", "plus", "+"
    multitude = "hundreds", "tens of thousands": at least one of them (ten of them)

`figure_at` reads one figure where it begins, `figures_in` every figure of a text. Nothing is guessed: what the grammar does not
reach is no figure, and a caller that must have read the whole of a text compares the ends.
"""

import re
import unicodedata
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
_PARTS = ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
PARTS = {word: number for number, word in enumerate(_PARTS, start=2)}
_STEMS = {"doubl": Fraction(2), "tripl": Fraction(3), "trebl": Fraction(3), "quadrupl": Fraction(4), "quintupl": Fraction(5),
          "halv": Fraction(1, 2)}  # fmt: skip
MULTIPLES = {f"{stem}{ending}": times for stem, times in _STEMS.items() for ending in ("e", "ed", "es", "ing")}
MULTIPLES |= {"twice": Fraction(2), "thrice": Fraction(3)}
MULTITUDES = {"dozens": 12, "hundreds": 100, "thousands": 1_000, "millions": 10**6, "billions": 10**9}
GROUPS = {"tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1_000}
# What stands before a figure -> on which side of it the truth lies.
_MUCH = "(?:(?:well|far|significantly) )?"
HEDGES = {
    "at_least": "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|≥|>=",
    "above": f"{_MUCH}(?:more than|over|above)|in excess of|exceed(?:s|ed|ing)?|greater than|upwards of|north of|beyond|"
    "topp(?:ed|ing)|>",
    "at_most": "at most|no more than|not more than|not exceeding|up to|a maximum of|maximum of|as many as|as much as|"
    "as high as|≤|<=",
    "below": f"{_MUCH}(?:less than|fewer than|under|below)|<",
    "near_below": "just under|just below|just less than|just fewer than|just short of|just shy of|shy of|nearly|almost|"
    "approaching|(?:slightly|marginally|a little|fractionally) (?:under|below|less than|fewer than)",
    "near_above": "just over|just above|just more than|(?:slightly|marginally|a little|fractionally) (?:over|above|more than)",
    "near": "close to",
    "rounded": "around|about|approximately|approx\\.?|roughly|(?:somewhere )?in the region of|[io]n the order of|some|"
    "an estimated|estimated|circa|c\\.|~|as few as|as little as|as low as|only|just|exactly",
}
_HEDGE = [(side, re.compile(rf"(?:{phrases})(?![a-z=])\s*")) for side, phrases in HEDGES.items()]
_AFTER = {
    "at_least": re.compile(r"\+(?!\d)|[\s-]plus(?![a-z])|\sor\s(?:more|over|above|higher)(?![a-z])"),
    "at_most": re.compile(r"\sor\s(?:fewer|less|under|below|lower)(?![a-z])"),
}
_DIGITS = re.compile(
    r"(?P<sign>(?<![\w)])-)?\+?(?P<money>[£$€])?\s?(?:(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?\.(?P<decimals>\d+)"
    r"|(?P<mixed>\d+)?\s?(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅛⅜⅝⅞])|(?P<plain>\d{1,3}(?:,\d{3})+|\d+))"
)
_SCALE = re.compile(r"(?:\s?-?(hundred|thousand|million|billion|trillion|dozen)|\s?(mn|bn|tn|[km]))(?![a-z0-9])")
_PERCENT = re.compile(
    r"[\s-]?(?P<points>percentage[\s-]points?|(?:%|per ?cent) points?|pp(?![a-z]))|\s?(?P<percent>%|per ?cent\b|percent\b|pc\b)"
)
_IN = re.compile(r"[\s-](?:in|out[\s-]of|of|for)[\s-](?:(?P<all>the|all)\s|every\s)?")
_TO = re.compile(r"\s?(?:-|–|—)\s?(?=[£$€\d])|\s(?:to|and|or)\s(?:as (?:many|much) as\s)?")
_TIMES = re.compile(r"(?:\s|-)?fold(?:ed)?\b|\stimes\b|x(?![a-z0-9])")
# "Was recorded 1,234 times" is a count; "1,234 times as many" is none.
_OFTEN, MANY_TIMES = re.compile(r"\stimes\b(?!\s(?:as|the|that|more|less|higher|greater|larger|bigger|over)\b)"), 1_000
_COUNTS = re.compile(r"(?<!out) of (?!every)")
_FACTOR = re.compile(r"(?:by )?(?:a )?factor of ")
_OF_ONE = re.compile(r"\s(?:of\s)?an?\s(?=million|billion|thousand|hundred|dozen)")
_OF_A_PERCENT = re.compile(
    r"\s(?:(?:of\s)?an?\s|of\s(?:one|1)\s?(?=%|per))(?P<points>percentage point)?(?:%|per ?cent\b)?"
)
_CURRENCY = re.compile(r"\s(?P<name>pounds|dollars|euros)\b")
_CURRENCIES = {"pounds": "£", "dollars": "$", "euros": "€"}
# What stands before "from a to b" where it is a range; elsewhere it is a change, and two figures.
_RANGING = re.compile(r"(?:rang\w+|var\w+|anywhere|anything|somewhere|between|spread)\s$")
_FROM, _OPENED = re.compile(r"from\s"), re.compile(r"between\s|from\s")
_MOVED = re.compile(r"\bfrom\s(?:[a-z]+\s){0,3}$")
# "By 2,000 to 3,000" is a range; what is so many times a rise is what it led to.
_BY, BY_ITSELF = re.compile(r"\bby\s(?:[a-z]+\s){0,2}$"), 3
_NAMES_A_YEAR = re.compile(r"\b(?:in|during|since|for|year|of)\s$")
_WORD = re.compile(r"[a-z]+")
_PLAIN = {"’": "'", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "‑": "-", "−": "-", "\t": " ", "\n": " ",
          "\N{THIN SPACE}": " "}  # fmt: skip
_GROUPED = re.compile(r"(?<=\d)[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}](?=\d{3}(?!\d))")
_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")  # "12 345": the text may have any space between thousands
_RAISED_POINT = re.compile(r"(?<=\d)·(?=\d)")
_SPACES = re.compile(rf"({_GROUPED.pattern})|\s+")


@dataclass(frozen=True)
class PrintedNumber:
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


def plain_letters(text: str) -> str:
    """The text in small letters with plain spaces, dashes and apostrophes; one character for one."""
    grouped = _RAISED_POINT.sub(".", _GROUPED.sub(",", text))
    return "".join(_PLAIN.get(letter, letter.lower() if len(letter.lower()) == 1 else letter) for letter in grouped)


def one_line(text: str) -> str:
    """One plain space for every run of white space, but those between the thousands of a number, which make it one number."""
    return _SPACES.sub(lambda match: match[1] or " ", text).strip()


def figure_at(text: str, start: int = 0) -> PrintedNumber | None:
    """The figure that begins at a place of a `plain` text, as long as it goes; None where none begins."""
    side, at = _hedged(text, start)
    factor = _FACTOR.match(text, at)
    opened = _OPENED.match(text, at)
    figure = _amount(text, max((found_end.end() for found_end in (factor, opened) if found_end), default=at))
    if figure is None or (factor and figure.form != "number"):
        return None
    figure = replace(figure, form="multiple") if factor else _ranged(text, figure, bool(opened))
    if opened and figure.form != "range":
        return None
    for after, pattern in _AFTER.items():
        if side in ("plain", "rounded") and figure.side == "plain" and (match := pattern.match(text, figure.end)):
            figure, side = replace(figure, end=match.end()), after
    return replace(figure, start=start, side=figure.side if side == "plain" else side)


def figure_read(text: str) -> PrintedNumber:
    """The whole of a text as one figure; ValueError says what cannot be read."""
    if (digits := _DIGITS.fullmatch(text)) and (figure := _digits(digits)):  # most are that, and quicker so
        return figure
    flat = _GROUPS.sub(",", " ".join(plain_letters(text).split()))
    if sum(letter.isdigit() for letter in flat) > LONGEST:
        raise ValueError(f"a number of at most {LONGEST} digits")
    whole = figure_at(flat)
    if whole is None:
        raise ValueError("no number can be read in it")
    if whole.end != len(flat):
        raise ValueError(f"after {flat[: whole.end]!r}, {flat[whole.end :].strip()!r} cannot be read")
    return whole


def figures_in(text: str) -> Iterator[PrintedNumber]:
    """Every figure of a text, from left to right, each at its longest."""
    flat, at = plain_letters(text), 0
    for word in re.finditer(
        r"(?<![\w.,£$€<>])(?:(?<![)\d%] )(?<!\d)[-+])?(?:[<>]=?\s?|[≤≥~]\s?)?(?:[£$€]\s?)?(?:\w|\.\d)", flat
    ):
        if word.start() < at or (_FROM.match(flat, word.start()) and not _RANGING.search(flat, 0, word.start())):
            continue
        figure = figure_at(flat, word.start())
        # "412 of the 1,248" are two counts, "nine out of ten" is one share; read alone ("12 of 43") it is a share too.
        if figure is not None and figure.form == "part" and (of := _COUNTS.search(flat, figure.start, figure.end)):
            figure = figure_at(flat[: of.start()], figure.start)
        if figure is not None:
            at = figure.end
            yield figure


def _hedged(text: str, at: int) -> tuple[str, int]:
    """Hedges before a figure: the first decides ("more than around" is more)."""
    first = "plain"
    for _ in range(0 if text[at : at + 1].isdigit() else 3):
        matches = [(side, match) for side, pattern in _HEDGE if (match := pattern.match(text, at))]
        if not matches:
            break
        side, match = max(matches, key=lambda sided: sided[1].end())
        at, first = match.end(), side if first in ("plain", "rounded") else first
    return first, at


def _amount(text: str, at: int) -> PrintedNumber | None:
    """One amount with its scale and its sign of percent."""
    if (match := _DIGITS.match(text, at)) is not None:
        figure = _digits(match)
        if figure is None or re.match(r"\d|,\d|[a-z]*\d", text[match.end() : match.end() + 3]):
            return None
    else:
        figure = _spoken(text, at)
        if figure is None:
            return None
    return _ended(text, figure)


def _digits(match: re.Match[str]) -> PrintedNumber | None:
    printed = match["whole"] or match["plain"] or match["mixed"] or "0"
    whole, decimals = printed.replace(",", ""), match["decimals"] or ""
    if len(whole) + len(decimals) > LONGEST:
        return None
    part = Fraction(unicodedata.numeric(match["vulgar"])).limit_denominator(10) if match["vulgar"] else Fraction(0)
    number = (Fraction(int(whole + decimals), 10 ** len(decimals)) + part) * (-1 if match["sign"] else 1)
    if part and not int(whole):
        return PrintedNumber(match.start(), match.end(), "fraction", Fraction(part.numerator), Fraction(part.numerator),
                             Fraction(1), whole=Fraction(part.denominator), money=match["money"])  # fmt: skip
    zeros = 0 if decimals or part or not whole.strip("0") else len(whole) - len(whole.rstrip("0"))
    step = Fraction(1, 2 if part else 10 ** len(decimals))
    return PrintedNumber(match.start(), match.end(), "number", number, number, step, money=match["money"],
                         zeros=zeros, grouped="," in printed, decimal=bool(decimals or part))  # fmt: skip


def _ended(text: str, figure: PrintedNumber) -> PrintedNumber:
    """What follows an amount: its scale, percent or points, `in` a whole, `times`."""
    half = _OF_ONE.match(text, figure.end) if figure.form == "fraction" else None
    if (match := _SCALE.match(text, half.end() - 1 if half else figure.end)) is not None and (
        half or figure.form == "number"
    ):
        scale = SCALES[match[1] or match[2]] / (figure.whole or Fraction(1))
        form, low, high = "multiple" if half else "number", figure.low * scale, figure.high * scale
        step = figure.step * scale
        figure = replace(figure, end=match.end(), form=form, whole=None, low=low, high=high, step=step, scaled=True)
    if figure.form == "number" and (match := _IN.match(text, figure.end)) is not None and not figure.money:
        whole = _amount_of_whole(text, match.end())
        larger = whole is not None and whole.low > figure.low > (1 if match["all"] else 0)
        if whole is not None and (
            larger or (match[0].strip() != "of" and not match["all"] and whole.low == figure.low > 0)
        ):
            return replace(figure, end=whole.end, form="part", whole=whole.low)
    if figure.form == "fraction" and (match := _OF_A_PERCENT.match(text, figure.end)) and re.search("%|cent", match[0]):
        return replace(figure, end=match.end(), percent=True, points=bool(match["points"]), form="multiple",
                       low=figure.value, high=figure.value, whole=None)  # fmt: skip
    if (match := _CURRENCY.match(text, figure.end)) is not None and not figure.money:
        return replace(figure, end=match.end(), money=_CURRENCIES[match["name"]])
    if (match := _PERCENT.match(text, figure.end)) is not None:
        figure = replace(figure, end=match.end(), points=bool(match["points"]), percent=True)
    elif figure.form == "number" and (match := _TIMES.match(text, figure.end)) is not None:
        often = figure.low >= MANY_TIMES and _OFTEN.match(text, figure.end)
        figure = figure if often else replace(figure, end=match.end(), form="multiple")
    return figure


def _amount_of_whole(text: str, at: int) -> PrintedNumber | None:
    match = _DIGITS.match(text, at)
    figure = _digits(match) if match else _spoken(text, at)
    usable = figure is not None and figure.form == "number" and not figure.money and not figure.decimal
    # "3 in 2019" is no share: a year is not a whole.
    year = figure is not None and match is not None and 1900 <= figure.low <= 2100 and not figure.grouped
    tailed = figure is not None and _PERCENT.match(text, figure.end)
    return figure if usable and not year and not tailed else None


def _ranged(text: str, first: PrintedNumber, opened: bool) -> PrintedNumber:
    """`60-70%`, `£3m to £4m`, `between 3 and 8%`: a second amount of the like makes a range; after "rose from" it does not."""
    match, before = _TO.match(text, first.end), text[max(0, first.start - 60) : first.start]
    between = before.strip().endswith("between")
    if match is None or first.form != "number" or (match[0].strip() in ("and", "or") and not between):
        return first
    moved = None if opened else _MOVED.search(before)
    if moved and not _RANGING.search(before, 0, moved.start()):
        return first
    second = _amount(text, match.end())
    if second is None or second.form != "number" or (second.money or first.money) != (first.money or second.money):
        return first
    if _BY.search(before) and not second.percent and second.low >= BY_ITSELF * first.low:  # "rose by 13,000 to 54,000"
        return first
    a_year = 1900 <= first.low <= 2100 and not (first.grouped or first.scaled) and _NAMES_A_YEAR.search(before)
    if a_year and (second.grouped or second.scaled):  # "from 5,845 in 2023 to 6,060 in 2024"
        return first
    if first.points and not second.points:  # "by 2 percentage points to 12%"
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


def _factor(figure: PrintedNumber, text: str) -> int:
    """The scale word that a figure ends in, as a number."""
    match = re.search(rf"({'|'.join(SCALES)})$", text[figure.start : figure.end])
    return SCALES[match[1]] if match else 1


def _spoken(text: str, at: int) -> PrintedNumber | None:
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
        spoken, end = [word for word, _ in words[:length]], words[length - 1][1]
        if (many := _many(spoken)) is not None:
            return PrintedNumber(at, end, "number", many, many, Fraction(1), side="at_least", spoken=True)
        # "Quarter of a million": without an article only before what it is a part of.
        value = _of_words(["a", *spoken] if length == 1 and spoken[0] in PARTS and _OF_ONE.match(text, end) else spoken)
        if value is not None:
            form, number, whole = value
            step = _step_said(spoken) if form == "number" else Fraction(1)
            return PrintedNumber(at, end, form, number, number, step, whole=whole, spoken=True, scaled=step > 1)
    return None


def _step_said(words: list[str]) -> Fraction:
    """What one unit of the last word is worth: "two million" is told to a million, "seventy thousand" to ten
    thousand, "a million and a half" to half of one.
    """
    last, part = (words[-4], 2) if words[-3:] == ["and", "a", "half"] and len(words) > 3 else (words[-1], 1)
    if POWERS.get(last, 1) < 1_000:
        return Fraction(1)
    tens = 10 if len(words) == 2 and words[0] in _TENS else 1
    return Fraction(POWERS[last] * tens, part)


def _many(words: list[str]) -> Fraction | None:
    """The least that "hundreds", "tens of thousands" can be."""
    if len(words) == 3 and words[0] in GROUPS and words[1] == "of" and words[2] in MULTITUDES:
        return Fraction(GROUPS[words[0]] * MULTITUDES[words[2]])
    return Fraction(MULTITUDES[words[0]]) if len(words) == 1 and words[0] in MULTITUDES else None


def _of_words(words: list[str]) -> tuple[str, Fraction, Fraction | None] | None:
    """All of the words as one number, fraction or multiple; None where they are no such thing."""
    if len(words) == 1 and words[0] in MULTIPLES:
        return "multiple", MULTIPLES[words[0]], None
    last = words[-1]
    if last.endswith("fold") and len(last) > 4:
        number = _number([*words[:-1], last.removesuffix("fold")])
        return ("multiple", number, None) if number else None
    singular = "half" if last == "halves" else last.removesuffix("s")
    if singular in PARTS and (last == singular or len(words) > 1):
        before = words[:-1]
        if not before and last != "half":
            return None
        number = _number(before) if last != singular else None
        if not before or before in (["a"], ["an"], ["one"]):
            number = Fraction(1)
        if number is not None and 0 < number < PARTS[singular]:
            return "fraction", number, Fraction(PARTS[singular])
        if before[-2:] == ["and", "a"] and last == "half" and (whole := _number(before[:-2])):
            # "A million and a half" is half a million more; "one and a half" half of one.
            return "number", whole + Fraction(POWERS.get(before[-3], 1), 2), None
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
