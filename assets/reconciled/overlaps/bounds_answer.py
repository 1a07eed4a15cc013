"""The answer to "how many are at least one of these?": bounds for any sets of a scope, as rows and as text."""

from collections.abc import Sequence

from assets.methods.bounds import union
from assets.reconciled.overlaps.constraint_system import SetSystem, Systems, set_in_words
from assets.reconciled.overlaps.union_bound import union_answers, union_row
from assets.words.problems import BadInput, Problem
from schemas.codes import SCOPE, THREAT
from schemas.row_types import UnionBoundRow


def bounds(
    systems: Systems, scope: str, threats: Sequence[str], reading: str | None = None
) -> tuple[list[UnionBoundRow], str]:
    """Rows like those of `reconciled.union_bound` and a readable text, for every system and period of a scope.

    scope: key of the scopes; threats: two or more sets of one system of that scope, or any of the nine threats in the
    policing scope; reading: one reading only, None for all. BadInput names what there is.
    """
    asked = tuple(dict.fromkeys(threats))
    chosen = _fitting(systems, scope, asked)
    rows = [
        union_row(*answer)
        for key in chosen
        for answer in union_answers(systems, key, [(asked, union(*asked))])
        if reading is None or answer[0].reading == reading
    ]
    if not rows:
        readings = sorted({instance.reading for key in chosen for instance in systems.instances(key)})
        raise _refusal("reading", str(reading), f"one of {', '.join(readings)}")
    return rows, paragraphs_of(rows)


def paragraphs_of(rows: Sequence[UnionBoundRow]) -> str:
    """The rows as paragraphs: the sentence, then what each end follows from."""
    parts = []
    for row in rows:
        lines = [row["sentence"]]
        if row["status"] == "conflict":
            lines.append("  Without any one of them the rest can hold.")
        for name, ends in (("At least, from", row["lower_from"]), ("At most, from", row["upper_from"])):
            if ends:
                lines.append(f"  {name}: {'; '.join(ends)}.")
        lines += [f"  Note: {caveat}" for caveat in row["caveats"] if not caveat.startswith("Reading:")]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _fitting(systems: Systems, scope: str, asked: tuple[str, ...]) -> list[str]:
    """The systems of a scope that know every set asked for; a threat without a figure may be asked for in policing."""
    of_scope = [key for key, system in systems.asked.items() if system.scope == scope]
    if not of_scope:
        there = sorted({system.scope for system in systems.asked.values()})
        raise _refusal("scope", scope, "one of " + ", ".join(f"{key} ({SCOPE[key]})" for key in there))
    known = {key: _sets(systems, systems.asked[key]) for key in of_scope}
    unknown = [name for name in asked if not any(name in sets for sets in known.values())]
    if unknown or len(asked) < 2:
        there = sorted(set().union(*known.values()))
        words = ", ".join(f"{name} ({set_in_words(name)})" for name in there)
        raise _refusal("threats", ", ".join(unknown or asked), f"two or more of {words}")
    fitting = [key for key in of_scope if set(asked) <= known[key] and _needed(key, asked)]
    if not fitting:
        together = "; ".join(f"{key}: {', '.join(sorted(sets))}" for key, sets in known.items())
        raise _refusal("threats", ", ".join(asked), f"sets of one system ({together})")
    return fitting


def _needed(key: str, asked: tuple[str, ...]) -> bool:
    """The system that takes unlike windows as one is for sets of both windows only."""
    later = set(asked) & {"csae", "online"}
    return key != "policing_as_if_one_window" or (bool(later) and later != set(asked))


def _sets(systems: Systems, system: SetSystem) -> set[str]:
    named_in_unions = {name for names in system.unions for name in names}
    for instance in systems.instances(system.key):
        named_in_unions |= {name for tied in instance.tied for name in tied.sets}
    return named_in_unions | (set(THREAT) if system.key == "policing_2022_23" else set())


def _refusal(column: str, value: str, expected: str) -> BadInput:
    return BadInput(
        "These bounds cannot be given",
        [Problem("bounds", column, value, expected, "Ask for sets that are counted in one population and window.")],
    )
