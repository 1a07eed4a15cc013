"""People under the other sex, another year or in other rows: what is beside them says so, or how many were asked."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.contests import NEARER
from assets.relations.blame.doubted import RENAMED, SHIFT, DoubtedTogether
from assets.relations.blame.lines import LEAST, MORE

# A table of three years and more is as near to other years of another release in sum. Of the population files of 2011 to 2025,
# as they were released, none is nearer to other years than to its own; one year of one file is, by a third.
NEARER_IN_SUM = 2


def exchanged_sexes(engine: Engine) -> Iterator[DoubtedTogether]:
    """Women and men of a mid-year, in one area or in all, who fail most of what is known of how many of each there are."""
    rows = engine.ask(f"""
        with
        tested as (
            select f.edition, f.period_end, f.area_code, a.agrees
            from agreed a
            semi join (from given_relation_term where lift = 'other_sex') using (relation)
            join figure f on f.fid = a.instance
        ),
        told as (
            select edition, period_end, area_code, count(*) filter (not agrees) as failed
            from tested
            group by grouping sets ((edition, period_end), (edition, period_end, area_code))
            having failed >= {LEAST} and failed > {MORE} * count(*) filter (agrees)
        )
        select t.edition, t.period_end, max(failed) as failed, list(distinct f.fid order by f.fid) as figures
        from told t
        join figure f
            on f.edition = t.edition and f.period_end = t.period_end and f.area_code = coalesce(t.area_code, f.area_code)
        where f.stem = 'population.mid_year' and f.sex <> 'all' and f.x is not null
        group by all
        order by all
    """)
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
    rows = engine.ask(f"""
        with
        people as (
            select fid, edition, sheet, part_slot as beside, period_end as year, ln(x) as x, coalesce(fails, 0) as fails
            from figure
            left join (
                select fid, count(*) as fails from term semi join failing using (relation, instance) group by fid
            ) using (fid)
            where unit = 'persons' and stem like 'population.%' and period_type = 'mid_year' and x > 0
        ),
        near as (
            select
                a.edition, a.sheet, b.edition as against, b.sheet as other_sheet, a.year, there.year as other_year,
                year(there.year) - year(a.year) as step, sum(abs(a.x - b.x)) as own, sum(abs(a.x - there.x)) as away
            from people a
            join people b on b.beside = a.beside and b.year = a.year and b.edition <> a.edition
            join people there
                on there.edition = b.edition and there.sheet = b.sheet and there.beside = a.beside and there.year <> a.year
            group by all
            having count(*) >= {LEAST}
        ),
        told as (
            select
                edition, sheet, against, other_sheet, year, [any_value(year), arg_min(other_year, away)] as years, false as whole
            from near where {NEARER} * away < own group by all
            union all
            select edition, sheet, against, other_sheet, unnest(list(year)), [], true from near
            group by edition, sheet, against, other_sheet, step
            having count(*) >= {LEAST} and {NEARER_IN_SUM} * sum(away) < sum(own)
        ),
        judged as (
            select
                t.edition, t.sheet, t.against, t.other_sheet, list(t.year) as own_years, flatten(list(t.years)) as other_years,
                bool_or(t.whole) as whole,
                {{'off': coalesce(sum(abs(a.x - third.x)), 0), 'fails': sum(a.fails)}} as one,
                {{'off': coalesce(sum(abs(b.x - third.x)), 0), 'fails': sum(b.fails)}} as other
            from told t
            join people a using (edition, sheet, year)
            join people b on b.edition = t.against and b.sheet = t.other_sheet and b.beside = a.beside and b.year = a.year
            left join people third
                on third.edition not in (a.edition, b.edition) and third.beside = a.beside and third.year = a.year
            group by all
        ),
        blamed as (
            select edition, sheet, own_years as years, whole from judged where one >= other
            union all
            select against, other_sheet, other_years, whole from judged where other >= one
        )
        select edition, sheet, year, list(distinct fid order by fid) as figures
        from people join blamed using (edition, sheet)
        where whole or year in years
        group by all order by all
    """)
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
