"""What is beyond reason whatever came before: counts of another unit (C09), more offences than there can be (C10)."""

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from assets.collection.cubes import Collected
from assets.collection.far_out import FEWEST_SUPPLIERS, Unlike
from assets.tables.records import records

UNITS, ALL_CRIME, COUNTRY = "single_offences", "all_recorded_crime", "whole_country"
EVERYTHING, QUARTERS_OF_A_YEAR = "all_crime_excluding_fraud", 4


def multiples(collected: Collected, quarter: str) -> Iterator[Unlike]:
    """C09: every count of a return is a multiple of one number, as where a unit was mistaken."""
    rows = collected.query(
        "SELECT supplier, count(*) AS cells, list(DISTINCT offences) AS counts FROM cube WHERE quarter = ? "
        "GROUP BY ALL ORDER BY ALL",
        quarter,
    )
    limits = collected.rules.limits
    for row in rows:
        divisor = math.gcd(*row["counts"])
        if divisor >= limits["common_divisor"] and row["cells"] >= limits["common_divisor_cells"]:
            yield "C09", row["supplier"], "all", UNITS, divisor, None, None


def all_crime(recorded: pd.DataFrame) -> dict[str, float]:
    """Area -> all crime that the police record there in a quarter, by the largest year that is published.

    recorded: `recorded.force_count`
    """
    most: dict[str, float] = {}
    for row in records(recorded):
        of_everything = row["offence_code"] == EVERYTHING and row["period_type"] == "year"
        if of_everything and row["value"] is not None and not row["doubt"]:
            area = str(row["area_code"])
            most[area] = max(most.get(area, 0.0), row["value"] / QUARTERS_OF_A_YEAR)
    return most


def beyond_all_crime(
    collected: Collected, now: Mapping[str, Counter[str]], crime: Mapping[str, float]
) -> Iterator[Unlike]:
    """C10, also of a first quarter: a total above all crime that is recorded there, or far above the share of it that the others
    have, or none where by that share many are expected; where it is not held, far above what the whole country has.

    now: supplier -> offences by code; crime: as `all_crime` gives it
    """
    limits, totals = collected.rules.limits, {supplier: codes.total() for supplier, codes in now.items()}
    whole = {supplier: crime.get(str(collected.rules.suppliers[supplier]["area_code"]), 0.0) for supplier in totals}
    shares = [totals[supplier] / of for supplier, of in whole.items() if of]
    shared = statistics.median(shares) if len(shares) >= FEWEST_SUPPLIERS else 0.0
    usual = shared or 1.0
    for supplier, total in totals.items():
        other, beside, most = COUNTRY, limits["offences_of_the_country"], limits["withheld_times"]
        if whole[supplier]:
            other, beside, most = ALL_CRIME, usual * whole[supplier], min(most, 1 / usual)
        none_of_many = not total and shared * whole[supplier] >= limits["rows_of_empty_days"]
        if total > most * beside or none_of_many:
            yield "C10", supplier, "all", other, 100 * (total / beside - 1), float(total), beside
