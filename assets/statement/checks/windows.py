"""Do the windows fit: of a share's two sides, of a figure and what it is set beside, of a number of months?

A share of two unlike windows is no share. What is allowed for: the count of another window of the same length that
shares part of it lies within a stated range of the count of this one (assumption `claims.other_window`). A figure that
fails even so is a conflict, one that holds then is `period`.
"""

from assets.methods.interval import Interval
from assets.statement import words
from assets.statement.finding import Finding
from assets.statement.value import Leaf, Value, Window


def in_words(window: Window) -> str:
    """A window as months."""
    return words.window(window.start, window.end)


def unlike_windows(value: Value) -> tuple[Window, Window] | None:
    """Windows of a part and its whole that are not one window; None where all are."""
    for part, whole in value.shares:
        for one in _windows(part):
            for other in _windows(whole):
                if one != other:
                    return one, other
    return None


def share_of_another_window(
    printed: Interval, value: Value, windows: tuple[Window, Window], allowed: Interval, unit: str | None, figure: str
) -> Finding:
    """A share whose sides cover different windows: period, or conflict where no allowed change of the whole mends it."""
    found, wide = words.interval(value.interval, unit), value.interval.mul(allowed)
    shown = (("recomputed", found), ("allowed", words.interval(wide, unit)))
    sides = f"{in_words(windows[0])} against {in_words(windows[1])}"
    if printed.meets(wide):
        said = (
            f"{value.words} gives {found} against the printed {figure}, but the two sides cover different months ({sides}), "
            "so it is no share of one window"
        )
        return Finding("period", words.sentence(said), value.interval, shown)
    times = f"{words.number(allowed.lower)} to {words.number(allowed.upper)} times"
    said = (
        f"{value.words} gives {found}, not {figure}. The two sides cover different months ({sides}), but even if the whole of "
        f"the other window were {times} as large, the share would be {words.interval(wide, unit)}"
    )
    return Finding("conflict", words.sentence(said), value.interval, shown)


def same_window(window: Window, other: Window, what: str) -> Finding:
    """The figure's window is that of what it is set beside: consistent or period."""
    if window == other:
        return Finding("consistent", words.sentence(f"It covers {in_words(window)}, as does {what}"))
    return Finding("period", words.sentence(f"It covers {in_words(window)}; {what} covers {in_words(other)}"))


def number_of_months(printed: Interval, window: Window, what: str, figure: str) -> Finding:
    """A printed number of months against the window that is named for it: consistent or period."""
    months = words.number(window.months)
    if printed.contains(window.months):
        return Finding(
            "consistent", words.sentence(f"{in_words(window)} is {months} months"), Interval.point(window.months)
        )
    said = f"{figure} months here; {months} months by {what}"
    return Finding("period", words.sentence(said), Interval.point(window.months))


def equal_length(window: Window, other: Window) -> Finding:
    """Two windows that are compared are as long as each other: consistent or period."""
    months = words.number(window.months), words.number(other.months)
    if window.months == other.months:
        return Finding("consistent", words.sentence(f"Both windows have {months[0]} months"))
    said = f"{months[0]} months ({in_words(window)}) are compared with {months[1]} ({in_words(other)})"
    return Finding("period", words.sentence(said))


def _windows(leaves: tuple[Leaf, ...]) -> list[Window]:
    return list(dict.fromkeys(leaf.window for leaf in leaves if leaf.window is not None))
