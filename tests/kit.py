"""What tests build with: the command line, frames of a contract, small CSV files, and cases for the rules."""

import csv
import dataclasses
import datetime
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from assets.archive.reading.book import Book
from assets.archive.reading.known import Known, known
from assets.archive.reading.layout import Layout
from assets.archive.reading.reference import Reference
from assets.archive.titled.read import TitledReading, read_titled
from assets.archive.titled.recognise import recognise
from assets.methods.interval import Interval
from assets.reconciled.ground.comparison import Case, ComparedPeriod, Count, Estimate, Pairing
from assets.reference.read import read_reference
from assets.tables import staging
from assets.tables.conform import conform
from assets.tables.contracted import TAKES
from assets.tables.records import Record, records
from assets.words.problems import BadInput
from schemas.derive import columns
from schemas.registry import contract

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
PUBLISHED = Path(os.environ.get("DARKFIGURE_PUBLISHED") or ROOT.parent / "shared" / "published")
MADE = ("landing", "interim", "output", "returns")
OWN = ("DAGSTER_HOME", "DARKFIGURE_DATA")
# What proves depth rather than catches what breaks: `make validate` asks for it.
VALIDATE = bool(os.environ.get("DARKFIGURE_VALIDATE"))
in_validation = pytest.mark.skipif(not VALIDATE, reason="long: `make validate` runs it")
YE_MARCH_2023 = ComparedPeriod(datetime.date(2022, 4, 1), datetime.date(2023, 3, 31), "survey_year")


def released(name: str) -> Path:
    """A released file, or a skip that says which one is not here."""
    path = PUBLISHED / name
    if not path.is_file():
        pytest.skip(f"the released file is not here: {path}")
    return path


@cache
def printed_sheet(path: Path, ending: str) -> list[list[Any]]:
    """The cells of the sheet of a workbook that is called so, or whose name ends so, as the library alone reads them."""
    book = CalamineWorkbook.from_path(path)
    name = min((name for name in book.sheet_names if name.strip().endswith(ending)), key=len)
    return list(book.get_sheet_by_name(name).to_python(skip_empty_area=False))


@cache
def reference_table(name: str) -> pd.DataFrame:
    """A tracked table of `reference`, as its asset reads it; to be read only."""
    return read_reference(DATA, f"reference.{name}")


@cache
def known_names() -> Known:
    """What the readers of titled tables resolve names against."""
    return known(reference())


@cache
def reference() -> Reference:
    """What released files are read against."""
    return Reference(DATA, reference_table("series"), reference_table("offence"), reference_table("area"))


def layout_of(book: Book, known_layouts: Sequence[Layout]) -> Layout:
    """The layout of a file of any of the publications; BadInput where it is none of them."""
    layout = recognise(book, known_layouts)
    if layout is None:
        raise BadInput(f"{book.file} is no publication that is known", [])
    return layout


def read_released(book: Book, known_layouts: Sequence[Layout], known: Known) -> TitledReading:
    """Read a file of any of the publications; BadInput where it is none of them."""
    return read_titled(book, layout_of(book, known_layouts), known)


@dataclasses.dataclass(frozen=True)
class Ran:
    """How a command ended, what it said, and how long it took."""

    code: int
    said: str
    error: str
    seconds: float


Run = Callable[..., Ran]


def environment(**more: str) -> dict[str, str]:
    """The environment without what would lead a command to the developer's own folders."""
    return {name: value for name, value in os.environ.items() if name not in OWN} | more


def command(*arguments: object) -> list[str]:
    """The command line of this checkout, with this Python."""
    return [sys.executable, "-m", "pipelines.cli", *map(str, arguments)]


def darkfigure(*arguments: object, timeout: float = 300, **variables: str) -> Ran:
    """Run `darkfigure` as a process of its own. It never shows a traceback."""
    start = time.monotonic()
    done = subprocess.run(
        command(*arguments), cwd=ROOT, env=environment(**variables), capture_output=True, text=True, timeout=timeout
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr, time.monotonic() - start)


WORKBOOKS = ("ons_appendix", "ons_pfa")
OPEN_DATA = ("csew", "home_office", "population")


