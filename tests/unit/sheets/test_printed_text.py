"""Labels, notes, superscripts, periods, values and codes in every form that the publications print."""

import datetime

import pytest
from kit import ROOT

from assets.archive.publications.ons_population.sheet import MID
from assets.archive.reading.codes import offence_code
from assets.archive.reading.marks import marks
from assets.archive.reading.names import nearest
from assets.archive.reading.notes import note_text
from assets.archive.reading.periods import financial_quarter, named, period
from assets.archive.reading.text import fold, label
from assets.archive.reading.values import text_number, text_value
from assets.methods.rounding import printed_interval


@pytest.mark.parametrize(
    ("printed", "text", "notes"),
    [
        ("Offence\n code", "Offence code", ()),
        ("Fraud [note 9][note 10]", "Fraud", (9, 10)),
        ("VIOLENCE [notes 4, 5]", "VIOLENCE", (4, 5)),
        ("Wounding [note 12,13]", "Wounding", (12, 13)),
        ("Trafficking for sexual exploitation [note 23, 28 ]", "Trafficking for sexual exploitation", (23, 28)),
        ("number of offences [note1]", "number of offences", (1,)),
        ("2.1. Rape [note 3]", "Rape", (3,)),
        ("10) 008/67 - Engage in", "008/67 - Engage in", ()),
        ("1.5 per 1,000", "1.5 per 1,000", ()),
        ("All sexual offences - non-recent \xa0[notes 2, 3]", "All sexual offences - non-recent", (2, 3)),
    ],
)
def test_notes_are_taken_off_a_label_and_kept(printed: str, text: str, notes: tuple[int, ...]) -> None:
    found = label(printed)
    assert (found.text, found.notes, found.malformed) == (text, notes, ())


def test_a_malformed_note_is_kept_and_named() -> None:
    found = label("Domestic burglary [37]")
    assert (found.text, found.notes, found.malformed) == ("Domestic burglary", (37,), ("[37]",))


@pytest.mark.parametrize(
    ("printed", "text", "notes"),
    [
        ("Stalking and harassment4", "Stalking and harassment", (4,)),
        ("Stalking and harassment 4", "Stalking and harassment", (4,)),
        ("Total recorded crime (excluding fraud4)", "Total recorded crime (excluding fraud)", (4,)),
        ("Residential burglary (households) 7,8,10", "Residential burglary (households)", (7, 8, 10)),
        ("Population figures\n (mid-2016)4  rounded to 100", "Population figures (mid-2016) rounded to 100", (4,)),
        ("ENGLAND AND WALES11", "ENGLAND AND WALES", (11,)),
        ("YE March 20191,2", "YE March 2019", (1, 2)),
        ("year ending June 181,2", "year ending June 18", (1, 2)),
        ("Rate per 1,000 population", "Rate per 1,000 population", ()),
        ("year ending June 2019", "year ending June 2019", ()),
        ("Percentage change5,6", "Percentage change", (5, 6)),
    ],
)
def test_flattened_superscripts_are_told_from_numbers(printed: str, text: str, notes: tuple[int, ...]) -> None:
    found = label(printed, superscripts=True)
    assert (found.text, found.notes) == (text, notes)


def test_spellings_of_one_label_fold_to_one_form() -> None:
    assert fold("TOTAL RECORDED CRIME – ALL OFFENCES  EXCLUDING FRAUD & COMPUTER MISUSE ") == fold(
        "Total recorded crime - all offences excluding fraud and computer misuse*"
    )


