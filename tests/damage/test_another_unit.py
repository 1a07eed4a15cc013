"""A table of a real workbook in another unit, beside the release before: it is withheld, and what is true beside it stands."""

import pytest
from damages import Copy
from judging import Release, load
from kit import released

pytestmark = pytest.mark.long

JUNE, SEPTEMBER = (f"ons_appendix/appendix-tables-ye-{month}-2025.xlsx" for month in ("june", "september"))
SHARES = "prc.b9_share."


@pytest.fixture(scope="module")
def release() -> Release:
    return load([released(JUNE), released(SEPTEMBER)], 1)


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("sheets", "factor"),
    [
        # 640 true figures had gone with the two, and then 112 rows of violence in Table B1
        (("Table_A1a", "Table_A4a"), 1000),
        (("Table_A1a",), 1000),  # 96 changes of Table A1b had gone with it
        (("Worksheet_B9",), 0.01),  # shares as fractions: the 70 flagged counts above them had gone, too
        (("Table_A2a", "Table_A3a"), 1000),
    ],
)
def test_a_table_in_another_unit_costs_no_table_beside_it(
    release: Release, sheets: tuple[str, ...], factor: float
) -> None:
    copy, first = Copy(release.book), {"Worksheet_B9": 18}
    for name in sheets:
        for row in copy.rows(name)[first.get(name, 8) :]:
            if "base" not in str(row[0]):
                row[1:] = [cell * factor if isinstance(cell, (int, float)) else cell for cell in row[1:]]
    said = release.reader(copy)
    told = release.doubted(said) - release.doubted_as_it_is
    wrong = said.figures["sheet"].isin(sheets) & said.figures["value"].notna()
    if factor < 1:
        wrong &= said.figures["series"].str.startswith(SHARES)
    damaged = set(said.figures["judged_as"][wrong])
    assert len(damaged) > 60 and damaged <= told | release.doubted_as_it_is
    assert not told - damaged
