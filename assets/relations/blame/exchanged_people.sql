-- Women and men, or two ages, of a series that a breakdown of its release prints under each other's name.
with
about as (
    select
        f.fid, edition, f.series, x, half, g.sex, g.age, f.characteristic, g.characteristic_value,
        unnest(['sex', 'age']) as kind, if(kind = 'sex', g.sex, g.age) as named,
        if(f.characteristic = kind, lower(g.characteristic_value), named) as name,
        hash(f.series, if(kind = 'sex', g.age, g.sex), f.area_code, f.period_start, f.period_end) as beside
    from figure f join given_figure g using (row_id)
    where x is not null
),
alike as (
    select b.edition, b.series, b.kind, b.fid, b.name as one, o.name as other
    from about b join about o using (edition, kind, beside)
    where b.characteristic = b.kind and o.characteristic is null and o.name <> 'all' and abs(b.x - o.x) <= b.half + o.half
),
pair as (
    select edition, series, kind, one, other, count(*) as told
    from alike a
    group by all
    having one <> other and told >= {least_alike} and told > (
        select count(*) from alike own
        where (own.edition, own.series, own.kind, own.one, own.other) = (a.edition, a.series, a.kind, a.one, a.one)
    )
)
select
    p.kind, least(p.one, p.other) as one, greatest(p.one, p.other) as other, max(p.told) as told,
    list(distinct a.fid order by a.fid) as figures
from pair p join about a using (edition, series, kind)
where a.name in (p.one, p.other) or a.named in (p.one, p.other)
group by p.edition, p.series, p.kind, least(p.one, p.other), greatest(p.one, p.other)
order by all
