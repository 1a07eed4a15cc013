"""A publication by data alone: the ONS tables on domestic abuse prevalence, in a SYNTHETIC workbook of their shape."""

from typing import Any

import pytest
from kit import ROOT
from small_releases import all_layouts, read

from assets.archive.titled.read import TitledReading
from assets.tables.records import records
from assets.words.problems import BadInput

PERIODS = ("Apr 2022 to Mar 2023", "Apr 2023 to Mar 2024")
SEXES = ("Women", "Men", "All")


def release(title: str = "year ending March 2023 and year ending March 2024") -> dict[str, list[list[Any]]]:
    """Prevalence and victims, a row per kind of abuse, years side by side with women, men and all below each."""
    header = [
        ["Type of abuse", *(cell for period in PERIODS for cell in (period, None, None))],
        [None, *SEXES, *SEXES],
    ]

    def rows(first: float, step: float) -> list[list[Any]]:
        kinds = ("Any domestic abuse [note 2]", "Any partner abuse", "Stalking by a partner", "Economic abuse")
        return [
            [kind, *(round(first + step * (at + column), 1) for column in range(6))] for at, kind in enumerate(kinds)
        ]

    return {
        "Cover": [["Domestic abuse prevalence and victim characteristics, England and Wales: year ending March 2024"]],
        "Notes": [
            ["Notes"],
            ["Note number", "Note text"],
            [1, "Self-completion module."],
            [2, "Any of the kinds below."],
        ],
        "Table 1": [
            [
                f"Table 1: Prevalence of domestic abuse in the last year for people aged 16 and over, by sex, {title} [note 1]"
            ],
            ["England and Wales"],
            *header,
            *rows(5.0, 0.3),
            ["Unweighted base - number of adults", 1001, 902, 1903, "1,104", 1005, 2109],
        ],
        "Table 2": [
            [
                f"Table 2: Number of victims (1,000s) of domestic abuse in the last year, people aged 16 and over, {title}"
            ],
            [],
            *header,
            *rows(100.0, 7.0),
        ],
    }


def by_key(reading: TitledReading) -> dict[tuple[str, str, int], dict[str, Any]]:
    return {(row["series"], row["sex"], row["period_end"].year): dict(row) for row in records(reading.frame)}


def test_it_is_read_with_its_sexes_years_ages_and_bases() -> None:
    reading = read(release(), merged={"Table 1": ["B3:D3", "E3:G3"], "Table 2": ["B3:D3", "E3:G3"]})
    assert (reading.release["source"], reading.release["release"]) == ("ons_domestic_abuse", "ye-2024-03")
    found = by_key(reading)
    women = found["csew.domestic_abuse.old.16+.prevalence", "female", 2024]
    assert (women["value"], women["base"], women["age"], women["unit"], women["cell"]) == (
        5.9,
        1104,
        "16+",
        "percent",
        "E5",
    )
    assert women["period_type"] == "survey_year" and "[note 2] Any of the kinds below." in women["note"]
    assert found["csew.domestic_abuse.old.16+.prevalence", "male", 2023]["base"] == 902
    assert found["csew.partner_stalking.old.16+.prevalence", "all", 2024]["value"] == 7.1
    victims = found["csew.domestic_abuse.old.16+.victims", "all", 2023]
    assert (victims["value"], victims["unit"], victims["base"]) == (114, "thousand_persons", None)
    assert not any("unweighted" in series for series, _, _ in found), "bases are said with the figures"


def test_years_side_by_side_need_no_merged_cells() -> None:
    assert by_key(read(release())).keys() == by_key(read(release(), merged={"Table 1": ["B3:D3", "E3:G3"]})).keys()


