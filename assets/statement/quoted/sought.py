"""What a number of a text may be the print of: its value, whom it counts, and of which years, by the words around it."""

import datetime
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from assets.archive.reading.periods import Period, year_before
from assets.archive.reading.periods import named as periods_in
from assets.methods.interval import Interval
from assets.statement.quoted.published_figures import PublishedFigure, Span
from assets.statement.text.base_periods import other_years, own_periods, stands_behind_its_base
from assets.statement.text.changes import TO, WENT_FROM, gives_a_change
from assets.statement.text.mentions import Mention
from assets.statement.text.nouns import are_people
from assets.statement.text.sentence import Sentence, counts, is_share
from assets.statement.text.sentences import is_of_a_span
from assets.statement.text.twos import in_twos, numbers_of
from assets.words.numerals import PrintedNumber

# How far a rate that somebody works out may be from a published one of another number of people, as a part of it: by another
# estimate of the population.
WORKED_OUT = 0.05
# A number of so many is printed in full, and one of so many one of few figures.
IN_FULL, TELLING = 1_000, 10_000
# Of so many digits all but one are hardly those of another figure by chance: 4.9% is often beside 6.9%, 12.8% not beside 22.8%.
TOLD = 3
# The widest print that tells a figure, as a part of it; and the widest that tells one beside most of what it is about.
WIDE, WIDEST = 0.1, 0.25
EVERYBODY = frozenset(["people", "adults", "persons"])
SEXES = {"women": "female", "girl": "female", "female": "female", "men": "male", "boy": "male", "male": "male"}
AGES = re.compile(
    r"(?<!\d-)\b(\d{1,2})(?:- | ?)(?:to|and|-|–)[ -]?(\d{1,2})\b|\b(\d{1,2}) (?:years )?(?:and|or) (?:over|above|older)\b"
)
# "32 arrests per 100", "the rate per 1,000 people was 2.6": these words stand near the number.
_PER = r"(?:per|in every|for every|out of every)\b(?: (?P<base>\d[\d,]*))?"
_PER_AFTER, _PER_BEFORE = (
    re.compile(rf"^(?:\s+\S+){{0,5}}?\s+\(?{_PER}"),
    re.compile(rf"\brates?\b[^.;]*?\b{_PER}|\bfor (?:every|each)\b"),
)
_AGED, _YEARS = re.compile(r"\bage[sd]?\b[a-z ]{0,16} $"), re.compile(r"[ -]years?\b")
_OTHER_CLAUSE = re.compile(r"[,;(]|\b(?:while|whilst|whereas|but)\b")
# The 12 of "in the previous 12 months" may be the next number, or be blanked as a date is.
_BEFORE = (
    r"(?:the )?(?:(?:previous|preceding|prior)(?: (?:year|12|twelve|months)\b| ?$)|year (?:before|earlier|prior)\b"
    r"|(?:12|twelve) months (?:before|earlier|prior)\b)"
)
YEAR_BEFORE, BEGINS_SO = re.compile(_BEFORE), re.compile(rf"(?:(?:in|for|during|over) )?{_BEFORE}")
# "The previous year (889,311)", "a year earlier it was 889,311".
STANDS_SO = re.compile(
    rf"{_BEFORE}(?:['’]s|,? (?:when )?(?:it|there|that)? ?w(?:as|ere)|, when(?: [a-z]+){{1,4}}| ?\(|:) ?$"
)
# What still stands in the brackets of the number before: "(1.4 million women and 751,000 men) were victims, and 51,288 cases".
_IN_ITS_BRACKETS = re.compile(r"^[^()]*\)")
# A word; "female" of a name is none, as it is no sex that is counted.
_WORD = re.compile(r"(?<![a-z])(?!female genital mutilation\b)[a-z]+")
# "Women and men", "of both sexes": everybody.
_WOMEN, _MEN = r"(?:women|girls|females?)", r"(?:men|boys|males?)"
_BOTH_SEXES = re.compile(rf"\b(?:{_WOMEN}(?: and | or |/){_MEN}|{_MEN}(?: and | or |/){_WOMEN})\b")
# "Women were four times as likely as men to have been stalked (3.0% against 0.7%)": whom they are set beside, and not counted.
_BESIDE_OTHERS = re.compile(rf"\b(?:as|more|less) [a-z]+ (?:as|than) (?:{_WOMEN}|{_MEN})\b(?!,? ?\(?$)")
# So many letters from a number they are of it.
BESIDE = 40
# Words after which the year before is what a number is more or fewer than.
AGAINST = re.compile(r"\b(?:on|from|than|with|to|since|against)(?: (?:in|the|that|of|same|period|time))* $")
# What a change is of, right behind it: "down 5% from 534", "up 13% on the 48,978".
_BASE = re.compile(r" (?:from|on|than) (?:the )?")
# Of another year than the sentence names a number may be where one of these stands in it.
_ANOTHER_YEAR = re.compile(r"\b(?:previous\w*|earlier|before|prior|preceding|last year['’]s|then)\b")

