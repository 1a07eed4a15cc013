"""The rhythm of a publication, for who asks of its calendar without fetching anything."""

import datetime

from assets.archive.reading.periods import month_end

# Months from one release to the next, where there is a rhythm.
MONTHS_OF = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
# Months between the end of a period and its release, where the day of release is not known.
LAG_MONTHS = 4


def next_due(released: datetime.date | None, period_end: datetime.date | None, cadence: str) -> datetime.date | None:
    """The day a release came out and its cadence later; from the end of its period, with the usual lag, where the day is not
    known; None without both or without a cadence."""
    months = MONTHS_OF.get(cadence)
    day = released or period_end
    if months is None or day is None:
        return None
    lag = 0 if released else LAG_MONTHS
    count = day.year * 12 + day.month - 1 + months + lag
    last = month_end(count // 12, count % 12 + 1)
    return last.replace(day=min(day.day, last.day)) if released else last
