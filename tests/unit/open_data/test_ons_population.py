"""Population by age in every layout."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from kit import DATA, reference, why_refused
from workbooks import write_xlsx
from world import fits, kinds, write_csv

from assets.archive.publications.ons_population.ages import bands
from assets.archive.publications.ons_population.read import read
from assets.archive.reading.layout_tables import pairs
from assets.archive.reading.result import Reading, ReleaseKey
from assets.words.problems import BadInput

RELEASE = ReleaseKey("ons_population", "test", "official")
AGES = list(range(91))
# Kent has these two districts and Medway; City of London has one of its own.
DISTRICTS = ("E07000105", "E07000106")
KENT = "E23000032"
# One district of every other force.
ELSEWHERE = {
    force: district
    for district, force in pairs(DATA, "ons_population/force_of_district", "district_code", "area_code").items()
    if force != KENT
}


def one_each(total: bool = True, times: int = 1) -> list[Any]:
    """One person of every age, or some times as many."""
    return ([91 * times] if total else []) + [times] * 91


def mye2(sex: str, *rows: list[Any], last: Any = "90+") -> list[list[Any]]:
    header = ["Code", "Name", "Geography", "All ages", *AGES[:-1], last]
    return [[f"MYE2: {sex} by single year of age and sex for local authorities in the UK, mid-2022"], [], header, *rows]


def read_file(path: Path) -> Reading:
    return read(path, RELEASE, reference())


def by_key(reading: Reading) -> dict[tuple[str, str, str], Any]:
    return {(row["area_code"], row["sex"], row["age"]): row for row in fits(reading, "archive.figure")}


def test_the_bands_of_the_house() -> None:
    assert {band.name for band in bands(DATA)} >= {"under 16", "10-17", "16+", "16-59", "16-74", "18+"}


@pytest.mark.slow
@pytest.mark.parametrize("last", ["90+", 90.0])
def test_areas_in_rows_and_forces_from_their_districts(tmp_path: Path, last: Any) -> None:
    rows = [
        ["K04000001", "ENGLAND AND WALES", "Country", *one_each(times=3)],
        [DISTRICTS[0], "Ashford", "Non-metropolitan District", *one_each()],
        [DISTRICTS[1], "Canterbury", "Non-metropolitan District", *one_each(times=2)],
        ["S12000033", "Aberdeen City", "Council Area", *one_each(times=9)],
        *([district, "Elsewhere", "Unitary Authority", *one_each()] for district in ELSEWHERE.values()),
    ]
    reading = read_file(
        write_xlsx(tmp_path / "mye.xlsx", {"Cover": [["x"]], "MYE2 - Females": mye2("Females", *rows, last=last)})
    )
    held = by_key(reading)
    whole = held["K04000001", "female", "16-59"]
    assert (whole["value"], whole["cell"], whole["period_end"]) == (
        44 * 3,
        "U4:BL4",
        datetime.date(2022, 6, 30),
    )
    kent = held[KENT, "female", "16+"]
    assert (kent["value"], kent["cell"], kent["note"]) == (75 * 3, "U5:CQ5;U6:CQ6", "sum of 2 districts")
    assert held[KENT, "female", "all"]["cell"] == "D5;D6"
    assert {area for area, _, _ in held} == {"K04000001", KENT, *ELSEWHERE}


def test_a_table_that_is_cut_off_gives_no_sum_over_its_districts(tmp_path: Path) -> None:
    """SYNTHETIC. Some districts of a force make up a force no less than all: the forces that have none say that it is cut off."""
    rows = [["K04000001", "ENGLAND AND WALES", "Country", *one_each(times=3)]]
    rows += [[code, "A district", "District", *one_each()] for code in (DISTRICTS[0], *list(ELSEWHERE.values())[:-2])]
    reading = read_file(write_xlsx(tmp_path / "mye.xlsx", {"MYE2": mye2("Persons", *rows)}))
    assert {row["area_code"] for row in fits(reading, "archive.figure")} == {"K04000001"}
    [record] = [row for row in reading.findings if row["kind"] == "record_set_aside"]
    names = dict(zip(reference().areas["area_code"], reference().areas["name"], strict=True))
    assert all(names[force] in record["evidence"] for force in list(ELSEWHERE)[-2:])


def test_wards_that_are_cut_off_are_nothing(tmp_path: Path) -> None:
    """Not even a sum of the whole is theirs: it had been published of the first quarter of a table as of England and Wales."""
    error = why_refused(
        lambda: read_file(write_csv(tmp_path / "wards.csv", wards_by_sex(DISTRICTS[0], *list(ELSEWHERE.values())[:20])))
    )
    [problem] = error.problems
    assert "some of every police force" in problem.expected and "cut off" in problem.remedy


def wards_by_sex(*districts: str) -> list[list[Any]]:
    """SYNTHETIC: the layout of ONS, ward level estimates of mid-2022 on 2023 wards: a woman and two men of every age in each."""
    header = ["LAD 2023 Code", "LAD 2023 Name", "Ward 2023 Code", "Ward 2023 Name", "Total"]
    header += [f"{sex}{age}" for sex in "FM" for age in AGES]
    title = ["Estimates by single year of age and sex for 2023 Electoral Wards, mid-2022", *[""] * (len(header) - 1)]
    return [
        title,
        header,
        *([code, "A district", "E05000001", "A ward", 273, *[1] * 91, *[2] * 91] for code in districts),
    ]


def test_women_and_men_side_by_side_and_together(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "wards.csv", wards_by_sex(DISTRICTS[0], DISTRICTS[1], *ELSEWHERE.values()))
    held = by_key(read_file(path))
    assert [held[KENT, sex, "16+"]["value"] for sex in ("female", "male", "all")] == [2 * 75, 4 * 75, 6 * 75]
    assert held[KENT, "all", "16+"]["cell"] == "V3:CR4;DI3:GE4"
    assert (held[KENT, "all", "all"]["value"], held[KENT, "all", "all"]["cell"]) == (2 * 273, "E3:E4")
    assert held["K04000001", "female", "all"]["value"] == 91 * (2 + len(ELSEWHERE))
    assert held["K04000001", "female", "all"]["period_end"] == datetime.date(2022, 6, 30)


def test_a_cell_that_is_no_number_costs_the_figures_it_is_part_of(tmp_path: Path) -> None:
    odd = one_each()
    odd[1 + 30] = "about 5"
    rows = [["K04000001", "ENGLAND AND WALES", "Country", *odd], ["E92000001", "ENGLAND", "Country", *one_each()]]
    reading = read_file(write_xlsx(tmp_path / "mye.xlsx", {"MYE2": mye2("Persons", *rows)}))
    held = by_key(reading)
    assert ("K04000001", "all", "16+") not in held and held["K04000001", "all", "under 16"]["value"] == 16
    assert held["K04000001", "all", "all"]["value"] == 91 and held["E92000001", "all", "16+"]["value"] == 75
    [record] = [row for row in reading.findings if row["kind"] == "figure_set_aside"]
    assert "sheet MYE2, AI4" in record["place"] and "'about 5'" in record["evidence"]


def test_a_sheet_that_cannot_be_read_is_set_aside_alone(tmp_path: Path) -> None:
    good = mye2("Females", ["K04000001", "ENGLAND AND WALES", "Country", *one_each()])
    nobody = mye2("Everyone", ["K04000001", "ENGLAND AND WALES", "Country", *one_each()])
    reading = read_file(write_xlsx(tmp_path / "mye.xlsx", {"F": good, "P": nobody}))
    assert {row["sex"] for row in fits(reading, "archive.figure")} == {"female"}
    assert [refused.sheet for refused in reading.set_aside] == ["P"]


def test_totals_that_do_not_add_up_are_findings(tmp_path: Path) -> None:
    off = one_each()
    off[0] = 90
    sheets = {
        "P": mye2("Persons", ["K04000001", "E&W", "Country", *off]),
        "F": mye2("Females", ["K04000001", "E&W", "Country", *one_each()]),
        "M": mye2("Males", ["K04000001", "E&W", "Country", *one_each()]),
    }
    assert kinds(read_file(write_xlsx(tmp_path / "mye.xlsx", sheets))) == [
        "sexes_do_not_add_up",
        "total_differs_from_parts",
    ]


def test_years_in_columns(tmp_path: Path) -> None:
    """Old years end at 85; five-year groups and areas elsewhere give no bands."""
    title = [
        ["Contents"],
        ["Table 9: Population estimates for England and Wales, by sex and single year of age"],
        ["(units)"],
    ]
    body = [["All Ages", "Females", 910.0, 172.0]]
    body += [[age if age < 90 else "90+", "Females", 10.0, 2.0 if age <= 85 else ":"] for age in AGES]
    elsewhere = [
        ["Table 16: Population estimates for Scotland, by sex"],
        ["Age", "Sex", "Mid-2022"],
        ["All Ages", "Females", 5.0],
    ]
    sheets = {"Table 9": [*title, ["Age", "Sex", "Mid-2022", "Mid-1961"], *body], "Table 16": elsewhere}
    reading = read_file(write_xlsx(tmp_path / "series.xlsx", sheets))
    rows = {(row["age"], row["period_end"].year): row for row in fits(reading, "archive.figure")}
    assert (rows["16-59", 2022]["value"], rows["16-59", 2022]["cell"]) == (440, "C22:C65")
    assert (rows["16+", 1961]["value"], rows["16+", 1961]["note"]) == (140, "85 and over in one figure")
    assert [left["where"] for left in reading.left_out] == ["Table 16"]


def test_thousands_stay_thousands(tmp_path: Path) -> None:
    title = [["Table 8: Population estimates for England and Wales, by sex and quinary age, mid-1911 (thousands)"]]
    rows = [
        ["Age", "Sex", "Mid-1911"],
        ["All Ages", "Persons", 36136.0],
        ["0-4", "Persons", 3854.0],
        ["5-9", "Persons", 3697.0],
    ]
    [row] = fits(read_file(write_xlsx(tmp_path / "old.xlsx", {"Table 8": title + rows})), "archive.figure")
    assert (row["age"], row["value"], row["unit"]) == ("all", 36136, "thousand_persons")


def test_wards_are_added_up_to_forces(tmp_path: Path) -> None:
    title = [
        "Table SAPE: Mid-2020 Population Estimates for Wards by Single Year of Age and Sex, Females - Experimental Statistics"
    ]
    header = [
        "Ward Code 1",
        "Ward Name 1",
        "LA Code (2021 boundaries)",
        "LA name (2021 boundaries)",
        "All Ages",
        *AGES[:-1],
        "90+",
    ]
    wards = [[f"E0500000{n}", "Ward", DISTRICTS[0], "Ashford", "1,091", *(["1,001"] + [1] * 90)] for n in (1, 2)]
    wards += [["E05000003", "Ward", district, "Elsewhere", *[0] * 92] for district in ELSEWHERE.values()]
    pad = [""] * (len(header) - 1)
    notes = [["Assuming Ward", "Subthreshold Wards", *pad[1:]]]
    reading = read_file(write_csv(tmp_path / "wards.csv", [title + pad, header, *wards, *notes]))
    held = by_key(reading)
    assert held[KENT, "female", "all"]["value"] == held["K04000001", "female", "all"]["value"] == 2182
    assert held[KENT, "female", "16+"]["value"] == 150
    assert reading.left_out[0]["rows"] == 1


def test_one_area_by_single_ages(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["# Source: ONS, mid-2025 (MYE2), geography K04000001"],
        ["age", "persons", "females", "males"],
    ]
    rows += [[age if age < 90 else "90+", 2, 1, 1] for age in AGES]
    held = by_key(read_file(write_csv(tmp_path / "ew.csv", rows)))
    assert (held["K04000001", "female", "16-74"]["value"], held["K04000001", "female", "16-74"]["cell"]) == (
        59,
        "C19:C77",
    )
    assert held["K04000001", "all", "all"]["value"] == 182


@pytest.mark.parametrize(
    ("lost", "says"), [(slice(73, None), "found ages up to 70"), (slice(42, 43), "found no age 40")]
)
def test_ages_that_are_cut_off_or_lack_one_are_not_added_up(tmp_path: Path, lost: slice, says: str) -> None:
    """SYNTHETIC. 16 and over of a file that ends at 70 would be those of 16 to 70, and so would be all ages."""
    head = [["# mid-2025, geography K04000001"], ["age", "persons", "females", "males"]]
    rows: list[list[Any]] = [*head, *([age if age < 90 else "90+", 2, 1, 1] for age in AGES)]
    del rows[lost]
    with pytest.raises(BadInput, match=says):
        read_file(write_csv(tmp_path / "ew.csv", rows))


def test_a_district_that_is_cut_off_is_in_no_force(tmp_path: Path) -> None:
    """SYNTHETIC. The last district ends at 40, the others of its force have all ages."""
    rows: list[list[Any]] = [["code", "name", "geography", "sex", "age", "population_2022"]]
    rows += [
        [code, "A district", "District", "F", age, 1.0] for code in (*ELSEWHERE.values(), *DISTRICTS) for age in AGES
    ]
    with pytest.raises(BadInput, match="some ages of fewer districts than others"):
        read_file(write_xlsx(tmp_path / "long.xlsx", {"MYEB1": rows[:-50]}))


def test_a_line_that_is_too_short_is_of_nothing(tmp_path: Path) -> None:
    rows = [["Name", "Geography", "Mid-2023"], ["ENGLAND AND WALES", "Country", "60854727"], ["<html>404</html>"]]
    assert len(read_file(write_csv(tmp_path / "totals.csv", rows)).frame) == 1


def test_totals_by_name_leave_the_column_of_somebody_else_alone(tmp_path: Path) -> None:
    rows = [
        ["Name", "PFA", "Geography", "Mid-2023", "Mid-2022"],
        ["ENGLAND AND WALES", "x", "Country", "60854727.00", "60245218.00"],
        ["WEST MIDLANDS REGION", "x", "Region", "6.00", "5.00"],
        ["Halton", "Chesire", "Unitary Authority", "1.00", "1.00"],
    ]
    reading = read_file(write_csv(tmp_path / "totals.csv", rows))
    assert {(row["area_code"], row["value"]) for row in fits(reading, "archive.figure")} == {
        ("K04000001", 60854727), ("K04000001", 60245218), ("E12000005", 6), ("E12000005", 5),
    }  # fmt: skip
    assert reading.left_out[0]["rows"] == 1


def test_a_median_is_no_population(tmp_path: Path) -> None:
    sheets = {
        "MYE2": mye2("Persons", ["K04000001", "E&W", "Country", *one_each()]),
        "MYE6": [
            ["MYE6: Median age of population, mid-2022"],
            ["Code", "Name", "Geography", "Mid-2022"],
            ["K04000001", "E&W", "Country", 40.5],
        ],
    }
    assert by_key(read_file(write_xlsx(tmp_path / "mye.xlsx", sheets)))["K04000001", "all", "all"]["value"] == 91


def test_no_known_layout(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no table of population by age"):
        read_file(write_csv(tmp_path / "x.csv", [["a", "b"], [1, 2]]))


def ages_of_one_area(*labels: str) -> list[list[Any]]:
    return [["Population, mid-2025, K04000001"], list(labels), *([age, 2, 1, 1] for age in (*AGES[:-1], "90+"))]


def test_notes_and_units_may_stand_behind_every_label(tmp_path: Path) -> None:
    plain = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": ages_of_one_area("Age", "Persons", "Females", "Males")}))
    told = ["sex", "age", "value", "unit", "cell"]
    noted = ages_of_one_area("Age [note 1]", "Persons [note 1] (number)", "Females¹", "Males [r]")
    noted[2:] = [[f"{age} [note 2]", *counts] for age, *counts in noted[2:]]
    assert read_file(write_xlsx(tmp_path / "b.xlsx", {"A": noted})).frame[told].equals(plain.frame[told])
    area = [f"{code} [note 3]" for code in ("K04000001", *DISTRICTS)]
    rows = [[code, "Anywhere [note 4]", "Country", *one_each()] for code in area]
    rows += [[code, "Elsewhere", "Unitary Authority", *one_each()] for code in ELSEWHERE.values()]
    found = by_key(read_file(write_xlsx(tmp_path / "c.xlsx", {"A": mye2("Females", *rows)})))
    assert (found["K04000001", "female", "all"]["value"], found[KENT, "female", "all"]["value"]) == (91, 182)


def test_a_unit_in_the_labels_is_that_of_the_figures(tmp_path: Path) -> None:
    thousands = ages_of_one_area("Age", "Persons (thousands)", "Females (thousands)", "Males (thousands)")
    reading = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": thousands}))
    assert set(reading.frame["unit"]) == {"thousand_persons"}
    mixed = ages_of_one_area("Age", "Persons (thousands)", "Females (number)", "Males (number)")
    with pytest.raises(BadInput, match="in two units"):
        read_file(write_xlsx(tmp_path / "b.xlsx", {"A": mixed}))


def test_a_district_that_stands_twice_is_in_no_sum(tmp_path: Path) -> None:
    rows = [[code, "Somewhere", "Unitary Authority", *one_each()] for code in (*DISTRICTS, *ELSEWHERE.values())]
    whole = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": mye2("Females", *rows)}))
    assert by_key(whole)[KENT, "female", "all"]["value"] == 182
    rows.insert(0, ["K04000001", "ENGLAND AND WALES", "Country", *one_each(times=3)])
    reading = read_file(write_xlsx(tmp_path / "b.xlsx", {"A": mye2("Females", *rows, rows[1])}))
    assert {area for area, *_ in by_key(reading)} == {"K04000001"}
    assert any("E07000105, which row 5 is too" in row["evidence"] for row in reading.findings)


def test_a_word_that_is_no_sex_is_named(tmp_path: Path) -> None:
    rows = [["Age", "Sex", "Mid-2022"], ["All ages", "Persons", 9], ["All ages", "Wombats", 4]]
    title = ["Table 9:  Population estimates for\u00a0England  and Wales, by sex and age"]
    reading = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": [title, *rows]}))
    assert [row["kind"] for row in reading.findings] == ["record_set_aside"] and len(reading.frame) == 1
    assert "one of persons" in reading.findings[0]["evidence"] and "females" in reading.findings[0]["evidence"]


def test_a_marker_in_one_table_and_a_number_in_another_is_told(tmp_path: Path) -> None:
    country = ["K04000001", "ENGLAND AND WALES", "Country"]
    sheets = {
        "A": mye2("Females", [*country, "[x]", *one_each(total=False)]),
        "B": mye2("Females", [*country, *one_each()]),
    }
    reading = read_file(write_xlsx(tmp_path / "a.xlsx", sheets))
    [told] = [row["evidence"] for row in reading.findings if row["kind"] == "same_total_in_two_tables"]
    assert told == "B gives 91, A no number."
    assert by_key(reading)["K04000001", "female", "all"]["value"] is None


def test_ages_in_another_order_are_read_by_their_headers_and_cited_one_by_one(tmp_path: Path) -> None:
    """SYNTHETIC. Of an age times its own number the sum tells whether every age was found; one that stands twice is refused."""
    places = [*range(4), *reversed(range(4, 95))]
    area = ["K04000001", "ENGLAND AND WALES", "Country", sum(AGES), *AGES]
    table = mye2("Females", area)
    turned = [[row[at] for at in places] if len(row) > len(places) - 1 else row for row in table]
    reading = read_file(write_xlsx(tmp_path / "turned.xlsx", {"MYE2 - Females": turned}))
    straight = read_file(write_xlsx(tmp_path / "straight.xlsx", {"MYE2 - Females": table}))
    values = [{key: row["value"] for key, row in by_key(each).items()} for each in (reading, straight)]
    assert values[0] == values[1] and values[0]["K04000001", "female", "10-17"] == sum(range(10, 18))
    # The age of 10 is the 81st of the columns from E on: CG.
    assert by_key(reading)["K04000001", "female", "10-17"]["cell"] == "CG4;CF4;CE4;CD4;CC4;CB4;CA4;BZ4"
    twice = [[*row[:20], row[19], *row[21:]] if len(row) > 20 else row for row in table]
    with pytest.raises(BadInput, match=r"ages without \[16\] with \[15\] twice"):
        read_file(write_xlsx(tmp_path / "twice.xlsx", {"MYE2 - Females": twice}))
