"""The areas in the rows of the force tables: forces, regions, countries, Community Safety Partnerships and what is left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assets.archive.readers.known import Known
from assets.archive.readers.locate import Located
from assets.archive.readers.reading import Finding, finding
from assets.archive.sheets.grid import printed
from assets.archive.sheets.layout import Layout
from assets.archive.sheets.nearest import nearest
from assets.archive.sheets.text import Label, fold, label
from assets.words.problems import Problem

UNASSIGNED = "unassigned"
# An area code, and the superscript that a spreadsheet reader sees behind it.
AREA_CODE = re.compile(r"([EKNSW]\d{8})(\d{1,2}(?:,\d{1,2})*)?")
REMEDY = "If the area is new or was renamed, add it to data/reference/area.csv."


@dataclass
class Places:
    """Rows of a table with the area of each: grid row, area code, and the notes printed with its name."""

    rows: list[tuple[int, str, tuple[int | str, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def columns_of_places(located: Located, layout: Layout) -> dict[str, int]:
    """force_code, force_name, csp_code, csp_name ... -> column, for those that the table has."""
    names = [name for name in layout.columns if name.group == "places"]
    found: dict[str, int] = {}
    for column, text in located.header.labels.items():
        for name in names:
            if name.label.fullmatch(text.folded):
                found.setdefault(name.name, column)
    return found


def places(located: Located, at: dict[str, int], known: Known) -> Places:
    """The area of every row with a name; what does not resolve is a problem with the nearest candidates.

    An area is known by its code. The British Transport Police, and what a force could not assign to a partnership, have
    no code in print and are known by their names. A code that belongs to another area than the name is a finding; the
    name is then believed where both the force's and the row's name agree with it.
    """
    found = Places()
    seen: dict[str, int] = {}
    for row, texts in _lines(located, at):
        notes = tuple(dict.fromkeys(number for text in texts.values() for number in text.cited))
        code, problem = (_partnership if "csp_name" in at else _force)(located, row, at, texts, known, found)
        if problem is not None:
            found.problems.append(problem)
        elif code is not None:
            if code in seen:
                found.problems.append(_twice(located, row, at, code, seen[code]))
            seen.setdefault(code, row)
            found.rows.append((row, code, notes))
    return found


def _lines(located: Located, at: dict[str, int]) -> Iterator[tuple[int, dict[str, Label]]]:
    for row in range(located.header.row + 1, located.region.last_row + 1):
        texts = {}
        for key, column in at.items():
            cell = located.grid.cell(row, column)
            text = cell if isinstance(cell, str) else printed(cell)
            if text.strip():
                texts[key] = label(text, located.superscripts)
                if key.endswith("_code") and (marked := AREA_CODE.fullmatch(texts[key].text)) and marked[2]:
                    more = tuple(int(number) for number in marked[2].split(","))
                    texts[key] = replace(texts[key], text=marked[1], notes=(*texts[key].notes, *more))
        if "force_name" in texts:
            yield row, texts


def _force(
    located: Located, row: int, at: dict[str, int], texts: dict[str, Label], known: Known, found: Places
) -> tuple[str | None, Problem | None]:
    code, name = texts.get("force_code"), texts["force_name"]
    region = code is not None and code.text.startswith("E12")
    if code is None:
        resolved = known.area(name.text)
        if resolved is not None:
            return resolved, None
        return None, _unknown(located, row, at["force_name"], repr(name.text), name.text, known)
    if code.text not in known.area_names:
        return None, _unknown(located, row, at["force_code"], f"{code.text} ({name.text})", name.text, known)
    named = known.area(name.text, region)
    if named is not None and named != code.text:
        found.findings.append(_other_area(located, row, at["force_code"], code.text, name.text, named, known))
        return named, None
    return code.text, None


def _partnership(
    located: Located, row: int, at: dict[str, int], texts: dict[str, Label], known: Known, found: Places
) -> tuple[str | None, Problem | None]:
    force, problem = _force(located, row, at, texts, known, found)
    name, code = texts.get("csp_name"), texts.get("csp_code")
    if problem is not None or force is None or name is None:
        return force, problem
    if code is not None:
        if code.text in known.area_names:
            return code.text, None
        found.findings.append(_new_partnership(located, row, at["csp_code"], code.text, name.text, force, known))
        return None, None
    part = UNASSIGNED if fold(name.text).startswith(UNASSIGNED) else fold(name.text).replace(" ", "-")
    resolved = f"{force}-{part}"
    if resolved in known.area_names:
        return resolved, None
    found.findings.append(_new_partnership(located, row, at["csp_name"], "no code", name.text, force, known))
    return None, None


def _new_partnership(
    located: Located, row: int, column: int, code: str, name: str, force: str, known: Known
) -> Finding:
    """A partnership that is new or was merged: its force is known, and no result rests on partnerships."""
    return finding(
        "partnership_not_known", "warning", f"{located.place}, cell {located.grid.place(row, column).rsplit(' ', 1)[1]}",
        f"{name!r} ({code}) in {known.area_names[force]} is not in data/reference/area.csv "
        f"({nearest(name, known.area_names.values())}).",
        "Left out; its force and every other partnership are read. Add it to data/reference/area.csv to have it.",
    )  # fmt: skip


def _unknown(located: Located, row: int, column: int, found: str, name: str, known: Known) -> Problem:
    near = nearest(name, known.area_names.values())
    return Problem(
        located.grid.place(row, column), "area", found, f"an area of data/reference/area.csv ({near})", REMEDY
    )


def _twice(located: Located, row: int, at: dict[str, int], code: str, first: int) -> Problem:
    column = at.get("csp_name", at["force_name"])
    return Problem(
        located.grid.place(row, column), "area", f"{code}, which row {first + 1} is too", "every area once",
        "If two areas share a name, tell them apart by their codes in data/reference/area.csv.",
    )  # fmt: skip


def _other_area(located: Located, row: int, column: int, code: str, name: str, named: str, known: Known) -> Finding:
    return finding(
        "code_of_another_area", "warning", f"{located.place}, cell {located.grid.place(row, column).rsplit(' ', 1)[1]}",
        f"The row is named {name!r} and has the code {code}, which is {known.area_names[code]!r}.",
        f"The figures are given to {named}, as the row is named.",
    )  # fmt: skip
