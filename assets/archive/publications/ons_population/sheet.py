"""One sheet of a population file: its title, its rows, and what of it cannot be read and stops nothing else."""

import functools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assets.archive.publications.ons_population.ages import AgeCounts
from assets.archive.publications.ons_population.places import WantedAreas
from assets.archive.reading.content import Row
from assets.archive.reading.grid import letters
from assets.archive.reading.names import as_compared
from assets.archive.reading.result import Reading, finding, what_to_do
from assets.archive.reading.values import text_value
from assets.archive.reading.words import UNIT
from assets.words.problems import BadInput, Problem
from assets.words.wording import first_of

MID = re.compile(r"mid[-–— ]?(?:year[-–— ]?)?((?:18|19|20)\d\d)", re.IGNORECASE)
NOT_THERE = "-"  # the oldest tables print it for an age that no figure is given of
NAMED = 3
# A cell that cannot be read: no sum that it belongs to is given.
UNREAD = math.nan
SEXES = ("persons", "males", "females")
SCALES = {
    "thousand_persons": re.compile(r"\((?:in )?(?:thousands?|000s|1,?000s?)\)|\bin thousands\b"),
    "persons": re.compile(r"\((?:numbers?|units?|persons|people)\)"),
    "": re.compile(r"\((?:in )?millions?\)|\bin millions\b"),
}


@functools.lru_cache(maxsize=20_000, typed=True)
def cell_words(cell: Any) -> str:
    """What a cell says, as labels are compared: in small letters, without notes and without a unit."""
    text = as_compared(str(cell).replace("_", " "))
    for pattern in (UNIT, *SCALES.values()):
        text = pattern.sub("", text)
    return text.strip()


def head_labels(head: Iterable[Row]) -> list[list[str]]:
    """The first rows of a sheet as their cells say it."""
    return [[cell_words(cell) for cell in row] for row in head]