Spans = Mapping[Span, bool]  # is a period of the sentence's own, or one beside them


def is_slip(number: str, other: str) -> bool:
    """Is a whole number another one with one digit changed or two exchanged?"""
    if len(number) != len(other):
        return False
    changed = sum(digit != of_other for digit, of_other in zip(number, other, strict=True))
    return changed == 1 or (changed == 2 and sorted(number) == sorted(other))


def tells_one(value: Interval) -> bool:
    """Is a print that has both bounds so narrow that it tells a figure?"""
    return value.upper - value.lower <= WIDEST * value.upper


@dataclass(frozen=True)
class PrintedValue:
    """What a number that is printed stands for, and of how many it is so many: see `per`."""

    printed: Interval
    per: int | None

    def of(self, figure: PublishedFigure) -> Interval:
        """Of so many as a figure is: by 1/100 from "per 100,000" to "per_1000_population"."""
        return self.printed * self._times(figure)

    def is_worked_out(self, figure: PublishedFigure) -> bool:
        """Is it a rate of so many, and the figure one of so many others?"""
        return bool(self.per) and self._times(figure) != 1

    def _times(self, figure: PublishedFigure) -> Fraction:
        rate = self.per and figure.is_rate
        return Fraction(int(figure.row["unit"].split("_")[1]), self.per) if rate else Fraction(1)

    def apart(self, figure: PublishedFigure) -> float:
        """How far it is from a figure."""
        value = self.of(figure)
        return max(float(value.lower) - figure.value, figure.value - float(value.upper), 0.0)

    def is_it(self, figure: PublishedFigure) -> bool:
        """Is it a figure, or what somebody may have worked out in its place?"""
        near = self.is_worked_out(figure) and self.apart(figure) <= WORKED_OUT * figure.value
        return near or self.of(figure).meets(figure.print)

    def tells(self, figure: PublishedFigure) -> bool:
        """Is it, or the bound that it is, so near to a figure that it is no other one's, too?"""
        value = self.of(figure)
        if value.is_bounded:
            return tells_one(value)
        ends = [end for end in (value.lower, value.upper) if abs(end) != math.inf]
        return all(abs(float(end) - figure.value) <= WIDEST * figure.value for end in ends)


@dataclass(frozen=True)
class Sought(PrintedValue):
    """A number as it may be held.

    full: printed to the last digit; share: a percentage; sex: whom it counts, where that is said, and of_them: do the words
    beside it say so; aged: of what ages, where those are said; people: does it count them; spans: those that its period may be;
    dated: does the sentence name its period, and compare it with nothing
    """

    full: bool
    share: bool
    sex: str | None
    of_them: bool
    aged: frozenset[str]
    people: bool
    spans: Spans
    dated: bool = False

    def said(self, figure: PublishedFigure) -> bool | None:
        """Is the period of a figure the sentence's own, or one beside; None where it is neither. Of a month that is named, as in
        "the twelve months that ended in March 2025", it may be the last one.
        """
        return span_said(self.spans, figure)

    @cached_property
    def middle(self) -> float:
        """The number that is printed."""
        return float(self.printed.midpoint)

    @cached_property
    def _digits(self) -> tuple[float, str]:
        """What one more in its last digit is, and its digits up to that one."""
        last = float(self.printed.upper - self.printed.lower) or 1.0
        return last, f"{self.middle / last:.0f}"

    def is_slip(self, figure: PublishedFigure) -> bool:
        """Is it a figure with one digit changed or two exchanged, both told to its own last digit?"""
        last, digits = self._digits
        return len(digits) >= TOLD and is_slip(digits, f"{figure.value / last:.0f}")

    def in_unit(self, figure: PublishedFigure) -> "Sought":
        """Of so many as a figure is; as it is printed where the figure is so."""
        if not self.is_worked_out(figure) or self.printed.meets(figure.print):
            return self
        return replace(self, printed=self.of(figure))

    @property
    def wide(self) -> bool:
        """Is it rounded to much of itself?"""
        return self.printed.upper - self.printed.lower > WIDE * self.printed.upper


