"""What a change says against the two figures that its sentence ties it to."""

import re
from collections.abc import Iterator

from assets.methods.interval import Interval
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, Worked, interval_told, is_share

UP = (
    r"r(?:ise[sn]?|ising|ose)|increas\w+|gr(?:ow\w*|ew)|jump\w*|surg\w+|soar\w*|climb\w*|higher|more|gain\w*|uplift|"
    r"(?<!made )(?<!make )(?<!makes )(?<!making )up|above(?= the| that)|spik(?:e[sd]?|ing)"
)
DOWN = r"f(?:all\w*|ell)|drop\w*|decreas\w+|declin\w+|reduc\w+|down|lower|below(?= the| that)|fewer|less|dip\w*|cut|plummet\w*"
_WAY = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b")
_LED_TO = re.compile(rf"\b(?:{UP}|{DOWN}|chang\w+)(?: [a-z-]+){{0,3}}(?: (?:by|of|a|an))? ?\(?$")
_CALLED = re.compile(rf"^ ?(?:[a-z-]+ )?(?:{UP}|{DOWN})\b")
_DIFFERENCE = re.compile(rf"\b(?:{UP}|{DOWN}) (?:of|by) $")
_GAP = r"[^.;:()\d]{0,70}?"
_FROM, TO = re.compile(r"\bfrom (?:the )?$"), re.compile(rf"^{_GAP}\bto $")
_END = re.compile(r"\b(?:from|to|on|than|above|below) (?:the )?$")
WENT_FROM = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))(?: [a-z]+ly)? from (?:the |just )?$")
_TO_FIRST, _FROM_AFTER = re.compile(r"\bto $"), re.compile(rf"^{_GAP}\(?\bfrom (?:the )?$")
_COMPARED = re.compile(rf"^{_GAP}\b(?:compared (?:with|to)|(?:up|down|rising|falling) from|against) (?:the |just )?$")
# "Up 10% from 1,000", "on the year before (1,000)", "higher than in the previous year, when there were 9,262".
_ON = re.compile(
    rf"^(?: (?:{UP}|{DOWN}))?(?: year[- ]on[- ]year)? (?:from|on|than|compared (?:with|to)) "
    r"(?:(?:the )?(?:[a-z]+ )?|[a-z ]{0,65}(?P<bracket> \()|[a-z ]{0,60}, when (?:[a-z]+ ){1,4})$"
)
# No other clause begins: none after these words, none after "and" with a verb of its own, but for what "and" joins in a name.
_JOINED = re.compile(r"\bengland and wales\b|^ [a-z-]+ and (?=[a-z-]+ (?:offences|crimes|incidents|victims)\b)")
_ONE_CLAUSE = re.compile(
    r"^(?!.*\b(?:while|whilst|whereas|but|elsewhere)\b)"
    rf"(?!.*\band\b(?! an? ).*\b(?:{UP}|{DOWN}|was|were|is|are|has|had|went|mov\w+|chang\w+)\b)[^.;\d]{{0,140}}$"
)
_AND_ALSO = re.compile(rf"\band (?:(?:is|was|were|also|by) )*(?:(?:{UP}|{DOWN}) (?:by )?)?$")
# What follows a change of something else: "a 50% increase in arrests", but not "in a year", "in the number of these".
ELSEWHERE = re.compile(
    r"^(?: [a-z]+){0,2} (?:in|among|for|at) (?!the |a |an |one |just |two |that |this |all |total|number|recorded| )"
)
_IN_BRACKETS = re.compile(r"^[^.;:()\d]{0,90}\((?:from )?(?:an )?(?:estimated )?$")
_OR = re.compile(r"^(?: \(|,? or )(?:an? )?$")
_MULTIPLE = re.compile(r"doubl|trebl|tripl|quadrupl|quintupl|halv")
_AS_MANY, _SIGNED = re.compile(rf"^ (?:as|{UP}) "), re.compile(r"^[+−–-]")  # "15 times as likely", "(+5%)"


