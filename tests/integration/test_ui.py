"""The Dagster UI in a real browser: groups, the page of the gap with its columns and checks, and the history of runs."""

import contextlib
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import QUARTER, asked, chromium, switched_off, taken_in, visible, wait_while
from kit import ROOT, Built, Tables, command, darkfigure, day, environment, in_validation, read_rows, write_csv
from playwright.sync_api import Error
from test_service import free_ports

from assets.returns.supply.seal import seal_again
from assets.returns.synthetic.make import Plan, make
from pipelines.cli import main

ANOTHER_NAME = "--host-resolver-rules=MAP evil.example 127.0.0.1"
GROUPS = ("archive", "survey", "recorded", "population", "reference", "reconciled", "published")
STARTS_WITHIN, SHOWS_WITHIN = 240, 120_000


@pytest.fixture(scope="module")
def root(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the refreshed data root and its history."""
    return Path(shutil.copytree(built.root, tmp_path_factory.mktemp("ui") / "data", symlinks=True))


def documented(port: int) -> list[str]:
    """The command of docs/running-as-a-service.md that serves the UI with its daemon, on another port."""
    page = (ROOT / "docs" / "running-as-a-service.md").read_text(encoding="utf-8")
    [line] = re.findall(r"^darkfigure (serve --port 3000)$", page, flags=re.MULTILINE)
    return command(*line.replace("3000", str(port)).split())


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """The UI over it, served as the docs say."""
    [port] = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    log = root / "ui.log"
    with log.open("w", encoding="utf-8") as sink:
        served = subprocess.Popen(
            documented(port), cwd=ROOT, stdout=sink,
            env=environment(DAGSTER_HOME=str(root / "interim" / "dagster"), DARKFIGURE_DATA=str(root)),
            stderr=subprocess.STDOUT, start_new_session=os.name != "nt",
        )  # fmt: skip
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not answers(f"{url}/server_info"):
            assert served.poll() is None and time.monotonic() < until, log.read_text(encoding="utf-8")
            time.sleep(0.3)
        yield url
    finally:
        end(served)


def end(server: "subprocess.Popen[bytes]") -> None:
    """End a server with all that it started."""
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
    with chromium(ANOTHER_NAME) as browser:
        opened = browser.new_page(viewport={"width": 1500, "height": 1100})
        opened.set_default_timeout(SHOWS_WITHIN)
        yield opened


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
        "Made by assets.reconciled.gap.gap.gap",
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


def test_the_gap_is_answered_without_a_click(page: Any, address: str, tables: Tables) -> None:
    """What is the gap for domestic abuse, can I trust it, where does it come from, what changed: for whom sees only this."""
    page.goto(f"{address}/assets/reconciled/gap")
    newest = tables.row(
        "reconciled.gap", pairing="da_all", period_end=day("2025-03-31"), period_match="plain",
        instrument="csew_self_completion_new", age="16+",
    )  # fmt: skip
    assert newest["verdict"] == "qualify"
    visible(page, "domestic abuse, in short", f"{newest['recorded_per_100']:.1f}", f"{newest['recorded']:,.0f}")
    visible(
        page,
        "May be compared with care. Interval: the widest range that the listed assumptions allow, not a 95% interval.",
    )
    visible(page, "Standing: estimate accredited, count not accredited.", "how far to trust it", "where it comes from")
    said = opened(page, "where it comes from")
    assert "ons_bulletins@da-prevalence-ye-2025-03" in said and "Office for National Statistics" in said
    said = opened(page, "what the last release changed")
    assert "135,590 in ye-2025-09, 135,628 in ye-2025-12 (+38)" in said


@pytest.mark.parametrize(
    "name",
    ["gap", *(pytest.param(name, marks=pytest.mark.long) for name in ("threat_breakdown", "trend", "union_bound"))],
)
def test_the_picture_of_a_result_is_drawn(page: Any, address: str, name: str) -> None:
    page.goto(f"{address}/assets/reconciled/{name}")
    opened(page, "picture", close=False)
    image = (
        page.get_by_role("dialog").locator("img") if page.get_by_role("dialog").count() else page.locator("img[alt]")
    )
    image.first.wait_for(state="visible")
    assert image.first.get_attribute("src").startswith("data:image/svg+xml;base64,")
    assert image.first.evaluate("one => one.complete && one.naturalWidth > 500 && one.naturalHeight > 200")
    assert len(image.first.get_attribute("alt")) > 40


def test_columns_lead_back_to_the_columns_they_are_made_from(page: Any, address: str) -> None:
    page.goto(f"{address}/assets/reconciled/gap")
    said = opened(page, "where its columns come from")
    assert "estimate_designation\tsurvey.estimate (designation)" in said and "reference.pairing (threat)" in said


def test_the_page_names_code_publications_and_licence(page: Any, address: str) -> None:
    page.goto(f"{address}/assets/reconciled/threat_breakdown")
    visible(
        page,
        "assets.reconciled.threats.threat_breakdown.threat_breakdown",
        "source/ons_appendix",
        "OGL-v3.0",
        "parquet",
    )
    visible(page, "at least 0", "one of", "releases and files")


def test_a_check_that_fails_tells_its_cases(page: Any, address: str) -> None:
    """What is doubted of the tracked figures: the share of Table B9b that stands one period early is among it."""
    tells_its_cases(page, address, "figure:prc.b9_share.")


def tells_its_cases(page: Any, address: str, figure: str) -> None:
    page.goto(f"{address}/assets/archive/doubt?view=checks&checkDetail=figures_agree")
    visible(page, "figures_agree", "Not true of")
    # A case names the figure by its row id, not its value, and says which relation does not hold.
    visible(page, figure)


@in_validation
def test_all_is_made_again_from_the_ui_and_a_check_that_fails_tells_its_cases(
    page: Any, address: str, root: Path
) -> None:
    """A subgroup of ONS Table A5a that is one more than its classes: doubted, and told with its cases; it stops nothing."""
    file = root / "figures" / "recorded_offences.csv"
    rows = read_rows(file)
    of_rape = [row for row in rows if row["series"] == "prc.a5a.rape" and row["release"] == "ye-2025-12"]
    of_rape[-1]["value"] = str(int(of_rape[-1]["value"]) + 1)
    of_rape[-1]["printed"] = f"{int(of_rape[-1]['value']):,}"
    write_csv(file, rows)
    page.goto(
        f"{address}/locations/darkfigure/jobs/refresh"
    )  # in the lineage the button asks for partitions of returns too
    page.get_by_role("button", name="Materialize all").click()
    page.get_by_role("button", name="Confirm").click()  # nothing was ever downloaded: it asks whether one is sure
    visible(page, "Launched run")
    ended(page, address, "Success", 2)
    tells_its_cases(page, address, "figure:prc.a5a.rape:")
    assert "The classes of a subgroup" in page.inner_text("body")


@pytest.fixture(scope="module")
def by_hand(address: str) -> None:
    """Returns are taken in by a click: by itself the sensor would do so within half a minute, and the two would take turns."""
    switched_off(address, "returns")


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize(
    ("broken_of", "good_of"), [("surrey", None), pytest.param("essex", "kent", marks=pytest.mark.long)]
)
def test_a_broken_return_is_seen_with_its_report_and_beside_it_a_good_and_its_corrected_one(
    page: Any, address: str, root: Path, broken_of: str, good_of: str | None
) -> None:
    """Each is a run of its own: the corrected one and one of another supplier wait for `make test-long`."""
    sent, *good = make(root / "returns", Plan((broken_of, *filter(None, [good_of])), (QUARTER,), rows=800))
    broken = sent.rename(sent.with_name("broken"))
    whole = (broken / "record.csv").read_text(encoding="utf-8")
    (broken / "record.csv").write_text(whole.replace(",recorded,", ",cousin,"), encoding="utf-8")
    rows = f"{seal_again(broken).rows:,}"
    for one in good:
        taken_in(page, address, str(good_of), seal_again(one).return_id)
        visible(page, "accepted", "rows set aside")

    taken_in(page, address, broken_of, "failed, and did not materialize this asset.")
    page.get_by_text("View logs").first.click()
    visible(page, f"R06: {rows} of {rows} rows are in error")
    report = next((root / "interim" / "returns" / f"supplier={broken_of}").rglob("report.html"))
    visible(page, str(report))
    page.goto(report.as_uri())
    visible(page, f"Refused: {broken_of}", "record_status", "cousin", "Use a code of the template.")
    if not good:
        return

    corrected = Path(shutil.copytree(broken, broken.with_name("corrected")))
    (corrected / "record.csv").write_text(whole, encoding="utf-8")
    manifest = json.loads((corrected / "manifest.json").read_text(encoding="utf-8"))
    manifest |= dict.fromkeys(("extract_date", "sent_date"), "2022-08-01")
    (corrected / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    taken_in(page, address, broken_of, seal_again(corrected).return_id)
    visible(page, "accepted", "rows set aside")
    # The refused one is version 1; nothing overwrote it.
    assert page.locator("tr", has=page.get_by_text("version", exact=True)).inner_text().split()[-1] == "2"


def opened(page: Any, name: str, *, close: bool = True) -> str:
    """Open what the metadata of a name holds in a window, and give its text."""
    row = page.locator("tr", has=page.get_by_text(name, exact=True)).first
    row.wait_for(state="visible")
    row.locator("a, button").get_by_text("Show", exact=False).first.click()
    window = page.get_by_role("button", name="Close")
    window.first.wait_for(state="visible")
    said = str(page.locator(".bp5-dialog, .bp4-dialog, [role=dialog]").last.inner_text())
    if close:
        window.first.click()
    return said


def ended(page: Any, address: str, how: str, times: int) -> None:
    """Wait until so many runs of the history have ended in a way."""
    page.goto(f"{address}/runs")
    wait_while(lambda: page.get_by_text(how, exact=True).count() < times)
    assert page.get_by_text(how, exact=True).count() >= times, page.inner_text("body")


ATTACKS = Path(__file__).with_name("another_site.html").read_text(encoding="utf-8")


def paused(address: str, change: bool | None = None) -> bool:
    """Is automation paused, asked as a page of the UI asks; changed where a value is given."""
    query = "{ instance { autoMaterializePaused } }"
    if change is not None:
        query = f"mutation {{ setAutoMaterializePaused(paused: {str(change).lower()}) }}"
    said = asked(address, query)
    return bool(said["instance"]["autoMaterializePaused"] if change is None else said["setAutoMaterializePaused"])


@contextlib.contextmanager
def another_site(content: str) -> Iterator[int]:
    """A web server of somebody else; gives its port."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("site", ["localhost", "127.0.0.1", "evil.example"])
def test_a_page_of_another_site_changes_nothing_reads_nothing_and_shows_nothing(
    page: Any, address: str, site: str
) -> None:
    """The same change goes through when the UI asks for it, so the attack would work if it were let."""
    before = paused(address)
    assert paused(address, not before) is not before and paused(address, before) is before
    content = ATTACKS.replace("%ADDRESS%", address).replace("%PAUSED%", str(not before).lower())
    answered: list[int] = []
    with another_site(content) as port:
        tab = page.context.browser.new_page()
        tab.set_default_timeout(SHOWS_WITHIN)
        tab.on("response", lambda one: answered.append(one.status) if one.url.startswith(address) else None)
        tab.goto(f"http://{site}:{port}/")
        tab.wait_for_function("window.outcome")
        outcome, frames = tab.evaluate("window.outcome"), [frame.url for frame in tab.frames[1:]]
        tab.goto(f"http://{site}:{port}/")
        with contextlib.suppress(Error):
            tab.evaluate(f"location = '{address}/graphql?query=' + encodeURIComponent('{{version}}')")
            tab.wait_for_url(f"{address}/**")
        led = tab.inner_text("body")
        tab.close()
    assert paused(address) is before
    assert outcome["socket"] == outcome["read"] == outcome["json"] == "failed" and "data" not in str(outcome)
    assert answered and not [status for status in answered if status < 400], answered
    assert not [url for url in frames if url.startswith(address)], "no page of the UI in a frame"
    assert "Another site led here" in led and "version" not in led


def test_a_name_that_is_led_here_is_refused(page: Any, address: str) -> None:
    """DNS rebinding: the browser takes the page for one of evil.example, whose address is this machine's."""
    port = address.rpartition(":")[2]
    answer = page.goto(f"http://evil.example:{port}/runs")
    assert answer.status == 421 and "asked under another name" in page.inner_text("body")


def test_the_service_says_that_its_port_is_taken(address: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = darkfigure("serve", "--port", address.rpartition(":")[2], DARKFIGURE_DATA=str(root))
    assert (
        ran.code == 1 and "cannot be served" in ran.error and "end it or choose another" in " ".join(ran.error.split())
    )
    assert main(["serve", "--host", "0.0.0.0", "--data", str(root)]) == 2
    assert "nobody is asked who they are" in " ".join(capsys.readouterr().err.split())


def test_the_service_says_nothing_but_where_it_is(address: str, root: Path) -> None:
    said = (root / "ui.log").read_text(encoding="utf-8").splitlines()
    assert said[:1] == [f"The UI is at {address}. Ctrl+C ends it."]
    assert not [line for line in said if "superseded" in line or "BetaWarning" in line or "Traceback" in line], said


def test_the_answers_are_the_first_thing_their_page_says(page: Any, address: str) -> None:
    page.goto(f"{address}/assets/published/answers")
    visible(page, "The answers", "1.4 million people (1.19 to 1.64 million)", "Not a reporting rate.")
    page.locator("img[src^='data:image/svg+xml']").first.wait_for(state="visible")
