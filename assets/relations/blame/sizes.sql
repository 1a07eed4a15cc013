-- How large each force is among all forces, in each period of each release: the median, over its offences, of the logarithm of its
-- counts above that of the usual force. Counts of few say little.
with
count as (
    select edition, area_code, series, period_start, period_end, ln(x) as x
    from figure where unit = 'offences' and area_type like '%force' and compared is null and not breakdown and x >= {few}
),
usual as (
    select edition, series, period_start, period_end, median(x) as usual
    from count group by all having count(*) >= {forces}
),
size as (
    select edition, area_code, period_start, period_end, median(x - usual) as size
    from count join usual using (edition, series, period_start, period_end)
    group by all having count(*) >= {offences}
),
-- Each release says once how large a force usually is; of two releases the people of the force are the third to say it.
people as (
    select area_code, ln(arg_max(x, (period_end, vintage_order))) as people
    from figure where series = 'population.pfa_table' and area_type like '%force' and not breakdown and x > 0 group by all
),
said as (
    select area_code, edition, median(size) as size from size group by all
    union all
    select area_code, 'people', people - (select median(people) from people) from people
    where area_code in (select area_code from size group by all having count(distinct edition) = 2)
),
usually as (select area_code, median(size) as usually, count(*) as sides from said group by all having sides > 1)
select s.edition, s.area_code, s.period_end, exp(s.size - u.usually) as times, u.sides, list(f.fid order by f.fid) as figures
from size s join usually u using (area_code)
join figure f on f.edition = s.edition and f.area_code = s.area_code and f.period_start = s.period_start and f.period_end = s.period_end
where abs(s.size - u.usually) > ln({most}) and f.unit = 'offences' and f.x is not null
group by all
order by all
