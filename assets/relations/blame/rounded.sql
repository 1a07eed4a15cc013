-- Percentages and rates of a column that are whole numbers throughout, beside other columns of their table with decimals; or of a table,
-- beside other tables of its release, or the same figures in other releases: how much less likely than by chance, as a logarithm.
with
rate as (
    select
        fid, edition, source, g.sheet, g.stem, split_part(g.stem, '.', 1) as kind, c, f.unit,
        series_slot as quantity,
        x <> 0 as tells, tells and regexp_full_match(printed, '-?[0-9,]+(\.0*)?%?') as whole
    from figure f join (select fid, sheet, stem, c from grid where not long) g using (fid)
    where regexp_full_match(printed, '-?[0-9.,]+%?') and (f.unit like 'percent%' or f.unit like 'per\_%' escape '\')
),
by_column as (
    select
        edition, kind, unit, sheet, stem, c, count(*) filter (tells) as numbers, count(*) filter (whole) as wholes, list(fid) as figures
    from rate group by all
),
by_table as (
    select edition, kind, unit, sheet, stem, sum(numbers) as numbers, sum(wholes) as wholes, flatten(list(figures)) as figures
    from by_column group by all
),
compared as (
    select numbers, wholes, figures, sum(numbers) over printed - numbers as others, sum(wholes) over printed - wholes as others_whole
    from by_column window printed as (partition by edition, sheet, stem, unit)
    union all
    select numbers, wholes, figures, sum(numbers) over printed - numbers, sum(wholes) over printed - wholes
    from by_table window printed as (partition by edition, kind, unit)
    union all
    select numbers, wholes, figures, others, others_whole
    from by_table join (
        select n.edition, n.sheet, n.stem, n.unit, count(distinct o.fid) as others, count(distinct o.fid) filter (o.whole) as others_whole
        from rate n join rate o using (source, quantity, unit)
        where o.edition <> n.edition and o.tells
        group by all
    ) using (edition, sheet, stem, unit)
)
select distinct numbers, others - others_whole as decimals, others, list_sort(figures) as figures
from compared
where wholes = numbers and numbers * ln((others + 1) / (others_whole + 1)) >= {likelier}
order by all
