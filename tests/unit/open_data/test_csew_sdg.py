"""SDG indicators: status, age base, characteristics, regions."""

import datetime
from pathlib import Path

import pytest
from kit import DATA, reference
from world import fits, kinds, write_csv

from assets.archive.identity.long_identity import identify
from assets.archive.publications.csew_sdg.read import read
from assets.archive.reading.result import Reading, ReleaseKey
from assets.words.problems import BadInput

HEADER = (
    "Year", "Series", "Units", "Type of partner abuse", "Abuse sub-category", "Age", "Ethnicity", "Ethnic group", "Region",
    "Unit multiplier", "Observation status", "GeoCode", "Value",
)  # fmt: skip
RELEASE = ReleaseKey("csew_sdg", "test", "accredited")


def line(
    year: str = "2018/19", series: str = "Women aged 16 to 59", kind: str = "", sub: str = "", age: str = "", ethnicity: str = "",
    group: str = "", region: str = "", status: str = "Normal value", code: str = "", value: str = "5.25",
    unit: str = "Percentage (%)",
) -> list[str]:  # fmt: skip
    return [year, series, unit, kind, sub, age, ethnicity, group, region, "Units", status, code, value]


def read_lines(tmp_path: Path, *lines: list[str], header: tuple[str, ...] = HEADER) -> Reading:
    path = write_csv(tmp_path / "any name.csv", [header, *lines])
    return read(path, RELEASE, reference())


def test_women_by_age_base(tmp_path: Path) -> None:
    [row] = fits(
        read_lines(tmp_path, line(series="Women aged 16 and over", value="4.77098293986571")), "archive.figure"
    )
    assert (row["series"], row["sex"], row["age"]) == ("csew.partner_abuse.old.16+.prevalence", "female", "16+")
    assert (row["value"], row["unit"], row["cell"]) == (4.77098293986571, "percent", "M2")
    assert (row["period_start"], row["period_end"]) == (datetime.date(2018, 4, 1), datetime.date(2019, 3, 31))


@pytest.mark.parametrize(
    ("says", "sex"), [("Men", "male"), ("People", "all"), ("Adults", "all"), ("Respondents", "female")]
)
def test_people_and_men_are_no_women_though_the_indicator_is_of_women(tmp_path: Path, says: str, sex: str) -> None:
    [row] = fits(read_lines(tmp_path, line(series=f"{says} aged 16 to 59")), "archive.figure")
    assert row["sex"] == sex


def test_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    above = [["Indicator 5.2.1: partner abuse"], [], ["Source: Office for National Statistics", "2004/05"]]
    path = write_csv(tmp_path / "any name.csv", [*above, HEADER, line(value="4.77")])
    [row] = fits(read(path, RELEASE, reference()), "archive.figure")
    assert (row["value"], row["cell"]) == (4.77, "M5")
    identity = identify(path, DATA)
    assert identity and identity.release.startswith("sdg-5-2-1") and identity.period_end == datetime.date(2019, 3, 31)


def test_kinds_of_abuse_are_series_or_a_characteristic(tmp_path: Path) -> None:
    rape = "Sexual assault by rape or penetration (including attempts)"
    lines = (line(kind="Sexual (including attempts)", sub=rape), line(kind="Non-sexual", sub="Threats"))
    row, two = fits(read_lines(tmp_path, *lines), "archive.figure")
    assert (row["series"], row["characteristic"]) == ("csew.partner_rape_or_penetration.old.16-59.prevalence", None)
    assert (two["series"], two["characteristic"], two["characteristic_value"]) == (
        "csew.partner_abuse_non_sexual.old.16-59.prevalence", "type of abuse", "Threats",
    )  # fmt: skip


