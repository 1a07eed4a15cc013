"""How figures changed between the releases of a publication: per figure, and per series.

The mean revision says whether first releases tend to be too low or too high, the mean absolute revision how much they move
(S. McKenzie and M. Gamba, Interpreting the results of revision analyses, OECD 2008).
"""

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.reconciled.ground.vintage import COPIES
from assets.tables.records import Frames
from schemas.derive import arrow_schema
from schemas.revision import Revision, RevisionSummary

FIGURE = (
    "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end", "period_type",
    "source", "unit",
)  # fmt: skip
NEEDED = (*FIGURE, "row_id", "release", "value", "printed", "obs_status", "designation", "doubt", "leaves_out")


def revisions(
    estimates: pd.DataFrame,
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    vawg: pd.DataFrame,
    shares: pd.DataFrame,
    outcomes: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.revision` from the fact tables and `meta.release`; values in the unit of the facts."""
    return revisions_of(
        {
            "survey.estimate": estimates,
            "recorded.offence_count": offences,
            "recorded.flagged_count": flagged,
            "recorded.vawg_count": vawg,
            "recorded.share": shares,
            "recorded.outcome": outcomes,
            "population.estimate": population,
        },
        releases,
    )


def revisions_of(facts: Frames, releases: pd.DataFrame) -> pd.DataFrame:
    """Every figure of some fact tables that one publication gave in two releases or more.

    facts: table key -> rows; releases: `meta.release`, which orders the vintages. Works on whole columns, since the police
    force tables alone hold hundreds of thousands of figures per release.
    """
    rows = _together(facts)
    rows = rows.filter(pc.invert(pc.is_in(rows["designation"], pa.array(COPIES, pa.string()))))
    # A doubted figure is no vintage to be revised.
    rows = rows.filter(pc.is_null(rows["doubt"]))
    figure, age = _figures(rows, ("figures", *FIGURE)), _ages(rows, releases)
    alike = _figures(rows, ("figures", *FIGURE, "leaves_out"))
    order = np.lexsort((age, alike))
    starts, ends = _runs(alike[order])
    newest = _newest_of(figure[order[starts]], age[order[ends - 1]]) if len(order) else np.zeros(0, bool)
    several = (ends - starts > 1) & newest
    starts, ends = starts[several], ends[several]
    first, previous, latest = (rows.take(order[at]) for at in (starts, ends - 2, ends - 1))
    one, before, last = (part["value"].combine_chunks() for part in (first, previous, latest))
    columns = {name: latest[name] for name in ("figures", *FIGURE)} | {
        "vintages": pa.array(ends - starts),
        "first": one,
        "first_release": first["release"],
        "first_obs_status": first["obs_status"],
        "previous": before,
        "previous_release": previous["release"],
        "latest": last,
        "latest_release": latest["release"],
        "latest_obs_status": latest["obs_status"],
        "change": pc.subtract(last, one),
        "change_percent": _percent(one, last),
        "last_change": pc.subtract(last, before),
        "last_change_percent": _percent(before, last),
        "revised": pa.array(_revised(rows, order, starts, ends)),
        "inputs": _lists(rows["row_id"], order, starts, ends),
    }
    schema = arrow_schema(Revision)
    table = pa.table({field.name: columns[field.name].cast(field.type) for field in schema if field.name != "row_id"})
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _newest_of(figure: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Of each figure, the run of vintages that ends with the newest: a total with a force is no revision of one without."""
    last = np.lexsort((age, figure))
    newest: np.ndarray = np.zeros(len(figure), bool)
    newest[last[_runs(figure[last])[1] - 1]] = True
    return newest


def _figures(rows: pa.Table, names: Sequence[str]) -> np.ndarray:
    """A number per row: equal where all these columns are equal."""
    number = np.zeros(rows.num_rows, np.int64)
    for name in names:
        codes, known = pd.factorize(rows[name].to_pandas(types_mapper=pd.ArrowDtype), use_na_sentinel=False)
        number, _ = pd.factorize(number * (len(known) + 1) + codes)
    return number


def _ages(rows: pa.Table, releases: pd.DataFrame) -> np.ndarray:
    """The rank of every row's release from old to new; releases of one day by name."""
    listed = sorted(zip(releases["vintage_order"], releases["release"], releases["source"], strict=True))
    rank = {(source, release): at for at, (_, release, source) in enumerate(listed)}
    pairs = pc.binary_join_element_wise(rows["source"], rows["release"], "\t").combine_chunks().dictionary_encode()
    ranks = np.array([rank[tuple(pair.split("\t"))] for pair in pairs.dictionary.to_pylist()], np.int64)
    return ranks[pairs.indices.to_numpy()] if len(ranks) else np.zeros(0, np.int64)


def _runs(ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First position and the one after the last of every run of equal numbers."""
    if not len(ordered):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    edges = np.flatnonzero(np.diff(ordered)) + 1
    return np.concatenate(([0], edges)), np.concatenate((edges, [len(ordered)]))


def _revised(rows: pa.Table, order: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Does a vintage differ from the one before it, in status, or in value by more than the coarser of their prints hides?"""
    value = rows["value"].to_numpy()[order]
    status = pd.factorize(rows["obs_status"].to_pandas())[0][order]
    same = (value[1:] == value[:-1]) | (np.isnan(value[1:]) & np.isnan(value[:-1]))
    [unlike] = np.nonzero(~same)
    older, newer = (_half_units(rows["printed"], order[at], value[at]) for at in (unlike, unlike + 1))
    same[unlike] = np.abs(value[unlike + 1] - value[unlike]) <= np.maximum(older, newer)
    steps = (
        np.concatenate(([0], np.cumsum(~same | (status[1:] != status[:-1])))) if len(order) else np.zeros(0, np.int64)
    )
    changed: np.ndarray = steps[ends - 1] > steps[starts]
    return changed


def _half_units(printed: pa.ChunkedArray, at: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Half a unit of the last digit that stands printed, in the unit of the value; nought where no plain number is printed."""
    digits = pc.replace_substring_regex(printed.take(pa.array(at)), r"[,%\s]", "").to_pandas().astype("object")
    number = pd.to_numeric(digits, errors="coerce").to_numpy(dtype=float)
    decimals = digits.str.extract(r"\.(\d+)$")[0].str.len().fillna(0).to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(number == 0, 1.0, np.abs(value / number))  # thousands and millions stand printed as such
    half: np.ndarray = np.nan_to_num(0.5 * factor * 10.0**-decimals, nan=0.0, posinf=0.0)
    return half


def _lists(values: pa.ChunkedArray, order: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> pa.Array:
    """The values of every run as a list, oldest first."""
    lengths = ends - starts
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
    positions = order[np.repeat(starts, lengths) + within]
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values.take(positions).combine_chunks())


def _percent(before: pa.Array, after: pa.Array) -> pa.Array:
    """The change in percent of the earlier value; empty where that is nought."""
    base = pc.if_else(pc.equal(before, 0.0), pa.scalar(None, pa.float64()), before)
    return pc.multiply(pc.divide(pc.subtract(after, before), base), 100.0)


def summary(revision: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.revision_summary`: per series, publication and kind of period, over all figures given twice.

    `inputs` are the figures that were revised; the unrevised ones only count.
    """
    with duckdb.connect() as connection:
        connection.register("revision", _exact(revision, arrow_schema(Revision)))
        return _arrow(
            connection,
            """
            SELECT series, source, period_type, unit,
                count(change) AS figures,
                count(*) FILTER (WHERE revised) AS revised,
                avg(change) AS mean_revision,
                avg(abs(change)) AS mean_absolute_revision,
                avg(change_percent) AS mean_revision_percent,
                avg(abs(change_percent)) AS mean_absolute_revision_percent,
                arg_max(change, abs(change)) AS largest_revision,
                coalesce(list(row_id ORDER BY row_id) FILTER (WHERE revised), []) AS inputs
            FROM revision GROUP BY series, source, period_type, unit ORDER BY ALL
            """,
            arrow_schema(RevisionSummary),
        )


def _together(facts: Frames) -> pa.Table:
    """The needed columns of all fact tables below each other, each row with the table it is from."""
    schema = arrow_schema(Revision)
    kinds = {name: schema.field(name).type for name in FIGURE} | {"value": pa.float64()}
    parts = []
    for table, frame in facts.items():
        columns = {
            name: pa.array(frame[name], kinds.get(name, pa.string())) if name in frame.columns
            else pa.nulls(len(frame), pa.string())
            for name in NEEDED
        }  # fmt: skip
        parts.append(pa.table({"figures": pa.repeat(pa.scalar(table), len(frame)), **columns}))
    return pa.concat_tables(parts)


def _exact(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    return pa.table({field.name: pa.array(frame[field.name], field.type) for field in schema})


def _arrow(connection: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema) -> pd.DataFrame:
    """The result of a query in the declared Arrow types, without row ids."""
    result = connection.sql(query).to_arrow_table()
    made = {field.name: result[field.name].cast(field.type) for field in schema if field.name != "row_id"}
    frame: pd.DataFrame = pa.table(made).to_pandas(types_mapper=pd.ArrowDtype)
    return frame
