-- Per printed table: how many figures stand in at least one relation, in two, in one that is exact, of how many something would tell
-- ten times or a tenth, and how many are doubted.
with
standing as (
    select
        t.fid, count(*) as relations,
        count(*) filter (k.exact) as exact
    from term t
    join given_relation k using (relation)
    semi join agreed a on a.relation = t.relation and a.instance = t.instance
    group by all
)
select
    f.source, f.release, f.sheet, f.stem as table_stem, count(*) as figures,
    count(*) filter (s.relations >= 1) as in_one,
    count(*) filter (s.relations >= 2) as in_two,
    count(*) filter (s.exact >= 1) as in_exact,
    count(*) filter (10 * f.x not between n.low and n.high) as ten_times,
    count(*) filter (f.x / 10 not between n.low and n.high) as a_tenth,
    count(*) filter (f.row_id in (select figure from doubt)) as doubted
from figure f
left join standing s using (fid)
left join agreeing('figure', 'agreed') n using (fid)
where f.x is not null
group by all
order by all
