"""Small releases of both publications, in the shape of the published workbooks, and the reference tables of the project."""

import io
import re
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sheets"))

from kit import DATA, known_names, read_released
from sheet_writer import xlsx, zipped

from assets.archive.reading.book import Book
from assets.archive.titled.read import TitledReading
from assets.archive.titled.recognise import layouts

Sheets = dict[str, list[list[Any]]]
YEARS = ["Apr 2022 to\n Mar 2023", "Apr 2023 to \n Mar 2024", "Oct 2024 to\n Sep 2025"]
FLAGGED = "offences recorded by the police in England and Wales that were flagged as domestic abuse-related"
MARKS = ("[s]", "", "[s]", "")
QUARTERS = ["Jan 2024 to\n Mar 2024", "Apr 2024 to\nJun 2024"]
GROUPS = ["All offences (excluding fraud)", "Violence against the person", "Sexual offences", "Miscellaneous crimes",
          "Public order offences", "Criminal damage and arson", "Other offence types"]  # fmt: skip


@cache
def all_layouts() -> list[Any]:
    return layouts(DATA)


def read(sheets: Sheets, name: str = "released.xlsx", merged: dict[str, list[str]] | None = None) -> TitledReading:
    return read_released(Book(name, xlsx(sheets, merged)), all_layouts(), known_names())


@cache
def as_released() -> TitledReading:
    """What is read of `appendix`; to be looked at only."""
    return read(appendix())


def appendix() -> Sheets:
    """Tables A5a, B1 (two of eight), B2, B9 and E2 of a release for the year ending September 2025."""
    violence = [["VIOLENCE [notes 4, 5]", 1103, 1140], ["   Domestic violence", 210, 216], ["   Acquaintance", 400, 401],
                ["   Stranger", 493, 523], ["Unweighted base - number of people aged 16 and over", 31532, "31,454"]]  # fmt: skip
    return {
        "Cover Sheet": [
            ["Crime in England and Wales, Appendix tables - year ending September 2025"],
            ["These data tables are published alongside the bulletin, year ending September 2025 published on 22 January 2026."],
        ],
        "Notes_A5": [["Notes for tables A5- A7"], ["Note number", "Note text"], [1, "All forces."], [3, "Homicide Index."]],
        "Notes_B": [
            ["Notes for Table B1"], ["Note number", "Note text"], [1, "Headline."], [4, "Rounding."], [5, "Missing."],
            ["Notes for worksheets B9"], ["Note number", "Note text"], [1, "Adults."],
        ],
        " Any sheet ": [
            ["Table A5a:  Police recorded crime by offence, year ending March 2023 to year ending September 2025 [notes 1, 2]"],
            ["England and Wales"],
            ["Offence\n code", "Offence category", *YEARS, "Sep 2024 with\n Sep 2025\n % change"],
            [None, "VICTIM BASED CRIME ", 10, 11, 12, 9.1],
            [1, "Murder [note 3]", 3, 4, "[x]", "[u]"],
            ["4.10", "Corporate manslaughter", "[x]", 0, 1, "[u]"],
            [21, "Unlawful sexual intercourse with a girl under 13", "[x]", "[x]", "[x]", "[x]"],
            [21, "Sexual activity involving a child under 13", 7, 8, 9, 1],
            ["19C", "Rape of a female aged 16 or over", 5, 6, 7, 1.5],
            [None, "TOTAL SEXUAL OFFENCES", 12, 14, 16, 2],
            [None, "TOTAL VIOLENCE AGAINST THE PERSON", 95, 95, 95, 2],
        ],
        "Worksheet_B1": [
            ["Worksheet B1: Trends in the offender relationship of CSEW violence [note 1]"],
            ["England and Wales, year ending March 2025 to year ending September 2025"],
            ["Table B1a: Trends in the offender relationship of CSEW violence, number of incidents (1,000s)", None, None, None,
             "Table B1b: Trends in CSEW number of incidents (1,000s), year ending September 2025 compared to selected years, "
             "with percentage change and statistical significance of change"],
            ["Offender relationship", "Apr 2024 to Mar 2025", "Oct 2024 to Sep 2025", None,
             "Offender relationship", "Jan 1995 to Dec 1995 ", "Jan 1995 to Dec 1995 Significance"],
            *[[*row, None, row[0].split(" [")[0], -70.5, mark] for row, mark in zip(violence[:4], MARKS, strict=True)],
            violence[4],
        ],
        "Table_B2": [
            ["Table B2: Breakdown of selected Violence Against Women and Girls (VAWG) offences"],
            ["England and Wales year ending March 2023 to year ending September 2025"],
            ["Offence", *YEARS],
            ["Stalking", 10, 12, 14],
            ["008/65 - Stalking involving fear of violence.", 6, 7, 8],
            ["Not assigned to a sub offence", 4, 5, 6],
        ],
        "Table_B9": [
            ["Worksheet B9: Offences flagged as domestic abuse-related [notes 1]"],
            [f"Table B9a: Number of {FLAGGED}"],
            ["Offence", *YEARS],
            *[[name, *(700 - at for _ in YEARS)] for at, name in enumerate(GROUPS)],
            [],
            [f"Table B9b: Proportion of {FLAGGED}"],
            ["Offence", *(f"{year}\n (%)" for year in YEARS)],
            *[[name, *(10.5 for _ in YEARS)] for name in GROUPS],
        ],
        "Sheet for E2": [
            ["Worksheet E2: Offences flagged as domestic abuse-related, by quarter"],
            [f"Table E2a: Number of {FLAGGED}, by quarter"],
            ["Offence", *QUARTERS, "Jan to Mar\n2023 and 2024\n(% change)"],
            *[[name, 20, 21, 1.5] for name in GROUPS],
            [],
            [f"Table E2b: Proportion of {FLAGGED}, by quarter"],
            ["Offence", "Jan 2023 to\n Mar 2024\n(%)", "Apr 2024 to\n Jun 2024\n(%)"],
            *[[name, 15.5, 16.5] for name in GROUPS],
        ],
    }  # fmt: skip


