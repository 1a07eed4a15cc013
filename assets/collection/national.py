"""The national tables of the collection: counted from the cubes of the returns that count, then treated for disclosure."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from assets.collection import about_returns
from assets.collection.acknowledged import acknowledged_returns
from assets.collection.comparisons import comparisons
from assets.collection.cubes import (
    OF_SUPPLIERS,
    Collected,
    Row,
    collected,
    financial_years,
    of_any,
    period_columns,
)
from assets.collection.people import Residents
from assets.collection.printed import printed_figures
from assets.collection.told.control import COUNTRY_ONLY, Control, as_is, control, protect
from assets.collection.told.defined import counted_plainly, defined
from assets.collection.told.earlier import (
    EARLIER,
    OVERLAPS,
    PROFILES,
    THREATS,
    UNIONS,
    Earlier,
    all_kept,
    earlier_figures,
    kept,
    printed_before,
    year_within,
)  # fmt: skip
from assets.collection.told.printed_again import HELD_FROM, Last
from assets.collection.told.safe import without_what_tells
from assets.collection.told.tallies import FLAGS, OFFENCES, RETURNS, RULES, Period
from assets.collection.told.year import FIVE, Year
from assets.collection.unions import unions
from assets.methods.same_months import same_months
from assets.returns.intake.store import Store
from assets.returns.rules.quarters import quarter_days
from assets.returns.rules.rules import membership_bit
from schemas.codes import ALL_VAWG, THREAT
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.returns import MEMBERSHIP
from schemas.rows import AnyRow

# As ONS does: too few live in the City of London for a rate.
NO_RATE = ("E23000034",)


def national(
    returns: Path, data: Path, open_data: pd.DataFrame, population: pd.DataFrame, releases: pd.DataFrame,
    as_of: datetime.date | None = None, published: Path | None = None,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Every table of the collection by key; all empty where no return is held, but for what was published before.

    published: the file that was published last, if any: what it says of a year must not give away, beside what is said now,
    what neither does alone. A day of the past is rebuilt as it was.
    open_data: `recorded.force_count`, population: `population.estimate`, releases: `meta.release`; none of them is ever
    held beside synthetic returns

    Raises BadInput where synthetic and real returns are mixed, or what was published before cannot be read.
    """
    keys = [*about_returns.KEYS, *KEYS]
    printed = printed_before(published if as_of is None else None)
    with collected(Store(returns), data, as_of) as gathered:
        if gathered is None:
            # As objects: pandas would make floats of whole numbers beside an empty one.
            return {key: pd.DataFrame() for key in keys} | {
                EARLIER: pd.DataFrame(earlier_figures(printed.builds, None, ()), dtype="object")
            }
        rules, acknowledged = control(gathered.rules.limits), acknowledged_returns(data, gathered.rules)
        made: dict[str, Sequence[AnyRow]] = {COMPARED: comparisons(gathered, open_data, acknowledged)}
        residents = Residents(population if gathered.scope == "collection" else population[:0], releases)
        earlier = Earlier(printed.builds, gathered.scope)
        areas = {supplier: str(row["area_code"]) for supplier, row in gathered.rules.suppliers.items()}
        last = Last(printed, gathered.scope, areas, rules)
        made |= about_returns.tables(gathered, rules, earlier, last, residents)
        made |= _counts(gathered, rules, residents, earlier, last, areas, made[RETURNS])
        made[EARLIER] = earlier_figures(printed.builds, gathered.scope, all_kept(made, areas))
        made["collection.printed_figure"] = printed_figures(gathered, data, rules)
    return {
        key: pd.DataFrame(
            [{**NOT_HELD.get(key, {}), **row, "scope": gathered.scope} for row in made[key]], dtype="object"
        )
        for key in keys
    }


