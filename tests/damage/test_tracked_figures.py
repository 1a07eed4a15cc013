"""What was copied wrong when a figure was taken down is refused or doubted, and nothing else with it."""

import pytest
from damages import Cells, Copy
from judging import CELL
from tracked_release import load_tracked

from assets.tables.records import records

pytestmark = pytest.mark.long

REGION = "force:prc.pfa.sexual_offences:all:all:{}:2023-01-01..2023-12-31:ons_pfa@ye-2024-12"
FLAGGED = "figure:prc.b9.public_order_offences:all:16+:-:-:K04000001:{}:ons_appendix@ye-2025-12"
RAPE = "force:prc.ho_pfa.19C:female:16+:E23000036:{}:ho_prc_pfa@prc-pfa-to-2018-03"


COPIED = {
    # East of England and London, 17,957 and 24,539 sexual offences (Table P4, J36 and J43), whose country stays as it is.
    REGION.format("E12000006"): "24539",
    REGION.format("E12000007"): "17957",
    # The flagged public order offences of 2017/18 and 2018/19, 29,102 and 36,319 (Table B9, D14 and E14).
    FLAGGED.format("2017-04-01..2018-03-31"): "36319",
    FLAGGED.format("2018-04-01..2019-03-31"): "29102",
    # 244 rapes of women in a quarter of one force, 357 in the one before, which may be the one that is wrong.
    RAPE.format("2018-01-01..2018-03-31"): "2440",
    RAPE.format("2017-10-01..2017-12-31"): "357",
}


def test_what_was_copied_wrong_is_doubted_alone() -> None:
    """At once two regions and two years exchanged, and a quarter ten times as large: none stands in a relation of another."""
    release = load_tracked()
    cells, copy = Cells.of(records(release.figures[CELL]), release.book), Copy(release.book)
    for place, row_ids in cells.figures.items():
        if new := COPIED.get(row_ids[0]):
            copy.rows(place[0])[place[1]][place[2]] = new
    assert release.doubted(release.reader(copy)) - release.doubted_as_it_is == COPIED.keys()
