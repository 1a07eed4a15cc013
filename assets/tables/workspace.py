"""Where a refresh reads and writes: the data root and the folders below it."""

import datetime
import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "DAGSTER_HOME"
RETURNS_VARIABLE = "DARKFIGURE_RETURNS"


@dataclass(frozen=True)
class Workspace:
    """The folders of one data root; those that are not named lie in it.

    data:    tracked input (`figures/`, `reference/`, `sources.yaml`)
    landing: released files, as fetched or dropped in
    output:  what people read
    as_of:   day of the past of which the state of knowledge is rebuilt, with an interim folder of its own; None for now
    """

    data: Path
    landing: Path
    output: Path
    as_of: datetime.date | None = None

    @property
    def interim(self) -> Path:
        """What is made on the way, and the history, whatever the day."""
        return self.data / "interim"

    @property
    def interim_of_day(self) -> Path:
        """The folder of what a refresh makes on its way; a day of the past has its own."""
        return self.interim / f"as-of-{self.as_of}" if self.as_of else self.interim

    @property
    def staging_path(self) -> Path:
        """The staged Parquet files."""
        return self.interim_of_day / "staging"

    @property
    def returns(self) -> Path:
        """The inbox of force returns: DARKFIGURE_RETURNS, else below the data root."""
        return Path(os.environ.get(RETURNS_VARIABLE) or self.data / "returns").resolve()

    @property
    def returns_store(self) -> Path:
        """What was made of force returns; the same for every day."""
        return self.interim / "returns"

    @property
    def readings_path(self) -> Path:
        """The kept readings of released files, whatever day they are read as of."""
        return self.interim / "readings"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own history: DAGSTER_HOME, else below the data root."""
        return Path(os.environ.get(HOME_VARIABLE) or self.interim / "dagster")

    @property
    def lock_path(self) -> Path:
        """The lock that a refresh and publishing take."""
        return self.interim_of_day / "refresh.lock"

    @property
    def output_of_day(self) -> Path:
        """The published files; what is built of a day of the past stays in its interim folder, away from the builds of now."""
        return self.interim_of_day / "output" if self.as_of else self.output

    @property
    def published_path(self) -> Path:
        """The DuckDB file that people open."""
        return self.output / (f"darkfigure-as-of-{self.as_of}.duckdb" if self.as_of else "darkfigure.duckdb")
