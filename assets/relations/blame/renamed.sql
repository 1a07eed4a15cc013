-- name: what a figure f is of, as `printed` says it; too: which figures of it go; enough: so much nearer
with
printed as ({printed}),
pair as (
    select a.edition, a.against, a.name as one, b.name as other, count(*) as counts
    from printed a join printed b using (edition, against, beside)
    where a.name < b.name
    group by all
    having counts >= {least} and sum(abs(a.own - b.there) + abs(b.own - a.there))
        < {enough} * sum(abs(a.own - a.there) + abs(b.own - b.there))
),
told as (
    select edition, one, other, max(counts) as counts, count(*) as releases from pair group by all
    having 2 * releases > (
        select count(distinct against) from printed where printed.edition = pair.edition and printed.name = pair.one
    )
),
failed as (
    select distinct f.edition, {name} as name, key
    from failing join given_relation r using (relation) join term using (relation, instance) join figure f using (fid)
    where r.kind in ('sum', 'rate', 'twin')
),
blamed as (
    select t.edition, t.one, t.other, t.counts, count(f.key) as fails
    from told t left join failed f on f.edition = t.edition and f.name in (one, other)
    group by t.edition, t.one, t.other, t.counts
    qualify fails = max(fails) over (partition by one, other)
)
select one, other, counts, list(f.fid order by f.fid) as figures
from blamed t join figure f on f.edition = t.edition and {name} in (one, other) and ({too})
where f.x is not null
group by t.edition, one, other, counts
order by all
