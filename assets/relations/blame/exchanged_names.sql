-- Pairs of areas of one release whose parts make the other much better, in the same offences and periods; or of offences, in the
-- same areas. name: of a figure f; beside: what names it beside that
with
named as (
    select fid, edition, x, {name} as name, hash(edition, {beside}, compared, period_start, period_end) as same from figure f
),
wanted as (
    select
        f.*, max(w.low) as low, min(w.high) as high, w.fid = w.instance as of_parts,
        count(*) over (partition by edition, name, of_parts) as fails
    from feasible('figure', 'whole') w join named f using (fid)
    group by f.fid, f.edition, f.x, f.name, f.same, of_parts
),
-- Where all that makes a whole has one name, as months of a series make its years, that name may be the wrong one.
part as (
    select f.edition, f.name, any_value(p.name) as part
    from whole w join named f on f.fid = w.instance join term t using (relation, instance) join named p on p.fid = t.fid
    where t.fid <> w.instance
    group by f.edition, f.name having count(distinct p.name) = 1
),
pair as (
    select
        a.edition, a.name as one, b.name as other, a.of_parts, count(*) as mended,
        max(greatest(a.fails, b.fails)) as all_of_them
    from wanted a join wanted b on b.same = a.same and b.of_parts = a.of_parts and b.name > a.name
    -- A part makes the other whole exactly, or it is another one that changed places.
    where (a.of_parts or off(b.x, a.low, a.high) + off(a.x, b.low, b.high) = 0)
        and {nearer} * off(b.x, a.low, a.high) < off(a.x, a.low, a.high)
        and {nearer} * off(a.x, b.low, b.high) < off(b.x, b.low, b.high)
    group by a.edition, one, other, a.of_parts
    having mended >= {least} and mended >= {share} * all_of_them
    union all
    -- One that has the figures of which the parts of the other are, and stands in no sum that fails: both are part of one whole.
    select a.edition, a.name, b.name, false, count(*), max(a.fails)
    from wanted a
    join named b on b.same = a.same and b.x between a.low and a.high and b.fid not in (select fid from wanted)
    where a.of_parts and b.x > 0
    group by a.edition, a.name, b.name
    having count(*) >= {least} and count(*) >= {share} * max(a.fails)
)
select
    pair.edition, one, other, max(mended) as mended, any_value(a.part) as part_of_one, any_value(b.part) as part_of_other
from pair
left join part a on a.edition = pair.edition and a.name = one and of_parts
left join part b on b.edition = pair.edition and b.name = other and of_parts
group by pair.edition, one, other
order by all
