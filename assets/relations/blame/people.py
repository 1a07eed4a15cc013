"""People that are as wrong as others of their area and year, who are withheld."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import RESTING, DoubtedTogether
from assets.relations.blame.lines import LEAST


def same_people(
    engine: Engine, withheld: Collection[int], either: Collection[int], changed_places: Collection[int]
) -> Iterator[DoubtedTogether]:
    """People of an area and mid-year who make, to the last one, people that are withheld, or are made of them: as wrong as they.
    Where all ages are withheld because no ages make them, neither is any of the ages known to be right.

    either: those withheld of whom nothing tells whether they or others are wrong: several of one area and mid-year are as wrong
    as each other; changed_places: those withheld of whom others may stand there; two of them in a sum may make what is true.
    What was transcribed alike stands.
    """
    of_several = engine.ask(f"""
        select fid from figure where stem = 'population.mid_year' and fid in {sql_numbers(either)}
        qualify count(*) over (partition by edition, area_code, period_end) >= {LEAST}
    """)
    withheld = {*withheld, *(row["fid"] for row in of_several)}
    engine.connection.execute(f"""
        create or replace temp table about as
        with people as (
            select fid, edition, area_code, period_end, sex, coalesce(not c.differs, false) as alike
            from figure left join given_compared c using (row_id) where stem = 'population.mid_year' and x is not null
        )
        from people semi join (from people where fid in {sql_numbers(withheld)}) using (edition, area_code, period_end)
    """)
    alike = {row["fid"] for row in engine.ask("select fid from about where alike")}
    rows = engine.ask("""
        select relation, a.agrees, list(fid order by fid) as people
        from about join term using (fid) join agreed a using (relation, instance) join given_relation r using (relation)
        where r.kind = 'sum' and relation in ('people_of_ages', 'people_of_sexes')
        group by relation, instance, a.agrees having count(*) = 3 order by all
    """)
    reached, known = set(withheld), 0
    while len(reached) > known:
        known = len(reached)
        for row in rows:
            wrong = reached.intersection(row["people"])
            if row["agrees"] and (len(wrong) == 1 or (wrong and wrong.isdisjoint(changed_places))):
                reached |= {*row["people"]} - alike
    # A cell of one age is in all the ages above and below some age: where they do not make all ages, it is that or the total,
    # and only sums of women and men tell.
    of_sexes = [{*row["people"]} for row in rows if row["agrees"] and row["relation"] == "people_of_sexes"]
    told = set[int]().union(*(people for people in of_sexes if people.isdisjoint(reached)))
    for row in rows:
        if not row["agrees"] and row["relation"] == "people_of_ages" and reached.intersection(row["people"]):
            reached |= {*row["people"]} - alike - told
    # Ages that make no sum go with those that do.
    in_sums = {fid for row in rows if row["relation"] == "people_of_ages" for fid in row["people"]} - alike
    for row in engine.ask("select list(fid) as people from about group by edition, area_code, period_end, sex"):
        people = {*row["people"]} - alike
        if (people & in_sums) and (people & in_sums) <= reached:
            reached |= people
    reason = (
        "Makes people of this area and year who are withheld, or is made of them, to the last one or as it should be:"
        " it may be as wrong."
    )
    yield DoubtedTogether(RESTING, reason, reached.difference(withheld), ties=1)
