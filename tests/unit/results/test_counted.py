"""Blocked comparisons are counted apart: figures that are not comparable are a result, missing ones are not."""

from assets.words.counted import blocked_in_words


def row(verdict: str, estimate: str | None, count: str | None) -> dict[str, str | None]:
    return {"verdict": verdict, "estimate_availability": estimate, "recorded_availability": count}


def test_no_figures_and_figures_that_are_not_comparable_are_counted_apart() -> None:
    said = blocked_in_words([
        row("qualify", "held", "held"), row("block", "held", "held"), row("block", "held", "held"),
        row("block", "not_asked", "not_held"), row("block", "not_held", "held"), row("block", None, "held"),
        row("block", "withheld", "held"),
    ])  # fmt: skip
    assert said == (
        "6 of 7 comparisons are blocked; each keeps its row, its figures and its reason. 2 have both figures, which are not"
        " comparable: that is a result, not a failure. 4 lack a figure: 1 not asked or counted then, 1 published, or likely"
        " to be, but not held and 1 withheld, as other figures say otherwise."
    )
    assert blocked_in_words([]).endswith("0 lack a figure.")
