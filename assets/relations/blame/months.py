"""Two months, quarters or years under each other's name: by the season, by the years that quarters make, by the years around."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import SWAP, DoubtedTogether
from assets.relations.blame.instead import NEARER, fits

# Counts from here on move by more than chance, beside such a part by which seasons differ; so many rows must tell.
COUNTED, SEASON, ROWS = 30, 0.03, 30
# How much likelier the exchange must be, as a logarithm: of 25 pairs of months of two releases, as they were released, the
# worst has 64, and all but one of the others would have 120 to 890 if they were exchanged.
LIKELIER = 100
# Another release prints a column alike of which less than this is otherwise: few offences move within their usual revision.
OTHERWISE = 0.1


def exchanged_months(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """Neighbouring months that fit the season of each other, by the year before or after; their sums say nothing of it.

    Needs the tables of `contests`. Of two years the one changed places that does not fit a third one either; not the one that
    another release prints alike.
    """
    rows = engine.answer(
        __file__,
        "exchanged_months",
        counted=COUNTED,
        withheld=sql_numbers(withheld),
        season=SEASON,
        rows=ROWS,
        likelier=LIKELIER,
        otherwise=OTHERWISE,
    )
    for row in rows:
        reason = (
            "These months move against the season of the year before and would move with it if they were exchanged: two"
            " columns may have changed places."
        )
        yield DoubtedTogether(SWAP, reason, tuple(row["figures"]))


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


# A line moves by so much at least from one year to another; of so many. As a logarithm the 85 pairs of years of the Appendix
# tables 2022 to 2025 that have another beside them are likelier by 15 and more as released, and would be by 8 and more exchanged.
STEADY, LINES, LIKELIER_YEARS = 0.02, 20, 8


def exchanged_years(engine: Engine) -> Iterator[DoubtedTogether]:
    """Years after each other of a table of which the offences fit the years around them better with the two exchanged."""
    for row in engine.answer(
        __file__, "exchanged_years", counted=COUNTED, usual=STEADY, rows=LINES, likelier=LIKELIER_YEARS
    ):
        reason = (
            f"{row['offences']} offences move from year to year as they usually do with the years to {row['earlier']} and"
            f" {row['later']} in each other's place, and not as they are printed: the two may have changed places."
        )
        yield DoubtedTogether(SWAP, reason, row["figures"])
