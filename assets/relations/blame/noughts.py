"""Noughts, more of them than can be, that were blank or a marker: changes of nothing, columns without anything else."""

from collections.abc import Iterator
from math import log

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LINE, DoubtedTogether
from assets.relations.blame.lines import LEAST

# How much less likely than one so many noughts must be, as a logarithm. Of the force area tables of 2018, 2019 and 2024 none has
# more noughts than are expected.
UNLIKELY = 12


# So many counts of a force in a period, or estimates of a release of the survey, are never all nought.
MANY = 20


def nothing_but_noughts(engine: Engine) -> Iterator[DoubtedTogether]:
    """A force without one offence in a period, and a release of the survey without one victim: a column of noughts."""
    rows = engine.ask(f"""
        select list(fid order by fid) as figures, count(*) as noughts
        from figure
        where x is not null and compared is null and (unit = 'offences' and area_type like '%force' or stem like 'csew.%')
        group by edition, if(unit = 'offences', concat_ws('|', area_code, period_start, period_end), 'survey')
        having count(*) >= {MANY} and max(abs(x)) = 0
        order by figures
    """)
    for row in rows:
        reason = f"All {row['noughts']} figures are nought: the column may have been empty. All of them are withheld."
        yield DoubtedTogether(LINE, reason, row["figures"])


def noughts(engine: Engine) -> Iterator[DoubtedTogether]:
    """The noughts of an area, of an offence or of a whole table of changes that are printed to the last offence.

    A count N and the one before it are equal by chance once in the root of four pi N, less often where they moved.
    """
    rows = engine.ask(f"""
        with
        change as (
            select
                c.fid, c.edition, c.stem, c.series, c.area_code, c.x = 0 as nought,
                if(n.x > 0, least(1, 1 / sqrt(4 * pi() * n.x)), 1) as expected
            from figure c join figure n on n.slot = c.now_slot and n.series = replace(c.series, '_change.', '.')
            where c.compared is not null and c.unit <> 'percentage_points' and n.x is not null and c.half / 100 * n.x < 0.5
        )
        select list(fid order by fid) filter (nought) as figures, sum(expected) as expected
        from change
        group by grouping sets ((edition, stem), (edition, stem, area_code), (edition, stem, series))
        having count(*) filter (nought) >= {LEAST}
        order by count(*) filter (nought) desc, figures
    """)
    for row in rows:
        found = len(row["figures"])
        if found > row["expected"] and found - row["expected"] - found * log(found / row["expected"]) < -UNLIKELY:
            reason = (
                f"{found} changes of exactly nought, where counts of this size would be equal by chance in"
                f" {row['expected']:.1f}: blanks or markers may have been read as noughts."
            )
            yield DoubtedTogether(LINE, reason, row["figures"])
