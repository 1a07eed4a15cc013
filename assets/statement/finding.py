"""What one check found about one claim."""

from dataclasses import dataclass

from assets.methods.interval import Interval
from schemas.codes import CLAIM_VERDICT

# From the gravest to the mildest: the order in which the code list stands.
GRAVITY = {verdict: position for position, verdict in enumerate(CLAIM_VERDICT)}


@dataclass(frozen=True)
class Finding:
    """A verdict with its reason.

    verdict:    one of codes.CLAIM_VERDICT
    sentence:   what was found, in words
    recomputed: what was compared with the print, in the claim's unit, where there is such a thing
    shown:      named parts of the sentence, for a claim's own wording of it
    leads:      may it decide the claim's verdict
    """

    verdict: str
    sentence: str
    recomputed: Interval | None = None
    shown: tuple[tuple[str, str], ...] = ()
    leads: bool = True


def gravest(findings: list[Finding]) -> Finding:
    """The finding that gives a claim its verdict: the gravest of those that lead, the first of equals."""
    leading = [finding for finding in findings if finding.leads] or findings
    return min(leading, key=lambda finding: GRAVITY[finding.verdict])