def test_what_it_does_not_know_is_found_and_what_it_must_have_is_set_aside_alone() -> None:
    reading = read(release())
    assert any(row["kind"] == "row_not_known" and "Economic abuse" in row["evidence"] for row in reading.findings)
    sheets = release()
    del sheets["Table 1"][4]
    before, reading = by_key(read(release())), read(sheets)
    [lacking] = [row for row in reading.findings if row["kind"] == "record_set_aside"]
    assert "no row or column for domestic_abuse" in lacking["evidence"] and lacking["place"].endswith("Table 1")
    assert by_key(reading).keys() == {key for key in before if key[0] != "csew.domestic_abuse.old.16+.prevalence"}


def test_a_release_of_other_questions_is_set_aside() -> None:
    sheets = release("year ending March 2024 and year ending March 2025")
    for name in ("Table 1", "Table 2"):
        sheets[name][2][1], sheets[name][2][4] = "Apr 2023 to Mar 2024", "Apr 2024 to Mar 2025"
    with pytest.raises(BadInput, match="2024-03-31"):
        read(sheets)


def test_sexes_in_a_column_and_kinds_that_are_nearly_alike() -> None:
    """The shape and labels of the tables "by type of abuse and sex", as a public reading of them and its list of codes have them:
    https://github.com/GSS-Cogs/family-vawg. SYNTHETIC are the figures."""
    kinds = {
        "Any domestic abuse (partner or family non-physical abuse, threats, force, sexual assault or stalking)": "domestic_abuse",
        "Partner abuse - non-sexual": "partner_abuse_non_sexual",
        "Any sexual assault (including attempts) by a partner": "partner_sexual_assault",
        "Sexual assault by rape or penetration (including attempts) by a partner": "partner_rape_or_penetration",
        "Indecent exposure or unwanted sexual touching by a partner": None,
        "Stalking by a partner/ex-partner": "partner_stalking",
        "Family abuse - non-sexual": "family_abuse_non_sexual",
    }
    sheets = release()
    sheets["Table 1"] = [
        ["Table 3: Prevalence of domestic abuse in the last year among adults aged 16 to 59 years, by type of abuse and sex, "
         "year ending March 2019 to year ending March 2020 [note 1]"],
        ["Type of abuse", "Sex", "Apr 2018 to\nMar 2019", "Apr 2019 to\nMar 2020 [note 2]", "Statistically significant change"],
        *([kind, sex, at + 0.1, at + 0.2, "No"] for at, kind in enumerate(kinds) for sex in SEXES),
        *(["Unweighted base - number of adults", sex, base, base + 1, None] for sex, base in zip(SEXES, (8, 7, 15), strict=True)),
    ]  # fmt: skip
    del sheets["Table 2"]
    reading = read(sheets)
    found = by_key(reading)
    assert {key: (row["value"], row["base"]) for key, row in found.items() if key[1:] == ("female", 2020)} == {
        (f"csew.{topic}.old.16-59.prevalence", "female", 2020): (at + 0.2, 9)
        for at, topic in enumerate(kinds.values())
        if topic is not None
    }
    assert found["csew.domestic_abuse.old.16-59.prevalence", "all", 2019]["base"] == 15


@pytest.mark.parametrize("label_above", [True, False])
def test_years_may_stand_below_the_sexes(label_above: bool) -> None:
    sheets = release()
    said, blank = ("Type of abuse", None) if label_above else (None, "Type of abuse")
    header = [[said, *(cell for sex in SEXES for cell in (sex, None))], [blank, *PERIODS * 3]]
    sheets["Table 1"][2:4] = header
    found = by_key(read(sheets))
    of_all = "csew.domestic_abuse.old.16+.prevalence"
    values = {(sex, year): row["value"] for (series, sex, year), row in found.items() if series == of_all}
    assert values == {("female", 2023): 5.0, ("female", 2024): 5.3, ("male", 2023): 5.6, ("male", 2024): 5.9,
                      ("all", 2023): 6.2, ("all", 2024): 6.5}  # fmt: skip
    assert found[of_all, "male", 2023]["base"] == 1903


