"""Force returns against DuckDB's own scan of the same files: one pass that validates and aggregates, and the whole intake.

Processor time, so that other work on the machine counts less. Run by itself it is one of the measured processes:
`returns.py scan|look|pass|intake INBOX STORE`.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
from measuring import ROOT, process, said

from assets.returns.checks.predicates import counted_by, rows_of, types_of
from assets.returns.file.csv_file import csv_source
from assets.returns.file.csv_file import scan as scan_of
from assets.returns.intake import intake as taking_in
from assets.returns.intake.intake import Source
from assets.returns.intake.spread import taken_in
from assets.returns.intake.store import Store
from assets.returns.rules.quarters import quarter_days
from assets.returns.rules.rules import read_rules
from assets.returns.synthetic.make import Plan, make
from assets.tables.querying import query
from schemas.returns import RECORD

QUARTER, MEMORY, FILES = "2022-04", "400MB", "*/*/*/record.csv"
ROWS, MANY_ROWS = 10_000_000, 100_000_000
STEPS = ("scan", "look", "pass", "intake")
ONE = "one"
AIMS = {"pass": 1.3, "intake": 3.2}


def returns(rows: int = ROWS) -> None:
    """Print the ratios and the peak memory over so many rows; more than ROWS are the same files again, hard-linked."""
    with tempfile.TemporaryDirectory() as folder:
        inbox, store = Path(folder) / "inbox", Path(folder) / "store"
        rules = read_rules(ROOT / "data")
        make(first := inbox / "0", Plan(sorted(rules.suppliers), (QUARTER,), rows=4 * min(rows, ROWS)))
        for more in range(1, rows // ROWS):
            shutil.copytree(first, inbox / str(more), copy_function=os.link)
        print(f"force returns, {rows:,} rows of {len(rules.suppliers)} suppliers")
        figures = {step: process([__file__, step, str(inbox), str(store)]) for step in STEPS}
    bare = process([__file__, "nothing", "", ""]).cpu
    scan = figures["scan"].cpu - bare
    print(
        f"  the scan took {scan:.1f} CPU s, the look at the bytes {(figures['look'].cpu - bare) / scan:.2f} times as much"
    )
    for step, aim in AIMS.items():
        seconds, peak, cpu = figures[step]
        said(f"{step} against the scan ({cpu:.0f} CPU s, {seconds:.0f} s by the clock)", (cpu - bare) / scan, aim)
        said(f"peak memory of {step}", peak, 600 if rows <= ROWS else 1000, "MB")


def scan(inbox: Path, _: Path) -> None:
    """Read every column of every file as text, and do nothing with it."""
    columns = ", ".join(f'"{column.name}"' for column in RECORD)
    with _engine() as connection:
        connection.execute(f"SELECT bit_xor(hash({columns})) FROM {_source(inbox)}").fetchall()


def look(inbox: Path, _: Path) -> str:
    """Fingerprint and lines of every file, and which signs stand in any."""
    return "".join({sign for file in inbox.glob(FILES) for sign in scan_of(file).signs})


def one_pass(inbox: Path, _: Path) -> None:
    """Validate and aggregate every row in one query that stores nothing, after the look at the bytes of each file."""
    rules = read_rules(ROOT / "data")
    days = map(str, quarter_days(QUARTER))
    rows = rows_of(_of_one(_source(inbox)), "record", rules, *days, "2022-07-20", ONE, signs=look(inbox, _))
    failing = "sum(offences) AS offences, count(*) FILTER (errors <> 0), bit_or(errors), bit_or(warnings)"
    cube = query(taking_in.__file__, "cube", rows="counted").replace("sum(offences)::BIGINT AS offences", failing)
    with _engine() as connection:
        connection.execute(types_of(rules))
        counted = f"SELECT *, {counted_by('record', int(rules.limits['top_age']))} FROM checked"
        connection.execute(f"WITH checked AS ({rows}), counted AS ({counted}) {cube}").fetchall()


def _of_one(source: str) -> str:
    """All files as those of one supplier: a return is held against the supplier of its folder, not against a list of all."""
    named = f"CASE WHEN supplier_code = split_part(filename, '/', -3) THEN '{ONE}' ELSE supplier_code END"
    return f"(SELECT * REPLACE ({named} AS supplier_code) FROM {source.removesuffix(')')}, filename = true))"


def _source(inbox: Path) -> str:
    return csv_source(inbox / FILES, [column.name for column in RECORD], rejects=False)


def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 2, "memory_limit": MEMORY, "preserve_insertion_order": False})


def intake(inbox: Path, store: Path) -> None:
    """Take everything in: checks, duplicates, stored rows, cubes and reports."""
    rules = read_rules(ROOT / "data")
    for part in sorted(inbox.iterdir()):
        for _ in taken_in(
            Source(part, Store(store / part.name), rules), [(supplier, QUARTER) for supplier in rules.suppliers]
        ):
            pass


def measured(arguments: Sequence[str]) -> None:
    """One of the measured processes."""
    step, inbox, store = arguments
    work = {"scan": scan, "look": look, "pass": one_pass, "intake": intake, "nothing": lambda *_: None}[step]
    start = time.perf_counter()
    work(Path(inbox), Path(store))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{step}: {time.perf_counter() - start:.1f} s, {time.process_time():.1f} CPU s, {peak:.0f} MB")


if __name__ == "__main__":
    measured(sys.argv[1:])
