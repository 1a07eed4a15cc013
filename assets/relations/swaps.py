"""Two neighbouring figures that changed places: each sum that holds one of them is out by what the other differs from it."""

from collections.abc import Collection, Mapping

from assets.relations.engine import Engine

# One sum may be out by chance by as much as two neighbours differ; two or more may not.
LEAST = 2


def swapped(engine: Engine, failing: Mapping[int, Collection[int]]) -> list[tuple[int, int]]:
    """Pairs of neighbours in a row or column whose exchange mends every failing sum that they make otherwise, two at least.

    failing: number of an instance (table `failing`) -> its figures; needs the table `grid` of `assets.relations.shift`
    """
    keys = ", ".join(map(str, sorted(failing))) or "null"
    rows = engine.ask(f"""
        with
        out as (
            select f.key, t.fid, if(t.role = '+', 1, -1) * t.scale as sign, f.total, f.slack
            from failing f
            join term t using (relation, instance)
            join given_relation r using (relation)
            where f.form = 'add' and r.kind = 'sum' and f.key in ({keys})
        ),
        touched as (select distinct fid from out),
        pair as (
            select a.fid as one, b.fid as other, a.x - b.x as apart
            from grid a join grid b
                on a.edition = b.edition and a.stem = b.stem and a.sheet = b.sheet
                and (a.r = b.r and abs(a.c - b.c) = 1 or a.c = b.c and abs(a.r - b.r) = 1)
            where a.fid in (from touched) and a.x <> b.x
        ),
        -- What is left of a sum when the two are read in each other's place; both on one side of one sum change nothing.
        mended as (
            select
                p.one, p.other,
                abs(o.total - (o.sign - coalesce(b.sign, 0)) * p.apart) <= o.slack + 1e-6 * abs(p.apart) as fits
            from pair p join out o on o.fid = p.one
            left join out b on b.key = o.key and b.fid = p.other
            where b.sign is distinct from o.sign
        ),
        each as (select one, other, count(*) as sums, bool_and(fits) as fits from mended group by all)
        select least(e.one, e.other) as first, greatest(e.one, e.other) as second
        from each e left join each back on back.one = e.other and back.other = e.one
        where e.fits and coalesce(back.fits, true)
        group by all
        having max(e.sums + coalesce(back.sums, 0)) >= {LEAST}
        order by all
    """)
    return [(row["first"], row["second"]) for row in rows]
