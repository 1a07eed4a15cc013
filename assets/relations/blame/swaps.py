"""Two figures, rows or columns that changed places: exchanged, what fails would hold, and what holds still does."""

from collections.abc import Collection, Iterator, Mapping

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import SWAP, DoubtedTogether
from assets.relations.blame.instead import fits
from assets.tables.querying import query

# One relation may fit a neighbour's value by chance; two or more exact ones may not.
LEAST = 2


def swapped(engine: Engine, failing: Mapping[int, Collection[int]]) -> list[tuple[int, int]]:
    """Pairs of a row or column whose exchange mends all failing exact relations, two at least, and breaks none: neighbours, and
    further apart two that both fail.

    failing: number of an instance (table `failing`) -> its figures; needs the table `grid` of `assets.relations.blame.shift`
    """
    engine.connection.execute(f"""
        create or replace temp table exact as
        select f.*
        from failing f join given_relation r using (relation)
        where f.key in {sql_numbers(failing)} and r.exact
    """)
    engine.connection.execute(query(__file__, "swapped", least=LEAST))
    rows = engine.ask("""
        with
        kept_by as (select * from feasible('figure', 'kept')),
        broken as (
            select c.one, c.other
            from changed c
            join kept_by k on k.fid in (c.one, c.other)
            join figure f on f.fid = if(k.fid = c.one, c.other, c.one)
            where
                f.x not between k.low and k.high
                and not exists (select 1 from term t where t.relation = k.relation and t.instance = k.instance and t.fid = f.fid)
        )
        from changed anti join broken using (one, other) order by all
    """)
    return [(row["one"], row["other"]) for row in rows]


# Two neighbouring rows or columns of a sheet that fail exact relations, each figure with that of the other one beside it.
LINES = """
    with
    line as (
        select edition, sheet, {way}_number as line, bool_or(fid in {failing}) as fails
        from grid where not long and r is not null group by all
    ),
    pair as (
        select row_number() over (order by edition, sheet, line) - 1 as way, edition, sheet, line as one, next as other
        from (select *, lead(line) over beside as next, lead(fails) over beside as next_fails from line
            window beside as (partition by edition, sheet order by line)) where fails and next_fails
    )
    select p.way, this.fid, that.x, that.half
    from pair p
    join grid this on this.edition = p.edition and this.sheet = p.sheet and this.{way}_number in (p.one, p.other)
    join grid that
        on that.edition = p.edition and that.sheet = p.sheet and that.{across}_number = this.{across}_number
        and that.{way}_number = if(this.{way}_number = p.one, p.other, p.one)
    where this.x is not null and that.x is not null
"""


def exchanged_lines(engine: Engine, failing: Mapping[int, Collection[int]]) -> Iterator[DoubtedTogether]:
    """Rows or columns beside each other that mend two exact relations in each other's place, and break nothing."""
    rows = engine.ask("select key from failing join given_relation using (relation) where exact")
    fids = sql_numbers({fid for row in rows for fid in failing.get(row["key"], ())})
    for way, across in (("row", "column"), ("column", "row")):
        for number, nearer in fits(engine, LINES.format(way=way, across=across, failing=fids)).items():
            if nearer.mended >= LEAST and not nearer.broken:
                reason = (
                    f"{nearer.mended} relations fail, and hold with this {way} and the one beside it exchanged: the two may have"
                    " changed places."
                )
                figures = [row["fid"] for row in engine.ask(f"select fid from instead where way = {number}")]
                yield DoubtedTogether(SWAP, reason, figures)