COMPARED = "collection.comparison"
NOT_HELD = {key: {HELD_FROM: None} for key in (THREATS, OVERLAPS, PROFILES, UNIONS, FLAGS, RULES)}
KEYS = (
    OFFENCES, THREATS, OVERLAPS, PROFILES, UNIONS, COMPARED, "collection.printed_figure", EARLIER,
)  # fmt: skip


def _counts(
    collected: Collected, rules: Control, residents: Residents, earlier: Earlier, last: Last, areas: Mapping[str, str],
    returns: Sequence[AnyRow],
) -> dict[str, Sequence[AnyRow]]:  # fmt: skip
    """The tables of counts; areas: supplier -> area; returns: rows of `collection.return`."""
    years, definitions = financial_years(collected.quarters), defined(collected.rules.definitions)
    made: dict[str, Sequence[AnyRow]] = {
        OFFENCES: _offences(collected),
        THREATS: [row for period in _periods(collected) for row in _threats(collected, rules, residents, *period)],
        OVERLAPS: [row for year in years for row in _overlaps(collected, rules, *year)],
        PROFILES: [row for year in years for row in _profiles(collected, rules, *year)],
        UNIONS: [row for year in years for row in unions(collected, rules, _tells_all(collected, *year), *year)],
    }
    for _, *days in _periods(collected):
        period = days[0], days[1]
        year = year_within(made, areas, definitions, *period)
        as_counted = kept(year, *period)
        as_before = {area for area in {NATION, *areas.values()} if last.again(as_counted, area, returns)}
        safe = without_what_tells(
            _printed_again(year, last, as_before, period), rules, earlier.years(period, definitions)
        )
        now = {THREATS: safe.threats, OVERLAPS: safe.overlaps, PROFILES: safe.profiles, UNIONS: safe.unions}
        for table, rows in now.items():
            others = [row for row in made[table] if (row["period_start"], row["period_end"]) != period]
            made[table] = [*others, *rows]
    made[THREATS] = [*_with_changes(made[THREATS], partial(_like_before, collected))]
    return made


def _printed_again(year: Year, last: Last, areas: Set[str], period: Period) -> Year:
    """A year with the protected numbers of some areas as they were printed last."""

    def rows(table: str, counted: Sequence[AnyRow]) -> list[AnyRow]:
        new = [row for row in counted if row["rounded_to"] == 1 or row.get("area_code", NATION) not in areas]
        return [*new, *(row for row in last.rows(table, period) if row.get("area_code", NATION) in areas)]

    return replace(
        year, threats=rows(THREATS, year.threats), overlaps=rows(OVERLAPS, year.overlaps),
        profiles=rows(PROFILES, year.profiles), unions=rows(UNIONS, year.unions),
    )  # fmt: skip


def _offences(collected: Collected) -> list[Row]:
    rows = collected.query(
        "SELECT supplier, quarter, offence_class, sum(offences)::BIGINT AS offences FROM cube GROUP BY ALL ORDER BY ALL"
    )
    return [
        {"supplier": row["supplier"], "offence_code": row["offence_class"], "offences": row["offences"]}
        | period_columns(row["quarter"])
        for row in rows
    ]


def _periods(collected: Collected) -> list[tuple[str, datetime.date, datetime.date]]:
    quarters = [("quarter", *quarter_days(quarter)) for quarter in collected.quarters]
    return [*quarters, *(("year", *year) for year in financial_years(collected.quarters))]


