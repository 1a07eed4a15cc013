-- Which figures stand in which relation: each figure of an anchor's series makes an instance, each target says what joins it.
create or replace temp macro family(stem) as regexp_replace(stem, '_(rate|change)$', '');
create or replace temp table instance as
with
-- The release before, and the figure before it in any publication, quantity by quantity.
earlier as (
    select
        fid, source,
        lag(fid) over of_source as release_before,
        lag(fid) over of_any as publication_before, lag(source) over of_any as publication,
        lag(vintage_order) over of_source as order_before, lag(vintage_order) over of_any as order_of_publication
    from figure
    where x is not null
    window
        of_source as (partition by source, series, quantity_slot order by vintage_order, fid),
        of_any as (partition by series, quantity_slot order by vintage_order, fid)
),
-- Counts are printed of areas that have no rate: a rate lies among those of its areas only where all of them have one.
area as (
    select edition, family(stem) as family, parent_code, list(distinct area_code) as areas
    from figure where parent_code is not null group by all
),
-- What stands alone: no year beside it is of its release, and no other release prints it.
alone as (
    select fid from figure f semi join (select anchor as series from target where lift = 'earlier') using (series) where x is not null
        and not exists (from figure o where o.series = f.series and o.quantity_slot = f.quantity_slot and o.edition <> f.edition and o.x is not null)
        and not exists (from figure o where o.series = f.series and o.slot = f.year_before_slot and o.x is not null)
        and not exists (from figure o where o.series = f.series and o.slot = f.year_after_slot and o.x is not null)
),
anchor as (
    -- A force that a total leaves out is no part of it; a change may be one on a total with it.
    select f.*, e.* exclude (fid, source), if(f.compared is null, string_split(f.leaves_out, ';'), []) as lacking, list_filter(r.areas, lambda area: not list_contains(lacking, area)) as areas
    from figure f
    left join earlier e using (fid)
    left join area r on r.edition = f.edition and r.family = family(f.stem) and r.parent_code = f.area_code
    where f.x is not null
)
select
    t.tid, a.fid as instance,
    t.first <= a.period_start and a.period_end <= t.last as needed,
    t.used_first <= a.period_start and a.period_end <= t.used_last as used,
    case t.lift when 'areas' then len(a.areas) when 'sexes' then 2 when 'people' then if(a.sex = 'all', 2, 1)
        when 'periods' then a.period_end - a.period_start + 1 when 'periods_elsewhere' then a.period_end - a.period_start + 1
        when 'forces_elsewhere' then (select count(*) from given_area where area_type like '%force') end as whole,
    case t.lift
        when 'here' then a.slot when 'areas' then a.slot when 'now' then a.now_slot when 'compared_with' then a.base_slot
        when 'year_before' then a.year_before_slot when 'year_after' then a.year_after_slot when 'quarter_before' then a.quarter_before_slot
        when 'quarter_after' then a.quarter_after_slot when 'periods_elsewhere' then a.part_slot
        when 'sexes' then a.sex_slot when 'other_sex' then hash(a.sex_slot, a.sex)
        when 'women' then if(a.sex = 'all', hash(a.sex_slot, 'male'), null) when 'men' then if(a.sex = 'all', hash(a.sex_slot, 'female'), null) when 'periods' then a.period_slot
        when 'same_people' then a.same_people_slot when 'all_people' then a.all_people_slot when 'country' then a.country_slot
        when 'older' then hash(hash(a.edition, hash(a.sex, split_part(a.age, ' ', 2) || '+', null::varchar, null::varchar), a.compared), a.area_code, a.period_start, a.period_end)
        when 'all_ages' then hash(hash(a.edition, hash(a.sex, 'all', null::varchar, null::varchar), a.compared), a.area_code, a.period_start, a.period_end)
        when 'same_sheet' then a.sheet_slot when 'release_before' then hash(a.release_before)
        when 'quarter_before_elsewhere' then a.quarter_before_quantity_slot
        when 'earlier' then a.part_slot when 'anywhere' then a.quantity_slot
        -- A year is of the people of the mid-year within it, or the first of two.
        when 'people' then hash(a.area_code, a.sex, a.age, year(a.period_start))
        when 'elsewhere' then a.quantity_slot when 'compared_elsewhere' then a.base_quantity_slot
        when 'forces_elsewhere' then if(a.parent_code is null, a.forces_slot, null)
        when 'publication_before' then hash(a.publication_before)
        else case
            -- What is broken down here stands under another breakdown there: the same people, otherwise said.
            when t.lift like 'as %' then hash(a.area_code, hash(a.sex, a.age, split_part(substr(t.lift, 4), ': ', 1), split_part(t.lift, ': ', 2)), a.compared, a.period_start, a.period_end, a.leaves_out)
            when not a.breakdown then hash(a.whole_slot, substr(t.lift, 4))
        end
    end as place,
    hash(t.by, place, t.series) as key,
    -- What the figure found must be like, or unlike; null where it may be anything.
    if(t.lift in ('year_before', 'year_after'), hash(a.leaves_out), null) as leaving_out,
    if(t.lift like '%elsewhere', hash(a.edition), null) as elsewhere,
    if(t.lift like 'periods%', a.period_start, null) as within_start, if(t.lift like 'periods%', a.period_end, null) as within_end,
    if(t.lift = 'earlier', a.period_end, null) as later, if(t.lift = 'areas' and a.leaves_out <> '', a.lacking, null) as lacking
