"""Other values in the place of some figures: do they fit what else is printed, or do those that stand there."""

from collections.abc import Mapping
from dataclasses import dataclass

from assets.relations.agreement.engine import Engine
from assets.relations.blame.lines import LEAST, MORE

# So many times as near to the one as to the other is what a figure says.
NEARER = 4


@dataclass(frozen=True)
class Nearer:
    """How many relations are much nearer to what they say with other values instead, and how many as it is printed; how many
    exact ones hold with the one alone, and how many relations with the other."""

    instead: int = 0
    printed: int = 0
    mended: int = 0
    broken: int = 0

    def beats(self, least: int, times: float) -> bool:
        """Do so many fit the other values, and more than so many times as fit those that are printed?"""
        return self.instead >= least and self.instead > times * self.printed

    @property
    def told(self) -> bool:
        """Do the other values fit, and not those that are printed."""
        return self.beats(LEAST, MORE)

    @property
    def denied(self) -> bool:
        """The other way round."""
        return Nearer(self.printed, self.instead).told


def fits(engine: Engine, instead: str, others: str = "false") -> Mapping[int, Nearer]:
    """Way -> how what is printed elsewhere fits other values, by all relations of the figures that are no mere bounds: four
    quarters and the year that they make, say.

    instead: query of ways (way, from nought), figures (fid) and the values to try in their stead (x, half); others: which of all
    figures nothing is to be asked of
    """
    [(tried,)] = engine.connection.execute(f"create or replace temp table instead as {instead}").fetchall()
    if not tried:
        return {}
    engine.connection.execute(f"""
        create or replace temp macro along(number, along_way) as number * (select max(way) + 1 from instead) + along_way;
        create or replace temp table asked as
        select
            i.way, t.* replace (along(t.instance, way) as instance, along(t.fid, way) as fid), t.instance as of_instance,
            t.fid as of_fid
        from term t
        join (
            select distinct way, relation, instance
            from term join given_relation r using (relation) join instead using (fid)
            where r.form in ('add', 'mul', 'share') and r.kind not in ('bound', 'continuity', 'leap')
        ) i using (relation, instance)
        anti join in_doubt using (relation, instance)
        anti join (select relation, instance from term where {others}) using (relation, instance);
        create or replace temp table as_if as
        select a.fid, coalesce(i.x, f.x) as x, coalesce(i.half, f.half) as half
        from (select distinct way, fid, of_fid from asked) a
        join figure f on f.fid = a.of_fid left join instead i on i.way = a.way and i.fid = a.of_fid
    """)
    # Bands are as wide as revisions are: what fits is nearer to what it would be without any.
    off = "abs({0}.from_low + {0}.to_high - {0}.band_low - {0}.band_high)"
    rows = engine.ask(f"""
        select
            way, count(*) filter ({NEARER} * instead < printed) as instead,
            count(*) filter ({NEARER} * printed < instead) as printed,
            count(*) filter (exact and agrees_instead and not agrees) as mended,
            count(*) filter (agrees and not agrees_instead) as broken
        from (
            select
                way, {off.format("i")} as instead, {off.format("p")} as printed, r.exact, p.agrees, i.agrees as agrees_instead
            from agreement('as_if', 'asked') i join given_relation r using (relation)
            join (select distinct way, relation, instance, of_instance from asked) using (relation, instance)
            join agreed p on p.relation = i.relation and p.instance = of_instance
        )
        group by way order by way
    """)
    return {row["way"]: Nearer(row["instead"], row["printed"], row["mended"], row["broken"]) for row in rows}
