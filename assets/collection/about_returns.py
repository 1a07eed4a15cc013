"""Tables about the returns themselves: which came, who is missing, what the rules found, what changed between versions."""

import datetime
import math
from collections import Counter
from collections.abc import Sequence

from assets.collection.cubes import Collected, Row, period_columns
from assets.collection.people import Residents
from assets.collection.told.control import COUNTRY_ONLY, Control, as_is, protect
from assets.collection.told.earlier import Earlier
from assets.collection.told.printed_again import Last
from assets.collection.told.tallies import ERRORS, FLAGS, RULES, WARNINGS, Tally, about_a_whole_return, number
from assets.returns.intake.chase import days_late, due
from assets.returns.intake.store import Judged, current
from assets.returns.rules.quarters import before, quarter_days
from assets.tables.records import grouped
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.rows import AnyRow

KEYS = (
    "collection.return", "collection.coverage", "collection.flag", "collection.revision", "collection.rule_result",
    "collection.late_estimate",
)  # fmt: skip
# How far a supplier's part of the whole moved between two years: the largest such move seen is the half width.
METHOD = (
    "reported offences over the part of the same quarter a year before that the suppliers in it had; the ends divide and multiply"
    " what is missing by the largest factor by which the part of any supplier in both moved between the two years"
)


def tables(
    collected: Collected, rules: Control, earlier: Earlier, last: Last, residents: Residents
) -> dict[str, list[Row]]:
    """The tables of `KEYS`; earlier, last: what was printed before."""
    returns = [row for quarter in collected.quarters for row in _returns(collected, quarter)]
    return {
        "collection.return": returns,
        "collection.coverage": [_coverage(collected, quarter, residents) for quarter in collected.quarters],
        "collection.flag": _flags(collected, rules, earlier, last, returns),
        "collection.revision": [row for quarter in collected.quarters for row in _revisions(collected, quarter)],
        "collection.rule_result": _rule_results(collected, rules, earlier, last, returns),
        "collection.late_estimate": [row for quarter in collected.quarters if (row := _late(collected, quarter))],
    }


def _of(collected: Collected, quarter: str) -> dict[str, list[Judged]]:
    return grouped((judged for judged in collected.held if judged.quarter == quarter), lambda judged: judged.supplier)


def _returns(collected: Collected, quarter: str) -> list[Row]:
    return [
        period_columns(quarter)
        | {
            "supplier": judgement.supplier, "version": version, "return_id": judgement.return_id, "profile": judgement.profile,
            "route": judgement.route if judgement.route == "hub" else f"{judgement.route}_{judgement.profile}",
            "definition_version": judgement.definition_version, "verdict": judgement.verdict,
            "counts": (counting := collected.counting.get((judgement.supplier, quarter))) is not None
            and counting.return_id == judgement.return_id,
            "withheld_for": ";".join(sorted(collected.withheld.get((judgement.supplier, quarter), ()))) or None
            if judgement == current(judged) else None,
            "extract_date": datetime.date.fromisoformat(judgement.extract_date),
            "sent_date": datetime.date.fromisoformat(judgement.sent_date), "due_date": due(quarter, collected.rules),
            "days_late": days_late(judgement, collected.rules), **_rows(judgement),
            "refused_for": ";".join(judgement.refused) or None,
        }
        for judged in _of(collected, quarter).values()
        for version, judgement in enumerate(judged, 1)
    ]  # fmt: skip


def _rows(judged: Judged) -> dict[str, int | None]:
    """Rows, and rows set aside, as they are published: those of changes would say how many rows a revision changed."""
    whole = judged.content == "whole"
    return {"rows": judged.rows if whole else None, "quarantined": judged.quarantined if whole else None}


def _coverage(collected: Collected, quarter: str, residents: Residents) -> Row:
    expected, sent = collected.suppliers(quarter), _of(collected, quarter)
    inside = [supplier for supplier in expected if (supplier, quarter) in collected.counting]
    missing = [supplier for supplier in expected if supplier not in inside]
    withheld = [supplier for supplier in missing if (supplier, quarter) in collected.withheld]
    areas = [str(collected.rules.suppliers[supplier]["area_code"]) for supplier in inside]
    people = residents.of(areas, *quarter_days(quarter))
    return period_columns(quarter) | {
        "suppliers_expected": len(expected), "suppliers_in": len(inside),
        "suppliers_refused": sum(supplier in sent for supplier in missing) - len(withheld), "suppliers_withheld": len(withheld),
        "suppliers_missing": sum(supplier not in sent for supplier in missing), "missing": ";".join(missing) or None,
        "share_of_offences": _share_before(collected, quarter, inside), "people": people and round(people),
    }  # fmt: skip


def _share_before(collected: Collected, quarter: str, inside: list[str]) -> float | None:
    """The part of the year before that some suppliers had; None where that quarter is not whole, or others sent for it."""
    year_before = before(quarter, 12)
    then = collected.by_supplier(*quarter_days(year_before))
    if year_before not in collected.quarters or collected.reporting([year_before]) != collected.suppliers(year_before):
        return None
    if collected.suppliers(year_before) != collected.suppliers(quarter):
        return None
    whole = sum(then.values())
    return 100 * sum(then.get(supplier, 0) for supplier in inside) / whole if whole else None


