"""Returns of a few rows, as corrections are: drawn references pass in any number, people do not; and keys that stand twice."""

import hashlib
from pathlib import Path

import pytest
from kit import read_rows
from sent import COUNTS, checked, many, send
from test_files_as_they_come import sent, written
from test_pseudonyms import DRAWN
from test_reports import reports

pytestmark = [pytest.mark.slow, pytest.mark.one_in(3)]

COLUMNS = ("crime_ref", "victim_ref", "suspect_ref")
# As docs/force-returns.md says them, and as other systems draw them.
LONG = ("a letter and hex", "hex", "capital hex", "UUID", "base 32", "base 64")
# What a postcode, or a number of the health service, may stand in by chance: a5 3ea; 4 76 ... of which the tenth digit fits.
BY_CHANCE = ("a74bf20f876ffc474c025190", "A53EA76FF5F9E8683A57576B", "f37fe7b9-c6bd-7881-20bc-3fd70e87a553",
             "N86Ry94fwbDqa0TxMENt1w==", "A26SW2PH47GSE3RYWNENKXIN")  # fmt: skip
PEOPLE = ("sarah_t1987", "c-thompson-sarah", "Kent/2024/Thompson", "thompson1987", "smith.j", "Sarah", "STHOMPSON",
          "passport 123456789", "4411 Patel", "ME141XQ00012", "v07700900123a", "V19870312")  # fmt: skip
ODD = ("AB12CDE", "A123 BCD", "870312", "GB29NWBK60161331926819")


def rows_of(count: int, form: str) -> list[dict[str, str]]:
    return [
        row | {name: DRAWN[form](100 * place + at) for at, name in enumerate(COLUMNS)}
        for place, row in enumerate(many(count))
    ]


def text(rows: list[dict[str, str]]) -> bytes:
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return written(lines)


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("form", LONG)
def test_few_references_that_a_key_drew_are_nobody(form: str, count: int, tmp_path: Path) -> None:
    found, _ = checked(sent(tmp_path, text(rows_of(count, form)), rows=count, crime_count_sum=count))
    assert (found.verdict, found.personal) == ("accepted", 0)


@pytest.mark.parametrize("one", BY_CHANCE)
def test_a_token_that_a_key_drew_is_one_alone_whatever_stands_in_it(one: str, tmp_path: Path) -> None:
    rows = [many(1)[0] | {"victim_ref": one}]
    assert checked(sent(tmp_path, text(rows), rows=1, crime_count_sum=1))[0].personal == 0


