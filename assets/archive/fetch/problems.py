"""What can go wrong on the way to a release, in words."""

from assets.words.problems import BadInput, Problem


def cannot(what: str, place: str, found: str, expected: str, remedy: str) -> BadInput:
    """An error of a fetch."""
    return BadInput(what, [Problem(place, "", found, expected, remedy)])
