"""Detailed offences of a class: those assigned to none of them are a matter of recording, and may be what a change is of."""

import pandas as pd

from assets.reconciled.change.lines import Pair
from assets.reconciled.ground.code_validity import MAY_BE_THEIRS, OF_RECORDING, UNASSIGNED
from assets.tables.records import Record, records


class DetailedOffences:
    """Of `recorded.offence_count`: how many offences of a class each release assigns to no detailed offence of it."""

    def __init__(self, offences: pd.DataFrame) -> None:
        rest = offences[offences["offence_code"].str.endswith(UNASSIGNED) & offences["value"].notna()]
        self._unassigned = {_class(row): row["value"] for row in records(rest)}

    @staticmethod
    def refused(row: Record) -> str:
        """Why no change is given of those assigned to none; empty of all others."""
        if not str(row.get("offence_code")).endswith(UNASSIGNED):
            return ""
        return f"No change is given: {OF_RECORDING}"

    def caveats(self, pair: Pair) -> list[str]:
        """That as many are assigned to none as a detailed offence has changed by."""
        most = max(self._unassigned.get(_class(row), 0) for row in (pair.before, pair.after))
        if not most or most < abs(pair.after["value"] - pair.before["value"]):
            return []
        return [f"{most:,.0f} {MAY_BE_THEIRS}"]


def _class(row: Record) -> tuple[object, ...]:
    """Its class, period and release; of what is no detailed offence one that nothing is assigned of."""
    code, _, detail = str(row.get("offence_code")).partition(":")
    return code if detail else "", row["period_start"], row["period_end"], row["source"], row["release"]
