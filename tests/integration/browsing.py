"""What the tests of the UI, the report and the site do in a browser."""

import contextlib
import json
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

# A browser that asks nothing of the network by itself, on a machine without a screen.
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")

QUARTER = "2022-04"
ENDED = {"SUCCESS", "FAILURE", "CANCELED"}
SENSOR = """{ sensorOrError(sensorSelector: {
    repositoryName: "__repository__", repositoryLocationName: "darkfigure", sensorName: "NAME"
}) { ... on Sensor { id sensorState { ticks(limit: 1) { status } } } } }"""
RUNS_WITHIN = 300
TRIES, EACH_TRY = 4, 60_000


@contextlib.contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """The browser of this machine, or a skip where there is none."""
    place = next(filter(None, map(shutil.which, NAMES)), None)
    if place is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=[*QUIET, *flags])
        yield browser
        browser.close()


def axe_finds(page: Page, options: dict[str, object], parts: list[str] | None = None) -> list[str]:
    """What axe finds against the page or parts of it; it must have looked at something."""
    import axe_playwright_python

    if not page.evaluate("typeof axe !== 'undefined'"):
        script = Path(axe_playwright_python.__file__).parent / "axe.min.js"
        page.evaluate(script.read_text(encoding="utf-8"))
    where = {"include": [[part] for part in parts]} if parts else None
    found = page.evaluate("([where, options]) => axe.run(where || document, options)", [where, options])
    assert found["passes"], "axe looked at nothing"
    return [
        f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:3]]}" for one in found["violations"]
    ]


def visible(page: Any, *texts: str, within: float | None = None) -> None:
    """Wait until the page shows every one of some texts. within: milliseconds for each; if not given, what the page waits"""
    for text in texts:
        page.get_by_text(text, exact=False).first.wait_for(state="visible", timeout=within)


def switched_off(address: str, sensor: str) -> None:
    """Switch a sensor off as the UI's switch does, whose page takes half a minute to show it, and wait for what it began."""
    look = SENSOR.replace("NAME", sensor)
    known_as = asked(address, look)["sensorOrError"]["id"]
    stopped = asked(address, f'mutation {{ stopSensor(id: "{known_as}") {{ __typename }} }}')
    assert stopped["stopSensor"]["__typename"] == "StopSensorMutationResult", stopped
    wait_while(lambda: asked(address, look)["sensorOrError"]["sensorState"]["ticks"] == [{"status": "STARTED"}])


def asked(address: str, query: str) -> Any:
    """What the UI's own service answers, asked as its pages ask."""
    request = urllib.request.Request(
        f"{address}/graphql", json.dumps({"query": query}).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)["data"]


def taken_in(page: Any, address: str, supplier: str, says: str) -> None:
    """Take in by a click what a supplier has sent for the quarter, and see what its partition says when the run has ended."""
    at = f"{address}/assets/returns/accepted?view=partitions&partition={QUARTER}%7C{supplier}"
    page.goto(at)
    page.get_by_role("button", name="Materialize").first.click()
    page.get_by_role("button", name="Launch 1 run").click()
    visible(page, "Launched run")
    page.goto("about:blank")  # a page that looks all the time takes the machine from the run that it waits for
    wait_while(lambda: {run["status"] for run in runs(address)} - ENDED)
    # A page that was opened while the machine stood still may stay empty until it is opened again.
    for _ in range(TRIES):
        page.goto(at)
        with contextlib.suppress(TimeoutError):
            visible(page, says, within=EACH_TRY)
            return
    raise AssertionError(f"{says} is not shown. Runs: {runs(address)}. Page: {page.inner_text('body')}")


def wait_while(unfinished: Callable[[], Any]) -> None:
    """Wait until something has ended, or as long as a run may take."""
    until = time.monotonic() + RUNS_WITHIN
    while time.monotonic() < until and unfinished():
        time.sleep(0.5)


def runs(address: str) -> Any:
    """The runs of the history with their statuses and partitions."""
    query = "{ runsOrError { ... on Runs { results { status jobName tags { key value } } } } }"
    return asked(address, query)["runsOrError"]["results"]
