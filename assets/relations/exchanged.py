"""Two areas under each other's name: what fails of each, or what other releases print of it, is much nearer to the other."""

from collections.abc import Collection, Iterator

from assets.relations.contests import NEARER
from assets.relations.doubted import RENAMED, SWAP, Finding
from assets.relations.engine import Engine, listed
from assets.relations.lines import LEAST

# Of the sums of either that fail, such a share must say so: what is left over of a force may stand under its name too.
SHARE = 0.9
# The counts of two areas in so many series together are nearer to each other's in another release, by such a part. Of 1,540 pairs
# in each of 20 pairs of releases of 2018 to 2024 as they were released none is nearer than 0.92. Fewer must be much nearer.
SERIES, OTHERWISE = 10, 0.8


def exchanged_areas(engine: Engine, failing: Collection[int]) -> Iterator[Finding]:
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
        yield Finding(
            SWAP,
            f"{row['mended']} sums of {names} fail and fit the other much better: all of both is withheld.",
            tuple(row["figures"]),
        )


def renamed_areas(engine: Engine) -> Iterator[Finding]:
    """Pairs of areas whose counts in one release are, in logarithms and whatever their years, nearer to what more of the other
    releases print of the other one.

    Of two releases either may be wrong: the one in which more of their sums fail, or both.
    """
    rows = engine.ask(f"""
        with
        count as (
            select edition, area_code, hash(series, period_type) as series, arg_max(x, period_end) as x
            from figure where unit = 'offences' and compared is null and not breakdown and x > 0
            group by all
        ),
        printed as (
            select o.edition, a.edition as against, o.area_code, series, ln(o.x) as own, ln(a.x) as there
            from count o join count a using (area_code, series) where o.edition <> a.edition
        ),
        pair as (
            select a.edition, a.against, a.area_code as one, b.area_code as other, count(*) as counts
            from printed a join printed b using (edition, against, series)
            where a.area_code < b.area_code
            group by all
            having counts >= {LEAST} and sum(abs(a.own - b.there) + abs(b.own - a.there))
                < if(counts >= {SERIES}, {OTHERWISE}, 1 / {NEARER}) * sum(abs(a.own - a.there) + abs(b.own - b.there))
        ),
        told as (
            select edition, one, other, max(counts) as counts, count(*) as releases from pair group by all
            having 2 * releases > (
                select count(distinct against) from printed where printed.edition = pair.edition and printed.area_code = pair.one
            )
        ),
        failed as (
            select distinct f.edition, f.area_code, key
            from failing join given_relation r using (relation) join term using (relation, instance) join figure f using (fid)
            where r.kind = 'sum'
        ),
        blamed as (
            select t.edition, t.one, t.other, t.counts, count(f.key) as fails
            from told t left join failed f on f.edition = t.edition and f.area_code in (one, other)
            group by t.edition, t.one, t.other, t.counts
            qualify fails = max(fails) over (partition by one, other)
        )
        select one, other, counts, list(f.fid order by f.fid) as figures
        from blamed t join figure f on f.edition = t.edition and split_part(f.area_code, '-', 1) in (one, other)
        where f.x is not null
        group by t.edition, one, other, counts
        order by all
    """)
    for row in rows:
        yield Finding(
            RENAMED,
            f"Another release prints the {row['counts']} counts of {row['one']} and {row['other']} the other way round: two names"
            " may have changed places, there or here; all of both is withheld.",
            tuple(row["figures"]),
        )
