-- People of an age whom releases print otherwise of an area and mid-year, though they count as many of all ages, to the last one:
-- it is one estimate, so that only one of the numbers can be right. (Rounded numbers are alike by chance.) What more releases print
-- than any other number stands. Where most of the ages that two releases have differ, all ages are of other rows.
with
people as (
    select fid, edition, area_code, period_end, sex, age, x
    from figure
    where stem = 'population.mid_year' and x > 0 and half = 0 and fid not in {withheld}
),
in_all as (select edition, area_code, period_end, sex, x as total from people where age = 'all'),
printed as (
    select area_code, period_end, sex, total, age, x, count(distinct edition) as releases, list(fid) as figures
    from people join in_all using (edition, area_code, period_end, sex)
    where age <> 'all'
    group by all
),
compared as (
    select unnest(figures) as fid, count(*) over same as numbers, sum(releases) over same as of_releases, releases <= coalesce(
        max(releases) over (same rows between unbounded preceding and unbounded following exclude current row), 0
    ) as differs
    from printed
    window same as (partition by area_code, period_end, sex, total, age)
),
moved as (
    select edition, area_code, period_end
    from people join compared using (fid)
    where of_releases > 1
    group by all having count(*) filter (differs) >= {least} and avg(differs::integer) > 0.5
)
select list(fid order by fid) as figures, coalesce(differs, false) as itself, max(numbers) as numbers
from people left join compared using (fid)
where differs or (age <> 'all' and (edition, area_code, period_end) in (from moved))
group by itself order by itself
