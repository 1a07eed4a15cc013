"""Numbers and comparative words of a text in their places, and why a number plainly makes no claim."""

import calendar
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assets.archive.reading.periods import MONTHS
from assets.words.numerals import PrintedNumber, figures_in, plain_letters

AROUND = 32  # letters of the text told before and after a mention
NUMBER, COMPARISON = "number", "comparison"
# Words that compare or say how a quantity moves or goes with another; each a piece of a regular expression over small letters.
_COMPARATIVES = (
    r"(?:more|less|fewer) [a-z-]+ than|(?:more|less|fewer|greater|rather) than(?! \d)|[a-z]{3,}er than|as [a-z]+ as",
    "most|mostly|least|only|majority|minority|mainly|largely|more|fewer|less|worse|better|best|worst",
    "(?:young|old|high|low|larg|small|great|big|long|short|fast|slow|earli|strong|weak|hard|saf|rar|common|bigg|heavi|healthi|happi|rich|poor|deep|wid)er",
)
_SUPERLATIVES = (
    r"(?!(?:arr|prot|inter|requ|cont|sugg|for|gu|hon|inv|mod|pri|harv|manif|conqu|dig|ing|att|cong)est)[a-z]{3,}est",
    "first of its kind|first time|record (?:highs?|lows?|levels?|numbers?|year)|unprecedented|disproportionate(?:ly)?",
    "same (?:level|number|share|rate) as|as (?:many|much|few) as",
)
_MOVES = (
    r"gr(?:ow(?:s|n|ing|th)?|ew)|r(?:ise[sn]?|ising|ose)|increas(?:e[sd]?|ing(?:ly)?)|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)",
    r"fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|reduc(?:e[sd]?|ing|tion)|surg(?:e[sd]?|ing)|soar(?:s|ed|ing)?|plummet\w*",
    "(?:go(?:es|ing|ne)?|went|com(?:e|es|ing)|came) (?:up|down)",
    r"escalat\w+|proliferat\w+|year on year|every year",
    r"no (?:statistically )?significant change|no change|unchanged|flat|stable|similar|compared (?:with|to)",
    r"outnumber\w*|overt[ao]\w+",
)
_TIES = (r"never|always|all|none|correlat\w+|caus(?:e[sd]?|ing)|linked to|likel(?:y|ier)|risk of",)
_COMPARING = re.compile(rf"\b(?:{'|'.join((*_COMPARATIVES, *_SUPERLATIVES, *_MOVES, *_TIES))})\b")

