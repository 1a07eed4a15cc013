"""One file from its address into the landing folder: resumed, checked, renamed into place, never written over."""

import json
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock
import httpx

from assets.archive.fetch.client import BLOCK, Again, Client, beyond, refuse_failure
from assets.archive.fetch.discover import Offered
from assets.archive.fetch.settings import MEGABYTE
from assets.archive.gate.packed import unzipped
from assets.archive.gate.plain_text import refuse_unless_table
from assets.archive.gate.refusal import Refusal
from assets.archive.gate.sidecar import Sidecar, now, read_sidecar
from assets.archive.reading.content import is_workbook
from assets.tables.files import fingerprint
from assets.words.problems import BadInput, cannot

Progress = Callable[[int, int | None], None]
LANDED, UNCHANGED, NEW_VINTAGE = "landed", "unchanged", "new vintage"
WORKBOOKS = (".xlsx", ".xls", ".ods")
READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True)
class Fetched:
    """What became of one file of a fetch: `landed`, `unchanged`, `new vintage`, or `failed` with the reason."""

    source: str
    release: str
    status: str
    path: Path | None = None
    sidecar: Sidecar | None = None
    error: BadInput | None = None


def download(discovered: Offered, landing: Path, client: Client, progress: Progress | None = None) -> Fetched:
    """The file of a release below `landing/<source>/<release>/`.

    A file that is there already is asked for only if it changed; one that changed under the same name is a new vintage and
    lands in a folder of its own. BadInput with address, what was found and what to do for everything that goes wrong;
    nothing but a begun download is left behind then.
    """
    folder = landing / discovered.source / discovered.release
    inside = landing.resolve()
    if discovered.file != Path(discovered.file).name or folder.resolve().parent.parent != inside:
        raise cannot(
            f"{discovered.source} is not fetched", f"data/sources.yaml, {discovered.source}",
            f"the key {discovered.source!r} and the release {discovered.release!r}",
            "keys that name one folder below the landing folder", "Correct the key: letters, digits, - and _.",
        )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(folder / f".{discovered.file}.lock", timeout=0):
            return _download(discovered, folder, client, progress)
    except filelock.Timeout:
        raise cannot(f"{discovered.file} is being fetched already", str(folder), "a lock of another fetch", "no other fetch",
                     "Wait for it to end.") from None  # fmt: skip


def _download(discovered: Offered, folder: Path, client: Client, progress: Progress | None) -> Fetched:
    newest = _newest_vintage(folder, discovered.file)
    newest_sidecar = read_sidecar(newest) if newest else None
    if newest is not None and newest_sidecar is None:
        # Dropped in by hand under this very name: its content decides.
        newest_sidecar = Sidecar(
            discovered.source,
            discovered.release,
            discovered.file,
            "",
            discovered.title,
            newest.stat().st_size,
            fingerprint(newest),
            now(),
        )
    part = folder / f".{discovered.file}.part"
    answer = client.patiently(lambda: _attempt(discovered, part, newest_sidecar, client, progress), discovered.url)
    if answer is None:
        assert newest is not None and newest_sidecar is not None
        return Fetched(discovered.source, newest_sidecar.release, UNCHANGED, newest, newest_sidecar)
    try:
        _refuse_wrong_content(part, discovered)
    except BadInput:
        _discard(part)
        raise
    digest = fingerprint(part)
    if newest is not None and newest_sidecar is not None and digest == newest_sidecar.sha256:
        _discard(part)
        return Fetched(discovered.source, newest_sidecar.release, UNCHANGED, newest, newest_sidecar)
    target = folder / discovered.file if newest is None else _next_vintage(folder) / discovered.file
    sidecar = Sidecar(
        discovered.source, target.parent.name, discovered.file, discovered.url, discovered.title, part.stat().st_size,
        digest, now(), _iso(discovered.period_end), _iso(discovered.released), discovered.next_release,
        answer.get("etag"), answer.get("last_modified"),
    )  # fmt: skip
    _put(part, target, sidecar)
    status = LANDED if newest is None else NEW_VINTAGE
    return Fetched(discovered.source, sidecar.release, status, target, sidecar)


