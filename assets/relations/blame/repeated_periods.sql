-- Columns of a release that are, figure by figure, what it, or an older release, prints of an earlier period. Counts of few may be the
-- same by chance, and tell nothing. The tables of a survey have few rows each, and are looked at together; those of a long table are
-- columns of each area too.
with
own as (
    -- A figure that is worked out in full may end otherwise where another program saved it.
    select fid, edition, vintage_order, period_start, period_end, format('{:.11e}', x) as said, series_slot as quantity,
        concat_ws('|', if(stem like 'csew.%', 'csew', concat_ws('|', sheet, stem)), compared is null) as whole_table,
        unnest(if(long, [false, true], [false])) as by_area, if(by_area, whole_table || '|' || area_code, whole_table) as of_table,
        length(ltrim(regexp_replace(printed, '[^0-9]', '', 'g'), '0')) as digits
    from figure left join (select fid, long from grid) using (fid) where x is not null
),
alike as (
    select n.edition, n.of_table, n.by_area, n.period_start, n.period_end, o.edition as older, o.period_start as older_start,
        o.period_end as older_end, count(*) as same
    from own n join own o using (quantity, said, by_area)
    where n.digits >= {digits}
        and (o.edition <> n.edition and o.vintage_order <= n.vintage_order or o.edition = n.edition and o.period_end < n.period_end)
        and abs((o.period_end - o.period_start) - (n.period_end - n.period_start)) <= 3
    group by all having count(*) >= {least}
),
repeating as (
    select a.*, count(*) as compared
    from alike a
    join own n using (edition, of_table, period_start, period_end)
    join own o on (o.quantity, o.by_area, o.edition, o.period_start, o.period_end)
        = (n.quantity, n.by_area, a.older, a.older_start, a.older_end)
    where n.digits >= {digits}
    group by all having a.same >= {share} * count(*)
),
-- Two columns that changed places are each as good as the other.
moved as (
    from repeating r
    anti join repeating other on (other.edition, other.of_table, other.older, other.period_end, other.older_end)
        = (r.edition, r.of_table, r.older, r.older_end, r.period_end)
    where r.older_end < r.period_end
),
standing as (select edition, of_table, older, count(*) as columns from repeating where period_end = older_end group by all),
-- Of a table of which more columns moved on than stand where they stood, the others, which are not printed there, moved on too;
-- and of a release of which columns of several tables did, all as far, and none stands.
whole as (
    select m.edition, of_table, m.older, max(older_end) as older_end, sum(same) as same, sum(compared) as compared, count(*) as columns, 1 as tables
    from moved m left join standing s using (edition, of_table, older) where m.older <> m.edition
    group by m.edition, of_table, m.older, s.columns
    having count(*) >= {columns} and count(*) > coalesce(s.columns, 0)
    union all by name
    select edition, older, max(older_end) as older_end, sum(same) as same, sum(compared) as compared, count(*) as columns, count(distinct of_table) as tables
    from moved anti join standing using (edition, older) where older <> edition and not by_area
    group by all
    having count(*) >= {columns} and count(distinct of_table) > 1 and count(distinct date_diff('month', older_end, period_end)) = 1
)
select r.older = r.edition as own, r.older, r.older_end, r.same, r.compared, 1 as columns, 1 as tables, list(n.fid order by n.fid) as figures
from moved r join own n on (n.edition, n.of_table) = (r.edition, r.of_table) and (
    (n.period_start, n.period_end) = (r.period_start, r.period_end)
    -- Of two columns of one release either may have been pasted over.
    or r.older = r.edition and (n.period_start, n.period_end) = (r.older_start, r.older_end)
)
group by all
union all
select false, w.older, w.older_end, w.same, w.compared, w.columns, w.tables, list(distinct n.fid order by n.fid)
from whole w join own n on n.edition = w.edition and (w.tables > 1 or n.of_table = w.of_table)
group by all
order by all
