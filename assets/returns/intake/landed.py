"""The returns in an inbox: a folder per supplier, and in it a folder per return with its manifest and its file."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assets.returns.file.beside import others
from assets.returns.file.manifest import MANIFEST, Manifest, read_manifest
from assets.returns.file.names import shown_name
from assets.returns.intake.store import MARK
from assets.returns.rules.rules import Rules
from assets.words.problems import BadInput

# What else lies in an inbox: who makes returns and Windows put it there.
NO_RETURN = (MARK.lower(), "truth.csv", "thumbs.db", "desktop.ini")
A_RETURN = (
    f"a return is a folder with {MANIFEST} and its CSV file: unpack an archive, and put loose files into a folder."
)


@dataclass(frozen=True)
class Landed:
    """One return as it was sent: by whom, its folder, its manifest, or why that cannot be read."""

    sender: str
    folder: Path
    manifest: Manifest | None
    problem: str = ""

    @property
    def file(self) -> Path:
        """The CSV file."""
        if self.manifest is None:
            raise ValueError("a return without manifest names no file")
        return self.folder / self.manifest.file


def landed(inbox: Path, rules: Rules, sender: str = "*") -> Iterator[Landed]:
    """Every return of an inbox, or of one sender, in the order of their paths; a hidden folder is still being copied."""
    beside = [path for path in inbox.glob(sender) if path.is_file()]
    for folder in sorted([*beside, *inbox.glob(f"{sender}/*")]):
        hidden = folder.name.startswith(".") or folder.parent.name.startswith(".")
        if hidden or folder.name.lower() in NO_RETURN:
            continue
        if not folder.is_dir():
            yield _untaken(folder, f"a file beside the folders of returns; {A_RETURN}", rules)
            continue
        if not (folder / MANIFEST).is_file():
            yield _untaken(folder, f"no {MANIFEST} in it; {A_RETURN}", rules)
            continue
        try:
            manifest = read_manifest(folder / MANIFEST, rules)
        except BadInput as error:
            yield _untaken(folder, error.paragraph(), rules)
            continue
        if not (folder / manifest.file).is_file():
            file = shown_name(Path(manifest.file), rules)
            yield _untaken(folder, f"the file {file} is not here yet.", rules)
            continue
        if folder.parent.name not in rules.suppliers:
            yield _untaken(folder, "no supplier has a folder of this name (R04).", rules)
            continue
        yield Landed(folder.parent.name, folder, manifest)
        for other in others(folder / manifest.file):
            if other.name != f"{manifest.profile}.xlsx":  # the template's, from which the file was saved
                yield _untaken(
                    other, f"the manifest in its folder names another file; {A_RETURN}", rules, folder.parent
                )


def newest_said(returns: Iterable[Landed]) -> Iterator[Landed]:
    """Of a file that came more than once that with the manifest that was sent last, whatever its folder; all others too.

    Of two that were sent on one day it is the one that says what it replaces, which the other was refused for.
    """
    newest: dict[tuple[str, str], Landed] = {}
    for landed in returns:
        if landed.manifest is None:
            yield landed
            continue
        key = (landed.sender, landed.manifest.return_id)
        if key not in newest or _sent(newest[key]) < _sent(landed):
            newest[key] = landed
    yield from newest.values()


def _sent(landed: Landed) -> tuple[datetime.date, bool, str]:
    assert landed.manifest is not None
    return landed.manifest.sent_date, landed.manifest.replaces is not None, landed.manifest.said


def _untaken(path: Path, why: str, rules: Rules, of: Path | None = None) -> Landed:
    """What is no return of a sender. of: the sender's folder, where it lies deeper in it"""
    above = [of, path.parent] if of else [path.parent]
    name = "/".join(shown_name(part, rules) for part in (*above, path))
    return Landed(above[0].name, path, None, f"{name}: {why}")
