"""Two files of one release: each figure once, and what they print differently is named."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from assets.archive.reading.result import Finding, Reading, finding
from assets.tables.conform import conform
from assets.words.wording import number_of
from schemas.registry import contract

EXAMPLES = 3
Read = Sequence[tuple[str, Reading]]


# What decides between two files of one release, in this order.
DECIDES = (
    "came out later, as it or its download says", "was read whole", "arrived later", "comes first by its name",
)  # fmt: skip


def first_first(read: Read, arrived: Mapping[str, float]) -> Read:
    """The readings, of each release the one first that came out last, else was read whole, arrived last, or by its name.

    read: file -> its reading; arrived: file -> when it arrived, in seconds
    """
    return sorted(read, key=lambda entry: _rank(entry, arrived))


def _rank(entry: tuple[str, Reading], arrived: Mapping[str, float]) -> tuple[float, bool, float, str]:
    place, reading = entry
    return -reading.release.get("vintage_order", 0), bool(reading.set_aside), -arrived.get(place, 0), place


def once_per_release(read: Read, arrived: Mapping[str, float]) -> tuple[dict[str, list[pd.DataFrame]], list[Finding]]:
    """The frames by staged table, each figure of a release once: of two files that of `first_first`."""
    frames: dict[str, list[pd.DataFrame]] = defaultdict(list)
    findings: list[Finding] = []
    by_release: dict[tuple[str, str, str], list[tuple[str, Reading]]] = defaultdict(list)
    for place, reading in first_first(read, arrived):
        if reading.release:
            by_release[(reading.staged, *(reading.of or ("", "")))].append((place, reading))
    for (staged, source, release), some in by_release.items():
        if len(some) == 1:
            frames[staged].append(some[0][1].frame)
            continue
        whole = pd.concat([reading.frame for _, reading in some], ignore_index=True)
        owner = pd.Series([place for place, reading in some for _ in range(len(reading.frame))])
        keys = conform(whole, contract(staged))["row_id"]
        again = keys.duplicated()
        frames[staged].append(whole[~again].reset_index(drop=True))
        if again.any():
            first, second = (_rank(entry, arrived) for entry in some[:2])
            why = next(said for said, ours, theirs in zip(DECIDES, first, second, strict=True) if ours != theirs)
            handling = f"Each figure is taken once, from {some[0][0]} where it has it: it {why}."
            findings += _differences(whole, owner, keys, again, f"{source}@{release}", handling)
    return frames, findings


def _differences(
    whole: pd.DataFrame, owner: pd.Series, keys: pd.Series, again: pd.Series, release: str, handling: str
) -> list[Finding]:
    values = pd.DataFrame({"key": keys, "value": whole["value"], "cell": whole["cell"], "file": owner}).astype("object")
    both = values[again].merge(values[~again], on="key", suffixes=("_other", ""))
    # A spreadsheet that saves a copy keeps fifteen digits: the last ones of a share are no other figure.
    ours, theirs = (both[name].astype("Float64").to_numpy(float, na_value=np.nan) for name in ("value", "value_other"))
    differ = both[~np.isclose(ours, theirs, rtol=1e-12, atol=0, equal_nan=True)]
    differences = "; ".join(
        f"{row['file']} prints {row['value']} in {row['cell']}, {row['file_other']} {row['value_other']}"
        for row in differ.head(EXAMPLES).to_dict("records")
    )
    names = ", ".join(dict.fromkeys([*both["file"], *both["file_other"]]))
    return [
        finding(
            "release_in_two_files", "warning" if len(differ) else "info", f"{release}: {names}",
            f"{number_of(len(both), 'figure')} in more than one file, {len(differ):,} of them differently. {differences}".strip(),
            handling,
        )
    ]  # fmt: skip
