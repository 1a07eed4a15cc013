"""Two quarters under each other's name: by the years that quarters make."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import SWAP, DoubtedTogether
from assets.relations.blame.instead import NEARER, fits

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
