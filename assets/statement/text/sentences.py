"""What the figures of a sentence say of each other where its words tie them: a change, a share, a total, a rate of time.

Only what the words tie is worked out: "from A to B, a rise of P%", "A of B (P%)", "A, B and C, together D", "N a year, or D a
day", "P% ... and the remaining Q%". Each print stands for its interval (see `figures`), and a sentence does not work out where no
values within its prints agree. Counts without a hedge are rounded no further than the roundest digits that all of them print.
A sentence that goes on from one count ("This is up 10% on ...", "Of these, ...") is tied to it. What is not tied so is left to
a claims file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from assets.methods.interval import Interval
from assets.statement.text.changes import gives_a_change
from assets.statement.text.mentions import Mention
from assets.statement.text.nouns import unit_behind
from assets.statement.text.sentence import Sentence, Worked, counts, interval_told, is_share
from assets.statement.text.ties import LISTED, NO_LIST, OF_A_SHARE, change_of_two, held_against, ties

_TOGETHER = re.compile(
    r"\b(?:together|altogether|in total|in all|a (?:combined )?total of|totall?ing|mak(?:ing|es)|adding up to|giv(?:ing|es)"
    r"|which totals|(?:bring|tak)ing the total to)"
    r"[,:]? ?(?:(?:they|these|those|this) )?"
    r"(?:a total of |make (?:up )?|made (?:up )?|came to |come to |amount(?:ed)? to )?$"
)
_TOTAL = re.compile(r"\b(?:total of|in total|altogether|in all|overall),? $")
_IN_TOTAL = re.compile(r"^(?: [a-z-]+){0,4} (?:in total|altogether|in all|combined)\b")
_LISTED = re.compile(r"^[^.;\d]{0,60}(?:[:–—(]| comprising| consisting of| made up of)[^.;\d]{0,30}$")
_OTHERS = re.compile(r"^ (?:were )?others?\b")
# Both sexes behind a number of people: "2.3 million (1.6 million women and 712,000 men)", "of whom ... and ...".
_WOMEN, _MEN = (re.compile(rf"^ (?:were |are )?(?:{names})\b") for names in ("women|girls|females?", "men|boys|males?"))
_BRACKET, _OF_WHOM = re.compile(r"^[^.;()\d]{0,90}\($"), re.compile(r"\bof (?:whom|them|these)[, ]+$")
# How many of a span a year has.
_SPANS = {
    "second": (31_536_000, 31_622_400), "minute": (525_600, 527_040), "hour": (8_760, 8_784), "day": (365, 366),
    "week": (52, 53), "month": (12, 12),
}  # fmt: skip
# "One every seven minutes", "that is a crime every 35 seconds".
_EVERY = re.compile(
    r"(?:\bone|(?:\bthat is|\bor|[:–—(-]|equivalent to|equates to) ?an? [a-z ]{1,40}) every (?:roughly |about |around )?$"
)
_SPAN = re.compile(r"^ (second|minute|hour|day)s\b")
_EACH = re.compile(
    r"^(?P<what>(?: [a-z-]+){0,4}?) "
    r"(?:(?:an?|per|every|each|in a(?: single)?) (?P<span>day|week|month|hour)|(?P<daily>daily)|weekly)\b"
)
# "Every day 573 were recorded": such a number is of no year.
OF_A_SPAN = re.compile(r"\b(?:an?|per|every|each) (?P<span>day|week|month|hour)\b|\b(?P<daily>daily)\b", re.IGNORECASE)
# The words of a span, of which in a sentence of figures that are held nothing else is said.
_SAID = re.compile(r"\b(?:an?|per|every|each|in a(?: single)?) (day|week|month|hour)\b|\b(?:daily)\b")
_EVERY_ONE = re.compile(r"\b(?:an?|one|once)\b[a-z -]{0,120}\bevery (?:roughly |about |around )?$")
_EVERY_SO_MANY = re.compile(r"\bevery (?:roughly |about |around )?$")
_CLAUSE = re.compile(r"[,;:(–—]| - ")
SPAN_SAID = re.compile(
    rf"{_SAID.pattern}|\b(?:one|once)\b|\b(?:on |an )?average(?: of)?\b|\bevery +(?:{'|'.join(_SPANS)})s\b"
)
_EQUATES = re.compile(
    r"(?:equat\w+ to|equivalent to|that is|that's|which is|i\.e\.|\bor|works out (?:at|to)|amounts? to) (?:an average of )?$"
)
_BESIDE = re.compile(r"(?:[,(:–—-]|averag\w+|average of|meaning) ?(?:an average of )?$")
# A sentence that goes on from the count of the one before it, and one about a part of that count.
SAME_SUBJECT = re.compile(
    r"^\W*(?:this|that|these|it|which)\b[^.;\d]{0,30}(?:equat|equivalent|averag|work|amount|mean)"
    r"|^\W*(?:this|that|it)(?: figure| number| total)? (?:is|was|represent|mark|compar|rose|fell)"
)
_OF_THESE = re.compile(r"^\W*(?:of (?:these|those|them|(?:this|that|the) total)|the (?:remaining|other))\b")
MOST_SHARES = 6
ALONE = Interval.point(1)
# What a share of a share comes to: "20% of the 37%, or 7% of all crime", "half of that (18%)".
_OF_THE, _COMES_TO = (
    re.compile(r"^ of (?:the |that |this )?$"),
    re.compile(r"(?:\(|\b(?:or|that is|i\.e\.|is|equals)[ ,]*)$"),
)
_WHOLE = re.compile(r"^ of (?:(?:the|all|total|every|this|that) )*(?P<name>[a-z]*)")
_REST = re.compile(r"\b(?:remaining|remainder|the rest)\b[^.;\d]{0,20}$")


def worked_out(block: Iterable[Sentence], subject: Mention | None = None) -> tuple[list[Worked], Mention | None]:
    """What the sentences of a block let be worked out, and the one count that the next block may go on from.

    subject: the one that this block may go on from
    """
    worked_out: dict[int, Worked] = {}
    last: Sentence | None = None
    for sentence in block:
        goes_on, of_these = SAME_SUBJECT.match(sentence.text), _OF_THESE.match(sentence.text)
        compared = change_of_two(sentence, last) if last and goes_on else ()
        before, last = last, sentence
        if not goes_on and not of_these:
            own = [mention for mention in sentence.figures if counts(mention)]
            subject = own[0] if len(own) == 1 and not OF_A_SPAN.search(sentence.text) else None
        for result in (
            *ties(sentence, subject if goes_on else None, subject if of_these else None),
            *compared,
            *_totals(sentence),
            *_rests(sentence, before),
            *_of_shares(sentence, before),
            *_rates(sentence, subject if goes_on else None),
        ):
            worked_out.setdefault(result.start, result)
    return sorted(worked_out.values(), key=lambda worked: worked.start), subject


def _rests(sentence: Sentence, last: Sentence | None) -> Iterator[Worked]:
    """ "40% were ..., 35% ... and the remaining 25%": those before it and it are the whole.

    Where some of them and it come to the whole, or to a share before them ("a rise of 37%: 10% ..., the remaining 27%"), the
    others are of something else; and a change is no part of a whole.
    """
    shares = _shares(sentence)
    for place, mention in enumerate(shares):
        if not place or not _REST.search(sentence.before(mention)):
            continue
        [*values, rest] = sentence.values(*shares[: place + 1]) or [Interval.point(100)]
        wholes = [Interval.point(100), *values, *((last and last.values(*_shares(last))) or ())]
        some = (sum(part, rest) for count in range(1, place + 1) for part in combinations(values[:MOST_SHARES], count))
        found = _summed(sentence, mention, shares[: place + 1], Interval.point(100))
        of_a_change = any(gives_a_change(sentence, share) for share in shares[:place])
        of_another = of_a_change or any(whole.meets(total) for total in some for whole in wholes)
        yield from (worked for worked in found if worked.holds or not of_another)


def _of_shares(sentence: Sentence, last: Sentence | None) -> Iterator[Worked]:
    """A share of a share that is told before or behind it: "37% of crime was .... Half of that, or 18% of all crime, was ..."."""
    told = [each for each in (last.figures if last else ()) if is_share(each)]
    figures = sentence.figures
    for place, part in enumerate(figures[:-1]):
        behind, gap = figures[place + 1 :], sentence.between(part, figures[place + 1])
        whole, again = (behind[0], behind[1:2]) if _OF_THE.match(gap) else (None, behind[:1])
        if OF_A_SHARE.match(gap):
            earlier = [each for each in figures[:place] if is_share(each)] or told
            whole = earlier[0] if len(earlier) == 1 else None
        if not (
            whole
            and again
            and all(map(is_share, (part, whole, *again)))
            and _COMES_TO.search(sentence.before(again[0]))
        ):
            continue
        values, of = sentence.values(part, whole), sentence if whole in figures else last
        names = [_WHOLE.match(where.after(share)) for where, share in ((sentence, again[0]), (of, whole)) if where]
        if len(values) == 2 and (not names[0] or (names[1] and names[0]["name"] in ("", names[1]["name"]))):
            left = values[0] * values[1] / Interval.point(100)
            yield from held_against(sentence, again[0], left, f"{part.text} of {whole.text}", (part, whole))


def _shares(sentence: Sentence) -> list[Mention]:
    return [each for each in sentence.figures if each.number.percent and each.number.form == "number"]


# --- parts that are added up ----------------------------------------------------------------------------------------------------


def _totals(sentence: Sentence) -> Iterator[Worked]:
    for place, total in enumerate(sentence.figures):
        if _TOGETHER.search(sentence.before(total)) or _IN_TOTAL.match(sentence.after(total)):
            yield from _added(sentence, total, sentence.figures[:place])
        if _both_sexes(sentence, total, pair := sentence.figures[place + 1 : place + 3]):
            yield from _of_either(sentence, place, pair)
        parts = sentence.figures[place + 1 :]
        gap = sentence.between(total, parts[0]) if parts else ""
        if _LISTED.match(gap) and (_TOTAL.search(sentence.before(total)) or _OTHERS.match(sentence.after(parts[-1]))):
            made = [*_added(sentence, total, parts)]
            earlier = [mention for mention in sentence.figures[:place] if counts(mention)]
            # "A total of 2,949, up from 2,755: 111 ..." is made of the first.
            if not any(worked.holds for whole in earlier for worked in _made_of(sentence, whole, parts)):
                yield from made


def _both_sexes(sentence: Sentence, total: Mention, pair: Sequence[Mention]) -> bool:
    """Are two figures, alone in brackets behind a third or "of whom", women and men?"""
    if len(pair) < 2 or not counts(total, *pair):
        return False
    gap, (first, second) = sentence.between(total, pair[0]), (sentence.after(mention) for mention in pair)
    closed = r"\)" if _BRACKET.match(gap) else r"(?:[.,;]|$)" if _OF_WHOM.search(gap) else None
    return bool(
        ((_WOMEN.match(first) and _MEN.match(second)) or (_MEN.match(first) and _WOMEN.match(second)))
        and closed
        and not any(sex.match(sentence.after(total)) for sex in (_WOMEN, _MEN))
        and re.match(rf"^(?: were| are)? [a-z]+{closed}", second)
    )


def _of_either(sentence: Sentence, place: int, pair: Sequence[Mention]) -> Iterator[Worked]:
    """The two sexes against the count before them; behind "of these" it may be one before: "108, as the year before (107)"."""
    total, earlier = sentence.figures[place], [mention for mention in sentence.figures[:place] if counts(mention)]
    of_whom = _OF_WHOM.search(sentence.between(total, pair[0]))
    against = [each for whole in (total, *(earlier if of_whom else ())) for each in _made_of(sentence, whole, pair)]
    yield from [each for each in against if each.holds][:1] or against[:1]


def _added(sentence: Sentence, total: Mention, parts: Sequence[Mention]) -> Iterator[Worked]:
    """Parts in a list, all of the total's kind and called no other thing; what stands before a list ("the 43 forces recorded 500
    rapes and ...") leaves one that comes to the total.
    """
    gaps = [sentence.between(mention, after) for mention, after in pairwise(parts)]
    apart = [place for place, gap in enumerate(gaps, 1) if not LISTED.search(gap) or NO_LIST.search(gap)]
    if len(parts) < 2 or apart[-1:] == [len(gaps)]:
        return
    if apart:
        yield from (left for left in _added(sentence, total, parts[apart[-1] :]) if left.holds)
        return
    kinds = {(each.number.form, is_share(each), each.number.money) for each in (*parts, total)}
    counted = {unit_behind(sentence.after(mention)) for mention in (parts[-1], total)} - {None}
    beside = _TOGETHER.sub("", sentence.between(parts[-1], total)) if parts[-1].end <= total.start else ""
    if len(kinds) == 1 and next(iter(kinds))[0] == "number" and len(counted) < 2 and not NO_LIST.search(beside):
        yield from _made_of(sentence, total, parts)


def _made_of(sentence: Sentence, total: Mention, parts: Sequence[Mention]) -> Iterator[Worked]:
    """The parts against their total, all of them rounded alike."""
    if printed := sentence.values(*parts, total):
        yield from _summed(sentence, total, parts, printed[-1])


def _summed(sentence: Sentence, mention: Mention, parts: Sequence[Mention], whole: Interval) -> Iterator[Worked]:
    """The parts, or the last of them, against what they should come to."""
    if values := sentence.values(*parts):
        sums = [sum(values[at:], Interval.point(0)) for at in range(len(values) - 1)]
        at = next((at for at, left in enumerate(sums) if whole.meets(left)), None)
        come_to = f"come to {interval_told(sums[at or 0])}{'%' if is_share(parts[0]) else ''}"
        shown = f"{', '.join(part.text for part in parts[at or 0 :])} {come_to}"
        yield Worked(mention.start, at is not None, shown, summed=True)


# --- a rate of time -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfASpan:
    """So many in so many of a span; every: is it the latter that is told?"""

    many: Interval
    over: Interval
    span: str
    every: bool

    @property
    def in_a_year(self) -> Interval:
        """How many it is in a year."""
        return self.many * Interval.closed(*_SPANS[self.span]) / self.over

    def of(self, yearly: Interval) -> Interval:
        """What so many in a year are of the span."""
        spans = Interval.closed(*_SPANS[self.span])
        return self.many * spans / yearly if self.every else yearly * self.over / spans

    def told(self, yearly: Interval) -> str:
        """The same in words."""
        number, span, over = interval_told(self.of(yearly)), self.span, float(self.over.midpoint)
        if self.every or over != 1:
            return f"one every {number} {span}s" if self.every else f"{number} every {over:g} {span}s"
        return f"{number} {'an' if span == 'hour' else 'a'} {span}"

    def expression(self, yearly: str) -> str:
        """The same in the language of claims."""
        spans = _SPANS[self.span][0]
        return f"{spans} / {yearly}" if self.every else f"{yearly} * {float(self.over.midpoint):g} / {spans}"


def of_a_span(sentence: Sentence, mention: Mention) -> OfASpan | None:
    """A number that alone in its clause is told of a span: "every day 196 were recorded", "a rape every seven minutes", "two in
    every 15 minutes".
    """
    since, until = sentence.around(mention)
    printed = _to_its_digits(sentence, mention)
    if printed is None or not printed.lower > 0:
        return None
    place = sentence.figures.index(mention)
    behind = sentence.figures[place + 1] if mention is not sentence.figures[-1] else mention
    if _EVERY_SO_MANY.search(until) and (spans := _SPAN.match(sentence.after(behind))):
        over = _to_its_digits(sentence, behind)
        return OfASpan(Interval.point(mention.number.value), over, spans[1], False) if over else None
    if _EVERY_ONE.search(since) and (spans := _SPAN.match(until)):
        return OfASpan(ALONE, printed, spans[1], True)
    said = _SAID.findall(f"{since} | {_CLAUSE.split(until)[0]}")
    return OfASpan(printed, ALONE, said[0] or "day", False) if len(said) == 1 else None


def _to_its_digits(sentence: Sentence, mention: Mention) -> Interval | None:
    """A count that is rounded as it is printed, whichever way a half was."""
    read = sentence.read(mention.text, 10**mention.number.zeros) if counts(mention) else None
    return Interval.closed(read.lower, read.upper) if read and read.is_bounded else read


def is_of_a_span(sentence: Sentence, mention: Mention) -> bool:
    """Is a number so many a day, or so many minutes?"""
    since, until = sentence.around(mention)
    so_many = _EVERY_SO_MANY.search(since) and _SPAN.match(until)
    return bool(so_many or OF_A_SPAN.search(sentence.clause(mention)))


def _rates(sentence: Sentence, subject: Mention | None) -> Iterator[Worked]:
    """ "N in a year, or D a day": of one count before it, in its sentence or that which it goes on from."""
    for place, rate in enumerate(sentence.figures):
        earlier, later = sentence.before(rate), sentence.after(rate)
        each, every = _EACH.match(later), _EVERY.search(earlier) and _SPAN.match(later)
        if not counts(rate) or not (each or every):
            continue
        again = each and all(word in earlier for word in each["what"].split())
        if not (every or _EQUATES.search(earlier) or (again and _BESIDE.search(earlier))):
            continue
        yearly = (
            [subject] if subject and not place else [mention for mention in sentence.figures[:place] if counts(mention)]
        )
        printed = _to_its_digits(sentence, rate) if len(yearly) == 1 else None
        if not printed or not (ends := sentence.values(*yearly)) or not printed.lower < ends[0].upper:
            continue
        of, yearly_count = "year", ends[0]
        if within := OF_A_SPAN.search(earlier):
            of = within["span"] or "day"
            yearly_count = ends[0] * Interval.closed(*_SPANS[of])
        if every:
            rated = OfASpan(ALONE, printed, every[1], True)
        else:
            assert each
            rated = OfASpan(printed, ALONE, each["span"] or ("day" if each["daily"] else "week"), False)
        words = f"{yearly[0].text} in a {of} is {rated.told(yearly_count)}"
        yield Worked(rate.start, printed.meets(rated.of(yearly_count)), words, of=(yearly[0],))
