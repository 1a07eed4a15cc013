"""Lines below a title that say of whom figures are, or in what they are, where it is not what the series are of."""

import re
from collections.abc import Iterator

from assets.archive.reading.known import COUNTRY, Known
from assets.archive.reading.periods import without_periods
from assets.archive.reading.text import label
from assets.archive.titled.beside import said_by_heading
from assets.archive.titled.located import WORD, Located, kinds_of

PARTS = re.compile(r",(?!\d)|[;:()]|\.(?: |$)")
SIGN = re.compile(r"%|\bper ?cent\b")
MOST = 6  # words of a line that only names a kind of numbers: a longer one says something of them


def lines_of_others(located: Located, known: Known, areas: bool) -> Iterator[str]:
    """The lines that say nothing but of whom, where, when and in what figures are, and of others than the series.

    areas: the rows of the table are areas, so that one in a line is no other one
    """
    for line in located.lines:
        parts = [part for part in map(_plain, PARTS.split(without_periods(line))) if WORD.search(part)]
        said = [_is_of_others(located, known, areas, part) for part in parts]
        if None not in said and any(said):
            yield line


def _plain(part: str) -> str:
    return label(part).text.strip()


def _is_of_others(located: Located, known: Known, areas: bool, part: str) -> bool | None:
    """Is what a part says of others? None where it says something else."""
    said = said_by_heading(label(part), known)
    if said is not None:
        return bool(
            said.sex not in ("", located.sex)
            or (said.age and located.own_ages is not None and said.age not in located.own_ages)
            or (said.area and not areas and known.area_types[said.area] not in COUNTRY)  # see `units.other_area`
        )
    said_in = SIGN.sub("percentage", part.casefold()).split()
    if not said_in or not kinds_of(said_in[0]) or len(said_in) > MOST:
        return None
    kinds = kinds_of(" ".join(said_in))
    return not located.layout.change and not kinds & (kinds_of(located.layout.title.pattern) or {"count"})
