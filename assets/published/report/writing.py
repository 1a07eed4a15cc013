"""Write the page beside the published file."""

from pathlib import Path

from assets.published.replacing import replace
from assets.published.report.page import report

PLACE = Path("report") / "index.html"


def write_report(file: Path, output: Path) -> Path:
    """Make the page over a published file and put it at `output/report/index.html` in one step; returns where it stands."""
    text = report(file)
    return replace(output / PLACE, lambda path: path.write_text(text, encoding="utf-8"))
