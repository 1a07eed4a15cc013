"""The report, the statistical tables and the site, made over the published file. If one fails, the file stays published."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg

from assets.answers.health import headline, is_broken
from assets.published.answers_page import answers_page, write_answers
from assets.published.assets import WAREHOUSE, note_taken, published
from assets.published.assets_releases import tell_releases
from assets.published.builds import published_file
from assets.published.report.page import write_report
from assets.published.returns_told import Partitions, in_words, tell_returns, version_of
from assets.published.site.writing import FIRST_PAGE, write_site
from assets.published.tables.writing import write_tables
from assets.returns.assets_returns import ACCEPTED, COUNTS, OF_RETURN, key_of, last_observed, tell_what_counts
from assets.returns.intake.intake import source_of
from assets.returns.intake.store import Store
from assets.returns.rules.rules import read_rules
from assets.tables.metadata import NO_PICTURES
from assets.tables.workspace import Workspace
from assets.words.markdown import markdown_table

HEALTH = "health"
LOOKED_AT = (
    "What `meta.health`, `darkfigure doctor` and the last line of a refresh say too: failed checks, files set aside, findings,"
    " the age of each publication against its calendar. A warning where a reader should know, an error where it is broken."
)
TELLS = "darkfigure/beside_others"
NO_FILE = "There is no published file yet. Materialise published/warehouse first."


@published(
    "answers",
    answers_page,
    deps=[WAREHOUSE],
    kinds={"markdown"},
    check_specs=[dg.AssetCheckSpec(HEALTH, asset=["published", "answers"], description=LOOKED_AT)],
    description=(
        "The answers in words with their picture: what is estimated, what is recorded, may the two be compared, what moved"
        " since the build before, how well all of it is. Also `data/output/answers.md`."
    ),
)
def answers(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Write the page over the published file, and say its health as a check."""
    place = context.resources.workspace
    page = _made(context, lambda file: answers_page(file, draw=not context.has_tag(NO_PICTURES)))
    target = write_answers(page, place.output_of_day)
    _made(context, lambda file: tell_releases(context, file))
    if place.as_of is None:
        _tell_of_returns(context, place)
    return dg.MaterializeResult(
        metadata={heading: dg.MetadataValue.md(text) for heading, text in {**page.short, **page.words}.items()}
        | {
            "picture": dg.MetadataValue.md(page.picture),
            "page": dg.MetadataValue.path(str(target)),
            "build": page.build,
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=HEALTH,
                passed=all(line.well for line in page.health),
                severity=dg.AssetCheckSeverity.ERROR if is_broken(page.health) else dg.AssetCheckSeverity.WARN,
                description=headline(page.health),
                metadata={line.about: f"{line.said} {line.remedy}".strip() for line in page.health},
            )
        ],
    )


def _tell_of_returns(context: dg.AssetExecutionContext, place: Workspace) -> None:
    """Say at the partition of every return what it is told beside others, and that it counts, where that is not said yet."""
    by_partition = Store(place.returns_store).by_partition()
    if not by_partition:
        _tell_partitions(context, {})
        return
    source = source_of(place, read_rules(place.data))
    _tell_partitions(context, _made(context, lambda file: tell_returns(file, source, by_partition)))
    tell_what_counts(context, source, by_partition)


def _tell_partitions(context: dg.AssetExecutionContext, told: Partitions) -> None:
    """Say at the partition of every return what it is told beside others, where that has changed since."""
    known = {partition: str(of.tags.get(TELLS)) for partition, of in last_observed(context.instance).items()}
    rows = {f"{quarter}|{supplier}": some for (supplier, quarter), some in told.items()}
    for partition in sorted(rows.keys() | known.keys()):
        version = version_of(some := rows.get(partition, ()))
        if known.get(partition) != version:
            quarter, supplier = partition.split("|")
            counts, table = in_words(some)
            said = {COUNTS: dg.MetadataValue.text(counts), "beside others": dg.MetadataValue.md(table)}
            if some:
                said[OF_RETURN] = dg.MetadataValue.text(str(some[0]["return_id"]))
            key = key_of(supplier, quarter)
            context.log_event(dg.AssetObservation(ACCEPTED, partition=key, tags={TELLS: version}, metadata=said))


def _beside(
    name: str,
    kinds: set[str],
    write: Callable[[Path, Path], Any],
    counted: Callable[[Any], Mapping[str, Any]],
    description: str,
    needs: Sequence[dg.AssetsDefinition] = (),
) -> dg.AssetsDefinition:
    """An asset that is written over the published file into its folder; what is told of it is metadata."""

    @published(name, write, deps=[WAREHOUSE, *needs], kinds=kinds, description=description)
    def written(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
        place = context.resources.workspace.output_of_day
        return dg.MaterializeResult(metadata=counted(_made(context, lambda file: write(file, place))))

    return written


report = _beside(
    "report",
    {"html"},
    write_report,
    lambda page: {"page": dg.MetadataValue.path(str(page)), "size": dg.MetadataValue.int(page.stat().st_size)},
    "One self-contained page, `data/output/report/index.html`: per threat the estimate and the recorded count side by"
    " side, what may be compared and what not, breakdown, change with its breaks, sources and method. It needs no network.",
)
spreadsheets = _beside(
    "spreadsheets",
    {"excel", "csv", "parquet"},
    write_tables,
    lambda written: {
        "workbook": dg.MetadataValue.path(str(written.workbook)),
        "size": dg.MetadataValue.int(written.workbook.stat().st_size),
        "folder": dg.MetadataValue.path(str(written.folder)),
        "files": len(written.files),
        "dagster/row_count": sum(len(sheet.rows) for sheet in written.sheets),
        "tables": dg.MetadataValue.md(
            markdown_table(("table", "rows"), [(sheet.title, f"{len(sheet.rows):,}") for sheet in written.sheets])
        ),
    },
    "The statistical tables below `data/output/tables/`: a workbook (xlsx, and ods) with cover, contents, notes and one"
    " table per sheet, and the same tables as CSV (described by `datapackage.json`) and as Parquet.",
)
site = _beside(
    "site",
    {"html", "javascript", "csv"},
    write_site,
    lambda written: {
        "page": dg.MetadataValue.path(str(written.folder / FIRST_PAGE)),
        "files": dg.MetadataValue.int(written.files),
        "files that changed": dg.MetadataValue.int(written.changed),
        "size": dg.MetadataValue.int(written.size),
    },
    "The site, one folder that needs no server: `data/output/site/index.html`. All threats at a glance, a page per threat"
    " and per police force, claims, method, sources, findings, and every table to take away. Only what changed is written.",
    needs=[spreadsheets],
)


def _made(context: dg.AssetExecutionContext, make: Callable[[Path], Any]) -> Any:
    """What `make` gives over the published file, and a note of what the run has taken; a plain failure without a file."""
    place = context.resources.workspace
    file = published_file(place.output_of_day)
    if file is None:
        raise dg.Failure(description=NO_FILE, allow_retries=False)
    made = make(file)
    note_taken(context)
    return made


ASSETS = [answers, report, spreadsheets, site]