@pytest.mark.parametrize(
    ("printed", "start", "end", "kind"),
    [
        ("Apr 2022 to\n Mar 2023", "2022-04-01", "2023-03-31", "year"),
        ("Jan 2025 to Dec 2025", "2025-01-01", "2025-12-31", "year"),
        ("1 January to 31 December 2024", "2024-01-01", "2024-12-31", "year"),
        ("between April and June 2024", "2024-04-01", "2024-06-30", "quarter"),
        ("between 1st April and 30th June 2024", "2024-04-01", "2024-06-30", "quarter"),
        ("Oct 2024 \n Sep 2025\n (%)", "2024-10-01", "2025-09-30", "year"),
        ("Apr 2012 to Mar 2013\n[note 6]", "2012-04-01", "2013-03-31", "year"),
        ("Jan 1995 to\n Dec 1995 Significance", "1995-01-01", "1995-12-31", "year"),
        ("YE March 20191,2", "2018-04-01", "2019-03-31", "year"),
        ("Year ending June 2025", "2024-07-01", "2025-06-30", "year"),
        ("Year ending 31 March 2026", "2025-04-01", "2026-03-31", "year"),
        ("Financial year ending March 2019", "2018-04-01", "2019-03-31", "year"),
        ("Financial year 2018/19", "2018-04-01", "2019-03-31", "year"),
        ("Rolling year to Sep 2025", "2024-10-01", "2025-09-30", "year"),
        ("1 April 2025 to 31 March 2026", "2025-04-01", "2026-03-31", "year"),
        ("12 months to March 2026 [p]", "2025-04-01", "2026-03-31", "year"),
        ("12 months to the end of March 2026", "2025-04-01", "2026-03-31", "year"),
        ("Calendar year 2024", "2024-01-01", "2024-12-31", "year"),
        ("financial year ending 2024", "2023-04-01", "2024-03-31", "year"),
        ("Twelve months ended Mar 2026", "2025-04-01", "2026-03-31", "year"),
        ("Apr 2025 to Mar 2026 (provisional)", "2025-04-01", "2026-03-31", "year"),
        ("Jul 2025 to\n Jun 2026 [r]", "2025-07-01", "2026-06-30", "year"),
        ("Jul 2025 to Jun 2026(p)", "2025-07-01", "2026-06-30", "year"),
        ("Jul 2025 to Jun 2026 p", "2025-07-01", "2026-06-30", "year"),
        ("Jul 2025 to Jun 2026\nProvisional", "2025-07-01", "2026-06-30", "year"),
        ("Jul 2025 to Jun 2026 (%) [provisional]", "2025-07-01", "2026-06-30", "year"),
        ("Jul 2025 to Jun 2026 [note 3, note 5]", "2025-07-01", "2026-06-30", "year"),
        ("Jul 2025 to Jun 2026*", "2025-07-01", "2026-06-30", "year"),
        ("YE Dec 2018", "2018-01-01", "2018-12-31", "year"),
        ("2017/18", "2017-04-01", "2018-03-31", "year"),
        ("2017-2018", "2017-04-01", "2018-03-31", "year"),
        ("Q2 2018/19", "2018-07-01", "2018-09-30", "quarter"),
        ("Q4 2018/19", "2019-01-01", "2019-03-31", "quarter"),
        ("Q1 2018", "2018-01-01", "2018-03-31", "quarter"),
        ("Jan to Mar 2024", "2024-01-01", "2024-03-31", "quarter"),
        ("Jul 2024 to \nSep 2024", "2024-07-01", "2024-09-30", "quarter"),
        ("Apr 2024 to Sep 2024", "2024-04-01", "2024-09-30", "half_year"),
        ("Oct 2023", "2023-10-01", "2023-10-31", "month"),
        ("February 2024", "2024-02-01", "2024-02-29", "month"),
        ("Mid-2023", "2023-06-30", "2023-06-30", "mid_year"),
        ("Jan 2023 to\n Mar 2024\n(%)", "2023-01-01", "2024-03-31", "multi_year"),
        (datetime.date(2023, 10, 1), "2023-10-01", "2023-10-31", "month"),
    ],
)
def test_periods_in_every_printed_form(printed: str, start: str, end: str, kind: str) -> None:
    span = period(printed, superscripts=True)
    assert span is not None
    assert (span.start.isoformat(), span.end.isoformat(), span.period_type) == (start, end, kind)


