"""People under the other sex, another year or in other rows: what is beside them says so, or how many were asked."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import RENAMED, RESTING, SHIFT, DoubtedTogether
from assets.relations.blame.instead import NEARER
from assets.relations.blame.lines import LEAST, MORE

# A table of three years and more is as near to other years of another release in sum. Of the population files of 2011 to 2025,
# as they were released, none is nearer to other years than to its own; one year of one file is, by a third.
NEARER_IN_SUM = 2


def exchanged_sexes(engine: Engine) -> Iterator[DoubtedTogether]:
    """Women and men of a mid-year, in one area or in all, who fail most of what is known of how many of each there are."""
    rows = engine.answer(__file__, "exchanged_sexes", least=LEAST, more=MORE)
    for row in rows:
        reason = (
            f"{row['failed']} times women and men of {row['period_end']:%Y} are as many as the others should be: they may have"
            " changed places; all of both is withheld."
        )
        yield DoubtedTogether(RENAMED, reason, tuple(row["figures"]))


def other_years(engine: Engine) -> Iterator[DoubtedTogether]:
    """People of a mid-year, or of all years of a table, whom another release prints of another year.

    Of the two releases either may be wrong: the one that is further from what a third prints of that year, else the one of
    which more fails, else both.
    """
    rows = engine.answer(__file__, "other_years", least=LEAST, nearer=NEARER, nearer_in_sum=NEARER_IN_SUM)
    for row in rows:
        reason = (
            f"Another release prints of {row['year']:%Y} what this one prints of another year, or the other way round: a year"
            " may be misnamed, there or here; all of it is withheld."
        )
        yield DoubtedTogether(RENAMED, reason, tuple(row["figures"]))


def other_rows(engine: Engine) -> Iterator[DoubtedTogether]:
    """Tables of the survey in which the people asked fail to add up in most of the ways in which they must: the numbers stand in
    other rows. One wrong row, or label, makes no way fail in most places."""
    rows = engine.ask(f"""
        with
        way as (
            select f.edition, f.sheet, a.relation, avg((not a.agrees)::integer) > 0.5 as fails
            from agreed a join figure f on f.fid = a.instance
            where a.form = 'asked'
            group by all having count(*) >= {LEAST}
        ),
        told as (
            select edition, sheet, count(*) filter (fails) as failing, count(*) as ways
            from way group by all having failing >= {LEAST} and 2 * failing > ways
        )
        select failing, ways, list(fid order by fid) as figures
        from told join figure using (edition, sheet) where x is not null
        group by edition, sheet, failing, ways order by all
    """)
    for row in rows:
        reason = (
            f"In {row['failing']} of {row['ways']} ways the people asked do not add up, in most places: the numbers may stand in"
            " other rows; all of the table is withheld."
        )
        yield DoubtedTogether(SHIFT, reason, tuple(row["figures"]))


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
