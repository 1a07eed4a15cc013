"""Where returns lie: the inbox of what was sent, and the store of what was made of it. Readable by its owner only.

`inbox/<supplier>/<any name>/manifest.json` with the CSV beside it is never written to. The store has a folder per supplier
and quarter; `partition.json` in it names every return with its verdict and the folder of its files. That file is replaced in
one step, and nothing is read but through it: a process killed anywhere leaves the state of before or of after.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock

from assets.returns.file.manifest import MANIFEST
from assets.tables.files import PRIVATE_FILE, fingerprint, write_private
from assets.words.problems import BadInput, Problem

ACCEPTED, SPILLED = "accepted.parquet", "spilled"
INDEX, LOCK, UNFINISHED, LOCKED = "partition.json", ".lock", ".unfinished-", "locked"
MARK = "SYNTHETIC"
PRIVATE_FOLDER = 0o700
# What no index names any more is swept when it is this old: somebody may be reading it.
LEFTOVER_SECONDS = 3600


@dataclass(frozen=True)
class Judged:
    """One return with its verdict, as the index holds it. Counts only: nothing of a row stands here.

    made_by: fingerprint of the rules, and of the return that it changes
    folder:  name of the folder with its files; empty where it was refused before its rows were read
    files:   name -> sha256 of the files that the tables are made of
    told:    threats that the return can tell of; of others it is silent, which is not none
    kept:    the store of records and its snapshot that hold the rows; empty where they are a file of the folder
    stands:  rows of the supplier and quarter that count with it; None where it was judged before that was kept
    said:    fingerprint of its manifest; empty where it was judged before that was kept
    layout:  fingerprint of what is kept of a return, and how; empty where it was judged before that was kept
    route:   did a force fill in the template, or was it made of an extract of the Data Hub (`hub`)
    carried: return -> rows that were set aside in it, and that the changes of it since have not brought
    """

    return_id: str
    supplier: str
    quarter: str
    sha256: str
    synthetic: bool
    profile: str
    content: str
    replaces: str | None
    definition_version: str
    extract_date: str
    sent_date: str
    verdict: str
    rows: int
    quarantined: int
    offences: int
    made_by: str
    folder: str
    counts: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    flag_source: dict[str, str] = field(default_factory=dict)
    kept: str = ""
    stands: int | None = None
    said: str = ""
    layout: str = ""
    route: str = "template"
    carried: dict[str, int] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Do its rows count, as long as no newer accepted return replaces it?"""
        return self.verdict != "refused"

    @property
    def row_count(self) -> int:
        """The rows that count with it: of changes those of what they change, too."""
        return self.rows - self.quarantined if self.stands is None else self.stands

    @property
    def lacking(self) -> int:
        """The rows that are missing from the counts with it: set aside in it, or in what it changes and not brought since."""
        return self.quarantined + sum(self.carried.values())


# Supplier and quarter -> their returns, oldest extract first.
Held = Mapping[tuple[str, str], list[Judged]]