def test_characteristics_and_regions(tmp_path: Path) -> None:
    lines = (
        line(age="16 to 19"),
        line(ethnicity="White"),
        line(ethnicity="Asian/Asian British", group="Indian"),
        line(region="East of England", code="E12000006"),
    )
    rows = fits(read_lines(tmp_path, *lines), "archive.figure")
    assert [(row["characteristic"], row["characteristic_value"]) for row in rows] == [
        ("age", "16 to 19"), ("ethnicity", "White"), ("ethnic group", "Asian/Asian British: Indian"), (None, None),
    ]  # fmt: skip
    assert [row["area_code"] for row in rows] == ["K04000001"] * 3 + ["E12000006"]
    assert {row["age"] for row in rows} == {"16-59"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("under", "printed"),
    [
        ("ethnicity", "Female"),
        ("ethnicity", "East of England"),
        ("ethnicity", "16 to 19"),
        ("age", "White"),
        ("ethnicity", "Threats"),
        ("ethnicity", "Normal value"),
        ("group", "Indian"),
    ],
)
def test_a_label_of_another_column_is_of_no_characteristic(tmp_path: Path, under: str, printed: str) -> None:
    """As where two headers changed places: what is of women must not go out as of an ethnicity of all people."""
    reading = read_lines(tmp_path, line(**{under: printed}), line())
    assert len(fits(reading, "archive.figure")) == 1 and kinds(reading) == ["label_not_known"]
    assert "changed places" in reading.findings[0]["evidence"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "value", "kept", "found"),
    [
        ("Normal value", "", "missing", ["blank_under_normal_value"]),
        ("Missing data", "0.486", "missing", ["value_under_missing"]),
        ("Missing value; suppressed", "", "suppressed", []),
        ("Missing value", "", "missing", []),
        ("Undefined", "5.25", "normal", ["status_undefined"]),
    ],
)
def test_status_and_value(tmp_path: Path, status: str, value: str, kept: str, found: list[str]) -> None:
    reading = read_lines(tmp_path, line(status=status, value=value))
    [row] = fits(reading, "archive.figure")
    assert (row["obs_status"], row["printed"]) == (kept, value)
    assert (row["value"] is None) == (kept != "normal")
    assert kinds(reading) == found


def test_several_years_together(tmp_path: Path) -> None:
    reading = read_lines(tmp_path, line(year="2018 to 2020"))
    [row] = fits(reading, "archive.figure")
    assert (row["period_type"], row["period_start"], row["period_end"]) == (
        "multi_year", datetime.date(2018, 4, 1), datetime.date(2020, 3, 31),
    )  # fmt: skip
    assert kinds(reading) == ["years_taken_together"]


def test_a_new_column_is_a_characteristic_and_a_finding(tmp_path: Path) -> None:
    header = (*HEADER, "Religion")
    reading = read_lines(tmp_path, [*line(), ""], [*line(), "None"], header=header)
    assert [row["characteristic"] for row in fits(reading, "archive.figure")] == [None, "religion"]
    assert kinds(reading) == ["new_column"]


def test_limits_of_the_value_are_no_characteristic(tmp_path: Path) -> None:
    """As the publisher prints them of some indicators: every figure was one of a kind of people called by its limits, or by how
    many were asked."""
    header = (*HEADER[:-1], "Lower CI", "Unweighted base", HEADER[-1])
    lines = [
        [*line(kind=kind)[:-1], "0.42", "1904", line()[-1]] for kind in ("Non-sexual", "Sexual (including attempts)")
    ]
    reading = read_lines(tmp_path, *lines, header=header)
    assert [row["characteristic"] for row in fits(reading, "archive.figure")] == [None, None]
    assert kinds(reading) == ["new_column", "new_column"] and "Passed over" in reading.findings[0]["handling"]


def test_statuses_are_known_under_another_header_though_one_of_them_is_new(tmp_path: Path) -> None:
    """All other lines had been left out, as if their statuses stood in a column of characteristics."""
    lines = [line(year=f"{year}/{year % 100 + 1:02}") for year in range(2004, 2012)]
    header = tuple("Obs status (revised)" if name == "Observation status" else name for name in HEADER)
    reading = read_lines(tmp_path, *lines, line(year="2015/16", status="Good"), header=header)
    assert [row["obs_status"] for row in fits(reading, "archive.figure")] == ["normal"] * len(lines)
    assert kinds(reading) == ["label_not_known"] and "Good" in reading.findings[0]["evidence"]


