-- Of a total with a part that is not known (a code, an area, a row of some of the people) what is read are not all its parts, in the
-- periods in which that part has numbers.
create or replace temp table not_whole as
with
said as (
    select distinct source || '@' || release as edition, unnest(string_split(not_whole, ';')) as said from given_titled
),
unknown as (
    select
        edition, split_part(said, ' ', 1) as whole, try_cast(regexp_extract(said, ' (.*)[.][.]', 1) as date) as first,
        try_cast(regexp_extract(said, '[.][.](.*)', 1) as date) as last
    from said where said is not null
)
select distinct f.fid, u.whole = f.area_code as of_area
from figure f join given_series s using (series) join unknown u on u.edition = f.edition and u.whole in (f.area_code, s.offence_code, f.series)
where coalesce(u.first <= f.period_start and f.period_end <= u.last, true);
-- Which series each term of a relation asks for, anchor by anchor and edition by edition.
create or replace temp table target as
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
        n.relation, t.position, t.role, coalesce(t.lift, 'here') as lift,
        r.form, string_split(nullif(regexp_replace(r.of, '( to|^not across) [0-9-]+$', ''), ''), '|') as only,
        try_cast(regexp_extract(r.of, ' to ([0-9-]+)$', 1) as date) as until,
        try_cast(strftime(try_cast(regexp_extract(r.of, '^not across ([0-9-]+)$', 1) as date), '%Y%m%d') as bigint) as anew, t.scale, t.shift,
        t.terms,
        n.anchor, s.stem, s.unit, s.offence_code, n.series,
        -- The parts of an offence are those of the same table, or of the table that the term names.
        if(t.series like '{%', s.stem, regexp_extract(t.series, '^[^.]+\.[^.]+')) as stem_of_parts
    from given_named n
    join given_relation r using (relation)
    join (select *, count(*) over (partition by relation) as terms from given_relation_term) t using (relation, position)
    join series s on s.series = n.anchor
),
-- `{parts}` in a term stands for the offences that the anchor's offence is made of, `{classes}` for all offence classes inside it; the
-- table may lack some of these.
spelt as (
    select
        * exclude (unit, offence_code, stem_of_parts), date '1000-01-01' as first, date '3000-01-01' as last, false as lacks,
        null as made_of
    from named
    where not contains(series, '{')
    union all by name
    select n.* exclude (series, unit, offence_code, stem_of_parts), c.series, p.first, p.last, false as lacks, n.offence_code as made_of
    from named n
    join part p on p.whole = n.offence_code
    left join series c on c.offence_code = p.part and c.stem = n.stem_of_parts and c.unit = n.unit
    where contains(n.series, '{parts}')
    union all by name
    select n.* exclude (series, unit, offence_code, stem_of_parts), c.series, p.first, p.last, c.series is null as lacks
    from named n
    join inside p on p.whole = n.offence_code
    left join series c on c.offence_code = p.part and c.stem = n.stem_of_parts and c.unit = n.unit
    where contains(n.series, '{classes}')
),
joining as (
    select
        s.*, dense_rank() over (order by relation) as rid,
        case lift when 'areas' then 'area' when 'sexes' then 'sex' when 'other_sex' then 'other sex' when 'women' then 'other sex' when 'men' then 'other sex' when 'periods' then 'part' when 'same_sheet' then 'sheet'
            when 'release_before' then 'figure' when 'publication_before' then 'figure' when 'elsewhere' then 'newest'
            when 'compared_elsewhere' then 'newest' when 'quarter_before_elsewhere' then 'newest' when 'anywhere' then 'newest'
            when 'people' then 'people' when 'earlier' then 'earlier' when 'periods_elsewhere' then 'newest part' when 'forces_elsewhere' then 'newest force'
            else case when lift like 'by %' then 'characteristic' when lift like 'as %' then 'newest' else 'slot' end end as by
    from spelt s
),
-- From the first to the last period with a number a part is in use; the markers before and after say that it is none.
printed as (
    select
        edition, series, min(period_start) filter (x is not null) as used_first, max(period_end) filter (x is not null) as used_last
    from figure group by all
),
asked as (
    select j.*, a.edition, p.used_first, p.used_last, p.series is not null as is_printed, j.by not in ('slot', 'area', 'sex', 'other sex', 'characteristic', 'sheet') as elsewhere
    from joining j
    join printed a on a.series = j.anchor
    left join printed p on p.edition = a.edition and p.series = j.series
)
-- What is asked for is a number from here on, and so is its relation: a million figures answer. An edition without what
-- must stand in it makes no instance.
select * exclude (is_printed, elsewhere), row_number() over () as tid
from asked
semi join (
    select rid, anchor, edition
    from asked
    group by all
    having
        count(distinct position) filter (is_printed or elsewhere) = max(terms)
        and bool_and(is_printed or elsewhere or first > date '1000-01-01' or last < date '3000-01-01')
) possible using (rid, anchor, edition);
