-- Runs of rows of a table of one column of which each is what the row above (or below) is in other years.
with
held as (
    select edition, sheet, g.stem, g.r, g.row_number, fid, ln(f.x) as x, f.half / f.x as half,
        hash(f.series, f.unit, f.period_slot, f.period_type, sheet) as kind, f.period_end as year
    from grid g join figure f using (fid, edition, sheet)
    where g.single and f.x > 0
),
usual as (
    select a.*, median(b.x) as own
    from held a left join held b on b.kind = a.kind and b.year <> a.year
    group by all
),
varying as (
    select *, nullif(greatest(
        half, median(abs(x - own)) over (partition by kind), median(abs(x - own)) over (partition by edition, sheet, stem)
    ), 0) as spread
    from usual
),
beside as (select *, unnest([1, -1]) as step from varying),
likelier as (
    select a.*, abs(a.x - a.own) / a.spread + ln(a.spread) - abs(a.x - b.own) / b.spread - ln(b.spread) as times
    from beside a left join varying b on (b.edition, b.sheet, b.stem, b.r) = (a.edition, a.sheet, a.stem, a.r - a.step)
),
-- What the rows say together, from each that a run may begin at: since the least sum so far.
summed as (
    select *, if(times is null, 0, greatest(-{at_most}, least({at_most}, times))) as gain,
        sum(gain) over rows_down as total, count(*) over (partition by edition, sheet, stem, step) as table_rows
    from likelier window rows_down as (partition by edition, sheet, stem, step order by r)
),
risen as (
    select *, least(0, min(total) over rows_down) as least, total - least as says
    from summed window rows_down as (partition by edition, sheet, stem, step order by r)
),
run as (
    select edition, sheet, stem, step, least, min(r) filter (says > 0) as first, arg_max(r, says) as last,
        max(says) as says
    from risen
    group by all
    having max(says) > ln(any_value(table_rows) * 2 / {by_chance})
),
ending as (
    select u.edition, u.sheet, u.stem, u.step, u.first, u.last,
        coalesce(max(n.r) filter (n.r < u.first and n.total > u.least + {at_most}) + 1, 1) as earliest,
        coalesce(min(n.r) filter (n.r > u.last and n.says < u.says - {at_most}) - 1, max(n.r)) as latest
    from run u join risen n using (edition, sheet, stem, step)
    group by all
)
select if(e.step = 1, 'above', 'below') as beside, list(fid order by fid) as figures, min(g.row_number) as top, max(g.row_number) as bottom
from ending e join grid g using (edition, sheet, stem)
where g.r between earliest and latest and g.x is not null
group by e.edition, e.sheet, e.stem, e.step, e.first
order by figures
