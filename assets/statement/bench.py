"""What a check works with: the claim, its document, the figures, and what is known of breaks and windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.reconciled.ground.breaks import breaks_inside
from assets.statement.document import Claim, Document, Reference
from assets.statement.expressions import Sources, evaluate
from assets.statement.value import Value, Window
from assets.tables.records import Record


@dataclass(frozen=True)
class Bench:
    """One claim on the bench.

    breaks:       rows of reference.comparability_break
    other_window: how many times as large a count of another window of the same length may be
    """

    claim: Claim
    document: Document
    sources: Sources
    breaks: Sequence[Record]
    other_window: Interval

    @property
    def printed(self) -> Interval:
        """What the claim's figure stands for; only for claims that have one."""
        assert self.claim.interval is not None, "a check that needs a figure was given a claim without one"
        return self.claim.interval

    @property
    def figure(self) -> str:
        """The figure as printed."""
        return self.claim.figure or self.claim.printed

    @property
    def references(self) -> list[Reference]:
        """The sources that the claim cites."""
        return [self.document.references[number] for number in self.claim.cites]

    def value(self, text: object) -> Value:
        """An expression worked out."""
        return evaluate(str(text), self.sources)

    def values(self, texts: Mapping[str, object]) -> dict[str, Value]:
        """Named expressions worked out."""
        return {name: self.value(text) for name, text in texts.items()}

    def figures(self, keys: Sequence[str]) -> list[Value]:
        """The figures of other claims."""
        return [self.sources.claim(key) for key in keys]

    def other(self, key: object) -> Claim:
        """Another claim of the document."""
        return self.document.claims[str(key)]

    def window(self, text: object) -> Window:
        """A window by name or written out."""
        window = self.document.window(str(text))
        assert window is not None, "windows are looked at when a claims file is read"
        return window

    def breaks_of(self, series: str) -> list[Record]:
        """Breaks of a series inside the claim's window."""
        window = self.claim.window
        if window is None:
            return []
        blocking = (row for row in self.breaks if row["breaks_change"])
        return breaks_inside(blocking, (series,), window.start, window.end)
