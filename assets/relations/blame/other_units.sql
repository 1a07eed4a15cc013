-- Periods of a table in which the middle one of its rows is so many times what it is in the three periods before and after, or so small
-- a part of it, and which no other release prints alike.
with
own as (
    select
        g.edition, g.sheet, g.stem, g.period_start, g.period_end, ln(g.x) as size,
        round((g.period_end - g.period_start) / 30.4) as months,
        hash(series, area_code, sex, age, characteristic, label) as quantity
    from grid g join figure f using (fid)
    where g.x >= {counted} and compared is null
),
beside as (
    select *, list_filter(
        [lag(size, 3) over along, lag(size, 2) over along, lag(size) over along, lead(size) over along, lead(size, 2) over along,
            lead(size, 3) over along],
        lambda there: there is not null
    ) as others
    from own
    window along as (partition by edition, sheet, stem, months, quantity order by period_end)
),
moved as (
    select edition, sheet, stem, period_start, period_end, count(*) as rows, exp(median(size - list_median(others))) as times
    from beside
    where len(others) >= 3
    group by all
    having count(*) >= {rows} and abs(ln(times)) > ln({most})
)
select times, rows, period_end, list(fid order by fid) as figures
from moved join grid using (edition, sheet, stem, period_start, period_end)
left join (
    select fid, bool_or(agrees) as alike
    from term join agreed using (relation, instance) join given_relation using (relation) where kind = 'revision' group by fid
) using (fid)
where x is not null
group by edition, sheet, stem, period_start, period_end, times, rows
having 2 * count(*) filter (alike) <= count(alike)
order by all
