"""Every verdict is the one that the figures give when they are worked out a second time, by hand."""

import math

import pytest
from by_hand import BY_HAND, meet
from kit import Tables

NOT_CHECKED = {"repeat", "uncheckable"}


@pytest.mark.parametrize("claim", sorted(BY_HAND))
def test_a_verdict_follows_from_the_figures(claim: str, tables: Tables) -> None:
    row = tables.row("statement.claim", claim=claim)
    assert row["verdict"] == BY_HAND[claim](tables), row["sentence"]


def test_every_verdict_is_worked_out_by_hand(tables: Tables) -> None:
    judged = {row["claim"] for row in tables.rows("statement.claim") if row["verdict"] not in NOT_CHECKED}
    assert judged == set(BY_HAND)


def test_a_repeat_says_the_figure_of_its_first(tables: Tables) -> None:
    by_claim = {row["claim"]: row for row in tables.rows("statement.claim")}
    repeats = [row for row in by_claim.values() if row["verdict"] == "repeat"]
    assert len(repeats) > 50
    for row in repeats:
        first = by_claim[row["repeat_of"]]
        ends = [
            (
                record["lower"] if record["lower"] is not None else -math.inf,
                record["upper"] if record["upper"] is not None else math.inf,
            )
            for record in (row, first)
        ]
        assert meet(*ends), row["claim"]
        assert None in (row["period_start"], first["period_start"]) or row["period_start"] == first["period_start"], (
            row["claim"]
        )


def test_what_cannot_be_checked_says_what_would_be_needed(tables: Tables) -> None:
    for row in tables.rows("statement.claim", verdict="uncheckable"):
        assert row["needs"] and row["needs"] in row["sentence"], row["claim"]


def test_a_verdict_is_the_gravest_of_the_checks_that_lead(tables: Tables) -> None:
    from schemas.codes import CLAIM_VERDICT

    grave = list(CLAIM_VERDICT)
    for row in tables.rows("statement.claim"):
        leading = [
            record["verdict"] for record in tables.rows("statement.claim_check", claim=row["claim"]) if record["leads"]
        ]
        assert row["verdict"] == (min(leading, key=grave.index) if leading else "uncheckable"), row["claim"]
