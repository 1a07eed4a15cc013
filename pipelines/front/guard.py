"""What stands between the network and Dagster's app: only its own pages may ask it, and only in the ways they do.

Dagster's web server runs GraphQL mutations over GET, for any Host and from any page. This ASGI guard answers before it does:

- one Host, exactly one of those served, so that a foreign name which is led to this machine is refused;
- an Origin, where one is sent, is ours; a websocket must send one; Sec-Fetch-Site, where sent, is `same-origin` or `none`;
- GET and HEAD for pages, POST as JSON for `/graphql`, and nothing else; what only other programs call does not exist here;
- a token, where one is set, as a password of HTTP Basic or as a bearer.

Every answer forbids being framed; pages get a policy that lets them load and ask only this server.
"""

import base64
import binascii
import hmac
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GRAPHQL = "/graphql"
JSON = "application/json"
LARGEST_BODY = 4 * 1024 * 1024
# What only programs outside the UI call, and the page that reads any notebook of the machine.
ABSENT = ("/report_asset_", "/notebook", "/dagit")
ONCE = (b"host", b"origin", b"sec-fetch-site", b"content-type", b"content-length", b"authorization")
OWN = ("same-origin", "none")
POLICY = (
    "default-src 'self'; connect-src 'self' {sockets}; img-src 'self' data: blob:; font-src 'self' data:;"
    " worker-src 'self' blob:; form-action 'self'; frame-ancestors 'none'"
)
UNFRAMED = b"frame-ancestors 'none'"
ALWAYS = (
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
ELSEWHERE = "Open the address of the UI itself, by typing it or from a bookmark."


@dataclass(frozen=True)
class Refused:
    """Why a request is not answered: status and a sentence."""

    status: HTTPStatus
    says: str


class Guard:
    """The guard as an ASGI app around another.

    hosts: `name:port` (or `name`, where the port is that of the scheme) under which the UI is served
    token: what a visitor must know; None where everybody who reaches the address may enter
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], token: str | None = None) -> None:
        self._app, self._hosts, self._token = app, frozenset(host.lower() for host in hosts), token
        self._origins = frozenset(f"{scheme}://{host}" for scheme in ("http", "https") for host in self._hosts)
        self._policy = POLICY.format(sockets=" ".join(f"ws://{h} wss://{h}" for h in sorted(self._hosts))).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse in words, or hand on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refused = self.refusal(scope)
        if refused is None:
            await self._app(scope, receive, self._with_headers(send) if scope["type"] == "http" else send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": refused.says[:120]})
        else:
            headers = {"WWW-Authenticate": 'Basic realm="Darkfigure", charset="UTF-8"'} if refused.status == 401 else {}
            answer = PlainTextResponse(f"{refused.says}\n", refused.status, headers)
            await answer(scope, receive, self._with_headers(send))

    def refusal(self, scope: Scope) -> Refused | None:
        """Why a request is refused; None where it is not."""
        headers: MutableMapping[bytes, str] = {}
        for name, value in scope["headers"]:
            if name in ONCE and name in headers:
                return Refused(HTTPStatus.BAD_REQUEST, f"The header {name.decode('latin-1')} is sent twice.")
            headers[name] = value.decode("latin-1")
        return (
            self._foreign(headers, must_say=scope["type"] == "websocket")
            or self._unknown(headers.get(b"authorization", ""))
            or (_unwanted(scope["method"], scope["path"], headers) if scope["type"] == "http" else None)
        )

    def _foreign(self, headers: MutableMapping[bytes, str], *, must_say: bool) -> Refused | None:
        """Asked under another name, or by a page of another site."""
        host, origin = headers.get(b"host", "").lower(), headers.get(b"origin")
        if host not in self._hosts:
            return Refused(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"This is the Darkfigure UI at {', '.join(sorted(self._hosts))}, and was asked under another name.",
            )
        if (origin is None and must_say) or (origin is not None and origin.lower() not in self._origins):
            return Refused(HTTPStatus.FORBIDDEN, f"A page of another site may not ask the Darkfigure UI. {ELSEWHERE}")
        if headers.get(b"sec-fetch-site", "none").lower() not in OWN:
            return Refused(HTTPStatus.FORBIDDEN, f"Another site led here. {ELSEWHERE}")
        return None

    def _unknown(self, authorization: str) -> Refused | None:
        if self._token is None:
            return None
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                given = ""
        elif scheme.lower() != "bearer":
            given = ""
        if hmac.compare_digest(given.encode(), self._token.encode()):
            return None
        return Refused(HTTPStatus.UNAUTHORIZED, "The password is the token of this UI; any user name will do.")

    def _with_headers(self, send: Send) -> Send:
        """Answers with the headers of the guard; the policy of a page is added to the one that Dagster gives it."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message.get("headers", ()) if name not in dict(ALWAYS)]
                kind = dict(kept).get(b"content-type", b"")
                policy = dict(kept).get(b"content-security-policy", b"")
                added = self._policy if kind.startswith(b"text/html") else UNFRAMED
                whole = b"; ".join(part for part in (policy.rstrip(b"; \r\n"), added) if part)
                rest = [(name, value) for name, value in kept if name != b"content-security-policy"]
                message["headers"] = [*rest, (b"content-security-policy", whole), *ALWAYS]
            await send(message)

        return sending


def _unwanted(method: str, path: str, headers: MutableMapping[bytes, str]) -> Refused | None:
    """Asked in a way that the pages of the UI never do."""
    if path.startswith(ABSENT):
        return Refused(HTTPStatus.NOT_FOUND, "This is not served here.")
    if method in ("GET", "HEAD"):
        if path.rstrip("/") != GRAPHQL:
            return None
        return Refused(HTTPStatus.METHOD_NOT_ALLOWED, "GraphQL is asked by POST.")
    if method != "POST" or path != GRAPHQL:
        return Refused(HTTPStatus.METHOD_NOT_ALLOWED, f"{method} is not answered here.")
    if headers.get(b"content-type", "").partition(";")[0].strip().lower() != JSON:
        return Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"GraphQL is asked as {JSON}.")
    size: Any = headers.get(b"content-length", "")
    if not size.isdecimal() or int(size) > LARGEST_BODY:
        return Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A question says its length, of at most {LARGEST_BODY:,} bytes."
        )
    return None
