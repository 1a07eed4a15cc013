"""How long a refresh took and how much memory it needed at most, noted by its last steps for whoever watches."""

import datetime
import json
import sys
from pathlib import Path

import psutil

from assets.published.replacing import replace

MEASURED = "last-refresh.json"


def write_measured(folder: Path, run: str, began: float) -> None:
    """Write what the run has taken until now into `folder/last-refresh.json`.

    began: when the run began, seconds since 1970
    """
    now = datetime.datetime.now(datetime.UTC)
    taken = {
        "run": run,
        "ended_at": now.isoformat(timespec="seconds"),
        "seconds": round(now.timestamp() - began, 1),
        "peak_bytes": peak_bytes(),
    }
    replace(folder / MEASURED, lambda beside: beside.write_text(json.dumps(taken), encoding="utf-8"))


def peak_bytes() -> int:
    """The most memory that this process has held at once."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most if sys.platform == "darwin" else most * 1024)
