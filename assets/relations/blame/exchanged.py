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
    rows = engine.ask(f"""
        with
        wanted as (
            select
                f.edition, f.area_code, any_value(f.x) as x, max(w.low) as low, min(w.high) as high,
                hash(f.edition, f.series, f.compared, f.period_start, f.period_end) as same, w.fid = w.instance as of_parts,
                count(*) over (partition by f.edition, f.area_code, of_parts) as fails
            from feasible('figure', 'whole') w join figure f using (fid)
            group by f.fid, f.edition, f.area_code, same, of_parts
        ),
        pair as (
            select
                a.edition, a.area_code as one, b.area_code as other, count(*) as mended,
                max(greatest(a.fails, b.fails)) as all_of_them
            from wanted a join wanted b on b.same = a.same and b.of_parts = a.of_parts and b.area_code > a.area_code
            -- A part makes the other whole exactly, or it is another one that changed places.
            where (a.of_parts or off(b.x, a.low, a.high) + off(a.x, b.low, b.high) = 0)
                and {NEARER} * off(b.x, a.low, a.high) < off(a.x, a.low, a.high)
                and {NEARER} * off(a.x, b.low, b.high) < off(b.x, b.low, b.high)
            group by a.edition, one, other, a.of_parts
            having mended >= {LEAST} and mended >= {SHARE} * all_of_them
        )
        select one, other, max(mended) as mended, list(distinct f.fid order by f.fid) as figures
        from pair join figure f on f.edition = pair.edition and split_part(f.area_code, '-', 1) in (one, other)
        where f.x is not null
        group by pair.edition, one, other
        order by all
    """)
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
    rows = engine.ask(f"""
        with
        called as (
            select fid, x, {{'edition': edition, 'sheet': sheet, 'series': series, 'sex': sex}} as name
            from figure where x is not null
        ),
        of_sum as (
            select relation, instance, a.agrees, a.total, a.slack, t.role, f.x, f.name
            from agreed a join given_relation r using (relation) join term t using (relation, instance) join called f using (fid)
            where r.kind = 'sum' and a.form = 'add' and t.scale = 1
        ),
        pair as (
            select
                w.name as whole, p.name as part,
                count(*) filter (not w.agrees and abs(w.total - 2 * (w.x - p.x)) <= w.slack) as mended,
                count(*) filter (w.agrees and w.x <> p.x) as hold
            from of_sum w join of_sum p using (relation, instance)
            where w.role = '+' and p.role = '-' and w.name.edition = p.name.edition
            group by all
            having mended >= {LEAST} and mended > {MORE} * hold
        )
        select mended, list(distinct f.fid order by f.fid) as figures
        from pair join called f on f.name in (whole, part)
        group by whole, part, mended
        order by all
    """)
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
    rows = engine.ask(f"""
        with
        printed as ({printed}),
        pair as (
            select a.edition, a.against, a.name as one, b.name as other, count(*) as counts
            from printed a join printed b using (edition, against, beside)
            where a.name < b.name
            group by all
            having counts >= {LEAST} and sum(abs(a.own - b.there) + abs(b.own - a.there))
                < {enough} * sum(abs(a.own - a.there) + abs(b.own - b.there))
        ),
        told as (
            select edition, one, other, max(counts) as counts, count(*) as releases from pair group by all
            having 2 * releases > (
                select count(distinct against) from printed where printed.edition = pair.edition and printed.name = pair.one
            )
        ),
        failed as (
            select distinct f.edition, {name} as name, key
            from failing join given_relation r using (relation) join term using (relation, instance) join figure f using (fid)
            where r.kind in ('sum', 'rate')
        ),
        blamed as (
            select t.edition, t.one, t.other, t.counts, count(f.key) as fails
            from told t left join failed f on f.edition = t.edition and f.name in (one, other)
            group by t.edition, t.one, t.other, t.counts
            qualify fails = max(fails) over (partition by one, other)
        )
        select one, other, counts, list(f.fid order by f.fid) as figures
        from blamed t join figure f on f.edition = t.edition and {name} in (one, other) and ({too})
        where f.x is not null
        group by t.edition, one, other, counts
        order by all
    """)
    for row in rows:
        yield DoubtedTogether(
            RENAMED,
            f"Another release prints the {row['counts']} figures of {row['one']} and {row['other']} the other way round: two"
            " names may have changed places, there or here; all of both is withheld.",
            tuple(row["figures"]),
        )
