"""Open data of the Crime Survey: estimate, standard error, base."""

import datetime
from pathlib import Path

import pytest
from kit import reference, why_refused
from world import fits, kinds, write_csv

from assets.archive.publications.csew_open.read import read
from assets.archive.reading.result import ReleaseKey
from assets.words.problems import BadInput

HEADER = (
    "year", "quarter", "measurement_var", "measurement_level", "measurement_type", "geography", "household_type", "sex", "age",
    "characteristic_var", "characteristic", "estimate", "standard_error", "unweighted_count",
)  # fmt: skip
RELEASE = ReleaseKey("csew_open", "test", "official")


def line(measure: str = "domest_p", sex: str = "Female", variable: str = "Total", label: str = "Total", estimate: str = "0.0029",
         error: str = "0.0004", base: str = "18339", quarter: str = "4") -> list[str]:  # fmt: skip
    return ["2018", quarter, measure, "Person", "Prevalence rate", "England and Wales", "NA", sex, "16+", variable, label,
            estimate, error, base]  # fmt: skip


def test_estimate_error_and_base(tmp_path: Path) -> None:
    lines = [
        HEADER,
        line(),
        line(variable="gor", label="London"),
        line(variable="nsethgrp", label="White"),
        line("althft_p"),
    ]
    reading = read(write_csv(tmp_path / "o.csv", lines), RELEASE, reference())
    whole, london, white = fits(reading, "archive.figure")
    assert (whole["value"], whole["standard_error"], whole["base"], whole["unit"]) == (
        0.0029,
        0.0004,
        18339,
        "proportion",
    )
    assert (whole["period_start"], whole["period_end"]) == (datetime.date(2018, 1, 1), datetime.date(2018, 12, 31))
    assert (whole["characteristic"], whole["cell"]) == (None, "L2")
    assert (london["area_code"], london["characteristic"]) == ("E12000007", None)
    assert (white["characteristic"], white["characteristic_value"]) == ("ethnicity", "White")
    assert [left["what"] for left in reading.left_out] == ["althft_p"]


def test_nothing_estimated_and_nobody_found(tmp_path: Path) -> None:
    lines = [HEADER, line(estimate="NA", error="NA", base="NA"), line(sex="Male", estimate="0", error="0", base="30")]
    reading = read(write_csv(tmp_path / "o.csv", lines), RELEASE, reference())
    missing, nought = fits(reading, "archive.figure")
    assert (missing["value"], missing["base"], missing["obs_status"]) == (None, None, "missing")
    assert (nought["value"], nought["obs_status"]) == (0, "normal")
    assert kinds(reading) == ["base_under_50", "nought_without_error"]


def test_odd_records_cost_themselves_alone(tmp_path: Path) -> None:
    lines = [
        HEADER, line(), line(sex="Femalle"), line(variable="gor", label="Narnia"), line(quarter="5", sex="Male"),
        line(base="many", sex="All adults"),
    ]  # fmt: skip
    reading = read(write_csv(tmp_path / "o.csv", lines), RELEASE, reference())
    assert [row["sex"] for row in fits(reading, "archive.figure")] == ["female", "all"]
    said = " ".join(row["place"] + row["evidence"] for row in reading.findings)
    assert "row 3" in said and "'Narnia'" in said and "a quarter 1 to 4" in said and "row 6, column N" in said


def test_nothing_but_an_unknown_sex_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="'Households' on 2 rows; expected women, men or all adults"):
        read(write_csv(tmp_path / "o.csv", [HEADER, *[line(sex="Households")] * 2]), RELEASE, reference())


def test_a_quarter_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="a quarter 1 to 4"):
        read(write_csv(tmp_path / "o.csv", [HEADER, line(quarter="5")]), RELEASE, reference())


@pytest.mark.slow
def test_other_writings_of_people_and_quarters_are_the_same_people_and_quarters(tmp_path: Path) -> None:
    def written(sex: str, age: str, measure: str, variable: str, quarter: str, kind: str) -> list[tuple[object, ...]]:
        row = line(measure, sex=sex, variable=variable, quarter=quarter)
        row[4], row[8] = kind, age
        read_here = read(write_csv(tmp_path / "o.csv", [HEADER, row]), RELEASE, reference())
        key = ("series", "sex", "age", "characteristic", "period_end", "value")
        return [tuple(made[name] for name in key) for made in fits(read_here, "archive.figure")]

    plain = written("All adults", "25-34", "domest_p", "Total", "4", "Prevalence rate")
    assert len(plain) == 1 and plain[0][1:3] == ("all", "25-34")
    for sex, age in (("Persons", "25 to 34"), ("All", "Aged 25 to 34"), ("Total", "25–34")):
        assert written(sex, age, "DOMEST_P", "TOTAL", "Q4", "Prevalence") == plain
    [women] = written("Females", "16 and over", "domest_p", "Total", "Quarter 4", "Proportion")
    assert women[1:3] == ("female", "16+")


@pytest.mark.parametrize(
    "kind", ["Rate per 1,000", "Rate", "Incidence rate", "Prevalence rate per 1,000", "Prevalence rate (%)", ""]
)
def test_what_is_no_share_of_people_is_left_out_by_name(tmp_path: Path, kind: str) -> None:
    other = line(sex="Male")
    other[4] = kind
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, line(), other]), RELEASE, reference())
    assert len(reading.frame) == 1 and [row["what"] for row in reading.left_out] == [kind]
    error = why_refused(lambda: read(write_csv(tmp_path / "o.csv", [HEADER, other]), RELEASE, reference()))
    assert f"found {kind!r}" in error.paragraph() and "'Prevalence rate'" in error.paragraph()


def test_a_region_in_two_columns_is_one_figure_and_ages_that_are_none_are_named(tmp_path: Path) -> None:
    twice = line()
    twice[5] = "London"
    ages = line(sex="Male")
    ages[8] = "All ages"
    reading = read(
        write_csv(tmp_path / "o.csv", [HEADER, line(variable="gor", label="London"), twice, ages]), RELEASE, reference()
    )
    [row] = fits(reading, "archive.figure")
    assert row["area_code"] == "E12000007" and {"record_twice", "record_set_aside"} <= set(kinds(reading))
