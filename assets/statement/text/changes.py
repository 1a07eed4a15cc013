"""What a change says against the two figures that its sentence ties it to."""

import re
from collections.abc import Iterator

from assets.methods.interval import Interval
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, Worked, interval_told, is_share

# "A higher proportion of women (3.0%) than men" did not rise by 3.0%.
_OF_SOME = r"(?! (?:proportion|percentage|share|prevalence|rate|number)s?\b)"
UP = (
    rf"r(?:ise[sn]?|ising|ose)|increas\w+|gr(?:ow\w*|ew)|jump\w*|surg\w+|soar\w*|climb\w*|higher{_OF_SOME}|more|gain\w*|uplift|"
    rf"(?<!made )(?<!make )(?<!makes )(?<!making )up|above(?= the| that)|spik(?:e[sd]?|ing)"
)
DOWN = (
    rf"f(?:all\w*|ell)|drop\w*|decreas\w+|declin\w+|reduc\w+|down|lower{_OF_SOME}|below(?= the| that)|fewer|less|dip\w*|cut"
    r"|plummet\w*"
)
_WAY = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b")
# "More women (3.0%) than men (0.7%)" are two figures: what is compared stands between.
_OF_OTHERS = r"(?!(?:more|less|fewer|higher|lower) (?!by\b|of\b|an?\b)[a-z])"
_LED_TO = re.compile(rf"\b{_OF_OTHERS}(?:{UP}|{DOWN}|chang\w+)[\"'”’]?(?: [a-z-]+){{0,3}}(?: (?:by|of|a|an))? ?\(?$")
# "1,199 (5.6%) fewer": both are.
_CALLED = re.compile(rf"^(?:(?: ?\([^()]{{1,20}})?\) | ?(?:[a-z-]+ )?)(?:{UP}|{DOWN})\b")
# "Rose by 286", "(down 1,199)".
_DIFFERENCE = re.compile(rf"\b(?:{UP}|{DOWN}) (?:of|by) $|\((?:{UP}|{DOWN}) $")
TO = re.compile(r"^[^.;:()\d]{0,70}?\bto $")
_END = re.compile(r"\b(?:from|to|on|than|above|below|compared with|against) (?:the )?$")
WENT_FROM = re.compile(rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))(?: [a-z]+ly)?(?:,| [–—-])? from (?:the |just )?$")
# No other clause begins: none after these words, none after "and" with a verb of its own, but for what "and" joins in a name.
_JOINED = re.compile(
    r"\bengland and wales\b|\band (?:over|above|older)\b|^ [a-z-]+ and (?=[a-z-]+ (?:offences|crimes|incidents|victims)\b)"
)
_ONE_CLAUSE = re.compile(
    r"^(?!.*\b(?:while|whilst|whereas|though|although|but|elsewhere)\b)"
    r"(?!.*\band (?:in|at|for|among) (?!the |that |this )[a-z])"
    rf"(?!.*\band\b(?! an? ).*\b(?:{UP}|{DOWN}|was|were|is|are|being|has|had|went|mov\w+|chang\w+)\b)[^.;\d]{{0,140}}$"
)
_AND_ALSO = re.compile(rf"\band (?:(?:is|was|were|also|by) )*(?:(?:{UP}|{DOWN}) (?:by )?)?$")
# What follows a change of something else: "a 50% increase in arrests", but not "in a year", "in the number of these".
ELSEWHERE = re.compile(
    r"^(?: [a-z]+){0,2} (?:in|among|for|at) (?!the |a |an |one |just |two |that |this |all |total|number|recorded| )"
)
_AGAIN = re.compile(r"^(?: \(|,? or )(?:an? )?$")
_MULTIPLE = re.compile(r"doubl|trebl|tripl|quadrupl|quintupl|halv")
_AS_MANY, _SIGNED = re.compile(rf"^ (?:as|{UP}) "), re.compile(r"^[+−–-]")  # "15 times as likely", "(+5%)"


def one_clause(gap: str) -> bool:
    """Does no other clause begin between two figures?"""
    return bool(_ONE_CLAUSE.match(_JOINED.sub(" ", gap)))


