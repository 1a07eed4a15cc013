"""What is noticed in released figures and not repaired."""

import re
from collections import Counter

import pytest
from kit import notice
from small_releases import GROUPS, Sheets, all_layouts, appendix, next_quarter, read

from assets.archive.reading.result import Finding
from assets.archive.titled.located import title_in_words


def found(*releases: Sheets) -> list[Finding]:
    readings = [read(sheets, f"release{at}.xlsx") for at, sheets in enumerate(releases)]
    return notice(readings)


def of_kind(rows: list[Finding], kind: str) -> list[Finding]:
    return [row for row in rows if row["kind"] == kind]


def sound() -> Sheets:
    """The small release with totals that add up and shares that follow."""
    sheets = appendix()
    sheets["Table_B9"][3:10] = [[name, *([60 if at == 0 else 10] * 3)] for at, name in enumerate(GROUPS)]
    sheets["Sheet for E2"][3:10] = [[name, *([60 if at == 0 else 10] * 2), 1] for at, name in enumerate(GROUPS)]
    sheets[" Any sheet "][9] = [None, "TOTAL SEXUAL OFFENCES", 95, 95, 95, 2]
    sheets["Sheet for E2"][12] = ["Offence", "Jan 2024 to\n Mar 2024\n(%)", "Apr 2024 to\n Jun 2024\n(%)"]
    return sheets


def test_a_sound_release_has_no_findings_about_its_figures() -> None:
    kinds = Counter(row["kind"] for row in found(sound()))
    assert set(kinds) == {"number_printed_as_text", "table_not_in_release", "note_points_nowhere"}


def test_a_table_that_is_not_there_is_named_by_a_title_and_no_pattern() -> None:
    assert title_in_words(r"trends in (?:csew|survey) offences?\b(?!.*(?:x|y)).*(?=.*(?:change|compared)).*") == (
        "trends in csew offences ... change ..."
    )
    titles = [title_in_words(table.title.pattern) for layout in all_layouts() for table in layout.tables]
    assert titles and not [title for title in titles if re.search(r"[()\\|?*\[\]]", title)]


def test_headers_that_disagree_with_their_twin_their_title_and_their_length() -> None:
    sheets = sound()
    sheets["Sheet for E2"][12][1] = "Jan 2023 to\n Mar 2024\n(%)"
    sheets["Table_B2"][2][3] = "Jul 2024 to Jun 2025"
    rows = found(sheets)
    assert "cell B13" in of_kind(rows, "header_differs_from_twin")[0]["place"]
    assert "spans 15 months" in of_kind(rows, "header_of_another_length")[0]["evidence"]
    assert "2025-06-30" in of_kind(rows, "header_differs_from_title")[0]["evidence"]


def test_notes_that_point_nowhere_and_stray_signs() -> None:
    sheets = sound()
    sheets[" Any sheet "][4][1] = "Murder [note 99][37]"
    sheets[" Any sheet "][1].append("`")
    rows = found(sheets)
    assert of_kind(rows, "malformed_note")
    assert of_kind(rows, "stray_sign")[0]["evidence"].startswith("'`'")
    assert any("refers to note 2" in row["evidence"] for row in of_kind(rows, "note_points_nowhere"))


@pytest.mark.slow
def test_a_marker_that_became_0_and_figures_that_moved_between_labels() -> None:
    first = sound()
    first["Table_B2"][3:6] = [["Stalking", 20000, 20000, 1], ["008/65 - Fear.", 15000, "[x]", 1],
                              ["Not assigned to a sub offence", 5000, 20000, 0]]  # fmt: skip
    second = next_quarter(sound())
    second["Table_B2"][3:6] = [["Stalking", 20010, 20000, 1], ["008/65 - Fear.", 10010, 0, 1],
                               ["Not assigned to a sub offence", 10000, 20000, 0]]  # fmt: skip
    rows = found(first, second)
    zero = of_kind(rows, "marker_became_zero")
    assert len(zero) == 1 and "[x] became 0" in zero[0]["evidence"]
    moved = of_kind(rows, "figure_moved_between_labels")
    assert len(moved) == 1 and "15,000 to 10,010" in moved[0]["evidence"]
