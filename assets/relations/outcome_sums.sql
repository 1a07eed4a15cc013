-- All outcomes so far of the offences of a class that a force recorded in a quarter, and by year where a release has four quarters
-- of every force; beside them all outcomes that a force gave in a quarter, whenever the offence was recorded. A release may stand
-- on several sheets, which part its year or its rows.
with
counted as (from outcome where value is not null),
printed as (
    select source, release, string_agg(distinct sheet, ', ' order by sheet) as sheet from counted group by all
),
quarter as (
    select source, release, offence_code, area_code, period_start, period_end, sum(value) as value
    from counted where series = '{so_far}' group by all
),
whole as (
    select source, release, min(period_start) as first, max(period_end) as last
    from quarter group by all
    having count(distinct period_end) = 4
        and count(distinct area_code) = (select count(*) from area where area_type like '%force')
),
summed as (
    select *, 'quarter' as period_type, null as characteristic, null as characteristic_value from quarter
    union all
    select source, release, offence_code, '{country}', first, last, sum(value), 'year', null, null
    from quarter join whole using (source, release) group by all
    union all
    select
        source, release, offence_code, area_code, period_start, period_end, sum(value), 'quarter',
        'outcomes given', 'in the quarter'
    from counted where series = '{given}' and outcome_type <> '0' group by all
)
select
    s.*, sheet, '{offences}' || offence_code as series, 'offences' as unit, 'normal' as obs_status,
    printf('%.0f', value) as printed, coalesce(o.victim_sex, 'all') as sex, coalesce(o.victim_age, 'all') as age
from summed s
join printed using (source, release)
left join offence o using (offence_code)
order by all
