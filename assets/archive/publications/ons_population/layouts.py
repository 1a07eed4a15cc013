"""The layouts of population by age: each turns the rows of a sheet into counts by area, sex, mid-year and single age."""

import itertools
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from assets.archive.publications.ons_population.ages import AgeCounts
from assets.archive.publications.ons_population.sheet import MID, AgeSheet, cell_words
from assets.archive.reading.content import Row
from assets.archive.reading.grid import letters
from assets.archive.reading.long_table import as_text
from schemas.codes import ENGLAND_AND_WALES

SEX_OF_AGE = re.compile(r"[a-z]+ ?(?=\d)")  # "f16"
YEAR = re.compile(r"(?:19|20)\d\d")
YEARS_COUNT = re.compile(rf"population ({YEAR.pattern})")  # a column of tables MYEB1
ALL_AGES = ("all ages", "all", "total")
COUNT = "value"  # which an extract of NOMIS prints beside percentages of all ages
AGE = re.compile(r"(?:aged? )?(\d{1,3})(?:\.0)?(?: years?)?\s*(?:\+|(?:and|or) over|plus)?")
DISTRICT = re.compile(r"[EW]0[6-9]\d{6}")
WARD = re.compile(r"[EW]05\d{6}")
NOT_COUNTS = re.compile(r"median|density|change|ratio", re.IGNORECASE)
Key = TypeVar("Key", bound=Hashable)  # of a force, or of a force, a sex and a year


@dataclass(frozen=True)
class AgeHeader:
    """The row of a table's header, from 0, and the places of each of its columns by our names of them."""

    row: int
    places: Mapping[str, Sequence[int]]

    def __getitem__(self, column: str) -> int:
        return self.places[column][0]

    def text(self, row: Row, column: str) -> str:
        """What a row says in a column, as labels are compared; nothing where the table has no such column."""
        return cell_words(row[self[column]]) if column in self.places else ""


def by_area(sheet: AgeSheet, header: AgeHeader) -> Iterator[AgeCounts]:
    """Areas in rows, single years of age in columns; mid-year and sex stand in the title (tables MYE2)."""
    blocks, year = _blocks(sheet, header), sheet.year(sheet.title(header.row))
    forces: list[dict[str, AgeCounts]] = [{} for _ in blocks]
    for number, row in sheet.below(header.row):
        code = header.text(row, "code").upper()
        direct = code in sheet.places.direct
        if (not direct and not DISTRICT.fullmatch(code)) or sheet.again(code, number):
            continue
        area = code if direct else sheet.force(code, str(row[header["name"]]), number)
        for block, sums in zip(blocks, forces, strict=True):
            if direct:
                yield _counts(code, block, year, sheet, row, number)
            elif area is not None:
                _add(sums, area, _counts(area, block, year, sheet, row, number))
    yield from sheet.whole(counts for sums in forces for counts in sums.values())


def by_ward(sheet: AgeSheet, header: AgeHeader) -> Iterator[AgeCounts]:
    """Wards in rows with the code of their district, single years of age in columns; added up to forces and to the whole."""
    blocks, year = _blocks(sheet, header), sheet.year(sheet.title(header.row))
    sums: dict[str, list[float]] = {}
    rows_of: dict[str, list[int]] = {}
    positions = [header["all_ages"], *(at for block in blocks if block.printed for at in block.positions)]
    notes = 0
    for number, row in sheet.below(header.row):
        ward = header.text(row, "ward").upper()
        if not WARD.fullmatch(ward):
            notes += any(str(cell).strip() for cell in row)
            continue
        district = header.text(row, "code").upper()
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


