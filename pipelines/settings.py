"""What is set: the data root and whether downloads are on, by the environment; and whose clock schedules go by."""

import os
from pathlib import Path

from assets.tables.workspace import Workspace

CHECKOUT = Path(__file__).resolve().parent.parent
DATA_VARIABLE = "DARKFIGURE_DATA"
DOWNLOADS = "DARKFIGURE_DOWNLOADS"
LONDON = "Europe/London"


def downloads() -> bool:
    """Are downloads by a schedule switched on? They need the network, so only where somebody says so."""
    return os.environ.get(DOWNLOADS, "").strip().lower() in ("on", "1", "yes", "true")


def settings(data: Path | None = None, landing: Path | None = None, output: Path | None = None) -> Workspace:
    """The folders by arguments, else DARKFIGURE_DATA, else the checkout."""
    root = (data or Path(os.environ.get(DATA_VARIABLE) or CHECKOUT / "data")).resolve()
    return Workspace(root, (landing or root / "landing").resolve(), (output or root / "output").resolve())
