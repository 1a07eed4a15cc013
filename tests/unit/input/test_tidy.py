"""From figures to facts: whole units, the series' own words, and the interval that the print allows."""

import pytest
from kit import FIGURE, ROOT, Tables, day, frame

from assets.archive.tidy import rounding_limits
from assets.population.tidy import estimates_of_figures as populations
from assets.recorded.tidy import flagged_counts, offence_counts, part_of_threat, vawg_counts
from assets.survey.tidy import estimates
from assets.tables.records import records

DA = "csew.domestic_abuse.old.16+"
SURVEY = {"series": f"{DA}.victims", "age": "16+", "period_type": "survey_year", "unit": "thousand_persons", "value": 2100.0,
          "printed": "2,100", "designation": "accredited"}  # fmt: skip

FORCES = ROOT / "data" / "figures" / "forces"


@pytest.mark.parametrize(
    ("printed", "value", "unit", "printed_unit", "limits"),
    [
        ("1.4 million", 1_400_000.0, "persons", "thousand_persons", (1_350_000, 1_450_000)),
        ("2,100", 2_100_000.0, "persons", "thousand_persons", (2_099_500, 2_100_500)),
        ("5.7", 5.7, "percent", "percent", (5.65, 5.75)),
        ("156", 156_000.0, "incidents", "thousand_incidents", (155_500, 156_500)),
    ],
)
def test_limits_of_rounding_are_half_a_unit_of_the_last_place(
    printed: str, value: float, unit: str, printed_unit: str, limits: tuple[float, float]
) -> None:
    assert rounding_limits(printed, value, unit, printed_unit) == pytest.approx(limits)


def test_thousands_become_persons_and_incidents_become_incidents(tables: Tables) -> None:
    figures = frame("archive.figure", [SURVEY], **FIGURE)
    row = records(estimates(figures, tables["reference.series"]))[0]
    assert (row["value"], row["unit"]) == (2_100_000, "persons")
    assert (row["lower"], row["upper"], row["interval_source"]) == (2_099_500, 2_100_500, "rounding")
    assert row["printed"] == "2,100"


def test_published_limits_are_kept_and_turned_into_the_same_unit(tables: Tables) -> None:
    figures = frame("archive.figure", [SURVEY | {"lower": 2000.0, "upper": 2250.0}], **FIGURE)
    row = records(estimates(figures, tables["reference.series"]))[0]
    assert (row["lower"], row["upper"], row["interval_source"]) == (2_000_000, 2_250_000, "published")


def test_a_published_standard_error_makes_a_computed_interval(tables: Tables) -> None:
    """logit(0.05) +/- 1.96 x 0.004 / (0.05 x 0.95), taken back: 4.27 to 5.85 percent."""
    share = {"series": f"{DA}.prevalence", "unit": "percent", "value": 5.0, "printed": "5.0", "standard_error": 0.4}
    row = records(estimates(frame("archive.figure", [SURVEY | share], **FIGURE), tables["reference.series"]))[0]
    assert row["interval_source"] == "computed"
    assert (row["lower"], row["upper"]) == pytest.approx((4.27, 5.85), abs=0.01)


def test_a_marker_keeps_its_status_and_gets_no_interval(tables: Tables) -> None:
    hidden = SURVEY | {"value": None, "obs_status": "suppressed", "printed": "[u]"}
    row = records(estimates(frame("archive.figure", [hidden], **FIGURE), tables["reference.series"]))[0]
    assert (row["value"], row["lower"], row["upper"], row["interval_source"]) == (None, None, None, None)
    assert row["obs_status"] == "suppressed"


def test_a_count_gets_the_name_and_subgroup_of_its_code(tables: Tables) -> None:
    figures = frame("archive.figure", [{}], **FIGURE)
    row = records(offence_counts(figures, tables["reference.series"], tables["reference.offence"]))[0]
    assert (row["offence_code"], row["subgroup"], row["level"]) == ("8Q", "stalking_and_harassment", "class")
    assert "talking" in row["offence"] and row["scope"] == "ons_prc"


