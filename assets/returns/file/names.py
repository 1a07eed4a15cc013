"""Where names stand beside the rows of a return: in the manifest's roles, in the name of its file, in a title above the header.

There a role, a name of a file or a title is asked for, all of which are made of known words (reference.role_word): a word that is
none may be a name. Nothing that is found is repeated or kept; a return is locked away only where the form is that of a name,
since no list has every word of a role, and many a file is called by none.
"""

import re
from collections.abc import Callable
from pathlib import Path

from assets.returns.rules.rules import Rules

NOT_SHOWN = "(not shown)"
KINDS = (
    ".csv",
    ".gz",
    ".json",
    ".zip",
    ".7z",
    ".rar",
    ".xlsx",
    ".xls",
    ".ods",
    ".txt",
    ".pdf",
    ".docx",
    ".html",
    ".parquet",
)
INITIAL = re.compile(r"(?<![^\W_])[A-Za-z][. _] ?(?=([^\W\d_]{2,}))")  # J. Smith
TWO_WORDS = re.compile(r"[^\W\d_]{2,}[ ._-]+[^\W\d_]{2,}")
# A word as it stands in a name that is joined, too: FinalReport, jane_smith.
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CAPITAL_WITHIN = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
# Letters without a vowel are short for something; letters among digits in base 16 are drawn.
SHORT_FORM, DRAWN = re.compile("[B-DF-HJ-NP-TV-XZ]{2,4}"), re.compile(r"(?i)\b(?=[a-f-]*[0-9])[0-9a-f-]{8,}\b")


def unknown_words(text: str, rules: Rules) -> list[tuple[str, str]]:
    """The words of a text that may be a name, each with the word before it."""
    words = [word for word in WORD.findall(CAPITAL_WITHIN.sub(" ", DRAWN.sub(" ", text))) if len(word) > 1]
    return [
        (before, word) for before, word in zip(["", *words], words, strict=False)
        if not rules.known_words.fullmatch(word) and not SHORT_FORM.fullmatch(word)
    ]  # fmt: skip


def may_be_named(text: str, rules: Rules) -> bool:
    """May a title or a file's name be somebody's: by two words in capitals that are not known, by two in any letters that are all
    of it, by one behind an initial, or one that a rank introduces?"""
    unknown = {word for _, word in unknown_words(text, rules)}
    return (
        _named(text, rules, lambda word: len(word) > 2 and word[:1].isupper())
        or (len(unknown) == 2 and bool(TWO_WORDS.fullmatch(text)))
        or any(match[1] in unknown for match in INITIAL.finditer(text))
    )


def _named(text: str, rules: Rules, is_name: Callable[[str], bool]) -> bool:
    """is_name: may a word that is not known be half of a name, by its form?"""
    unknown = unknown_words(text, rules)
    names = {word for _, word in unknown if is_name(word)}
    return any(
        (before.lower() in rules.introducing and len(word) > 2) or {before, word} <= names for before, word in unknown
    )


def role_may_name(text: str, rules: Rules) -> bool:
    """May what stands for a role name somebody: by two words that are not known, an initial and one, or one behind a rank?"""
    return _named(text, rules, lambda _: True) or bool(INITIAL.search(text) and unknown_words(text, rules))


def shown_name(path: Path, rules: Rules) -> str:
    """The name of a file or folder as a log may show it: without the words that may be a name. What kind of file it is stays."""
    kind = path.suffix if path.suffix.lower() in KINDS else ""
    text = path.name.removesuffix(kind)
    for _, word in unknown_words(text, rules):
        text = text.replace(word, NOT_SHOWN)
    return text + kind
