-- Two years after each other of a table, each of which fits the years around it better in the place of the other: how much likelier, as
-- a logarithm. What most offences do from one year to another is set aside, so that a common dip says nothing.
with
year as (
    select edition, sheet, hash(edition, sheet, series, part_slot) as line, period_start, period_end, x
    from figure where unit = 'offences' and period_type = 'year' and compared is null and x >= {counted}
),
change as (
    select
        a.edition, a.sheet, line, a.period_end as earlier, b.period_end as later, ln(b.x / a.x) as change,
        b.period_start = a.period_end + 1 as next, 1 / a.x + 1 / b.x as chance
    from year a join year b using (line)
    where b.period_start in (a.period_end + 1, (a.period_end + 1 + interval 1 year)::date)
),
-- As Student's t with three degrees of freedom has it: some offences leap.
moved as (
    select
        c.*, change - median(change) over (partition by edition, sheet, earlier, later) as beside_others,
        2 * ln(1 + beside_others ^ 2 / (3 * (greatest(1.4826 * usual, {usual}) ^ 2 + chance))) as surprise
    from change c join (select line, mad(change) as usual from change where next group by all) using (line)
),
told as (
    select
        pair.edition, pair.sheet, pair.earlier, pair.later, count(*) as offences,
        sum(coalesce(before.surprise - instead_before.surprise, 0) + coalesce(after.surprise - instead_after.surprise, 0)) as likelier
    from moved pair
    left join moved before on before.line = pair.line and before.next and before.later = pair.earlier
    left join moved instead_before
        on instead_before.line = pair.line and not instead_before.next and instead_before.later = pair.later
    left join moved after on after.line = pair.line and after.next and after.earlier = pair.later
    left join moved instead_after
        on instead_after.line = pair.line and not instead_after.next and instead_after.earlier = pair.earlier
    where pair.next
    group by all
    having offences >= {rows} and likelier >= {likelier}
),
-- Of pairs that share a year the likelier one.
best as (
    from told qualify likelier = max(likelier) over (
        partition by edition, sheet order by later range between interval 1 year preceding and interval 1 year following
    )
)
select offences, earlier, later, list(fid order by fid) as figures
from best join figure using (edition, sheet)
where unit = 'offences' and period_type = 'year' and compared is null and period_end in (earlier, later) and x is not null
group by all
order by all
