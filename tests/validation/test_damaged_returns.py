"""Returns damaged at random: every planted error is found on its line, no clean row is set aside, however the file is written.

    python tests/validation/test_damaged_returns.py RETURNS [SEED]

prints the same for any number of returns. Each is drawn by its seed: how references are made, how the file is written, and which
rows are wrong in which way. The ways were written down apart from those of assets/returns/synthetic/plant.py, as people and
spreadsheets make them.
"""

import base64
import csv
import datetime
import gzip
import io
import os
import random
import string
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from assets.returns.file.manifest import Manifest
from assets.returns.intake.intake import engine, examine
from assets.returns.intake.landed import Landed
from assets.returns.intake.store import Store
from assets.returns.rules.rules import Rules, read_rules
from assets.returns.supply.seal import blank, seal
from assets.returns.synthetic.make import Plan, make
from schemas.returns import FLAGS, RECORD

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
SEEDS = range(600 if os.environ.get("DARKFIGURE_VALIDATE") else 12)
NAMES = [column.name for column in RECORD]
REFERENCES = [column.name for column in RECORD if column.kind == "reference"]
Row = dict[str, str]
# Days before the first that a spreadsheet counts.
BEFORE_1900 = 693_594
Draw = Callable[[random.Random, int], str]


def drawn(letters: str, size: int) -> Draw:
    return lambda chance, _: "".join(chance.choices(letters, k=size))


ALPHABETS = (
    string.hexdigits[:16], string.hexdigits[:16].upper(), string.digits + string.ascii_lowercase,
    string.digits + string.ascii_uppercase, string.digits + string.ascii_letters, string.ascii_uppercase + "234567",
)  # fmt: skip
REFERENCE_OF: list[Draw] = [
    *(drawn(letters, size) for letters in ALPHABETS for size in (8, 10, 12, 16, 24)),
    lambda chance, _: str(uuid.UUID(int=chance.getrandbits(128), version=4)),
    lambda chance, _: base64.b64encode(chance.randbytes(12)).decode(),
    lambda chance, _: base64.urlsafe_b64encode(chance.randbytes(16)).decode().rstrip("="),
    lambda chance, _: f"{chance.getrandbits(60):x}",
    lambda _, place: str(1_000_000 + place), lambda _, place: f"KENT/22/{place:06d}", lambda _, place: f"46/{100_000 + place}/22",
    lambda _, place: f"NK{22_000_000_000 + place}", lambda chance, place: f"2022{chance.randrange(4, 7):02d}-{place:05d}",
]  # fmt: skip


def moved(row: Row, days: int, column: str = "recorded_date") -> str:
    return str(datetime.date.fromisoformat(row[column]) + datetime.timedelta(days))


def written(column: str, form: str) -> Callable[[Row], Row]:
    return lambda row: {column: f"{datetime.date.fromisoformat(row[column]):{form}}"}


def value(column: str, *values: str) -> list[Callable[[Row], Row]]:
    return [lambda row, text=text: {column: text} for text in values]  # type: ignore[misc]


