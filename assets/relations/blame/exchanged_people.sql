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
compared as (
    select
        b.edition, b.series, b.kind, b.name as one, o.name as other, count(*) as compared,
        count(*) filter (abs(b.x - o.x) <= b.half + o.half) as told
    from about b join about o using (edition, kind, beside)
    -- One digit in print is that of many.
    where b.characteristic = b.kind and o.characteristic is null and o.name <> 'all' and least(b.x, o.x) > 20 * greatest(b.half, o.half)
    group by all
),
pair as (
    select *
    from compared c
    where one <> other and told >= {least_alike} and told >= {share} * compared and told > coalesce((
        select told from compared own
        where (own.edition, own.series, own.kind, own.one, own.other) = (c.edition, c.series, c.kind, c.one, c.one)
    ), 0)
)
select
    p.kind, least(p.one, p.other) as one, greatest(p.one, p.other) as other, max(p.told) as told,
    list(distinct a.fid order by a.fid) as figures
from pair p join about a using (edition, series, kind)
where a.name in (p.one, p.other) or a.named in (p.one, p.other)
group by p.edition, p.series, p.kind, least(p.one, p.other), greatest(p.one, p.other)
order by all
