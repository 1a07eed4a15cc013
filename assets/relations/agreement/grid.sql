-- Figures that stand in a cell, by row and column of their printed table, counted from its first. Sums of a long table stand in
-- its column, in no row of it.
create or replace temp table grid as
select
    fid, edition, stem, stem like 'csew.%' as survey, sheet, row_number, column_number, x, half, period_start, period_end,
    dense_rank() over (partition by edition, sheet, stem order by column_number) as c,
    if(cell is null, null, dense_rank() over (partition by edition, sheet, stem order by row_number)) as r,
    coalesce(min(column_number) over printed = max(column_number) over printed, false) and cell is not null as single,
    (single or count(cell) over printed = 0) and count(*) over printed > 100 as long
from (
    select
        * replace (if(stem like 'csew.%', 'csew.' || regexp_extract(series, '[^.]+$'), stem) as stem),
        try_cast(regexp_extract(cell, '[0-9]+$') as integer) as row_number,
        length(regexp_extract(cell, '^[A-Z]+')) * 100000 + list_reduce(
            list_transform(string_split(regexp_extract(cell, '^[A-Z]+'), ''), lambda letter: ascii(letter)),
            lambda a, b: a * 26 + b
        ) as column_number
    from figure
    where cell is null or regexp_full_match(cell, '[A-Z]+[0-9]+')
)
window printed as (partition by edition, sheet, stem)
qualify cell is not null or count(cell) over printed = 0 and long;
