"""The offences of England and Wales in the force area tables and in the Appendix tables."""

import pytest
from kit import Tables
from relation_kit import doubts_of, figures_of, held, made, to_march

from assets.relations.tables import DOUBT, RELATION
from assets.tables.records import Record

# England and Wales, year to December 2024: Police Force Area data tables, Table P1, and Appendix tables YE December 2025, A5a.
FORCES, APPENDIX = {"sexual_offences": 205_465, "stalking_and_harassment": 606_251}, {
    "sexual_offences": 204_568, "stalking_and_harassment": 603_910,
}  # fmt: skip
NAME = "country_in_two_publications"


def tables_of(tables: Tables, forces: dict[str, int]) -> dict[str, list[Record]]:
    pfa = made(tables, *((f"prc.pfa.{key}", "K04000001", float(count)) for key, count in forces.items()))
    rows = ((f"prc.a5a.{key}", "K04000001", float(count)) for key, count in APPENDIX.items())
    a5a = made(tables, *rows, source="ons_appendix", release="ye-2025-12", sheet="Table_A5a")
    return held(tables, figures_of(pfa, a5a))


def test_they_count_the_same(tables: Tables) -> None:
    assert [row["agrees"] for row in tables_of(tables, FORCES)[RELATION] if row["relation"] == NAME] == [True, True]


@pytest.mark.long
@pytest.mark.parametrize(
    "forces",
    [
        {"sexual_offences": 606_251, "stalking_and_harassment": 205_465},  # each under the other's header
        {"sexual_offences": 185_000, "stalking_and_harassment": 606_251},  # without a force, and nothing says so
    ],
)
def test_a_total_of_other_offences_or_without_a_force_is_told(tables: Tables, forces: dict[str, int]) -> None:
    result = tables_of(tables, forces)
    wrong = {f"prc.pfa.{key}" for key, count in forces.items() if count != FORCES[key]}
    assert wrong <= {row["figure"].split(":")[1] for row in result[DOUBT]}


@pytest.mark.parametrize(("before", "doubts"), [("sdg-5-2-2-f87243e", 0), ("sdg-5-2-2-b68b9d9", 2)])
def test_incidents_before_they_were_capped_otherwise_are_other_numbers(
    tables: Tables, before: str, doubts: int
) -> None:
    """Domestic violence in the survey year 2002/03, UK SDG data, indicator 16.3.1: 47.1% reported in an issue to 2016/17 (commit
    6659624), 35.4% in those since January 2019; either was doubted. Between two of these it would be wrong."""
    orders = tables["meta.release"].set_index("release")["vintage_order"]
    assert orders["sdg-5-2-2-f87243e"] < 20190124 < orders["sdg-5-2-2-b68b9d9"]
    series = "csew.domestic_violence.face_to_face.16+.reported_incidents"
    issues = ((before, 47.0663934390319), ("sdg-16-3-1-b68b9d9", 35.42320027121986))
    frames = [
        made(
            tables, (series, "K04000001", value), source="csew_sdg", release=release, sheet=f"{release}.csv", unit="percent",
            age="16+", period_type="survey_year", **to_march(2003),
        )
        for release, value in issues
    ]  # fmt: skip
    assert len(doubts_of(tables, *frames)) == doubts
