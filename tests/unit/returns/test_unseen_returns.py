"""Returns as they are really sent: each ends with a verdict in words and the right exit code, and nothing of a person is told.

The list is of oddities that were written down before anybody looked how they are treated. A case names its exit code for scripts
(0 accepted, 3 some rows set aside, 1 refused), and words that the answer must hold.
"""

import csv
import datetime
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hostile import encrypted
from kit import copy_of_data, in_validation
from sent import GOOD, many, put

from assets.returns.intake.store import MARK
from pipelines.cli import main

pytestmark = pytest.mark.slow

PERSON = ("Wharfinger", "07700900123", "jane@wharf.example", "SW1A 1AA", "1987-03-12")
Rows = list[dict[str, str]]
ROWS = 200
DAYS = ("recorded_date", "offence_start", "offence_end", "outcome_date")
OF_ROWS = {"rows": ROWS, "crime_count_sum": ROWS}


def text(rows: Sequence[Sequence[str]], separator: str = ",", end: str = "\r\n") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator=end).writerows(rows)
    return made.getvalue().encode()


def lines(rows: Rows, names: Sequence[str] = tuple(GOOD)) -> list[list[str]]:
    return [list(names), *([row.get(name, "") for name in names] for row in rows)]


def changed(column: str, value: str | Callable[[str], str], which: slice = slice(None)) -> Rows:
    """Good rows of which one column is written otherwise, in some of them."""
    rows = many(ROWS)
    for row in rows[which]:
        row[column] = value if isinstance(value, str) else value(row[column])
    return rows


