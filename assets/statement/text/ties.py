"""What a change or a share says of the two figures of its clause that it is of, in whatever order the three stand.

Which of the two is the earlier, or the part, is told by the words beside them, or else by the change's own direction, or by their
size. The words must hold the three in one clause, and make the change, or the share, one of the other two.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations, pairwise, zip_longest

from assets.archive.reading.periods import named
from assets.methods.interval import Interval
from assets.statement.text.changes import (
    DOWN,
    ELSEWHERE,
    TO,
    UP,
    WENT_FROM,
    are_alike,
    change_between,
    gives_a_change,
    goes_down,
    is_as_many,
    one_clause,
    pair,
    told_before,
)
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, Worked, counts, interval_told, is_share

# Two figures of which one is so many times the other are of two things.
UNLIKE = 10
# Words before the earlier of two figures, or behind it, that make it what the other is set against.
_AGAINST = re.compile(
    r"\b(?:from|than|against|compared (?:with|to)|on (?:the|that)|previous|before|last|prior|between|as|vs?|versus)\b"
)
_AS_LIKELY = re.compile(r"^ as [a-z]+(?: as [a-z]+)?")
_EARLIER = re.compile(r"\b(?:previous|before|earlier|prior|last|ago)\b")
# Among others, two figures before or behind their change are joined so: "compared with the previous year (100)".
_JOINED = re.compile(r"\b(?:from|to|than|against|compared (?:with|to))(?: [a-z]+){0,3} ?\(?$")
_COMPARED = re.compile(r"\b(?:compared (?:with|to)|against) (?:the |just )?$")
_OF_ANOTHER = re.compile(r"\b(?:of (?:which|whom|these|those|them)|(?<!not )including|among|excluding|plus)\b")
_RANGE, _TO_END = (
    re.compile(r"^[^.;:()\d]{0,90}\((?:from )?(?:an )?(?:estimated )?$"),
    re.compile(r"\bto (?:reach )?$"),
)
_TO_ITS_END = re.compile(r"^ to (?:reach |just |about |around |some )?$")
_YEAR_BEFORE = re.compile(r" (?:in )?the (?:previous year|year (?:before|earlier))\b(?! (?:that|last))")
_DATED = re.compile(r" (?:in|for|during) |\s*\(?\s{3}")
# "851 cases; an increase compared with the previous year (911)", "lower than the 911 of 2023": the first is the later.
_WENT_ON = re.compile(
    rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))(?: (?:when )?compared (?:with|to)| on| against|(?<=er|re|ss) than)"
    r" (?:the |that of |just )*(?:(?:previous|preceding) (?:year|period)|year (?:before|earlier))?"
    r"(?:'s (?:figure|total))? ?(?:of )?\(?$"
)
# "Fell to 851 in 2024 from 911", "compared with 911 in 2023".
_WENT_TO = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b[^.;:()\d]{{0,40}}? to (?:just )?$")
# "Fell to 851, up from 823": one of the two words is wrong. "Up to" is no way.
_CAME_TO = re.compile(rf"\b(?:(?P<up>{UP})(?<!\bup)|(?P<down>{DOWN}))(?: [a-z]+ly)? to (?:just )?$")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?\b")
_BARE, _SHUT = re.compile(r"^,? [a-z]+ from (?:the |just )?$"), re.compile(r"^[^(]*\)")
# "823 (851), down 3%": the later one, and what it was before.
_IN_BRACKETS, _BEHIND_THEM = re.compile(r"^ ?\($"), re.compile(r"^\)[,;:]? (?:[a-z]+ ){1,3}$")
_SINCE = re.compile(r"^[^.;:()]{0,70}\b(?:(?P<from>from)|compared (?:with|to)|against) (?:the |just )?$")
_NOT = re.compile(r"\b(?:no|not|nor|neither|cannot)\b|n't\b")
_ALSO, _APPOSED, _WORDS = re.compile(r"\band\b(?! (?:over|above|older)\b)"), re.compile("[,(:–—-]"), re.compile("[a-z]")
# Before a whole, or between it and its part.
_OF = re.compile(r"\bof (?:(?:the|all|these|those|some|around|a total of) )*$")
_OF_WHICH = re.compile(r"\bof (?:which|whom|these|them),? (?:[a-z]+ )?$")
_OF_THEM = re.compile(r"^ of (?:which|whom|these|those|them)\b")
# A figure that tells another one again: "(33%)", ", 412,", "or 33%", "a conviction rate of 93%".
_OPENS, _CLOSES = re.compile(r"(?:\(|, )$"), re.compile(r"^(?:[),]| [a-z]+\)| of )")
_STANDS_FOR = re.compile(r"(?:\(|\b(?:or|that is|which is|i\.e\.|(?:share|proportion|percentage|rate) of))[ ,]*$")
_OR_ELSE = re.compile(r"\bor[ ,]*$")
# Between parts that are listed, and where what is told is none of them.
LISTED = re.compile(r",|\band\b|\bplus\b|;")
NO_LIST = re.compile(
    r"\b(?:of (?:wh(?:ich|om)|these|those|them)|including|from|to|compared|than|up|down|per|out of|others|where|while|but"
    r"|rose|fell)\b"
)
# "Half of that, or 18% of all": of what was told before, and what it comes to.
OF_A_SHARE = re.compile(r"^ of (?:that|this|it|these|those|them|which|whom)\b")
_OR, _OF_SOME = re.compile(r"^[^.;:()\d]{0,40},? or $"), re.compile(" (?:of|in|among) ")


def ties(sentence: Sentence, subject: Mention | None = None, whole: Mention | None = None) -> Iterator[Worked]:
    """What the changes and shares of a sentence let be worked out.

    subject: the count of the sentence before that it goes on from; whole: or else that of which it tells parts
    """
    changes = [mention for mention in sentence.figures if gives_a_change(sentence, mention)]
    listed: Mention | None = None  # the whole of a share that was told: those listed behind it are parts of it, too
    for mention, behind in zip_longest(sentence.figures, sentence.figures[1:]):
        is_change = mention in changes or is_as_many(sentence, mention)
        if not (is_change or is_share(mention)):
            continue
        of_two = _change if is_change else _share
        tied = [
            each
            for two in _pairs(sentence, mention, subject if is_change else whole, changes)
            for each in of_two(sentence, mention, *two)
        ]
        if is_change and behind:
            tied += [*_of_a_range(sentence, mention, behind), *_to_an_end(sentence, mention, behind)]
        tied = tied or ([*_of_listed(sentence, mention, listed)] if listed else [])
        yield from [worked for worked in tied if worked.holds][:1] or tied[:1]
        listed = next(
            (worked.of[1] for worked in tied if worked.holds and not is_change and len(worked.of) > 1), listed
        )
    for first, second, behind in zip_longest(sentence.figures, sentence.figures[1:], sentence.figures[2:]):
        if second:
            yield from _told_again(sentence, first, second)
            yield from _the_other_way(sentence, first, second, behind)


def change_of_two(sentence: Sentence, before: Sentence) -> Iterator[Worked]:
    """What a sentence that tells nothing but a change says of the two counts of the one before, one of which is the earlier: "816
    in 2025, compared with 851 in 2024. This was a fall of 4%." Of "816 in 2024/25 and 851 in 2023/24" the days tell it.
    """
    two = [mention for mention in before.figures if counts(mention)]
    earlier = [mention for mention in two if _is_earlier(before, mention)] or _older(before, two)
    if len(two) == 2 == len(before.figures) and len(earlier) == len(sentence.figures) == 1:
        [old], [new], [change] = earlier, (mention for mention in two if mention not in earlier), sentence.figures
        if gives_a_change(sentence, change) and not _WORDS.search(sentence.after(change)):  # "since 2019"
            yield from pair(sentence, change, old, new)


def _pairs(
    sentence: Sentence, mention: Mention, subject: Mention | None, changes: Collection[Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """The figures that a change or a share may be of, two by two: no other clause, and no other change, stands between them."""
    ends = [each for each in sentence.figures if each is mention or each not in changes]
    place = ends.index(mention)
    near = [*ends[max(0, place - 2) : place], *ends[place + 1 : place + 3]]
    near += [subject] if subject and len(near) < 3 else []
    own = (mention, told_before(sentence, mention))
    for two in combinations(near, 2):
        places = [at for at, each in enumerate(sentence.figures) if each is mention or each in two]
        clause = sentence.figures[min(places) : max(places) + 1]
        others = any(each in changes and each not in own for each in clause)
        if not others and all(one_clause(sentence.between(*both)) for both in pairwise(clause)):
            yield two


def _by_size(two: tuple[Mention, ...]) -> list[Mention]:
    return sorted(two, key=lambda mention: mention.number.low)


# --- changes ----------------------------------------------------------------------------------------------------------


def _change(sentence: Sentence, change: Mention, *two: Mention) -> Iterator[Worked]:
    """ "The total, 110, is 10% above that of the year before, 100", "twice as many men (20) as women (10)"."""
    here = [mention for mention in two if mention in sentence.figures]
    if _of_two_things(sentence, change, two) or _is_of_another(sentence, change, here):
        return
    small, large = _by_size(two)
    old, new = (large, small) if goes_down(sentence, change) else (small, large)
    behind = bool(here) and all(mention.start > change.start for mention in here)
    said = [mention for mention in here if _is_earlier(sentence, mention, behind=behind)]
    if not said and change is sentence.figures[-1] and not _WORDS.search(sentence.after(change)):
        said = _older(sentence, here)
    compared = len(here) == 2 and _COMPARED.search(sentence.between(*here))
    if compared and (older := _older(sentence, here)):  # their years tell more than either word
        said, compared = older, None
    if old not in said and not compared:
        old, new = new, old
    if _leads_elsewhere(sentence, change, old, new) or _goes_on_from(sentence, change, here):
        return
    if said:
        yield from pair(sentence, change, old, new)
    elif len(here) == 2:
        later, before = sorted(here, key=lambda mention: mention.start)
        if _in_brackets(sentence, later, before, change):
            turned = _turned(sentence, change, later, before)
            yield from (each for each in pair(sentence, change, before, later) if each.holds or turned)


def _leads_elsewhere(sentence: Sentence, change: Mention, old: Mention, new: Mention) -> bool:
    """Did a change, or its earlier figure, lead to another one than the later: "from 900 to 800, having risen 8% to 999"?"""
    behind = dict(pairwise(sentence.figures))
    end, end_of_old = behind.get(change, new), behind.get(old, new)
    if end is not new and _TO_ITS_END.match(sentence.between(change, end)):
        return True
    went = end_of_old is not new and counts(end_of_old) and sentence.before(old).rstrip().endswith("from")
    return bool(went and TO.match(sentence.between(old, end_of_old)))


def _goes_on_from(sentence: Sentence, change: Mention, here: list[Mention]) -> bool:
    """Is the first of two figures what a change before was of: "400 more than last year's 4,800 and 600 fewer than 5,800"?"""
    first = min(here, key=lambda mention: mention.start)
    before = [each for each in sentence.figures if each.start < first.start]
    joined = first.start < change.start and _ALSO.search(sentence.between(first, change))
    return bool(joined) and any(gives_a_change(sentence, each) or each.number.form == "multiple" for each in before)


def _in_brackets(sentence: Sentence, later: Mention, before: Mention, change: Mention) -> bool:
    """Does a figure stand in brackets behind another one, and what it changed by right behind them?"""
    gaps = sentence.between(later, before), sentence.between(before, change) if before.start < change.start else ""
    return bool(_IN_BRACKETS.match(gaps[0]) and _BEHIND_THEM.match(gaps[1]))


def _turned(sentence: Sentence, change: Mention, later: Mention, before: Mention) -> bool:
    """Is a change that of two figures but for its direction?"""
    ends, printed = sentence.values(before, later, capped=True), sentence.values(change)
    moved = 100 * (ends[1] / ends[0] - 1) if ends and ends[0].lower > 0 else None
    return bool(moved and printed and any(printed[0].meets(way) for way in (moved, -moved)))


def _of_two_things(sentence: Sentence, change: Mention, two: tuple[Mention, ...]) -> bool:
    """Do two figures count two things, of which one is no change of the other: "73% of victims, compared with 27% of men"? They
    may have a ratio.
    """
    of_wholes = all(is_share(mention) and sentence.after(mention).startswith(" of ") for mention in two)
    return change.number.form != "multiple" and (of_wholes or _unlike(two))


def _unlike(two: tuple[Mention, ...]) -> bool:
    small, large = (mention.number for mention in _by_size(two))
    return large.low >= UNLIKE * small.low


def _is_of_another(sentence: Sentence, change: Mention, here: list[Mention]) -> bool:
    """Do the words list the figures, tell one as a part, or name what else the change is of: "a 50% rise in arrests"?"""
    first, *_, last = sorted((change, *here), key=lambda mention: mention.start)
    text = sentence.text[first.start - sentence.start : last.end - sentence.start]
    gap = sentence.between(*here) if len(here) == 2 and change in (first, last) else ""
    apart = gap and len(sentence.figures) > len((change, *here)) and not _JOINED.search(gap)
    return bool(
        apart
        or _OF_ANOTHER.search(text)
        or (_ALSO.search(gap) and "between" not in sentence.text and not _older(sentence, here))
        or (change is last and ELSEWHERE.match(sentence.after(change)))
    )


def _older(sentence: Sentence, two: Collection[Mention]) -> list[Mention]:
    """Of two figures of one thing, the second with nothing but its year behind it, that of the earlier year."""
    if len(two) == 2 and _YEAR_BEFORE.match(sentence.after([*two][1])):
        return [*two][1:]
    years = {mention: {*named(sentence.beside(mention)[1])} for mention in two}
    if len(two) != 2 or any(len(periods) != 1 for periods in years.values()):
        return []
    (first, first_years), (second, second_years) = years.items()
    [before], [after] = first_years, second_years
    if before.months != after.months or before == after or not _DATED.match(sentence.after(second)):
        return []
    return [first if before.end < after.end else second]


def _is_earlier(sentence: Sentence, mention: Mention, *, behind: bool = False) -> bool:
    """Is a figure the earlier one? behind: do both stand behind their change, as in "twice as likely as men (6.6% v 3.0%)"?"""
    since, until = sentence.around(mention)
    since = _AS_LIKELY.sub("", since) if behind else since
    return bool(_AGAINST.search(since) or _EARLIER.search(until))


def _of_a_range(sentence: Sentence, change: Mention, ends: Mention) -> Iterator[Worked]:
    """ "Increased by 37% (789,703 to 1,080,157)"."""
    if ends.number.form == "range" and _RANGE.match(sentence.between(change, ends)):
        old, new = (sentence.read(text, share=is_share(ends)) for text in re.split(r"\bto\b|[-–—]", ends.text))
        if old and new:
            yield from change_between(sentence, change, old, new, ends.text, percent=ends.number.percent)


def _to_an_end(sentence: Sentence, percent: Mention, end: Mention) -> Iterator[Worked]:
    """ "Rose by 10, or 10%, to 110"."""
    by = told_before(sentence, percent)
    if by and counts(by, end) and _TO_END.search(sentence.before(end)) and (ends := sentence.values(by, end)):
        old = ends[1] + ends[0] if goes_down(sentence, by) else ends[1] - ends[0]
        yield from change_between(sentence, percent, old, ends[1], f"by {by.text} to {end.text}", percent=False)


def _the_other_way(sentence: Sentence, first: Mention, second: Mention, behind: Mention | None) -> Iterator[Worked]:
    """Two figures where words alone say that one is up from the other, and it is down: "rose from 1,100 to 1,000".

    behind: the next figure: where the second fell from its own number to that, the first did not
    """
    gap = sentence.between(first, second)
    went, old, new = WENT_FROM.search(gap), second, first
    if went and behind and TO.match(sentence.between(second, behind)):
        return
    if _SHUT.match(gap):  # "108 (83 women and 25 men), up from 107"
        return
    alone = (
        went and len(sentence.figures) == 2 and _BARE.match(gap)
    )  # "fell to 851 in May, up from 823 a year ago" is right
    came_to = _CAME_TO.search(sentence.before(first)) if alone else None
    if not went and one_clause(gap.replace(";", ",")) and not _NOT.search(sentence.before(second)):
        went = _WENT_ON.search(gap) or _went_to(sentence, first, second)
    if TO.match(_YEAR.sub("", gap)) and not went:
        went, old, new = WENT_FROM.search(sentence.before(first)), first, second
    ends = sentence.values(old, new, capped=True)
    if not (went and ends and are_alike(old, new)) or gives_a_change(sentence, new) or _unlike((old, new)):
        return
    rose, fell = ends[0].is_below(ends[1]), ends[1].is_below(ends[0])
    if any(fell if way["up"] else rose for way in (went, came_to) if way):
        yield Worked(second.start, False, f"from {old.text} to {new.text} is a {'fall' if fell else 'rise'}")


def _went_to(sentence: Sentence, new: Mention, old: Mention) -> re.Match[str] | None:
    """The word by which a figure is up or down, where the next one is what it was before."""
    since = _SINCE.match(sentence.between(new, old))
    earlier = since and (
        since["from"] or _EARLIER.search(sentence.around(old)[1]) or _older(sentence, [new, old]) == [old]
    )
    return _WENT_TO.search(sentence.before(new)) if earlier else None


# --- shares -----------------------------------------------------------------------------------------------------------


def _share(sentence: Sentence, share: Mention, *two: Mention) -> Iterator[Worked]:
    """ "412 of 1,248 (33%)", "a third (412) of all 1,248 suspects", "1,248, of which 412 (33%)"."""
    part, whole = _by_size(two)
    place = sentence.figures.index(share)
    before = sentence.figures[place - 1] if place else None
    of_another = before not in two or (before is whole and part.start > share.start)
    if before and of_another and _IN_BRACKETS.match(sentence.between(before, share)):
        return  # it is of what stands before the brackets: "up from 3,500 (20%), of which 1,400 (a third)"
    if counts(part, whole) and _is_whole(sentence, whole, part, share) and _is_part(sentence, part, share, whole):
        yield from _is_share_of(sentence, share, part, whole)


def _of_listed(sentence: Sentence, share: Mention, whole: Mention) -> Iterator[Worked]:
    """ "Of 1,248, a third (412) were women, 40% (499) men and 337 (27%) unknown": those behind the first are parts of it, too. A
    share of another count before it is of that: "412 (33%) were charged and 206 (50%) convicted".
    """
    place = sentence.figures.index(share)
    for first, second in pairwise(sentence.figures[place - 1 : place + 2]):
        part, before = first if second is share else second, sentence.figures[: sentence.figures.index(first)]
        gap = sentence.between(before[-1], first)
        told = sentence.alone_in_brackets(sentence.between(first, second), second) and LISTED.search(gap)
        if not told or not one_clause(gap.replace(";", ",")) or NO_LIST.search(f"{gap} {sentence.around(second)[1]}"):
            continue
        wholes = [each for each in before if counts(part, each) and each.number.low > part.number.low]
        tied = {each: [*_is_share_of(sentence, share, part, each)] for each in wholes}
        if tied.get(whole) and (tied[whole][0].holds or not any(each.holds for some in tied.values() for each in some)):
            yield from tied[whole]


def _is_share_of(sentence: Sentence, share: Mention, part: Mention, whole: Mention) -> Iterator[Worked]:
    """A share against the part and the whole that it is of."""
    ends = sentence.values(part, whole)
    if ends and ends[1].lower > 0:
        yield from held_against(sentence, share, 100 * ends[0] / ends[1], f"{part.text} of {whole.text}", (part, whole))


def _is_whole(sentence: Sentence, whole: Mention, part: Mention, share: Mention) -> bool:
    """Do the words make a count that of which others are parts? That of the sentence before is one."""
    here = whole in sentence.figures
    first = min(part, share, key=lambda mention: mention.start)  # "1,248, of which 33% (412)"
    of_it = _OF_WHICH.search(sentence.before(first)) or _OF_THEM.match(sentence.after(part))
    behind = here and whole.start < part.start and of_it
    return bool(not here or behind or _OF.search(sentence.before(whole)))


def _is_part(sentence: Sentence, part: Mention, share: Mention, whole: Mention) -> bool:
    """Do the words set a count beside a share, as that which it comes to?"""
    gap = sentence.between(*sorted((part, share), key=lambda mention: mention.start))
    of_whole = _APPOSED.search(gap) and share.start < whole.start and _OF.match(sentence.between(share, whole).lstrip())
    again = part.start < share.start or not _OR_ELSE.search(sentence.before(share))  # "twice or a tenth. 25 of 33"
    set_off = (again and _is_set_off(sentence, share)) or _is_set_off(sentence, part)
    told = (part.start < share.start and of_whole) or set_off
    return part in sentence.figures and bool(told) and not _ALSO.search(gap)


def _is_set_off(sentence: Sentence, mention: Mention) -> bool:
    """Does a figure stand in brackets or between commas, or after "or"?"""
    since, until = sentence.before(mention), sentence.after(mention)
    stands_for = is_share(mention) and _STANDS_FOR.search(since) and not _OF_SOME.match(until)
    return bool(stands_for or (_OPENS.search(since) and _CLOSES.match(until)))


def _told_again(sentence: Sentence, first: Mention, second: Mention) -> Iterator[Worked]:
    """ "One in four women (25%)", "35% of women, or one in three"."""
    gap = sentence.between(first, second)
    if gap.startswith(" as "):  # "half as likely as women (12.8%)"
        return
    if sentence.alone_in_brackets(gap, second) or (_OR.match(gap) and not _OF_SOME.match(sentence.after(second))):
        percent, in_words = (first, second) if first.number.percent else (second, first)
        if percent.number.percent and in_words.number.whole is not None:
            for left in sentence.values(in_words):
                for worked in held_against(sentence, percent, left, in_words.text, (in_words,)):
                    if worked.holds or not OF_A_SHARE.match(gap):
                        yield worked
                    if worked.holds:  # neither vouches for the other: one of them must be held
                        yield replace(worked, start=in_words.start, of=(percent,))


def held_against(
    sentence: Sentence, share: Mention, left: Interval, wording: str, of: tuple[Mention, ...] = ()
) -> Iterator[Worked]:
    """A share against what it should be; wording: what that is worked out of."""
    if (printed := sentence.values(share)) and not share.number.points:
        yield Worked(share.start, printed[0].meets(left), f"{wording} is {interval_told(left)}%", of=of)
