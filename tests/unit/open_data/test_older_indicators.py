"""Older issues of the SDG indicators, each with a few lines as they were printed: ONS UK SDG data, by file and commit."""

import datetime
from pathlib import Path

import pytest
from kit import DATA, read_rows, reference
from world import fits, kinds, write_csv

from assets.archive.identity.long_identity import identify
from assets.archive.publications.csew_sdg.read import read
from assets.archive.reading.result import Reading
from assets.words.problems import BadInput


def read_issue(tmp_path: Path, number: str, header: str, lines: list[dict[str, str]]) -> Reading:
    """Lines of a file, each by the columns in which it has something; the release is of the indicator `number`."""
    columns = header.split(",")
    rows = [[line.get(column, "") for column in columns] for line in lines]
    path = write_csv(tmp_path / "any name.csv", [columns, *rows])
    identity = identify(path, DATA)
    assert identity is not None and identity.release.startswith(f"sdg-{number}-") and identity.period_end is not None
    return read(path, identity.as_release(), reference())


def figures(reading: Reading) -> list[tuple[object, ...]]:
    """Topic, sex, characteristic with its value, area, first day and value."""
    return [
        (
            row["series"].removeprefix("csew."), row["sex"], row["characteristic_value"], row["area_code"],
            row["period_start"].year, row["value"],
        )
        for row in fits(reading, "archive.figure")
    ]  # fmt: skip


def test_partner_abuse_of_2017(tmp_path: Path) -> None:
    """ONSdigital/sdg-indicators, data/indicator_5-2-1.csv at commit 07895b2; the later issue has the figures to more digits."""
    header = (
        "Year,Abuse category,Type of abuse,Age,Ethnicity,Ethnic group,Marital status,Respondent employment status,"
        "Respondent inactive status,Respondent occupation,Highest qualification,Long standing illness or disability,"
        "Disablilty limitations,Hours out of home on an average weekday,Household income,Tenure,Area type,Geography,"
        "Geographic code,Value"
    )
    code = {"Geographic code": "K04000001"}
    rape = "Incidents of rape or assault by penetration (including attempts)"
    lines = [
        {"Year": "2004", "Value": "8.650739326"} | code,
        {"Year": "2004", "Abuse category": "Stalking", "Value": "1.180405559"} | code,
        {"Year": "2004", "Abuse category": "Non-sexual", "Type of abuse": "Force", "Value": "3.563418135"} | code,
        {"Year": "2004", "Abuse category": "Sexual abuse", "Type of abuse": rape, "Value": "0.263437563"} | code,
        {"Year": "2014", "Tenure": "Social renters", "Value": "11.53989099"} | code,
        {"Year": "2014", "Geography": "London", "Geographic code": "E12000007", "Value": "3.705172848"},
    ]
    assert figures(read_issue(tmp_path, "5-2-1", header, lines)) == [
        ("partner_abuse.old.16-59.prevalence", "female", None, "K04000001", 2004, 8.650739326),
        ("partner_stalking.old.16-59.prevalence", "female", None, "K04000001", 2004, 1.180405559),
        ("partner_abuse_non_sexual.old.16-59.prevalence", "female", "Force", "K04000001", 2004, 3.563418135),
        ("partner_rape_or_penetration.old.16-59.prevalence", "female", None, "K04000001", 2004, 0.263437563),
        ("partner_abuse.old.16-59.prevalence", "female", "Social renters", "K04000001", 2014, 11.53989099),
        ("partner_abuse.old.16-59.prevalence", "female", None, "E12000007", 2014, 3.705172848),
    ]


def test_the_first_issue_of_partner_abuse(tmp_path: Path) -> None:
    """ONSdigital/sdg-indicators, data/indicator_5-2-1.csv at commit 6eafdce: ages and regions have other names."""
    header = "Year,Abuse Category,Type of Abuse,Age group,English region and Wales,Marital Status ,Value"
    lines = [
        {"Year": "2004", "Abuse Category": "Sexual", "Value": "0.48"},
        {"Year": "2014", "Abuse Category": "Non-Sexual", "Age group": "16-19", "Value": "6.61"},
        {"Year": "2014", "Abuse Category": "Non-Sexual", "English region and Wales": "North East", "Value": "7.22"},
    ]
    assert figures(read_issue(tmp_path, "5-2-1", header, lines)) == [
        ("partner_sexual_assault.old.16-59.prevalence", "female", None, "K04000001", 2004, 0.48),
        ("partner_abuse_non_sexual.old.16-59.prevalence", "female", "16 to 19", "K04000001", 2014, 6.61),
        ("partner_abuse_non_sexual.old.16-59.prevalence", "female", None, "E12000001", 2014, 7.22),
    ]


