"""Files as forces' systems write them: ends of lines, encodings, quotes, archives; what may be personal data, and what not."""

import bz2
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sent import GOOD, checked, many, put

from assets.returns.file.csv_file import SIGNS, scan, with_one_end
from assets.returns.file.lines import records_of
from assets.returns.personal.personal import A_WORD, looks_closely
from assets.returns.supply.seal import seal
from assets.words.problems import BadInput

pytestmark = [pytest.mark.slow, pytest.mark.one_in(3)]

ROWS = [",".join(GOOD), *(",".join(row.values()) for row in many(100))]


def written(lines: Sequence[str] = ROWS, end: str = "\n") -> bytes:
    return (end.join(lines) + end).encode()


def cell(line: int, column: str, value: str, lines: Sequence[str] = ROWS) -> list[str]:
    """The lines with one cell changed; the header is line 1."""
    cells = lines[line - 1].split(",")
    cells[list(GOOD).index(column)] = value
    return [*lines[: line - 1], ",".join(cells), *lines[line:]]


def sent(folder: Path, content: bytes, file: str = "record.csv", **manifest: Any) -> Path:
    return put(folder / "inbox" / "kent" / "first", content, file, **manifest)


QUOTED = [",".join(f'"{value}"' for value in line.split(",")) for line in ROWS]
HOLLOW = "," * (len(GOOD) - 1)  # as a spreadsheet writes an empty row that is formatted
TITLE = "Kent Police Return of Violence,,April to June 2022"
MIXED = written(ROWS[:50], "\r\n") + "\n".join(ROWS[50:]).encode() + b"\n"


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (written(), "record.csv"), (written(end="\r\n"), "record.csv"), (written(end="\r"), "record.csv"),
        (MIXED, "record.csv"),
        (b"\xef\xbb\xbf" + written(end="\r\n"), "record.csv"),
        (written()[:-1], "record.csv"), (written() + b"\n\n", "record.csv"),
        (written() + b"\x1a", "record.csv"),
        (written(QUOTED, "\r\n"), "record.csv"), (gzip.compress(written()), "record.csv.gz"),
        (gzip.compress(MIXED), "record.CSV.GZ"), (written([*ROWS[:9], "", *ROWS[9:]]), "record.csv"),
        (written([",".join(reversed(line.split(","))) for line in ROWS]), "record.csv"),
        (written([TITLE, *ROWS]), "record.csv"), (b"\xef\xbb\xbf" + written(["", TITLE, "", *ROWS], "\r\n"), "record.csv"),
        (gzip.compress(written([TITLE, *ROWS], "\r")), "record.csv.gz"),
        (written([*ROWS[:9], HOLLOW, *ROWS[9:], *[HOLLOW] * 40], "\r\n"), "record.csv"),
        (written([ROWS[0].replace(",", "\u00a0, "), *ROWS[1:]]), "record.csv"), (b"\xef\xbb\xbf" * 2 + written(), "record.csv"),
        (written([ROWS[0].upper(), *ROWS[1:]]), "record.csv"),
        (written([f'{ROWS[0].replace("_", " ").title()},,', *(f"{line},," for line in ROWS[1:])]), "record.csv"),
    ],
    ids=[
        "as it should be", "Windows", "old Mac", "mixed", "byte order mark", "no last end", "blank at the end", "end of DOS",
        "quoted", "gzip", "gzip of mixed", "a blank line", "columns turned round", "a title", "a title between blank lines",
        "gzip of a title", "lines of separators", "spaces about headings", "two marks", "capitals", "columns without any",
    ],
)  # fmt: skip
def test_every_row_is_read_however_the_system_writes_the_file(content: bytes, file: str, tmp_path: Path) -> None:
    folder = sent(tmp_path, content, file)
    found, _ = checked(folder)
    assert (found.verdict, found.rows, found.quarantined) == ("accepted", 100, 0)
    sealed = seal(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    assert (sealed.rows, sealed.crime_count_sum, sealed.zero_return) == (100, 100, False)


@pytest.mark.parametrize(
    ("content", "file", "says"),
    [
        (b"", "record.csv", "empty"), ("\n".join(ROWS).encode("utf-16"), "record.csv", "UTF-16"),
        (gzip.compress(written())[:-90], "record.csv.gz", "gzip"), (b"not gzip" * 90, "record.csv.gz", "gzip"),
        (gzip.compress(written()), "record.csv", ".gz"),
        (written([line.replace(",", ";") for line in ROWS]), "record.csv", "separated by semicolons"),
        (written([line.replace(",", " ") for line in ROWS]), "record.csv", "separated by spaces"),
        (written([TITLE, *(line.replace(",", ";") for line in ROWS)]), "record.csv", "header stands in line 2"),
        (written([TITLE, *(line.rsplit(",", 1)[0] for line in ROWS)]), "record.csv", "no column outcome_date"),
        (b"\xef\xbb\xbf" + written([line.replace(",", "\t") for line in ROWS]), "record.csv", "separated by tabs"),
        (written(["sep=;", *(line.replace(",", ";") for line in ROWS)]), "record.csv", "line 2"),
        (written([ROWS[0].replace("_", "-"), *ROWS[1:]]), "record.csv", "spelt otherwise"),
        (written([ROWS[0].replace("a", "\u0430"), *ROWS[1:]]), "record.csv", r"as in 'recorded_d\u0430te'"),
        (written([line.replace(",", ",,", 1) for line in ROWS]), "record.csv", "columns without a heading: 1"),
        (written(ROWS[1:]), "record.csv", "no column of the template"),
        (b"x" * 200_000, "record.csv", "no column of the template"), (b"PK\x03\x04" + bytes(99), "record.csv", "a workbook"),
        (b"<html>Sign in</html>", "record.csv", "a web page"), ("\n".join(ROWS).encode("utf-16-le"), "record.csv", "UTF-16"),
        (written([line.rsplit(",", 1)[0] for line in ROWS]), "record.csv", "no column outcome_date"),
        (written([ROWS[0].replace("crime_ref", "action", 1), *ROWS[1:]]), "record.csv", "action twice"),
        (written([f'"{line}"' for line in ROWS]), "record.csv", "several of its headings stand in one cell"),
        (written([",".join(map(ascii, line.split(","))) for line in ROWS]), "record.csv", """as in "'supplier_code'\""""),
        (written([",".join(f'"{name}"' for name in ROWS[0].replace("_", "\n").split(",")), *ROWS[1:]]), "record.csv",
         r"as in 'supplier\ncode'"),
        (written([*map(",".join, zip(*(line.split(",") for line in ROWS), strict=True))]), "record.csv", "changed places"),
        (bz2.compress(written()), "record.csv", "packed otherwise"), (b"PAR1" + bytes(99), "record.csv", "Parquet"),
        (b"{\\rtf1 " + written(), "record.csv", "a document"), (b"PK\x03\x04" + bytes(99), "record.csv.gz", "an archive"),
    ],
    ids=[
        "empty", "UTF-16", "cut gzip", "no gzip", "gzip named CSV", "semicolons", "spaces", "a title and semicolons",
        "a title and one less", "mark and tabs", "sep line", "lines for spaces", "letters of another script", "empty headings",
        "no header", "one long line", "workbook", "web page", "UTF-16 without mark", "one less", "twice", "lines quoted",
        "single quotes", "breaks", "turned", "bzip2", "Parquet", "document", "zip named gzip",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(content: bytes, file: str, says: str, tmp_path: Path) -> None:
    folder = sent(tmp_path, content, file)
    found, problems = checked(folder)
    assert found.verdict == "refused" and says in found.refused["R03"] and not problems
    assert "R08" not in found.refused or "no column" in says, "what is spelt or separated otherwise is not personal"
    with pytest.raises(BadInput, match=r"R03"):
        seal(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def test_a_quote_that_is_never_closed_loses_no_row_in_silence(tmp_path: Path) -> None:
    folder = sent(tmp_path, written(cell(100, "crime_ref", '"c000000001a')))
    found, problems = checked(folder)
    assert (found.counts["E01"], found.rows, found.verdict) == (2, 100, "accepted_with_quarantine")
    assert [problem["line"] for problem in problems if problem["rule"] == "E01"] == [100]


def test_lines_are_those_of_the_file_after_blank_lines_breaks_and_spoilt_lines(tmp_path: Path) -> None:
    lines = cell(90, "relationship", "cousin", cell(5, "relationship", '"cou\nsin"'))
    lines = [*lines[:20], "", HOLLOW, *lines[20:50], "spoilt,line", *lines[50:70], "", *lines[70:]]
    found, problems = checked(sent(tmp_path, written(lines, "\n"), rows=101))
    # The cell of two lines comes before all others: each of the later lines stands one lower.
    assert [(problem["line"], problem["rule"]) for problem in problems if problem["rule"] in ("E01", "E07")] == [
        (5, "E07"), (50 + 1 + 2 + 1, "E01"), (90 + 1 + 2 + 1 + 1, "E07"),
    ]  # fmt: skip
    assert found.rows == 101 and found.quarantined == 3


def test_lines_below_a_title_are_those_of_the_file_and_its_own_words_are_no_name(tmp_path: Path) -> None:
    lines = [TITLE, "", *cell(90, "relationship", "cousin", [*ROWS[:50], "spoilt,line", *ROWS[50:]])]
    found, problems = checked(sent(tmp_path, written(lines), rows=101))
    assert [(problem["line"], problem["rule"]) for problem in problems if problem["rule"] in ("E01", "E07")] == [
        (53, "E01"),
        (92, "E07"),
    ]
    assert found.verdict == "accepted_with_quarantine" and found.personal == 0


@pytest.mark.parametrize(
    ("title", "personal"),
    [
        ("Questions to jane.smith@police.example", 1), ("VAWG return, contact 07700 900123", 1),
        ("Kent Police, tel. 020 7946 0123", 1), ("Queries (01632) 960-001", 1), ("+44 (0)1632 960001", 1),
        ("Extract made by PC 4521", 1),
        ("Kent Police, 01 April 2022 to 30 June 2022, run 000123456 at 09:30", 0), ("Rows 0001821, extract 20220720 0930", 0),
    ],
)  # fmt: skip
def test_a_title_that_finds_a_person_locks_the_return_away(title: str, personal: int, tmp_path: Path) -> None:
    found, problems = checked(sent(tmp_path, written([f'"{title}"' if "," in title else title, *ROWS])))
    assert ("R08" in found.refused, found.personal) == (bool(personal), personal)
    assert personal == 0 or title[-9:] not in f"{found}{problems}"


def test_the_sum_is_held_against_the_manifest_beside_rows_in_error(tmp_path: Path) -> None:
    wrong, _ = checked(sent(tmp_path, written(cell(9, "relationship", "cousin")), crime_count_sum=101))
    assert "R02" in wrong.refused
    unread, _ = checked(sent(tmp_path / "b", written(cell(9, "crime_count", "many")), crime_count_sum=104))
    assert not unread.refused and unread.quarantined == 1


PERSONAL = {
    "crime_ref": [
        "Jane Smith", "JANE SMITH", "jane smith", '"Smith, Jane"', '"Smith,Jane"', "Jane\tSmith", "Jane\u00a0Smith", "Jane_Smith",
        "jane.smith", "O'Brien", "Zoë", "12 High Street", "QQ123456C", "QQ 12 34 56 C", "SW1A1AA", "sw1a 1aa", "1987-03-12",
        "12/03/1987", "someone@police.example", "J.Smith", "Smith_J", "王小明", "محمد",
        "Smith-Jones", "jane-smith", "JANE-SMITH", "TN23-1XX", "filled.count.soap",
    ],
    "victim_ref": ["07700900123", "+447700900123", "07700 900123", "9434765919", "943 476 5919", "07700-900-123",
                   "(01622) 690690", "943-476-5919", "19870312", "12031987"],
    "suspect_ref": ["2001/0123456A", "01/123456Z"],
    "csp_code": ["John Smit", "07700900123"], "crime_count": ["123456789", "447700900123"], "location_type": ["JANE SMITH"],
    "relationship": ["Jane Smith", "the man next door", "rang 07700 900123 twice", "///filled.count.soap"],
    "recorded_date": ["Jane Smith"], "offence_code": ["Jane Smith"],
    "victim_ethnicity": ["j@x.example"],
}  # fmt: skip
INNOCENT = {
    "crime_ref": ["c0123456789abcdef01234567", "KENT-2022-000123", "46/123456/22", "A1B2C3D4E5F6", "deadbeefcafebabedeadbeef",
                  "VIC-000123", "c-x-01", "123e4567-e89b-12d3-a456-426614174000", "20221301", "46-1234-22"],
    "relationship": ["Ex Partner", "NOT KNOWN", "cousin"], "victim_ethnicity": ["White British", "Not Stated"],
    "csp_code": ["E2200001X"], "victim_age": ["thirty"], "location_type": ["Licensed Venue"],
}  # fmt: skip


def listed(cells: dict[str, list[str]]) -> list[str]:
    lines = list(ROWS)
    for line, (column, value) in enumerate(((c, v) for c, values in cells.items() for v in values), start=2):
        lines = cell(line, column, value, lines)
    return lines


def test_every_form_of_personal_data_is_found_on_its_line_and_not_repeated(tmp_path: Path) -> None:
    found, problems = checked(sent(tmp_path, written(listed(PERSONAL))))
    total = sum(map(len, PERSONAL.values()))
    assert [problem["line"] for problem in problems if problem["rule"] == "R08"] == list(range(2, 2 + total))
    assert "R08" in found.refused and not any(problem["value"] not in (None, "(not shown)") for problem in problems)


# What finds a person, glued to other signs: in references no two of which are as long, and in columns of codes and numbers.
GLUED = {
    "crime_ref": ["x2001/0123456A", "01/123456Zxy", "34TN231XX", "f9434765919abc"],
    "victim_ref": ["01622690690F", "T01622690690ab", "b12/03/87", "12031987xx", "nin_AB123456C", "PC4521"],
    "suspect_ref": ["20010123456A_A", "F-1987-03-12", "AB123456C1", "TN231XXf34x1z"],
    "csp_code": ["T07700900123", "vSW1A1AA"], "victim_age": ["1987-03-12", "19870312", "b12/03/1987"],
    "location_type": ["x2001/0123456A", "P9434765919", "xAB123456C", "DS 412"],
    "offence_code": ["F12031987"], "flag_da": ["TN231XX1"],
}  # fmt: skip
NOT_GLUED = {
    "recorded_date": ["2022-05-10T13:00:00Z", "12/03/1987", "20220510"], "csp_code": ["E22000001A", "E220000011"],
    "victim_age": ["30/01/1900", "20220510", "123456"], "crime_ref": ["46/22/123456", "KENT-2022-05-10-0001", "V1234567890"],
    "location_type": ["AB12", "1-2-3"], "outcome_date": ["10-May-22"], "offence_code": ["008/679"],
}  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_what_finds_a_person_is_found_glued_to_other_signs(packed: bool, tmp_path: Path) -> None:
    content, innocent = written(listed(GLUED)), written(listed(NOT_GLUED))
    file = "record.csv.gz" if packed else "record.csv"
    found, problems = checked(sent(tmp_path / "a", gzip.compress(content) if packed else content, file))
    total = sum(map(len, GLUED.values()))
    assert [problem["line"] for problem in problems if problem["rule"] == "R08"] == list(range(2, 2 + total))
    found, problems = checked(sent(tmp_path / "b", gzip.compress(innocent) if packed else innocent, file))
    assert (found.personal, [problem["line"] for problem in problems if problem["rule"] == "R08"]) == (0, [])
    assert not [problem for problem in problems if problem["rule"] == "E02" and problem["value"] == "123456"], (
        "may be a number of a person"
    )


def test_a_column_of_health_service_numbers_is_told_by_their_last_digit(tmp_path: Path) -> None:
    """Of ten digits the last follows from the others: nine times their weights and it add up to a multiple of eleven."""

    def last(nine: str) -> str:
        rest = sum((10 - place) * int(digit) for place, digit in enumerate(nine)) % 11
        return str((11 - rest) % 11)

    drawn = [str(600_000_000 + 1_765_432 * number) for number in range(60)]
    valid = [f"P{nine}{last(nine)}" for nine in drawn if len(last(nine)) == 1]
    found, _ = checked(
        sent(
            tmp_path / "a",
            written(listed({"victim_ref": valid})[: len(valid) + 1]),
            rows=len(valid),
            crime_count_sum=len(valid),
        )
    )
    assert found.personal == len(valid) > 50
    found, _ = checked(sent(tmp_path / "b", written(listed({"victim_ref": [f"P{nine}0" for nine in drawn]}))))
    assert found.personal == 0


def test_a_line_of_headings_among_the_rows_is_no_name(tmp_path: Path) -> None:
    """The references begin as their headings do: crime_ref without its c is a word."""
    found, problems = checked(sent(tmp_path, written([*ROWS[:60], ROWS[0], *ROWS[60:]]), rows=101))
    assert (found.personal, {problem["line"] for problem in problems if problem["line"]}) == (0, {61})


def test_a_word_that_is_not_of_the_template_is_not_repeated_unless_it_is_a_code(tmp_path: Path) -> None:
    """Nobody can tell a name from a code of another list, but a code stands in many rows."""
    lines = cell(7, "relationship", "Wharfinger", cell(8, "offence_code", "hit", cell(9, "relationship", "Ex-Partner")))
    for line in range(20, 25):
        lines = cell(line, "relationship", "Stepfather", lines)
    _, problems = checked(sent(tmp_path, written(lines)))
    said = {problem["line"]: problem["value"] for problem in problems if problem["rule"] in ("E05", "E07")}
    assert said == {
        7: A_WORD,
        8: f"offence_code {A_WORD}",
        9: "Ex-Partner; that is ex_partner",
        **dict.fromkeys(range(20, 25), "Stepfather"),
    }


@pytest.mark.long
@pytest.mark.parametrize(
    ("column", "value", "repeated"),
    [
        *(("csp_code", value, False) for value in ("120387", "1203198", "KP4471", "14B", "4471")),
        *(("csp_code", value, True) for value in ("E2200012", "E22", "e22000012", "E2200001X")),
        ("outcome_type", "XC1234", False), ("outcome_type", "99", True),
        ("victim_age", "120387", False), ("victim_age", "999", True), ("crime_count", "120387", False),
        ("victim_age", "js1987", False), ("outcome_date", "al.k", False), ("offence_start", "JW", False),
        ("outcome_date", "2022-06-01T12:30:00Z", True), ("victim_age", "3.4E+01", True), ("victim_age", "Unknown", True),
    ],
)  # fmt: skip
def test_a_number_that_may_be_of_a_person_is_not_repeated_unless_it_is_written_as_an_area(
    column: str, value: str, repeated: bool, tmp_path: Path
) -> None:
    """Six digits may be a day of birth, four a collar number: of an area its letter is said with them."""
    found, problems = checked(sent(tmp_path, written(cell(7, column, value))))
    [said] = {str(problem["value"]) for problem in problems if problem["line"] == 7 and column in problem["column"]}
    assert "R08" not in found.refused and (value in said) == repeated and (A_WORD in said) != repeated


def test_numbers_that_count_up_are_no_days_of_birth(tmp_path: Path) -> None:
    """Of the 90 numbers from 19870260 on, 31 are a day of March; those of birth are all days, or three that lie apart."""
    counting, apart = ([str(first + number) for number in range(90)] for first in (19_870_260, 31_000_000))
    born = [f"198703{day:02}" for day in range(1, 21)] + ["00000000"]
    days = ["19870314", "19920721", "20011105"]
    for references, lines in ((counting, 0), (counting + days[:2], 0), (apart + days, 3), (born, 20)):
        folder = tmp_path / f"{references[0]} and {len(references)}"
        found, problems = checked(sent(folder, written(listed({"victim_ref": references}))))
        assert ("R08" in found.refused) == bool(lines)
        assert sum(problem["rule"] == "R08" for problem in problems) == lines


def test_a_reference_is_looked_at_as_closely_by_the_signs_of_its_file_as_by_all(tmp_path: Path) -> None:
    """The signs that a file does not hold are not looked for: one reference to a file, so that no other lends it a sign."""
    references = [value for name in ("crime_ref", "victim_ref", "suspect_ref") for value in PERSONAL[name]]
    with duckdb.connect() as connection:
        for value in [*references, *INNOCENT["crime_ref"], "zoé-0123456789", 'a"b0123456789', "c0123456789"]:
            file = tmp_path / "one.csv"
            file.write_text("\n".join(cell(2, "crime_ref", value)), encoding="utf-8")
            signs = scan(file).signs
            [(text,)] = connection.execute(
                "SELECT crime_ref FROM read_csv(?, all_varchar = true) LIMIT 1", [str(file)]
            ).fetchall()
            asked = f"SELECT {looks_closely('t', signs)}, {looks_closely('t', SIGNS)} FROM (SELECT ? AS t)"
            [(mine, all_signs)] = connection.execute(asked, [text]).fetchall()
            assert mine == all_signs, (value, signs)
            assert set(signs) < set(SIGNS)


@pytest.mark.parametrize(
    ("others", "reference", "personal"),
    [
        ("v{:08d}a0", "Smith", True), ("v{:08d}a0", "SARAH", True), ("v{:08d}a0", "smith", True),
        ("v{:08d}a0", "Ann-Marie", True),
        ("{:05x}", "Smith", True),  # as long as the others, which have no capital
        ("{:05X}", "SMITH", True), ("aB{:03d}", "Smith", True),  # of letters beyond F, or of more than two
        ("v{:08d}a0", "a", False), ("v{:08d}a0", "AB", True), ("v{:08d}a0", "UK", False), ("{:02x}", "ab", False),
    ],
)  # fmt: skip
def test_a_word_alone_is_a_name_unless_the_pseudonyms_are_written_so(
    others: str, reference: str, personal: bool, tmp_path: Path
) -> None:
    lines = [line if not place else cell(place + 1, "victim_ref", others.format(place), ROWS)[place]
             for place, line in enumerate(ROWS)]  # fmt: skip
    found, problems = checked(sent(tmp_path, written(cell(7, "victim_ref", reference, lines))))
    assert [problem["line"] for problem in problems if problem["rule"] == "R08"] == ([7] if personal else [])
    assert ("R08" in found.refused) == personal


def test_words_of_a_code_list_and_usual_pseudonyms_are_no_personal_data(tmp_path: Path) -> None:
    found, _ = checked(sent(tmp_path, written(listed(INNOCENT))))
    assert "R08" not in found.refused and found.personal == 0


@pytest.mark.parametrize(
    ("heading", "value", "personal"),
    [
        ("victim_name", "Jane", 100), ("remark", "on 12 High Street", 100), ("flag_new", "Y", 0), ("Jane Smith", "Y", 1),
        ("Beat code", "Y", 0),
    ],
)  # fmt: skip
def test_a_column_more_is_searched_for_personal_data(heading: str, value: str, personal: int, tmp_path: Path) -> None:
    lines = [f"{ROWS[0]},{heading}", *(f"{line},{value}" for line in ROWS[1:])]
    found, problems = checked(sent(tmp_path, written(lines)))
    assert (
        found.refused["R03"] == "columns that are not in the template: 1 (from the left: 32)"
        and found.counts.get("R08", 0) == personal
        and not problems
    )


def test_a_line_of_separators_is_seen_wherever_a_piece_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "some.csv"
    for hollow in (True, False):
        file.write_bytes(b"a,b,c\n1,2,3\n" + b"," * (12 if hollow else 5) + b"\n4,5,6\n")
        for piece in range(1, 30):
            monkeypatch.setattr("assets.returns.file.csv_file.PIECE", piece)
            assert scan(file).hollow == hollow, piece


def test_ends_of_lines_are_counted_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.returns.file.csv_file.PIECE", 3)
    file = tmp_path / "some.csv"
    for text, lines, mixed in (
        (b"a,b\r\nc,d\r\n\r\ne", 4, False),
        (b"a\rb\n", 2, True),
        (b"a\nb", 2, False),
        (b"ab\r\nc\n", 2, True),
    ):
        file.write_bytes(text)
        assert (scan(file).lines, scan(file).mixed) == (lines, mixed)
        assert with_one_end(file, tmp_path / "made.csv").read_bytes() == text.replace(b"\r\n", b"\n").replace(
            b"\r", b"\n"
        )
    file.write_bytes(b'a,b\n\n"x\ny",z\n')
    records = records_of(file, quoted=True)
    assert (records.whole, records.blank.tolist(), records.longer) == (2, [[2, 1]], [(3, 1)])
