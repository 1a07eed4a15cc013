"""The release of a build for others: its file, site, tables and report, described, with a sha256 per file and one signature.

`SHA256SUMS` is as sha256sum writes it, so that it can be checked with nothing else; the signature is over its bytes.
"""

import json
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.published.builds import FILE, published_file
from assets.published.tables.package import LICENCES, json_text
from assets.tables.asking import asking
from assets.tables.files import fingerprint
from assets.words.problems import cannot
from assets.words.wording import NOT_A_RATE
from schemas.rows import AnyRow, Record

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


# What a release is, for catalogues: a Frictionless package of its files and a DCAT dataset as JSON-LD.
DUCKDB = "application/vnd.duckdb"
TITLE = (
    "Violence against women and girls in England and Wales: estimated by the Crime Survey and recorded by the police"
)
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# What people fetch whole; the pages of the site are reached from its first one.
OFFERED = ("darkfigure.duckdb", "site/index.html", "report/index.html", "answers.md", "tables/")


def package(tables: Path, files: Mapping[str, Path], build: Record) -> dict[str, Any]:
    """`text`: the description of the tables in their folder and of the file beside them, each with size and sha256; `id`."""
    described = json.loads(tables.read_text(encoding="utf-8"))
    resources = [
        {**described_file, "path": f"tables/{described_file['path']}"} for described_file in described["resources"]
    ]
    resources += [{"name": "darkfigure", "path": "darkfigure.duckdb", "format": "duckdb", "mediatype": DUCKDB}]
    for resource in resources:
        path = files[resource["path"]]
        resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{fingerprint(path)}"}
    whole = described | {"name": "darkfigure", "version": build["build_id"], "resources": resources}
    return {"id": described["id"], "text": json_text(whole)}


def catalogue(build: Record, sources: Sequence[AnyRow], files: Mapping[str, Path], sums: Mapping[str, str]) -> str:
    """The DCAT dataset: what it is, of when, under which licence, from which publications, and its files."""
    dataset = {
        "@context": CONTEXT,
        "@type": "dcat:Dataset",
        "dct:identifier": build["build_id"],
        "dct:title": TITLE,
        "dct:description": NOT_A_RATE,
        "dct:language": "en",
        "dct:issued": {"@type": "xsd:dateTime", "@value": f"{build['built_at'].isoformat(timespec='seconds')}Z"},
        "dcat:version": build["build_id"],
        "dct:license": {"@id": LICENCES[0]["path"]},
        "prov:wasDerivedFrom": [_source(source) for source in sources],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": name,
                "dcat:downloadURL": {"@id": name},
                "dcat:mediaType": _media(name),
                "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(files[name].stat().st_size)},
                "spdx:checksum": {"@type": "spdx:Checksum", "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                                  "spdx:checksumValue": sha256},
            }
            for name, sha256 in sums.items() if name.startswith(OFFERED)
        ],
    }  # fmt: skip
    return json.dumps(dataset, indent=1, ensure_ascii=False) + "\n"


def _source(row: AnyRow) -> dict[str, Any]:
    """A publication with its publisher, and the releases that were read."""
    named = {"@id": row["address"]} if row["address"] else {}
    of = {"dct:title": row["publication"], "dct:publisher": {"@type": "foaf:Agent", "foaf:name": row["publisher"]}}
    return {**named, "@type": "prov:Entity", **of, "dcat:version": row["releases"]}


def _media(name: str) -> str:
    return DUCKDB if name.endswith(".duckdb") else mimetypes.guess_type(name)[0] or "application/octet-stream"
