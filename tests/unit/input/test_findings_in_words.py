"""A figure of a finding is said by its name, place and time, and what is expected of it as a reader counts."""

import pandas as pd
import pytest
from kit import DATA

from assets.archive.findings.in_words import Names
from assets.archive.reading.reference import Reference

TOTAL = "figure:prc.a5a.34B:all:all:-:-:K04000001:2024-04-01..2025-03-31:ons_appendix@ye-2025-03"
NAMES = Names(
    Reference(
        DATA,
        pd.DataFrame(
            {
                "series": ["prc.a5a.34B", "csew.stalking.old.16+.prevalence"],
                "definition": [
                    "Robbery of personal property: offences recorded by the 43 territorial forces. Of all ages.",
                    "Share of people who were victims of stalking in the last year, aged 16+. Self-completion module.",
                ],
            }
        ),
        pd.DataFrame({"offence_code": ["8Q"], "name": ["Stalking"]}),
        pd.DataFrame({"area_code": ["K04000001", "E23000032"], "name": ["England and Wales", "Kent"]}),
    ),
    {TOTAL: "Z68"},
)


@pytest.mark.parametrize(
    ("row_id", "said"),
    [
        (TOTAL, "Robbery of personal property, England and Wales, year to March 2025 (Z68)"),
        (
            "figure:csew.stalking.old.16+.prevalence:female:16+:region:Wales:K04000001:2023-04-01..2024-03-31:a@b",
            "Share of people who were victims of stalking in the last year, aged 16+, female, region, Wales, England and Wales,"
            " year to March 2024",
        ),
        ("outcome_sum:8Q:E23000032:2019-01-01..2019-03-31:a@b", "Stalking, Kent, January 2019 to March 2019"),
        ("population:not.known:all:16+:E99999999:2021-06-30..2021-06-30:a@b", "not.known, 16+, E99999999, 30 June 2021"),
    ],
)  # fmt: skip
def test_a_figure_is_named(row_id: str, said: str) -> None:
    assert NAMES.figure(row_id) == said


@pytest.mark.parametrize(
    ("found", "lower", "upper", "said"),
    [
        (571.0, 15.599589, 351.03488, "is 571, expected 15.5996 to 351.035"),
        (15.32119779, 15.3608607, 15.3608611, "is 15.32119779, expected 15.3609"),
        (1_208_000.0, 1_258_500.4, 1_261_500.0, "is 1,208,000, expected 1,258,500 to 1,261,500"),
        (51.0, -36.1, 50.5, "is 51, expected at most 50.5"),
        (-194.0, -27.5, 345.5, "is -194, expected -27.5 to 345.5"),
        (3.0, 4.0, None, "is 3, expected at least 4"),
        (3.0, None, None, "is 3, expected no value that is held"),
    ],
)
def test_what_is_expected_is_said_as_a_reader_counts(
    found: float, lower: float | None, upper: float | None, said: str
) -> None:
    agreement = {"figure": TOTAL, "found": found, "expected_lower": lower, "expected_upper": upper}
    assert NAMES.against(agreement).endswith(f"year to March 2025 (Z68) {said}")


def test_keys_in_a_text_have_their_names_and_what_is_no_key_stays() -> None:
    text = "2 figures of prc.a5a are lost from a.csv.gz: no series prc.a5a.34B, 2021-04-01 to 2022-03-31; no area E23000032."
    assert NAMES.worded(text) == (
        "2 figures of prc.a5a are lost from a.csv.gz: no series Robbery of personal property (prc.a5a.34B),"
        " year to March 2022; no area Kent."
    )
