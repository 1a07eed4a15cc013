"""The quantities that words name exactly: all that such a quantity is of is said, whom, where and when, and nothing besides.

Words that leave a figure what it is ("estimated", "recorded", "in the year ending") stand in `reference.figure_word`. Any other
word, and any place of which nothing is held, narrows a quantity or is of another one: then none is named.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assets.archive.reading.periods import Period
from assets.statement.quoted.published_figures import THOUSAND, PublishedFigure, PublishedFigures
from assets.statement.quoted.sought import may_be_aged

PERSONS = ("persons", "thousand_persons", "victims")  # units
# Words that name what is counted, by unit; all other units name themselves.
_RECORDED = frozenset(["offences", "crimes", "recorded", "police", "reports"])
_CRIMES = _RECORDED | {"offence", "crime"}
SURVEYED = frozenset(["survey", "csew"])
_PEOPLE = SURVEYED | {"victims", "people", "women", "men", "adults", "experienced", "suffered"}
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

    def figures(self, published: PublishedFigures) -> list[PublishedFigure]:
        """The figures that are named, of every release; of whatever unit. What is counted of women and girls alone need not be
        said to be.
        """
        named = [figure for figure in self.held(published) if self._names(published, figure)]
        of_them = [figure for figure in named if self.of(figure)]
        return of_them or [figure for figure in named if self.sex is None and published.is_of_one_sex(figure)]

    def held(self, published: PublishedFigures) -> Iterator[PublishedFigure]:
        """All figures of the area and period."""
        for area in self.areas:
            for figure in published.of(area).get(self.period.end, ()):
                if figure.row["period_start"] == self.period.start:
                    yield figure

    def alike(self, published: PublishedFigures, figures: Collection[PublishedFigure]) -> Iterator[PublishedFigure]:
        """The figures of what some figures count, of the same people, by whatever table, question or age."""
        things = published.things(figures)
        return (each for each in self.held(published) if self.of(each) and published.things([each]) <= things)

    def of(self, figure: PublishedFigure) -> bool:
        """Is a figure of the people that are said?"""
        return bool(figure.row["sex"] == (self.sex or "all"))

    def counts(self, figure: PublishedFigure, *, people: bool) -> bool:
        """Do the words name what a figure that is no share and no rate counts? people: must that be people?"""
        unit = figure.row["unit"].removeprefix(THOUSAND)
        unit_named = bool(self.beside & COUNTED.get(unit, {unit}))
        return unit_named and may_count(figure, self.beside) and (not people or unit in PERSONS)

    def _names(self, published: PublishedFigures, figure: PublishedFigure) -> bool:
        return (
            may_be_aged(figure.row["age"], self.aged)
            and not figure.without
            and published.topics.names(figure.row["series"], self.content)
        )


def may_count(figure: PublishedFigure, beside: frozenset[str]) -> bool:
    """May some words be said of a figure that is no share? Incidents are no offences: they must be said, and nothing else is said
    so. Nor are recorded offences people.
    """
    if (INCIDENTS in figure.row["unit"]) != (INCIDENTS in beside):
        return False
    return figure.row["unit"] not in PERSONS or not beside & _CRIMES or bool(beside & _PEOPLE)


def is_of_other_system(figure: PublishedFigure, clause: Collection[str], sentence: Collection[str]) -> bool:
    """Do the words of a number speak of what the police record, and the figure is one of a survey, or the other way round? Of the
    figure's own system the sentence says nothing.
    """
    unit = figure.row["unit"]
    if figure.of_survey and unit in (*PERSONS, INCIDENTS):
        return bool(_RECORDED.intersection(clause)) and not _PEOPLE.intersection(sentence)
    return unit == "offences" and bool(SURVEYED.intersection(clause)) and not _RECORDED.intersection(sentence)
