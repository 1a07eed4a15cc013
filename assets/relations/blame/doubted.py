"""What is doubted so far: each finding with its reason, but for the figures that an acknowledgement lets through."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import pandas as pd

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.tables.records import records
from schemas.row_types import DoubtRow
from schemas.rows import AnyRow

SHIFT, SWAP, LINE = "block shift", "swap", "column or row"
LABEL, RENAMED, RESTING, BESIDE = "label", "renamed", "resting", "beside"
TRANSCRIBED, UNREVISED = "transcribed otherwise", "not revised"


@dataclass(frozen=True)
class DoubtedTogether:
    """Some figures that are in doubt together: how they were located and why.

    ties: how many may explain it as well, all figures if not given; failing: how many relations of them fail, all that do if
    not given; fits: for some figures, the period that they fit
    """

    how: str
    reason: str
    figures: Collection[int]
    ties: int | None = None
    failing: int | None = None
    fits: Mapping[int, str] = field(default_factory=dict)


class Doubted:
    """Rows of `archive.doubt` but for their row ids, and the figures in them.

    fails: in how many relations each figure fails; acknowledged: `reference.acknowledged`
    """

    def __init__(self, engine: Engine, acknowledged: pd.DataFrame, fails: Mapping[int, int]) -> None:
        self.rows: list[DoubtRow] = []
        self.figures: set[int] = set()
        self._engine, self._acknowledged, self._fails = engine, records(acknowledged), Counter(fails)
        self._about: dict[int, AnyRow] = {}
        self._found: dict[str, set[int]] = defaultdict(set)

    def found(self, *how: str) -> set[int]:
        """The figures of the findings that are called so."""
        return set[int]().union(*(self._found[name] for name in how))

    def add(self, *findings: DoubtedTogether) -> None:
        """Doubt the figures of some findings; those that are let through in what a finding is called stand."""
        self.about({fid for finding in findings for fid in finding.figures})
        for fault in findings:
            figures = {*fault.figures}
            figures -= self.let_through(figures, {fault.how})[fault.how]
            self.figures |= figures
            self._found[fault.how] |= figures
            self.rows += [self._row(fid, fault) for fid in sorted(figures)]

    def about(self, figures: Collection[int]) -> Mapping[int, AnyRow]:
        """What some figures are, by number."""
        if new := {*figures} - self._about.keys():
            rows = self._engine.ask(
                f"select fid, row_id, source, release, sheet, cell, printed from figure where fid in {sql_numbers(new)}"
            )
            self._about |= {row["fid"]: row for row in rows}
        return {fid: self._about[fid] for fid in figures}

    def let_through(self, figures: Collection[int], relations: Collection[str]) -> Mapping[str, set[int]]:
        """Relation, or how a finding is called -> figures that an acknowledgement lets through in it; all may be patterns (`*`,
        and `|` between two)."""
        acknowledged: dict[str, set[int]] = defaultdict(set)
        for record in self._acknowledged:
            patterns = record["relation"].split("|")
            for relation in [name for name in relations if any(fnmatchcase(name, pattern) for pattern in patterns)]:
                acknowledged[relation] |= {fid for fid, row in self.about(figures).items() if _is_of(row, record)}
        return acknowledged

    def _row(self, fid: int, finding: DoubtedTogether) -> DoubtRow:
        about = self._about[fid]
        return {
            "figure": about["row_id"], "source": about["source"], "release": about["release"], "sheet": about["sheet"],
            "cell": about["cell"], "how": finding.how, "fits": finding.fits.get(fid), "reason": finding.reason,
            "failing": self._fails[fid] if finding.failing is None else finding.failing,
            "ties": finding.ties or len(finding.figures),
        }  # fmt: skip


def _is_of(figure: AnyRow, acknowledged: AnyRow) -> bool:
    return (
        fnmatchcase(f"{figure['source']}@{figure['release']}", acknowledged["release"])
        and fnmatchcase(figure["row_id"], acknowledged["figure"])
        and (acknowledged["printed"] is None or figure["printed"] in acknowledged["printed"].split("|"))
    )
