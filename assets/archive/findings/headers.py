"""Headers that disagree: with the table beside them, with their title, with the length of the table's periods."""

from collections.abc import Iterator

from assets.archive.reading.result import Finding, finding
from assets.archive.titled.located import LENGTHS, Located, title_periods
from assets.archive.titled.read import TitledReading

AS_PRINTED = "The figures stand under the period that their own header prints."


def header_findings(reading: TitledReading) -> Iterator[Finding]:
    """Every header of a file that disagrees with its twin, its title or its table."""
    tables = [one for one in reading.contents.tables if one.layout.columns in LENGTHS]
    for place, one in enumerate(tables):
        yield from _lengths(one)
        yield from _title(one)
        for other in tables[:place]:
            if other.grid is one.grid and (other.layout.rows, other.layout.columns) == (
                one.layout.rows,
                one.layout.columns,
            ):
                yield from _twin(other, one)


def _cell(one: Located, column: int) -> str:
    return one.grid.place(one.header.row, column)


def _lengths(one: Located) -> Iterator[Finding]:
    """A period that is not as long as those of the table."""
    for column, period in one.periods.items():
        if period.months != LENGTHS[one.layout.columns]:
            yield finding(
                "header_of_another_length", "warning", _cell(one, column),
                f"{one.header.labels[column].printed!r} spans {period.months} months in a table by {one.layout.columns}.",
                AS_PRINTED,
            )  # fmt: skip


def _twin(first: Located, second: Located) -> Iterator[Finding]:
    """Two tables of one sheet with the same rows: their columns should be the same periods in the same order."""
    ours, theirs = sorted(first.periods), sorted(second.periods)
    for left, right in zip(ours, theirs, strict=False):
        one, other = first.periods[left], second.periods[right]
        if one != other:
            yield finding(
                "header_differs_from_twin", "warning", _cell(second, right),
                f"Table {second.title.table} prints {second.header.labels[right].text!r} where Table {first.title.table} "
                f"prints {first.header.labels[left].text!r} ({_cell(first, left).rsplit(' ', 1)[1]}).",
                AS_PRINTED,
            )  # fmt: skip
    if len(ours) != len(theirs):
        yield finding(
            "header_differs_from_twin", "warning", second.place,
            f"Table {second.title.table} has {len(theirs)} periods, Table {first.title.table} {len(ours)}.", AS_PRINTED,
        )  # fmt: skip


def _title(one: Located) -> Iterator[Finding]:
    """The first and last year of the title against those of the header."""
    named = [period for period in title_periods(one) if period.period_type != "mid_year"]
    if not named or not one.periods:
        return
    said, has = max(period.end for period in named), max(period.end for period in one.periods.values())
    if said != has:
        yield finding(
            "header_differs_from_title", "warning", one.place,
            f"The title goes to {said} ({one.title.label.text!r}), the header to {has}.", AS_PRINTED,
        )  # fmt: skip
    if len(named) > 1 or one.layout.columns == "month":
        said, has = min(p.start for p in named), min(period.start for period in one.periods.values())
        if said != has and one.layout.columns != "quarter":
            yield finding(
                "header_differs_from_title", "info", one.place,
                f"The title starts with {said} ({one.title.label.text!r}), the header with {has}.", AS_PRINTED,
            )  # fmt: skip
