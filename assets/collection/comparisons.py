"""What of a supplier's quarter is unlike others (rules C01 to C13): its total, its shares, its codes, its ages, its keys.

Only what lies outside its limit is listed, and of protected counts no more than how far. What lies far outside counts nowhere
until somebody has acknowledged it: the supplier is missing from the quarter, or from one threat of it, as one that is late.
"""

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from assets.collection.acknowledged import LET_THROUGH, WITHDRAWN, acknowledged_returns
from assets.collection.beyond_reason import all_crime, beyond_all_crime, multiples
from assets.collection.cubes import Collected, Row, collected, period_columns
from assets.collection.far_out import FEWEST_SUPPLIERS, Unlike, far_from_middle
from assets.collection.made_together import LAST_QUARTER, OTHERS
from assets.collection.made_up_of import SHARES, parts, same_counts
from assets.collection.told.control import COUNTRY_ONLY
from assets.returns.intake.chase import State
from assets.returns.intake.counted import keeps_rows_alike
from assets.returns.intake.records import rows_of
from assets.returns.intake.store import Judged, Store
from assets.returns.rules.quarters import before, quarter_days
from assets.returns.rules.rules import one_in
from assets.tables.records import grouped, records
from schemas.codes import ALL_VAWG
from schemas.derive import quoted
from schemas.rows import AnyRow

OPEN_DATA, YEAR_BEFORE, LATER_QUARTER = "open_data", "year_before", "later_quarter"
EARLIER, EVEN, ITSELF = "earlier_quarters", "even_ages", "itself"
BEFORE = {LAST_QUARTER: (9, 6, 3), YEAR_BEFORE: (12,)}  # in months; the newest that counts
# Whipple's index: of ages 23 to 62 one fifth ends in 0 or 5 where nobody rounds.
YOUNGEST, OLDEST, EVERY = 23, 62, 5
# Of the rows of a quarter about so many are compared with those of other suppliers: the same of each.
COMPARED = 1_000_000
HALF, SMALLEST_CHANCE = 0.5, 1e-300
EITHER = " It and another quarter are unlike, and no third says which of them is wrong: look at both."
# What a quarter is held against -> supplier -> the quarter that it is of, and its offences by code.
Beside = Mapping[str, Mapping[str, tuple[str, Counter[str]]]]


def comparisons(collected: Collected, open_data: pd.DataFrame, acknowledged: Sequence[AnyRow] = ()) -> list[Row]:
    """Rows of collection.comparison; what is far outside a limit is taken out of what counts (`Collected.withhold`).

    Oldest quarter first, so that none is held against one that counts nowhere.

    open_data: `recorded.force_count`, never held beside synthetic returns; acknowledged: `reference.acknowledged_return`
    """
    beside_real = open_data if collected.scope == "collection" else open_data[:0]
    published, crime = _published(beside_real), all_crime(beside_real)
    let_through = {
        (row["return_id"], row["rule"]): f"{row['reason']} ({row['who']}, {row['day']})" for row in acknowledged
    }
    made = list(_withdrawn(collected, let_through))
    earlier = grouped(_in_earlier_quarters(collected), lambda case: case[0])
    vouched = _vouched(collected)
    right = vouched | {
        place for place, judged in collected.counting.items() if (judged.return_id, "C02") in let_through
    }
    for quarter in collected.quarters:
        now, beside = _codes(collected, quarter, quarter), _beside(collected, quarter)
        unlike = [
            *(case for _, case in earlier.get(quarter, ())), *_totals(collected, now, beside), *_shares(collected, quarter),
            *_ages(collected, quarter), *_open_data(collected, quarter, now, published),
            *_new_and_vanished(collected, quarter, now), *_of_other_suppliers(collected, quarter),
            *multiples(collected, quarter), *beyond_all_crime(collected, now, crime), *parts(collected, quarter),
            *same_counts(collected, quarter),
        ]  # fmt: skip
        far = _far_outside(collected, quarter, unlike, beside, right)
        cases = [_row(collected, quarter, case, case in far, let_through) for case in unlike]
        told = {
            (row["supplier"], str(row["period_start"])[:7]) for row in made if row["compared_with"] == LATER_QUARTER
        }
        cases += [
            _row(collected, other, case, True, let_through)
            for other, case in _odd_before(unlike, collected.rules.limits, beside)
            if (case[1], other) in collected.counting and (case[1], other) not in vouched | told
        ]
        for row in cases:
            if row["withholds"]:
                threat = row["of"] if row["rule"] == "C03" else ALL_VAWG
                collected.withhold(row["supplier"], str(row["period_start"])[:7], row["rule"], threat)
        made += cases
    return made


