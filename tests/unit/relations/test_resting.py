"""Rows that were made of the same wrong figures as one that is withheld."""

from kit import Tables
from relation_kit import doubts_of, made

# SYNTHETIC counts and people of the forces of a region.
FORCES = {"E23000013": (31.0, 50_123.0), "E23000008": (11.0, 40_456.0), "E23000007": (23.0, 25_789.0)}
REGION = "E12000001"
NAMES = ("robbery", "shoplifting", "bicycle_theft", "sexual_offences", "drug_offences")


def doubted(tables: Tables, printed: dict[str, str]) -> set[tuple[str, str]]:
    """Series and area of what is doubted, where the rows of some forces are those of others in every table."""
    whole = (sum(count for count, _ in FORCES.values()), sum(people for _, people in FORCES.values()))
    rows = [(area, *FORCES[printed.get(area, area)]) for area in FORCES] + [(REGION, *whole)]
    frames = []
    for at, name in enumerate(NAMES):
        counts = {area: count * (97 + 200 * at) for area, count, _ in rows}
        rates = {area: 1000 * counts[area] / people for area, _, people in rows}
        for sheet, stem, unit, values in (
            ("Table P1", "pfa", "offences", counts), ("Table P3", "pfa_rate", "per_1000_population", rates),
        ):  # fmt: skip
            figures = ((f"prc.{stem}.{name}", area, value) for area, value in values.items())
            cells = [f"{'DEFGH'[at]}{10 + row}" for row in range(len(rows))]
            frames.append(made(tables, *figures, cells=cells, unit=unit, sheet=sheet))
    people = (("population.pfa_table", area, number) for area, _, number in rows)
    cells = [f"C{10 + row}" for row in range(len(rows))]
    frames.append(made(tables, *people, cells=cells, unit="persons", sheet="Table P3"))
    return {(row["figure"].split(":")[1], row["figure"].split(":")[6]) for row in doubts_of(tables, *frames)}


def test_a_force_pasted_over_another_in_every_table_is_withheld_in_every_table(tables: Tables) -> None:
    """Its rates agree with its counts and its people: all three are those of the other force, and only the sums fail."""
    found = doubted(tables, {"E23000013": "E23000008"})
    assert {(f"prc.{stem}.{name}", "E23000013") for stem in ("pfa", "pfa_rate") for name in NAMES} <= found
    assert doubted(tables, {}) == set()
