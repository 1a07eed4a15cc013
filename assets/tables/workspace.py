"""Where a refresh reads and writes: the folders as plain paths, which no run can set otherwise."""

import datetime
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """The folders of one data root.

    data:    tracked input (`figures/`, `reference/`, `sources.yaml`)
    landing: released files, as fetched or dropped in
    interim: staging area, lock and Dagster's own history
    output:  what people read
    returns: inbox of force returns, as they were sent
    as_of:   day (yyyy-mm-dd) of which the state of knowledge is rebuilt, with an interim folder of its own; empty for now
    """

    data: str
    landing: str
    interim: str
    output: str
    returns: str = ""
    as_of: str = ""

    @property
    def day(self) -> datetime.date | None:
        """The day of `as_of`; None for now."""
        return datetime.date.fromisoformat(self.as_of) if self.as_of else None

    @property
    def interim_path(self) -> Path:
        """The folder of what a refresh makes on its way; a day of the past has its own."""
        return Path(self.interim) / f"as-of-{self.as_of}" if self.as_of else Path(self.interim)

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
        return self.interim_path / "staging"

    @property
    def returns_path(self) -> Path:
        """The inbox of force returns."""
        return Path(self.returns) if self.returns else Path(self.data) / "returns"

    @property
    def returns_store_path(self) -> Path:
        """What was made of force returns; the same for every day."""
        return Path(self.interim) / "returns"

    @property
    def readings_path(self) -> Path:
        """The kept readings of released files, whatever day they are read as of."""
        return Path(self.interim) / "readings"

    @property
    def lock_path(self) -> Path:
        """The lock that a refresh and publishing take."""
        return self.interim_path / "refresh.lock"

    @property
    def output_path(self) -> Path:
        """The published files; what is built of a day of the past stays in its interim folder, away from the builds of now."""
        return self.interim_path / "output" if self.as_of else Path(self.output)

    @property
    def published_path(self) -> Path:
        """The DuckDB file that people open."""
        return Path(self.output) / (f"darkfigure-as-of-{self.as_of}.duckdb" if self.as_of else "darkfigure.duckdb")
