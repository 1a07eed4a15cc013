-- What a sheet prints of a period, where figures of it are to blame for what fails with other sheets and as they stand make so many
-- others of the sheet that no other value of them would. Without what agrees exactly with other sheets. Open data are no sheets.
with
placed as (select fid, edition, sheet, period_start, period_end from grid where x is not null and not long),
exactly as (
    select relation, instance, count(*) = any_value(figures) and count(distinct (edition, sheet)) = 1 as inside
    from term join placed using (fid)
    join agreed using (relation, instance) join given_relation k using (relation)
    where k.exact and agrees
    group by all
),
elsewhere as (
    select fid, w.low, w.high from feasible('figure', 'failing') w join failing using (relation, instance)
    where fid in {blamed} and key in {unexplained}
),
made as (
    select f.fid, count(*) as holding
    from feasible('figure', 'of_blamed') f join exactly using (relation, instance)
    where inside and not exists (select 1 from elsewhere e where e.fid = f.fid and e.low <= f.high and f.low <= e.high)
    group by fid having count(*) >= {least}
),
suspect as (
    select edition, sheet, period_start, period_end, max(holding) as holding from made join placed using (fid) group by all
),
vouched as (select fid from term join exactly using (relation, instance) where not inside)
select holding, list(fid order by fid) as figures
from suspect join placed using (edition, sheet, period_start, period_end)
where fid not in (from vouched)
group by edition, sheet, period_start, period_end, holding
order by all
