"""Small returns for tests: one good row, what makes it break a rule, and the folder of a return."""

import csv
import datetime
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from kit import ROOT

from assets.returns.checks.checked import Checked
from assets.returns.intake.counted import CUBE
from assets.returns.intake.intake import ACCEPTED, Source, examine, take_in
from assets.returns.intake.landed import Landed
from assets.returns.intake.store import MARK, Judged, Store
from assets.returns.rules.rules import Rules, read_rules
from assets.returns.supply.seal import blank, seal
from assets.tables.files import fingerprint
from schemas.returns import AGGREGATE, FLAGS, RECORD

GOOD = dict.fromkeys((column.name for column in RECORD), "") | {
    "supplier_code": "kent", "crime_ref": "cg00000001a", "victim_ref": "vg00000001a", "suspect_ref": "sg00000001a",
    "recorded_date": "2022-05-10", "offence_start": "2022-05-01", "offence_end": "2022-05-02", "offence_code": "8L",
    "crime_count": "1", "action": "I", "record_status": "recorded", "victim_type": "person", "victim_sex": "F",
    "victim_age": "34", "suspect_known": "Y", "suspect_sex": "M", "suspect_age": "36", "relationship": "ex_partner",
    "flag_da": "Y", "flag_online": "N", "outcome_type": "16", "outcome_date": "2022-06-01",
}  # fmt: skip
COUNTS = {
    "supplier_code": "kent", "month": "2022-05-01", "offence_code": "8L", "membership": "DS", "flag_da": "Y",
    "flag_online": "N", "victim_sex": "F", "victim_age_band": "30-44", "suspect_age_band": "30-44",
    "relationship": "ex_partner", "offences": "3",
}  # fmt: skip

# What a force says in the manifest of a template.
SAID = {"flag_source": dict.fromkeys(FLAGS, "officer"), "extract_date": "2022-07-20", "sent_date": "2022-07-25"}


@cache
def rules() -> Rules:
    return read_rules(ROOT / "data")


def many(count: int, **changed: str) -> list[dict[str, str]]:
    """So many good rows, each with a key of its own."""
    return [
        GOOD | {f"{of}_ref": f"{of[0]}x{number:08d}a" for of in ("crime", "victim", "suspect")} | changed
        for number in range(1, count + 1)
    ]


def send(
    inbox: Path, body: Sequence[Mapping[str, str]], name: str = "first", *, sender: str = "kent", text: str | None = None,
    **manifest: Any,
) -> Path:  # fmt: skip
    """Put a synthetic return into an inbox; `text` is the file as it stands, instead of rows."""
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / MARK).touch()
    folder = inbox / sender / name
    folder.mkdir(parents=True)
    profile = manifest.get("profile", "record")
    names = [column.name for column in (RECORD if profile == "record" else AGGREGATE)]
    with (folder / f"{profile}.csv").open("w", encoding="utf-8", newline="") as target:
        if text is None:
            writer = csv.DictWriter(target, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(body)
        else:
            target.write(text)
    told = {
        name: manifest.pop(name) for name in ("sha256", "rows", "crime_count_sum", "zero_return") if name in manifest
    }
    filled = blank("kent", "2022-04", profile, "assumed-1") | {
        "synthetic": True, "extract_date": "2022-07-20", "sent_date": "2022-07-25", "flags_available": list(FLAGS),
        "zero_return": not body and text is None,
    }  # fmt: skip
    days = [manifest.get(name, filled[name]) for name in ("extract_date", "sent_date")]
    sealed = seal(folder, filled | manifest | {"sent_date": max(days)})
    if told:
        (folder / "manifest.json").write_text(sealed.model_copy(update=told).model_dump_json(), encoding="utf-8")
    return folder


def put(folder: Path, content: bytes, file: str = "record.csv", **manifest: Any) -> Path:
    """A folder with a file as it stands, and the manifest that a force would write of 100 rows, or what it says otherwise."""
    folder.mkdir(parents=True)
    (folder / file).write_bytes(content)
    filled = blank("kent", "2022-04", "record", "assumed-1") | {
        "synthetic": True, "extract_date": "2022-07-20", "sent_date": "2022-07-25", "file": file, "flags_available": list(FLAGS),
        "sha256": fingerprint(folder / file), "rows": 100, "crime_count_sum": 100, "zero_return": False,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(filled | manifest), encoding="utf-8")
    return folder


def source(folder: Path) -> Source:
    """An inbox and a store of their own."""
    return Source(folder / "inbox", Store(folder / "store"), rules())


@cache
def connection() -> duckdb.DuckDBPyConnection:
    """One for all checks, as when several returns are taken in: to begin one takes a third as long as a small check."""
    return duckdb.connect()


def checked(folder: Path, synthetic: bool = True) -> tuple[Checked, list[dict[str, Any]]]:
    """What a check says of a return, and its problems."""
    from assets.returns.file.manifest import read_manifest

    landed = Landed(folder.parent.name, folder, read_manifest(folder / "manifest.json", rules()))
    checked = examine(connection(), landed, rules(), synthetic=synthetic)
    rows = connection().execute("FROM problem ORDER BY line, rule").fetchall()
    names = [column[0] for column in connection().description]
    return checked, [dict(zip(names, row, strict=True)) for row in rows]


def after(text: str, days: int) -> str:
    return str(datetime.date.fromisoformat(text) + datetime.timedelta(days=days))


def rows_of(store: Store, judged: Judged, name: str = ACCEPTED) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"FROM read_parquet('{store.folder(judged) / name}') ORDER BY ALL").fetchall()


def offences(store: Store, judged: Judged) -> int:
    with duckdb.connect() as connection:
        [(total,)] = connection.execute(f"SELECT sum(offences) FROM '{store.folder(judged) / CUBE}'").fetchall()
    return int(total or 0)


def taken(folder: Path) -> tuple[Store, list[Judged]]:
    chosen = source(folder)
    return chosen.store, take_in(chosen, "kent", "2022-04")


def changing(judged: Judged, day: str) -> dict[str, str]:
    """What a manifest says of changes of a return, as of a day."""
    return {"extract_date": day, "content": "changes", "replaces": judged.return_id}


def arrived(
    folder: Path, rows: list[dict[str, str]], name: str = "first", **manifest: Any
) -> tuple[Store, list[Judged]]:
    """What is held once a return has come and was taken in."""
    send(folder / "inbox", rows, name, **manifest)
    return taken(folder)
