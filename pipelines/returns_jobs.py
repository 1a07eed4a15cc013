"""Judge returns again by one run: after a change of rules, codes or limits, whatever the number of suppliers and quarters.

Dagster splits a backfill over two dimensions into a run per quarter; this one is not of partitions, and reports each.
"""

import dagster as dg

from assets.returns.assets_returns import ACCEPTED, source_of, told_of
from assets.returns.intake import judged_otherwise
from assets.returns.report import words
from assets.returns.spread import taken_in

JUDGE_AGAIN = "judge_returns_again"


@dg.op(
    name="judge_returns",
    required_resource_keys={"workspace"},
    description="Judge every return of the inbox anew that was judged by other rules, codes or limits than today's.",
)
def judge_returns(context: dg.OpExecutionContext) -> None:
    """Take every such partition in, and report those that count; fails, naming them, where a newest return is refused."""
    place = context.resources.workspace
    source = source_of(place, place.data)
    refused = []
    again = judged_otherwise(source)
    for (supplier, quarter), judged in zip(again, taken_in(source, again), strict=True):
        told = told_of(judged, source)
        context.log.info(words(judged[-1]))
        if told is not None:
            key = dg.MultiPartitionKey({"supplier": supplier, "quarter": quarter})
            context.log_event(dg.AssetMaterialization(ACCEPTED, partition=key, metadata=told))
        refused += [words(judged[-1])] if judged[-1].refused else []
    if refused:
        raise dg.Failure("\n".join(refused), allow_retries=False)


@dg.job(
    name=JUDGE_AGAIN,
    description="After a change of the rules: judge all returns again by one run. The sensor `returns` starts it.",
)
def judge_returns_again() -> None:
    """One operation over all partitions."""
    judge_returns()
