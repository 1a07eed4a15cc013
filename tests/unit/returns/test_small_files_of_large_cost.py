"""Small files that would cost much: gzipped nothing, a line without end, more malformed lines than memory holds."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sent import GOOD, checked, many
from test_files_as_they_come import ROWS, sent, written

from assets.returns.file.csv_file import scan
from assets.returns.file.lines import records_of
from assets.returns.file.manifest import manifest_text
from assets.returns.supply.seal import seal_again
from assets.words.problems import BadInput

HEADER = ",".join(GOOD).encode() + b"\n"
NOTHING = {"rows": 0, "crime_count_sum": 0, "zero_return": True}


@pytest.mark.slow
@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_million_blank_lines_are_an_empty_return(end: bytes, tmp_path: Path) -> None:
    content = gzip.compress(HEADER[:-1] + end * 1_000_000)
    found, problems = checked(sent(tmp_path, content, "record.csv.gz", **NOTHING))
    assert (found.verdict, found.rows, problems) == ("accepted", 0, [])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.sampled_from(["", "", "a", "1,2", " "]), max_size=12),
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
    piece=st.integers(1, 9),
)
def test_lines_are_counted_at_once_as_one_by_one(
    lines: list[str], end: str, last: bool, piece: int, tmp_path: Path
) -> None:
    file = tmp_path / "some.csv"
    file.write_bytes((end.join(lines) + end * last).encode())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("assets.returns.file.csv_file.PIECE", piece)
        at_once, one_by_one = records_of(file, quoted=False), records_of(file, quoted=True)
    assert at_once.whole == one_by_one.whole == sum(line != "" for line in lines)
    # A run of blank lines may be told in parts, of which the last says all.
    assert _runs(at_once.blank.tolist()) == one_by_one.blank.tolist()


def _runs(parts: list[list[int]]) -> list[list[int]]:
    return [*{record - blanks: [record, blanks] for record, blanks in parts}.values()]


@pytest.mark.slow
def test_lines_of_rows_among_many_blank_ones_are_those_of_the_file(tmp_path: Path) -> None:
    wrong = [row.replace("2022-05-10", "2022-12-10") for row in ROWS[1:3]]
    content = HEADER + b"\n" * 1000 + written([wrong[0]]) + b"\r\n" * 500 + written([wrong[1], *ROWS[3:]])
    _, problems = checked(sent(tmp_path, content))
    assert [problem["line"] for problem in problems if problem["rule"] == "E03"] == [1002, 1503]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(HEADER + b"\n" * 3_000_000), "more than 200 times its size"),
        (HEADER + b"a" * 3_000_000, "a line of more than 1,048,576 bytes"),
        (gzip.compress(b"a," * 1_500_000), "a line of more than 1,048,576 bytes"),
        (HEADER + b"a\n" * 3_000, "3,000 of 3,000 lines below the header do not have its columns"),
        (HEADER + b'"a\nb"\n' * 3_000, "6,000 of 6,000 lines"),
        (written([ROWS[0], *(f"{row},x" for row in ROWS[1:] * 20)]), "2,000 of 2,000 lines"),
        (written([ROWS[0], *(f"{row},x" for row in ROWS[1:] * 20)], "\r"), "2,000 of 2,000 lines"),
    ],
    ids=["bloated", "endless", "a million columns", "short", "quoted", "a cell more", "a cell more, old Mac"],
)
def test_what_would_take_the_memory_is_refused_in_words(
    content: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.returns.file.csv_file.UNPACKED", 2_000_000)
    monkeypatch.setattr("assets.returns.file.csv_file.PIECE", 20_000)
    monkeypatch.setattr("assets.returns.checks.malformed.MANY", 1_000)
    packed = content.startswith(b"\x1f\x8b")
    found, problems = checked(sent(tmp_path, content, "record.csv.gz" if packed else "record.csv", **NOTHING))
    assert said in found.refused["R03"] and not problems


def test_personal_data_in_lines_that_are_hardly_rows_lock_the_file_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.returns.checks.malformed.MANY", 50)
    lines = [ROWS[0], *(f"{row},{'Jane Smith' if at == 40 else 'x'}" for at, row in enumerate(ROWS[1:]))]
    found, _ = checked(sent(tmp_path, written(lines)))
    assert "100 of 100 lines" in found.refused["R03"] and "R08" in found.refused and found.personal == 1


@pytest.mark.parametrize(("heading", "personal"), [("surname", 1), ("another", 0)])
def test_of_a_thousand_columns_more_only_the_headings_are_looked_at(
    heading: str, personal: int, tmp_path: Path
) -> None:
    more = b",a" * 1_000 + f",{heading}\n".encode()
    found, _ = checked(sent(tmp_path, HEADER[:-1] + more + ROWS[1].encode() + b",1" * 1_001 + b"\n"))
    assert "columns that are not in the template: 1001" in found.refused["R03"] and found.personal == personal


def test_what_has_hardly_rows_is_not_sealed_and_no_manifest_is_as_large_as_a_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.returns.checks.malformed.MANY", 50)
    folder = sent(tmp_path, written([ROWS[0], *(f"{row},x" for row in ROWS[1:])]))
    with pytest.raises(BadInput, match="100 of 100 lines"):
        seal_again(folder)
    manifest = folder / "manifest.json"
    assert manifest_text(manifest)
    manifest.write_text(manifest.read_text(encoding="utf-8") + " " * 2_000_000, encoding="utf-8")
    with pytest.raises(BadInput, match="no JSON text of a manifest"):
        manifest_text(manifest)


@pytest.mark.slow
def test_a_large_return_of_which_some_lines_are_malformed_is_read_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.returns.checks.malformed.MANY", 20)
    lines = [ROWS[0], "a", *(",".join(row.values()) for row in many(99))]
    found, problems = checked(sent(tmp_path, written(lines)))
    assert (
        not found.refused
        and found.counts["E01"] == 1
        and [problem["line"] for problem in problems if problem["line"]] == [2]
    )


def test_the_look_at_lines_tells_how_many_have_other_columns(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_bytes(b"a,b\n1,2\n" * 100)
    assert (scan(file).otherwise(2), scan(file).otherwise(3)) == (0, 200)
    file.write_bytes(b"")
    assert scan(file).otherwise(2) == 0
