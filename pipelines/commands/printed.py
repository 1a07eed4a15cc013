"""Commands as they are printed: they run as they stand where only `make run` was run, with no environment activated."""

import shutil
import sys
from pathlib import Path

NAME = "darkfigure"


def program() -> str:
    """`darkfigure` where that is found and is this one, else its path, as short as it can be."""
    beside = Path(sys.executable).parent / NAME
    path = shutil.which(NAME)
    if not beside.exists() or (path is not None and Path(path).resolve() == beside.resolve()):
        return NAME
    return _short(beside)


def sql_line(file: Path) -> str:
    """A command that asks a published file: of DuckDB's own command line where there is one, else of Python."""
    query = "from ask('stalking', 'Avon and Somerset')"
    if shutil.which("duckdb"):
        return f'duckdb -readonly {file} "{query}"'
    asked = f"""import duckdb; duckdb.connect('{file}', read_only=True).sql(\\"{query}\\").show()"""
    return f'{_short(Path(sys.executable))} -c "{asked}"'


def _short(path: Path) -> str:
    """The path from here where it lies below here."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
