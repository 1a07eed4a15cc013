"""Disks that are full, folders that may not be written, and a history that is noise."""

import random
import shutil
import subprocess

from harmed import Tally, World, darkfigure, judged, refreshing, start, within

IN_WORDS = r"disk is full|may not be written|not be made|Read-only"
# A folder on a small disk of its own, or one that is read-only, seen by this process and its children only.
SMALL = 'mount -t tmpfs -o size={size} tmpfs "$1" && cp -a "$2/." "$1/" 2>/dev/null; shift 2; exec "$@"'
READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 99; shift 2; exec "$@"'


def apart() -> bool:
    """May this user mount in a name space of its own?"""
    return subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode == 0


def full_and_read_only(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """Each folder that is written, full and read-only: words, an exit code, and the last good file for everybody else."""
    if shutil.which("unshare") is None or not apart():
        return [Tally("full and read-only folders", note="not tried: this user may not mount")]
    tallies = []
    folders = {"output": world.output, "staging": world.root / "interim", "history": world.root / "interim" / "dagster"}
    for name, folder in folders.items():
        for how, script in (("full", SMALL), ("read-only", READ_ONLY)):
            if short and (name, how) not in (("output", "full"), ("staging", "read-only")):
                continue
            tally = Tally(f"{name} folder {how}")
            kept = world.root.parent / "kept"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept, symlinks=True)
            used = sum(path.lstat().st_size for path in kept.rglob("*")) // 1024
            size = f"{used + 400}k"
            command = ["unshare", "-rm", "sh", "-c", script.format(size=size), "-", str(folder), str(kept)]
            codes = (0,) if name == "history" else (1,)
            judged(start([*command, *refreshing(world)]), tally, codes, IN_WORDS)
            judged(start([*command, *darkfigure("doctor", "--data", world.root)]), tally, (0, 1))
            world.look(tally)
            tallies.append(tally)
    return tallies


def history(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """The databases of the history are noise, cut off or gone: what is published does not depend on them."""
    tally = Tally("history damaged")
    home = world.root / "interim" / "dagster"
    whole = world.root.parent / "whole"
    shutil.copytree(home, whole)
    databases = sorted(path.relative_to(home) for path in home.rglob("*.db"))
    ways = ["noise", "cut", "gone"]
    enough = within(4)
    for number in range(1 if short else 6):
        if not enough():
            break
        shutil.rmtree(home)
        shutil.copytree(whole, home)
        for database in databases if number == 0 else chance.sample(databases, 1):
            path = home / database
            how = "noise" if number == 0 else chance.choice(ways)
            if how == "gone":
                path.unlink()
            else:
                path.write_bytes(
                    chance.randbytes(50_000) if how == "noise" else path.read_bytes()[: path.stat().st_size // 2]
                )
        before = world.file.resolve()
        judged(start(refreshing(world)), tally, (0,))
        if world.file.resolve() == before:
            tally.wrong.append(f"nothing was published beside a damaged {path.name}")
        judged(start(darkfigure("doctor", "--data", world.root)), tally, (0, 1))
        world.look(tally)
    shutil.rmtree(home)
    shutil.copytree(whole, home)
    return [tally]