def _late(collected: Collected, quarter: str) -> Row | None:
    """An estimate of the whole of a quarter with suppliers missing; None where nobody is, or nothing says how large they are."""
    inside = collected.reporting([quarter])
    share = _share_before(collected, quarter, inside)
    if share is None or not 0 < share < 100:
        return None
    now, then = (collected.by_supplier(*quarter_days(of_quarter)) for of_quarter in (quarter, before(quarter, 12)))
    reported, earlier = sum(now.values()), sum(then.get(supplier, 0) for supplier in inside)
    moves = [abs(math.log((now[s] / reported) / (then[s] / earlier))) for s in inside if now.get(s) and then.get(s)]
    missing = reported * (100 - share) / share
    factor = math.exp(max(moves, default=0.0))
    return period_columns(quarter) | {
        "reported": reported, "share_reported": share, "estimate": reported + missing, "lower": reported + missing / factor,
        "upper": reported + missing * factor, "method": METHOD,
    }  # fmt: skip


def _flags(collected: Collected, rules: Control, earlier: Earlier, last: Last, returns: Sequence[AnyRow]) -> list[Row]:
    rows = collected.query(
        "SELECT quarter, flag, value, sum(offences)::BIGINT AS offences FROM flags GROUP BY ALL ORDER BY ALL"
    )
    made = []
    for (quarter, flag), members in grouped(rows, lambda row: (row["quarter"], row["flag"])).items():
        whole = sum(row["offences"] for row in members)
        shown = {row["value"]: row for row in protect(members, lambda row: row["flag"], rules)}
        # The plain counts of those who send records say how many there are: one value is all of them.
        if len(shown) == 1 and whole < rules.alike:
            continue
        tally = Tally(FLAGS, quarter_days(quarter), NATION, flag, shown, whole)
        if last.again(tally.kept(), NATION, returns):
            made += last.rows(FLAGS, tally.period, flag=flag)
            continue
        made += [
            period_columns(quarter)
            | {name: row[name] for name in ("flag", "value", "offences", "cell_status", "rounded_to")}
            | {"set_by": _set_by(collected, quarter, flag)}
            for row in tally.safe(earlier.tallies(tally), rules).counts.values()
        ]
    return made


def _set_by(collected: Collected, quarter: str, flag: str) -> str:
    """Who sets a flag, with the number of suppliers."""
    records = (judged for (_, of), judged in collected.counting.items() if of == quarter and judged.profile == "record")
    sources = Counter(judged.flag_source.get(flag, "none") for judged in records)
    return "; ".join(f"{name} {count}" for name, count in sorted(sources.items()))


def _revisions(collected: Collected, quarter: str) -> list[Row]:
    rows = []
    for supplier, judged in _of(collected, quarter).items():
        before: int | None = None
        for version, judgement in enumerate(judged, 1):
            if judgement.accepted:
                change = None if before is None else judgement.offences - before
                large = change is not None and abs(change) > collected.rules.limits["revision_size"] * max(
                    before or 0, 1
                )
                made = {"supplier": supplier, "version": version, "offences": judgement.offences}
                rows.append(period_columns(quarter) | made | {"change": change, "large": large})
                before = judgement.offences
    return rows


def _rule_results(
    collected: Collected, rules: Control, earlier: Earlier, last: Last, returns: Sequence[AnyRow]
) -> list[Row]:
    rows = list[Row]()
    for quarter in collected.quarters:
        for supplier, judged in _of(collected, quarter).items():
            newest, shown, area = judged[-1], dict[str, AnyRow](), str(collected.rules.suppliers[supplier]["area_code"])
            by_kind: dict[str, dict[str, Row]] = {ERRORS: {}, WARNINGS: {}}
            for rule, count in newest.counts.items():
                severity = str(collected.rules.rules[rule]["severity"])
                if about_a_whole_return(rule, severity):
                    shown[rule] = as_is({"offences": count})
                elif (
                    supplier not in COUNTRY_ONLY and newest.content == "whole"
                ):  # of changes they are few, and of whoever was revised
                    by_kind[severity][rule] = rules.rounded({"offences": count})
            for kind, name in ((ERRORS, "quarantined"), (WARNINGS, "rows")):
                tally = Tally(RULES, quarter_days(quarter), area, kind, by_kind[kind], number(_rows(newest)[name]))
                if last.again(tally.kept(), area, returns):
                    rows += last.rows(RULES, tally.period, supplier=supplier, severity=kind)
                else:
                    shown |= tally.safe(earlier.tallies(tally), rules).counts
            rows += [
                period_columns(quarter)
                | {"supplier": supplier, "rule": rule, "severity": collected.rules.rules[rule]["severity"]}
                | {"rows": shown[rule]["offences"]}
                | {name: shown[rule][name] for name in ("cell_status", "rounded_to")}
                for rule in newest.counts
                if rule in shown
            ]
    return rows
