"""Shorthand in square brackets: markers that stand in a figure's place, and marks that stand beside a figure or a label."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets.archive.reading.layout_tables import layout

NUMBER = re.compile(r"\d[\d,]*")
INNER_SPACE = re.compile(r"(?<=\[)\s+|\s+(?=\])")


@dataclass(frozen=True)
class Marks:
    """What shorthand means; everything is folded to small letters without spaces inside the brackets.

    instead: marker in a figure's place -> status of the figure; it never has a value
    beside:  mark that stands beside a figure or with a label -> its meaning
    of_changes: are the figures changes, which may be below nought
    """

    instead: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    of_changes: bool = False

    def stands_for(self, printed: str) -> str | None:
        """The status of a figure in the place of which this stands; in "<#" and "# to #" a # is any number."""
        marker = folded(printed)
        return self.instead.get(marker) or self.instead.get(NUMBER.sub("#", marker))


def marks(data: Path) -> Marks:
    """The shorthand of data/layouts/markers.csv."""
    rows = layout(data, "markers")
    return Marks(
        {folded(row["printed"]): row["obs_status"] for row in rows if row["obs_status"]},
        {folded(row["printed"]): row["meaning"] for row in rows if row["beside_a_figure"] == "yes"},
    )


def folded(printed: str) -> str:
    """`[ X ]` as `[x]`."""
    return INNER_SPACE.sub("", printed.strip()).casefold()
