"""Tables about the returns themselves: which came, who is missing, what the rules found, what changed between versions."""

import datetime
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assets.collection.audit import Year
from assets.collection.cubes import Collected, Row, period_columns
from assets.collection.disclosure import WITHHELD, Control, protect
from assets.collection.earlier import earlier_years, flags_of
from assets.collection.vintages import narrowed_beside
from assets.returns.chase import days_late, due
from assets.returns.quarters import before, quarter_days
from assets.returns.store import Judged
from assets.returns.whole import OF_THE_WHOLE
from assets.tables.records import grouped
from schemas.rows import AnyRow

KEYS = (
    "collection.return", "collection.coverage", "collection.flag", "collection.revision", "collection.rule_result",
    "collection.late_estimate",
)  # fmt: skip
# How far a supplier's part of the whole moved between two years: the largest such move seen is the half width.
METHOD = (
    "reported offences over the part of the same quarter a year before that the suppliers in it had; the ends let that part move"
    " by the largest move of any supplier's part between the two years, over all suppliers missing"
)


def tables(
    held: Collected, rules: Control, builds: Mapping[str, Sequence[AnyRow]] = MappingProxyType({})
) -> dict[str, list[Row]]:
    """The tables of `KEYS`; builds: what was printed before, by build."""
    return {
        "collection.return": [row for quarter in held.quarters for row in _returns(held, quarter)],
        "collection.coverage": [_coverage(held, quarter) for quarter in held.quarters],
        "collection.flag": _flags(held, rules, builds),
        "collection.revision": [row for quarter in held.quarters for row in _revisions(held, quarter)],
        "collection.rule_result": _rule_results(held, rules),
        "collection.late_estimate": [row for quarter in held.quarters if (row := _late(held, quarter))],
    }


def _of(held: Collected, quarter: str) -> dict[str, list[Judged]]:
    return grouped((one for one in held.held if one.quarter == quarter), lambda one: one.supplier)


def _returns(held: Collected, quarter: str) -> list[Row]:
    return [
        period_columns(quarter)
        | {
            "supplier": one.supplier, "version": version, "return_id": one.return_id, "profile": one.profile,
            "definition_version": one.definition_version, "verdict": one.verdict,
            "counts": held.counting.get((one.supplier, quarter)) == one,
            "extract_date": datetime.date.fromisoformat(one.extract_date),
            "sent_date": datetime.date.fromisoformat(one.sent_date), "due_date": due(quarter, held.rules),
            "days_late": days_late(one, held.rules), "rows": one.rows, "quarantined": one.quarantined,
            "refused_for": ";".join(one.refused) or None,
        }
        for judged in _of(held, quarter).values()
        for version, one in enumerate(judged, 1)
    ]  # fmt: skip


def _coverage(held: Collected, quarter: str) -> Row:
    expected, sent = held.suppliers(quarter), _of(held, quarter)
    inside = [supplier for supplier in expected if (supplier, quarter) in held.counting]
    missing = [supplier for supplier in expected if supplier not in inside]
    return period_columns(quarter) | {
        "suppliers_expected": len(expected), "suppliers_in": len(inside),
        "suppliers_refused": sum(supplier in sent for supplier in missing),
        "suppliers_missing": sum(supplier not in sent for supplier in missing), "missing": ";".join(missing) or None,
        "share_of_offences": _share_before(held, quarter, inside),
    }  # fmt: skip


def _share_before(held: Collected, quarter: str, inside: list[str]) -> float | None:
    """The part of the year before that some suppliers had; None where that quarter is not whole."""
    year_before = before(quarter, 12)
    then = held.by_supplier(*quarter_days(year_before))
    if year_before not in held.quarters or held.reporting([year_before]) != held.suppliers(year_before):
        return None
    whole = sum(then.values())
    return 100 * sum(then.get(supplier, 0) for supplier in inside) / whole if whole else None


