-- Pairs of series that leap from every year beside one, and would not with each other's count in it: a sum of both says nothing
-- of that, as it holds either way. A leap to a year that is withheld is known.
create or replace temp view leaps as
from agreed semi join (from given_relation where kind = 'leap') using (relation)
    anti join (select relation, instance from term join withheld using (fid)) using (relation, instance);
with
year_beside as (
    select w.fid, w.instance, max(low) as low, min(high) as high, bool_and(agrees) as agrees
    from feasible('figure', 'leaps') w group by all
),
spike as (
    select f.*, max(low) as low, min(high) as high
    from year_beside y join figure f using (fid)
    group by all having not bool_or(agrees)
)
select a.series as one, b.series as other, a.period_end, [a.fid, b.fid] as figures
from spike a join spike b using (edition, area_code, period_start, period_end)
where a.series < b.series and b.x between a.low and a.high and a.x between b.low and b.high
order by all
