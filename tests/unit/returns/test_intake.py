"""Returns taken in: versions that overwrite nothing, the same state in any order, corrections, and what is locked away."""

import datetime
import itertools
import json
import shutil
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest
from kit import ROOT, read_rows
from sent import GOOD, arrived, changing, many, rows_of, rules, send, source, taken

from assets.collection.cubes import collected
from assets.returns.intake import counted
from assets.returns.intake.chase import chased, league
from assets.returns.intake.counted import CUBE, keeps_rows_alike, layout
from assets.returns.intake.intake import take_in, unseen, waiting
from assets.returns.intake.store import INDEX, MARK, current
from assets.returns.rules.rules import OF_THE_WHOLE
from assets.words.problems import BadInput

pytestmark = pytest.mark.slow

CANARY = "Canary Wharfinger"


def test_a_correction_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    store, [first] = arrived(tmp_path, many(60))
    kept = rows_of(store, first)
    _, both = arrived(tmp_path, many(55), "second", extract_date="2022-08-01")
    assert [judged.offences for judged in both] == [60, 55] and current(both) == both[1]
    assert both[0] == first and rows_of(store, first) == kept


def test_a_refused_return_leaves_the_last_good_version(tmp_path: Path) -> None:
    arrived(tmp_path, many(60))
    _, both = arrived(tmp_path, many(60, relationship="cousin"), "second", extract_date="2022-08-01")
    assert [judged.verdict for judged in both] == ["accepted", "refused"]
    counting = current(both)
    assert counting == both[0] and counting is not None and counting.offences == 60


def test_an_old_extract_that_comes_late_never_counts(tmp_path: Path) -> None:
    arrived(tmp_path, many(60), "new", extract_date="2022-08-01")
    _, both = arrived(tmp_path, many(50), "old", extract_date="2022-07-10")
    counting = current(both)
    assert counting is not None and counting.offences == 60


