"""Columns of a release that repeat an earlier period of an older one: the header was moved on, and the figures were not."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LINE, DoubtedTogether

# So many figures of so many digits are the same to the last of them, and such a share of all that is compared.
DIGITS, SAME, SHARE = 3, 5, 0.95


def repeated_periods(engine: Engine) -> Iterator[DoubtedTogether]:
    """Figures of a period of a table nearly all of which an older release prints of an earlier period of the same length."""
    rows = engine.answer(__file__, "repeated_periods", digits=DIGITS, least=SAME, share=SHARE)
    for row in rows:
        reason = (
            f"{row['same']} of {row['compared']} figures of this period are those that {row['older']} prints of the period that"
            f" ends on {row['older_end']}: the header may have moved on without them. All of them are withheld."
        )
        yield DoubtedTogether(LINE, reason, row["figures"])
