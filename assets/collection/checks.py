"""Is what is published of the collection safe? Asked of the tables as they would be published, by who publishes them."""

from collections.abc import Sequence, Set

import pandas as pd

from assets.collection.about_returns import about_a_whole_return
from assets.collection.audit import NATION, Contradiction, Year
from assets.collection.comparisons import told
from assets.collection.disclosure import Control, control
from assets.collection.earlier import (
    FLAGS,
    OFFENCES,
    OVERLAPS,
    PROFILES,
    RETURNS,
    THREATS,
    UNIONS,
    earlier_years,
    flags_within,
    year_within,
)
from assets.collection.earlier import KEY as EARLIER
from assets.collection.national import plain_codes
from assets.collection.vintages import narrowed_beside
from assets.tables.checking import Found, check
from assets.tables.records import grouped, records
from schemas.codes import ALL_VAWG
from schemas.rows import AnyRow

COMPARED, REVISED = "collection.comparison", "collection.revision"
RULES = "collection.rule_result"
LIMITS = "reference.collection_limit"
TRACKED = {"limits": LIMITS, "definitions": "reference.collection_definition"}
OF_YEAR = {"threats": THREATS, "overlaps": OVERLAPS, "profiles": PROFILES, "offences": OFFENCES, "unions": UNIONS}
COUNTED_IN = {"threats": THREATS, "overlaps": OVERLAPS, "profiles": PROFILES, "flags": FLAGS, "rules": RULES}
COUNTED = {THREATS: "offences", OVERLAPS: "offences", PROFILES: "offences", FLAGS: "offences", RULES: "rows"}


@check(
    OVERLAPS,
    OF_YEAR | TRACKED | {"suppliers": "reference.supplier", "earlier": EARLIER},
    looks_at=[*OF_YEAR.values()][:4],
)
def no_protected_count_can_be_narrowed(
    threats: pd.DataFrame, overlaps: pd.DataFrame, profiles: pd.DataFrame, offences: pd.DataFrame, suppliers: pd.DataFrame,
    definitions: pd.DataFrame, limits: pd.DataFrame, unions: pd.DataFrame, earlier: pd.DataFrame,
) -> Found:  # fmt: skip
    """All that is and was published of a year, taken together, narrows no protected count too far."""
    rules = control({row["limit"]: row["value"] for row in records(limits)})
    area = {row["supplier"]: row["area_code"] for row in records(suppliers)}
    plain = plain_codes(records(definitions))
    frames = {THREATS: threats, OVERLAPS: overlaps, PROFILES: profiles, OFFENCES: offences, UNIONS: unions}
    tables = {name: records(frame) for name, frame in frames.items()}
    builds = grouped(records(earlier), lambda one: one["build_id"])
    cases: list[dict[str, object]] = []
    checked = 0
    of_overlaps = tables[OVERLAPS]
    for start, end in sorted({(row["period_start"], row["period_end"]) for row in [*of_overlaps, *tables[PROFILES]]}):
        year = year_within(tables, area, plain, start, end)
        checked += len(year.overlaps) + len(year.profiles)
        before = earlier_years(builds, of_overlaps[0]["scope"], (start, end), plain) if of_overlaps else []
        cases += _narrowed(year, before, rules, "cell", period_end=str(end))
    found = f"every protected count has at least {rules.narrowest} possible values"
    return checked, cases, found


@check(
    FLAGS,
    {"flags": FLAGS, "results": RULES, "returns": RETURNS, "offences": OFFENCES, "limits": LIMITS, "earlier": EARLIER},
    looks_at=[FLAGS, RULES],
)
def no_protected_count_is_told_by_its_total(
    flags: pd.DataFrame, results: pd.DataFrame, returns: pd.DataFrame, offences: pd.DataFrame, limits: pd.DataFrame,
    earlier: pd.DataFrame,
) -> Found:  # fmt: skip
    """What the values of a flag, and the errors of a return, add up to narrows none too far; of flags, beside earlier ones."""
    rules = control({row["limit"]: row["value"] for row in records(limits)})
    sent = sorted(records(returns), key=lambda row: row["version"])
    aside = {(row["supplier"], row["period_start"]): row["quarantined"] for row in sent}
    tables = {FLAGS: records(flags), OFFENCES: records(offences)}
    builds = grouped(records(earlier), lambda one: one["build_id"])
    errors = [row for row in records(results) if row["severity"] == "quarantine"]
    of_returns = grouped(errors, lambda row: (row["supplier"], row["period_start"]))
    cases: list[dict[str, object]] = []
    for start, end in sorted({(row["period_start"], row["period_end"]) for row in tables[FLAGS]}):
        quarter = flags_within(tables, sent, start, end)
        before = earlier_years(builds, quarter.flags[0]["scope"], (start, end), {})
        cases += _narrowed(quarter, before, rules, "flag", period_start=str(start))
    cases += [
        {"supplier": at[0], "period_start": str(at[1])}
        for at, rows in of_returns.items()
        if rules.given_away(rows, "rows", aside[at], aside[at], aside[at] * len(rows))
    ]
    found = f"every protected count has at least {rules.narrowest} possible values beside its total"
    return len(flags) + len(errors), cases, found


