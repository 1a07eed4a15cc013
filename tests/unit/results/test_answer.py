"""One answer per pairing and year, what its width comes from, and two scopes beside each other."""

import pytest
from kit import Tables

from assets.answers.answer import per_100, why
from assets.reconciled.checks import one_answer_per_year
from assets.reconciled.gap.answer import answer, answers
from assets.reconciled.gap.scopes import scope_pairs


def test_the_answer_is_the_plain_ratio_with_the_hull_of_every_reading(tables: Tables) -> None:
    # Domestic abuse, all adults, old questions, year ending March 2022: plain 31.8 to 45.3, mixed 30.1 to 45.8.
    key = {"pairing": "da_all", "age": "16+", "area_code": "K04000001", "instrument": "csew_self_completion_old"}
    rows = [row for row in tables.rows("reconciled.gap", **key) if str(row["period_end"]) == "2022-03-31"]
    [record] = [row for row in tables.rows("reconciled.answer", **key) if str(row["period_end"]) == "2022-03-31"]
    plain, mixed = sorted(rows, key=lambda row: row["period_match"])
    assert (plain["period_match"], mixed["period_match"]) == ("plain", "recall")
    assert record["recorded_per_100"] == plain["recorded_per_100"] and record["period_match"] == "plain"
    assert record["recorded_per_100_lower"] == mixed["recorded_per_100_lower"] < plain["recorded_per_100_lower"]
    assert record["recorded_per_100_upper"] == mixed["recorded_per_100_upper"] > plain["recorded_per_100_upper"]
    assert set(record["inputs"]) == {plain["row_id"], mixed["row_id"]} and len(record["readings"]) == 2


def test_a_reading_that_may_not_be_compared_is_no_part_of_the_answer(tables: Tables) -> None:
    rows = tables.rows("reconciled.gap", pairing="da_all", age="16+", area_code="K04000001")
    plain, mixed = [row for row in rows if str(row["period_end"]) == "2022-03-31"]
    blocked = (
        mixed | {name: None for name in mixed if name.startswith(("recorded_per_100", "likely"))} | {"verdict": "block"}
    )
    record = answer([blocked, plain])
    assert record["recorded_per_100_lower"] == plain["recorded_per_100_lower"] and record["inputs"] == [plain["row_id"]]


def test_a_newer_year_that_is_withheld_is_told_with_the_newest_answers_alone(tables: Tables) -> None:
    gap = tables["reconciled.gap"].query("pairing == 'da_all' and area_code == 'K04000001'").copy()
    assert answers(gap)["newer_withheld"].isna().all()
    ratio = [name for name in gap if name.startswith(("recorded_per_100", "likely"))]
    last = gap["period_end"] == gap["period_end"].max()
    gap.loc[last, ratio], gap.loc[last, "estimate_obs_status"], gap.loc[last, "verdict"] = None, "doubted", "block"
    told = answers(gap).query("newer_withheld.notna()")
    assert {f"{day}" for day in told["newer_withheld"]} == {"2025-03-31"} and {
        f"{day}" for day in told["period_end"]
    } == {"2024-03-31"}
    row = told.iloc[0].to_dict()
    assert (
        " Of the year to March 2025 the published estimate or count contradicts other published figures and is withheld"
        in why(row)
    )
    assert "withheld" not in why(row | {"newer_withheld": None})
    assert row["caveats"][0].startswith("Of the year to March 2025 the published estimate or count contradicts")


def test_what_is_only_known_as_a_set_has_no_point(tables: Tables) -> None:
    # 20A holds girls of 13 to 15 too, so rape or penetration of women is counted with it and without.
    rows = tables.rows(
        "reconciled.answer", pairing="rape_or_penetration_women", area_code="K04000001", identified="set"
    )
    [record] = [row for row in rows if str(row["period_end"]) == "2020-03-31" and row["age"] == "16-74"]
    assert record["recorded_per_100"] is None
    assert record["recorded_per_100_lower"] < 16 and record["recorded_per_100_upper"] > 64
    assert not tables.rows("reconciled.answer", pairing="rape_or_penetration_women", identified="point")


def test_a_set_is_said_by_its_ends() -> None:
    row = {
        "recorded_per_100": None,
        "recorded_per_100_lower": 15.9,
        "recorded_per_100_upper": 64.5,
        "likely_lower": 17.5,
        "likely_upper": 57.9,
        "verdict": "qualify",
    }
    assert per_100(row) == "15.9 to 64.5, likely 17.5 to 57.9"
    assert per_100(row | {"recorded_per_100": 30.0}) == "30.0 (15.9 to 64.5, likely 17.5 to 57.9)"
    assert per_100(row | {"likely_lower": None, "likely_upper": None}) == "15.9 to 64.5"
    assert per_100(dict.fromkeys(row)) is None


def test_every_year_has_one_answer_and_the_check_sees_one_that_is_short(tables: Tables) -> None:
    gap, found = tables["reconciled.gap"], tables["reconciled.answer"]
    assert one_answer_per_year(gap, found).passed
    short = found.assign(recorded_per_100_upper=found["recorded_per_100"].fillna(found["recorded_per_100_lower"]))
    assert not one_answer_per_year(gap, short).passed


def test_two_scopes_of_one_threat_are_reconciled_by_what_follows_from_their_totals(tables: Tables) -> None:
    # 911,248 flagged x 72.4 to 74.2% women against 400,213 of the policing collection, year ending March 2023.
    [row] = tables.rows("reconciled.scope_pair")
    assert (row["first_scope"], row["second_scope"], row["second"]) == ("ons_prc", "policing_vawg", 400_213)
    assert row["first_only_lower"] == pytest.approx(911_232 * 0.724 - 400_213, abs=50)
    assert (row["second_only_lower"], row["second_only_upper"]) == (0, 400_213)
    assert (round(row["first_per_100"], 1), round(row["second_per_100"], 1)) == (47.7, 28.6)
    assert "neither corrects the other" in row["sentence"]
    assert scope_pairs(tables["reconciled.answer"].head(0)).empty


def test_what_the_width_of_a_ratio_comes_from(tables: Tables) -> None:
    rows = tables.rows(
        "reconciled.sensitivity", pairing="da_all", period_match="recall", age="16+", area_code="K04000001",
        instrument="csew_self_completion_old",
    )  # fmt: skip
    rows = [row for row in rows if str(row["period_end"]) == "2023-03-31"]
    whole = tables.row("reconciled.gap", **{name: rows[0][name] for name in ("pairing", "period_match", "age", "area_code",
                       "instrument", "period_end", "sex")})  # fmt: skip
    width = whole["recorded_per_100_upper"] - whole["recorded_per_100_lower"]
    causes = {row["part"]: row for row in rows}
    assert {
        "self_completion_share",
        "deff_self_completion",
        "fieldwork_share.ye_2023_03",
        "recall_year_mix_factor",
    } <= set(causes)
    for row in rows:
        assert row["ratio_width"] == pytest.approx(width)
        assert row["width_if_known"] + row["width_caused"] == pytest.approx(width) and row["width_caused"] > -1e-9
    assert [row["rank"] for row in sorted(rows, key=lambda row: -row["width_caused"])] == list(range(1, len(rows) + 1))
    assert causes["recall_year_mix_factor"]["would_help"] == "the recorded count by quarter"
    # A mix of 0.965 to 1.03 moves the ends of a ratio of 43 by about 1.6 and 1.3.
    assert 2 < causes["recall_year_mix_factor"]["width_caused"] < 4
