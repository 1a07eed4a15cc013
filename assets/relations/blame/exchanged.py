"""Two areas, offences, measures or sexes under each other's name: what fails of each, or what others print, fits the other."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.contests import NEARER
from assets.relations.blame.doubted import RENAMED, SWAP, DoubtedTogether
from assets.relations.blame.lines import LEAST, MORE

# Of the sums of either that fail, such a share must say so: what is left over of a force may stand under its name too.
SHARE = 0.9
# The counts of two areas in so many series together are nearer to each other's in another release, by such a part. Of 1,540 pairs
# in each of 20 pairs of releases of 2018 to 2024 as they were released none is nearer than 0.92. Fewer must be much nearer.
SERIES, OTHERWISE = 10, 0.8


def exchanged_areas(engine: Engine, failing: Collection[int]) -> Iterator[DoubtedTogether]:
    """Pairs of areas of one release whose parts make the other much better, in the same offences and periods."""
    engine.connection.execute(f"""
        create or replace temp macro off(x, low, high) as greatest(low - x, x - high, 0);
        create or replace temp table whole as
        select f.* from failing f join given_relation r using (relation)
        where f.key in {sql_numbers(failing)} and r.kind = 'sum' and r.form = 'add'
    """)
    rows = engine.answer(__file__, "exchanged_areas", nearer=NEARER, least=LEAST, share=SHARE)
    for row in rows:
        names = f"{row['one']} and {row['other']}"
        yield DoubtedTogether(
            SWAP,
            f"{row['mended']} sums of {names} fail and fit the other much better: all of both is withheld.",
            tuple(row["figures"]),
        )


def part_and_whole(engine: Engine) -> Iterator[DoubtedTogether]:
    """Names of which one is part of the other, women and all people for instance, exchanged: the sums fail as they are called and
    hold, to the last digit, the other way round."""
    rows = engine.answer(__file__, "part_and_whole", least=LEAST, more=MORE)
    for row in rows:
        reason = (
            f"{row['mended']} sums fail, and hold with a part under the name of the whole: the two names may have changed places;"
            " all of both is withheld."
        )
        yield DoubtedTogether(RENAMED, reason, tuple(row["figures"]))


# What two releases print of a thing under the name of each row beside it: areas by their offences, whatever the year; offences
# by area, of the year that one of the two compares with.
AREAS = """
    with count as (
        select edition, area_code, hash(series, period_type) as series, arg_max(x, period_end) as x
        from figure where unit = 'offences' and compared is null and not breakdown and x > 0
        group by all
    )
    select o.edition, a.edition as against, o.area_code as name, series as beside, ln(o.x) as own, ln(a.x) as there
    from count o join count a using (area_code, series) where o.edition <> a.edition
"""
# Offences by area, in the last period of each, where there is no change to say what the year before was.
OFFENCES_BY_AREA = f"""
    with count as (
        select edition, hash(area_code, period_type) as beside, series, arg_max(x, period_end) as x
        from figure where series like 'prc.ho_pfa.%' and compared is null and not breakdown and x >= {SERIES}
        group by all
    )
    select o.edition, a.edition as against, series as name, beside, ln(o.x) as own, ln(a.x) as there
    from count o join count a using (series, beside) where o.edition <> a.edition
"""
COMPARED = """
    with compared as (
        select
            n.edition, o.edition as against, n.series as name, n.area_code as beside, n.x, 1 + c.x / 100 as change,
            o.x as before
        from figure c
        join figure n on n.slot = c.now_slot and n.series = replace(c.series, '_change.', '.')
        join figure o on o.quantity_slot = c.base_quantity_slot and o.series = n.series and o.edition <> n.edition
        where c.unit = 'percent' and c.x > -100 and n.x > 0 and o.x > 0
    )
"""
# The changes changed places with the counts, or they did not.
OFFENCES = (
    f"""
    {COMPARED}
    select edition, against, name, beside, ln(x / change) as own, ln(before) as there from compared
    union all select against, edition, name, beside, ln(before), ln(x / change) from compared
    """,
    f"{COMPARED} select edition, against, name, beside, ln(x) as own, ln(before * change) as there from compared",
)
# Percentages of the survey within two years of each other, of the same people but for what names them.
SURVEY = """
    with percent as (
        select edition, series, sex, hash(age, area_code) as who, period_end, ln(x) as x
        from figure where series like 'csew.%.prevalence' and compared is null and not breakdown and x > 0
    )
    select o.edition, a.edition as against, o.{name} as name, hash(o.{beside}, who, o.period_end, a.period_end) as beside,
        o.x as own, a.x as there
    from percent o join percent a using (series, sex, who)
    where o.edition <> a.edition and abs(a.period_end - o.period_end) <= 731
"""


def renamed(engine: Engine) -> Iterator[DoubtedTogether]:
    """Pairs of areas, of offences, or of measures or sexes of the survey, whose figures in one release are, in logarithms, nearer
    to what more of the other releases print of the other one.

    Of two releases either may be wrong: the one in which more of their sums and rates fail, or both.
    """
    enough = f"if(counts >= {SERIES}, {OTHERWISE}, 1 / {NEARER})"
    yield from _renamed(engine, AREAS, "split_part(f.area_code, '-', 1)", "true", enough)
    enough_areas = f"if(counts >= {SERIES}, 1 / {NEARER}, 0)"
    yield from _renamed(engine, OFFENCES_BY_AREA, "f.series", "true", enough_areas)
    # Rates and changes may stand under the right name; those that agree with the counts do not.
    agree = """f.series in (one, other) or (f.edition, f.series) in (
        select f.edition, f.series
        from figure f join term using (fid) join agreed using (relation, instance) join given_relation r using (relation)
        where r.kind in ('rate', 'change') group by all having count(*) filter (agrees) > count(*) filter (not agrees)
    )"""
    name, exchanged = r"regexp_replace(f.series, '_(change|rate)\.', '.')", set[int]()
    for printed in OFFENCES:
        for finding in _renamed(engine, printed, name, agree, f"1 / {NEARER}"):
            if exchanged.isdisjoint(finding.figures):
                exchanged.update(finding.figures)
                yield finding
    for named, beside, of in (("series", "sex", "f.series"), ("sex", "series", "f.about")):
        printed = SURVEY.format(name=named, beside=beside)
        yield from _renamed(engine, printed, of, "f.series like 'csew.%'", f"1 / {NEARER}")


def _renamed(engine: Engine, printed: str, name: str, too: str, enough: str) -> Iterator[DoubtedTogether]:
    """name: what a figure f is of, as `printed` says it; too: which figures of it go; enough: so much nearer"""
    rows = engine.answer(__file__, "renamed", printed=printed, least=LEAST, enough=enough, name=name, too=too)
    for row in rows:
        yield DoubtedTogether(
            RENAMED,
            f"Another release prints the {row['counts']} figures of {row['one']} and {row['other']} the other way round: two"
            " names may have changed places, there or here; all of both is withheld.",
            tuple(row["figures"]),
        )
