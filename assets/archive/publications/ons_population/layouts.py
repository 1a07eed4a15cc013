"""The layouts of population by age: each turns the rows of a sheet into counts by area, sex, mid-year and single age."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assets.archive.publications.ons_population.ages import Counts
from assets.archive.publications.ons_population.places import Places
from assets.archive.reading.content import Row
from assets.archive.reading.long_table import column_letter
from assets.archive.reading.marks import Marks
from assets.archive.reading.names import plain
from assets.archive.reading.result import Reading
from assets.archive.reading.values import text_value
from assets.words.problems import BadInput, Problem
from schemas.codes import ENGLAND_AND_WALES

MID = re.compile(r"mid[- ]?((?:18|19|20)\d\d)", re.IGNORECASE)
AGE = re.compile(r"(\d{1,3})(?:\.0)?\s*(\+|and over|& over)?", re.IGNORECASE)
DISTRICT = re.compile(r"[EW]0[6-9]\d{6}")
WARD = re.compile(r"[EW]05\d{6}")
NOT_COUNTS = re.compile(r"median|density|change|ratio", re.IGNORECASE)
NOT_THERE = "-"  # the oldest tables print it for an age that no figure is given of
OPEN_AGES = (85, 90, 100, 105)
SINGLE = dict[int, tuple[float | None, tuple[str, ...]]]


def by_area(sheet: str, rows: Sequence[Row], places: Places, reading: Reading) -> Iterator[Counts]:
    """Areas in rows, single years of age in columns; sex and mid-year stand in the title (tables MYE2)."""
    header, columns, ages = _wide(sheet, rows, ("code", "geography", "all_ages"), places)
    title = _title(rows[:header])
    year, sex = _year(title, sheet), _sex(title, sheet, places)
    forces: dict[str, Counts] = {}
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        code = str(row[columns["code"]]).strip()
        if code in places.direct:
            yield _counts(code, sex, year, sheet, row, number, columns["all_ages"], ages, places)
        elif DISTRICT.fullmatch(code):
            force = _force(code, str(row[columns["name"]]) if "name" in columns else code, sheet, number, places)
            _add(
                forces,
                force,
                _counts(force, sex, year, sheet, row, number, columns["all_ages"], ages, places),
                "district",
            )
    yield from forces.values()


def by_ward(sheet: str, rows: Sequence[Row], places: Places, reading: Reading) -> Iterator[Counts]:
    """Wards in rows with the code of their district, single years of age in columns; added up to forces and to the whole."""
    header, columns, ages = _wide(sheet, rows, ("ward", "code", "all_ages"), places)
    title = _title(rows[:header])
    year, sex = _year(title, sheet), _sex(title, sheet, places)
    sums: dict[str, list[float]] = {}
    rows_of: dict[str, list[int]] = {}
    positions = [columns["all_ages"], *(at for at, _ in ages)]
    notes = 0
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        if not WARD.fullmatch(str(row[columns["ward"]]).strip()):
            notes += any(str(cell).strip() for cell in row)
            continue
        district = str(row[columns["code"]]).strip()
        values = [_number(row[at], sheet, number, at, places.marks) for at in positions]
        if None in values:
            raise _cannot(sheet, f"row {number}", "an empty cell", "a count for every age", "Look at the row.")
        for area in (ENGLAND_AND_WALES, _force(district, district, sheet, number, places)):
            held = sums.setdefault(area, [0.0] * len(positions))
            for index, value in enumerate(values):
                held[index] += value or 0.0
            rows_of.setdefault(area, []).append(number)
    if notes:
        reading.left_out.append(
            {"what": "rows below the wards", "why": "Notes of the source.", "where": sheet, "rows": notes}
        )
    for area, held in sums.items():
        # Thousands of wards: the first and the last row are said, and how many are added up.
        first, last = rows_of[area][0], rows_of[area][-1]
        total = f"{column_letter(positions[0])}{first}:{column_letter(positions[0])}{last}"
        ends = {age: (f"{column_letter(at)}{first}", f"{column_letter(at)}{last}") for at, age in ages}
        counts = Counts(area, sex, year, sheet.strip(), (held[0], total), line=first, parts=len(rows_of[area]))
        counts.ages = {age: (held[index], ends[age]) for index, (_, age) in enumerate(ages, start=1)}
        counts.note = f"sum of {counts.parts} wards; the rows between that belong to other areas are not in it"
        counts.one_block = True
        yield counts


def by_year(sheet: str, rows: Sequence[Row], places: Places, reading: Reading) -> Iterator[Counts]:
    """Sex and single age in rows, mid-years in columns; the area stands in the title (the historical tables)."""
    header = _find(rows, lambda labels: {"age", "sex"} <= set(labels) and any(MID.fullmatch(label) for label in labels))
    if header is None:
        return
    title = _title(rows[:header])
    area = next(
        (
            places.names[name]
            for name in sorted(places.names, key=len, reverse=True)
            if f"for {name}," in title.casefold()
        ),
        None,
    )
    if area is None:
        reading.left_out.append(
            {"what": title[:120], "why": "An area outside England and Wales.", "where": sheet, "rows": len(rows)}
        )
        return
    labels = [plain(str(cell)) for cell in rows[header]]
    at_age, at_sex = labels.index("age"), labels.index("sex")
    years = {at: int(match[1]) for at, label in enumerate(labels) if (match := MID.fullmatch(label))}
    unit = "thousand_persons" if "(thousands)" in title.casefold() else "persons"
    made: dict[tuple[str, int], Counts] = {}
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        sex = places.sexes.get(str(row[at_sex]).strip().casefold())
        if sex is None:
            continue
        age = _age(row[at_age])
        for at, year in years.items():
            value, cell = _number(row[at], sheet, number, at, places.marks), f"{column_letter(at)}{number}"
            counts = made.setdefault((sex, year), Counts(area, sex, year, sheet.strip(), None, line=number, unit=unit))
            if age is not None:
                counts.ages[age[0]] = (value, (cell,))
            elif plain(str(row[at_age])) == "all ages":
                counts.all_ages = (value, cell)
    for counts in made.values():
        printed = [age for age, (value, _) in counts.ages.items() if value is not None]
        if printed and max(printed) < max(counts.ages):
            counts.note = f"{max(printed)} and over in one figure"
        yield counts


def single_ages(sheet: str, rows: Sequence[Row], places: Places, reading: Reading) -> Iterator[Counts]:
    """One area: single ages in rows, persons, females and males in columns; area and mid-year stand in a comment above."""
    header = _find(rows, lambda labels: {"age", "persons", "females", "males"} <= set(labels))
    if header is None:
        return
    title = _title(rows[:header])
    year = _year(title, sheet)
    area = next((code for code in sorted(places.direct) if code in title), None)
    if area is None:
        raise _cannot(sheet, "row 1", title[:80], "the code of the area", "Say the area above the header.")
    labels = [plain(str(cell)) for cell in rows[header]]
    for label in ("persons", "females", "males"):
        at = labels.index(label)
        counts = Counts(area, places.sexes[label], year, sheet.strip(), None, line=header + 2)
        for number, row in enumerate(rows[header + 1 :], start=header + 2):
            age = _age(row[labels.index("age")]) if row else None
            if age is not None:
                counts.ages[age[0]] = (
                    _number(row[at], sheet, number, at, places.marks),
                    (f"{column_letter(at)}{number}",),
                )
        yield counts


def long_form(sheet: str, rows: Sequence[Row], places: Places, reading: Reading) -> Iterator[Counts]:
    """Area, sex and single age in rows, one column `population_yyyy` per mid-year (tables MYEB1)."""
    header = _find(
        rows, lambda labels: {"code", "sex", "age"} <= set(labels) and any("population" in label for label in labels)
    )
    if header is None:
        return
    labels = [plain(str(cell).replace("_", " ")) for cell in rows[header]]
    at = {name: labels.index(name) for name in ("code", "name", "sex", "age")}
    years = {i: int(label[-4:]) for i, label in enumerate(labels) if re.fullmatch(r"population \d{4}", label)}
    made: dict[tuple[str, str, int], Counts] = {}
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        code = row[at["code"]]
        direct = code in places.direct
        if not direct and not (isinstance(code, str) and DISTRICT.fullmatch(code)):
            continue
        area = code if direct else _force(code, str(row[at["name"]]), sheet, number, places)
        sex = places.sexes.get(str(row[at["sex"]]).strip().casefold())
        age = _age(row[at["age"]])
        if sex is None or age is None:
            continue
        for column, year in years.items():
            counts = made.setdefault(
                (area, sex, year), Counts(area, sex, year, sheet.strip(), None, line=number, parts=0 if direct else 1)
            )
            value, cell = _number(row[column], sheet, number, column, places.marks), f"{column_letter(column)}{number}"
            before, cells = counts.ages.get(age[0], (0.0, ()))
            counts.ages[age[0]] = (None if value is None or before is None else before + value, (*cells, cell))
            if not direct:
                counts.note = "sum of the districts of the force"
    yield from made.values()


def totals(sheet: str, rows: Sequence[Row], places: Places, reading: Reading) -> Iterator[Counts]:
    """Areas in rows, mid-years in columns, all ages and both sexes: with codes also for forces, else by name."""
    header = _find(
        rows, lambda labels: {"name", "geography"} <= set(labels) and any(MID.search(label) for label in labels)
    )
    if header is None or NOT_COUNTS.search(_title(rows[:header])):
        return
    labels = [plain(str(cell).lstrip("\ufeff")) for cell in rows[header]]
    years = {
        at: int(match[1])
        for at, label in enumerate(labels)
        if (match := MID.fullmatch(label.removeprefix("population ")))
    }
    at_code = labels.index("code") if "code" in labels else None
    forces: dict[tuple[str, int], Counts] = {}
    left = 0
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        kind, name = plain(str(row[labels.index("geography")])), plain(str(row[labels.index("name")]))
        code = str(row[at_code]).strip() if at_code is not None else None
        if code is None:
            area = places.names.get(name.removesuffix(" region")) if kind in ("country", "region") else None
        else:
            area = code if code in places.direct else None
        force = _force(code, name, sheet, number, places) if code and DISTRICT.fullmatch(code) else None
        if area is None and force is None:
            left += bool(name)
            continue
        for at, year in years.items():
            cell = (_number(row[at], sheet, number, at, places.marks), f"{column_letter(at)}{number}")
            counts = Counts(area or force or "", "all", year, sheet.strip(), cell, line=number)
            if area is not None:
                yield counts
            else:
                _add_total(forces, (counts.area_code, year), counts)
    yield from forces.values()
    if left:
        why = "Counties and areas outside England and Wales." if at_code is not None else (
            "Printed without codes; the column of forces is not the publisher's.")  # fmt: skip
        reading.left_out.append({"what": "other areas", "why": why, "where": sheet, "rows": left})


def _add_total(forces: dict[tuple[str, int], Counts], key: tuple[str, int], counts: Counts) -> None:
    by_force = {str(key): forces[key]} if key in forces else {}
    _add(by_force, str(key), counts, "district")
    forces[key] = by_force[str(key)]
    forces[key].area_code = key[0]


def _wide(
    sheet: str, rows: Sequence[Row], wanted: tuple[str, ...], places: Places
) -> tuple[int, dict[str, int], list[tuple[int, int]]]:
    """Row of the header, positions of the wanted columns, and (position, age) of every single age."""
    known: dict[str, set[str]] = {}
    for record in places.headers:
        known.setdefault(record["column"], set()).add(plain(record["header"]))
    for index, row in enumerate(rows):
        labels = [plain(str(cell)) for cell in row]
        positions = {
            name: next((at for at, label in enumerate(labels) if label in known[name]), -1)
            for name in (*wanted, "name")
        }
        if all(positions[name] >= 0 for name in wanted):
            ages = [
                (at, age[0]) for at in range(positions["all_ages"] + 1, len(row)) if (age := _age(row[at])) is not None
            ]
            if [age for _, age in ages] != list(range(len(ages))) or ages[-1][1] not in OPEN_AGES:
                raise _cannot(sheet, f"row {index + 1}", f"ages {ages[:1]} to {ages[-1:]}", "0, 1, 2 ... to an open last age",
                              "A column of ages is missing or new.")  # fmt: skip
            return index, {name: at for name, at in positions.items() if at >= 0}, ages
    raise _cannot(sheet, "", "no header", ", ".join(wanted), "Look at the sheet.")


def _counts(
    area: str,
    sex: str,
    year: int,
    sheet: str,
    row: Row,
    number: int,
    all_ages: int,
    ages: list[tuple[int, int]],
    places: Places,
) -> Counts:
    def number_at(at: int) -> tuple[float | None, str]:
        return _number(row[at], sheet, number, at, places.marks), f"{column_letter(at)}{number}"

    made = Counts(area, sex, year, sheet.strip(), number_at(all_ages), line=number)
    for at, age in ages:
        value, cell = number_at(at)
        made.ages[age] = (value, (cell,))
    return made


def _add(forces: dict[str, Counts], force: str, counts: Counts, part: str) -> None:
    """Add a district or ward to its force."""
    held = forces.get(force)
    if held is None:
        first = Counts(
            force, counts.sex, counts.year, counts.sheet, counts.all_ages, dict(counts.ages), line=counts.line, parts=1
        )
        first.note = f"1 {part}"
        forces[force] = first
        return
    held.parts += 1
    held.note = f"sum of {held.parts} {part}s"
    if held.all_ages is not None and counts.all_ages is not None:
        held.all_ages = (_plus(held.all_ages[0], counts.all_ages[0]), f"{held.all_ages[1]};{counts.all_ages[1]}")
    for age, (value, cells) in counts.ages.items():
        before, earlier = held.ages[age]
        held.ages[age] = (_plus(before, value), (*earlier, *cells))


def _plus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _force(code: str, name: str, sheet: str, number: int, places: Places) -> str:
    force = places.force_of.get(code)
    if force is None:
        raise _cannot(sheet, f"row {number}", f"{code} ({name.strip()})", "a district of a known police force",
                      "Add it to data/layouts/ons_population/force_of_district.csv, with its source.")  # fmt: skip
    return force


def _find(rows: Sequence[Row], fits: Any) -> int | None:
    for index, row in enumerate(rows[:60]):
        if fits([plain(str(cell).replace("_", " ")) for cell in row]):
            return index
    return None


def _title(rows: Sequence[Row]) -> str:
    return " ".join(str(cell) for row in rows for cell in row if str(cell).strip())


def _year(title: str, sheet: str) -> int:
    years = MID.findall(title)
    if not years or len(set(years)) > 1:
        raise _cannot(sheet, "the title", repr(title[:120]), "one mid-year, such as mid-2022", "Look at the sheet.")
    return int(years[0])


def _sex(title: str, sheet: str, places: Places) -> str:
    words = re.findall(r"[a-z]+", title.casefold())
    found = [places.sexes[word] for word in words if word in ("persons", "males", "females")]
    if not found:
        raise _cannot(sheet, "the title", repr(title[:120]), "persons, males or females", "Look at the sheet.")
    return found[0]


def _age(cell: Any) -> tuple[int, bool] | None:
    match = AGE.fullmatch(str(cell).strip())
    return (int(match[1]), match[2] is not None) if match else None


def _number(cell: Any, sheet: str, number: int, at: int, known: Marks) -> float | None:
    if isinstance(cell, (int, float)):
        return float(cell)
    text = str(cell)
    if not text.strip():
        return None
    found = text_value(text, known)
    if found is None and text.strip() != NOT_THERE:
        raise _cannot(
            sheet, f"{column_letter(at)}{number}", repr(cell), "a number or a known marker",
            "A new marker is added to data/layouts/markers.csv, with its source.",
        )  # fmt: skip
    return found.number if found else None


def _cannot(sheet: str, place: str, found: str, expected: str, remedy: str) -> BadInput:
    where = ", ".join(filter(None, (sheet.strip(), place)))
    return BadInput(f"{sheet.strip()} cannot be read", [Problem(where, "", found, expected, remedy)])
