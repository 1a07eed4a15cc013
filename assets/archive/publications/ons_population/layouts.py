"""The layouts of population by age: each turns the rows of a sheet into counts by area, sex, mid-year and single age."""

import itertools
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from assets.archive.publications.ons_population.ages import AgeCounts
from assets.archive.publications.ons_population.sheet import MID, AgeSheet, cell_words
from assets.archive.reading.content import Row
from assets.archive.reading.grid import letters
from assets.archive.reading.long_table import header_label
from schemas.codes import ENGLAND_AND_WALES

SEX_OF_AGE = re.compile(r"[a-z]+ ?(?=\d)")  # "f16"
AGE = re.compile(r"(?:aged? )?(\d{1,3})(?:\.0)?(?: years?)?\s*(?:\+|(?:and|or) over|plus)?")
DISTRICT = re.compile(r"[EW]0[6-9]\d{6}")
WARD = re.compile(r"[EW]05\d{6}")
NOT_COUNTS = re.compile(r"median|density|change|ratio", re.IGNORECASE)
Key = TypeVar("Key", bound=Hashable)  # of a force, or of a force and a year


def by_area(sheet: AgeSheet) -> Iterator[AgeCounts]:
    """Areas in rows, single years of age in columns; mid-year and sex stand in the title (tables MYE2)."""
    header, columns, blocks = _wide(sheet, ("code", "geography", "all_ages"))
    year = sheet.year(sheet.title(header))
    forces: list[dict[str, AgeCounts]] = [{} for _ in blocks]
    for number, row in sheet.below(header):
        code = cell_words(row[columns["code"]]).upper()
        direct = code in sheet.places.direct
        if (not direct and not DISTRICT.fullmatch(code)) or sheet.again(code, number):
            continue
        area = code if direct else sheet.force(code, str(row[columns["name"]]) if "name" in columns else code, number)
        for block, sums in zip(blocks, forces, strict=True):
            if direct:
                yield _counts(code, block, year, sheet, row, number)
            elif area is not None:
                _add(sums, area, _counts(area, block, year, sheet, row, number))
    yield from sheet.whole(counts for sums in forces for counts in sums.values())


def by_ward(sheet: AgeSheet) -> Iterator[AgeCounts]:
    """Wards in rows with the code of their district, single years of age in columns; added up to forces and to the whole."""
    header, columns, blocks = _wide(sheet, ("ward", "code", "all_ages"))
    year = sheet.year(sheet.title(header))
    sums: dict[str, list[float]] = {}
    rows_of: dict[str, list[int]] = {}
    positions = [columns["all_ages"], *(at for block in blocks if block.printed for at in block.positions)]
    notes = 0
    for number, row in sheet.below(header):
        ward = cell_words(row[columns["ward"]]).upper()
        if not WARD.fullmatch(ward):
            notes += any(str(cell).strip() for cell in row)
            continue
        district = cell_words(row[columns["code"]]).upper()
        if sheet.again(f"{ward} in {district}", number):
            continue
        values = [
            sheet.unread(f"{letters(at)}{number}", "nothing") if value is None else value
            for at in positions
            for value in [sheet.number(row, number, at)]
        ]
        for area in filter(None, (ENGLAND_AND_WALES, sheet.force(district, district, number))):
            totals = sums.setdefault(area, [0.0] * len(positions))
            for index, value in enumerate(values):
                totals[index] += value
            rows_of.setdefault(area, []).append(number)
    if notes:
        sheet.reading.left_out.append(
            {"what": "rows below the wards", "why": "Notes of the source.", "where": sheet.name, "rows": notes}
        )
    made = []
    for area, totals in sums.items():
        # Thousands of wards: the first and the last row are said, and how many are added up.
        first, last = rows_of[area][0], rows_of[area][-1]
        value_of = dict(zip(positions, totals, strict=True))
        ends = {at: (f"{letters(at)}{first}", f"{letters(at)}{last}") for at in positions}
        for block in blocks:
            total = None if block.all_ages is None else (value_of[block.all_ages], ":".join(ends[block.all_ages]))
            counts = AgeCounts(area, block.sex, year, sheet.name, total, line=first, parts=len(rows_of[area]))
            counts.ages = {
                age: (sum(value_of[at] for at in at_age), tuple(end for at in at_age for end in ends[at]))
                for age, at_age in block.ages.items()
            }
            counts.note = f"sum of {counts.parts} wards; the rows between that belong to other areas are not in it"
            counts.one_block, counts.scattered = True, block.scattered
            made.append(counts)
    forces = [counts for counts in made if counts.area_code != ENGLAND_AND_WALES]
    sheet.refuse_if_cut(forces)
    yield from (counts for counts in made if counts.area_code == ENGLAND_AND_WALES)
    yield from sheet.whole(forces)


