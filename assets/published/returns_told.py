"""What a return is told beside others (C01 to C13), where its force looks: its report.

A return is compared when the tables are made, long after it was taken in, and every other one may change what is said of it. So
the run that publishes says it: a return that counts nowhere would else look as one that counts.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from assets.returns.assets_returns import NOWHERE
from assets.returns.intake.intake import Source
from assets.returns.intake.report import Beside, tell_beside
from assets.returns.intake.store import Held
from assets.tables.asking import asking
from assets.tables.records import grouped
from assets.words.markdown import markdown_table
from schemas.codes import ALL_VAWG
from schemas.collected import COMPARED_WITH

ALL_OF_IT, IN_PART, NOTHING = "counts", "counts, but for {}", "nothing is unlike others any more"
TOLD = {
    "rule": "Rule", "says": "What was found", "of": "Of", "beside": "Held against", "here": "Here", "there": "There",
    "far": "How far", "remedy": "What to do",
}  # fmt: skip
ASKED = """
SELECT rule, supplier, strftime(period_start, '%Y-%m') AS quarter, of, compared_with, deviation, value, other_value, return_id,
  withholds, acknowledged
FROM collection.comparison ORDER BY ALL"""
# Supplier and quarter -> what is told of its return.
Partitions = Mapping[tuple[str, str], Sequence[Beside]]


def tell_returns(file: Path, source: Source, returns: Held) -> Partitions:
    """Write into the report of every return that is compared in a published file what was found; gives it by partition."""
    store, rules = source.store, source.rules
    with asking(file) as asked:
        rows = [
            row
            | {name: rules.rules[str(row["rule"])][name] for name in ("says", "remedy")}
            | {"beside": COMPARED_WITH[str(row["compared_with"])], "far": f"{row['deviation']:,.0f}"}
            | {name: "" if row[of] is None else f"{row[of]:,.0f}" for name, of in (("here", "value"), ("there", "other_value"))}
            for row in map(dict, asked.rows(ASKED))
        ]  # fmt: skip
    by_partition = grouped(rows, lambda row: (str(row["supplier"]), str(row["quarter"])))
    for partition, of_partition in returns.items():
        told = by_partition.get(partition, [])
        for judged in of_partition:
            tell_beside(store.folder(judged), [row for row in told if row["return_id"] == judged.return_id])
    return by_partition


def version_of(rows: Sequence[Beside]) -> str:
    """What tells that something else is told than before."""
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()[:16]


def in_words(rows: Sequence[Beside]) -> tuple[str, str]:
    """Does it count, and what was found, as a table in Markdown."""
    out = sorted({str(row["of"]) if row["rule"] == "C03" else ALL_VAWG for row in rows if row["withholds"]})
    counts = IN_PART.format(" and ".join(out).replace("_", " ")) if out else ALL_OF_IT
    table = markdown_table([*TOLD.values()], [[row[name] for name in TOLD] for row in rows]) if rows else NOTHING
    return NOWHERE if ALL_VAWG in out else counts, table
