"""Is there a network at all? Asked before a schedule begins what would only fail."""

import os
import socket
from urllib.parse import urlsplit

from assets.archive.fetch.settings import Settings

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
PATIENCE = 5.0


def unreachable(settings: Settings) -> str:
    """A sentence where no publisher, nor the proxy to them, can be connected to; nothing where one can."""
    proxy = next((os.environ[name] for name in PROXIES if os.environ.get(name)), None)
    last = ""
    for url in [proxy] if proxy else dict.fromkeys(settings.bases.values()):
        parts = urlsplit(url)
        where = parts.hostname or url
        try:
            with socket.create_connection((where, parts.port or (80 if parts.scheme == "http" else 443)), PATIENCE):
                return ""
        except OSError as error:
            last = f"{where}: {error.strerror or error}"
    return f"There is no network: no publisher could be connected to ({last})."
