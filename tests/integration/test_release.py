"""Published onwards: a signed release in a folder, a bucket and on a static host, older ones beside it, and what is wrong."""

import dataclasses
import functools
import hashlib
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from kit import Built, darkfigure, why_refused

from assets.published.onward.bundle import Bundle, bundle
from assets.published.onward.sending import LIST, RemoteFolder, faults, release_list, send
from assets.published.onward.signing import new_key
from assets.words.problems import BadInput

DCAT, SPDX = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("key") / "signer"
    assert new_key(file).name == "signer.pub" and file.stat().st_mode & 0o077 == 0
    return file


@pytest.fixture(scope="module")
def public(key: Path) -> bytes:
    return key.with_name("signer.pub").read_bytes()


@pytest.fixture(scope="module")
def small(built: Built) -> Bundle:
    """The release of the session's build with three of its files."""
    whole = bundle(built.output)
    kept = {
        name: path
        for name, path in whole.files.items()
        if name in ("answers.md", "site/index.html", "tables/datapackage.json")
    }
    return dataclasses.replace(whole, files=kept)


def later(bundle: Bundle, day: int = 31) -> Bundle:
    return dataclasses.replace(bundle, build={**bundle.build, "build_id": f"299912{day:02d}T235959.000000Z-ffffffff"})


