"""What can be said of the numbers of a text before anybody claims anything: by their own sentence and by held figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from assets.statement.changed import Changed
from assets.statement.held import Held
from assets.statement.mentions import Mention
from assets.statement.scan import Scan

AGREES = "works out"
# In this order: of what kind a remark is, and whether a person should look there.
KINDS = {
    "does not work out": True,
    "a change that the figures held do not give": True,
    "held of another period than the words beside it name": True,
    "near a figure that is held, and not it": True,
    "held in the published file": False,
    "a change between figures that are held": False,
    AGREES: False,
}
_DIFFERS, _OTHER_CHANGE, _OTHER_PERIOD, _NEAR, _HELD, _CHANGE, _ = KINDS


@dataclass(frozen=True)
class Remark:
    """A number in its place, of what kind the remark on it is (see KINDS), and the remark."""

    mention: Mention
    kind: str
    words: str

    @property
    def to_look_at(self) -> bool:
        """Should a person look there?"""
        return KINDS[self.kind]


def remarks(scan: Scan) -> Iterator[Remark]:
    """All of a text, in the order of its numbers."""
    for one in scan.mentions:
        if one.worked:
            yield Remark(one, AGREES if one.holds else _DIFFERS, one.worked)
        looked_up = scan.held.get((one.block, one.start))
        if isinstance(looked_up, Held):
            near = _NEAR if looked_up.of_period else _OTHER_PERIOD
            yield Remark(one, _HELD if looked_up.same else near, looked_up.words)
        elif isinstance(looked_up, Changed):
            yield Remark(one, _CHANGE if looked_up.same else _OTHER_CHANGE, looked_up.words)
