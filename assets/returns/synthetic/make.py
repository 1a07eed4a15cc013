"""Write synthetic returns: a folder per supplier and quarter with its CSV and manifest, in an inbox marked SYNTHETIC.

Made of the world in `world.py`, by DuckDB, straight into the files. Months of a later year repeat those of 2022/23, row for
row with other references.
"""

import csv
import datetime
import json
import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from assets.returns.checks.predicates import age_band
from assets.returns.file.manifest import MANIFEST
from assets.returns.intake.store import MARK
from assets.returns.rules.quarters import quarter_days
from assets.returns.supply.seal import blank, seal
from assets.returns.synthetic import people
from assets.returns.synthetic.people import chance, number, of
from assets.returns.synthetic.world import TOTAL
from schemas.derive import quoted
from schemas.returns import FLAGS

YEAR = ("2022-04", "2022-07", "2022-10", "2023-01")
BUCKETS, DAYS_TO_EXTRACT, DAYS_TO_SENDING = 10_000, 20, 25
SAID = "Everything in this folder is made up. It must never be put beside real returns or real figures.\n"


@dataclass(frozen=True)
class Plan:
    """What to make.

    rows:      offences of a whole year over all suppliers
    aggregate: suppliers that send counts only; late: suppliers that send nothing for the last quarter
    blank_flags: suppliers whose system has just been replaced: no flag is set in the last quarter
    refused:   suppliers whose return of the last quarter has too many rows in error
    corrected: suppliers of records that send changes of it two weeks later
    """

    suppliers: Sequence[str]
    quarters: Sequence[str] = YEAR
    rows: int = TOTAL
    seed: int = 1
    aggregate: Sequence[str] = ()
    late: Sequence[str] = ()
    blank_flags: Sequence[str] = ()
    refused: Sequence[str] = ()
    corrected: Sequence[str] = ()
    definition_version: str = "assumed-1"


def make(inbox: Path, plan: Plan) -> list[Path]:
    """Write the returns of a plan; gives their folders."""
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / MARK).write_text(SAID, encoding="utf-8")
    made = []
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as connection:
        connection.execute("SET preserve_insertion_order = false")
        for quarter in plan.quarters:
            work = inbox / f".making-{quarter}"
            shutil.rmtree(work, ignore_errors=True)
            connection.execute(
                f"COPY ({_records(plan, quarter)}) TO {quoted(str(work))} "
                "(FORMAT csv, HEADER, PARTITION_BY (folder), WRITE_PARTITION_COLUMNS false, PER_THREAD_OUTPUT false)"
            )
            last = quarter == plan.quarters[-1]
            for part in sorted(work.glob("folder=*")):
                supplier = part.name.partition("=")[2]
                if not (last and supplier in plan.late):
                    made.append(_return(connection, part, inbox, supplier, quarter, plan))
            shutil.rmtree(work, ignore_errors=True)
    last_of = {folder.parent.name: folder for folder in made if folder.name == plan.quarters[-1]}
    made += [
        correct(last_of[corrected])
        for corrected in plan.corrected
        if corrected in last_of and corrected not in plan.aggregate
    ]
    for reference in plan.refused:
        if reference in last_of:
            spoil(last_of[reference])
    return made


def _return(
    connection: duckdb.DuckDBPyConnection, part: Path, inbox: Path, supplier: str, quarter: str, plan: Plan
) -> Path:
    aggregate = supplier in plan.aggregate
    folder = inbox / supplier / quarter
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / ("aggregate.csv" if aggregate else "record.csv")
    files = sorted(part.glob("*.csv"))
    if aggregate:
        source = f"read_csv({quoted(str(part / '*.csv'))}, header = true, all_varchar = true)"
        connection.execute(f"COPY ({_counts(source)}) TO {quoted(str(file))} (FORMAT csv, HEADER)")
    else:
        [written] = files
        written.rename(file)
    end = quarter_days(quarter)[1]
    blank_flags = quarter == plan.quarters[-1] and supplier in plan.blank_flags
    seal(
        folder,
        blank(supplier, quarter, "aggregate" if aggregate else "record", plan.definition_version)
        | {
            "synthetic": True,
            "extract_date": str(_extracted(quarter)),
            "sent_date": str(end + datetime.timedelta(DAYS_TO_SENDING)),
            "flags_available": [] if blank_flags else list(FLAGS),
            "flag_source": dict.fromkeys(FLAGS, "none" if blank_flags else "officer"),
        },
    )
    return folder


