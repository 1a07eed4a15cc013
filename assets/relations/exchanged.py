"""Two areas under each other's name: what fails of each, or what other releases print of it, is much nearer to the other."""

from collections.abc import Collection, Iterator

from assets.relations.contests import NEARER
from assets.relations.doubted import RENAMED, SWAP, Finding
from assets.relations.engine import Engine, listed
from assets.relations.lines import LEAST, MORE

# Of the sums of either that fail, such a share must say so: what is left over of a force may stand under its name too.
SHARE = 0.9
# An area whose counts are not so many times as many or few as in another release is looked at no further.
OFF = 1.2


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
    """Pairs of areas whose counts in one release are those of the other in more releases than print them alike: in two thirds of
    the series, whatever their years, each is much nearer to what the other one has there.

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
        strange as (
            from printed semi join (
                select edition, against, area_code from printed
                group by all having count(*) >= {LEAST} and count(*) <= {MORE} * count(*) filter (abs(own - there) > ln({OFF}))
            ) using (edition, against, area_code)
        ),
        pair as (
            select
                a.edition, a.against, a.area_code as one, b.area_code as other, count(*) as series, count(*) filter (
                    {NEARER} * abs(a.own - b.there) < abs(a.own - a.there)
                    and {NEARER} * abs(b.own - a.there) < abs(b.own - b.there)
                ) as fits
            from strange a join strange b using (edition, against, series)
            where a.area_code < b.area_code
            group by all
            having fits >= {LEAST} and fits > {MORE} * (series - fits)
        ),
        told as (
            select edition, one, other, max(fits) as fits, count(*) as releases from pair group by all
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
            select t.edition, t.one, t.other, t.fits, count(f.key) as fails
            from told t left join failed f on f.edition = t.edition and f.area_code in (one, other)
            group by t.edition, t.one, t.other, t.fits
            qualify fails = max(fails) over (partition by one, other)
        )
        select one, other, fits, list(f.fid order by f.fid) as figures
        from blamed t join figure f on f.edition = t.edition and split_part(f.area_code, '-', 1) in (one, other)
        where f.x is not null
        group by t.edition, one, other, fits
        order by all
    """)
    for row in rows:
        yield Finding(
            RENAMED,
            f"Another release prints {row['fits']} counts of {row['one']} under {row['other']} and the reverse: two names may"
            " have changed places, there or here; all of both is withheld.",
            tuple(row["figures"]),
        )
