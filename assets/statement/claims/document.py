"""A document and its claims: the form of a claims file, as pydantic models.

The models are the only place where the form stands: they read the file, they are what the code works with, and the JSON
Schema for editors is made of them (`schema`). data/statement/README.md explains every field.
"""

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, StringConstraints

from assets.methods.bounds import MOST_SETS
from assets.methods.interval import Interval
from assets.statement.claims.kinds import Check, Form, Key, Kind, Scope, Threat, Words
from assets.statement.claims.value import Window
from assets.words import wording


class Citation(Form):
    """One source that the document cites; `same_as` for "Ibid."."""

    by: Words | None = None
    year: int | None = Field(None, ge=1000, le=3000)
    title: Words | None = None
    same_as: int | None = Field(None, ge=1)

    def words(self, number: int) -> str:
        """`12: Publisher (2023), title`."""
        return f"{number}: {self.by}{f' ({self.year})' if self.year else ''}, {self.title}"


class Profile(Form):
    """What a claim says of a threat, for `reconciled.threat_profile`."""

    statistic: Words
    of: Words
    series: Words | None = None


class Answered(Form):
    """The authors' reply, or a correction that was published."""

    text: Words
    by: Words
    date: datetime.date
    source: Words | None = None


class Signed(Form):
    """A person's signature under one fault, as it then read (`finding` is its fingerprint)."""

    by: Words
    date: datetime.date
    finding: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class Claim(Form):
    """One claim."""

    id: Key
    section: Words
    paragraph: int | None = Field(None, ge=1)
    item: int | None = Field(None, ge=1)
    printed: Words
    figure: Words | None = None
    rounded_to: float | None = Field(None, gt=0)
    says: Words
    kind: Kind
    unit: Words | None = None
    period: Words | None = None
    population: Words | None = None
    scope: Scope
    threat: Threat | None = None
    cites: tuple[int, ...] = ()
    repeat_of: Key | None = None
    items: tuple[Words, ...] = ()
    checks: tuple[Check, ...] = ()
    breaks: Words | None = Field(None, description="Series whose breaks inside the window are told")
    scope_note: Words | None = Field(None, description="What the authors themselves say of its scope, and where")
    needs: Words | None = None
    profile: Profile | None = None
    reply: Answered | None = Field(None, description="What the authors answered")
    correction: Answered | None = Field(None, description="A correction that was published")
    signed: Signed | None = Field(None, description="Who signed the fault before it was exported")
    _interval: Interval | None = PrivateAttr(None)
    _window: Window | None = PrivateAttr(None)

    @property
    def key(self) -> str:
        """The claim's key."""
        return self.id

    @property
    def interval(self) -> Interval | None:
        """What its figure stands for; None where it has none."""
        return self._interval

    @property
    def window(self) -> Window | None:
        """The period that it covers."""
        return self._window

    @property
    def named(self) -> str:
        """What it says and its figure, inside a sentence."""
        says = self.says if self.says[1:2].isupper() else wording.small(self.says)
        return f"{says} ({self.figure or self.printed})"

    def place(self) -> str:
        """Where it stands in the document, in words."""
        parts = [self.section.replace("_", " ")]
        parts += [f"paragraph {self.paragraph}"] if self.paragraph else []
        return ", ".join([*parts, f"item {self.item}"] if self.item else parts)

    def stands_for(self, interval: Interval | None, window: Window | None) -> None:
        """Fix what the figure stands for and which period it covers, once read."""
        self._interval, self._window = interval, window


class Tie(Form):
    """A claim as the size of a set (total), or as the share of one set that lies in another."""

    claim: Key
    total: Words | None = None
    share: Words | None = None
    of: Words | None = None
    at: Literal["least"] | None = None


class Definition(Form):
    """What holds by definition: one set lies inside another, or the two have nothing in common."""

    says: Words
    subset: Words | None = None
    of: Words | None = None
    disjoint: Words | None = None
    from_: Words | None = Field(None, alias="from")

    @property
    def pair(self) -> tuple[str, str]:
        """The two sets."""
        return self.subset or self.disjoint or "", self.of or self.from_ or ""


class SetSystem(Form):
    """Overlapping sets and what ties them; `window` is the period that the sizes are meant to have."""

    key: Key
    window: Words
    sets: tuple[Words, ...] = Field(min_length=1, max_length=MOST_SETS * 10)
    claims: tuple[Tie, ...]
    definitions: tuple[Definition, ...] = ()


class About(Form):
    """What the document is."""

    key: Key
    title: Words
    publisher: Words
    published: Words
    url: Words | None = None
    paragraphs: Words | None = Field(None, description="How blocks of text are counted")


class Dismissed(Form):
    """Words of the text with a number or a comparison that make no claim, and why."""

    text: Words
    why: Words


class Document(Form):
    """A claims file."""

    document: About
    periods: dict[Key, Words] = Field({})
    references: dict[int, Citation] = Field({})
    claims: tuple[Claim, ...] = Field(min_length=1)
    systems: tuple[SetSystem, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()
    _file: str = PrivateAttr("")
    _windows: Mapping[str, Window] = PrivateAttr({})

    @property
    def key(self) -> str:
        """The document's key."""
        return self.document.key

    @cached_property
    def by_key(self) -> dict[str, Claim]:
        """The claims by their keys."""
        return {claim.id: claim for claim in self.claims}

    def cited(self, claim: Claim) -> dict[int, Citation]:
        """The sources that a claim cites, each as it is first given."""
        return {number: self.reference(number) for number in claim.cites}

    def reference(self, number: int) -> Citation:
        """One source, as it is first given."""
        reference = self.references[number]
        return self.reference(reference.same_as) if reference.same_as is not None else reference

    def row_id(self, claim: str) -> str:
        """Row id of a claim in statement.claim."""
        return f"claim:{self.key}:{claim}"

    def place(self, claim: str) -> str:
        """How a message names a claim."""
        return f"{self._file}, claim {claim}"

    def read_from(self, file: str, windows: Mapping[str, Window]) -> None:
        """Fix the file's name and the windows named in it, once read."""
        self._file, self._windows = file, windows

    def window(self, text: str) -> Window | None:
        """A window by its name in the file, as `yyyy-mm-dd..yyyy-mm-dd`, or that of a claim; None where it is none of these."""
        claim = self.by_key.get(text)
        return self._windows.get(text) or window_of(text) or (claim.window if claim else None)


def schema() -> dict[str, Any]:
    """The form of a claims file as JSON Schema, for editors."""
    made = Document.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A claims file of Darkfigure"} | made


def window_of(text: str) -> Window | None:
    """`2022-04-01..2023-03-31` as a window; None for anything else."""
    first, dots, last = text.partition("..")
    try:
        start, end = datetime.date.fromisoformat(first.strip()), datetime.date.fromisoformat(last.strip())
    except ValueError:
        return None
    return Window(start, end) if dots and start <= end else None
