"""Two months under each other's name: their counts move from the one to the other as those of the year before move back."""

from collections.abc import Collection, Iterator

from assets.relations.doubted import SWAP, Finding
from assets.relations.engine import Engine, listed

# Counts from here on move by more than chance, beside such a part by which seasons differ; so many rows must tell.
COUNTED, SEASON, ROWS = 30, 0.03, 30
# How much likelier the exchange must be, as a logarithm: of 25 pairs of months of two releases, as they were released, the
# worst has 64, and all but one of the others would have 120 to 890 if they were exchanged.
LIKELIER = 100


def exchanged_months(engine: Engine, withheld: Collection[int]) -> Iterator[Finding]:
    """Neighbouring months that one release alone prints and that fit the season of each other; their sums say nothing of it.

    Needs the tables of `assets.relations.contests`. If no other release prints those of the year before as they stand here, they
    may be the ones that changed places, and are withheld with them.
    """
    rows = engine.ask(f"""
        with
        month as (
            select g.*
            from grid g
            where x >= {COUNTED} and not long and period_end = last_day(period_start)
                and date_trunc('month', period_end) = period_start and fid not in {listed(withheld)}
        ),
        season as (
            select
                a.edition, a.sheet, a.stem, a.c as one, b.c as other, p.c as one_before, q.c as other_before,
                2 * ln(a.x / b.x) * ln(p.x / q.x) / (1 / a.x + 1 / b.x + 1 / p.x + 1 / q.x + 2 * {SEASON} ^ 2) as likelier
            from month a
            join month b using (edition, sheet, stem, r)
            join month p using (edition, sheet, stem, r)
            join month q using (edition, sheet, stem, r)
            where b.c = a.c + 1 and a.fid not in (select fid from across) and b.fid not in (select fid from across)
                and p.period_start = a.period_start - interval 1 year
                and q.period_start = b.period_start - interval 1 year
        ),
        exchanged as (
            select * exclude (likelier), -sum(likelier) as likelier
            from season group by all
            having count(*) >= {ROWS} and -sum(likelier) >= {LIKELIER}
        )
        select e.edition, e.likelier, list(g.fid order by g.fid) as figures
        from exchanged e join grid g using (edition, sheet, stem)
        where g.x is not null and (
            g.c in (one, other) or g.c in (one_before, other_before) and g.fid not in (select fid from across where agrees)
        )
        group by all
        order by all
    """)
    for row in rows:
        reason = (
            "These months move against the season of the year before and would move with it if they were exchanged: two"
            " columns may have changed places."
        )
        yield Finding(SWAP, reason, tuple(row["figures"]))
