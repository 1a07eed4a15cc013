-- Neighbouring months that fit the season of each other, by the year before or after; their sums say nothing of it.
with
month as (
    select g.*
    from grid g
    where x >= {counted} and not long and period_end = last_day(period_start)
        and date_trunc('month', period_end) = period_start and fid not in {withheld}
),
season as (
    select
        a.edition, a.sheet, a.stem, [a.c, b.c] as late, [p.c, q.c] as early,
        2 * ln(a.x / b.x) * ln(p.x / q.x) / (1 / a.x + 1 / b.x + 1 / p.x + 1 / q.x + 2 * {season} ^ 2) as likelier
    from month a
    join month b using (edition, sheet, stem, r)
    join month p using (edition, sheet, stem, r)
    join month q using (edition, sheet, stem, r)
    where b.c = a.c + 1 and q.c = p.c + 1
        and p.period_start = a.period_start - interval 1 year
        and q.period_start = b.period_start - interval 1 year
),
exchanged as (
    select edition, sheet, stem, late, early from season group by all
    having count(*) >= {rows} and -sum(likelier) >= {likelier}
),
either as (select edition, sheet, stem, late, unnest([late, early]) as pair from exchanged),
counted as (select *, count(*) over (partition by edition, sheet, stem, pair) as years from either),
accused as (from counted qualify years = max(years) over (partition by edition, sheet, stem, late)),
printed as (select fid, bool_or(agrees) as alike from across group by fid)
select edition, list(fid order by fid) as figures
from (select distinct edition, sheet, stem, pair, unnest(pair) as c from accused)
join grid using (edition, sheet, stem, c) left join printed using (fid)
where x is not null
group by edition, sheet, stem, pair
having coalesce(avg(alike::integer), 0) <= 1 - {otherwise}
order by all