def _extracted(quarter: str) -> datetime.date:
    return quarter_days(quarter)[1] + datetime.timedelta(DAYS_TO_EXTRACT)


def _records(plan: Plan, quarter: str) -> str:
    """A SELECT of the records of a quarter in the columns of the template, with the supplier's folder last."""
    start = quarter_days(quarter)[0]
    month = f"(DATE '{start}' + to_months((month % 3)::INTEGER))::DATE"
    within = (start.month - 4) % 12 // 3
    blank_flags = (
        f"supplier IN ({', '.join(map(quoted, plan.blank_flags)) or 'NULL'})"
        if quarter == plan.quarters[-1]
        else "false"
    )
    # What is not flagged is N; where the system was just replaced nothing is set.
    flags = {
        "flag_da": of("domestic_abuse"), "flag_online": of("online"), "flag_cse": f"{of('csae')} AND {chance('cse')} < 0.3",
        "flag_csa": of("csae"), "flag_hba": f"{chance('hba')} < 0.002", "flag_hate": f"{chance('hate')} < 0.02",
        "flag_spiking": f"{chance('spiking')} < 0.003", "flag_knife": f"{chance('knife')} < 0.02",
    }  # fmt: skip
    told = ", ".join(
        f"CASE WHEN {blank_flags} THEN NULL WHEN {test} THEN 'Y' ELSE 'N' END AS {name}" for name, test in flags.items()
    )
    return f"""
WITH
  numbered AS (SELECT *, {plan.seed} AS seed FROM ({people.rows(plan.rows)})),
  placed AS (
    SELECT *, floor({chance("month")} * 12)::INTEGER AS month,
      {_supplier_of(plan)}[1 + floor({chance("supplier")} * {BUCKETS})::INTEGER] AS supplier
    FROM numbered),
  dated AS (
    SELECT *, {people.relationship()} AS relation,
      ({month} + floor({chance("day")} * day(last_day({month})))::INTEGER)::DATE AS recorded,
      {people.victim_age()} AS age, {people.suspect_age()} AS suspect, {chance("outcome")} AS outcome
    FROM placed WHERE month // 3 = {within})
SELECT supplier AS supplier_code, format('c{{:016x}}', {number(f"{quarter} crime")}) AS crime_ref,
  format('v{{:016x}}', {number("victim")}) AS victim_ref,
  CASE WHEN relation <> 'unknown' THEN format('s{{:016x}}', {number("suspect reference")}) END AS suspect_ref,
  recorded AS recorded_date, recorded - floor(-20 * ln(1 - {chance("start")}))::INTEGER AS offence_start,
  CASE WHEN {chance("end")} < 0.5 THEN recorded END AS offence_end, {people.code()} AS offence_code, 1 AS crime_count,
  'I' AS action, 'recorded' AS record_status, 'person' AS victim_type, 'F' AS victim_sex, age AS victim_age,
  CASE WHEN {chance("ethnicity")} < 0.7 THEN 'W1' ELSE 'NS' END AS victim_ethnicity,
  CASE WHEN relation IN ('unknown', 'stranger') THEN 'N' ELSE 'Y' END AS suspect_known,
  CASE WHEN relation <> 'unknown' THEN CASE WHEN {chance("suspect_sex")} < 0.85 THEN 'M' ELSE 'F' END END AS suspect_sex,
  CASE WHEN relation <> 'unknown' THEN suspect END AS suspect_age, relation AS relationship, {told},
  CASE WHEN {of("online")} THEN 'online' WHEN {of("domestic_abuse")} THEN 'home' ELSE 'public' END AS location_type,
  NULL AS csp_code, CASE WHEN outcome < 0.1 THEN '1' WHEN outcome < 0.6 THEN '16' WHEN outcome < 0.8 THEN '18' ELSE '0' END
    AS outcome_type,
  CASE WHEN outcome < 0.8 THEN least(recorded + floor({chance("outcome_day")} * 90)::INTEGER, DATE '{_extracted(quarter)}') END
    AS outcome_date,
  supplier AS folder
FROM dated"""


