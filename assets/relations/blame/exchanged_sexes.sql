-- Women and men of a mid-year, in one area or in all, who fail most of what is known of how many of each there are.
with
tested as (
    select f.edition, f.period_end, f.area_code, a.agrees
    from agreed a
    semi join (from given_relation_term where lift = 'other_sex') using (relation)
    join figure f on f.fid = a.instance
),
told as (
    select edition, period_end, area_code, count(*) filter (not agrees) as failed
    from tested
    group by grouping sets ((edition, period_end), (edition, period_end, area_code))
    having failed >= {least} and failed > {more} * count(*) filter (agrees)
)
select t.edition, t.period_end, max(failed) as failed, list(distinct f.fid order by f.fid) as figures
from told t
join figure f
    on f.edition = t.edition and f.period_end = t.period_end and f.area_code = coalesce(t.area_code, f.area_code)
where f.stem = 'population.mid_year' and f.sex <> 'all' and f.x is not null
group by all
order by all
