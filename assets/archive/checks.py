"""Is what is held of each publication still the newest, as far as its calendar tells; and was everything that landed read?"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from assets.archive.identity.cadence import next_due
from assets.archive.set_aside import SET_ASIDE
from assets.tables.checking import CheckOutcome, Found, check, outcome
from assets.tables.records import Record, records
from schemas.row_types import FindingRow


def release_is_not_overdue(
    releases: pd.DataFrame, sources: Mapping[str, Mapping[str, Any]], today: datetime.date
) -> CheckOutcome:
    """The next release of every publication with a calendar is not due yet; a warning, since publishers are late too.

    releases: `meta.release`; sources: data/sources.yaml. The next one is due the cadence after the newest that is held.
    """
    newest: dict[str, Record] = {}
    for row in sorted(records(releases), key=lambda row: row["vintage_order"]):
        newest[row["source"]] = row
    checked, cases = 0, list[dict[str, object]]()
    for source, row in newest.items():
        due = next_due(row["released"], row["period_end"], str(sources.get(source, {}).get("cadence", "")))
        checked += due is not None
        if due is not None and due < today:
            cases.append(
                {
                    "publication": source,
                    "newest held": row["release"],
                    "next due": due,
                    "days overdue": (today - due).days,
                }
            )
    return outcome(
        "release_is_not_overdue", ["meta.release"], checked, cases, "the newest release that is due is held; see"
        " `darkfigure releases` and `darkfigure fetch`", warning=True,
    )  # fmt: skip


@check("meta.finding", {"findings": "meta.finding"}, warns=True)
def every_landed_file_was_read(findings: pd.DataFrame) -> Found:
    """No file, table or figure of a released file was set aside. A warning: everything else is published."""
    cases: list[dict[str, object]] = [
        {"where": row["place"], "found": row["evidence"], "handling": row["handling"]} for row in _refusals(findings)
    ]
    return len(findings), cases, "every file, table and figure that landed was read; what was set aside is named here"


CHECKS = [every_landed_file_was_read]


def _refusals(findings: pd.DataFrame) -> Sequence[FindingRow]:
    """The rows of `meta.finding` that say what was set aside, files first."""
    rows = [row for row in records(findings) if row["kind"] in SET_ASIDE]
    return sorted(rows, key=lambda row: (SET_ASIDE.index(row["kind"]), row["place"]))
