"""Nothing stands in the code that nothing uses: what only a test reaches is wired, or goes."""

import ast
import tomllib
from collections.abc import Iterator

from kit import ROOT

from pipelines.cli import COMMANDS

MODULES = sorted(path for room in ("schemas", "assets", "pipelines") for path in (ROOT / room).rglob("*.py"))
# Read by others than this code: the entry point, what the table of commands names, and methods that a library calls by name.
CALLED_FROM_OUTSIDE = {
    *tomllib.loads(COMMANDS.read_text("utf-8"))["command"],
    "main",
    "__getattr__",
    "handler",
    "format",
    "collect",
    "render_str",
    "on_broken_pipe",
    "writable",
}
VALIDATORS = {"field_validator", "model_validator"}


def names_in(node: ast.AST) -> set[str]:
    """Every name, attribute and word of text that could be one (an annotation, a hook that is found by its name)."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found.add(part.id)
        elif isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
            found.add(part.value)
    return found


def definitions(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """(name, names that it uses) of every function, class and method; what a class holds beside methods is the class's."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, names_in(node)
        elif isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and not special(part)]
            rest = [part for part in ast.iter_child_nodes(node) if part not in methods]
            yield node.name, set().union(*map(names_in, rest)) if rest else set()
            yield from ((method.name, names_in(method)) for method in methods)


def special(method: ast.FunctionDef) -> bool:
    """Called by the language or by pydantic, not by name."""
    decorators = set().union(*(names_in(one) for one in method.decorator_list)) if method.decorator_list else set()
    return method.name.startswith("__") or bool(decorators & VALIDATORS)


def unreached(sources: dict[str, str]) -> list[str]:
    """Definitions that no statement at the top of a module uses, nor anything that one uses."""
    uses: dict[str, list[set[str]]] = {}
    where: dict[str, list[str]] = {}
    wanted = set(CALLED_FROM_OUTSIDE)
    for place, source in sources.items():
        tree = ast.parse(source)
        for name, used in definitions(tree):
            uses.setdefault(name, []).append(used)
            where.setdefault(name, []).append(place)
        defined = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
        wanted |= set().union(*(names_in(node) for node in tree.body if not isinstance(node, defined)))
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        seen.add(name)
        wanted |= {used for names in uses.get(name, ()) for used in names} - seen
    return sorted(f"{place}: {name}" for name, places in where.items() if name not in seen for place in places)


def test_everything_in_the_code_is_reached_by_the_code() -> None:
    sources = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in MODULES}
    assert len(sources) > 300
    assert unreached(sources) == []


def test_what_only_unused_code_uses_is_found() -> None:
    module = "def _a(): ...\ndef b(): return _a()\ndef c(): ...\nclass D:\n    def e(self): return c()\nUSED = D\n"
    assert unreached({"m.py": module}) == ["m.py: _a", "m.py: b", "m.py: c", "m.py: e"]
    assert unreached({"m.py": module + "MADE = D().e()\nALSO = b\n"}) == []