# What breaks which rule. A row that breaks another by the way is no matter: it is set aside once.
DAMAGE: dict[str, list[Callable[[Row], Row]]] = {
    "E02": [
        *(written("recorded_date", form) for form in ("%d/%m/%Y", "%d.%m.%y", "%d-%b-%y", "%Y%m%d", "%Y-%m-%dT00:00",
                                                      "%Y–%m–%d", "%Y-%m-%d 00:00:00", "%d %B %Y")),
        lambda row: {"recorded_date": str(datetime.date.fromisoformat(row["recorded_date"]).toordinal() - BEFORE_1900)},
        *value("offence_end", "1900-01-00", "0000-00-00", "infinity", "2022-02-30", "NULL", "########"),
        *value("victim_age", "N/A", "33.0", "3 3", "033", "30-39", "adult", "#REF!", "1e1", "٣٣"),
        *value("crime_count", "", "0", "-1", "01", "+1", "1,000", "1 000", "one", "１"),
        *value("crime_ref", "", " ", "4.6E+11", "a1" * 21, "=1+1"), *value("victim_ref", "UNKNOWN", "0", "000000"),
        *value("record_status", ""), *value("victim_type", ""), *value("supplier_code", ""),
    ],
    "E03": [lambda _: {"recorded_date": "2022-07-01", "outcome_date": ""},
            lambda row: {"recorded_date": row["recorded_date"].replace("2022", "2021"), "offence_start": "", "offence_end": ""}],
    "E04": [lambda row: {"offence_start": moved(row, 1), "offence_end": ""},
            lambda row: {"offence_start": moved(row, -1), "offence_end": moved(row, -2)}, *value("offence_end", "9999-12-31")],
    "E05": value("offence_code", "8l", "8 L", "8/67", "Aug-67", "019C", "19A", "Harassment", "8Ｍ", "8\u041c"),
    "E07": [
        *value("victim_sex", "f", "Female", "F\x00", "2"), *value("relationship", "Partner", "ex partner", "ex-partner"),
        *value("flag_da", "Yes", "y", "1", "TRUE", "-"), *value("outcome_type", "01", "19", "16.0", "#N/A"),
        *value("csp_code", "E2200012", "e22000012"), *value("action", "i"), *value("record_status", "Recorded"),
        *value("supplier_code", "surrey", "KENT"),
        *value("location_type", "Home", "ho\nme", 'ho"me', "home\x07", "<b>home</b>"),
    ],
    "E08": [lambda _: {"victim_age": "999"}, lambda _: {"suspect_age": "9", "outcome_type": "2"}],
    "E09": [lambda _: {"victim_age": "12", "relationship": "partner", "offence_code": "105A"}],
    "E10": [lambda _: {"victim_sex": "M", "offence_code": "19C"}, lambda _: {"victim_sex": "F", "offence_code": "17A"}],
    "E11": [lambda row: {"outcome_date": moved(row, -1)}, *value("outcome_date", "2022-07-21")],
    "E12": value("action", "M", "D"),
    "E13": value("offence_code", "27", "8S", "8T", "104"), "E14": value("crime_count", "93", "1000000"),
}  # fmt: skip
# How a file is written: end of its lines, whether all cells are quoted, what stands before the header, blank and hollow lines,
# and what stands about each value.
FORMS = [
    {}, {"end": "\r\n"}, {"end": "\r\n", "before": "\ufeff"}, {"end": "\r"}, {"quoted": True}, {"shuffled": True},
    {"before": "Kent Police\n"}, {"blank": 0.01}, {"hollow": 0.01, "end": "\r\n"}, {"last": False},
    {"about": " "}, {"about": "\u00a0", "quoted": True}, {"about": "\u200b", "end": "\r\n"},
    {"packed": True, "end": "\r\n", "shuffled": True, "before": "Kent Police\r\n"},
]  # fmt: skip


@cache
def rules() -> Rules:
    return read_rules(ROOT / "data")


@cache
def clean() -> list[Row]:
    """Some thousand good rows of one return, in an order of their own: they are made by several threads."""
    with tempfile.TemporaryDirectory() as folder:
        [made] = make(Path(folder), Plan(["kent"], ("2022-04",), rows=12_000, seed=11))
        with (made / "record.csv").open(encoding="utf-8", newline="") as source:
            return sorted(csv.DictReader(source), key=lambda row: row["crime_ref"])


