"""How a fetch behaves: base addresses, hosts that may answer, limits and patience."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

ONS, GOV_UK, GITHUB_API, GITHUB_RAW = "ons", "gov_uk", "github_api", "github_raw"
BASES = {
    ONS: "https://www.ons.gov.uk",
    GOV_UK: "https://www.gov.uk",
    GITHUB_API: "https://api.github.com",
    GITHUB_RAW: "https://raw.githubusercontent.com",
}
HOSTS = frozenset(
    {
        "www.ons.gov.uk",
        "ons.gov.uk",
        "www.gov.uk",
        "assets.publishing.service.gov.uk",
        "api.github.com",
        "raw.githubusercontent.com",
    }
)
MEGABYTE = 1024 * 1024
# What a released table may be declared as; the content is looked at as well.
MEDIA_TYPES = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel",
        "application/vnd.oasis.opendocument.spreadsheet",
        "text/csv",
        "text/plain",
        "application/octet-stream",
        "application/zip",
        "application/x-gzip",
        "application/gzip",
    }
)


@dataclass(frozen=True)
class Settings:
    """Settings of a fetch.

    bases:        key of a service -> base address; an http address only for this machine itself, and only if named here
    hosts:        hosts that may be asked or redirected to, beside those of `bases`
    max_bytes:    largest file; max_json: largest page
    connect, read: seconds to wait for a connection, and for the next bytes
    deadline:     seconds for one download attempt as a whole
    attempts:     tries in all; wait: seconds before the second, doubled each time up to `longest_wait`
    """

    bases: Mapping[str, str] = field(default_factory=lambda: dict(BASES))
    hosts: frozenset[str] = HOSTS
    media_types: frozenset[str] = MEDIA_TYPES
    max_bytes: int = 200 * MEGABYTE
    max_json: int = 20 * MEGABYTE
    connect: float = 10.0
    read: float = 30.0
    deadline: float = 600.0
    attempts: int = 4
    wait: float = 1.0
    longest_wait: float = 20.0
    redirects: int = 5

    def base(self, key: str) -> str:
        """The base address of a service, without a slash at the end."""
        return self.bases[key].rstrip("/")

    def local(self) -> frozenset[str]:
        """host:port of every base address that is on this machine."""
        return frozenset(
            urlsplit(base).netloc
            for base in self.bases.values()
            if urlsplit(base).hostname in ("127.0.0.1", "localhost", "::1")
        )


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings with base addresses from DARKFIGURE_BASE_ONS, DARKFIGURE_BASE_GOV_UK ... where they are set."""
    given = os.environ if environment is None else environment
    bases = {key: given.get(f"DARKFIGURE_BASE_{key.upper()}", base) for key, base in BASES.items()}
    return replace(Settings(), bases=bases)
