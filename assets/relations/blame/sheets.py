"""Sheets that agree with themselves and with nothing else: of another release, or of another unit, as a whole."""

from collections.abc import Collection, Iterator

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.doubted import BESIDE, LINE, DoubtedTogether
from assets.relations.blame.lines import LEAST, exact_elsewhere, vouched
from schemas.rows import AnyRow

# So many other sheets must say so, or one that agrees exactly with a third, and for such a share of what agrees exactly between
# this one and others.
OTHERS, SHARE = 2, 0.5
# So many times as much must fail with another sheet as fails of that one without this.
BESIDE_THIS = 10
# Of a table of which so much is withheld all of it is.
MOST = 0.9


def foreign_sheets(engine: Engine, failing: Collection[int]) -> Iterator[DoubtedTogether]:
    """Sheets of which nothing fails inside, and much with two other sheets at least, in several rows and columns.
    Or with one, which agrees exactly with others, where this one does with none.

    All that fails of the others, in the same release, is with it: one cause in the place of many rows and columns of theirs.
    What fails with figures that are withheld says nothing, and of two with one cause the one that others speak for stands.
    """
    rows = engine.answer(
        __file__, "foreign_sheets", failing=sql_numbers(failing), least=LEAST, share=SHARE, beside=BESIDE_THIS
    )
    suspects = [
        row
        for row in rows
        if row["others"] >= OTHERS
        or (row["meets"] == 1 and _other_is_vouched_for(engine, row["figures"], row["one_other"]))
    ]
    for row in suspects:
        reason = (
            f"{row['failures']} relations with other sheets fail and none inside this one: it may be of another release or unit."
            " All of it is withheld."
        )
        if not any(_explained_by(engine, row, other) for other in suspects):
            yield DoubtedTogether(LINE, reason, {*row["figures"]} - _printed_alike(engine, row["figures"]))


def _printed_alike(engine: Engine, figures: Collection[int]) -> set[int]:
    """Of the tables of a sheet those that another release prints alike, where it prints one of them otherwise."""
    rows = engine.ask(f"""
        select stem, list(distinct fid) as figures, count(*) filter (agrees) as alike, count(*) filter (not agrees) as otherwise
        from grid left join across using (fid) where fid in {sql_numbers(figures)} group by stem
    """)
    alike = [row["figures"] for row in rows if row["alike"] >= LEAST > row["otherwise"]]
    return {fid for some in alike for fid in some} if any(row["otherwise"] > row["alike"] for row in rows) else set()


def _explained_by(engine: Engine, row: AnyRow, other: AnyRow) -> bool:
    """Does all that fails of a sheet fail with another such one, which agrees with nothing else as this one does? A change in
    another unit fails with the counts of both years."""
    return {*row["keys"]} <= {*other["keys"]} and _other_is_vouched_for(engine, other["figures"], row["figures"])


def _other_is_vouched_for(engine: Engine, own: Collection[int], other: Collection[int]) -> bool:
    """Of two sheets that contradict each other, does the other one alone agree exactly with a third?"""
    exact = exact_elsewhere(engine, {"own": own, "other": other}, {"own": other, "other": own})
    return vouched(*exact["other"]) and not vouched(*exact["own"])


def whole_periods(engine: Engine, blamed: Collection[int], unexplained: Collection[int]) -> Iterator[DoubtedTogether]:
    """What sheets print of a period in which single figures are to blame that others of the sheet were made of: then no cell is
    wrong, the sheet is of another release.

    unexplained: the failing instances that the figures are to blame for
    """
    those = sql_numbers(blamed)
    engine.connection.execute(f"""
        create or replace temp table of_blamed as
        from agreed semi join (from term where fid in {those}) using (relation, instance) where agrees
    """)
    rows = engine.answer(__file__, "whole_periods", blamed=those, unexplained=sql_numbers(unexplained), least=LEAST)
    for row in rows:
        reason = (
            f"A figure of this period fails with other sheets, and {row['holding']} of this sheet were made of it as it stands:"
            " here the period may be of another release. All of it is withheld."
        )
        yield DoubtedTogether(LINE, reason, row["figures"])


def rest_of_tables(engine: Engine, withheld: Collection[int]) -> Iterator[DoubtedTogether]:
    """What is left of tables most of whose figures are withheld: few rows may fail in nothing that is not explained."""
    rows = engine.ask(f"""
        select fid from (
            select *, avg(gone::integer) over (partition by edition, sheet, stem) as share
            from (select *, fid in {sql_numbers(withheld)} as gone from grid where x is not null and not long)
        )
        where not gone and share >= {MOST}
    """)
    yield DoubtedTogether(BESIDE, "Nine tenths of this table are withheld.", {row["fid"] for row in rows}, ties=1)