def file_of(
    rows: list[Row], chance: random.Random, end: str = "\n", before: str = "", blank: float = 0, hollow: float = 0,
    quoted: bool = False, shuffled: bool = False, last: bool = True, packed: bool = False,
    about: str = "",
) -> tuple[bytes, list[int]]:  # fmt: skip
    """The bytes of a file, and the line of each row."""
    names = chance.sample(NAMES, len(NAMES)) if shuffled else NAMES
    line, at, told = 1 + before.count("\n"), [], []
    for row in [dict.fromkeys(NAMES) | {name: name for name in NAMES}, *rows]:
        cells = io.StringIO()
        csv.writer(cells, lineterminator="", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerow(
            [f"{about}{row[name]}{about}" for name in names]
        )
        text = cells.getvalue() + str(row.get("more") or "")
        at.append(line)
        for kept in [text, *[""] * (chance.random() < blank), *["," * (len(NAMES) - 1)] * (chance.random() < hollow)]:
            told.append(kept)
            line += 1 + kept.count("\n")
    content = (before + end.join(told) + end * last).encode()
    return gzip.compress(content) if packed else content, at[1:]


@dataclass
class Judged:
    """What came of a damaged return: planted errors by rule, and what went wrong."""

    rows: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def judged(seed: int) -> Judged:
    """Damage a clean return by a seed, and hold what a check finds against what was planted."""
    chance = random.Random(seed)
    rows = [dict(row) for row in chance.sample(clean(), chance.choice((60, 300, 1_000)))]
    reference, form = chance.choice(REFERENCE_OF), chance.choice(FORMS)
    for place, row in enumerate(rows):
        row |= {name: reference(chance, 3 * place + at) for at, name in enumerate(REFERENCES) if row[name]}
    truth: dict[int, str] = {}
    chosen = chance.sample(range(len(rows)), chance.randrange(1 + len(rows) // 50))
    good = sorted({*range(len(rows))} - {*chosen})
    for place in chosen:
        rule = chance.choice(["E01", "E06", *DAMAGE])
        if rule == "E01":
            rows[place]["more"] = ",x"
        elif rule == "E06":
            rows.append(dict(rows[chance.choice(good)]))
            place = len(rows) - 1
        else:
            damage = chance.choice(DAMAGE[rule])(rows[place])
            if form.get("end") == "\r" and "\n" in "".join(damage.values()):
                continue
            rows[place] |= damage
        truth[place] = rule
    judged = Judged(len(rows), Counter(truth.values()))
    content, at = file_of(rows, chance, **form)  # type: ignore[arg-type]
    name = "record.csv.gz" if form.get("packed") else "record.csv"
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder) / "kent" / "first"
        sent.mkdir(parents=True)
        (sent / name).write_bytes(content)
        filled = {
            "synthetic": True,
            "file": name,
            "extract_date": "2022-07-20",
            "sent_date": "2022-07-25",
            "flags_available": [*FLAGS],
        }
        manifest: Manifest = seal(sent, blank("kent", "2022-04", "record", "assumed-1") | filled)
        with engine(Store(Path(folder) / "store")) as connection:
            checked = examine(connection, Landed("kent", sent, manifest), rules(), synthetic=True, alone=True)
            told = connection.execute("SELECT line, rule FROM problem WHERE rule[1] = 'E'").fetchall()
    by_line: dict[int, set[str]] = {}
    for line, rule in told:
        by_line.setdefault(line, set()).add(rule)
    planted = {at[place]: rule for place, rule in truth.items()}
    judged.wrong += [
        f"{rule} in line {line}: missed" for line, rule in planted.items() if rule not in by_line.get(line, ())
    ]
    judged.wrong += [f"line {line}: clean and set aside by {by_line[line]}" for line in by_line.keys() - planted.keys()]
    if (checked.rows, checked.quarantined) != (len(rows), len(truth)) or checked.refused:
        judged.wrong.append(
            f"{checked.rows} rows, {checked.quarantined} set aside of {len(truth)}, refused {checked.refused}"
        )
    return judged


@pytest.mark.parametrize("seed", SEEDS)
def test_of_a_damaged_return_each_error_is_found_and_nothing_else(seed: int) -> None:
    assert judged(seed).wrong == []


def main() -> int:
    """Print what came of so many damaged returns."""
    many, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    rows, planted, wrong = 0, Counter[str](), 0
    for seed in range(first, first + many):
        judgement = judged(seed)
        rows, planted = rows + judgement.rows, planted + judgement.planted
        wrong += bool(judgement.wrong)
        for said in judgement.wrong:
            sys.stdout.write(f"{seed}: {said}\n")
    sys.stdout.write(f"{many:,} returns, {rows:,} rows, {planted.total():,} errors planted ")
    sys.stdout.write(
        f"({', '.join(f'{rule} {count:,}' for rule, count in sorted(planted.items()))}); {wrong} with something wrong\n"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
