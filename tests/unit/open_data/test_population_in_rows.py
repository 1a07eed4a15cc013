"""Population with area, sex and age in rows: the detailed time series, and extracts of NOMIS."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from kit import DATA
from test_ons_population import AGES, DISTRICTS, ELSEWHERE, KENT, by_key, read_file
from workbooks import write_xlsx
from world import fits, write_csv

from assets.archive.identity.long_identity import identify
from assets.words.problems import BadInput

pytestmark = pytest.mark.slow


def test_long_form_with_two_years(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["code", "name", "geography", "sex", "age", "population_2011", "population_2022"]]
    districts = [DISTRICTS[0], *ELSEWHERE.values()]
    rows += [[code, "A district", "District", "F", float(age), 1.0, 2.0] for code in districts for age in AGES]
    reading = read_file(write_xlsx(tmp_path / "long.xlsx", {"MYEB1": rows}))
    of_kent = [row for row in fits(reading, "archive.figure") if row["area_code"] == KENT]
    rows_read = {(row["age"], row["period_end"].year): row for row in of_kent}
    assert (rows_read["16+", 2011]["value"], rows_read["16+", 2022]["value"]) == (75, 150)


def test_districts_by_sex_in_the_detailed_time_series(tmp_path: Path) -> None:
    title = ["Annual mid-year population estimates for local authorities, by sex and single year of age"]
    rows: list[list[Any]] = [
        title,
        ["ladcode23", "laname23", "country", "sex", "age", "population_2021", "population_2022"],
    ]
    districts = [*DISTRICTS, *ELSEWHERE.values()]
    rows += [
        [code, "A", "E", sex, age, 1, 3 if sex == "f" else 2] for code in districts for sex in "fm" for age in AGES
    ]
    path = write_xlsx(tmp_path / "myeb1.xlsx", {"MYEB1": rows})
    identity = identify(path, DATA)
    assert identity is not None and (identity.source, identity.period_end) == (
        "ons_population",
        datetime.date(2022, 6, 30),
    )
    read_rows = fits(read_file(path), "archive.figure")
    of_kent = {
        (row["sex"], row["period_end"].year): row["value"]
        for row in read_rows
        if (row["area_code"], row["age"]) == (KENT, "16+")
    }
    assert of_kent["female", 2022] == 2 * 75 * 3 and of_kent["all", 2022] == 2 * 75 * 5 and of_kent["all", 2021] == 300


def test_an_age_that_one_district_lacks_is_no_sum_of_its_force(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["code", "sex", "age", "population_2022"]]
    rows += [[code, "F", age, 1] for code in (*DISTRICTS, *ELSEWHERE.values()) for age in AGES]
    whole = by_key(read_file(write_xlsx(tmp_path / "a.xlsx", {"A": rows})))
    assert (whole[KENT, "female", "under 16"]["value"], whole[KENT, "female", "16+"]["value"]) == (32, 150)
    with pytest.raises(BadInput, match="some ages of fewer districts than others"):
        read_file(write_xlsx(tmp_path / "b.xlsx", {"A": [rows[0], *rows[2:]]}))


def extract(*rows: list[Any]) -> list[list[Any]]:
    labels = "DATE_NAME GEOGRAPHY_NAME GEOGRAPHY_CODE GENDER_NAME C_AGE_NAME MEASURES_NAME OBS_VALUE"
    return [labels.split(), *([row[0], "Somewhere", *row[1:]] for row in rows)]


def test_an_extract_of_nomis_has_a_count_in_every_line_and_says_its_years_itself(tmp_path: Path) -> None:
    def of(year: int, code: str, count: int) -> list[list[Any]]:
        ages = ["All Ages", *(f"Age {age}" for age in AGES[:-1]), "Aged 90+"]
        counts = [count * 91, *[count] * 91]
        return [
            [year, code, "Total", age, measure, value]
            for age, number in zip(ages, counts, strict=True)
            for measure, value in (("Value", number), ("Percent", 1.1))
        ]

    places = (*DISTRICTS, *ELSEWHERE.values())
    rows = [row for year in (2021, 2022) for code in ("K04000001", *places) for row in of(year, code, year - 2020)]
    path = write_csv(tmp_path / "nomis.csv", extract(*rows))
    identity = identify(path, DATA)
    assert identity is not None and (identity.source, identity.period_end) == (
        "ons_population",
        datetime.date(2022, 6, 30),
    )
    reading = read_file(path)
    values = {(r["area_code"], r["age"], r["period_end"].year): r["value"] for r in fits(reading, "archive.figure")}
    assert (values["K04000001", "all", 2022], values[KENT, "16+", 2022], values[KENT, "16+", 2021]) == (182, 300, 150)
    undated = write_csv(tmp_path / "b.csv", extract(["mid", "K04000001", "Total", "All Ages", "Value", 5]))
    with pytest.raises(BadInput, match="the year of a mid-year estimate"):
        read_file(undated)