class AgeSheet:
    """A sheet, where it stands, and where what is noticed of it is put.

    name: of the sheet; file: of the file, for messages; rows: from row 1
    """

    def __init__(self, file: str, name: str, rows: Sequence[Row], places: WantedAreas, reading: Reading) -> None:
        self.file, self.name, self.rows, self.places, self.reading = file, name.strip(), rows, places, reading
        self._of_no_force: list[str] = []
        self._recoded: list[str] = []
        self._districts: dict[str, str] = {}
        self._of_no_sex = {""}
        self._rows: dict[str, int] = {}
        self._twice = False

    def below(self, header: int) -> Iterator[tuple[int, Row]]:
        """The rows below a header with their numbers."""
        return enumerate(self.rows[header + 1 :], start=header + 2)

    def title(self, header: int) -> str:
        """Everything above a header, as one text, its words one space apart."""
        return " ".join(word for row in self.rows[:header] for cell in row for word in str(cell).split())

    def unit(self, header: int) -> str:
        """The unit that the header, or else what stands above it, prints: one for the whole sheet."""
        for text in (" ".join(as_compared(str(cell)) for cell in self.rows[header]), self.title(header).casefold()):
            units = [unit for unit, pattern in SCALES.items() if pattern.search(text)]
            if len(units) > 1 or "" in units:
                raise self.cannot(f"row {header + 1}", "figures in millions, or in two units", "persons, or thousands of them",
                                  "Look at the sheet.")  # fmt: skip
            if units:
                return units[0]
        return "persons"

    def year(self, title: str) -> int:
        """The mid-year that a title names."""
        years = MID.findall(title)
        if not years or len(set(years)) > 1:
            raise self.cannot("the title", repr(title[:120]), "one mid-year, such as mid-2022", "Look at the sheet.")
        return int(years[0])

    def sex(self, title: str) -> str:
        """The sex that a title names, which the sheet's name does not contradict."""
        named_so, called = (
            [self.places.sexes[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in SEXES]
            for text in (title, self.name)
        )
        if not named_so:
            raise self.cannot("the title", repr(title[:120]), "persons, males or females", "Look at the sheet.")
        if called and named_so[0] not in called:
            raise self.cannot("the title", repr(title[:120]), f"{called[0]}, as the sheet is called",
                              "Two sheets may have exchanged titles: land the file as it was published.")  # fmt: skip
        return named_so[0]

    def sex_of(self, cell: Any, number: int) -> str | None:
        """The sex that a cell names; None, with a finding, for a word that is none."""
        sex = self.places.sexes.get(cell_words(cell))
        if sex is None and cell_words(cell) not in self._of_no_sex:
            self._of_no_sex.add(cell_words(cell))
            known = f"one of {', '.join(self.places.sexes)}"
            self._set_aside(
                "record_set_aside", f"row {number}", repr(cell), known, "Its rows are left out.",
                "Add the word to data/layouts/ons_population/sexes.csv, with its source, if it is one.",
            )  # fmt: skip
        return sex

    def number(self, row: Row, number: int, at: int) -> float | None:
        """The count in a cell; None for a marker and for nothing, UNREAD, with a finding, for what is neither."""
        cell = row[at] if at < len(row) else ""
        if isinstance(cell, (int, float)):
            return float(cell)
        text = str(cell).strip()
        if not text or text == NOT_THERE:
            return None
        value = text_value(text, self.places.marks)
        return value.number if value else self.unread(f"{letters(at)}{number}", repr(cell))

    def unread(self, cell: str, found: str) -> float:
        """Name a cell that cannot be read."""
        self._set_aside(
            "figure_set_aside", cell, found, "a number or a known marker", "No figure that it is part of is given.",
            what_to_do(found.strip("'")),
        )  # fmt: skip
        return UNREAD

    def force(self, code: str, name: str, number: int) -> str | None:
        """The police force of a district; None, with a finding, for a district of no known one.

        ONS gives a district whose boundary moved a new code and leaves it its name: of the two codes a sheet has one.
        """
        known = code if code in self.places.force_of else self.places.district_named.get(as_compared(name), "")
        force = self.places.force_of.get(known)
        if force is not None and self._districts.setdefault(known, code) != code:
            force = None
        elif force is not None and known != code and code not in self._recoded:
            self._recoded.append(code)
            self.reading.findings.append(
                finding(
                    "area_code_not_known", "warning", f"{self.file}, sheet {self.name}, row {number}",
                    f"{name.strip()!r} has the code {code}, and was {known}.",
                    f"Read as a district of {self.places.name_of[force]}, as it is named. Add the code to "
                    "data/layouts/ons_population/force_of_district.csv.",
                )
            )  # fmt: skip
        if force is None and code not in self._of_no_force:
            self._of_no_force.append(code)
            self._set_aside(
                "record_set_aside", f"row {number}", f"{code} ({name.strip()})", "a district of a known police force",
                "No force is given of this sheet, since one of them is not whole; everything else is.",
                "Add the district to data/layouts/ons_population/force_of_district.csv, with its source.",
            )  # fmt: skip
        return force

    def again(self, key: str, number: int) -> bool:
        """Does a row say what another one of the sheet said already? It is left out, with a finding, and with it every sum."""
        first = self._rows.setdefault(key, number)
        if first != number and not self._twice:
            self._twice = True
            self._set_aside(
                "record_set_aside", f"row {number}", f"{key}, which row {first} is too", "every row once",
                "The first is taken, and no force is given of this sheet, since its sums may count a district twice.",
                "Take the file as published.",
            )  # fmt: skip
        return first != number

    def whole(self, forces: Iterable[AgeCounts]) -> list[AgeCounts]:
        """The forces of the sheet: none where a district belongs to no known one or stands twice, or the sheet is cut off."""
        listed = list(forces)
        if self._of_no_force or self._twice or not listed:
            return []
        try:
            self.refuse_if_cut(listed)
        except BadInput as error:
            [problem] = error.problems
            self._set_aside("record_set_aside", "the districts", problem.value, problem.expected,
                            "No force is given of this sheet; what it prints itself is.", problem.remedy)  # fmt: skip
            return []
        return listed

    def refuse_if_cut(self, forces: Iterable[AgeCounts]) -> None:
        """BadInput where forces have no district and none that is not known can be theirs.

        Districts come and go, so that which of a force are lacking cannot be told; a sheet that is cut off lacks whole forces.
        """
        lacking = sorted(set(self.places.force_of.values()) - {counts.area_code for counts in forces})
        if len(lacking) > len(self._of_no_force):
            raise self.cannot(
                "the districts", f"none of {first_of(map(self.places.name_of.__getitem__, lacking), NAMED)}",
                "some of every police force of England and Wales",
                "Sums over its districts would not be whole: is it cut off, or a part of a table? Take the whole of it.",
            )  # fmt: skip

    def cannot(self, place: str, found: str, expected: str, remedy: str) -> BadInput:
        """The refusal of the sheet."""
        where = ", ".join(filter(None, (self.file, f"sheet {self.name}", place)))
        return BadInput(f"{self.file}, sheet {self.name} cannot be read", [Problem(where, "", found, expected, remedy)])

    def _set_aside(self, kind: str, place: str, found: Any, expected: str, handling: str, remedy: str) -> None:
        self.reading.findings.append(
            finding(kind, "error", f"{self.file}, sheet {self.name}, {place}", f"Found {found}; expected {expected}.",
                    f"{handling} {remedy}")
        )  # fmt: skip
