"""Plain records, tracked assumptions, populations and fieldwork: what reconciling looks things up in."""

from typing import Any

import pandas as pd
import pytest
from kit import FIGURE, YE_MARCH_2023, Tables, day, frame, ye

from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import (
    FULL_YEAR,
    Assumptions,
    FieldworkYears,
    pairings,
    period_of,
    release_of,
)
from assets.tables.records import records
from assets.words.problems import BadInput
from schemas.codes import ENGLAND_AND_WALES

PHI = "recorded_overdispersion_phi"


def assumptions(*rows: tuple[str, float, float, str]) -> Assumptions:
    made = [{"assumption": key, "lower": low, "upper": high, "applies_to": where} for key, low, high, where in rows]
    return Assumptions(frame("reference.assumption", made, unit="ratio", reason="r", citation="c"))


def test_records_have_none_for_every_kind_of_nothing() -> None:
    mixed = pd.DataFrame({"a": [1.0, float("nan")], "b": [["x"], None], "c": ["t", pd.NA]})
    assert records(mixed) == [{"a": 1.0, "b": ["x"], "c": "t"}, {"a": None, "b": None, "c": None}]
    assert records(mixed.head(0)) == []


def test_a_fact_knows_its_period_and_release() -> None:
    assert str(period_of(FIGURE)) == "April 2022 to March 2023"
    assert release_of(FIGURE) == "ons_appendix@ye-2025-12"


def test_an_assumption_is_an_interval_with_a_row_id() -> None:
    held = assumptions(("deff", 1.1, 1.9, "csew.*"))
    assert "deff" in held and "phi" not in held
    assert held.interval("deff").as_floats() == (1.1, 1.9) and held.row_id("deff") == "assumption:deff"
    with pytest.raises(
        BadInput, match=r"assumption\.csv, column assumption: found no 'defff'.* the nearest are deff\."
    ):
        held.interval("defff")


@pytest.mark.parametrize(
    ("series", "chosen"),
    [
        (("prc.a5a.8Q",), f"{PHI}.stalking"),
        (("prc.a5a.19C", "prc.a5a.20A"), f"{PHI}.rasso"),
        (("prc.a5a.8Q", "prc.a5a.19C"), PHI),
        (("vawg.total",), PHI),
        ((), f"{PHI}.stalking"),
    ],
)
def test_the_closest_assumption_applies_to_all_of_the_series(series: tuple[str, ...], chosen: str) -> None:
    held = assumptions(
        (PHI, 1, 115, "prc.*;vawg.*"), (f"{PHI}.rasso", 1, 6, "prc.a5a.19*;prc.a5a.20A"),
        (f"{PHI}.stalking", 1, 25, "prc.a5a.8Q"), (f"{PHI}_other", 1, 2, "prc.a5a.8Q"),
    )  # fmt: skip
    assert held.closest(PHI, series) == chosen


def test_pairings_split_series_measures_and_upper_series(tables: Tables) -> None:
    held = {pairing.key: pairing for pairing in pairings(tables["reference.pairing"])}
    rape = held["rape_or_penetration_women"]
    assert rape.recorded_series == ("prc.a5a.19C", "prc.a5a.19J") and rape.recorded_upper_series == ("prc.a5a.20A",)
    assert rape.measures == ("victims", "prevalence")
    assert held["spiking"].recorded_series == () and held["spiking"].topic is None


def people(*rows: dict[str, Any]) -> Populations:
    common = FIGURE | {
        "series": "population.mid_year", "period_start": day("2022-06-30"), "period_end": day("2022-06-30"),
        "period_type": "mid_year", "unit": "persons", "age": "16+", "sex": "female",
    }  # fmt: skip
    return Populations(
        frame("population.estimate", rows, **{k: v for k, v in common.items() if k not in ("file", "line", "note")})
    )


def test_the_population_is_the_mid_year_inside_the_period() -> None:
    populations = people(
        {"value": 25.0}, {"value": 24.0, "period_start": day("2021-06-30"), "period_end": day("2021-06-30")}
    )
    population = populations.within(YE_MARCH_2023, "female", "16+", ENGLAND_AND_WALES)
    assert population is not None and population.persons == 25.0 and len(population.inputs) == 1
    assert populations.within(ye("2024-03-31"), "female", "16+", ENGLAND_AND_WALES) is None
    assert populations.within(YE_MARCH_2023, "female", "16-59", ENGLAND_AND_WALES) is None


def test_both_sexes_are_added_where_no_total_is_held_and_named() -> None:
    populations = people({"value": 25.0}, {"value": 23.5, "sex": "male"})
    population = populations.within(YE_MARCH_2023, "all", "16+", ENGLAND_AND_WALES)
    assert population is not None and population.persons == 48.5 and len(population.inputs) == 2
    assert people({"value": 25.0}).within(YE_MARCH_2023, "all", "16+", ENGLAND_AND_WALES) is None
    both = people({"value": 25.0}, {"value": 23.5, "sex": "male"}, {"value": 48.6, "sex": "all"})
    total = both.within(YE_MARCH_2023, "all", "16+", ENGLAND_AND_WALES)
    assert total is not None and total.persons == 48.6


@pytest.mark.parametrize(
    ("topic", "end", "months", "share"),
    [
        ("domestic_abuse", "2023-03-31", (0, 1, 2, 3, 4, 5, 10, 11), 1.0),
        ("stalking", "2023-03-31", (0, 1, 2, 3, 4, 5, 10, 11), 1.0),
        ("sexual_assault", "2022-03-31", (6, 7, 8, 9, 10, 11), 1.0),
        ("domestic_abuse", "2024-03-31", tuple(range(12)), 0.5),
        ("domestic_violence", "2023-03-31", tuple(range(12)), 1.0),
        ("domestic_abuse", "2017-03-31", tuple(range(12)), 1.0),
    ],
)
def test_the_interviews_of_a_survey_year_are_those_its_notes_name(
    tables: Tables, topic: str, end: str, months: tuple[int, ...], share: float
) -> None:
    """YE March 2023 leaves October to January out; YE March 2022 begins in October; half samples from April 2023."""
    fieldwork = FieldworkYears(tables["reference.fieldwork"]).of(topic, ye(end, "survey_year"))
    assert (fieldwork.months, fieldwork.sample_share) == (months, share)
    assert (fieldwork is FULL_YEAR) is (fieldwork.row_id is None)
    assert (fieldwork.shortfall is None) is (months == tuple(range(12)) and share == 1.0)
