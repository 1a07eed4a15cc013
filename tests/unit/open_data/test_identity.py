"""Which publication and release a file is, by content."""

import datetime
from pathlib import Path

import pytest
from kit import DATA, reference, why_refused
from workbooks import write_ods, write_xlsx
from world import HEADER, count, write_csv

from assets.archive.identity import long_identity as identity
from assets.archive.identity.long_identity import identify, most_like
from assets.archive.identity.long_readers import READERS, read
from assets.tables.files import fingerprint
from assets.words.problems import BadInput


@pytest.mark.slow
def test_a_workbook_of_force_data_dropped_in_under_any_name(tmp_path: Path) -> None:
    sheets = {
        "Notes": [["x"]],
        "2024_25": [HEADER, count("2024/25", 4)],
        "2025_26": [HEADER, count("2025/26", 1), count("2025/26", 2)],
    }
    path = write_ods(tmp_path / "download (3).bin", sheets)
    identity = identify(path, DATA)
    assert identity is not None and not identity.known
    assert (identity.source, identity.release, identity.period_end) == (
        "ho_prc_pfa",
        "prc-pfa-to-2025-09",
        datetime.date(2025, 9, 30),
    )
    assert identity.vintage_order == 20260131
    assert len(read(path, identity, reference()).frame) == 3
    assert set(read(path, identity, reference()).frame["release"]) == {"prc-pfa-to-2025-09"}


@pytest.mark.slow
@pytest.mark.parametrize("printed", ["15 July 2024", "15 Jul 2024", "15th July 2024"])
def test_a_population_workbook_says_when_it_was_published(tmp_path: Path, printed: str) -> None:
    header = ["Code", "Name", "Geography", "All ages", *range(90), "90+"]
    sheets = {
        "Cover sheet": [[f"The data tables in this spreadsheet were originally published at 9.30am {printed}."]],
        "MYE2 - Persons": [
            ["MYE2: Persons by single year of age and sex for local authorities in the UK, mid-2023"],
            header,
        ],
    }
    identity = identify(write_xlsx(tmp_path / "x.xlsx", sheets), DATA)
    assert identity is not None
    assert (identity.release, identity.released, identity.vintage_order) == (
        "mid-2023-2024-07",
        datetime.date(2024, 7, 15),
        20240715,
    )


@pytest.mark.parametrize("year", ["2023", "2031"])
def test_wards_of_any_year_of_boundaries(tmp_path: Path, year: str) -> None:
    """The title and header of ONS, ward level population estimates, mid-2022 on 2023 wards; SYNTHETIC for another year."""
    title = f"Estimates by single year of age and sex for {year} Electoral Wards, mid-2022"
    ages = [f"{sex}{age}" for sex in "FM" for age in range(91)]
    header = [f"LAD {year} Code", f"LAD {year} Name", f"Ward {year} Code", f"Ward {year} Name", "Total", *ages]
    identity = identify(write_csv(tmp_path / "x.csv", [[title], header]), DATA)
    assert identity is not None and (identity.source, identity.title) == ("ons_population", title)
    assert identity.period_end == datetime.date(2022, 6, 30)


def test_an_indicator_has_its_number_and_fingerprint(tmp_path: Path) -> None:
    header = ["Year", "Type of violence", "Unit measure", "Unit multiplier", "Observation status", "Value"]
    path = write_csv(tmp_path / "x.txt", [header, ["2023/24", "", "Percentage (%)", "Units", "Normal value", "1"]])
    identity = identify(path, DATA)
    assert identity is not None and identity.release == f"sdg-16-3-1-{identity.sha256[:7]}"
    assert identity.period_end == datetime.date(2024, 3, 31)