def changes(sentence: Sentence, subject: Mention | None = None) -> Iterator[Worked]:
    """The changes of a sentence whose two ends stand in it: "up 10% from 1,000 to 1,100".

    subject: the count that the sentence goes on from: "This is up 10% from 1,000"
    """
    figures = sentence.figures
    if subject and len(figures) == 2 and is_change(sentence, figures[0]) and _on(sentence, *figures):
        yield from pair(sentence, figures[0], figures[1], subject)
    for place, first in enumerate(figures):
        before = figures[place - 1] if place else None
        second, third, fourth = (*figures[place + 1 : place + 4], None, None, None)[:3]
        if (
            before
            and first.figure
            and first.figure.form == "range"
            and _IN_BRACKETS.match(sentence.between(before, first))
        ):
            ends = [sentence.read(text, share=is_share(first)) for text in re.split(r"\bto\b|[-–—]", first.text)]
            if len(ends) == 2 and ends[0] and ends[1] and is_change(sentence, before):
                yield from change_between(sentence, before, ends[0], ends[1], first.text, percent=first.figure.percent)
        if second is None:
            continue
        gap = sentence.between(first, second)
        forward = bool(_FROM.search(sentence.before(first)) and TO.match(gap))
        compared = bool(_COMPARED.match(gap))
        if forward or compared:
            yield from _the_other_way(sentence, first, second, forward=forward)
        if forward or compared or (_TO_FIRST.search(sentence.before(first)) and _FROM_AFTER.match(gap)):
            change = _attached(sentence, before, first, second, third)
            # "73% of victims, compared with 27% of men": shares of two things have a ratio, and no change.
            of_another = compared and is_share(second) and sentence.after(second).startswith(" of ")
            if change and change.figure and (change.figure.form == "multiple" or not of_another):
                old, new = (first, second) if forward else (second, first)
                if compared and not forward and _goes_the_other_way(sentence, change, old, new):
                    old, new = new, old
                yield from pair(sentence, change, old, new)
                if change is third and fourth and _OR.match(sentence.between(third, fourth)):
                    yield from pair(sentence, fourth, old, new)  # "an increase of 100 (10%)"
        elif third and _on(sentence, second, third) and is_change(sentence, second) and one_clause(gap):
            ranging = fourth is not None and TO.match(sentence.between(third, fourth))
            new = before if before and _unlike(third, first) else first  # "1,100, 35%, were so, up 10% from 1,000"
            yield from () if ranging else pair(sentence, second, third, new)  # "1,100, up 10% from 1,000"


def one_clause(gap: str) -> bool:
    """Does no other clause begin between two figures?"""
    return bool(_ONE_CLAUSE.match(_JOINED.sub(" ", gap)))


