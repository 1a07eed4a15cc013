"""The HTTP client: checked addresses and redirects, limits, timeouts, retries with back-off."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import stamina

from assets.archive.fetch.settings import MEGABYTE, Settings
from assets.words.problems import cannot

# What came of a fetch is said at its end; a line per attempt says it to programmers only.
stamina.instrumentation.set_on_retry_hooks([])
AGENT = "darkfigure (statistics refresh)"
AGAIN = (408, 425, 429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
BLOCK = 64 * 1024


class Again(Exception):
    """A failure that may pass: the attempt is repeated after a wait."""


class Client:
    """Asks addresses that the settings allow; one per fetch, closed at its end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        timeout = httpx.Timeout(settings.read, connect=settings.connect)
        self._http = httpx.Client(
            timeout=timeout,
            follow_redirects=False,
            headers={"user-agent": AGENT, "accept-encoding": "identity"},
            trust_env=True,
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def json(self, url: str) -> Any:
        """The JSON of a page; BadInput where there is none."""

        def once() -> Any:
            with self.stream(url, {"accept": "application/json"}) as response:
                refuse_failure(response, url)
                body = bytearray()
                for block in response.iter_bytes(BLOCK):
                    body += block
                    if len(body) > self.settings.max_json:
                        raise cannot(f"{url} is not read", url, f"more than {self.settings.max_json // MEGABYTE} MB",
                                     "a page of data", "Look at the page: has it changed?")  # fmt: skip
            try:
                return json.loads(body)
            except ValueError:
                kind = response.headers.get("content-type", "no content type")
                raise cannot(f"{url} is not what it was", url, f"{kind}, no JSON", "the page's data as JSON",
                             "The publisher's site may be down or changed: open the page in a browser.") from None  # fmt: skip

        return self.patiently(once, url)

    def patiently(self, once: Callable[[], Any], url: str) -> Any:
        """The result of an attempt, repeated with growing waits while it fails in a way that may pass."""
        settings = self.settings
        try:
            for attempt in stamina.retry_context(
                on=(Again, httpx.TransportError), attempts=settings.attempts, timeout=None, wait_initial=settings.wait,
                wait_max=settings.longest_wait, wait_jitter=settings.wait / 2,
            ):  # fmt: skip
                with attempt:
                    return once()
        except (Again, httpx.TransportError) as error:
            reason = str(error) or type(error).__name__
            raise cannot(
                f"{url} could not be fetched in {settings.attempts} attempts", url, reason, "an answer",
                "Try again later; a download that was begun goes on where it stopped.",
            ) from None  # fmt: skip
        raise AssertionError("a retry either returns or raises")

    @contextlib.contextmanager
    def stream(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer to a request, redirects followed one by one and each checked before it is asked."""
        with contextlib.ExitStack() as stack:
            target = safe_address(url, self.settings)
            for _ in range(self.settings.redirects + 1):
                response = stack.enter_context(self._http.stream("GET", target, headers=dict(headers)))
                if response.status_code not in REDIRECTS:
                    yield response
                    return
                target = safe_address(urljoin(target, response.headers.get("location", "")), self.settings, "redirect")
            raise cannot(f"{url} leads in circles", url, f"more than {self.settings.redirects} redirects", "a file",
                         "Open the page in a browser.")  # fmt: skip


def refuse_failure(response: httpx.Response, url: str) -> None:
    """Raise for an answer that is not the thing asked for."""
    status = response.status_code
    if status in AGAIN:
        raise Again(f"the server answers {status}")
    if status == 404 or status == 410:
        raise cannot(f"{url} is not there", url, f"{status}", "the release",
                     "The page may have moved: look for it on the publisher's site and correct data/sources.yaml.")  # fmt: skip
    if status >= 300:
        raise cannot(
            f"{url} is refused", url, f"{status}", "200", "Open the page in a browser; the site may want a person."
        )


def beyond(start: float, settings: Settings) -> bool:
    """Has a download taken longer than one attempt may?"""
    return time.monotonic() - start > settings.deadline


# Which addresses may be asked: https, hosts on the list, and this machine only where the settings name it.


def safe_address(url: str, settings: Settings, why: str = "address") -> str:
    """The address itself where it may be asked; BadInput otherwise.

    `why` says where the address comes from, such as "redirect".
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise _refused(url, why, "an address with a user name", "an address without one")
    if parts.netloc in settings.local() and parts.scheme in ("http", "https"):
        return url
    if parts.scheme != "https":
        raise _refused(url, why, f"{parts.scheme or 'no'} scheme", "https")
    if parts.hostname not in settings.hosts or parts.port not in (None, 443):
        raise _refused(url, why, f"host {parts.netloc}", f"one of {', '.join(sorted(settings.hosts))}")
    return url


def _refused(url: str, why: str, found: str, expected: str) -> Exception:
    return cannot(
        f"The {why} {url} is not asked", url, found, expected,
        "If the publisher has moved, add the host to the settings after a look at where it leads.",
    )  # fmt: skip
