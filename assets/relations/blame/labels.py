"""Labels in each other's place: headers of characteristics, by the labels of other releases, and names of people, by what
a breakdown says of them."""

from collections.abc import Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import LABEL, DoubtedTogether

# One label may be of two characteristics ("Other").
LEAST = 2
# So many figures of a breakdown must stand in the rows of other people, and more than in their own.
LEAST_ALIKE = 3


def strange_labels(engine: Engine) -> Iterator[DoubtedTogether]:
    """Figures of a characteristic more of whose labels stand under another in other releases than under it.

    One of the releases prints both characteristics, else one may be renamed. The other is as strange if no other release agrees
    with a label of it. Of a label that is said with the one above it ("Asian: Indian") the last part counts.
    """
    rows = engine.ask(rf"""
        with
        said as (
            select
                fid, edition, unnest(string_split(figure.characteristic, '; ')) as own,
                unnest(string_split(given.characteristic_value, '; ')) as label
            from figure join given_figure given using (row_id)
            where x is not null and figure.characteristic is not null
        ),
        labelled as (
            select * replace (lower(trim(regexp_extract(label, '[^:]*$'))) as label) from said where own is not null
        ),
        printed as (
            select *, count(*) over (partition by own, label) > 1 as agrees
            from (select distinct edition, own, label from labelled)
        ),
        header as (
            select edition, own, bool_or(agrees) as agrees, count(*) filter (agrees) as alike from printed group by all
        ),
        strange as (
            select one.edition, one.own, any_value(other.own order by other.own) as other, bool_or(here.agrees) as agrees
            from printed one
            join printed other on other.label = one.label and other.own <> one.own and other.edition <> one.edition
            join header on header.edition = one.edition and header.own = one.own
            left join header here on here.edition = one.edition and here.own = other.own
            left join header there on there.edition = other.edition and there.own = one.own
            where not one.agrees and coalesce(here.own, there.own) is not null
                and (one.edition, other.own, one.label) not in (select (edition, own, label) from printed)
            group by one.edition, one.own, header.alike
            having count(distinct one.label) >= greatest({LEAST}, header.alike + 1)
        ),
        exchanged as (
            select edition, own, other from strange union select edition, other, own from strange where not agrees
        )
        select edition, other, list(fid order by fid) as figures, sum(count(*)) over (partition by edition) as ties
        from (
            select fid, edition, any_value(other order by other) as other
            from labelled join exchanged using (edition, own)
            group by fid, edition
        )
        group by edition, other
        order by all
    """)
    for row in rows:
        reason = (
            f"Other releases print this label under {row['other']}: two headers may have changed places, or a class was"
            " renamed."
        )
        yield DoubtedTogether(LABEL, reason, row["figures"], ties=int(row["ties"]), failing=1)


def exchanged_people(engine: Engine) -> Iterator[DoubtedTogether]:
    """Women and men, or two ages, of a series that a breakdown of its release prints under each other's name.

    A breakdown by sex or age repeats what the rows about those people say. Where more of what it says of some people stands in
    the rows of others, either has the wrong names: all of both is withheld.
    """
    rows = engine.ask(f"""
        with
        about as (
            select
                f.fid, edition, f.series, x, half, g.sex, g.age, f.characteristic, g.characteristic_value,
                unnest(['sex', 'age']) as kind, if(kind = 'sex', g.sex, g.age) as named,
                if(f.characteristic = kind, lower(g.characteristic_value), named) as name,
                hash(f.series, if(kind = 'sex', g.age, g.sex), f.area_code, f.period_start, f.period_end) as beside
            from figure f join given_figure g using (row_id)
            where x is not null
        ),
        alike as (
            select b.edition, b.series, b.kind, b.fid, b.name as one, o.name as other
            from about b join about o using (edition, kind, beside)
            where b.characteristic = b.kind and o.characteristic is null and o.name <> 'all' and abs(b.x - o.x) <= b.half + o.half
        ),
        pair as (
            select edition, series, kind, one, other, count(*) as told
            from alike a
            group by all
            having one <> other and told >= {LEAST_ALIKE} and told > (
                select count(*) from alike own
                where (own.edition, own.series, own.kind, own.one, own.other) = (a.edition, a.series, a.kind, a.one, a.one)
            )
        )
        select
            p.kind, least(p.one, p.other) as one, greatest(p.one, p.other) as other, max(p.told) as told,
            list(distinct a.fid order by a.fid) as figures
        from pair p join about a using (edition, series, kind)
        where a.name in (p.one, p.other) or a.named in (p.one, p.other)
        group by p.edition, p.series, p.kind, least(p.one, p.other), greatest(p.one, p.other)
        order by all
    """)
    for row in rows:
        reason = (
            f"In the breakdown by {row['kind']} {row['told']} figures of {row['one']} or {row['other']} are those of the other's"
            " rows: two names of people may have changed places; all of both is withheld."
        )
        yield DoubtedTogether(LABEL, reason, row["figures"], failing=1)
