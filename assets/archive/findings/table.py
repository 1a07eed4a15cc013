"""What was noticed in the published figures and not repaired."""

import datetime
from collections import defaultdict
from pathlib import Path

import pandas as pd

from assets.archive.findings.in_words import Names
from assets.archive.findings.transcription import absent_findings, force_findings, transcription_findings
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import finding
from assets.archive.tracked.described import described_findings
from assets.archive.tracked.figures import transcribed_figures
from assets.tables.conform import framed, given_columns
from assets.tables.records import Record, grouped, records
from assets.words.wording import number_of
from schemas.registry import CONTRACTS
from schemas.row_types import FindingRow

PREFIXES = {table.prefix for table in CONTRACTS.values()}
# How many figures a finding names as rows, and how many in words.
NAMED, SAID = 20, 4
HANDLED = {
    "doubted": "The figures to blame are doubted (archive.doubt); all are kept as printed.",
    "acknowledged": "All of its figures are let through with a reason and a citation (reference.acknowledged).",
    "told": "All are kept as printed, each as its own series.",
}
FINDINGS = "meta.finding"


def findings(
    data: Path,
    agreements: pd.DataFrame,
    doubts: pd.DataFrame,
    relations: pd.DataFrame,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    releases: pd.DataFrame,
    landed: pd.DataFrame,
    landed_figures: pd.DataFrame,
    landed_counts: pd.DataFrame,
    as_of: datetime.date | None = None,
) -> pd.DataFrame:
    """Rows of `meta.finding`: what was noticed in released files, in transcribed figures and tables, and of releases.

    agreements: `meta.relation`; doubts: `archive.doubt`; the others: of `reference` and `archive`.
    """
    noticed = records(landed[given_columns(FINDINGS)])
    failing = agreements[~agreements["agrees"]]
    otherwise = list[FindingRow]()
    if len(landed_figures):
        transcribed = transcribed_figures(data, as_of)
        otherwise += transcription_findings(transcribed, landed_figures) + absent_findings(transcribed, landed_figures)
    otherwise += described_findings(data)
    otherwise += force_findings(data, (landed_figures, landed_counts), as_of)
    cells = dict(zip(doubts["figure"], doubts["cell"].fillna(""), strict=True))
    names = Names(Reference(data, series, offences, areas), cells)
    rows = [
        *(
            {**row, "evidence": names.worded(row["evidence"]), "handling": names.worded(row["handling"])}
            for row in (*noticed, *otherwise)
        ),
        *_disagreements(records(failing), records(relations), records(doubts), names),
        *_doubted(records(doubts), names),
        *_release_notes(records(releases)),
    ]
    return framed(rows, FINDINGS)


def _disagreements(
    agreements: list[Record], relations: list[Record], doubts: list[Record], names: Names
) -> list[FindingRow]:
    """Relations that fail, one finding per relation and table of a release, acknowledged ones apart."""
    says = {row["relation"]: row for row in relations}
    doubted = {row["figure"] for row in doubts}
    failing: dict[tuple[str, str, str, str, str], list[Record]] = defaultdict(list)
    for row in agreements:
        located = not doubted.isdisjoint([row["figure"], *row["others"]])
        how = "told" if not says[row["relation"]]["blames"] else "doubted" if located else "acknowledged"
        failing[row["relation"], row["source"], row["release"], row["sheet"], how].append(row)
    return [
        finding(
            "does_not_agree", "warning" if how == "doubted" else "info",
            f"{source}@{release}, {sheet}, {relation}" + (", acknowledged" if how == "acknowledged" else ""),
            f"{says[relation]['says']} Not so for {len(rows)}: {_expected(rows, names)}", HANDLED[how], _held(rows),
        )
        for (relation, source, release, sheet, how), rows in failing.items()
    ]  # fmt: skip


def _held(rows: list[Record]) -> list[str]:
    """The first figures that are rows of a table: a sum that only a relation makes, as of outcomes, stands in none."""
    return [row["figure"] for row in rows if row["figure"].split(":")[0] in PREFIXES][:NAMED]


def _expected(rows: list[Record], names: Names) -> str:
    """The first figures that do not agree, and what the others expect of them."""
    return "; ".join(map(names.against, rows[:SAID])) + (f"; and {len(rows) - SAID} more." if len(rows) > SAID else ".")


def _doubted(doubts: list[Record], names: Names) -> list[FindingRow]:
    """Doubted figures, one finding per table of a release and way in which they were located."""
    tables = grouped(doubts, lambda row: (row["source"], row["release"], row["sheet"], row["how"]))
    return [
        finding(
            "figures_doubted", "error" if how == "block shift" else "warning", f"{source}@{release}, {sheet}, {how}",
            f"{number_of(len(rows), 'figure')}, first {names.figure(rows[0]['figure'])}: {rows[0]['reason']}",
            "Kept as printed; no result uses them while an undoubted release is held. An acknowledgement with a citation"
            " (data/reference/acknowledged.csv) lets one through.",
            _held(rows),
        )
        for (source, release, sheet, how), rows in tables.items()
    ]  # fmt: skip


def _release_notes(releases: list[Record]) -> list[FindingRow]:
    """Remarks that stand with a release: dates that are not printed or misprinted, layouts, copies."""
    return [
        finding(
            "release_note", "info", f"{row['source']}@{row['release']}", row["note"],
            "Said with the release; figures are taken as printed.", [row["row_id"]],
        )
        for row in releases
        if row["note"]
    ]  # fmt: skip
