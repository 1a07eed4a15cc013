"""Two figures, rows or columns that changed places: exchanged, what fails would hold, and what holds still does."""

from collections.abc import Collection, Iterator, Mapping

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import SWAP, DoubtedTogether
from assets.relations.blame.instead import NEARER, fits
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


# Two quarters under each other's name: by the years that quarters make.

# So many relations must fit the exchange, and four times as many as fit what is printed: of 72 pairs of quarters as they were
# released half as many do at most.
RELATIONS = 10
# Two quarters of one release, no more than a year apart, each with the figures of the other: the figures are none but those of
# the same area, series and people.
EXCHANGED = """
    with quarter as (
        select fid, edition, area_code, series, hash(sex, age, characteristic, label) as people, period_start, x, half
        from figure where period_type = 'quarter' and compared is null and x is not null
    )
    select
        dense_rank() over (order by a.edition, list_sort([a.period_start, b.period_start])) - 1 as way,
        a.fid, b.x, b.half, a.edition, a.period_start
    from quarter a join quarter b using (edition, area_code, series, people)
    where a.period_start <> b.period_start and abs(a.period_start - b.period_start) <= 366
"""


def exchanged_quarters(engine: Engine) -> Iterator[DoubtedTogether]:
    """Pairs of quarters of a release that fit what is printed of the years around them, each in the place of the other: of those
    that share a quarter the one that fits best."""
    found = fits(engine, EXCHANGED)
    told = {way: it for way, it in found.items() if it.beats(RELATIONS, NEARER)}
    passed = set[int]()
    for way in sorted(told, key=lambda way: (told[way].printed - told[way].instead, way)):
        rows = engine.ask(f"""
            select fid
            from figure semi join (from instead where way = {way}) using (edition, period_start)
            where period_type = 'quarter' and x is not null
        """)
        figures = {row["fid"] for row in rows}
        if passed.isdisjoint(figures):
            passed |= figures
            reason = (
                f"{told[way].instead} relations fit much better with two quarters of this release in each other's place, and"
                f" {told[way].printed} as they are printed: the two may have changed places."
            )
            yield DoubtedTogether(SWAP, reason, figures)