def by_year(sheet: AgeSheet, header: AgeHeader) -> Iterator[AgeCounts]:
    """Sex and single age in rows, mid-years in columns; the area stands in the title (the historical tables)."""
    title = sheet.title(header.row)
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
    years = {at: int(match[1]) for at, label in enumerate(_labels(sheet, header)) if (match := MID.fullmatch(label))}
    made: dict[tuple[str, int], AgeCounts] = {}
    for number, row in sheet.below(header.row):
        sex = sheet.sex_of(row[header["sex"]], number)
        if sex is None:
            continue
        for at, year in years.items():
            counts = made.setdefault((sex, year), AgeCounts(area, sex, year, sheet.name, None, line=number))
            _put(counts, header.text(row, "age"), (sheet.number(row, number, at), f"{letters(at)}{number}"))
    for counts in made.values():
        printed = [age for age, (value, _) in counts.ages.items() if value is not None]
        if printed and max(printed) < max(counts.ages):
            counts.note = f"{max(printed)} and over in one figure"
        yield counts


def single_ages(sheet: AgeSheet, header: AgeHeader) -> Iterator[AgeCounts]:
    """One area: single ages in rows, persons, females and males in columns; area and mid-year stand in a comment above."""
    title = sheet.title(header.row)
    year = sheet.year(title)
    area = next((code for code in sorted(sheet.places.direct) if code in title), None)
    if area is None:
        raise sheet.cannot("row 1", title[:80], "the code of the area", "Say the area above the header.")
    for sex in ("persons", "females", "males"):
        counts = AgeCounts(area, sheet.places.sexes[sex], year, sheet.name, None, line=header.row + 2)
        for number, row in sheet.below(header.row):
            age = _age(header.text(row, "age")) if row else None
            if age is not None:
                counts.ages[age] = (sheet.number(row, number, header[sex]), (f"{letters(header[sex])}{number}",))
        yield counts


def long_form(sheet: AgeSheet, header: AgeHeader) -> Iterator[AgeCounts]:
    """Area, sex and single age in rows, one column `population_yyyy` per mid-year (tables MYEB1)."""
    labels = _labels(sheet, header)
    years = {at: int(match[1]) for at, label in enumerate(labels) if (match := YEARS_COUNT.fullmatch(label))}
    return _of_rows(sheet, header, lambda row, number: years)


def records(sheet: AgeSheet, header: AgeHeader) -> Iterator[AgeCounts]:
    """Area, mid-year, sex and single age in rows, one count in each (an extract of NOMIS)."""

    def year_of(row: Row, number: int) -> dict[int, int]:
        if header.text(row, "measure") not in ("", COUNT):
            return {}
        year = _year(row, header)
        if year is None:
            raise sheet.cannot(
                f"row {number}",
                repr(row[header["date"]]),
                "the year of a mid-year estimate, such as 2022",
                "Look at it.",
            )
        return {header["count"]: year}

    return _of_rows(sheet, header, year_of)


def mid_years(header: AgeHeader, rows: Sequence[Row]) -> set[int]:
    """The mid-years that the columns or the records of a table say, where no title need say them."""
    if "date" in header.places:
        told = (_year(row, header) for row in rows[header.row + 1 :] if len(row) > header["date"])
        return {year for year in told if year is not None}
    return {int(match[1]) for cell in rows[header.row] if (match := YEARS_COUNT.fullmatch(cell_words(cell)))}


def _year(row: Row, header: AgeHeader) -> int | None:
    """The year that a record says; None where it says none."""
    match = YEAR.fullmatch(as_text(row[header["date"]]).strip())
    return int(match[0]) if match else None


