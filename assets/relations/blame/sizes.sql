-- How large each force is among all forces, in each period of each release: the median, over its offences, of the logarithm of its
-- counts above that of the usual force. Counts of few say little.
with
count as (
    select edition, area_code, series, period_type, period_start, period_end, ln(x) as x
    from figure where unit = 'offences' and area_type like '%force' and compared is null and not breakdown and x >= {few}
),
usual as (
    select edition, series, period_start, period_end, median(x) as usual
    from count group by all having count(*) >= {forces}
),
size as (
    select
        edition, area_code, period_start, period_end, median(x - usual) as size,
        sqrt(sum(1 / exp(x))) / count(*) as chance  -- of a mean of logarithms of counts
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
usually as (select area_code, median(size) as usually from said group by all having count(*) > 1),
-- And the periods of one release beside each other, as long ones, say it too: three before and three after.
beside as (
    select edition, area_code, period_start, period_end, size, chance, median(size) over near as beside, count(*) over near as others
    from size
    window near as (
        partition by edition, area_code, date_diff('month', period_start, period_end) order by period_end
        rows between 3 preceding and 3 following exclude current row
    )
),
-- Another release of a year before or after prints the same offences: by how much the force is larger here, beside what all are.
-- It is this release that is off where it is so beside what the force usually is, too.
larger as (
    select
        o.edition, o.area_code, o.period_start, o.period_end, a.edition as against, a.period_end as of_another, median(o.x - a.x) as off
    from count o join count a using (area_code, series, period_type)
    where o.edition <> a.edition and abs(o.period_end - a.period_end) <= 366
    group by all having count(*) >= {offences}
),
-- A force that another release of a year before or after prints and this one has none of, and what it and one other were together.
printed as (select distinct edition, period_type, period_start, period_end, area_code from count),
gone as (
    select o.edition, o.period_start, o.period_end, a.edition as against, a.period_end as of_another, a.area_code as gone
    from (select distinct edition, period_type, period_start, period_end from printed) o
    join printed a using (period_type)
    left join printed p on (p.edition, p.period_end, p.area_code) = (o.edition, o.period_end, a.area_code)
    where o.edition <> a.edition and abs(o.period_end - a.period_end) <= 366
    window pair as (partition by o.edition, o.period_end, a.edition, a.period_end)
    qualify p.area_code is null and {forces} * count(*) filter (where p.area_code is null) over pair <= count(p.area_code) over pair
),
together as (
    select o.edition, o.area_code, o.period_start, o.period_end, g.gone, median(o.x - a.x) as off, median(o.x - ln(exp(a.x) + exp(b.x))) as left_over
    from gone g
    join count o using (edition, period_start, period_end)
    join count a on (a.edition, a.period_end, a.area_code, a.series) = (g.against, g.of_another, o.area_code, o.series)
    join count b on (b.edition, b.period_end, b.area_code, b.series) = (g.against, g.of_another, g.gone, o.series)
    group by all having count(*) >= {offences}
),
elsewhere as (
    select edition, area_code, period_start, period_end, median(off) as off
    from (
        select * replace (off - median(off) over both_print as off)
        from larger
        window both_print as (partition by edition, period_start, period_end, against, of_another)
        qualify count(*) over both_print >= {forces}
    )
    group by all
),
odd as (
    select edition, area_code, period_start, period_end, off, gone from together
    where off > ln({most_together}) and {nearer} * abs(left_over) < off
    union all by name
    select edition, area_code, period_start, period_end, size - usually as off
    from size join usually using (area_code) where abs(off) > ln({most})
    union all by name
    select edition, area_code, period_start, period_end, size - beside as off
    from beside where others >= 3 and abs(off) > ln({most_beside}) + {errors} * chance
    union all by name
    select edition, area_code, period_start, period_end, off
    from elsewhere join size using (edition, area_code, period_start, period_end) join usually using (area_code)
    where abs(off) > ln({most_beside}) + {errors} * chance and (size - usually) / off > 0.5
)
select
    edition, o.area_code, any_value(coalesce(a.name, o.area_code)) as name, o.period_end, exp(arg_max(off, abs(off))) as times,
    any_value(coalesce(g.name, o.gone)) as gone, list(distinct f.fid order by f.fid) as figures
from odd o
join figure f using (edition, area_code, period_start, period_end)
left join given_area a on a.area_code = o.area_code
left join given_area g on g.area_code = o.gone
where f.unit = 'offences' and f.x is not null
group by all
order by all
