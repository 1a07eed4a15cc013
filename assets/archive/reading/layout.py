"""Layouts: what a publication's tables, headers and rows are called in print, and what they are here.

One folder per publication below data/layouts/, in the form of `layout_form`. Titles and the headers of labels are patterns over
the folded form of `reading.text.fold`, matched as a whole. Labels of rows and columns are plain wordings, several of them between
bars, matched by their words (`reading.words`).
"""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path

from assets.archive.reading.ages import as_labels_are
from assets.archive.reading.layout_form import ANY_ROW, LabelName, TableLayout
from assets.archive.reading.layout_lines import read_folder
from assets.archive.reading.layout_tables import groups_to_know, title_phrases
from assets.archive.reading.marks import Marks, folded, marks
from assets.archive.reading.words import Targets, words
from assets.reference.releases import read_sources
from assets.words.problems import Problem


class LabelNames:
    """The names of one group, found by the words of a label.

    of_any: the name of rows that have no other, where columns say what they are
    """

    def __init__(self, names: tuple[LabelName, ...]) -> None:
        self.names = names
        self.of_any = next((name for name in names if ANY_ROW in name.wordings), None)
        self._flat = [(text, name) for name in names for text in name.wordings if text != ANY_ROW]
        self._targets = Targets([text for text, _ in self._flat], [id(name) for _, name in self._flat])
        self._found: dict[tuple[str, str], LabelName | None] = {}

    def find(self, label: str, under: str = "") -> LabelName | None:
        """The name of a label, or None; of a row below `under` one that belongs there before one that stands alone.

        Raises Ambiguous where the label is as near to two.
        """
        label = as_labels_are(label)
        if (label, under) not in self._found:
            own = [at for at, (_, name) in enumerate(self._flat) if under and name.under == under]
            alone = [at for at, (_, name) in enumerate(self._flat) if not name.under and not name.code]
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
    title_phrases:         what a title may say beside the words of its pattern
    groups_to_know:        main offence groups with codes of a threat: a code of them that is not known weighs more
    describes_to:          last period end that the layout speaks of; None where it is not known to have ended
    problems:              what is wrong with its folder: where there is anything, its files are known, and none is read
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
    describes_to: datetime.date | None
    designation: str
    groups_to_know: frozenset[str]
    title_phrases: re.Pattern[str]
    tables: tuple[TableLayout, ...]
    rows: tuple[LabelName, ...]
    columns: tuple[LabelName, ...]
    problems: tuple[Problem, ...] = ()
    _named: dict[tuple[str, str], LabelNames] = field(default_factory=dict, repr=False, compare=False)

    def named(self, group: str, of: str = "rows") -> LabelNames:
        """The names of a group of rows, or of columns."""
        if (of, group) not in self._named:
            names = self.rows if of == "rows" else self.columns
            self._named[of, group] = LabelNames(tuple(name for name in names if name.group == group))
        return self._named[of, group]


def load_layout(data: Path, publication: str) -> Layout:
    """The layout of a publication from data/layouts/<publication>, with all that is wrong with it."""
    sources = read_sources(data)
    folder = read_folder(data, publication, sources)
    about, entry, shorthand = folder.about, sources.get(publication, {}), marks(data)
    title = about.title or str(entry.get("title") or publication)
    return Layout(
        publication=publication,
        title=title,
        release_title=about.release_title or title + ", YE {period}",
        publisher=about.publisher or str(entry.get("publisher") or ""),
        recognise=about.recognise,
        corrected=about.corrected,
        markers=Marks(
            dict(shorthand.instead) | {folded(str(key)): value for key, value in about.markers.items()},
            shorthand.beside,
        ),
        superscripts=about.superscripts,
        designation_notes=tuple((re.compile(key), value) for key, value in about.designation_notes.items()),
        describes_to=about.describes_to,
        designation=about.designation,
        groups_to_know=groups_to_know(data),
        title_phrases=title_phrases(data),
        tables=folder.tables,
        rows=folder.rows,
        columns=folder.columns,
        problems=folder.problems,
    )
