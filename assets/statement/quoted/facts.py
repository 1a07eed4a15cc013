"""What a number of a text is found to be: a figure that is held, or a change or share of two."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assets.reconciled.ground.vintage import left_out
from assets.statement.claims.lookups import scope_of, value_in_words
from assets.statement.quoted.published_figures import (
    PER_CENT,
    PublishedFigure,
    PublishedFigures,
    days_of,
    expression,
    printed_in,
    value_of,
)
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import is_share
from assets.tables.records import Record

# In what a figure is another one than the words beside a number say.
PERIOD, AREA, UNIT, SUBJECT, PEOPLE = ("period", "area", "unit", "subject", "people")
# Of so many digits two numbers are hardly alike in all but one, or but for two that are exchanged, by chance.
DIGITS, TWO = 4, 2


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A figure of a table that a number is, or is near. same: is the number what its words and the figure give?

    untold: why it is not surely what the words speak of, though it is that number: see `vouched.py`
    """

    table: str
    row: Record
    same: bool
    untold: str = ""

    @property
    def agrees(self) -> bool:
        """Is it what the words say, as far as they tell?"""
        return self.same and not self.untold

    @property
    def rows(self) -> Sequence[Record]:
        """The figures that it rests on."""
        return (self.row,)

    @property
    def words(self) -> str:
        """What is told of it."""
        raise NotImplementedError

    @property
    def unit(self) -> str | None:
        """Of the claim."""
        return str(self.row["unit"])

    @property
    def scope(self) -> str:
        """The system that counted it."""
        return scope_of(self.row, self.table)

    def check(self) -> dict[str, str]:
        """What a claim says to be held against it."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class HeldFigure(Fact):
    """The figure that a number of a text is, or is near: of the newest release that prints it so, and of the newest of all.

    otherwise: in what it is another one than the words beside the number say: see `misattributed.py`
    instead: the number as it is printed, where the words name this figure and it is far from it: see `misquoted.py`
    named: what is held of the period, people or subject that the words name, where this figure is of others
    """

    newest: Record
    about: str
    otherwise: str = ""
    instead: str = ""
    named: str = ""

    @property
    def words(self) -> str:
        """The figure, where it stands, and what the newest release has."""
        words = f"{self.about}, {days_of(self.row)}: {printed_in(self.row)}"
        if self._revised:
            release = f"{self.newest['source']}@{self.newest['release']}"
            words += f"; the newest, {release}, has {value_in_words(self.newest)}"
            if left_out(self.newest) != left_out(self.row):
                words += " with them" if not left_out(self.newest) else ", without others"
        words += f"; of the {self.otherwise} named beside the number {self.named}" if self.named else ""
        return f"{words}; {self.instead} is of something else, or a slip" if self.instead else words

    def is_slip(self, printed: str) -> bool:
        """Is a number the figure with one digit changed or two exchanged?"""
        digits, printed = f"{value_of(self.newest):.0f}", printed.replace(",", "")
        changed = sum(digit != other for digit, other in zip(digits, printed, strict=False))
        slip = changed == 1 or (changed == TWO and sorted(digits) == sorted(printed))
        return len(digits) == len(printed) >= DIGITS and slip

    def other_than(self, named: "HeldFigure") -> "HeldFigure":
        """The same figure, where the words beside the number name one of another period, of other people or another subject."""
        of_people = SUBJECT if self.row["sex"] == named.row["sex"] else PEOPLE
        unlike = of_people if days_of(self.row) == days_of(named.row) else PERIOD
        return replace(self, same=False, otherwise=unlike, named=value_in_words(named.newest))

    def check(self) -> dict[str, str]:
        """The newest figure, and that of its time where it was revised since."""
        then = {"as_of": expression(self.table, self.row, of_its_release=True)} if self._revised else {}
        return {"published": expression(self.table, self.newest)} | then

    @property
    def _revised(self) -> bool:
        return bool(self.newest["value"] != self.row["value"])


def held(published: PublishedFigures, figure: PublishedFigure, *, same: bool, **more: str) -> HeldFigure:
    """A figure as that which a number is, or is near."""
    table, row = figure
    newest = published.newest(table, row)
    return HeldFigure(table=table, row=row, newest=newest, same=same, about=published.about(row), **more)


@dataclass(frozen=True, kw_only=True)
class Changed(Fact):
    """A change of a text by two figures that are held, `row` the later: what they come to, in words, and what broke between them.

    of_whole: is it the share that the later is of the earlier, and of one period?
    """

    old: Record
    mention: Mention
    worked: str
    breaks: tuple[str, ...] = ()
    of_whole: bool = False

    @property
    def rows(self) -> Sequence[Record]:
        """The earlier and the later."""
        return self.old, self.row

    @property
    def words(self) -> str:
        """The two figures, where they stand, what they come to, and what broke between them."""
        return f"{self.worked}; between them lies a break: {'; '.join(self.breaks)}" if self.breaks else self.worked

    @property
    def unit(self) -> str | None:
        """Of the claim."""
        return PER_CENT if is_share(self.mention) else None

    def check(self) -> dict[str, str]:
        """The change between the two, or the share."""
        old, new = (expression(self.table, row, of_its_release=True) for row in self.rows)
        figure = self.mention.figure
        assert figure is not None
        if self.of_whole:
            return {"published": f"share({new}, {old})"}
        if figure.form == "multiple":
            return {"published": f"fold({old}, {new})"}
        change = f"growth_percent({old}, {new})" if figure.percent and not figure.points else f"{new} - {old}"
        falls = figure.value > 0 and self.row["value"] < self.old["value"]
        return {"published": f"0 - ({change})" if falls else change}


def changed(
    published: PublishedFigures, mention: Mention, figure: PublishedFigure, old: Record, worked: str, *, same: bool
) -> Changed:
    """A change from an earlier figure to a later one, with the breaks between them."""
    table, row = figure
    breaks = published.breaks.inside(row["series"], old["period_start"], row["period_end"])
    told = tuple(map(str, breaks))
    return Changed(table=table, row=row, same=same, old=old, mention=mention, worked=worked, breaks=told)