def released_files(folders: Sequence[str] = (*WORKBOOKS, *OPEN_DATA)) -> list[Path]:
    """The released files that are here, but for what describes them."""
    return [path for folder in folders for path in sorted((PUBLISHED / folder).glob("*")) if path.suffix != ".md"]


def smallest_of_each_kind(files: Sequence[Path]) -> list[Path]:
    """Of each folder and form the smallest."""
    smallest: dict[tuple[str, str], Path] = {}
    for path in sorted(files, key=lambda path: path.stat().st_size):
        smallest.setdefault((path.parent.name, "".join(path.suffixes[-2:])), path)
    return list(smallest.values())


def land(files: Sequence[Path], data: Path) -> None:
    """Put files into the landing folder of a data root, each into a folder as it came from."""
    for path in files:
        target = data / "landing" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def not_told(files: Sequence[Path], published: Path, said: str) -> list[str]:
    """Landed files that are neither read nor named as set aside, by a published file that has a gap."""
    with duckdb.connect(published, read_only=True) as connection:
        paths = connection.execute("SELECT DISTINCT path FROM meta.source_file").fetchall()
        assert connection.execute("SELECT count(*) > 0 FROM main.gap").fetchall() == [(True,)]
    read = {Path(path).name for (path,) in paths}
    return [path.name for path in files if path.name not in read and path.name not in said]


def copy_of_data(target: Path) -> Path:
    """The tracked input of the checkout, without anything that a run makes."""
    return Path(
        shutil.copytree(ROOT / "data", target, ignore=lambda folder, names: MADE if folder == f"{ROOT}/data" else ())
    )


@dataclasses.dataclass(frozen=True)
class Built:
    """One refresh with history: what it read, what it made, what it said."""

    root: Path
    ran: Ran

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def file(self) -> Path:
        return self.output / "darkfigure.duckdb"

    @property
    def staging(self) -> Path:
        return self.root / "interim" / "staging"

    @property
    def home(self) -> Path:
        return self.root / "interim" / "dagster"


class Tables(Mapping[str, pd.DataFrame]):
    """The staged tables of a refresh by key, as frames of their declared types; `rows` gives plain records."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._frames, self._rows = folder, dict[str, pd.DataFrame](), dict[str, list[Record]]()

    def __getitem__(self, key: str) -> pd.DataFrame:
        if key not in self._frames:
            self._frames[key] = staging.read_staged(self._folder, contract(key)).frame
        return self._frames[key].copy()

    def __iter__(self) -> Iterator[str]:
        return (f"{path.parent.name}.{path.stem}" for path in self._folder.glob("*/*.parquet"))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def rows(self, key: str, **wanted: Any) -> list[Record]:
        """The records of a table whose columns have the wanted values."""
        if key not in self._rows:
            self._rows[key] = records(self[key])
        return [row for row in self._rows[key] if all(row[name] == value for name, value in wanted.items())]

    def row(self, key: str, **wanted: Any) -> Record:
        """The one record with the wanted values."""
        found = self.rows(key, **wanted)
        assert len(found) == 1, f"{len(found)} rows of {key} with {wanted}"
        return found[0]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def ye(month_end: str, kind: str = "year") -> ComparedPeriod:
    """The twelve months that end on a day."""
    end = day(month_end)
    start = (pd.Timestamp(end) + pd.Timedelta(days=1) - pd.DateOffset(years=1)).date()
    return ComparedPeriod(start, end, kind)


# SYNTHETIC
A_THREAT = {
    "threat": "rasso",
    "name": "Rape",
    "priority": True,
    "definition_kind": "offence",
    "definition": "d",
    "citation": "c",
}


def frame(key: str, rows: Sequence[Mapping[str, Any]], **common: Any) -> pd.DataFrame:
    """A conformed frame of a contract; columns that no row names are empty."""
    return _frame(key, rows, common) if len(rows) else _empty(key).copy()


@cache
def _empty(key: str) -> pd.DataFrame:
    return _frame(key, [], {})


def _frame(key: str, rows: Sequence[Mapping[str, Any]], common: Mapping[str, Any]) -> pd.DataFrame:
    names = [name for name in columns(contract(key).model) if name != "row_id"]
    made = pd.DataFrame([{name: {**common, **row}.get(name) for name in names} for row in rows], columns=names)
    return conform(made, contract(key))


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], header: Sequence[str] | None = None) -> Path:
    """A CSV file as the project keeps them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, header or list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, every cell a text."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


