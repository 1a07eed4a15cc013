"""Which figures are doubted and why: blocks that stand in another place, whole columns and rows, then single figures."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.contests import Contest, ContestedLine, out_of_order, set_out, settled
from assets.relations.blame.cover import ALL, COVER, Blame, Spans, blame, unexplained
from assets.relations.blame.doubted import BESIDE, LABEL, LINE, RENAMED, SHIFT, Doubted, DoubtedTogether
from assets.relations.blame.exchanged import exchanged_areas, part_and_whole, renamed
from assets.relations.blame.further import further
from assets.relations.blame.labels import exchanged_people, strange_labels
from assets.relations.blame.lines import (
    LEAST,
    RUNS,
    SHARE,
    TWO,
    SheetLine,
    exact_elsewhere,
    next_to,
    vouched,
    worst_lines,
)
from assets.relations.blame.months import exchanged_months, exchanged_quarters
from assets.relations.blame.moved import changed_places, moved_lines
from assets.relations.blame.noughts import nothing_but_noughts, noughts
from assets.relations.blame.odd_periods import odd_periods
from assets.relations.blame.people import exchanged_sexes, other_rows, other_years, same_people
from assets.relations.blame.reasons import of_figures, of_shift, of_swap, why_line, why_moved
from assets.relations.blame.repeated_periods import repeated_periods
from assets.relations.blame.resting import resting
from assets.relations.blame.sheets import foreign_sheets, rest_of_tables
from assets.relations.blame.shift import shifts
from assets.relations.blame.sizes import pasted, sizes
from assets.relations.blame.swaps import swapped
from assets.relations.blame.titles import said_more
from assets.relations.blame.transcribed import otherwise_transcribed
from schemas.row_types import DoubtRow

# Failing instance -> the figures that may be to blame for it.
Suspects = dict[int, list[int]]


def doubts(engine: Engine, acknowledged: pd.DataFrame) -> list[DoubtRow]:
    """Rows of `archive.doubt` but for their row ids.

    acknowledged: `reference.acknowledged`; a figure that is acknowledged in a relation is never to blame for a failure of that
    relation: its other figures are. Where all of them are acknowledged nobody is.
    """
    failing, relation_of = _failing(engine)
    fails = Counter(fid for figures in failing.values() for fid in figures)
    doubted = Doubted(engine, acknowledged, fails)
    _find(engine, doubted, failing, relation_of, fails)
    either = {fid for fid in doubted.found(COVER, ALL) if fails[fid] < LEAST}  # that, or another, is wrong
    doubted.add(*same_people(engine, doubted.figures - either, doubted.found(LABEL, RENAMED, SHIFT)))
    return doubted.rows


def _find(
    engine: Engine, doubted: Doubted, failing: Suspects, relation_of: Mapping[int, str], fails: Counter[int]
) -> None:
    """Doubt what is in doubt, from what is true of whole tables to single figures."""
    for finder in (
        strange_labels, other_rows, further, exchanged_people, renamed, exchanged_quarters, part_and_whole, exchanged_sexes,
        other_years, noughts, nothing_but_noughts, odd_periods, otherwise_transcribed, said_more, repeated_periods, sizes,
        pasted,
    ):  # fmt: skip
        doubted.add(*finder(engine))
    if not failing:
        return
    waived = doubted.let_through(fails, {*relation_of.values()})
    suspects = {
        key: some
        for key, figures in failing.items()
        if (some := [fid for fid in figures if fid not in waived[relation_of[key]]])
    }
    spans = _spans(engine)
    shifted = [*shifts(engine)]
    set_out(engine)
    row_of = _rows(engine, {fid for figures in suspects.values() for fid in figures})
    for shift in shifted:
        doubted.add(*of_shift(shift, {*shift.figures} | _beside(engine, shift.figures, "row")))
    doubted.add(*exchanged_areas(engine, unexplained(failing, doubted.figures, spans)))
    doubted.add(*exchanged_months(engine, doubted.figures))
    engine.withhold(doubted.figures)
    doubted.add(*foreign_sheets(engine, unexplained(failing, doubted.figures, spans)))
    # Two lines that contradict each other are judged alike, whichever is looked at first.
    before = frozenset(doubted.figures)
    for moved in moved_lines(engine, before):
        contest = settled(engine, moved.side, moved.way, before, 0)
        for side in contest.in_doubt:
            figures = {*side.figures} | _beside(engine, side.figures, moved.way)
            if moved.way == "column":
                figures |= _other_table_of_column(engine, figures, doubted.figures)
            doubted.add(DoubtedTogether(LINE, why_moved(engine, moved, side) + contest.ending, figures))
    standing = doubted.let_through(fails, {LINE})[LINE]
    patient = True  # what a withheld figure cannot explain alone may be of a line that is not withheld yet: it waits
    while True:
        engine.withhold(doubted.figures)
        known = len(doubted.figures)
        doubted.add(*resting(engine, doubted.figures))
        if len(doubted.figures) > known:
            continue
        left = {key: some for key, some in suspects.items() if doubted.figures.isdisjoint(failing[key])}
        left = left if patient else unexplained(suspects, doubted.figures, spans)
        of_lines = {key: [fid for fid in some if fid not in standing] for key, some in left.items()}
        lines = [line for line in worst_lines(engine, of_lines, spans) if not _two_that_swapped(engine, line, left)]
        if not lines and not patient:
            break
        patient = bool(lines)
        # What whole columns or rows explain is explained: what is left is looked at anew.
        before = frozenset(doubted.figures)
        for line in lines:
            contest = _contested(engine, line, left, row_of, before)
            for side in contest.in_doubt:
                figures = {*side.figures} | _beside(engine, side.figures, line.way)
                if line.way == "column":
                    figures |= out_of_order(engine, side.figures)
                    figures |= _other_table_of_column(engine, figures, doubted.figures)
                doubted.add(DoubtedTogether(LINE, why_line(line, side) + contest.ending, figures))
        if patient and len(doubted.figures) == len(before):
            break  # all of it is let through
    engine.withhold(doubted.figures)
    doubted.add(*rest_of_tables(engine, doubted.figures))
    doubted.add(*_next_to(engine, doubted.figures, failing, row_of))
    for pair in swapped(engine, left):
        doubted.add(*of_swap(doubted, *pair))
    left = unexplained(suspects, doubted.figures, spans)
    engine.withhold(doubted.figures)
    left = _without_open_leaps(engine, left)
    says_of = {row["relation"]: row["says"] for row in engine.ask("select relation, says from given_relation")}
    says = {key: says_of[relation] for key, relation in relation_of.items()}
    for blamed in blame(left, _mendable(engine, left), spans):
        doubted.add(*of_figures(_with_their_rows(blamed, left, row_of), failing, says))


def _failing(engine: Engine) -> tuple[Suspects, dict[int, str]]:
    """Number of each failing instance -> its figures, and its relation; the numbers are kept in the table `failing`."""
    engine.connection.execute("""
        create or replace temp table failing as
        select row_number() over (order by relation, instance) as key, agreed.*
        from agreed join given_relation r using (relation) anti join confirmed using (relation, instance)
        where not agrees and r.blames
    """)
    figures: Suspects = defaultdict(list)
    relations: dict[int, str] = {}
    query = "select f.key, f.relation, t.fid from failing f join term t using (relation, instance) order by all"
    for row in engine.ask(query):
        figures[row["key"]].append(row["fid"])
        relations[row["key"]] = row["relation"]
    return dict(figures), relations


def _rows(engine: Engine, figures: set[int]) -> dict[int, tuple[str, str, int]]:
    """Figure -> release, sheet and row of its cell."""
    rows = engine.ask(f"select fid, edition, sheet, row_number from grid where fid in {sql_numbers(figures)}")
    return {row["fid"]: (row["edition"], row["sheet"], row["row_number"]) for row in rows}


def _with_their_rows(blame: Blame, failing: Suspects, row_of: Mapping[int, tuple[str, str, int]]) -> Blame:
    """Where several figures must be wrong, what fails beside them in their rows is doubted too: rows are moved, not figures."""
    alone = blame.figures.intersection(*(failing[key] for key in blame.failing))
    if blame.how != COVER or alone:
        return blame
    rows = {row_of[fid] for fid in blame.figures if fid in row_of}
    return replace(blame, figures=blame.figures | {fid for fid, row in row_of.items() if row in rows})


def _beside(engine: Engine, figures: Collection[int], way: str) -> set[int]:
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


def _other_table_of_column(engine: Engine, figures: Collection[int], withheld: Collection[int]) -> set[int]:
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


def _next_to(
    engine: Engine, withheld: Collection[int], failing: Suspects, row_of: Mapping[int, tuple[str, str, int]]
) -> Iterator[DoubtedTogether]:
    """What fails and agrees exactly with nothing, in the rows above and below those that are withheld: few figures of an old
    code may be all that a moved row has. So on from a row in which something fails that no withheld row explains."""
    withdrawn, through = set[int](), set(withheld)
    unexplained = {fid for figures in failing.values() if through.isdisjoint(figures) for fid in figures}
    while fresh := _rows_beside(engine, through) - withdrawn:
        withdrawn |= fresh
        rows = {row_of.get(fid) for fid in fresh & unexplained} - {None}
        through |= {fid for fid in fresh if row_of.get(fid) in rows}
    reason = "Stands beside a row that is withheld, does not agree either, and agrees exactly with nothing."
    yield DoubtedTogether(BESIDE, reason, withdrawn, ties=1)


def _rows_beside(engine: Engine, withheld: Collection[int]) -> set[int]:
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


def _spans(engine: Engine) -> Spans:
    """Between which values each figure of a failing instance would have it hold."""
    query = """
        select key, w.fid, coalesce(w.low, '-inf'::double) as low, coalesce(w.high, 'inf'::double) as high
        from feasible('figure', 'failing') w join failing using (relation, instance)
    """
    return {(row["key"], row["fid"]): (row["low"], row["high"]) for row in engine.ask(query)}


def _mendable(engine: Engine, left: Suspects) -> set[int]:
    """Figures of failing relations for which one value satisfies every relation they stand in without a withheld figure.

    Few offences may be revised by more than the band: a value beyond it by chance is looked at too.
    """
    suspects = sorted({fid for figures in left.values() for fid in figures})
    if not suspects:
        return set()
    engine.connection.execute(f"create or replace temp table suspect as select unnest({suspects}) as fid")
    engine.connection.execute("""
        create or replace temp table touching as
        from agreed
        semi join (select relation, instance from term semi join suspect using (fid)) using (relation, instance)
        semi join (from given_relation where blames) using (relation)
        anti join in_doubt using (relation, instance)
        anti join open_leap using (relation, instance)
    """)
    return {
        row["fid"]
        for row in engine.ask("""
            select fid
            from feasible('figure', 'touching') semi join suspect using (fid) join given_relation using (relation)
            group by all
            having max(low - if(root > 0, sqrt(greatest(low, 0)), 0)) <= min(high + if(root > 0, sqrt(greatest(high, 0)), 0))
        """)
    }


def _without_open_leaps(engine: Engine, left: Suspects) -> Suspects:
    """Without the leaps that would be real if only a sum held that fails: a wrong figure in it says nothing of the others.

    Leaps of figures in such sums are kept in the table `open_leap`, whether they agree or not.
    """
    # What is acknowledged in a sum says nothing there: of its figures only those to blame for it are in one that fails.
    exact = engine.ask("select key from failing join given_relation using (relation) where exact(kind)")
    in_sums = {fid for row in exact for fid in left.get(row["key"], ())}
    engine.connection.execute(f"""
        create or replace temp table open_leap as
        with
        open as (select fid from term where fid in {sql_numbers(in_sums)}),
        exactly as (select fid from term semi join holding using (relation, instance))
        select relation, instance, bool_and(fid in (from open) or fid in (from exactly)) as real
        from term semi join (from given_relation where kind = 'leap') using (relation)
        semi join (select relation, instance from term semi join open using (fid)) using (relation, instance)
        group by all
    """)
    gone = {
        row["key"] for row in engine.ask("select key from failing join open_leap using (relation, instance) where real")
    }
    return {key: figures for key, figures in left.items() if key not in gone}


def _contested(
    engine: Engine,
    line: SheetLine,
    left: Suspects,
    row_of: Mapping[int, tuple[str, str, int]],
    explained: Collection[int],
) -> Contest:
    """The line, if enough of it fails inside its release; else what a contest with the release that says otherwise finds."""
    edition = next(row_of[fid][0] for fid in line.figures if fid in row_of)
    own, within = set(line.figures), set[int]()
    for figures in left.values():
        if len(met := own.intersection(figures)) == 1 and all(
            row_of.get(fid, (edition,))[0] == edition for fid in figures
        ):
            within |= met
    if len(within) >= max(LEAST, SHARE * line.failures) or line.way == RUNS:
        return Contest((ContestedLine(edition, line.figures),), told=True)
    return settled(
        engine,
        ContestedLine.at(engine, edition, line.figures, line.way, exchanged=True),
        line.way,
        explained,
        min(LEAST, line.failures),
    )


def _two_that_swapped(engine: Engine, line: SheetLine, left: Suspects) -> bool:
    """Do two figures that changed places explain what speaks against a line, but for what speaks against none?"""
    met = {key: figures for key, figures in left.items() if not set(line.figures).isdisjoint(figures)}
    pairs = swapped(engine, met) if line.failures < LEAST + TWO else []
    if len(pairs) != 1:
        return bool(pairs) and line.failures < LEAST
    return sum(set(pairs[0]).isdisjoint(figures) for figures in met.values()) < LEAST
