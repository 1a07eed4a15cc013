"""Districts of a population table whose code is not known: which force they are of, and what it costs where that is not told."""

from pathlib import Path

import pytest
from test_ons_population import DISTRICTS, ELSEWHERE, KENT, by_key, mye2, one_each, read_file
from workbooks import write_xlsx
from world import fits

from assets.archive.reading.result import Reading


def test_a_district_of_no_known_force_costs_the_forces_of_its_sheet(tmp_path: Path) -> None:
    """Which force is no longer whole is not guessed; countries and regions are."""
    rows = [
        ["K04000001", "ENGLAND AND WALES", "Country", *one_each(times=3)],
        [DISTRICTS[0], "Ashford", "Non-metropolitan District", *one_each()],
        ["E06999999", "New Town", "Unitary Authority", *one_each()],
    ]
    reading = read_file(write_xlsx(tmp_path / "mye.xlsx", {"MYE2": mye2("Persons", *rows)}))
    assert {row["area_code"] for row in fits(reading, "archive.figure")} == {"K04000001"}
    [record] = [row for row in reading.findings if row["kind"] == "record_set_aside"]
    assert "New Town" in record["evidence"] and "force_of_district.csv" in record["handling"]


@pytest.mark.slow
def test_a_district_under_a_new_code_is_known_by_its_name_where_the_old_code_is_gone(tmp_path: Path) -> None:
    """ONS gives a district another code when its boundary moves, as it did with Barnsley in 2025."""
    elsewhere = [(district, "Elsewhere") for district in ELSEWHERE.values()]

    def of(*districts: tuple[str, str]) -> Reading:
        rows = ([code, name, "District", *one_each()] for code, name in [*districts, *elsewhere])
        return read_file(write_xlsx(tmp_path / "mye.xlsx", {"MYE2 - Females": mye2("Females", *rows)}))

    new = of(("E07999999", "ASHFORD "))
    assert by_key(new) == by_key(of((DISTRICTS[0], "Ashford"))) and (KENT, "female", "all") in by_key(new)
    [told] = [row for row in new.findings if row["kind"] == "area_code_not_known"]
    assert told["evidence"] == f"'ASHFORD' has the code E07999999, and was {DISTRICTS[0]}."
    for both in (
        [("E07999999", "Ashford"), (DISTRICTS[0], "Ashford")],
        [(DISTRICTS[0], "x"), ("E07999999", "Ashford")],
    ):
        assert of(*both).frame.empty, "of which of the two the name is true is not guessed"
