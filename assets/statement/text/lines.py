"""Lines of plain text, and of what a PDF gives, that are a table.

Several below each other that are divided by bars or tabs, or end in equally many numbers; of one number each, where they are
items of a list: "- Kent: 4,136 offences". Two rows are enough below a line that names a period, or people, over each of their
numbers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from operator import itemgetter

from assets.archive.reading.ages import SEXES
from assets.archive.reading.periods import ENDED, MONTH, YEAR, places_named
from assets.statement.text.grid import LEAST_ROWS, Laid
from assets.words.numerals import one_line

LEAST_NUMBERS = 2
LONGEST_LABEL = 80
_DIVIDED = re.compile(r"\s*[|\t]\s*")
_RULE = re.compile(r"[\s|:+=-]*")
_WORD = re.compile(r"\S+(?:\s%)?")
_NUMBER = re.compile(r"[-+−–]?£?\d[\d,]*(?:\.\d+)?(?:\s?%)?|\[\w+\]|\.\.|[-–*]")
# A few words with a capital, one number that is no year, and at most what it counts.
_ITEM = re.compile(
    rf"\s*(?P<label>(?:(?:[-–—*•·▪]|\d{{1,2}}[.)])\s+)?[A-Z0-9][^.;!?]{{0,60}}?[^\W\d][^.;!?]{{0,60}}?)(?::|\s[-–—])?\s+"
    rf"(?P<number>(?!(?:19|20)\d\d(?:[\s.,;]|$)){_NUMBER.pattern})(?P<unit>(?:\s[a-z]+){{0,3}})[.,;]?\s*"
)
_ENDING = re.compile(rf"\b(?:{ENDED})(?!\w)", re.IGNORECASE)
_MONTH = re.compile(rf"\b{MONTH}{YEAR}(?!\d)", re.IGNORECASE)
_IN_MONTH, _YEAR = re.compile(rf"\b{MONTH}\s*$", re.IGNORECASE), re.compile(r"(?:19|20)\d\d")
_PEOPLE = re.compile(rf"\b(?:(?:all|both) (?:people|persons|adults|sexes)|{'|'.join(SEXES)})\b", re.IGNORECASE)
_CAPITAL, _GAP = re.compile(r"[A-Z][^A-Z]*"), re.compile(r"\s{2,}")
# What a last column is that is of no period.
_CHANGE = re.compile(r"\W*(?:%|per ?cent|percent\w*)?\s*(?:change|difference)\b.{0,40}", re.IGNORECASE)
DIVIDED, ITEM, NONE = "divided", "item", ""
Row = tuple[str, Sequence[str], str]  # how a line is divided, its parts, and the line


def laid_out(lines: Iterable[str]) -> Iterator[str | Laid]:
    """Lines of a text as they are, and those that are rows of a table with their cells."""
    plain_lines: list[str] = []
    for kind, group in groupby(_rows([*lines]), itemgetter(0)):
        rows = [*group]
        many = len(rows) >= LEAST_ROWS
        above, heads = _heads(plain_lines, int(kind), many) if kind.isdecimal() else (0, ())
        if kind == NONE or len(rows) < LEAST_ROWS - bool(heads):
            plain_lines += [line for *_, line in rows]
            continue
        yield "\n".join(plain_lines[: len(plain_lines) - above])
        plain_lines, table = [], object()
        parts_of = [*([heads] if heads else []), *(parts for _, parts, _ in rows)]
        for place, parts in enumerate(parts_of):
            yield Laid(table, place, tuple(enumerate(parts)))
    yield "\n".join(plain_lines)


def _rows(lines: Sequence[str]) -> Iterator[Row]:
    """The lines as they are divided; the first half of a name that goes on in the next line is of its row."""
    rows = [(*_divided(line), line) for line in lines]
    for place, (kind, parts, line) in enumerate(rows):
        if kind == NONE and place + 1 < len(rows) and _goes_on(line, rows[place + 1]):
            below, (name, *numbers), end = rows[place + 1]
            rows[place + 1] = (below, [f"{line.strip()} {name}", *numbers], f"{line}\n{end}")
            continue
        yield kind, parts, line


def _goes_on(line: str, below: Row) -> bool:
    """Does the name of the row below begin here, and go on there in small letters; or is it "Year ending March" above years?"""
    kind, parts, _ = below
    words = line.strip()
    if not kind.isdecimal() or not words or words[-1] in ".:;!?" or any(map(str.isdigit, words)):
        return False
    name, *numbers = parts
    if not name.strip() and _IN_MONTH.search(words):
        return all(map(_YEAR.fullmatch, numbers))
    return len(words) < LONGEST_LABEL and name[:1].islower()


def _divided(line: str) -> tuple[str, Sequence[str]]:
    """How a line is divided, by bars or tabs, or by how many numbers it ends in, and its parts; empty where it is not."""
    if max(line.count("|"), line.count("\t")) >= LEAST_NUMBERS:
        line = line.strip(
            " "
        )  # a bar or tab alone at its left stands behind an empty cell: "| 2024 | 2025" above "Rape | 1 | 2"
        framed = line.startswith("|") and line.endswith("|")
        return DIVIDED, [] if _RULE.fullmatch(line) else _DIVIDED.split(
            line.strip("|") if framed else line.rstrip("|\t")
        )
    numbers = _numbers(line)
    if len(numbers) < LEAST_NUMBERS:
        item = _ITEM.fullmatch(line)
        return (ITEM, [*item.group("label", "number", "unit")]) if item else (NONE, ())
    before = line[: numbers[0].start()]
    named_so = not before.strip() or _IN_MONTH.search(before)
    if _YEAR.fullmatch(numbers[0][0]) and named_so and not _YEAR.fullmatch(numbers[-1][0]):
        numbers = numbers[1:]  # "Year ending March 2024" is the name, and so is "2024" alone
    return str(len(numbers)), [line[: numbers[0].start()], *(number[0] for number in numbers)]


def _numbers(line: str) -> list[re.Match[str]]:
    """The numbers and markers that a line ends in."""
    words = reversed([*_WORD.finditer(line)])
    return [*takewhile(lambda word: _NUMBER.fullmatch(word[0]), words)][::-1]


def _periods(text: str) -> Sequence[tuple[int, int]]:
    """Where the periods stand that a text names; none where they are of several kinds, as in the last lines of some heads."""
    named = places_named(text)
    return [place for place, _ in named] if len({period.period_type for _, period in named}) == 1 else []


def _people(line: str) -> Sequence[re.Match[str]]:
    """The names of people that a line ends in, with nothing between them."""
    people, end = list[re.Match[str]](), len(line.rstrip())
    for name in reversed([*_PEOPLE.finditer(line)]):
        if line[name.end() : end].strip():
            break
        people, end = [name, *people], name.start()
    return people


def _capital_heads(line: str, columns: int) -> tuple[int, Sequence[str]]:
    """Does a line have a capital where a name begins, and where each of so many heads does: "Force Robbery Sexual offences"; or
    wide gaps between them?
    """
    heads = _GAP.split(line.strip())
    if len(heads) != columns + 1:
        heads = [head.strip() for head in _CAPITAL.findall(line)]
    whole = "".join(heads).replace(" ", "") == line.replace(" ", "") and not any(map(str.isdigit, line))
    return (1, heads) if whole and len(heads) == columns + 1 and line.rstrip()[-1] not in ".:;!?," else (0, ())


def _heads(above: Sequence[str], columns: int, many: bool) -> tuple[int, Sequence[str]]:
    """How many lines above are heads of so many columns of numbers, and those. Heads that are several times the same are below
    one for each time: "Year ending March 2024 Year ending March 2025" above "Women Men Women Men".
    """
    count, heads = _own_heads(above, columns, many)
    own = heads[1:]
    for each in range(2, columns):
        times = columns // each
        if own and [*own] == [*own[:each]] * times:
            over, wide = _own_heads(above[: len(above) - count], times, True)
            if over:
                below = (f"{wide[1 + at // each]} {name}" for at, name in enumerate(own))
                return over + count, [f"{wide[0]} {heads[0]}", *below]
    return count, heads


def _own_heads(above: Sequence[str], columns: int, many: bool) -> tuple[int, Sequence[str]]:
    """How many lines above are a head for each of so many columns, and those: a name, then people or a period for each with
    nothing between them; the last may be a change. Above many rows names with capitals, too; none where they say anything else.
    """
    if above and len(people := _people(above[-1])) == columns:
        return 1, [above[-1][: people[0].start()], *(each[0] for each in people)]
    for count in range(1, min(len(above), 2 * columns + 1) + 1):
        first, *_ = lines = above[-count:]
        if not first.strip() or first.rstrip().endswith((".", "!", "?")):
            break
        text = one_line(" ".join(lines))
        over = _ENDING.search(above[-count - 1]) if count < len(above) else None
        places = [month.span() for month in _MONTH.finditer(text)] if over else _periods(text)
        if not places or any(text[end:start].strip(" ,;|") for (_, end), (start, _) in pairwise(places)):
            continue
        before = f"{over[0]} " if over else ""  # in a line of its own, over all of them or each
        periods, tail = [before + text[start:end] for start, end in places], text[places[-1][1] :].strip()
        if len(periods) == columns and not tail:
            return count, [text[: places[0][0]], *periods]
        if len(periods) == columns - 1 and _CHANGE.fullmatch(tail):
            return count, [text[: places[0][0]], *periods, tail]
    return _capital_heads(above[-1], columns) if many and above else (0, ())
