"""References of one file are read together: pseudonyms of any form pass, people and what stands for nothing do not."""

import base64
import gzip
import hashlib
import string
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sent import checked, many
from test_files_as_they_come import ROWS, cell, sent, written

pytestmark = [pytest.mark.slow, pytest.mark.one_in(3)]

# Pseudonyms as systems make them, of a number: no word, whatever letters fall beside each other.
DRAWN: dict[str, Callable[[int], str]] = {
    "hex": lambda n: drawn(n).hex()[:24],
    "eight of hex": lambda n: drawn(n).hex()[:8],
    "capital hex": lambda n: drawn(n).hex()[:16].upper(),
    "a letter and hex": lambda n: f"v{drawn(n).hex()[:16]}",
    "two systems": lambda n: f"{'vw'[n % 2]}{drawn(n).hex()[:16]}",
    "base 32": lambda n: base64.b32encode(drawn(n)).decode()[:16],
    "small base 32": lambda n: base64.b32encode(drawn(n)).decode()[:12].lower(),
    "base 64": lambda n: base64.b64encode(drawn(n)[:16]).decode(),
    "base 64 of addresses": lambda n: base64.urlsafe_b64encode(drawn(n)[:12]).decode(),
    "UUID": lambda n: str(uuid.UUID(bytes=drawn(n)[:16])),
    "letters": lambda n: "".join(chr(97 + byte % 26) for byte in drawn(n)[:16]),
    "eight capitals": lambda n: "".join(chr(65 + byte % 26) for byte in drawn(n)[:8]),
    "letters and digits": lambda n: "".join(
        string.ascii_letters[byte % 52] if byte % 5 else str(byte % 10) for byte in drawn(n)[:11]
    ),
    "numbers": lambda n: str(1_000_000 + 7 * n),
    "six digits": lambda n: str(100_000 + n),
    "counted": lambda n: str(n + 1),
    "a word and a number": lambda n: f"NOMINAL{n:06d}",
    "with lines": lambda n: f"KENT-PERSON-{n:06d}",
    "an URN": lambda n: f"46/{100_000 + n}/22",
    "days of the quarter": lambda n: f"V2204{n % 30 + 1:02d}-{n:05d}",
    "long days of the quarter": lambda n: f"V202204{n % 30 + 1:02d}x{n:05d}",
    "a year and a number": lambda n: f"V{2010 + n % 12}{n:06d}",
}
NAMED = [
    f"{last}{first}"
    for last in ("smith", "jones", "patel", "brown", "wharfinger", "hughes", "okafor", "taylor", "khan", "evans")
    for first in ("john", "sarah", "emma", "aisha", "olivia", "megan", "kelly", "zara", "holly", "mary")
]
PEOPLE: dict[str, Callable[[int], str]] = {
    "name and year": lambda n: f"{NAMED[n]}{1930 + 7 * n % 70}",
    "initial and name": lambda n: f"{NAMED[n][-1].upper()}{NAMED[n][:6].title()}{n:02d}",
    "names": lambda n: NAMED[n].title(),
    "with a line": lambda n: f"{NAMED[n]}_{n}",
    "capitals": lambda n: f"{NAMED[n].upper()}{n % 7}",
    "initials and birth": lambda n: f"{NAMED[n][0]}{NAMED[n][-1]}{1950 + n % 60}{1 + n % 12:02d}{1 + n % 28:02d}",
    "birth and initial": lambda n: f"{1 + n % 28:02d}{1 + n % 12:02d}{1950 + n % 60}{NAMED[n][0].upper()}",
    "birth of six digits": lambda n: f"JS{1 + n % 28:02d}{1 + n % 12:02d}{50 + n % 45}x",
    "telephones": lambda n: f"T0770090{n:04d}",
    "health service": lambda n: f"NHS{9_434_765_919 - n}",
    "postcodes": lambda n: f"ME{n % 20 + 1}{n % 9}AB{n:02d}",
    "PNC": lambda n: f"{50 + n % 40}-{100_000 + n}Z",
}


def drawn(number: int) -> bytes:
    return hashlib.sha256(f"drawn {number}".encode()).digest()


def of_victims(of: Callable[[int], str], places: Sequence[int] = range(100)) -> list[str]:
    lines = list(ROWS)
    for place in places:
        lines = cell(place + 2, "victim_ref", of(place), lines)
    return lines