def by_year(sheet: AgeSheet) -> Iterator[AgeCounts]:
    """Sex and single age in rows, mid-years in columns; the area stands in the title (the historical tables)."""
    header = sheet.find(lambda labels: {"age", "sex"} <= set(labels) and any(MID.fullmatch(label) for label in labels))
    if header is None:
        return
    title = sheet.title(header)
    area = next(
        (
            sheet.places.names[name]
            for name in sorted(sheet.places.names, key=len, reverse=True)
            if f"for {name}," in title.casefold()
        ),
        None,
    )
    if area is None:
        sheet.reading.left_out.append(
            {
                "what": title[:120],
                "why": "An area outside England and Wales.",
                "where": sheet.name,
                "rows": len(sheet.rows),
            }
        )
        return
    labels = [cell_words(cell) for cell in sheet.rows[header]]
    at_age, at_sex = labels.index("age"), labels.index("sex")
    years = {at: int(match[1]) for at, label in enumerate(labels) if (match := MID.fullmatch(label))}
    made: dict[tuple[str, int], AgeCounts] = {}
    for number, row in sheet.below(header):
        sex = sheet.sex_of(row[at_sex], number)
        if sex is None:
            continue
        age = _age(row[at_age])
        for at, year in years.items():
            value, cell = sheet.number(row, number, at), f"{letters(at)}{number}"
            counts = made.setdefault((sex, year), AgeCounts(area, sex, year, sheet.name, None, line=number))
            if age is not None:
                counts.ages[age] = (value, (cell,))
            elif cell_words(row[at_age]) == "all ages":
                counts.all_ages = (value, cell)
    for counts in made.values():
        printed = [age for age, (value, _) in counts.ages.items() if value is not None]
        if printed and max(printed) < max(counts.ages):
            counts.note = f"{max(printed)} and over in one figure"
        yield counts


def single_ages(sheet: AgeSheet) -> Iterator[AgeCounts]:
    """One area: single ages in rows, persons, females and males in columns; area and mid-year stand in a comment above."""
    header = sheet.find(lambda labels: {"age", "persons", "females", "males"} <= set(labels))
    if header is None:
        return
    title = sheet.title(header)
    year = sheet.year(title)
    area = next((code for code in sorted(sheet.places.direct) if code in title), None)
    if area is None:
        raise sheet.cannot("row 1", title[:80], "the code of the area", "Say the area above the header.")
    labels = [cell_words(cell) for cell in sheet.rows[header]]
    for label in ("persons", "females", "males"):
        at = labels.index(label)
        counts = AgeCounts(area, sheet.places.sexes[label], year, sheet.name, None, line=header + 2)
        for number, row in sheet.below(header):
            age = _age(row[labels.index("age")]) if row else None
            if age is not None:
                counts.ages[age] = (sheet.number(row, number, at), (f"{letters(at)}{number}",))
        yield counts


