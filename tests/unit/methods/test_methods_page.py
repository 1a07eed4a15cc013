"""The examples of docs/methods.md are run: every number on the page is that of the code."""

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods.md"


def test_every_number_on_the_page_is_recomputed() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 25
    assert result.failed == 0
