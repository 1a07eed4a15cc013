"""Units in headers, and codes in every place and writing: they decide nothing, unless they contradict the table. SYNTHETIC."""

import re
from collections.abc import Callable

import pytest
from small_releases import YEARS, Sheets, appendix, as_released, read
from test_layout_variations import figures

pytestmark = pytest.mark.slow

A5A, B2, B9 = " Any sheet ", "Table_B2", "Table_B9"
SUB_CODE = re.compile(r"(\d{3})/(\d{2}) - (.*)")


def found(sheets: Sheets, kind: str) -> list[str]:
    return [row["place"] + ": " + row["evidence"] for row in read(sheets).findings if row["kind"] == kind]


def with_unit(sheet: str, header: int, unit: str) -> Sheets:
    """A release with a unit in brackets in the headers of one table."""
    sheets = appendix()
    row = sheets[sheet][header]
    sheets[sheet][header] = [f"{cell}\n({unit})" if cell in YEARS else cell for cell in row]
    return sheets


@pytest.mark.parametrize("unit", ["number of offences", "number", "offences recorded", "count"])
def test_a_unit_in_a_header_decides_nothing(unit: str) -> None:
    assert figures(read(with_unit(A5A, 2, unit))) == figures(as_released())


IN_THEIR_UNIT = {
    unit: (f"figures in {unit}", "figures of those whom the series are of, in their unit")
    for unit in ("offences", "percent")
}


@pytest.mark.parametrize("unit", ["%", "1,000s", "rate per 1,000 population", "millions"])
def test_a_unit_that_contradicts_the_table_sets_it_aside(unit: str) -> None:
    reading = read(with_unit(A5A, 2, unit))
    [refused] = [refused for refused in reading.set_aside if "Table A5a" in refused.what]
    assert refused.problems[0].expected in IN_THEIR_UNIT["offences"] and unit in refused.problems[0].value
    assert {row["layout"] for row in reading.tables if row["status"] == "read"} >= {"b2", "b9a"}


def test_a_count_in_a_header_of_shares_sets_the_table_aside() -> None:
    sheets = appendix()
    rows = sheets[B9]
    at = next(at for at, row in enumerate(rows) if row and str(row[-1]).endswith("(%)"))
    rows[at] = [str(cell).replace("(%)", "(number of offences)") for cell in rows[at]]
    [refused] = read(sheets).set_aside
    assert refused.problems[0].expected in IN_THEIR_UNIT["percent"]


def test_a_change_in_percent_in_brackets_is_no_unit() -> None:
    sheets = appendix()
    sheets[A5A][2][-1] = f"{YEARS[1]} (percentage change)"
    assert figures(read(sheets)) == figures(as_released())


def in_labels(form: str) -> Callable[[Sheets], None]:
    """Codes of A5a in the cells of the labels."""

    def change(sheets: Sheets) -> None:
        rows = sheets[A5A]
        sheets[A5A] = rows[:2] + [
            [form.format(code=row[0], label=row[1]) if row[0] and at else row[1], *row[2:]] for at, row in enumerate(rows[2:])
        ]  # fmt: skip

    return change


def sub_codes(form: str) -> Callable[[Sheets], None]:
    """Sub-codes of B2 written otherwise."""

    def change(sheets: Sheets) -> None:
        for row in sheets[B2]:
            if row and (match := SUB_CODE.fullmatch(str(row[0]))):
                row[0] = form.format(code=match[1], short=int(match[1]), sub=match[2], label=match[3])

    return change


def own_column(sheets: Sheets) -> None:
    """Sub-codes of B2 in a column of their own."""
    rows = sheets[B2]
    for at, row in enumerate(rows[2:], start=2):
        match = SUB_CODE.fullmatch(str(row[0]))
        rows[at] = [f"{match[1]}/{match[2]}", match[3], *row[1:]] if match else [None, *row]
    rows[2][0] = "Offence code"


WRITINGS = {
    **{form: in_labels(form) for form in ("{code} {label}", "{code} - {label}", "{code}: {label}", "{label} ({code})")},
    **{form: sub_codes(form) for form in ("{label} ({code}/{sub})", "{short}.{sub} {label}", "{code}-{sub}: {label}",
                                          "{code} {sub} {label}", "{label} - {short}/{sub}")},
    "own column": own_column,
}  # fmt: skip


@pytest.mark.parametrize("writing", WRITINGS)
def test_codes_are_read_in_every_place_and_writing(writing: str) -> None:
    sheets = appendix()
    WRITINGS[writing](sheets)
    reading = read(sheets)
    assert figures(reading) == figures(as_released())
    assert not [row for row in reading.findings if row["kind"] == "row_not_known"]


def rates() -> list[list[object]]:
    """A table of rates with the rows of A5a, as the publisher's A7 is."""
    rows = appendix()[A5A]
    title = "Table A7: Police recorded crime rates by offence, rates per 1,000 population [notes 2, 68]"
    return [[title], *[[cell / 10 if isinstance(cell, int) and at > 1 else cell for at, cell in enumerate(row)]
                       for row in rows[1:]]]  # fmt: skip


@pytest.mark.parametrize("damage", ["title", "header", "sheet"])
def test_a_table_of_rates_is_never_taken_for_one_that_could_not_be_read(damage: str) -> None:
    sheets = appendix()
    if damage == "title":
        sheets[A5A][0] = ["Something else"]
    elif damage == "header":
        sheets[A5A][2] = ["?", "?", "One", "Two", "Three"]
    else:
        del sheets[A5A]
    reading = read(sheets | {"Table_A7": rates()})
    assert not any(series.startswith("prc.a5a.") for series in reading.frame["series"])
    assert not [row for row in reading.findings if row["kind"] == "title_reworded"]
    assert not [refused.what for refused in reading.set_aside if "Table A7" in refused.what], (
        "nor is it said to be damaged"
    )


def test_a_sheet_that_lost_its_title_is_known_by_its_name() -> None:
    sheets = {("Table_A5a" if name == A5A else name): rows for name, rows in appendix().items()}
    sheets["Table_A5a"][0] = [None]
    assert figures(read(sheets)) == figures(as_released())
    [said] = found(sheets, "title_reworded")
    assert "the name of a sheet without one" in said