def sought(sentence: Sentence, mention: Mention, before: Collection[Period]) -> Sought | None:
    """A number of a sentence; None where it is too rounded to tell a figure, or money, or points, or so many a month.

    before: the periods that were named last before the sentence, which are its own where it has none
    """
    figure = mention.number
    if figure.money or figure.points or is_of_a_span(sentence, mention):
        return None
    of_how_many = per(sentence, mention)
    full = counts(mention) and _in_full(figure) and of_how_many is None
    printed = Interval.point(figure.value) if full else _rounded(sentence, mention)
    if printed is None:
        return None
    sex, of_them, people = whom(sentence, mention)
    share, named = is_share(mention), own_periods(sentence.printed, mention.start - sentence.start)
    spans = spans_of(sentence, mention, named or before, before)
    dated = bool(named) and _is_alone(sentence, mention)
    people &= not share and of_how_many is None
    aged = _aged(sentence, mention)
    return Sought(printed, of_how_many, full, share, sex, of_them, aged, people, spans, dated)


def per(sentence: Sentence, mention: Mention) -> int | None:
    """Of how many a number is so many, by the words beside it; None where of none, 0 where that is not said in digits."""
    since, until = sentence.beside(mention)
    match = _PER_AFTER.match(until.casefold()) or _PER_BEFORE.search(since.casefold())
    return int((match["base"] or "0").replace(",", "")) if match else None


def ages(text: str) -> frozenset[str]:
    """The ages that a sentence names, as the tables of facts do: "16 to 59" is 16-59, "16 and over" is 16+."""
    return frozenset(f"{match[1]}-{match[2]}" if match[1] else f"{match[3]}+" for match in AGES.finditer(text))


def may_be_aged(age: str, said: Collection[str]) -> bool:
    """May a number be of people of some age: of one that is said, or where none is, of all from one on?"""
    return age in said or not age[:1].isdigit() or (not said and age.endswith("+"))


def _aged(sentence: Sentence, mention: Mention) -> frozenset[str]:
    """The ages that a number's own words give it: those behind it, or else, of the first that says of nobody itself that it is of
    them, those before it; in brackets those just before it.
    """
    since, until = (printed.casefold() for printed in sentence.beside(mention))
    if since.endswith("(") and (named_before := _surely_ages(since)):
        return named_before
    until = _OTHER_CLAUSE.split(until, maxsplit=1)[0]
    first = mention is sentence.figures[0] and not are_people(until.split()[:3])
    return _surely_ages(until) or (_surely_ages(since) if first else frozenset())


def _surely_ages(text: str) -> frozenset[str]:
    """The ages that a text in small letters calls so."""
    sure = (
        match[0]
        for match in AGES.finditer(text)
        if match[3] or _AGED.search(text[: match.start()]) or _YEARS.match(text, match.end())
    )
    return ages(" ".join(sure))


def _is_alone(sentence: Sentence, mention: Mention) -> bool:
    """Is a number the only one of its sentence, which compares it with no other year?"""
    return not (
        {*numbers_of(sentence).values()} - {mention}
        or AGAINST.search(sentence.around(mention)[0])
        or _ANOTHER_YEAR.search(sentence.text.casefold())
    )


def span_said(spans: Spans, figure: PublishedFigure) -> bool | None:
    """See `Sought.said`."""
    start, end = figure.span
    return max((spans[span] for span in ((start, end), (end.replace(day=1), end)) if span in spans), default=None)


def spans_of(sentence: Sentence, mention: Mention, own: Collection[Period], before: Collection[Period]) -> Spans:
    """For each number, since "the previous 12 months - the year to March 2024" names the year before those named last, and
    victims "of abuse in the previous year" are those of the year of a survey: far from the number, the words do not tell. What
    something rose from is of the year before, but where its own stands behind it.
    """
    now = {_span(period) for period in own}
    earlier = {_span(year_before(period)) for period in own}
    since, until = sentence.around(mention)
    place = sentence.figures.index(mention)
    fell_from = place and _BASE.fullmatch(since) and gives_a_change(sentence, sentence.figures[place - 1])
    changed_from = since.rstrip().endswith("from") and until.strip() == "to"
    at = mention.start - sentence.start
    dated = periods_in(sentence.beside(mention)[1]) or stands_behind_its_base(sentence.printed, at)
    went_from = (fell_from or changed_from or WENT_FROM.search(since)) and len(now) == 1 and not dated
    if STANDS_SO.search(since) or went_from:
        return dict.fromkeys(now, False) | dict.fromkeys(earlier, True)
    year_before_named = None if STANDS_SO.search(until) else YEAR_BEFORE.search(until)  # that of the next number
    begins = bool(BEGINS_SO.match(sentence.text.casefold().lstrip()))
    if begins or (year_before_named and not AGAINST.search(until[: year_before_named.start()])):
        named_so = now & {_span(year_before(period)) for period in before}
        far = not begins and year_before_named is not None and year_before_named.start() > BESIDE
        last = {_span(year_before(period)) for period in before} if not begins else set()
        return dict.fromkeys(now, far) | dict.fromkeys(earlier | named_so | last, True)
    return dict.fromkeys({_span(period) for period in before} | earlier, False) | dict.fromkeys(now, True)


