"""The I/O manager: every table is staged as Parquet, exactly in its declared types."""

from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from assets.tables import staging
from schemas.registry import contract


@dataclass(frozen=True)
class StagedParquet(dg.IOManager):
    """Stages tables below `folder` and gives them back; one that is staged already is left as it is."""

    folder: str

    def handle_output(self, context: dg.OutputContext, obj: staging.Handed | staging.Staged) -> None:
        """Stage what was made now."""
        table = contract(".".join(context.asset_key.path))
        if isinstance(obj, staging.Handed):
            staging.write(Path(self.folder), obj)
        context.add_output_metadata(
            {
                "dagster/uri": dg.MetadataValue.path(str(staging.staged_path(Path(self.folder), table))),
                "content_hash": obj.content_hash,
            }
        )

    def load_input(self, context: dg.InputContext) -> staging.Staged:
        """The staged table; its rows are read where they are asked for."""
        return staging.read(Path(self.folder), contract(".".join(context.asset_key.path)))
