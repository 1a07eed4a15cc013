-- Numbers of a column that are multiples of a step throughout (percentages and rates of one, counts of ten and more), beside other
-- columns of their table that are not; or percentages and rates of a table, beside other tables of its release, or the same figures in
-- other releases: how much less likely than by chance, as a logarithm. Of several steps the largest is told. Counts of a long table,
-- which stand in one column, have lines in its place: an area in a period, one thing of an area, and one thing in a period.
with
printed_number as (
    select
        fid, edition, source, f.unit, series_slot as quantity,
        hash(edition, g.sheet, g.stem, f.unit) as in_table, hash(edition, split_part(g.stem, '.', 1), f.unit) as in_release,
        try_cast(translate(printed, ',%', '') as double) as number,
        f.unit like 'percent%' or f.unit like 'per\_%' escape '\' as is_rate,
        if(long, [hash(area_code, f.period_start, f.period_end), series_slot, hash(series, forces_slot)], [c::ubigint]) as lines
    from figure f join (select fid, sheet, stem, c, long from grid) g using (fid)
    where regexp_full_match(printed, '-?[0-9.,]+%?') and not (long and is_rate) and number is not null
),
lined as (select * exclude (lines), unnest(lines) as line, unnest(range(len(lines))) as way from printed_number),
-- That one count stands there often is said once.
telling as (
    select distinct in_table, in_release, way, line, is_rate, if(is_rate, fid, number) as said, number from lined where number <> 0
),
by_line as (
    select in_table, in_release, way, line, step, count(*) as numbers, count(*) filter (number % step = 0) as wholes
    from (select *, unnest(if(is_rate, [1], {steps})) as step from telling) group by all
),
by_table as (
    select in_table, in_release, step, sum(numbers) as numbers, sum(wholes) as wholes from by_line where step = 1 group by all
),
compared as (
    select
        in_table, way, line, step, numbers, wholes,
        sum(numbers) over printed - numbers as others, sum(wholes) over printed - wholes as others_whole
    from by_line window printed as (partition by in_table, step, way)
    union all
    select in_table, null, null, step, numbers, wholes, sum(numbers) over printed - numbers, sum(wholes) over printed - wholes
    from by_table window printed as (partition by in_release)
    union all
    select in_table, null, null, step, numbers, wholes, others, others_whole
    from by_table join (
        select n.in_table, count(distinct o.fid) as others, count(distinct o.fid) filter (o.number % 1 = 0) as others_whole
        from printed_number n join printed_number o using (source, quantity, unit)
        where n.is_rate and o.edition <> n.edition and o.number <> 0
        group by all
    ) using (in_table)
),
-- The figures of a line, or of a whole table.
told as (
    select t.*, list(fid order by fid) as figures
    from (from compared where wholes = numbers and numbers * ln((others + 1) / (others_whole + 1)) >= {likelier}) t
    join lined l on l.in_table = t.in_table and (t.way is null or l.way = t.way and l.line is not distinct from t.line)
    group by all
)
select
    numbers, max(step) as step, arg_max(others - others_whole, (step, others)) as finer, arg_max(others, (step, others)) as others, figures
from told
group by all
order by all
