"""The `systems` of a claims file: overlapping sets, the claims that give their sizes and shares, and what holds by definition."""

from collections.abc import Collection, Mapping
from typing import Any

from assets.methods.bounds import MOST_SETS
from assets.statement.document import Claim, ClaimTie, Definition, SetSystem
from assets.words.problems import Problem

GUIDE = "The form is described in data/statement/README.md."
FIELDS = ("key", "window", "sets", "claims", "definitions")


def read_systems(
    raw: Any, file: str, claims: Mapping[str, Claim], known: Collection[str], windows: Collection[str]
) -> tuple[tuple[SetSystem, ...], list[Problem]]:
    """The systems of a file and everything wrong with them. `known` are the ids in the file, sound or not."""
    if not isinstance(raw, list):
        return (), [Problem(file, "systems", type(raw).__name__, "a list of systems", GUIDE)]
    systems, problems = list[SetSystem](), list[Problem]()
    for position, entry in enumerate(raw, start=1):
        field = f"systems[{position}]"
        if (
            not isinstance(entry, dict)
            or set(entry) - set(FIELDS)
            or not {"key", "window", "sets", "claims"} <= set(entry)
        ):
            problems.append(Problem(file, field, _shown(entry), f"the fields {', '.join(FIELDS)}", GUIDE))
            continue
        found = _problems(entry, file, field, claims, known, windows)
        problems += found
        if not found:
            systems.append(_system(entry))
    return tuple(systems), problems


def _problems(
    entry: Mapping[str, Any],
    file: str,
    field: str,
    claims: Mapping[str, Claim],
    known: Collection[str],
    windows: Collection[str],
) -> list[Problem]:
    sets, problems = entry["sets"], list[Problem]()
    if not isinstance(sets, list) or not 1 <= len(sets) <= MOST_SETS or len(set(sets)) != len(sets):
        return [Problem(file, f"{field}.sets", _shown(sets), f"1 to {MOST_SETS} different names", GUIDE)]
    if entry["window"] not in windows:
        problems.append(
            Problem(file, f"{field}.window", _shown(entry["window"]), f"one of {', '.join(windows)}", GUIDE)
        )
    for part, forms in (
        ("claims", (("total",), ("share", "of"))),
        ("definitions", (("subset", "of"), ("disjoint", "from"))),
    ):
        ties = entry.get(part, [])
        for number, tie in enumerate(ties if isinstance(ties, list) else [ties], start=1):
            place = f"{field}.{part}[{number}]"
            form = next((form for form in forms if isinstance(tie, dict) and all(name in tie for name in form)), None)
            name = "claim" if part == "claims" else "says"
            if form is None or not isinstance(tie.get(name), str):
                wanted = " or ".join(" and ".join((name, *form)) for form in forms)
                problems.append(Problem(file, place, _shown(tie), wanted, GUIDE))
                continue
            problems += [
                Problem(file, place, f"the set {tie[word]}", f"one of {', '.join(sets)}", "Name it among the sets.")
                for word in form
                if tie[word] not in sets
            ]
            if part == "claims" and tie["claim"] not in known:
                problems.append(
                    Problem(file, place, f"the claim {tie['claim']}", "a claim of this file", "Correct the id.")
                )
            elif part == "claims" and tie["claim"] in claims and claims[tie["claim"]].interval is None:
                problems.append(
                    Problem(file, place, f"the claim {tie['claim']}", "a claim with a figure", "Add its figure.")
                )
    return problems


def _system(entry: Mapping[str, Any]) -> SetSystem:
    ties = tuple(
        ClaimTie(tie["claim"], tie.get("total") or tie["share"], tie.get("of"), tie.get("at") == "least")
        for tie in entry["claims"]
    )
    definitions = tuple(
        Definition(tie["says"], tie.get("subset") or tie["disjoint"], tie.get("of") or tie["from"], "disjoint" in tie)
        for tie in entry.get("definitions", ())
    )
    return SetSystem(entry["key"], entry["window"], tuple(entry["sets"]), ties, definitions)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
