"""The time that a survey asks about, in a text: "in the last year" or "since age 16"."""

import re

SINCE = "{since}"  # of the template of a series: nothing for the last year, ".since_16"
SAID = re.compile(
    r",? ?\b(?:once or more )?(?:(?:(?:in|within|during|over) the )?(?:last|past|previous) (?:year|12 months|twelve months)"
    r"|(?P<since>(?:ever )?since (?:the )?(?:age(?: of)?|they were) 16\d?))\b",
    re.IGNORECASE,
)


def since_in(text: str) -> str | None:
    """What the series of the one window that a text names ends in; None where it names none, or both."""
    windows = {".since_16" if said["since"] else "" for said in SAID.finditer(text)}
    return windows.pop() if len(windows) == 1 else None


def without_windows(text: str) -> str:
    """A text without the windows that it names."""
    return SAID.sub(" ", text)
