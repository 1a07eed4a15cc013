-- Which figures stand in which relation: each figure of an anchor's series makes an instance, each term says what joins it.
-- The kinds of relations that hold to the last digit printed.
create or replace temp macro exact(kind) as kind in ('sum', 'share', 'rate', 'change', 'product');
create or replace temp macro family(stem) as regexp_replace(stem, '_(rate|change)$', '');
create or replace temp table term as
with
series as (select distinct f.series, f.stem, r.unit, r.offence_code from figure f join given_series r using (series)),
-- An offence class is part of its subgroup, a subgroup of its group, a detailed code of its class.
part as (
    select
        case when level = 'sub_code' then split_part(offence_code, ':', 1) else coalesce(subgroup, "group") end as whole,
        offence_code as part, coalesce(valid_from, date '1000-01-01') as first, coalesce(valid_to, date '3000-01-01') as last
    from given_offence
    where
        level in ('class', 'subgroup', 'sub_code')
        and coalesce(subgroup not in ('domestic_burglary', 'residential_burglary') or level <> 'subgroup', true)
),
-- What of the offences inside a group or subgroup, however deep, is counted by itself: a class, or a group of classes printed as one.
inside as (
    select o.whole, c.offence_code as part, coalesce(c.valid_from, date '1000-01-01') as first, coalesce(c.valid_to, date '3000-01-01') as last
    from given_offence c
    cross join lateral (select unnest([c.subgroup, c."group"]) as whole) o
    where c.level = 'class' and o.whole is not null
),
named as (
    select
        r.relation, t.position, t.role, coalesce(t.lift, 'here') as lift, r.of, t.scale, t.shift,
        count(*) over (partition by r.relation, s.series) as terms,
        s.series as anchor, s.stem, s.unit, s.offence_code,
        regexp_replace(s.series, '^' || r.anchor || '$', t.series) as series,
        -- The parts of an offence are those of the same table, or of the table that the term names.
        if(t.series like '{%', s.stem, regexp_extract(t.series, '^[^.]+\.[^.]+')) as stem_of_parts
    from given_relation r
    join series s on regexp_full_match(s.series, r.anchor)
    join given_relation_term t using (relation)
),
target as (
    -- `{a|b}` in a term stands for one series each, `{parts}` for the offences that the anchor's offence is made of, `{classes}` for
    -- all offence classes inside it that the table counts.
    select
        * exclude (series, unit, offence_code, stem_of_parts),
        unnest(
            if(
                contains(series, '{'),
                list_transform(
                    string_split(regexp_extract(series, '\{(.*)\}', 1), '|'),
                    lambda one: regexp_replace(series, '\{.*\}', one)
                ),
                [series]
            )
        ) as series,
        date '1000-01-01' as first, date '3000-01-01' as last
    from named
    where not contains(series, '{parts}') and not contains(series, '{classes}')
    union all by name
    select n.* exclude (series, unit, offence_code, stem_of_parts), c.series, p.first, p.last
    from named n
    join part p on p.whole = n.offence_code
    left join series c on c.offence_code = p.part and c.stem = n.stem_of_parts and c.unit = n.unit
    where contains(n.series, '{parts}')
    union all by name
    select n.* exclude (series, unit, offence_code, stem_of_parts), c.series, p.first, p.last
    from named n
    join inside p on p.whole = n.offence_code
    join series c on c.offence_code = p.part and c.stem = n.stem_of_parts and c.unit = n.unit
    where contains(n.series, '{classes}')
),
-- The release before, and the figure before it in any publication, quantity by quantity.
earlier as (
    select
        fid, source,
        lag(fid) over of_source as release_before,
        lag(fid) over of_any as publication_before, lag(source) over of_any as publication
    from figure
    where x is not null
    window
        of_source as (partition by source, series, quantity_slot order by vintage_order, fid),
        of_any as (partition by series, quantity_slot order by vintage_order, fid)
),
-- Counts are printed of areas that have no rate: a rate lies among those of its areas only where all of them have one.
area as (
    select edition, family(stem) as family, parent_code, count(distinct area_code) as areas
    from figure where parent_code is not null group by all
),
-- From the first to the last period with a number a part is in use; the markers before and after say that it is none.
used as (
    select edition, series, min(period_start) as first, max(period_end) as last from figure where x is not null group by all
),
instance as (
    select
        t.*, a.fid as instance, a.edition, a.leaves_out, a.period_start, a.period_end,
        t.first <= a.period_start and a.period_end <= t.last as needed,
        u.first <= a.period_start and a.period_end <= u.last as used, a.period_end - a.period_start + 1 as days,
        case t.lift when 'areas' then r.areas when 'sexes' then 2 when 'periods' then days when 'periods_elsewhere' then days
            when 'forces_elsewhere' then (select count(*) from given_area where area_type like '%force') end as whole,
        case t.lift when 'areas' then 'area' when 'sexes' then 'sex' when 'periods' then 'part' when 'same_sheet' then 'sheet'
            when 'release_before' then 'figure' when 'publication_before' then 'figure' when 'elsewhere' then 'newest'
            when 'compared_elsewhere' then 'newest' when 'periods_elsewhere' then 'newest part' when 'forces_elsewhere' then 'newest force'
            else 'slot' end as by,
        case t.lift
            when 'here' then a.slot when 'areas' then a.slot when 'now' then a.now_slot when 'compared_with' then a.base_slot
            when 'year_before' then a.year_before_slot when 'year_after' then a.year_after_slot when 'quarter_before' then a.quarter_before_slot
            when 'quarter_after' then a.quarter_after_slot when 'periods_elsewhere' then a.part_slot
            when 'sexes' then a.sex_slot when 'periods' then a.period_slot
            when 'all_people' then a.all_people_slot
            when 'same_sheet' then a.sheet_slot when 'release_before' then e.release_before
            when 'elsewhere' then a.quantity_slot when 'compared_elsewhere' then a.base_quantity_slot
            when 'forces_elsewhere' then if(a.parent_code is null, a.forces_slot, null)
            when 'publication_before' then if(e.publication <> e.source, e.publication_before, null)
        end as key
    from target t
    join figure a on a.series = t.anchor and a.x is not null
    left join earlier e on e.fid = a.fid
    left join used u on u.edition = a.edition and u.series = t.series
    left join area r on t.lift = 'areas' and r.edition = a.edition and r.family = family(a.stem) and r.parent_code = a.area_code
    where
        coalesce(
            split_part(t.of, ' to ', 1) in
            (if(a.breakdown, 'breakdowns', 'totals'), a.period_type || 's', concat(a.edition, ' ', a.period_start, '..', a.period_end)),
            true
        )
        and coalesce(a.period_end <= try_cast(split_part(t.of, ' to ', 2) as date), true)
        and not (t.lift = 'sexes' and a.sex <> 'all') and not (t.lift = 'areas' and r.areas is null)
),
member as (
    select m.by, m.key, f.fid, f.series, f.x, f.edition, f.period_start, f.period_end, f.leaves_out
    from (
        select 'slot' as by, slot as key, fid from figure
        union all
        select 'area', area_slot, fid from figure where parent_code is not null
        union all
        select 'sex', sex_slot, fid from figure where sex <> 'all'
        union all
        select 'sheet', sheet_slot, fid from figure
        union all
        select 'figure', fid, fid from figure
        union all
        select 'part', period_slot, fid from figure where period_type in ('month', 'quarter')
        union all
        select 'newest', quantity_slot, last(fid order by vintage_order, fid) from figure where x is not null group by series, quantity_slot
        union all
        select 'newest part', part_slot, last(fid order by vintage_order, fid)
        from figure where x is not null and period_type in ('month', 'quarter') group by series, part_slot, period_start, period_end
        union all
        select 'newest force', forces_slot, last(fid order by vintage_order, fid)
        from figure where x is not null and area_type like '%force' group by series, quantity_slot, forces_slot
    ) m
    join figure f using (fid)
),
joined as (
    select
        i.relation, i.instance, i.position, i.series as wanted, i.role, i.scale, i.shift, i.needed, i.used, i.whole, i.terms, m.fid, m.x,
        if(i.lift like 'periods%', m.period_end - m.period_start + 1, 1) as weight
    from instance i
    left join member m
        on m.by = i.by and m.key = i.key and m.series = i.series
        and (i.lift not in ('year_before', 'year_after') or m.leaves_out = i.leaves_out)
        and (i.lift not like '%elsewhere' or m.edition <> i.edition)
        and (i.lift not like 'periods%' or (i.period_start <= m.period_start and m.period_end <= i.period_end and m.fid <> i.instance))
),
-- A relation with a part that is not there, or is a marker, is not made.
complete as (
    select relation, instance
    from (
        select
            relation, instance, position, wanted, max(whole) as whole, max(terms) as terms, sum(weight) filter (x is not null) as weight,
            bool_and(x is not null or not needed or (fid is not null and not used)) as there
        from joined
        group by all
    )
    group by all
    having
        bool_and(there and (whole is null or weight is null or weight = whole))
        and max(terms) = count(distinct position) filter (weight is not null)
),
-- A figure set against itself says nothing.
several as (
    select relation, instance from joined where x is not null group by all having count(*) = count(distinct fid)
)
select j.relation, j.instance, j.fid, j.role, j.scale, j.shift, f.vintage_order // 10000 + f.vintage_order // 100 % 100 / 12 as released
from joined j
semi join complete c on c.relation = j.relation and c.instance = j.instance
semi join several s on s.relation = j.relation and s.instance = j.instance
join figure f on f.fid = j.fid
where j.x is not null;
