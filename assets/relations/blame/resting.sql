-- The figures of such lines that are not withheld yet; needs the tables `failing` and `withheld`, and `placed` of
-- `assets.relations.blame.contests`.
with
blamed as (from withheld semi join (from term semi join failing using (relation, instance)) using (fid)),
instance as (
    select relation, instance, count(*) as figures, count(w.fid) as gone
    from term
    semi join (
        from agreed join given_relation r using (relation) where agrees and r.exact
    ) using (relation, instance)
    left join withheld w using (fid)
    group by all
),
-- What is so many tens of times what another release prints is of another unit, and changes by as much.
of_another_unit as (
    select f.edition, f.series
    from withheld join figure f using (fid) join across a using (fid) join figure o on o.fid = a.other
    where a.same_source and f.x > 0 and o.x > 0
    group by all
    having count(*) < 2 * count(*) filter (
        round(log10(f.x / o.x)) <> 0 and abs(log10(f.x / o.x) - round(log10(f.x / o.x))) < {tens}
    )
),
wrong as (from instance semi join (
    select t.relation, t.instance
    from term t semi join blamed using (fid) join figure f using (fid) join given_relation r using (relation)
    where r.kind <> 'change' or (f.edition, f.series) not in (select (edition, series) from of_another_unit)
) using (relation, instance)),
line as (from placed semi join (
    select line from placed join term using (fid) semi join wrong using (relation, instance)
    where not long group by line having count(distinct fid) >= {least}
) using (line)),
met as (
    select line, relation, instance, count(*) as own
    from line join term using (fid) where fid not in (from withheld) group by all
),
counted as (
    select
        line, count(*) filter (gone > 0 and own + gone = figures and w.relation is not null) as told,
        count(*) filter (gone = 0 and own < figures) as held
    from met join instance using (relation, instance)
    left join (select relation, instance from wrong) w using (relation, instance)
    group by line
)
select told, held, list(p.fid) as figures
from counted join line p using (line)
where told >= {least}
group by line, told, held
