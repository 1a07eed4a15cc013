"""Tables of the archive: figures exactly as they were transcribed or read, and the tables of released files they stand in."""

from schemas.codes import FACT_STATUS
from schemas.fields import column, shared
from schemas.table import Keyed, Table
from schemas.types import Date, Integer, Number, Text


class Figure(Keyed):
    """One published figure as it stands in its source: printed form, place and release, before any reading of it."""

    series: Text = shared("series")
    sex: Text = shared("sex")
    age: Text = shared("age")
    characteristic: Text = shared("characteristic", nullable=True)
    characteristic_value: Text = shared("characteristic_value", nullable=True)
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    value: Number = column("The figure in the unit it is printed in", "see unit", nullable=True)
    unit: Text = shared("unit")
    obs_status: Text = shared("obs_status", isin=list(FACT_STATUS))
    printed: Text = shared("printed")
    lower: Number = column("Lower limit printed by the publisher", "see unit", nullable=True)
    upper: Number = column("Upper limit printed by the publisher", "see unit", nullable=True)
    standard_error: Number = column("Standard error printed by the publisher", "see unit", nullable=True, ge=0)
    base: Number = shared("base", nullable=True)
    source: Text = shared("source")
    release: Text = shared("release")
    sheet: Text = shared("sheet")
    cell: Text = shared("cell", nullable=True)
    url: Text = shared("url", nullable=True)
    designation: Text = shared("designation")
    note: Text = shared("notes", nullable=True)
    leaves_out: Text = shared("leaves_out", nullable=True)
    file: Text = column("File of data/figures, or released file of the landing folder, that it was read from")
    line: Integer = column("Line of that file, or row of the sheet", "line", nullable=True, ge=1)


class ForceFigure(Table):
    """A line of data/figures/forces: a count or population of a force or region as its source prints it."""

    series: Text = shared("series")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    value: Number = column("The figure as printed", "see unit", nullable=True)
    obs_status: Text = shared("obs_status", isin=list(FACT_STATUS))
    printed: Text = shared("printed")
    source: Text = shared("source")
    release: Text = shared("release")
    sheet: Text = shared("sheet")
    cell: Text = shared("cell")
    note: Text = column("Key of data/figures/forces/notes.csv", nullable=True)


class ForceNote(Table):
    """What a publication says in the notes to a table or row, as `ForceFigure.note` names it."""

    note: Text = column("Key of the note")
    text: Text = column("The note as printed")


class ReleasedTable(Keyed):
    """One table of a released file as it was found: what it says of itself, and whether it was read or set aside."""

    source: Text = shared("source")
    release: Text = shared("release")
    file: Text = column("Path of the file below the landing folder")
    sheet: Text = shared("sheet")
    printed_id: Text = column("Id of the table in print, such as B9a")
    layout: Text = column("Table of the layout that it was read as")
    series: Text = column("Series that its figures may have, as a pattern; empty where its columns name them")
    title: Text = column("Title as printed, without id and note marks")
    says_more: Text = column(
        "Words of the title, and lines below, that the layout does not account for: its figures are doubted unless others agree",
        nullable=True,
    )
    not_whole: Text = column(
        "Offences, areas or series broken down, by `;`, with a part that is not known, and the periods in which it has numbers:"
        " what is read of them does not make them",
        nullable=True,
    )
    subtitle: Text = column("Lines between the title and the header, on one line")
    notes: Text = column("Every note of the table, a line each, with its number", nullable=True)
    status: Text = column("Was it read", isin=["read", "set_aside"])
    reason: Text = column("Why it was set aside", nullable=True)
