"""Rows and columns that agree with nothing but what is withheld: they were made of the same wrong figures."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubted import RESTING, DoubtedTogether
from assets.relations.blame.lines import LEAST, vouched


def resting(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """The figures of such lines that are not withheld yet; needs the tables `failing` and `withheld`, and `placed` of
    `assets.relations.blame.contests`.

    Where all else of an exact relation is withheld, and some of it fails elsewhere, the line is as wrong as that: rates that
    agree with counts which do not make their country were made of them.
    """
    rows = engine.ask(f"""
        with
        blamed as (from withheld semi join (from term semi join failing using (relation, instance)) using (fid)),
        instance as (
            select relation, instance, count(*) as figures, count(w.fid) as gone
            from term
            semi join (
                from agreed join given_relation r using (relation) where agrees and exact(r.kind)
            ) using (relation, instance)
            left join withheld w using (fid)
            group by all
        ),
        wrong as (from instance semi join (from term semi join blamed using (fid)) using (relation, instance)),
        line as (from placed semi join (
            select line from placed join term using (fid) semi join wrong using (relation, instance)
            group by line having count(distinct fid) >= {LEAST}
        ) using (line)),
        met as (
            select line, relation, instance, count(*) as own
            from line join term using (fid) where fid not in (from withheld) group by all
        ),
        counted as (
            select
                line, count(*) filter (gone > 0 and own + gone = figures and w.relation is not null) as told,
                count(*) filter (gone = 0 and own < figures) as held
            from met join instance using (relation, instance)
            left join (select relation, instance from wrong) w using (relation, instance)
            group by line
        )
        select told, held, list(p.fid) as figures
        from counted join line p using (line)
        where told >= {LEAST}
        group by line, told, held
    """)
    made = {fid for row in rows if not vouched(row["held"], row["told"]) for fid in row["figures"]}
    reason = "Agrees with nothing but figures that are withheld and fail elsewhere: made of them, it is as wrong."
    yield DoubtedTogether(RESTING, reason, made.difference(withheld), ties=1)
