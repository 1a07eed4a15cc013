"""Write data/figures/datapackage.json anew: `python -m assets.published.tables.describe_figures`."""

from pathlib import Path

from assets.archive.tracked.described import DESCRIPTION
from assets.archive.tracked.figures import FOLDER
from assets.published.replacing import replace
from assets.published.tables.package import figures_package, json_text

DATA = Path(__file__).resolve().parents[3] / "data"


def describe(data: Path = DATA) -> Path:
    """Write the description of the figures of a data root; returns where it stands."""
    text = json_text(figures_package(data))
    return replace(data / FOLDER / DESCRIPTION, lambda path: path.write_text(text, encoding="utf-8"))


if __name__ == "__main__":
    print(describe())