def long_form(sheet: AgeSheet) -> Iterator[AgeCounts]:
    """Area, sex and single age in rows, one column `population_yyyy` per mid-year (tables MYEB1)."""
    header = sheet.find(
        lambda labels: {"code", "sex", "age"} <= set(labels) and any("population" in label for label in labels)
    )
    if header is None:
        return
    labels = [cell_words(cell) for cell in sheet.rows[header]]
    at = {name: labels.index(name) for name in ("code", "name", "sex", "age")}
    years = {i: int(label[-4:]) for i, label in enumerate(labels) if re.fullmatch(r"population \d{4}", label)}
    made: dict[tuple[str, str, int], AgeCounts] = {}
    for number, row in sheet.below(header):
        code = cell_words(row[at["code"]]).upper()
        direct = code in sheet.places.direct
        if not direct and not DISTRICT.fullmatch(code):
            continue
        area = code if direct else sheet.force(code, str(row[at["name"]]), number)
        sex = sheet.sex_of(row[at["sex"]], number)
        age = _age(row[at["age"]])
        if sex is None or age is None or area is None or sheet.again(f"{code}, {sex}, {age}", number):
            continue
        for column, year in years.items():
            counts = made.setdefault(
                (area, sex, year), AgeCounts(area, sex, year, sheet.name, None, line=number, parts=0 if direct else 1)
            )
            value, cell = sheet.number(row, number, column), f"{letters(column)}{number}"
            before, cells = counts.ages.get(age, (0.0, ()))
            counts.ages[age] = (None if value is None or before is None else before + value, (*cells, cell))
            if not direct:
                counts.note = "sum of the districts of the force"
    yield from (counts for counts in made.values() if counts.area_code in sheet.places.direct)
    yield from sheet.whole(counts for counts in made.values() if counts.area_code not in sheet.places.direct)


def totals(sheet: AgeSheet) -> Iterator[AgeCounts]:
    """Areas in rows, mid-years in columns, all ages and both sexes: with codes also for forces, else by name."""
    header = sheet.find(
        lambda labels: {"name", "geography"} <= set(labels) and any(MID.search(label) for label in labels)
    )
    if header is None or NOT_COUNTS.search(sheet.title(header)):
        return
    labels = [cell_words(cell) for cell in sheet.rows[header]]
    years = {
        at: int(match[1])
        for at, label in enumerate(labels)
        if (match := MID.fullmatch(label.removeprefix("population ")))
    }
    at_code = labels.index("code") if "code" in labels else None
    forces: dict[tuple[str, int], AgeCounts] = {}
    left = 0
    for number, row in sheet.below(header):
        kind, name = cell_words(row[labels.index("geography")]), cell_words(row[labels.index("name")])
        code = cell_words(row[at_code]).upper() if at_code is not None else None
        if code is None:
            area = sheet.places.names.get(name.removesuffix(" region")) if kind in ("country", "region") else None
        else:
            area = code if code in sheet.places.direct else None
        district = code is not None and DISTRICT.fullmatch(code) is not None
        if code and (district or area) and sheet.again(code, number):
            continue
        force = sheet.force(code, name, number) if code and district else None
        if area is None and force is None:
            left += bool(name) and not district
            continue
        for at, year in years.items():
            cell = (sheet.number(row, number, at), f"{letters(at)}{number}")
            counts = AgeCounts(area or force or "", "all", year, sheet.name, cell, line=number)
            if area is not None:
                yield counts
            else:
                _add(forces, (counts.area_code, year), counts)
    yield from sheet.whole(forces.values())
    if left:
        why = "Counties and areas outside England and Wales." if at_code is not None else (
            "Printed without codes; the column of forces is not the publisher's.")  # fmt: skip
        sheet.reading.left_out.append({"what": "other areas", "why": why, "where": sheet.name, "rows": left})


@dataclass(frozen=True)
class _Block:
    """The columns of one sex: that of all ages, where it has one, and those that are added up for each single age."""

    sex: str
    all_ages: int | None
    ages: dict[int, tuple[int, ...]]

    @property
    def positions(self) -> list[int]:
        """Every column of a single age."""
        return [at for places in self.ages.values() for at in places]

    @property
    def printed(self) -> bool:
        """Is every age a column of its own?"""
        return len(self.positions) == len(self.ages)

    @cached_property
    def scattered(self) -> bool:
        """Does an age stand elsewhere than behind the age before it?"""
        places = list(self.ages.values())
        return any(at + 1 != after for pair in itertools.pairwise(places) for at, after in zip(*pair, strict=True))


