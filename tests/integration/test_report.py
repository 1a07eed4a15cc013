"""The report as people meet it: in a real browser, by keyboard, in light and dark, on a phone, without a network."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from browsing import axe_finds
from kit import Built
from playwright.sync_api import Browser, Page

from assets.published.report import page as report_page
from assets.published.report.page import PLACE, write_report
from assets.words.wording import NOT_A_RATE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Contrast is dear to compute and the page repeats its parts: it is looked at on one of each kind, opened.
STRUCTURE = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
KINDS = [
    "header",
    "nav",
    "#what",
    "#glance",
    "#read",
    "#pairing-da_all",
    "#pairing-stalking_subgroup",
    "#method",
    "footer",
]
LARGEST, PHONE = 3_000_000, 390
PAPER = 702  # pixels of A4 between the margins
STANDS = ["reconciled.trend", "reconciled.target", "reconciled.union_bound", "reconciled.threat_overlap", "reconciled.flag_check",
          "reconciled.reporting_bridge", "reconciled.attrition", "reconciled.revision", "statement.claim",
          "reconciled.threat_profile"]  # fmt: skip


@pytest.fixture(scope="module")
def report(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the session's refresh; made here where the refresh did not."""
    made = built.output / PLACE
    return made if made.exists() else write_report(built.file, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def text(report: Path) -> str:
    return report.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The page on a desk; every address that the browser asked for stands in `asked`."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    opened.asked = []  # type: ignore[attr-defined]
    opened.on("request", lambda request: opened.asked.append(request.url))  # type: ignore[attr-defined]
    opened.goto(report.as_uri())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def flat(browser: Browser, report: Path) -> Iterator[Page]:
    """The page with everything open, two rows a table, and pictures emptied: what axe would only find again and again.

    It cannot tell what stands behind the texts of a picture; the colours of charts have a test of their own.
    """
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    opened.goto(report.as_uri())
    opened.evaluate("document.querySelectorAll('svg').forEach(one => one.replaceChildren())")
    opened.evaluate("document.querySelectorAll('tbody tr:nth-child(n + 3)').forEach(one => one.remove())")
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    yield opened
    opened.close()


def test_the_page_is_one_small_file_without_script_or_network(text: str, page: Page, report: Path) -> None:
    assert len(text.encode()) < LARGEST
    assert "<script" not in text and not re.search(r"\son\w+=", text)
    assert not re.search(r"(?:src|action|data)=[\"']?http|url\((?!#)|@import", text)
    assert page.asked == [report.as_uri()]  # type: ignore[attr-defined]


def test_keyboard_alone_reaches_everything(page: Page) -> None:
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0"), (
        "the skip link is seen when it has focus"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    expected = page.evaluate("[...document.querySelectorAll('main :is(a[href], summary, [tabindex=\"0\"])')].filter("
                             "one => one.checkVisibility()).length")  # fmt: skip
    reached = 0
    for _ in range(expected):
        page.keyboard.press("Tab")
        reached += page.evaluate("document.querySelector('main').contains(document.activeElement)"
                                 " && getComputedStyle(document.activeElement).outlineStyle === 'solid'")  # fmt: skip
    assert reached == expected > 50


def test_a_data_table_opens_by_keyboard(page: Page) -> None:
    summary = page.locator("details.data > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.data").first.get_attribute("open") is not None
    page.keyboard.press("Enter")


def test_axe_finds_nothing_in_light(flat: Page) -> None:
    assert axe_finds(flat, STRUCTURE) == []
    assert axe_finds(flat, CONTRAST, KINDS) == []


def test_axe_finds_no_weak_contrast_in_dark(flat: Page) -> None:
    flat.emulate_media(color_scheme="dark")
    assert flat.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 27)"
    assert axe_finds(flat, CONTRAST, KINDS) == []
    flat.emulate_media(color_scheme="light")


