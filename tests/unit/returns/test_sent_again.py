"""Synthetic returns that are refused, and that are corrected: what a training collection has to show of both."""

from collections import Counter
from pathlib import Path

import pytest
from kit import read_rows
from sent import many, rules, send, source

from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.store import Store, current
from assets.returns.synthetic.make import Plan, make

pytestmark = [pytest.mark.slow, pytest.mark.one_in(2)]

QUARTERS = ("2022-04", "2022-07")


@pytest.mark.long
def test_a_force_whose_last_return_is_refused_and_one_that_corrects_it(tmp_path: Path) -> None:
    plan = Plan(("kent", "surrey"), QUARTERS, rows=8_000, refused=["surrey"], corrected=["kent"])
    made = make(tmp_path / "inbox", plan)
    of_plan = Source(tmp_path / "inbox", Store(tmp_path / "store"), rules())
    [early], [late] = (take_in(of_plan, "surrey", quarter) for quarter in QUARTERS)
    assert (early.verdict, late.verdict, [*late.refused]) == ("accepted", "refused", ["R06"])
    first, changes = take_in(of_plan, "kent", "2022-07")
    assert first.verdict == changes.verdict == "accepted" and current([first, changes]) == changes
    assert changes.content == "changes" and changes.replaces == first.return_id
    actions = Counter(row["action"] for row in read_rows(made[-1] / "record.csv"))
    assert set(actions) == {"I", "M", "D"}
    assert changes.offences == first.offences + actions["I"] - actions["D"]


@pytest.mark.parametrize("told", [{}, {"sent_date": "2022-07-21"}])
@pytest.mark.parametrize("count", range(50, 54))
def test_what_was_accepted_stays_when_another_of_its_day_does_not_say_that_it_replaces_it(
    count: int, told: dict[str, str], tmp_path: Path
) -> None:
    """Whatever their fingerprints, and though the other was sent before it."""
    inbox, sources = tmp_path / "inbox", source(tmp_path)
    send(inbox, many(60), **({"sent_date": "2022-07-22"} if told else {}))
    take_in(sources, "kent", "2022-04")
    send(inbox, many(count), "second", **told)
    counts, other = take_in(sources, "kent", "2022-04")
    assert (counts.verdict, counts.rows, list(other.refused)) == ("accepted", 60, ["R07"])
    assert [judged.rows for judged in take_in(sources, "kent", "2022-04")] == [60, count], "and at the next look"