from target t
join anchor a on a.series = t.anchor and a.edition = t.edition
where
    place is not null
    and (
        t.only is null
        or list_has_any(
            t.only,
            [if(a.breakdown, 'breakdowns', 'totals'), if(a.breakdown or a.parent_code is not null, null, 'national totals'),
            coalesce(a.characteristic, a.period_type || 's'), concat(a.characteristic, ': ', a.label), if(a.breakdown, null, concat(a.sex, ' ', a.age)), concat(a.edition, ' ', a.period_start, '..', a.period_end)]
        )
    )
    and (t.until is null or a.period_end <= t.until)
    and not (t.form = 'error' and (a.error is null or a.base is null))
    -- Women and men weigh alike where it is not printed how many were asked, other people do not.
    and not (t.form = 'asked' and coalesce(a.base, 0) = 0)
    and not (t.form = 'mean' and a.base is null and t.rid not in (select rid from target where lift = 'sexes'))
    -- What nothing stands before is in no relation to it: none of the terms is looked for.
    and not (a.release_before is null and t.rid in (select rid from target where lift = 'release_before'))
    and not (coalesce(a.publication = a.source, true) and t.rid in (select rid from target where lift = 'publication_before'))
    -- What a publisher has worked out anew from some day on is another number in what came before it.
    and not coalesce(
        t.anew <= a.vintage_order
        and t.anew > if(t.rid in (select rid from target where lift = 'publication_before'), a.order_of_publication, a.order_before), false
    )
    and not (a.fid not in (from alone) and t.rid in (select rid from target where lift = 'earlier'))
    and not (t.lift = 'sexes' and a.sex <> 'all')
    and not ((t.made_of is not null or t.lift like 'by %') and a.fid in (select fid from not_whole where not of_area))
    and not (t.lift = 'areas' and (a.areas is null or a.fid in (select fid from not_whole where of_area)));
