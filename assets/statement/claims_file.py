"""Read a claims file: YAML of the documented form, every scalar a text; everything wrong is told at once."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from assets.statement.document import Check, Claim, Document, Reference, window_of
from assets.statement.expressions import ExpressionError, claims_in
from assets.statement.figures import figure_interval
from assets.statement.kinds import KINDS
from assets.statement.systems_file import read_systems
from assets.statement.value import Window
from assets.words.problems import BadInput, Problem, refuse_if_any
from schemas import codes

GUIDE = "The form of a claims file is described in data/statement/README.md."
DEEPEST = 20  # levels of a claims file: five or six are used
PARTS = ("document", "periods", "references", "claims", "systems")
DOCUMENT = ("key", "title", "publisher", "published")
REQUIRED = ("id", "section", "printed", "says", "kind", "scope")
OPTIONAL = (
    "paragraph",
    "item", "figure", "unit", "period", "population", "threat", "cites", "repeat_of", "items", "checks", "needs",
    "profile", "rounded_to",
)  # fmt: skip
TEXTS = ("item", "paragraph", "figure", "unit", "period", "population", "threat", "repeat_of", "needs", "rounded_to")
CODES = {
    "kind": codes.CLAIM_KIND,
    "scope": codes.SCOPE | codes.CLAIM_SCOPE,
    "threat": codes.THREAT_OR_ALL,
}


def read_claims(path: Path, name: str | None = None) -> Document:
    """The document of a claims file; BadInput with every problem. `name` is how messages call the file."""
    file = name or path.name
    content = _content(path, file)
    refuse_if_any(f"{file} is not a claims file", _outline(content, file))
    windows, problems = _windows(content.get("periods") or {}, file)
    references, more = _references(content.get("references") or {}, file)
    problems += more
    claims: dict[str, Claim] = {}
    for position, raw in enumerate(content["claims"], start=1):
        claim, found = _claim(raw, position, file, windows, references)
        problems += found
        if claim is not None:
            if claim.key in claims:
                problems.append(_problem(f"{file}, claim {claim.key}", "id", claim.key, "every id once", "Rename one."))
            claims[claim.key] = claim
    about = {field: str(content["document"][field]) for field in DOCUMENT}
    known = {raw["id"] for raw in content["claims"] if isinstance(raw, dict) and isinstance(raw.get("id"), str)}
    systems, more = read_systems(content.get("systems", []), file, claims, known, windows)
    document = Document(file=file, references=references, claims=claims, windows=windows, systems=systems, **about)
    problems += more
    problems += [problem for claim in claims.values() for problem in _ties(claim, document, known)]
    refuse_if_any(f"{file} cannot be used", problems)
    return document


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
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_traps(text)
        content = yaml.load(text, Loader=_OnceLoader)
    except FileNotFoundError:
        raise BadInput(f"{file} cannot be read", [_problem(file, "", "no such file", "a claims file", GUIDE)]) from None
    except OSError as error:
        raise BadInput(f"{file} cannot be read", [_problem(file, "", str(error), "a readable file", GUIDE)]) from None
    except UnicodeDecodeError:
        raise BadInput(f"{file} cannot be read", [_problem(file, "", "other bytes", "UTF-8 text", GUIDE)]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}, line {mark.line + 1}" if mark else file
        what = getattr(error, "problem", None) or "text that is not YAML"
        raise BadInput(f"{file} cannot be read", [_problem(place, "", what, "YAML", GUIDE)]) from None
    if not isinstance(content, dict):
        raise BadInput(f"{file} cannot be read", [_problem(file, "", "no fields", "document and claims", GUIDE)])
    return content


def _outline(content: dict[str, Any], file: str) -> list[Problem]:
    problems = [
        _problem(file, field, "an unknown field", ", ".join(PARTS), "Remove or rename it.")
        for field in content
        if field not in PARTS
    ]
    document = content.get("document")
    if not isinstance(document, dict):
        problems.append(_problem(file, "document", _shown(document), f"a mapping with {', '.join(DOCUMENT)}", GUIDE))
    else:
        problems += [
            _problem(file, f"document.{field}", _shown(document.get(field)), "a text", GUIDE)
            for field in DOCUMENT
            if not isinstance(document.get(field), str) or not document[field]
        ]
    if not isinstance(content.get("claims"), list) or not content["claims"]:
        problems.append(_problem(file, "claims", _shown(content.get("claims")), "a list of claims", GUIDE))
    for field in ("periods", "references"):
        if field in content and not isinstance(content[field], dict):
            problems.append(_problem(file, field, _shown(content[field]), "a mapping", GUIDE))
    return problems


def _windows(raw: Mapping[str, Any], file: str) -> tuple[dict[str, Window], list[Problem]]:
    windows, problems = dict[str, Window](), list[Problem]()
    for name, text in raw.items():
        window = window_of(str(text))
        if window is None:
            problems.append(_problem(file, f"periods.{name}", _shown(text), "yyyy-mm-dd..yyyy-mm-dd", "Correct it."))
        else:
            windows[name] = window
    return windows, problems


def _references(raw: Mapping[str, Any], file: str) -> tuple[dict[int, Reference], list[Problem]]:
    references, problems = dict[int, Reference](), list[Problem]()
    for key, entry in raw.items():
        place = f"references.{key}"
        same = entry.get("same_as") if isinstance(entry, dict) else None
        if not str(key).isdigit() or not isinstance(entry, dict):
            problems.append(_problem(file, place, _shown(entry), "a number with by and title, or same_as", GUIDE))
        elif same is not None:
            first = references.get(int(same)) if str(same).isdigit() else None
            if first is None:
                problems.append(
                    _problem(file, place, f"same_as {same}", "an earlier reference's number", "Correct it.")
                )
            else:
                references[int(key)] = Reference(int(key), first.by, first.year, first.title)
        elif not entry.get("by") or not entry.get("title") or not str(entry.get("year", "0")).isdigit():
            problems.append(_problem(file, place, _shown(entry), "by, title and, where printed, a year", GUIDE))
        else:
            year = int(entry["year"]) if "year" in entry else None
            references[int(key)] = Reference(int(key), entry["by"], year, entry["title"])
    return references, problems


def _claim(
    raw: Any, position: int, file: str, windows: Mapping[str, Window], references: Mapping[int, Reference]
) -> tuple[Claim | None, list[Problem]]:
    key = raw.get("id") if isinstance(raw, dict) else None
    place = f"{file}, claim {key or f'number {position}'}"
    if not isinstance(raw, dict):
        return None, [_problem(place, "", _shown(raw), "a mapping of fields", GUIDE)]
    problems = [
        _problem(place, field, "nothing", "a text", GUIDE) for field in REQUIRED if not isinstance(raw.get(field), str)
    ]
    problems += [
        _problem(
            place, field, "an unknown field", f"one of {', '.join((*REQUIRED, *OPTIONAL))}", "Remove or rename it."
        )
        for field in raw
        if field not in (*REQUIRED, *OPTIONAL)
    ]
    for field, values in CODES.items():
        if isinstance(raw.get(field), str) and raw[field] not in values:
            problems.append(_problem(place, field, raw[field], f"one of {', '.join(values)}", "Choose one of them."))
    for field in ("paragraph", "item"):
        if field in raw and not (str(raw[field]).isdigit() and int(raw[field]) > 0):
            problems.append(_problem(place, field, _shown(raw[field]), "a number from 1", "Count it in the document."))
    problems += [
        _problem(place, field, _shown(raw[field]), "a text", GUIDE)
        for field in TEXTS
        if field in raw and not isinstance(raw[field], str)
    ]
    if not isinstance(raw.get("profile", {}), dict):
        problems.append(_problem(place, "profile", _shown(raw["profile"]), "statistic and of", GUIDE))
    for field in ("cites", "items", "checks"):
        if field in raw and not isinstance(raw[field], list):
            problems.append(_problem(place, field, _shown(raw[field]), "a list", GUIDE))
    period = str(raw.get("period", ""))
    window = windows.get(period) or window_of(period)
    if "period" in raw and window is None:
        problems.append(
            _problem(place, "period", _shown(raw["period"]), f"yyyy-mm-dd..yyyy-mm-dd, or one of {', '.join(windows)}",
                     "Write the window out, or name it under periods.")
        )  # fmt: skip
    if problems:
        return None, problems
    cites = [str(number) for number in raw.get("cites", ())]
    problems += [
        _problem(place, "cites", number, "numbers listed under references", "Add the reference or correct the number.")
        for number in cites
        if not number.isdigit() or int(number) not in references
    ]
    interval = None
    if "figure" in raw:
        try:
            rounded_to = float(raw["rounded_to"]) if "rounded_to" in raw else None
            interval = figure_interval(str(raw["figure"]), raw.get("unit"), rounded_to)
        except (ValueError, ZeroDivisionError) as error:
            problems.append(
                _problem(place, "figure", _shown(raw["figure"]), f"a figure as print has it ({error})",
                         "Write 1,234, 12%, 1 in 5, at least 3 million or 10 to 20, and the unit.")
            )  # fmt: skip
    checks = []
    for number, entry in enumerate(raw.get("checks", ()), start=1):
        check, found = _check(entry, f"checks[{number}]", place)
        problems += found
        checks += [check] if check else []
    if problems:
        return None, problems
    return (
        Claim(
            key=raw["id"],
            section=raw["section"],
            paragraph=int(raw["paragraph"]) if "paragraph" in raw else None,
            item=int(raw["item"]) if "item" in raw else None,
            printed=" ".join(raw["printed"].split()),
            figure=raw.get("figure"),
            interval=interval,
            says=raw["says"],
            kind=raw["kind"],
            unit=raw.get("unit"),
            window=window,
            population=raw.get("population"),
            scope=raw["scope"],
            threat=raw.get("threat"),
            cites=tuple(int(number) for number in cites),
            repeat_of=raw.get("repeat_of"),
            items=tuple(str(item) for item in raw.get("items", ())),
            checks=tuple(checks),
            needs=raw.get("needs"),
            profile=dict(raw.get("profile") or {}),
        ),
        [],
    )


def _check(entry: Any, field: str, place: str) -> tuple[Check | None, list[Problem]]:
    # The first field names the check; what another check is called may be a further field of this one.
    kind = KINDS.get(next(iter(entry), "")) if isinstance(entry, dict) else None
    if kind is None:
        return None, [_problem(place, field, _shown(entry), f"first, one of {', '.join(KINDS)}", GUIDE)]
    more = {name: value for name, value in entry.items() if name not in (kind.name, "say")}
    problems = [
        _problem(
            place,
            f"{field}.{name}",
            "an unknown field",
            f"only {', '.join((*kind.needs, *kind.takes, 'say'))}",
            "Remove it.",
        )
        for name in more
        if name not in (*kind.needs, *kind.takes)
    ]
    problems += [
        _problem(place, f"{field}.{name}", "nothing", "a value", GUIDE) for name in kind.needs if name not in more
    ]
    say = entry.get("say", {})
    if not isinstance(say, dict) or any(verdict not in codes.CLAIM_VERDICT for verdict in say):
        problems.append(_problem(place, f"{field}.say", _shown(say), "sentences by verdict", GUIDE))
    if not isinstance(entry[kind.name], kind.form):
        problems.append(_problem(place, f"{field}.{kind.name}", _shown(entry[kind.name]), kind.form_words, GUIDE))
    if problems:
        return None, problems
    return Check(kind.name, entry[kind.name], more, say), []


def _ties(claim: Claim, document: Document, known: Collection[str]) -> list[Problem]:
    """What a claim says of other claims must be there; a claim that nothing checks says what would."""
    place = document.place(claim.key)
    problems = []
    named = {"repeat_of": [claim.repeat_of] if claim.repeat_of else []}
    for number, check in enumerate(claim.checks, start=1):
        kind, field = KINDS[check.kind], f"checks[{number}]"
        if kind.own_items and not claim.items:
            problems.append(_problem(place, "items", "nothing", f"the list that {check.kind} looks at", GUIDE))
        if kind.own_figure and claim.interval is None:
            problems.append(_problem(place, "figure", "nothing", f"the figure that {check.kind} looks at", GUIDE))
        named[field] = [text for text in kind.claims(check) if isinstance(text, str)]
        for text in kind.expressions(check):
            try:
                named[field] += claims_in(str(text))
            except ExpressionError as error:
                problems.append(_problem(place, field, error.found, error.expected, "Correct the expression."))
        problems += [
            _problem(
                place, field, text, f"yyyy-mm-dd..yyyy-mm-dd, or one of {', '.join(document.windows)}", "Correct it."
            )
            for text in kind.windows(check)
            if document.window(str(text)) is None
        ]
    for field, keys in named.items():
        problems += [
            _problem(place, field, f"the claim {key}", "a claim of this file", "Correct the id.")
            for key in keys
            if key not in known
        ]
    if claim.repeat_of == claim.key:
        problems.append(_problem(place, "repeat_of", claim.key, "another claim", "Name the claim that it repeats."))
    if not claim.checks and not claim.repeat_of and not claim.needs:
        problems.append(
            _problem(place, "checks", "nothing", "checks, repeat_of, or needs", "Say what would be needed to check it.")
        )
    return problems


def _problem(place: str, field: str, value: object, expected: str, remedy: str) -> Problem:
    return Problem(place, field, str(value), expected, remedy)


def _shown(value: object) -> str:
    text = repr(value) if value is not None else "nothing"
    return text if len(text) <= 80 else f"{text[:77]}..."
