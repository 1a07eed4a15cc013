"""Returns of changes: what they add, replace and take out of a return, and what they leave missing."""

import datetime
import shutil
from pathlib import Path

import duckdb
import pytest
from sent import COUNTS, GOOD, arrived, changing, many, rows_of, rules, send, source, taken

from assets.returns.file.manifest import read_manifest
from assets.returns.intake.chase import chased, league
from assets.returns.intake.intake import examine
from assets.returns.intake.landed import Landed
from assets.returns.intake.store import current

pytestmark = pytest.mark.slow


def test_a_correction_of_the_same_day_comes_after_what_it_corrects(tmp_path: Path) -> None:
    _, [first] = arrived(tmp_path, many(105))
    change = [many(3)[0] | {"action": "M", "victim_age": "42"}]
    _, both = arrived(tmp_path, change, "second", content="changes", replaces=first.return_id)
    assert both[1].sha256 < first.sha256, "by their fingerprints the correction would come first"
    assert [(judged.content, judged.verdict) for judged in both] == [("whole", "accepted"), ("changes", "accepted")]


def test_changes_add_replace_and_take_out_by_key(tmp_path: Path) -> None:
    rows = many(60)
    store, [first] = arrived(tmp_path, rows)
    changes = [
        rows[0] | {"action": "M", "relationship": "family"}, rows[1] | {"action": "D", "crime_count": "-1"}, GOOD,
        *({**row, "action": "M"} for row in rows[5:50]),
    ]  # fmt: skip
    store, both = arrived(tmp_path, changes, "second", **changing(first, "2022-08-01"))
    second = both[1]
    assert second.verdict == "accepted" and second.offences == 60
    assert sum("family" in row for row in rows_of(store, second)) == 1
    unknown = [GOOD | {"crime_ref": "cn00000001a", "action": "M"}, *({**row, "action": "M"} for row in rows[5:60])]
    _, three = arrived(tmp_path, unknown, "third", **changing(second, "2022-09-01"))
    assert three[2].counts["E12"] == 1 and three[2].verdict == "accepted_with_quarantine"
    _, four = arrived(
        tmp_path, unknown[1:], "late", **changing(second, "2022-10-01")
    )  # its rows are right: it only has to name another return
    assert list(four[3].refused) == ["R07"] and three[2].return_id in four[3].refused["R07"]
    assert not four[3].quarantined


@pytest.mark.long
@pytest.mark.parametrize(
    ("profile", "other"), [("record", "aggregate"), ("aggregate", "record"), ("aggregate", "aggregate")]
)
def test_counts_neither_change_nor_are_changed_row_by_row(profile: str, other: str, tmp_path: Path) -> None:
    """Their keys are all that they say: what has moved to another flag would be counted beside what stood there."""
    counts = [COUNTS | {"victim_age_band": band} for band in ("18-29", "30-44")]
    of = {"record": many(60), "aggregate": counts}
    _, [first] = arrived(tmp_path, of[profile], profile=profile)
    told = {"extract_date": "2022-08-01", "content": "changes", "replaces": first.return_id}
    moved = [row | {"flag_online": "Y"} for row in of[other]]
    _, both = arrived(tmp_path, moved, "second", profile=other, **told)
    assert "send the whole quarter" in both[1].refused["R07"] and current(both) == first
    whole = send(
        tmp_path / "inbox", of[other], "third", profile=other, extract_date="2022-08-02", replaces=first.return_id
    )
    _, three = taken(tmp_path)
    assert three[2].verdict == "accepted" and whole.exists()


def test_rows_set_aside_in_what_is_changed_are_asked_for_until_they_are_brought(tmp_path: Path) -> None:
    """Changes hold what they change: the rows that never came in are missing from the counts with them as they were without."""
    rows, wrong = many(200), {"victim_age": "130"}
    store, [first] = arrived(tmp_path, [*(row | wrong for row in rows[:3]), *rows[3:]])
    assert first.lacking == first.quarantined == 3 and not first.carried
    changes = [rows[0], rows[1] | wrong, *({**row, "action": "M"} for row in rows[5:100])]
    _, [_, second] = arrived(tmp_path, changes, "second", **changing(first, "2022-08-01"))
    assert (second.offences, second.quarantined, second.carried) == (198, 1, {first.return_id: 1})
    [kent] = [row for row in chased(source(tmp_path), "2022-04", datetime.date(2022, 9, 1)) if row[0] == "kent"]
    assert kent[2:] == (
        "rows set aside", 0, f"a correction of 1 row (E08 1) and of 1 row of {first.return_id}, set aside there"
    )  # fmt: skip
    [standing] = league(source(tmp_path))
    assert standing[3:5] == (200, 2)
    page = (store.folder(second) / "report.html").read_text(encoding="utf-8")
    assert f"<li>1 row of {first.return_id}, set aside there.</li>" in page
    others = [row | {"action": "M"} for row in rows[5:100]]
    _, [*_, third] = arrived(tmp_path, others, "third", **changing(second, "2022-09-01"))
    assert (third.quarantined, third.carried) == (0, {first.return_id: 1, second.return_id: 1})
    brought = [*rows[1:3], *others]
    _, [*_, fourth] = arrived(tmp_path, brought, "fourth", **changing(third, "2022-10-01"))
    assert (fourth.offences, fourth.lacking) == (200, 0)


