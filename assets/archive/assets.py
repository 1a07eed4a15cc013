"""Archive assets: what is read, which releases it comes from, and the figures as printed."""

from assets.archive.figures import FOLDER, read_figures
from assets.archive.findings import findings
from assets.archive.releases import RELEASES, SOURCES, read_releases
from assets.archive.source_files import source_files
from assets.contracted import contracted

ASSETS = [
    contracted("meta.source_file", source_files, reads=[FOLDER, "reference", SOURCES], kinds={"csv", "parquet"}),
    contracted("meta.release", read_releases, reads=[RELEASES, SOURCES], kinds={"csv", "parquet"}),
    contracted(
        "archive.figure",
        read_figures,
        inputs={
            "series": "reference.series",
            "offences": "reference.offence",
            "areas": "reference.area",
            "releases": "meta.release",
        },
        reads=[FOLDER],
        kinds={"csv", "parquet"},
    ),
    contracted("meta.finding", findings, inputs={"counts": "recorded.offence_count", "releases": "meta.release"}),
]
