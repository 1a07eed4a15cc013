"""The returns in an inbox: a folder per supplier, and in it a folder per return with its manifest and its file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assets.returns.manifest import MANIFEST, Manifest, read_manifest
from assets.words.problems import BadInput


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


def landed(inbox: Path, sender: str = "*") -> Iterator[Landed]:
    """Every return of an inbox, or of one sender, in the order of their paths; a hidden folder is still being copied."""
    for folder in sorted(inbox.glob(f"{sender}/*/")):
        if folder.name.startswith(".") or folder.parent.name.startswith("."):
            continue
        try:
            manifest = read_manifest(folder / MANIFEST)
        except BadInput as error:
            yield Landed(folder.parent.name, folder, None, error.paragraph())
            continue
        if not (folder / manifest.file).is_file():
            yield Landed(folder.parent.name, folder, None, f"{folder.name}: the file {manifest.file} is not here yet.")
            continue
        yield Landed(folder.parent.name, folder, manifest)
