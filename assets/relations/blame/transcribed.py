"""What a landed file prints otherwise than was transcribed of its release: one of the two is wrong, or the file was changed."""

from collections.abc import Iterator

import pandas as pd

from assets.archive.findings.transcription import alike
from assets.archive.tracked.force_figures import tracked_keys
from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import TRANSCRIBED, DoubtedTogether
from assets.relations.blame.lines import LEAST

# Of an area, a period or a series of a sheet of which more of what was transcribed differs all is in doubt.
SHARE = 0.5


def transcribed_too(read: pd.DataFrame, tracked: pd.DataFrame, by_key: pd.DataFrame) -> pd.DataFrame:
    """Which figures were transcribed too, by row id, and does the file print them otherwise (`differs`).

    read: figures as the engine looks at them; tracked: those of data/figures, by row id; by_key: those of data/figures/forces,
    whose row id is that of another table
    """
    compared = ["value", "obs_status", "unit"]
    figures = read[["row_id", *compared]].assign(key=tracked_keys(read))
    both = [
        figures.merge(tracked[["row_id", *compared]], on="row_id", suffixes=("", "_read")),
        figures.merge(by_key[compared].assign(key=tracked_keys(by_key)), on="key", suffixes=("", "_read")),
    ]
    return pd.concat([rows[["row_id"]].assign(differs=~alike(rows)) for rows in both]).drop_duplicates("row_id")


def otherwise_transcribed(engine: Engine) -> Iterator[DoubtedTogether]:
    """Figures that differ from their transcription, and all of an area, a period or a series of a sheet most of which do."""
    rows = engine.ask(f"""
        with
        lined as (
            select f.fid, c.differs, unnest([
                concat_ws('|', 'area', f.edition, f.sheet, f.area_code), concat_ws('|', 'series', f.edition, f.sheet, f.series),
                concat_ws('|', 'period', f.edition, f.sheet, f.period_start, f.period_end)
            ]) as line
            from figure f join given_figure g using (row_id) left join given_compared c using (row_id)
            where g.value is not null
        ),
        wrong as (
            select line from lined group by line
            having count(*) filter (differs) >= {LEAST} and avg(differs::integer) > {SHARE}
        )
        select fid, bool_or(coalesce(differs, false)) as itself
        from lined where differs or line in (from wrong)
        group by fid
        order by fid
    """)
    itself = (
        "The file prints another figure than was transcribed of its release: one is wrong, or the file was changed."
    )
    beside = "Much of this area, period or series was transcribed otherwise of this release: all of it is withheld."
    for reason, own in ((itself, True), (beside, False)):
        yield DoubtedTogether(TRANSCRIBED, reason, [row["fid"] for row in rows if row["itself"] == own], ties=1)
