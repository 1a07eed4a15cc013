"""Can the source that is cited be the source?"""

from collections.abc import Sequence

from assets.statement import words
from assets.statement.document import Reference
from assets.statement.finding import Finding
from assets.statement.value import Window


def cited_year(window: Window, references: Sequence[Reference]) -> Finding:
    """A source is not older than the figures taken from it: consistent or citation."""
    dated = [reference for reference in references if reference.year is not None]
    too_old = [reference for reference in dated if reference.year is not None and reference.year < window.end.year]
    if dated and len(too_old) == len(dated):
        oldest = too_old[0]
        said = f"the source cited ({oldest.by}) is dated {oldest.year}, the figures run to {window.end:%B %Y}"
        return Finding("citation", words.sentence(said))
    return Finding("consistent", words.sentence("The source cited is not older than the figures"))


def named_year(year: int, references: Sequence[Reference]) -> Finding:
    """The year named in the text is that of the source cited: consistent or citation."""
    years = sorted({reference.year for reference in references if reference.year is not None})
    if year in years:
        return Finding("consistent", words.sentence(f"The source cited is dated {year} as well"))
    shown = words.listed([str(y) for y in years]) if years else "not dated"
    return Finding("citation", words.sentence(f"The text names {year}; the source cited is dated {shown}"))


def cited_body(body: str, references: Sequence[Reference]) -> Finding:
    """The body that the text credits is the one that the source is by: consistent or citation."""
    by = sorted({reference.by for reference in references})
    if any(body.lower() in name.lower() for name in by):
        return Finding("consistent", words.sentence(f"The source cited is by {body}"))
    return Finding("citation", words.sentence(f"The text credits {body}; the source cited is by {words.listed(by)}"))
