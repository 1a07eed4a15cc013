"""Every released file that is here lands together: the whole is published, with each of them in it or set aside by name.

In `make validate`; the smallest open data of each kind land among planted text and small workbooks in
`tests/integration/test_text_from_outside.py`.
"""

from pathlib import Path

import pytest
from kit import copy_of_data, darkfigure, in_validation, land, not_told, released_files

SET_ASIDE = 3


@in_validation
def test_what_was_released_lands_together_and_is_published(tmp_path: Path) -> None:
    files = released_files()
    if not files:
        pytest.skip("no released file is here")
    data = copy_of_data(tmp_path / "data")
    land(files, data)
    ran = darkfigure("refresh", "--data", data, "--no-report", "--no-history", timeout=1200)
    assert ran.code in (0, SET_ASIDE), ran.error
    assert not not_told(files, data / "output" / "darkfigure.duckdb", ran.error)
