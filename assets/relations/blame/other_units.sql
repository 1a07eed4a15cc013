-- Periods of a table in which the middle one of its rows is so many times what it is in the three periods before and after, and in each
-- of those beside, or so small a part of it, and which no other release prints alike. A row tells that is large enough here or there.
with
own as (
    select
        g.edition, g.sheet, g.stem, g.period_start, g.period_end, ln(greatest(g.x, 0.5)) as size,
        round((g.period_end - g.period_start) / 30.4) as months,
        series_slot as quantity
    from grid g join figure f using (fid)
    where g.x >= 0 and compared is null
),
beside as (
    select *, lag(size) over along as before, lead(size) over along as after, list_filter(
        [lag(size, 3) over along, lag(size, 2) over along, before, after, lead(size, 2) over along, lead(size, 3) over along],
        lambda there: there is not null
    ) as others
    from own
    window along as (partition by edition, sheet, stem, months, quantity order by period_end)
),
moved as (
    select
        edition, sheet, stem, period_start, period_end, count(*) as rows, exp(median(size - list_median(others))) as times,
        -- What grows is far from all that lies some years away, and as far from the one beside only where the table ends.
        least(abs(ln(times)), abs(median(size - before)), abs(median(size - after))) as off,
        count(before) > 0 and count(after) > 0 as between
    from beside
    where len(others) >= 3 and greatest(size, list_median(others)) >= ln({counted})
    group by all
    having count(*) >= {rows} and off > if(between, ln({most}), ln({most_at_an_end}))
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