def _threats(
    collected: Collected, rules: Control, residents: Residents, kind: str, start: datetime.date, end: datetime.date
) -> list[Row]:
    """Threats of the country, and of every force, in one period."""
    quarters = collected.within(start, end)
    rows, plainly = list[Row](), counted_plainly(collected.rules.definitions)
    for threat in (ALL_VAWG, *THREAT):
        before = len(rows)
        inside = collected.reporting(quarters, threat)
        now, whole = (_of_inside(collected, of, inside, start, end) for of in (threat, ALL_VAWG))
        row = _threat_row(
            threat, NATION, kind, start, end, sum(whole.values()), len(inside), len(collected.suppliers(*quarters))
        )
        row |= {"offences": sum(now.values())}
        as_counted = threat in plainly
        whole_year = [supplier for supplier in inside if supplier in collected.throughout(quarters)]
        if inside:
            # As counted, what the country has more, or fewer, than before would be the count of who came late or was corrected.
            rows.append(_per(as_is(row) if as_counted else rules.rounded(row)))
        for supplier in whole_year if kind == "year" else ():
            count, area = now.get(supplier, 0), str(collected.rules.suppliers[supplier]["area_code"])
            force = _threat_row(threat, area, kind, start, end, whole.get(supplier, 0), 1, 1) | {"offences": count}
            if as_counted:
                rows.append(_per(as_is(force)))
            elif supplier not in COUNTRY_ONLY:
                rows.append(_per(rules.rounded(force)))
        # The area of a force that became part of another is within that one's: nobody says how many lived in all of them.
        areas = [str(collected.rules.suppliers[supplier]["area_code"]) for supplier in inside if whole_year == inside]
        for made in rows[before:]:
            over = areas if made["area_code"] == NATION else [made["area_code"]]
            yearly = kind == "year" and made["area_code"] not in NO_RATE
            made["rate"] = residents.rate(made["offences"], over, start, end) if yearly else None
    return rows


def _threat_row(
    threat: str, area: str, kind: str, start: datetime.date, end: datetime.date, whole: int, *suppliers: int
) -> Row:
    return {
        "threat": threat, "area_code": area, "period_start": start, "period_end": end, "period_type": kind, "whole": whole,
        "suppliers_counted": suppliers[0], "suppliers_expected": suppliers[1], "change": None,
    }  # fmt: skip


def _per(row: Row) -> Row:
    """The row with its share and its number per day, which of a rounded count say no more than the count."""
    whole, count = row.pop("whole"), row["offences"]
    days = (row["period_end"] - row["period_start"]).days + 1
    share = None if count is None or not whole else _no_finer(row, 100 * count / whole)
    return row | {"share_of_vawg": share, "per_day": None if count is None else count / days}


def _no_finer(row: AnyRow, percent: float) -> float:
    """Of a rounded count to whole percent."""
    return percent if row["rounded_to"] == 1 else float(round(percent))


def _with_changes(
    threats: Sequence[AnyRow], like_before: Callable[[str, datetime.date, datetime.date], bool]
) -> Iterator[AnyRow]:
    """Threats with the change of those of the country on the year before: of the two numbers that are printed.

    A change of the counts themselves would say what they are, also where they are withheld or printed again as they were.
    like_before: have the same suppliers told of a threat in a period and in that of the year before?
    """
    of_country = {
        (row["threat"], row["period_start"], row["period_end"]): row["offences"]
        for row in threats if row["area_code"] == NATION
    }  # fmt: skip
    for row in threats:
        of, now = (row["threat"], row["period_start"], row["period_end"]), row["offences"]
        then = of_country.get((of[0], *same_months(*of[1:], -1)))
        if row["area_code"] == NATION and not row.get(HELD_FROM) and now is not None and then and like_before(*of):
            yield {**row, "change": _no_finer(row, 100 * (now / then - 1))}
        else:
            yield row


def _of_inside(
    collected: Collected, threat: str, inside: Sequence[str], start: datetime.date, end: datetime.date
) -> dict[str, int]:
    """Offences of a threat by supplier, of some suppliers, in a period."""
    counted = collected.by_supplier(start, end, [threat])
    return {supplier: count for supplier, count in counted.items() if supplier in inside}


def _like_before(collected: Collected, threat: str, start: datetime.date, end: datetime.date) -> bool:
    """Are the same suppliers in a period and in the same months of the year before, and expected in both?"""
    now, before = collected.within(start, end), collected.within(*same_months(start, end, -1))
    wanted = (end.year - start.year) * 12 + end.month - start.month + 1
    if 3 * len(before) != wanted or collected.reporting(before, threat) != collected.reporting(now, threat):
        return False
    return collected.suppliers(*before) == collected.suppliers(*now)