def test_ages_in_the_headers_go_before_those_of_the_title() -> None:
    sheets = release()
    ages = ("aged 16 and over", "aged 16 to 59 years")
    sheets["Table 1"][2:4] = [["Type of abuse", *(f"{sex} {age}, {PERIODS[1]}" for age in ages for sex in SEXES)]]
    rows = {(row["series"], row["sex"]): (row["value"], row["age"], row["base"]) for row in records(read(sheets).frame)}
    assert rows["csew.domestic_abuse.old.16+.prevalence", "male"] == (5.3, "16+", 902)
    assert rows["csew.domestic_abuse.old.16-59.prevalence", "female"] == (5.9, "16-59", 1104)


def test_the_older_shape_with_superscripts_and_no_header_of_its_labels() -> None:
    """Sexes two rows above short years, notes as flattened superscripts, as the publisher's survey tables of 2019 had them:
    https://github.com/GSS-Cogs/family-vawg reads such tables. SYNTHETIC are the figures."""
    years = ("Apr '17 to Mar '18⁴", "Apr '18 to Mar '19")
    sheets = {"Cover": [["Domestic abuse prevalence and victim characteristics - Appendix tables, year ending March 2019"]],
              "Table 3b": [
        ["Table 3b: Prevalence of domestic abuse in the last year among adults aged 16 to 59, by type of abuse and sex, "
         "year ending March 2018 to year ending March 20191"],
        ["England and Wales", "Adults aged 16 to 593"],
        [None, "Men", None, "Women", None],
        [],
        [None, *years, *years],
        [None, "% victims once or more", None, "% victims once or more", None],
        ["ANY DOMESTIC ABUSE (partner or family non-physical abuse, threats, force, sexual assault or stalking)2",
         4, 4.1, 7.9, 7.5],
        ["Stalking by a partner", 0.5, 0.4, 1.5, 1.4],
        ["Unweighted base - number of adults5", "7,000", 7100, 8000, 8100],
    ]}  # fmt: skip
    found = by_key(read(sheets))
    women = found["csew.domestic_abuse.old.16-59.prevalence", "female", 2019]
    assert (women["value"], women["base"], women["cell"]) == (7.5, 8100, "E7")
    assert found["csew.partner_stalking.old.16-59.prevalence", "male", 2018]["base"] == 7000 and len(found) == 8


@pytest.mark.parametrize(
    ("known", "series", "why"),
    [
        ("Stalking by a partner", "partner_stalking", "nearest"),
        ("Any sexual assault (including attempts) by a partner", "partner_sexual_assault", "like row"),
    ],
)
def test_a_row_that_is_only_like_a_known_one_does_not_cost_it(known: str, series: str, why: str) -> None:
    sheets, like = release(), f"{known} or another"
    rows = [row for row in sheets["Table 1"] if not row or row[0] != known]
    sheets["Table 1"] = [*rows[:6], [like, 1, 2, 3, 4, 5, 6], [known, 7, 7, 7, 7, 7, 7.1], *rows[6:]]
    reading = read(sheets)
    assert by_key(reading)[f"csew.{series}.old.16+.prevalence", "all", 2024]["value"] == 7.1
    said = [row["evidence"] for row in reading.findings if row["kind"] == "row_not_known"]
    assert any(like in text and why in text for text in said)


@pytest.mark.parametrize(
    "label",
    ["Economic abuse by a partner", "Any partner abuse - women", "Partner abuse in Wales", "Partner abuse - sexual",
     "Male partner abuse", "Weighted base - number of adults"],
)  # fmt: skip
def test_a_row_that_says_more_than_a_known_one_is_not_it(label: str) -> None:
    """Each was read as all partner abuse, or as the base, in a table without a row of just that."""
    sheets = release()
    sheets["Table 1"] = [
        [label, *row[1:]] if row and row[0] == "Any partner abuse" else row for row in sheets["Table 1"][:8]
    ]
    reading = read(sheets)
    assert not any("partner_abuse" in key[0] or row["base"] for key, row in by_key(reading).items() if "prev" in key[0])
    assert any(repr(label) in row["evidence"] for row in reading.findings if row["kind"] == "row_not_known")


