"""The site in a real browser, opened from the disk: three clicks on a phone, filters, search, keyboard, downloads, axe, words.

The words of the pages are kept in `site_words.txt`: `DARKFIGURE_KEEP_WORDS=1` writes them anew, to be read before a commit.
"""

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from browsing import axe_finds
from kit import VALIDATE, Built
from playwright.sync_api import Browser, Page

from assets.published.site.writing import PLACE

WORDS = Path(__file__).with_name("site_words.txt")
KINDS = [
    "index.html", "threats/stalking-harassment.html", "threats/all-vawg.html", "threats/spiking.html", "forces/kent.html",
    "regions/south-east.html", "forces.html", "claims.html", "methods.html", "sources.html", "findings.html", "data.html",
    "help.html",
]  # fmt: skip
# Asked for what takes seconds; the others by the long tests.
FEW = ("index.html", "threats/stalking-harassment.html", "forces/kent.html")
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SMALL, ROOM = 6_000_000, 200_000  # bytes; a release landed must not break the promise
Walked = dict[str, tuple[int, list[str], list[str]]]
SAID = ", ".join(f"main {part}" for part in ("h1", "h2", "figcaption h3", ".lead", ".badge", "summary", ".panel-title", ".advice",
                                              ".reasons strong"))  # fmt: skip


@pytest.fixture(scope="module")
def folder(built: Built) -> Path:
    return built.output / PLACE


