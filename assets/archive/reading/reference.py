"""What released files are read against."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from assets.archive.reading.layout_tables import pairs
from assets.archive.reading.names import PrintedNames, area_names

FORCES = ("police_force", "special_force")


@dataclass(frozen=True)
class Reference:
    """The data folder, for layouts, and `reference.series`, `reference.offence` and `reference.area`."""

    data: Path
    series: pd.DataFrame
    offences: pd.DataFrame
    areas: pd.DataFrame

    @cached_property
    def area_aliases(self) -> Mapping[str, str]:
        """Further printed names of areas -> code."""
        return pairs(self.data, "area_names", "printed", "area_code")

    @cached_property
    def name_of_area(self) -> Mapping[str, str]:
        """Code of an area -> its name."""
        return dict(zip(self.areas["area_code"], self.areas["name"], strict=True))

    @cached_property
    def name_of_offence(self) -> Mapping[str, str]:
        """Code of an offence -> its name."""
        return dict(zip(self.offences["offence_code"], self.offences["name"], strict=True))

    def places(self, *kinds: str) -> PrintedNames:
        """Areas of some kinds by name."""
        return area_names(self.areas, self.area_aliases, kinds)

    def forces(self) -> PrintedNames:
        """Police forces and the British Transport Police by name."""
        return self.places(*FORCES)

    def codes(self) -> PrintedNames:
        """Offences by code, with the combined codes of the open data."""
        known = {code: code for code in self.offences["offence_code"]}
        aliases = pairs(self.data, "ho_prc_pfa/offence_codes", "printed", "offence_code")
        return PrintedNames(known, "offence code", "data/reference/offence.csv", aliases)

    def groups(self) -> PrintedNames:
        """Offence groups and subgroups by the labels of the rolling-year table."""
        aliases = pairs(self.data, "ho_prc_pfa/offence_groups", "printed", "offence_code")
        return PrintedNames({}, "offence group", "data/layouts/ho_prc_pfa/offence_groups.csv", aliases, by_words=True)
