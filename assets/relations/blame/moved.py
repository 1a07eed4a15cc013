"""Rows and columns whose figures another release prints in the row or column beside: one of the two stands in another place."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.contests import ContestedLine
from assets.relations.blame.instead import NEARER
from assets.relations.blame.lines import LEAST, MORE, exact_elsewhere, vouched

OF_A_POWER = 0.03  # so near is a ratio to a power of ten, in logarithms: 7%


@dataclass(frozen=True)
class MovedLine:
    """A row or column of a sheet, and how many of its figures that can tell are the figures beside."""

    way: str
    side: ContestedLine
    beside: int
    telling: int


def moved_lines(engine: Engine, doubted: Collection[int]) -> Iterator[MovedLine]:
    """Every line that is a neighbour's, by another release; needs the tables of `assets.relations.blame.contests`.

    doubted: figures of which it is known that they stand in another place

    A figure tells where it is much nearer to what the other release prints for one of the two places than to the other. A
    line that agrees exactly with others elsewhere stands where it should.
    """
    rows = engine.answer(__file__, "moved_lines", doubted=sql_numbers(doubted), nearer=NEARER, least=LEAST, more=MORE)
    sides = [ContestedLine.at(engine, row["edition"], row["figures"], row["way"], row["exchanged"]) for row in rows]
    hold = exact_elsewhere(
        engine,
        {str(at): side.figures for at, side in enumerate(sides)},
        {str(at): {*side.beside, *doubted} for at, side in enumerate(sides)},
    )
    for at, (row, side) in enumerate(zip(rows, sides, strict=True)):
        if not vouched(*hold[str(at)]):
            yield MovedLine(row["way"], side, row["beside"], row["telling"])


def changed_places(engine: Engine, figures: Collection[int], way: str) -> set[int]:
    """The lines beside some figures that are much nearer to what another release prints of those, and that no other release
    prints: the two changed places.
    """
    place, along = ("c", "r") if way == "column" else ("r", "c")
    rows = engine.ask(f"""
        with
        known as (
            select g.*, o.x as was
            from grid g join across a using (fid) join figure o on o.fid = a.other
            where a.same_source and g.fid in {sql_numbers(figures)}
        ),
        line as (
            select n.edition, n.sheet, n.stem, n.{place}
            from known g join grid n using (edition, sheet, stem, {along})
            where abs(n.{place} - g.{place}) = 1 and n.fid not in (select fid from across)
            group by all
            having count(*) filter ({NEARER} * abs(n.x - was) < abs(g.x - was)) >= greatest(
                {LEAST}, 1 + {MORE} * count(*) filter ({NEARER} * abs(g.x - was) < abs(n.x - was))
            )
        )
        select fid from grid semi join line using (edition, sheet, stem, {place}) where x is not null
    """)
    return {row["fid"] for row in rows}


def power_of_ten(engine: Engine, figures: Collection[int]) -> int:
    """The power of ten by which most of some figures are larger than another release prints them; 0 where there is none."""
    rows = engine.ask(f"""
        select log10(f.x / o.x) as power
        from figure f join across a using (fid) join figure o on o.fid = a.other
        where a.same_source and f.fid in {sql_numbers(figures)} and f.x > 0 and o.x > 0
    """)
    powers = Counter(round(row["power"]) for row in rows if abs(row["power"] - round(row["power"])) < OF_A_POWER)
    power, most = next(iter(powers.most_common(1)), (0, 0))
    return power if 2 * most > len(rows) else 0
