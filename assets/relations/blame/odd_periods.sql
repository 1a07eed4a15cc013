-- What ends after its release came out; changes on a period that is not printed, where others are; what is printed of a period
-- for one measure of a quantity alone, with what stands under it; and, in a table of quarters or months, what spans many of them
-- and what is whole years from where the columns on both sides of it, or the two at its one side, would have it.
with
change as (
    select c.fid, c.edition, c.series, b.fid is null as gone, c.base_slot = c.now_slot as own
    from figure c left join figure b on b.slot = c.base_slot and b.series = replace(c.series, '_change', '')
    where c.compared is not null and c.x is not null
),
measured as (
    select
        fid, hash(edition, row_slot, area_code, regexp_replace(series, '\.[^.]+$', '')) as quantity,
        regexp_extract(series, '[^.]+$') as measure, hash(period_start, period_end) as period
    from figure where stem like 'csew.%' and x is not null and compared is null and not breakdown
),
printed as (
    select *, count(distinct measure) over (partition by quantity) as measures,
        count(distinct measure) over (partition by quantity, period) as here
    from measured
),
lengths as (
    select fid, edition, sheet, stem, period_start, datediff('month', period_start, period_end + 1) as months
    from figure where x is not null and compared is null
),
of_parts_of_years as (
    select edition, sheet, stem, mode(months) as usual from lengths group by all having usual in (1, 3)
),
-- The month that a column would have if it were the first is the same for all of them.
lined_up as (
    select distinct edition, sheet, l.stem, g.c, l.period_start,
        datediff('month', '1900-01-01', l.period_start) - g.c * usual as origin
    from lengths l join of_parts_of_years using (edition, sheet, stem) join grid g using (fid, edition, sheet)
    where l.months = usual and not g.single
),
out_of_line as (
    select *, coalesce(lag(origin) over beside, lead(origin, 2) over beside) as due,
        coalesce(lead(origin) over beside, lag(origin, 2) over beside) as due_too
    from lined_up
    window beside as (partition by edition, sheet, stem order by c)
    qualify due = due_too and due <> origin and (due - origin) % 12 = 0
)
from (
    select 'Stands under a period that was not over when its release came out.' as reason, list(fid order by fid) as figures from figure
    where x is not null and period_end > strptime(vintage_order::varchar, '%Y%m%d')
    union all
    select 'A change on a period of which the release prints no figure, or on its own; those beside it have one.', list(fid order by fid) from (
        select *, avg(gone::integer) over (partition by edition, series) as share from change
    )
    where own or gone and share < 0.5
    union all
    select 'Stands under a period in which no other measure of the same quantity is printed, which have the others.', list(fid order by fid) from figure semi join (
        from figure semi join (from printed where here = 1 and measures >= {measures}) using (fid)
    ) using (edition, sheet, period_start, period_end)
    union all
    select 'Stands under a header of more than a year in a table of quarters or months: of which of them is not known.', list(fid order by fid) from lengths semi join of_parts_of_years using (edition, sheet, stem)
    where months > 12
    union all
    select 'Stands under a quarter or month of another year than the columns beside it go on with: its header may be wrong.', list(fid order by fid) from lengths semi join out_of_line using (edition, sheet, stem, period_start)
)
where figures is not null
