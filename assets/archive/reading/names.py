"""Printed names and codes resolved to keys, and the nearest candidates of what does not resolve."""

import difflib
import functools
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from assets.archive.reading.text import NOTES_OF_A_NAME, label
from assets.archive.reading.words import words
from assets.words.problems import Problem


def nearest(found: str, known: Iterable[str], count: int = 3) -> str:
    """Up to `count` candidates in words, or that there is none that is near."""
    near = difflib.get_close_matches(found, list(dict.fromkeys(known)), n=count, cutoff=0.5)
    return "nearest: " + ", ".join(repr(nearby) for nearby in near) if near else "nothing known is near it"


NOTES = re.compile(r"\s*\[\s*notes?[^\]]*\]|\s*\(see note[^)]*\)|\s*\[\d+(?:\s*,\s*\d+)*\]", re.IGNORECASE)
INITIALS = re.compile(r"\s*\([A-Z]{2,5}\)$")  # "Metropolitan Police Service (MPS)"
SPACES = re.compile(r"\s+")
DASH = re.compile(r"\s*[-\u2010-\u2014]\s*")
SHOWN = 3
# How forces call themselves: "Kent Police", "Norfolk Constabulary", "Metropolitan Police Service".
OFFICIAL_ENDINGS = ("Police", "Constabulary", "Police Service")


@functools.lru_cache(maxsize=20_000)
def as_compared(text: str) -> str:
    """A printed name as it is compared: no notes or marks, no edge or double spaces, `and` for `&`, no case."""
    return (
        SPACES.sub(" ", NOTES.sub("", label(text).text).replace("&", " and ").replace("\u2019", "'"))
        .strip(" *")
        .casefold()
    )


def notes_of(text: str) -> str | None:
    """The note marks that stand with a printed name."""
    marks = [mark.strip() for mark in NOTES.findall(text)]
    return " ".join(marks) or None


class PrintedNames:
    """Keys by printed name.

    known: printed name or code -> key; aliases: further printed forms, which win.
    what:  how an error calls the thing ("force", "offence code")
    where: the file in which a new one is added
    by_words: may what carries no meaning be added or left out ("Sexual offences total")?
    """

    def __init__(
        self,
        known: Mapping[str, str],
        what: str,
        where: str,
        aliases: Mapping[str, str] | None = None,
        by_words: bool = False,
    ) -> None:
        self.what, self.where = what, where
        self.names = {**known}
        self._printed = {
            **{as_compared(name): name for name in known},
            **{as_compared(name): name for name in aliases or {}},
        }
        self._keys = {**{as_compared(name): key for name, key in known.items()},
                      **{as_compared(name): key for name, key in (aliases or {}).items()}}  # fmt: skip
        self._without_dashes = {_without_dashes(name): key for name, key in self._keys.items()}
        self._words = {words(name): key for name, key in self._keys.items()} if by_words else {}

    def key(self, printed: str) -> str | None:
        """The key of a printed name, or None."""
        plain = INITIALS.sub("", printed)
        return (
            self._keys.get(as_compared(plain))
            or self._without_dashes.get(_without_dashes(plain))
            or (self._words.get(words(plain)) if self._words else None)
            or self._keys.get(as_compared(NOTES_OF_A_NAME.sub("", plain)))
        )

    def also(self, printed: str, name: str) -> None:
        """A further printed form of a known name."""
        self._keys[as_compared(printed)] = self.names[name]

    def nearest(self, printed: str) -> list[str]:
        """The known names that look most like a printed one."""
        close = difflib.get_close_matches(as_compared(printed), list(self._keys), n=SHOWN, cutoff=0.5)
        return [self._printed[name] for name in close]

    def problem(self, place: str, column: str, printed: str) -> Problem:
        """The problem of a name that does not resolve."""
        near = self.nearest(printed)
        candidates = f"; the nearest are {', '.join(map(repr, near))}" if near else ""
        return Problem(
            place, column, repr(printed), f"a known {self.what}{candidates}",
            f"Add it to {self.where} if it is new, or correct the file if it is misspelt.",
        )  # fmt: skip


def _without_dashes(text: str) -> str:
    """A name as it is compared where the other writes a dash and this one none: "Dyfed Powys", "Dyfed–Powys"."""
    return as_compared(DASH.sub(" ", text))


def area_names(areas: pd.DataFrame, aliases: Mapping[str, str], kinds: Iterable[str]) -> PrintedNames:
    """Names of `reference.area` of some kinds (a region and a force may share a name)."""
    kinds = list(kinds)
    wanted = areas[areas["area_type"].isin(kinds)]
    known = dict(zip(wanted["name"], wanted["area_code"], strict=True))
    forces = dict(known) if "police_force" in kinds else {}
    known |= {f"{name} {ending}": code for name, code in forces.items() for ending in OFFICIAL_ENDINGS}
    codes = set(known.values())
    known |= {code: code for code in codes}
    where = "data/reference/area.csv (another name of one: data/layouts/area_names.csv)"
    return PrintedNames(known, "area", where, {n: c for n, c in aliases.items() if c in codes})
