"""Hostile files through the gate, and through a refresh."""

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from harmed import LONGEST, ROOT, Tally, World, judged, refreshing, seconds, start

sys.path.insert(0, str(ROOT / "tests"))
from hostile import damaged, named

from assets.archive.identity.identify import identify
from assets.words.problems import BadInput


def through_the_gate(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """Each of them is recognised, refused in one sentence or no publication, within the limits."""
    tally = Tally("hostile files")
    refused = 0
    files = [(name, content) for name, (content, _) in named().items()]
    files += list(damaged(chance, 20 if short else 300))
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files:
            path = Path(folder) / name
            path.write_bytes(content)
            since = time.monotonic()
            try:
                identify(path, world.root)
            except BadInput as error:
                refused += 1
                if "Traceback" in str(error) or len(error.paragraph()) > 2_000:
                    tally.tracebacks += 1
            except Exception as error:
                tally.wrong.append(f"{name}: {type(error).__name__}: {error}")
            tally.times += 1
            tally.hangs += seconds(since) > LONGEST
            path.unlink()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    tally.note = f"{refused} refused in words; the look at one took at most {peak:,} MB"
    if short:
        return [tally]
    landed = Tally("a refresh with hostile files landed")
    landing = world.root / "landing" / "hostile"
    landing.mkdir(parents=True)
    for name, (content, _) in named().items():
        (landing / name).write_bytes(content)
    judged(start(refreshing(world, "--no-history")), landed, (3,), "set aside")
    world.look(landed)
    for path in landing.iterdir():
        path.unlink()
    return [tally, landed]
