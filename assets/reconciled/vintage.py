"""The newest release wins, per figure; the publisher's own release wins over any copy of it."""

import pandas as pd

COPIES = ("press_copy", "policing")
NOT_THE_FIGURE = ("source", "release")


def newest(facts: pd.DataFrame, releases: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    """One row per figure of a fact table: the newest vintage, copies only where nothing else is held.

    facts: rows with `source`, `release` and `badge`; releases: `meta.release`; key: the table's row key, of which
    source and release are left out to name the figure.
    """
    figure = [name for name in key if name not in NOT_THE_FIGURE]
    order = {(s, r): o for s, r, o in releases[["source", "release", "vintage_order"]].itertuples(index=False)}
    ranked = facts.assign(
        _own=[badge not in COPIES for badge in facts["badge"]],
        _order=[order[pair] for pair in zip(facts["source"], facts["release"], strict=True)],
    )
    ranked = ranked.sort_values(["_own", "_order", "row_id"])
    kept = ranked.drop_duplicates(subset=figure, keep="last")
    return kept.drop(columns=["_own", "_order"]).sort_values("row_id").reset_index(drop=True)
