"""What a reader of open data gives back: rows, what it noticed and did not repair, and what it left out by name."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

Finding = dict[str, Any]


@dataclass(frozen=True)
class Release:
    """The release that a file belongs to, as the rows of its figures name it.

    source:  key of the publication
    release: key of the release
    designation:   standing of the statistic (a code of `DESIGNATION`)
    url:     where the file was read; None where it was dropped in by hand
    """

    source: str
    release: str
    designation: str
    url: str | None = None


@dataclass
class Reading:
    """The result of reading one file.

    frame:    the rows, in the columns of the table they are for, without row ids
    findings: rows of `meta.finding` without row ids
    left_out: what stands in the file and is no row here: `what`, `why`, `rows`
    """

    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)


def finding(kind: str, severity: str, place: str, evidence: str, handling: str) -> Finding:
    """One row of `meta.finding`, not tied to a row of a table."""
    return {
        "kind": kind, "severity": severity, "place": place, "evidence": evidence, "handling": handling, "inputs": [],
    }  # fmt: skip
