"""Does the breakdown keep the promises of its table?"""

from collections.abc import Iterator

from assets.tables.checking import each_row
from schemas.rows import AnyRow

SHARES = ("share_of_threat", "share_of_vawg", "share_of_all_recorded")


@each_row("reconciled.threat_breakdown", "no share is over 100%", columns=SHARES)
def parts_stay_within_their_threat(row: AnyRow) -> Iterator[str]:
    """No share is over 100%: no part is larger than its threat's total of the same scope and period."""
    for name in SHARES:
        if row[name] is not None and not 0 <= row[name] <= 100:
            yield f"{name} of {row[name]:.2f}%"


CHECKS = [parts_stay_within_their_threat]
