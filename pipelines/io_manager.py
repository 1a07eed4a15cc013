"""The I/O manager: every table is staged as Parquet, exactly in its declared types."""

import gc
from pathlib import Path

import dagster as dg
import pandas as pd
import pyarrow as pa

from assets import staging
from schemas.registry import contract

MUCH = 64 * 1024 * 1024


class StagedParquet(dg.ConfigurableIOManager):
    """Stages frames below `folder` and reads them back; refuses a frame that is not of the declared types."""

    folder: str

    def handle_output(self, context: dg.OutputContext, obj: staging.Handed) -> None:
        """Stage the frame with its fingerprint and those of its inputs."""
        table = contract(".".join(context.asset_key.path))
        frame = obj.take()
        content = staging.write(Path(self.folder), table, frame, frame.attrs["inputs"])
        del frame
        # Dagster lets go of a step's inputs in a cycle: large ones would add up until Python looks by itself.
        if pa.total_allocated_bytes() > MUCH:
            gc.collect()
        # Arrow keeps freed memory for later; the next table should not come on top of what this one needed.
        pa.default_memory_pool().release_unused()
        context.add_output_metadata(
            {
                "dagster/uri": dg.MetadataValue.path(str(staging.staged_path(Path(self.folder), table))),
                "content_hash": content,
            }
        )

    def load_input(self, context: dg.InputContext) -> pd.DataFrame:
        """The staged frame, with its fingerprint in `attrs`."""
        staged = staging.read(Path(self.folder), contract(".".join(context.asset_key.path)))
        frame = staging.to_frame(staged.table)
        frame.attrs |= {"content_hash": staged.content_hash, "origins": staged.origins}
        return frame