def test_abuse_by_perpetrator_is_no_indicator_that_is_known(tmp_path: Path) -> None:
    """The same repository, data/indicator_5-2-2.csv at commit 8a8ebef: kinds stand below a column that no layout names."""
    header = [
        "Year",
        "Perpertrator",
        "Abuse category",
        "Abuse type",
        "Age",
        "Region",
        "Household income",
        "Ethnicity",
        "Value",
    ]
    rows = [["2004", "", "", "", "", "", "", "", "11.08"], ["2004", "Family abuse", "Non-sexual", *[""] * 5, "3.77"],
            ["2004", "Family abuse", "Threats or force", "Threats", *[""] * 4, "1.44"]]  # fmt: skip
    assert identify(write_csv(tmp_path / "indicator_5-2-2.csv", [header, *rows]), DATA) is None


def test_family_abuse_of_2017(tmp_path: Path) -> None:
    """ONSdigital/sdg-indicators, data/indicator_5-2-2.csv at commit 06fa453: kinds and their parts in one column."""
    header = "Year,Type of abuse,Age,Ethnicity,Ethnic group,Marital status,Tenure,Area type,Region,Value"
    lines = [
        {"Year": "2004", "Value": "4.33687154"},
        {"Year": "2004", "Type of abuse": "Family abuse - non-sexual", "Value": "3.771962978"},
        {
            "Year": "2004",
            "Type of abuse": "Any sexual assault (including attempts) by a family member",
            "Value": "0.128613898",
        },
        {"Year": "2014", "Type of abuse": "Family abuse", "Age": "16 to 19", "Value": "5.623999683"},
    ]
    assert figures(read_issue(tmp_path, "5-2-2", header, lines)) == [
        ("family_abuse.old.16-59.prevalence", "female", None, "K04000001", 2004, 4.33687154),
        ("family_abuse_non_sexual.old.16-59.prevalence", "female", None, "K04000001", 2004, 3.771962978),
        ("family_sexual_assault.old.16-59.prevalence", "female", None, "K04000001", 2004, 0.128613898),
        ("family_abuse.old.16-59.prevalence", "female", "16 to 19", "K04000001", 2014, 5.623999683),
    ]


DOMESTIC = "Year,Sex,Abuse type,Abuse category,Region,Age,Ethnicity,Marital status,Tenure,GeoCode,Value"


def test_domestic_abuse_of_2018(tmp_path: Path) -> None:
    """Data/5-2-2.csv at commit 47a4e6e: a blank kind is all domestic abuse, and 5.2.1 has columns of the same names."""
    touching = "Indecent exposure/unwanted sexual touching by a partner"
    lines = [
        {"Year": "2004", "Value": "8.85583714102083"},
        {"Year": "2015", "Sex": "Female", "Abuse type": "Any partner abuse", "Value": "6.230880299786246"},
        {"Year": "2015", "Sex": "Female", "Abuse type": "Any family abuse", "Value": "2.183250304694842"},
        {"Year": "2015", "Sex": "Female", "Abuse type": "Non-sexual family abuse", "Abuse category": "Force",
         "Value": "0.5280467162250653"},
        {"Year": "2015", "Sex": "Female", "Abuse type": "Sexual family abuse", "Abuse category": touching,
         "Value": "0.02266939266144731"},
        {"Year": "2015", "Sex": "Female", "Abuse type": "Stalking", "Abuse category": "Stalking by a partner",
         "Value": "1.2848466556626308"},
    ]  # fmt: skip
    assert figures(read_issue(tmp_path, "5-2-2", DOMESTIC, lines)) == [
        ("domestic_abuse.old.16-59.prevalence", "all", None, "K04000001", 2004, 8.85583714102083),
        ("partner_abuse.old.16-59.prevalence", "female", None, "K04000001", 2015, 6.230880299786246),
        ("family_abuse.old.16-59.prevalence", "female", None, "K04000001", 2015, 2.183250304694842),
        ("family_abuse_non_sexual.old.16-59.prevalence", "female", "Force", "K04000001", 2015, 0.5280467162250653),
        ("family_sexual_assault.old.16-59.prevalence", "female", "Indecent exposure or unwanted sexual touching",
         "K04000001", 2015, 0.02266939266144731),
        ("partner_stalking.old.16-59.prevalence", "female", None, "K04000001", 2015, 1.2848466556626308),
    ]  # fmt: skip


