"""The nearest of what is known to what was found, for messages."""

import difflib
from collections.abc import Iterable


def nearest(found: str, known: Iterable[str], count: int = 3) -> str:
    """Up to `count` candidates in words, or that there is none that is near."""
    near = difflib.get_close_matches(found, list(dict.fromkeys(known)), n=count, cutoff=0.5)
    return "nearest: " + ", ".join(repr(one) for one in near) if near else "nothing known is near it"
