"""The ledger's tables, the smallest conflicts, the snapshot of verdicts, other documents, the lost charts and the profile."""

from pathlib import Path

import pandas as pd
import pytest
from kit import ROOT, Tables, copy_of_data

from assets.methods.bounds import System, both, total, union
from assets.methods.interval import Interval
from assets.statement import ledger
from assets.statement.answer import check_file, claims_by_verdict, in_text
from assets.statement.claims_file import read_claims
from assets.statement.conflicts import irreducible
from assets.statement.expected import EXPECTED, verdicts_as_expected
from assets.words.problems import BadInput
from schemas.codes import CLAIM_VERDICT

EXAMPLES = sorted((ROOT / "data" / "statement" / "examples").glob("*.yaml"))
STATEMENT = ROOT / "data" / ledger.CLAIMS


def test_well_over_a_hundred_claims_each_with_place_sentence_and_scope(tables: Tables) -> None:
    rows = tables.rows("statement.claim")
    assert len(rows) > 250
    assert {row["verdict"] for row in rows} >= set(CLAIM_VERDICT) - {"external_differs"}
    for row in rows:
        assert row["paragraph"] and row["section"] and row["sentence"].endswith((".", "?")), row["claim"]
        assert len(row["printed"]) <= 120, row["claim"]
        assert row["kind"] not in ("count", "share", "ratio", "change") or row["scope"], row["claim"]


def test_verdicts_are_the_expected_ones(tables: Tables) -> None:
    found = verdicts_as_expected(tables["statement.claim"], tables["statement.expected_verdict"])
    assert found.passed, found.sentence()


def test_a_changed_missing_or_new_verdict_fails_the_check(tables: Tables) -> None:
    claims, expected = tables["statement.claim"], tables["statement.expected_verdict"]
    changed = claims.assign(
        verdict=[
            "conflict" if name == "es-per-day" else v
            for name, v in zip(claims["claim"], claims["verdict"], strict=True)
        ]
    )
    found = verdicts_as_expected(changed, expected)
    assert (found.failed, found.cases.iloc[0]["claim"]) == (1, "es-per-day")
    assert verdicts_as_expected(claims.iloc[1:], expected).failed == 1
    assert verdicts_as_expected(claims, expected.iloc[1:]).failed == 1


def test_a_newer_release_tests_the_document_again(tables: Tables) -> None:
    frames = {key: tables[key] for key in ledger.INPUTS.values()}
    outcome = frames["recorded.outcome"]
    revised = (outcome["series"] == "justice.domestic_abuse.arrests_per_100_offences") & (outcome["printed"] == "36.3")
    frames["recorded.outcome"] = outcome.assign(
        value=outcome["value"].where(~revised, 35.0), printed=outcome["printed"].where(~revised, "35.0")
    )
    document = read_claims(STATEMENT)
    assert ledger.judged(document, frames)["pu-arrests-36-3"].verdict == "external_differs"


def test_a_figure_that_is_no_longer_held_is_named(tables: Tables) -> None:
    frames = {key: tables[key] for key in ledger.INPUTS.values()}
    frames["recorded.outcome"] = frames["recorded.outcome"].iloc[:0]
    with pytest.raises(BadInput) as refused:
        ledger.judged(read_claims(STATEMENT), frames)
    assert "pu-arrests-36-3" in refused.value.paragraph()


def test_the_smallest_conflicts_of_the_statement(tables: Tables) -> None:
    rows = {frozenset(row["claims"]): row for row in tables.rows("statement.conflict")}
    online = rows[frozenset({"sc-vawg-total", "sc-online", "sc-online-7"})]
    assert (online["one_window"], online["despite_windows"]) == (False, True)
    fifth = rows[frozenset({"sc-sh", "sc-online", "sc-sh-online", "sc-online-sh"})]
    assert (fifth["one_window"], fifth["despite_windows"]) == (False, False)
    assert frozenset({"pv-dhp-cases", "pv-dhp-417", "pv-dhp-60"}) in rows
    assert frozenset({"pv-dhp-cases", "es-svsda-y1-base", "es-svsda-y3-base"}) in rows
    assert frozenset({"sc-rasso-partner", "sc-rasso-da", "sc-rasso"}) in rows
    for one in rows:
        assert not any(other < one for other in rows), "a conflict that holds a smaller one"


