"""Layouts: what a publication's tables, headers and rows are called in print, and what they are here.

One folder per publication below data/layouts/:

- publication.yaml  how a file of the publication is recognised, its markers, how notes are printed, release keys
- tables.csv        one row per table and wording of its title: what its columns are, which rows are taken, its series
- rows.csv          row labels -> names
- columns.csv       column labels -> names

Titles and the headers of labels are patterns over the folded form of `reading.text.fold`, matched as a whole. Labels of rows and
columns are plain wordings, several of them between bars, matched by their words (`reading.words`).
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assets.archive.reading.layout_tables import groups_to_know, layout
from assets.archive.reading.marks import Marks, folded, marks
from assets.archive.reading.words import Targets, words
from assets.words.problems import BadInput, Problem

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = "layouts"


@dataclass(frozen=True)
class TableLayout:
    """One table of a publication.

    table:        our key, such as a5a
    generations:  generations of the layout that print it
    title:        pattern of its title, without the id in front
    columns:      year, month or quarter (periods in the header), change (periods compared with), or the group of columns.csv
                  that names them
    label_header: pattern of the header of the row labels
    code_header:  pattern of the header of a code column, or None
    rows:         group of rows.csv that names its rows; `areas` where they are areas
    others:       what other rows with figures are: reported, or passed over because the table is known to have them
    series:       template of the series key, with {name} of the row (of the column where rows are areas), and {age}
    period_type:  what a year in its header is: year or survey_year
    change:       does it print changes between two periods
    designation:        standing of its figures
    must:         names of rows or columns without which it is not read
    unit:         unit in print, where it is not that of the series
    beside:       group of columns.csv that names the columns beside the labels of its rows: sex, age, area or period
    usual:        sheet ids it usually has: looked at first, never relied on
    """

    table: str
    generations: tuple[str, ...]
    title: re.Pattern[str]
    columns: str
    label_header: re.Pattern[str]
    code_header: re.Pattern[str] | None
    rows: str
    others: str
    series: str
    period_type: str
    change: bool
    designation: str
    must: tuple[str, ...]
    unit: str
    beside: str
    usual: tuple[str, ...]

    @property
    def series_pattern(self) -> str:
        """The series its figures may have, as a pattern."""
        return re.sub(r"\\\{\w+\\\}", ".+", re.escape(self.series)) if self.series else ""


@dataclass(frozen=True)
class LabelName:
    """What labels are called here: its wordings, its name, and the further cells of its line."""

    group: str
    wordings: tuple[str, ...]
    name: str
    more: Mapping[str, str]


class LabelNames:
    """The names of one group, found by the words of a label."""

    def __init__(self, names: tuple[LabelName, ...]) -> None:
        self.names = names
        self._flat = [(text, name) for name in names for text in name.wordings]
        self._targets = Targets([text for text, _ in self._flat], [id(name) for _, name in self._flat])
        self._found: dict[tuple[str, str], LabelName | None] = {}

    def find(self, label: str, under: str = "") -> LabelName | None:
        """The name of a label, or None; of a row below `under` one that belongs there before one that stands alone.

        Raises Ambiguous where the label is as near to two.
        """
        if (label, under) not in self._found:
            own = [at for at, (_, name) in enumerate(self._flat) if under and name.more.get("under", "") == under]
            alone = [
                at
                for at, (_, name) in enumerate(self._flat)
                if not name.more.get("under") and not name.more.get("code")
            ]
            match = (self._targets.find(label, own) if own else None) or self._targets.find(label, alone)
            self._found[label, under] = self._flat[match.target][1] if match else None
        return self._found[label, under]

    def worded(self, name: str, label: str) -> bool:
        """Has a label just the words of one of the wordings of a name, in whichever order?"""
        label_words = sorted(words(label))
        return any(sorted(words(text)) == label_words for text, target in self._flat if target.name == name)

    @property
    def wordings(self) -> list[str]:
        """What the labels are held against, for messages."""
        return self._targets.wordings


@dataclass(frozen=True)
class Layout:
    """All that is known of how a publication looks.

    markers:               shorthand of all publications (data/layouts/markers.csv) and this one's own
    superscripts:          does it print notes as superscripts where it prints no "[note 1]" on a sheet
    designation_notes:           wording of a note that changes the standing of what it qualifies -> designation
    groups_to_know:        main offence groups with codes of a threat: a code of them that is not known weighs more
    describes_to:          last period end that the layout speaks of; None where it is not known to have ended
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
    describes_to: datetime.date | None
    designation: str
    groups_to_know: frozenset[str]
    tables: tuple[TableLayout, ...]
    rows: tuple[LabelName, ...]
    columns: tuple[LabelName, ...]
    _named: dict[tuple[str, str], LabelNames] = field(default_factory=dict, repr=False, compare=False)

    def named(self, group: str, of: str = "rows") -> LabelNames:
        """The names of a group of rows, or of columns."""
        if (of, group) not in self._named:
            names = self.rows if of == "rows" else self.columns
            self._named[of, group] = LabelNames(tuple(name for name in names if name.group == group))
        return self._named[of, group]


def load_layout(data: Path, publication: str) -> Layout:
    """The layout of a publication from data/layouts/<publication>; BadInput where a file or a key of it is missing."""
    folder = data / FOLDER / publication
    name = f"data/{FOLDER}/{publication}"
    try:
        about = yaml.load((folder / "publication.yaml").read_text(encoding="utf-8"), Loader=LOADER)
        shorthand = marks(data)
        tables, rows, columns = (
            layout(data, f"{publication}/{kind}") if (folder / f"{kind}.csv").is_file() else []
            for kind in ("tables", "rows", "columns")
        )
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
            describes_to=about.get("describes_to"),
            designation=about["designation"],
            groups_to_know=groups_to_know(data),
            tables=tuple(map(_table, tables)),
            rows=tuple(map(_name, rows)),
            columns=tuple(map(_name, columns)),
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


def _table(line: dict[str, str]) -> TableLayout:
    return TableLayout(
        table=line["table"],
        generations=tuple(line["generations"].split(";")),
        title=re.compile(line["title"]),
        columns=line["columns"],
        label_header=re.compile(line["label_header"]),
        code_header=re.compile(line["code_header"]) if line["code_header"] else None,
        rows=line["rows"],
        others=line["others"],
        series=line["series"],
        period_type=line["period_type"],
        change=line["change"] == "yes",
        designation=line["designation"],
        must=tuple(filter(None, line["must"].split(";"))),
        unit=line.get("unit", ""),
        beside=line.get("beside", ""),
        usual=tuple(line["usual"].split(";")),
    )


def _name(row: dict[str, str]) -> LabelName:
    more = {key: value for key, value in row.items() if key not in ("group", "label", "name")}
    return LabelName(row["group"], tuple(part.strip() for part in row["label"].split("|")), row["name"], more)
