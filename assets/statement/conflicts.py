"""The smallest sets of claims that cannot all be true, in words."""

from assets.statement import words
from assets.statement.arithmetic import Arithmetic, Clash
from assets.statement.document import Claim, Document
from schemas.row_types import ConflictRow


def conflicts(document: Document, arithmetic: Arithmetic) -> list[ConflictRow]:
    """Rows of `statement.conflict`: the sets of the document against itself, the smallest first; none that needs a published
    figure.

    The allowance for unlike windows is in the system already: what is told here cannot be true even so.
    """
    arithmetic.tested  # noqa: B018 - works the clashes out
    order = {claim.id: place for place, claim in enumerate(document.claims)}
    found = [_conflict(document, clash, order) for clash in arithmetic.clashes if not clash.statistics]
    return sorted(found, key=lambda row: (len(row["claims"]), [order[key] for key in row["claims"]]))


def _conflict(document: Document, clash: Clash, order: dict[str, int]) -> ConflictRow:
    claims = [document.by_key[key] for key in sorted(clash.claims, key=order.__getitem__)]
    windows = {claim.window for claim in claims if claim.window is not None}
    text = f"Not all of these can be true within their rounding: {'; '.join(claim.named for claim in claims)}"
    if clash.definitions:
        text += f". It rests on: {'; '.join(clash.definitions)}"
    one_window = len(windows) <= 1 or _nested(claims)
    if not one_window:
        text += (
            ". They cover different windows, and cannot all be true even when counts of another window differ as far as is"
            " allowed"
        )
    return {
        "document": document.key,
        "conflict": "+".join(sorted(clash.claims)),
        "claims": [claim.id for claim in claims],
        "definitions": list(clash.definitions),
        "one_window": one_window,
        "despite_windows": True,
        "leads": bool(clash.faulty),
        "sentence": words.sentence(text),
        "inputs": [document.row_id(claim.id) for claim in claims],
    }


def _nested(claims: list[Claim]) -> bool:
    """Does the longest window hold all the others?"""
    windows = [claim.window for claim in claims if claim.window is not None]
    longest = max(windows, key=lambda one: one.end - one.start)
    return all(longest.start <= one.start and one.end <= longest.end for one in windows)