def _supplier_of(plan: Plan) -> str:
    """A list that a chance is looked up in: made-up sizes, a few large forces and many small ones."""
    sizes = [1 / (1 + place) ** 0.6 for place in range(len(plan.suppliers))]
    names: list[str] = []
    for supplier, size in zip(sorted(plan.suppliers, key=_drawn), sizes, strict=True):
        names += [supplier] * max(round(BUCKETS * size / sum(sizes)), 1)
    names = (names + [names[0]] * BUCKETS)[:BUCKETS]
    return f"[{', '.join(map(quoted, names))}]"


def _drawn(supplier: str) -> int:
    """A lot drawn by name: which force is large here says nothing of the real one."""
    return zlib.crc32(supplier.encode())


def _counts(source: str) -> str:
    """The same rows as counts by the dimensions of the aggregate profile, without membership."""
    victim, suspect = age_band("victim_age::INTEGER"), age_band("suspect_age::INTEGER")
    return (
        f"SELECT supplier_code, date_trunc('month', recorded_date::DATE)::DATE AS month, offence_code, NULL AS membership, "
        f"flag_da, flag_online, victim_sex, {victim} AS victim_age_band, {suspect} AS suspect_age_band, relationship, "
        f"count(*) AS offences FROM {source} GROUP BY ALL ORDER BY ALL"
    )


# Synthetic returns that do not count, or that are sent again: with too many rows in error, and with changes of one before.

# One row in so many is spoilt, changed, taken out, or comes in with the changes.
SPOILT, CHANGED, TAKEN_OUT, LATER = 10, 50, 150, 100
DAYS_LATER = 14


def spoil(folder: Path) -> None:
    """Make so many rows of a return wrong that it is refused (R06)."""
    filled, names, rows = _read(folder)
    for row in rows[::SPOILT]:
        row["relationship"] = "cousin"
    _write(folder, filled, names, rows)


def correct(folder: Path) -> Path:
    """Send changes of a return of records two weeks later, beside it: rows replaced, taken out and new; gives their folder."""
    filled, names, rows = _read(folder)
    changes = [
        *({**row, "action": "M", "relationship": "unknown"} for row in rows[::CHANGED]),
        *({**row, "action": "D"} for row in rows[1::TAKEN_OUT] if row not in rows[::CHANGED]),
        *({**row, "crime_ref": f"l{row['crime_ref'][1:]}"} for row in rows[2::LATER]),
    ]
    later = datetime.timedelta(DAYS_LATER)
    days = {name: str(datetime.date.fromisoformat(filled[name]) + later) for name in ("extract_date", "sent_date")}
    replaces = f"{filled['supplier']}.{filled['quarter']}.{filled['extract_date']}.{filled['sha256'][:8]}"
    beside = folder.with_name(f"{folder.name}-changes")
    beside.mkdir()
    _write(beside, filled | days | {"content": "changes", "replaces": replaces}, names, changes)
    return beside


def _read(folder: Path) -> tuple[dict[str, str], list[str], list[dict[str, str]]]:
    filled = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    with (folder / filled["file"]).open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        return filled, list(reader.fieldnames or ()), list(reader)


def _write(folder: Path, filled: dict[str, str], names: list[str], rows: Iterable[dict[str, str]]) -> None:
    with (folder / filled["file"]).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    seal(folder, filled)