@pytest.mark.parametrize(
    "printed",
    [
        "Offence",
        "1 April 2025 to 30 March 2026",
        "Year ending 30 March 2026",
        "Oct to Dec\n2023 and 2024\n(% change)",
        "2017/19",
        "Mar 2024 to Apr 2023",
        "",
        7,
    ],
)
def test_what_is_no_period_is_none(printed: object) -> None:
    assert period(printed) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "year", ["2025/26", "2025-2026", "2025_26", "FY 2025/26 [note 3]", "Apr 2025 to Mar 2026", "YE March 2026"]
)
@pytest.mark.parametrize(
    "quarter", ["4", "Q4", "Quarter 4 [p]", "4.0", "Q4 2025/26", "Jan to Mar 2026", "4th", "4th quarter"]
)
def test_a_financial_year_and_quarter_in_two_columns(year: str, quarter: str) -> None:
    assert str(financial_quarter(year, quarter)) == "2026-01-01 to 2026-03-31"


@pytest.mark.parametrize(("year", "quarter"), [("2025", "1"), ("2025/26", "5"), ("2025 to 2027", "1"), ("2025/26", "Q4 2024/25"),
                                               ("Jan 2025 to Dec 2025", "1")])  # fmt: skip
def test_what_is_no_financial_quarter(year: str, quarter: str) -> None:
    assert financial_quarter(year, quarter) is None


def test_periods_named_in_a_title_are_found_in_order() -> None:
    title = "percentage change, year ending June 2017 compared with year ending June 20181,2"
    assert [str(period.end) for period in named(title, superscripts=True)] == ["2017-06-30", "2018-06-30"]
    ends = [str(period.end) for period in named("the years to March 2023, 2024 and June 2025, and 2,026 others")]
    assert ends == ["2023-03-31", "2024-03-31", "2025-06-30"]
    assert [str(period) for period in named("by offence, October 2023 to September 2025 [notes 1, 2]")] == [
        "2023-10-01 to 2025-09-30"
    ]


SHORTHAND = marks(ROOT / "data")


def test_numbers_printed_as_text_and_markers() -> None:
    assert text_number("31,454") == 31454
    assert text_number("170,002 ") == 170002
    assert text_number("−5") == -5
    assert text_number("31,45") is None
    assert [text_number(f"2{space}063") for space in " \u00a0\u2009\u202f"] == [2063] * 4
    marker, number = text_value("[ X ]", SHORTHAND), text_value(" 8 ", SHORTHAND)
    assert marker and (marker.number, marker.status) == (None, "missing")
    assert number and (number.number, number.as_text) == (8, True)
    assert text_value("n.k.", SHORTHAND) is None
    assert text_value("5 [r, q]", SHORTHAND) is None
    assert text_value("1 to 4 of 9", SHORTHAND) is None


@pytest.mark.parametrize(
    "printed", ["[c]", "[x]", "[z]", "[w]", "[u]", "[low]", "[k]", "..", ":", "<5", "1 to 4", "Fewer than 10"]
)
def test_a_marker_has_a_status_and_never_a_number(printed: str) -> None:
    cell_value = text_value(printed, SHORTHAND)
    assert (
        cell_value is not None
        and cell_value.number is None
        and cell_value.status in ("missing", "suppressed", "not_applicable")
    )


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1,234 [r]", 1234),
        ("1,234 (r)", 1234),
        ("1,234r", 1234),
        ("12.5[p]", 12.5),
        ("7 [note 3]", 7),
        ("7 [note 3][note 4] [e]", 7),
        ("3.2 [u]", 3.2),
        ("567¹", 567),
        ("567¹⁰", 567),
        ("1,234 ¹,²", 1234),
        ("1,234*", 1234),
        ("12.5**", 12.5),
        ("1,234† [r]", 1234),
        ("1,234 a,b", 1234),
        ("1,234a", 1234),
        ("7 [1, 2]", 7),
        ("'1,234", 1234),
        ("1.23457E+05", 123457),
        ("12,395 [r, p]", 12395),
    ],
)
def test_marks_and_notes_may_stand_behind_a_number(printed: str, number: float) -> None:
    cell_value = text_value(printed, SHORTHAND)
    assert cell_value is not None and (cell_value.number, cell_value.status) == (number, "normal")
    # What rounds to it is read from the same print.
    assert number in printed_interval(printed, number, "percent")


