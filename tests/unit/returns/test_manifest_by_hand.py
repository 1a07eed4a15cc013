"""A manifest that somebody edits by hand: what is spelt otherwise is understood, or told with its line, and blames no row."""

import json
import sys
from pathlib import Path

import pytest
from kit import why_refused
from sent import checked, many, rules, send, source

from assets.returns.file.manifest import MANIFEST, manifest_of, read_manifest
from assets.returns.intake.intake import take_in
from assets.returns.supply.seal import seal_again
from assets.words.problems import BadInput

pytestmark = pytest.mark.slow


def edited(folder: Path, **fields: object) -> Path:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | fields), encoding="utf-8")
    return folder


@pytest.mark.parametrize("called", ["Kent", "kent ", "Kent Police", "KENT_POLICE"])
def test_a_supplier_is_known_by_its_name(called: str, tmp_path: Path) -> None:
    folder = edited(send(tmp_path / "inbox", many(60)), supplier=called)
    assert read_manifest(folder / MANIFEST, rules()).return_id.startswith("kent.2022-04.")
    assert checked(folder)[0].verdict == "accepted"


def test_where_no_supplier_is_named_the_rows_are_not_wrong(tmp_path: Path) -> None:
    folder = edited(send(tmp_path / "inbox", many(60)), supplier="Wharfingershire")
    found, problems = checked(folder)
    assert {*found.refused} == {"R04"} and not found.quarantined and not [row for row in problems if row["line"]]
    other = edited(send(tmp_path / "other", many(60, supplier_code="Wharfingershire")), supplier="Wharfingershire")
    assert checked(other)[0].counts["E07"] == 60


# Until Python 3.13 a comma too many is told where what follows it stands.
@pytest.mark.parametrize(
    ("before", "after", "line"),
    [('"H"', '"H",', 3 + (sys.version_info < (3, 13))), ('"kent"', "\u201ckent\u201d", 2), (",", "", 3)],
)
def test_what_is_no_json_is_told_with_its_line_and_nothing_of_it(
    before: str, after: str, line: int, tmp_path: Path
) -> None:
    path = tmp_path / MANIFEST
    path.write_text('{\n "supplier": "kent",\n "who": "H"\n}\n'.replace(before, after, 1), encoding="utf-8")
    said = " ".join(why_refused(lambda: read_manifest(path, rules())).paragraph().split())
    assert f"no JSON text from line {line}," in said and "kent" not in said


def test_the_id_of_a_sealed_return_confirms_nobodys_guess_of_its_file(tmp_path: Path) -> None:
    """Its digits were those of the file, and two or three rows of counts can be guessed. What has no salt keeps its id."""
    made_up = send(tmp_path, many(60))
    by_hand = read_manifest(made_up / MANIFEST, rules())
    assert by_hand.salt is None and by_hand.return_id.endswith(f".{by_hand.sha256[:8]}")
    sealed = seal_again(edited(made_up, synthetic=False))
    assert sealed.sha256 == by_hand.sha256 and not sealed.return_id.endswith(sealed.sha256[:8])
    assert seal_again(made_up).return_id == sealed.return_id, "sealed again it is the same return"
    with pytest.raises(BadInput):
        read_manifest(edited(made_up, salt="smith") / MANIFEST, rules())


def test_a_return_of_the_data_hub_says_so_and_one_that_does_not_say_it_is_as_before(tmp_path: Path) -> None:
    folder = send(tmp_path / "inbox", many(60))
    before = read_manifest(folder / MANIFEST, rules())
    assert before.model_copy(update={"route": "hub"}).said != before.said, "another manifest is looked at anew"
    told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert told.pop("route") == "template" and manifest_of(folder / MANIFEST, told).said == before.said
    edited(folder, route="hub")
    assert [judged.route for judged in take_in(source(tmp_path), "kent", "2022-04")] == ["hub"]