def test_all_irreducible_conflicts_are_found() -> None:
    sizes = {
        "a is 5": (union("a"), 5),
        "a is 6": (union("a"), 6),
        "both are 7": (both("a", "b"), 7),
        "b is 1": (union("b"), 1),
    }
    system = System(
        ("a", "b"), tuple(total(name, region, Interval.point(size)) for name, (region, size) in sizes.items())
    )
    found = {frozenset(one) for one in irreducible(system)}
    assert found == {
        frozenset({"a is 5", "a is 6"}),
        frozenset({"a is 5", "both are 7"}),
        frozenset({"a is 6", "both are 7"}),
        frozenset({"both are 7", "b is 1"}),
    }
    assert irreducible(System(("a",), (total("a is 5", union("a"), Interval.point(5)),))) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_another_document_is_checked_by_the_same_checks(path: Path, tables: Tables) -> None:
    answer = check_file(path, tables)
    assert sum(answer.counts.values()) == len(answer.lines) > 5
    text = in_text(answer)
    for line in answer.lines:
        assert line.sentence in text


def test_the_example_differs_from_later_statistics_and_says_so(tables: Tables) -> None:
    answer = check_file(EXAMPLES[0], tables, ["external_differs"])
    (line,) = answer.lines
    assert line.claim == "crimes"
    assert "911,232" in line.sentence
    assert "Devon and Cornwall" in line.sentence


def test_claims_are_listed_by_verdict(tables: Tables) -> None:
    answer = claims_by_verdict(tables["statement.claim"], tables["statement.conflict"], ["conflict", "implausible"])
    assert [line.verdict for line in answer.lines] == sorted(
        (line.verdict for line in answer.lines), key=list(CLAIM_VERDICT).index
    )
    assert sum(answer.counts.values()) == len(tables["statement.claim"])
    assert "Claims that cannot all be true" in in_text(answer)
    with pytest.raises(BadInput, match="one of conflict"):
        claims_by_verdict(tables["statement.claim"], tables["statement.conflict"], ["nonsense"])


def test_a_damaged_snapshot_is_refused(tmp_path: Path) -> None:
    from assets.statement.expected import read_expected

    root = copy_of_data(tmp_path / "data")
    (root / EXPECTED).write_text("document,claim\na,b\n", encoding="utf-8")
    with pytest.raises(BadInput, match="verdict"):
        read_expected(root)


def test_the_lost_charts_are_rebuilt_with_caveats(tables: Tables) -> None:
    types = {row["label"]: row["value"] for row in tables.rows("statement.chart_victims_by_type")}
    assert types == {
        "Sexual harassment": 2_000_000,
        "Domestic abuse": 1_400_000,
        "Stalking outside domestic abuse": 850_000,
        "Sexual assault outside domestic abuse": 700_000,
    }
    rows = tables.rows("statement.chart_estimated_v_recorded")
    assert {row["side"] for row in rows} == {"estimated", "recorded"}
    assert all(any("reporting rate" in caveat for caveat in row["caveats"]) for row in rows)
    assert {889_918, 400_213} <= {row["value"] for row in rows}


def test_the_profile_says_what_each_statistic_may_be_set_beside(tables: Tables) -> None:
    rows = tables.rows("reconciled.threat_profile")
    shares = {
        row["scope"]: row["comparable"]
        for row in rows
        if row["threat"] == "domestic_abuse" and row["of"] == "victims" and row["sex"] == "female"
    }
    assert set(shares) == {"csew", "ons_prc", "homicide_index"}
    assert "homicide" in shares["homicide_index"] and "offence" not in shares["homicide_index"]
    assert all(text.startswith("unlike") for text in shares.values())
    (approximation,) = [row for row in rows if row["claim"] == "sc-vawg-share"]
    assert approximation["value"] == pytest.approx(19.36, abs=0.05)
    assert "two systems" in approximation["comparable"]
    known = {row["claim"] for row in tables.rows("statement.claim")}
    assert {row["claim"] for row in rows} - {None} <= known
    assert all(row["lower"] <= row["value"] <= row["upper"] for row in rows)
    ages = {(row["threat"], row["of"]): row["value"] for row in rows if row["statistic"] == "average age"}
    assert ages[("domestic_abuse", "victims")] == 38
    assert ages[("rasso", "suspects")] == 37


def test_frames_are_empty_where_a_document_has_no_systems(tmp_path: Path) -> None:
    document = read_claims(EXAMPLES[1])
    rows = ledger.conflict_rows(document, Interval.closed(0.8, 1.25))
    assert isinstance(rows, pd.DataFrame)
    assert len(rows) == 0
