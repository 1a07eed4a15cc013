"""The audit before publishing: do the staged tables fit together, and does what they say hold?

The checks are those that Dagster shows under the assets, from the same list; `meta.check_result` is what they said.
"""

from collections.abc import Iterator, Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.checks import CHECKS as OF_ARCHIVE
from assets.collection.checks import CHECKS as OF_THE_COLLECTION
from assets.reconciled.checks import CHECKS as OF_RESULTS
from assets.recorded.checks import CHECKS as OF_COUNTS
from assets.relations.checks import CHECKS as OF_RELATIONS
from assets.statement.claims.expected import CHECKS as OF_CLAIMS
from assets.survey.checks import CHECKS as OF_ESTIMATES
from assets.tables.checking import Check, CheckOutcome, outcome
from assets.tables.staging import Staged, give_back
from assets.words.problems import BadInput, Problem
from schemas.derive import arrow_schema
from schemas.registry import CONTRACTS

# Every check of the tables, once: Dagster shows each under its asset, and the audit asks all of them before publishing.
CHECKS: tuple[Check, ...] = (
    *OF_ARCHIVE,
    *OF_RELATIONS,
    *OF_ESTIMATES,
    *OF_COUNTS,
    *OF_THE_COLLECTION,
    *OF_RESULTS,
    *OF_CLAIMS,
)


def fit_together(staged: Mapping[str, Staged]) -> None:
    """Refuse a set of tables of which one was made from another version of its input than the one staged now."""
    problems = [
        Problem(key, "", f"made from another {source}", f"made from the {source} staged now", f"Rematerialise {key}.")
        for key, table in staged.items()
        for source, content in table.inputs.items()
        if staged[source].content_hash != content
    ]
    if problems:
        raise BadInput("The staged tables were not made together", problems)


def audit(staged: Mapping[str, Staged], taken: pa.Table, past: bool = False) -> list[CheckOutcome]:
    """Everything that is checked before a build is published; of a day of the past not what is only true of all of now.

    taken: what `steps` gives of the staged tables
    """
    frames = _Frames(staged)
    return [
        _row_ids_are_unique(staged),
        _codes_are_known(staged),
        _inputs_exist(staged, taken),
        *(
            check.look(**{name: frames[key] for name, key in check.inputs.items()})
            for check in CHECKS
            if not (past and check.of_now)
        ),
    ]


class _Frames(dict[str, pd.DataFrame]):
    """Staged tables as frames, made when first asked for."""

    def __init__(self, staged: Mapping[str, Staged]) -> None:
        super().__init__()
        self._staged = staged

    def __missing__(self, key: str) -> pd.DataFrame:
        self[key] = self._staged[key].frame
        return self[key]


def refuse_failed_checks(outcomes: list[CheckOutcome]) -> None:
    """BadInput with every check that failed and is no mere warning."""
    problems = [
        Problem(
            ", ".join(outcome.tables),
            "",
            outcome.sentence(),
            outcome.name.replace("_", " "),
            "See the check for all its cases.",
        )
        for outcome in outcomes
        if not outcome.passed and not outcome.warning
    ]
    if problems:
        raise BadInput("The audit refused this build; the last good file stays", problems)


def _ids(staged: Mapping[str, Staged]) -> Iterator[tuple[str, pa.ChunkedArray]]:
    """Key and row ids of every table that has them, one table in memory at a time."""
    for key, table in staged.items():
        if "row_id" in arrow_schema(CONTRACTS[key].model).names:
            yield key, table.columns("row_id")["row_id"]
            give_back(table.rows)


def _row_ids_are_unique(staged: Mapping[str, Staged]) -> CheckOutcome:
    """Table by table, which needs little memory: no two tables have one prefix, so no id stands in both."""
    checked, cases = 0, list[dict[str, object]]()
    for key, ids in _ids(staged):
        checked += len(ids)
        stray = ids.filter(pc.invert(pc.starts_with(ids, f"{CONTRACTS[key].prefix}:")))
        cases += [{"row_id": row_id, "not an id of": key} for row_id in stray.to_pylist()]
        if len(pc.unique(ids)) < len(ids):
            counts = pc.value_counts(ids)
            twice = counts.filter(pc.greater(counts.field("counts"), 1))
            cases += [{"row_id": twin["values"], "times": twin["counts"]} for twin in twice.to_pylist()]
    return outcome("row_ids_are_unique", sorted(staged), checked, cases, "every row id stands once in the whole file")


def _codes_are_known(staged: Mapping[str, Staged]) -> CheckOutcome:
    checked, cases = 0, list[dict[str, object]]()
    for key in staged:
        for column, ends in CONTRACTS[key].ties.items():
            columns = [staged[other].columns(name)[name] for other, name in ends]
            known = pa.chunked_array([chunk for values in columns for chunk in values.chunks])
            used = staged[key].columns(column)[column].drop_null()
            if column in CONTRACTS[key].lists:
                used = pc.list_flatten(pc.split_pattern(used, CONTRACTS[key].lists[column]))
            used = pc.unique(used)
            checked += len(used)
            unknown = used.filter(pc.invert(pc.is_in(used, value_set=known.combine_chunks())))
            cases += [
                {"table": key, "column": column, "value": value, "not in": CONTRACTS[key].foreign[column]}
                for value in unknown.to_pylist()
            ]
    tables = sorted({str(case["table"]) for case in cases} or staged)
    return outcome("codes_are_known", tables, checked, cases, "every code stands in its reference table")


def _inputs_exist(staged: Mapping[str, Staged], taken: pa.Table) -> CheckOutcome:
    """Table by table too: an id says by its prefix of which it is, and what is of none is lost."""
    left, lost = pc.unique(taken["input_row_id"]), list[pa.Array]()
    for key, ids in _ids(staged):
        of_table = pc.starts_with(left, f"{CONTRACTS[key].prefix}:")
        here, left = left.filter(of_table), left.filter(pc.invert(of_table))
        lost.append(here.filter(pc.invert(pc.is_in(here, value_set=ids.combine_chunks()))))
    lost_rows = taken.filter(pc.is_in(taken["input_row_id"], value_set=pa.concat_arrays([*lost, left])))
    return outcome(
        "inputs_exist",
        sorted(staged),
        taken.num_rows,
        lost_rows.slice(0, 50).to_pylist(),
        "every input is a row of this file",
    )