def test_a_line_that_cannot_be_read_is_asked_for_too_and_found_by_its_crime(tmp_path: Path) -> None:
    """Of a value too many, of one too few, of a quote that nothing closes, and of a row whose reference is not repeated."""
    rows = many(300)
    long, short, odd = rows[0], rows[1], rows[2]
    folder = tmp_path / "inbox" / "kent" / "first"
    send(tmp_path / "inbox", rows)
    [header, *lines] = (folder / "record.csv").read_text(encoding="utf-8").splitlines()
    lines[0], lines[1] = f"{lines[0]},1", lines[1].rpartition(",")[0]
    lines[2] = lines[2].replace(odd["victim_ref"], "victim")
    lines[-2] = lines[-2].replace(",8L,", ',"8L,')
    text = "\n".join([header, *lines, ""])
    shutil.rmtree(folder)
    send(tmp_path / "inbox", [], text=text, rows=300, crime_count_sum=300, zero_return=False)
    _, [first] = taken(tmp_path)
    assert (first.verdict, first.counts["E01"], first.counts["E02"], first.lacking) == (
        "accepted_with_quarantine", 4, 1, 5,
    )  # fmt: skip
    others = [row | {"action": "M"} for row in rows[5:100]]
    _, [_, second] = arrived(tmp_path, [long, odd, rows[-2], *others], "second", **changing(first, "2022-08-01"))
    assert (second.offences, second.carried) == (298, {first.return_id: 2})
    _, [*_, third] = arrived(tmp_path, [short, rows[-1], *others], "third", **changing(second, "2022-09-01"))
    assert (third.offences, third.lacking) == (300, 0)


def test_a_whole_return_says_itself_what_is_set_aside(tmp_path: Path) -> None:
    rows = many(100)
    _, [first] = arrived(tmp_path, [rows[0] | {"victim_age": "130"}, *rows[1:]])
    told = {"extract_date": "2022-08-01", "replaces": first.return_id}
    _, [_, second] = arrived(tmp_path, rows[1:], "second", **told)
    assert (second.verdict, second.lacking) == ("accepted", 0)


def test_a_new_row_of_a_key_that_is_held_replaces_it_and_is_warned_of(tmp_path: Path) -> None:
    rows = many(60)
    _, [first] = arrived(tmp_path, rows)
    changes = [rows[0] | {"relationship": "family"}, GOOD]  # both said to be new: only GOOD is
    store, [_, second] = arrived(tmp_path, changes, "second", **changing(first, "2022-08-01"))
    assert second.counts.get("W09") == 1 and second.verdict == "accepted" and second.offences == 61
    assert sum("family" in row for row in rows_of(store, second)) == 1


@pytest.mark.long
@pytest.mark.parametrize("content", ["changes", "whole"])
@pytest.mark.parametrize(("taken_out", "warned"), [(6, None), (7, 1), (60, 1)])
def test_changes_that_take_out_many_rows_are_warned_of(
    taken_out: int, warned: int | None, content: str, tmp_path: Path
) -> None:
    """Six of sixty are the tenth of the limit taken_out_share; a whole return, or a zero return, may lack as many."""
    rows = many(60)
    _, [first] = arrived(tmp_path, rows)
    gone = [{**row, "action": "D", "crime_count": "-1"} for row in rows[:taken_out]]
    kept = [{**row, "action": "M"} for row in rows[taken_out:]]
    sent = [*gone, *kept] if content == "changes" else rows[taken_out:]
    told = {"extract_date": "2022-08-01", "content": content, "replaces": first.return_id}
    _, [_, second] = arrived(tmp_path, sent, "second", **told)
    assert (second.verdict, second.offences, second.counts.get("W11")) == ("accepted", 60 - taken_out, warned)


def test_a_check_alone_tells_of_a_return_that_only_takes_out_and_of_one_that_names_none(tmp_path: Path) -> None:
    gone = [{**row, "action": "D", "crime_count": "-1"} for row in many(9)]
    named = {"content": "changes", "replaces": "kent.2022-04.2022-07-19.01234567"}
    for rows, told, expected in (
        (gone, named, ({"W11"}, set())),
        ([*gone, GOOD], named, (set(), set())),
        (gone, named | {"replaces": None}, ({"W11"}, {"R07"})),
        (gone, named | {"replaces": "kent.2022-01.2022-07-19.01234567"}, ({"W11"}, {"R07"})),
    ):
        folder = send(tmp_path / f"{len(rows)}{told['replaces']}", rows, **told)
        with duckdb.connect() as connection:
            landed = Landed("kent", folder, read_manifest(folder / "manifest.json", rules()))
            checked = examine(connection, landed, rules(), synthetic=True, alone=True)
        assert ({code for code in checked.counts if code == "W11"}, set(checked.refused)) == expected
