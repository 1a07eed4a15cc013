"""The jobs: everything anew, or only the publishing of what is staged."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

REFRESH = "refresh"
PUBLISH = "publish"


def jobs(hooks: Set[dg.HookDefinition]) -> list[UnresolvedAssetJobDefinition]:
    """`refresh` makes every table and publishes; `publish` publishes what is staged."""
    return [
        dg.define_asset_job(
            REFRESH,
            selection=dg.AssetSelection.all(),
            hooks=set(hooks),
            description="Make every table anew and publish.",
        ),
        dg.define_asset_job(
            PUBLISH,
            selection=dg.AssetSelection.groups("published"),
            hooks=set(hooks),
            description="Audit and publish what is staged, without making it anew.",
        ),
    ]
