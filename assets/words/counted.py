"""How many comparisons are blocked, and why: figures that are not comparable, which is a result, or no figures, which is none."""

from collections import Counter
from collections.abc import Iterable

from assets.words.wording import listed
from schemas.codes import LACKING
from schemas.rows import Record

# What `blocked_in_words` needs of the gap.
STATES = "SELECT verdict, estimate_availability, recorded_availability FROM gap"
# Of a row that lacks both sides the one that is furthest from a figure says why.
FURTHEST = ("not_asked", "no_code", "not_published", "not_held", "withheld")
HELD = "held"


def blocked_in_words(rows: Iterable[Record]) -> str:
    """What rows of the gap say together: how many are blocked with both figures, and how many for lack of one, by state."""
    given = list(rows)
    sides = [(row["estimate_availability"], row["recorded_availability"]) for row in given if row["verdict"] == "block"]
    both = sides.count((HELD, HELD))
    states = Counter(
        next((state for state in FURTHEST if state in side), None) for side in sides if side != (HELD, HELD)
    )
    why = listed([f"{states[state]:,} {LACKING[state]}" for state in FURTHEST if states[state]])
    return (
        f"{len(sides):,} of {len(given):,} comparisons are blocked; each keeps its row, its figures and its reason."
        f" {both:,} have both figures, which are not comparable: that is a result, not a failure."
        f" {len(sides) - both:,} lack a figure{f': {why}' if why else ''}."
    )
