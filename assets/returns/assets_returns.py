"""The returns in Dagster: one partition per supplier and quarter, one check per rule, a report per return.

Rows never pass through Dagster, and nothing of a row stands in what it is told: counts by rule only. A refused return fails its
partition and leaves the last good one; a supplier that sent nothing is a partition that was never made. One that the last
publication left out of what counts fails its partition too, until it is told otherwise.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg
from dagster._core.definitions.data_version import DATA_VERSION_TAG
from dagster._core.errors import DagsterUserCodeProcessError
from dagster_shared.error import SerializableErrorInfo

from assets.returns.intake.intake import Source, source_of, take_in
from assets.returns.intake.report import words
from assets.returns.intake.spread import taken_in
from assets.returns.intake.store import Held, Judged, current
from assets.returns.rules.rules import READS, Rules, read_rules
from assets.tables.contracted import OWNER
from assets.tables.metadata import code_of
from assets.words.markdown import markdown_table

ACCEPTED = dg.AssetKey(["returns", "accepted"])
GROUP, POOL = "returns", "returns"
# What is observed of a partition when the tables are made: does its return count, and which one it is.
COUNTS, OF_RETURN, NOWHERE = "counts", "return", "counts nowhere"
FIRST_QUARTER, EVERY_QUARTER = "2022-04", "0 0 1 1,4,7,10 *"
DATA = Path(os.environ.get("DARKFIGURE_DATA") or Path(__file__).parents[2] / "data")


def _column(file: str, name: str) -> list[str]:
    """One column of a tracked file; what is wrong in it is said when it is read in full."""
    try:
        with (DATA / "reference" / file).open(encoding="utf-8", newline="") as source:
            return [row[name] for row in csv.DictReader(source)]
    except (OSError, KeyError):
        return []


SUPPLIERS = dg.StaticPartitionsDefinition(_column("supplier.csv", "supplier"))
QUARTERS = dg.TimeWindowPartitionsDefinition(start=FIRST_QUARTER, cron_schedule=EVERY_QUARTER, fmt="%Y-%m")
PARTITIONS = dg.MultiPartitionsDefinition({"supplier": SUPPLIERS, "quarter": QUARTERS})
# What each says, and whether it refuses the return. Those that compare are asked of the national tables.
RULES = {
    code: (says, severity == "refuse")
    for code, says, severity in zip(
        *(_column("return_rule.csv", name) for name in ("rule", "says", "severity")), strict=True
    )
    if severity != "compare"
}


class _InWords(DagsterUserCodeProcessError):
    """Of such an error Dagster shows what it is given, and of every other one its stack."""

    def __init__(self, said: str) -> None:
        Exception.__init__(self, said)
        self.user_code_process_error_infos = [SerializableErrorInfo(said, [], None)]


class NotCounted(dg.Failure, _InWords):
    """A return that does not count, in words alone."""


@dg.multi_asset(
    name="returns__accepted",
    specs=[
        dg.AssetSpec(
            ACCEPTED, partitions_def=PARTITIONS, skippable=True, group_name=GROUP, owners=[OWNER], kinds={"duckdb", "parquet"},
            metadata={"dagster/code_references": code_of(take_in)},
            description=(
                "What each supplier sent for each quarter, checked, with the rows that count. Made: a return counts. Failed: the"
                " newest was refused, and the last good one still counts; or it is so unlike others that it counts nowhere."
                " Missing: nothing has come.\n\n"
                f"Reads the inbox of returns and {', '.join(f'`data/{path}`' for path in READS)}."
            ),
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(code, asset=ACCEPTED, description=says, blocking=refuses)
        for code, (says, refuses) in RULES.items()
    ],
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
    required_resource_keys={"workspace"},
)  # fmt: skip
def accepted(context: dg.AssetExecutionContext) -> Iterator[dg.AssetCheckResult]:
    """Take in every partition of the run, then say by rule what was found."""
    place = context.resources.workspace
    source = source_of(place, read_rules(place.data))
    keys = [key.keys_by_dimension for key in context.partition_keys if isinstance(key, dg.MultiPartitionKey)]
    newest = told_in_run(context, source, [(key["supplier"], key["quarter"]) for key in keys])
    yield from _checks(newest, source.rules)
    fail_where_refused(newest, source)
    nowhere = [judged for judged in newest if told_nowhere(context.instance, judged)]
    if nowhere:
        reports = [f"{judged.return_id}: {source.store.folder(judged) / 'report.html'}" for judged in nowhere]
        raise NotCounted(f"It {NOWHERE}: it is too unlike others. " + "\n".join(reports), allow_retries=False)


def told_nowhere(history: dg.DagsterInstance, judged: Judged) -> bool:
    """Was a return left out of what counts when the tables were made last?"""
    partitions = dg.AssetRecordsFilter(ACCEPTED, asset_partitions=[key_of(judged.supplier, judged.quarter)])
    records = history.fetch_observations(partitions, limit=1).records
    told = [record.asset_observation.metadata for record in records if record.asset_observation]
    return any(
        (last[COUNTS].value, last[OF_RETURN].value) == (NOWHERE, judged.return_id)
        for last in told
        if last.keys() >= {COUNTS, OF_RETURN}
    )


def last_observed(history: dg.DagsterInstance) -> dict[str, dg.AssetObservation]:
    """What was observed last of each partition of which anything was."""
    newest = [*history.get_latest_storage_id_by_partition(ACCEPTED, dg.DagsterEventType.ASSET_OBSERVATION).values()]
    asked = dg.AssetRecordsFilter(ACCEPTED, storage_ids=newest)
    records = history.fetch_observations(asked, limit=len(newest)).records if newest else ()
    return {str(record.partition_key): record.asset_observation for record in records if record.asset_observation}


def _untold(history: dg.DagsterInstance, by_partition: Held) -> list[list[Judged]]:
    """The returns of each partition of which one counts that it does not say: a command has taken it in."""
    told = history.event_log_storage.get_latest_tags_by_partition(
        ACCEPTED, dg.DagsterEventType.ASSET_MATERIALIZATION, [DATA_VERSION_TAG]
    )
    return [
        returns
        for (supplier, quarter), returns in by_partition.items()
        for newest in returns[-1:]
        if newest.accepted
        and told.get(str(key_of(supplier, quarter)), {}).get(DATA_VERSION_TAG) != newest.return_id
        and not told_nowhere(history, newest)
    ]


def key_of(supplier: str, quarter: str) -> dg.MultiPartitionKey:
    """The partition of a supplier and quarter."""
    return dg.MultiPartitionKey({"supplier": supplier, "quarter": quarter})


def told_in_run(
    context: dg.AssetExecutionContext | dg.OpExecutionContext, source: Source, partitions: Sequence[tuple[str, str]]
) -> list[Judged]:
    """Take partitions in and report to Dagster those that count; gives the newest return of each."""
    newest: list[Judged] = []
    for (supplier, quarter), judged in zip(partitions, taken_in(source, partitions), strict=True):
        if not judged:
            context.log.info(f"Nothing has come from {supplier} for {quarter}.")
            continue
        newest.append(judged[-1])
        context.log.info(words(judged[-1]))
        if not told_nowhere(context.instance, judged[-1]):
            _tell(context, judged, source)
    return newest


def tell_what_counts(context: dg.AssetExecutionContext, source: Source, by_partition: Held) -> None:
    """Make the partition of every return that counts and was taken in by a command: it does not say so yet."""
    for returns in _untold(context.instance, by_partition):
        _tell(context, returns, source)


def _tell(context: dg.AssetExecutionContext | dg.OpExecutionContext, judged: list[Judged], source: Source) -> None:
    """Report to Dagster the return that counts of a partition, unless the newest was refused."""
    counting = current(judged)
    if counting is not None and judged[-1].accepted:
        context.log_event(
            dg.AssetMaterialization(
                ACCEPTED, partition=key_of(counting.supplier, counting.quarter), tags={DATA_VERSION_TAG: counting.return_id},
                metadata=told_of(counting, judged.index(counting) + 1, source),
            )
        )  # fmt: skip


def fail_where_refused(newest: Sequence[Judged], source: Source) -> None:
    """Fail a run of which a newest return is refused, with the reports to read."""
    refused = [
        f"{words(judged)} Report: {source.store.folder(judged) / 'report.html'}" for judged in newest if judged.refused
    ]
    if refused:
        raise NotCounted("\n".join(refused), allow_retries=False)


def told_of(counting: Judged, version: int, source: Source) -> dict[str, dg.MetadataValue]:
    """Counts of the return that counts and where its report lies."""
    folder, rules = source.store.folder(counting), source.rules
    rows = [(code, f"{count:,}", str(rules.rules[code]["says"])) for code, count in counting.counts.items()]
    return {
        "verdict": dg.MetadataValue.text(counting.verdict.replace("_", " ")),
        "return": dg.MetadataValue.text(counting.return_id),
        "version": dg.MetadataValue.int(version),
        "synthetic": dg.MetadataValue.bool(counting.synthetic),
        "dagster/row_count": dg.MetadataValue.int(counting.row_count),
        "rows set aside": dg.MetadataValue.int(counting.lacking),
        "report": dg.MetadataValue.path(str(folder / "report.html")),
        "by rule": dg.MetadataValue.md(
            markdown_table(("Rule", "Rows", "What was found"), rows) if rows else "Nothing was found."
        ),
    }


def _checks(newest: list[Judged], rules: Rules) -> Iterator[dg.AssetCheckResult]:
    """One result per rule over all partitions of the run: an error for what refuses, a warning for everything else."""
    for code, (_, refuses) in RULES.items():
        hit = {judged.return_id: judged.counts[code] for judged in newest if judged.counts.get(code)}
        severity = dg.AssetCheckSeverity.ERROR if refuses else dg.AssetCheckSeverity.WARN
        said = "; ".join(f"{return_id}: {count:,}" for return_id, count in list(hit.items())[:20])
        yield dg.AssetCheckResult(
            check_name=code, asset_key=ACCEPTED, passed=not hit, severity=severity,
            description=f"{rules.rules[code]['remedy']} {said}" if hit else "Nothing was found.",
        )  # fmt: skip


ASSETS = [accepted]