create or replace temp table term as
with
member as (
    select
        hash(m.by, m.place, f.series) as key, f.fid, f.x is not null as there, hash(f.leaves_out) as leaving_out, hash(f.edition) as edition,
        f.period_start, f.period_end, f.area_code
    from (
        select 'slot' as by, slot as place, fid from figure
        union all
        select 'area', area_slot, fid from figure where parent_code is not null
        union all
        select 'sex', sex_slot, fid from figure where sex <> 'all'
        union all
        select 'other sex', hash(sex_slot, if(sex = 'male', 'female', 'male')), fid from figure where sex <> 'all'
        union all
        select 'characteristic', hash(whole_slot, characteristic), fid from figure where breakdown
        union all
        select 'sheet', sheet_slot, fid from figure
        union all
        select 'figure', hash(fid), fid from figure
        union all
        select 'part', period_slot, fid from figure where period_type in ('month', 'quarter')
        union all
        select 'newest', quantity_slot, last(fid order by vintage_order, fid) from figure where x is not null group by series, quantity_slot
        union all
        -- Women and men of the nearest mid-year that is held, in themselves and in all people.
        select 'people', hash(area_code, of_sex, age, of_year), arg_min(fid, (abs(year(period_end) - of_year), -vintage_order, fid))
        from (
            select *, unnest([sex, 'all']) as of_sex from figure
            where stem = 'population.mid_year' and sex <> 'all' and not breakdown and x is not null
        ), (select unnest([-1, 0, 1]) as away), lateral (select year(period_end) + away as of_year)
        group by area_code, of_sex, sex, age, of_year
        union all
        select 'earlier', part_slot, last(fid order by vintage_order, fid)
        from figure where x is not null and period_type not in ('month', 'quarter') group by series, part_slot, period_type, period_end
        union all
        select 'newest part', part_slot, last(fid order by vintage_order, fid)
        from figure where x is not null and period_type in ('month', 'quarter') group by series, part_slot, period_start, period_end
        union all
        select 'newest force', forces_slot, last(fid order by vintage_order, fid)
        from figure where x is not null and area_type like '%force' group by series, quantity_slot, forces_slot
    ) m
    join figure f using (fid)
    semi join target t on t.by = m.by and t.series = f.series
),
joined as (
    select
        i.tid, i.instance, i.needed, i.used, i.whole, m.fid, coalesce(m.there, false) as there,
        if(i.within_start is null, 1, m.period_end - m.period_start + 1) as weight
    from instance i
    left join member m
        on m.key = i.key
        and (i.leaving_out is null or m.leaving_out = i.leaving_out)
        and (i.elsewhere is null or m.edition <> i.elsewhere)
        and (i.lacking is null or not list_contains(i.lacking, m.area_code))
        and (i.within_start is null or (i.within_start <= m.period_start and m.period_end <= i.within_end and m.fid <> i.instance))
    where i.later is null
    union all
    select i.tid, i.instance, i.needed, i.used, i.whole, m.fid, true, 1
    from (from instance where later is not null) i
    asof join member m on m.key = i.key and i.later > m.period_end
    where m.period_end > i.later - interval 7 year
),
-- A relation with a part that is not there, or is a marker, is not made. Nor is one with the classes of a group where the table counts
-- fewer of those in use than it lacks: a selection is no whole.
complete as (
    select t.rid, j.instance
    from (
        select
            tid, instance, max(whole) as whole, sum(weight) filter (there) as weight, bool_or(needed) as needed,
            bool_and(there or not needed or (fid is not null and not used)) as there
        from joined
        group by all
    ) j
    join target t using (tid)
    group by all
    having
        bool_and((there or t.lacks) and (whole is null or weight is null or weight = whole))
        and max(terms) = bit_count(bit_or(1 << position) filter (weight is not null))
        and count(*) filter (t.lacks and needed) <= count(weight)
),
standing as (
    select t.rid, j.instance, j.tid, j.fid
    from joined j
    join target t using (tid)
    semi join complete c on c.rid = t.rid and c.instance = j.instance
    where j.there
),
-- A figure set against itself says nothing.
twice as (
    select rid, instance from standing group by rid, instance, fid having count(*) > 1
)
select
    t.relation, s.instance, s.fid, t.role, t.scale, t.shift, f.base, f.error, f.error_half,
    f.vintage_order // 10000 + f.vintage_order // 100 % 100 / 12 as released
from standing s
anti join twice using (rid, instance)
join target t using (tid)
join figure f on f.fid = s.fid;
drop table instance;
