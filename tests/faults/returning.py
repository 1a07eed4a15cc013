"""Force returns: taking in killed at any moment, and several at once. No accepted return is lost, none is published by half."""

import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from harmed import LONGEST, ROOT, Tally, World

from assets.collection.cubes import collected
from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.landed import landed
from assets.returns.intake.store import INDEX, Store, current
from assets.returns.rules.rules import read_rules
from assets.returns.supply.seal import seal_again
from assets.returns.synthetic.make import Plan, make
from assets.tables.files import fingerprint

SUPPLIERS, QUARTERS = ("kent", "surrey", "essex", "dyfed_powys"), ("2022-04", "2022-07", "2022-10", "2023-01")
ROWS = 6_000  # of a year over all suppliers
# A process with threads (DuckDB's, the test runner's) may hold a lock while it forks, and its child waits for that lock for
# ever. So children are forked from a server that has imported what they need and started nothing.
CHILDREN = get_context("forkserver")
CHILDREN.set_forkserver_preload(["assets.returns.intake.intake"])
# What is sent of each partition, oldest first: what is done to the rows of the first, and what comes of it.
VERSIONS = (("first", ""), ("fewer", ""), ("broken", "refused"), ("named", "refused"), ("last", ""))


@dataclass
class Collection:
    """An inbox that fills, its store, and what every return must count: return id -> offences, None for a refused one."""

    folder: Path
    source: Source
    due: list[Path] = field(default_factory=list)
    expected: dict[str, int | None] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)

    def look(self, tally: Tally) -> None:
        """Everything accepted before is there, whole, and what would be published counts exactly the returns that count."""
        store = self.source.store
        try:
            held = store.everything()
            counting = [judged for key in store.partitions() if (judged := current(store.held(*key)))]
            for judged in counting:
                files = {path.name: fingerprint(path) for path in store.folder(judged).glob("*.parquet")}
                tally.torn += files != judged.files or judged.offences != self.expected[judged.return_id]
            with collected(store, ROOT / "data") as gathered:
                rows = (
                    gathered.query("SELECT coalesce(sum(offences), 0)::BIGINT AS n FROM cube")
                    if gathered
                    else [{"n": 0}]
                )
            tally.torn += int(rows[0]["n"]) != sum(judgement.offences for judgement in counting)
        except Exception as error:  # whatever cannot be read is torn
            tally.torn += 1
            tally.wrong.append(f"{type(error).__name__}: {error}"[:300])
            return
        accepted = {judgement.return_id for judgement in held if judgement.accepted}
        tally.lost += len(self.accepted - accepted)
        tally.wrong += [
            judgement.return_id
            for judgement in held
            if judgement.accepted != (self.expected[judgement.return_id] is not None)
        ]
        self.accepted |= accepted

    def state(self) -> dict[str, str]:
        """The index of every partition."""
        return {str(path.relative_to(self.source.store.root)): path.read_text(encoding="utf-8")
                for path in self.source.store.root.glob(f"*/*/{INDEX}")}  # fmt: skip


@contextmanager
def collection(few: int, quarters: tuple[str, ...]) -> Iterator[Collection]:
    """Returns to come, in the order of their extracts, and the state that a replay without any harm ends in."""
    with tempfile.TemporaryDirectory(prefix="darkfigure-returns-") as name:
        folder = Path(name)
        rules = read_rules(ROOT / "data")
        made = make(folder / "sent", Plan(SUPPLIERS[:few], quarters, rows=ROWS))
        found = Collection(folder, Source(folder / "inbox", Store(folder / "store"), rules))
        found.source.inbox.mkdir()
        shutil.copy(folder / "sent" / "SYNTHETIC", found.source.inbox)
        for base in made:
            found.due += [_version(base, name, place) for place, (name, _) in enumerate(VERSIONS)]
            shutil.rmtree(base)
        yield found


