"""Take in what a supplier sent for a quarter: every return checked, versioned and stored; the newest accepted one counts.

The state of a partition follows from the set of its returns alone: they are taken in the order of their extracts, whatever
the order in which they came. So a replay in any order ends in the same tables, and an old extract that comes late is an
earlier version, never the current one. Of two extracts of one day that say nothing of each other the one that was accepted stays.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from assets.returns.checks.check import ANOTHER_FILE, check
from assets.returns.checks.checked import Checked
from assets.returns.checks.predicates import stored
from assets.returns.file.manifest import Manifest
from assets.returns.intake.aside import QUARANTINED, set_aside
from assets.returns.intake.counted import CUBE, counted, keeps_rows_alike, layout
from assets.returns.intake.landed import Landed, landed, newest_said
from assets.returns.intake.records import by_setting, put, rows_of
from assets.returns.intake.report import write_reports
from assets.returns.intake.store import ACCEPTED, SPILLED, Judged, Store, is_synthetic, private
from assets.returns.rules.rules import Rules
from assets.tables.files import fingerprint
from assets.tables.workspace import Workspace
from schemas.derive import quoted

MEMORY = "256MB"  # of DuckDB alone; with all beside it ten million rows stay below 600


@dataclass(frozen=True)
class Source:
    """Where returns come from and go to, and what they are held against.

    records: the store of records that takes the rows which count; empty for a file of each return
    """

    inbox: Path
    store: Store
    rules: Rules
    records: str = ""


def source_of(place: Workspace, rules: Rules) -> Source:
    """Inbox and store of a data root."""
    return Source(place.returns, Store(place.returns_store), rules, records=by_setting())


def waiting(source: Source) -> list[Landed]:
    """The returns of the inbox that were not judged yet, or by other rules or an older version; those without a readable manifest
    too."""
    return [
        landed
        for landed, before in _with_verdict(source)
        if _is_new(source, landed, before) or (before and _otherwise(before, source.rules))
    ]


def judged_otherwise(source: Source) -> list[tuple[str, str]]:
    """Supplier and quarter of the returns of the inbox that were judged by other rules, codes or limits than today's."""
    return sorted(
        {
            (judged.supplier, judged.quarter)
            for _, judged in _with_verdict(source)
            if judged and _otherwise(judged, source.rules)
        }
    )


def _otherwise(judged: Judged, rules: Rules) -> bool:
    return judged.layout != layout() or not judged.made_by.startswith(rules.fingerprint)


def _is_new(source: Source, landed: Landed, before: Judged | None) -> bool:
    """Was it never judged, or with another manifest, or when its file was not whole yet and now is, or before the inbox was
    marked as it is? Or should it lie there no more, since it holds personal data: it was sent again, or not locked away."""
    if before is None or landed.manifest is None:
        return before is None
    if "R08" in before.refused:
        return True
    if before.said not in ("", landed.manifest.said):
        return True
    if "R09" in before.refused and before.synthetic == is_synthetic(source.inbox):
        return True
    return ANOTHER_FILE in before.refused.get("R02", "") and fingerprint(landed.file) == landed.manifest.sha256


def _with_verdict(source: Source) -> Iterator[tuple[Landed, Judged | None]]:
    """Every return of the inbox with what is held of it: sent to another folder it is another one."""
    known = {(judged.supplier, judged.return_id): judged for judged in source.store.everything()}
    for returned in newest_said(landed(source.inbox, source.rules)):
        yield returned, known.get((returned.sender, returned.manifest.return_id)) if returned.manifest else None


