"""What of a supplier's quarter is unlike others (rules C01 to C08): its total, its shares, its codes, its ages, its keys. It
still counts.

Only what lies outside its limit is listed, and of protected counts no more than how far.
"""

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pandas as pd

from assets.collection.cubes import Collected, Row, period_columns
from assets.collection.disclosure import COUNTRY_ONLY
from assets.returns.intake.counted import keeps_rows_alike
from assets.returns.intake.records import rows_of
from assets.returns.intake.store import Judged
from assets.returns.rules.quarters import before, quarter_days
from assets.returns.rules.rules import one_in
from assets.tables.records import grouped, records
from schemas.codes import ALL_VAWG
from schemas.derive import quoted

OPEN_DATA, LAST_QUARTER, YEAR_BEFORE, OTHERS = "open_data", "last_quarter", "year_before", "other_suppliers"
EARLIER, EVEN = "earlier_quarters", "even_ages"
SHARES = ("domestic_abuse", "online")
# Whipple's index: of ages 23 to 62 one fifth ends in 0 or 5 where nobody rounds.
YOUNGEST, OLDEST, EVERY = 23, 62, 5
FEWEST_SUPPLIERS = 5
# Of the rows of a quarter about so many are compared with those of other suppliers: the same of each.
COMPARED = 1_000_000
HALF = 0.5
# The spread of a normal distribution by the median of distances from the median.
PER_MEDIAN_DISTANCE = 1.4826
Unlike = tuple[str, str, str, str, float, float | None, float | None]


def comparisons(collected: Collected, open_data: pd.DataFrame) -> list[Row]:
    """Rows of collection.comparison. open_data: `recorded.force_count`, never held beside synthetic returns."""
    published = {} if collected.scope != "collection" else _published(open_data)
    cases = [*_in_earlier_quarters(collected)]
    for quarter in collected.quarters:
        now = _codes(collected, quarter, quarter)
        unlike = [
            *_totals(collected, quarter, now), *_shares(collected, quarter), *_ages(collected, quarter),
            *_open_data(collected, quarter, now, published), *_new_and_vanished(collected, quarter, now),
            *_of_other_suppliers(collected, quarter),
        ]  # fmt: skip
        cases += [(quarter, case) for case in unlike]
    return [
        period_columns(quarter) | {
            "rule": rule, "supplier": supplier, "of": of, "compared_with": other, "deviation": float(round(deviation)),
            "value": value, "other_value": beside,
        }
        for quarter, (rule, supplier, of, other, deviation, value, beside) in cases
    ]  # fmt: skip


def _codes(collected: Collected, quarter: str, of: str) -> dict[str, Counter[str]]:
    """Supplier at the end of the quarter `of` -> offence class -> offences of a quarter, with those of whom it took the place.

    It is not there where one of them has not sent.
    """
    day = quarter_days(of)[1]
    answering = {supplier: collected.rules.answering(supplier, day) for supplier in collected.suppliers(quarter)}
    missing = {who for supplier, who in answering.items() if (supplier, quarter) not in collected.counting}
    codes = {who: Counter[str]() for who in sorted({*answering.values()} - missing)}
    for row in collected.sums("supplier, offence_class", *quarter_days(quarter)):
        if (who := answering.get(row["supplier"])) in codes:
            codes[str(who)][row["offence_class"]] += row["offences"]
    return codes


def _totals(collected: Collected, quarter: str, now: Mapping[str, Counter[str]]) -> Iterator[Unlike]:
    """C02: the change of the total on the quarter before, and on that a year before, is far from that of the others."""
    for other, months in ((LAST_QUARTER, 3), (YEAR_BEFORE, 12)):
        then = _codes(collected, before(quarter, months), quarter)
        both = {s: (codes.total(), then[s].total()) for s, codes in now.items() if s in then}
        # Half an offence more: a return that says there was none has a logarithm, too.
        moved = {s: math.log((n + HALF) / (m + HALF)) for s, (n, m) in both.items()}
        noise = {s: math.sqrt(1 / (n + HALF) + 1 / (m + HALF)) for s, (n, m) in both.items()}
        for supplier, z in _far(moved, noise, collected.rules.limits["robust_z"]):
            yield "C02", supplier, "all", other, z, float(both[supplier][0]), float(both[supplier][1])


