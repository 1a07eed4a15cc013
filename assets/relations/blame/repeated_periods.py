"""Columns that repeat an earlier period, of an older release or their own: the header was moved on, and the figures were not."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LINE, DoubtedTogether

# So many figures of so many digits are the same to the last of them, and such a share of all that is compared.
DIGITS, SAME, SHARE = 3, 5, 0.95
# So many columns that moved on, and more than did not, tell of all columns of their table.
COLUMNS = 3


def repeated_periods(engine: Engine) -> Iterator[DoubtedTogether]:
    """Figures of a period nearly all of which the release, or an older one, prints of an earlier period of the same length."""
    rows = engine.answer(__file__, "repeated_periods", digits=DIGITS, least=SAME, share=SHARE, columns=COLUMNS)
    for row in rows:
        prints, how = (
            ("the same release", "one may have been pasted over the other. All of both")
            if row["own"]
            else (row["older"], "the header may have moved on without them. All of them")
        )
        of = (
            f"{row['columns']} periods of this table are those that {prints} prints of earlier ones, the last of them"
            if row["columns"] > 1
            else f"this period are those that {prints} prints of"
        )
        reason = (
            f"{row['same']} of {row['compared']} figures of {of} the period that ends on {row['older_end']}: {how} are"
            " withheld."
        )
        yield DoubtedTogether(LINE, reason, row["figures"])