_NAMES_OF_MONTHS = [name.casefold() for name in calendar.month_name[1:]]
_MONTH = f"(?:{'|'.join((*_NAMES_OF_MONTHS, 'sept?', *MONTHS))})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATES = re.compile(
    rf"\b(?:19|20)\d\d(?:-\d\d?-|/\d\d?/)\d\d?\b|\b(?:{_DAY}[-–])?{_DAY} (?:of )?{_MONTH}\b(?:,? \d{{4}})?"
    rf"|\b{_MONTH}\.? {_DAY}[-–]{_DAY}\b|\b{_MONTH}[-–]\d\d\b"
    rf"|\b{_MONTH}\.? (?:to {_MONTH} )?(?:{_DAY},? )?(?:\d{{4}}|\d{{2}})\b(?![,.]?\d)"
    r"|\b(?:19|20)\d\d\s?[-/–]\s?(?:19|20)?\d\d\b|\b(?:19|20)\d\d\b(?!,\d)|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b"
)
_NUMBERED = (
    "notes?|references?|tables?|figures?|pages?|pp?[.]?|chapter|section|paragraph|recommendation|part|article|annex|appendix"
    "|volume|version|level|category|slide|item|question|request|uin|objective|priority"
)
_MARKS = re.compile(
    r"\^\{?[^}\s]*\}?|\[\d+\]|(?:^[#>*\s]*|(?<=[.:;]\s)\s*)\d{1,2}[.)](?=\s)|\b\d+\(\d[\d-]*\)|\(\d+[-–]\d+\)"
    rf"|\b(?:{_NUMBERED})\W{{1,5}}\d+(?:[-–/]\d+)?[a-z]?\b|(?:^|(?<=[.:;!?]\s))\s*\d{{1,2}}/(?=\s)"
)
# "3.1 Members asked": a paragraph, as "3.1 million" and "3.1 per cent" are none.
_PARAGRAPH = re.compile(r"\A[#>*\s]*\d{1,2}(?:\.\d{1,2})+\.?(?=\s+[\"'“(*]*[A-Z](?!illion))")
_NAMES = re.compile(
    r"\b[a-z]+\d[\w.]*\b|\b\d+[a-z]+\d*\b(?<!\dk)(?<!\dm)(?<!\dbn)(?<!\dpp)|\bcovid-19\b|https?://\S+|\bwww\.\S+"
    r"|\b(?:isbn|issn|iso|bs|doi|iphone|euro|form)\W{0,2}\d[\d.-]*|\bs{1,2}\.? ?\d+\b"
    r"|(?<![\d/])\d{3}/\d\d\b(?!/)"  # 138/52: a code of the Home Office
)
_ON = "(?:and|or) (?:over|under|older|younger|above|below)"
_AGES = re.compile(
    rf"\baged? (?:between \W*)?\d+(?:\+| ?(?:-|–|to|and) ?\d+| {_ON}\b)?|\b(?:since|at|before|after|under|over) the age of \d+"
    rf"|\b\d+ (?:years? )?(?:of age )?{_ON}\b|\b(?:under|over)[ -]\d+s\b"
    r"|\b\d+(?:(?:- | ?)(?:-|–|to|and)[ -]?\d+)?[ -]years?[ -]olds?\b|\b\d+s\b|\b\d{1,2} ?(?:-|–|to) ?\d{1,2} years?(?= \()"
    r"|\b(?:child(?:ren)?|girls?|boys?|(?:fe)?males?|wom[ae]n|m[ae]n|people|person|those|aged?) (?:under|over) \d{1,2}\b"
)
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_PERIODS = re.compile(
    rf"\b(?:last|past|previous|preceding|next|coming|same|latest|first|in|over|within|during) (?:the )?"
    rf"(?:(?:just|about|around|almost|nearly|over|under|more than|less than) ){{0,2}}{_NUMBER} "
    r"(?:days|weeks|months|years)\b"
    rf"|\b{_NUMBER} (?:days|weeks|months|years) (?:ago|before|earlier|later|prior|since)\b"
    rf"|\b{_NUMBER}(?: (?:day|week|month|year)(?= period\b)|-(?:hour|day|week|month|year)\b)"
    rf"|\b{_NUMBER} months (?:(?:up )?to|ending|ended) (?=(?:the )?(?:end of )?(?:\d+ )?{_MONTH})"
)
_TIMES = re.compile(r"\b\d{1,2}[.:]\d{2} ?(?:am|pm)?\b(?<=m)|\b(?:[01]?\d|2[0-4]):[0-5]\d\b|\b24/7\b")
_CALLS = re.compile(
    r"\b0\d{2,4}[ -]\d{3,4}(?:[ -]\d{3,4})?\b|\b0\d{9,10}\b|\+44[ \d()-]{9,16}\d|\b(?:999|101|111|112) (?:calls?|service|line)\b"
    r"|\b(?:call|dial|ring|phon|text)\w*(?: the)?(?: police)?(?: on)? \d{3,5}(?:(?:,| or| and) \d{3})*\b"
)
_RATES = re.compile(r"\b(?:per|for every|in every) 1(?:0{0,2}(?:,?0{3}){1,2}|00)\b")
# "(95% CI 2.1 to 2.5 million)", "a 95% confidence interval of 6.8% to 8.1%"
_LIMIT = r"\d+(?:[.,]\d+)*(?: ?(?:%|million|m\b|per ?cent))?"
_INTERVAL = re.compile(
    r"(?:\b9[059](?:\.\d)? ?(?:%|per ?cent),? )?\b(?:ci|confidence (?:interval|limit|bound)s?)\b"
    rf"(?:[:,=( \[]| of| from| between| was| were)*{_LIMIT}(?: ?(?:to|and|[-–—,]) ?{_LIMIT})?"
)
_ORDINAL = re.compile(
    r"\ba (?:third|quarter|fifth|sixth) (?:time|person|party|phase|term|edition|pillar|strand|report|final)\b"
)
A_MARK = "a reference mark or a numbered part of a document"
_PROPOSED = (
    (_CALLS, "a telephone number"),
    (_MARKS, A_MARK),
    (DATES, "a date or a year"),
    (_AGES, "part of a name, a code or an age group"),
    (_NAMES, "part of a name, a code or an age group"),
    (_PERIODS, "a period"),
    (_TIMES, "a time of day"),
    (_RATES, "what a rate is taken over"),
    (_ORDINAL, "an ordinal"),
    (_INTERVAL, "the limits of an interval"),
)
_RAISED = {ord(letter): " " for letter in "⁰¹²³⁴⁵⁶⁷⁸⁹"}


