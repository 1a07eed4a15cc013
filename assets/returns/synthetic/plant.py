"""Plant errors in synthetic returns, one rule each, and write down every one: the truth that a check is held against."""

import csv
import datetime
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from assets.returns.manifest import MANIFEST
from assets.returns.rules import Rules
from assets.returns.seal import seal
from schemas.returns import RECORD

Row = dict[str, str]
NAMES = [one.name for one in RECORD]
TRUTH = ("supplier", "quarter", "line", "rule")


def _day(row: Row, days: int) -> str:
    return str(datetime.date.fromisoformat(row["recorded_date"]) + datetime.timedelta(days=days))


# Rule -> what makes a good row break it. E01 cuts the line, E06 writes it once more at the end.
MUTATIONS: dict[str, Callable[[Row], Row]] = {
    "E01": lambda row: row,
    "E02": lambda row: {"recorded_date": row["recorded_date"][:5] + "13-45"},
    "E03": lambda row: {"recorded_date": _day(row, 100), "outcome_date": _day(row, 200)},
    "E04": lambda row: {"offence_start": _day(row, 5), "offence_end": ""},
    "E05": lambda row: {"offence_code": "19A"},
    "E06": lambda row: row,
    "E07": lambda row: {"relationship": "cousin"},
    "E08": lambda row: {"victim_age": "130"},
    "E09": lambda row: {"relationship": "partner", "victim_age": "9", "offence_code": "105A"},
    "E10": lambda row: {"victim_sex": "M", "offence_code": "19C"},
    "E11": lambda row: {"outcome_type": "18", "outcome_date": _day(row, -1)},
    "E12": lambda row: {"action": "M"},
    "E13": lambda row: {"offence_code": "104"},
}


def plant(folders: Sequence[Path], errors: int, seed: int, truth: Path, rules: Rules) -> int:
    """Plant so many errors in every record return of some folders; gives how many there are in all.

    A return is never given more than it may have before it is refused (R06).
    """
    planted: list[tuple[str, str, int, str]] = []
    for folder in folders:
        filled = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if filled["profile"] == "record":
            most = int(min(rules.limits["error_rows"], rules.limits["error_share"] * filled["rows"]))
            chooser = random.Random(f"{seed} {folder.parent.name} {folder.name}")
            found = _plant_one(folder / filled["file"], min(errors, most), chooser)
            planted += [(filled["supplier"], filled["quarter"], line, rule) for line, rule in found]
            seal(folder, filled)
    with truth.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(TRUTH)
        writer.writerows(planted)
    return len(planted)


def _plant_one(file: Path, errors: int, chooser: random.Random) -> list[tuple[int, str]]:
    """Plant errors in one file; gives the line and rule of each."""
    with file.open(encoding="utf-8", newline="") as source:
        lines = source.read().splitlines()
    chosen = chooser.sample(range(1, len(lines)), min(errors, len(lines) - 1))
    codes = list(MUTATIONS)
    found, repeated = [], []
    for turn, at in enumerate(chosen):
        rule = codes[turn % len(codes)]
        row = dict(zip(NAMES, lines[at].split(","), strict=True))
        if rule == "E06":
            repeated.append(lines[at])
            continue
        if rule == "E01":
            lines[at] = lines[at].rsplit(",", 1)[0]
        else:
            lines[at] = ",".join((row | MUTATIONS[rule](row)).values())
        found.append((at + 1, rule))
    found += [(len(lines) + place, "E06") for place in range(1, len(repeated) + 1)]
    file.write_text("\n".join([*lines, *repeated]) + "\n", encoding="utf-8")
    return sorted(found)