def _withdrawn(collected: Collected, taken_back: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """C11: who sent a return says that it is wrong; nothing else is held against it. taken_back: return and rule -> why."""
    for (supplier, quarter), judged in sorted(collected.counting.items()):
        if why := taken_back.get((judged.return_id, WITHDRAWN)):
            yield _row(collected, quarter, (WITHDRAWN, supplier, "all", ITSELF, 0.0, None, None), True, {}) | {
                "acknowledged": why
            }
            collected.withhold(supplier, quarter, WITHDRAWN)


def withheld(store: Store, data: Path, open_data: pd.DataFrame, quarter: str) -> list[State]:
    """Whom to ask why a return of a quarter is far outside a rule that compares, as `chased` gives it: it counts nowhere.

    open_data: as `comparisons` takes it; where it is not at hand C01 is not asked
    """
    with collected(store, data) as gathered:
        if gathered is None:
            return []
        rows = comparisons(gathered, open_data, acknowledged_returns(data, gathered.rules))
        remedies = {rule: str(row["remedy"]) for rule, row in gathered.rules.rules.items()}
    start, _ = quarter_days(quarter)
    two = {row["supplier"] for row in rows if row["withholds"] and row["compared_with"] == LATER_QUARTER}
    said: dict[State, None] = {}
    for row in rows:
        if row["withholds"] and row["period_start"] == start:
            supplier, rule = row["supplier"], row["rule"]
            either = EITHER if rule == "C02" and supplier in two else ""
            let = "" if rule == WITHDRAWN else f" If {row['return_id']} is right: {LET_THROUGH}"
            said[supplier, quarter, "withheld", 0, f"{rule}: {remedies[rule]}{either}{let}"] = None
    return [*said]


def _row(
    collected: Collected, quarter: str, case: Unlike, far: bool, let_through: Mapping[tuple[str, str], str]
) -> Row:
    """A row of collection.comparison; let_through: return and rule -> why somebody acknowledges it."""
    rule, supplier, of, other, deviation, value, beside = case
    return_id = collected.counting[supplier, quarter].return_id
    known = let_through.get((return_id, rule)) if far else None
    return period_columns(quarter) | {
        "rule": rule, "supplier": supplier, "of": of, "compared_with": other, "deviation": float(round(deviation)),
        "value": value, "other_value": beside, "return_id": return_id, "withholds": far and known is None, "acknowledged": known,
    }  # fmt: skip


def _far_outside(
    collected: Collected, quarter: str, unlike: Sequence[Unlike], beside: Beside, right: Set[tuple[str, str]]
) -> list[Unlike]:
    """What is so far outside that it says nothing of the quarter; ages (C04), codes (C05), keys (C07) and parts (C12) never are.

    A total is so where every quarter that it can be held against says so: one of them may be the odd one. One that nothing
    says is right says nothing of one that is (right: suppliers and quarters).
    """
    far = [case for case in unlike if _is_far(case, collected.rules.limits)]

    def asked(supplier: str, other: str) -> bool:
        of = beside[other][supplier][0] if supplier in beside[other] else ""
        place = supplier, of
        return bool(of) and (place in right or place not in collected.counting or (supplier, quarter) not in right)

    told = {(case[1], case[3]) for case in far if case[0] == "C02"}
    totals = {supplier: {other for other in BEFORE if asked(supplier, other)} for supplier, _ in told}
    odd = {supplier for supplier, others in totals.items() if others and {(supplier, of) for of in others} <= told}
    return [case for case in far if case[0] != "C02" or (case[1] in odd and case[3] in totals[case[1]])]


def _odd_before(unlike: Sequence[Unlike], limits: Mapping[str, float], beside: Beside) -> Iterator[tuple[str, Unlike]]:
    """Of each total that is far from an earlier one, that one: the odd one of two may be either."""
    for case in unlike:
        rule, supplier, of, other, deviation, value, before_it = case
        if rule == "C02" and _is_far(case, limits):
            yield beside[other][supplier][0], (rule, supplier, of, LATER_QUARTER, -deviation, before_it, value)


def _vouched(collected: Collected) -> set[tuple[str, str]]:
    """Suppliers and quarters with a total that another quarter of the supplier is like, within what withholds one."""
    rows = collected.query("SELECT supplier, quarter, sum(offences)::BIGINT AS offences FROM cube GROUP BY ALL")
    offences = {(row["supplier"], row["quarter"]): row["offences"] for row in rows}
    by_supplier = grouped(collected.counting, lambda place: place[0])
    near = math.log(collected.rules.limits["withheld_times"])
    size = {place: math.log(offences.get(place, 0) + HALF) for place in collected.counting}
    return {
        place
        for places in by_supplier.values()
        for place in places
        if any(place != other and abs(size[place] - size[other]) < near for other in places)
    }


def _is_far(case: Unlike, limits: Mapping[str, float]) -> bool:
    rule, *_, deviation, value, beside = case
    if value is not None and beside is not None and rule in ("C01", "C02"):
        return abs(math.log((value + HALF) / (beside + HALF))) >= math.log(limits["withheld_times"])
    if rule == "C03":
        return abs(deviation) > limits["withheld_spreads"]
    return rule in ("C09", "C10", "C13") or (rule == "C08" and deviation >= 100 * limits["withheld_share"])


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


def _beside(collected: Collected, quarter: str) -> Beside:
    """What the totals of a quarter are held against: the newest quarter before that counts, and that of a year before."""
    return {
        other: {
            supplier: (before(quarter, back), codes)
            for back in months
            for supplier, codes in _codes(collected, before(quarter, back), quarter).items()
        }
        for other, months in BEFORE.items()
    }


def _totals(collected: Collected, now: Mapping[str, Counter[str]], beside: Beside) -> Iterator[Unlike]:
    """C02: the change of the total on the quarter before, and on that a year before, is far from that of the others."""
    for other, then in beside.items():
        both = {s: (codes.total(), then[s][1].total()) for s, codes in now.items() if s in then}
        # Half an offence more: a return that says there was none has a logarithm, too.
        moved = {s: math.log((n + HALF) / (m + HALF)) for s, (n, m) in both.items()}
        noise = {s: math.sqrt(1 / (n + HALF) + 1 / (m + HALF)) for s, (n, m) in both.items()}
        limits = collected.rules.limits
        told = dict(far_from_middle(moved, noise, limits["robust_z"]))
        if len(both) < FEWEST_SUPPLIERS:  # held against itself alone, where it moved very far
            alone = {s: moved[s] / noise[s] for s in moved if abs(moved[s]) >= math.log(limits["withheld_times"])}
            told = {s: z for s, z in alone.items() if abs(z) > limits["robust_z"]}
        usual = math.exp(statistics.median(moved.values())) if len(both) >= FEWEST_SUPPLIERS else 1.0
        for supplier, counts in both.items():
            z = max(told.get(supplier, 0.0), _none_by_chance(*counts, usual), key=abs)
            if abs(z) > limits["robust_z"]:
                yield "C02", supplier, "all", other, z, float(counts[0]), float(counts[1])


def _none_by_chance(now: int, then: int, usual: float) -> float:
    """How far out a quarter of none is beside one of some, or one of some beside one of none, in spreads as of a normal chance.

    Logarithms cannot tell. Of Poisson counts whose expected values are in the ratio `usual`, all of the one quarter or all of
    the other are as likely as all of so many draws (Przyborowski and Wilenski, Biometrika 31 (1940) 313-323).
    """
    if min(now, then) > 0 or now == then:
        return 0.0
    part = usual / (1 + usual) if now else 1 / (1 + usual)
    z = -statistics.NormalDist().inv_cdf(max(part ** max(now, then), SMALLEST_CHANCE))
    return z if now else -z


def _shares(collected: Collected, quarter: str) -> Iterator[Unlike]:
    """C03: the share of domestic abuse or of online offences is far from that of the others."""
    for threat in SHARES:
        inside = [reporter for reporter in collected.reporting([quarter], threat) if reporter not in COUNTRY_ONLY]
        whole, part = (collected.by_supplier(*quarter_days(quarter), [of]) for of in (ALL_VAWG, threat))
        sizes = {reporter: whole[reporter] for reporter in inside if whole.get(reporter, 0) > 0}
        shares = {reporter: part.get(reporter, 0) / size for reporter, size in sizes.items()}
        middle = statistics.median(shares.values()) if shares else 0.0
        noise = {s: math.sqrt(max(middle * (1 - middle), 1 / n) / n) for s, n in sizes.items()}
        for supplier, z in far_from_middle(shares, noise, collected.rules.limits["robust_z"]):
            # A whole spread of few offences would say how many of them are of the threat.
            if noise[supplier] * sizes[supplier] >= collected.rules.limits["narrowest_interval"]:
                yield "C03", supplier, threat, OTHERS, z, None, None


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
