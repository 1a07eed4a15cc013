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
    facts = facts.reset_index(drop=True)
    # Only what decides is sorted; whole rows are taken once.
    ranked = facts[list(dict.fromkeys([*figure, "row_id"]))].assign(
        _own=~facts["badge"].isin(COPIES),
        _order=[order[pair] for pair in zip(facts["source"].to_list(), facts["release"].to_list(), strict=True)],
    )
    kept = ranked.sort_values(["_own", "_order", "row_id"]).drop_duplicates(subset=figure, keep="last")
    return facts.take(kept.sort_values("row_id").index.to_numpy()).reset_index(drop=True)
