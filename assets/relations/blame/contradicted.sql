-- Forces of a release that others contradict in most of what they print of the same, where they agree of other forces.
with
side as (
    select relation, instance, a.agrees, f.edition, split_part(f.area_code, '-', 1) as area_code
    from agreed a join given_relation r using (relation) join term t using (relation, instance) join figure f using (fid)
    anti join in_doubt using (relation, instance)
    where r.kind = 'twin' and r.blames and f.area_type like '%force' and f.unit = 'offences'
    group by all
),
pair as (
    select a.edition, b.edition as against, area_code, count(*) as counts, count(*) filter (not a.agrees) as fails
    from side a join side b using (relation, instance, area_code)
    where a.edition <> b.edition
    group by all
),
beside as (
    select *, sum(counts) over both_print as of_all, sum(fails) over both_print as fail, count(*) over both_print as forces
    from pair
    window both_print as (partition by edition, against)
),
odd as (
    select
        edition, area_code, sum(counts) as counts, sum(fails) as fails, count(*) filter (fails > {share} * counts) as releases,
        list(against) as against
    from beside
    where forces >= {forces}
    group by all
    having sum(fails) >= {least} and sum(fails) > {share} * sum(counts) and sum(fail - fails) <= {hardly_any} * sum(of_all - counts)
)
select o.edition, o.area_code, o.fails, list(distinct f.fid order by f.fid) as figures
from odd o join figure f on f.edition = o.edition and split_part(f.area_code, '-', 1) = o.area_code
-- Of two releases the one that fewer contradict stands.
where not exists (from odd x where x.area_code = o.area_code and list_contains(o.against, x.edition) and x.releases > o.releases)
    and f.unit = 'offences' and f.x is not null
group by all
order by all
