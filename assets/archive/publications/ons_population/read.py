"""ONS, mid-year population estimates by sex and age: every layout in which they are published or exported.

Each layout gives counts by single year of age; from them come the age bands of data/layouts/ons_population/, for countries,
regions and, added up over their local authority districts, police force areas. An age band is a sum of cells, and says which.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assets.archive.publications.ons_population.ages import AgeCounts, Ages, Band, bands, figure_rows, not_whole
from assets.archive.publications.ons_population.layouts import (
    AgeHeader,
    by_area,
    by_ward,
    by_year,
    long_form,
    records,
    single_ages,
    totals,
)
from assets.archive.publications.ons_population.places import WantedAreas
from assets.archive.publications.ons_population.sheet import AgeSheet, head_labels
from assets.archive.reading.content import PREAMBLE, Row, rectangular, tables
from assets.archive.reading.layout_tables import Record
from assets.archive.reading.long_table import find_table, header_labels
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Reading, ReleaseKey, SetAside, figure_frame
from assets.words.problems import BadInput, Problem

Layout = Callable[[AgeSheet, AgeHeader], Iterator[AgeCounts]]
# Table of the layout data -> what reads it; the first that has its header is taken.
LAYOUTS: dict[str, Layout] = {
    "by_ward": by_ward, "by_area": by_area, "long": long_form, "records": records, "by_year": by_year,
    "single_ages": single_ages, "totals": totals,
}  # fmt: skip


def read(path: Path, release: ReleaseKey, reference: Reference) -> Reading:
    """Rows of `archive.figure` of series population.mid_year, in persons, on 30 June.

    A sheet that cannot be read is set aside, a cell leaves out the figures that it is part of, a district of no known force the
    forces of its sheet; each is named. BadInput where no sheet can be read. Findings where all ages are not the sum of the
    single ages, or persons not females and males together.
    """
    places, reading = WantedAreas(reference), Reading()
    wanted: list[Band] = bands(reference.data)
    rows: list[dict[str, Any]] = []
    read_any = False
    ages = Ages(release, path.name, wanted)
    for name, printed in tables(path):
        content = rectangular(printed)
        table = table_of(content, places.headers)
        if table is None:
            continue
        read_any = True
        sheet = AgeSheet(path.name, name, content, places, reading)
        try:
            made = list(LAYOUTS[table[0]](sheet, table[1]))
            unit = sheet.unit(table[1].row)
            _refuse_if_not_whole(sheet, made)
            for counts in made:
                counts.unit = unit
                rows += figure_rows(counts, ages, reading)
        except BadInput as error:
            reading.set_aside.append(SetAside(error.what, tuple(error.problems), sheet=name.strip()))
    if not read_any:
        raise BadInput(
            f"{path.name} has no table of population by age",
            [Problem(path.name, "", "no sheet with a known header", "Code, Name, Geography, All ages, 0 to 90+, or another "
                     "layout of data/layouts/ons_population/headers.csv", "Add the labels of the new layout there.")],
        )  # fmt: skip
    rows = ages.once(rows, reading)
    if not rows:
        reading.refuse_if_set_aside()
    ages.check_sexes(rows, reading)
    reading.frame = figure_frame(rows, release)
    return reading


def table_of(rows: Sequence[Row], headers: Sequence[Record]) -> tuple[str, AgeHeader] | None:
    """The table of the layout data that a sheet is, by its first rows, and where its header stands; None where it is none."""
    labels = header_labels(head_labels(rows[:PREAMBLE]))
    tables_found = ((kind, find_table(labels, headers, kind)) for kind in LAYOUTS)
    return next(((kind, AgeHeader(*where)) for kind, where in tables_found if where is not None), None)


def _refuse_if_not_whole(sheet: AgeSheet, made: Sequence[AgeCounts]) -> None:
    """BadInput where the single ages of an area and sex cannot be added up: 16 and over would be 16 to 70."""
    for counts in made:
        if why := not_whole(counts):
            raise sheet.cannot(
                f"{counts.area_code}, {counts.sex}, mid-{counts.year}", why,
                "every single age, up to one that stands for all above, such as 90 and over",
                "Is the sheet cut off? Take the file as published.",
            )  # fmt: skip
