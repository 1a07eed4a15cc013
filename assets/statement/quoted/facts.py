"""What a number of a text is found to be: a figure that is held, a change or share of two, or the sum of some."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assets.statement.quoted.published_figures import PER_CENT, PublishedFigure, PublishedFigures, Span
from assets.statement.quoted.sought import is_slip
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import is_share
from assets.tables.records import Record

# In what a figure is another one than the words beside a number say.
PERIOD, AREA, UNIT, SUBJECT, PEOPLE = ("period", "area", "unit", "subject", "people")
# Of so many digits two numbers are hardly alike in all but one, or but for two that are exchanged, by chance.
DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class Fact(ABC):
    """A figure of a table that a number is, or is near. same: is the number what its words and the figure give?

    untold: why it is not surely what the words speak of, though it is that number: see `vouched.py`
    """

    figure: PublishedFigure
    same: bool
    untold: str = ""

    @property
    def row(self) -> Record:
        """Of the figure's table."""
        return self.figure.row

    @property
    def agrees(self) -> bool:
        """Is it what the words say, as far as they tell?"""
        return self.same and not self.untold

    @property
    def figures(self) -> Sequence[PublishedFigure]:
        """Those that it rests on."""
        return (self.figure,)

    @property
    def spans(self) -> Sequence[Span]:
        """Their periods."""
        return [figure.span for figure in self.figures]

    @property
    @abstractmethod
    def words(self) -> str:
        """What is told of it."""

    @property
    def unit(self) -> str | None:
        """Of the claim."""
        return str(self.figure.row["unit"])

    @abstractmethod
    def check(self) -> dict[str, str]:
        """What a claim says to be held against it."""


@dataclass(frozen=True, kw_only=True)
class HeldFigure(Fact):
    """The figure that a number of a text is, or is near: of the newest release that prints it so, and of the newest of all.

    otherwise: in what it is another one than the words beside the number say: see `misattributed.py`
    instead: the number as it is printed, where the words name this figure and it is far from it: see `misquoted.py`
    named: what is held of the period, people or subject that the words name, where this figure is of others
    """

    newest: PublishedFigure
    about: str
    otherwise: str = ""
    instead: str = ""
    named: str = ""

    @property
    def words(self) -> str:
        """The figure, where it stands, and what the newest release has."""
        words = f"{self.about}, {self.figure.days}: {self.figure.printed_in}"
        if self._revised:
            words += f"; the newest, {'@'.join(self.newest.release)}, has {self.newest.told}"
            if self.newest.without != self.figure.without:
                words += " with them" if not self.newest.without else ", without others"
        words += f"; of the {self.otherwise} named beside the number {self.named}" if self.named else ""
        return f"{words}; {self.instead} is of something else, or a slip" if self.instead else words

    @property
    def is_near(self) -> bool:
        """Is it another figure than the number, and of nothing else, as far as is told, than the words beside that say?"""
        return not (self.same or self.otherwise or self.instead)

    def is_slip(self, printed: str) -> bool:
        """Is a number the figure with one digit changed or two exchanged?"""
        number = printed.replace(",", "")
        return len(number) >= DIGITS and is_slip(number, f"{self.newest.value:.0f}")

    def is_exchanged(self, printed: str) -> bool:
        """Has a number the digits of the figure in another order?"""
        return sorted(printed.replace(",", "")) == sorted(f"{self.newest.value:.0f}")

    def other_than(self, named: "HeldFigure") -> "HeldFigure":
        """The same figure, where the words beside the number name one of another period, of other people or another subject."""
        of_people = SUBJECT if self.figure.row["sex"] == named.figure.row["sex"] else PEOPLE
        unlike = of_people if self.figure.span == named.figure.span else PERIOD
        return replace(self, same=False, otherwise=unlike, named=named.newest.told)

    def check(self) -> dict[str, str]:
        """The newest figure, and that of its time where it was revised since."""
        then = {"as_of": self.figure.expression(of_its_release=True)} if self._revised else {}
        return {"published": self.newest.expression()} | then

    @property
    def _revised(self) -> bool:
        return bool(self.newest.row["value"] != self.figure.row["value"])