def test_no_python_names_it() -> None:
    assert "ons_domestic_abuse" in [one.publication for one in all_layouts()]
    for room in ("assets", "schemas", "pipelines"):
        assert not [
            path for path in (ROOT / room).rglob("*.py") if "ons_domestic_abuse" in path.read_text(encoding="utf-8")
        ]


def beside(*header: str) -> dict[str, list[list[Any]]]:
    """The prevalence table with columns beside its labels, printed once for the rows that they are of."""
    sheets = release()
    rows = [
        ["Any domestic abuse", "Women", 6.1, 6.6],
        [None, "Men", 3.0, 3.5],
        [None, "All", 4.4, 4.8],
        ["Stalking by a partner", "Women", 1.1, 1.2],
        [None, "Men", 0.4, 0.5],
        [None, "Wombats", 9.4, 9.5],
        ["Unweighted base - number of adults", "Women", 1001, 1104],
        [None, "Men", 902, 1005],
    ]
    sheets["Table 1"] = [*sheets["Table 1"][:2], ["Type of abuse", "Sex", *PERIODS], *rows]
    return sheets


@pytest.mark.parametrize("merged", [{}, {"Table 1": ["A4:A6", "A7:A9", "A10:A11"]}], ids=["blank", "merged"])
def test_a_column_beside_the_labels_may_say_the_sex(merged: dict[str, list[str]]) -> None:
    reading = read(beside(), merged=merged)
    found = {key: (row["value"], row["base"]) for key, row in by_key(reading).items() if "prevalence" in key[0]}
    abuse, stalking = "csew.domestic_abuse.old.16+.prevalence", "csew.partner_stalking.old.16+.prevalence"
    assert found == {
        (abuse, "female", 2023): (6.1, 1001), (abuse, "female", 2024): (6.6, 1104),
        (abuse, "male", 2023): (3.0, 902), (abuse, "male", 2024): (3.5, 1005),
        (abuse, "all", 2023): (4.4, None), (abuse, "all", 2024): (4.8, None),
        (stalking, "female", 2023): (1.1, 1001), (stalking, "female", 2024): (1.2, 1104),
        (stalking, "male", 2023): (0.4, 902), (stalking, "male", 2024): (0.5, 1005),
    }  # fmt: skip
    assert any("'Wombats' is no sex" in row["evidence"] for row in reading.findings)


def test_columns_beside_the_labels_may_say_age_area_and_period() -> None:
    sheets = beside()
    sheets["Table 1"][2:] = [
        ["Type of abuse", "Year", "Age group", "Region", "Women", "Men"],
        ["Any domestic abuse", PERIODS[0], "16 to 19", "West Midlands", 9.1, 4.1],
        ["Any domestic abuse", PERIODS[1], "All ages", "Wales", 9.2, 4.2],
        ["Any domestic abuse", "Apr 2033 to Mar 2034", "All ages", "Wales", 9.3, 4.3],
        ["Any domestic abuse", PERIODS[1], "old", "Wales", 9.4, 4.4],
    ]
    reading = read(sheets)
    figures = [row for row in records(reading.frame) if "prevalence" in row["series"] and row["sex"] == "female"]
    assert [(row["value"], row["age"], row["area_code"], str(row["period_end"])) for row in figures] == [
        (9.1, "16-19", "E12000005", "2023-03-31"),
        (9.2, "16+", "W92000004", "2024-03-31"),
    ]
    [said] = [
        row["evidence"] for row in reading.findings if row["kind"] == "row_not_known" and "'old'" in row["evidence"]
    ]
    assert "'old' is no age" in said and "2034' is no period" in said


WINDOWS = ("Since age 16", "In the last year")