def test_each_figure_goes_into_the_one_table_its_series_names(tables: Tables) -> None:
    figures = frame(
        "archive.figure", [{}, SURVEY, {"series": "vawg.total"}, {"series": "prc.b9.all_offences"}], **FIGURE
    )
    series, offences = tables["reference.series"], tables["reference.offence"]
    assert offence_counts(figures, series, offences)["series"].tolist() == ["prc.a5a.8Q"]
    assert flagged_counts(figures, series)["series"].tolist() == ["prc.b9.all_offences"]
    assert vawg_counts(figures, series)["series"].tolist() == ["vawg.total"]
    assert len(populations(figures, series)) == 0


def test_no_figure_is_lost_or_doubled_on_the_way(tables: Tables) -> None:
    facts = [table for table in tables if table.split(".")[0] in ("survey", "recorded", "population")]
    tracked = sum(
        len((FORCES / f"{name}.csv").read_text("utf-8").splitlines()) - 1 for name in ("counts", "populations")
    )
    rows = sum(len(tables[table]) for table in facts if "series" in tables[table])
    assert rows == len(tables["archive.figure"]) + tracked and tracked > 9000


@pytest.mark.parametrize(
    ("topic", "threat", "part"),
    [("rasso", "rasso", "total"), ("vawg", None, "total"), ("coercive_control", "domestic_abuse", "coercive_control")],
)
def test_the_part_of_a_policing_count(topic: str, threat: str | None, part: str) -> None:
    assert part_of_threat(topic, threat) == part


def test_values_are_null_if_and_only_if_the_status_says_so(tables: Tables) -> None:
    for table in tables:
        if "obs_status" in tables[table] and "value" in tables[table]:
            for row in tables.rows(table):
                assert (row["value"] is None) is (row["obs_status"] != "normal"), row["row_id"]


def test_every_estimate_has_a_sourced_interval_that_holds_it(tables: Tables) -> None:
    for row in tables.rows("survey.estimate"):
        if row["value"] is not None:
            assert row["lower"] <= row["value"] <= row["upper"] and row["interval_source"], row["row_id"]


def test_question_versions_and_age_bases_are_series_of_their_own(tables: Tables) -> None:
    """YE March 2024 and 2025 print domestic abuse by the old and the new questions: two series, never one."""
    found = tables.rows("survey.estimate", topic="domestic_abuse", period_end=day("2025-03-31"), sex="all", age="16+")
    instruments = {row["instrument"] for row in found if row["measure"] in ("victims", "prevalence")}
    assert {"csew_self_completion_new"} <= instruments
    by_series: dict[str, set[object]] = {}
    for row in tables.rows("survey.estimate"):
        by_series.setdefault(row["series"], set()).add(row["instrument"])
    assert all(len(kinds) == 1 for kinds in by_series.values())


def test_a_standard_error_is_scaled_with_its_figure(tables: Tables) -> None:
    """0.05 with a standard error of 0.004, both as proportions, is the 5.0 percent with 0.4 of above."""
    share = {
        "series": f"{DA}.prevalence",
        "unit": "proportion",
        "value": 0.05,
        "printed": "0.05",
        "standard_error": 0.004,
    }
    row = records(estimates(frame("archive.figure", [SURVEY | share], **FIGURE), tables["reference.series"]))[0]
    assert (row["value"], row["unit"], row["interval_source"]) == (5.0, "percent", "computed")
    assert (row["lower"], row["upper"]) == pytest.approx((4.27, 5.85), abs=0.01)


def test_only_a_percentage_has_an_interval_on_the_logit_scale(tables: Tables) -> None:
    """A rate per 1,000 adults of 14.5 with a standard error: no share of anything, so only its rounding is given."""
    rate = {"series": "csew.acquaintance_violence.face_to_face.16+.incidence_rate", "unit": "per_1000_adults", "value": 14.5,
            "printed": "14.5", "standard_error": 1.0}  # fmt: skip
    row = records(estimates(frame("archive.figure", [SURVEY | rate], **FIGURE), tables["reference.series"]))[0]
    assert (row["lower"], row["upper"], row["interval_source"]) == (
        pytest.approx(14.45),
        pytest.approx(14.55),
        "rounding",
    )
