"""A change beside the verdict of the publisher on it, and what the verdict leaves of the assumptions."""

from typing import Any

import pytest
from kit import day
from test_trend_table import all_trends, published


def statement(earlier: int, later: int, significant: bool, **more: Any) -> dict[str, Any]:
    return {
        "series": "csew.violence.face_to_face.16+.prevalence", "compares": "periods", "sex": "all", "age": "16+",
        "area_code": "K04000001", "period_start": day(f"{later - 1}-04-01"), "period_end": day(f"{later}-03-31"),
        "earlier_start": day(f"{earlier - 1}-04-01"), "earlier_end": day(f"{earlier}-03-31"), "significant": significant,
        "says": "Says so.", "designation": "accredited", "source": "ons", "release": "new", "sheet": "s", "url": "u",
        "citation": "c",
    } | more  # fmt: skip


def test_the_verdict_of_the_publisher_stands_beside_ours() -> None:
    """A change from 10% to 12% with standard errors of half a point is 2.8 of them: significant, whatever is said of it."""
    survey = [
        published(2006, 10.0, 0.5),
        published(2009, 12.0, 0.5),
        published(2018, 10.0, 0.5),
        published(2019, 10.4, 0.5),
    ]
    said = [statement(2006, 2009, False), statement(2018, 2019, False), statement(2006, 2018, True, doubt="a scan")]
    rows = {(row["from_end"].year, row["to_end"].year): row for row in all_trends([], [], survey, said)}
    assert set(rows) == {(2006, 2009), (2018, 2019)}, (
        "pairs before 2015 only where the publisher speaks of them, soundly"
    )
    assert rows[2006, 2009]["significance"] == "throughout" and rows[2006, 2009]["official_significant"] is False
    assert rows[2006, 2009]["reason"].endswith(
        "not significant, which no part of the assumptions gives: a contradiction."
    )
    assert rows[2018, 2019]["reason"].endswith("The publisher calls it not significant.")


@pytest.mark.slow
@pytest.mark.parametrize(("significant", "left"), [(True, "throughout"), (False, "nowhere")])
def test_a_verdict_rules_out_the_part_of_the_assumptions_that_cannot_have_given_it(
    significant: bool, left: str
) -> None:
    """10.0% and 11.4% with errors of half a point: 1.98 standard errors, 1.84 to 2.12 with half a printed digit on each side."""
    survey = [
        published(end, value, 0.5) | {"interval_source": "rounding", "lower": value - 0.05, "upper": value + 0.05}
        for end, value in ((2018, 10.0), (2019, 11.4))
    ]
    # 10 (100 - 10) / 0.5^2 = 3,600 respondents of a simple sample: 7,200 asked, of whom half count.
    base = published(2018, 10.0, 1) | {"value": 7_200.0, "series": "csew.sample.16+.unweighted_base", "instrument": None,
                                       "measure": "unweighted_base", "topic": "csew_sample", "unit": "persons"}  # fmt: skip
    bases = [base, base | {"period_start": survey[1]["period_start"], "period_end": survey[1]["period_end"]}]
    deff = {"assumption": "deff_self_completion", "lower": 1.8, "upper": 2.2, "unit": "x", "applies_to": "*", "reason": "r",
            "citation": "c"}  # fmt: skip
    [alone] = all_trends([], [], [*survey, *bases], assumed=[deff])
    [row] = all_trends([], [], [*survey, *bases], [statement(2018, 2019, significant)], [deff])
    assert alone["significance"] == row["significance_alone"] == "depends" and row["significance"] == left
    assert alone["significance_alone"] == "depends" and alone["official_significant"] is None
    assert row["p_value_least"] >= alone["p_value_least"] and row["p_value"] <= alone["p_value"]
    assert (row["p_value"] < 0.05) is significant and (row["p_value_least"] >= 0.05) is not significant
    if significant:
        assert row["points_lower"] >= 0 > alone["points_lower"], "what is significant has one sign"
    assert "rules out the part of the assumptions" in row["reason"]
