"""The claims language: what it works out, and that it understands nothing else."""

from collections.abc import Mapping

import pytest
from claims_kit import NEAR

from assets.methods.interval import Interval
from assets.statement.claims.expressions import ExpressionError, claims_in, evaluate
from assets.statement.claims.value import Leaf, Value
from assets.statement.text.figures import interval_in_text

CLAIMS = {"part": "412", "whole": "1,200"}


class Figures:
    """Two claims and one fact."""

    def claim(self, key: str) -> Value:
        if key not in CLAIMS:
            raise ExpressionError(f"the claim {key}", "a claim of this file")
        return Value(
            interval_in_text(CLAIMS[key], "offences", NEAR),
            CLAIMS[key],
            "offences",
            (Leaf(f"claim:{key}", "csew", None, False),),
        )

    def fact(self, table: str, series: str, period_end: str, filters: Mapping[str, str]) -> Value:
        return Value(
            Interval.point(911_232),
            f"{series} {dict(filters)}",
            "offences",
            (Leaf("flagged:1", "ons_prc", None, True),),
        )

    def rows(self, table: str, filters: Mapping[str, str]) -> Value:
        return Value(Interval.point(43), "43 forces")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1 + 2 * 3", 7, 7),
        ("-2 / 4", -0.5, -0.5),
        ('share(claim("part"), claim("whole"))', 100 * 412 / 1200, 100 * 412 / 1200),
        ('part_of(claim("whole"), between(24.5, 25.5))', 294, 306),
        ('per_day(365, days("2022-04-01", "2023-03-31"))', 1, 1),
        ('months("2023-01-01", "2023-07-31")', 7, 7),
        ('years("2019-03-31", "2023-03-31")', 4, 4),
        ("growth_percent(789703, 1080157)", 36.78015, 36.78016),
        ("yearly_percent(111, 14)", 5.4783, 5.4785),
        ("power(1.05, 2)", 1.1025, 1.1025),
        ("fold(51, 93)", 93 / 51, 93 / 51),
        ("ratio(112, 14)", 8, 8),
        ("sum(1, 2, 3)", 6, 6),
        ("largest(1, between(2, 4), 3)", 3, 4),
        ("one_in(20)", 5, 5),
        ("at_least(3)", 3, float("inf")),
        ("at_most(3)", float("-inf"), 3),
        ("sample_lower(5, 1461)", 3.9957, 3.9957),
        ('fact("recorded.flagged_count", "prc.b9.all_offences", "2023-03-31", age="16+")', 911_232, 911_232),
        ('rows("reference.area", area_type="police_force")', 43, 43),
    ],
)
def test_an_expression_is_worked_out(text: str, low: float, high: float) -> None:
    found = evaluate(text, Figures()).interval.as_floats()
    assert found == pytest.approx((low, high), abs=0.01 if "sample" in text or "yearly" in text else 1e-4)


def test_figures_are_remembered() -> None:
    value = evaluate('100 * share(claim("part"), fact("t", "s", "2023-03-31")) / 2', Figures())
    assert set(value.row_ids) == {"claim:part", "flagged:1"}
    assert value.published
    assert len(value.shares) == 1
    assert claims_in('share(claim("part"), claim("whole"))') == ("part", "whole")
    with pytest.raises(ExpressionError, match="1 text in quotes"):
        claims_in("claim() + 1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('claim("nobody")', "a claim of this file"),
        ("share(1)", "share(part, whole)"),
        ("share(1, 0)", "can be combined"),
        ("between(3, 1)", "low figure first"),
        ("open('x')", "one of claim"),
        ("__import__('os').system('true')", "functions of the language"),
        ("(lambda: 1)()", "functions of the language"),
        ("[1, 2]", "functions of the language"),
        ("1 if 2 else 3", "functions of the language"),
        ("2 ** 9", "functions of the language"),
        ("True", "a number"),
        ("1 +", "an expression such as"),
        ("", "an expression such as"),
        ("'text'", "a number, an operation"),
        ("share(1, 2, extra=3)", "no named arguments"),
        ('days("yesterday", "2023-03-31")', "yyyy-mm-dd"),
        ('days("2023-03-31", "2022-03-31")', "earlier day first"),
        ("claim(1)", "a text in quotes"),
        ("claim()", "1 text in quotes, found 0"),
        ("-" * 1500 + "1", "fewer levels"),
        ("1 + " * 1000 + "1", "at most 2000 letters"),
        ("power(2, 100000)", ""),
    ],
)
def test_nothing_else_is_understood(text: str, expected: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        evaluate(text, Figures())
    assert expected in refused.value.expected
    assert refused.value.found
