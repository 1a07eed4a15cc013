"""The plain words of the site: what a threat, a comparison, a rule or a break is called for people who are no analysts."""

import re
from dataclasses import dataclass

from assets.tables.asking import Asked

WORDS = "SELECT * FROM reference.plain_word ORDER BY kind, rank"


@dataclass(frozen=True)
class Word:
    """A name, what it is in plain words, and its place among its kind."""

    name: str
    says: str
    rank: int


class PlainWords:
    """Words by kind and key; what has none is called by its key."""

    def __init__(self, asked: Asked) -> None:
        self._words = {
            (row["kind"], row["key"]): Word(row["name"], row["says"] or "", row["rank"]) for row in asked.rows(WORDS)
        }

    def of(self, kind: str, key: str) -> Word:
        """The words of one thing."""
        return self._words.get((kind, key)) or Word(key.replace("_", " ").capitalize(), "", 999)


def slug(text: str) -> str:
    """The name of a page: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("&", "and")).strip("-")