@pytest.mark.long
@pytest.mark.parametrize("form", DRAWN)
def test_a_column_of_pseudonyms_reads_as_no_words_and_no_days(form: str, tmp_path: Path) -> None:
    found, _ = checked(sent(tmp_path, written(of_victims(DRAWN[form]))))
    assert (found.verdict, found.personal, found.quarantined) == ("accepted", 0, 0), form


@pytest.mark.parametrize("form", PEOPLE)
def test_a_column_of_people_is_locked_away(form: str, tmp_path: Path) -> None:
    found, problems = checked(sent(tmp_path, written(of_victims(PEOPLE[form]))))
    assert "R08" in found.refused and found.personal > 80, (form, found.personal)
    assert not any(problem["value"] not in (None, "(not shown)") for problem in problems)


@pytest.mark.parametrize("form", [one for one in PEOPLE if one != "birth of six digits"])
def test_one_person_among_pseudonyms_is_found_on_her_line(form: str, tmp_path: Path) -> None:
    lines = of_victims(DRAWN["a letter and hex"])
    lines = cell(9, "victim_ref", PEOPLE[form](17), lines)
    _, problems = checked(sent(tmp_path, written(lines)))
    assert [problem["line"] for problem in problems if problem["rule"] == "R08"] == [9], form


@pytest.mark.parametrize(
    ("one", "person"),
    [("01622690690", True), ("v1987-03-12", True), ("AB123456C00", True), ("SW1A1AA0001", True),
     ("VX000000017", False), ("0000000017a", False), ("vxa00000017", False)],
)  # fmt: skip
def test_a_person_in_a_reference_as_long_as_the_others_is_found_where_those_are_written_alike(
    one: str, person: bool, tmp_path: Path
) -> None:
    lines = cell(9, "victim_ref", one, of_victims(lambda n: f"vx{n:08d}a"))
    found, _ = checked(sent(tmp_path, written(lines)))
    assert (found.personal, len(one)) == (int(person), 11)


@pytest.mark.parametrize(
    ("persons", "others"),
    [(["st120387", "JS-120387", "870312jw", "Jo"], ["s120387", "DK"]), (["120387st", "JS"], ["jsm120322", "kbt129987"]),
     (["js1987", "KB-2004", "al.k", "S.W."], ["KB2031"]), ([], ["KT1987", "KT1871", "KT2040"])],
)  # fmt: skip
def test_initials_alone_or_with_a_day_of_birth_are_found_where_no_other_reference_is_written_so(
    persons: list[str], others: list[str], tmp_path: Path
) -> None:
    """Not a day of the quarter's year, no month 99, and no number that is a year by chance."""
    lines = of_victims(DRAWN["a letter and hex"])
    for line, value in enumerate([*persons, *others], 9):
        lines = cell(line, "victim_ref", value, lines)
    _, problems = checked(sent(tmp_path, written(lines)))
    assert [one["line"] for one in problems if one["rule"] == "R08"] == [*range(9, 9 + len(persons))]


# As long as the usual ones, but with signs that those never have.
OF_A_MACHINE = {"00:1B:44:11:3A:B7": 17, "192.168.1.14": 12}


@pytest.mark.parametrize("address", OF_A_MACHINE)
def test_a_reference_with_signs_that_no_drawn_one_has_is_odd(address: str, tmp_path: Path) -> None:
    lines = of_victims(lambda n: drawn(n).hex()[: len(address)])
    found, _ = checked(sent(tmp_path, written(cell(9, "victim_ref", address, lines))))
    assert (found.personal, len(address)) == (1, OF_A_MACHINE[address])


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("(0)7700-900.123", True), ("07700/900123", True), ("0 7 7 0 0 9 0 0 1 2 3", True), ("0044-7700-900-123", True),
        ("tel:07700-900-123", True), ("01632_960_001", True), ("943/476/5919", True), ("NN1_2AB/14", True),
        # The tenth digit is another than that of an NHS number; ten digits; a date of the quarter and a number.
        ("943/476/5918", False), ("46/123456/22", False), ("17/004/77009", False), ("2022/04/1-3", False),
    ],
)  # fmt: skip
def test_a_number_in_parts_is_that_number_among_drawn_references(number: str, line: bool, tmp_path: Path) -> None:
    lines = cell(60, "victim_ref", number, of_victims(DRAWN["a letter and hex"]))
    found, problems = checked(sent(tmp_path, written(lines)))
    assert [problem["line"] for problem in problems if problem["rule"] == "R08"] == [60] * line
    assert (found.personal, line and number in repr(problems)) == (line, False)


