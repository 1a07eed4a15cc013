"""Where the UI is served: which addresses are this machine's own, under which names it answers, and what protects it."""

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

from pipelines.commands.stop import WRONG_CALL, Stop

OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_TOKEN = 16


@dataclass(frozen=True)
class Address:
    """Host and port, the names under which it may be asked, and the token, None where everybody may enter."""

    host: str
    port: int
    hosts: frozenset[str]
    token: str | None

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def address(host: str, port: int, names: list[str], token: str | None) -> Address:
    """The address to serve; Stop (exit code 2) for one that others reach and nothing protects."""
    own = is_own(host)
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise Stop(f"The token has {len(token)} characters; expected at least {SHORTEST_TOKEN}.", WRONG_CALL)
    if not own and token is None:
        raise Stop(
            f"--host {host}: other machines reach this address, and nobody is asked who they are. Serve on 127.0.0.1"
            " behind a proxy that does (--name its name), or set a token: --token-file FILE or DARKFIGURE_TOKEN.",
            WRONG_CALL,
        )
    if not own and not names and host in ("0.0.0.0", "::"):
        raise Stop(f"--host {host}: name what visitors type, as in --name figures.example.org.", WRONG_CALL)
    known = [*names, *(OWN_NAMES if own else (host,))]
    return Address(host, port, frozenset({*(f"{name}:{port}" for name in known if not _port(name)), *names}), token)


def _port(name: str) -> bool:
    return name.rpartition(":")[2].isdecimal() and not name.endswith("]")


def is_own(host: str) -> bool:
    """Does only this machine reach the address?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def token_of(file: Path | None, variable: str | None) -> str | None:
    """The token of a file, else of the environment; Stop (exit code 2) where the file cannot be read."""
    if file is None:
        return variable or None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(f"--token-file {file} cannot be read: {error}.", WRONG_CALL) from None


def listen(at: Address) -> socket.socket:
    """The open port; Stop in words where it is taken or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in at.host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((at.host, at.port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise Stop(
            f"{at.url} cannot be served: {error.strerror or error}. Where another program has the port, perhaps another"
            f" `darkfigure serve`, end it or choose another: darkfigure serve --port {at.port + 1}."
        ) from None
    return opened
