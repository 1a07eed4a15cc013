-- Forces that have few of most offences of which the usual force of a release has many, in a period: thousands, or blanks for counts.
with
count as (
    select edition, area_code, series, period_start, period_end, x
    from figure where unit = 'offences' and area_type like '%force' and compared is null and not breakdown and x >= 0
),
usual as (
    select edition, series, period_start, period_end
    from count group by all having count(*) >= {forces} and median(x) >= {many}
),
few as (
    select edition, area_code, period_start, period_end, count(*) as offences, count(*) filter (x < {few}) as fews
    from count semi join usual using (edition, series, period_start, period_end)
    group by all having count(*) >= {offences} and fews > {share} * count(*)
)
select coalesce(a.name, f.area_code) as name, f.period_end, f.offences, fews, list(g.fid order by g.fid) as figures
from few f
join figure g using (edition, area_code, period_start, period_end)
left join given_area a using (area_code)
where g.unit = 'offences' and g.x is not null
group by all
order by all
