"""The nine kinds of check that a claims file can ask for, as pydantic models: the first field names the kind."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from schemas import codes

Words = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[\w.+-]+$")]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=4_000, strip_whitespace=True)]
if TYPE_CHECKING:
    Kind = str
    Scope = str
    Threat = str
    Verdict = str
else:
    Kind = Literal[tuple(codes.CLAIM_KIND)]
    Scope = Literal[(*codes.SCOPE, *codes.CLAIM_SCOPE)]
    Threat = Literal[tuple(codes.THREAT_OR_ALL)]
    Verdict = Literal[tuple(codes.CLAIM_VERDICT)]


class Form(BaseModel):
    """A part of a claims file: no field but those named, and none changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Check(Form):
    say: dict[Verdict, Words] = Field(
        {}, description="A sentence of one's own for a verdict; numbers only as placeholders"
    )

    # Fields that are expressions, and those whose text becomes part of a sentence.
    EXPRESSIONS: ClassVar[tuple[str, ...]] = ()
    TEXTS: ClassVar[tuple[str, ...]] = ()

    @property
    def kind(self) -> str:
        """The kind of check: the name of its first field."""
        return next(name for name, model in CHECKS.items() if isinstance(self, model))

    def expressions(self) -> list[str]:
        """Every expression in it."""
        return self._given(self.EXPRESSIONS)

    def texts(self) -> list[str]:
        """Every text that becomes part of a sentence."""
        return self._given(self.TEXTS)

    def claims(self) -> list[str]:
        """Every claim that it names by key alone."""
        return []

    def windows(self) -> list[str]:
        """Every window that it names."""
        return []

    def _given(self, names: tuple[str, ...]) -> list[str]:
        return [text for name in names if (text := getattr(self, name))]


class Recompute(_Check):
    """The figure is this expression over other figures."""

    recompute: Expression
    EXPRESSIONS = ("recompute",)


class Holds(_Check):
    """Figures stand so to each other: `A <= B`, `A >= B` or `A == B` between two expressions."""

    holds: Expression
    because: Words | None = None
    TEXTS = ("because",)

    def expressions(self) -> list[str]:  # noqa: D102
        return [side for side in sides_of_relation(self.holds)[::2] if side]


class Published(_Check):
    """The figure is a published statistic: the newest release, and (as_of) the one that stood when it was printed."""

    published: Expression
    as_of: Expression | None = None
    remark: Words | None = None
    EXPRESSIONS, TEXTS = ("published", "as_of"), ("remark",)


class Beside(_Check):
    """How the figure stands beside another count of the like: a caution, never a fault."""

    beside: Expression
    what: Words
    as_of: Expression | None = None
    EXPRESSIONS, TEXTS = ("beside", "as_of"), ("what",)


class Bound(_Check):
    """Of what the figure is only a bound, and the basis (value) that it must fit."""

    bound: Words
    value: Expression | None = None
    unit: Words | None = None
    EXPRESSIONS, TEXTS = ("value",), ("bound",)


class Readings(_Check):
    """The figure under several readings, the first as worded; `open`: which figures the words can mean."""

    readings: dict[Words, Expression] = Field(min_length=2)
    open: bool = False

    def expressions(self) -> list[str]:  # noqa: D102
        return list(self.readings.values())


class Concept(_Check):
    """What was measured is not what is said: a caution."""

    concept: Words
    said: Words
    TEXTS = ("concept", "said")


class WindowOf(_Check):
    """The figure's window is this one (a period, or that of a claim), or at least as long."""

    window: Words
    what: Words
    length: bool = False
    TEXTS = ("what",)


class Note(_Check):
    """An editor's note: a fact about lists, names, dates or references, which no arithmetic tests."""

    note: Literal["listed", "increasing", "names_as", "nth_of", "called", "cited_year", "named_year", "cited_body"]
    of: Words | None = None
    listed: Words | None = None
    what: Words | None = None

    def claims(self) -> list[str]:  # noqa: D102
        return [self.of] if self.of and self.note in ("names_as", "nth_of") else []

    def windows(self) -> list[str]:  # noqa: D102
        return [self.of] if self.of and self.note == "cited_year" else []


CHECKS: dict[str, type[_Check]] = {
    "recompute": Recompute, "holds": Holds, "published": Published, "beside": Beside, "bound": Bound, "readings": Readings,
    "concept": Concept, "window": WindowOf, "note": Note,
}  # fmt: skip


def _kind_of(raw: Any) -> str | None:
    if isinstance(raw, _Check):
        return raw.kind
    first = next(iter(raw), None) if isinstance(raw, dict) else None
    return first if first in CHECKS else None


Check = Annotated[
    Annotated[Recompute, Tag("recompute")] | Annotated[Holds, Tag("holds")] | Annotated[Published, Tag("published")]
    | Annotated[Beside, Tag("beside")] | Annotated[Bound, Tag("bound")] | Annotated[Readings, Tag("readings")]
    | Annotated[Concept, Tag("concept")] | Annotated[WindowOf, Tag("window")] | Annotated[Note, Tag("note")],
    Discriminator(_kind_of),
]  # fmt: skip


def sides_of_relation(text: str) -> tuple[str, str, str]:
    """`A <= B` as its left side, its sign and its right side; empty sides where there is no sign."""
    for sign in ("<=", ">=", "=="):
        left, found, right = text.partition(sign)
        if found:
            return left.strip(), sign, right.strip()
    return "", "", ""
