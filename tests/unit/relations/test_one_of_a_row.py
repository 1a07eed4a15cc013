"""A wrong count that explains all that fails is doubted alone, and not with the row in which it stands."""

import pandas as pd
from kit import Tables
from relation_kit import doubts_of, made, over

# SYNTHETIC offences of a partnership in two years.
AREA = "E22000049"
THEFT = {
    "theft_offences": (1_600, 1_549), "burglary": (400, 389), "vehicle_offences": (301, 283), "theft_from_the_person": (55, 61),
    "bicycle_theft": (20, 19), "shoplifting": (500, 461), "all_other_theft_offences": (324, 336),
}  # fmt: skip


def doubted(tables: Tables, name: str = "", times: float = 1) -> set[str]:
    """What is doubted where a count of the newer year is so many times as large."""
    years = []
    for at, (sheet, year) in enumerate((("Table C2", 2024), ("Table C5", 2023))):
        rows = (
            (f"prc.csp.{one}", AREA, both[at] * (times if (one, at) == (name, 0) else 1)) for one, both in THEFT.items()
        )
        years.append(made(tables, *rows, sheet=sheet, **over(f"{year}-01-01", f"{year}-12-31")))
    changes = made(
        tables, *((f"prc.csp_change.{one}", AREA, 100 * (now - before) / before) for one, (now, before) in THEFT.items()),
        unit="percent", sheet="Table C3", characteristic="compared_with", characteristic_value="2023-01-01/2023-12-31",
    ).assign(printed=lambda rows: rows["value"].map(lambda value: f"{value:.15g}"))  # fmt: skip
    rows = pd.concat([*years, changes]).assign(cell=[f"{letter}10" for _ in range(3) for letter in "PQTUVWX"])
    return {row["figure"].split(":")[1] for row in doubts_of(tables, rows)}


def test_a_wrong_count_that_makes_whole_offences_by_chance_is_doubted_alone(tables: Tables) -> None:
    """A thousand times as many divided by the printed change are a thousand times the offences of the year before: whole ones."""
    assert not doubted(tables)
    assert doubted(tables, "vehicle_offences", times=1_000) == {"prc.csp.vehicle_offences"}
