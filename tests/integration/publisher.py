"""A local server that answers in the shapes of the publishers, and can be told to fail."""

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The first bytes of every xlsx; the rest is of no matter to a download.
WORKBOOK = b"PK\x03\x04" + bytes(range(256)) * 800
SLOW = 5


@dataclass
class Page:
    """What is answered at one path, and the faults that come first, one per request.

    faults: numbers are statuses; `slow` waits for SLOW seconds before the body; `cut` ends the connection half way
    """

    body: bytes = b""
    kind: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[Any] = field(default_factory=list)
    ranges: bool = True
    etag: bool = True
    declared: int | None = None


@dataclass
class Publisher:
    """The server: its address, its pages by path, and every request with its headers."""

    base: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def json(self, path: str, content: Any, **more: Any) -> Page:
        self.pages[path] = Page(json.dumps(content).encode(), **more)
        return self.pages[path]

    def file(self, path: str, body: bytes = WORKBOOK, kind: str = XLSX, **more: Any) -> Page:
        self.pages[path] = Page(body, kind, **more)
        return self.pages[path]

    def count(self, path: str) -> int:
        return sum(1 for asked, _ in self.asked if asked == path)


@contextlib.contextmanager
def publisher() -> Iterator[Publisher]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.publisher = Publisher(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.publisher  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:  # the name that http.server calls
        served: Publisher = self.server.publisher  # type: ignore[attr-defined]
        served.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        page = served.pages.get(self.path)
        if page is None:
            self._answer(404, b"not here", "text/html", {})
            return
        fault = page.faults.pop(0) if page.faults else None
        if isinstance(fault, int):
            self._answer(fault, b"<html>fault</html>", "text/html", {})
            return
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
        headers = {**page.headers, **({"etag": etag} if page.etag else {})}
        if page.etag and self.headers.get("if-none-match") == etag:
            self._answer(304, b"", page.kind, headers)
            return
        start = self._range(page, etag)
        body = page.body[start:]
        if start:
            headers["content-range"] = f"bytes {start}-{len(page.body) - 1}/{len(page.body)}"
        if fault == "slow":
            time.sleep(SLOW)
        with contextlib.suppress(ConnectionError):
            self._answer(
                206 if start else page.status, body, page.kind, headers, cut=fault == "cut", declared=page.declared
            )

    def _range(self, page: Page, etag: str) -> int:
        asked = self.headers.get("range", "")
        if not (asked and page.ranges and self.headers.get("if-range") == etag):
            return 0
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def _answer(
        self,
        status: int,
        body: bytes,
        kind: str,
        headers: dict[str, str],
        cut: bool = False,
        declared: int | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body) if declared is None else declared))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.close_connection = True
