"""Which series a row of a titled table is: by its code first, and else by the words of its label."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assets.archive.reading.codes import CODE, SUB_CODE, code_beside, offence_code, sub_code
from assets.archive.reading.known import Known
from assets.archive.reading.layout import LabelNames
from assets.archive.reading.layout_form import LabelName
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import Label
from assets.archive.titled.beside import NOTHING, SaidBeside
from assets.archive.titled.located import Located

FEW_CODES = 3
OF_WHICH = re.compile(r"\W*of which\b", re.IGNORECASE)


@dataclass
class SheetRow:
    """A row with figures: its place in the grid, label, name and series, what the layout says of it, and what stands beside.

    part: name and value of a characteristic, where its figures are broken down by one
    """

    index: int
    label: Label
    name: str
    series: str
    age: str = ""
    sex: str = ""
    part: tuple[str, str] | None = None
    base: bool = False
    code: str | None = None
    said: SaidBeside = NOTHING

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What the row is, its series first: no other row of its table may be the same."""
        return self.series, self.said, self.sex, self.age, self.part


@dataclass
class RowNames:
    """Names the rows of a table one after the other: by a code, by a detailed code below its class, by the words of the label.

    labels: those of all its rows; findings: codes that cannot be read
    """

    located: Located
    names: LabelNames
    known: Known
    labels: Sequence[Label]
    findings: list[Finding]
    under: str = ""
    current: str = ""

    @cached_property
    def classes(self) -> bool:
        """Are rows grouped below classes of offences?"""
        return any(name.kind == "class" for name in self.names.names)

    @cached_property
    def _in_labels(self) -> bool:
        """Stand the codes of a table, which has some, in the cells of its labels?"""
        if self.classes or self.located.code_column is not None or self.located.layout.code_header is None:
            return False
        codes = (_code_in_label(text, self.known)[0] for text in self.labels)
        return sum(code in self.known.offence_codes for code in codes) >= FEW_CODES

    @cached_property
    def _by_code(self) -> dict[str, LabelName]:
        return {name.code: name for name in self.names.names if name.code}

    def row(self, index: int, text: Label) -> SheetRow | None:
        """The row with its series, None where it has no name.

        Errors: Ambiguous where its words are as near to two names.
        """
        if self.classes:
            detailed, text = _sub_code(self.located, index, text)
            if detailed:
                below = f"{self.current}.{detailed}"
                return self._row(index, text, below, below)
        else:
            if self._in_labels:
                code, text = _code_in_label(text, self.known)
            else:
                code = _code(self.located, index, self.findings)
            if code is not None:
                special = self._by_code.get(code)
                name = special.name if special and _names_it(special, text) else code
                return self._row(index, text, name, code)
        return self._worded(index, text)

    def pass_over(self, text: Label) -> None:
        """What stands below a row without a name is of the group that it heads, never of the one before."""
        if self.classes:
            self.current = text.folded

    def _row(self, index: int, text: Label, name: str, code: str) -> SheetRow:
        return SheetRow(index, text, name, self.located.series(name), code=code)

    def _worded(self, index: int, text: Label) -> SheetRow | None:
        of_which = bool(OF_WHICH.match(text.text))
        name = self.names.find(text.text, self.under if of_which else "")
        if name is None and self.located.layout.code_header is not None:
            # A row of a table by offence whose code is missing or unreadable is known by the offence's own name.
            code = self.known.offence(text.text)
            return self._row(index, text, code, code) if code else None
        name = name or self.names.of_any
        if name is None:
            return None
        if not of_which:
            self.under = name.name
        if name.kind == "class":
            self.current = name.name
        return self._labelled(index, text, name)

    def _labelled(self, index: int, text: Label, name: LabelName) -> SheetRow:
        base, key = name.kind == "base", name.name
        if self.classes and self.current:
            key = f"{self.current}.total" if name.kind == "class" else f"{self.current}.{name.name}"
        series = name.name if base else self.located.series(key)
        part = (name.characteristic, name.wordings[0]) if name.characteristic else None
        return SheetRow(index, text, name.name, series, name.age, name.sex, part, base)


def _names_it(name: LabelName, text: Label) -> bool:
    """Is a label one of the wordings of a name?"""
    return LabelNames((name.model_copy(update={"code": "", "under": ""}),)).find(text.text) is not None


def _sub_code(located: Located, index: int, text: Label) -> tuple[str | None, Label]:
    """The sub-code of a row of a class, in a column of its own or in its label, and the label without it."""
    at = located.code_column
    own = sub_code(located.grid.text(index, at)) if at is not None else None
    beside = code_beside(text.text, SUB_CODE)
    if beside is None or (made := sub_code(beside[0])) is None:
        return own, text
    return own or made, replace(text, text=beside[1])


def _code_in_label(text: Label, known: Known) -> tuple[str | None, Label]:
    """The code that stands in a label, and the label without it."""
    beside = code_beside(text.text, CODE)
    try:
        code = offence_code(beside[0]) if beside else None
    except ValueError:
        code = None
    is_one = code is not None and (code in known.offence_codes or code[0].isdigit())
    return (code, replace(text, text=beside[1])) if beside and is_one else (None, text)


def _code(located: Located, index: int, findings: list[Finding]) -> str | None:
    """The offence code of a row; one that cannot be read is a finding, and the row goes by its label."""
    at = located.code_column
    if at is None:
        return None
    try:
        return offence_code(located.grid.cell(index, at))
    except ValueError as error:
        findings.append(
            finding(
                "code_not_readable", "warning", located.grid.place(index, at),
                f"{error} stands where an offence code such as 8L, 19C, 4.10 or 4.4/6/8 is expected.",
                "The row goes by its label. A spreadsheet may have made a date of the code: take the file as published.",
            )
        )  # fmt: skip
        return None
