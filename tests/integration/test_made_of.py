"""Inside a run a table is made again only where something that it is made of has changed."""

from collections.abc import Mapping
from pathlib import Path

import dagster as dg
import pytest
from kit import Built

from assets.tables import staging
from assets.tables.contracted import asset_key
from assets.tables.made_of import ANEW, made_of
from pipelines.composition import definitions
from pipelines.jobs import REFRESH
from pipelines.settings import settings
from schemas.registry import contract

# One that reads tracked data alone, and one that reads none.
TRACKED, DERIVED = "reference.threat", "population.estimate"


def made(root: Path, *keys: str, tags: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the materialisations of some tables say of their making; the rest of the staging area stays."""
    with dg.DagsterInstance.ephemeral() as instance:
        result = (
            definitions(settings(root))
            .resolve_job_def(REFRESH)
            .execute_in_process(
                instance=instance, asset_selection=[asset_key(key) for key in keys], tags=dict(tags or {})
            )
        )
        return {
            ".".join(event.asset_key.path): str(event.materialization.metadata["made"].value)[:3]
            for event in result.get_asset_materialization_events()
            if event.asset_key and ".".join(event.asset_key.path) in keys
        }


def staged_at(root: Path, key: str) -> int:
    return staging.staged_path(root / "interim" / "staging", contract(key)).stat().st_mtime_ns


def test_what_is_made_of_the_same_is_not_made_again(built_copy: Built) -> None:
    before = staged_at(built_copy.root, TRACKED)
    assert made(built_copy.root, TRACKED, DERIVED) == {TRACKED: "not", DERIVED: "not"}
    assert staged_at(built_copy.root, TRACKED) == before
    assert made(built_copy.root, TRACKED, DERIVED, tags={ANEW: "true"}) == {TRACKED: "now", DERIVED: "now"}
    assert staged_at(built_copy.root, TRACKED) > before


def test_tracked_data_another_input_and_a_lost_table_are_seen(built_copy: Built) -> None:
    root = built_copy.root
    (root / "reference" / "note.txt").write_text("SYNTHETIC: any file below the data folder may be read by any table")
    assert made(root, TRACKED, DERIVED) == {TRACKED: "now", DERIVED: "now"}
    assert made(root, TRACKED, DERIVED) == {TRACKED: "not", DERIVED: "not"}
    folder, given = root / "interim" / "staging", contract("archive.figure")
    figures = staging.read_staged(folder, given).frame
    staging.stage(folder, given, figures.iloc[1:], {})
    assert made(root, TRACKED, DERIVED) == {TRACKED: "not", DERIVED: "now"}
    staging.staged_path(folder, contract(TRACKED)).unlink()
    assert made(root, TRACKED) == {TRACKED: "now"}


@pytest.mark.parametrize("folder", ["landing", "returns", "output"])
def test_what_looks_at_released_files_returns_or_an_earlier_build_is_always_made(
    built_copy: Built, folder: str
) -> None:
    place = settings(built_copy.root)
    (place.data / folder).mkdir(exist_ok=True)
    assert made_of(place, ["reference"], {}, "a run")
    assert made_of(place, [folder, "reference"], {}, "a run") == ""


@pytest.mark.parametrize("content", [b"", b"PAR1"])
def test_a_staged_table_that_cannot_be_read_is_made_again(built_copy: Built, content: bytes) -> None:
    staging.staged_path(built_copy.root / "interim" / "staging", contract(TRACKED)).write_bytes(content)
    assert made(built_copy.root, TRACKED) == {TRACKED: "now"}
