"""Two figures, rows or columns that changed places: exchanged, what fails would hold, and what holds still does."""

from collections.abc import Collection, Iterator, Mapping

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import SWAP, DoubtedTogether
from assets.relations.blame.instead import fits
from assets.tables.querying import query

# One relation may fit a neighbour's value by chance; two or more exact ones may not.
LEAST = 2


def in_exact(engine: Engine, failing: Mapping[int, Collection[int]]) -> set[int]:
    """The figures that may be to blame for exact relations that fail; failing: by the keys of the relations."""
    rows = engine.ask("select key from failing join given_relation using (relation) where exact")
    return {fid for row in rows for fid in failing.get(row["key"], ())}


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


def exchanged_lines(engine: Engine, failing: Mapping[int, Collection[int]]) -> Iterator[DoubtedTogether]:
    """Rows or columns beside each other that mend two exact relations in each other's place, and break nothing."""
    fids = sql_numbers(in_exact(engine, failing))
    for way, across in (("row", "column"), ("column", "row")):
        lines = query(__file__, "exchanged_lines", way=way, across=across, failing=fids)
        for number, nearer in fits(engine, lines).items():
            if nearer.mended >= LEAST and not nearer.broken:
                reason = (
                    f"{nearer.mended} relations fail, and hold with this {way} and the one beside it exchanged: the two may have"
                    " changed places."
                )
                figures = [row["fid"] for row in engine.ask(f"select fid from instead where way = {number}")]
                yield DoubtedTogether(SWAP, reason, figures)
