"""Editor's notes: lists, names, dates and references of a document, which no arithmetic tests.

A note that finds something is for whoever edits the text; it is no fault of a figure.
"""

from collections.abc import Sequence
from itertools import pairwise

from assets.statement.claims.document import Citation, Claim, Document
from assets.statement.claims.findings import NOTE, ClaimFinding, finding_told
from assets.statement.claims.kinds import Note
from assets.words import wording


def note(claim: Claim, document: Document, check: Note) -> list[ClaimFinding]:
    """What one editor's note finds; ValueError says what it lacks."""
    cited = list(document.cited(claim).values())
    match check.note:
        case "listed":
            return [_listed(claim)]
        case "increasing":
            return [_increasing(claim.items)]
        case "names_as":
            other = document.by_key[_given(check.of)]
            return [_names(claim.items, other.items, other.place())]
        case "nth_of":
            return [_nth(claim, document.by_key[_given(check.of)].items)]
        case "called":
            return [_called(numbers_of(_given(check.listed)), numbers_of(_given(check.of)), _given(check.what))]
        case "cited_year":
            window = document.window(_given(check.of))
            assert window is not None, "windows are looked at when a claims file is read"
            return [_cited_year(window.end.year, f"{window.end:%B %Y}", cited)]
        case "named_year":
            return [_named_year(int(_given(check.of)), cited)]
        case "cited_body":
            return [_cited_body(_given(check.of), cited)]


def numbers_of(text: str) -> list[int]:
    """`1-3, 7` as 1, 2, 3, 7; ValueError for anything else, and for more than ten thousand."""
    numbers: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if dash and int(last) - int(first) > 10_000:
            raise ValueError("at most ten thousand numbers")
        numbers += range(int(first), int(last) + 1) if dash else [int(first)]
    return numbers


def _fine(sentence: str) -> ClaimFinding:
    return finding_told("in_order", sentence)


def _found(verdict: str, sentence: str) -> ClaimFinding:
    return finding_told(verdict, sentence, NOTE)


def _listed(claim: Claim) -> ClaimFinding:
    if claim.interval is None:
        raise ValueError("a figure: how many are announced")
    if len(claim.items) in claim.interval:
        return _fine(f"{len(claim.items)} are listed, as the text says")
    return _found("wording", f"{claim.figure} are announced and {len(claim.items)} are listed")


def _increasing(items: Sequence[str]) -> ClaimFinding:
    for first, second in pairwise(items):
        if _sortable(first) >= _sortable(second):
            return _found("wording", f"{second} follows {first} and does not rise")
    return _fine(
        f"{items[0]} to {items[-1]}: each of the {len(items)} is larger than the one before"
        if items
        else "Nothing is listed"
    )


def _names(items: Sequence[str], others: Sequence[str], where: str) -> ClaimFinding:
    here, there = [item for item in items if item not in others], [other for other in others if other not in items]
    if not here and not there:
        return _fine(f"The names are those of {where}")
    sentence = (
        f"Here: {wording.listed(here or ['none of them'])}; in {where}: {wording.listed(there or ['none of them'])}"
    )
    return _found("wording", f"The names differ. {sentence}")


def _nth(claim: Claim, others: Sequence[str]) -> ClaimFinding:
    if claim.interval is None:
        raise ValueError("a figure: which of the list")
    interval = claim.interval
    stands = next((name for place, name in enumerate(others, start=1) if place in interval), None)
    if stands is not None and stands in claim.items:
        return _fine(f"Number {claim.figure} of that list is {stands}")
    return _found(
        "wording",
        f"Number {claim.figure} of that list is {stands or 'not there'}, here it is {wording.listed(claim.items)}",
    )


def _called(numbers: Sequence[int], calls: Sequence[int], what: str) -> ClaimFinding:
    never, unknown = sorted(set(numbers) - set(calls)), sorted(set(calls) - set(numbers))
    if not never and not unknown:
        return _fine(f"All {len(numbers)} {what} are called")
    parts = [f"{wording.listed([str(number) for number in never])} listed and never called"] if never else []
    parts += [f"{wording.listed([str(number) for number in unknown])} called and not listed"] if unknown else []
    return _found("citation", f"Of the {what}, {'; '.join(parts)}")


def _cited_year(year: int, until: str, cited: Sequence[Citation]) -> ClaimFinding:
    dated = [reference for reference in cited if reference.year is not None]
    too_old = [reference for reference in dated if reference.year is not None and reference.year < year]
    if dated and len(too_old) == len(dated):
        return _found(
            "citation", f"The source cited ({too_old[0].by}) is dated {too_old[0].year}, the figures run to {until}"
        )
    return _fine("The source cited is not older than the figures")


def _named_year(year: int, cited: Sequence[Citation]) -> ClaimFinding:
    years = sorted({reference.year for reference in cited if reference.year is not None})
    if year in years:
        return _fine(f"The source cited is dated {year} as well")
    shown = wording.listed([str(known_year) for known_year in years]) if years else "not dated"
    return _found("citation", f"The text names {year}; the source cited is dated {shown}")


def _cited_body(body: str, cited: Sequence[Citation]) -> ClaimFinding:
    by = sorted({reference.by or "" for reference in cited})
    if any(body.lower() in name.lower() for name in by):
        return _fine(f"The source cited is by {body}")
    return _found("citation", f"The text credits {body}; the source cited is by {wording.listed(by)}")


def _given(text: str | None) -> str:
    if text is None:
        raise ValueError("the fields that the note needs: of, listed, what")
    return text


def _sortable(item: str) -> tuple[float, str]:
    try:
        return float(item.replace(",", "")), ""
    except ValueError:
        return 0.0, item