def test_references_in_parts_of_another_system_are_no_telephone_numbers(tmp_path: Path) -> None:
    """Eleven digits that begin with a nought, in five rows written alike among drawn ones, and in a whole column."""
    for places in (range(5), range(100)):
        lines = of_victims(lambda n: f"0412/22/{10_000 + n}", places)
        assert checked(sent(tmp_path / str(len(places)), written(lines)))[0].personal == 0


@pytest.mark.parametrize("name", ["smith_maria_f_34", "Smith-J-1987", "JS12031987", "K/Maria/22"])
def test_a_person_who_stands_in_many_rows_is_found_in_each_of_them(name: str, tmp_path: Path) -> None:
    lines, again = of_victims(DRAWN["a letter and hex"]), range(20, 90, 7)
    for line in again:
        lines = cell(line, "victim_ref", name, lines)
    found, problems = checked(sent(tmp_path, written(lines)))
    assert [problem["line"] for problem in problems if problem["rule"] == "R08"] == [*again]
    assert found.personal == len(again) and not any(name in str(problem) for problem in problems)


def test_a_suspect_of_many_rows_is_judged_once(tmp_path: Path) -> None:
    """Of 3,000 drawn references a few have six digits that are a day, as that of this suspect has (250968)."""
    references = ("crime", "victim", "suspect")
    rows = [row | {f"{of}_ref": f"{of[0]}{drawn(3 * n + at).hex()[:16]}" for at, of in enumerate(references)}
            for n, row in enumerate(many(3_000))]  # fmt: skip
    rows = [row | {"suspect_ref": "saf120a1a4d250968"} if n % 2 else row for n, row in enumerate(rows)]
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    found, _ = checked(sent(tmp_path, written(lines), rows=3_000, crime_count_sum=3_000))
    assert (found.verdict, found.personal) == ("accepted", 0)


@pytest.mark.parametrize(("first", "born"), [(98_000, 0), (98_000, 20)])
def test_numbers_that_count_up_past_a_hundred_thousand_are_no_days_of_birth(
    first: int, born: int, tmp_path: Path
) -> None:
    """100101 to 100131 would be days of 2010, and 100100 to 101299 of 10 January to 10 December."""
    rows = many(3_000)
    days = [f"{1 + n % 28:02d}{1 + n % 12:02d}{50 + n % 45}" for n in range(born)]
    numbers = [*map(str, range(first, first + 3_000 - born)), *days]
    lines = [
        ",".join(rows[0]),
        *(",".join((row | {"crime_ref": number}).values()) for row, number in zip(rows, numbers, strict=True)),
    ]
    found, _ = checked(sent(tmp_path, written(lines), rows=3_000, crime_count_sum=3_000))
    assert found.personal >= born if born else found.verdict == "accepted"


@pytest.mark.parametrize("one", ["TQ308804", "jw87", "51.5074"])
def test_a_reference_that_is_written_as_hardly_any_other_is_warned_of_and_not_repeated(
    one: str, tmp_path: Path
) -> None:
    lines = cell(9, "crime_ref", one, of_victims(DRAWN["a letter and hex"]))
    found, problems = checked(sent(tmp_path, written(lines)))
    told = [problem for problem in problems if problem["rule"] == "W29"]
    assert (found.verdict, found.counts["W29"], [(row["line"], row["column"]) for row in told]) == (
        "accepted",
        1,
        [(9, "crime_ref")],
    )
    twice = written([*lines, lines[8]])
    _, again = checked(sent(tmp_path / "twice", twice, rows=101, crime_count_sum=101))
    assert {"E06", "W29"} <= {problem["rule"] for problem in again} and one not in f"{problems}{again}"
    for line in range(20, 24):
        lines = cell(line, "crime_ref", f"{one[:-1]}{line % 10}", lines)
    found, _ = checked(sent(tmp_path / "system", written(lines)))
    assert "W29" not in found.counts, "five of them are of another system"


