-- The noughts of an area, of an offence or of a whole table of changes that are printed to the last offence. A count N and the one
-- before it are equal by chance once in the root of four pi N, less often where they moved.
with
change as (
    select
        c.fid, c.edition, c.stem, c.series, c.area_code, c.x = 0 as nought,
        if(n.x > 0, least(1, 1 / sqrt(4 * pi() * n.x)), 1) as expected
    from figure c join figure n on n.slot = c.now_slot and n.series = replace(c.series, '_change.', '.')
    where c.compared is not null and c.unit <> 'percentage_points' and n.x is not null and c.half / 100 * n.x < 0.5
)
select list(fid order by fid) filter (nought) as figures, sum(expected) as expected, count(*) filter (nought) as noughts
from change
group by grouping sets ((edition, stem), (edition, stem, area_code), (edition, stem, series))
having noughts >= {least} and noughts > sum(expected)
    and noughts - sum(expected) - noughts * ln(noughts / sum(expected)) < -{unlikely}
order by noughts desc, figures