def _shares(collected: Collected, quarter: str) -> Iterator[Unlike]:
    """C03: the share of domestic abuse or of online offences is far from that of the others."""
    for threat in SHARES:
        inside = [reporter for reporter in collected.reporting([quarter], threat) if reporter not in COUNTRY_ONLY]
        whole, part = (collected.by_supplier(*quarter_days(quarter), [of]) for of in (ALL_VAWG, threat))
        sizes = {reporter: whole[reporter] for reporter in inside if whole.get(reporter, 0) > 0}
        shares = {reporter: part.get(reporter, 0) / size for reporter, size in sizes.items()}
        middle = statistics.median(shares.values()) if shares else 0.0
        noise = {s: math.sqrt(max(middle * (1 - middle), 1 / n) / n) for s, n in sizes.items()}
        for supplier, z in _far(shares, noise, collected.rules.limits["robust_z"]):
            # A whole spread of few offences would say how many of them are of the threat.
            if noise[supplier] * sizes[supplier] >= collected.rules.limits["narrowest_interval"]:
                yield "C03", supplier, threat, OTHERS, z, None, None


def _far(values: Mapping[str, float], noise: Mapping[str, float], limit: float) -> Iterator[tuple[str, float]]:
    """Who lies further from the median than so many spreads: that of the others, and no less than chance alone gives."""
    if len(values) < FEWEST_SUPPLIERS:
        return
    middle = statistics.median(values.values())
    spread = PER_MEDIAN_DISTANCE * statistics.median(abs(value - middle) for value in values.values())
    for supplier, value in values.items():
        z = (value - middle) / max(spread, noise[supplier])
        if abs(z) > limit:
            yield supplier, z


def _ages(collected: Collected, quarter: str) -> Iterator[Unlike]:
    """C04: ages of victims end in 0 or 5 too often, as where they are guessed."""
    for (supplier, of), judged in sorted(collected.counting.items()):
        if of != quarter or judged.profile != "record":
            continue
        with rows_of(collected.store, judged) as file:
            if not file.is_file():
                continue
            [row] = collected.query(
                "SELECT count(*) AS n, count(*) FILTER (victim_age % ? = 0) AS round "
                "FROM read_parquet(?, hive_partitioning = false) WHERE victim_age BETWEEN ? AND ?",
                EVERY, str(file), YOUNGEST, OLDEST,
            )  # fmt: skip
        index = 100 * EVERY * row["round"] / row["n"] if row["n"] >= collected.rules.limits["heaping_rows"] else 0
        if index > collected.rules.limits["heaping_index"]:
            yield "C04", supplier, "victim_age", EVEN, index, None, None


