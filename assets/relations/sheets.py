"""Sheets that agree with themselves and with nothing else: of another release, or of another unit, as a whole."""

from collections.abc import Collection, Iterator

from assets.relations.contests import Side
from assets.relations.engine import Engine, listed
from assets.relations.lines import LEAST

# So many other sheets must say so, and for such a share of what agrees exactly between this one and others.
OTHERS, SHARE = 2, 0.5
# Of a table of which so much is withheld all of it is.
MOST = 0.9


def foreign_sheets(engine: Engine, failing: Collection[int]) -> Iterator[tuple[Side, int]]:
    """Sheets of which nothing fails inside, and much with two other sheets at least, in several rows and columns; how much.

    All that fails of the others, in the same release, is with it: one cause in the place of many rows and columns of theirs.
    """
    rows = engine.ask(f"""
        with
        met as (
            select distinct f.key, g.edition, g.sheet
            from failing f join term using (relation, instance) join grid g using (fid)
            where f.key in {listed(failing)}
        ),
        within as (select key from met group by key having count(*) = 1),
        apart as (
            select a.key, a.edition, a.sheet, b.edition as of_other, b.sheet as other
            from met a join met b on b.key = a.key and (b.edition, b.sheet) <> (a.edition, a.sheet)
        ),
        suspect as (
            select edition, sheet, count(distinct key) as failures
            from apart
            where not exists (
                select 1 from met m
                where m.edition = apart.edition and (
                    m.sheet = apart.sheet and m.key in (from within)
                    or m.sheet = apart.other and apart.of_other = apart.edition
                    and m.key not in (select key from met where edition = apart.edition and sheet = apart.sheet)
                )
            )
            group by all
            having count(distinct (of_other, other)) >= {OTHERS}
        ),
        placed as (
            select s.edition, s.sheet, s.failures, g.fid, g.r, g.c, g.stem, g.long
            from suspect s join grid g using (edition, sheet)
            where g.x is not null
        ),
        exactly as (
            select p.edition, p.sheet, t.relation, t.instance, any_value(a.agrees) as agrees
            from placed p join term t using (fid) join agreed a using (relation, instance)
            join given_relation k using (relation)
            where k.blames and exact(k.kind)
            group by all
            having count(*) < any_value(a.figures)
        ),
        told as (
            select edition, sheet from exactly group by all having count(*) filter (not agrees) >= {SHARE} * count(*)
        )
        select p.edition, p.failures, list(p.fid order by p.fid) as figures
        from placed p semi join told using (edition, sheet)
        left join (select distinct fid from failing join term using (relation, instance)) f using (fid)
        group by p.edition, p.sheet, p.failures
        having not bool_or(long) and count(distinct r) filter (f.fid is not null) >= {LEAST}
            and count(distinct c) filter (f.fid is not null) >= {LEAST}
        order by p.failures desc, p.edition, p.sheet
    """)
    for row in rows:
        yield Side(row["edition"], tuple(row["figures"])), row["failures"]


def rest_of_tables(engine: Engine, withheld: Collection[int]) -> set[int]:
    """What is left of tables most of whose figures are withheld: few rows may fail in nothing that is not explained."""
    rows = engine.ask(f"""
        select fid from (
            select *, avg(gone::integer) over (partition by edition, sheet, stem) as share
            from (select *, fid in {listed(withheld)} as gone from grid where x is not null and not long)
        )
        where not gone and share >= {MOST}
    """)
    return {row["fid"] for row in rows}
