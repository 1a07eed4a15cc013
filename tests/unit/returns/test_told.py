"""What is told of a partition: the rows that count, also after a return of changes, and what was observed of it last."""

from pathlib import Path

import dagster as dg
import pytest
from sent import many, send, source

from assets.returns.assets_returns import ACCEPTED, key_of, last_observed, told_of
from assets.returns.intake.chase import league
from assets.returns.intake.intake import take_in


@pytest.mark.slow
def test_rows_are_those_that_count_and_not_those_of_the_changes(tmp_path: Path) -> None:
    rows, chosen = many(60), source(tmp_path)
    send(chosen.inbox, rows)
    [first] = take_in(chosen, "kent", "2022-04")
    changes = [rows[0] | {"action": "D", "crime_count": "-1"}, rows[1] | {"action": "M", "relationship": "family"}]
    send(chosen.inbox, changes, "later", extract_date="2022-09-01", content="changes", replaces=first.return_id)
    changed = take_in(chosen, "kent", "2022-04")[-1]
    told = [told_of(judged, 1, chosen)["dagster/row_count"].value for judged in (first, changed)]
    assert told == [60, 59] and changed.rows == 2
    assert league(chosen)[0][3] == 59
    assert league(chosen)[0][-1] == 0  # the first came before 14 August, 45 days after the quarter


def test_of_each_partition_the_last_observation_is_known_however_many_there_are() -> None:
    places = [str(key_of("kent", quarter)) for quarter in ("2022-04", "2022-07")]
    with dg.DagsterInstance.ephemeral() as history:
        assert last_observed(history) == {}
        for said, place in [("first", places[0]), *[(f"{number}", places[1]) for number in range(20)]]:
            history.report_runless_asset_event(dg.AssetObservation(ACCEPTED, partition=place, metadata={"said": said}))
        told = {place: observed.metadata["said"].value for place, observed in last_observed(history).items()}
    assert told == dict(zip(places, ("first", "19"), strict=True))
