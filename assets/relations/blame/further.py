"""Rows of a long table that stand one further: a run of them is that of the neighbours, by all other years."""

from collections.abc import Iterator
from math import log

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import SHIFT, DoubtedTogether

# How often a table that is as it should be may have such a run, if its rows vary each by itself. Of the released files of the
# survey, of counts by force and of populations none has one.
BY_CHANCE = 0.01
# No row alone speaks more than so for a run or against it: one may be odd. A run ends where so much speaks against more of it.
AT_MOST = log(20)
STEPS = {1: "above", -1: "below"}


def further(engine: Engine) -> Iterator[DoubtedTogether]:
    """Runs of rows of a table of one column of which each is what the row above (or below) is in other years.

    A row varies about its median of the other years as far as it does in half of them, but at least as half of the rows of the
    table do (Laplace). So of each row it is known how many times likelier it is the neighbour's; those of a run multiply, and
    from each row that it may begin at, a run that multiplies to n has a chance of one in n.
    """
    rows = engine.ask(f"""
        with
        held as (
            select edition, sheet, g.stem, g.r, g.row_number, fid, ln(f.x) as x, f.half / f.x as half,
                hash(f.series, f.unit, f.period_slot, f.period_type, sheet) as kind, f.period_end as year
            from grid g join figure f using (fid, edition, sheet)
            where g.single and f.x > 0
        ),
        usual as (
            select a.*, median(b.x) as own
            from held a left join held b on b.kind = a.kind and b.year <> a.year
            group by all
        ),
        varying as (
            select *, nullif(greatest(
                half, median(abs(x - own)) over (partition by kind), median(abs(x - own)) over (partition by edition, sheet, stem)
            ), 0) as spread
            from usual
        ),
        beside as (select *, unnest([{", ".join(map(str, STEPS))}]) as step from varying),
        likelier as (
            select a.*, abs(a.x - a.own) / a.spread + ln(a.spread) - abs(a.x - b.own) / b.spread - ln(b.spread) as times
            from beside a left join varying b on (b.edition, b.sheet, b.stem, b.r) = (a.edition, a.sheet, a.stem, a.r - a.step)
        ),
        -- What the rows say together, from each that a run may begin at: since the least sum so far.
        summed as (
            select *, if(times is null, 0, greatest(-{AT_MOST}, least({AT_MOST}, times))) as gain,
                sum(gain) over rows_down as total, count(*) over (partition by edition, sheet, stem, step) as table_rows
            from likelier window rows_down as (partition by edition, sheet, stem, step order by r)
        ),
        risen as (
            select *, least(0, min(total) over rows_down) as least, total - least as says
            from summed window rows_down as (partition by edition, sheet, stem, step order by r)
        ),
        run as (
            select edition, sheet, stem, step, least, min(r) filter (says > 0) as first, arg_max(r, says) as last,
                max(says) as says
            from risen
            group by all
            having max(says) > ln(any_value(table_rows) * {len(STEPS)} / {BY_CHANCE})
        ),
        ending as (
            select u.edition, u.sheet, u.stem, u.step, u.first, u.last,
                coalesce(max(n.r) filter (n.r < u.first and n.total > u.least + {AT_MOST}) + 1, 1) as earliest,
                coalesce(min(n.r) filter (n.r > u.last and n.says < u.says - {AT_MOST}) - 1, max(n.r)) as latest
            from run u join risen n using (edition, sheet, stem, step)
            group by all
        )
        select e.step, list(fid order by fid) as figures, min(g.row_number) as top, max(g.row_number) as bottom
        from ending e join grid g using (edition, sheet, stem)
        where g.r between earliest and latest and g.x is not null
        group by e.edition, e.sheet, e.stem, e.step, e.first
        order by figures
    """)
    for row in rows:
        reason = (
            f"In rows {row['top']} to {row['bottom']} the figures are those of the row {STEPS[row['step']]}, by what both are in"
            " other years: they may stand one row further. All of them are withheld, not moved."
        )
        yield DoubtedTogether(SHIFT, reason, tuple(row["figures"]))
