"""What the columns of an indicator's table hold: what the layout says of a header, else what all labels below it say."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.archive.publications.csew_sdg.indicator import Indicator, is_label, own_words
from assets.archive.reading.ages import SEXES, age_in, as_labels_are
from assets.archive.reading.layout_tables import Record, pairs
from assets.archive.reading.long_table import header_label
from assets.archive.reading.marks import marks
from assets.archive.reading.notes import NOTE_COLUMN
from assets.archive.reading.reference import Reference
from assets.archive.reading.text import label
from assets.archive.reading.values import text_number
from assets.archive.reading.words import EVERYBODY, words

TAKEN = "Taken as a characteristic of that name."
WHOLE = re.compile(r"(?:all|total)\b", re.IGNORECASE)
NOT_AVAILABLE = ("na", "n/a")
OLDEST = 120  # years
SEX, AGE_BASE, AS_PRINTED = "sex", "age_base", ("year", "value", "expected")  # roles whose cells are read as they stand


class Labels:
    """What labels of an indicator say by themselves, whichever column they stand in."""

    def __init__(self, indicator: Indicator, source: str, reference: Reference) -> None:
        self.kinds = {text for row in indicator.kinds for name in ("kind", "subkind") for text in row[name].split("|")}
        self.statuses = pairs(indicator.data, "csew_sdg/statuses", "printed", "obs_status")
        self.regions = reference.places("region", "country")
        self.marks = marks(indicator.data)
        self.own = own_words(reference, source)

    def of(self, text: str) -> str | None:
        """Is it a sex, a kind of the indicator, a status, an age or a region?"""
        if SEXES.get(text.casefold(), "all") != "all":
            return "sex"
        if text in self.kinds:
            return "kind"
        if text in self.statuses:
            return "status"
        return "age" if age_in(text) else "region" if self.regions.key(text) else None

    def plain(self, header: str, printed: str) -> str:
        """A label without its notes; nothing where it says that nothing stands there, or that all of a breakdown are meant."""
        text = as_labels_are(label(printed).text)
        of_header = words(header) if WHOLE.match(text) else ()
        everybody = {*words(text)} <= {*of_header, *EVERYBODY, *self.own} and self.of(text) is None
        return "" if (everybody and header != SEX) or text.casefold() in NOT_AVAILABLE else text

    def role(self, filled: Sequence[str], lines: int) -> str | None:
        """The role of a column: all its labels are sexes or regions, most are statuses, or each line says the ages."""
        said = set(filled)
        if all(text.casefold() in SEXES for text in said) and any(self.of(text) == "sex" for text in said):
            return SEX
        if all(map(self.regions.key, said)):
            return "region"
        if 2 * sum(text in self.statuses for text in filled) > len(filled):  # one that is not known is told as a status
            return "status"
        return AGE_BASE if len(filled) == lines and all(map(age_in, said)) else None

    def is_mark(self, text: str) -> bool:
        """Shorthand that stands beside figures, such as "P"."""
        return f"[{text.strip('[]').casefold()}]" in self.marks.beside


@dataclass
class Columns:
    """Position of each role; breakdowns as (position, name, position of the label above it); what alone may stand in a column;
    columns whose labels are listed."""

    roles: dict[str, int] = field(default_factory=dict)
    breakdowns: list[tuple[int, str, int | None]] = field(default_factory=list)
    expected: list[tuple[int, str]] = field(default_factory=list)
    listed: dict[int, Record] = field(default_factory=dict)


def plain_rows(rows: Sequence[list[Any]], indicator: Indicator, labels: Labels) -> list[list[Any]]:
    """The rows below a header with their labels plain; those of another width as they are."""
    roles = {at: column["role"] for at, column in indicator.places(rows[0]).items()}
    said = {
        at: SEX if roles.get(at) == SEX else str(cell)
        for at, cell in enumerate(rows[0])
        if roles.get(at) not in AS_PRINTED
    }
    return [rows[0]] + [
        [labels.plain(said[at], str(cell)) if at in said else cell for at, cell in enumerate(cells)]
        if len(cells) == len(rows[0])
        else cells
        for cells in rows[1:]
    ]


def columns_of(
    rows: Sequence[Sequence[Any]], indicator: Indicator, labels: Labels, new: Callable[..., None]
) -> Columns:
    """The columns of a table whose first row is its header. `new` is told of each column that no layout names: its header, its
    labels and what is made of it."""
    places, made, lines = indicator.places(rows[0]), Columns(), len(rows) - 1
    below = [
        [text for cells in rows[1:] if at < len(cells) and (text := str(cells[at]).strip())]
        for at in range(len(rows[0]))
    ]
    if any(at not in places and labels.role(texts, lines) == AGE_BASE for at, texts in enumerate(below)):
        places = {at: it for at, it in places.items() if it["role"] != AGE_BASE or any(map(age_in, set(below[at])))}
    _named(rows[0], places, made)
    for at, (cell, printed) in enumerate(zip(rows[0], below, strict=True)):
        name = " ".join(str(cell).split()).casefold()
        if at in places or not name or not printed or NOTE_COLUMN.fullmatch(name):
            continue
        filled = [text for each in printed if (text := labels.plain(name, each))]
        role = labels.role(filled, lines)
        alone = next((it["name"] for it in indicator.columns if it["role"] == "expected" and it["name"]
                      and all(is_label(text, it["name"]) for text in set(filled))), None)  # fmt: skip
        # What says nothing of some lines alone is no characteristic: every total would be of one else.
        if not filled:
            new(cell, printed, f"{printed[0]!r} names the publication, or all that it covers, and breaks nothing down.")
        elif alone is not None:
            made.expected.append((at, alone))
        elif role is not None and role not in made.roles:
            made.roles[role] = at
            if role != "status":
                new(cell, filled, f"Read as {role.replace('_', ' ')}: all of its labels are such.")
        elif len(set(filter(str.isdigit, filled))) == lines or all(map(labels.is_mark, filled)):
            continue  # a number of each line, or marks such as "P"
        elif _of_no_people(filled):
            new(cell, filled, "Passed over: such numbers break nothing down.")
        else:
            made.breakdowns.append((at, name, None))
            new(cell, filled, TAKEN)
    return made


def _of_no_people(labels: Sequence[str]) -> bool:
    """Are all of them numbers, with decimals or too large for ages: limits, errors, or how many were asked?"""
    numbers = [text_number(text) for text in labels]
    return all(number is not None for number in numbers) and any(
        "." in text or (number or 0) > OLDEST for text, number in zip(labels, numbers, strict=True)
    )


def _named(header: Sequence[Any], places: Mapping[int, Record], made: Columns) -> None:
    """The columns that the layout names."""
    there = [words(header_label(cell)) for cell in header]
    for at, column in places.items():
        if column["role"] == "characteristic":
            above = there.index(words(column["parent"])) if words(column["parent"]) in there else None
            made.breakdowns.append((at, column["name"], above if column["parent"] else None))
            made.listed |= {at: column} if column["labels"] else {}
        elif column["role"] == "expected":
            made.expected.append((at, column["name"]))
        else:
            made.roles[column["role"]] = at
