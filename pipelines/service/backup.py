"""Back up what nothing makes anew, while the service runs, and restore it: released files, history, returns, published builds.

One private tar.gz with a sha256 per file. A SQLite history is copied by SQLite itself, each file as of one moment; a Postgres
history by pg_dump.
"""

import contextlib
import datetime
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from assets.published.builds import BUILDS, point_to, published_file
from assets.published.lock import only_one
from assets.tables.files import fingerprint
from assets.tables.workspace import Workspace
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.home import POSTGRES_VARIABLE

DUMP = "postgres.dump"


def dumped(folder: Path) -> Path:
    """The database as one file, as of one moment; Stop where pg_dump says no."""
    file = folder / DUMP
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={file}")
    return file


def load(folder: Path) -> None:
    """Put a dump that a backup holds into the database, which must be empty, all of it or nothing."""
    if not (folder / DUMP).is_file():
        return
    if not os.environ.get(POSTGRES_VARIABLE):
        raise Stop(
            f"This backup holds a history in Postgres: set {POSTGRES_VARIABLE} to an empty database. Nothing was restored."
        )
    _run("pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", str(folder / DUMP))


def _run(program: str, *arguments: str) -> None:
    """Run a program of Postgres over the database; its password stands in no list of processes."""
    url = urlsplit(os.environ[POSTGRES_VARIABLE])
    without = urlunsplit(
        url._replace(netloc=url.netloc.replace(f":{url.password}@", "@") if url.password else url.netloc)
    )
    password = {"PGPASSWORD": unquote(url.password)} if url.password else {}
    command = [program, f"--dbname={without}", *arguments]
    try:
        done = subprocess.run(command, env=os.environ | password, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Stop(f"{program} is not installed here; install the client programs of Postgres.") from None
    if done.returncode:
        raise Stop(f"{program} failed: {done.stderr.strip()}")


CONTENTS = "backup.json"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
PUBLISHED = "published"
PATIENCE = 900.0
# Made by SQLite, by locks and by what is killed: another start makes them anew.
LEFT_OUT = (".db-wal", ".db-shm", ".lock")


def parts(workspace: Workspace) -> dict[str, Path]:
    """What is backed up: the name in the backup, and the folder."""
    return {
        "landing": workspace.landing,
        "history": workspace.dagster_home.resolve(),
        "returns": workspace.returns,
        "returns_store": workspace.returns_store,
        BUILDS: workspace.output / BUILDS,
    }


def backup(workspace: Workspace, folder: Path) -> Path:
    """Write `folder/darkfigure-TIME.tar.gz`, readable by its owner only; gives it.

    A refresh that is running sweeps builds, and is waited for; Busy where it takes longer than `PATIENCE`.
    """
    with only_one(workspace.lock_path, PATIENCE):
        return _backup(workspace, folder)


def _backup(workspace: Workspace, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.datetime.now(datetime.UTC)
    target = folder / f"darkfigure-{now:%Y%m%dT%H%M%SZ}.tar.gz"
    beside = folder / f".{target.name}.{os.getpid()}"
    published = published_file(workspace.output)
    files: dict[str, str] = {}
    contents = {
        "made_at": now.isoformat(timespec="seconds"),
        "version": metadata.version("darkfigure"),
        PUBLISHED: published.resolve().parent.name if published else "",
        "files": files,
    }
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(handle, "wb") as sink, tarfile.open(fileobj=sink, mode="w:gz", compresslevel=1) as tar:
            for name, path in _files(workspace):
                with _as_of_one_moment(path) as still:
                    files[name] = fingerprint(still)
                    tar.add(still, arcname=name)
            if os.environ.get(POSTGRES_VARIABLE):
                with tempfile.TemporaryDirectory() as scratch:
                    dump = dumped(Path(scratch))
                    files[dump.name] = fingerprint(dump)
                    tar.add(dump, arcname=dump.name)
            listing = json.dumps(contents, indent=1).encode()
            entry = tarfile.TarInfo(CONTENTS)
            entry.size, entry.mode = len(listing), PRIVATE_FILE
            tar.addfile(entry, io.BytesIO(listing))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def restore(workspace: Workspace, file: Path) -> list[str]:
    """Put everything of a backup in its place; says what was restored.

    Stop where something stands there already, nothing of which is ever overwritten, or the backup is damaged.
    """
    places = parts(workspace)
    full = [str(path) for path in places.values() if path.is_dir() and any(path.iterdir())]
    if full:
        raise Stop(
            f"Nothing was restored: {', '.join(full)} hold something already. Stop the service and move them away."
        )
    workspace.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workspace.data, prefix=".restoring-") as scratch:
        unpacked = Path(scratch)
        contents = _unpack(file, unpacked)
        load(unpacked)
        for name, place in places.items():
            if (unpacked / name).is_dir():
                place.parent.mkdir(parents=True, exist_ok=True)
                if place.is_dir():
                    place.rmdir()
                shutil.move(unpacked / name, place)
                place.chmod(PRIVATE_FOLDER if name.startswith("returns") else place.stat().st_mode)
    if contents[PUBLISHED]:
        point_to(workspace.output, str(contents[PUBLISHED]))
    of = ", ".join(name for name in places if any(path.startswith(f"{name}/") for path in contents["files"]))
    return [
        f"{len(contents['files']):,} files of {contents['made_at']} were restored: {of}.",
        "Run: darkfigure refresh",
    ]


def _unpack(file: Path, to: Path) -> dict[str, dict[str, str]]:
    """Unpack and hold every file against its sha256."""
    try:
        with tarfile.open(file) as tar:
            tar.extractall(to, filter="data")
        contents: dict[str, dict[str, str]] = json.loads((to / CONTENTS).read_text(encoding="utf-8"))
        wrong = [name for name, sha256 in contents["files"].items() if fingerprint(to / name) != sha256]
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as error:
        raise Stop(f"{file} is no whole backup: {error}. Nothing was restored; take another one.", WRONG_CALL) from None
    if wrong:
        raise Stop(f"{file} is damaged: {', '.join(wrong[:5])} differ from what was backed up. Nothing was restored.")
    return contents


def _files(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    """Name in the backup and path of every file, in a fixed order."""
    for name, folder in parts(workspace).items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.endswith(LEFT_OUT):
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


@contextlib.contextmanager
def _as_of_one_moment(path: Path) -> Iterator[Path]:
    """The file itself, which nobody writes to in place; a database or a log as a copy of one moment."""
    if path.suffix not in (".db", ".jsonl"):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        if path.suffix == ".db":
            reading = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
            with contextlib.closing(reading), contextlib.closing(sqlite3.connect(copy)) as to:
                reading.backup(to)
        else:
            shutil.copyfile(path, copy)
        copy.chmod(path.stat().st_mode)
        yield copy