@dataclass(frozen=True)
class Mention:
    """A number or a comparative word in its place.

    block: from 1; start, end: within the block's text; figure: the number, where it is one
    covered: by which claims; dismissed: why it makes no claim; proposed: why it plainly makes none
    worked: what its sentence lets be worked out of it, in words; holds: does that agree with it; of: of the figures that begin
    at these places, block and start; none where it may be any of its sentence
    """

    block: int
    start: int
    end: int
    text: str
    kind: str
    before: str
    after: str
    figure: PrintedNumber | None = None
    covered: tuple[str, ...] = ()
    dismissed: str | None = None
    proposed: str | None = None
    worked: str | None = None
    holds: bool = True
    of: frozenset[tuple[int, int]] = frozenset()

    @property
    def place(self) -> tuple[int, int]:
        """What tells it from others of its text: its block, and where it begins."""
        return self.block, self.start

    @property
    def number(self) -> PrintedNumber:
        """The number that it is; of the figures of a sentence each is one."""
        assert self.figure is not None, "a word was asked for its number"
        return self.figure

    @property
    def open(self) -> bool:
        """Is it neither covered nor dismissed?"""
        return not self.covered and self.dismissed is None


def mentions_of(block: str, place: int, apart: Collection[int] = ()) -> Iterator[Mention]:
    """The numbers and comparative words of one block, from left to right; no digit is passed over.

    apart: where cells of a table meet in it: no number and no date goes on there
    """
    letters = [*plain_letters(block).translate(_RAISED)]
    for at in apart:
        letters[at] = "|"
    flat = "".join(letters)
    proposals = [(match.start(), match.end(), why) for pattern, why in _PROPOSED for match in pattern.finditer(flat)]
    proposals += [(*match.span(), A_MARK) for match in _PARAGRAPH.finditer(block)]
    spans: list[tuple[int, int, str, PrintedNumber | None]] = []
    taken: set[int] = set()
    dates = [match.span() for match in DATES.finditer(flat)]
    for number in _without_dates(flat, dates):
        written = any(letter.isdigit() for letter in flat[number.start : number.end])
        # "One" and "a" alone are words, not counts; "one per cent" is none.
        if written or number.form != "number" or number.scaled or number.percent or number.low > 1:
            spans.append((number.start, number.end, NUMBER, number))
            taken.update(range(number.start, number.end))
    for match in re.finditer(r"[^\W_]*\d(?:[\w.,/]*\w)?", flat):
        if any(flat[at].isdigit() and at not in taken for at in range(*match.span())):
            spans.append((*match.span(), NUMBER, None))
            taken.update(range(*match.span()))
    for match in _COMPARING.finditer(flat):
        if not taken & set(range(*match.span())):
            spans.append((*match.span(), COMPARISON, None))
    for start, end, kind, figure in sorted(spans, key=lambda spotted: spotted[:2]):
        before, after = block[max(0, start - AROUND) : start], block[end : end + AROUND]
        why = _why_none(flat, start, end, proposals) if kind == NUMBER else None
        ranging = figure is not None and figure.form == "range" and not figure.grouped
        if figure is not None and ranging and 1900 <= figure.low < figure.high <= 2100:
            why = why or "a date or a year"
        yield Mention(place, start, end, block[start:end], kind, before, after, figure, proposed=why)


def _without_dates(flat: str, dates: Sequence[tuple[int, int]]) -> Iterator[PrintedNumber]:
    """The figures of a text. One that takes a part of a date ("in March 2023 to 71,227") is read again without any date."""
    for number in figures_in(flat):
        over = [(first, last) for first, last in dates if first < number.end and number.start < last]
        if all(
            number.start <= first <= last <= number.end or first <= number.start <= number.end <= last
            for first, last in over
        ):
            yield number
            continue
        letters = list(flat[: number.end])
        for first, last in over:
            letters[first:last] = " " * (min(last, number.end) - first)
        yield from figures_in(" " * number.start + "".join(letters[number.start :]))


def _why_none(flat: str, start: int, end: int, proposals: Iterable[tuple[int, int, str]]) -> str | None:
    """Why a number makes no claim, where it plainly stands in, or is, a date, a mark or a name."""
    for first, last, why in proposals:
        inside = first <= start and end <= last
        same = start <= first and last <= end and flat[start:end].strip("~ ") == flat[first:last].strip()
        if inside or same:
            return why
    return None
