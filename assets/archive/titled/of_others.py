"""Lines below a title, and headers above others, that say of whom or in what figures are, where it is not what the series are."""

import re
from calendar import month_name
from collections.abc import Collection, Iterator, Mapping

from assets.archive.reading.known import COUNTRY, FORCE, Known
from assets.archive.reading.periods import without_periods
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import label
from assets.archive.titled.beside import said_by_heading
from assets.archive.titled.beside_figures import UPPER_ROWS, above, said_of_figures
from assets.archive.titled.columns import CHANGES, of_period
from assets.archive.titled.located import AGE, KINDS, LENGTHS, WORD, Located, kinds_of
from assets.tables.records import grouped
from assets.words.problems import Problem
from assets.words.wording import number_of

PARTS = re.compile(r",(?!\d)|[;:()]|\.(?: |$)")
# "Apr to Jun", "Q1", "2022 to", which a year above or below fills up
PART_OF_A_PERIOD = re.compile(
    rf"\b(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in month_name[1:])}|sept|q[1-4]|\d+)\b", re.I
)
SIGN = re.compile(r"%|\bper ?cent\b")
MOST = 6  # words of a line that only names a kind of numbers: a longer one says something of them


def lines_of_others(located: Located, known: Known, areas: bool) -> Iterator[str]:
    """The lines that say nothing but of whom, where, when and in what figures are, and of others than the series.

    areas: the rows of the table are areas, so that one in a line is no other one; one of a country is told elsewhere
    """
    places = () if areas else (*FORCE, "region")
    return (line for line in located.lines if _of_others(located, known, places, line))


def columns_of_others(located: Located, known: Known, areas: bool, usual: re.Pattern[str]) -> dict[int, str]:
    """Column -> the header, its own or one above, that says that its figures are of others than the series; none where headers
    may say of whom these are.

    A header above named columns may be part of a name, so that it must say so itself. One of a period has nothing to add: any
    words in it for which neither title and layout, nor what is usual account make its figures others.
    """
    if located.layout.columns in LENGTHS:
        headers, more = _headers_of_periods(located), usual
    elif AGE in located.layout.series:
        return {}
    else:
        headers, more = {at: _above_it(located, at) for at in located.header.labels if at > located.label_column}, None
    places = () if areas else (*FORCE, *COUNTRY, "region")
    printed = {text for some in headers.values() for text in some if text}
    others = {
        text for text in printed
        if _of_others(located, known, places, text) or (more and located.says_more(more, _without_times_and_kinds(text)))
    }  # fmt: skip
    return {column: text for column, some in headers.items() for text in some if text in others}


def _headers_of_periods(located: Located) -> dict[int, list[str]]:
    """Column -> its header and what stands above it, for columns of periods but changes and how sure figures are."""
    headers = {}
    for column, text in located.header.labels.items():
        if (
            column > located.label_column
            and of_period(located, column, text)
            and not said_of_figures(located, column, text)
        ):
            some = [text.printed, *_above_it(located, column)]
            if not any(CHANGES.search(label(header).folded) for header in some):
                headers[column] = some
    return headers


def _above_it(located: Located, column: int) -> list[str]:
    return [above(located, column, rows) for rows in range(1, UPPER_ROWS + 1)]


def _without_times_and_kinds(text: str) -> str:
    """A header without parts of periods, and without the kind of numbers, which is held against that of the table by itself."""
    text = PART_OF_A_PERIOD.sub(" ", without_periods(text))
    for pattern in KINDS.values():
        text = pattern.sub(" ", text)
    return text


def _of_others(located: Located, known: Known, places: Collection[str], text: str) -> bool:
    parts = [
        part for part in map(_plain, PARTS.split(SIGN.sub(" percentage ", without_periods(text)))) if WORD.search(part)
    ]
    said = [_is_of_others(located, known, places, part) for part in parts]
    return None not in said and any(said)


def _plain(part: str) -> str:
    return label(part).text.strip()


def _is_of_others(located: Located, known: Known, places: Collection[str], part: str) -> bool | None:
    """Is what a part says of others? None where it says something else."""
    said = said_by_heading(label(part), known)
    if said is not None:
        return bool(
            said.sex not in ("", located.sex)
            or (said.age and located.own_ages is not None and said.age not in located.own_ages)
            or (said.area and known.area_types[said.area] in places)
        )
    said_in = part.casefold().split()
    kinds = kinds_of(" ".join(said_in))
    if not kinds or not kinds_of(said_in[0]) or len(said_in) > MOST:
        return None
    return not located.layout.change and not kinds & (kinds_of(located.layout.title.pattern) or {"count"})


def told(located: Located, others: Mapping[int, str]) -> list[Finding]:
    """A finding for each header above columns that are left out."""
    return [
        finding("columns_of_others", "warning", located.place, f"{number_of(len(some), 'column')} below the header {text!r}.",
                "Left out: the layout has no series of these. What stands below no such header, or one of all, is read. "
                "If all that its words say is usual, add them to title_phrases.csv of the layouts.")
        for text, some in grouped(others, others.__getitem__).items()
    ]  # fmt: skip


def nothing_else(located: Located, others: Mapping[int, str]) -> Problem:
    """A table in which no column is left beside those of others."""
    said = " and ".join(map(repr, dict.fromkeys(others.values())))
    return Problem(
        located.grid.place(located.header.row - 1, min(others)), "header", said,
        "figures of those whom the series are of, in their unit",
        "To have them, give the layout a table of them, with series of their own; if all that the header says is usual, add its "
        "words to title_phrases.csv of the layouts.",
    )  # fmt: skip
