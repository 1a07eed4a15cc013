-- Of the pairs of names in `exchanged` those to blame. name: what a figure f is of, as `printed` says it; too: which figures of it
-- go; worth_asking: is it worth asking what else is printed
with
told as (
    select
        edition, one, other, max(counts) filter (asked) as counts, 2 * count(*) filter (nearer) > count(*) as told
    from exchanged group by all having {worth_asking} or told
),
failed as (
    select distinct f.edition, {name} as name, key
    from failing join given_relation r using (relation) join term using (relation, instance) join figure f using (fid)
    where r.kind in ('sum', 'rate', 'twin')
),
failing_more as (
    select t.edition, t.one, t.other, t.counts, t.told, count(f.key) as fails
    from told t left join failed f on f.edition = t.edition and f.name in (one, other)
    group by all
),
blamed as (
    select *, told and fails = max(fails) filter (told) over (partition by one, other) as blamed from failing_more
)
select t.edition, one, other, counts, blamed, list(f.fid order by f.fid) as figures
from blamed t join figure f on f.edition = t.edition and {name} in (one, other) and ({too})
where f.x is not null
group by t.edition, one, other, counts, blamed
order by all
