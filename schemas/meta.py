"""What went into the file, when, and with what result."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed, Table
from schemas.types import Date, Flag, Integer, Moment, Text, TextList


class SourceFile(Keyed):
    """One file that was read to make this database, with its fingerprint."""

    path: Text = column("Path below the data folder")
    kind: Text = column(
        "What kind of input it is; set_aside: a landed file of which nothing was read; kept: an earlier content of a landed file,"
        " whose last good reading stays, so that figures are of its fingerprint",
        isin=["figures", "reference", "statement", "landing", "set_aside", "kept"],
    )
    bytes: Integer = column("Size; empty where it was not kept", "bytes", ge=0, nullable=True)
    sha256: Text = column("Fingerprint of the content")
    rows: Integer = column("Lines below the header of a CSV file, else 0", "lines", ge=0)
    source: Text = column("Publication that a released file was recognised as; empty for all others", nullable=True)
    release: Text = column("Release that a released file is of", nullable=True)
    url: Text = shared("url", nullable=True, meaning="Where a released file was fetched; empty for a file dropped in")
    fetched_at: Text = column("When a released file was fetched (UTC); empty for a file dropped in", nullable=True)


class LandedFile(SourceFile):
    """One released file of the landing folder, and what it was recognised as."""


class Release(Keyed):
    """One release of one publication that figures came from; attribution and licence stand with it."""

    source: Text = column("Publication key")
    release: Text = column("Release key")
    title: Text = column("Title of the release")
    publisher: Text = column("Publisher")
    released: Date = column("Day of release, where printed", "date", nullable=True)
    period_end: Date = shared("period_end", nullable=True, meaning="Last day of the period it is about")
    designation: Text = shared("designation", isin=list(codes.DESIGNATION))
    held: Flag = column("Was the file itself at hand when the figures were transcribed")
    vintage_order: Integer = column("Orders releases from old to new across publications", "yyyymmdd")
    licence: Text = column("Licence of the figures")
    url: Text = shared("url", nullable=True)
    note: Text = shared("note", nullable=True)
    citation: Text = shared("citation")


class Finding(Keyed):
    """One thing noticed in the published figures and not repaired."""

    kind: Text = column("Kind of finding")
    severity: Text = column("How much it matters", isin=["info", "warning", "error"])
    place: Text = column("Where it stands: publication, release, table, cell or period")
    evidence: Text = column("What was seen")
    handling: Text = column("What the pipeline did")
    inputs: TextList = shared("inputs")


class Build(Table):
    """The build that made this file."""

    build_id: Text = column("Id of the build: UTC time and the first digits of the content hash", unique=True)
    built_at: Moment = column("When it was built", "UTC")
    as_of: Date = column(
        "Day of which the state of knowledge was rebuilt; empty for all that is known now", "date", nullable=True
    )
    version: Text = column("Version of the project")
    content_hash: Text = column("Hash over all staged tables: equal hashes mean equal content")
    tables: Integer = column("Tables with data", "tables")
    rows: Integer = column("Rows in them", "rows")
    python: Text = column("Version of Python")
    duckdb: Text = column("Version of DuckDB that wrote the file")


class CheckResult(Table):
    """One check of the audit that ran over this file before it was published."""

    check_name: Text = column("Name of the check", unique=True)
    tables: Text = column("Tables it looked at")
    passed: Flag = column("Did it pass")
    checked: Integer = column("Things looked at", "cases", ge=0)
    failed: Integer = column("Things found wrong", "cases", ge=0)
    found: Text = column("What it found, in words")


class Lineage(Table):
    """One step back: a row and a row that it was made from."""

    row_id: Text = column("Row that was made")
    input_row_id: Text = column("Row that it was made from")


class Column(Table):
    """One column of one table or view of this file: the data dictionary."""

    table_name: Text = column("Schema and table")
    column_name: Text = column("Column")
    position: Integer = column("Position in the table, from 1")
    type: Text = column("DuckDB type")
    nullable: Flag = column("May it be empty")
    unit: Text = column("Unit", nullable=True)
    meaning: Text = column("Meaning")