@pytest.fixture
def phone(browser: Browser, folder: Path) -> Iterator[Page]:
    """The front page on a phone; nothing but files may be asked for."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri())
    yield page
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=DESK)
    yield page
    page.close()


@pytest.fixture(scope="module")
def walked(browser: Browser, folder: Path) -> Walked:
    """Each kind of page, opened once on a phone: its width in pixels, its words (see SAID) and its leads."""
    page, found = browser.new_page(viewport=PHONE), {}
    for name in KINDS:
        page.goto((folder / name).as_uri())
        texts = (page.locator(places).all_text_contents() for places in (SAID, "main .lead"))
        found[name] = page.evaluate("document.documentElement.scrollWidth"), *texts
    page.close()
    return found


def in_view(page: Page, text: str) -> bool:
    """Does a text stand on the first screen, as it is scrolled?"""
    box = page.locator("main").get_by_text(text).first.bounding_box()
    return box is not None and 0 <= box["y"] < PHONE["height"]


def test_may_i_compare_stalking_in_one_tap(phone: Page) -> None:
    phone.get_by_role("link", name="Stalking", exact=True).tap()
    phone.wait_for_url("**/stalking-harassment.html#*")
    phone.wait_for_timeout(800)  # the page scrolls to the place softly
    assert in_view(phone, "May the two be compared? With care.")


def test_what_is_it_in_kent_in_two_taps(phone: Page) -> None:
    phone.locator("#force").select_option(label="Kent")  # one tap opens the list, one chooses
    phone.wait_for_url("**/forces/kent.html")
    card = phone.locator(".three > div", has_text="Stalking and harassment")
    assert re.search(r"\d+,\d{3} offences", card.inner_text())


def test_where_is_the_number_from_in_two_taps(phone: Page) -> None:
    phone.get_by_role("link", name="Stalking", exact=True).tap()
    phone.locator("section.comparison a.where").first.tap()
    said = phone.locator("dialog[open]")
    said.get_by_role("heading", name="Published figures").wait_for()
    text = said.inner_text()
    assert (
        "Office for National Statistics" in text
        and re.search(r"Table|Worksheet|page", text)
        and "darkfigure explain" in text
    )
    assert said.get_by_role("link", name="Publisher’s page").count()
    phone.keyboard.press("Escape")
    assert phone.locator("dialog[open]").count() == 0


def test_give_me_the_csv_in_two_taps(phone: Page) -> None:
    phone.get_by_role("link", name="Stalking", exact=True).tap()
    # A browser shows a CSV from the disk, or saves it: the link leads to the file beside the page.
    link = phone.get_by_role("link", name=re.compile("^CSV")).first
    assert link.get_attribute("download") is not None
    place = link.evaluate("link => new URL(link.href).pathname")
    rows = Path(place).read_text(encoding="utf-8").splitlines()
    assert rows[0].endswith("row_id") and len(rows) > 5


def test_a_phone_needs_no_sideways_scrolling(walked: Walked) -> None:
    assert not [(name, width) for name, (width, _, _) in walked.items() if width > PHONE["width"]]


def test_the_compared_threats_stand_on_the_first_screen_of_a_phone(phone: Page) -> None:
    rows = phone.locator(".glance .row:not(.small)")
    assert rows.count() >= 5
    foot = phone.evaluate(
        "[...document.querySelectorAll('.glance .row:not(.small)')].at(-1).getBoundingClientRect().bottom"
    )
    assert foot <= PHONE["height"]


def test_every_threat_stands_on_the_first_screen_of_a_desk(desk: Page, folder: Path) -> None:
    desk.goto((folder / "index.html").as_uri())
    rows = desk.locator(".glance .row")
    assert rows.count() >= 9
    assert desk.evaluate("document.querySelector('.glance').getBoundingClientRect().bottom") <= DESK["height"]


def violations(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(
        "document.querySelectorAll('tbody tr:nth-child(n + 3), article:nth-of-type(n + 4)').forEach(one => one.remove())"
    )
    # axe cannot tell what stands behind the texts of a picture; the colours of charts have a test of their own.
    page.evaluate("document.querySelectorAll('svg.chart').forEach(one => one.replaceChildren())")
    return axe_finds(page, {})


@pytest.mark.parametrize(
    "name", [*FEW, *(pytest.param(name, marks=pytest.mark.long) for name in KINDS if name not in FEW)]
)
def test_axe_finds_nothing(browser: Browser, folder: Path, name: str) -> None:
    """On a desk in light or on a phone in dark, page by page; `make validate` looks at every page in both."""
    found, looks = [], ((DESK, "light"), (PHONE, "dark"))
    for size, scheme in looks if VALIDATE else looks[KINDS.index(name) % 2 :][:1]:
        page = browser.new_page(viewport=size, color_scheme=scheme)
        page.goto((folder / name).as_uri())
        found += violations(page)
        page.close()
    assert found == []


def test_filters_stand_in_the_address_and_are_taken_from_it(desk: Page, folder: Path) -> None:
    desk.goto((folder / "claims.html").as_uri())
    every = desk.locator("article:visible").count()
    desk.locator("select[data-filter=verdict]").select_option("conflict")
    kept, address = desk.locator("article:visible").count(), desk.url
    assert 0 < kept < every and "verdict=conflict" in address
    desk.goto("about:blank")
    desk.goto(address)
    assert desk.locator("article:visible").count() == kept


@pytest.mark.parametrize(
    ("page", "name", "value"),
    [
        ("forces/kent.html", "threat", "Rape and serious sexual offences"),
        ("forces/kent.html", "year", "Mar 2018"),
        ("threats/stalking-harassment.html", "force", "Kent"),
        ("threats/rasso.html", "scope", "Police recorded crime, as published by ONS"),
    ],
)
def test_tables_are_filtered_by_threat_year_force_and_scope_in_the_address(
    desk: Page, folder: Path, page: str, name: str, value: str
) -> None:
    desk.goto((folder / page).as_uri())
    desk.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    rows = desk.locator(f"tr[data-{name}]:visible")
    every = rows.count()
    desk.locator(f"select[data-filter={name}]").first.select_option(value)
    kept, address = rows.count(), desk.url
    assert 0 < kept < every and f"{name}=" in address
    assert all(value in said.split("; ") for said in rows.evaluate_all(f"rows => rows.map(row => row.dataset.{name})"))
    desk.goto("about:blank")
    desk.goto(address)
    assert desk.locator(f"tr[data-{name}]:visible").count() > 0, "the fold with the filter is open"
    assert desk.locator(f"select[data-filter={name}]").first.input_value() == value


@pytest.mark.parametrize(
    ("typed", "leads"),
    [("kent", "forces/kent.html"), ("domestic viol", "domestic-abuse"), ("8Q", "stalking"), ("dark figure", "")],
)
def test_search_finds_threats_forces_codes_and_words(desk: Page, folder: Path, typed: str, leads: str) -> None:
    desk.goto((folder / "index.html").as_uri())
    desk.locator("#find").fill(typed)
    first = desk.locator("#found li").first
    first.wait_for()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{leads}**")


def test_charts_have_tips_by_keyboard_a_permalink_a_citation_and_pictures_to_take_away(
    desk: Page, folder: Path
) -> None:
    page = (folder / "threats" / "stalking-harassment.html").as_uri()
    desk.goto(page)
    figure = desk.locator("figure").first
    figure.locator(".drawn").last.focus()
    desk.keyboard.press("ArrowRight")
    assert re.search(r"\d", desk.locator("#tip").inner_text())
    figure.get_by_role("link", name="Link to this chart").click()
    assert desk.url.endswith(f"#{figure.get_attribute('id')}")
    for kind in ("SVG", "PNG"):
        with desk.expect_download() as saved:
            figure.get_by_role("button", name=kind).click()
        content = Path(saved.value.path()).read_bytes()
        assert saved.value.suggested_filename.endswith(kind.lower())
        assert content.startswith({"SVG": b"<svg", "PNG": b"\x89PNG"}[kind])


def test_a_citation_names_the_publications_with_their_releases_and_the_build(
    desk: Page, folder: Path, file: duckdb.DuckDBPyConnection
) -> None:
    page = (folder / "threats" / "stalking-harassment.html").as_uri()
    desk.goto(page)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    figure = desk.locator("figure").first
    figure.get_by_role("button", name="Copy citation").click()
    figure.get_by_role("button", name="Copied").wait_for()
    [(build,)] = file.execute("SELECT build_id FROM meta.build").fetchall()
    [(publisher, title)] = file.execute(
        "SELECT publisher, title FROM meta.release WHERE source = 'ons_appendix' ORDER BY vintage_order DESC LIMIT 1"
    ).fetchall()
    said = desk.evaluate("navigator.clipboard.readText()")
    named = figure.locator("h2, h3").first.inner_text()
    assert said.startswith(f"{named}. Source") and f": {publisher}, {title}" in said
    assert said.endswith(f" Darkfigure, build {build}. {page}#{figure.get_attribute('id')}")


def test_sources_of_a_chart_are_those_that_its_rows_rest_on(folder: Path, file: duckdb.DuckDBPyConnection) -> None:
    """Of Kent's years of sexual offences, drawn from two publications and the people who live there."""
    page = (folder / "forces" / "kent.html").read_text(encoding="utf-8")
    said = page.split('id="trend-sexual-offences-kent"', 1)[1].split('class="remark source">', 1)[1].split("</p>", 1)[0]
    rows = file.execute(
        """SELECT DISTINCT origin.source, origin.release FROM reconciled.force_comparison AS compared
        JOIN meta.lineage AS lineage USING (row_id) JOIN meta.origin AS origin ON origin.row_id = lineage.input_row_id
        WHERE compared.area_name = 'Kent' AND compared.offence_code = 'sexual_offences' AND period_type = 'year'
        AND origin.table_name = 'recorded.force_count'"""
    ).fetchall()
    newest = {source: max(release for row, release in rows if row == source) for source, _ in rows}
    assert len(newest) == 2
    for source, release in newest.items():
        assert f"sources.html#release-{source}-{release}" in said


