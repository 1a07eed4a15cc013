-- What releases print otherwise in a place, an area and period of a kind of table, though the largest number there, which is that of
-- all, is the same to the last one: nothing was revised, so that only one of the two can be right. (Rounded numbers are alike by
-- chance.) What more releases print than any other number stands. People of one estimate of whom most differ are of other rows;
-- offences of which most differ are not of one.
with
counted as (
    select
        fid, edition, x, stem = 'population.mid_year' as people, hash(series, sex, age) as part,
        hash(stem, area_code, period_start, period_end, compared, leaves_out) as place, if(people, sex, '') as of
    from figure
    where half = 0 and x >= 0 and not breakdown and fid not in {withheld}
),
in_all as (
    select edition, place, of, max(x) as total, arg_max(part, x) as whole from counted group by all having count(*) > {least}
),
printed as (
    select place, of, total, whole, part, x, count(distinct edition) as releases, list(fid) as figures
    from counted join in_all using (edition, place, of)
    where part <> whole
    group by all
),
compared as (
    select unnest(figures) as fid, count(*) over same as numbers, sum(releases) over same as of_releases, releases <= coalesce(
        max(releases) over (same rows between unbounded preceding and unbounded following exclude current row), 0
    ) as differs
    from printed
    window same as (partition by place, of, total, whole, part)
),
moved as (
    select edition, place
    from counted join compared using (fid)
    where of_releases > 1
    group by all having count(*) filter (differs) >= {least} and avg(differs::integer) > 0.5
)
select list(fid order by fid) as figures, coalesce(differs, false) as itself, max(numbers) as ties
from counted left join compared using (fid) left join in_all using (edition, place, of)
where if((edition, place) in (from moved), people and part <> whole, differs)
group by itself order by itself
