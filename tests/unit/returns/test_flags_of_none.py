"""A flag that is recorded in no row of a return is unknown, not nought, whatever its manifest says."""

from pathlib import Path

import pytest
from sent import COUNTS, many, send
from test_collection import small_data

from assets.collection.cubes import collected
from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.store import Store
from assets.returns.rules.quarters import quarter_days
from assets.returns.rules.rules import read_rules

pytestmark = [pytest.mark.slow, pytest.mark.one_in(3)]

OF_FLAGS = {
    "domestic_abuse": "flag_da",
    "online": "flag_online",
    "spiking": "flag_spiking",
    "honour_based_abuse": "flag_hba",
}
NOTHING_SAID = dict.fromkeys(("flag_da", "flag_online", "flag_cse", "flag_csa", "flag_hba", "flag_spiking"), "")


def counts_of(root: Path, rows: list[dict[str, str]], **manifest: str) -> dict[str, int]:
    """Of the threats that rest on a flag, and of stalking, those that the return is taken to tell of, with their offences."""
    data = small_data(root / "data")
    source = Source(root / "inbox", Store(root / "store"), read_rules(data))
    send(source.inbox, rows, **manifest)
    assert take_in(source, "kent", "2022-04")[-1].accepted
    with collected(source.store, data) as gathered:
        assert gathered is not None
        days = quarter_days("2022-04")
        return {
            threat: gathered.by_supplier(*days, [threat]).get("kent", 0)
            for threat in (*OF_FLAGS, "stalking_harassment")
            if gathered.reporting(["2022-04"], threat) == ["kent"]
        }


def told_of(root: Path, rows: list[dict[str, str]], **manifest: str) -> set[str]:
    """Of the threats that rest on a flag, those that the return is taken to tell of."""
    return counts_of(root, rows, **manifest).keys() & {*OF_FLAGS}


@pytest.mark.long
@pytest.mark.parametrize("threat", OF_FLAGS)
def test_of_a_flag_that_no_record_has_nothing_is_known(threat: str, tmp_path: Path) -> None:
    """One N is enough: it was recorded. Blank in all, the system does not set it."""
    none, every = many(60, **NOTHING_SAID, relationship="known"), dict.fromkeys(NOTHING_SAID, "N")
    assert told_of(tmp_path / "a", [row | every for row in none]) == {*OF_FLAGS}
    assert told_of(tmp_path / "b", [row | every | {OF_FLAGS[threat]: ""} for row in none]) == {*OF_FLAGS} - {threat}
    last = [row | every | {OF_FLAGS[threat]: ""} for row in none[:-1]] + [none[-1] | every]
    assert told_of(tmp_path / "c", last) == {*OF_FLAGS}


@pytest.mark.long
def test_of_counts_the_flags_tell_where_no_combination_is_sent(tmp_path: Path) -> None:
    """Of spiking and of honour-based abuse counts have no flag: only a combination tells."""
    rows = [COUNTS | {"offence_code": code, "membership": "", "flag_da": ""} for code in ("8L", "8N")]
    assert told_of(tmp_path / "a", rows, profile="aggregate") == {"online"}
    sent = [row | {"membership": of} for row, of in zip(rows, ("DS", "D"), strict=True)]
    assert told_of(tmp_path / "b", sent, profile="aggregate") == {*OF_FLAGS}
    assert told_of(tmp_path / "c", [], profile="aggregate", zero_return=True) == {*OF_FLAGS}  # type: ignore[arg-type]


def test_a_combination_that_contradicts_its_row_tells_nothing(tmp_path: Path) -> None:
    """Where a spreadsheet filled the column with `-` the code and the flags tell, and nothing tells of what they cannot."""
    rows = [COUNTS | {"membership": "-"}]
    assert counts_of(tmp_path / "a", rows, profile="aggregate") == {
        "domestic_abuse": 3, "online": 0, "stalking_harassment": 3,
    }  # fmt: skip
    rows = [COUNTS | {"membership": "DSP"}]
    assert counts_of(tmp_path / "b", rows, profile="aggregate") == {
        "domestic_abuse": 3, "online": 0, "spiking": 3, "honour_based_abuse": 0, "stalking_harassment": 3,
    }  # fmt: skip


def test_a_return_that_says_that_there_was_nothing_tells_of_all(tmp_path: Path) -> None:
    assert told_of(tmp_path, [], zero_return=True) == {*OF_FLAGS}  # type: ignore[arg-type]
