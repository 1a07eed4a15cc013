"""The Dagster UI in a real browser: groups, the page of the gap with its columns and checks, and the history of runs."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit import ROOT, Built, Tables, environment

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
GROUPS = ("archive", "survey", "recorded", "population", "reference", "reconciled", "published")
STARTS_WITHIN, RUNS_WITHIN, SHOWS_WITHIN = 90, 90, 45_000


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def address(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The UI over a copy of the refreshed data root and its history."""
    root = Path(shutil.copytree(built.root, tmp_path_factory.mktemp("ui") / "data", symlinks=True))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = root / "ui.log"
    with log.open("w", encoding="utf-8") as sink:
        server = subprocess.Popen(
            [sys.executable, "-m", "dagster", "dev", "-w", ROOT / "workspace.yaml", "-h", "127.0.0.1", "-p", str(port)],
            cwd=ROOT, env=environment(DAGSTER_HOME=str(root / "interim" / "dagster"), DARKFIGURE_DATA=str(root)),
            stdout=sink, stderr=subprocess.STDOUT, start_new_session=os.name != "nt",
        )  # fmt: skip
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not answers(f"{url}/server_info"):
            assert server.poll() is None and time.monotonic() < until, log.read_text(encoding="utf-8")
            time.sleep(0.3)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        if os.name != "nt":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser_path is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1500, "height": 1100})
        opened.set_default_timeout(SHOWS_WITHIN)
        yield opened
        browser.close()


def visible(page: Any, *texts: str) -> None:
    """Wait until the page shows every one of some texts."""
    for text in texts:
        page.get_by_text(text, exact=False).first.wait_for(state="visible")


def test_the_lineage_shows_the_groups_of_the_house_and_offers_to_make_all(page: Any, address: str) -> None:
    page.goto(f"{address}/asset-groups")
    visible(page, "Materialize all", *GROUPS)


def test_the_catalog_lists_assets_with_what_a_row_is(page: Any, address: str) -> None:
    page.goto(f"{address}/assets")
    visible(page, "One published figure as it stands in its source", "archive", "darkfigure", "Materialized")


def test_the_page_of_the_gap_has_its_meaning_its_columns_and_its_rows(page: Any, address: str, tables: Tables) -> None:
    page.goto(f"{address}/assets/reconciled/gap")
    visible(
        page,
        "Not a reporting rate: one victim may have many recorded offences or none.",
        "Made by assets.reconciled.gap.gap",
    )
    visible(
        page,
        "recorded_per_100",
        "Recorded offences per 100 estimated victims (or incidents). Not a reporting rate",
        "non-nullable",
    )
    visible(page, "Readable id of the row, unique across all tables", "VARCHAR", str(len(tables["reconciled.gap"])))


def test_the_checks_of_the_gap_have_passed_and_say_what_they_found(page: Any, address: str) -> None:
    page.goto(f"{address}/assets/reconciled/gap?view=checks")
    visible(page, "blocked_rows_give_no_ratio", "every_ratio_has_its_interval", "contract", "Succeeded", "Passed")
    visible(page, "verdicts and ratios agree", "This is a blocking asset check")
    assert page.get_by_text("Failed", exact=True).count() == 0


def test_the_run_of_the_command_line_is_in_the_history(page: Any, address: str) -> None:
    page.goto(f"{address}/runs")
    visible(page, "refresh", "Success")


def test_an_asset_that_is_clicked_is_made_again(page: Any, address: str) -> None:
    page.goto(f"{address}/assets/reference/threat")
    visible(page, "One of the nine threats")
    page.get_by_role("button", name="Materialize").first.click()
    visible(page, "Launched run")
    page.goto(f"{address}/runs")
    until = time.monotonic() + RUNS_WITHIN
    while page.get_by_text("Success", exact=True).count() < 2 and time.monotonic() < until:
        time.sleep(0.5)
    assert page.get_by_text("Success", exact=True).count() >= 2, page.inner_text("body")
