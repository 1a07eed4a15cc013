-- Names of which one is part of the other, women and all people for instance, or a force and its region, exchanged: the sums fail as
-- they are called and hold, to the last digit, the other way round.
with
-- The name that may be wrong is that of an area or of all else.
called as (
    select
        fid, x, unnest([
            {'edition': edition, 'sheet': sheet, 'series': series, 'sex': sex, 'area': ''},
            {'edition': edition, 'sheet': sheet, 'series': '', 'sex': '', 'area': area_code}
        ]) as name
    from figure where x is not null
),
of_sum as (
    select relation, instance, a.agrees, a.total, a.slack, t.role, f.x, f.name
    from agreed a join given_relation r using (relation) join term t using (relation, instance) join called f using (fid)
    where r.kind = 'sum' and a.form = 'add' and t.scale = 1
),
pair as (
    select
        w.name as whole, p.name as part,
        count(*) filter (not w.agrees and abs(w.total - 2 * (w.x - p.x)) <= w.slack) as mended,
        count(*) filter (w.agrees and w.x <> p.x) as hold
    from of_sum w join of_sum p using (relation, instance)
    where w.role = '+' and p.role = '-' and w.name.edition = p.name.edition
        and w.name <> p.name and (w.name.area = '') = (p.name.area = '')
    group by all
    having mended >= {least} and mended > {more} * hold
)
select mended, list(distinct f.fid order by f.fid) as figures
from pair join called f on f.name in (whole, part)
group by whole, part, mended
order by all
