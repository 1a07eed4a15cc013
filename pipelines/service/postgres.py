"""A history in Postgres, backed up and restored by its own programs."""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from pipelines.commands.stop import Stop
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