def test_a_label_of_many_lines_that_is_not_known_is_told_as_set_aside(tmp_path: Path) -> None:
    lines = [line(year=f"{year}/{year % 100 + 1:02}") for year in range(2004, 2012)]
    few, many = ([*lines, *([*line(year="2015/16", status="Good")] for _ in range(count))] for count in (1, 4))
    assert kinds(read_lines(tmp_path, *few)) == ["label_not_known"]
    reading = read_lines(tmp_path, *many)
    assert kinds(reading) == ["record_set_aside"] and len(reading.frame) == len(lines)
    assert reading.findings[0]["severity"] == "error"


def test_many_lines_are_set_aside_whether_they_have_one_unknown_label_or_many(tmp_path: Path) -> None:
    """Each bare year of an issue has few lines: nine tenths of a file were left out with a warning, and exit 0."""
    lines = [line(year=f"{year}/{year % 100 + 1:02}") for year in range(2004, 2012)]
    reading = read_lines(tmp_path, *lines, *(line(year="2015/16", status=f"Status {number}") for number in range(6)))
    assert set(kinds(reading)) == {"record_set_aside"} and len(reading.frame) == len(lines)


@pytest.mark.parametrize(
    ("says", "characteristics"),
    [
        (("Percentage (%)", "Percentage (%)"), [None, "age"]),
        (("Percentage (%)", ""), [None, "age"]),
        (("20% most deprived", "20% most deprived"), ["measure", "age; measure"]),
        (("Percentage (%)", "Number"), ["measure", "age; measure"]),
    ],
)
def test_a_column_that_says_the_unit_is_no_characteristic_under_whichever_header(
    tmp_path: Path, says: tuple[str, str], characteristics: list[str | None]
) -> None:
    """Else no figure is a total. The issues of 16.1.3 at commits 96b620f and 7ee8817 have Units and Unit measure side by side."""
    lines = [[*line(), says[0]], [*line(age="16 to 19"), says[1]]]
    reading = read_lines(tmp_path, *lines, header=(*HEADER, "Measure"))
    assert [row["characteristic"] for row in fits(reading, "archive.figure")] == characteristics


def test_a_code_that_is_not_that_of_the_region(tmp_path: Path) -> None:
    """Neither is taken: two regions whose codes had changed places went out each under the other's name."""
    reading = read_lines(tmp_path, line(), line(region="London", code="E12000006"))
    assert kinds(reading) == ["figure_set_aside"] and len(reading.frame) == 1
    assert "beside region 'London' (E12000007)" in reading.findings[0]["evidence"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"series": "Women aged 16 to 95"}, "'csew.partner_abuse.old.16-59.prevalence'"),
        ({"series": "Women 16"}, "ages such as '16 to 59'"),
        ({"kind": "Economic abuse"}, "nothing known is near it"),
        ({"status": "Normal"}, "'Normal value'"),
        ({"region": "East Midland"}, "'East Midlands'"),
        ({"year": "2018-21-3"}, "a year such as 2018/19"),
        ({"value": "none"}, "a number or a known marker"),
        ({"value": "1e400"}, "a number that a country can have"),
        ({"unit": "Rate"}, "'Percentage (%)'"),
        ({"code": "E12009999"}, "a code of data/reference/area.csv"),
    ],
)
def test_what_does_not_resolve_is_left_out_with_line_and_nearest(
    tmp_path: Path, wrong: dict[str, str], says: str
) -> None:
    others = [line(kind=kind) for kind in ("Non-sexual", "Sexual (including attempts)")]
    reading = read_lines(tmp_path, line(), line(**wrong), *others)
    [record] = [row for row in reading.findings if row["kind"] in ("label_not_known", "figure_set_aside")]
    assert "line 3" in record["place"] and says in record["evidence"]
    assert len(reading.frame) == 3