def test_of_a_file_with_its_lines_in_quotes_cells_are_looked_at_as_cells(tmp_path: Path) -> None:
    """A line holds letters and digits of many references, in which any form is found by chance."""
    lines = of_victims(lambda n: f"v{drawn(n).hex()[:16]}")
    for place in range(100):
        lines = cell(place + 2, "crime_ref", f"c{drawn(place + 500).hex()[:16]}", lines)
    lines = cell(30, "crime_ref", "c07123456789abcde", lines)  # among drawn ones nobody
    found, _ = checked(sent(tmp_path / "none", written([f'"{line}"' for line in lines])))
    person = [f'"{line}"' for line in cell(9, "victim_ref", "jane@mail.org", lines)]
    one, _ = checked(sent(tmp_path / "one", written(person)))
    assert [*found.refused] == ["R03"] and (found.personal, one.personal) == (0, 1)


def test_numbers_of_another_system_and_a_code_that_many_rows_have_are_nobody(tmp_path: Path) -> None:
    lines = cell(9, "victim_ref", "st120387", of_victims(DRAWN["a letter and hex"]))
    for line in range(20, 25):
        lines = cell(line, "victim_ref", f"st{999_000 + 7 * line}" if line < 22 else "AB", lines)
    for line in range(25, 27):
        lines = cell(line, "victim_ref", "AB", lines)
    assert checked(sent(tmp_path, written(lines)))[0].personal == 0


def test_the_usual_length_is_known_of_a_gzipped_file_too(tmp_path: Path) -> None:
    lines = of_victims(DRAWN["letters"])
    assert checked(sent(tmp_path, gzip.compress(written(lines)), "record.csv.gz"))[0].personal == 0
    odd = cell(
        9, "victim_ref", PEOPLE["name and year"](17), lines
    )  # of many that are words by chance, one of another length
    found, _ = checked(sent(tmp_path / "odd", gzip.compress(written(odd)), "record.csv.gz"))
    assert found.personal == 1


def test_what_stands_for_nothing_is_neither_a_reference_nor_a_name(tmp_path: Path) -> None:
    nothing = ["unknown", "N/A", "NULL", "0", "TBC", "not known", "Grand Total", "000000000000"]
    lines = list(ROWS)
    for line, value in enumerate(nothing, 9):
        lines = cell(line, "suspect_ref", value, lines)
    found, problems = checked(sent(tmp_path, written(lines)))
    assert (found.quarantined, found.personal) == (len(nothing), 0)
    told = [tuple(one[name] for name in ("line", "rule", "column", "value")) for one in problems if one["line"]]
    words = "that stands for nothing: leave the cell empty"
    assert told == [(line, "E02", "suspect_ref", f"{value}; {words}") for line, value in enumerate(nothing, 9)]


# Of so many, some are digits alone, or letters and digits in the places of a postcode.
BY_CHANCE: dict[str, Callable[[int], str]] = {
    "ten of hex": lambda n: drawn(n).hex()[:10],
    "twelve of capital hex": lambda n: drawn(n).hex()[:12].upper(),
    "hex without noughts in front": lambda n: f"{int.from_bytes(drawn(n)[:8]) >> 4:x}",
    "six of base 36": lambda n: "".join((string.ascii_uppercase + string.digits)[byte % 36] for byte in drawn(n)[:6]),
}


@pytest.mark.parametrize("form", BY_CHANCE)
def test_what_a_form_finds_by_chance_among_drawn_references_is_nobody(form: str, tmp_path: Path) -> None:
    rows = [row | {f"{of}_ref": BY_CHANCE[form](3 * n + at) for at, of in enumerate(("crime", "victim", "suspect"))}
            for n, row in enumerate(many(1_500))]  # fmt: skip
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    counts = {"rows": len(rows), "crime_count_sum": len(rows)}
    found, _ = checked(sent(tmp_path, written(lines), **counts))
    assert (found.verdict, found.personal, found.quarantined) == ("accepted", 0, 0)
    _, problems = checked(sent(tmp_path / "one", written(cell(9, "victim_ref", "07700900123", lines)), **counts))
    assert [problem["line"] for problem in problems if problem["rule"] == "R08"] == [9]


@pytest.mark.parametrize(("ends", "person"), [("", 0), (",07700900123", 1), (",Jane Smith", 1)])
@pytest.mark.parametrize(
    ("one", "others"),
    [("01474404-0686-4709-b32f-139415557a6b", DRAWN["UUID"]), ("680552165545", lambda n: DRAWN["hex"](n)[:12])],
)
def test_a_pseudonym_in_a_line_that_is_set_aside_is_no_telephone_number(
    one: str, others: Callable[[int], str], ends: str, person: int, tmp_path: Path
) -> None:
    lines = cell(9, "victim_ref", one, of_victims(others))
    lines[8] += f",more{ends}"
    found, _ = checked(sent(tmp_path, written(lines)))
    assert (found.counts["E01"], found.personal) == (1, person)