def workbook(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for line in lines(rows):
        book.active.append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def american(day: str) -> str:
    return f"{datetime.date.fromisoformat(day):%m/%d/%Y}"


def british(day: str) -> str:
    return f"{datetime.date.fromisoformat(day):%d/%m/%Y}" if day else ""


GOOD_LINES = lines(many(ROWS))
TURNED = {"recorded_date": "offence_start", "offence_start": "recorded_date"}
EXCHANGED = [TURNED.get(name, name) for name in GOOD]
FREE = [
    [*line, "remarks" if place == 0 else "Jane Wharfinger rang from 07700900123"]
    for place, line in enumerate(GOOD_LINES)
]
NO_ROWS = {"rows": 0, "crime_count_sum": 0, "zero_return": True}
# Name -> file, exit code, words of the answer, what its manifest says otherwise.
CASES: dict[str, tuple[bytes, int, str, dict[str, Any]]] = {
    "Windows-1252": (text(lines(changed("crime_ref", "c\u00e90000000001", slice(1))))
                     .decode().encode("cp1252"), 3, "E01", {}),
    "EBCDIC": (text(GOOD_LINES).decode().encode("cp500"), 1, "no column of the template", {}),
    "bars": (text(GOOD_LINES, "|"), 1, "separated by bars", {}),
    "a workbook with days as text": (workbook(changed("recorded_date", british)), 1, "a workbook", {}),
    "British days": (text(lines(changed("recorded_date", british))), 1, "R06", {}),
    "British days in some rows": (text(lines(changed("recorded_date", british, slice(3)))), 3, "E02", {}),
    "days with a time": (text(lines(changed("recorded_date", "2022-05-10 00:00:00", slice(3)))), 3, "E02", {}),
    "days as a spreadsheet counts them": (text(lines(changed("offence_start", "44682", slice(3)))), 3, "E02", {}),
    "a reference twice": (text([*GOOD_LINES, GOOD_LINES[9]]), 3, "E06", {"rows": ROWS + 1, "crime_count_sum": ROWS + 1}),
    "references that a spreadsheet rounded": (text(lines(changed("victim_ref", "4.6E+11", slice(2)))), 3, "E02", {}),
    "European decimals": (text(lines(changed("victim_age", "34,0", slice(3)))), 3, "E02", {}),
    "thousands": (text(lines(changed("crime_count", "1,000", slice(1)))), 3, "E02", {}),
    "rows of commas that are counted": (text([*GOOD_LINES, [""] * len(GOOD)]), 1, "R02", {"rows": ROWS + 1}),
    "a total below": (text([*GOOD_LINES, ["Total", *[""] * (len(GOOD) - 2), str(ROWS)]]), 3, "E02", {"rows": ROWS + 1}),
    "a total below in one cell": (text([*GOOD_LINES, [f"Total: {ROWS}"]]), 3, "E01", {"rows": ROWS + 1}),
    "two rows of headings": (text([GOOD_LINES[0], GOOD_LINES[0], *GOOD_LINES[1:]]), 3, "E02", {"rows": ROWS + 1}),
    "a column missing": (text([line[:-1] for line in GOOD_LINES]), 1, "no column outcome_date", {}),
    "a column more": (text([[*line, "x"] for line in GOOD_LINES]), 1, "not in the template: 1", {}),
    "a free column with a person": (text(FREE), 1, "R08", {}),
    "a name where a code stands": (text(lines(changed("relationship", "Jane Wharfinger", slice(1)))), 1, "R08", {}),
    "a date of birth as reference": (text(lines(changed("victim_ref", "1987-03-12", slice(1)))), 1, "R08", {}),
    "a postcode in a total": (text([*GOOD_LINES, ["jane@wharf.example", "SW1A 1AA"]]), 1, "R08", {"rows": ROWS + 1}),
    "another supplier in the rows": (text(lines(changed("supplier_code", "surrey"))), 1, "R06", {}),
    "a supplier by its name": (text(lines(changed("supplier_code", "Kent Police", slice(2)))), 3, "E07", {}),
    "another quarter": (text(lines(changed("recorded_date", "2022-08-10"))), 1, "; 200 by E03: The day of recording", {}),
    "a quarter to come": (text(GOOD_LINES), 1, "the quarter 2098-01, which is 2098-03-31", {"quarter": "2098-01"}),
    "a workbook with a password": (encrypted(), 1, "a workbook with a password", {}),
    "two columns of days exchanged": (text([EXCHANGED, *GOOD_LINES[1:]]), 1, "recorded_date and offence_start are exchanged", {}),
    "a quarter that does not begin": (text(GOOD_LINES), 1, "quarter", {"quarter": "2022-05"}),
    "the other profile": (text(GOOD_LINES), 1, "its columns are those of the profile record", {"profile": "aggregate"}),
    "another version of the template": (text(GOOD_LINES), 1, "template_version", {"template_version": "vawg-9"}),
    "a manifest that counts another number": (text(GOOD_LINES), 1, "R02", {"rows": ROWS + 7}),
    "flags as words": (text(lines(changed("flag_da", "Yes"))), 1, "R06", {}),
    "codes in small letters": (text(lines(changed("victim_sex", "f", slice(3)))), 3, "E07", {}),
    "spaces around codes": (text(lines(changed("victim_sex", " F ", slice(3)))), 0, "W31", {}),
    "a cell of three lines": (text(lines(changed("location_type", "home\n\nor", slice(1)))), 3, "E07", {}),
    "a file cut in the middle of a line": (text(GOOD_LINES)[:-40], 1, "R03", {}),
    "noughts at the end": (text(GOOD_LINES) + bytes(512), 1, "R0", {}),
    # The same in every row: the verdict says which column, and how a value of it is written.
    "days as numbers": (text(lines(changed("recorded_date", "44691"))), 1, "recorded_date, where it is a date as yyyy-mm-dd", {}),
    "days in American order": (text(lines(changed("recorded_date", "05/10/2022"))), 1, "where it is a date as yyyy-mm-dd", {}),
    "days in American order in four columns": (
        text(lines([row | {name: american(row[name]) for name in DAYS} for row in many(ROWS)])), 1,
        "most of them in offence_start, outcome_date, recorded_date, too", {}),
    "a heading for every reference": (text(lines(changed("victim_ref", "VICTIM"))), 1, "victim_ref, where it is a pseudonym", {}),
    "headings in two languages": (text([[f"{name} / {name[::-1]}" for name in GOOD], *GOOD_LINES[1:]]), 1, "two languages", {}),
    "rounded references": (text(lines(changed("crime_ref", "1.23E+10"))), 1, "crime_ref, where it is a pseudonym", {}),
    "references as formulas": (text(lines(changed("crime_ref", lambda old: f'="{old}"'))), 1, "where it is a pseudonym", {}),
    "ages as decimals": (text(lines(changed("victim_age", "34.0"))), 1, "victim_age, where it is a whole number in digits", {}),
    "truths": (text(lines(changed("flag_da", "TRUE"))), 1, "flag_da, where it is one of Y, N", {}),
    "noughts in front": (text(lines(changed("outcome_type", "01"))), 1, "outcome_type, where it is one of 0, 1, 2", {}),
    "signs that nobody sees": (text(lines(changed("victim_sex", "\u200bF"))), 0, "W31", {}),
    "codes that a spreadsheet halved": (text(lines(changed("offence_code", "8/67"))), 1, "200 by E05", {}),
    "two exports joined": (text(GOOD_LINES) + b"\xef\xbb\xbf" + text([*GOOD_LINES[:1], *lines(many(400))[201:]]), 3, "E02",
                           {"rows": 401, "crime_count_sum": 400}),
    "lines that end in three signs": (text(GOOD_LINES, end="\r\r\n"), 0, "accepted", {}),
    "a list of codes below": (text([*GOOD_LINES, [], ["relationship", "meaning"], ["family", "family member"]]), 3, "E01",
                              {"rows": ROWS + 2}),
    "nothing to report": (text([GOOD_LINES[0], ["NIL RETURN"]]), 1, "R05", NO_ROWS),
    "an older template": (text([line[:-6] + line[-4:] for line in GOOD_LINES]), 1, "no column flag_spiking, flag_knife", {}),
    "a heading of another language": (text(GOOD_LINES).replace(b"crime_ref", b"cyf_trosedd"), 1,
                                      "no column crime_ref; columns that are not in the template: 1 (from the left: 2)", {}),
    "numbered rows": (text([[str(at), *line] for at, line in enumerate(GOOD_LINES)]), 1, "not in the template: 1", {}),
    "a header alone": (text(GOOD_LINES[:1]), 0, "accepted", NO_ROWS),
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_data(tmp_path_factory.mktemp("unseen") / "data")


def nothing_of_a_person(said: str, *folders: Path) -> None:
    told = [
        said,
        *(
            path.read_bytes().decode("utf-8", "replace")
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file()
        ),
    ]
    assert not [mark for mark in PERSON if any(mark in text for text in told)]
    assert "Traceback" not in said and "DuckDB" not in said and "Exception" not in said


# All of them land below; the command line says the same of each, which is asked of some.
@pytest.mark.long
@pytest.mark.one_in(4)
@pytest.mark.parametrize("case", CASES)
def test_a_check_ends_with_a_verdict_in_words(
    case: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, code, words, told = CASES[case]
    folder = put(tmp_path / "sent", content, **OF_ROWS | told)
    ended = main(["returns", "check", str(folder), "--data", str(root), "--report", str(tmp_path / "report")])
    printed = capsys.readouterr()
    said = " ".join((printed.out + printed.err).split())
    assert (ended, words in said) == (code, True), said
    nothing_of_a_person(said, *([tmp_path / "report"] if (tmp_path / "report").exists() else []))


@in_validation
def test_all_of_them_land_together_and_each_has_its_verdict(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One supplier sends them all, each with a later extract: versions of one quarter, and none stops another."""
    inbox = root / "returns"
    inbox.mkdir()
    (inbox / MARK).touch()
    for place, (content, _, _, told) in enumerate(CASES.values()):
        day = datetime.date(2022, 7, 1) + datetime.timedelta(place)
        put(
            inbox / "kent" / f"sent-{place:02}",
            content,
            **OF_ROWS | {"extract_date": str(day), "sent_date": str(day)} | told,
        )
    assert main(["returns", "land", "--data", str(root)]) == 1
    printed = capsys.readouterr()
    said = " ".join((printed.out + printed.err).split())
    store = root / "interim" / "returns"
    judged = json.loads((store / "supplier=kent" / "quarter=2022-04" / "partition.json").read_text(encoding="utf-8"))
    by_day = {one["extract_date"]: one for one in judged}
    expected = {0: "accepted", 3: "accepted_with_quarantine", 1: "refused"}
    for place, (case, (_, code, words, told)) in enumerate(CASES.items()):
        day = str(datetime.date(2022, 7, 1) + datetime.timedelta(place))
        if {"quarter", "template_version"} & told.keys():
            assert day not in by_day and f"sent-{place:02}" in said, case
        else:
            one = by_day[day]
            assert one["verdict"] == expected[code], case
            assert words in f"{one['verdict']} {one['refused']} {one['counts']}", case
    nothing_of_a_person(said, store / "supplier=kent")
    assert len(list((store / "locked").iterdir())) == sum(words == "R08" for _, _, words, _ in CASES.values())
