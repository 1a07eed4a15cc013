-- Numbers of a column that are multiples of a step throughout (percentages and rates of one, counts of ten and more), beside other
-- columns of their table that are not; or percentages and rates of a table, beside other tables of its release, or the same figures in
-- other releases: how much less likely than by chance, as a logarithm. Of several steps the largest is told. Counts of a long table,
-- which stand in one column, have lines in its place: an area in a period, one thing of an area, and one thing in a period.
with
printed_number as (
    select
        fid, edition, source, g.sheet, g.stem, split_part(g.stem, '.', 1) as kind, f.unit, series_slot as quantity,
        try_cast(translate(printed, ',%', '') as double) as number,
        f.unit like 'percent%' or f.unit like 'per\_%' escape '\' as is_rate,
        if(long, [hash(area_code, f.period_start, f.period_end), series_slot, hash(series, forces_slot)], [c::ubigint]) as lines, long
    from figure f join (select fid, sheet, stem, c, long from grid) g using (fid)
    where regexp_full_match(printed, '-?[0-9.,]+%?') and not (long and is_rate)
),
stepped as (
    select *, unnest(if(is_rate, [1], {steps})) as step, number <> 0 as tells, tells and number % step = 0 as whole
    from printed_number where number is not null
),
by_column as (
    select
        edition, kind, unit, sheet, stem, step, way, lines[way] as line, list(fid) as figures,
        -- That one count stands there often is said once.
        count(distinct if(step = 1, fid, number)) filter (tells) as numbers,
        count(distinct if(step = 1, fid, number)) filter (whole) as wholes
    from (select *, unnest(range(1, len(lines) + 1)) as way from stepped) group by all
),
by_table as (
    select edition, kind, unit, sheet, stem, step, sum(numbers) as numbers, sum(wholes) as wholes, flatten(list(figures)) as figures
    from by_column where step = 1 group by all
),
compared as (
    select step, numbers, wholes, figures, sum(numbers) over printed - numbers as others, sum(wholes) over printed - wholes as others_whole
    from by_column window printed as (partition by edition, sheet, stem, unit, step, way)
    union all
    select step, numbers, wholes, figures, sum(numbers) over printed - numbers, sum(wholes) over printed - wholes
    from by_table window printed as (partition by edition, kind, unit)
    union all
    select step, numbers, wholes, figures, others, others_whole
    from by_table join (
        select n.edition, n.sheet, n.stem, n.unit, count(distinct o.fid) as others, count(distinct o.fid) filter (o.whole) as others_whole
        from stepped n join stepped o using (source, quantity, unit, step)
        where n.step = 1 and o.edition <> n.edition and o.tells
        group by all
    ) using (edition, sheet, stem, unit)
)
select numbers, max(step) as step, arg_max(others - others_whole, step) as finer, arg_max(others, step) as others, list_sort(figures) as figures
from compared
where wholes = numbers and numbers * ln((others + 1) / (others_whole + 1)) >= {likelier}
group by all
order by all
