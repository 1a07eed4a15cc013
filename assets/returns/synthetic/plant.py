"""Plant errors in synthetic returns, one rule each, and write down every one: the truth that a check is held against."""

import csv
import datetime
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from assets.returns.file.manifest import MANIFEST
from assets.returns.rules.rules import Rules
from assets.returns.supply.seal import seal
from schemas.returns import RECORD

Row = dict[str, str]
NAMES = [column.name for column in RECORD]
TRUTH = ("supplier", "quarter", "line", "rule")


def _day(row: Row, days: int) -> str:
    return str(datetime.date.fromisoformat(row["recorded_date"]) + datetime.timedelta(days=days))


# Rule -> ways to make a good row break it alone. E01 spoils the line, E06 writes it once more at the end.
MUTATIONS: dict[str, tuple[Callable[[Row], Row], ...]] = {
    "E01": (lambda row: {},),
    "E02": (
        lambda row: {"recorded_date": row["recorded_date"][:5] + "13-45"}, lambda row: {"offence_end": "1/4/2022"},
        lambda row: {"victim_age": "thirty"}, lambda row: {"crime_count": "0"}, lambda row: {"crime_count": "-1"},
        lambda row: {"crime_count": "1.0"}, lambda row: {"crime_ref": ""}, lambda row: {"victim_ref": "v" * 41},
        lambda row: {"action": ""}, lambda row: {"outcome_date": "12022-5-10"},
    ),
    "E03": (
        lambda row: {"recorded_date": _day(row, 100), "outcome_date": ""},
        lambda row: {"recorded_date": _day(row, -100), "offence_start": "", "offence_end": ""},
    ),
    "E04": (
        lambda row: {"offence_start": _day(row, 1), "offence_end": ""},
        lambda row: {"offence_start": _day(row, -3), "offence_end": _day(row, -4)},
    ),
    "E05": (lambda row: {"offence_code": "19A"}, lambda row: {"offence_code": "999"}, lambda row: {"offence_code": "008/99"}),
    "E06": (lambda row: {},),
    "E07": (
        lambda row: {"relationship": "cousin"}, lambda row: {"victim_sex": "f"}, lambda row: {"flag_da": "yes"},
        lambda row: {"outcome_type": "99"}, lambda row: {"csp_code": "E22"}, lambda row: {"action": "X"},
        lambda row: {"supplier_code": "elsewhere"},
    ),
    "E08": (
        lambda row: {"victim_age": "121"}, lambda row: {"victim_age": "-1", "relationship": "known"},
        lambda row: {"suspect_age": "9", "outcome_type": "1"}, lambda row: {"suspect_age": "121"},
    ),
    "E09": (
        lambda row: {"relationship": "partner", "victim_age": "9", "offence_code": "105A"},
        lambda row: {"relationship": "ex_partner", "victim_age": "12", "offence_code": "105A"},
    ),
    "E10": (
        lambda row: {"victim_sex": "M", "offence_code": "19C"}, lambda row: {"victim_sex": "F", "offence_code": "17A"},
    ),
    "E11": (lambda row: {"outcome_type": "18", "outcome_date": _day(row, -1)},),
    "E12": (lambda row: {"action": "M"}, lambda row: {"action": "D"}),
    "E13": tuple(lambda row, code=code: {"offence_code": code} for code in ("27", "8S", "8T", "104")),  # type: ignore[misc]
    "E14": (lambda row: {"crime_count": "93"}, lambda row: {"crime_count": "1000000"}),
}  # fmt: skip


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
            made_errors = _plant_one(folder / filled["file"], min(errors, most), chooser)
            planted += [(filled["supplier"], filled["quarter"], line, rule) for line, rule in made_errors]
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
    planted, repeated = [], []
    for turn, at in enumerate(chosen):
        rule = codes[turn % len(codes)]
        row = dict(zip(NAMES, lines[at].split(","), strict=True))
        if rule == "E06":
            repeated.append(lines[at])
            continue
        if rule == "E01":
            lines[at] = f"{lines[at]},more" if turn % 2 else lines[at].rsplit(",", 1)[0]
        else:
            lines[at] = ",".join((row | chooser.choice(MUTATIONS[rule])(row)).values())
        planted.append((at + 1, rule))
    planted += [(len(lines) + place, "E06") for place in range(1, len(repeated) + 1)]
    file.write_text("\n".join([*lines, *repeated]) + "\n", encoding="utf-8")
    return sorted(planted)