def test_a_known_file_has_its_tracked_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "x.csv", [HEADER, count()])
    row = dict.fromkeys(
        ("title", "publisher", "released", "period_end", "designation", "vintage_order", "url", "note"), ""
    )
    row |= {
        "sha256": fingerprint(path),
        "source": "ho_prc_pfa",
        "release": "looked-up",
        "vintage_order": "20180719",
    }
    tables = identity.layout
    monkeypatch.setattr(identity, "layout", lambda data, name: [row] if name == "known_files" else tables(data, name))
    found = identify(path, DATA)
    assert found is not None and (found.release, found.vintage_order, found.known) == ("looked-up", 20180719, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows", [[["a", "b"], [1, 2]], [["Force", "Total"], ["Kent", 5]], [["Year", "Value"], ["2018/19", 1]]]
)
def test_anything_else_is_none_of_them(tmp_path: Path, rows: list[list[object]]) -> None:
    assert identify(write_csv(tmp_path / "x.csv", rows), DATA) is None
    assert identify(write_xlsx(tmp_path / "x.xlsx", {"Sheet": rows}), DATA) is None


def test_every_publication_has_a_reader() -> None:
    assert set(READERS) == {"ho_prc_pfa", "ho_outcomes", "csew_sdg", "csew_open", "ons_population"}


@pytest.mark.parametrize(
    ("header", "indicator"),
    [
        # ONS UK SDG data, data/indicator_5-2-1.csv at commit e6b38890 and data/indicator_16-1-3.csv at commit 03307fac.
        ("Year,Type of partner abuse,Abuse sub-category,Age,Ethnicity,Ethnic group,Disability status,Country of birth,Region,"
         "Highest qualification,Units,Unit multiplier,Observation status,GeoCode,Value", "5-2-1"),
        ("Year,Units,Violence type,Sex,Age,Ethnicity,Ethnic group,Disability status,Country of birth,Household income,"
         "Urban or Rural,Region,Highest qualification,Observation status,Unit multiplier,Unit measure,GeoCode,Value", "16-1-3"),
    ],
)  # fmt: skip
def test_a_release_that_does_not_print_the_age_base_is_known_by_its_kinds(
    tmp_path: Path, header: str, indicator: str
) -> None:
    path = write_csv(tmp_path / "older.csv", [header.split(","), ["2018/19"]])
    identity = identify(path, DATA)
    assert identity is not None and identity.release.startswith(f"sdg-{indicator}-")


def test_a_table_without_the_kinds_of_its_indicator_is_nearly_it(tmp_path: Path) -> None:
    header = "Year,Abuse sub-category,Age,Ethnicity,Units,Unit multiplier,Observation status,GeoCode,Value"
    path = write_csv(tmp_path / "renamed.csv", [header.split(","), ["2018/19"]])
    with pytest.raises(BadInput, match="nearly indicator 5-2-1") as error:
        identify(path, DATA)
    assert "column Type of partner abuse" in error.value.paragraph()


def test_an_indicator_with_its_kinds_renamed_is_told_of_itself(tmp_path: Path) -> None:
    header = (
        "Year,Series,Type of violence,Age,Sex,Country of birth,Disability status,Sexual orientation,Ethnicity,Ethnic group,"
        "Highest qualification,Household income,Region,Urban or rural,Observation status,Unit multiplier,Units,GeoCode,Value"
    )
    path = write_csv(tmp_path / "renamed.csv", [header.split(","), ["2018/19"]])
    with pytest.raises(BadInput, match="nearly indicator 16-1-3") as error:
        identify(path, DATA)
    assert "column Violence type" in error.value.paragraph()


def test_a_table_of_other_kinds_is_no_indicator_of_ours(tmp_path: Path) -> None:
    header = ["Year", "Sex", "Abuse type", "Abuse category", "Region", "Age", "Ethnicity", "GeoCode", "Value"]
    rows = [["2014", "", kind, "", "", "", "", "", "1.5"] for kind in ("", "Economic abuse", "Coercive control")]
    assert identify(write_csv(tmp_path / "other.csv", [header, *rows]), DATA) is None