def held(published: PublishedFigures, figure: PublishedFigure, *, same: bool, **more: str) -> HeldFigure:
    """A figure as that which a number is, or is near."""
    newest, about = published.newest(figure), published.about(figure)
    return HeldFigure(figure=figure, newest=newest, same=same, about=about, **more)


@dataclass(frozen=True, kw_only=True)
class Changed(Fact):
    """A change of a text by two figures that are held, the later its own: what they come to, in words, and what broke between.

    of_whole: is it the share that the later is of the earlier, or how many times it, and of one period?
    """

    old: PublishedFigure
    mention: Mention
    worked: str
    breaks: tuple[str, ...] = ()
    of_whole: bool = False

    @property
    def figures(self) -> Sequence[PublishedFigure]:
        """The earlier and the later."""
        return self.old, self.figure

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
        old, new, printed = self._before(), self.figure.expression(of_its_release=True), self.mention.number
        if printed.form == "multiple":
            return {"published": f"fold({old}, {new})"}
        if self.of_whole:
            return {"published": f"share({new}, {old})"}
        change = f"growth_percent({old}, {new})" if printed.percent and not printed.points else f"{new} - {old}"
        return {"published": f"0 - ({change})" if printed.value > 0 and self._falls else change}

    def _before(self) -> str:
        """The earlier figure in the language of claims."""
        return self.old.expression(of_its_release=True)

    @property
    def _falls(self) -> bool:
        return bool(self.figure.row["value"] < self.old.row["value"])


@dataclass(frozen=True, kw_only=True)
class PrintedChange(Changed):
    """A change that the release of its later figure prints, and no earlier figure: `old` is that print.

    since: the earlier period
    """

    since: Span

    @property
    def spans(self) -> Sequence[Span]:
        """The earlier and the later period."""
        return self.since, self.figure.span

    def _before(self) -> str:
        return f"{self.figure.expression(of_its_release=True)} / (1 + {super()._before()} / 100)"

    @property
    def _falls(self) -> bool:
        return bool(self.old.row["value"] < 0)


@dataclass(frozen=True, kw_only=True)
class Summed(Fact):
    """Figures of several places together: the others, and what all come to, in words."""

    others: tuple[PublishedFigure, ...]
    worked: str

    @property
    def figures(self) -> Sequence[PublishedFigure]:
        """All that are added up."""
        return self.figure, *self.others

    @property
    def words(self) -> str:
        """The figures, where they stand, and what they come to."""
        return self.worked

    def check(self) -> dict[str, str]:
        """Their sum."""
        return {"published": " + ".join(figure.expression(of_its_release=True) for figure in self.figures)}


@dataclass(frozen=True, kw_only=True)
class Rate(Fact):
    """A figure of a year as so many a day, or one in so many minutes: what it comes to, and that in the language of claims."""

    worked: str
    expression: str

    @property
    def words(self) -> str:
        """The figure, where it stands, and what it comes to."""
        return self.worked

    @property
    def unit(self) -> None:
        """Of the claim: it has none of its own."""

    def check(self) -> dict[str, str]:
        """What the figure comes to."""
        return {"published": self.expression}


def changed(
    published: PublishedFigures,
    mention: Mention,
    old: PublishedFigure,
    new: PublishedFigure,
    worked: str,
    *,
    same: bool,
    since: Span | None = None,
) -> Changed:
    """A change from an earlier figure to a later one, with the breaks between them; since: the earlier period of one that is
    printed, which then stands for the earlier figure.
    """
    first_day, last_day = (since or old.span)[0], new.row["period_end"]
    breaks = tuple(map(str, published.breaks.inside(new.row["series"], first_day, last_day)))
    if since:
        return PrintedChange(figure=new, same=same, old=old, mention=mention, worked=worked, breaks=breaks, since=since)
    return Changed(figure=new, same=same, old=old, mention=mention, worked=worked, breaks=breaks)
