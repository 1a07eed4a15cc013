"""Read a claims file: YAML, every scalar a text, into the models of `document`; everything wrong is told at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assets.methods.rounding import Near
from assets.statement.claims.document import Claim, Document, window_of
from assets.statement.claims.expressions import ExpressionError, claims_in
from assets.statement.claims.kinds import CHECKS, Holds, Published, Readings, Recompute, WindowOf, sides_of_relation
from assets.statement.claims.placeholders import literal_digits, names_in
from assets.statement.claims.value import Window
from assets.statement.text.figures import interval_in_text
from assets.words.numerals import figure_read
from assets.words.problems import BadInput, Problem, cannot, refuse_if_any

GUIDE = "The form of a claims file is described in data/statement/README.md."
DEEPEST = 20  # levels of a claims file: five or six are used
LARGEST = 2_000_000  # bytes: the Statement's 325 claims take 140,000
# pydantic's kinds of error -> what was expected.
EXPECTED = {"missing": "a value", "extra_forbidden": "a field of the form", "string_type": "a text", "list_type": "a list",
            "tuple_type": "a list", "dict_type": "named values", "model_type": "a mapping of fields",
            "model_attributes_type": "a mapping of fields", "int_parsing": "a number from 1", "string_too_short": "a text",
            "too_short": "one or more", "union_tag_not_found": f"first, one of {', '.join(CHECKS)}",
            "union_tag_invalid": f"first, one of {', '.join(CHECKS)}"}  # fmt: skip


def read_claims(path: Path, allowed: Near, name: str | None = None) -> Document:
    """The document of a claims file; BadInput with every problem. `name` is how messages call the file.

    allowed: how far "nearly" and the like reach
    """
    file = name or path.name
    content = _content(path, file)
    try:
        document = Document.model_validate(content)
    except ValidationError as error:
        errors = error.errors()
        # A list of which a member is refused is also called too short: that says nothing more.
        errors_told = [row for row in errors if row["type"] != "too_short" or not any(
            other is not row and other["loc"][: len(row["loc"])] == row["loc"] for other in errors)]  # fmt: skip
        raise BadInput(f"{file} cannot be used", [_of_model(row, content, file) for row in errors_told]) from None
    refuse_if_any(f"{file} cannot be used", _problems(document, file, allowed))
    return document


def _problems(document: Document, file: str, allowed: Near) -> Iterator[Problem]:
    """Everything wrong in a document; what its figures and windows stand for is fixed on the way."""
    windows = {key: window for key, text in document.periods.items() if (window := window_of(text))}
    for key in (key for key in document.periods if key not in windows):
        expected = "yyyy-mm-dd..yyyy-mm-dd, the first day first"
        yield Problem(file, f"periods.{key}", document.periods[key], expected, "Correct it.")
    document.read_from(file, windows)
    for number, reference in document.references.items():
        earlier = reference.same_as is None or (reference.same_as in document.references and reference.same_as < number)
        if not earlier or (reference.same_as is None and not (reference.by and reference.title)):
            yield Problem(file, f"references.{number}", str(reference.same_as or "no by or title"),
                          "by and title, or an earlier reference's number", GUIDE)  # fmt: skip
    seen: set[str] = set()
    for claim in document.claims:
        if claim.id in seen:
            yield Problem(document.place(claim.id), "id", claim.id, "every id once", "Rename one.")
        seen.add(claim.id)
        yield from _read(claim, document, windows, allowed)
    for claim in document.claims:
        yield from _ties(claim, document)
    yield from (*_cycles(document), *_systems(document, file))


# The C loader where PyYAML was built with it; with both, scalars stay texts.
_FAST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _OnceLoader(_FAST):
    """Scalars stay texts; a key that stands twice in one mapping is an error."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in pairs:
            raise yaml.constructor.ConstructorError(None, None, f"the field {key} stands twice", key_node.start_mark)
        pairs[key] = loader.construct_object(value_node, deep=True)
    return pairs


_OnceLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _refuse_traps(text: str) -> None:
    """A few aliases can stand for more than memory holds, and deep nesting for more than the stack does."""
    depth, events = 0, yaml.parse(text, Loader=_FAST)
    for event in events:
        mark: Any = event.start_mark
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise yaml.constructor.ConstructorError(None, None, "an alias; write it out", mark)
        if depth > DEEPEST:
            raise yaml.constructor.ConstructorError(None, None, "too many levels", mark)


