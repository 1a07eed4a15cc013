"""Mistakes of who calls `darkfigure returns`: each is answered in words, with its exit code, and nothing is written over."""

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from kit import ROOT, copy_of_data, read_rows
from sent import SAID, many, rules, send

from assets.returns.intake import spread
from assets.returns.intake.intake import Source, source_of, take_in
from assets.returns.intake.store import MARK, Judged, Store
from assets.tables.workspace import Workspace
from pipelines.cli import main
from pipelines.commands.refresh import not_taken_in
from pipelines.unchanged import State, remember

pytestmark = pytest.mark.slow

Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Exit code and words of a command. The rules of the project are read once for all of them."""
    monkeypatch.setattr("pipelines.commands.returns.read_rules", lambda data: rules())

    def run(*arguments: object) -> tuple[int, str]:
        try:
            code = main(["returns", *map(str, arguments), "--data", str(ROOT / "data")])
        except SystemExit as ended:  # of the parser
            code = int(str(ended.code))
        printed = capsys.readouterr()
        return code, " ".join((printed.out + printed.err).split())

    return run


KENT = ("--supplier", "kent", "--quarter", "2022-04", "--to")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("chase", "--quarter", "2022-05"), 2, "'2022-05' is not a quarter"), (("seal", "nowhere"), 2, "no such file or folder"),
        (("template", "--supplier", "kent", "--quarter", "spring", "--to", "x"), 2, "'spring' is not a quarter"),
        (("check", "nowhere"), 2, "nowhere: there is no such file or folder"), (("seal", "file"), 1, "no such file"),
        (("template", *KENT, "file"), 2, "file: File exists. Name a folder"), (("land", "nowhere"), 2, "no such file or folder"),
        (("make", "--quarters", "2022-04,x", "--to", "y"), 2, "'x' is not a quarter"),
        (("make", "--rows", "-5", "--to", "y"), 2, "'-5' is no whole number"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_answered_in_words(
    arguments: tuple[str, ...], code: int, words: str, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    found, printed = said(*arguments)
    assert (found, words in printed) == (code, True), printed
    assert "Unexpected" not in printed and [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("collection_limit", "same_age_rows,", "some_age_rows,", "column limit: found no row same_age_rows"),
        ("return_rule", "W26,", "W99,", "column rule: found no row W26"), ("return_rule", "E06,", "E99,", "no row E06"),
        ("role_word", "code,", "codes,", "column topic: found no row code"),
        ("return_rule", "offence_start > recorded_date OR", "began > recorded_date OR", 'column predicate: found Binder Error'),
    ],
)  # fmt: skip
def test_what_the_data_root_of_another_version_does_not_have_is_named(
    file: str, old: str, new: str, words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = copy_of_data(tmp_path / "data")
    path = data / "reference" / f"{file}.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f"\n{old}", f"\n{new}").replace(f",{old}", f",{new}"), encoding="utf-8"
    )
    folder = send(tmp_path / "first", [*many(60), *many(1, victim_sex="jane")])
    assert main(["returns", "check", str(folder), "--data", str(data)]) == 1
    printed = " ".join(capsys.readouterr().err.split())
    assert f"{file}.csv" in printed and words in printed and "Unexpected" not in printed, printed


def test_a_report_names_the_quarter_and_the_supplier_that_are_asked_for(said: Said, tmp_path: Path) -> None:
    rows = [
        row | odd
        for row, odd in zip(many(2), ({"recorded_date": "2022-07-01"}, {"supplier_code": "Kent"}), strict=True)
    ]
    said("check", send(tmp_path, [*rows, *many(200, crime_ref="c")]))
    expected = {
        row["rule"]: row["expected"] for row in read_rows(tmp_path / "kent" / "first" / "report" / "report.csv")
    }
    assert expected["E03"] == "a date as yyyy-mm-dd; a day of the quarter, from 2022-04-01 to 2022-06-30; never empty"
    assert expected["E07"].startswith("kent, the supplier of the return; ")


def test_an_archive_is_to_be_unpacked(said: Said, tmp_path: Path) -> None:
    archive = tmp_path / "return.zip"
    with ZipFile(archive, "w") as made:
        made.writestr("manifest.json", "{}")
    for action in ("check", "seal", "land"):
        code, words = said(action, archive)
        assert (code, "return.zip: an archive. Unpack it, and name the folder" in words) == (2, True), words
        code, words = said(action, archive.replace(tmp_path / "return.xlsx"))
        assert (code, "return.xlsx: a workbook. Save its first sheet as CSV UTF-8" in words) == (2, True), words
        archive.write_bytes((tmp_path / "return.xlsx").read_bytes())
    for name, what in (("locked.xlsx", "a workbook"), ("old.xls", "a workbook"), ("packed.7z", "an archive")):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0" + bytes(99))  # as a workbook with a password begins
        assert f"{name}: {what}." in said("check", tmp_path / name)[1]


def test_what_lies_beside_the_folders_of_returns_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """An archive, and a return without a folder of its own: nobody would ever have looked at them."""
    data = copy_of_data(tmp_path / "data")
    inbox = data / "returns"
    (inbox / "kent").mkdir(parents=True)
    for name in (
        "kent/return.zip",
        "kent/manifest.json",
        "april.zip",
        MARK,
        "truth.csv",
        "kent/Thumbs.db",
        "kent/.record.csv",
    ):
        (inbox / name).touch()
    assert main(["returns", "land", "--data", str(data)]) == 1
    printed = " ".join("".join(capsys.readouterr()).split())
    named = [word for word in printed.split() if word.endswith((".zip:", ".json:"))]
    assert named == ["returns/april.zip:", "kent/manifest.json:", "kent/return.zip:"]
    assert (
        "a return is a folder with manifest.json and its CSV file" in printed and "3 could not be taken in" in printed
    )
    assert main(["returns", "chase", "--quarter", "2022-04", "--data", str(data)]) == 0
    assert "a file beside the folders of returns" in " ".join(capsys.readouterr().out.split())


def test_landing_says_what_is_new_and_ends_with_the_verdict_of_what_is_landed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = copy_of_data(tmp_path / "data")
    (data / "returns").mkdir()
    (data / "returns" / MARK).touch()

    def land(*path: Path) -> tuple[int, str]:
        code = main(["returns", "land", *map(str, path), "--data", str(data)])
        return code, " ".join((lambda printed: printed.out + printed.err)(capsys.readouterr()).split())

    first = send(tmp_path / "first", many(90))
    assert land(first)[0] == 0 and "here already" in land(first / "record.csv")[1]
    assert land() == (0, f"Nothing new lies in {data / 'returns'}.")
    placed = list((data / "returns" / "kent").rglob("*"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in placed} == {0o700, 0o600} and len(placed) == 3
    assert stat.S_IMODE((data / "returns" / "kent").stat().st_mode) == 0o700
    # A quarter sent again with fewer rows of the same day: it does not say what it replaces, and what counts stays.
    fewer = send(tmp_path / "fewer", many(60), sent_date="2022-07-26")
    code, said = land(fewer)
    assert (code, "refused; 60 rows" in said, "R07" in said, "90 rows" in said) == (1, True, True, False)
    # The same file with a manifest that says it, of the same day; then with one that does not again, which is older by that.
    [counts] = Store(data / "interim" / "returns").held("kent", "2022-04")[:1]
    mended = send(tmp_path / "mended", many(60), sent_date="2022-07-26", replaces=counts.return_id)
    code, said = land(mended)
    assert (code, "accepted; 60 rows" in said, "judged by another" in said) == (0, True, False)
    assert "accepted; 60 rows" in land(fewer)[1] and "it is judged by another manifest" in land(fewer)[1]
    later = send(tmp_path / "later", many(60), extract_date="2022-07-27")
    code, said = land(later)
    assert (code, "accepted; 60 rows" in said, "refused" in said) == (0, True, False)
    unknown = send(tmp_path / "unknown", many(60), supplier="atlantis", sender="atlantis")
    assert land(unknown)[0] == 2 and not (data / "returns" / "atlantis").exists()
    (data / "returns" / "kent" / "empty").mkdir()
    assert (lambda found: (found[0], "1 could not be taken in" in found[1]))(land()) == (1, True)
    # A second return in the folder of another: its rows would count nowhere, and nobody would know.
    [beside] = [path for path in placed if path.name == "record.csv"]
    (beside.parent / "record_july.csv").write_bytes(beside.read_bytes())
    code, said = land()
    assert (code, "2 could not be taken in" in said, "record_july.csv" in said) == (1, True, True)


def test_landing_says_what_it_has_judged_before_what_it_could_not_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = copy_of_data(tmp_path / "data")
    for supplier in ("kent", "surrey"):
        send(data / "returns", many(60, supplier_code=supplier), sender=supplier, supplier=supplier)

    def at_fault(source: Source, supplier: str, quarter: str, **more: Any) -> list[Judged]:
        if supplier == "kent":
            raise PermissionError(13, "Permission denied", "record.csv")
        return take_in(source, supplier, quarter, **more)

    monkeypatch.setattr(spread, "take_in", at_fault)
    assert main(["returns", "land", "--data", str(data)]) == 2
    printed = " ".join("".join(capsys.readouterr()).split())
    assert "surrey.2022-04.2022-07-20" in printed and "record.csv: Permission denied" in printed


def test_what_a_refresh_has_read_is_noted_for_its_owner_alone(tmp_path: Path) -> None:
    """Folders of the inbox are named there, and may be called after somebody."""
    space = Workspace(tmp_path / "data", tmp_path / "landing", tmp_path / "output")
    remember(space, State({}, {"returns/kent/Jane Wharfinger": []}), report=False, history=False)
    [noted] = space.interim.iterdir()
    assert (stat.S_IMODE(noted.stat().st_mode), b"Wharfinger" in noted.read_bytes()) == (0o600, True)


def test_a_template_is_not_written_over_what_is_filled_in(said: Said, tmp_path: Path) -> None:
    assert said("template", *KENT, tmp_path / "kent")[0] == 0
    (tmp_path / "kent" / "record.csv").write_text("filled in", encoding="utf-8")
    assert said("template", *KENT, tmp_path / "kent")[0] == 1
    assert (tmp_path / "kent" / "record.csv").read_text(encoding="utf-8") == "filled in"


@pytest.mark.long
@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ("{", "no JSON text"), ("[]", "no JSON text"), ("[" * 99_999, "no JSON text"),
        ({"file": "../record.csv"}, "column file"), ({"file": 7}, "column file"),
        ({"profile": "rows"}, "column profile"), ({"quarter": "2022-05"}, "expected a quarter as yyyy-mm"),
        (SAID | {"file": "other.csv"}, "other.csv is not there"), ({}, "column extract_date: found nothing"),
        (SAID | {"flag_source": {}}, "in flag_source who sets each flag"), ({"contact_name": "x"}, "column contact_name"),
    ],
)  # fmt: skip
def test_a_manifest_that_is_filled_in_wrong_is_not_sealed(
    filled: str | dict[str, Any], words: str, said: Said, tmp_path: Path
) -> None:
    assert said("template", *KENT, tmp_path / "kent")[0] == 0
    path = tmp_path / "kent" / "manifest.json"
    text = filled if isinstance(filled, str) else json.dumps(json.loads(path.read_text(encoding="utf-8")) | filled)
    path.write_text(text, encoding="utf-8")
    code, printed = said("seal", tmp_path / "kent")
    assert (code, words in printed, "Unexpected" in printed) == (1, True, False), printed
    assert path.read_text(encoding="utf-8") == text


def test_a_refresh_says_what_waits_in_the_inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    monkeypatch.delenv("DARKFIGURE_RETURNS", raising=False)
    place = Workspace(data, data / "landing", data / "output")
    assert not_taken_in(place) == ""
    send(place.returns, many(3))
    (place.returns / "kent" / "loose.zip").touch()
    assert not_taken_in(place).startswith(f"2 returns of {place.returns} not taken in: `darkfigure returns land`")
    take_in(source_of(place, rules()), "kent", "2022-04")
    assert not_taken_in(place).startswith("1 return ")


def test_a_seal_says_when_nothing_was_recorded_and_a_check_how_a_value_is_written(said: Said, tmp_path: Path) -> None:
    assert said("template", *KENT, tmp_path / "kent")[0] == 0
    path = tmp_path / "kent" / "manifest.json"
    filled = json.loads(path.read_text(encoding="utf-8")) | SAID
    path.write_text(json.dumps(filled), encoding="utf-16")  # as some editors write it
    code, printed = said("seal", tmp_path / "kent")
    assert (code, "(R05)" in printed, "say zero_return true" in printed) == (1, True, True), printed
    path.write_text(path.read_text(encoding="utf-8").replace('"zero_return": false', '"zero_return": true'), "utf-8")
    assert "a zero return" in said("seal", tmp_path / "kent")[1]
    rows = many(300)
    rows[0]["recorded_date"], rows[1]["supplier_code"], rows[2]["crime_count"] = "10/05/2022", "surrey", "0"
    folder = send(tmp_path / "inbox", rows)
    assert "zero" not in said("seal", folder)[1]
    assert said("check", folder)[0] == 3
    report = (folder / "report" / "report.csv").read_text(encoding="utf-8")
    day = "a date as yyyy-mm-dd; a day of the quarter, from 2022-04-01 to 2022-06-30; never empty"
    assert day in report and "rows of another go into a return of their own" in report
    assert "a whole number in digits; not 0, and negative only in a row with action D" in report
