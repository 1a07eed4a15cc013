"""The site as people meet it: opened from the disk, links whole, nothing asked of the network, small."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest
from kit import Built

from assets.published.site.compared import comparisons
from assets.published.site.threats import front
from assets.published.site.words import PlainWords
from assets.published.site.writing import PLACE, put
from assets.tables.asking import Asked

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " base-uri 'none'; form-action 'none'"
)
MARKED = {"a": "href", "link": "href", "script": "src", "option": "value"}


class Links(HTMLParser):
    """What a page points at, and the places that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.places: set[str] = set()
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.places.add(str(given["id"]))
        target = given.get(MARKED.get(tag, ""))
        if target and (tag != "option" or target.endswith(".html")):
            self.targets.append(target)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(given["content"])


@pytest.fixture(scope="module")
def folder(built: Built) -> Path:
    """The site of the session's refresh."""
    return built.output / PLACE


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Links]:
    found = {}
    for path in sorted(folder.rglob("*.html")):
        links = Links()
        links.feed(path.read_text(encoding="utf-8"))
        found[path.relative_to(folder).as_posix()] = links
    return found


def test_there_is_a_page_for_every_threat_force_and_region(pages: dict[str, Links]) -> None:
    def inside(name: str) -> int:
        return sum(page.startswith(f"{name}/") for page in pages)

    assert inside("threats") == 9 + 1 and inside("forces") == 43 and inside("regions") == 9 + 1
    assert {
        "index.html",
        "claims.html",
        "methods.html",
        "sources.html",
        "findings.html",
        "data.html",
        "help.html",
    } <= set(pages)


def test_every_link_leads_somewhere(folder: Path, pages: dict[str, Links]) -> None:
    broken = []
    for name, links in pages.items():
        for target in dict.fromkeys(links.targets):
            if re.match(r"(https?|tel|data):", target):
                continue
            path, _, place = unquote(target).partition("#")
            there = ((folder / name).parent / path).resolve() if path else folder / name
            inside = there.relative_to(folder.resolve()).as_posix() if path else name
            if not there.is_file() or (place and place not in pages[inside].places):
                broken.append(f"{name} -> {target}")
    assert broken == []


def test_nothing_is_asked_of_the_network_and_the_policy_forbids_it(folder: Path, pages: dict[str, Links]) -> None:
    assert {links.policy for links in pages.values()} == {POLICY}
    for name in pages:
        text = (folder / name).read_text(encoding="utf-8")
        assert not re.search(
            r"\sstyle=|\son\w+=|<script(?! src=)|<(?:img|iframe|link)[^>]*(?:src|href)=.https?:", text
        ), name
    assert "fetch(" not in (folder / "assets" / "site.js").read_text(encoding="utf-8")


def test_only_what_changed_is_written_and_readers_see_the_whole(tmp_path: Path) -> None:
    first = put({"index.html": "one", "forces/kent.html": "kent"}, tmp_path)
    kept = (first.folder / "forces/kent.html").stat().st_ino
    again = put({"index.html": "two", "forces/kent.html": "kent"}, tmp_path)
    assert (first.changed, again.changed) == (2, 1)
    assert (again.folder / "forces/kent.html").stat().st_ino == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == [PLACE]
    put({"index.html": "three"}, tmp_path)
    assert not (again.folder / "forces").exists(), "what is no part of the site any more is gone"


def test_a_newer_year_that_is_withheld_is_told_on_the_front_page_and_with_its_threat(
    built: Built, tmp_path: Path
) -> None:
    """As where the estimate of the year to March 2026 contradicted other figures."""
    changed = Path(shutil.copyfile(built.file, tmp_path / "changed.duckdb"))
    changed.chmod(0o644)
    newest = "pairing = 'da_all' AND area_code = 'K04000001' AND period_end = '2025-03-31'"
    with duckdb.connect(changed) as connection:
        asked = Asked(connection)
        for told in (False, True):
            rows = front(asked, comparisons(asked, PlainWords(asked))).compared
            [glance] = [row for row in rows if row.of.key == "da_all"]
            assert ("that to Mar 2026 is withheld" in glance.other_year) == told
            assert ("Of the year to March 2026" in glance.of.reasons[0].says) == told
            connection.execute(f"UPDATE reconciled.answer SET newer_withheld = '2026-03-31' WHERE {newest}")
