-- Rows that follow each other and are, of a period, what an older release prints of another one: how much less likely than by chance, as a
-- logarithm. Of such rows what stands under its own period is of the older release too, where elsewhere in this one most such figures were
-- revised since. A row tells once, whatever is worked out of it, and at most so much.
with
own as (
    select
        fid, edition, vintage_order, sheet, split_part(stem, '.', 1) as kind, row_number, period_start, period_end, compared is null as plain,
        -- A figure that is worked out in full may end otherwise where another program saved it.
        format('{:.11e}', x) as said, series_slot as quantity,
        -- Numbers of as many digits are the same by chance as often as two counts are.
        coalesce(try_cast(left(ltrim(regexp_replace(split_part(printed, 'e', 1), '[^0-9]', '', 'g'), '0'), 15) as bigint), 0) as digits
    from figure join (select fid, row_number from grid) using (fid)
    where x is not null and row_number is not null
),
suspected as (
    select
        n.edition, n.sheet, n.plain, n.period_start, n.period_end, o.edition as older, o.period_start as older_start, o.period_end as older_end
    from own n join own o using (quantity, said)
    where n.digits >= 100 and o.edition <> n.edition and o.vintage_order <= n.vintage_order and o.period_end <> n.period_end
        and abs((o.period_end - o.period_start) - (n.period_end - n.period_start)) <= 3
    group by all having count(distinct n.row_number) >= {least}
),
line as (
    select s.*, n.row_number, bool_and(o.said = n.said) as same, least(0.5 * ln(pi() * greatest(max(n.digits), 1)), {at_most}) as surprise
    from suspected s
    join own n using (edition, sheet, plain, period_start, period_end)
    join own o on (o.edition, o.period_start, o.period_end, o.quantity) = (s.older, s.older_start, s.older_end, n.quantity)
    group by all
),
run as (
    select edition, sheet, plain, period_start, period_end, older, older_end, min(row_number) as top, max(row_number) as bottom
    from (
        select *, count(*) filter (not same) over (
            partition by edition, sheet, plain, period_start, period_end, older, older_start, older_end order by row_number
        ) as part
        from line
    )
    where same
    group by edition, sheet, plain, period_start, period_end, older, older_start, older_end, part
    having count(*) >= {least} and sum(surprise) >= {likelier}
),
-- Two columns that changed places are each as good as the other.
moved as (
    from run r
    anti join run other on (other.edition, other.sheet, other.plain, other.older, other.period_end, other.older_end)
        = (r.edition, r.sheet, r.plain, r.older, r.older_end, r.period_end)
    where older_end < period_end
),
block as (select edition, sheet, older, min(top) as top, max(bottom) as bottom from moved group by all),
again as (
    select
        b.*, n.sheet = b.sheet and n.row_number between b.top and b.bottom as inside, n.kind, n.plain, period_start, period_end,
        count(*) as compared, count(*) filter (n.said = o.said) as same
    from block b
    join own n using (edition)
    join own o using (quantity, period_start, period_end)
    where o.edition = b.older and n.digits >= 100
    group by all
),
unrevised as (
    select i.* from again i
    left join again o on not o.inside and (o.edition, o.sheet, o.older, o.kind, o.plain, o.period_start, o.period_end)
        = (i.edition, i.sheet, i.older, i.kind, i.plain, i.period_start, i.period_end)
    where i.inside and i.same = i.compared
    window whole as (partition by i.edition, i.sheet, i.older, i.kind)
    qualify 2 * sum(o.same) over whole < sum(o.compared) over whole and sum(i.same * ln((o.compared + 2) / (o.same + 1))) over whole >= {likelier}
),
told as (
    select *, false as own from moved
    union all by name select * exclude (inside, kind, compared, same), true as own, period_end as older_end from unrevised
)
select t.own, older, older_end, top, bottom, count(*) as numbers, list(fid order by fid) as figures
from told t join own n using (edition, sheet, plain, period_start, period_end)
where n.row_number between top and bottom
group by t.edition, t.sheet, t.plain, t.period_start, t.period_end, t.own, older, older_end, top, bottom
order by all
