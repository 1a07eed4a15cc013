"""Which figures are doubted and why: blocks that stand in another place, whole columns and rows, then single figures."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.beside import beside, beside_withheld, other_table_of_column, resting
from assets.relations.blame.contests import Contest, ContestedLine, out_of_order, set_out, settled
from assets.relations.blame.cover import ALL, COVER, Blame, Spans, blame, unexplained
from assets.relations.blame.doubted import LABEL, LINE, RENAMED, SHIFT, Doubted, DoubtedTogether
from assets.relations.blame.exchanged import exchanged_names, renamed
from assets.relations.blame.finders import (
    contradicted,
    exchanged_forces,
    exchanged_months,
    exchanged_people,
    exchanged_sexes,
    exchanged_years,
    from_older,
    further,
    hardly_any,
    leaping,
    not_a_part,
    nothing_but_noughts,
    noughts,
    odd_periods,
    other_rows,
    other_units,
    other_years,
    part_and_whole,
    pasted,
    repeated_periods,
    rounded,
    said_more,
    shifted_rows,
    sizes,
    strange_labels,
    unrevised,
)  # fmt: skip
from assets.relations.blame.lines import (
    LEAST,
    RUNS,
    SHARE,
    TWO,
    SheetLine,
    set_out_lines,
    worst_lines,
)
from assets.relations.blame.moved import moved_lines
from assets.relations.blame.people import same_people
from assets.relations.blame.reasons import of_figures, of_shift, of_swap, why_line, why_moved
from assets.relations.blame.sheets import foreign_sheets, rest_of_tables, whole_periods
from assets.relations.blame.shift import shifts
from assets.relations.blame.swaps import exchanged_lines, exchanged_quarters, in_exact, swapped
from assets.relations.blame.transcribed import otherwise_transcribed
from schemas.row_types import DoubtRow

# Failing instance -> the figures that may be to blame for it.
Suspects = dict[int, list[int]]
# What is true of whole tables, whether or not anything fails in them.
OF_TABLES = (
    strange_labels, other_rows, further, exchanged_people, renamed, exchanged_forces, exchanged_quarters, exchanged_years,
    not_a_part, part_and_whole, exchanged_sexes, other_years, noughts, nothing_but_noughts, odd_periods,
    otherwise_transcribed, said_more, repeated_periods, other_units, sizes, hardly_any, rounded, pasted,
)  # fmt: skip


def doubts(engine: Engine, acknowledged: pd.DataFrame) -> list[DoubtRow]:
    """Rows of `archive.doubt` but for their row ids.

    acknowledged: `reference.acknowledged`; a figure that is acknowledged in a relation is never to blame for a failure of that
    relation: its other figures are. Where all of them are acknowledged nobody is.
    """
    failing, relation_of = _failing(engine)
    fails = Counter(fid for figures in failing.values() for fid in figures)
    doubted = Doubted(engine, acknowledged, fails)
    for finder in OF_TABLES:
        doubted.add(*finder(engine))
    engine.withhold(doubted.figures)  # what is known of whole tables explains what leaps to them, and contradicts them
    for finder in (leaping, contradicted):
        doubted.add(*finder(engine))
    engine.withhold(())
    if failing:
        _Inquiry(engine, doubted, failing, relation_of, fails).search()
    doubted.add(*from_older(engine))  # of rows that were moved the blame knows more
    either = {fid for fid in doubted.found(COVER, ALL) if fails[fid] < LEAST}  # that, or another, is wrong
    doubted.add(*same_people(engine, doubted.figures - either, either, doubted.found(LABEL, RENAMED, SHIFT)))
    doubted.add(*unrevised(engine, withheld=sql_numbers(doubted.figures)))
    return doubted.rows


class _Inquiry:
    """Who is to blame for what fails, from blocks and whole lines to single figures; what is found is withheld from the next."""

    def __init__(
        self,
        engine: Engine,
        doubted: Doubted,
        failing: Suspects,
        relation_of: Mapping[int, str],
        fails: Counter[int],
    ) -> None:
        self.engine, self.doubted, self.failing, self.relation_of = engine, doubted, failing, relation_of
        waived = doubted.let_through(fails, {*relation_of.values()})
        self.suspects = {
            key: some
            for key, figures in failing.items()
            if (some := [fid for fid in figures if fid not in waived[relation_of[key]]])
        }
        self.spans = _spans(engine)
        self.fails = fails

    def search(self) -> None:
        """Each step looks at what those before it have left unexplained."""
        shifted = [*shifts(self.engine)]
        set_out(self.engine)
        set_out_lines(self.engine)
        self.row_of = _rows(self.engine, {fid for figures in self.suspects.values() for fid in figures})
        for shift in shifted:
            self.doubted.add(*of_shift(shift, {*shift.figures} | beside(self.engine, shift.figures, "row")))
        self.doubted.add(*shifted_rows(self.engine, failing=sql_numbers(self._unexplained(self.failing))))
        self.doubted.add(*exchanged_names(self.engine, self._unexplained(self.failing)))
        self.doubted.add(*exchanged_months(self.engine, withheld=sql_numbers(self.doubted.figures)))
        self.engine.withhold(self.doubted.figures)
        self.doubted.add(*exchanged_lines(self.engine, self._unexplained(self.failing)))
        self.engine.withhold(self.doubted.figures)
        self.doubted.add(*foreign_sheets(self.engine, self._unexplained(self.failing)))
        self._moved()
        left = self._lines()
        self.engine.withhold(self.doubted.figures)
        self.doubted.add(*rest_of_tables(self.engine, self.doubted.figures))
        self.doubted.add(*beside_withheld(self.engine, self.doubted.figures, self.failing, self.row_of))
        for pair in swapped(self.engine, left):
            self.doubted.add(*of_swap(self.doubted, *pair))
        self._single()

    def _unexplained(self, failing: Suspects) -> Suspects:
        return unexplained(failing, self.doubted.figures, self.spans)

    def _moved(self) -> None:
        """Two lines that contradict each other are judged alike, whichever is looked at first."""
        before = frozenset(self.doubted.figures)
        for moved in moved_lines(self.engine, before):
            contest = settled(self.engine, moved.side, moved.way, before, 0)
            for side in contest.in_doubt:
                self._doubt(side.figures, moved.way, why_moved(self.engine, moved, side) + contest.ending)

    def _lines(self) -> Suspects:
        """Whole columns and rows, as long as there are any; and what fails that they do not explain."""
        standing = self.doubted.let_through(self.fails, {LINE})[LINE]
        # What a withheld figure cannot explain alone may be of a line that is not withheld yet: it waits.
        patient = True
        while True:
            self.engine.withhold(self.doubted.figures)
            known = len(self.doubted.figures)
            self.doubted.add(*resting(self.engine, self.doubted.figures))
            if len(self.doubted.figures) > known:
                continue
            left = {
                key: some for key, some in self.suspects.items() if self.doubted.figures.isdisjoint(self.failing[key])
            }
            left = left if patient else self._unexplained(self.suspects)
            of_lines = {key: [fid for fid in some if fid not in standing] for key, some in left.items()}
            lines = [
                line
                for line in worst_lines(self.engine, of_lines, self.spans)
                if not _two_that_swapped(self.engine, line, left)
            ]
            if not lines and not patient:
                return left
            patient = bool(lines)
            # What whole columns or rows explain is explained: what is left is looked at anew.
            before = frozenset(self.doubted.figures)
            for line in lines:
                contest = _contested(self.engine, line, left, self.row_of, before)
                for side in contest.in_doubt:
                    disordered = out_of_order(self.engine, side.figures) if line.way == "column" else ()
                    self._doubt(side.figures, line.way, why_line(line, side) + contest.ending, disordered)
            if patient and len(self.doubted.figures) == len(before):
                return left  # all of it is let through

    def _doubt(self, line: Collection[int], way: str, reason: str, disordered: Collection[int] = ()) -> None:
        figures = {*line, *disordered} | beside(self.engine, line, way)
        if way == "column":
            figures |= other_table_of_column(self.engine, figures, self.doubted.figures)
        self.doubted.add(DoubtedTogether(LINE, reason, figures))

    def _single(self) -> None:
        """The fewest figures that explain what is left."""
        left = self._unexplained(self.suspects)
        self.engine.withhold(self.doubted.figures)
        left = _without_open_leaps(self.engine, left)
        says_of = {row["relation"]: row["says"] for row in self.engine.ask("select relation, says from given_relation")}
        says = {key: says_of[relation] for key, relation in self.relation_of.items()}
        single = set[int]()
        for blamed in blame(left, _mendable(self.engine, left), self.spans):
            self.doubted.add(*of_figures(_with_their_rows(blamed, left, self.row_of), self.failing, says))
            single |= blamed.figures
        self.doubted.add(*whole_periods(self.engine, single, left))


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
            from feasible('figure', 'touching') w semi join suspect using (fid) join given_relation using (relation)
            join figure f using (fid)
            group by fid
            having max(low - if(root > 0, sqrt(greatest(low, 0)), 0)) <= min(high + if(root > 0, sqrt(greatest(high, 0)), 0))
                -- Hardly anything but a change is less than nought.
                and (any_value(compared) is not null or any_value(x) < 0 or min(high) >= 0)
        """)
    }


def _without_open_leaps(engine: Engine, left: Suspects) -> Suspects:
    """Without the leaps that would be real if only a sum held that fails: a wrong figure in it says nothing of the others.

    Leaps of figures in such sums are kept in the table `open_leap`, whether they agree or not.
    """
    # What is acknowledged in a sum says nothing there: of its figures only those to blame for it are in one that fails.
    in_sums = in_exact(engine, left)
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
