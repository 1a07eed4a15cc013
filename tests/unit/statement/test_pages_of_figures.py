"""Pages that hold nothing but true figures, as a force or a statistics office lays them out: none is accused."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from claims_kit import NEAR
from figures_kit import fact, scanned, verdicts_of

from assets.statement.scan.scan import scan
from assets.statement.scan.verdicts import AGREES, DISAGREES, NO_CLAIM, UNTESTED, verdicts
from assets.statement.text.texts import Text, text_of

KENT = "E23000032"


def june(series: str, value: float, year: int, **more: Any) -> dict[str, Any]:
    """A figure of a year that ends in June."""
    start, end = datetime.date(year - 1, 7, 1), datetime.date(year, 6, 30)
    return fact(series, value, period_start=start, period_end=end, **more)


FACTS = (
    june("offences.sexual", 6_317, 2023, area_code=KENT), june("offences.sexual", 6_748, 2025, area_code=KENT),
    june("offences.rape", 1_322, 2025), june("offences.sexual", 3_120, 2023, area_code=KENT),
)  # fmt: skip
ROWS = (
    "<p>Sexual offences in Kent, year to June 2025</p><table><tr><th>Year ending</th><th>{head}</th></tr>{rows}</table>"
)


def told(tmp_path: Path, head: str, *rows: tuple[str, str]) -> dict[str, str]:
    """Number of a table of years -> its verdict."""
    cells = "".join(f"<tr><td>{year}</td><td>{number}</td></tr>" for year, number in rows)
    path = tmp_path / "synthetic.html"
    path.write_text(ROWS.format(head=head, rows=cells), encoding="utf-8")
    found = verdicts_of(text_of(path), *FACTS)
    return {number: verdict for number, verdict in found.items() if verdict != NO_CLAIM}


@pytest.mark.slow
def test_the_head_above_dates_says_that_they_are_the_ends_of_years(tmp_path: Path) -> None:
    verdict = told(tmp_path, "Recorded", ("Jun 2023", "6,317"), ("Jun 2025", "6,748"))
    assert verdict == {"6,317": AGREES, "6,748": AGREES}
    changed = told(tmp_path, "Recorded", ("Jun 2023", "6,748"), ("Jun 2025", "6,317"))
    assert changed == {"6,748": DISAGREES, "6,317": UNTESTED}


def test_a_number_that_a_figure_of_another_thing_and_time_has_by_chance_is_not_told_as_that(tmp_path: Path) -> None:
    assert told(tmp_path, "Recorded", ("Mar 2010", "1,322")) == {"1,322": UNTESTED}


def test_a_head_of_rates_is_none_of_thousands(tmp_path: Path) -> None:
    rate = "Kent: sexual offences in the year to June 2023", "3.12"
    assert told(tmp_path, "Per 1,000", rate) == {"3.12": UNTESTED}


def test_the_period_of_a_source_in_brackets_need_not_be_that_of_the_number() -> None:
    text = "Kent Police recorded 6,748 sexual offences (ONS, Crime in England and Wales: appendix tables, YE December 2025)."
    [number] = [each for each in verdicts(scanned(text, *FACTS)) if "6,748" in each.mention.text]
    assert number.verdict == UNTESTED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # What a rise led to is no end of a range, and "up from 8,624" is of what stands before it.
        (
            "Rapes rose by almost 13,000 to 54,045, compared with 41,186 the previous year, with 11,913 attacks not recorded, up "
            "from 8,624.",
            {"almost 13,000": True},
        ),
        # 33 of 704, and not of the 671 that are left.
        ("The number of victims fell to 671. This was 33, or 5%, fewer than the previous year.", {}),
        ("The number of victims fell to 450. This was 300, or 40%, fewer than the previous year.", {}),
        ("Reports rose by 2,000 to 3,000 a year.", {}),
    ],
)
def test_a_true_sentence_works_out_or_is_let_be(text: str, told: dict[str, bool]) -> None:
    worked = [mention for mention in scan(Text("synthetic", (text,)), near=NEAR).mentions if mention.worked]
    assert {mention.text: mention.holds for mention in worked} == told
