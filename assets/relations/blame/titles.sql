-- Tables whose title says more than their layout accounts for, with their figures, and how much of what ties them to figures of
-- other tables or releases agrees. What compares equal quantities counts; that neighbours are alike says little.
with
titled as (
    select f.fid, concat_ws('|', t.source, t.release, t.sheet, t.series) as place, t.title, t.says_more
    from figure f join given_titled t using (source, release, sheet)
    where f.x is not null and t.says_more is not null and (t.series = '' or regexp_full_match(f.series, t.series))
),
tied as (
    select m.place, relation, instance
    from titled m join term using (fid)
    where relation in (select relation from given_relation where kind in ('twin', 'revision', 'rate', 'share', 'change'))
    group by all
),
beyond as (
    select tied.place, relation, instance
    from tied join term using (relation, instance) left join titled o on o.fid = term.fid and o.place = tied.place
    where o.fid is null
    group by all
),
agreeing as (
    select place, count(*) as ties, count(*) filter (agrees) as agree
    from beyond join agreed using (relation, instance)
    group by place
)
select any_value(title) as title, any_value(says_more) as says_more, list(fid order by fid) as figures,
    coalesce(any_value(ties), 0) as relations, coalesce(any_value(agree), 0) as agree
from titled left join agreeing using (place)
group by place
having coalesce(any_value(ties), 0) < {least} or any_value(agree) <= {share} * any_value(ties)
order by place
