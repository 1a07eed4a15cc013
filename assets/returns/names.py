"""Where names stand beside the rows of a return: in the manifest's roles, in the name of its file, in a title above the header.

There a role, a name of a file or a title is asked for, all of which are made of known words (reference.role_word): a word that is
none may be a name. Nothing that is found is repeated.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from assets.returns.manifest import Manifest
from assets.returns.rules import Rules

NOT_SHOWN = "(not shown)"
OF_WORDS = "words of reference.role_word, as in force crime registrar"
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
    """May a title name somebody: by two words in a row that are not known, or one after what introduces a person."""
    found = [(before, word) for before, word in unknown_words(text, rules) if len(word) > 2]
    names = {word for _, word in found}
    return any(
        before.lower() in rules.introducing or (before in names and before[:1].isupper() and word[:1].isupper())
        for before, word in found
    )


def named_in(manifest: Manifest, rules: Rules) -> Iterator[str]:
    """The places of a manifest where a name may stand, with what is asked for instead."""
    for field in ("qa_done_by", "contact_role"):
        if unknown_words(getattr(manifest, field), rules):
            yield f"{field} of the manifest may hold a name: say the role, in {OF_WORDS}"
    if unknown_words(manifest.file.split(".")[0], rules):
        yield f"the name of the file may be that of a person: call it {manifest.profile}.csv"


def shown_name(path: Path, rules: Rules) -> str:
    """The name of a file or folder as a log may show it: without a word that may be a name."""
    text = path.name
    for _, word in unknown_words(text, rules):
        text = text.replace(word, NOT_SHOWN)
    return text