def take_in(
    source: Source, supplier: str, quarter: str, shared: duckdb.DuckDBPyConnection | None = None
) -> list[Judged]:
    """Judge every return of a supplier and quarter, oldest extract first, and keep what was found.

    shared: the engine of several partitions that are taken in at once; without it each return has one of its own
    """
    store = source.store
    if not _of(source, supplier, quarter) and not store.held(supplier, quarter):
        return []
    with store.lock(supplier, quarter):
        here = _of(source, supplier, quarter)
        of_partition = {known.return_id: known for known in store.held(supplier, quarter)}
        # The same file sent twice is one return.
        sent = {landed.manifest.return_id: landed for landed in newest_said(here) if landed.manifest}
        judged: list[Judged] = []
        said = {known.return_id: (known.sent_date, known.replaces, known.rows) for known in of_partition.values()}
        said |= {
            name: (str(landed.manifest.sent_date), landed.manifest.replaces, landed.manifest.rows)
            for name, landed in sent.items()
            if landed.manifest
        }
        stands = {known.return_id for known in of_partition.values() if known.accepted}
        for return_id in sorted(said, key=lambda of_return: _age(of_return, said, stands)):
            before = [earlier for earlier in judged if earlier.accepted]
            if return_id not in sent:  # taken out of the inbox, or locked away: its verdict stays
                judged.append(of_partition[return_id])
                continue
            judged.append(_judge(source, sent[return_id], before, of_partition.get(return_id), shared))
        if judged:
            store.keep(supplier, quarter, judged)
        for judgement in judged:
            if "R08" in judgement.refused and judgement.return_id in sent:
                store.lock_away(sent[judgement.return_id].folder, judgement.return_id)
    return judged


def _of(source: Source, supplier: str, quarter: str) -> list[Landed]:
    return [
        returned
        for returned in landed(source.inbox, source.rules, supplier)
        if returned.manifest and returned.manifest.quarter == quarter
    ]


def unseen(source: Source) -> list[Landed]:
    """The returns that were never judged, or not as their manifest and their file are now."""
    return [landed for landed, before in _with_verdict(source) if landed.manifest and _is_new(source, landed, before)]


