"""What the UI says of every asset, job, schedule and sensor before anything has run."""

import re
from pathlib import Path

import dagster as dg
import pytest

from assets.tables.contracted import asset_key
from pipelines.composition import definitions
from pipelines.settings import settings
from schemas.registry import CONTRACTS


@pytest.fixture(scope="module")
def defs(data_root: Path) -> dg.Definitions:
    return definitions(settings(data_root))


def test_the_published_file_waits_for_every_table_by_the_fewest_edges(defs: dg.Definitions) -> None:
    graph, warehouse = defs.resolve_asset_graph(), dg.AssetKey(["published", "warehouse"])
    parents = graph.get(warehouse).parent_keys
    assert {asset_key(key) for key in CONTRACTS} <= graph.get_ancestor_asset_keys(warehouse)
    assert not any(graph.get_ancestor_asset_keys(parent) & parents for parent in parents)


def test_every_asset_says_who_owns_it_what_it_is_made_with_and_where_its_code_is(defs: dg.Definitions) -> None:
    for spec in (spec for one in defs.assets or () for spec in one.specs):
        name = spec.key.to_user_string()
        assert spec.description and len(spec.description) > 40 and spec.owners, name
        assert spec.kinds and spec.group_name, name
        [link] = spec.metadata["dagster/code_references"].code_references
        line = Path(link.file_path).read_text(encoding="utf-8").splitlines()[link.line_number - 1]
        assert re.match(r"\s*(def|@)", line), f"{name}: {line}"
    graph = defs.resolve_asset_graph()
    assert graph.get(asset_key("recorded.flagged_count")).owners == ["team:darkfigure"]
    assert graph.get(dg.AssetKey(["landing", "ons_pfa"])).owners == ["team:Office for National Statistics"]
    assert graph.get(asset_key("recorded.flagged_count")).tags["source/ons_appendix"] == "ye-2025-12"
    assert graph.get(asset_key("recorded.vawg_count")).tags["licence"] == "OGL-v3.0-and-quoted-figures"
    assert graph.get(dg.AssetKey(["landing", "ons_pfa"])).tags["licence"] == "OGL-v3.0"
    assert not [tag for tag in graph.get(asset_key("reference.rule")).tags if tag.startswith("source/")]


def test_code_links_lead_to_the_repository_where_it_is_named(monkeypatch: pytest.MonkeyPatch, data_root: Path) -> None:
    monkeypatch.setenv("DARKFIGURE_GIT_URL", "https://github.com/somebody/darkfigure")
    graph = definitions(settings(data_root)).resolve_asset_graph()
    [link] = graph.get(asset_key("reconciled.gap")).metadata["dagster/code_references"].code_references
    assert link.url.startswith("https://github.com/somebody/darkfigure/tree/main/assets/reconciled/gap/gap.py#L")


def test_jobs_schedules_and_sensors_say_what_they_do(defs: dg.Definitions) -> None:
    named = [*(defs.jobs or ()), *(defs.schedules or ()), *(defs.sensors or ())]
    assert len(named) >= 7 and all(one.description and len(one.description) > 40 for one in named)