@pytest.mark.parametrize("header", ["in the header", "above", "above, merged"])
def test_the_time_asked_about_may_stand_in_the_header(header: str) -> None:
    """Table 1 as the publisher has it since the year to March 2022, with "Women in the last year" among its headers:
    https://github.com/ONSdigital/sdg_data_updates (5-2-1) reads it. SYNTHETIC are the figures."""
    sheets = release()
    names = [f"{sex} {window.casefold()}" for window in WINDOWS for sex in SEXES]
    lines = [["Type of abuse [note 4]", *names]]
    if header != "in the header":
        lines = [[None, *(cell for window in WINDOWS for cell in (window, None, None))], ["Type of abuse", *SEXES * 2]]
    sheets["Table 1"] = [
        ["Table 1: Prevalence of domestic abuse among adults aged 16 years and over, by type of abuse and sex, "
         "year ending March 2024"],
        ["England and Wales"], *lines,
        ["Any domestic abuse", 27.1, 15.2, 21.3, 6.6, 3.5, 4.8],
        ["Stalking by a partner", 9.1, 2.2, 5.3, 1.1, 0.5, 0.8],
    ]  # fmt: skip
    found = by_key(read(sheets, merged={"Table 1": ["B3:D3", "E3:G3"]} if header.endswith("merged") else None))
    values = {key[:2]: row["value"] for key, row in found.items() if "prevalence" in key[0]}
    assert values == {
        (f"csew.{topic}.old.16+.prevalence{since}", sex): value
        for topic, since, of_sexes in (
            ("domestic_abuse", ".since_16", (27.1, 15.2, 21.3)), ("domestic_abuse", "", (6.6, 3.5, 4.8)),
            ("partner_stalking", ".since_16", (9.1, 2.2, 5.3)), ("partner_stalking", "", (1.1, 0.5, 0.8)),
        )
        for sex, value in zip(("female", "male", "all"), of_sexes, strict=True)
    }  # fmt: skip


def test_what_stands_below_a_heading_of_another_time_is_left_out_with_its_name() -> None:
    sheets = release()
    sheets["Table 1"] += [["Once or more since age 16"], ["Family abuse - non-sexual", 9, 9, 9, 9, 9, 9]]
    reading = read(sheets)
    assert not any("family" in series for series, _, _ in by_key(reading))
    assert any("'Once or more since age 16'" in row["evidence"] for row in reading.findings)


@pytest.mark.parametrize("title", [["Table 1: (continued)"], ["Table 1 (continued)"], []])
def test_a_table_goes_on_below_or_on_a_sheet_that_says_only_that(title: list[str]) -> None:
    sheets, whole = release(), by_key(read(release()))
    rows = sheets["Table 1"]
    sheets["Table 1"], sheets["Table 1 (continued)"] = rows[:6], [title, *rows[2:4], *rows[6:]]
    parts = by_key(read(sheets))
    assert {key: row["value"] for key, row in parts.items()} == {key: row["value"] for key, row in whole.items()}


def test_a_second_table_that_cannot_be_read_is_told() -> None:
    """Table 6 of the publisher's workbook, by personal characteristics, was lost beside Table 1 without a word."""
    sheets = release()
    title = "Table 6: Prevalence of domestic abuse in the last year, people aged 16 and over, year ending March 2024"
    sheets["Table 6"] = [[title], ["Characteristic", "Group", "Any abuse, women"], ["Ethnic group", "White", 5.1]]
    reading = read(sheets)
    [told] = [row for row in reading.findings if row["kind"] == "table_not_read"]
    assert "Table 6" in told["place"] and "'Characteristic'" in told["evidence"] and not reading.set_aside


def test_two_sheets_that_exchanged_their_titles_are_set_aside() -> None:
    sheets = release()
    sheets["Table 1"][0], sheets["Table 2"][0] = sheets["Table 2"][0], sheets["Table 1"][0]
    with pytest.raises(BadInput, match="the sheet 'Table 2' is called after Table 2"):
        read(sheets)
