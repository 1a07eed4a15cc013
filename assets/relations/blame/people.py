"""People under the other sex, another year or in other rows: what is beside them says so, or how many were asked."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import RENAMED, SHIFT, DoubtedTogether
from assets.relations.blame.instead import NEARER
from assets.relations.blame.lines import LEAST, MORE

# A table of three years and more is as near to other years of another release in sum. Of the population files of 2011 to 2025,
# as they were released, none is nearer to other years than to its own; one year of one file is, by a third.
NEARER_IN_SUM = 2


def exchanged_sexes(engine: Engine) -> Iterator[DoubtedTogether]:
    """Women and men of a mid-year, in one area or in all, who fail most of what is known of how many of each there are."""
    rows = engine.answer(__file__, "exchanged_sexes", least=LEAST, more=MORE)
    for row in rows:
        reason = (
            f"{row['failed']} times women and men of {row['period_end']:%Y} are as many as the others should be: they may have"
            " changed places; all of both is withheld."
        )
        yield DoubtedTogether(RENAMED, reason, tuple(row["figures"]))


def other_years(engine: Engine) -> Iterator[DoubtedTogether]:
    """People of a mid-year, or of all years of a table, whom another release prints of another year.

    Of the two releases either may be wrong: the one that is further from what a third prints of that year, else the one of
    which more fails, else both.
    """
    rows = engine.answer(__file__, "other_years", least=LEAST, nearer=NEARER, nearer_in_sum=NEARER_IN_SUM)
    for row in rows:
        reason = (
            f"Another release prints of {row['year']:%Y} what this one prints of another year, or the other way round: a year"
            " may be misnamed, there or here; all of it is withheld."
        )
        yield DoubtedTogether(RENAMED, reason, tuple(row["figures"]))


def other_rows(engine: Engine) -> Iterator[DoubtedTogether]:
    """Tables of the survey in which the people asked fail to add up in most of the ways in which they must: the numbers stand in
    other rows. One wrong row, or label, makes no way fail in most places."""
    rows = engine.ask(f"""
        with
        way as (
            select f.edition, f.sheet, a.relation, avg((not a.agrees)::integer) > 0.5 as fails
            from agreed a join figure f on f.fid = a.instance
            where a.form = 'asked'
            group by all having count(*) >= {LEAST}
        ),
        told as (
            select edition, sheet, count(*) filter (fails) as failing, count(*) as ways
            from way group by all having failing >= {LEAST} and 2 * failing > ways
        )
        select failing, ways, list(fid order by fid) as figures
        from told join figure using (edition, sheet) where x is not null
        group by edition, sheet, failing, ways order by all
    """)
    for row in rows:
        reason = (
            f"In {row['failing']} of {row['ways']} ways the people asked do not add up, in most places: the numbers may stand in"
            " other rows; all of the table is withheld."
        )
        yield DoubtedTogether(SHIFT, reason, tuple(row["figures"]))
