"""The quantities that words name exactly: all that such a quantity is of is said, whom, where and when, and nothing besides.

Words that leave a figure what it is ("estimated", "recorded", "in the year ending") stand in `reference.figure_word`. Any other
word, and any place of which nothing is held, narrows a quantity or is of another one: then none is named.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assets.archive.reading.periods import Period
from assets.reconciled.ground.vintage import left_out
from assets.statement.quoted.published_figures import SURVEY, PublishedFigure, PublishedFigures
from assets.tables.records import Record

PERSONS = ("persons", "thousand_persons", "victims")  # units
# Words that name what is counted, by unit; all other units name themselves.
_RECORDED = frozenset(["offences", "crimes", "recorded", "police", "reports"])
_CRIMES = _RECORDED | {"offence", "crime"}
_SURVEYED = frozenset(["survey", "csew"])
_PEOPLE = _SURVEYED | {"victims", "people", "women", "men", "adults", "experienced", "suffered"}
COUNTED = dict.fromkeys(("offences", "crimes"), _CRIMES) | dict.fromkeys(PERSONS, _PEOPLE)
INCIDENTS, PREVALENCE = "incidents", "prevalence"


@dataclass(frozen=True)
class Named:
    """What some words say of a quantity: their content, all of them as they stand, whom, of what age, where and when."""

    content: frozenset[str]
    beside: frozenset[str]
    sex: str | None
    aged: frozenset[str]
    areas: tuple[str, ...]
    period: Period

    def figures(self, published: PublishedFigures) -> Iterator[PublishedFigure]:
        """The figures that are named, of every release; of whatever unit."""
        return (figure for figure in self.held(published) if self._names(published, figure[1]))

    def held(self, published: PublishedFigures) -> Iterator[PublishedFigure]:
        """All figures of the area and period."""
        for area in self.areas:
            for figure in published.of(area).get(self.period.end, ()):
                if figure[1]["period_start"] == self.period.start:
                    yield figure

    def alike(self, published: PublishedFigures, figures: Collection[PublishedFigure]) -> Iterator[PublishedFigure]:
        """The figures of what some figures count, of the same people, by whatever table, question or age."""
        things = {published.topics.subject(row["series"]) for _, row in figures}
        for table, row in self.held(published):
            if self.of(row) and published.topics.subject(row["series"]) in things:
                yield table, row

    def of(self, row: Record) -> bool:
        """Is a figure of the people that are said?"""
        return bool(row["sex"] == (self.sex or "all"))

    def counts(self, row: Record, *, people: bool) -> bool:
        """Do the words name what a figure that is no share and no rate counts? people: must that be people?"""
        unit = row["unit"].removeprefix("thousand_")
        unit_named = bool(self.beside & COUNTED.get(unit, {unit}))
        return unit_named and may_count(row, self.beside) and (not people or unit in PERSONS)

    def _names(self, published: PublishedFigures, row: Record) -> bool:
        of_age = row["age"] in self.aged if self.aged else not row["age"][:1].isdigit() or row["age"].endswith("+")
        return self.of(row) and of_age and not left_out(row) and published.topics.names(row["series"], self.content)


def may_count(row: Record, beside: frozenset[str]) -> bool:
    """May some words be said of a figure that is no share? Incidents are no offences: they must be said, and nothing else is said
    so. Nor are recorded offences people.
    """
    if (INCIDENTS in row["unit"]) != (INCIDENTS in beside):
        return False
    return row["unit"] not in PERSONS or not beside & _CRIMES or bool(beside & _PEOPLE)


def is_of_other_system(table: str, unit: str, clause: Collection[str], sentence: Collection[str]) -> bool:
    """Do the words of a number speak of what the police record, and the figure is one of a survey, or the other way round? Of the
    figure's own system the sentence says nothing.
    """
    if table == SURVEY and unit in (*PERSONS, INCIDENTS):
        return bool(_RECORDED.intersection(clause)) and not _PEOPLE.intersection(sentence)
    return unit == "offences" and bool(_SURVEYED.intersection(clause)) and not _RECORDED.intersection(sentence)
