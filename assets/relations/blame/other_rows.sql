-- Tables of the survey in which the people asked fail to add up in most of the ways in which they must: the numbers stand in other
-- rows.
with
way as (
    select f.edition, f.sheet, a.relation, avg((not a.agrees)::integer) > 0.5 as fails
    from agreed a join figure f on f.fid = a.instance
    where a.form = 'asked'
    group by all having count(*) >= {least}
),
told as (
    select edition, sheet, count(*) filter (fails) as failing, count(*) as ways
    from way group by all having failing >= {least} and 2 * failing > ways
)
select failing, ways, list(fid order by fid) as figures
from told join figure using (edition, sheet) where x is not null
group by edition, sheet, failing, ways order by all