def _version(base: Path, name: str, place: int) -> Path:
    """One version of a return: as it was, with fewer rows, with a word that is no code, or with a name in a cell."""
    folder = base.with_name(f"{base.name}-{name}")
    shutil.copytree(base, folder)
    header, *lines = (folder / "record.csv").read_text(encoding="utf-8").splitlines()
    last = len(lines) - {"fewer": 30, "last": 10}.get(name, 0)
    spoilt = {"broken": (0, "cousin"), "named": (last - 1, "Jane Example")}
    since, word = spoilt.get(name, (last, ""))
    lines = [*lines[:since], *(line.replace(",recorded,", f",{word},") for line in lines[since:last])]
    (folder / "record.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    filled = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    day = f"2023-{6 + place:02}-01"
    (folder / "manifest.json").write_text(
        json.dumps(filled | {"extract_date": day, "sent_date": day}), encoding="utf-8"
    )
    seal_again(folder)
    return folder


def _arrive(at: Collection, folder: Path) -> tuple[str, str]:
    """Copy a return into the inbox; gives supplier and quarter."""
    supplier = folder.parent.name
    shutil.copytree(folder, at.source.inbox / supplier / folder.name)
    return supplier, folder.name[:7]


def _replayed(at: Collection) -> Collection:
    """The same returns, all there at once, taken in without harm; notes what each must count."""
    other = Collection(at.folder, Source(at.folder / "replay", Store(at.folder / "replayed"), at.source.rules))
    other.source.inbox.mkdir()
    shutil.copy(at.source.inbox / "SYNTHETIC", other.source.inbox)
    for supplier, quarter in sorted({_arrive(other, folder) for folder in at.due}):
        for judged in take_in(other.source, supplier, quarter):
            at.expected[judged.return_id] = judged.offences if judged.accepted else None
    refused = sum(value is None for value in at.expected.values())
    assert refused * len(VERSIONS) == len(at.expected) * sum(verdict != "" for _, verdict in VERSIONS)
    return other


def killed(one: World | None, chance: random.Random, short: bool) -> list[Tally]:
    """Taking in, killed at any moment again and again: nothing accepted is lost, nothing is published by half."""
    tally = Tally("taking in returns killed at any moment")
    wanted = 10 if short else 220
    with collection(1 if short else 4, QUARTERS[: 1 if short else 4]) as at:
        replay, whole = _replayed(at), 0.5
        turns = [folder for folder in at.due for _ in range(-(-wanted // len(at.due)))]
        arrived: set[Path] = set()
        for folder in turns:
            key = (folder.parent.name, folder.name[:7])
            if folder not in arrived:
                arrived.add(folder)
                _arrive(at, folder)
            was_killed, took = _in_a_child(at.source, *key, chance.uniform(0.0, 1.1 * whole))
            tally.times += was_killed
            tally.hangs += took > LONGEST
            whole = whole if was_killed else took  # how long it takes here and now: a kill after it is none
            at.look(tally)
        for supplier in SUPPLIERS:
            for quarter in QUARTERS:
                take_in(at.source, supplier, quarter)
        at.look(tally)
        if at.state() != replay.state():
            tally.wrong.append("what the kills left is not what a replay without them gives")
        if [path for one_left in landed(at.source.inbox, at.source.rules) if "named" in (path := str(one_left.folder))]:
            tally.wrong.append("a return with personal data is left in the inbox")
    return [tally]


def _in_a_child(source: Source, supplier: str, quarter: str, delay: float) -> tuple[bool, float]:
    """Take in a partition in a process of its own and kill it after some seconds; was it killed, and how long did it take?"""
    child = CHILDREN.Process(target=take_in, args=(source, supplier, quarter))
    begun = time.monotonic()
    child.start()
    child.join(delay)
    was_killed = child.is_alive()
    child.kill()
    child.join()
    return was_killed, time.monotonic() - begun


def together(one: World | None, chance: random.Random, short: bool) -> list[Tally]:
    """Several suppliers at once, and several processes on one of them: all are in, as if they had come one by one."""
    tally = Tally("returns of several suppliers at once")
    with collection(2, QUARTERS[:1]) as at:
        replay = _replayed(at)
        keys = sorted({_arrive(at, folder) for folder in at.due})
        asked = [(at.source, *key) for key in keys for _ in range(2)]
        chance.shuffle(asked)
        with CHILDREN.Pool(4) as pool:
            pool.starmap(take_in, asked)
        tally.times += len(asked)
        at.look(tally)
        if at.state() != replay.state():
            tally.wrong.append("what came at once is not what came one by one")
    return [tally]