@contextmanager
def engine(store: Store, threads: int = 2) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB for the rows of returns, in its temporary tables; what does not fit in memory is spilled inside the store."""
    spilled = private(store.root / SPILLED)
    connection = duckdb.connect(config={"threads": threads, "memory_limit": MEMORY, "temp_directory": str(spilled)})
    try:
        yield connection
    finally:
        connection.close()


def examine(
    connection: duckdb.DuckDBPyConnection, landed: Landed, rules: Rules, *, synthetic: bool, before: Sequence[Judged] = (),
    replaced: Path | None = None, alone: bool = False,
) -> Checked:  # fmt: skip
    """All that is said of one return; the rows stay in the connection.

    alone: no other return is at hand, so that what a return changes cannot be held against it
    """
    manifest = landed.manifest
    assert manifest is not None
    checked = check(connection, landed.file, manifest, rules, replaced, alone=alone)
    if manifest.supplier != landed.sender:
        checked.refuse("R04", "the manifest names another supplier than the folder")
    elif manifest.supplier not in rules.sending(manifest.quarter):
        checked.refuse(
            "R04", f"no supplier of this name sends for this quarter: {rules.when_sending(manifest.supplier)}"
        )
    if manifest.synthetic != synthetic:
        checked.refuse("R09", "synthetic and real returns do not meet")
    of_this = f"{manifest.supplier}.{manifest.quarter}."
    changes = manifest.content == "changes"
    if changes and manifest.profile == "aggregate":  # nothing tells which row a count that has moved was
        checked.refuse("R07", "rows of counts cannot be changed one by one: send the whole quarter")
        return checked
    if (changes or manifest.replaces) and not (manifest.replaces or "").startswith(of_this):
        checked.refuse("R07", "it changes or replaces a return, and `replaces` names none of this supplier and quarter")
        return checked
    if not alone:
        _against_newest(checked, manifest, before[-1] if before else None)
    return checked


def _against_newest(checked: Checked, manifest: Manifest, newest: Judged | None) -> None:
    """Refuse what does not go on from the newest accepted return of its supplier and quarter."""
    changes = manifest.content == "changes"
    if changes and (newest is None or manifest.replaces != newest.return_id):
        that = f", {newest.return_id}" if newest else "; there is none"
        checked.refuse("R07", f"it changes a return that is not the newest accepted one before it{that}")
    elif changes and newest and not keeps_rows_alike(newest):
        checked.refuse(
            "R07", f"it changes {newest.return_id}, of which an older version keeps the rows: send the whole quarter"
        )
    elif changes and newest and manifest.profile != newest.profile:  # counts among records would be counted beside them
        checked.refuse("R07", f"it changes a return of the other profile, {newest.profile}: send the whole quarter")
    if newest and newest.extract_date == str(manifest.extract_date) and manifest.replaces != newest.return_id:
        checked.refuse(
            "R07",
            f"an extract of the same day is accepted already, {newest.return_id}, and it does not say that it replaces it",
        )


def _age(
    return_id: str, said: Mapping[str, tuple[str, str | None, int]], stands: Collection[str]
) -> tuple[str, bool, str, int, int, str]:
    """What returns are taken in by: the day of the extract; of one day those that are accepted already, so that they stay, then
    by the day of sending; of one day of sending each after the one that it replaces, and else the one with most rows first: a
    file that was cut off is a part of the whole.

    said: day of sending, the return that is replaced, and the rows, of each return
    """
    *_, extracted, sha = return_id.rsplit(".", 2)
    before, steps = said[return_id][1], 0
    while before is not None and before in said and steps < len(said):
        before, steps = said[before][1], steps + 1
    sent, _, rows = said[return_id]
    return extracted, return_id not in stands, sent, steps, -rows, sha


def _judge(
    source: Source,
    landed: Landed,
    before: Sequence[Judged],
    standing: Judged | None,
    shared: duckdb.DuckDBPyConnection | None,
) -> Judged:
    manifest, store = landed.manifest, source.store
    assert manifest is not None
    newest = before[-1] if before else None
    # What a verdict rests on beside the file: the rules, and the accepted return before it.
    base = hashlib.sha256(f"{newest.return_id} {newest.made_by}".encode()).hexdigest()[:6] if newest else "first"
    made_by = f"{source.rules.fingerprint}-{base}"
    if (
        standing
        and (standing.made_by, standing.layout) == (made_by, layout())
        and store.folder(standing).is_dir()
        and not _is_new(source, landed, standing)
    ):
        return standing
    if standing is not None and {"R02", "R09"} & {*standing.refused}:  # while it was being copied, or the inbox set up
        shutil.rmtree(store.folder(standing), ignore_errors=True)
    own = shared.cursor() if shared else engine(store)  # temporary tables and types are of one cursor
    with own as connection, _replaced(store, manifest, newest) as replaced:
        checked = examine(
            connection, landed, source.rules, synthetic=is_synthetic(source.inbox), before=before, replaced=replaced
        )
        judged = verdict(landed, checked, source.rules, made_by)
        if judged.accepted:
            _assemble(connection, replaced, manifest.profile, source.rules)
            changed = (newest, store.folder(newest)) if newest and replaced else ()
            carried = set_aside(connection, judged.return_id, source.rules, *changed)
            [(offences,)] = connection.execute("SELECT coalesce(sum(offences), 0)::BIGINT FROM cube").fetchall()
            [(stands,)] = connection.execute("SELECT count(*) FROM accepted").fetchall()
            left = (1 - source.rules.limits["taken_out_share"]) * newest.offences if newest else 0
            fewer = {"W11": 1} if int(offences) < left else {}
            judged = replace(
                judged,
                offences=int(offences),
                stands=int(stands),
                counts=judged.counts | fewer,
                kept=_kept(connection, source, judged),
                carried=carried,
            )

        def write(folder: Path) -> None:
            if judged.accepted:
                _store(connection, folder, manifest.profile, source.rules, rows=not judged.kept)
            write_reports(connection, folder, judged, source.rules, manifest.file)

        files = store.make(landed.sender, manifest.quarter, judged.folder, write)
    return replace(judged, files=files)


@contextmanager
def _replaced(store: Store, manifest: Manifest, newest: Judged | None) -> Iterator[Path | None]:
    """The rows that a return of changes changes; None where it is not one, or changes another than the newest."""
    changes = newest and manifest.content == "changes" and manifest.replaces == newest.return_id
    if newest and changes and keeps_rows_alike(newest):
        with rows_of(store, newest) as rows:
            yield rows
    else:
        yield None


def _kept(connection: duckdb.DuckDBPyConnection, source: Source, judged: Judged) -> str:
    """Put the accepted rows into the store of records, if there is one; gives where they are."""
    if not source.records:
        return ""
    with tempfile.TemporaryDirectory(dir=private(source.store.root / SPILLED)) as folder:
        _copy(connection, "SELECT * FROM accepted", rows := Path(folder) / ACCEPTED)
        return put(source.store, source.records, (judged.supplier, judged.quarter), rows)


def verdict(landed: Landed, checked: Checked, rules: Rules, made_by: str = "") -> Judged:
    """What is kept of a return that was checked; nothing is made by what only looks at it."""
    manifest = landed.manifest
    assert manifest is not None
    return Judged(
        manifest.return_id, landed.sender, manifest.quarter, manifest.sha256, manifest.synthetic, manifest.profile,
        manifest.content, manifest.replaces, manifest.definition_version, str(manifest.extract_date), str(manifest.sent_date),
        checked.verdict, checked.rows, checked.quarantined, 0, made_by,
        f"{manifest.extract_date}-{manifest.sha256[:8]}-{made_by}-{manifest.said[:6]}-{layout()}",
        dict(sorted(checked.counts.items())), dict(sorted(checked.refused.items())), {}, told(manifest, rules),
        dict(manifest.flag_source), said=manifest.said, layout=layout(), route=manifest.route,
    )  # fmt: skip


def told(manifest: Manifest, rules: Rules) -> list[str]:
    """The threats that a return can tell of: those whose flags its force sets. Of a flag that is not set nothing is known."""
    return [threat for threat, flags in rules.flags_of_threats().items() if flags <= set(manifest.flags_available)]


def _assemble(connection: duckdb.DuckDBPyConnection, replaced: Path | None, profile: str, rules: Rules) -> None:
    """The accepted rows and their counts: of a return of changes, those of the replaced one with the changes made."""
    deleted, columns = " AND action <> 'D'" if profile == "record" else "", ", ".join(stored(profile))
    rows = f"SELECT {columns} FROM parsed WHERE errors = 0{deleted}"
    if replaced is not None:
        rows += (
            f" UNION ALL SELECT {columns} FROM read_parquet({quoted(str(replaced))}, hive_partitioning = false) "
            "WHERE row_key NOT IN (SELECT row_key FROM parsed WHERE errors = 0)"
        )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW accepted AS {rows}")
    cube = counted("accepted", profile, rules.limits["top_age"])[CUBE]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE cube AS {cube}")


def _copy(connection: duckdb.DuckDBPyConnection, rows: str, file: Path) -> None:
    connection.execute(f"COPY ({rows}) TO {quoted(str(file))} (FORMAT parquet)")


def _store(connection: duckdb.DuckDBPyConnection, folder: Path, profile: str, rules: Rules, *, rows: bool) -> None:
    if rows:
        _copy(connection, "SELECT * FROM accepted", folder / ACCEPTED)
    counts = counted("accepted", profile, rules.limits["top_age"]) | {CUBE: "SELECT * FROM cube"}
    for file, counting in counts.items():
        _copy(connection, counting, folder / file)
    _copy(connection, "FROM set_aside", folder / QUARANTINED)