def test_axe_would_find_what_is_wrong(flat: Page) -> None:
    flat.evaluate(
        "document.querySelector('footer').innerHTML += '<p id=pale style=\"color:#888;background:#999\">pale</p>'"
    )
    assert axe_finds(flat, CONTRAST, ["footer"])
    flat.evaluate("document.querySelector('#pale').remove()")


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, report: Path) -> None:
    phone = browser.new_page(viewport={"width": PHONE, "height": 844})
    phone.goto(report.as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert phone.evaluate("Math.min(...[...document.querySelectorAll('svg text')].slice(0, 60).map("
                          "one => one.getBoundingClientRect().height))") > 10, "labels of charts stay legible"  # fmt: skip
    phone.close()


def test_on_paper_it_is_short_whole_and_without_empty_headings(browser: Browser, report: Path) -> None:
    paper = browser.new_page(viewport={"width": PAPER, "height": 1000})
    paper.goto(report.as_uri())
    paper.emulate_media(media="print")
    wide = paper.evaluate("[...document.querySelectorAll('main *')].filter(one => one.checkVisibility()"
                          " && !one.closest('svg') && one.getBoundingClientRect().right > innerWidth + 1)"
                          ".map(one => one.outerHTML.slice(0, 80))")  # fmt: skip
    assert wide == [], "nothing runs over the edge"
    bare = paper.evaluate("[...document.querySelectorAll('main :is(h3, h4, h5)')].filter(one => one.checkVisibility()"
                          " && !one.closest('figcaption') && !one.nextElementSibling?.checkVisibility())"
                          ".map(one => one.textContent)")  # fmt: skip
    assert bare == []
    hidden = "[...document.querySelectorAll('article.comparison')].filter(one => !one.checkVisibility()).length"
    assert paper.evaluate(hidden) == 0
    assert paper.get_by_text("On paper stand the comparisons").is_visible(), "what is left out is said"
    sheets = len(re.findall(rb"/Type\s*/Page\b", paper.pdf(prefer_css_page_size=True)))
    assert 8 < sheets <= 26
    paper.close()


def test_every_blocked_comparison_is_there_with_its_reason(page: Page, file: duckdb.DuckDBPyConnection) -> None:
    shown = page.evaluate("Object.fromEntries([...document.querySelectorAll('article.comparison')].map("
                          "one => [one.id.replace('pairing-', ''), one.textContent.replace(/\\s+/g, ' ')]))")  # fmt: skip
    blocked = file.execute("SELECT DISTINCT pairing, reason FROM gap WHERE verdict = 'block'").fetchall()
    assert len(blocked) > 20
    assert not [(pairing, reason) for pairing, reason in blocked if " ".join(reason.split()) not in shown[pairing]]


def test_no_ratio_stands_without_the_sentence_and_the_designations(page: Page) -> None:
    pairs = page.evaluate("[...document.querySelectorAll('.ratio-line:not(.none)')].map("
                          "one => [one.nextElementSibling.textContent,"
                          " one.querySelectorAll('.designation').length])")  # fmt: skip
    assert len(pairs) >= 6 and all(pair == [NOT_A_RATE, 2] for pair in pairs)
    figures = page.evaluate("[...document.querySelectorAll('figure[id^=gap-]')].map(one => one.textContent)")
    assert figures and all(NOT_A_RATE in figure for figure in figures)


def test_numbers_on_the_page_are_those_of_the_file(page: Page, file: duckdb.DuckDBPyConnection) -> None:
    lines_shown = page.evaluate("[...document.querySelectorAll('figure[id^=gap-] tr[data-row]')].map("
                                "one => [one.dataset.row, [...one.cells].map(cell => cell.textContent)])")  # fmt: skip
    found = file.execute(
        "SELECT row_id, estimate, recorded, recorded_per_100, recorded_per_100_lower, recorded_per_100_upper, verdict"
        " FROM reconciled.answer"
    ).fetchall()
    rows = {row[0]: row[1:] for row in found}
    assert len(lines_shown) > 40
    sets = 0
    for row_id, cells in lines_shown:
        estimate, recorded, ratio, lower, upper, verdict = rows[row_id]
        assert cells[2] == f"{estimate / 1000:,.0f}", row_id
        assert cells[4] == ("[x]" if recorded is None else f"{recorded:,.0f}"), row_id
        if verdict == "block":
            assert cells[6:8] == ["[z]", "[z]"], row_id
            continue
        # Where no one value may be given, the two ends are printed beside an empty ratio.
        assert cells[6] == ("[x]" if ratio is None else f"{ratio:.1f}"), row_id
        assert cells[7] == f"{lower:,.1f} to {upper:,.1f}", row_id
        sets += ratio is None
    assert sets, "some comparisons are sets"


def test_counts_of_the_breakdown_are_those_of_the_file(page: Page, file: duckdb.DuckDBPyConnection) -> None:
    shown = page.evaluate("[...document.querySelectorAll('tr[data-row^=\"breakdown:\"]')].map("
                          "one => [one.dataset.row, one.textContent])")  # fmt: skip
    offences = dict(file.execute("SELECT row_id, offences FROM threat_breakdown").fetchall())
    assert len(shown) > 100
    assert not [row_id for row_id, said in shown if f"{offences[row_id]:,.0f}" not in said]


def test_every_picture_has_words_and_its_data_table(page: Page) -> None:
    bare = page.evaluate("[...document.querySelectorAll('figure')].filter(one => !one.querySelector('details.data table')"
                         " || [...one.querySelectorAll('svg')].some(svg => !(svg.closest('[role=img]')?.ariaLabel.length > 40))"
                         ").map(one => one.id)")  # fmt: skip
    assert bare == []


@pytest.fixture
def changed(built: Built, tmp_path: Path) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection]]:
    """A copy of the published file that a test may change."""
    file = tmp_path / "darkfigure.duckdb"
    shutil.copyfile(built.file.resolve(), file)
    connection = duckdb.connect(file)
    yield file, connection
    connection.close()


def test_the_page_builds_where_further_tables_are_empty(changed: tuple[Path, duckdb.DuckDBPyConnection]) -> None:
    file, connection = changed
    connection.execute("DROP VIEW meta.origin; CREATE VIEW meta.origin AS SELECT NULL::VARCHAR AS row_id, NULL::VARCHAR AS"
                       " table_name, NULL::VARCHAR AS what")  # fmt: skip
    for table in STANDS:
        connection.execute(f"DELETE FROM {table}")
    connection.close()
    text = report_page.report(file)
    assert 'id="threat-domestic_abuse"' in text
    assert not [
        word for word in ("The claims ledger", "Across threats", "From recorded offence to conviction") if word in text
    ]


@pytest.mark.long
def test_no_text_of_the_file_becomes_markup(changed: tuple[Path, duckdb.DuckDBPyConnection]) -> None:
    file, connection = changed
    hostile = """'"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"""
    for table, column in (
        ("reference.pairing", "title"), ("reference.pairing", "label"), ("reference.threat", "definition"),
        ("reconciled.gap", "reason"),
        ("reference.comparability_break", "what_changed"), ("reference.offence", "name"), ("meta.release", "title"),
        ("meta.release", "url"), ("reference.rule", "says"),
    ):  # fmt: skip
        connection.execute(f"UPDATE {table} SET {column} = ?", [hostile])
    connection.close()
    text = report_page.report(file)
    assert "<script" not in text and "<img" not in text and "&lt;script&gt;" in text and "{{ 7 * 7 }}" in text
