-- Per period of a release: how many figures stand there, and which areas lack one that stands in the periods beside it.
with
period as (
    select *, dense_rank() over (partition by period_type order by period_end) as n from rows
),
place as (
    select series, sex, age, period_type, n, any_value(period_end) as period_end, list(distinct area_code) as areas
    from period group by all
),
beside as (
    select *, lag(areas) over of_series as before, lead(areas) over of_series as after
    from place
    window of_series as (partition by series, sex, age, period_type order by n)
),
-- In the first and last period of a series all areas of its neighbour are expected, between two periods those of both.
lacking as (
    select *, list_filter(
        case when before is null or after is null then coalesce(before, after, []) else list_intersect(before, after) end,
        lambda area: not list_contains(areas, area)
    ) as gone
    from beside
)
select
    period_type, period_end, sum(len(areas))::bigint as figures, sum(len(gone))::bigint as lost,
    list_sort(list_distinct(flatten(list(gone)))) as areas
from lacking
group by all
having lost > 0
order by all
