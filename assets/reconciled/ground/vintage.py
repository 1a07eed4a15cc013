"""The newest trusted release wins, per figure; the publisher's own release wins over any copy of it."""

from collections.abc import Iterable

import pandas as pd

from assets.tables.querying import ask, query
from schemas.registry import contract
from schemas.row_types import FactRow

# What a figure says, and what is said of it by number.
VALUES = ("value", "lower", "upper", "interval_source")
COPIES = ("press_copy", "policing")
WORST_FIRST = ("press_copy", "in_development", "policing", "not_accredited", "official", "accredited")
NOT_THE_FIGURE = ("source", "release")
DECIDES = ("row_id", "designation", "source", "release", "doubt")
ORDERED = ["source", "release", "vintage_order"]
DOUBTED, WITHHELD = "doubted", "Withheld: {}"


def newest_sql(
    facts: str, releases: str, key: tuple[str, ...], known: str = "true", trusted: str = "(fact.doubt IS NULL)"
) -> str:
    """The rule as a query over two tables of a database: see newest.sql. `key` is the fact table's row key."""
    figure = ", ".join(f'fact."{name}"' for name in key if name not in NOT_THE_FIGURE)
    return query(
        __file__, "newest", facts=facts, releases=releases, figure=figure, known=known, trusted=trusted, copies=COPIES
    )


def newest(facts: pd.DataFrame, releases: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    """One row per figure of a fact table, in the order of row ids: the newest vintage, copies only where nothing else is held.

    facts: rows with `source`, `release` and `designation`; releases: `meta.release`; key: the table's row key, of which
    source and release are left out to name the figure. Where every release of a figure is doubted, its row has no value,
    the status `doubted` and the reason in its notes: no result is made of it, and each can say so.
    """
    # Only what decides is ranked; whole rows are taken once.
    decides = facts[list(dict.fromkeys([*key, *DECIDES]))].reset_index(drop=True).assign(position=range(len(facts)))
    rule = newest_sql("facts", "releases", key)
    kept = ask(f"SELECT position FROM ({rule}) ORDER BY row_id", facts=decides, releases=releases[ORDERED])["position"]
    return _withheld(facts.take(kept.to_numpy()).reset_index(drop=True))


def newest_of(facts: pd.DataFrame, releases: pd.DataFrame, table: str) -> pd.DataFrame:
    """The newest figures of a fact table by its key."""
    return newest(facts, releases, contract(table).row_key)


def _withheld(chosen: pd.DataFrame) -> pd.DataFrame:
    """The rows without the values of those that are doubted."""
    doubted = chosen["doubt"].notna()
    if not doubted.any():
        return chosen
    made = chosen.copy()
    made.loc[doubted, [name for name in VALUES if name in made.columns]] = None
    made.loc[doubted, "obs_status"] = DOUBTED
    if "notes" in made.columns:
        made.loc[doubted, "notes"] = [WITHHELD.format(reason) for reason in made.loc[doubted, "doubt"]]
    return made


def left_out(row: FactRow) -> tuple[str, ...]:
    """Codes of the forces that a figure leaves out."""
    return tuple(code for code in (row.get("leaves_out") or "").split(";") if code)


def least_standing(designations: Iterable[str]) -> str:
    """The standing of what is made of figures of several: that of the least."""
    return min(designations, key=WORST_FIRST.index)


def status_of(rows: Iterable[FactRow]) -> str:
    """The status of what cannot be made for want of a figure: doubted where one of its figures is, else missing."""
    return DOUBTED if any(row["obs_status"] == DOUBTED for row in rows) else "missing"
