-- The long table of figures: a value and half a unit of print, with one key per way in which figures are set side by side.
create or replace temp macro decimals(printed) as regexp_extract(printed, '^-?[0-9,]*\.?([0-9]*)(?:e-?[0-9]+)?%?$', 1);
create or replace temp table figure as
with
typed as (
    select
        f.row_id, f.series, f.sex, f.age, f.area_code, f.period_start, f.period_end, f.period_type, f.source, f.release,
        f.sheet, f.cell, f.unit, f.base, coalesce(f.leaves_out, '') as leaves_out, f.value, f.printed, f.obs_status,
        if(f.characteristic = 'compared_with', null, f.characteristic) as characteristic,
        if(f.characteristic = 'compared_with', null, f.characteristic_value) as characteristic_value,
        case when f.characteristic = 'compared_with' then f.characteristic_value end as compared,
        regexp_extract(f.series, '^[^.]+\.[^.]+') as stem,
        -- The limits of 95 in 100 lie 1.96 standard errors off.
        coalesce(f.standard_error, (f.upper - f.lower) / 3.92) as error,
        length(split_part(coalesce(f.standard_error, f.upper)::varchar, '.', 2)) as error_decimals,
        case when f.unit like 'thousand_%' then 1000 when f.unit = 'proportion' then 100 else 1 end as factor,
        decimals(f.printed) as written, length(written) > 6 as in_full,
        -- A floating number tells fifteen digits: "0.0017131254600000001" is how software writes 0.00171312546.
        if(in_full, coalesce(decimals(format('{:.15g}', try_cast(f.printed as double))), written), written) as decimals, length(regexp_extract(f.printed, '0*$')) as zeros,
        regexp_full_match(f.printed, '-?[0-9][0-9,]*') as whole_number, s.measure,
        a.parent_code, coalesce(b.parent_code, a.parent_code) as country, a.area_type, r.vintage_order
    from given_figure f
    join given_release r using (source, release)
    left join given_series s using (series)
    left join given_area a using (area_code)
    left join given_area b on b.area_code = a.parent_code
),
-- A column is rounded as a whole: "4" in a column of 4.1 and 3.9 is 4.0, and 4991300 among hundreds is a hundred. How it is
-- rounded nearly all of its figures tell: a wrong one among them is printed otherwise, and says nothing of the others. Figures
-- printed in full stand beside rounded ones, so each of the two is a column of its own.
printing as (
    select
        source, release, sheet, unit, stem, measure, in_full,
        -- "2063.0" throughout is how software writes whole numbers.
        count(value) >= 10 and bool_and(decimals in ('', '0')) as whole,
        if(whole, 0, coalesce(quantile_disc(length(decimals), 0.95) filter (where value <> 0), 0)) as decimals,
        case
            when count(value) >= 10 and avg(whole_number::integer) >= 0.95
            then quantile_disc(zeros, 0.05) filter (where value <> 0 and whole_number)
            else 0
        end as zeros,
        bool_and(value = 0) as noughts,
        quantile_disc(t.error_decimals, 0.95) filter (where error <> 0) as error_decimals
    from typed t
    where value is not null
    group by all
),
printed_in_full as (select source, release, sheet, unit, stem, measure from printing where in_full),
rounded as (
    select
        t.*, coalesce(p.error_decimals, t.error_decimals) as error_places,
        if(p.whole, 0, greatest(p.decimals, length(t.decimals))) as places, least(p.zeros, if(value = 0, p.zeros, t.zeros)) as hundreds,
        case
            -- Beside figures that are printed in full a nought is one.
            when p.noughts and (p.source, p.release, p.sheet, p.unit, p.stem, p.measure) in (from printed_in_full) then 0.0
            when places > 0 then 0.5 * pow(10, -places) * factor
            when hundreds > 0 then 0.5 * pow(10, hundreds) * factor
            when t.unit in ('offences', 'persons', 'households') and t.stem not like 'csew.%' then 0.0
            else 0.5 * factor
        end as half
    from typed t
    left join printing p using (source, release, sheet, unit, stem, measure, in_full)
)
select
    row_number() over (order by r.row_id) as fid,
    r.row_id, r.series, r.stem, r.source, r.release, r.sheet, r.cell, r.area_code, r.parent_code, r.area_type, r.sex, r.age, if(r.characteristic = 'sex', lower(r.characteristic_value), r.sex) as about, r.period_start, r.period_end,
    r.period_type, r.unit, r.vintage_order, r.printed, r.compared, r.leaves_out,
    -- "At least" and "nearly" say too little to be set against anything.
    if(isinf(text.half), null, r.value * r.factor) as x,
    coalesce(text.half * r.factor, r.half) as half,
    -- The respondents behind an estimate, and its standard error as a share, with half a unit of its print.
    r.base, r.error * r.factor / 100 as error,
    0.5 * pow(10, -r.error_places) * r.factor / 100 as error_half, r.characteristic, r.characteristic_value as label,
    r.obs_status <> 'normal' as marker,
    source || '@' || release as edition,
    hash(edition, people, r.compared) as row_slot,
    hash(row_slot, r.area_code, r.period_start, r.period_end) as slot,
    hash(row_slot, r.parent_code, r.period_start, r.period_end) as area_slot,
    hash(row_slot, r.area_code) as period_slot,
    hash(row_slot, r.country, r.period_start, r.period_end) as country_slot,
    r.characteristic is not null as breakdown,
    hash(hash(edition, if(of_police, hash(null::varchar, null::varchar), hash(sex, all_people_age, null::varchar, null::varchar)), r.compared), r.area_code, r.period_start, r.period_end)
        as all_people_slot,
    hash(row_slot, r.area_code, (r.period_start - interval 1 year)::date, (r.period_end + 1 - interval 1 year)::date - 1)
        as year_before_slot,
    hash(row_slot, r.area_code, (r.period_start + interval 1 year)::date, (r.period_end + 1 + interval 1 year)::date - 1)
        as year_after_slot,
    hash(row_slot, r.area_code, (r.period_start - interval 3 month)::date, (r.period_end + 1 - interval 3 month)::date - 1)
        as quarter_before_slot,
    hash(row_slot, r.area_code, (r.period_start + interval 3 month)::date, (r.period_end + 1 + interval 3 month)::date - 1)
        as quarter_after_slot,
    hash(r.area_code, who, r.compared, r.leaves_out) as part_slot,
    -- What is counted of whom and where, in whatever period and release.
    hash(r.series, r.area_code, who, r.compared) as series_slot,
    hash(edition, r.age, r.characteristic, r.characteristic_value, r.area_code, r.period_start, r.period_end) as sex_slot,
    hash(edition, r.sex, r.age, r.compared, r.area_code, r.period_start, r.period_end) as whole_slot,
    -- Broken down by sex or age, people are those that other rows are about: their sex and age are in columns there.
    case when characteristic in ('sex', 'age') then hash(
        hash(edition, hash(if(characteristic = 'sex', lower(r.characteristic_value), r.sex), if(characteristic = 'age', lower(r.characteristic_value), r.age),
            null::varchar, null::varchar), r.compared), r.area_code, r.period_start, r.period_end
    ) end as same_people_slot,
    hash(edition, r.sheet, r.area_code, people) as sheet_slot,
    hash(r.area_code, who, r.compared, r.period_start, r.period_end, r.leaves_out) as quantity_slot,
    hash(r.area_code, who, r.compared, (r.period_start - interval 3 month)::date, (r.period_end + 1 - interval 3 month)::date - 1, r.leaves_out)
        as quarter_before_quantity_slot,
    hash(who, r.compared, r.period_start, r.period_end, r.leaves_out) as forces_slot,
    hash(hash(edition, people, null::varchar), r.area_code, r.period_start, r.period_end) as now_slot,
    try_cast(split_part(r.compared, '/', 1) as date) as base_start, try_cast(split_part(r.compared, '/', 2) as date) as base_end,
    hash(hash(edition, people, null::varchar), r.area_code, base_start, base_end) as base_slot,
    hash(r.area_code, who, null::varchar, base_start, base_end, r.leaves_out) as base_quantity_slot
from (
    select
        *, hash(sex, age, characteristic, characteristic_value) as who,
        -- In the tables of the police the series says whose victims or people: parts that differ in it make one total.
        regexp_matches(stem, '^(prc\.|population\.pfa)') as of_police,
        if(of_police, hash(characteristic, characteristic_value), who) as people,
        regexp_extract(series, '[0-9]+[-+][0-9]*') as all_people_age from rounded
) r
left join given_text text using (row_id);