def test_parts_of_a_total_that_has_two_values_are_not_taken(tmp_path: Path) -> None:
    """The same file gives two shares of men in 2014, and one of those of each marital status: of which of them is not said."""
    lines = [
        {"Year": "2014", "Sex": "Male", "Value": "3.95910508862017"},
        {"Year": "2014", "Sex": "Male", "Marital status": "Single", "Value": "4.947250070580545"},
        {"Year": "2014", "Sex": "Male", "Region": "London", "GeoCode": "E12000007", "Value": "3.059189754463548"},
        {"Year": "2014", "Sex": "Male", "Value": "3.955280297560547"},
        {"Year": "2014", "Sex": "Male", "Abuse type": "Any partner abuse", "Value": "2.7539494259677606"},
    ]
    reading = read_issue(tmp_path, "5-2-2", DOMESTIC, lines)
    assert [figure[0] for figure in figures(reading)] == ["partner_abuse.old.16-59.prevalence"]
    assert kinds(reading).count("figure_set_aside") == 2
    assert "2 lines are by characteristic or region" in " ".join(row["evidence"] for row in reading.findings)


def test_sexual_assault_of_2019(tmp_path: Path) -> None:
    """Data/indicator_5-2-2.csv at commit a5e1975: where, by whom and how often are shares of victims and no prevalence."""
    header = (
        "Year,Abuse type,Age,Place of occurrence,Ethnicity,Ethnic group,Disability status,Migratory status,Region,"
        "Household income,Highest qualification,Relationship to perpetrator,Frequency of sexual assault,Observation status,"
        "Unit multiplier,Unit measure,GeoCode,Value"
    )
    same = {"Observation status": "Undefined", "Unit multiplier": "Units", "Unit measure": "Percentage (%)"}
    lines = [
        {"Year": "2014/15", "Value": "2.70676542756478"} | same,
        {"Year": "2014/15", "Abuse type": "Rape or assault by penetration (including attempts)",
         "Value": "0.677535170256067"} | same,
        {"Year": "2016/17", "Migratory status": "Born in the UK", "Value": "4.378363290817413"} | same,
        {"Year": "2016/17", "Place of occurrence": "In own home", "Value": "38.7864039463896"} | same,
        {"Year": "2016/17", "Relationship to perpetrator": "Stranger", "Value": "13.3322169748493"} | same,
        {"Year": "2016/17", "Frequency of sexual assault": "Once", "Value": "51.4994539545532"} | same,
    ]  # fmt: skip
    reading = read_issue(tmp_path, "5-2-2", header, lines)
    assert figures(reading) == [
        ("sexual_assault.old.16-59.prevalence", "female", None, "K04000001", 2014, 2.70676542756478),
        ("rape_or_penetration.old.16-59.prevalence", "female", None, "K04000001", 2014, 0.677535170256067),
        ("sexual_assault.old.16-59.prevalence", "female", "Born in the UK", "K04000001", 2016, 4.378363290817413),
    ]
    left_out = [row["evidence"] for row in reading.findings if row["kind"] == "label_not_known"]
    assert len(left_out) == 3 and all("of victims only" in evidence for evidence in left_out)


@pytest.mark.parametrize("women", ["Women", "Female"])
def test_unwanted_touching_before_its_ages_were_printed(tmp_path: Path, women: str) -> None:
    """Data/11-7-2.csv at commit 24a374c; of ONSdigital/sdg-indicators at 058c392 ("By Partner ", bare years)."""
    header = "Year,Sex,Relationship to perpetrator,Ethnicity,Age,Income,Region,GeoCode,Value"
    lines = [
        {"Year": "2004", "Sex": women, "Value": "3.43"},
        {"Year": "2017/18", "Sex": women, "Relationship to perpetrator": "By Partner ", "Value": "0.3"},
        {"Year": "2017/18", "Sex": women, "Age": "16 to 19", "Value": "15.8"},
    ]
    touching = "indecent_exposure_unwanted_touching.old.16-59.prevalence"
    reading = read_issue(tmp_path, "11-7-2", header, lines)
    assert figures(reading) == [
        (touching, "female", None, "K04000001", 2004, 3.43),
        (touching, "female", "Partner", "K04000001", 2017, 0.3),
        (touching, "female", "16 to 19", "K04000001", 2017, 15.8),
    ]
    assert "age_base_not_printed" in kinds(reading)


