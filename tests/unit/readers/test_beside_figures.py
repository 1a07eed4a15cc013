"""Columns that say how sure figures are, SYNTHETIC: read with the figures that they are of, wherever their names stand."""

from typing import Any

import pytest
from small_releases import read
from test_by_data_alone import PERIODS, release

from assets.tables.records import records

SEXES = ("All", "Men", "Women")
OF = {"Estimate": 5.0, "Lower CI": 4.0, "Upper CI": 6.5, "Standard error": 0.6, "Unweighted base": 900}
SURE = ("Estimate", "Lower CI", "Upper CI")
MERGED = ["B4:D4", "E4:G4", "H4:J4"]


def figures(
    header: list[list[Any]], said: tuple[str, ...], merged: list[str] | None = None, groups: int = 3
) -> list[Any]:
    """Of the table with a header above, and so many columns for each sex or year: what each figure is, and what is said of it."""
    sheets = release()
    values = [OF[what] + (0 if what == "Unweighted base" else at / 10) for at in range(groups) for what in said]
    sheets["Table 1"] = [
        *sheets["Table 1"][:2],
        [],
        *header,
        ["Any domestic abuse", *values],
        ["Any partner abuse", *values],
    ]
    frame = read(sheets, merged={"Table 1": merged} if merged else None).frame
    return [
        (row["sex"], row["period_end"].year, *(row[name] for name in ("value", "lower", "upper", "standard_error", "base")))
        for row in records(frame) if row["series"] == "csew.domestic_abuse.old.16+.prevalence"
    ]  # fmt: skip


def spaced(names: tuple[str, ...], width: int) -> list[Any]:
    return [cell for name in names for cell in (name, *[None] * (width - 1))]


ABOVE = [[None, *spaced(SEXES, 3)], ["Type of abuse", *SURE * 3]]
OTHER_ORDER = ("Lower CI", "Estimate", "Upper CI")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "said", "merged"),
    [
        ([["Type of abuse", *(f"{sex}{what}" for sex in SEXES for what in ("", " lower 95% confidence limit", " UCL"))]], SURE,
          None),
        ([["Type of abuse", *(head for sex in SEXES for head in (sex, "Lower confidence limit", "Upper confidence limit"))]],
         SURE, None),
        (ABOVE, SURE, MERGED),
        (ABOVE, SURE, None),
        ([["Type of abuse", *spaced(SEXES, 3)], [None, *("Lower limit", "%", "Upper limit") * 3]], OTHER_ORDER, None),
        ([["Type of abuse", *spaced(SEXES, 3)], [None, *OTHER_ORDER * 3]], OTHER_ORDER, MERGED),
    ],
    ids=["in the name", "after the name", "below merged names", "below names", "lower first, below names", "lower first, merged"],
)  # fmt: skip
def test_limits_are_those_of_the_figure_they_stand_beside(
    header: list[list[Any]], said: tuple[str, ...], merged: list[str] | None
) -> None:
    assert figures(header, said, merged) == [
        ("all", 2024, 5.0, 4.0, 6.5, None, None),
        ("male", 2024, 5.1, 4.1, 6.6, None, None),
        ("female", 2024, 5.2, 4.2, 6.7, None, None),
    ]


@pytest.mark.parametrize("label_above", [True, False])
@pytest.mark.parametrize("merged", [["B4:D4", "E4:G4"], None])
def test_so_are_errors_and_bases_of_years(label_above: bool, merged: list[str] | None) -> None:
    """A column of standard errors that stood first below a year was read as its percentages."""
    said, blank = ("Type of abuse", None) if label_above else (None, "Type of abuse")
    header = [[said, *spaced(PERIODS, 3)], [blank, *("Standard error", "Unweighted base", "%") * 2]]
    assert figures(header, ("Standard error", "Unweighted base", "Estimate"), merged, groups=2) == [
        ("all", 2023, 5.0, None, None, 0.6, 900),
        ("all", 2024, 5.1, None, None, 0.7, 900),
    ]


def test_a_table_of_limits_alone_is_set_aside() -> None:
    sheets = release()
    sheets["Table 1"][1] = ["Lower 95% confidence limits"]
    [aside] = read(sheets).set_aside
    assert "Table 1" in aside.what and "'Lower 95% confidence limits'" in aside.problems[0].value


def test_a_limit_without_the_other_is_left_out_with_its_name() -> None:
    sheets = release()
    header = ["Type of abuse", *(cell for sex in SEXES for cell in (sex, f"{sex} lower limit"))]
    sheets["Table 1"] = [
        *sheets["Table 1"][:2],
        header,
        *([kind, 5, 4, 6, 5, 7, 6] for kind in ("Domestic abuse", "Partner abuse")),
    ]
    reading = read(sheets)
    assert {(row["value"], row["lower"]) for row in records(reading.frame) if "prev" in row["series"]} == {
        (5, None),
        (6, None),
        (7, None),
    }
    said = [row["evidence"] for row in reading.findings if row["kind"] == "column_not_known"]
    assert len(said) == 3 and "'All lower limit' says how sure figures are" in said[0]
