"""Processes killed at any moment, several at once, and a clock that jumps."""

import contextlib
import random
import subprocess
import sys
import time

from harmed import (
    LONGEST,
    Tally,
    World,
    environment,
    judged,
    kill,
    read_all_the_time,
    refreshing,
    seconds,
    start,
    within,
)

# Audits once, then writes and swaps the build again and again in children, each killed from outside.
PUBLISHER = """
import os, signal, sys, time, warnings
from pathlib import Path
from assets.published import publish as room
warnings.simplefilter("ignore")
place, root = room.place, Path(sys.argv[1])

def killed_again_and_again(output, build_id, write):
    for number, line in enumerate(sys.stdin):
        delay, child = float(line), os.fork()
        if child == 0:
            os.setsid()
            try:
                place(output, f"{build_id}-{number:04}", write)
            except BaseException as error:
                print(type(error).__name__, error, file=sys.stderr)
                os._exit(3)
            os._exit(0)
        begun, killed = time.monotonic(), 0
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            if time.monotonic() - begun > (delay if delay >= 0 else 60):
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                killed = 1
                break
            time.sleep(0.001)
        print(killed, time.monotonic() - begun, flush=True)
    return place(output, build_id + "-last", write)

room.place = killed_again_and_again
room.publish(root / "interim" / "staging", root / "output", root / "interim" / "refresh.lock")
"""
CLOCK = """
import datetime, sys
from pathlib import Path
from assets.published import publish as room
days = int(sys.argv[2])
class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.now(tz) + datetime.timedelta(days=days)
class Module:
    datetime, UTC, date, timedelta = Clock, datetime.UTC, datetime.date, datetime.timedelta
room.datetime = Module
root = Path(sys.argv[1])
room.publish(root / "interim" / "staging", root / "output", root / "interim" / "refresh.lock")
"""


def publishing(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """Publishing, killed with its group in the window in which it writes and swaps, while somebody reads."""
    tally = Tally("publishing killed in its window")
    wanted = 3 if short else 150
    server = subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(world.root)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None and server.stdout is not None

    def once(delay: float) -> tuple[bool, float]:
        assert server.stdin is not None and server.stdout is not None
        server.stdin.write(f"{delay}\n")
        server.stdin.flush()
        killed, took = server.stdout.readline().split()
        return killed == "1", float(took)

    with read_all_the_time(world, tally):
        whole, enough = once(-1)[1], within(18)
        while tally.times < wanted and enough():
            killed, took = once(chance.uniform(0, whole * 1.05))
            tally.times += killed
            tally.hangs += took > LONGEST
            if not killed:
                whole = 0.8 * whole + 0.2 * took
            world.look(tally)
    server.stdin.close()
    if server.wait():
        tally.wrong.append(f"the last one ended with {server.returncode}")
    world.look(tally)
    left = [path.name for folder in (world.output, world.output / "builds") for path in folder.glob(".*")]
    if left:
        tally.wrong.append(f"left behind: {left}")
    return [tally]


def refreshes(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """A whole refresh, killed at any moment, alone or with its group; the next one goes through and says what was killed."""
    tally = Tally("refresh killed at any moment")
    since = time.monotonic()
    judged(start(refreshing(world)), tally, (0,))
    whole = seconds(since)
    enough = within(5)
    with read_all_the_time(world, tally):
        while tally.times < (1 if short else 15) and enough():
            process = start(refreshing(world))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.05, 1.0) * whole)
            tally.times += kill(process, group=chance.random() < 0.5)
            world.look(tally)
    judged(start(refreshing(world)), tally, (0,))
    world.look(tally)
    return [tally]


def together(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """Two and five refreshes at once: one publishes, the others say so or wait."""
    tallies = []
    for many in (2,) if short else (2, 5):
        tally = Tally(f"{many} refreshes at once")
        begun = [start(refreshing(world)) for _ in range(many)]
        for process in begun:
            judged(process, tally, (0, 1), "Another refresh is running")
        if not any(process.returncode == 0 for process in begun):
            tally.wrong.append("none of them published")
        world.look(tally)
        tallies.append(tally)
    return tallies


def clock(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """The clock jumps forth and back; the newest build is the one that was made last."""
    tally = Tally("the clock 40 days forth and back")
    for days in (40, 0) if short else (40, 0, -40, 0, 40, -40, 0):
        judged(start([sys.executable, "-c", CLOCK, str(world.root), str(days)]), tally, (0,))
        world.look(tally)
    return [tally]
