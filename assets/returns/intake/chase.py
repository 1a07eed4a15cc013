"""Who is late and what is wrong, and the league of data quality. Counts of returns and rows, nothing of crime."""

import datetime
from collections.abc import Sequence

from assets.returns.intake.intake import Source
from assets.returns.intake.landed import landed
from assets.returns.intake.report import still_aside
from assets.returns.intake.store import Judged, current
from assets.returns.rules.quarters import quarter_days
from assets.returns.rules.rules import Rules
from assets.tables.records import grouped
from assets.words.wording import number_of

State = tuple[str, str, str, int, str]


def due(quarter: str, rules: Rules) -> datetime.date:
    """The day by which a return of a quarter should be here."""
    return quarter_days(quarter)[1] + datetime.timedelta(days=rules.limits["due_days"])


def chased(source: Source, quarter: str, day: datetime.date) -> list[State]:
    """Whom to ask for what, of one quarter on a day: supplier, quarter, state, days late, what to ask for."""
    inbox = landed(source.inbox, source.rules)
    unreadable = {returned.sender: returned.problem for returned in inbox if returned.manifest is None}
    late = max((day - due(quarter, source.rules)).days, 0)
    rows: list[State] = []
    for supplier in source.rules.sending(quarter):
        judged = source.store.held(supplier, quarter)
        counts = current(judged)
        last = judged[-1] if judged else None
        if last is None:
            ask = f"a return that can be read: {unreadable[supplier]}" if supplier in unreadable else "a return"
            rows.append((supplier, quarter, "nothing here", late, ask))
        elif not last.accepted:
            state = "newest refused" if counts else "refused"
            rows.append((supplier, quarter, state, 0 if counts else late, _reasons(last, source.rules)))
        elif last.lacking:
            rows.append((supplier, quarter, "rows set aside", 0, _correction(last, source.rules)))
    return [(*row[:4], _asked(row[0], day, source.rules) + row[4]) for row in rows]


def _asked(supplier: str, day: datetime.date, rules: Rules) -> str:
    """Whom to ask where it is another than the supplier: who took its place."""
    answering = rules.answering(supplier, day)
    return "" if answering == supplier else f"of {answering}: "


def league(source: Source) -> list[tuple[str, int, int, int, int, float, int, int]]:
    """Per supplier: returns that count, returns refused, rows, rows set aside, per 1,000, warnings, days late at most."""
    by_supplier = grouped(source.store.everything(), lambda judged: judged.supplier)
    rows = [_standing(supplier, judged, source.rules) for supplier, judged in by_supplier.items()]
    return sorted(rows, key=lambda row: (-row[5], row[0]))


def _standing(supplier: str, judged: Sequence[Judged], rules: Rules) -> tuple[str, int, int, int, int, float, int, int]:
    by_quarter = grouped(judged, lambda returned: returned.quarter).values()
    counting = [counts for some in by_quarter if (counts := current(some))]
    aside = sum(returned.lacking for returned in counting)
    rows = aside + sum(returned.row_count for returned in counting)
    warned = sum(sum(rules.among(returned.counts, "warn").values()) for returned in counting)
    # Who sent a quarter in time and corrects it later is not late.
    late = max(
        (min(days_late(sent, rules) for sent in some if sent.accepted) for some in by_quarter if current(some)),
        default=0,
    )
    refused = sum(not returned.accepted for returned in judged)
    return supplier, len(counting), refused, rows, aside, round(1000 * aside / max(rows, 1), 1), warned, late


def days_late(judged: Judged, rules: Rules) -> int:
    """Days between the day a return was due and the day it was sent."""
    return max((datetime.date.fromisoformat(judged.sent_date) - due(judged.quarter, rules)).days, 0)


def _reasons(judged: Judged, rules: Rules) -> str:
    return "; ".join(f"{code}: {rules.rules[code]['remedy']}" for code in judged.refused)


def _correction(judged: Judged, rules: Rules) -> str:
    """What to ask for of the rows that are missing from the counts with a return: so many of it by rule, and of those before."""
    counted = ", ".join(f"{code} {count:,}" for code, count in rules.among(judged.counts, "quarantine").items())
    own = [f"{number_of(judged.quarantined, 'row')} ({counted})"] if judged.quarantined else []
    return f"a correction of {' and of '.join([*own, *still_aside(judged)])}"
