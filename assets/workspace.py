"""Where a refresh reads and writes: the folders, as a Dagster resource and as plain paths."""

from pathlib import Path

import dagster as dg


class Workspace(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folders of one data root.

    data:    tracked input (`figures/`, `reference/`, `sources.yaml`)
    landing: released files, as fetched or dropped in
    interim: staging area, lock and Dagster's own history
    output:  what people read
    """

    data: str
    landing: str
    interim: str
    output: str

    @property
    def data_path(self) -> Path:
        """The tracked input."""
        return Path(self.data)

    @property
    def landing_path(self) -> Path:
        """The released files."""
        return Path(self.landing)

    @property
    def staging_path(self) -> Path:
        """The staged Parquet files."""
        return Path(self.interim) / "staging"

    @property
    def lock_path(self) -> Path:
        """The lock that a refresh and publishing take."""
        return Path(self.interim) / "refresh.lock"

    @property
    def output_path(self) -> Path:
        """The published files."""
        return Path(self.output)
