"""The functions of the claims language, over intervals.

Shares and changes are in percent, ratios plain. Interval arithmetic takes every figure as free within its rounding, so a
result is never narrower than it must be; where one figure stands twice (share, growth) the two are taken together.
Reference: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis, SIAM, 2009, ch. 2 (arithmetic).
"""

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import add as plus
from operator import mul as times
from operator import sub as minus
from operator import truediv as over

from assets.methods.interval import Interval
from assets.methods.survey import wilson_interval
from assets.statement.claims.value import Value, Window
from assets.words.wording import listed, number_of

ARITHMETIC = {"+": plus, "-": minus, "*": times, "/": over}
PERCENT = "percent"


class ArgumentsError(ValueError):
    """A function was given what it cannot work with."""


def combine(operator: str, left: Value, right: Value) -> Value:
    """left + - * / right."""
    sign = {"*": "x"}.get(operator, operator)
    before = left.words if operator in "+-" else _bracketed(left)
    made = _made(
        ARITHMETIC[operator](left.interval, right.interval),
        f"{before} {sign} {_bracketed(right)}",
        _unit(operator, left, right),
        left,
        right,
    )
    return replace(made, joined=True)


def share(values: Sequence[Value]) -> Value:
    """share(part, whole): 100 part / whole, in percent; the two are compared in window and scope."""
    part, whole = _given("share(part, whole)", values, 2)
    made = _made(100 * (part.interval / whole.interval), f"{part.words} of {whole.words}", PERCENT, part, whole)
    return replace(made, shares=(*made.shares, (part.leaves, whole.leaves)))


def part_of(values: Sequence[Value]) -> Value:
    """part_of(whole, percent): that many per cent of the whole, in its unit."""
    whole, percent = _given("part_of(whole, percent)", values, 2)
    sign = "" if "%" in percent.words else "%"
    made = whole.interval * percent.interval / 100
    return _made(made, f"{percent.words}{sign} of {whole.words}", whole.unit, whole, percent)


def per_day(values: Sequence[Value]) -> Value:
    """per_day(count, days): the count per day."""
    count, days = _given("per_day(count, days)", values, 2)
    return _made(count.interval / days.interval, f"{count.words} over {days.words} days", None, count, days)


def growth_percent(values: Sequence[Value]) -> Value:
    """growth_percent(before, after): 100 (after / before - 1)."""
    before, after = _given("growth_percent(before, after)", values, 2)
    grown = 100 * (after.interval / before.interval - 1)
    return _made(grown, f"from {before.words} to {after.words}", PERCENT, before, after)


def yearly_percent(values: Sequence[Value]) -> Value:
    """yearly_percent(percent, years): the growth of each single year that makes a growth of so many per cent."""
    total, years = _given("yearly_percent(percent, years)", values, 2)
    span = _point(years, "a number of years")
    return _made(_monotone(total.interval, lambda p: 100 * ((1 + p / 100) ** (1 / span) - 1)),
                 f"{total.words} spread over {span:g} years", PERCENT, total, years)  # fmt: skip


def power(values: Sequence[Value]) -> Value:
    """power(base, exponent): of a base that is not negative, for an exponent above 0."""
    base, exponent = _given("power(base, exponent)", values, 2)
    n = _point(exponent, "one exponent")
    if base.interval.lower < 0 or n <= 0:
        raise ArgumentsError("power(base, exponent) with a base that is not negative and an exponent above 0")
    return _made(_monotone(base.interval, lambda x: x**n), f"{_bracketed(base)}^{n:g}", None, base, exponent)


def fold(values: Sequence[Value]) -> Value:
    """fold(before, after): after / before."""
    before, after = _given("fold(before, after)", values, 2)
    return _made(after.interval / before.interval, f"{after.words} against {before.words}", None, before, after)


def ratio(values: Sequence[Value]) -> Value:
    """ratio(one, other): one / other."""
    value, other = _given("ratio(one, other)", values, 2)
    return _made(value.interval / other.interval, f"{value.words} against {other.words}", None, value, other)


def one_in(values: Sequence[Value]) -> Value:
    """one_in(n): 1 in n as a percentage."""
    (n,) = _given("one_in(n)", values, 1)
    return _made(100 / n.interval, f"1 in {n.words}", PERCENT, n)


def add(values: Sequence[Value]) -> Value:
    """sum(a, b, ...)."""
    _some("sum(a, b, ...)", values)
    total = sum((value.interval for value in values), Interval.point(0))
    return _made(total, f"{listed([value.words for value in values])} together", values[0].unit, *values)


def largest(values: Sequence[Value]) -> Value:
    """largest(a, b, ...): the largest of them."""
    _some("largest(a, b, ...)", values)
    ends = Interval.closed(max(v.interval.lower for v in values), max(v.interval.upper for v in values))
    return _made(ends, f"the largest of {listed([value.words for value in values])}", values[0].unit, *values)