def next_quarter(sheets: Sheets) -> Sheets:
    """The release of the quarter after, with the same years and one newer."""
    text = {YEARS[2]: "Jan 2025 to\n Dec 2025", "September 2025": "December 2025", "22 January 2026": "23 April 2026",
            "Oct 2024 to Sep 2025": "Jan 2025 to Dec 2025"}  # fmt: skip

    def changed(cell: Any) -> Any:
        if isinstance(cell, str):
            for old, new in text.items():
                cell = cell.replace(old, new)
        return cell

    return {name: [[changed(cell) for cell in row] for row in rows] for name, rows in sheets.items()}


OFFENCES = ["Violence against the person", "Stalking and harassment4", "Sexual offences", "Robbery"]


def forces_2019() -> tuple[Sheets, dict[str, list[str]]]:
    """Table P1 of a release in the layout to 2019, with a header of three levels, and its merged cells."""
    rows = [
        [
            "Table P1:  Police recorded crime by offence group and police force area, number of offences, year ending June 191,2"
        ],
        [],
        ["England and Wales"],
        [None, None, "Total recorded crime (excluding fraud3)", None, "Victim-based crime"],
        ["Area Code", "Area Name", None, None, *OFFENCES],
        [None, None, "Numbers"],
        ["K04000001", "ENGLAND AND WALES6", 100, None, 40, 10, "-", 5],
        ["E23000013", "Cleveland", 60, None, 30, 8, 6, 3],
        ["E230000118", "South Yorkshire", 40, None, 10, 2, 1, "+"],
        [None, "British Transport Police(2006)", 0, None, 0, 0, 0, 0],
        ["Source: Home Office"],
        ["3. Fraud is left out."],
        ["4. Since 2017."],
        ["6. Includes British Transport Police."],
    ]
    return {"Table P1 ": rows}, {"Table P1 ": ["C4:C5", "E4:H4"]}


def changed_sheets(content: bytes, cell: str, other: str) -> bytes:
    """The workbook with other text in every part, as a regular expression says."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return zipped({name: re.sub(cell, other, file.read(name).decode()) for name in file.namelist()})
