"""The guard before the UI: what a page of another site, another name or another program sends never reaches Dagster's app."""

import asyncio
import base64
from typing import Any

import dagster as dg
import pytest
from kit import ROOT
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import Receive, Scope, Send

from pipelines.commands.stop import Stop
from pipelines.composition import definitions
from pipelines.front.address import address, is_own
from pipelines.front.guard import LARGEST_BODY, Guard
from pipelines.jobs import REFRESH
from pipelines.settings import settings

HOST = "127.0.0.1:3000"
JSON = {"content-type": "application/json", "content-length": "2"}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind: a page with a policy of its own, and JSON for GraphQL."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    page = HTMLResponse(
        "<p>page</p>", headers={"content-security-policy": "object-src 'none';", "x-frame-options": "SAMEORIGIN"}
    )
    await (page if scope["path"] != "/graphql" else JSONResponse({}))(scope, receive, send)


def ask(
    method: str = "GET", path: str = "/runs", *, token: str | None = None, kind: str = "http",
    repeated: tuple[str, str] | None = None, **sent: str,
) -> list[dict[str, Any]]:  # fmt: skip
    """What is sent back for a request; `sent` are headers, with underscores."""
    headers = {"host": HOST} | {name.replace("_", "-"): value for name, value in sent.items()}
    pairs = [*headers.items(), *([repeated] if repeated else [])]
    scope = {
        "type": kind, "method": method, "path": path, "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in pairs if value],
    }  # fmt: skip
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b"{}"}

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(Guard(app, [HOST], token)(scope, receive, send))
    return said


def status(*arguments: Any, **more: Any) -> int:
    return int(ask(*arguments, **more)[0]["status"])


def test_its_own_pages_are_served_and_ask_as_they_do() -> None:
    assert status() == 200
    assert status("HEAD") == 200
    assert status(sec_fetch_site="none") == 200
    own = {"origin": f"http://{HOST}", "sec_fetch_site": "same-origin"}
    assert status("POST", "/graphql", **own, content_type="application/json; charset=utf-8", content_length="2") == 200
    assert ask(path="/graphql", kind="websocket", origin=f"http://{HOST}") == [{"type": "websocket.accept"}]


@pytest.mark.parametrize(
    ("method", "path", "sent", "expected"),
    [
        ("GET", "/graphql", {}, 405),
        ("GET", "/graphql/", {}, 405),
        ("HEAD", "/graphql", {}, 405),
        ("POST", "/runs", JSON, 405),
        ("PUT", "/graphql", JSON, 405),
        ("OPTIONS", "/graphql", {"origin": f"http://{HOST}"}, 405),
        ("POST", "/graphql", {"content-type": "text/plain", "content-length": "2"}, 415),
        ("POST", "/graphql", {"content-type": "application/graphql", "content-length": "2"}, 415),
        ("POST", "/graphql", {"content-type": "text/plain; application/json", "content-length": "2"}, 415),
        ("POST", "/graphql", {"content-length": "2"}, 415),
        ("POST", "/graphql", {"content-type": "application/json"}, 413),
        ("POST", "/graphql", JSON | {"content-length": str(LARGEST_BODY + 1)}, 413),
        ("POST", "/report_asset_materialization/gap", JSON, 404),
        ("GET", "/notebook", {}, 404),
        ("GET", "/dagit/notebook", {}, 404),
        ("GET", "/runs", {"host": "evil.example:3000"}, 421),
        ("GET", "/runs", {"host": "127.0.0.1:3001"}, 421),
        ("GET", "/runs", {"host": ""}, 421),
        ("GET", "/runs", {"sec-fetch-site": "cross-site"}, 403),
        ("GET", "/runs", {"sec-fetch-site": "same-site"}, 403),
        ("GET", "/runs", {"origin": "http://evil.example"}, 403),
        ("GET", "/runs", {"origin": "null"}, 403),
        ("POST", "/graphql", JSON | {"origin": "http://127.0.0.1:3001"}, 403),
    ],
)  # fmt: skip
def test_what_else_is_sent_is_refused_in_words(method: str, path: str, sent: dict[str, str], expected: int) -> None:
    start, body = ask(method, path, **{name.replace("-", "_"): value for name, value in sent.items()})
    assert start["status"] == expected and body["body"].decode().strip().endswith(".")