FIGURE = {
    "series": "prc.a5a.8Q", "sex": "all", "age": "all", "characteristic": None, "characteristic_value": None,
    "area_code": "K04000001", "period_start": day("2022-04-01"), "period_end": day("2023-03-31"), "period_type": "year",
    "value": 100.0, "unit": "offences", "obs_status": "normal", "printed": "100", "lower": None, "upper": None,
    "standard_error": None, "base": None, "source": "ons_appendix", "release": "ye-2025-12", "sheet": "Table A5a",
    "cell": None, "url": None, "designation": "not_accredited", "note": None, "file": "test.csv", "line": 2,
}  # fmt: skip

# What a tidy table says of it too, and a count of stalking.
FACT = {name: value for name, value in FIGURE.items() if name not in ("file", "line", "note", "standard_error")}
COUNTED = FACT | {"scope": "ons_prc", "offence_code": "8Q", "offence": "Stalking", "level": "class", "subgroup": None}
WOMEN_AMONG_FLAGGED = FACT | {
    "series": "prc.da_flagged.female_victim_share", "scope": "ons_prc", "topic": "domestic_abuse", "measure": "share",
    "unit": "percent", "value": 73.0, "lower": 72.95, "upper": 73.05, "printed": "73.0",
}  # fmt: skip

PAIRING = Pairing(
    key="one", title="One", threat="domestic_abuse", topic="domestic_abuse", measures=("victims", "prevalence"), source=None,
    unit="victims", sex="all", recorded_series=("prc.b9.all_offences",), recorded_upper_series=(), recorded_scope="ons_prc",
    recorded_unit="offences", recorded_sex="all", recorded_age="16+", female_share=None, concept="same",
    concept_reason="The concept is another one.", flagged=False, non_recent=False, comparable_subset=False,
    row_id="pairing:one",
)  # fmt: skip
ESTIMATE = Estimate(
    instrument="csew_self_completion_old", age="16+", sex="all", period=YE_MARCH_2023, value=1000.0, lower=900.0, upper=1100.0,
    unit="victims", interval_source="published", obs_status="normal", designation="accredited", release="survey@1",
    core=Interval.closed(900, 1100), inputs=("estimate:1",),
)  # fmt: skip
COUNT = Count(
    scope="ons_prc", period=dataclasses.replace(YE_MARCH_2023, kind="year"), value=500.0, lower=500.0, upper=500.0,
    unit="offences", sex="all", age="16+", obs_status="normal", designation="not_accredited", release="police@1",
    inputs=("count:1",),
)  # fmt: skip


def case(
    *,
    pairing: Mapping[str, Any] | None = None,
    estimate: Mapping[str, Any] | bool | None = True,
    count: Mapping[str, Any] | bool | None = True,
    **own: Any,
) -> Case:
    """A case that every rule would let pass, but for what is changed; False leaves a side out."""
    sides = [
        None if change is False else dataclasses.replace(side, **(change if isinstance(change, Mapping) else {}))
        for side, change in ((ESTIMATE, estimate), (COUNT, count))
    ]
    given = {"period": YE_MARCH_2023, "period_match": "plain"} | own
    return Case(pairing=dataclasses.replace(PAIRING, **(pairing or {})), estimate=sides[0], count=sides[1], **given)


def notice(readings: Sequence[Any]) -> list[dict[str, Any]]:
    """All that is noticed in some readings of titled tables, in each and between them."""
    from assets.archive.findings.checks import notice_between, notice_in

    found = [row for reading in readings for row in notice_in(reading)]
    return [*found, *notice_between([(reading.frame, reading.release) for reading in readings])]


def why_refused(call: Callable[[], object]) -> BadInput:
    """What is said of an input that cannot be used; as text, all of it."""
    with pytest.raises(BadInput) as told:
        call()
    return told.value


def takes_of(asset: dg.AssetsDefinition) -> Mapping[str, str]:
    """Parameter -> table key of what the function behind an asset is handed."""
    return dict(next(iter(asset.specs)).metadata[TAKES])