def test_digits_that_are_a_day_by_chance_among_drawn_references_are_no_day_of_birth(tmp_path: Path) -> None:
    lines = of_victims(lambda n: f"a{drawn(n).hex()[:7]}")
    found, _ = checked(sent(tmp_path, written(cell(9, "victim_ref", "19931109", lines))))
    assert found.personal == 0
    born = lines
    for line in range(40, 60):
        born = cell(line, "victim_ref", f"199311{line % 28 + 1:02d}", born)
    assert checked(sent(tmp_path / "born", written(born)))[0].personal == 20


# As people write themselves and each other, where a reference or a code belongs.
WRITTEN_ODDLY = [
    "SMITH, Jane", "Jane SMITH", "J Smith", "Smith, J.", "jane.smith", "j.smith", "PC 1234 Smith", "dc smith", "Jane\u3000Smith",
    "Ｊａｎｅ　Ｓｍｉｔｈ", "jsmith[at]mail.com", "jsmith AT mail DOT com", "mail.com/jane", "+44 (0)7700 900123",
    "(020) 7946 0123",
    "020-7946-0123", "07700.900.123", "07700\u2013900\u2013123", "20-00-00 12345678", "TN23  1XX", "TN23\u00a01XX",
    "AB-12-34-56-C", "AB.12.34.56.C", "12-Mar-87", "3rd March 1987", "12mar1987", "51.5074, -0.1278", "AB12 CDE", "123456/01A",
    "192.168.10.25", "A1234BC",
]  # fmt: skip
CODES = [
    ("victim_sex", "F Female"), ("victim_sex", "M - Male"), ("flag_da", "Y Yes"), ("relationship", "Ex Partner"),
    ("flag_da", "N/A"),
    ("victim_ethnicity", "W1.White"), ("recorded_date", "12-May-22"), ("outcome_date", "3 Jun 2022"), ("offence_code", "8L.1"),
    ("relationship", "best friend"), ("location_type", "dwelling house"), ("relationship", "cousin"),
]  # fmt: skip


@pytest.mark.parametrize("first", range(3))
def test_a_person_is_found_however_written(first: int, tmp_path: Path) -> None:
    """In place of a reference, and of a code; a third of them in one return, as more of a kind may be of another system."""
    values, lines = WRITTEN_ODDLY[first::3], list(ROWS)
    for column, start in (("victim_ref", 9), ("relationship", 30)):
        for line, value in enumerate(values, start):
            lines = cell(line, column, f'"{value}"', lines)
    found, problems = checked(sent(tmp_path, written(lines)))
    people = [problem["line"] for problem in problems if problem["rule"] == "R08"]
    assert people == [*range(9, 9 + len(values)), *range(30, 30 + len(values))] and "R08" in found.refused
    assert not any(problem["value"] not in (None, "(not shown)") for problem in problems)


@pytest.mark.long
@pytest.mark.parametrize(
    "value", ["jane wharfinger", "wharfinger jane", "j wharfinger", "mary-ann o'brien", "jane_wharfinger"]
)
def test_a_name_in_small_letters_where_a_code_stands_is_found_unless_many_rows_have_it(
    value: str, tmp_path: Path
) -> None:
    """Also in a line that is set aside."""
    lines = written(cell(9, "relationship", value))
    found, _ = checked(sent(tmp_path, lines))
    assert (found.personal, "R08" in found.refused) == (1, True)
    assert checked(sent(tmp_path / "spoilt", lines.rstrip() + f",{value}\n".encode()))[0].personal == 2
    for line in range(10, 14):
        lines = written(cell(line, "relationship", value, lines.decode().splitlines()))
    assert checked(sent(tmp_path / "many", lines))[0].personal == 0


def test_a_code_of_another_list_is_no_person(tmp_path: Path) -> None:
    lines = list(ROWS)
    for line, (column, value) in enumerate(CODES, 9):
        lines = cell(line, column, value, lines)
    found, _ = checked(sent(tmp_path, written(lines)))
    assert (found.personal, found.quarantined) == (0, len(CODES))
