"""Archive assets: what is read, which releases it comes from, the figures as printed, and what was noticed in them."""

from assets.archive.assets_landing import DOWNLOAD, SOURCE_KEYS
from assets.archive.findings.table import findings
from assets.archive.landed.as_of import read_landing_as_of, releases_as_of
from assets.archive.landed.landed import TABLES
from assets.archive.landed.source_files import source_files
from assets.archive.tracked.figures import FOLDER, read_figures
from assets.reference.releases import RELEASES, SOURCES
from assets.tables.contracted import LANDING, contracted, contracted_together

REFERENCE = {"series": "reference.series", "offences": "reference.offence", "areas": "reference.area"}
CSV = {"csv", "parquet"}

ASSETS = [
    contracted_together(
        "read_landing",
        TABLES,
        read_landing_as_of,
        inputs=REFERENCE,
        deps=[DOWNLOAD, *SOURCE_KEYS],
        reads=[LANDING, "layouts"],
        kinds={"excel", "csv", "parquet"},
    ),
    contracted(
        "meta.source_file",
        source_files,
        inputs={"landed": "archive.landed_file"},
        reads=[FOLDER, "reference", SOURCES],
        kinds=CSV,
    ),
    contracted(
        "meta.release",
        releases_as_of,
        inputs={"landed": "archive.landed_release"},
        reads=[RELEASES, SOURCES],
        kinds=CSV,
    ),
    contracted(
        "archive.figure",
        read_figures,
        inputs=REFERENCE | {"releases": "meta.release", "landed": "archive.landed_figure"},
        reads=[FOLDER],
        kinds=CSV,
    ),
    contracted(
        "meta.finding",
        findings,
        inputs=REFERENCE
        | {
            "agreements": "meta.relation",
            "doubts": "archive.doubt",
            "relations": "reference.relation",
            "releases": "meta.release",
            "landed": "archive.landed_finding",
            "landed_figures": "archive.landed_figure",
            "landed_counts": "archive.landed_count",
        },
        reads=[FOLDER],
    ),
]
