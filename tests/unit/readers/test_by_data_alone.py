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


def test_what_it_does_not_know_is_found_and_what_it_must_have_refuses_its_table() -> None:
    reading = read(release())
    assert any(one["kind"] == "row_not_known" and "Economic abuse" in one["evidence"] for one in reading.findings)
    sheets = release()
    del sheets["Table 1"][4]
    reading = read(sheets)
    assert "domestic_abuse" in reading.set_aside[0].problems[0].value
    assert {series.rsplit(".", 1)[1] for series, _, _ in by_key(reading)} == {"victims"}


def test_a_release_of_other_questions_is_set_aside() -> None:
    sheets = release("year ending March 2024 and year ending March 2025")
    for name in ("Table 1", "Table 2"):
        sheets[name][2][1], sheets[name][2][4] = "Apr 2023 to Mar 2024", "Apr 2024 to Mar 2025"
    with pytest.raises(BadInput, match="2024-03-31"):
        read(sheets)


def test_no_python_names_it() -> None:
    assert "ons_domestic_abuse" in [one.publication for one in all_layouts()]
    for room in ("assets", "schemas", "pipelines"):
        assert not [
            path for path in (ROOT / room).rglob("*.py") if "ons_domestic_abuse" in path.read_text(encoding="utf-8")
        ]
