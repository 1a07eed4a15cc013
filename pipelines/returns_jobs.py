"""Judge returns again by one run: after a change of rules, codes or limits, whatever the number of suppliers and quarters.

Dagster splits a backfill over two dimensions into a run per quarter; this one is not of partitions, and reports each.
"""

import dagster as dg

from assets.returns.assets_returns import fail_where_refused, told_in_run
from assets.returns.intake.intake import judged_otherwise, source_of
from assets.returns.rules.rules import read_rules

JUDGE_AGAIN = "judge_returns_again"


@dg.op(
    name="judge_returns",
    required_resource_keys={"workspace"},
    description="Judge every return of the inbox anew that was judged by other rules, codes or limits than today's.",
)
def judge_returns(context: dg.OpExecutionContext) -> None:
    """Take every such partition in, and report those that count; fails, naming them, where a newest return is refused."""
    place = context.resources.workspace
    source = source_of(place, read_rules(place.data))
    fail_where_refused(told_in_run(context, source, judged_otherwise(source)), source)


@dg.job(
    name=JUDGE_AGAIN,
    description="After a change of the rules: judge all returns again by one run. The sensor `rules_of_returns` starts it.",
)
def judge_returns_again() -> None:
    """One operation over all partitions."""
    judge_returns()