@pytest.fixture(scope="module")
def published(built: Built, key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the whole release, put there by the command line."""
    folder = tmp_path_factory.mktemp("published")
    ran = darkfigure("release", "publish", folder, "--key", key, "--data", built.root)
    assert ran.code == 0, ran.error
    [entry] = release_list(RemoteFolder.of(str(folder)))
    assert f"Pin: {entry['pin']}" in ran.said
    return folder


def test_a_reader_verifies_what_was_pinned_with_our_command_and_without_it(published: Path, key: Path) -> None:
    [entry] = json.loads((published / "releases.json").read_text(encoding="utf-8"))["releases"]
    release = published / entry["path"]
    ran = darkfigure("release", "verify", release, "--key", f"{key}.pub", "--pin", entry["pin"])
    assert ran.code == 0 and ran.said.startswith("Whole, and signed by")
    assert entry["pin"] == f"sha256:{hashlib.sha256((release / 'SHA256SUMS').read_bytes()).hexdigest()}"
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=release, check=True)
    assert entry["build"] in (published / "index.html").read_text(encoding="utf-8")


def test_the_descriptions_say_what_the_files_are(published: Path) -> None:
    [entry] = release_list(RemoteFolder.of(str(published)))
    release = published / entry["path"]
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) > 5
    for one in package["resources"]:
        content = (release / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    graph = rdflib.Graph().parse(release / "dcat.jsonld", format="json-ld", publicID="https://example.org/release/")
    [dataset] = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    assert str(graph.value(dataset, rdflib.DCTERMS.identifier)) == entry["build"]
    sums = dict(line.split("  ")[::-1] for line in (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {}
    for distribution in graph.objects(dataset, DCAT.distribution):
        name = str(graph.value(distribution, DCAT.downloadURL)).removeprefix("https://example.org/release/")
        files[name] = str(graph.value(graph.value(distribution, SPDX.checksum), SPDX.checksumValue))
    assert "darkfigure.duckdb" in files and all(sums[name] == sha256 for name, sha256 in files.items())
    sources = [*graph.objects(dataset, rdflib.PROV.wasDerivedFrom)]
    assert len(sources) > 5 and all(graph.value(node, rdflib.DCTERMS.publisher) for node in sources)


def test_whatever_was_changed_is_named(small: Bundle, key: Path, public: bytes, tmp_path: Path) -> None:
    send(small, RemoteFolder.of(str(tmp_path)), key)
    folder = tmp_path / "releases" / small.name
    place, sums = RemoteFolder.of(str(folder)), folder / "SHA256SUMS"
    pin = hashlib.sha256(sums.read_bytes()).hexdigest()
    assert list(faults(place, public, pin)) == []
    (folder / "answers.md").write_text("otherwise", encoding="utf-8")
    (folder / "site" / "index.html").unlink()
    assert list(faults(place, public, pin)) == ["answers.md: its content was changed.", "site/index.html: is missing."]
    # Whoever changes the list too is found by the signature, and who signs it anew by the key and by the pin.
    changed = hashlib.sha256(b"otherwise").hexdigest()
    lines = [line for line in sums.read_text(encoding="utf-8").splitlines(keepends=True) if "site/" not in line]
    sums.write_text(
        "".join(f"{changed}  answers.md\n" if "answers.md" in line else line for line in lines), encoding="utf-8"
    )
    [said] = faults(place, public, None)
    assert said.startswith("The signature is not by this key")
    other = tmp_path / "another"
    new_key(other)
    said = [fault.partition(",")[0] for fault in faults(place, other.with_name("another.pub").read_bytes(), pin)]
    assert said[0].startswith("This is not the release that was pinned") and said[1].startswith(
        "The signature is not by"
    )


def test_older_releases_stay_and_none_is_changed(small: Bundle, key: Path, public: bytes, tmp_path: Path) -> None:
    place = RemoteFolder.of(str(tmp_path))
    assert send(small, place, key) == (small.name, True) and send(small, place, key) == (small.name, False)
    send(later(small), place, key)
    assert [one["build"] for one in release_list(place)] == [later(small).name, small.name]
    for one in release_list(place):
        assert list(faults(RemoteFolder.of(f"{tmp_path}/{one['path']}"), public, one["pin"])) == []
    otherwise = dataclasses.replace(small, texts={**small.texts, "dcat.jsonld": "{}\n"})
    with pytest.raises(BadInput, match="never changed"):
        send(otherwise, place, key)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket of a server of this machine that speaks as S3 does; its libraries are loaded by who runs it."""
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    S3FileSystem.clear_instance_cache()  # it may be of another server of this session, and so may a bucket
    RemoteFolder.of("s3://").system.mkdir(f"vawg-{port}")
    yield f"s3://vawg-{port}/figures"
    server.stop()


def test_a_bucket_holds_releases_as_a_folder_does(small: Bundle, key: Path, public: bytes, bucket: str) -> None:
    place = RemoteFolder.of(bucket)
    assert send(small, place, key) == (small.name, True) and send(later(small), place, key)[1]
    assert len(release_list(place)) == 2
    for one in release_list(place):
        assert list(faults(RemoteFolder.of(f"{bucket}/{one['path']}"), public, one["pin"])) == []
    place.system.pipe_file(f"{place.root}/releases/{small.name}/answers.md", b"otherwise")
    assert list(faults(RemoteFolder.of(f"{bucket}/releases/{small.name}"), public, None)) == [
        "answers.md: its content was changed."
    ]


@pytest.mark.parametrize("kind", ["folder", "bucket"])
def test_two_who_publish_at_once_are_both_listed(
    kind: str, small: Bundle, key: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Wherever the second comes in between: each time that the first has read the list, and with an empty place too."""
    address = str(tmp_path) if kind == "folder" else request.getfixturevalue("bucket")
    others = iter([later(small, day) for day in (1, 2, 3)])

    class Overtaken(RemoteFolder):
        def read(self, name: str) -> bytes | None:
            content = super().read(name)
            if name == LIST and (other := next(others, None)):
                thread = threading.Thread(target=send, args=(other, RemoteFolder.of(address), key))
                thread.start()
                thread.join(None if kind == "bucket" else 0.3)  # in a folder it waits for the lock
                beside.append(thread)
            return content

    beside: list[threading.Thread] = []
    send(small, Overtaken(*dataclasses.astuple(RemoteFolder.of(address))), key)
    for thread in beside:
        thread.join()
    names = [later(small, day).name for day in (3, 2, 1)] + [small.name]
    assert [one["build"] for one in release_list(RemoteFolder.of(address))] == names
    front = (RemoteFolder.of(address).read("index.html") or b"").decode()
    assert [name for name in names if name not in front] == []


def test_what_a_static_host_serves_is_verified_from_there(published: Path, public: bytes) -> None:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(published))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        [entry] = release_list(RemoteFolder.of(address))
        assert list(faults(RemoteFolder.of(f"{address}/{entry['path']}"), public, entry["pin"])) == []
        server.shutdown()


def test_a_release_that_is_not_whole_is_not_published(built_copy: Built) -> None:
    (built_copy.output / "tables" / "datapackage.json").write_text(
        '{"id": "another", "resources": []}', encoding="utf-8"
    )
    with pytest.raises(BadInput, match="not whole"):
        bundle(built_copy.output)
    shutil.rmtree(built_copy.output / "site")
    assert "without site/index.html" in why_refused(lambda: bundle(built_copy.output)).paragraph()