def _content(path: Path, file: str) -> dict[str, Any]:
    def refuse(place: str, found: str, expected: str) -> BadInput:
        return cannot(f"{file} cannot be read", place, found, expected, GUIDE)

    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise refuse(file, f"{size:,} bytes", f"at most {LARGEST:,} bytes; give each document a file of its own")
        text = path.read_text(encoding="utf-8")
        _refuse_traps(text)
        content = yaml.load(text, Loader=_OnceLoader)
    except FileNotFoundError:
        raise refuse(file, "no such file", "a claims file") from None
    except OSError as error:
        raise refuse(file, str(error), "a readable file") from None
    except UnicodeDecodeError:
        raise refuse(file, "other bytes", "UTF-8 text") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}, line {mark.line + 1}" if mark else file
        raise refuse(place, getattr(error, "problem", None) or "text that is not YAML", "YAML") from None
    if not isinstance(content, dict):
        raise refuse(file, "no fields", "document and claims")
    return content


def _of_model(error: Any, content: Any, file: str) -> Problem:
    """One of pydantic's errors as a problem that names file, claim and field."""
    loc = [
        part
        for part in error["loc"]
        if part not in CHECKS or "checks" not in error["loc"][:-1] or part == error["loc"][-1]
    ]
    place = file
    if len(loc) > 1 and loc[0] == "claims" and isinstance(loc[1], int):
        raw = content["claims"][loc[1]]
        key = raw.get("id") if isinstance(raw, dict) else None
        place, loc = f"{file}, claim {key or f'number {loc[1] + 1}'}", loc[2:]
    field = "".join(
        f"[{part + 1}]" if isinstance(part, int) and loc[0] != "references" else f".{part}" for part in loc
    ).strip(".")
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        expected = "one of " + str(context["expected"]).replace("'", "").replace(" or ", ", ")
    else:
        expected = EXPECTED.get(kind, str(error["msg"]))
    found = (
        "nothing" if kind == "missing" else "an unknown field" if kind == "extra_forbidden" else _shown(error["input"])
    )
    if kind.startswith("union_tag") and isinstance(error["input"], dict):
        found = _shown(next(iter(error["input"]), "nothing"))
    return Problem(place, field, found, expected, GUIDE)


def _read(claim: Claim, document: Document, windows: Mapping[str, Window], allowed: Near) -> Iterator[Problem]:
    """Fix the figure and the window of one claim; everything wrong in it."""
    place = document.place(claim.id)
    window = windows.get(claim.period or "") or window_of(claim.period or "")
    if claim.period is not None and window is None:
        expected = f"yyyy-mm-dd..yyyy-mm-dd, or one of {', '.join(windows)}"
        yield Problem(place, "period", _shown(claim.period), expected, "Write it out, or name it under periods.")
    remedy = "Add the reference or correct the number."
    for number in claim.cites:
        if number not in document.references:
            yield Problem(place, "cites", str(number), "numbers listed under references", remedy)
    interval = None
    if claim.figure is not None:
        try:
            interval = interval_in_text(claim.figure, claim.unit, allowed, claim.rounded_to)
            share = figure_read(claim.figure)
            possible = share.low >= 0 and (share.whole is not None or share.high <= 100)
            if claim.kind == "share" and claim.unit == "percent" and not possible:
                yield Problem(
                    place, "figure", claim.figure, "a share from 0% to 100%", "Correct the figure or the kind."
                )
        except (ValueError, ZeroDivisionError) as error:
            remedy = "Write 1,234, 12%, 1 in 5, at least 3 million, a quarter or 10 to 20, and the unit."
            yield Problem(place, "figure", _shown(claim.figure), f"a figure as print has it ({error})", remedy)
    claim.stands_for(interval, window)


def _ties(claim: Claim, document: Document) -> Iterator[Problem]:
    """What a claim says of other claims must be there; a claim that nothing checks says what would."""
    place = document.place(claim.id)
    named = {"repeat_of": [claim.repeat_of] if claim.repeat_of else []}
    for number, check in enumerate(claim.checks, start=1):
        field = f"checks[{number}]"
        yield from _looked_at(claim, check, place, field)
        yield from _times(check, document, place, field)
        named[field] = list(check.claims())
        for text in _expressions(check):
            try:
                named[field] += claims_in(text)
            except ExpressionError as error:
                yield Problem(place, field, error.found, error.expected, "Correct the expression.")
        yield from _typed(check, place, field)
    for field, keys in named.items():
        for key in keys:
            if key not in document.by_key:
                yield Problem(place, field, f"the claim {key}", "a claim of this file", "Correct the id.")
    if claim.repeat_of == claim.id:
        yield Problem(place, "repeat_of", claim.id, "another claim", "Name the claim that it repeats.")
    if not claim.checks and not claim.repeat_of and not claim.needs:
        remedy = "Say what would be needed to check it."
        yield Problem(place, "checks", "nothing", "checks, repeat_of, or needs", remedy)


