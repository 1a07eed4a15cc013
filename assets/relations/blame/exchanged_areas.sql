-- Pairs of areas of one release whose parts make the other much better, in the same offences and periods.
with
wanted as (
    select
        f.edition, f.area_code, any_value(f.x) as x, max(w.low) as low, min(w.high) as high,
        hash(f.edition, f.series, f.compared, f.period_start, f.period_end) as same, w.fid = w.instance as of_parts,
        count(*) over (partition by f.edition, f.area_code, of_parts) as fails
    from feasible('figure', 'whole') w join figure f using (fid)
    group by f.fid, f.edition, f.area_code, same, of_parts
),
pair as (
    select
        a.edition, a.area_code as one, b.area_code as other, count(*) as mended,
        max(greatest(a.fails, b.fails)) as all_of_them
    from wanted a join wanted b on b.same = a.same and b.of_parts = a.of_parts and b.area_code > a.area_code
    -- A part makes the other whole exactly, or it is another one that changed places.
    where (a.of_parts or off(b.x, a.low, a.high) + off(a.x, b.low, b.high) = 0)
        and {nearer} * off(b.x, a.low, a.high) < off(a.x, a.low, a.high)
        and {nearer} * off(a.x, b.low, b.high) < off(b.x, b.low, b.high)
    group by a.edition, one, other, a.of_parts
    having mended >= {least} and mended >= {share} * all_of_them
)
select one, other, max(mended) as mended, list(distinct f.fid order by f.fid) as figures
from pair join figure f on f.edition = pair.edition and split_part(f.area_code, '-', 1) in (one, other)
where f.x is not null
group by pair.edition, one, other
order by all