def test_the_site_is_small(folder: Path) -> None:
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < SMALL - ROOM
    assert max(size for path, size in sizes.items() if path.suffix == ".html") < 400_000


def test_the_words_are_those_that_were_read(walked: Walked) -> None:
    """What a page says in its headings, leads, verdicts and folds; numbers as #, since data move."""
    said = list[str]()
    for name, (_, texts, _) in walked.items():
        shown = dict.fromkeys(re.sub(r"\d[\d,.]*", "#", " ".join(text.split())) for text in texts)
        said += [f"== {name}", *shown, ""]
    if os.environ.get("DARKFIGURE_KEEP_WORDS"):
        WORDS.write_text("\n".join(said), encoding="utf-8")
    kept = WORDS.read_text(encoding="utf-8").split("\n")
    moved = [line for line in difflib.unified_diff(kept, said, "read", "now", lineterm="", n=0) if line[0] in "+-"]
    assert moved == [], (
        "read what changed, then keep it: DARKFIGURE_KEEP_WORDS=1 pytest tests/integration/test_site_browser.py"
    )


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    return max(1, groups - (word.endswith("e") and not word.endswith("le") and groups > 1))


def grade(text: str) -> float:
    """Flesch-Kincaid grade (Kincaid and others, 1975): the years of school that reading it takes; 9 is about 14 years of age."""
    sentences = [one for one in re.split(r"[.!?](?:\s|$)", text) if one.strip()]
    words = re.findall(r"[a-z]+", text.lower())
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_a_reader_of_fourteen_can_read_the_leads(walked: Walked) -> None:
    for name in ("index.html", *(name for name in KINDS if name.startswith("threats/")), "forces/kent.html"):
        text = ". ".join(one.strip().rstrip(".") for one in walked[name][2])
        assert grade(text) <= 9, (name, text)
