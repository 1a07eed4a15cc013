-- Two forces whose counts pass, from one period of a release to the next, into each other's: how much likelier, as a logarithm, that is
-- than that each leaps. What all forces do from one period to the next is set aside.
with
count as (
    select edition, area_code, hash(series, sex, age, characteristic, label) as series, period_type, period_end, x
    from figure where unit = 'offences' and area_type like '%force' and compared is null and x >= {few}
),
next as (
    from (select distinct edition, period_type, period_end from count)
    select *, lead(period_end) over (partition by edition, period_type order by period_end) as later
    qualify later <= period_end + 366
),
step as (
    select c.edition, c.period_type, c.area_code, c.series, c.period_end, later, c.x as x, d.x as now, ln(d.x / c.x) as change,
        median(ln(d.x / c.x)) over (partition by c.edition, c.series, c.period_end) as common
    from count c join next using (edition, period_type, period_end)
    join count d on (d.edition, d.area_code, d.series, d.period_type, d.period_end) = (c.edition, c.area_code, c.series, c.period_type, later)
),
usual as (select edition, series, greatest(1.4826 * mad(change - common), {usual}) as usual from step group by all),
-- As Student's t with three degrees of freedom has it: some offences leap.
leap as (
    select s.*, usual, 2 * ln(1 + (change - common) ^ 2 / (3 * (usual ^ 2 + 1 / x + 1 / now))) as surprise
    from step s join usual using (edition, series)
),
odd as (select edition, area_code, period_type, period_end from leap group by all having sum(surprise) >= {likelier}),
told as (
    select
        a.edition, a.period_type, a.period_end, a.later, a.area_code as one, b.area_code as other, count(*) as offences,
        sum(a.surprise + b.surprise
            - 2 * ln(1 + (ln(b.now / a.x) - a.common) ^ 2 / (3 * (a.usual ^ 2 + 1 / a.x + 1 / b.now)))
            - 2 * ln(1 + (ln(a.now / b.x) - a.common) ^ 2 / (3 * (a.usual ^ 2 + 1 / b.x + 1 / a.now)))) as likelier
    from leap a join leap b using (edition, period_type, series, period_end)
    semi join odd p on (p.edition, p.period_type, p.period_end, p.area_code) = (a.edition, a.period_type, a.period_end, a.area_code)
    semi join odd q on (q.edition, q.period_type, q.period_end, q.area_code) = (b.edition, b.period_type, b.period_end, b.area_code)
    where a.area_code < b.area_code
    group by all having count(*) >= {offences} and likelier >= {likelier}
),
-- Between the first and second passage they stand exchanged, or before and after: in the fewer periods.
period as (
    select p.edition, p.period_type, p.period_end, t.one, t.other, count(*) filter (t.later <= p.period_end) % 2 as passed,
        max(offences) as offences
    from (select distinct edition, period_type, period_end from count) p join told t using (edition, period_type)
    group by p.edition, p.period_type, p.period_end, t.one, t.other
),
side as (select *, count(*) over (partition by edition, period_type, one, other, passed) as periods from period),
fewer as (from side qualify periods = min(periods) over (partition by edition, period_type, one, other))
select any_value(a.name) as one, any_value(b.name) as other, max(offences) as offences, min(p.period_end) as first, max(p.period_end) as last,
    list(f.fid order by f.fid) as figures
from fewer p join given_area a on a.area_code = one join given_area b on b.area_code = other
join figure f on (f.edition, f.period_type, f.period_end) = (p.edition, p.period_type, p.period_end) and f.area_code in (one, other)
where f.unit = 'offences' and f.compared is null and f.x is not null
group by p.edition, p.period_type, p.one, p.other
order by all