def _late(held: Collected, quarter: str) -> Row | None:
    """An estimate of the whole of a quarter with suppliers missing; None where nobody is, or nothing says how large they are."""
    inside = held.reporting([quarter])
    share = _share_before(held, quarter, inside)
    if share is None or not 0 < share < 100:
        return None
    now, then = (held.by_supplier(*quarter_days(one)) for one in (quarter, before(quarter, 12)))
    reported, earlier = sum(now.values()), sum(then.get(supplier, 0) for supplier in inside)
    moves = [abs(math.log((now[s] / reported) / (then[s] / earlier))) for s in inside if now.get(s) and then.get(s)]
    missing = reported * (100 - share) / share
    factor = math.exp(max(moves, default=0.0))
    return period_columns(quarter) | {
        "reported": reported, "share_reported": share, "estimate": reported + missing, "lower": reported + missing / factor,
        "upper": reported + missing * factor, "method": METHOD,
    }  # fmt: skip


def _flags(held: Collected, rules: Control, builds: Mapping[str, Sequence[AnyRow]]) -> list[Row]:
    rows = held.query(
        "SELECT quarter, flag, value, sum(offences)::BIGINT AS offences FROM flags GROUP BY ALL ORDER BY ALL"
    )
    found = []
    for (quarter, flag), members in grouped(rows, lambda row: (row["quarter"], row["flag"])).items():
        whole = sum(row["offences"] for row in members)
        shown = protect(members, lambda row: row["flag"], rules)
        # The plain counts of those who send records say how many there are: one value is all of them.
        if len(shown) == 1 and whole < rules.alike:
            continue
        before = [
            Year([], [], [], [], {}, flags=mine)
            for year in earlier_years(builds, held.scope, quarter_days(quarter), {})
            if (mine := [row for row in year.flags if row["flag"] == flag])
        ]
        found += [
            period_columns(quarter)
            | {name: row[name] for name in ("flag", "value", "offences", "cell_status", "rounded_to")}
            | {"set_by": _set_by(held, quarter, flag)}
            for row in safe_flag(shown, whole, before, rules)
        ]
    return found


def safe_flag(shown: Sequence[Row], whole: int, before: Sequence[Year], rules: Control) -> list[Row]:
    """The values of a flag without what their sum, or what was printed of them before, tells: the largest first, else none."""
    made = list(shown)
    largest = sorted(range(len(made)), key=lambda at: -(made[at]["offences"] or 0))
    for place in [None, *largest]:
        if place is not None:
            made[place] = made[place] | {"offences": None, "cell_status": WITHHELD}
        if not narrowed_beside(flags_of(made, whole), before, rules):
            return made
    return []


def _set_by(held: Collected, quarter: str, flag: str) -> str:
    """Who sets a flag, with the number of suppliers."""
    records = (one for (_, of), one in held.counting.items() if of == quarter and one.profile == "record")
    sources = Counter(one.flag_source.get(flag, "none") for one in records)
    return "; ".join(f"{name} {count}" for name, count in sorted(sources.items()))


def _revisions(held: Collected, quarter: str) -> list[Row]:
    found = []
    for supplier, judged in _of(held, quarter).items():
        before: int | None = None
        for version, one in enumerate(judged, 1):
            if one.accepted:
                change = None if before is None else one.offences - before
                large = change is not None and abs(change) > held.rules.limits["revision_size"] * max(before or 0, 1)
                told = {
                    "supplier": supplier,
                    "version": version,
                    "offences": one.offences,
                    "change": change,
                    "large": large,
                }
                found.append(period_columns(quarter) | told)
                before = one.offences
    return found


def about_a_whole_return(rule: str, severity: str) -> bool:
    """Does a rule speak of a return? Its number says nothing of rows; those about rows may name ages and relationships."""
    return severity == "refuse" or rule in OF_THE_WHOLE


def _rule_results(held: Collected, rules: Control) -> list[Row]:
    found = []
    for quarter in held.quarters:
        for supplier, judged in _of(held, quarter).items():
            newest, shown = judged[-1], list[Row]()
            for rule, count in newest.counts.items():
                severity = str(held.rules.rules[rule]["severity"])
                plain = about_a_whole_return(rule, severity)
                number, status, base = (count, "normal", 1) if plain else rules.treated(count)
                told = {"rows": number, "cell_status": status, "rounded_to": base}
                shown.append(
                    period_columns(quarter) | {"supplier": supplier, "rule": rule, "severity": severity} | told
                )
            # Rows that are set aside are counted in collection.return: of few, that would say how many break which rule.
            aside, errors = newest.quarantined, [row for row in shown if row["severity"] == "quarantine"]
            if rules.given_away(errors, "rows", aside, aside, aside * len(errors)):
                shown = [row for row in shown if row not in errors]
            found += shown
    return found