def test_two_extracts_of_one_day_need_to_say_which_replaces_which(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for rows in (50, 30, 60):  # whatever their fingerprints are, the whole comes before its parts
        send(inbox, many(rows), f"{rows} rows")
    _, every = taken(tmp_path)
    assert [judged.rows for judged in every] == [60, 50, 30] and [judged.accepted for judged in every] == [
        True,
        False,
        False,
    ]
    assert "R07" in every[1].refused and "R07" in every[2].refused
    send(inbox, many(70), "later")
    assert [judged.rows for judged in taken(tmp_path)[1] if judged.accepted] == [60], "the one that was accepted stays"


def test_a_workbook_lists_few_lines_of_a_warning_and_the_csv_file_all(tmp_path: Path) -> None:
    rows = [row | {"flag_da": "Y", "relationship": "stranger"} for row in many(130)]
    store, [judged] = arrived(tmp_path, [*rows, GOOD | {"victim_age": "130"}])
    folder = store.folder(judged)
    listed = [line[2].value for line in openpyxl.load_workbook(folder / "report.xlsx")["lines"].iter_rows(min_row=2)]
    assert [rule for rule in listed if rule not in OF_THE_WHOLE] == ["E08", *["W01"] * 100]
    assert [line["rule"] for line in read_rows(folder / "report.csv")].count("W01") == 130


def test_a_version_that_counts_otherwise_judges_anew_and_changes_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the counts are made of is in the layout; rows are kept as before, so that a return of changes still finds them."""
    folder = send(tmp_path / "inbox", many(3))
    _, [first] = taken(tmp_path)
    assert not waiting(source(tmp_path)) and keeps_rows_alike(first)
    monkeypatch.setattr(counted, "counted_by", lambda profile, top: "least(victim_age, 85) AS victim_age_counted")
    layout.cache_clear()
    try:
        assert [landed.folder for landed in waiting(source(tmp_path))] == [folder] and keeps_rows_alike(first)
    finally:
        layout.cache_clear()


def test_what_an_older_version_kept_is_taken_in_anew_and_else_not_changed(tmp_path: Path) -> None:
    """By the layout that its index names: the keys of a row may have been others."""
    inbox, rows = tmp_path / "inbox", many(3)
    folder = send(inbox, rows)
    store, [first] = taken(tmp_path)
    old = [replace(first, layout="", folder=f"old-{first.folder}")]
    store.keep("kent", "2022-04", old)
    assert [landed.folder for landed in waiting(source(tmp_path))] == [folder]
    change = [rows[0] | {"action": "M", "victim_age": "42"}]
    store, both = arrived(tmp_path, change, "second", **changing(first, "2022-08-01"))
    assert [(judged.verdict, judged.offences, judged.layout) for judged in both] == [("accepted", 3, layout())] * 2
    store.keep("kent", "2022-04", old)
    shutil.rmtree(folder)
    _, [_, second] = taken(tmp_path)
    assert "of which an older version keeps the rows: send the whole quarter" in second.refused["R07"]


def test_a_store_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    store, [judged] = arrived(tmp_path, many(60))
    (cube := store.folder(judged) / CUBE).chmod(0o600)
    duckdb.sql(f"COPY (SELECT 1 AS offences, 'x' AS other) TO '{cube}' (FORMAT parquet)")
    for _ in range(2):
        with pytest.raises(BadInput, match="A return that counts cannot be read"), collected(store, ROOT / "data"):
            pass
        cube.unlink(missing_ok=True)
    index = store.partition("kent", "2022-04") / INDEX
    for text in (index.read_text(encoding="utf-8").replace('"rows"', '"lines"'), "{"):
        index.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match="What was taken in of a quarter cannot be read"):
            store.everything()


def test_a_whole_return_that_replaces_one_of_another_quarter_is_refused(tmp_path: Path) -> None:
    _, [judged] = arrived(tmp_path, many(60), replaces="kent.2022-01.2022-04-20.01234567")
    assert "R07" in judged.refused


def test_a_return_that_came_before_its_inbox_was_marked_counts_once_it_is(tmp_path: Path) -> None:
    """To mark the inbox is what the refusal asks for."""
    send(tmp_path / "inbox", many(60))
    (mark := tmp_path / "inbox" / MARK).unlink()
    store, [refused] = taken(tmp_path)
    assert [*refused.refused] == ["R09"] and not waiting(source(tmp_path))
    mark.touch()
    assert [landed.sender for landed in waiting(source(tmp_path))] == ["kent"]
    _, [judged] = taken(tmp_path)
    assert judged.verdict == "accepted" and not waiting(source(tmp_path))
    assert "refused" not in (store.folder(judged) / "report.html").read_text(encoding="utf-8").lower()


@pytest.mark.long
def test_the_state_is_the_same_in_any_order_of_arrival(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    first = send(sent / "inbox", many(60))
    _, [judged] = taken(sent)
    changes = [GOOD | {"action": "I"}, *({**row, "action": "M"} for row in many(49))]
    send(sent / "inbox", changes, "changes", **changing(judged, "2022-08-01"))
    send(sent / "inbox", many(60, relationship="cousin"), "bad", extract_date="2022-08-15")
    send(sent / "inbox", many(70), "last", extract_date="2022-09-01")
    folders = sorted(first.parent.iterdir())
    states = []
    for place, order in enumerate(itertools.permutations(folders)):
        if place % 9:
            continue  # three of the 24 orders: the base first, second and last but one
        root = tmp_path / f"order{place}"
        (root / "inbox").mkdir(parents=True)
        shutil.copy(sent / "inbox" / "SYNTHETIC", root / "inbox")
        states.append(_arrive(root, order))
    assert len(states) == 3 and all(state == states[0] for state in states)
    assert [one["offences"] for one in json.loads(states[0])] == [60, 61, 0, 70]


def _arrive(root: Path, order: Sequence[Path]) -> str:
    for folder in order:
        shutil.copytree(folder, root / "inbox" / "kent" / folder.name)
        taken(root)
    return next((root / "store").rglob("partition.json")).read_text(encoding="utf-8")


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    folder = send(tmp_path / "inbox", many(60))
    store, before = taken(tmp_path)
    made = sorted((path, path.stat().st_mtime_ns) for path in store.root.rglob("*.parquet"))
    shutil.copytree(folder, folder.with_name("again"))
    _, after = taken(tmp_path)
    assert after == before and made == sorted((p, p.stat().st_mtime_ns) for p in store.root.rglob("*.parquet"))
    assert waiting(source(tmp_path)) == []


def test_a_file_that_comes_again_with_another_manifest_is_judged_by_that(tmp_path: Path) -> None:
    """What was wrong may be the manifest alone: flags that it left out, or which return it replaces."""
    inbox, flag = tmp_path / "inbox", {"flags_available": ["flag_online"]}
    send(inbox, many(60), "z first", **flag)
    _, both = arrived(tmp_path, many(61), "refused", sent_date="2022-07-26")
    first = both[0]
    assert "domestic_abuse" not in first.told and [judged.verdict for judged in both] == ["accepted", "refused"]
    send(inbox, many(60), "flags", sent_date="2022-07-28")
    send(inbox, many(61), "mended", replaces=first.return_id, sent_date="2022-07-29")
    assert {landed.folder.name for landed in unseen(source(tmp_path))} == {"flags", "mended"}
    _, again = taken(tmp_path)
    assert [judged.return_id for judged in again] == [one.return_id for one in both]
    assert all(judged.accepted and "domestic_abuse" in judged.told for judged in again)
    assert unseen(source(tmp_path)) == waiting(source(tmp_path)) == [], "an older manifest of the same file is not news"


def test_a_file_that_was_judged_while_it_was_copied_is_waiting_once_it_is_whole(tmp_path: Path) -> None:
    folder = send(tmp_path / "inbox", many(60))
    send(tmp_path / "inbox", many(61), "counted wrong", rows=60, extract_date="2022-08-01")
    whole = (folder / "record.csv").read_bytes()
    (folder / "record.csv").write_bytes(whole[: len(whole) // 2])
    _, both = taken(tmp_path)
    found = both[0].refused["R02"]
    assert found == "the sha256 of the file is another than the manifest says" and "cut off" in both[0].refused["R03"]
    assert unseen(source(tmp_path)) == waiting(source(tmp_path)) == [], "a manifest that counts wrong stays as it is"
    (folder / "record.csv").write_bytes(whole)
    assert [landed.folder for landed in waiting(source(tmp_path))] == [folder]
    assert [judged.accepted for judged in taken(tmp_path)[1]] == [True, False]


def test_nothing_in_the_store_is_readable_by_others(tmp_path: Path) -> None:
    store, _ = arrived(tmp_path, [*many(60), GOOD | {"relationship": "cousin"}])
    paths = list(store.root.rglob("*"))
    assert {path.name for path in paths} >= {"accepted.parquet", "quarantined.parquet", "report.html", "partition.json"}
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o077 == 0, f"{path} {mode:o}"
    columns = duckdb.sql(f"SELECT * FROM '{next(store.root.rglob('accepted.parquet'))}'").columns
    assert not set(columns) & {"crime_ref", "victim_ref", "suspect_ref", "raw"}


@pytest.mark.parametrize(
    "change",
    [
        {"crime_ref": CANARY}, {"victim_ref": "someone@canary.example"}, {"suspect_ref": "SW1A1AA"}, {"suspect_ref": "SW1A 1AA"},
        {"crime_ref": "07700900123"}, {"relationship": CANARY}, {"victim_age": CANARY}, {"location_type": "by the canary wharf"},
    ],
)  # fmt: skip
def test_personal_data_lock_the_file_away_and_are_repeated_nowhere(change: dict[str, str], tmp_path: Path) -> None:
    folder = send(tmp_path / "inbox", [*many(60), GOOD | change])
    store, [judged] = taken(tmp_path)
    assert "R08" in judged.refused and not folder.exists()
    away = store.root / "locked" / judged.return_id
    assert stat.S_IMODE(away.stat().st_mode) == 0o700
    [text] = change.values()
    for path in store.root.rglob("*"):
        if path.is_file() and away not in path.parents and path.suffix != ".xlsx":
            assert text.encode() not in path.read_bytes(), path
    report = store.folder(judged) / "report.csv"
    assert ",R08," in report.read_text(encoding="utf-8") and "62," in report.read_text(encoding="utf-8")
    # Locked away is not forgotten: the next look still says so, and takes nothing in.
    assert taken(tmp_path)[1] == [judged]
    shutil.copytree(away, folder)  # sent again, or there still, since the inbox could not be written
    assert waiting(source(tmp_path)) and taken(tmp_path)[1] == [judged] and not folder.exists()


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_malformed_line_with_personal_data_locks_the_file_away(quote: str, tmp_path: Path) -> None:
    """Also one far behind a quote that is never closed: DuckDB keeps ten thousand bytes of what it sets aside."""
    lines = [",".join(GOOD), *(",".join(row.values()) for row in many(200)), f"{CANARY},1 High Street"]
    lines[50] = lines[50].replace("cx", f"{quote}cx")
    assert sum(map(len, lines[50:])) > 20_000
    _, [judged] = arrived(tmp_path, [], text="\n".join(lines) + "\n")
    assert "R08" in judged.refused


def test_who_is_late_and_what_is_wrong(tmp_path: Path) -> None:
    send(tmp_path / "inbox", [*many(60), GOOD | {"relationship": "cousin"}])
    send(
        tmp_path / "inbox", many(60, supplier_code="surrey", relationship="cousin"), sender="surrey", supplier="surrey"
    )
    chosen = source(tmp_path)
    for supplier in ("kent", "surrey"):
        take_in(chosen, supplier, "2022-04")
    states = {row[0]: row for row in chased(chosen, "2022-04", datetime.date(2022, 8, 24))}
    assert len(states) == len(rules().suppliers) == 44
    assert states["kent"][2] == "rows set aside" and "E07 1" in states["kent"][4]
    assert states["surrey"][2:4] == ("refused", 10) and "R06" in states["surrey"][4]
    assert states["essex"][2:4] == ("nothing here", 10)  # due 45 days after 30 June: 14 August
    assert [row[0] for row in league(chosen)] == ["kent", "surrey"]