def test_reported_violence_by_bare_years_with_one_kind_that_is_not_known(tmp_path: Path) -> None:
    """Data/16-3-1.csv at commit 6659624: "Minor or no injury" is two kinds of the later issue together."""
    header = "Year,Offence,Unit measure,Unit multiplier,Observation status,Value"
    printed = {"": "44.6299934175509", "Wounding": "60.5326502873544", "Acquaintance": "45.9677821875286",
               "Stranger": "44.5313341647941", "Minor or no injury": "38.7465761628195"}  # fmt: skip
    lines = [
        {"Year": "2005", "Offence": kind, "Unit measure": "Percentage (%)", "Value": value}
        for kind, value in printed.items()
    ]
    reading = read_issue(tmp_path, "16-3-1", header, lines)
    assert [(figure[0].split(".")[0], figure[4]) for figure in figures(reading)] == [
        ("violence", 2005), ("wounding", 2005), ("acquaintance_violence", 2005), ("stranger_violence", 2005),
    ]  # fmt: skip
    assert reading.frame["period_end"].iloc[0] == datetime.date(2006, 3, 31)
    assert "label_not_known" in kinds(reading)


@pytest.mark.parametrize("ages", [None, "Adults aged 16 to 59"])
def test_another_indicator_with_the_same_characteristics_is_not_read_as_unwanted_touching(
    tmp_path: Path, ages: str | None
) -> None:
    """Data/16-1-4.csv at commit 4d9fafa is of people who feel safe alone after dark; SYNTHETIC is the column of ages."""
    header = (
        "Year,Sex,Age,Ethnicity,Ethnic group,Disability status,Country of birth,Region,Household income,GeoCode,Value"
    )
    line = ["2006/07", "Female", *[""] * 8, "55.9485120177003"]
    rows = [header.split(","), line] if ages is None else [[*header.split(","), "Series"], [*line, ages]]
    with pytest.raises(BadInput, match="nearly indicator"):
        identify(write_csv(tmp_path / "other.csv", rows), DATA)


def test_a_blank_kind_alone_does_not_say_of_what_it_is(tmp_path: Path) -> None:
    """Three indicators have a column "Abuse type": where it is empty throughout, the total may be any of theirs."""
    rows = [DOMESTIC.split(","), ["2004", *[""] * 9, "8.85583714102083"]]
    assert identify(write_csv(tmp_path / "totals.csv", rows), DATA) is None


@pytest.mark.parametrize("year", ["2015/16", "2016"])
def test_abuse_before_18_by_the_module_of_2016(tmp_path: Path, year: str) -> None:
    """Data/16-2-3.csv at commits 4f9ed29 and e2a094e: all abuse, of which sexual; a bare year is the last."""
    header = "Year,Sex,Abuse category,Abuse sub-category,Unit measure,Unit multiplier,Observation status,Value"
    same = {
        "Year": "2015/16",
        "Unit measure": "Percentage (%)",
        "Unit multiplier": "Units",
        "Observation status": "Undefined",
    }
    rape = "Sexual assault by rape or penetration (including attempts)"
    lines = [
        {"Value": "15.97586453"} | same,
        {"Sex": "Male", "Value": "11.75785728"} | same,
        {"Sex": "Female", "Abuse category": "Sexual", "Value": "6.64054995"} | same,
        {"Sex": "Female", "Abuse category": "Sexual", "Abuse sub-category": rape, "Value": "2.42058424"} | same,
    ]
    read_of = figures(read_issue(tmp_path, "16-2-3", header, lines))
    tracked = {
        (row["series"].removeprefix("csew."), row["sex"], None, row["area_code"], 2015, float(row["value"]))
        for row in read_rows(DATA / "figures" / "survey_estimates.csv")
        if row["release"] == "sdg-16-2-3-59683c2" and row["period_start"] == "2015-04-01"
    }
    assert len(read_of) == len(lines) and set(read_of) <= tracked
