-- What every instance of a relation found of its own figure, and between which values the other figures expect it.
with
own as (
    select f.* from feasible('figure', 'agreed') f where f.fid = f.instance
),
others as (
    select relation, instance, list(row_id order by row_id) as others
    from term join figure using (fid)
    semi join (from agreed where not agrees) using (relation, instance)
    where fid <> instance
    group by all
)
select
    a.relation::varchar as relation, f.row_id as figure, f.source, f.release, f.sheet, a.figures, if(a.form = 'asked', f.base, f.x) as found,
    if(isfinite(o.low), o.low, null) as expected_lower, if(isfinite(o.high), o.high, null) as expected_upper,
    a.agrees, coalesce(n.others, []) as others
from agreed a
join figure f on f.fid = a.instance
left join own o on o.relation = a.relation and o.instance = a.instance
left join others n on n.relation = a.relation and n.instance = a.instance
order by all
