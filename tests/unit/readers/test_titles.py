"""What a title says beside what its layout knows: it is read (sexes, ages), refuses the table, or must be vouched for."""

from typing import Any

import pytest
from small_releases import appendix, as_released, read
from test_by_data_alone import release

from assets.archive.titled.read import TitledReading
from assets.tables.records import records
from assets.words.problems import BadInput

PEOPLE = "for people aged 16 and over, by sex"


def years_side_by_side(said: str) -> dict[str, list[list[Any]]]:
    """SYNTHETIC: one table whose columns are years, so that its title alone says whom it is about."""
    sheets = release()
    sheets["Table 1"] = [
        [
            f"Table 1: Prevalence of domestic abuse in the last year {said}, year ending March 2023 and year ending March 2024"
        ],
        ["England and Wales"],
        ["Type of abuse", "Apr 2022 to Mar 2023", "Apr 2023 to Mar 2024"],
        ["Any domestic abuse", 3.5, 3.4],
        ["Any partner abuse", 2.5, 2.4],
    ]
    del sheets["Table 2"]
    return sheets


def more(reading: TitledReading) -> set[str | None]:
    return {row["says_more"] for row in reading.tables}


@pytest.mark.parametrize(
    ("said", "sex", "age"),
    [
        ("among women aged 16 to 59", "female", "16-59"), ("for men aged 16 and over", "male", "16+"),
        ("for adults aged 16 and over", "all", "16+"), ("women and men aged 16 and over, by sex", "all", "16+"),
        ("(females) aged 16 to 59", "female", "16-59"),
    ],
)  # fmt: skip
def test_it_says_of_which_sex_and_age_the_figures_are(said: str, sex: str, age: str) -> None:
    reading = read(years_side_by_side(said))
    assert {(row["sex"], row["age"]) for row in records(reading.frame)} == {(sex, age)} and more(reading) == {None}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("among disabled adults aged 16 and over", "disabled"), ("upper confidence limit, adults aged 16 and over", "upper"),
        ("reported to the police, people aged 16+", "police"),
        ("among adults aged 16 and over, quintuplets only", "quintuplet"),
        ("among adults aged 16 and over, excluding non-physical abuse", "physical"),
    ],
)  # fmt: skip
def test_what_is_not_accounted_for_is_told_with_the_table(said: str, words: str) -> None:
    reading = read(years_side_by_side(said))
    [told] = more(reading)
    assert told is not None and words in told.split()
    [finding] = [row for row in reading.findings if row["kind"] == "title_says_more"]
    assert repr(told) in finding["evidence"] and finding["place"].endswith("Table 1")


def test_a_title_that_names_two_times_asked_about_refuses_figures_whose_headers_name_neither() -> None:
    with pytest.raises(BadInput, match="the time asked about"):
        read(years_side_by_side("and since the age of 16, adults aged 16 and over"))


@pytest.mark.parametrize("place", ["London", "Wales", "the South East", "Kent", "United Kingdom"])
def test_a_table_of_another_area_is_set_aside(place: str) -> None:
    with pytest.raises(BadInput, match="figures of England and Wales"):
        read(years_side_by_side(f"among adults aged 16 and over living in {place}"))


@pytest.mark.parametrize("said", ["excluding Kent", "(exc. Greater Manchester Police)", "without the West Midlands"])
def test_a_title_that_leaves_a_force_out_is_still_of_the_country(said: str) -> None:
    reading = read(years_side_by_side(f"for adults aged 16 and over, {said}"))
    assert len(reading.frame) == 4 and more(reading) == {None}


OF_OTHERS = [
    "Women", "Female victims", "England and Wales, women, year ending March 2023 to year ending September 2025", "Kent Police",
    "Victims aged 16 to 59", "Rates per 1,000 population", "Percentages", "% of all offences",
]  # fmt: skip
OF_ALL = [
    "England and Wales", "All victims", "Women and men", "Number of offences", "Numbers and percentages", "Some cells say %.",
    "Percentages may not sum to 100 because of rounding", "Data for women, men and others are in Table B3",
]  # fmt: skip


