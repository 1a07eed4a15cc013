"""Two releases that print one row or column otherwise: which of the two is in doubt, or both where nothing else tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.instead import NEARER, Nearer, fits
from assets.relations.blame.lines import LEAST, MORE, exact_elsewhere, next_to, vouched

# So far below or above all other periods that they print of its quantity stands what is of another unit.
FAR = 3
TENS = 0.02  # so near to a power of ten, as its logarithm, is what differs by its unit and by usual revisions


@dataclass(frozen=True)
class ContestedLine:
    """A row or column of a release: its figures, and those of the rows or columns that they may have changed places with."""

    edition: str
    figures: tuple[int, ...]
    beside: tuple[int, ...] = ()

    @classmethod
    def at(cls, engine: Engine, edition: str, figures: Collection[int], way: str, exchanged: bool) -> ContestedLine:
        """A line with what stands beside it, if it may have changed places with that and not moved along itself."""
        return cls(edition, tuple(figures), next_to(engine, figures, way) if exchanged else ())


@dataclass(frozen=True)
class Contest:
    """The sides that are in doubt, and does anything tell which."""

    in_doubt: tuple[ContestedLine, ...]
    told: bool

    @property
    def ending(self) -> str:
        """How the reason ends."""
        return (
            " All of it is withheld."
            if self.told
            else " Nothing else tells which of the two is wrong: both are withheld."
        )


def set_out(engine: Engine) -> None:
    """Tables of which contests are made: `across`, figures that two releases print of one quantity, and `placed`, their lines."""
    engine.connection.execute("""
        create or replace temp table across as
        with pair as (
            select a.instance as fid, t.fid as other, a.agrees, r.kind = 'revision' as same_source
            from agreed a join given_relation r using (relation) join term t using (relation, instance)
            join figure f on f.fid = t.fid join figure own on own.fid = a.instance
            where r.blames and r.kind in ('revision', 'twin') and f.edition <> own.edition and f.series = own.series
        )
        from pair union all select other, fid, agrees, same_source from pair;
        create or replace temp table placed as
        select
            fid, edition, long, unnest(if(long, ['column'], ['column', 'row'])) as way, unnest([
                concat_ws('|', 'column', edition, sheet, stem, c),
                if(long, null, concat_ws('|', 'row', edition, sheet, '', row_number))
            ]) as line
        from grid where x is not null;
    """)


def settled(engine: Engine, side: ContestedLine, way: str, explained: Collection[int], least: int) -> Contest:
    """Which is in doubt: a line, the line of another release that says otherwise, or both; the first where no other does.

    explained: figures that are in doubt already; least: so many figures of the other line fail to agree with the first
    """
    other = _opponent(engine, side, way, explained, least)
    return contest(engine, side, other, explained) if other else Contest((side,), told=True)


def _opponent(
    engine: Engine, side: ContestedLine, way: str, explained: Collection[int], least: int
) -> ContestedLine | None:
    """The line of another release that prints most of the figures of one otherwise, with what stands beside it."""
    rows = engine.ask(f"""
        with line as (
            select p.edition, p.line
            from across a join placed p on p.fid = a.other
            where a.fid in {sql_numbers(side.figures)} and a.other not in {sql_numbers(explained)} and p.way = '{way}'
            group by all
            having count(*) filter (not agrees) >= {least}
            order by count(*) filter (not agrees) desc, count(*) desc, p.line limit 1
        )
        select l.edition, list(p.fid order by p.fid) as figures from line l join placed p using (line) group by all
    """)
    return next(
        (ContestedLine.at(engine, row["edition"], row["figures"], way, bool(side.beside)) for row in rows), None
    )


def contest(engine: Engine, side: ContestedLine, other: ContestedLine, explained: Collection[int]) -> Contest:
    """Which of two lines is wrong: by what agrees exactly elsewhere, by other releases, by headers, by other periods."""
    for one_speaks, other_speaks in _evidence(engine, side, other, explained):
        if one_speaks != other_speaks:
            return Contest((other,) if one_speaks else (side,), told=True)
    return Contest((side, other), told=False)


def _evidence(
    engine: Engine, this: ContestedLine, other: ContestedLine, explained: Collection[int]
) -> Iterator[tuple[bool, bool]]:
    """Pair by pair: does something speak for the one, and for the other."""
    sides = {"one": this, "other": other}
    # What changed places with a line speaks for and against it too: each of two exchanged columns may fit one place.
    places, other_places = (sql_numbers({*side.figures, *side.beside}) for side in (this, other))
    engine.connection.execute(f"""
        create or replace temp table contested as
        select distinct fid as one, other
        from across where fid in {places} and other in {other_places}
    """)
    # What is ten or a thousand times the other is of another unit: what it agrees with exactly may be of that unit too.
    if not _of_another_unit(engine):
        exact = exact_elsewhere(
            engine,
            {name: side.figures for name, side in sides.items()},
            {name: {*side.beside, *explained} for name, side in sides.items()},
        )
        (fitting, failed), (other_held, other_failed) = exact["one"], exact["other"]
        yield vouched(fitting, failed), vouched(other_held, other_failed)
        yield other_failed >= LEAST > failed, failed >= LEAST > other_failed
    else:
        beyond, other_beyond = (_beyond_bounds(engine, side) for side in (this, other))
        yield other_beyond >= LEAST > beyond, beyond >= LEAST > other_beyond
    editions = f"('{this.edition}', '{other.edition}')"
    with_other, with_this = (
        fits(
            engine,
            f"select 0 as way, {own} as fid, any_value(f.x) as x, any_value(f.half) as half"
            f" from contested join figure f on f.fid = contested.{its} group by all",
            others=f"fid in (select fid from figure where edition in {editions}) and fid not in {where}",
        ).get(0, Nearer())
        for own, its, where in (("one", "other", places), ("other", "one", other_places))
    )
    both = Nearer(with_other.instead + with_this.printed, with_other.printed + with_this.instead)
    yield both.denied, both.told
    ordered, other_ordered = (not out_of_order(engine, side.figures) for side in (this, other))
    yield ordered, other_ordered
    yield _told(engine, f"""
        with
        near as (
            select f.fid, f.x, min(z.x) as least, max(z.x) as most
            from (select unnest([one, other]) as fid from contested) t
            join figure f using (fid)
            join figure z on z.series = f.series and z.part_slot = f.part_slot and z.period_type = f.period_type
            where z.x is not null and z.fid not in {places} and z.fid not in {other_places}
            group by all
        ),
        far as (select fid, if(x between least / {FAR} and most * {FAR}, 0, 1) as off from near)
        from contested t join far a on a.fid = t.one join far b on b.fid = t.other
        select a.off as from_one, b.off as from_other
    """)  # fmt: skip


def _of_another_unit(engine: Engine) -> bool:
    """Are most of the contested figures so many tens of times each other?"""
    row = engine.ask(f"""
        with apart as (
            select log10(a.x / b.x) as tens
            from contested t join figure a on a.fid = t.one join figure b on b.fid = t.other
            where a.x > 0 and b.x > 0
        )
        select count(*) filter (round(tens) <> 0 and abs(tens - round(tens)) < {TENS}) as tens, count(*) as contested from apart
    """)[0]
    return bool(row["tens"] >= LEAST and MORE * row["tens"] > row["contested"])


def _beyond_bounds(engine: Engine, side: ContestedLine) -> int:
    """How many figures of a line fail what no other release says: more victims than people, say."""
    row = engine.ask(f"""
        select count(distinct fid) as failed
        from failing join term using (relation, instance) join given_relation r using (relation)
        where fid in {sql_numbers(side.figures)} and r.kind in ('bound', 'product', 'rate', 'share')
    """)[0]
    return int(row["failed"])


def _told(engine: Engine, distances: str) -> tuple[bool, bool]:
    """Do figures that are much nearer to the one side than to the other say which is right."""
    counted = engine.ask(f"""
        select
            count(*) filter ({NEARER} * from_one < from_other) as for_one,
            count(*) filter ({NEARER} * from_other < from_one) as for_other
        from ({distances})
    """)[0]
    for_one, for_other = counted["for_one"], counted["for_other"]
    return for_one >= LEAST and for_one > MORE * for_other, for_other >= LEAST and for_other > MORE * for_one


def out_of_order(engine: Engine, figures: Collection[int]) -> set[int]:
    """The columns beside that of some figures with which its periods run against the order of the table: headers exchanged."""
    rows = engine.ask(f"""
        with
        header as (
            select edition, stem, sheet, c, min(period_end) as period
            from grid group by all having count(distinct period_end) = 1
        ),
        step as (
            select *, lead(c) over place as next, sign(lead(period) over place - period) as way from header
            window place as (partition by edition, stem, sheet order by c)
        ),
        against as (
            from step qualify way * sign(sum(way) over (partition by edition, stem, sheet)) < 0
        ),
        own as (select distinct edition, stem, sheet, c from grid where fid in {sql_numbers(figures)})
        select distinct g.fid
        from against a join own o using (edition, stem, sheet)
        join grid g using (edition, stem, sheet)
        where o.c in (a.c, a.next) and g.c in (a.c, a.next) and g.x is not null
    """)
    return {row["fid"] for row in rows}
