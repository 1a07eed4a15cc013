"""What stands beside figures that are in doubt: in their rows and columns, in another table, and in the rows above and below."""

from collections.abc import Collection, Iterator, Mapping

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.contests import TENS
from assets.relations.blame.doubted import BESIDE, RESTING, DoubtedTogether
from assets.relations.blame.lines import LEAST, exact_elsewhere, next_to, vouched
from assets.relations.blame.moved import changed_places


def beside(engine: Engine, figures: Collection[int], way: str) -> set[int]:
    """What stands in the rows of some figures, in whichever table of the sheet, or in the columns of estimates of the survey, of
    whichever measure, and fails or does not agree exactly elsewhere."""
    along, of = ("column_number, survey", "a.survey and not a.long") if way == "column" else ("row_number", "true")
    engine.connection.execute(f"""
        create or replace temp table beside as
        select distinct b.fid
        from grid a join grid b using (edition, sheet, {along})
        where {of} and a.fid in {sql_numbers(figures)} and b.x is not null
    """)
    rows = engine.ask("""
        with vouched as (
            select any_value(t.fid) as fid
            from beside join term t using (fid)
            semi join holding using (relation, instance)
            group by t.relation, t.instance
            having count(*) = 1
        )
        select fid from beside
        where fid not in (from vouched) or fid in (select fid from term semi join failing using (relation, instance))
    """)
    return {row["fid"] for row in rows} | changed_places(engine, figures, way)


def other_table_of_column(engine: Engine, figures: Collection[int], withheld: Collection[int]) -> set[int]:
    """What another table prints in the column of some figures: the shares below counts. Where most of it is nearer to what
    another release prints in another column, and it agrees exactly with none but the columns beside and what is withheld."""
    rows = engine.ask(f"""
        with
        other_table as (
            select distinct b.*
            from grid a join grid b using (edition, sheet, column_number)
            where b.stem <> a.stem and not a.survey and a.fid in {sql_numbers(figures)} and b.x is not null
        ),
        printed as (
            select t.fid, any_value(abs(t.x - own.x)) as own, min(abs(t.x - there.x)) as there
            from other_table t
            join across a on a.fid = t.fid and a.same_source join figure own on own.fid = a.other
            join figure there
                on there.edition = own.edition and there.part_slot = own.part_slot and there.series = own.series
                and there.period_type = own.period_type and there.fid <> own.fid
            group by t.fid, own.fid
        )
        select fid, coalesce(max(there < own), false) as elsewhere, count(own) > 0 as told
        from other_table left join printed using (fid) group by fid
    """)
    line = {row["fid"] for row in rows} - set(withheld)
    elsewhere, told = (sum(row[name] for row in rows) for name in ("elsewhere", "told"))
    if elsewhere < LEAST or 2 * elsewhere <= told:
        return set()
    beside = {*next_to(engine, line, "column"), *figures, *withheld}
    return set() if vouched(*exact_elsewhere(engine, {"": line}, {"": beside})[""]) else line


def beside_withheld(
    engine: Engine,
    withheld: Collection[int],
    failing: Mapping[int, Collection[int]],
    row_of: Mapping[int, tuple[str, str, int]],
) -> Iterator[DoubtedTogether]:
    """What fails and agrees exactly with nothing, in the rows above and below those that are withheld: few figures of an old
    code may be all that a moved row has. So on from a row in which something fails that no withheld row explains."""
    withdrawn, through = set[int](), set(withheld)
    unexplained = {fid for figures in failing.values() if through.isdisjoint(figures) for fid in figures}
    while fresh := _beside_whole_rows(engine, through) - withdrawn:
        withdrawn |= fresh
        rows = {row_of.get(fid) for fid in fresh & unexplained} - {None}
        through |= {fid for fid in fresh if row_of.get(fid) in rows}
    reason = "Stands beside a row that is withheld, does not agree either, and agrees exactly with nothing."
    yield DoubtedTogether(BESIDE, reason, withdrawn, ties=1)


def _beside_whole_rows(engine: Engine, withheld: Collection[int]) -> set[int]:
    """What fails and agrees exactly with nothing in the rows above and below those of which all is withheld."""
    rows = engine.ask(f"""
        with
        line as (
            select edition, stem, sheet, r, bool_and(fid in {sql_numbers(withheld)}) as gone
            from grid where x is not null group by all
        ),
        beside as (
            from line
            window place as (partition by edition, stem, sheet order by r)
            qualify not gone and (coalesce(lag(gone) over place, false) or coalesce(lead(gone) over place, false))
        )
        select distinct fid
        from grid semi join beside using (edition, stem, sheet, r)
        join term using (fid) semi join failing using (relation, instance)
        where fid not in (select fid from term semi join holding using (relation, instance))
    """)
    return {row["fid"] for row in rows} - set(withheld)


def resting(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """Rows and columns that agree with nothing but what is withheld, as far as they are not withheld yet: they were made of the
    same wrong figures. Needs the tables `failing` and `withheld`, and `placed` of `assets.relations.blame.contests`.

    Where all else of an exact relation is withheld, and some of it fails elsewhere, the line is as wrong as that: rates that
    agree with counts which do not make their country were made of them.
    """
    rows = engine.answer(__file__, "resting", least=LEAST, tens=TENS)
    made = {fid for row in rows if not vouched(row["held"], row["told"]) for fid in row["figures"]}
    reason = "Agrees with nothing but figures that are withheld and fail elsewhere: made of them, it is as wrong."
    yield DoubtedTogether(RESTING, reason, made.difference(withheld), ties=1)