def test_a_table_that_lacks_the_columns_of_an_indicator_is_told_which_and_what_it_has(tmp_path: Path) -> None:
    """The header of data/16-2-3.csv at commit e2a094e, with another name for its kinds: columns that 5.2.1 has too."""
    header = "Year,Sex,Abuse of children,Abuse sub-category,Unit measure,Unit multiplier,Observation status,Value"
    path = write_csv(tmp_path / "other.csv", [header.split(","), ["2016"]])
    [problem] = why_refused(lambda: identify(path, DATA)).problems
    assert (problem.value, problem.expected) == ("no such column", "the column of indicator 16-2-3")
    assert header.replace(",", ", ") in problem.remedy and "where it is of something else" in problem.remedy


def test_another_indicator_is_none_of_ours(tmp_path: Path) -> None:
    """ONS UK SDG data, data/indicator_16-1-1.csv: homicide by age, not read here."""
    header = "Year,Age,Sex,Unit measure,Unit multiplier,Observation status,Value"
    assert identify(write_csv(tmp_path / "other.csv", [header.split(","), ["2011/12"]]), DATA) is None


@pytest.mark.parametrize(
    ("header", "most_like", "lacks"),
    [
        (
            "Financial Year,Financial Quarter,Force Name,Offence Code,Offences",
            "ho_prc_pfa (quarters)",
            "number of offences",
        ),
        ("Code,Name,Geography,Everybody,0,1,2", "ons_population (by area)", "all ages"),
    ],
)
def test_a_renamed_column_names_the_publication_that_the_file_most_resembles(
    tmp_path: Path, header: str, most_like: str, lacks: str
) -> None:
    error = why_refused(lambda: identify(write_csv(tmp_path / "renamed.csv", [header.split(","), ["1"]]), DATA))
    assert most_like in error.paragraph() and lacks in error.paragraph()


def test_a_file_of_which_three_of_five_headers_are_reworded_is_told_with_what_it_most_resembles(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "renamed.csv", [["Year to", "Constabulary", "Region", "Offence", "Counts"], ["31-03-2019"]]
    )
    assert identify(path, DATA) is None
    said = most_like(path, DATA)
    assert "most resembles ho_prc_pfa (rolling years)" in said
    assert (
        "lacks 12 months ending or year ending, force name or pfa or police force area, number of offences or" in said
    )
    assert most_like(write_csv(tmp_path / "other.csv", [["Title", "x"], ["1", "2"]]), DATA) == ""


@pytest.mark.parametrize(
    "header",
    [
        # Each shares two columns with CSEW open data, which has ten more. traffordDataLab/open_data at commit 3fb1d55,
        # mid-year_pop_estimates_2016; ONSdigital/sdg-data, data/5-2-2.csv at commit d644ee4.
        f"year,area_code,area_name,geography,gender,All,{','.join(map(str, range(91)))}",
        "Year,Abuse type,Age,Place of occurrence,Region,Relationship to perpetrator,Unit measure,GeoCode,Value",
    ],
)
def test_a_file_that_lacks_most_of_a_table_resembles_none(tmp_path: Path, header: str) -> None:
    assert most_like(write_csv(tmp_path / "other.csv", [header.split(","), ["2016"]]), DATA) == ""


def test_a_message_names_the_first_labels_of_a_long_header(tmp_path: Path) -> None:
    header = ["Code", "Name", "Geography", "Everybody", *map(str, range(91))]
    error = why_refused(lambda: identify(write_csv(tmp_path / "renamed.csv", [header, ["1"]]), DATA))
    assert "everybody, 0, 1," in error.paragraph() and "and 71 more" in error.paragraph()


def test_ages_without_a_title_are_asked_for_it(tmp_path: Path) -> None:
    """As ukmidyearestimates20192020ladcodes.csv is passed on in public: table MYE2 from its header on, of no sex or year."""
    rows = [
        ["Code", "Name", "Geography1", "All ages", *range(90), "90+"],
        ["K04000001", "ENGLAND AND WALES", "Country", 9],
    ]
    with pytest.raises(BadInput, match="does not say of which mid-year") as refused:
        identify(write_csv(tmp_path / "ukmidyearestimates20192020ladcodes.csv", rows), DATA)
    assert "Save the sheet with the title" in refused.value.problems[0].remedy
