-- Pairs of a row or column whose exchange mends all failing exact relations, two at least, and breaks none: neighbours, and
-- further apart two that both fail.
create or replace temp table changed as
with
wanted as (
    select e.key, w.fid, w.low, w.high from feasible('figure', 'exact') w join exact e using (relation, instance)
),
pair as (
    select a.fid as one, b.fid as other, b.x as value
    from grid a join grid b
        on a.edition = b.edition and a.stem = b.stem and a.sheet = b.sheet
        and (a.r = b.r or a.c = b.c)
        and (abs(a.r - b.r) + abs(a.c - b.c) = 1 or not a.long and b.fid in (select fid from wanted))
    where a.fid in (select fid from wanted) and a.x <> b.x
),
each as (
    select p.one, p.other, count(*) as relations, bool_and(p.value between w.low and w.high) as fits
    from pair p join wanted w on w.fid = p.one
    where not exists (select 1 from wanted b where b.key = w.key and b.fid = p.other)
    group by all
)
select least(e.one, e.other) as one, greatest(e.one, e.other) as other
from each e left join each back on back.one = e.other and back.other = e.one
where e.fits and coalesce(back.fits, true)
group by all
having max(e.relations + coalesce(back.relations, 0)) >= {least};
create or replace temp table kept as
from agreed
semi join holding using (relation, instance)
semi join (from term where fid in (select unnest([one, other]) from changed)) using (relation, instance)