def _of_rows(
    sheet: AgeSheet, header: AgeHeader, years_of: Callable[[Row, int], Mapping[int, int]]
) -> Iterator[AgeCounts]:
    """Counts of tables with area, sex and age in rows; years_of: the places of a row's counts, each with its mid-year."""
    made: dict[tuple[str, str, int], AgeCounts] = {}
    for number, row in sheet.below(header.row):
        code, age = header.text(row, "code").upper(), header.text(row, "age")
        direct = code in sheet.places.direct
        if (not direct and not DISTRICT.fullmatch(code)) or not _is_age(age):
            continue
        area = (
            code if direct else sheet.force(code, str(row[header["name"]]) if "name" in header.places else code, number)
        )
        sex, years = sheet.sex_of(row[header["sex"]], number), years_of(row, number)
        if (
            not years
            or sex is None
            or area is None
            or sheet.again(f"{code}, {sex}, {age}, {sorted(years.values())}", number)
        ):
            continue
        for at, year in years.items():
            counts = made.setdefault((code, sex, year), AgeCounts(area, sex, year, sheet.name, None, line=number))
            _put(counts, age, (sheet.number(row, number, at), f"{letters(at)}{number}"))
    for code, sex, year in [key for key in made if key[1] == "female"]:
        women, men = made[code, sex, year], made.get((code, "male", year))
        if men is not None and (code, "all", year) not in made:
            together = made[code, "all", year] = replace(women, sex="all", ages=dict(women.ages))
            _add_ages(together, men)
    forces: dict[tuple[str, str, int], AgeCounts] = {}
    for (code, sex, year), counts in made.items():
        if code in sheet.places.direct:
            yield counts
        else:
            _add(forces, (counts.area_code, sex, year), counts)
    yield from sheet.whole(forces.values())


def totals(sheet: AgeSheet, header: AgeHeader) -> Iterator[AgeCounts]:
    """Areas in rows, mid-years in columns, all ages and both sexes: with codes also for forces, else by name."""
    if NOT_COUNTS.search(sheet.title(header.row)):
        return
    years = {
        at: int(match[1])
        for at, label in enumerate(_labels(sheet, header))
        if (match := MID.fullmatch(label.removeprefix("population ")))
    }
    has_code = "code" in header.places
    forces: dict[tuple[str, int], AgeCounts] = {}
    left = 0
    for number, row in sheet.below(header.row):
        kind, name = header.text(row, "geography"), header.text(row, "name")
        code = header.text(row, "code").upper() if has_code else None
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
        why = "Counties and areas outside England and Wales." if has_code else (
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


def _labels(sheet: AgeSheet, header: AgeHeader) -> list[str]:
    return [cell_words(cell) for cell in sheet.rows[header.row]]


def _blocks(sheet: AgeSheet, header: AgeHeader) -> list[_Block]:
    """Single ages of the sex of the title, or of every sex that the labels name, and then of both together; in any order."""
    all_ages = header["all_ages"]
    by_sex: dict[str, list[tuple[int, int]]] = {}
    for at, cell in enumerate(sheet.rows[header.row]):
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
            raise sheet.cannot(f"row {header.row + 1}", f"ages{unlike}", "each single age from 0 once",
                               "A column of ages is missing or new.")  # fmt: skip
    if "" in by_sex:
        return [_Block(sheet.sex(sheet.title(header.row)), all_ages, {age: (at,) for age, at in by_sex[""]})]
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
    _add_ages(of_force, counts)


def _add_ages(to: AgeCounts, counts: AgeCounts) -> None:
    """Add counts by age and of all ages; an age that one of the two does not have is unknown of both together."""
    if to.all_ages is not None and counts.all_ages is not None:
        to.all_ages = (_plus(to.all_ages[0], counts.all_ages[0]), f"{to.all_ages[1]};{counts.all_ages[1]}")
    for age in {**to.ages, **counts.ages}:
        (before, earlier), (value, cells) = (ages.get(age, (None, ())) for ages in (to.ages, counts.ages))
        to.ages[age] = (_plus(before, value), (*earlier, *cells))


def _plus(this: float | None, other: float | None) -> float | None:
    return None if this is None or other is None else this + other


def _put(counts: AgeCounts, age: str, cell: tuple[float | None, str]) -> None:
    """A count in its place among the ages, or as that of all ages; a band of ages is left."""
    years = _age(age)
    if years is not None:
        counts.ages[years] = (cell[0], (cell[1],))
    elif age in ALL_AGES:
        counts.all_ages = cell


def _is_age(age: str) -> bool:
    return age in ALL_AGES or _age(age) is not None


def _age(cell: Any) -> int | None:
    match = AGE.fullmatch(cell_words(cell))
    return int(match[1]) if match else None
