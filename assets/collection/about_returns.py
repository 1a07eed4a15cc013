"""Tables about the returns themselves: which came, who is missing, what the rules found, what changed between versions."""

import datetime
import math
from collections import Counter

from assets.collection.audit import NATION
from assets.collection.cubes import Collected, Row, period_columns
from assets.collection.disclosure import COUNTRY_ONLY, Control, as_is, protect
from assets.collection.earlier import Earlier
from assets.collection.people import Residents
from assets.collection.tallies import ERRORS, FLAGS, RULES, WARNINGS, Tally, about_a_whole_return, number
from assets.returns.chase import days_late, due
from assets.returns.quarters import before, quarter_days
from assets.returns.store import Judged
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


def tables(held: Collected, rules: Control, earlier: Earlier, residents: Residents) -> dict[str, list[Row]]:
    """The tables of `KEYS`; earlier: what was printed before."""
    return {
        "collection.return": [row for quarter in held.quarters for row in _returns(held, quarter)],
        "collection.coverage": [_coverage(held, quarter, residents) for quarter in held.quarters],
        "collection.flag": _flags(held, rules, earlier),
        "collection.revision": [row for quarter in held.quarters for row in _revisions(held, quarter)],
        "collection.rule_result": _rule_results(held, rules, earlier),
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
            "days_late": days_late(one, held.rules), **_rows(one),
            "refused_for": ";".join(one.refused) or None,
        }
        for judged in _of(held, quarter).values()
        for version, one in enumerate(judged, 1)
    ]  # fmt: skip


def _rows(one: Judged) -> dict[str, int | None]:
    """Rows, and rows set aside, as they are published: those of changes would say how many rows a revision changed."""
    whole = one.content == "whole"
    return {"rows": one.rows if whole else None, "quarantined": one.quarantined if whole else None}


def _coverage(held: Collected, quarter: str, residents: Residents) -> Row:
    expected, sent = held.suppliers(quarter), _of(held, quarter)
    inside = [supplier for supplier in expected if (supplier, quarter) in held.counting]
    missing = [supplier for supplier in expected if supplier not in inside]
    areas = [str(held.rules.suppliers[supplier]["area_code"]) for supplier in inside]
    people = residents.of(areas, *quarter_days(quarter))
    return period_columns(quarter) | {
        "suppliers_expected": len(expected), "suppliers_in": len(inside),
        "suppliers_refused": sum(supplier in sent for supplier in missing),
        "suppliers_missing": sum(supplier not in sent for supplier in missing), "missing": ";".join(missing) or None,
        "share_of_offences": _share_before(held, quarter, inside), "people": people and round(people),
    }  # fmt: skip


def _share_before(held: Collected, quarter: str, inside: list[str]) -> float | None:
    """The part of the year before that some suppliers had; None where that quarter is not whole, or others sent for it."""
    year_before = before(quarter, 12)
    then = held.by_supplier(*quarter_days(year_before))
    if year_before not in held.quarters or held.reporting([year_before]) != held.suppliers(year_before):
        return None
    if held.suppliers(year_before) != held.suppliers(quarter):
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


def _flags(held: Collected, rules: Control, earlier: Earlier) -> list[Row]:
    rows = held.query(
        "SELECT quarter, flag, value, sum(offences)::BIGINT AS offences FROM flags GROUP BY ALL ORDER BY ALL"
    )
    found = []
    for (quarter, flag), members in grouped(rows, lambda row: (row["quarter"], row["flag"])).items():
        whole = sum(row["offences"] for row in members)
        shown = {row["value"]: row for row in protect(members, lambda row: row["flag"], rules)}
        # The plain counts of those who send records say how many there are: one value is all of them.
        if len(shown) == 1 and whole < rules.alike:
            continue
        tally = Tally(FLAGS, quarter_days(quarter), NATION, flag, shown, whole)
        found += [
            period_columns(quarter)
            | {name: row[name] for name in ("flag", "value", "offences", "cell_status", "rounded_to")}
            | {"set_by": _set_by(held, quarter, flag)}
            for row in tally.safe(earlier.tallies(tally), rules).counts.values()
        ]
    return found


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


def _rule_results(held: Collected, rules: Control, earlier: Earlier) -> list[Row]:
    found = list[Row]()
    for quarter in held.quarters:
        for supplier, judged in _of(held, quarter).items():
            newest, shown, area = judged[-1], dict[str, AnyRow](), str(held.rules.suppliers[supplier]["area_code"])
            by_kind: dict[str, dict[str, Row]] = {ERRORS: {}, WARNINGS: {}}
            for rule, count in newest.counts.items():
                severity = str(held.rules.rules[rule]["severity"])
                if about_a_whole_return(rule, severity):
                    shown[rule] = as_is({"offences": count})
                elif supplier not in COUNTRY_ONLY:
                    by_kind[severity][rule] = rules.rounded({"offences": count})
            for kind, name in ((ERRORS, "quarantined"), (WARNINGS, "rows")):
                tally = Tally(RULES, quarter_days(quarter), area, kind, by_kind[kind], number(_rows(newest)[name]))
                shown |= tally.safe(earlier.tallies(tally), rules).counts
            found += [
                period_columns(quarter)
                | {"supplier": supplier, "rule": rule, "severity": held.rules.rules[rule]["severity"]}
                | {"rows": shown[rule]["offences"]}
                | {name: shown[rule][name] for name in ("cell_status", "rounded_to")}
                for rule in newest.counts
                if rule in shown
            ]
    return found
