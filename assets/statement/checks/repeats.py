"""Does a figure that stands twice say the same twice?"""

from assets.statement import words
from assets.statement.checks.windows import in_words
from assets.statement.document import Claim
from assets.statement.finding import Finding


def repeats(claim: Claim, first: Claim, place: str) -> Finding:
    """The figure is that of the claim it repeats: repeat; another: conflict; of another window: period."""
    both = claim.interval is not None and first.interval is not None
    if claim.interval is not None and first.interval is not None and not claim.interval.meets(first.interval):
        return Finding("conflict", words.sentence(f"{claim.figure} here, {first.figure} in {place}"), first.interval)
    if claim.window is not None and first.window is not None and claim.window != first.window:
        said = f"The same figure is given for {in_words(claim.window)} here and for {in_words(first.window)} in {place}"
        return Finding("period", words.sentence(said), first.interval)
    if both and claim.unit != first.unit:
        return Finding(
            "wording", words.sentence(f"Counted in {claim.unit} here, in {first.unit} in {place}"), first.interval
        )
    return Finding("repeat", words.sentence(f"Says what {place} says"), first.interval if both else None)