def _tells_all(collected: Collected, start: datetime.date, end: datetime.date) -> list[str]:
    """The suppliers that can tell of every threat and sent every combination."""
    unknown = "SELECT DISTINCT supplier FROM cube WHERE NOT membership_known AND month BETWEEN ? AND ?"
    silent = {row["supplier"] for row in collected.query(unknown, start, end)}
    able = set.intersection(*({*collected.reporting(collected.within(start, end), threat)} for threat in THREAT))
    return sorted(able - silent)


def letters(membership: int, threats: Sequence[str] = tuple(MEMBERSHIP)) -> str:
    """The letters of some bits, `-` for none."""
    mine = (threat for threat in MEMBERSHIP if threat in threats and membership & membership_bit(threat))
    return "".join(MEMBERSHIP[threat] for threat in mine) or "-"


def _overlaps(collected: Collected, rules: Control, start: datetime.date, end: datetime.date) -> list[Row]:
    """Combinations of the nine threats in the country, and of the five in every force."""
    inside, alone = (
        _tells_all(collected, start, end),
        collected.throughout(collected.within(start, end)) - {*COUNTRY_ONLY},
    )
    rows = collected.sums("supplier, membership", start, end, OF_SUPPLIERS, inside)
    cells: dict[tuple[str, str, str], int] = {}
    for row in rows:
        area = str(collected.rules.suppliers[row["supplier"]]["area_code"])
        places = [(NATION, "nine", letters(row["membership"]))]
        if row["supplier"] in alone:
            places.append((area, "five", letters(row["membership"], FIVE)))
        for place in places:
            cells[place] = cells.get(place, 0) + int(row["offences"])
    made = [
        {
            "area_code": area, "among": among, "threats": threats, "period_start": start, "period_end": end, "offences": count,
            "suppliers_counted": len(inside) if area == NATION else 1,
        }
        for (area, among, threats), count in sorted(cells.items())
    ]  # fmt: skip
    return protect(made, lambda row: row["area_code"], rules)


def _profiles(collected: Collected, rules: Control, start: datetime.date, end: datetime.date) -> list[Row]:
    """Ages and relationships of every threat, and mean ages, in the country."""
    made = []
    for threat in (ALL_VAWG, *THREAT):
        inside = collected.reporting(collected.within(start, end), threat)
        common = {"threat": threat, "period_start": start, "period_end": end}
        where = f"{of_any([threat])} AND {OF_SUPPLIERS}"
        for statistic in ("victim_age_band", "suspect_age_band", "relationship"):
            rows = collected.sums(f"{statistic} AS value_label", start, end, where, inside)
            cells = [{**common, "statistic": statistic, **row, "mean": None} for row in rows]
            shown = protect(cells, lambda row: row["statistic"], rules)
            whole = sum(row["offences"] or 0 for row in shown)
            made += [row | {"share": _whole_percent(row["offences"], whole)} for row in shown]
        for who in ("victim", "suspect"):
            [row] = collected.query(
                f"SELECT coalesce(sum({who}_age_sum), 0) AS ages, coalesce(sum({who}_age_known), 0)::BIGINT AS known FROM cube "
                f"WHERE month BETWEEN ? AND ? AND {where}",
                start, end, inside,
            )  # fmt: skip
            enough = row["known"] >= rules.mean
            made.append(
                common | {
                    "statistic": f"mean_{who}_age", "value_label": "all", "offences": None, "rounded_to": rules.base,
                    "share": None,
                    "cell_status": "normal" if enough else "no_base",
                    "mean": round(float(row["ages"]) / row["known"], 1) if enough else None,
                }
            )  # fmt: skip
    return made


def _whole_percent(part: int | None, whole: int) -> float | None:
    return None if part is None or not whole else float(round(100 * part / whole))
