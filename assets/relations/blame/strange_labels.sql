-- Figures of a characteristic more of whose labels stand under another in other releases than under it.
with
said as (
    select
        fid, edition, unnest(string_split(figure.characteristic, '; ')) as own,
        unnest(string_split(given.characteristic_value, '; ')) as label
    from figure join given_figure given using (row_id)
    where x is not null and figure.characteristic is not null
),
labelled as (
    select * replace (lower(trim(regexp_extract(label, '[^:]*$'))) as label) from said where own is not null
),
printed as (
    select *, count(*) over (partition by own, label) > 1 as agrees
    from (select distinct edition, own, label from labelled)
),
header as (
    select edition, own, bool_or(agrees) as agrees, count(*) filter (agrees) as alike from printed group by all
),
strange as (
    select one.edition, one.own, any_value(other.own order by other.own) as other, bool_or(here.agrees) as agrees
    from printed one
    join printed other on other.label = one.label and other.own <> one.own and other.edition <> one.edition
    join header on header.edition = one.edition and header.own = one.own
    left join header here on here.edition = one.edition and here.own = other.own
    left join header there on there.edition = other.edition and there.own = one.own
    where not one.agrees and coalesce(here.own, there.own) is not null
        and (one.edition, other.own, one.label) not in (select (edition, own, label) from printed)
    group by one.edition, one.own, header.alike
    having count(distinct one.label) >= greatest({least}, header.alike + 1)
),
exchanged as (
    select edition, own, other from strange union select edition, other, own from strange where not agrees
)
select edition, other, list(fid order by fid) as figures, sum(count(*)) over (partition by edition) as ties
from (
    select fid, edition, any_value(other order by other) as other
    from labelled join exchanged using (edition, own)
    group by fid, edition
)
group by edition, other
order by all
