"""A return that is unlike others is told so where people look: in its own report and at its partition in the UI."""

import json

import dagster as dg
import pandas as pd
import pytest
from kit import Built

from assets.collection.acknowledged import ACKNOWLEDGED
from assets.published.assets_report import TELLS
from assets.reference.read import read_reference
from assets.returns.assets_returns import ACCEPTED
from assets.returns.file.manifest import MANIFEST
from assets.returns.intake.intake import source_of, take_in
from assets.returns.rules.rules import read_rules
from assets.returns.supply.seal import seal
from assets.returns.synthetic.make import Plan, make
from assets.tables.contracted import asset_key
from pipelines.composition import definitions
from pipelines.jobs import TAKE_IN
from pipelines.settings import settings

pytestmark = pytest.mark.long

QUARTERS, PLACE = ("2022-04", "2022-07", "2022-10"), "2022-10|kent"
NOWHERE = "It counts nowhere"


def test_a_return_that_counts_nowhere_is_told_in_its_report_and_at_its_partition(built_copy: Built) -> None:
    root = built_copy.root  # of which only the collection is made anew
    place = settings(root)
    source = source_of(place, read_rules(root))
    folders = make(source.inbox, Plan(("kent",), QUARTERS, rows=30_000, aggregate=("kent",)))
    [last] = [folder for folder in folders if folder.name == QUARTERS[-1]]
    filled = json.loads((last / MANIFEST).read_text(encoding="utf-8"))
    rows = pd.read_csv(last / filled["file"], dtype=str, keep_default_na=False)
    rows.assign(offences=rows["offences"] + "00").to_csv(last / filled["file"], index=False, lineterminator="\n")
    seal(last, filled)
    for quarter in QUARTERS:
        assert take_in(source, "kent", quarter)[-1].accepted
    instance, defs = dg.DagsterInstance.ephemeral(), definitions(place)
    job = defs.get_job_def("refresh")
    pages_beside = {"report", "site", "spreadsheets"}  # which tell nothing of returns
    graph, acknowledgements = defs.resolve_asset_graph(), asset_key(ACKNOWLEDGED)
    made_of_them = dg.AssetSelection.assets(ACCEPTED, acknowledgements).downstream().resolve(graph)
    wanted = [key for key in made_of_them & job.asset_layer.executable_asset_keys if key.path[-1] not in pages_beside]

    def published() -> dict[str, str]:
        """What the history says of each partition, after the tables were made anew and told."""
        made = job.execute_in_process(instance=instance, raise_on_error=False, asset_selection=wanted)
        assert made.success
        found = instance.fetch_observations(ACCEPTED, limit=100).records
        newest = {str(row.partition_key): row.asset_observation.metadata["counts"].value for row in reversed(found)}  # type: ignore[union-attr]
        assert all(TELLS in (row.asset_observation.tags or {}) for row in found)  # type: ignore[union-attr]
        return newest  # type: ignore[return-value]

    def pages() -> list[str]:
        store = source.store
        return [
            (store.folder(store.held("kent", quarter)[-1]) / "report.html").read_text(encoding="utf-8")
            for quarter in QUARTERS
        ]

    sensors = dg.build_sensor_context(instance=instance, definitions=defs, resources={"workspace": place})

    def colour() -> bool | None:
        """Is the partition made, after the run that the sensor asks for?"""
        asked = defs.get_sensor_def("returns").evaluate_tick(sensors).run_requests or []
        [mine] = [one for one in asked if one.partition_key == PLACE]
        ran = defs.get_job_def(TAKE_IN).execute_in_process(instance=instance, partition_key=PLACE, raise_on_error=False)
        assert mine.run_key and all(one.run_key != mine.run_key for one in asked if one is not mine)
        return ran.success and PLACE in instance.get_materialized_partitions(ACCEPTED)

    # A command has taken them in. In the UI a partition of which nothing is said is one of which nothing has come.
    assert published() == {PLACE: "counts nowhere"}
    assert instance.get_materialized_partitions(ACCEPTED) == {f"{quarter}|kent" for quarter in QUARTERS[:2]}
    assert not colour()
    first = pages()
    assert [NOWHERE in page for page in first] == [False, False, True] and "C09" in first[-1]
    assert all(page.count("<h1>") == page.count("</html>") == 1 for page in first)

    def told() -> list[int]:
        """How many events the partitions have."""
        return [
            len(ask(ACCEPTED, limit=100).records)
            for ask in (instance.fetch_observations, instance.fetch_materializations)
        ]

    before = told()
    published()
    assert pages() == first and told() == before, "nothing changed"
    # Somebody acknowledges it: it counts, and both say so.
    [judged] = source.store.held("kent", QUARTERS[-1])
    acknowledged = read_reference(root, ACKNOWLEDGED)
    rows = [
        {"return_id": judged.return_id, "rule": rule, "reason": "as counted", "citation": "SYNTHETIC", "who": "registrar",
         "day": "2023-02-01"}
        for rule in ("C02", "C09")
    ]  # fmt: skip
    pd.concat([acknowledged, pd.DataFrame(rows)])[list(rows[0])].to_csv(
        root / "reference" / "acknowledged_return.csv", index=False, lineterminator="\n"
    )
    assert published() == {PLACE: "counts"}
    assert colour()
    assert NOWHERE not in pages()[-1] and "as counted (registrar, 2023-02-01)" in pages()[-1]
