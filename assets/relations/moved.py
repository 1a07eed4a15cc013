"""Rows and columns whose figures the release before prints in the row or column beside: they stand in another place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assets.relations.engine import Engine
from assets.relations.lines import that_hold

# So many figures say so, and so many times as many as say otherwise; a figure says so that is so many times nearer to the one.
LEAST, MORE, NEARER = 3, 2, 4


@dataclass(frozen=True)
class Moved:
    """A row or column of a sheet: all its figures, and how many of those that can tell are the figures beside."""

    way: str
    beside: int
    telling: int
    figures: tuple[int, ...]


def moved_lines(engine: Engine, doubted: Collection[int]) -> Iterator[Moved]:
    """Every line that is a neighbour's, by the release before; needs the table `grid` of `assets.relations.shift`.

    doubted: figures of which it is known that they stand in another place

    A figure tells where it is much nearer to what the release before prints for one of the two places than to the other. A line
    that agrees exactly with others elsewhere is not withheld: it may be the release before that is wrong.
    """
    rows = engine.ask(f"""
        with
        before as (
            select t.instance as fid, f.x as was
            from term t join given_relation r using (relation) join figure f on f.fid = t.fid
            where r.kind = 'revision' and t.fid <> t.instance and not list_contains({sorted(doubted)}::bigint[], t.fid)
        ),
        known as (from grid join before using (fid)),
        step as (from (values (0, 1), (0, -1), (1, 0), (-1, 0)) s (down, across)),
        told as (
            select
                a.*, down, across, {NEARER} * abs(a.x - b.was) < abs(a.x - a.was) as beside,
                {NEARER} * abs(a.x - a.was) < abs(a.x - b.was) as own
            from known a cross join step
            join known b
                on b.edition = a.edition and b.sheet = a.sheet and b.stem = a.stem and b.r = a.r + down and b.c = a.c + across
            where beside or own
        ),
        line as (
            select
                unnest(['column', 'row']) as way, edition, sheet, unnest([stem, '']) as stem,
                unnest([c, row_number]) as place, beside, own, down, across
            from told
        ),
        moved as (
            select way, edition, sheet, stem, place, down, across, count(*) as telling, count(*) filter (beside) as beside
            from line
            group by way, edition, sheet, stem, place, down, across
            having count(*) filter (beside) >= {LEAST} and count(*) filter (beside) > {MORE} * count(*) filter (own)
        )
        select m.way, max(m.beside) as beside, max(m.telling) as telling, list(distinct g.fid order by g.fid) as figures,
            coalesce(list(distinct o.fid) filter (o.fid is not null), []) as others
        from moved m join grid g
            on g.edition = m.edition and g.sheet = m.sheet and g.x is not null
            and if(m.way = 'row', g.row_number = m.place, g.stem = m.stem and g.c = m.place)
        left join grid o
            on o.edition = g.edition and o.sheet = g.sheet and o.stem = g.stem and o.r = g.r + down and o.c = g.c + across
        group by m.way, m.edition, m.sheet, m.stem, m.place
        order by m.way, m.edition, m.sheet, m.stem, m.place
    """)
    lines, others = ({str(at): row[name] for at, row in enumerate(rows)} for name in ("figures", "others"))
    hold = that_hold(engine, lines, others)
    for at, row in enumerate(rows):
        if hold[str(at)] < LEAST:
            yield Moved(row["way"], row["beside"], row["telling"], tuple(row["figures"]))
