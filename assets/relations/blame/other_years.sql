-- People of a mid-year, or of all years of a table, whom another release prints of another year.
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
    having count(*) >= {least}
),
told as (
    select
        edition, sheet, against, other_sheet, year, [any_value(year), arg_min(other_year, away)] as years, false as whole
    from near where {nearer} * away < own group by all
    union all
    select edition, sheet, against, other_sheet, unnest(list(year)), [], true from near
    group by edition, sheet, against, other_sheet, step
    having count(*) >= {least} and {nearer_in_sum} * sum(away) < sum(own)
),
judged as (
    select
        t.edition, t.sheet, t.against, t.other_sheet, list(t.year) as own_years, flatten(list(t.years)) as other_years,
        bool_or(t.whole) as whole,
        {'off': coalesce(sum(abs(a.x - third.x)), 0), 'fails': sum(a.fails)} as one,
        {'off': coalesce(sum(abs(b.x - third.x)), 0), 'fails': sum(b.fails)} as other
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
