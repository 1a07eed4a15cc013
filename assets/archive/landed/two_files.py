"""Two files of one release: each figure once, and what they print differently is named."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

from assets.archive.reading.result import Finding, Reading, finding
from assets.tables.conform import conform
from assets.words.wording import number_of
from schemas.registry import contract

EXAMPLES = 3


def once_per_release(read: Sequence[tuple[str, Reading]]) -> tuple[dict[str, list[pd.DataFrame]], list[Finding]]:
    """The frames by staged table, each figure of a release once; of two files the one that was read whole, then by path.

    read: file -> its reading
    """
    frames: dict[str, list[pd.DataFrame]] = defaultdict(list)
    findings: list[Finding] = []
    by_release: dict[tuple[str, str, str], list[tuple[str, Reading]]] = defaultdict(list)
    for place, reading in read:
        if reading.release:
            by_release[(reading.staged, *(reading.of or ("", "")))].append((place, reading))
    for (staged, source, release), some in by_release.items():
        some.sort(key=lambda entry: (bool(entry[1].set_aside), entry[0]))
        if len(some) == 1:
            frames[staged].append(some[0][1].frame)
            continue
        whole = pd.concat([reading.frame for _, reading in some], ignore_index=True)
        owner = pd.Series([place for place, reading in some for _ in range(len(reading.frame))])
        keys = conform(whole, contract(staged))["row_id"]
        again = keys.duplicated()
        frames[staged].append(whole[~again].reset_index(drop=True))
        if again.any():
            findings += _differences(whole, owner, keys, again, f"{source}@{release}")
    return frames, findings


def _differences(
    whole: pd.DataFrame, owner: pd.Series, keys: pd.Series, again: pd.Series, release: str
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
            "Each figure is taken once, from the file that was read whole and comes first by its name.",
        )
    ]  # fmt: skip
