"""Which addresses may be asked: https, hosts on the list, and this machine only where the settings name it."""

from urllib.parse import urlsplit

from assets.archive.fetch.settings import Settings
from assets.words.problems import cannot


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
