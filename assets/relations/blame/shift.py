"""Blocks of a table that stand one column or row away from where they fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.relations.agreement.engine import Engine
from schemas.rows import AnyRow

# A block is looked at when so many of its relations fail, and moved when so few are left failing.
LEAST_FAILING, MOST_LEFT = 5, 0.2
# Between two rows of a table of one column that fail, and are no further apart, rows are of the same block.
BETWEEN = 100
# Rows down and columns to the right.
STEPS = {
    "one column to the right": (0, 1),
    "one column to the left": (0, -1),
    "one row down": (1, 0),
    "one row up": (-1, 0),
}


@dataclass(frozen=True)
class Shift:
    """A block whose figures fit their neighbours' places.

    edition, stem: the release and the kind of table; figures: those in relations that fail; step: in words
    fits:          for each figure, the period that it fits
    """

    edition: str
    stem: str
    step: str
    before: int
    after: int
    figures: tuple[int, ...]
    fits: dict[int, str]


def shifts(engine: Engine) -> Iterator[Shift]:
    """Every block that moving by one mends, the best step of each."""
    steps = ", ".join(f"({step}, {down}, {across})" for step, (down, across) in enumerate(STEPS.values()))
    engine.connection.execute(f"""
        create or replace temp table explained (fid bigint);
        create or replace temp table step as from (values {steps}) s(step, down, across);
        -- The number of a figure or of an instance at a step, and back.
        create or replace temp macro stepped(number, step) as number * {len(STEPS)} + step;
        create or replace temp macro number_of(stepped) as stepped // {len(STEPS)};
        create or replace temp macro step_of(stepped) as stepped % {len(STEPS)}
    """)
    passed: set[tuple[object, ...]] = set()
    while (block := _worst(engine, passed)) is not None:
        passed.add(tuple(block.values()))
        for best in _moved(engine, block):
            engine.connection.execute("insert into explained select distinct fid from block")
            yield _shift(engine, block, best)


def _worst(engine: Engine, passed: set[tuple[object, ...]]) -> AnyRow | None:
    """The block with most failing relations that no moved block explains, among those not looked at yet."""
    blocks = engine.ask(f"""
        with open_failures as (
            select relation, instance
            from agreed a join given_relation r using (relation) join term t using (relation, instance)
            where not a.agrees and r.blames and r.kind not in ('revision', 'continuity', 'leap')
            group by all
            having count(*) filter (t.fid in (from explained)) = 0
        )
        select edition, stem, sheet
        from open_failures join term using (relation, instance) join grid using (fid)
        group by all
        having count(distinct (relation, instance)) >= {LEAST_FAILING}
        order by count(distinct (relation, instance)) desc, edition, stem, sheet
    """)
    return next((block for block in blocks if tuple(block.values()) not in passed), None)


def _moved(engine: Engine, block: AnyRow) -> Sequence[AnyRow]:
    """The step that mends the block, if any: how many relations fail, and how many with every figure read from its neighbour's
    place. All steps are tried by one query, a figure and a relation standing in it once for each."""
    engine.connection.execute(
        """
        create or replace temp table block as
        select s.step, g.fid, n.x, n.half, n.fid is null as gone
        from grid g
        cross join step s
        left join grid n
            on n.edition = g.edition and n.stem = g.stem and n.sheet = g.sheet and n.r = g.r - s.down and n.c = g.c - s.across
        where g.edition = ? and g.stem = ? and g.sheet = ?
        """,
        [block["edition"], block["stem"], block["sheet"]],
    )
    # Only relations inside the release, of which every figure still has a place.
    engine.connection.execute("""
        create or replace temp table moved_term as
        with touched as (
            select distinct relation, instance
            from term t join given_relation r using (relation) semi join block b using (fid)
            where r.kind not in ('revision', 'continuity', 'leap')
        )
        select t.* replace (stepped(t.instance, step) as instance, stepped(t.fid, step) as fid)
        from touched join term t using (relation, instance) cross join step left join block b using (step, fid)
        qualify not bool_or(coalesce(b.gone, false)) over (partition by relation, t.instance, step)
    """)
    engine.connection.execute("""
        create or replace temp table elsewhere as
        select m.fid, coalesce(b.x, f.x) as x, coalesce(b.half, f.half) as half
        from (select distinct fid from moved_term) m
        join figure f on f.fid = number_of(m.fid)
        left join block b on b.fid = f.fid and b.step = step_of(m.fid)
    """)
    return engine.ask(f"""
        select
            step_of(m.instance) as step, count(*) filter (not a.agrees) as before, count(*) filter (not m.agrees) as after
        from agreement('elsewhere', 'moved_term') m
        join agreed a on a.relation = m.relation and a.instance = number_of(m.instance)
        group by all
        having before >= {LEAST_FAILING} and after <= {MOST_LEFT} * before
        order by after, step
        limit 1
    """)


def _shift(engine: Engine, block: AnyRow, best: AnyRow) -> Shift:
    """The block that a step mends: its figures in relations that fail, and the period that each fits.

    Of a table of one column, of which few figures stand in such relations, those that lie between them too, unless they agree
    exactly with others.
    """
    step, (down, across) = [*STEPS.items()][best["step"]]
    fits = engine.ask(f"""
        with
        failing as (select fid from term join agreed using (relation, instance) where not agrees),
        beside as (
            select
                fid, last_value(if(fails, r, null) ignore nulls) over (order by r) as above,
                last_value(if(fails, r, null) ignore nulls) over (order by r desc) as below
            from (select fid, r, fid in (from failing) as fails from grid semi join block using (fid) where single)
        )
        select g.fid, n.period_start, n.period_end
        from (select distinct fid from block) join grid g using (fid) left join beside using (fid)
        left join (select * from grid) n
            on n.edition = g.edition and n.stem = g.stem and n.sheet = g.sheet and n.r = g.r + {down} and n.c = g.c + {across}
        where g.fid in (from failing) or below - above <= {BETWEEN}
            and g.fid not in (select fid from term semi join holding using (relation, instance))
    """)
    return Shift(
        str(block["edition"]), str(block["stem"]), step, best["before"], best["after"],
        tuple(row["fid"] for row in fits),
        {row["fid"]: f"{row['period_start']} to {row['period_end']}" for row in fits if row["period_start"]},
    )  # fmt: skip