def _looked_at(claim: Claim, check: Any, place: str, field: str) -> Iterator[Problem]:
    """A relation has two sides, and what looks at a figure has one."""
    if isinstance(check, Holds) and not all(sides_of_relation(check.holds)):
        yield Problem(place, field, _shown(check.holds), "A <= B, A >= B or A == B", GUIDE)
    looks_at_one = isinstance(check, Recompute | Published | Readings) and not getattr(check, "open", False)
    if looks_at_one and claim.interval is None:
        yield Problem(place, "figure", "nothing", f"the figure that {check.kind} looks at", GUIDE)


def _times(check: Any, document: Document, place: str, field: str) -> Iterator[Problem]:
    """Each time is written out, or named."""
    if isinstance(check, WindowOf) and document.window(check.window) is None:
        expected = f"a claim, yyyy-mm-dd..yyyy-mm-dd, or one of {', '.join(document.periods)}"
        yield Problem(place, field, check.window, expected, "Correct it.")
    for text in check.windows():
        if document.window(text) is None:
            yield Problem(place, field, text, "yyyy-mm-dd..yyyy-mm-dd, or a name under periods", "Correct it.")


def _typed(check: Any, place: str, field: str) -> Iterator[Problem]:
    """A number that is typed into a sentence is not made anew when a figure changes."""
    for sentence in _sentences(check):
        if digits := literal_digits(sentence):
            expected = "numbers as placeholders, such as {figure}, {another-claim} or {=EXPRESSION}"
            remedy = "A number that is typed is not made anew when a figure changes."
            yield Problem(place, f"{field}.say", digits, expected, remedy)


def _expressions(check: Any) -> list[str]:
    """What a check works out, in itself and in its sentences."""
    in_sentences = (name[1:] for sentence in _sentences(check) for name in names_in(sentence) if name[0] == "=")
    return [*check.expressions(), *in_sentences]


def _sentences(check: Any) -> list[str]:
    return [*check.say.values(), *check.texts()]


def _cycles(document: Document) -> Iterator[Problem]:
    """A figure that rests on itself, at once or by way of others, is confirmed by nothing."""
    rests: dict[str, list[str]] = {}
    for claim in document.claims:
        named: list[str] = [claim.repeat_of] if claim.repeat_of else []
        for check in claim.checks:
            if isinstance(check, Recompute) or (isinstance(check, Readings) and not check.open):
                named += _claims_in(check.expressions())
        rests[claim.id] = [key for key in named if key in document.by_key]
    while True:
        try:
            return TopologicalSorter(rests).prepare()
        except CycleError as error:
            way = error.args[1][::-1]
            remedy = "State each relation once; it is used in every direction."
            expected = "figures that do not rest on themselves"
            yield Problem(document.place(way[0]), "checks", " -> ".join(way), expected, remedy)
            rests = {key: named for key, named in rests.items() if key not in way}


def _claims_in(texts: Iterable[str]) -> list[str]:
    claims: list[str] = []
    for text in texts:
        try:
            claims += claims_in(text)
        except ExpressionError:
            continue
    return claims


def _systems(document: Document, file: str) -> Iterator[Problem]:
    """Every set that a system's ties speak of is one of its sets, every claim one with a figure."""
    for position, system in enumerate(document.systems, start=1):
        field, sets = f"systems[{position}]", set(system.sets)
        if document.window(system.window) is None:
            expected = f"one of {', '.join(document.periods)}"
            yield Problem(file, f"{field}.window", system.window, expected, GUIDE)
        for number, tie in enumerate(system.claims, start=1):
            place, claim = f"{field}.claims[{number}]", document.by_key.get(tie.claim)
            if bool(tie.total) == bool(tie.share) or bool(tie.share) != bool(tie.of):
                yield Problem(file, place, tie.claim, "claim and total, or claim and share and of", GUIDE)
            if claim is None or claim.interval is None:
                yield Problem(
                    file, place, f"the claim {tie.claim}", "a claim of this file with a figure", "Correct it."
                )
            yield from _unknown_sets((tie.total, tie.share, tie.of), sets, file, place)
        for number, definition in enumerate(system.definitions, start=1):
            place = f"{field}.definitions[{number}]"
            if not (
                (definition.subset and definition.of and not definition.disjoint)
                or (definition.disjoint and definition.from_ and not definition.subset)
            ):
                yield Problem(file, place, definition.says, "says, subset and of; or says, disjoint and from", GUIDE)
            yield from _unknown_sets(definition.pair, sets, file, place)


def _unknown_sets(named: Iterable[str | None], sets: set[str], file: str, place: str) -> list[Problem]:
    return [
        Problem(file, place, f"the set {name}", f"one of {', '.join(sorted(sets))}", "Name it among the sets.")
        for name in named
        if name and name not in sets
    ]


def _shown(value: object) -> str:
    text = re.sub(r"\s+", " ", repr(value)) if value is not None else "nothing"
    return text if len(text) <= 80 else f"{text[:77]}..."