@pytest.mark.long
@pytest.mark.parametrize("count", [1, 3, 20, 49])
@pytest.mark.parametrize("one", PEOPLE)
def test_a_name_among_few_references_is_found(one: str, count: int, tmp_path: Path) -> None:
    rows = rows_of(count, "a letter and hex")
    rows[count // 2]["victim_ref"] = one
    found, problems = checked(sent(tmp_path, text(rows), rows=count, crime_count_sum=count))
    assert "R08" in found.refused and {problem["line"] for problem in problems if problem["rule"] == "R08"} == {
        count // 2 + 2
    }


@pytest.mark.parametrize("count", [20, 120])
@pytest.mark.parametrize("one", ODD)
def test_a_plate_a_birth_and_an_account_are_found_among_references_that_are_drawn(
    one: str, count: int, tmp_path: Path
) -> None:
    rows = rows_of(count, "a letter and hex")
    rows[9]["victim_ref"] = one
    found, _ = checked(sent(tmp_path, text(rows), rows=count, crime_count_sum=count))
    assert found.personal == 1


@pytest.mark.parametrize("column", COLUMNS)
def test_a_reference_that_is_not_written_as_one_is_not_shown(column: str, tmp_path: Path) -> None:
    """What stands there may be anything; that it is nothing, or was rounded, may be said."""
    rows = rows_of(60, "a letter and hex")
    rows[9][column], rows[19]["suspect_ref"] = "ref 4411 ng", "4.6E+11"
    found, problems = checked(sent(tmp_path, text(rows), rows=60, crime_count_sum=60))
    told = {problem["line"]: problem["value"] for problem in problems if problem["rule"] == "E02"}
    assert told[21] == "4.6E+11" and "4411" not in str(problems) and (11 in told or "R08" in found.refused)


def test_a_key_that_stands_twice_is_told_with_the_line_of_the_first(tmp_path: Path) -> None:
    """Of a return from which a sample is taken, too."""
    rows = [
        row | {"crime_ref": f"c{hashlib.sha256(row['crime_ref'].encode()).hexdigest()[:16]}"} for row in many(5_300)
    ]
    again = [rows[17], rows[4_018]]
    body = [*rows, *again]
    into = reports(send(tmp_path / "inbox", body), tmp_path)
    told = [(row["line"], row["value"]) for row in read_rows(into / "report.csv") if row["rule"] == "E06"]
    assert told == [
        (str(5_302 + place), f"crime_ref {row['crime_ref']}, offence_code 8L; first in line {line}")
        for place, (row, line) in enumerate(zip(again, (19, 4_020), strict=True))
    ]


def test_a_key_of_counts_that_stands_twice_is_told_with_all_its_columns(tmp_path: Path) -> None:
    body = [COUNTS | {"offence_code": code} for code in ("8L", "8N", "105A")] + [COUNTS | {"offences": "2"}]
    _, problems = checked(send(tmp_path / "inbox", body, profile="aggregate"))
    [twin] = [problem for problem in problems if problem["rule"] == "E06"]
    assert twin["value"] == (
        "month 2022-05-01, offence_code 8L, membership DS, flag_da Y, flag_online N, victim_sex F, victim_age_band 30-44, "
        "suspect_age_band 30-44, relationship ex_partner; first in line 2"
    )


@pytest.mark.parametrize("times", [1, 30])
@pytest.mark.parametrize(
    ("name", "code"), [("Assault with injury", "8N"), ("Rape of a female child under 13", "19E"), ("MURDER", "1")]
)
def test_the_name_of_an_offence_in_place_of_its_code_is_told_with_the_code(
    name: str, code: str, times: int, tmp_path: Path
) -> None:
    """Names and codes of ONS, Table A5a (reference.offence); beside them a name that is none of an offence."""
    rows = rows_of(60, "a letter and hex")
    for row in rows[:times]:
        row["offence_code"] = name
    counts = {"rows": 60, "crime_count_sum": 60}
    found, problems = checked(sent(tmp_path, text(rows), **counts))
    assert "R08" not in found.refused and found.counts["E05"] == times
    assert {problem["value"] for problem in problems if problem["rule"] == "E05"} == {
        f"offence_code {name}; that is {code}"
    }
    rows[40]["offence_code"] = "Assault Jane Wharfinger"
    assert "R08" in checked(sent(tmp_path / "named", text(rows), **counts))[0].refused


@pytest.mark.parametrize("count", [3, 300])
def test_a_file_without_its_header_is_told_as_that(count: int, tmp_path: Path) -> None:
    """Offences of long ago are no days of birth; a name is one."""
    rows = rows_of(count, "a letter and hex")
    for place, row in enumerate(rows):
        row["offence_start"] = f"{1985 + place % 30}-03-{1 + place % 28:02d}"
    body = text(rows).split(b"\n", 1)[1]
    found, _ = checked(sent(tmp_path, body, rows=count, crime_count_sum=count))
    assert list(found.refused) == ["R03"] and "its header is missing" in found.refused["R03"]
    named = body.replace(b",ex_partner,", b",Jane Wharfinger,", 1)
    assert found.personal == 0 and checked(sent(tmp_path / "named", named, rows=count))[0].personal == 1


def test_a_quote_that_nothing_closes_is_told_with_its_line_and_what_it_takes(tmp_path: Path) -> None:
    lines = text(rows_of(300, "a letter and hex")).decode().splitlines()
    lines[50] = lines[50].replace(",ex_partner,", ',"ex_partner,')
    found, problems = checked(sent(tmp_path, "\n".join([*lines, ""]).encode(), rows=300, crime_count_sum=300))
    assert "a quote begins in line 51 and nothing closes it: 251 lines are lost in it" in found.refused["R06"]
    [told] = [problem for problem in problems if problem["rule"] == "E01"]
    assert (told["line"], told["value"]) == (
        51, "a quote begins here and nothing closes it, so that 251 lines from here on are not read",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b",ex_partner,", b",ex_", "fewer values"), (b",ex_partner,", b",ex,partner,", "more values"),
        (b",ex_partner,", b",ex\xe9partner,", "UTF-8"),
    ],
)  # fmt: skip
def test_of_a_line_that_is_no_row_it_is_said_why(before: bytes, after: bytes, says: str, tmp_path: Path) -> None:
    lines = text(rows_of(300, "a letter and hex")).splitlines()
    lines[50] = lines[50].replace(before, after)
    _, problems = checked(sent(tmp_path, b"\n".join([*lines, b""]), rows=300, crime_count_sum=300))
    [told] = [problem for problem in problems if problem["rule"] == "E01"]
    assert told["line"] == 51 and says in told["value"]


@pytest.mark.parametrize(
    ("last", "refused"),
    [
        (b"kent,cg", True), (b'kent,"cg', True), (b"kent,cg\n", False), (b"Extracted from the crime system", False),
        (b"", False),
    ],
)  # fmt: skip
def test_a_file_that_ends_within_a_row_was_cut_off(last: bytes, refused: bool, tmp_path: Path) -> None:
    """However many rows are lost behind it, the sum of the others would count as the whole quarter."""
    found, _ = checked(
        sent(tmp_path, text(rows_of(300, "a letter and hex")) + last, rows=300 + bool(last), crime_count_sum=300)
    )
    assert ("R03" in found.refused and "cut off" in found.refused["R03"]) == refused