@pytest.mark.parametrize(("line", "told"), [*((line, line) for line in OF_OTHERS), *((line, None) for line in OF_ALL)])
def test_a_line_below_the_title_that_says_only_of_whom_or_in_what_is_told_where_it_is_not_the_series(
    line: str, told: str | None
) -> None:
    """Under "Women", counts of Table B2 had been published as those of all."""
    sheets = appendix()
    sheets["Table_B2"][1:1] = [[line]]
    [table] = [row for row in read(sheets).tables if row["printed_id"] == "B2"]
    assert table["says_more"] == told and table["status"] == "read"


@pytest.mark.parametrize(
    ("age", "told"), [("16 and over", None), ("18 and over", "aged 18 over"), ("16 to 59", "aged 16 59")]
)
def test_other_ages_in_the_title_than_those_of_the_series_are_told(age: str, told: str | None) -> None:
    """Rates of people aged 18 and over had been published as those of people aged 16 and over."""
    sheets = appendix()
    title = next(row for rows in sheets.values() for row in rows if str(row[0]).startswith("Table B1a"))
    title[0] = (
        f"Table B1a: Trends in the offender relationship of CSEW violence, number of incidents, people aged {age} (1,000s)"
    )
    assert {row["printed_id"]: row["says_more"] for row in read(sheets).tables}["B1a"] == told


@pytest.mark.slow
@pytest.mark.parametrize("remark", [" (continued)", " continued", ", continued", " (part 2 of 2)", " [note 1]"])
def test_what_stands_between_the_id_of_a_table_and_its_title_decides_nothing(remark: str) -> None:
    sheets = appendix()
    title = sheets["Table_B2"][0]
    title[0] = title[0].replace("Table B2:", f"Table B2{remark}:")
    assert len(read(sheets).frame) == len(as_released().frame)


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        ["Breakdown of", "selected Violence Against Women and Girls (VAWG) offences"],
        ["Breakdown of", "selected Violence Against", "Women and Girls (VAWG) offences"],
        ["Breakdown of|selected Violence Against|Women and Girls (VAWG) offences"],
    ],
)
def test_a_title_that_goes_on_beside_it_or_in_the_lines_below_is_one(lines: list[str]) -> None:
    sheets = appendix()
    sheets["Table_B2"][:1] = [line.split("|") for line in (f"Table B2: {lines[0]}", *lines[1:])]
    reading = read(sheets)
    assert not reading.set_aside and len(reading.frame) == len(as_released().frame)


@pytest.mark.slow
def test_a_sheet_of_notes_for_several_tables_is_called_after_none() -> None:
    """Table B2 as Table B3: the sheet "Notes_B1 to B10" holds no table B3 that it could have changed places with."""
    sheets = appendix()
    title, table = sheets["Table_B2"][0], sheets.pop("Table_B2")
    title[0] = title[0].replace("Table B2:", "Table B3:")
    sheets |= {"Table_B2": table, "Notes_B1 to B10": sheets.pop("Notes_B")}
    reading = read(sheets)
    assert not reading.set_aside and len(reading.frame) == len(as_released().frame)


def test_headers_that_are_no_periods_are_told_as_such() -> None:
    sheets = appendix()
    rows = sheets["Table_B2"]
    rows[2] = [rows[2][0], "FY22A", "FY23A", "FY24A"]
    [aside] = read(sheets).set_aside
    assert "None of these names a period" in aside.problems[0].sentence()


def test_counts_are_no_rates() -> None:
    sheets = appendix()
    title = sheets[" Any sheet "][0]
    title[0] = title[0].replace("by offence", "by offence, per 1,000 population")
    [refused] = read(sheets).set_aside
    assert "A5a" in refused.what and refused.problems[0].expected == "figures in offences"


def test_of_two_tables_with_the_same_figures_the_one_that_says_no_more_is_kept() -> None:
    sheets = years_side_by_side("among adults aged 16 and over, quintuplets only")
    sheets["Table 2"] = years_side_by_side("for adults aged 16 and over")["Table 1"]
    sheets["Table 2"][0][0] = sheets["Table 2"][0][0].replace("Table 1", "Table 2")
    sheets["Table 1"][3][1] = 20.5
    whole = [row for row in records(read(sheets).frame) if row["series"].startswith("csew.domestic_abuse")]
    assert {row["value"] for row in whole} == {3.5, 3.4} and {row["sheet"] for row in whole} == {"Table 2"}


def test_the_titles_that_are_known_say_no_more() -> None:
    assert more(as_released()) == {None} == more(read(release()))
