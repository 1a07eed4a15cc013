"""Sheets that agree with themselves and with nothing else: of another release, or of another unit, as a whole."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import BESIDE, LINE, DoubtedTogether
from assets.relations.blame.lines import LEAST, exact_elsewhere, vouched

# So many other sheets must say so, or one that agrees exactly with a third, and for such a share of what agrees exactly between
# this one and others.
OTHERS, SHARE = 2, 0.5
# Of a table of which so much is withheld all of it is.
MOST = 0.9


def foreign_sheets(engine: Engine, failing: Collection[int]) -> Iterator[DoubtedTogether]:
    """Sheets of which nothing fails inside, and much with two other sheets at least, in several rows and columns.
    Or with one, which agrees exactly with others, where this one does with none.

    All that fails of the others, in the same release, is with it: one cause in the place of many rows and columns of theirs.
    What fails with figures that are withheld says nothing.
    """
    rows = engine.ask(f"""
        with
        open as (select key, fid from failing join term using (relation, instance) where key in {sql_numbers(failing)}),
        met as (select distinct key, edition, sheet from open join grid using (fid)),
        within as (select key from met group by key having count(*) = 1),
        apart as (
            select a.key, a.edition, a.sheet, b.edition as of_other, b.sheet as other
            from met a join met b on b.key = a.key and (b.edition, b.sheet) <> (a.edition, a.sheet)
        ),
        -- What fails with few columns of another sheet is the matter of those columns.
        throughout as (
            select a.edition, a.sheet, a.of_other, a.other
            from apart a join open using (key) join grid g using (fid)
            where g.edition = a.of_other and g.sheet = a.other
            group by all having count(distinct g.c) >= {LEAST}
        ),
        suspect as (
            select
                edition, sheet, count(distinct key) as failures,
                count(distinct (of_other, other)) filter ((edition, sheet, of_other, other) in (from throughout)) as others,
                any_value(of_other) as of_other, any_value(other) as other, (
                    select count(distinct (a.of_other, a.other)) from apart a
                    where a.edition = apart.edition and a.sheet = apart.sheet
                ) as meets
            from apart
            where not exists (
                select 1 from met m
                where m.edition = apart.edition and (
                    m.sheet = apart.sheet and m.key in (from within)
                    or m.sheet = apart.other and apart.of_other = apart.edition
                    and m.key not in (select key from met where edition = apart.edition and sheet = apart.sheet)
                )
            )
            group by edition, sheet
        ),
        placed as (
            select s.edition, s.sheet, s.failures, s.others, s.meets, s.of_other, s.other, g.fid, g.r, g.c, g.stem, g.long
            from suspect s join grid g using (edition, sheet)
            where g.x is not null
        ),
        exactly as (
            select p.edition, p.sheet, t.relation, t.instance, any_value(a.agrees) as agrees
            from placed p join term t using (fid) join agreed a using (relation, instance)
            join given_relation k using (relation)
            anti join in_doubt using (relation, instance)
            where k.blames and exact(k.kind)
            group by all
            having count(*) < any_value(a.figures)
        ),
        told as (
            select edition, sheet from exactly group by all having count(*) filter (not agrees) >= {SHARE} * count(*)
        )
        select
            p.edition, p.failures, p.others, p.meets, list(p.fid order by p.fid) as figures,
            (select list(o.fid) from grid o where o.edition = p.of_other and o.sheet = p.other and o.x is not null) as one_other
        from placed p semi join told using (edition, sheet)
        left join (select distinct fid from open) f using (fid)
        group by p.edition, p.sheet, p.failures, p.others, p.meets, p.of_other, p.other
        having not bool_or(long) and count(distinct r) filter (f.fid is not null) >= {LEAST}
            and count(distinct c) filter (f.fid is not null) >= {LEAST}
        order by p.failures desc, p.edition, p.sheet
    """)
    for row in rows:
        one_other = row["meets"] == 1 and _other_is_vouched_for(engine, row["figures"], row["one_other"])
        if row["others"] >= OTHERS or one_other:
            reason = (
                f"{row['failures']} relations with other sheets fail and none inside this one: it may be of another release or"
                " unit. All of it is withheld."
            )
            yield DoubtedTogether(LINE, reason, row["figures"])


def _other_is_vouched_for(engine: Engine, own: Collection[int], other: Collection[int]) -> bool:
    """Of two sheets that contradict each other, does the other one alone agree exactly with a third?"""
    exact = exact_elsewhere(engine, {"own": own, "other": other}, {"own": other, "other": own})
    return vouched(*exact["other"]) and not vouched(*exact["own"])


def rest_of_tables(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """What is left of tables most of whose figures are withheld: few rows may fail in nothing that is not explained."""
    rows = engine.ask(f"""
        select fid from (
            select *, avg(gone::integer) over (partition by edition, sheet, stem) as share
            from (select *, fid in {sql_numbers(withheld)} as gone from grid where x is not null and not long)
        )
        where not gone and share >= {MOST}
    """)
    yield DoubtedTogether(BESIDE, "Nine tenths of this table are withheld.", {row["fid"] for row in rows}, ties=1)
