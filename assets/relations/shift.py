"""Blocks of a table that stand one column or row away from where they fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from assets.relations.engine import Engine
from schemas.rows import AnyRow

# A block is looked at when so many of its relations fail, and moved when so few are left failing.
LEAST_FAILING, MOST_LEFT = 5, 0.2
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
    engine.connection.execute("""
        create or replace temp table grid as
        select
            fid, edition, stem, stem like 'csew.%' as survey, sheet, row_number, column_number, x, half, period_start, period_end,
            dense_rank() over (partition by edition, sheet, stem order by column_number) as c,
            dense_rank() over (partition by edition, sheet, stem order by row_number) as r,
            min(column_number) over printed = max(column_number) over printed and count(*) over printed > 100 as long
        from (
            select
                * replace (if(stem like 'csew.%', 'csew.' || regexp_extract(series, '[^.]+$'), stem) as stem),
                try_cast(regexp_extract(cell, '[0-9]+$') as integer) as row_number,
                length(regexp_extract(cell, '^[A-Z]+')) * 100000 + list_reduce(
                    list_transform(string_split(regexp_extract(cell, '^[A-Z]+'), ''), lambda letter: ascii(letter)),
                    lambda a, b: a * 26 + b
                ) as column_number
            from figure
            where regexp_full_match(cell, '[A-Z]+[0-9]+')
        )
        window printed as (partition by edition, sheet, stem)
    """)
    engine.connection.execute("create or replace temp table explained (fid bigint)")
    passed: set[tuple[object, ...]] = set()
    while (block := _worst(engine, passed)) is not None:
        passed.add(tuple(block.values()))
        moved = {step: _moved(engine, block, step) for step in STEPS}
        step, (before, after) = min(moved.items(), key=lambda one: one[1][1])
        if before >= LEAST_FAILING and after <= MOST_LEFT * before:
            engine.connection.execute("insert into explained from (select fid from block)")
            yield _shift(engine, block, step, before, after)


def _worst(engine: Engine, passed: set[tuple[object, ...]]) -> AnyRow | None:
    """The block with most failing relations that no moved block explains, among those not looked at yet."""
    blocks = engine.ask(f"""
        with open_failures as (
            select relation, instance
            from agreed a join given_relation r using (relation) join term t using (relation, instance)
            where not a.agrees and r.blames and r.kind not in ('revision', 'continuity')
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


def _moved(engine: Engine, block: AnyRow, step: str) -> tuple[int, int]:
    """How many relations of the block fail, and how many with every figure read from its neighbour's place."""
    down, right = STEPS[step]
    names = (block["edition"], block["stem"], block["sheet"])
    connection = engine.connection
    connection.execute(
        """
        create or replace temp table block as
        select g.fid, n.x, n.half, n.fid is null as gone
        from grid g
        left join grid n
            on n.edition = g.edition and n.stem = g.stem and n.sheet = g.sheet and n.r = g.r - ? and n.c = g.c - ?
        where g.edition = ? and g.stem = ? and g.sheet = ?
        """,
        [down, right, *names],
    )
    # Only relations inside the release, of which every figure still has a place.
    connection.execute("""
        create or replace temp table of_block as
        select relation, instance
        from term t join given_relation r using (relation) left join block b using (fid)
        where r.kind not in ('revision', 'continuity')
        group by all
        having count(b.fid) > 0 and not coalesce(bool_or(b.gone), false)
    """)
    connection.execute("""
        create or replace temp table elsewhere as
        select f.fid, coalesce(b.x, f.x) as x, coalesce(b.half, f.half) as half
        from figure f left join block b using (fid)
        where f.fid in (select fid from term semi join of_block using (relation, instance))
    """)
    connection.execute("""
        create or replace temp table moved as
        from agreement('elsewhere') semi join of_block using (relation, instance)
    """)
    counted = engine.ask("""
        select
            count(*) filter (not a.agrees) as before, count(*) filter (not m.agrees) as after
        from moved m join agreed a using (relation, instance)
    """)[0]
    return counted["before"], counted["after"]


def _shift(engine: Engine, block: AnyRow, step: str, before: int, after: int) -> Shift:
    """The block that a step mends: its figures in relations that fail, and the period that each fits."""
    down, right = STEPS[step]
    fits = engine.ask(f"""
        select g.fid, n.period_start, n.period_end
        from block b join grid g using (fid)
        left join (select * from grid) n
            on n.edition = g.edition and n.stem = g.stem and n.sheet = g.sheet and n.r = g.r + {down} and n.c = g.c + {right}
        where g.fid in (select fid from term join agreed using (relation, instance) where not agrees)
    """)
    return Shift(
        str(block["edition"]), str(block["stem"]), step, before, after,
        tuple(row["fid"] for row in fits),
        {row["fid"]: f"{row['period_start']} to {row['period_end']}" for row in fits if row["period_start"]},
    )  # fmt: skip
