"""Where things stand: the data root and the folders below it."""

import datetime
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assets.tables.workspace import Workspace

CHECKOUT = Path(__file__).resolve().parent.parent
DATA_VARIABLE = "DARKFIGURE_DATA"
HOME_VARIABLE = "DAGSTER_HOME"
RETURNS_VARIABLE = "DARKFIGURE_RETURNS"
DOWNLOADS = "DARKFIGURE_DOWNLOADS"


def downloads() -> bool:
    """Are downloads by a schedule switched on? They need the network, so only where somebody says so."""
    return os.environ.get(DOWNLOADS, "").strip().lower() in ("on", "1", "yes", "true")


@dataclass(frozen=True)
class Settings:
    """The folders of a run: `data` is the root, the others lie in it unless they are named; `as_of` is a day of the past."""

    data: Path
    landing: Path
    output: Path
    as_of: datetime.date | None = None

    @property
    def interim(self) -> Path:
        """Staging area, lock and history."""
        return self.data / "interim"

    @property
    def returns(self) -> Path:
        """Inbox of force returns: DARKFIGURE_RETURNS, else below the data root."""
        return Path(os.environ.get(RETURNS_VARIABLE) or self.data / "returns").resolve()

    @property
    def dagster_home(self) -> Path:
        """Dagster's own history: DAGSTER_HOME, else below the data root."""
        return Path(os.environ.get(HOME_VARIABLE) or self.interim / "dagster")

    @property
    def lock_path(self) -> Path:
        """The lock that a refresh and publishing take; a day of the past has its own."""
        return (self.interim / f"as-of-{self.as_of}" if self.as_of else self.interim) / "refresh.lock"

    @property
    def published_path(self) -> Path:
        """The DuckDB file that people open."""
        return self.output / (f"darkfigure-as-of-{self.as_of}.duckdb" if self.as_of else "darkfigure.duckdb")

    def workspace(self) -> "Workspace":
        """The folders as the resource that assets take."""
        from assets.tables.workspace import Workspace  # it brings Dagster, for which `show` and `explain` do not wait

        return Workspace(
            data=str(self.data),
            landing=str(self.landing),
            interim=str(self.interim),
            output=str(self.output),
            returns=str(self.returns),
            as_of=self.as_of.isoformat() if self.as_of else "",
        )


def settings(data: Path | None = None, landing: Path | None = None, output: Path | None = None) -> Settings:
    """Settings from arguments, else DARKFIGURE_DATA, else the checkout."""
    root = (data or Path(os.environ.get(DATA_VARIABLE) or CHECKOUT / "data")).resolve()
    return Settings(root, (landing or root / "landing").resolve(), (output or root / "output").resolve())
