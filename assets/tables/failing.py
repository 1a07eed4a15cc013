"""A user's mistake as a step that failed in words, without a traceback, and is not tried again."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from assets.words.problems import BadInput


@contextmanager
def failing_in_words() -> Iterator[None]:
    """Around what may be BadInput."""
    try:
        yield
    except BadInput as error:
        raise dg.Failure(description=error.paragraph(), allow_retries=False) from None
