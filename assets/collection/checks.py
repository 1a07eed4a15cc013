"""Is what is published of the collection safe? Asked of the tables as they would be published, by who publishes them."""

import math
from collections.abc import Sequence, Set

import pandas as pd

from assets.collection.acknowledged import ACKNOWLEDGED
from assets.collection.told.attackers_system import Contradiction
from assets.collection.told.control import Control, control
from assets.collection.told.defined import counted_plainly, defined
from assets.collection.told.earlier import (
    EARLIER,
    OVERLAPS,
    PROFILES,
    THREATS,
    UNIONS,
    Earlier,
    Kept,
    kept,
    looks,
    periods_in,
    year_within,
)
from assets.collection.told.tallies import FLAGS, OFFENCES, RETURNS, RULES, about_a_whole_return, tallies
from assets.collection.told.vintages import P, narrowed_beside
from assets.tables.checking import Found, check
from assets.tables.records import grouped, records
from schemas.codes import SYNTHETIC
from schemas.rows import AnyRow

COMPARED, REVISED = "collection.comparison", "collection.revision"
PRINTED, EVERY = "collection.printed_figure", "vawg"
# Shares and means are printed as whole percent and years. Ages of the whole world spread by less than 25 years.
HALF_UNIT, SPREADS, SPREAD_OF_AGES = 0.5, 4, 25
LIMITS, SUPPLIERS = "reference.collection_limit", "reference.supplier"
TRACKED = {"limits": LIMITS, "definitions": "reference.collection_definition"}
OF_YEAR = {"threats": THREATS, "overlaps": OVERLAPS, "profiles": PROFILES, "offences": OFFENCES, "unions": UNIONS}
COUNTED_IN = {"threats": THREATS, "overlaps": OVERLAPS, "profiles": PROFILES, "flags": FLAGS, "rules": RULES}


@check(
    OVERLAPS,
    OF_YEAR | TRACKED | {"suppliers": SUPPLIERS, "earlier": EARLIER},
    looks_at=[*OF_YEAR.values()][:4],
)
def no_protected_count_can_be_narrowed(
    threats: pd.DataFrame, overlaps: pd.DataFrame, profiles: pd.DataFrame, offences: pd.DataFrame, suppliers: pd.DataFrame,
    definitions: pd.DataFrame, limits: pd.DataFrame, unions: pd.DataFrame, earlier: pd.DataFrame,
) -> Found:  # fmt: skip
    """All that is and was published of a year, taken together, narrows no protected count too far."""
    rules, of_threats = _control(limits), defined(records(definitions))
    frames = {THREATS: threats, OVERLAPS: overlaps, PROFILES: profiles, OFFENCES: offences, UNIONS: unions}
    tables = {name: records(frame) for name, frame in frames.items()}
    before, areas = _before(earlier, tables[THREATS]), _areas(suppliers)
    cases: list[dict[str, object]] = []
    checked = 0
    for start, end in periods_in(tables):
        year = year_within(tables, areas, of_threats, start, end)
        checked += len(year.threats) + len(year.overlaps) + len(year.profiles)
        printed = before.years((start, end), of_threats)
        cases += _narrowed(year, printed, rules, period_end=str(end))
        anew = looks(kept(year, start, end))
        again = [row for row in kept(year, start, end, printed_again=True) if not looks([row]) <= anew]
        cases += [case for area in sorted(year.held) for case in _as_printed(before, again, area, period_end=str(end))]
    found = f"every protected count has at least {rules.narrowest} possible values"
    return checked, cases, found


@check(
    FLAGS,
    {
        "flags": FLAGS, "results": RULES, "returns": RETURNS, "offences": OFFENCES, "suppliers": SUPPLIERS, "limits": LIMITS,
        "earlier": EARLIER,
    },
    looks_at=[FLAGS, RULES],
)  # fmt: skip
def no_protected_count_is_told_by_its_total(
    flags: pd.DataFrame, results: pd.DataFrame, returns: pd.DataFrame, offences: pd.DataFrame, suppliers: pd.DataFrame,
    limits: pd.DataFrame, earlier: pd.DataFrame,
) -> Found:  # fmt: skip
    """The total that a flag's values, and errors and warnings of a return, stand beside narrows none, with earlier ones."""
    rules = _control(limits)
    tables = {FLAGS: records(flags), RULES: records(results), RETURNS: records(returns), OFFENCES: records(offences)}
    before, checked = _before(earlier, tables[RETURNS]), 0
    cases: list[dict[str, object]] = []
    for tally in tallies(tables, _areas(suppliers)):
        checked += len(tally.counts)
        at = {"period_start": str(tally.period[0])}
        cases += (
            _as_printed(before, [row for row in tally.kept() if row["rounded_to"] > 1], tally.area, **at)
            if tally.held
            else _narrowed(tally, before.tallies(tally), rules, **at)
        )
    return checked, cases, f"every protected count has at least {rules.narrowest} possible values beside its total"


def _control(limits: pd.DataFrame) -> Control:
    return control({row["limit"]: row["value"] for row in records(limits)})


def _areas(suppliers: pd.DataFrame) -> dict[str, str]:
    return {row["supplier"]: row["area_code"] for row in records(suppliers)}


def _before(earlier: pd.DataFrame, now: Sequence[AnyRow]) -> Earlier:
    """What was printed before in the scope of the rows that are printed now."""
    return Earlier(grouped(records(earlier), lambda record: str(record["build_id"])), now[0]["scope"] if now else "")


