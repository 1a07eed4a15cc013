"""The queries of this room, by name."""

from pathlib import Path

SQL = Path(__file__).parent / "sql"


def sql(query: str) -> str:
    """A query of this room."""
    return (SQL / f"{query}.sql").read_text(encoding="utf-8")
