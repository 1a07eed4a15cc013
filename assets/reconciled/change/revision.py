"""How figures changed between the releases of a publication: per figure, and per series.

The mean revision says whether first releases tend to be too low or too high, the mean absolute revision how much they move
(S. McKenzie and M. Gamba, Interpreting the results of revision analyses, OECD 2008).
"""

from collections.abc import Collection, Iterable, Mapping

import pandas as pd
import pyarrow as pa

from assets.reconciled.ground.reference_rows import release_of
from assets.reconciled.ground.vintage import COPIES, ORDERED
from assets.tables.called import TABLES
from assets.tables.querying import ask_for, query
from assets.tables.records import Frames, Record, records
from assets.words import wording
from assets.words.markdown import bullets, plain_markdown
from schemas.change import Revision
from schemas.derive import arrow_schema

FIGURE = (
    "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end", "period_type",
    "source", "unit",
)  # fmt: skip
NEEDED = (*FIGURE, "row_id", "release", "value", "printed", "obs_status", "designation", "doubt", "leaves_out")


def revisions(releases: pd.DataFrame, **facts: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.revision` from `meta.release` and fact tables, as `called` names them; values in their unit."""
    return revisions_of({TABLES[name]: frame for name, frame in facts.items()}, releases)


def revisions_of(facts: Frames, releases: pd.DataFrame) -> pd.DataFrame:
    """Every figure of some fact tables that one publication gave in two releases or more: see revision.sql.

    facts: table key -> rows; releases: `meta.release`, which orders the vintages.
    """
    asked = query(__file__, "revision", figure=", ".join(("figures", *FIGURE)), copies=COPIES)
    return ask_for("reconciled.revision", asked, fact=_together(facts), release=releases[ORDERED])


def summary(revision: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.revision_summary`: see revision_summary.sql.

    `inputs` are the figures that were revised; the unrevised ones only count.
    """
    exact = {field.name: pa.array(revision[field.name], field.type) for field in arrow_schema(Revision)}
    return ask_for("reconciled.revision_summary", query(__file__, "revision_summary"), revision=pa.table(exact))


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


# Which releases figures come from, and what the newest of them changed: for the Dagster UI.
MOST = 12
NOTHING = "No figure that these comparisons use differs from the release before it."


def used_releases(named: Iterable[str | None], releases: pd.DataFrame) -> str:
    """The releases behind some `source@release; source@release` texts, newest first, as Markdown."""
    keys = {key for text in named if text for key in text.split("; ")}
    rows = [row for row in records(releases) if release_of(row) in keys]
    rows.sort(key=lambda row: (-row["vintage_order"], row["title"]))
    return bullets(
        f"{plain_markdown(row['title'])}, {plain_markdown(row['publisher'])}, day of release {wording.day_words(row['released'])}"
        f" (`{release_of(row)}`): {wording.designation(row['designation'])}; {plain_markdown(row['licence'])}"
        for row in rows
    )


def last_changes(facts: Frames, used: Collection[str], releases: pd.DataFrame, series: pd.DataFrame) -> str:
    """Figures among those used that the newest release of their publication changed, newest first, as Markdown.

    facts: table key -> all vintages; used: row ids of the vintages that went in; releases, series: the tables of that name.
    """
    vintages = {key: vintages_of(frame, used) for key, frame in facts.items()}
    not_empty = {key: frame for key, frame in vintages.items() if len(frame)}
    if not not_empty:
        return NOTHING
    order = {release_of(row): row["vintage_order"] for row in records(releases)}
    means = {row["series"]: row["definition"] for row in records(series)}
    changed = [row for row in records(revisions_of(not_empty, releases)) if row["last_change"]]
    changed.sort(key=lambda row: (-order[f"{row['source']}@{row['latest_release']}"], -row["period_end"].toordinal()))
    return bullets((_change(row, means) for row in changed[:MOST]), NOTHING)


def vintages_of(frame: pd.DataFrame, used: Collection[str]) -> pd.DataFrame:
    """All vintages of the figures of which one vintage is used."""
    figure = [name for name in FIGURE if name in frame.columns and name not in ("source", "unit", "period_type")]
    mine = frame.loc[frame["row_id"].isin(list(used)), figure].astype(str)
    wanted = set(mine.itertuples(index=False, name=None))
    near = frame[frame["series"].isin(mine["series"].unique())]
    keep = [row in wanted for row in near[figure].astype(str).itertuples(index=False, name=None)]
    return near[keep]


def _change(row: Record, means: Mapping[str, str]) -> str:
    what = wording.capital(wording.first_sentence(means.get(row["series"], row["series"])))
    digits = 0 if float(row["latest"]).is_integer() and float(row["previous"]).is_integer() else 1
    whom = "" if row["sex"] == "all" else f", {row['sex']}"
    return (
        f"{plain_markdown(what)}{whom}, {wording.period(row)}: {wording.number(row['previous'], digits)} in"
        f" `{row['previous_release']}`, **{wording.number(row['latest'], digits)}** in `{row['latest_release']}`"
        f" ({wording.signed(row['last_change'], digits)})"
    )