@dataclass(frozen=True)
class Store:
    """The store below one folder."""

    root: Path

    def partition(self, supplier: str, quarter: str) -> Path:
        """The folder of one supplier and quarter."""
        return self.root / f"supplier={supplier}" / f"quarter={quarter}"

    def folder(self, judged: Judged) -> Path:
        """The folder of the files of a return."""
        return self.partition(judged.supplier, judged.quarter) / judged.folder

    def held(self, supplier: str, quarter: str) -> list[Judged]:
        """Every return of a partition, oldest extract first; none where nothing was taken in. BadInput where none can be read."""
        file = self.partition(supplier, quarter) / INDEX
        if not file.exists():
            return []
        try:
            return [Judged(**row) for row in json.loads(file.read_text(encoding="utf-8"))]
        except (TypeError, ValueError):
            problem = Problem(
                str(file), "", "a file of another version, or a damaged one", "the index that this version writes",
                "Take the version that wrote it; or move the folder away, and `darkfigure returns land` takes in anew what"
                " lies in the inbox.",
            )  # fmt: skip
            raise BadInput("What was taken in of a quarter cannot be read", [problem]) from None

    def partitions(self) -> Iterator[tuple[str, str]]:
        """Supplier and quarter of everything that was taken in."""
        for file in sorted(self.root.glob(f"supplier=*/quarter=*/{INDEX}")):
            yield file.parent.parent.name.partition("=")[2], file.parent.name.partition("=")[2]

    def by_partition(self) -> Held:
        """Every return by supplier and quarter, as the indexes say now."""
        return {partition: self.held(*partition) for partition in self.partitions()}

    def everything(self) -> list[Judged]:
        """Every return of every partition."""
        return [judged for returns in self.by_partition().values() for judged in returns]

    def keep(self, supplier: str, quarter: str, judged: list[Judged]) -> None:
        """Replace the index of a partition in one step, then sweep what none needs."""
        folder = self.partition(supplier, quarter)
        beside = folder / f".{INDEX}.{os.getpid()}"
        write_private(
            beside, json.dumps([asdict(judgement) for judgement in judged], indent=1, sort_keys=True).encode()
        )
        beside.replace(folder / INDEX)
        _sweep(folder, {judgement.folder for judgement in judged})

    def lock(self, supplier: str, quarter: str) -> FileLock:
        """The lock of a partition: suppliers do not wait for each other."""
        folder = self.partition(supplier, quarter)
        for place in (self.root, folder.parent, folder):
            private(place)
        return FileLock(folder / LOCK, mode=PRIVATE_FILE)

    def make(self, supplier: str, quarter: str, name: str, write: Callable[[Path], None]) -> dict[str, str]:
        """Make the folder `name` by `write(folder)`, in one step; gives the sha256 of every Parquet file in it."""
        partition = self.partition(supplier, quarter)
        made = partition / name
        if not made.exists():
            unfinished = partition / f"{UNFINISHED}{name}.{os.getpid()}"
            shutil.rmtree(unfinished, ignore_errors=True)
            private(unfinished)
            try:
                write(unfinished)
                for path in unfinished.iterdir():
                    path.chmod(PRIVATE_FILE)
                    _to_disk(path)
                unfinished.rename(made)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
        return {path.name: fingerprint(path) for path in sorted(made.glob("*.parquet"))}

    def lock_away(self, inbox: Path, judged_id: str) -> None:
        """Move a return that may hold personal data out of the inbox, into a folder of its own.

        Copied whole, then renamed, and only then taken out of the inbox, the manifest last: killed anywhere, the next look
        ends it. The inbox may lie on another disk.
        """
        target = self.root / LOCKED / judged_id
        private(target.parent)
        if not target.exists():
            beside = target.with_name(f".{judged_id}")
            shutil.rmtree(beside, ignore_errors=True)
            shutil.copytree(inbox, beside, copy_function=shutil.copyfile)
            beside.chmod(PRIVATE_FOLDER)
            for path in beside.rglob("*"):
                path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)
            beside.rename(target)
        for path in sorted(
            inbox.rglob("*"), key=lambda landed_path: (landed_path.name == MANIFEST, -len(landed_path.parts))
        ):
            path.rmdir() if path.is_dir() else path.unlink()
        inbox.rmdir()


def current(judged: list[Judged]) -> Judged | None:
    """The return of a partition that counts: the newest accepted one."""
    accepted = [judgement for judgement in judged if judgement.accepted]
    return accepted[-1] if accepted else None


def private(folder: Path) -> Path:
    """A folder that only its owner may read, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    folder.chmod(PRIVATE_FOLDER)
    return folder


def is_synthetic(inbox: Path) -> bool:
    """Does the inbox say that everything in it is made up? A file called SYNTHETIC says so."""
    return (inbox / MARK).is_file()


def _sweep(folder: Path, wanted: set[str]) -> None:
    for path in folder.iterdir():
        old = time.time() - path.stat().st_mtime > LEFTOVER_SECONDS
        if path.is_dir() and path.name not in wanted and old:
            shutil.rmtree(path, ignore_errors=True)


def _to_disk(path: Path) -> None:
    with path.open("rb") as made:
        os.fsync(made.fileno())