def _as_printed(before: Earlier, rows: Kept, area: str, **period: str) -> list[dict[str, object]]:
    """A case where what is printed again was never printed so: who is told that nothing is new would be told something."""
    return [] if before.counted(rows, area) else [{"cell": area, **period, "found": "held, and not as it was printed"}]


def _narrowed(now: P, earlier: Sequence[P], rules: Control, **period: str) -> list[dict[str, object]]:
    """A case for each protected count that is narrowed too far, beside what was printed before; one where both contradict."""
    try:
        disclosed = narrowed_beside(now, earlier, rules)
    except Contradiction as error:
        return [{"cell": "all", **period, "found": str(error)}]
    return [{"cell": str(key), **period, "least": least, "largest": most} for key, least, most in disclosed]


@check(OVERLAPS, COUNTED_IN | TRACKED | {"treatment": "reference.disclosure_rule"}, looks_at=[*COUNTED_IN.values()])
def small_counts_are_markers(
    threats: pd.DataFrame, overlaps: pd.DataFrame, profiles: pd.DataFrame, flags: pd.DataFrame, rules: pd.DataFrame,
    limits: pd.DataFrame, treatment: pd.DataFrame, definitions: pd.DataFrame,
) -> Found:  # fmt: skip
    """Every protected count is rounded or a marker."""
    plain = counted_plainly(records(definitions))
    control_of = _control(limits)
    treated = {row["table_name"] for row in records(treatment)}
    frames = {THREATS: threats, OVERLAPS: overlaps, PROFILES: profiles, FLAGS: flags, RULES: rules}
    cases: list[dict[str, object]] = [
        {"table": key, "found": "no disclosure rule"} for key in frames if key not in treated
    ]
    checked = 0
    for key, frame in frames.items():
        name = "rows" if key == RULES else "offences"
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
    """May a number be published as counted: a threat of codes alone, a rule about a whole return?"""
    if table == THREATS:
        return row["threat"] in plain
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
    unlike = comparison.reindex(columns=["rule", "supplier", "period_start", "of", "compared_with", "deviation"])
    cases: list[dict[str, object]] = [*map(dict, records(unlike)), *large]
    found = "totals, shares, ages, codes and revisions are like those they are compared with"
    return len(comparison) + len(revision), cases, found


@check(
    COMPARED,
    {"comparison": COMPARED, "returns": RETURNS, "acknowledged": ACKNOWLEDGED},
    looks_at=[COMPARED],
    warns=True,
)
def every_accepted_return_counts(comparison: pd.DataFrame, returns: pd.DataFrame, acknowledged: pd.DataFrame) -> Found:
    """No return is so unlike others that it counts nowhere until it is sent again, or somebody acknowledges it, and none else."""
    told = ["rule", "supplier", "period_start", "of", "compared_with", "value", "other_value", "return_id"]
    far = comparison[comparison["withholds"].astype(bool)] if len(comparison) else comparison
    known = {row["return_id"] for row in records(returns)}
    unknown = [
        {"return_id": row["return_id"], "rule": row["rule"], "found": "acknowledged, and no return has this id"}
        for row in records(acknowledged)
        if known and row["return_id"] not in known
    ]
    cases: list[dict[str, object]] = [*map(dict, records(far.reindex(columns=told))), *unknown]
    return len(comparison) + len(acknowledged), cases, "every accepted return counts, or has been acknowledged"


@check(PRINTED, {"figures": PRINTED}, warns=True)
def printed_figures_nearly_come_out(figures: pd.DataFrame) -> Found:
    """What the synthetic world was made to reproduce comes out of its returns, but for chance where they are fewer."""
    return _reproduced(figures, whole=False)


@check(PRINTED, {"figures": PRINTED})
def printed_figures_come_out(figures: pd.DataFrame) -> Found:
    """Where all offences of the synthetic world are in, every figure that it was made to reproduce comes out as printed."""
    return _reproduced(figures, whole=True)


def _reproduced(figures: pd.DataFrame, *, whole: bool) -> Found:
    """Calibrated figures that do not come out; whole: of the world as large as it is printed, else of a part of it."""
    asked = [row for row in records(figures) if row["calibrated"] and row["scope"] == SYNTHETIC]
    counts = {row["figure"]: row for row in asked if row["unit"] == "offences"}
    if counts.get(EVERY, {"agrees": False})["agrees"] != whole:
        return 0, [], "not asked of these returns"
    told = asked if whole else [row for row in asked if row["unit"] != "offences"]
    cases: list[dict[str, object]] = [
        {name: row[name] for name in ("figure", "printed_value", "computed")}
        for row in told
        if not row["agrees"]
        and (whole or not _by_chance(row, counts.get(row["figure"].split(".")[0], row | {"computed": 0})["computed"]))
    ]
    return len(told), cases, "what the Statement prints comes out"


def _by_chance(row: AnyRow, offences: float) -> bool:
    """May a share or a mean age of so many offences be off by chance, beside what rounding hides?"""
    part = row["printed_value"] / 100
    spread = 100 * math.sqrt(part * (1 - part)) if row["unit"] == "percent" else SPREAD_OF_AGES
    off = abs(row["computed"] - row["printed_value"]) - HALF_UNIT
    return offences > 0 and off <= SPREADS * spread / math.sqrt(offences)


CHECKS = (
    no_protected_count_can_be_narrowed, no_protected_count_is_told_by_its_total, small_counts_are_markers,
    synthetic_and_real_returns_do_not_meet, figures_are_like_others, every_accepted_return_counts,
    printed_figures_nearly_come_out, printed_figures_come_out,
)  # fmt: skip
