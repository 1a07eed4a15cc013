"""Lists, names and numbers that must come in order."""

from collections.abc import Sequence

from assets.methods.interval import Interval
from assets.statement import words
from assets.statement.finding import Finding


def listed(printed: Interval, items: Sequence[str], figure: str) -> Finding:
    """As many things are listed as are said: consistent or conflict."""
    count = Interval.point(len(items))
    if printed.contains(len(items)):
        return Finding("consistent", words.sentence(f"{len(items)} are listed, as the text says"), count)
    return Finding("conflict", words.sentence(f"{figure} are announced and {len(items)} are listed"), count)


def increasing(items: Sequence[str]) -> Finding:
    """Numbers or dates rise from each to the next: consistent or conflict."""
    values = [_sortable(item) for item in items]
    for before, after, first, second in zip(values, values[1:], items, items[1:], strict=False):
        if before >= after:
            return Finding("conflict", words.sentence(f"{second} follows {first} and does not rise"))
    return Finding(
        "consistent",
        words.sentence(f"{items[0]} to {items[-1]}: each of the {len(items)} is larger than the one before"),
    )


def same_names(items: Sequence[str], others: Sequence[str], where: str) -> Finding:
    """Two places call the same things by the same names, in whatever order: consistent or wording."""
    here, there = [i for i in items if i not in others], [o for o in others if o not in items]
    if not here and not there:
        return Finding("consistent", words.sentence(f"The names are those of {where}"))
    said = f"Here: {words.listed(here or ['none of them'])}; in {where}: {words.listed(there or ['none of them'])}"
    return Finding("wording", words.sentence(f"The names differ. {said}"))


def nth(printed: Interval, items: Sequence[str], others: Sequence[str], figure: str) -> Finding:
    """The thing named is the one that stands at that place of a list: consistent or conflict."""
    place = next((n for n in range(1, len(others) + 1) if printed.contains(n)), None)
    stands = others[place - 1] if place else None
    if stands is not None and stands in items:
        return Finding("consistent", words.sentence(f"Number {figure} of that list is {stands}"))
    return Finding(
        "conflict",
        words.sentence(
            f"Number {figure} of that list is {stands or 'not there'}, here it is {words.listed(list(items))}"
        ),
    )


def called(numbers: Sequence[int], calls: Sequence[int], what: str) -> Finding:
    """Every numbered note or reference is called by a sentence: consistent or citation."""
    never, unknown = sorted(set(numbers) - set(calls)), sorted(set(calls) - set(numbers))
    if not never and not unknown:
        return Finding("consistent", words.sentence(f"All {len(numbers)} {what} are called"))
    parts = [f"{words.listed([str(n) for n in never])} listed and never called"] if never else []
    parts += [f"{words.listed([str(n) for n in unknown])} called and not listed"] if unknown else []
    return Finding("citation", words.sentence(f"Of the {what}, {'; '.join(parts)}"))


def numbers_of(text: str) -> list[int]:
    """`1-3, 7` as 1, 2, 3, 7; ValueError for anything else."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        found += range(int(first), int(last) + 1) if dash else [int(first)]
    return found


def _sortable(item: str) -> tuple[float, str]:
    try:
        return float(item.replace(",", "")), ""
    except ValueError:
        return 0.0, item