@pytest.mark.parametrize("name", ["host", "origin", "content-type", "authorization", "sec-fetch-site"])
def test_a_header_that_is_sent_twice_is_refused(name: str) -> None:
    first = {
        "content-type": "text/plain",
        "sec-fetch-site": "none",
        "origin": f"http://{HOST}",
        "authorization": "Bearer x",
    }
    given = {} if name == "host" else {name.replace("-", "_"): first[name]}
    assert status(repeated=(name, HOST), **given) == 400


@pytest.mark.parametrize(
    "sent", [{}, {"origin": "http://evil.example"}, {"host": "evil.example", "origin": f"http://{HOST}"}]
)
def test_a_websocket_of_another_origin_is_closed(sent: dict[str, str]) -> None:
    assert [one["type"] for one in ask(path="/graphql", kind="websocket", **sent)] == ["websocket.close"]


def test_a_page_may_load_and_ask_only_this_server_and_is_never_framed() -> None:
    headers = dict(ask()[0]["headers"])
    policy = headers[b"content-security-policy"].decode()
    assert policy.startswith("object-src 'none'; default-src 'self'; connect-src 'self' ws://127.0.0.1:3000")
    assert policy.endswith("frame-ancestors 'none'") and headers[b"x-frame-options"] == b"DENY"
    of_data = dict(ask("POST", "/graphql", **{k.replace("-", "_"): v for k, v in JSON.items()})[0]["headers"])
    assert of_data[b"content-security-policy"] == b"frame-ancestors 'none'"
    assert of_data[b"cross-origin-resource-policy"] == b"same-origin"


def test_a_token_is_asked_for_and_nothing_else_will_do() -> None:
    token = "a token of some length"
    basic = base64.b64encode(f"anyone:{token}".encode()).decode()
    assert (
        status(token=token, authorization=f"Basic {basic}")
        == status(token=token, authorization=f"Bearer {token}")
        == 200
    )
    for wrong in (
        "",
        "Basic",
        "Basic ???",
        f"Basic {base64.b64encode(b'anyone:').decode()}",
        "Bearer ",
        f"Digest {token}",
    ):
        start = ask(token=token, authorization=wrong)[0]
        assert start["status"] == 401 and b"www-authenticate" in dict(start["headers"])
    assert status(token=token, authorization=f"Bearer {token}", host="evil.example") == 421, (
        "the name is looked at first"
    )


def test_an_address_that_others_reach_needs_a_token() -> None:
    assert [is_own(host) for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost")] == [True] * 4
    assert not any(map(is_own, ("0.0.0.0", "192.168.1.4", "::", "example.org", "localhost.example.org")))
    for host in ("0.0.0.0", "192.168.1.4"):
        with pytest.raises(Stop, match="nobody is asked who they are") as stopped:
            address(host, 3000, [], None)
        assert stopped.value.code == 2
    with pytest.raises(Stop, match="at least 16"):
        address("192.168.1.4", 3000, [], "short")
    with pytest.raises(Stop, match="--name"):
        address("0.0.0.0", 3000, [], "x" * 16)
    assert address("192.168.1.4", 3000, [], "x" * 16).hosts == {"192.168.1.4:3000"}
    named = address("127.0.0.1", 3000, ["figures.example.org", "other.example.org:8080"], None).hosts
    assert {"figures.example.org", "figures.example.org:3000", "other.example.org:8080", "[::1]:3000", HOST} < named
    assert "other.example.org:8080:3000" not in named and "other.example.org" not in named


@pytest.mark.slow
@pytest.mark.parametrize(
    "resource", [{"workspace": {"config": {"output": "/tmp"}}}, {"io_manager": {"config": {"folder": "/tmp"}}}]
)
def test_the_config_of_a_run_names_no_other_folder(resource: dict[str, Any]) -> None:
    job = definitions(settings(ROOT / "data")).resolve_job_def(REFRESH)
    assert dg.validate_run_config(job, {}) is not None
    with pytest.raises(dg.DagsterInvalidConfigError):
        dg.validate_run_config(job, {"resources": resource})