def goes_on(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Are two figures changes of one thing: "up 5% on the year before and up 9% on 2019/20"?"""
    return all(gives_a_change(sentence, mention) for mention in (first, second)) and bool(
        _AND_ALSO.search(sentence.between(first, second))
    )


def is_as_many(sentence: Sentence, mention: Mention) -> bool:
    """Is a figure how many times as many, or more, something is: "15 times as likely", "half as many"?"""
    after = sentence.after(mention)
    return bool(mention.number.form == "multiple" and _AS_MANY.match(after)) or is_part_as_many(sentence, mention)


def is_part_as_many(sentence: Sentence, mention: Mention) -> bool:
    """Is a figure which part of another something is: "half as many"?"""
    return mention.number.form == "fraction" and sentence.after(mention).startswith(" as ")


def gives_a_change(sentence: Sentence, mention: Mention) -> bool:
    """Do the words beside a figure make it a change: "up 10%", and not the end of one, as in "up from 6,317"?"""
    before = told_before(sentence, mention)
    said = (
        _MULTIPLE.search(mention.text.lower())
        or _LED_TO.search(sentence.before(mention))
        or _CALLED.match(sentence.after(mention))
        or _SIGNED.match(mention.text)
        or (before and gives_a_change(sentence, before))
    )
    return bool(said) and not _END.search(sentence.before(mention))


def told_before(sentence: Sentence, mention: Mention) -> Mention | None:
    """The figure that another one tells in other words: the first of "by 3,743, or 5.5%"; None where there is none."""
    place = sentence.figures.index(mention) if mention in sentence.figures else 0
    before = sentence.figures[place - 1]
    return before if place and _AGAIN.match(sentence.between(before, mention)) else None


def pair(sentence: Sentence, change: Mention, old: Mention, new: Mention) -> Iterator[Worked]:
    """What a change says against two figures, if they are alike."""
    ends = sentence.values(old, new, capped=True)
    if ends and are_alike(old, new):
        words = f"from {old.text} to {new.text}"
        yield from change_between(sentence, change, ends[0], ends[1], words, percent=is_share(new), of=(old, new))


def are_alike(old: Mention, new: Mention) -> bool:
    """Are two figures both shares, or neither? The first of two shares need not say so: "from 20 to 30%"."""
    first, second = old.number, new.number
    same = first.form == second.form == "number" and first.money == second.money
    return same and (is_share(old) == is_share(new) or (is_share(new) and first.low <= 100))


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
    elif is_part_as_many(sentence, change):
        left = [100 * (new / old)]
    elif figure.points:
        left = [sign * difference] if percent else []
    elif is_share(change):
        left = [sign * relative]
    else:
        said_so = _DIFFERENCE.search(sentence.before(change)) or _CALLED.match(sentence.after(change))
        said_so = said_so or _SIGNED.match(change.text)
        left = [sign * difference] if not percent and said_so else []
    # A count has no percentage points: they are told where they are its per cent.
    if left or (figure.points and not percent and printed[0].meets(sign * relative)):
        falls = new.is_bounded and old.is_bounded and new.midpoint < old.midpoint
        by, much = (-relative, -difference) if falls else (relative, difference)
        points = " percentage points" if percent else ""
        times = (
            f" ({interval_told(new / old)} times as many)"
            if is_as_many(sentence, change) or figure.form == "multiple"
            else ""
        )
        words = f"{ends} is a {'fall' if falls else 'rise'} of {interval_told(by)}%, or {interval_told(much)}{points}{times}"
        yield Worked(change.start, any(printed[0].meets(interval) for interval in left), words, of=of)


def goes_down(sentence: Sentence, change: Mention) -> bool:
    """Do the words say that a change goes down?"""
    halves = "halv" in change.text.lower() or is_part_as_many(sentence, change)
    return halves or _way(sentence, change) == "down"


def goes(text: str) -> str:
    """Which way a word goes: up or down; empty where none."""
    match = _WAY.fullmatch(text.casefold())
    return "" if not match else "up" if match["up"] else "down"


def _way(sentence: Sentence, change: Mention) -> str:
    """Does a change go up or down, by the word nearest to it; empty where none says."""
    behind = sentence.after(change)
    called = _CALLED.match(behind)
    words = [
        word
        for word in _WAY.finditer(behind if called else sentence.before(change))
        if not called or word.end() <= called.end()
    ]
    return "" if not words else "up" if words[-1]["up"] else "down"
