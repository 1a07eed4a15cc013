"""A document and its claims, as a claims file gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assets.methods.interval import Interval
from assets.statement.value import Window


@dataclass(frozen=True)
class Reference:
    """One source that the document cites."""

    number: int
    by: str
    year: int | None
    title: str

    def words(self) -> str:
        """`12: Publisher (2023), title`."""
        year = f" ({self.year})" if self.year else ""
        return f"{self.number}: {self.by}{year}, {self.title}"


@dataclass(frozen=True)
class Check:
    """One check that a claim asks for.

    kind: key of `assets.statement.kinds.KINDS`; main: what stands behind it; more: its further fields
    say:  wording for a verdict, in place of the check's own sentence; `{recomputed}` and the like are filled in
    """

    kind: str
    main: object
    more: Mapping[str, object] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Claim:
    """One claim; the fields are documented in data/statement/README.md."""

    key: str
    section: str
    paragraph: int | None
    item: int | None
    printed: str
    figure: str | None
    interval: Interval | None
    says: str
    kind: str
    unit: str | None
    window: Window | None
    population: str | None
    scope: str
    threat: str | None
    cites: tuple[int, ...]
    repeat_of: str | None
    items: tuple[str, ...]
    checks: tuple[Check, ...]
    needs: str | None
    profile: Mapping[str, str]

    def place(self) -> str:
        """Where it stands in the document, in words."""
        parts = [self.section.replace("_", " ")]
        parts += [f"paragraph {self.paragraph}"] if self.paragraph else []
        return ", ".join([*parts, f"item {self.item}"] if self.item else parts)


@dataclass(frozen=True)
class ClaimTie:
    """A claim as a constraint: the size of a set, or (with `whole`) the share of the whole that lies in it."""

    claim: str
    part: str
    whole: str | None
    at_least: bool


@dataclass(frozen=True)
class Definition:
    """What holds by definition: one set lies inside another, or the two have nothing in common."""

    says: str
    first: str
    second: str
    disjoint: bool


@dataclass(frozen=True)
class SetSystem:
    """Overlapping sets and what ties them; `window` is the period that the sizes are meant to have."""

    key: str
    window: str
    sets: tuple[str, ...]
    claims: tuple[ClaimTie, ...]
    definitions: tuple[Definition, ...]


@dataclass(frozen=True)
class Document:
    """A document: what it is, what it cites, what it claims."""

    key: str
    title: str
    publisher: str
    published: str
    file: str
    references: Mapping[int, Reference]
    claims: Mapping[str, Claim]
    windows: Mapping[str, Window]
    systems: tuple[SetSystem, ...] = ()

    def row_id(self, claim: str) -> str:
        """Row id of a claim in statement.claim."""
        return f"claim:{self.key}:{claim}"

    def place(self, claim: str) -> str:
        """How a message names a claim."""
        return f"{self.file}, claim {claim}"

    def window(self, text: str) -> Window | None:
        """A window by its name in the file or as `yyyy-mm-dd..yyyy-mm-dd`; None where it is neither."""
        return self.windows.get(text) or window_of(text)


def window_of(text: str) -> Window | None:
    """`2022-04-01..2023-03-31` as a window; None for anything else."""
    import datetime

    first, dots, last = text.partition("..")
    try:
        start, end = datetime.date.fromisoformat(first.strip()), datetime.date.fromisoformat(last.strip())
    except ValueError:
        return None
    return Window(start, end) if dots and start <= end else None
