-- Pairs of forces that have the same counts in a period of a release, and how far each is from what other releases print of it.
with
count as (
    select edition, area_code, series, period_type, period_start, period_end, x
    from figure where unit = 'offences' and area_type like '%force' and compared is null and not breakdown and x >= {few}
),
alike as (
    select a.edition, a.period_start, a.period_end, a.area_code as one, b.area_code as other, count(*) as same
    from count a join count b using (edition, series, period_start, period_end, x)
    where a.area_code < b.area_code
    group by all having same >= {offences}
),
pair as (
    select l.*, count(*) as compared
    from alike l
    join count a on (a.edition, a.period_start, a.period_end, a.area_code) = (l.edition, l.period_start, l.period_end, l.one)
    join count b on (b.edition, b.period_start, b.period_end, b.area_code, b.series) = (l.edition, l.period_start, l.period_end, l.other, a.series)
    group by all having l.same >= {share} * compared
),
side as (
    select edition, period_start, period_end, same, unnest([one, other]) as area_code, unnest([other, one]) as twin from pair
),
elsewhere as (
    select c.edition, c.area_code, c.series, c.period_type, median(ln(o.x)) as usually
    from (select distinct edition, area_code, series, period_type from count) c
    join count o using (area_code, series, period_type) where o.edition <> c.edition
    group by all
),
far as (
    select s.*, median(abs(ln(c.x) - e.usually)) as off
    from side s
    join count c using (edition, area_code, period_start, period_end)
    left join elsewhere e using (edition, area_code, series, period_type)
    group by all
)
select f.area_code, f.twin, f.same, f.period_end, list(g.fid order by g.fid) as figures
from far f
join far t on (t.edition, t.period_start, t.period_end, t.area_code, t.twin) = (f.edition, f.period_start, f.period_end, f.twin, f.area_code)
join figure g on g.edition = f.edition and g.area_code = f.area_code and g.period_start = f.period_start and g.period_end = f.period_end
-- The one that is as it is elsewhere was copied, and stands.
where not coalesce(f.off * {nearer} < t.off, false) and g.unit = 'offences' and g.x is not null
group by all
order by all
