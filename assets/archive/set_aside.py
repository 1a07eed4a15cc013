"""What of the released files was set aside: the findings that say so, and how a refresh tells of them."""

from collections.abc import Iterable

# Kinds of findings with which something that landed is not published.
SET_ASIDE = (
    "publication_set_aside",
    "file_set_aside", "file_not_recognised", "table_set_aside", "column_set_aside", "record_set_aside", "figure_set_aside",
)  # fmt: skip
SHOWN = 30


def refusals_told(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """All refusals in readable lines: kind, place, evidence and handling of each; empty where there are none."""
    lines = [f"{place}: {evidence} {handling}" for _, place, evidence, handling in rows]
    if not lines:
        return ""
    more = (
        f"\n... and {len(lines) - SHOWN:,} more: select place, evidence, handling from meta.finding"
        if len(lines) > SHOWN
        else ""
    )
    return "Published, with files set aside:\n" + "\n".join(lines[:SHOWN]) + more
