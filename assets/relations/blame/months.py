"""Two months under each other's name: their counts move from the one to the other as those of the year before move back."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import SWAP, DoubtedTogether

# Counts from here on move by more than chance, beside such a part by which seasons differ; so many rows must tell.
COUNTED, SEASON, ROWS = 30, 0.03, 30
# How much likelier the exchange must be, as a logarithm: of 25 pairs of months of two releases, as they were released, the
# worst has 64, and all but one of the others would have 120 to 890 if they were exchanged.
LIKELIER = 100
# Another release prints a column alike of which less than this is otherwise: few offences move within their usual revision.
OTHERWISE = 0.1


def exchanged_months(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """Neighbouring months that fit the season of each other, by the year before or after; their sums say nothing of it.

    Needs the tables of `contests`. Of two years the one changed places that does not fit a third one either; not the one that
    another release prints alike.
    """
    rows = engine.ask(f"""
        with
        month as (
            select g.*
            from grid g
            where x >= {COUNTED} and not long and period_end = last_day(period_start)
                and date_trunc('month', period_end) = period_start and fid not in {sql_numbers(withheld)}
        ),
        season as (
            select
                a.edition, a.sheet, a.stem, [a.c, b.c] as late, [p.c, q.c] as early,
                2 * ln(a.x / b.x) * ln(p.x / q.x) / (1 / a.x + 1 / b.x + 1 / p.x + 1 / q.x + 2 * {SEASON} ^ 2) as likelier
            from month a
            join month b using (edition, sheet, stem, r)
            join month p using (edition, sheet, stem, r)
            join month q using (edition, sheet, stem, r)
            where b.c = a.c + 1 and q.c = p.c + 1
                and p.period_start = a.period_start - interval 1 year
                and q.period_start = b.period_start - interval 1 year
        ),
        exchanged as (
            select edition, sheet, stem, late, early from season group by all
            having count(*) >= {ROWS} and -sum(likelier) >= {LIKELIER}
        ),
        either as (select edition, sheet, stem, late, unnest([late, early]) as pair from exchanged),
        counted as (select *, count(*) over (partition by edition, sheet, stem, pair) as years from either),
        accused as (from counted qualify years = max(years) over (partition by edition, sheet, stem, late)),
        printed as (select fid, bool_or(agrees) as alike from across group by fid)
        select edition, list(fid order by fid) as figures
        from (select distinct edition, sheet, stem, pair, unnest(pair) as c from accused)
        join grid using (edition, sheet, stem, c) left join printed using (fid)
        where x is not null
        group by edition, sheet, stem, pair
        having coalesce(avg(alike::integer), 0) <= 1 - {OTHERWISE}
        order by all
    """)
    for row in rows:
        reason = (
            "These months move against the season of the year before and would move with it if they were exchanged: two"
            " columns may have changed places."
        )
        yield DoubtedTogether(SWAP, reason, tuple(row["figures"]))
