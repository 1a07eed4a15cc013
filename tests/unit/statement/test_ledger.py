"""The ledger's tables, the smallest conflicts, the snapshot of verdicts, other documents, the lost charts and the profile."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from kit import ROOT, Tables, copy_of_data, why_refused

from assets.statement.claims import ledger
from assets.statement.claims.answer import check_file, claims_by_verdict
from assets.statement.claims.expected import EXPECTED, verdicts_as_expected
from assets.statement.claims.lookups import Facts, series_like
from assets.statement.text.figures import interval_in_text, near
from assets.words.problems import BadInput
from schemas.codes import CLAIM_VERDICT

EXAMPLES = sorted((ROOT / "data" / "statement" / "examples").glob("*.yaml"))
STATEMENT = ROOT / "data" / ledger.CLAIMS


def test_well_over_a_hundred_claims_each_with_place_sentence_and_scope(tables: Tables) -> None:
    rows = tables.rows("statement.claim")
    assert len(rows) > 250
    assert {row["verdict"] for row in rows} >= set(CLAIM_VERDICT)
    for row in rows:
        assert row["paragraph"] and row["section"] and row["sentence"].endswith((".", "?")), row["claim"]
        assert len(row["printed"]) <= 120, row["claim"]
        assert row["kind"] not in ("count", "share", "ratio", "change") or row["scope"], row["claim"]


def test_verdicts_are_the_expected_ones(tables: Tables) -> None:
    check_outcome = verdicts_as_expected(tables["statement.claim"], tables["statement.expected_verdict"])
    assert check_outcome.passed, check_outcome.sentence()


def test_a_changed_missing_or_new_verdict_fails_the_check(tables: Tables) -> None:
    claims, expected = tables["statement.claim"], tables["statement.expected_verdict"]
    changed = claims.assign(
        verdict=[
            "conflict" if name == "es-per-day" else v
            for name, v in zip(claims["claim"], claims["verdict"], strict=True)
        ]
    )
    check_outcome = verdicts_as_expected(changed, expected)
    assert (check_outcome.failed, check_outcome.cases.iloc[0]["claim"]) == (1, "es-per-day")
    assert verdicts_as_expected(claims.iloc[1:], expected).failed == 1
    assert verdicts_as_expected(claims, expected.iloc[1:]).failed == 1


def test_a_newer_release_tests_the_document_again(tables: Tables) -> None:
    frames = {key: tables[key] for key in ledger.INPUTS.values()}
    outcome = frames["recorded.outcome"]
    revised = (outcome["series"] == "justice.domestic_abuse.arrests_per_100_offences") & (outcome["printed"] == "36.3")
    frames["recorded.outcome"] = outcome.assign(
        value=outcome["value"].where(~revised, 35.0), printed=outcome["printed"].where(~revised, "35.0")
    )
    document = ledger.read_document(STATEMENT, frames)
    assert ledger.judged_document(document, frames).claims["pu-arrests-36-3"].verdict == "external_differs"


def test_a_figure_that_is_no_longer_held_is_named(tables: Tables) -> None:
    frames = {key: tables[key] for key in ledger.INPUTS.values()}
    frames["recorded.outcome"] = frames["recorded.outcome"].iloc[:0]
    refused = why_refused(lambda: ledger.judged_document(ledger.read_document(STATEMENT, frames), frames))
    assert "pu-arrests-36-3" in refused.paragraph()


def test_the_smallest_conflicts_of_the_statement(tables: Tables) -> None:
    rows = {frozenset(row["claims"]): row for row in tables.rows("statement.conflict")}
    online = rows[frozenset({"sc-vawg-total", "sc-online", "sc-online-7"})]
    assert (online["one_window"], online["despite_windows"], online["leads"]) == (False, True, True)
    # One in five of stalking and harassment online is of another window, and can be true if that differs enough.
    assert frozenset({"sc-sh", "sc-online", "sc-sh-online", "sc-online-sh"}) not in rows
    assert frozenset({"pv-dhp-cases", "pv-dhp-417", "pv-dhp-60"}) in rows
    assert frozenset({"pv-dhp-cases", "es-svsda-y1-base", "es-svsda-y3-base"}) in rows
    assert frozenset({"sc-rasso-partner", "sc-rasso-da"}) in rows
    assert frozenset({"pu-femicide-53", "pu-femicide-48"}) in rows
    for record in rows:
        assert not any(other < record for other in rows), "a conflict that holds a smaller one"


def test_a_wrong_figure_is_never_covered(tables: Tables) -> None:
    """The scope of "just under 20%" is noted and its arithmetic agrees; "just under 40%" differs, scope or no scope."""
    frames = {key: tables[key] for key in ledger.INPUTS.values()}
    document = ledger.read_document(STATEMENT, frames)
    judged_claim = ledger.judged_document(document, frames).claims["sc-vawg-share"]
    assert (judged_claim.verdict, judged_claim.arithmetic, judged_claim.comparability) == (
        "scope",
        "agrees",
        "other_scope",
    )
    claim = document.by_key["sc-vawg-share"]
    claim.stands_for(interval_in_text("just under 40%", "percent", near(frames)), claim.window)
    judged_claim = ledger.judged_document(document, frames).claims["sc-vawg-share"]
    assert (judged_claim.arithmetic, judged_claim.comparability) == ("differs", "other_scope")
    assert judged_claim.verdict == "external_differs"


def test_faults_stand_apart_from_cautions(tables: Tables) -> None:
    weight = {row["claim"]: row["weight"] for row in tables.rows("statement.claim")}
    assert {"sc-online-7", "pv-dhp-60", "pu-femicide-53", "es-svsda-y3-base"} <= {
        one for one, held in weight.items() if held == "fault"
    }
    assert weight["sc-rasso"] == weight["sc-da"] == weight["sc-vawg-share"] == weight["pr-online-11m"] == "caution"
    assert weight["rf-called"] == weight["pt-act-2024"] == "note"
    noted = [row for row in tables.rows("statement.claim") if row["scope_note"] and row["weight"] == "caution"]
    assert noted
    assert all("The authors say" in row["sentence"] for row in noted)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_another_document_is_checked_by_the_same_checks(path: Path, tables: Tables) -> None:
    text, new = check_file(path, tables)
    assert not new
    assert text.count("[arithmetic ") == int(text.split(" ")[0]) > 5


def test_the_example_differs_from_later_statistics_and_says_so(tables: Tables) -> None:
    text, _ = check_file(EXAMPLES[0], tables, ["external_differs"])
    assert text.count("[arithmetic ") == 1 and "external differs: " in text
    assert "911,232" in text and "Devon and Cornwall" in text


def test_claims_are_listed_by_verdict(tables: Tables) -> None:
    text = claims_by_verdict(tables["statement.claim"], tables["statement.conflict"], ["conflict", "implausible"])
    listed = re.findall(r"^(conflict|implausible): (?=.+\n.*\[arithmetic )", text, re.MULTILINE)
    assert listed == sorted(listed) and {*listed} == {"conflict", "implausible"}
    assert text.startswith(f"{len(tables['statement.claim'])} claims of ")
    assert "Claims that cannot all be true" in text
    with pytest.raises(BadInput, match="one of conflict"):
        claims_by_verdict(tables["statement.claim"], tables["statement.conflict"], ["nonsense"])


def test_a_damaged_snapshot_is_refused(tmp_path: Path) -> None:
    from assets.statement.claims.expected import read_expected

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


def test_frames_are_empty_where_nothing_conflicts(tables: Tables) -> None:
    frames = {key: tables[key] for key in ledger.INPUTS.values()}
    document = ledger.read_document(EXAMPLES[1], frames)
    rows = ledger.conflict_rows(document, ledger.judged_document(document, frames))
    assert isinstance(rows, pd.DataFrame)
    assert len(rows) == 0


def test_a_series_is_found_by_words(tables: Tables) -> None:
    frames = {key: tables[key] for key in ("reference.series", *ledger.INPUTS.values())}
    lines, all_three = series_like(frames, ["stalking", "harassment", "a5a"])
    assert all_three == 3
    assert series_like(frames, ["a5a.8Q", "2016"])[1] == 2
    nearest, one = series_like(frames, ["a5a.8Q", "1999"])
    assert one == 1 and any("prc.a5a.8Q" in line for line in nearest)
    assert any('fact("recorded.offence_count", "prc.a5a.stalking_and_harassment", ...)' in line for line in lines)
    assert series_like(frames, ["no such thing"]) == ([], 0)


@pytest.mark.parametrize(
    "newest", [{"value": None, "obs_status": "missing"}, {"value": 1.0, "doubt": "Does not agree."}]
)
def test_a_fact_is_of_the_newest_release_that_prints_one_which_is_not_doubted(
    tables: Tables, newest: dict[str, Any]
) -> None:
    """A landed release that lost a figure stopped the refresh, since a claim names it; one that is doubted gave a verdict."""
    table, series, end = "survey.estimate", "csew.domestic_violence.face_to_face.16+.reported_incidents", "2023-03-31"
    estimates = tables[table]
    of = estimates[(estimates["series"] == series) & (estimates["period_end"].astype(str) == end)]
    releases = tables["meta.release"]
    later = releases[releases["release"].isin(of["release"])].assign(release="sdg-later", vintage_order=20991231)
    landed = of.assign(release="sdg-later", **newest)
    facts = Facts({table: pd.concat([estimates, landed])}, pd.concat([releases, later]))
    assert facts.find(table, series, end, {})["value"] == of["value"].max()
    plain = Facts({table: pd.concat([estimates, landed.assign(value=1.0, doubt=None)])}, pd.concat([releases, later]))
    assert plain.find(table, series, end, {})["value"] == 1