def calendar_year(sentence: Sentence, mention: Mention) -> Span | None:
    """First and last day of the one year that is named behind a number, or else beside it or in its sentence, with no month: "in
    2024".
    """
    texts = (sentence.beside(mention)[1].split(",")[0], sentence.own(mention), sentence.printed)
    years = next(filter(None, map(other_years, texts)), set[int]())
    return (datetime.date(min(years), 1, 1), datetime.date(max(years), 12, 31)) if len(years) == 1 else None


def _span(period: Period) -> Span:
    return period.start, period.end


def _in_full(figure: PrintedNumber) -> bool:
    """Was it printed to the last digit?"""
    plain = figure.side == "plain" and not (figure.scaled or figure.decimal or figure.spoken)
    return plain and figure.low >= IN_FULL and figure.zeros < 2


def _rounded(sentence: Sentence, mention: Mention) -> Interval | None:
    values = sentence.values(mention)
    if not values or not values[0].is_bounded or mention.number.form != "number":
        return None
    return values[0] if tells_one(values[0]) else None


def whom(sentence: Sentence, mention: Mention) -> tuple[str | None, bool, bool]:
    """Which sex a number counts, do its words say so, and are they people: by the word that it stands with where the sentence
    goes in twos ("women 1.7 million, men 699,000"); else by the words up to the next number, or else, and first in brackets,
    by those since the last. What "to" joins, as in "of women from 14.0% to 12.8%", is of the same people.
    """
    since, until = sentence.around(mention)
    since = _BESIDE_OTHERS.sub(" ", _IN_ITS_BRACKETS.sub("", since))
    beside = re.findall("[a-z]+", until)
    people = are_people(beside[:2])
    twos = _sexes_in_twos(sentence)
    if mention in twos:
        return twos[mention] or None, bool(twos[mention]), people
    again = since.strip() == "(" and mention is not sentence.figures[0]  # "one woman in eight (12.8%)"
    told = sentence.figures[sentence.figures.index(mention) - again]
    own = f"{sentence.around(told)[0] if again else ''} {told.text.casefold()}"
    until = until.partition(";")[0]
    texts = (own, since, until) if since.endswith("(") else (own, until, since)
    sex = next((sex for text in texts for sex in sexes(text)), None)
    if sex is None and mention in sentence.figures[1:]:
        start = sentence.figures[sentence.figures.index(mention) - 1]
        sex = whom(sentence, start)[0] if TO.match(sentence.between(start, mention)) else None
    return sex, bool({*sexes(" ".join(beside[:4]))}), people


@lru_cache(maxsize=1_000)  # a sentence is asked for each of its numbers
def _sexes_in_twos(sentence: Sentence) -> Mapping[Mention, str]:
    return in_twos(numbers_of(sentence), _people(sentence.text.casefold()))


def _people(text: str) -> dict[int, str]:
    """The sexes that a text in small letters says, by where; empty for everybody. Of "women and girls" the first."""
    said: dict[int, str] = {}
    for match in _WORD.finditer(text):
        sex = "" if match[0] in EVERYBODY else _sex(match[0])
        if sex is not None and not (
            said and said[max(said)] == sex and not re.search(r"\d", text[max(said) : match.start()])
        ):
            said[match.start()] = sex
    return said


def sexes(text: str) -> list[str]:
    """The sexes that a text in small letters says, in order."""
    return [*filter(None, map(_sex, _WORD.findall(_BOTH_SEXES.sub(" ", text))))]


def _sex(word: str) -> str | None:
    return SEXES.get(word) or SEXES.get(word.removesuffix("s"))
