"""Commands as they are printed: they run as they stand where only `make run` was run, with no environment activated, and ask what
the command asked that prints them."""

import argparse
import re
import shlex
import shutil
import sys
from pathlib import Path

NAME = "darkfigure"
# A command, or an action of one that has several; what was named to it stands behind.
COMMAND = re.compile(rf"\b{NAME} ((?:service |returns |release )?[a-z]+)")


def program() -> str:
    """`darkfigure` where that is found and is this one, else its path, as short as it can be."""
    beside = Path(sys.executable).parent / NAME
    path = shutil.which(NAME)
    if not beside.exists() or (path is not None and Path(path).resolve() == beside.resolve()):
        return NAME
    return shlex.quote(_short(beside))


def called(words: str, chosen: argparse.Namespace) -> str:
    """A command by its words, of the folders that were named to this one."""
    return f"{program()} {words}{_folders(chosen)}"


def with_commands(text: str, chosen: argparse.Namespace) -> str:
    """A text in which `darkfigure` stands for a command, of the folders that were named to this one."""
    folders = _folders(chosen)
    return COMMAND.sub(lambda written: f"{program()} {written[1]}{folders}", text)


def _folders(chosen: argparse.Namespace) -> str:
    named = {name: getattr(chosen, name, None) for name in ("data", "output")}
    return "".join(f" --{name} {shlex.quote(str(path))}" for name, path in named.items() if path)


def sql_line(file: Path) -> str:
    """A command that asks a published file: of DuckDB's own command line where there is one, else of Python."""
    query = "from ask('stalking', 'Avon and Somerset')"
    if shutil.which("duckdb"):
        return f'duckdb -readonly {shlex.quote(str(file))} "{query}"'
    asked = f"""import duckdb; duckdb.connect('{file}', read_only=True).sql(\\"{query}\\").show()"""
    return f'{shlex.quote(_short(Path(sys.executable)))} -c "{asked}"'


def _short(path: Path) -> str:
    """The path from here where it lies below here."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
