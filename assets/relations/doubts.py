"""Which figures are doubted and why: blocks that stand in another place, then single figures; the acknowledged pass."""

from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pandas as pd

from assets.relations.cover import ALL, COVER, REPAIR, blame
from assets.relations.engine import Engine
from assets.relations.shift import Shift, shifts
from assets.tables.records import Record, records

SHIFT = "block shift"
NAMED = 3


def doubts(engine: Engine, acknowledged: pd.DataFrame) -> list[Record]:
    """Rows of `archive.doubt` but for their row ids.

    acknowledged: `reference.acknowledged`; an acknowledged figure is never to blame: the others of its relations are.
    """
    failing = _failing(engine)
    if not failing:
        return []
    about = _about(engine, failing)
    rows, explained = list[Record](), set[int]()
    for shift in shifts(engine):
        explained |= set(shift.figures)
        rows += list(_of_shift(shift, _about(engine, {0: list(shift.figures)}), failing))
    waived = _waived(about, acknowledged)
    left = {
        key: suspects
        for key, figures in failing.items()
        if explained.isdisjoint(figures) and (suspects := [fid for fid in figures if fid not in waived])
    }
    for one in blame(left, _mendable(engine, left)):
        for fid in sorted(one.figures):
            broken = [key for key in sorted(one.failing) if fid in failing[key]]
            rows.append(_row(engine, about[fid], one.how, broken, len(one.figures)))
    let_through = {about[fid]["row_id"] for fid in waived}
    return [row for row in rows if row["figure"] not in let_through]


def _failing(engine: Engine) -> dict[int, list[int]]:
    """Number of each failing instance -> its figures; the numbers are kept in the table `failing`."""
    engine.connection.execute("""
        create or replace temp table failing as
        select row_number() over (order by relation, instance) as key, agreed.*
        from agreed join given_relation r using (relation) where not agrees and r.blames
    """)
    found: dict[int, list[int]] = defaultdict(list)
    for row in engine.ask("select f.key, t.fid from failing f join term t using (relation, instance) order by all"):
        found[row["key"]].append(row["fid"])
    return dict(found)


def _about(engine: Engine, failing: dict[int, list[int]]) -> dict[int, Record]:
    wanted = ", ".join(str(fid) for fid in sorted({fid for figures in failing.values() for fid in figures})) or "null"
    rows = engine.ask(f"select fid, row_id, source, release, sheet, cell, printed from figure where fid in ({wanted})")
    return {row["fid"]: row for row in rows}


def _waived(about: dict[int, Record], acknowledged: pd.DataFrame) -> set[int]:
    """Figures that an acknowledgement lets through: its release and figure may be patterns (`*`)."""
    wanted = records(acknowledged)
    return {
        fid
        for fid, row in about.items()
        for one in wanted
        if fnmatchcase(f"{row['source']}@{row['release']}", one["release"])
        and fnmatchcase(row["row_id"], one["figure"])
    }


def _mendable(engine: Engine, left: dict[int, list[int]]) -> set[int]:
    """Figures of failing relations for which one value satisfies every relation they stand in."""
    suspects = sorted({fid for figures in left.values() for fid in figures})
    if not suspects:
        return set()
    engine.connection.execute(f"create or replace temp table suspect as select unnest({suspects}) as fid")
    engine.connection.execute("""
        create or replace temp table touching as
        from agreed
        semi join (select relation, instance from term semi join suspect using (fid)) using (relation, instance)
        semi join (from given_relation where blames) using (relation)
    """)
    return {
        row["fid"]
        for row in engine.ask("""
            select fid from feasible('figure', 'touching') semi join suspect using (fid)
            group by all having max(low) <= min(high)
        """)
    }


def _of_shift(shift: Shift, about: dict[int, Record], failing: dict[int, list[int]]) -> Iterator[Record]:
    for fid in shift.figures:
        fits = f", here {shift.fits[fid]}" if fid in shift.fits else ""
        yield about[fid] | {
            "figure": about[fid]["row_id"],
            "how": SHIFT,
            "fits": shift.fits.get(fid),
            "reason": (
                f"{shift.before} relations of this table fail as it stands and {shift.after} when its figures are read"
                f" {shift.step}{fits}: withheld, not moved."
            ),
            "failing": sum(fid in figures for figures in failing.values()),
            "ties": 1,
        }  # fmt: skip


def _row(engine: Engine, about: Record, how: str, broken: list[int], ties: int) -> dict[str, Any]:
    said = engine.ask(f"""
        select distinct r.says from failing f join given_relation r using (relation)
        where f.key in ({", ".join(map(str, broken))}) order by all limit {NAMED}
    """) if broken else []  # fmt: skip
    words = " ".join(row["says"] for row in said)
    ending = {
        REPAIR: "Another value of this figure alone would mend it"
        + ("." if ties == 1 else f", or of one of {ties - 1} others: all are doubted."),
        COVER: f"One of {ties} figures that may explain it; all are doubted.",
        ALL: f"Too many figures may explain it ({ties}); all are doubted.",
    }[how]
    return about | {
        "figure": about["row_id"],
        "how": how,
        "fits": None,
        "reason": f"Does not agree: {words} {ending}",
        "failing": len(broken),
        "ties": ties,
    }
