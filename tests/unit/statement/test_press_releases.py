"""Synthetic press releases, right and with one figure wrong: the wrong figure is found and no right one is accused."""

from pathlib import Path
from typing import Any

import pytest
from claims_kit import claim, judged, read

from assets.statement.claims.judge import Judgement
from assets.statement.scan.draft import is_complete
from assets.statement.scan.scan import scan
from assets.statement.text.texts import text_of

FORCE = """\
<h1>Synthetic press release: arrests doubled</h1>
<p>Northshire made 1,248 arrests in 2024 and 602 in 2023, an increase of 107%.</p>
<ul><li>Charge rate up from 6.1% to 8.4%, 2.3 percentage points.</li><li>412 suspects, a third, were charged.</li></ul>
<table><tr><td>Cautioned</td><td>86</td></tr><tr><td>No further action</td><td>750</td></tr></table>
<p>Nine out of ten officers (1,890 of 2,100) are trained.</p>"""
# (key, figure as printed, kind, unit, what it is worked out from)
FORCE_CLAIMS = [
    ("title", "doubled", "ratio", "times", 'fold(claim("before"), claim("arrests"))'),
    ("arrests", "1,248", "count", "arrests", None),
    ("before", "602", "count", "arrests", None),
    ("growth", "107%", "change", "percent", 'growth_percent(claim("before"), claim("arrests"))'),
    ("rate-before", "6.1%", "share", "percent", None),
    ("rate", "8.4%", "share", "percent", None),
    ("points", "2.3 percentage points", "change", "percent", 'claim("rate") - claim("rate-before")'),
    ("charged", "412", "count", "suspects", None),
    ("third", "a third", "share", "percent", 'share(claim("charged"), claim("arrests"))'),
    ("cautioned", "86", "count", "suspects", None),
    ("none", "750", "count", "suspects", 'claim("arrests") - claim("charged") - claim("cautioned")'),
    ("trained", "1,890", "count", "officers", None),
    ("officers", "2,100", "count", "officers", None),
    ("nine", "Nine out of ten", "share", "percent", 'share(claim("trained"), claim("officers"))'),
]
CHARITY_CLAIMS = [
    ("asked", "1,312", "sample", "persons", None),
    ("turned", "861", "count", "persons", None),
    ("two-thirds", "nearly two thirds", "share", "percent", 'share(claim("turned"), claim("asked"))'),
    ("slept", "215", "count", "persons", None),
    ("quarter", "a quarter", "share", "percent", 'share(claim("slept"), claim("turned"))'),
    ("job", "43", "count", "persons", None),
    ("five", "5%", "share", "percent", 'share(claim("job"), claim("turned"))'),
    ("mothers", "517", "count", "persons", None),
    ("sixty", "60%", "share", "percent", 'share(claim("mothers"), claim("turned"))'),
    ("in-five", "Three in five", "share", "percent", 'share(claim("mothers"), claim("turned"))'),
    ("fold", "almost fourfold", "ratio", "times", 'fold(claim("first"), claim("last"))'),
    ("first", "2,500", "count", "cases", None),
    ("last", "9,600", "count", "cases", None),
]


def claims(rows: list[tuple[str, str, str, str, str | None]], **changed: str) -> list[dict[str, Any]]:
    return [
        claim(
            key, changed.get(key.replace("-", "_"), figure), *([{"recompute": said}] if said else []),
            kind=kind, unit=unit, scope="other",
        )
        for key, figure, kind, unit, said in rows
    ]  # fmt: skip


def at_fault(judgement: Judgement) -> set[str]:
    return {key for key, judged_claim in judgement.claims.items() if judged_claim.weight == "fault"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "faulty"),
    [
        ({}, set()),
        ({"growth": "112%"}, {"growth"}), ({"growth": "207%"}, {"growth"}), ({"title": "trebled"}, {"title"}),
        ({"points": "2.5 percentage points"}, {"points"}), ({"third": "a quarter"}, {"third"}), ({"third": "half"}, {"third"}),
        ({"none": "760"}, {"none"}), ({"nine": "eight out of ten"}, {"nine"}),
        # One of two figures is wrong and nothing says which: the relation is told.
        ({"rate": "8.9%"}, {"points"}),
    ],
)  # fmt: skip
def test_in_a_release_of_a_force_the_wrong_figure_is_found_and_no_other(
    tmp_path: Path, changed: dict[str, str], faulty: set[str]
) -> None:
    assert at_fault(judged(tmp_path, *claims(FORCE_CLAIMS, **changed))) == faulty


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "faulty"),
    [
        ({}, set()),
        ({"two_thirds": "nearly three quarters"}, {"two-thirds"}), ({"two_thirds": "over two thirds"}, {"two-thirds"}),
        ({"quarter": "a third"}, {"quarter"}), ({"five": "6%"}, {"five"}), ({"sixty": "64%"}, {"sixty"}),
        ({"in_five": "Four in five"}, {"in-five"}), ({"fold": "almost fivefold"}, {"fold"}), ({"last": "8,600"}, {"fold"}),
        # Five relations fail and one figure stands in all of them.
        ({"turned": "681"}, {"turned"}),
    ],
)  # fmt: skip
def test_in_a_release_of_a_charity_the_wrong_figure_is_found_and_no_other(
    tmp_path: Path, changed: dict[str, str], faulty: set[str]
) -> None:
    assert at_fault(judged(tmp_path, *claims(CHARITY_CLAIMS, **changed))) == faulty


def test_every_figure_of_the_release_is_one_of_its_claims(tmp_path: Path) -> None:
    (tmp_path / "release.html").write_text(FORCE, encoding="utf-8")
    dismissed = [{"text": text, "why": "said of the figures beside it"} for text in ("increase",)]
    document = read(tmp_path, *claims(FORCE_CLAIMS), dismissed=dismissed)
    scanned = scan(text_of(tmp_path / "release.html"), document)
    assert is_complete(scanned), [mention.text for mention in scanned.mentions if mention.open]


def test_a_figure_that_differs_from_its_publication_is_blamed_before_what_is_worked_out_from_it(tmp_path: Path) -> None:
    held = [
        claim("now", "861,493", {"published": "816493"}, cites=["1"]),
        claim("before", "851,062", {"published": "851062"}, cites=["1"]),
        claim("fell", "4%", {"recompute": 'growth_percent(claim("now"), claim("before"))'}, share=True, kind="change"),
        claim("daily", "2,237", {"recompute": 'per_day(claim("now"), 365)'}, kind="rate", unit="offences per day"),
    ]
    references = {"1": {"by": "Nobody", "year": "2025", "title": "Synthetic"}}
    assert at_fault(judged(tmp_path, *held, references=references)) == {"now"}
