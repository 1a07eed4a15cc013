"""The areas in the rows of the force tables: forces, regions, countries, Community Safety Partnerships and what is left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assets.archive.reading.grid import printed
from assets.archive.reading.known import FORCE, Known
from assets.archive.reading.layout import Layout
from assets.archive.reading.names import nearest
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import Label, fold, label
from assets.archive.titled.located import Located
from assets.words.problems import Problem

UNASSIGNED = "unassigned"
WHOLES = ("region", "country")
# An area code, and the superscript that a spreadsheet reader sees behind it.
AREA_CODE = re.compile(r"([EKNSW]\d{8})(\d{1,2}(?:,\d{1,2})*)?")
# Area code -> grid row and notes of each row of it.
Rows = dict[str, list[tuple[int, tuple[int | str, ...]]]]
REMEDY = "If the area is new or was renamed, add it to data/reference/area.csv."


@dataclass
class AreaRows:
    """Rows of a table with the area of each: grid row, area code, and the notes printed with its name.

    not_whole: areas of which a part stands in a row that is not known
    """

    rows: list[tuple[int, str, tuple[int | str, ...]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    not_whole: set[str] = field(default_factory=set)


def columns_of_places(located: Located, layout: Layout) -> dict[str, int]:
    """force_code, force_name, csp_code, csp_name ... -> column, for those that the table has and that are not empty; notes below
    the table are no codes."""
    named: dict[str, int] = {}
    for column, text in located.header.labels.items():
        for name in layout.columns:
            if name.group == "areas" and text.folded in name.wordings:
                named.setdefault(name.name, column)
    if "force_name" not in named and "csp_name" not in named:
        code = {} if located.code_column is None else {"force_code": located.code_column}
        named = code | named | {"force_name": located.label_column}
    below = range(located.header.row + 1, located.region.last_row + 1)

    def filled(name: str, column: int) -> bool:
        texts = (printed(located.grid.cell(row, column)).strip() for row in below)
        return any(AREA_CODE.match(text.upper()) if name.endswith("_code") else text for text in texts)

    return {name: column for name, column in named.items() if filled(name, column)}


def areas_of_rows(located: Located, at: dict[str, int], known: Known) -> AreaRows:
    """The area of every row with a name; what does not resolve is a finding with the nearest candidates, and left out.

    An area is known by its code. The British Transport Police, what a force could not assign to a partnership, and every area
    of a table without a column of codes are known by their names, partnerships by that of their force too. A code that is not
    known, or that belongs to another area than the name, is a finding; the name is then believed. A known code whose name no
    area has is a finding, and is read by the code, unless that name is of other areas too. A force that stands twice refuses
    the table. What is not known is a part of its force, or of the region or country that it stands below.
    """
    places = AreaRows()
    rows: Rows = {}
    above = ""
    for row, texts in _lines(located, at):
        notes = tuple(dict.fromkeys(number for text in texts.values() for number in text.cited))
        code = (_partnership if "csp_name" in at else _force)(located, row, at, texts, known, places)
        if code is not None:
            rows.setdefault(code, []).append((row, notes))
            above = code if known.area_types[code] in WHOLES else above
        elif "csp_name" not in at and above:
            places.not_whole.add(above)
    if "force_code" not in at and rows:
        places.findings += _told_by_names(located, at["force_name"], rows, known)
    for code, places_of in rows.items():
        if len(places_of) == 1:
            places.rows.append((places_of[0][0], code, places_of[0][1]))
        else:
            places.problems.append(_twice(located, places_of[-1][0], at, code, places_of[0][0]))
    places.rows.sort()
    return places


def _lines(located: Located, at: dict[str, int]) -> Iterator[tuple[int, dict[str, Label]]]:
    for row in located.rows:
        texts = {}
        for key, column in at.items():
            cell = located.grid.cell(row, column)
            text = cell if isinstance(cell, str) else printed(cell)
            if text.strip():
                texts[key] = label(text, located.superscripts)
                if key.endswith("_code") and (marked := AREA_CODE.fullmatch(texts[key].text.upper())):
                    more = tuple(int(number) for number in (marked[2] or "").split(",") if number)
                    texts[key] = replace(texts[key], text=marked[1], notes=(*texts[key].notes, *more))
        beside = (
            printed(located.grid.cell(row, column)) for column in located.header.labels if column not in at.values()
        )
        # Without codes a source or a note below the table is told by the empty cells beside it.
        if "force_name" in texts and ("force_code" in at or any(map(str.strip, beside))):
            yield row, texts


def _force(
    located: Located, row: int, at: dict[str, int], texts: dict[str, Label], known: Known, places: AreaRows
) -> str | None:
    code, name = texts.get("force_code"), texts["force_name"]
    region = code is not None and code.text.startswith("E12")
    named = known.area(name.text, region) or known.area(name.text, not region)
    if code is not None and code.text in known.area_names:
        if named == code.text:
            return named
        if named is not None:
            places.findings.append(_other_area(located, row, at["force_code"], code.text, name.text, named, known))
            return named
        others = known.others_named(name.text, code.text)
        places.findings.append(_renamed(located, row, at["force_code"], code.text, name.text, others, known))
        return None if others else code.text
    if named is None or code is not None:
        places.findings.append(_unknown(located, row, at, code.text if code else "no code", name.text, named, known))
    return named


def _told_by_names(located: Located, column: int, rows: Rows, known: Known) -> Iterator[Finding]:
    """Without a column of codes West Midlands is a region and a force: the region stands above its forces."""
    yield finding(
        "areas_told_by_names", "info", _cell(located, located.header.row, column),
        "The table has no column of area codes.", "Its areas are told by their names.",
    )  # fmt: skip
    with_regions = any(known.area_types[code] == "region" for code in rows)
    for code, places_of in list(rows.items()):
        region = known.area(known.area_names[code], region=True)
        if region is None or region in rows or known.area_types[code] not in FORCE or not with_regions:
            continue
        if len(places_of) > 1:
            rows[region] = [places_of.pop(0)]
        else:
            del rows[code]
            yield finding(
                "area_not_known", "warning", located.grid.place(places_of[0][0], column),
                f"{known.area_names[code]!r} is a force and a region, and the table has no column of area codes.",
                "Left out; every other area is read.",
            )  # fmt: skip


def _partnership(
    located: Located, row: int, at: dict[str, int], texts: dict[str, Label], known: Known, places: AreaRows
) -> str | None:
    force = _force(located, row, at, texts, known, places)
    name, code = texts.get("csp_name"), texts.get("csp_code")
    if force is None or name is None:
        return force
    if code is not None:
        if code.text in known.area_names:
            return code.text
        places.findings.append(_new_partnership(located, row, at["csp_code"], code.text, name.text, force, known))
        places.not_whole.add(force)
        return None
    if (partnership := known.parts.get((force, fold(name.text)))) is not None:
        return partnership
    part = UNASSIGNED if fold(name.text).startswith(UNASSIGNED) else fold(name.text).replace(" ", "-")
    resolved = f"{force}-{part}"
    if resolved in known.area_names:
        return resolved
    places.findings.append(_new_partnership(located, row, at["csp_name"], "no code", name.text, force, known))
    places.not_whole.add(force)
    return None


def _new_partnership(
    located: Located, row: int, column: int, code: str, name: str, force: str, known: Known
) -> Finding:
    """A partnership that is new or was merged: its force is known, and no result rests on partnerships."""
    return finding(
        "partnership_not_known", "warning", _cell(located, row, column),
        f"{name!r} ({code}) in {known.area_names[force]} is not in data/reference/area.csv "
        f"({nearest(name, known.area_names.values())}).",
        "Left out; its force and every other partnership are read. Add it to data/reference/area.csv to have it.",
    )  # fmt: skip


def _unknown(
    located: Located, row: int, at: dict[str, int], code: str, name: str, named: str | None, known: Known
) -> Finding:
    column = at.get("force_code", at["force_name"])
    if named is not None:
        return finding(
            "area_code_not_known", "warning", located.grid.place(row, column),
            f"{name!r} has the code {code}, which data/reference/area.csv does not know; it is {named} there.",
            f"The figures are given to {named}, as the row is named. {REMEDY}",
        )  # fmt: skip
    return finding(
        "area_not_known", "warning", located.grid.place(row, column),
        f"{code} ({name}) is no area of data/reference/area.csv ({nearest(name, known.area_names.values())}).",
        f"Left out; every other area is read. {REMEDY}",
    )  # fmt: skip


def _twice(located: Located, row: int, at: dict[str, int], code: str, first: int) -> Problem:
    column = at.get("csp_name", at["force_name"])
    return Problem(
        located.grid.place(row, column), "area", f"{code}, which row {first + 1} is too", "every area once",
        "Where several years or tables stand below each other, save each with its own title; where two areas share a name, tell "
        "them apart by their codes in data/reference/area.csv.",
    )  # fmt: skip


def _renamed(located: Located, row: int, column: int, code: str, name: str, others: list[str], known: Known) -> Finding:
    joined = ", ".join(known.area_names[other] for other in others)
    return finding(
        "area_renamed", "warning", _cell(located, row, column),
        f"The row has the code {code}, which is {known.area_names[code]!r}, and is named {name!r}, as no area of"
        " data/reference/area.csv is.",
        f"Left out, since {joined} stands in that name too. {REMEDY}" if joined else f"Read as its code says. {REMEDY}",
    )  # fmt: skip


def _other_area(located: Located, row: int, column: int, code: str, name: str, named: str, known: Known) -> Finding:
    return finding(
        "code_of_another_area", "warning", _cell(located, row, column),
        f"The row is named {name!r} and has the code {code}, which is {known.area_names[code]!r}.",
        f"The figures are given to {named}, as the row is named.",
    )  # fmt: skip


def _cell(located: Located, row: int, column: int) -> str:
    """The table with one of its cells."""
    return f"{located.place}, cell {located.grid.place(row, column).rsplit(' ', 1)[1]}"