def _narrowed(
    year: Year, earlier: Sequence[Year], rules: Control, called: str, **period: str
) -> list[dict[str, object]]:
    """A case for each protected count that is narrowed too far, beside what was printed before; one where both contradict."""
    try:
        disclosed = narrowed_beside(year, earlier, rules)
    except Contradiction as error:
        return [{called: "all", **period, "found": str(error)}]
    return [{called: str(key), **period, "least": least, "largest": most} for key, least, most in disclosed]


@check(OVERLAPS, COUNTED_IN | TRACKED | {"treatment": "reference.disclosure_rule"}, looks_at=[*COUNTED])
def small_counts_are_markers(
    threats: pd.DataFrame, overlaps: pd.DataFrame, profiles: pd.DataFrame, flags: pd.DataFrame, rules: pd.DataFrame,
    limits: pd.DataFrame, treatment: pd.DataFrame, definitions: pd.DataFrame,
) -> Found:  # fmt: skip
    """Every protected count is rounded or a marker."""
    plain = {ALL_VAWG, *plain_codes(records(definitions))}
    control_of = control({row["limit"]: row["value"] for row in records(limits)})
    treated = {row["table_name"] for row in records(treatment)}
    frames = {THREATS: threats, OVERLAPS: overlaps, PROFILES: profiles, FLAGS: flags, RULES: rules}
    cases: list[dict[str, object]] = [
        {"table": key, "found": "no disclosure rule"} for key in frames if key not in treated
    ]
    checked = 0
    for key, frame in frames.items():
        name = COUNTED[key]
        rows: Sequence[AnyRow] = records(frame)
        for row in rows:
            checked += 1
            if row[name] is None:
                continue
            untreated = row["rounded_to"] == 1 and not _as_counted(key, row, plain)
            finer = any((row.get(share) or 0) % 1 for share in ("share", "share_of_vawg", "change"))
            wrong = row["rounded_to"] > 1 and (
                row[name] % control_of.base or 0 < row[name] < control_of.smallest or finer
            )
            if untreated or wrong or row["cell_status"] not in ("normal", "no_base"):
                cases.append({"row_id": row["row_id"], "found": "a count that is not treated"})
    return checked, cases, "protected counts are rounded or markers"


def _as_counted(table: str, row: AnyRow, plain: Set[str]) -> bool:
    """May a number be published as counted: a threat of the whole country or of codes alone, a rule about a whole return?"""
    if table == THREATS:
        whole_country = row["area_code"] == NATION and row["suppliers_counted"] == row["suppliers_expected"]
        return whole_country or row["threat"] in plain
    return table == RULES and about_a_whole_return(row["rule"], row["severity"])


@check(OFFENCES, {"threats": THREATS, "offences": OFFENCES}, looks_at=[THREATS, OFFENCES])
def synthetic_and_real_returns_do_not_meet(threats: pd.DataFrame, offences: pd.DataFrame) -> Found:
    """The collection is real or synthetic, never both."""
    scopes = {row["scope"] for frame in (threats, offences) for row in records(frame[["scope"]])}
    cases: list[dict[str, object]] = [{"scope": scope} for scope in sorted(scopes)] if len(scopes) > 1 else []
    found = "every row of the collection is of one scope"
    return len(scopes), cases, found


@check(COMPARED, {"comparison": COMPARED, "revision": REVISED}, looks_at=[COMPARED, REVISED], warns=True)
def figures_are_like_others(comparison: pd.DataFrame, revision: pd.DataFrame) -> Found:
    """What suppliers send is like what they sent before, what others send and what is published."""
    large = [
        {"rule": "C06", "supplier": row["supplier"], "version": row["version"], "change": row["change"]}
        for row in records(revision)
        if row["large"]
    ]
    cases = [*told(records(comparison)), *large]
    found = "totals, shares, ages, codes and revisions are like those they are compared with"
    return len(comparison) + len(revision), cases, found


CHECKS = (
    no_protected_count_can_be_narrowed, no_protected_count_is_told_by_its_total, small_counts_are_markers,
    synthetic_and_real_returns_do_not_meet, figures_are_like_others,
)  # fmt: skip
