"""Editor's notes: lists, names, dates and references of a document, which no arithmetic tests.

A note that finds something is for whoever edits the text; it is no fault of a figure.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

from assets.statement.claims.document import Citation, Claim, Document
from assets.statement.claims.findings import NOTE, ClaimFinding, finding_told
from assets.statement.claims.kinds import Note
from assets.words import wording

Given = TypeVar("Given")


def note(claim: Claim, document: Document, check: Note) -> list[ClaimFinding]:
    """What one editor's note finds; ValueError says what it lacks."""
    return [NOTES[check.note](claim, document, check)]


def numbers_of(text: str) -> list[int]:
    """`1-3, 7` as 1, 2, 3, 7; ValueError for anything else, and for more than ten thousand."""
    numbers: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if dash and int(last) - int(first) > 10_000:
            raise ValueError("at most ten thousand numbers")
        numbers += range(int(first), int(last) + 1) if dash else [int(first)]
    return numbers


def _noted(fine: bool, so: str, otherwise: str, verdict: str = "wording") -> ClaimFinding:
    return finding_told("in_order", so) if fine else finding_told(verdict, otherwise, NOTE)


def _listed(claim: Claim, _: Document, check: Note) -> ClaimFinding:
    listed = len(claim.items)
    found = f"{claim.figure} are announced and {listed} are listed"
    return _noted(listed in _needed(claim.interval), f"{listed} are listed, as the text says", found)


def _increasing(claim: Claim, _: Document, check: Note) -> ClaimFinding:
    items = claim.items
    if not items:
        return finding_told("in_order", "Nothing is listed")
    first, second = next((two for two in pairwise(items) if _sortable(two[0]) >= _sortable(two[1])), ("", ""))
    fine = f"{items[0]} to {items[-1]}: each of the {len(items)} is larger than the one before"
    return _noted(not second, fine, f"{second} follows {first} and does not rise")


def _names(claim: Claim, document: Document, check: Note) -> ClaimFinding:
    other = document.by_key[_needed(check.of)]
    here, there = (
        [name for name in of if name not in beside] or ["none of them"]
        for of, beside in ((claim.items, other.items), (other.items, claim.items))
    )
    found = f"The names differ. Here: {wording.listed(here)}; in {other.place()}: {wording.listed(there)}"
    return _noted({*claim.items} == {*other.items}, f"The names are those of {other.place()}", found)


def _nth(claim: Claim, document: Document, check: Note) -> ClaimFinding:
    interval, others = _needed(claim.interval), document.by_key[_needed(check.of)].items
    stands = next((name for place, name in enumerate(others, start=1) if place in interval), None)
    known = f"Number {claim.figure} of that list is {stands or 'not there'}"
    return _noted(stands in claim.items, known, f"{known}, here it is {wording.listed(claim.items)}")


def _called(_: Claim, document: Document, check: Note) -> ClaimFinding:
    numbers, calls, what = {*numbers_of(_needed(check.listed))}, {*numbers_of(_needed(check.of))}, _needed(check.what)
    odd = {"listed and never called": numbers - calls, "called and not listed": calls - numbers}
    parts = [f"{wording.listed(list(map(str, sorted(those))))} {how}" for how, those in odd.items() if those]
    return _noted(not parts, f"All {len(numbers)} {what} are called", f"Of the {what}, {'; '.join(parts)}", "citation")


def _cited_year(claim: Claim, document: Document, check: Note) -> ClaimFinding:
    window, dated = _needed(document.window(_needed(check.of))), _cited(claim, document, dated=True)
    found = [f"({each.by}) is dated {each.year}, the figures run to {window.end:%B %Y}" for each in dated]
    fine = not dated or any((each.year or 0) >= window.end.year for each in dated)
    return _noted(
        fine, "The source cited is not older than the figures", f"The source cited {''.join(found[:1])}", "citation"
    )


def _named_year(claim: Claim, document: Document, check: Note) -> ClaimFinding:
    year, years = int(_needed(check.of)), sorted({each.year or 0 for each in _cited(claim, document, dated=True)})
    shown = wording.listed(list(map(str, years))) if years else "not dated"
    found = f"The text names {year}; the source cited is dated {shown}"
    return _noted(year in years, f"The source cited is dated {year} as well", found, "citation")


def _cited_body(claim: Claim, document: Document, check: Note) -> ClaimFinding:
    body, by = _needed(check.of), sorted({each.by or "" for each in _cited(claim, document)})
    fine = any(body.lower() in name.lower() for name in by)
    found = f"The text credits {body}; the source cited is by {wording.listed(by)}"
    return _noted(fine, f"The source cited is by {body}", found, "citation")


def _cited(claim: Claim, document: Document, *, dated: bool = False) -> list[Citation]:
    return [each for each in document.cited(claim).values() if each.year is not None or not dated]


def _needed(given: Given | None) -> Given:
    if given is None:
        raise ValueError("what the note needs: a figure of the claim, or its fields of, listed, what")
    return given


def _sortable(item: str) -> tuple[float, str]:
    try:
        return float(item.replace(",", "")), ""
    except ValueError:
        return 0.0, item


NOTES: dict[str, Callable[[Claim, Document, Note], ClaimFinding]] = {
    "listed": _listed, "increasing": _increasing, "names_as": _names, "nth_of": _nth, "called": _called,
    "cited_year": _cited_year, "named_year": _named_year, "cited_body": _cited_body,
}  # fmt: skip