def between(values: Sequence[Value]) -> Value:
    """between(low, high): anything from the lower end of the one to the upper end of the other."""
    low, high = _given("between(low, high)", values, 2)
    if low.interval.lower > high.interval.upper:
        raise ArgumentsError("between(low, high) with the low figure first")
    return _made(
        Interval.closed(low.interval.lower, high.interval.upper), f"{low.words} to {high.words}", low.unit, low, high
    )


def at_least(values: Sequence[Value]) -> Value:
    """at_least(x): x or more."""
    (x,) = _given("at_least(x)", values, 1)
    return _made(Interval.at_least(x.interval.lower), f"{x.words} or more", x.unit, x)


def at_most(values: Sequence[Value]) -> Value:
    """at_most(x): x or less."""
    (x,) = _given("at_most(x)", values, 1)
    return _made(Interval.at_most(x.interval.upper), f"{x.words} or less", x.unit, x)


def sample_lower(values: Sequence[Value]) -> Value:
    """sample_lower(percent, n): lower 95% limit (Wilson) of a share found in a simple sample of n, in percent."""
    percent, base = _given("sample_lower(percent, n)", values, 2)
    p, n = _point(percent, "one percentage") / 100, _point(base, "one sample size")
    if not 0 <= p <= 1 or n < 1:
        raise ArgumentsError("sample_lower(percent, n) with a percentage from 0 to 100 and a sample of 1 or more")
    words = f"the lower 95% limit of {percent.words}% found among {base.words}"
    return _made(Interval.point(100 * wilson_interval(p, n).lower), words, PERCENT, percent, base)


def days(start: datetime.date, end: datetime.date) -> Value:
    """days("2022-04-01", "2023-03-31"): days from the first to the last, both counted."""
    return _count((end - start).days + 1, None)


def months(start: datetime.date, end: datetime.date) -> Value:
    """months("2023-01-01", "2023-07-31"): months from the first to the last day, both counted."""
    return _count(Window(start, end).months, (start, end))


def years(start: datetime.date, end: datetime.date) -> Value:
    """years("2019-03-31", "2023-03-31"): years between two days, whole where the day of the year is one."""
    whole = end.year - start.year
    same_day = (start.month, start.day) == (end.month, end.day)
    return _count(whole if same_day else (end - start).days / 365.2425, (start, end))


Function = Callable[[Sequence[Value]], Value]
FUNCTIONS: dict[str, Function] = {
    "share": share, "part_of": part_of, "per_day": per_day, "growth_percent": growth_percent,
    "yearly_percent": yearly_percent, "power": power, "fold": fold, "ratio": ratio, "one_in": one_in, "sum": add,
    "largest": largest, "between": between, "at_least": at_least, "at_most": at_most, "sample_lower": sample_lower,
}  # fmt: skip
MOMENTS: dict[str, Callable[[datetime.date, datetime.date], Value]] = {"days": days, "months": months, "years": years}


def _made(interval: Interval, words: str, unit: str | None, *values: Value) -> Value:
    leaves = tuple(dict.fromkeys(leaf for value in values for leaf in value.leaves))
    return Value(interval, words, unit, leaves, tuple(pair for value in values for pair in value.shares))


def _unit(operator: str, left: Value, right: Value) -> str | None:
    """The unit of a sum or difference is that of its parts, that of a product the one there is."""
    if operator in "+-":
        return left.unit if left.unit == right.unit or not right.leaves else right.unit if not left.leaves else None
    return left.unit or right.unit if operator == "*" else left.unit if right.unit is None else None


def _bracketed(value: Value) -> str:
    return f"({value.words})" if value.joined else value.words


def _given(form: str, values: Sequence[Value], count: int) -> Sequence[Value]:
    if len(values) != count:
        raise ArgumentsError(f"{form}, found {number_of(len(values), 'argument')}")
    return values


def _some(form: str, values: Sequence[Value]) -> None:
    if not values:
        raise ArgumentsError(f"{form} with one argument or more")


def _point(value: Value, what: str) -> float:
    if not value.interval.is_point:
        raise ArgumentsError(f"{what}, not {value.interval}")
    return float(value.interval.lower)


def _count(value: float, between: tuple[datetime.date, datetime.date] | None) -> Value:
    if value <= 0:
        raise ArgumentsError("the earlier day first")
    words = f"{between[0]:%d %B %Y} to {between[1]:%d %B %Y}" if between else f"{value:g}"
    return Value(Interval.point(Fraction(value)), words)


def _monotone(interval: Interval, rise: Callable[[float], float]) -> Interval:
    """The image of an interval under a function that rises."""
    low, high = (end if math.isinf(end) else rise(float(end)) for end in (interval.lower, interval.upper))
    return Interval(low, high, interval.closed_lower, interval.closed_upper)
