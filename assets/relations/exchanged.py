"""Two areas under each other's name: what fails of each is made of figures much nearer to those of the other."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assets.relations.contests import NEARER
from assets.relations.engine import Engine, listed
from assets.relations.lines import LEAST

# Of the sums of either that fail, such a share must say so: what is left over of a force may stand under its name too.
SHARE = 0.9


@dataclass(frozen=True)
class Exchanged:
    """Two areas of a release and all their figures in it; so many sums of each fit those of the other much better."""

    names: tuple[str, str]
    mended: int
    figures: tuple[int, ...]


def exchanged_areas(engine: Engine, failing: Collection[int]) -> Iterator[Exchanged]:
    """Pairs of areas of one release whose parts make the other much better, in the same offences and periods."""
    engine.connection.execute(f"""
        create or replace temp macro off(x, low, high) as greatest(low - x, x - high, 0);
        create or replace temp table whole as
        select f.* from failing f join given_relation r using (relation)
        where f.key in {listed(failing)} and r.kind = 'sum' and r.form = 'add'
    """)
    rows = engine.ask(f"""
        with
        wanted as (
            select
                f.edition, f.area_code, any_value(f.x) as x, max(w.low) as low, min(w.high) as high,
                hash(f.edition, f.series, f.compared, f.period_start, f.period_end) as same,
                count(*) over (partition by f.edition, f.area_code) as fails
            from feasible('figure', 'whole') w join figure f using (fid)
            where w.fid = w.instance
            group by f.fid, f.edition, f.area_code, same
        ),
        pair as (
            select
                a.edition, a.area_code as one, b.area_code as other, count(*) as mended,
                max(greatest(a.fails, b.fails)) as all_of_them
            from wanted a join wanted b on b.same = a.same and b.area_code > a.area_code
            where {NEARER} * off(b.x, a.low, a.high) < off(a.x, a.low, a.high)
                and {NEARER} * off(a.x, b.low, b.high) < off(b.x, b.low, b.high)
            group by all
            having mended >= {LEAST} and mended >= {SHARE} * all_of_them
        )
        select one, other, mended, list(f.fid order by f.fid) as figures
        from pair join figure f on f.edition = pair.edition and split_part(f.area_code, '-', 1) in (one, other)
        where f.x is not null
        group by all
        order by all
    """)
    for row in rows:
        yield Exchanged((row["one"], row["other"]), row["mended"], tuple(row["figures"]))
