"""Put a release where others read it: a folder, an S3-compatible bucket, or what a static host serves; and verify it there.

Each release has a folder of its own, `releases/<build id>/`, that is never changed again. `releases.json` lists them, newest
first, and is written last: who reads it never finds half a release. Two may publish to one place at once.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import stamina
from filelock import FileLock
from fsspec.implementations.local import LocalFileSystem
from jinja2 import Environment, PackageLoader, StrictUndefined

from assets.published.onward.bundle import PUBLIC_KEY, SIGNATURE, SUMS, Bundle
from assets.published.onward.signing import fingerprint_of, is_signed, signature_and_key
from assets.tables.files import fingerprint
from assets.words.problems import cannot

RELEASES, LIST, FRONT = "releases", "releases.json", "index.html"
# What a bucket answers where the file is no longer the one that was read.
OVERTAKEN = ("PreconditionFailed", "ConditionalRequestConflict")


@dataclass(frozen=True)
class RemoteFolder:
    """A folder anywhere that fsspec reaches: a path, s3://bucket/prefix, https://host/path (to read only)."""

    system: Any
    root: str

    @classmethod
    def of(cls, address: str) -> "RemoteFolder":
        """The place of an address; settings such as the endpoint of a bucket come from the environment."""
        system, root = fsspec.core.url_to_fs(address)
        return cls(system, root.rstrip("/"))

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""
        try:
            return bytes(self.system.cat_file(f"{self.root}/{name}"))
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write a small file in one step."""
        self.system.makedirs(f"{self.root}/{name}".rpartition("/")[0], exist_ok=True)
        self.system.pipe_file(f"{self.root}/{name}", content)

    def change(self, name: str, by: Callable[[bytes | None], bytes]) -> None:
        """Write a small file by what stands in it: in a folder under a lock; in a bucket anew where another was faster."""
        if isinstance(self.system, LocalFileSystem):
            with FileLock(f"{self.root}/.{name}.lock"):
                self.write(name, by(self.read(name)))
            return
        for attempt in stamina.retry_context(on=_overtaken, attempts=20, timeout=60, wait_jitter=0.2):
            with attempt:
                # Its tag first: a content that is newer than the tag is not written over.
                tag = self._tag(name)
                condition = {"IfMatch": tag} if tag else {"IfNoneMatch": "*"}
                self.system.pipe_file(f"{self.root}/{name}", by(self.read(name)), **condition)

    def _tag(self, name: str) -> str | None:
        try:
            return str(self.system.info(f"{self.root}/{name}", refresh=True)["ETag"])
        except FileNotFoundError:
            return None

    def put(self, name: str, file: Path) -> None:
        """Copy a file there."""
        self.system.makedirs(f"{self.root}/{name}".rpartition("/")[0], exist_ok=True)
        self.system.put_file(str(file), f"{self.root}/{name}")

    def sha256(self, name: str) -> str | None:
        """Fingerprint of a file there, fetched whole as not every host gives parts; None where there is none."""
        with tempfile.TemporaryDirectory() as folder:
            fetched = Path(folder) / "fetched"
            try:
                self.system.get_file(f"{self.root}/{name}", str(fetched))
            except FileNotFoundError:
                return None
            return fingerprint(fetched)


def _overtaken(error: Exception) -> bool:
    answer = getattr(error.__cause__, "response", None) or {}
    return answer.get("Error", {}).get("Code") in OVERTAKEN


def send(made: Bundle, place: RemoteFolder, key: Path) -> tuple[str, bool]:
    """Put a release there, signed; gives its name and whether it is new. BadInput where another stands under its name."""
    lines = {name: fingerprint(path) for name, path in made.files.items()}
    lines |= {name: hashlib.sha256(text.encode()).hexdigest() for name, text in made.texts.items()}
    sums = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(lines.items())).encode()
    signature, public = signature_and_key(sums, key)
    folder = f"{RELEASES}/{made.name}"
    there = place.read(f"{folder}/{SUMS}")
    if there is not None and there != sums:
        where = f"{place.root}/{folder}"
        raise cannot(
            "A release is never changed",
            where,
            "a release of other content",
            "none, or this one",
            "Refresh, then publish.",
        )
    if there is None:
        for name, path in made.files.items():
            place.put(f"{folder}/{name}", path)
        for name, text in made.texts.items():
            place.write(f"{folder}/{name}", text.encode())
        place.write(f"{folder}/{PUBLIC_KEY}", public)
        place.write(f"{folder}/{SIGNATURE}", signature.encode())
        place.write(f"{folder}/{SUMS}", sums)
    _list(made, place, sums, public)
    return made.name, there is None


def release_list(place: RemoteFolder) -> list[dict[str, str]]:
    """The releases of a place, newest first."""
    return _entries(place.read(LIST))


def _entries(content: bytes | None) -> list[dict[str, str]]:
    return list(json.loads(content)["releases"]) if content else []


def _list(made: Bundle, place: RemoteFolder, sums: bytes, public: bytes) -> None:
    entry = {
        "build": made.name,
        "built_at": f"{made.build['built_at'].isoformat(timespec='seconds')}Z",
        "path": f"{RELEASES}/{made.name}/",
        "pin": f"sha256:{hashlib.sha256(sums).hexdigest()}",
        "signer": f"sha256:{fingerprint_of(public)}",
    }

    def with_entry(content: bytes | None) -> bytes:
        others = [known for known in _entries(content) if known["build"] != made.name]
        every = sorted([entry, *others], key=lambda listed_entry: listed_entry["build"], reverse=True)
        return (json.dumps({"releases": every}, indent=1) + "\n").encode()

    place.change(LIST, with_entry)
    pages = Environment(loader=PackageLoader("assets.published.onward"), undefined=StrictUndefined, autoescape=True)
    shown: list[dict[str, str]] = []
    while (every := release_list(place)) != shown:  # again where another has published meanwhile
        place.write(FRONT, pages.get_template("releases.html.j2").render(releases=every).encode())
        shown = every


def faults(place: RemoteFolder, public: bytes | None, pin: str | None) -> Iterator[str]:
    """What is wrong with the release in a folder, a sentence each; nothing where it is whole, and signed by whom it should be.

    public: the key of who is trusted, as PEM; None takes the one that lies beside, which proves only that nothing was damaged
    pin: sha256 of SHA256SUMS as a reader has noted it, with or without `sha256:` before it
    """
    sums, signature = place.read(SUMS), place.read(SIGNATURE)
    if sums is None or signature is None:
        yield f"{place.root} holds no release: there is no {SUMS if sums is None else SIGNATURE}."
        return
    if pin is not None and hashlib.sha256(sums).hexdigest() != pin.removeprefix("sha256:"):
        yield f"This is not the release that was pinned: its list of files is sha256:{hashlib.sha256(sums).hexdigest()}."
    key = public if public is not None else place.read(PUBLIC_KEY)
    if key is None or not is_signed(sums, signature.decode("ascii", "replace"), key):
        yield "The signature is not by this key, or the list of files was changed after it was signed."
    for line in sums.decode("utf-8", "replace").splitlines():
        sha256, _, name = line.partition("  ")
        fingerprint = place.sha256(name) if name and ".." not in name.split("/") else None
        if fingerprint != sha256:
            yield f"{name}: {'is missing' if fingerprint is None else 'its content was changed'}."
