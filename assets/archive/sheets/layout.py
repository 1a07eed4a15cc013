"""Layouts: what a publication's tables, headers and rows are called in print, and what they are here.

One folder per publication below data/layouts/:

- publication.yaml  how a file of the publication is recognised, its markers, how notes are printed, release keys
- tables.csv        one row per table and wording of its title: what its columns are, which rows are taken, its series
- rows.csv          row labels -> names
- columns.csv       column labels -> names

Labels are patterns (regular expressions) over the folded form of sheets.text.fold, matched as a whole.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assets.archive.marks import Marks, folded, marks
from assets.archive.threat_groups import groups_to_know
from assets.words.problems import BadInput, Problem

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = "layouts"


@dataclass(frozen=True)
class TableLayout:
    """One table of a publication.

    table:        our key, such as a5a
    generations:  generations of the layout that print it
    title:        pattern of its title, without the id in front
    columns:      year, month, quarter or change (periods in the header), or named (labels in columns.csv)
    label_header: pattern of the header of the row labels
    code_header:  pattern of the header of a code column, or None
    rows:         group of rows.csv that names its rows; empty where codes or areas do
    take:         all: every row with figures must have a name; listed: the named rows, others are passed over
    series:       template of the series key, with {name}
    unit:         unit of its figures; empty where columns.csv says it
    period_type:  what a year in its header is: year or survey_year
    designation:        standing of its figures
    usual:        sheet ids it usually has: looked at first, never relied on
    """

    table: str
    generations: tuple[str, ...]
    title: re.Pattern[str]
    columns: str
    label_header: re.Pattern[str]
    code_header: re.Pattern[str] | None
    rows: str
    take: str
    series: str
    unit: str
    period_type: str
    designation: str
    usual: tuple[str, ...]


@dataclass(frozen=True)
class Name:
    """One label and what it is called here; the further cells of its line stand in `more`."""

    group: str
    label: re.Pattern[str]
    name: str
    more: Mapping[str, str]


class Names:
    """The row names of one group; what a label is called is looked for once."""

    def __init__(self, names: tuple[Name, ...]) -> None:
        self.names = names
        self._found: dict[tuple[str, str], Name | None] = {}

    def find(self, folded: str, under: str = "") -> Name | None:
        """The name of a folded label; of a row below `under`, one that belongs there before one that stands alone."""
        if (folded, under) not in self._found:
            fitting = [name for name in self.names if not name.more.get("code") and name.label.fullmatch(folded)]
            own = [name for name in fitting if under and name.more.get("under", "") == under]
            alone = [name for name in fitting if not name.more.get("under")]
            self._found[folded, under] = next(iter(own or alone), None)
        return self._found[folded, under]

    @property
    def patterns(self) -> list[str]:
        """What the labels are matched against, for messages."""
        return [name.label.pattern for name in self.names]


@dataclass(frozen=True)
class Layout:
    """All that is known of how a publication looks.

    markers:               shorthand of all publications (data/layouts/markers.csv) and this one's own
    superscripts:          does it print notes as superscripts where it prints no "[note 1]" on a sheet
    designation_notes:           wording of a note that changes the standing of what it qualifies -> designation
    groups_to_know:        main offence groups in which a code that is not known is an error
    must_have:             names of columns that every table with named columns has
    released_after_months: months from the end of the period to the release, to order releases that print no date
    """

    publication: str
    title: str
    release_title: str
    publisher: str
    recognise: tuple[re.Pattern[str], ...]
    corrected: tuple[re.Pattern[str], ...]
    markers: Marks
    superscripts: bool
    designation_notes: tuple[tuple[re.Pattern[str], str], ...]
    released_after_months: int
    designation: str
    groups_to_know: frozenset[str]
    must_have: tuple[str, ...]
    tables: tuple[TableLayout, ...]
    rows: tuple[Name, ...]
    columns: tuple[Name, ...]
    _named: dict[str, Names] = field(default_factory=dict, repr=False, compare=False)

    def named(self, group: str) -> Names:
        """The row names of a group."""
        if group not in self._named:
            self._named[group] = Names(tuple(row for row in self.rows if row.group == group))
        return self._named[group]


def load_layout(data: Path, publication: str) -> Layout:
    """The layout of a publication from data/layouts/<publication>; BadInput where a file or a key of it is missing."""
    folder = data / FOLDER / publication
    name = f"data/{FOLDER}/{publication}"
    try:
        about = yaml.load((folder / "publication.yaml").read_text(encoding="utf-8"), Loader=LOADER)
        shorthand = marks(data)
        tables = tuple(_table(row) for row in _read(folder / "tables.csv"))
        rows = tuple(_name(row) for row in _read(folder / "rows.csv"))
        columns = tuple(_name(row) for row in _read(folder / "columns.csv"))
        return Layout(
            publication=publication,
            title=about["title"],
            release_title=about["release_title"],
            publisher=about["publisher"],
            recognise=tuple(re.compile(text) for text in about["recognise"]),
            corrected=tuple(re.compile(text) for text in about.get("corrected") or ()),
            markers=Marks(
                dict(shorthand.instead)
                | {folded(str(key)): value for key, value in (about.get("markers") or {}).items()},
                shorthand.beside,
            ),
            superscripts=bool(about.get("superscripts")),
            designation_notes=tuple(
                (re.compile(key), value) for key, value in (about.get("designation_notes") or {}).items()
            ),
            released_after_months=int(about["released_after_months"]),
            designation=about["designation"],
            groups_to_know=groups_to_know(data),
            must_have=tuple(about.get("must_have") or ()),
            tables=tables,
            rows=rows,
            columns=columns,
        )
    except (OSError, KeyError, yaml.YAMLError, re.error, TypeError) as error:
        raise BadInput(
            f"{name} cannot be read",
            [
                Problem(
                    name, "", f"{type(error).__name__}: {error}", "a complete layout", "Restore it from the repository."
                )
            ],
        ) from None


def _read(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _table(row: dict[str, str]) -> TableLayout:
    return TableLayout(
        table=row["table"],
        generations=tuple(row["generations"].split(";")),
        title=re.compile(row["title"]),
        columns=row["columns"],
        label_header=re.compile(row["label_header"]),
        code_header=re.compile(row["code_header"]) if row["code_header"] else None,
        rows=row["rows"],
        take=row["take"],
        series=row["series"],
        unit=row["unit"],
        period_type=row["period_type"],
        designation=row["designation"],
        usual=tuple(row["usual"].split(";")),
    )


def _name(row: dict[str, str]) -> Name:
    more = {key: value for key, value in row.items() if key not in ("group", "label", "name")}
    return Name(row["group"], re.compile(row["label"]), row["name"], more)
