"""Names beside the rows: in a manifest's roles, in names of files and folders, in titles; and what is of no list."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from kit import copy_of_data, why_refused
from sent import checked, many, rules, send, source
from test_files_as_they_come import ROWS, TITLE, sent, written

from assets.returns.file.manifest import ENDING, manifest_of
from assets.returns.file.names import may_be_named, role_may_name, shown_name, unknown_words
from assets.returns.intake.chase import chased
from assets.returns.intake.intake import take_in
from assets.returns.rules.quarters import quarter_days
from assets.returns.supply.seal import blank
from pipelines.cli import main

pytestmark = pytest.mark.one_in(2)

# Posts, units and codes of posts; and people in their place.
ROLES = (
    "force crime registrar", "Force Crime Registrar", "Deputy FCR", "FCR", "performance analyst",
    "Head of Performance and Insight", "DCI, Public Protection", "T/DCI PPU", "Crime & Incident Registrar",
    "MI Developer", "VAWG Strategic Lead", "crime registrar's office", "Force Crime & Incident Registrar (FCIR)",
    "Planning & Performance Dept", "Swyddog Data", "Pennaeth Perfformiad", "n/a", "Acting Detective Superintendent",
    "Police Staff Band E", "Post 12", "Statisticians", "Head of Crime, British Transport Police",
)  # fmt: skip
PEOPLE = (
    "Jane Smith", "J. Smith", "jane smith", "Sgt Smith", "DCI Jane Wharfinger", "Siân Llewellyn-Jones", "O'Brien",
    "Ann Lee", "Jane", "Force Crime Registrar (Jane Smith)", "Smith, force crime registrar", "jsmith", "SMITH",
    "JaneSmith", "Wei Chen", "Mark Young", "Theo", "Mary", "Jo Cox",
)  # fmt: skip
FILES = (
    "record.csv", "kent_2022Q2.csv", "VAWG return Kent Apr-Jun 2022 v2 FINAL.csv", "extract 20220720T1530.csv",
    "Book1.csv", "export (1).csv", "kentvawgq1.csv", "dyfed-powys_return.csv", "a1b2c3d4e5f6.csv",
    "123e4567-e89b-12d3-a456-426614174000.csv", "RecordReturn2022Q1.csv.gz", "Copy of record.csv",
)  # fmt: skip
FILES_OF_PEOPLE = (
    "jane_smith.csv", "JSmith_return.csv", "Smith.csv", "record_smith.csv", "jane.smith.csv",
    "record_JaneSmith_final.csv", "return-okafor-v2.csv", "pc_jones.csv.gz",
)  # fmt: skip
# A return is not refused for them: they may as well be a role, and are not kept.
WORDS_OF_NO_LIST = ["O'Brien", "Jane", "Smith, force crime registrar", "jsmith", "SMITH", "Mark Young", "Theo", "Mary"]
FILES_BY_THEIR_FAULT = (
    "broken.csv",
    "bad_dates.csv",
    "synthetic_shifted_columns.csv",
    "case17-duplicate.csv",
    "seed 11 planted errors.csv",
)
TITLES = (
    TITLE, "OFFICIAL-SENSITIVE", "Report generated: 20 July 2022 14:32", "Source: Niche RMS",
    "Operation Soteria cohort", "Heddlu Dyfed-Powys Police – Trais yn erbyn Menywod a Merched",
    "Extract produced by Performance & Insight, 20 July 2022",
    "Not for onward disclosure without the permission of the Force Crime Registrar",
)  # fmt: skip
TITLES_OF_PEOPLE = (
    "Prepared by Jane Smith", "Jane Smith, Kent Police", "Contact: Wharfinger", "Run by jsmith on 20/07/2022",
    "Return of PC Jones", "J. Smith", "run by S Thompson", "Analyst: J Okafor", "kent return prepared by jane smith",
    "SMITH JANE April 2022",
)  # fmt: skip


def test_words_of_posts_files_and_titles_are_no_names() -> None:
    assert [one for one in (*ROLES, *FILES) if unknown_words(one, rules())] == []
    assert [one for one in (*PEOPLE, *FILES_OF_PEOPLE) if not unknown_words(one, rules())] == []
    assert [one for one in TITLES if may_be_named(one, rules())] == []
    assert [one for one in TITLES_OF_PEOPLE if not may_be_named(one, rules())] == []
    assert [one for one in ROLES if role_may_name(one, rules())] == []
    assert [one for one in PEOPLE if not role_may_name(one, rules())] == WORDS_OF_NO_LIST
    assert [one for one in (*FILES, *FILES_BY_THEIR_FAULT) if may_be_named(ENDING.sub("", one), rules())] == []
    by_form = (
        "record_JaneSmith_final",
        "pc_jones",
        "J. Smith",
        "S Thompson",
        "sarah_thompson",
        "j_smith",
        "jane.smith",
    )
    assert [one for one in by_form if not may_be_named(one, rules())] == []
    assert shown_name(Path("x/Smith_Jane 2022-04 return"), rules()) == "(not shown)_(not shown) 2022-04 return"
    assert shown_name(Path("x/second try"), rules()) == "second try", "or nobody finds it"
    assert (
        shown_name(Path("x/Smith"), rules()) == "(not shown)"
        and shown_name(Path("smith.zip"), rules()) == "(not shown).zip"
    )


@pytest.mark.parametrize(
    ("told", "says"),
    [({"rows": 7_700_900_123}, "column rows"),
     ({"sha256": "Jane"}, "column sha256: found another value; expected Fingerprint of the file")],
)  # fmt: skip
def test_a_number_that_may_find_a_person_is_none_of_a_manifest(told: dict[str, Any], says: str) -> None:
    filled = blank("kent", "2022-04", "record", "assumed-1")
    error = why_refused(lambda: manifest_of(Path("manifest.json"), filled | told))
    assert says in error.paragraph() and "7700900123" not in error.paragraph().replace(",", "")
    assert (
        manifest_of(Path("manifest.json"), filled | {"sha256": "AB" * 32}).sha256 == "ab" * 32
    )  # as Windows prints it


@pytest.mark.long
@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"qa_done_by": "Jane Wharfinger"}, "qa_done_by of the manifest"),
        ({"contact_role": "Sgt Wharfinger"}, "contact_role of"),
        ({"file": "Jane_Wharfinger.csv"}, "call it record.csv"),
        ({"qa_done_by": "Wharfinger", "contact_role": "peer reviewer"}, ""),
        ({"file": "wharfinger_return.csv"}, ""), ({"qa_done_by": " "}, ""),
        ({"title": "Prepared by Jane Wharfinger"}, "in 1 line, the first in line 1"), ({}, ""),
        ({"file": "J. Wharfinger.csv"}, "call it record.csv"), ({"file": "jane_wharfinger.csv"}, "call it record.csv"),
        ({"title": "DOB 12/03/1987"}, "in 1 line, the first in line 1"), ({"title": "Counted on 12/07/2022"}, ""),
    ],
)  # fmt: skip
def test_a_name_beside_the_rows_locks_the_return_away(told: dict[str, str], says: str, tmp_path: Path) -> None:
    title = told.pop("title", "")
    content = written([title, *ROWS] if title else ROWS)
    folder = sent(tmp_path, content, told.pop("file", "record.csv"), **told)
    found, problems = checked(folder)
    assert says in found.refused.get("R08", "") and ("R08" in found.refused) == bool(says)
    # A word alone is of no list and may be a role that nobody has thought of: it is dropped, and that is said.
    dropped = {"peer reviewer": ["contact_role", "qa_done_by"], " ": ["qa_done_by"]}.get(["", *told.values()][-1], [])
    assert sorted(problem["column"] for problem in problems if problem["rule"] == "W21") == dropped
    (tmp_path / "inbox" / "SYNTHETIC").touch()
    chosen = source(tmp_path)
    [judged] = take_in(chosen, "kent", "2022-04")
    assert judged.refused == found.refused and folder.exists() != bool(says)
    told_of = [f"{judged}{problems}{chased(chosen, '2022-04', quarter_days('2022-04')[1])}".encode()]
    told_of += [path.read_bytes() for path in chosen.store.folder(judged).iterdir()]
    assert not [one for one in told_of if b"harfinger" in one]


@pytest.mark.long
@pytest.mark.parametrize(
    ("told", "rule"),
    [({"supplier": "Jane Wharfinger"}, "R04"), ({"definition_version": "Jane Wharfinger"}, "R01"),
     ({"content": "changes", "replaces": "kent.2022-04.Jane Wharfinger"}, "R07")],
)  # fmt: skip
def test_what_is_of_no_list_is_neither_repeated_nor_kept(
    told: dict[str, str], rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = copy_of_data(tmp_path / "data")
    folder = send(tmp_path / "sent", many(60), **told)
    assert main(["returns", "check", str(folder), "--data", str(data)]) == 1
    said = "".join(capsys.readouterr())
    main(["returns", "land", str(folder), "--data", str(data)])
    shutil.copytree(folder, data / "returns" / "kent" / "first")
    (data / "returns" / "SYNTHETIC").touch()
    main(["returns", "land", "--data", str(data)])
    said += "".join(capsys.readouterr())
    [index] = (data / "interim" / "returns").rglob("partition.json")
    assert rule in said and rule in json.loads(index.read_text(encoding="utf-8"))[0]["refused"]
    kept = b"".join(path.read_bytes() for path in (data / "interim").rglob("*") if path.is_file())
    assert "harfinger" not in said and b"harfinger" not in kept


@pytest.mark.slow
def test_folders_that_cannot_be_taken_in_are_named_without_their_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = copy_of_data(tmp_path / "data")
    (data / "returns" / "kent" / "return of Jane Wharfinger").mkdir(parents=True)
    shutil.copytree(send(tmp_path / "a", many(9)), data / "returns" / "Jane Wharfinger" / "first")
    unsent = shutil.copytree(send(tmp_path / "b", many(9)), data / "returns" / "essex" / "first")
    manifest = json.loads((unsent / "manifest.json").read_text(encoding="utf-8"))
    (unsent / "manifest.json").write_text(json.dumps(manifest | {"file": "Jane_Wharfinger.csv"}), encoding="utf-8")
    assert main(["returns", "land", "--data", str(data)]) == 1
    main(["returns", "chase", "--quarter", "2022-04", "--data", str(data)])
    said = " ".join("".join(capsys.readouterr()).split())
    assert "harfinger" not in said and "3 could not be taken in" in said
    assert "kent/return of (not shown) (not shown): no manifest.json in it" in said
    assert "(not shown)_(not shown).csv is not here yet" in said
