"""What a landed file prints otherwise than was transcribed of its release: one of the two is wrong, or the file was changed."""

from collections.abc import Iterator

import pandas as pd

from assets.archive.findings.transcription import alike
from assets.archive.tracked.figures import tracked_keys
from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import TRANSCRIBED, DoubtedTogether
from assets.relations.blame.lines import LEAST

# Of an area, a period or a series of a sheet of which more of what was transcribed differs all is in doubt.
SHARE = 0.5


def transcribed_too(read: pd.DataFrame, tracked: pd.DataFrame, by_key: pd.DataFrame) -> pd.DataFrame:
    """Which figures were transcribed too, by row id, as what, and does the file print them otherwise (`differs`).

    read: figures as the engine looks at them; tracked: those of data/figures, by row id; by_key: those of data/figures/forces,
    whose row id is that of another table
    """
    compared = ["value", "obs_status", "unit"]
    figures = read[["row_id", *compared]].assign(key=tracked_keys(read))
    both = [
        figures.merge(tracked[["row_id", *compared]], on="row_id", suffixes=("", "_read")),
        figures.merge(by_key[compared].assign(key=tracked_keys(by_key)), on="key", suffixes=("", "_read")),
    ]
    told = [rows[["row_id"]].assign(transcribed=rows["value_read"], differs=~alike(rows)) for rows in both]
    return pd.concat(told).drop_duplicates("row_id")


def otherwise_transcribed(engine: Engine) -> Iterator[DoubtedTogether]:
    """Figures that differ from their transcription, and all of an area, a period or a series of a sheet most of which do; with
    it all of another one that holds what was transcribed of it: the two changed places."""
    rows = engine.ask(f"""
        with
        lined as (
            select fid, value, transcribed, differs, concat_ws('|', edition, sheet, names[way], way) as line,
                hash(edition, sheet, list_where(names, [way <> 1, way <> 2, way <> 3]), way) as place
            from (
                select f.fid, f.edition, f.sheet, g.value, c.transcribed, c.differs, unnest([1, 2, 3]) as way, [
                    f.area_code, f.series, concat(f.period_start, '..', f.period_end)
                ] as names
                from figure f join given_figure g using (row_id) left join given_compared c using (row_id)
                where g.value is not null
            )
        ),
        one as (
            select line, count(*) filter (differs) as differing from lined group by line
            having differing >= {LEAST} and avg(differs::integer) > {SHARE}
        ),
        wrong as (
            select line from one
            union
            select other.line
            from one join lined own using (line)
            join lined other on other.place = own.place and other.line <> own.line and other.value = own.transcribed
            where own.differs and coalesce(other.differs, true)
            group by own.line, other.line
            having count(*) >= {LEAST} and count(*) > {SHARE} * any_value(one.differing)
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