@pytest.mark.parametrize("printed", ["[x] [r]", "[x][note 3]", "[x]²", "[x]*"])
def test_marks_and_notes_may_stand_behind_a_marker(printed: str) -> None:
    cell_value = text_value(printed, SHORTHAND)
    assert cell_value is not None and (cell_value.number, cell_value.status) == (None, "missing")


def test_raised_figures_are_notes_and_daggers_nothing() -> None:
    found = label("Stalking¹,² and harassment³†")
    assert (found.text, found.notes) == ("Stalking and harassment", (1, 2, 3))
    assert offence_code("8L¹") == "8L"


@pytest.mark.parametrize("printed", ["mid-2023", "Mid–2023", "mid 2023", "mid-year 2023", "Mid-Year 2023"])
def test_mid_years(printed: str) -> None:
    assert [period.period_type for period in named(printed)] == ["mid_year"] and MID.findall(printed) == ["2023"]


def test_a_day_is_no_month() -> None:
    assert named("Published 23 April 2027, next on 22nd July 2027") == []
    assert [str(period) for period in named("April 2027")] == ["2027-04-01 to 2027-04-30"]


@pytest.mark.parametrize("printed", ["7 [x]", "7 [c]", "[r]", "7 [what]", "7 (8)", "7k", "7 m", "8L", "[note 3]"])
def test_a_number_beside_a_marker_that_there_is_none_is_refused(printed: str) -> None:
    assert text_value(printed, SHORTHAND) is None


def test_shorthand_beside_a_label_is_kept_apart_from_it() -> None:
    found = label("Apr 2025 to\n Mar 2026 [note 5] [P]")
    assert (found.text, found.cited) == ("Apr 2025 to Mar 2026", (5, "[p]"))
    assert note_text(found.cited, {5: "Provisional."}, SHORTHAND.beside) == "[note 5] Provisional. [p] provisional"
    assert label("YE March 2026 (Revised)").cited == ("[r]",) and label("8R").text == "8R"


@pytest.mark.parametrize("printed", ["[notes 2 to 4]", "[note 2, note 3, note 4]", "[notes 2–4]", "[note 2; 3 & 4]"])
def test_every_note_of_a_list_is_cited(printed: str) -> None:
    assert (label(f"Rape {printed}").text, label(f"Rape {printed}").notes) == ("Rape", (2, 3, 4))


@pytest.mark.parametrize(
    ("cell", "code"),
    [("8L ", "8L"), (4.1, "4.1"), ("4.10", "4.10"), ("21.0", "21"), ("4.4/6/8", "4.4/6/8"), (1.0, "1"), ("*19C*", "19C"),
     ("37/2", "37/2"), ("21.00", "21"), ("'21", "21"),
     ("1/4.1/4.2", "1/4.1/4.2"), ("AF", "AF"), ("", None), (802.0, "802"), ("008l", "8L"),
     ("004.10", "4.10"), ("8U [note 22]", "8U")],
)  # fmt: skip
def test_offence_codes(cell: object, code: str | None) -> None:
    assert offence_code(cell) == code  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [43500.0, "43500", datetime.date(2019, 2, 4), "no code"])
def test_a_date_in_a_code_column_is_an_error(cell: object) -> None:
    with pytest.raises(ValueError, match=r"date|nocode"):
        offence_code(cell)  # type: ignore[arg-type]


def test_the_nearest_candidates_are_named() -> None:
    assert "'Sexual offences'" in nearest("Sexal offences", ["Sexual offences", "Robbery"])
    assert nearest("zzz", ["Robbery"]) == "nothing known is near it"