def goes_on(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Are two figures changes of one thing: "up 5% on the year before and up 9% on 2019/20"?"""
    return all(gives_a_change(sentence, mention) for mention in (first, second)) and bool(
        _AND_ALSO.search(sentence.between(first, second))
    )


def _goes_the_other_way(sentence: Sentence, change: Mention, old: Mention, new: Mention) -> bool:
    """ "1,100, compared with 1,000" begins with the later, but for "1,000 against 1,100, a rise of 10%"."""
    assert old.figure and new.figure
    return _way(sentence, change) == ("down" if old.figure.low < new.figure.low else "up")


def _the_other_way(sentence: Sentence, first: Mention, second: Mention, *, forward: bool) -> Iterator[Worked]:
    """Two figures where words alone say that one is up from the other, and it is down: "rose from 1,100 to 1,000"."""
    went = WENT_FROM.search(sentence.before(first if forward else second))
    old, new = (first, second) if forward else (second, first)
    ends = sentence.values(old, new, capped=True)
    alike = (
        old.figure and new.figure and old.figure.form == new.figure.form == "number" and is_share(old) == is_share(new)
    )
    if went and ends and alike and (ends[1].is_below(ends[0]) if went["up"] else ends[0].is_below(ends[1])):
        yield Worked(second.start, False, f"from {old.text} to {new.text} is a {'fall' if went['up'] else 'rise'}")


def _on(sentence: Sentence, change: Mention, old: Mention) -> bool:
    """Do the words make a change one on another figure: "up 10% from 1,000", "up 10% on the year before (1,000)"?"""
    match = _ON.match(sentence.between(change, old))
    return bool(match and (not match["bracket"] or sentence.after(old).startswith(")")))


def _attached(
    sentence: Sentence, before: Mention | None, first: Mention, second: Mention, third: Mention | None
) -> Mention | None:
    """The figure that the words make the change between two others."""
    gap = sentence.between(before, first) if before else ""
    if before and (one_clause(gap) or _IN_BRACKETS.match(gap)) and is_change(sentence, before):
        return before
    if third and not ELSEWHERE.match(sentence.after(third)):
        gap = sentence.between(second, third)
        alone = sentence.alone_in_brackets(gap, third) and (
            _SIGNED.match(third.text) or _WAY.search(sentence.before(first))
        )
        called = is_as_many(sentence, third) or _CALLED.match(sentence.after(third))
        if alone or (one_clause(gap) and (called or _LED_TO.search(gap))):
            return third
    return None


def is_as_many(sentence: Sentence, mention: Mention) -> bool:
    """Is a figure how many times as many, or more, something is: "15 times as likely"?"""
    return (
        mention.figure is not None
        and mention.figure.form == "multiple"
        and bool(_AS_MANY.match(sentence.after(mention)))
    )


def is_change(sentence: Sentence, mention: Mention) -> bool:
    """Do the words beside a figure make it a change? What is one in other words is one too: "by 3,743, or 5.5%"."""
    place = sentence.figures.index(mention) if mention in sentence.figures else 0
    again = place and _OR.match(sentence.between(sentence.figures[place - 1], mention))
    return bool(
        _MULTIPLE.search(mention.text.lower())
        or _LED_TO.search(sentence.before(mention))
        or _CALLED.match(sentence.after(mention))
        or _SIGNED.match(mention.text)
        or (again and is_change(sentence, sentence.figures[place - 1]))
    )


def gives_a_change(sentence: Sentence, mention: Mention) -> bool:
    """Is a figure itself a change: "up 10%", and not the end of one, as in "up from 6,317"?"""
    return is_change(sentence, mention) and not _END.search(sentence.before(mention))


def pair(sentence: Sentence, change: Mention, old: Mention, new: Mention) -> Iterator[Worked]:
    """What a change says against two figures of its sentence, if they are alike."""
    kinds = {(mention.figure.form, mention.figure.money) for mention in (old, new) if mention.figure}
    ends = sentence.values(old, new, capped=True)
    if len(kinds) == 1 and next(iter(kinds))[0] == "number" and ends and not _unlike(old, new):
        words = f"from {old.text} to {new.text}"
        yield from change_between(sentence, change, ends[0], ends[1], words, percent=is_share(new), of=(old, new))


def _unlike(old: Mention, new: Mention) -> bool:
    """Is one of two figures a share, and the other none, though the first of two shares need not say so: "from 20 to 30%"?"""
    return is_share(old) > is_share(new) or (
        is_share(new) > is_share(old) and bool(old.figure and old.figure.low > 100)
    )


def change_between(
    sentence: Sentence,
    change: Mention,
    old: Interval,
    new: Interval,
    ends: str,
    *,
    percent: bool,
    of: tuple[Mention, ...] = (),
) -> Iterator[Worked]:
    """What a change says, against what its two ends leave; none where it is not told how it is counted.

    ends: the two in words; percent: are they shares; of: the two where the sentence prints them
    """
    figure, printed = change.figure, sentence.values(change)
    if figure is None or not printed or not old.lower > 0:
        return
    way = _way(sentence, change)
    sign = -1 if way == "down" and printed[0].upper > 0 else 1
    relative, difference = 100 * (new / old - 1), new - old
    if figure.form == "multiple" and not figure.percent:
        left = [new / old] if not way or _MULTIPLE.search(change.text.lower()) else [new / old, new / old - 1]
    elif figure.points:
        left = [sign * difference] if percent else []
    elif is_share(change):
        left = [sign * relative]
    else:
        said_so = _DIFFERENCE.search(sentence.before(change)) or _CALLED.match(sentence.after(change))
        left = [sign * difference] if not percent and said_so else []
    # A count has no percentage points: they are told where they are its per cent.
    if left or (figure.points and not percent and printed[0].meets(sign * relative)):
        falls = new.is_bounded and old.is_bounded and new.midpoint < old.midpoint
        by, much = (-relative, -difference) if falls else (relative, difference)
        points = " percentage points" if percent else ""
        times = f" ({interval_told(new / old)} times as many)" if figure.form == "multiple" else ""
        words = f"{ends} is a {'fall' if falls else 'rise'} of {interval_told(by)}%, or {interval_told(much)}{points}{times}"
        yield Worked(change.start, any(printed[0].meets(interval) for interval in left), words, of=of)


def goes_down(sentence: Sentence, change: Mention) -> bool:
    """Do the words say that a change goes down?"""
    return _way(sentence, change) == "down" or "halv" in change.text.lower()


def goes(text: str) -> str:
    """Which way a word goes: up or down; empty where none."""
    match = _WAY.fullmatch(text.casefold())
    return "" if not match else "up" if match["up"] else "down"


def _way(sentence: Sentence, change: Mention) -> str:
    """Does a change go up or down, by the word nearest to it; empty where none says."""
    called = _CALLED.match(sentence.after(change))
    words = list(_WAY.finditer(called[0] if called else sentence.before(change)))
    return "" if not words else "up" if words[-1]["up"] else "down"
