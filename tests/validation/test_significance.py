"""What the publisher says of significance, against the facts it was read from and the figures it speaks of."""

import re
from collections import Counter

import pytest
from kit import ROOT, read_rows

FACTS = ROOT.parent / "shared" / "facts" / "figures-2.csv"
Row = dict[str, str]


# The figures are printed in thousands, to a tenth of a percent, and rates in full; the changes from what is not rounded.
HALF_A_PRINTED_DIGIT = {"incidents": 0.5, "victims": 0.5, "prevalence": 0.05, "incidence_rate": 0.0}
STATEMENTS = read_rows(ROOT / "data" / "reference" / "official_significance.csv")


def test_every_statement_of_the_facts_stands_in_the_table_with_its_doubt() -> None:
    if not FACTS.is_file():
        pytest.skip(f"the material the statements were read from is not here: {FACTS}")
    seen = [row for row in read_rows(FACTS) if row["topic"] == "official_significance"]
    assert len(STATEMENTS) == len(seen) == 322
    said = Counter((r["period_end"], r["sex"], r["age"], r["significant"], bool(r["doubt"])) for r in STATEMENTS)
    assert said == Counter(
        (r["period_end"], r["sex"], r["age"], "true" if r["value"] == "1" else "false", r["doubt"] == "1") for r in seen
    )


def test_a_statement_compares_two_periods_or_the_sexes_and_names_a_known_series() -> None:
    series = {row["series"]: row for row in read_rows(ROOT / "data" / "reference" / "series.csv")}
    for row in STATEMENTS:
        about = series[row["series"]]
        assert about["age_base"] == row["age"] and about["table"] == "survey.estimate", row
        if row["compares"] == "periods":
            assert row["earlier_end"] < row["period_end"], row
        else:
            assert (row["earlier_start"], row["earlier_end"]) == ("", ""), row


def test_the_change_printed_beside_a_mark_is_that_of_the_two_figures() -> None:
    """A mark in the wrong row or under the wrong year would stand beside another change than its figures make."""
    held = {
        (row["series"], row["period_end"]): float(row["value"])
        for row in read_rows(ROOT / "data" / "figures" / "survey_estimates.csv")
        if row["release"] == "ye-2025-12" and row["sex"] == "all"
    }
    marked = [row for row in STATEMENTS if row["sheet"] == "Worksheet_B1"]
    assert len(marked) == 288 and len({row["cell"] for row in marked}) == 288
    for row in marked:
        before, after = held[row["series"], row["earlier_end"]], held[row["series"], row["period_end"]]
        half = HALF_A_PRINTED_DIGIT[row["series"].rsplit(".", 1)[1]]
        if row["change_unit"] == "percentage_points":
            least, most = after - before - 2 * half, after - before + 2 * half
        else:
            least, most = (100 * ((after + by) / (before - by) - 1) for by in (-half, half))
        assert least - 0.001 <= float(row["change"]) <= most + 0.001, row


def test_marks_of_one_table_stand_in_one_line_per_series_and_one_column_per_year() -> None:
    lines: dict[str, set[str]] = {}
    columns: dict[str, set[str]] = {}
    for row in STATEMENTS:
        if row["sheet"] == "Worksheet_B1":
            column, line = re.fullmatch(r"([A-Z]+)(\d+)", row["cell"]).groups()
            lines.setdefault(row["series"], set()).add(line)
            columns.setdefault(row["earlier_end"], set()).add(column)
    assert all(len(at) == 1 for at in (*lines.values(), *columns.values()))
