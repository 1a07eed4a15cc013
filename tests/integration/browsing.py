"""What the tests of the UI do in a browser."""

import time
from typing import Any

QUARTER = "2022-04"
RUNS_WITHIN = 90


def visible(page: Any, *texts: str) -> None:
    """Wait until the page shows every one of some texts."""
    for text in texts:
        page.get_by_text(text, exact=False).first.wait_for(state="visible")


def taken_in(page: Any, address: str, supplier: str, says: str) -> None:
    """Take in by a click what a supplier has sent for the quarter, and wait until its partition says what came of it."""
    at = f"{address}/assets/returns/accepted?view=partitions&partition={QUARTER}%7C{supplier}"
    page.goto(at)
    page.get_by_role("button", name="Materialize").first.click()
    page.get_by_role("button", name="Launch 1 run").click()
    visible(page, "Launched run")
    until = time.monotonic() + RUNS_WITHIN
    while time.monotonic() < until and not page.get_by_text(says).count():
        page.goto(at)
        visible(page, "Latest materialization")
    visible(page, says)
