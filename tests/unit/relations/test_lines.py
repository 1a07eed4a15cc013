"""Which rows and columns are withheld beside those that explain most."""

from assets.relations.lines import _with_failures_of_their_own

ROWS = {"row|a": (1, 2, 3), "row|b": (11, 12, 13), "row|c": (21, 22, 23)}


def test_a_line_with_failures_that_the_accused_do_not_explain_is_accused_too() -> None:
    """Rows a and b both stand in another place; each sum of a column fails, and a sum along row b."""
    columns = {1: (1, 11, 21), 2: (2, 12, 22), 3: (3, 13, 23)}
    fitting = {"row|a": (3, 5), "row|b": (3, 4), "row|c": (3, 3)}
    along_b = {4: (12, 13, 99)}
    assert _with_failures_of_their_own(["row|a"], fitting, ROWS, columns | along_b) == ["row|b"]
    assert _with_failures_of_their_own(["row|a"], fitting, ROWS, columns) == []
    assert _with_failures_of_their_own(["row|a"], fitting | {"row|b": (2, 3)}, ROWS, columns | along_b) == []
