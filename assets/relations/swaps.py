"""Two neighbouring figures that changed places: what fails of each would hold with the value of the other."""

from collections.abc import Collection, Mapping

from assets.relations.engine import Engine, listed

# One relation may fit a neighbour's value by chance; two or more exact ones may not.
LEAST = 2


def swapped(engine: Engine, failing: Mapping[int, Collection[int]]) -> list[tuple[int, int]]:
    """Pairs of neighbours in a row or column whose exchange mends every failing exact relation of one of them, two at least.

    failing: number of an instance (table `failing`) -> its figures; needs the table `grid` of `assets.relations.shift`
    """
    engine.connection.execute(f"""
        create or replace temp table exact as
        select f.*
        from failing f join given_relation r using (relation)
        where f.key in {listed(failing)} and exact(r.kind)
    """)
    rows = engine.ask(f"""
        with
        wanted as (
            select e.key, w.fid, w.low, w.high from feasible('figure', 'exact') w join exact e using (relation, instance)
        ),
        pair as (
            select a.fid as one, b.fid as other, b.x as value
            from grid a join grid b
                on a.edition = b.edition and a.stem = b.stem and a.sheet = b.sheet
                and (a.r = b.r and abs(a.c - b.c) = 1 or a.c = b.c and abs(a.r - b.r) = 1)
            where a.fid in (select fid from wanted) and a.x <> b.x
        ),
        each as (
            select p.one, p.other, count(*) as relations, bool_and(p.value between w.low and w.high) as fits
            from pair p join wanted w on w.fid = p.one
            where not exists (select 1 from wanted b where b.key = w.key and b.fid = p.other)
            group by all
        )
        select least(e.one, e.other) as first, greatest(e.one, e.other) as second
        from each e left join each back on back.one = e.other and back.other = e.one
        where e.fits and coalesce(back.fits, true)
        group by all
        having max(e.relations + coalesce(back.relations, 0)) >= {LEAST}
        order by all
    """)
    return [(row["first"], row["second"]) for row in rows]
