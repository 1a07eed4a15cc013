"""The pages and files of the publishers on the local server, and settings that ask it."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kit import why_refused
from publisher import Publisher, publisher

from assets.archive.fetch.client import Client
from assets.archive.fetch.discover import Offered, discover
from assets.archive.fetch.download import Fetched, download
from assets.archive.fetch.settings import BASES, Settings

DATASET = "/peoplepopulationandcommunity/crimeandjustice/datasets/crimeinenglandandwalesappendixtables"
EDITION = f"{DATASET}/yearendingseptember2025"
FILE = "appendixtablesyesept25final.xlsx"
GOV = "/api/content/government/statistics/police-recorded-crime-open-data-tables"
ONS_ENTRY = {"cadence": "quarterly", "discovery": {"kind": "ons_dataset", "page": DATASET}}
AT = f"/file?uri={EDITION}/{FILE}"
HO_ENTRY = {
    "cadence": "quarterly",
    "discovery": {"kind": "gov_uk", "slug": "police-recorded-crime-open-data-tables", "title": "police force area"},
}


@contextlib.contextmanager
def publishers() -> Iterator[Publisher]:
    """A server with an ONS dataset page, its file, and a GOV.UK page with attachments."""
    with publisher() as served:
        served.json(
            f"{DATASET}/data",
            {"type": "dataset_landing_page", "datasets": [{"uri": EDITION}, {"uri": f"{DATASET}/older"}]},
        )
        served.json(
            f"{EDITION}/data",
            {
                "type": "dataset",
                "downloads": [{"file": FILE}],
                "description": {
                    "title": "Crime in England and Wales: Appendix tables",
                    "releaseDate": "2026-01-29T09:30:00.000Z",
                    "nextRelease": "23 April 2026",
                },
            },
        )
        served.file(AT)
        served.json(
            GOV,
            {
                "public_updated_at": "2026-04-23T09:30:00Z",
                "details": {
                    "attachments": [
                        {"title": "Outcomes open data tables, 2024", "url": f"{served.base}/media/1/outcomes-2024.ods"},
                        {"title": "Outcomes open data tables, 2025", "url": f"{served.base}/media/2/outcomes-2025.ods"},
                        {"title": "User guide, police force area", "url": f"{served.base}/media/3/guide.pdf"},
                        {
                            "title": "Police Force Area tables",
                            "url": f"{served.base}/media/4/prc-pfa-tables-230426.ods",
                        },
                    ]
                },
            },
        )
        served.file("/media/4/prc-pfa-tables-230426.ods", kind="application/vnd.oasis.opendocument.spreadsheet")
        yield served


def settings(server: Publisher, **more: Any) -> Settings:
    """Settings that ask the local server and wait shortly between attempts; for an answer as long as a busy machine needs."""
    return replace(Settings(bases=dict.fromkeys(BASES, server.base), attempts=3, wait=0.01, longest_wait=0.02), **more)


def found(server: Publisher, path: str = AT, file: str = FILE) -> Offered:
    return Offered("ons_appendix", "ye-2025-09", file, server.base + path, "Appendix tables")


def get(server: Publisher, landing: Path, what: Offered | None = None, **more: Any) -> Fetched:
    with Client(settings(server, **more)) as client:
        return download(what or found(server), landing, client)


def discovered(server: Publisher, source: str, entry: dict[str, Any]) -> list[Offered]:
    with Client(settings(server)) as client:
        return discover(source, entry, client)


def refused(call: Any) -> str:
    return why_refused(call).paragraph()


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