def _published(open_data: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    """(area, first day of the quarter, code) -> offences that the Home Office publishes; a later release over an earlier one."""
    rows = [
        row
        for row in records(open_data)
        if row["period_type"] == "quarter" and row["value"] is not None and not row["doubt"]
    ]
    return {
        (row["area_code"], str(row["period_start"])[:7], row["offence_code"]): row["value"]
        for row in sorted(rows, key=lambda row: row["release"])
    }


def _open_data(
    collected: Collected,
    quarter: str,
    now: Mapping[str, Counter[str]],
    published: Mapping[tuple[str, str, str], float],
) -> Iterator[Unlike]:
    """C01: a code whose name says that a woman or girl is the victim: of others open data counts all victims."""
    named = [code for code, (_, sex, *_) in collected.rules.offences.items() if sex == "F"]
    for supplier, codes in now.items():
        area = str(collected.rules.suppliers[supplier]["area_code"])
        for code in named:
            other, mine = published.get((area, quarter, code)), codes[code]
            if other and abs(mine - other) > max(
                collected.rules.limits["open_data_difference"] * other, collected.rules.limits["few"]
            ):
                yield "C01", supplier, code, OPEN_DATA, 100 * (mine / other - 1), float(mine), other


def _new_and_vanished(collected: Collected, quarter: str, now: Mapping[str, Counter[str]]) -> Iterator[Unlike]:
    """C05: a code of many offences that the quarter before did not have, or no longer has; not where its validity says why."""
    last, few = before(quarter, 3), collected.rules.limits["few"]
    then = _codes(collected, last, quarter)
    days = [quarter_days(of) for of in (last, quarter)]
    in_force = {
        code
        for code, (_, _, begins, ends) in collected.rules.offences.items()
        if all(begins <= str(end) and ends >= str(start) for start, end in days)
    }
    for supplier in (supplier for supplier, codes in now.items() if codes and then.get(supplier)):
        for code in sorted(now[supplier].keys() | then[supplier].keys()):
            mine, other = now[supplier][code], then[supplier][code]
            if min(mine, other) == 0 and max(mine, other) > few and code in in_force:
                yield "C05", supplier, code, LAST_QUARTER, float(mine - other), float(mine), float(other)


def _in_earlier_quarters(collected: Collected) -> Iterator[tuple[str, Unlike]]:
    """C07: keys that an earlier quarter holds, too: a crime is recorded once. Fewer than a small count are never told."""
    limits = collected.rules.limits
    # Of a supplier that took the place of others, their quarters are its own.
    by_last = grouped(sorted(collected.counting), lambda of: collected.rules.answering(of[0]))
    for partitions in by_last.values():
        sent = {f"{quarter} {of}": collected.counting[of, quarter] for of, quarter in partitions}
        for row in _shared(collected, sent, "row_key", "left(first, 7) < left(source, 7)"):
            if row["shared"] >= limits["smallest_shown"]:
                quarter, of = row["source"].split()
                yield quarter, ("C07", of, "crime_ref", EARLIER, 100 * row["shared"] / row["n"], None, None)


def _of_other_suppliers(collected: Collected, quarter: str) -> Iterator[Unlike]:
    """C08: keys of another supplier, of a victim of the same age on the same day: numbers that count up meet by chance."""
    sent = {supplier: judged for (supplier, of), judged in sorted(collected.counting.items()) if of == quarter}
    limits, rows = collected.rules.limits, sum(judged.rows for judged in sent.values())
    of = f"row_key % {one_in(rows, COMPARED)} = 0"
    for row in _shared(collected, sent, "row_key, recorded_date, victim_age", "first IS NOT NULL", of):
        if row["shared"] >= max(limits["smallest_shown"], limits["other_suppliers_share"] * row["n"]):
            yield "C08", row["source"], "crime_ref", OTHERS, 100 * row["shared"] / row["n"], None, None


def _shared(collected: Collected, sent: Mapping[str, Judged], same: str, told: str, chosen: str = "true") -> list[Row]:
    """Of some returns of records, by their names (source): rows (n), and those of which another return has the same (shared).

    same: columns that are the same; told: condition on the source of a row and the first with the same; chosen: condition on rows
    """
    with ExitStack() as open_files:
        files = {
            source: open_files.enter_context(rows_of(collected.store, judged))
            for source, judged in sent.items()
            if judged.profile == "record" and keeps_rows_alike(judged)
        }
        rows = " UNION ALL ".join(
            f"SELECT {quoted(source)} AS source, {same} FROM read_parquet({quoted(str(file))}, hive_partitioning = false)"
            for source, file in files.items()
        )
        if len(files) < 2:
            return []
        return collected.query(
            f"WITH given AS (FROM ({rows}) WHERE {chosen}), "
            f"several AS (SELECT {same}, min(source) AS first FROM given GROUP BY ALL HAVING min(source) < max(source)) "
            f"SELECT source, count(*) AS n, count_if(coalesce({told}, false)) AS shared "
            f"FROM given LEFT JOIN several USING ({same}) GROUP BY source"
        )
