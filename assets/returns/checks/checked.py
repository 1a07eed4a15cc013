"""What is said of one return: refused, set aside in part, or accepted, and by which rules."""

from dataclasses import dataclass, field

from assets.returns.checks.whole import Said

REFUSED, QUARANTINED, ACCEPTED = "refused", "accepted_with_quarantine", "accepted"


@dataclass
class Checked:
    """What a check found.

    refused:  rule -> what was found, of the rules that refuse the whole return; never the text of a cell
    counts:   rule -> number of rows (or 1 for a rule about the whole return)
    rows:     rows of the file; quarantined: rows set aside
    personal: rows with what may be personal data
    whole:    warnings about the whole return: rule, column, what was found
    """

    refused: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    quarantined: int = 0
    personal: int = 0
    whole: list[Said] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """Code of schemas.returns.VERDICT."""
        if self.refused:
            return REFUSED
        return QUARANTINED if self.quarantined else ACCEPTED

    def refuse(self, rule: str, found: str) -> None:
        """Refuse the return by a rule, for one thing more that was found."""
        self.refused[rule] = "; ".join(filter(None, [self.refused.get(rule), found]))
        self.counts[rule] = self.counts.get(rule, 0) + 1