def _attempt(
    discovered: Offered, part: Path, sidecar: Sidecar | None, client: Client, progress: Progress | None
) -> dict[str, str | None] | None:
    """One try: the rest of a begun download, or all of it; None where the server says that nothing changed."""
    begun = _begun(part, discovered.url)
    headers = {"accept": "*/*"}
    if begun:
        headers |= {"range": f"bytes={part.stat().st_size}-", "if-range": begun["validator"]}
    elif sidecar is not None and sidecar.etag:
        headers["if-none-match"] = sidecar.etag
    elif sidecar is not None and sidecar.last_modified:
        headers["if-modified-since"] = sidecar.last_modified
    start = time.monotonic()
    with client.stream(discovered.url, headers) as response:
        if response.status_code == 304 and sidecar is not None:
            return None
        if response.status_code == 416:
            _discard(part)
            raise Again("the begun download does not fit the file any more")
        refuse_failure(response, discovered.url)
        _refuse_wrong_type(response, discovered, client)
        resumed = response.status_code == 206 and _starts_at(response, part)
        offset = part.stat().st_size if resumed else 0
        total = _total(response, offset)
        _refuse_size(total or 0, discovered, client)
        validator = response.headers.get("etag") or response.headers.get("last-modified")
        source_named = {"url": discovered.url, "validator": validator, "etag": response.headers.get("etag"),
                "last_modified": response.headers.get("last-modified")}  # fmt: skip
        _begun_file(part).write_text(json.dumps(source_named), encoding="utf-8")
        with part.open("ab" if resumed else "wb") as file:
            done = offset
            for block in response.iter_raw(BLOCK):
                file.write(block)
                done += len(block)
                _refuse_size(done, discovered, client, part)
                if progress is not None:
                    progress(done, total)
                if beyond(start, client.settings):
                    raise Again(f"no end after {client.settings.deadline:.0f} seconds")
            file.flush()
            os.fsync(file.fileno())
        if total is not None and done < total:
            raise Again(f"the connection ended after {done:,} of {total:,} bytes")
    return {"etag": source_named["etag"], "last_modified": source_named["last_modified"]}


def _begun(part: Path, url: str) -> dict[str, Any] | None:
    """What is known of a begun download, where it can go on: same address, and the server named the version."""
    try:
        begun: dict[str, Any] = json.loads(_begun_file(part).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    fits = begun.get("url") == url and begun.get("validator") and not str(begun["validator"]).startswith("W/")
    return begun if fits and part.is_file() and part.stat().st_size > 0 else None


def _begun_file(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _starts_at(response: httpx.Response, part: Path) -> bool:
    stands = response.headers.get("content-range", "").startswith(f"bytes {part.stat().st_size}-")
    if not stands:
        raise Again("the server sent another range than was asked for")
    return True


def _total(response: httpx.Response, offset: int) -> int | None:
    length = response.headers.get("content-length", "")
    return offset + int(length) if length.isdigit() else None


def _refuse_size(size: int, discovered: Offered, client: Client, part: Path | None = None) -> None:
    if size > client.settings.max_bytes:
        if part is not None:
            _discard(part)
        limit = f"at most {client.settings.max_bytes / MEGABYTE:,.1f} MB"
        raise cannot(f"{discovered.file} is too large", discovered.url, f"{size / MEGABYTE:,.1f} MB", limit,
                     "Is it the right file? Raise the limit if so.")  # fmt: skip


def _refuse_wrong_type(response: httpx.Response, discovered: Offered, client: Client) -> None:
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind and kind not in client.settings.media_types:
        raise cannot(f"{discovered.file} is no table", discovered.url, f"content type {kind}", "a workbook or a CSV file",
                     "The publisher answered with something else: open the address in a browser.")  # fmt: skip


def _refuse_wrong_content(part: Path, discovered: Offered) -> None:
    """A web page or something cut short under the name of a table is refused by what it is."""
    workbook = is_workbook(part)
    if not workbook:
        try:
            refuse_unless_table(unzipped(part.read_bytes()))
        except Refusal as why:
            raise cannot(
                f"{discovered.file} cannot be read", discovered.url, why.found, why.expected, why.remedy
            ) from None
    if workbook != discovered.file.lower().endswith(WORKBOOKS) and not discovered.file.lower().endswith(
        (".zip", ".gz")
    ):
        raise cannot(f"{discovered.file} is not what its name says", discovered.url, "other content",
                     "a workbook for .xlsx, .xls and .ods, text for .csv", "Open the address in a browser.")  # fmt: skip


def _put(part: Path, target: Path, sidecar: Sidecar) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise cannot(
            f"{target.name} is there already", str(target), "a landed file", "none", "A landed file is never changed."
        )
    sidecar.write(target)
    part.chmod(READ_ONLY)
    part.replace(target)
    _discard(part)


def _newest_vintage(folder: Path, file: str) -> Path | None:
    """The newest landed file of a release: of `ye-2025-09`, `ye-2025-09.v2`, ... the last that holds it."""
    files = [path for path in (path / file for path in _vintages(folder)) if path.is_file()]
    return files[-1] if files else None


def _vintages(folder: Path) -> list[Path]:
    further = [path for path in folder.parent.glob(f"{folder.name}.v*") if path.name.rpartition(".v")[2].isdigit()]
    return [folder, *sorted(further, key=lambda path: int(path.name.rpartition(".v")[2]))]


def _next_vintage(folder: Path) -> Path:
    last = _vintages(folder)[-1]
    number = int(last.name.rpartition(".v")[2]) + 1 if last != folder else 2
    return folder.with_name(f"{folder.name}.v{number}")


def _discard(part: Path) -> None:
    part.unlink(missing_ok=True)
    _begun_file(part).unlink(missing_ok=True)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
