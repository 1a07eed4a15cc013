"""Why a file is not read: what was found in it, what was expected, what to do."""

from typing import NoReturn

from assets.words.problems import BadInput, cannot

FETCH_AGAIN = "Fetch the file again."
WHERE_FROM = "Check where the file comes from."
LONGEST = 200
TABLES = "a workbook (xlsx, xls, ods) or a CSV file"


class Refusal(Exception):
    """A file that is not read."""

    def __init__(self, found: str, expected: str, remedy: str) -> None:
        # A name or a message of a damaged file may be any bytes, and as long as it likes.
        found = found if len(found) <= LONGEST else f"{found[:LONGEST]} ..."
        self.found, self.expected, self.remedy = found, expected, remedy
        super().__init__(found)


def refuse(found: str, expected: str = TABLES, remedy: str = FETCH_AGAIN) -> NoReturn:
    """End the look at a file."""
    raise Refusal(found, expected, remedy)


def not_read(name: str, found: str, expected: str, remedy: str) -> BadInput:
    """The refusal of a file, by what messages call it."""
    return cannot(f"{name} is not read", name, found, expected, remedy)
