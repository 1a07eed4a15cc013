-- Series whose sums fail, and hold to the last offence without them: so many of each, and none that holds with them.
create or replace temp view exact_sums as
from agreed semi join (from given_relation where exact and kind = 'sum') using (relation);
with
part as (
    select
        f.edition, f.series, f.area_code, f.sex, f.age, w.agrees,
        not w.agrees and w.low <= 0 and w.high >= 0 and {nearer} * (w.high - w.low) < f.x as better_without
    from feasible('figure', 'exact_sums') w join figure f using (fid)
    where w.fid <> w.instance and f.x > 0
),
stranger as (
    select edition, series, area_code, sex, age, count(*) as mended
    from part group by all
    having bool_and(not agrees) and count(*) filter (better_without) >= {least}
        and count(*) filter (better_without) >= {share} * count(*)
)
select s.series, s.mended, list(f.fid order by f.fid) as figures
from stranger s join figure f using (edition, series, area_code, sex, age)
where f.x is not null
group by all
order by all