def _wide(sheet: AgeSheet, wanted: tuple[str, ...]) -> tuple[int, dict[str, int], list[_Block]]:
    """Row of the header, positions of the wanted columns, and the columns of every sex that it has ages of."""
    known: dict[str, set[str]] = {}
    for record in sheet.places.headers:
        known.setdefault(record["column"], set()).add(header_label(record["header"]))
    for index, row in enumerate(sheet.rows):
        labels = [header_label(cell_words(cell)) for cell in row]
        positions = {
            name: next((at for at, label in enumerate(labels) if label in known[name]), -1)
            for name in (*wanted, "name")
        }
        if all(positions[name] >= 0 for name in wanted):
            blocks = _blocks(sheet, index, positions["all_ages"])
            return index, {name: at for name, at in positions.items() if at >= 0}, blocks
    raise sheet.cannot("", "no header", ", ".join(wanted), "Look at the sheet.")


def _blocks(sheet: AgeSheet, header: int, all_ages: int) -> list[_Block]:
    """Single ages of the sex of the title, or of every sex that the labels name, and then of both together; in any order."""
    by_sex: dict[str, list[tuple[int, int]]] = {}
    for at, cell in enumerate(sheet.rows[header]):
        label = SEX_OF_AGE.match(cell_words(cell))
        sex = sheet.places.sexes.get(label[0].strip(), "") if label else ""
        age = _age(cell_words(cell).removeprefix(label[0]) if label and sex else cell)
        if at != all_ages and age is not None:
            by_sex.setdefault(sex, []).append((age, at))
    by_sex = {sex: sorted(places) for sex, places in by_sex.items()}
    for places in by_sex.values():
        ages = [age for age, _ in places]
        if ages != list(range(len(ages))):
            lacking = sorted({*range(ages[-1] + 1)} - {*ages})
            twice = sorted({age for age in ages if ages.count(age) > 1})
            unlike = (f" without {lacking}" if lacking else "") + (f" with {twice} twice" if twice else "")
            raise sheet.cannot(f"row {header + 1}", f"ages{unlike}", "each single age from 0 once",
                               "A column of ages is missing or new.")  # fmt: skip
    if "" in by_sex:
        return [_Block(sheet.sex(sheet.title(header)), all_ages, {age: (at,) for age, at in by_sex[""]})]
    sexes = [_Block(sex, None, {age: (at,) for age, at in ages_at}) for sex, ages_at in by_sex.items()]
    if set(by_sex) != {"female", "male"} or len({len(ages_at) for ages_at in by_sex.values()}) > 1:
        return sexes
    together = {age: tuple(at for block in sexes for at in block.ages[age]) for age in sexes[0].ages}
    return [*sexes, _Block("all", all_ages, together)]


def _counts(area: str, block: _Block, year: int, sheet: AgeSheet, row: Row, number: int) -> AgeCounts:
    def number_at(at: int) -> tuple[float | None, str]:
        return sheet.number(row, number, at), f"{letters(at)}{number}"

    all_ages = None if block.all_ages is None else number_at(block.all_ages)
    made = AgeCounts(area, block.sex, year, sheet.name, all_ages, line=number, scattered=block.scattered)
    for age, at_age in block.ages.items():
        values, cells = zip(*map(number_at, at_age), strict=True)
        made.ages[age] = (None if None in values else sum(values), cells)
    return made


def _add(forces: dict[Key, AgeCounts], key: Key, counts: AgeCounts) -> None:
    """Add a district to its force."""
    of_force = forces.get(key)
    if of_force is None:
        forces[key] = replace(counts, parts=1, note="1 district")
        return
    of_force.parts += 1
    of_force.note = f"sum of {of_force.parts} districts"
    if of_force.all_ages is not None and counts.all_ages is not None:
        of_force.all_ages = (
            _plus(of_force.all_ages[0], counts.all_ages[0]),
            f"{of_force.all_ages[1]};{counts.all_ages[1]}",
        )
    for age, (value, cells) in counts.ages.items():
        before, earlier = of_force.ages[age]
        of_force.ages[age] = (_plus(before, value), (*earlier, *cells))


def _plus(this: float | None, other: float | None) -> float | None:
    return None if this is None or other is None else this + other


def _age(cell: Any) -> int | None:
    match = AGE.fullmatch(cell_words(cell))
    return int(match[1]) if match else None
