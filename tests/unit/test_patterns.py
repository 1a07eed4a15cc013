"""Every pattern of the project stays quick whatever text it is given: no repeat within a repeat that can share its characters.

Python's engine tries every way to divide a text among nested repeats: twenty-four digits were enough for 25 seconds. A repeat
within a repeat is let pass only where each round must take a character that no variable repeat of the round can take.
"""

import ast
import importlib
import json
import re
import re._compiler as compiler  # type: ignore[import-not-found]
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from kit import ROOT

from assets.archive.titled.recognise import layouts
from assets.reference.releases import read_sources

REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
MANY = 10
CHARACTERS = [chr(code) for code in range(256)]
ASKING = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
OF_COLUMNS = {"match", "fullmatch", "contains", "extract", "extractall", "findall"}
DATA = ROOT / "data"


def found_in(value: Any, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Patterns in a value and in what it holds."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif type(value) is dict:
        for one in (*value, *value.values()):
            yield from found_in(one, seen)
    elif type(value) in (list, tuple, set, frozenset):
        for one in value:
            yield from found_in(one, seen)
    elif type(value).__module__.split(".")[0] in ("assets", "pipelines", "schemas") and hasattr(value, "__dict__"):
        for one in vars(value).values():
            yield from found_in(one, seen)


@cache
def patterns() -> dict[tuple[str | bytes, int], str]:
    """Every (pattern, flags) of the modules and of the tracked layouts, and where it is."""
    made: dict[tuple[str | bytes, int], str] = {}
    for room in ("schemas", "assets", "pipelines"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
            made |= {(said, 0): name for said in asked_in(path, name)}
            if path.name != "__init__.py" and not name.endswith(("probe", "cli", "document", "cookbook")):
                for pattern in found_in(vars(importlib.import_module(name)), set()):
                    made[pattern.pattern, pattern.flags & ~re.UNICODE] = name
    for layout in layouts(DATA):
        for pattern in found_in(layout, set()):
            made[pattern.pattern, pattern.flags & ~re.UNICODE] = f"data/layouts/{layout.publication}"
    for key, entry in read_sources(DATA).items():
        for name in ("file", "title"):
            if isinstance(said := (entry.get("discovery") or {}).get(name), str):
                made[said, re.IGNORECASE] = f"data/sources.yaml, {key}"
    return made


def asked_in(path: Path, name: str) -> Iterator[str | bytes]:
    """The patterns that the calls of a module give, as they are or by the name of a constant."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and asks(node.func):
            said = node.args[0]
            if isinstance(said, ast.Constant):
                yield said.value  # type: ignore[misc]
            elif isinstance(said, ast.Name):
                value = getattr(importlib.import_module(name), said.id, None)
                if isinstance(value, str):
                    yield value


def asks(function: ast.expr) -> bool:
    """Is it a call of `re`, or of a column of texts, that takes a pattern?"""
    if not isinstance(function, ast.Attribute):
        return False
    of = function.value
    if isinstance(of, ast.Name) and of.id == "re":
        return function.attr in ASKING
    return isinstance(of, ast.Attribute) and of.attr == "str" and function.attr in OF_COLUMNS


def taken_by(parsed: Any, items: list[Any]) -> set[str]:
    """The single characters that one element of a pattern can take."""
    one = compiler.compile(parser.SubPattern(parsed.state, items), parsed.state.flags)
    return {character for character in CHARACTERS if one.fullmatch(character)}


def parts_of(argument: Any) -> Iterator[Any]:
    """The patterns within an element."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (list, tuple)):
        for one in argument:
            yield from parts_of(one)


def varies(low: Any, high: Any) -> bool:
    return bool(low != high and high >= MANY)


def variable(parsed: Any) -> Iterator[Any]:
    """The bodies of all variable repeats within."""
    for operation, argument in parsed:
        if operation in REPEATS and varies(argument[0], argument[1]):
            yield argument[2]
        if operation not in (codes.IN, codes.ASSERT, codes.ASSERT_NOT):
            for part in parts_of(argument):
                yield from variable(part)


def must_take(parsed: Any) -> Iterator[set[str]]:
    """The characters of each element that a round has to take, one by one."""
    for operation, argument in parsed:
        if operation in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY):
            yield taken_by(parsed, [(operation, argument)])
        elif operation is codes.SUBPATTERN:
            yield from must_take(argument[-1])
        elif operation in REPEATS and argument[0] >= 1:
            yield from must_take(argument[2])


def any_character(parsed: Any) -> set[str]:
    """All characters that anything within can take."""
    taken: set[str] = set()
    for operation, argument in parsed:
        if operation in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY):
            taken |= taken_by(parsed, [(operation, argument)])
        else:
            for part in parts_of(argument):
                taken |= any_character(part)
    return taken


def nested(parsed: Any) -> Iterator[Any]:
    """Repeats whose rounds can share their characters with a repeat within."""
    for operation, argument in parsed:
        if operation in REPEATS and varies(argument[0], argument[1]):
            shared: set[str] = set().union(*(any_character(body) for body in variable(argument[2])))
            if shared and not any(not taken & shared for taken in must_take(argument[2])):
                yield argument[2]
        if operation is not codes.IN:
            for part in parts_of(argument):
                yield from nested(part)


@pytest.mark.slow
def test_the_patterns_are_found() -> None:
    assert len(patterns()) > 100
    assert {where.split(".")[0].split("/")[0] for where in patterns().values()} >= {"assets", "data"}


@pytest.mark.parametrize("pattern", [r"(?:\d+|,)+x", r"(a*)*", r"(?:\s*\w+\s*)+$", r"((?:x|[a-z]+)y?)+"])
def test_a_repeat_that_shares_with_a_repeat_within_is_seen(pattern: str) -> None:
    assert list(nested(parser.parse(pattern)))


@pytest.mark.parametrize("pattern", [r"(?:\s*\[[^\][]*\])+", r"(?:, ?\d{1,3})*", r"(?:[a-z]+-)+", r"\d+\.\d*"])
def test_a_repeat_whose_rounds_are_told_apart_passes(pattern: str) -> None:
    assert not list(nested(parser.parse(pattern)))


@pytest.mark.slow
def test_no_pattern_repeats_within_a_repeat() -> None:
    bad = {
        f"{where}: {pattern!r}"
        for (pattern, flags), where in patterns().items()
        if list(nested(parser.parse(pattern, flags)))
    }
    assert not bad, "\n".join(sorted(bad))


PUMPS = """
import json, re, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for pattern, flags in json.load(sys.stdin):
    one = re.compile(pattern, flags)
    for unit in (" ", "1", "a", "-", ",", "[", "]", "(", "[note 1", "1, ", "a ", "1/", "year ending ", "note 1 and "):
        for before in ("", "[note ", "Table ", "1 "):
            text = before + unit * (600 // len(unit)) + "\\x00"
            one.search(text), one.fullmatch(text)
    print(pattern, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of computing is that of POSIX")
@pytest.mark.long
def test_no_pattern_takes_long_over_a_long_text() -> None:
    """600 characters of one kind after each beginning: all patterns together end within a minute of computing."""
    texts = [(pattern, flags) for pattern, flags in patterns() if isinstance(pattern, str)]
    done = subprocess.run(
        [sys.executable, "-c", PUMPS], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"after {done.stdout.splitlines()[-1:]}: {texts[len(done.stdout.splitlines())]}"
