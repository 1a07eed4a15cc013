"""The I/O manager: every table is staged as Parquet, exactly in its declared types."""

from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pandas as pd

from assets.tables import staging
from schemas.registry import contract


@dataclass(frozen=True)
class StagedParquet(dg.IOManager):
    """Stages frames below `folder` and reads them back; refuses a frame that is not of the declared types."""

    folder: str

    def handle_output(self, context: dg.OutputContext, obj: staging.Handed) -> None:
        """Stage the frame with its fingerprint and those of its inputs, unless it is what is staged."""
        table = contract(".".join(context.asset_key.path))
        frame = obj.take()
        rows = len(frame)
        if not obj.staged:
            staging.write(Path(self.folder), table, frame, frame.attrs["inputs"], obj.content)
        del frame
        staging.give_back(rows)
        context.add_output_metadata(
            {
                "dagster/uri": dg.MetadataValue.path(str(staging.staged_path(Path(self.folder), table))),
                "content_hash": obj.content,
            }
        )

    def load_input(self, context: dg.InputContext) -> pd.DataFrame:
        """The staged frame, with its fingerprint in `attrs`."""
        staged = staging.read(Path(self.folder), contract(".".join(context.asset_key.path)))
        frame = staging.to_frame(staged.table)
        frame.attrs |= {"content_hash": staged.content_hash, "origins": staged.origins}
        return frame