def test_a_table_of_kinds_that_are_none_of_ours_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no known indicator"):
        read_lines(tmp_path, line(), line(kind="Economic abuse"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("respelt", "column"),
    [
        ({"series": "Women aged 16 to 59 (%)"}, "age"), ({"series": "16-59"}, "age"), ({"unit": "%"}, "unit"),
        ({"kind": "Non sexual"}, "kind"), ({"kind": "Non-sexual [note 1]"}, "kind"), ({"status": ""}, "status"),
    ],
)  # fmt: skip
def test_what_is_added_to_a_label_decides_nothing(tmp_path: Path, respelt: dict[str, str], column: str) -> None:
    [before] = fits(read_lines(tmp_path, line(kind="Non-sexual" if column == "kind" else "")), "archive.figure")
    [after] = fits(read_lines(tmp_path, line(**respelt)), "archive.figure")
    names = ("series", "sex", "age", "value", "obs_status")
    assert [before[name] for name in names] == [after[name] for name in names]


def test_a_line_twice_is_taken_once_and_with_two_values_not_at_all(tmp_path: Path) -> None:
    reading = read_lines(tmp_path, line(), line())
    assert len(reading.frame) == 1 and kinds(reading) == ["figure_twice"]
    reading = read_lines(tmp_path, line(), line(value="6.25"), line(year="2017/18"))
    assert len(reading.frame) == 1 and kinds(reading) == ["figure_set_aside"]


def test_an_older_issue_without_age_base_and_status_has_the_tracked_one(tmp_path: Path) -> None:
    """The columns of data/indicator_5-2-1.csv at commit 03e8259; the figure is the later issue's of 2004/05. SYNTHETIC rows."""
    header = ("Year", "Sex", "Region", "Age", "Abuse type", "Abuse category", "GeoCode", "Value")
    reading = read_lines(tmp_path, ["2004", "Female", "", "", "Non-sexual", "Force", "", "3.56"], header=header)
    [row] = fits(reading, "archive.figure")
    assert (row["series"], row["sex"], row["age"]) == (
        "csew.partner_abuse_non_sexual.old.16-59.prevalence",
        "female",
        "16-59",
    )
    assert (row["period_start"], row["value"]) == (datetime.date(2004, 4, 1), 3.56)
    assert "age_base_not_printed" in kinds(reading)


def test_a_column_of_ages_that_names_none_has_the_tracked_ones(tmp_path: Path) -> None:
    """Columns and figures of data/16-1-3.csv at commit 7ee8817; the third of 03307fa. Later issues print the ages of each."""
    header = ("Year", "Units", "Violence type", "Sex", "Area type", "Observation status", "Unit measure", "Value")
    undefined = ["Undefined", "Percentage (%)"]
    of_women = ["2014/15", "(a) Physical violence (%)", "", "Women", "", *undefined, "1.273439522203381"]
    of_towns = ["2014/15", "(a) Physical violence (%)", "", "", "Urban", *undefined, "1.9225259861487443"]
    sexual = ["2018/19", "(b) Sexual violence (%)", "", "Women", "", *undefined, "4.451151543154411"]
    women, towns, of_sexual = fits(read_lines(tmp_path, of_women, of_towns, sexual, header=header), "archive.figure")
    assert (women["series"], women["sex"]) == ("csew.violence.face_to_face.16+.prevalence", "female")
    assert (women["characteristic"], towns["characteristic"]) == (None, "urban or rural")
    assert (of_sexual["series"], of_sexual["sex"]) == ("csew.sexual_assault.old.16-59.prevalence", "female")
    reading = read_lines(tmp_path, of_women, of_towns, header=header)
    assert kinds(reading) == ["age_base_not_printed", "status_undefined"]


def test_kinds_of_an_issue_that_named_them_otherwise(tmp_path: Path) -> None:
    """Data/indicator_16-3-1.csv at commit 5ff5bdd: later issues print each of these to the last digit, under the other name."""
    header = ("Year", "Type of violence", "Unit measure", "Unit multiplier", "Observation status", "Value")
    printed = {
        "Domestic violence": ("domestic_violence", "26.61154419050676"),
        "Domestic violence by acquaintance": ("acquaintance_violence", "41.65834787998609"),
        "Domestic violence by stranger": ("stranger_violence", "39.370501313770255"),
        "Assault with minor injury or without injury": ("assault_with_minor_injury", "34.2024215057827"),
    }
    lines = [["2017/18", kind, "Percentage (%)", "Units", "Undefined", value] for kind, (_, value) in printed.items()]
    rows = fits(read_lines(tmp_path, *lines, header=header), "archive.figure")
    assert [row["series"] for row in rows] == [
        f"csew.{topic}.face_to_face.16+.reported_incidents" for topic, _ in printed.values()
    ]


def test_an_unknown_indicator(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no known indicator"):
        read_lines(tmp_path, ["2018/19", "1"], header=("Year", "Number of bicycles"))


def test_a_blank_line_at_the_end_is_no_line_of_figures(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "any name.csv", [HEADER, line(), []])
    assert len(read(path, RELEASE, reference()).frame) == 1


def test_a_value_that_its_status_qualifies_says_so(tmp_path: Path) -> None:
    [row] = fits(read_lines(tmp_path, line(status="Provisional value")), "archive.figure")
    assert (row["value"], row["obs_status"]) == (5.25, "normal")
    assert row["note"].endswith("status: Provisional value")


def test_a_marker_in_the_place_of_a_value_and_marks_behind_one(tmp_path: Path) -> None:
    values = ("[c]", "5.25 [r]", "5.25 [note 2]", "5.25¹")
    lines = [line(f"201{at}/1{at + 1}", value=value) for at, value in enumerate(values)]
    rows = fits(read_lines(tmp_path, *lines), "archive.figure")
    assert [row["obs_status"] for row in rows] == ["suppressed", "normal", "normal", "normal"]
    assert rows[0]["value"] is None and {row["value"] for row in rows[1:]} == {5.25}


@pytest.mark.parametrize("printed", ["16-24", "16–24", "16 - 24 years", "Aged 16 to 24"])
def test_a_label_in_another_writing_is_the_same(tmp_path: Path, printed: str) -> None:
    reading = read_lines(tmp_path, line(series="WOMEN AGED 16 TO 59", age=printed), line(ethnicity="Black & Asian"))
    assert reading.frame["characteristic_value"].tolist() == ["16 to 24", "Black and Asian"]
    assert {*reading.frame["age"]} == {"16-59"}


def test_a_column_of_notes_is_no_characteristic(tmp_path: Path) -> None:
    reading = read_lines(tmp_path, [*line(), "[note 2]"], header=(*HEADER, "Notes"))
    assert [row["characteristic"] for row in fits(reading, "archive.figure")] == [None] and not kinds(reading)


@pytest.mark.parametrize("column", [("Row id", "1", "2"), ("Flag", "P", "P")])
def test_numbers_of_lines_and_marks_are_no_characteristic(tmp_path: Path, column: tuple[str, str, str]) -> None:
    name, *cells = column
    lines = [[*line(f"201{at}/1{at + 1}"), cell] for at, cell in enumerate(cells, start=5)]
    reading = read_lines(tmp_path, *lines, header=(*HEADER, name))
    assert [row["characteristic"] for row in fits(reading, "archive.figure")] == [None, None]


def test_a_column_of_something_else_is_told_once(tmp_path: Path) -> None:
    """Years under "Value" and percentages under "Year" were told line by line, as years that are not known."""
    header = tuple({"Year": "Value", "Value": "Year"}.get(name, name) for name in HEADER)
    lines = [line(year=f"{year}/{year % 100 + 1:02}", value=f"5.{year}") for year in range(2005, 2017)]
    told = [row for row in read_lines(tmp_path, *lines, header=header).findings if "year" in row["place"]]
    assert len(told) == 1 and "12 lines" in told[0]["evidence"] and "changed places" in told[0]["evidence"]
