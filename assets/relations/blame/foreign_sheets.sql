-- Sheets of which nothing fails inside, and much with two other sheets at least, in several rows and columns. Or with one,
-- which agrees exactly with others, where this one does with none.
with
open as (select key, fid from failing join term using (relation, instance) where key in {failing}),
met as (select distinct key, edition, sheet from open join grid using (fid)),
within as (select key from met group by key having count(*) = 1),
apart as (
    select a.key, a.edition, a.sheet, b.edition as of_other, b.sheet as other
    from met a join met b on b.key = a.key and (b.edition, b.sheet) <> (a.edition, a.sheet)
),
-- What fails with few columns of another sheet is the matter of those columns.
throughout as (
    select a.edition, a.sheet, a.of_other, a.other
    from apart a join open using (key) join grid g using (fid)
    where g.edition = a.of_other and g.sheet = a.other
    group by all having count(distinct g.c) >= {least}
),
suspect as (
    select
        edition, sheet, count(distinct key) as failures, list(distinct key) as keys,
        count(distinct (of_other, other)) filter ((edition, sheet, of_other, other) in (from throughout)) as others,
        any_value(of_other) as of_other, any_value(other) as other, (
            select count(distinct (a.of_other, a.other)) from apart a
            where a.edition = apart.edition and a.sheet = apart.sheet
        ) as meets
    from apart
    where (edition, sheet) not in (select (edition, sheet) from met where key in (from within))
        -- What fails of the other one, and not with this, is another cause: unless it is little beside this.
        and {beside} * (
            select count(distinct m.key) from met m
            where (m.edition, m.sheet, apart.of_other) = (apart.edition, apart.other, apart.edition)
                and m.key not in (select key from met where edition = apart.edition and sheet = apart.sheet)
        ) <= (
            select count(distinct m.key) from apart m
            where (m.edition, m.sheet, m.of_other, m.other) = (apart.edition, apart.sheet, apart.of_other, apart.other)
        )
    group by edition, sheet
),
placed as (
    select s.edition, s.sheet, s.failures, s.keys, s.others, s.meets, s.of_other, s.other, g.fid, g.r, g.c, g.stem, g.long
    from suspect s join grid g using (edition, sheet)
    where g.x is not null
),
exactly as (
    select p.edition, p.sheet, t.relation, t.instance, any_value(a.agrees) as agrees
    from placed p join term t using (fid) join agreed a using (relation, instance)
    join given_relation k using (relation)
    anti join in_doubt using (relation, instance)
    where k.exact
    group by all
    having count(*) < any_value(a.figures)
),
told as (
    select edition, sheet from exactly group by all having count(*) filter (not agrees) >= {share} * count(*)
)
select
    p.edition, p.failures, any_value(p.keys) as keys, p.others, p.meets, list(p.fid order by p.fid) as figures,
    (select list(o.fid) from grid o where o.edition = p.of_other and o.sheet = p.other and o.x is not null) as one_other
from placed p semi join told using (edition, sheet)
left join (select distinct fid from open) f using (fid)
group by p.edition, p.sheet, p.failures, p.others, p.meets, p.of_other, p.other
having not bool_or(long) and count(distinct r) filter (f.fid is not null) >= {least}
    and count(distinct c) filter (f.fid is not null) >= {least}
order by p.failures desc, p.edition, p.sheet
