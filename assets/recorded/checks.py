"""Do the recorded counts hold every year? What they say of each other: `assets.relations`."""

import datetime

import pandas as pd

from assets.tables.called import called
from assets.tables.checking import Found, check
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES

CLASS_TABLE = "prc.a5a."


# On a day of the past some years had been released in part.
@check("recorded.offence_count", {"counts": "recorded.offence_count"} | called("codes"), of_now=True, warns=True)
def years_are_covered(counts: pd.DataFrame, codes: pd.DataFrame) -> Found:
    """No year ending March is left out of a class's series while it is in use."""
    known = {row["offence_code"]: row for row in records(codes)}
    orders: dict[str, set[int]] = {}
    national = counts[(counts["area_code"] == ENGLAND_AND_WALES) & (counts["period_type"] == "year")]
    for row in records(national[["series", "offence_code", "period_end", "value"]]):
        of_march = (row["period_end"].month, row["period_end"].day) == (3, 31)
        if row["series"].startswith(CLASS_TABLE) and row["value"] is not None and of_march:
            orders.setdefault(row["offence_code"], set()).add(row["period_end"].year)
    checked, cases = 0, list[dict[str, object]]()
    for code, years in sorted(orders.items()):
        for year in range(min(years), max(years) + 1):
            if not _in_use(known[code], datetime.date(year - 1, 4, 1), datetime.date(year, 3, 31)):
                continue
            checked += 1
            if year not in years:
                cases.append({"offence_code": code, "year_ending": f"March {year}", "found": "no figure"})
    return checked, cases, "no year is left out of a series"


def _in_use(code: Record, start: datetime.date, end: datetime.date) -> bool:
    first, last = code["valid_from"] or datetime.date.min, code["valid_to"] or datetime.date.max
    return bool(first <= start and end <= last)


CHECKS = [years_are_covered]
