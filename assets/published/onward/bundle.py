"""The release of a build for others: its file, site, tables and report, described, with a sha256 per file and one signature.

`SHA256SUMS` is as sha256sum writes it, so that it can be checked with nothing else; the signature is over its bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assets.published.builds import FILE, published_file
from assets.published.onward.describing import catalogue, package
from assets.tables.asking import asking
from assets.tables.fingerprint import fingerprint
from assets.words.problems import cannot
from schemas.rows import Record

SUMS, SIGNATURE, PUBLIC_KEY = "SHA256SUMS", "SHA256SUMS.sig", "signer.pub"
PACKAGE, CATALOGUE = "datapackage.json", "dcat.jsonld"
FOLDERS, ALONE = ("site", "tables", "report"), ("answers.md",)
SOURCES = """
SELECT source.publication, source.publisher, source.address,
    string_agg(release.release, ', ' ORDER BY release.release) AS releases
FROM meta.release AS release JOIN main.source AS source USING (source) GROUP BY ALL ORDER BY source.publication
"""


@dataclass(frozen=True)
class Bundle:
    """A release: its build, the files by name in it, and those that are made of text here."""

    build: Record
    files: Mapping[str, Path]
    texts: Mapping[str, str]

    @property
    def name(self) -> str:
        """The folder it is published in: the id of its build."""
        return str(self.build["build_id"])


def bundle(output: Path) -> Bundle:
    """The release of what stands published; BadInput where there is nothing, or the tables beside it are of another build."""
    published = published_file(output)
    if published is None:
        raise cannot("Nothing is published yet", str(output), "no file", FILE, "Run: darkfigure refresh")
    file = published.resolve()
    with asking(file) as asked:
        [build] = asked.rows("SELECT * FROM meta.build")
        sources = asked.rows(SOURCES)
    files = {FILE: file} | {name: output / name for name in ALONE} | {
        path.relative_to(output).as_posix(): path
        for folder in FOLDERS for path in sorted((output / folder).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }  # fmt: skip
    missing = [name for name in (*ALONE, f"tables/{PACKAGE}", "site/index.html") if not (output / name).is_file()]
    described = {} if missing else package(output / "tables" / PACKAGE, files, build)
    if missing or described["id"] != build["build_id"]:
        contents = f"without {', '.join(missing)}" if missing else f"tables of build {described['id']}"
        wanted = f"site, report and tables of build {build['build_id']}"
        raise cannot("The release is not whole", str(output), contents, wanted, "Run: darkfigure refresh --all")
    sums = {name: fingerprint(path) for name, path in files.items()}
    texts = {PACKAGE: described["text"], CATALOGUE: catalogue(build, sources, files, sums)}
    return Bundle(build, files, texts)
