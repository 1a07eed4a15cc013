"""What became of each damage: read right, refused, doubted, or published wrong."""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
from damages import LARGE, LAYOUTS, SMALL, Cells, Copy, Damage, Place
from kit import DATA, layout_of, reference, reference_table
from long_damages import LONG_LARGE, LONG_LAYOUTS, LONG_SMALL
from whole_damages import WHOLE

from assets.archive.landed.read_file import keep_what_can_be, read_book
from assets.archive.plausible.coverage import with_coverage
from assets.archive.reading.book import Book, open_book
from assets.archive.titled.recognise import layouts
from assets.reference.releases import all_releases
from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubts import doubts
from assets.tables.conform import conform
from assets.tables.records import records
from assets.words.problems import BadInput
from schemas.registry import contract
from schemas.row_types import ReleaseRow

RIGHT, REFUSED, DOUBTED, LOST, AGREES, BAND, ALONE, WRONG = (
    "read right", "refused", "doubted", "told as lost", "agrees", "within its band", "in no relation", "published wrong",
)  # fmt: skip
SHOWN = 12
# From the best end to the worst: a damage is as bad as the worst of its figures.
OUTCOMES = (RIGHT, REFUSED, DOUBTED, LOST, AGREES, BAND, ALONE, WRONG)
CELL = ["row_id", "sheet", "cell"]
LINE = re.compile(r"(?:.*/)?([^/]+), line ([0-9]+)")


@dataclass(frozen=True)
class Said:
    """What a book says.

    figures:   as they are published, with sheet and cell; `judged_as` is the row id that the relations know them by
    looked_at: as the engine looks at them
    set_aside: was a table set aside
    releases:  rows of `archive.landed_release`
    """

    figures: pd.DataFrame
    looked_at: pd.DataFrame
    set_aside: bool
    releases: tuple[ReleaseRow, ...]


def read(book: Book) -> Said:
    """Rows of `archive.figure` of a released workbook; BadInput where it is none, or cannot be read."""
    reading = read_book(book, layout_of(book, layouts(DATA)), book.file, reference())
    keep_what_can_be(reading, book.file, reference())
    figures = with_coverage(conform(reading.frame, contract("archive.figure")), reference_table("area"))
    return Said(figures.assign(judged_as=figures["row_id"]), figures, bool(reading.set_aside), (reading.release,))


@dataclass
class Release:
    """A book, how it is read, its figures as they are, and an engine over them and what is held beside them.

    long:     a book of long tables, which have damages of their own
    standing: what the relations know as a figure that stands in one
    """

    book: Book
    reader: Callable[[Book], Said]
    others: pd.DataFrame
    releases: tuple[ReleaseRow, ...] = ()
    long: bool = False

    def __post_init__(self) -> None:
        self._said = self.reader(self.book)
        self.figures = self._said.figures

    @cached_property
    def standing(self) -> set[str]:
        found = self.engine(self._said).ask("select distinct row_id from term join figure using (fid)")
        return {row["row_id"] for row in found}

    @property
    def in_relation(self) -> int:
        return int(self.figures["judged_as"].isin(self.standing).sum())

    @cached_property
    def doubted_as_it_is(self) -> set[str]:
        return self.doubted(self._said)

    def doubted(self, said: Said) -> set[str]:
        """The figures that are doubted where a reading is held with the others."""
        return {row["figure"] for row in doubts(self.engine(said), reference_table("acknowledged"))}

    def engine(self, said: Said) -> Engine:
        given = {name: reference_table(name) for name in ("series", "offence", "area", "relation", "relation_term")}
        landed = contract("archive.landed_release")
        frame = pd.DataFrame([*self.releases, *said.releases], columns=[*landed.model.to_schema().columns])
        releases = all_releases(DATA, conform(frame.drop_duplicates(["source", "release"]), landed))
        given["release"] = conform(releases, contract("meta.release"))
        return Engine(pd.concat([self.others, said.looked_at], ignore_index=True), given)


def load(paths: Sequence[Path], damaged: int) -> Release:
    """The release at one of some paths, beside the others."""
    books = [open_book(path) for path in paths]
    said = [read(book) for at, book in enumerate(books) if at != damaged]
    others = [one.looked_at for one in said] or [read(books[damaged]).looked_at.head(0)]
    return Release(books[damaged], read, pd.concat(others), tuple(row for other in said for row in other.releases))


@dataclass
class Tally:
    """How often each class of damage ended how."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    taken: list[tuple[int, str]] = field(default_factory=list)
    """For each copy how many true figures were withheld, and where its damages are."""

    def add(self, damage: Damage, outcome: str, silent: str = "") -> None:
        self.counts[damage.kind][outcome] += 1
        self.rows.append((damage.kind, damage.where, outcome, silent))
        if outcome == WRONG and len(self.examples[damage.kind]) < 3:
            self.examples[damage.kind].append(damage.where)

    @property
    def total(self) -> int:
        return sum(sum(counts.values()) for counts in self.counts.values())

    def share(self, *outcomes: str) -> float:
        return sum(counts[outcome] for counts in self.counts.values() for outcome in outcomes) / max(self.total, 1)

    def __str__(self) -> str:
        every = sum(self.counts.values(), Counter())
        rows = [(kind, *(counts[one] for one in OUTCOMES)) for kind, counts in [*self.counts.items(), ("all", every)]]
        lines = [f"| {' | '.join(('damage', 'done', *OUTCOMES))} |", f"|{' --- |' + ' ---: |' * (len(OUTCOMES) + 1)}"]
        lines += [f"| {' | '.join(map(str, (kind, sum(counts), *counts)))} |" for kind, *counts in rows]
        if self.taken and self.total:
            each = sum(count for count, _ in self.taken) / self.total
            most = "; ".join(f"{count:,} ({where})" for count, where in sorted(self.taken, reverse=True)[:5])
            lines.append(f"true figures withheld: {each:.1f} per damage, most {most}")
        lines += [f"published wrong, {kind}: {', '.join(where)}" for kind, where in self.examples.items()]
        return "\n".join(lines)


def damage_and_judge(
    release: Release,
    chance: random.Random,
    small: int,
    large: int,
    at_once: int,
    tally: Tally,
    only: Collection[str] | None = None,
) -> None:
    """Do so many small damages, some at once in cells far apart, and so many large ones, each alone.

    only: classes of damage that are judged; the others are done and let be, so that chance goes on as it would
    """
    cells = Cells.of(records(release.figures[CELL]), release.book)
    places = sorted(cells.figures)
    kinds_small, kinds_large = (LONG_SMALL, LONG_LARGE) if release.long else (SMALL, (*LARGE, *WHOLE))
    done, tried = 0, 0
    while done < small and tried < 20 * small:
        copy, made = Copy(release.book), list[Damage]()
        used: set[tuple[str, int]] = set()
        for at in range(at_once):
            tried += 1
            free = [place for place in chance.sample(places, min(400, len(places))) if (place[0], place[1]) not in used]
            damage = kinds_small[(done + at) % len(kinds_small)](copy, cells, chance, free) if free else None
            if damage is not None:
                made.append(damage)
                used |= {(sheet, row + by) for sheet, row, _ in damage.places for by in (-1, 0, 1)}
        done += len(made)
        if only is None or any(one.kind in only for one in made):
            judge(release, cells, copy, made, tally)
    done, tried = 0, 0
    while done < large and tried < 20 * large:
        copy = Copy(release.book)
        tried += 1
        damage = kinds_large[tried % len(kinds_large)](copy, cells, chance, places)
        if damage is not None:
            if only is None or damage.kind in only:
                judge(release, cells, copy, [damage], tally)
            done += 1


def judge(release: Release, cells: Cells, copy: Copy, made: list[Damage], tally: Tally) -> None:
    """What became of the damages of one copy; where several had it refused or one is told by nothing, it is judged alone."""
    try:
        found = release.reader(copy)
    except BadInput as error:
        named = {(at[1], int(at[2]) - 1) for problem in error.problems if (at := LINE.fullmatch(problem.place))}
        refused = [one for one in made if any((sheet, row) in named for sheet, row, _ in one.places)]
        for one in refused if len(made) > 1 else made:
            tally.add(one, REFUSED)
        left = [one for one in made if one not in refused] if len(made) > 1 else []
        for some in [left] if refused and left else [[one] for one in left]:
            judge(release, cells, copy.only({place for one in some for place in one.places}), some, tally)
        return
    engine = release.engine(found)
    told = {row["figure"] for row in doubts(engine, reference_table("acknowledged"))}
    doubted = set(found.figures["row_id"][found.figures["judged_as"].isin(told)])
    judged_as = dict(zip(found.figures["row_id"], found.figures["judged_as"], strict=True))
    true, said, now = _values(release.figures), _values(found.figures), Cells.of(records(found.figures[CELL]), copy)
    as_it_is = release.doubted_as_it_is
    same = [one for one in doubted if one in true and judged_as[one] not in as_it_is and _same(true[one], said[one])]
    tally.taken.append((len(same), ", ".join(f"{one.kind} {one.where}" for one in made[:2])))
    for damage in made:
        silent = _silent((cells, now), damage, true, said, doubted)
        seen = set[str]() if isinstance(silent, str) else {judged_as[one] for one in silent}
        outcome = silent if isinstance(silent, str) else _seen(engine, seen)
        if outcome == LOST and found.set_aside:
            outcome = REFUSED
        # What stands in no relation as it is stands in none beside other damages either.
        if len(made) > 1 and (outcome == WRONG or (outcome == ALONE and not seen.isdisjoint(release.standing))):
            judge(release, cells, copy.only(damage.places), [damage], tally)
            continue
        wrong = (
            [f"{one} {true.get(one)} {said[one]}" for one in sorted(silent)[:SHOWN]] if isinstance(silent, set) else []
        )
        tally.add(damage, outcome, "; ".join(wrong))


def _silent(
    cells: Sequence[Cells],
    damage: Damage,
    true: Mapping[str, float | None],
    said: Mapping[str, float | None],
    doubted: set[str],
) -> set[str] | str:
    """The figures that went out otherwise than they are and undoubted; an outcome where there are none.

    cells: of the figures as they are and as they were read
    """
    touched = {row_id for where in cells for place in damage.places for row_id in where.figures.get(place, ())}
    moved = set(said) - set(true) if len(damage.places) > 2 else set[str]()
    wrong = {row_id for row_id in touched | moved if row_id in said and not _same(true.get(row_id), said[row_id])}
    values = {row_id for row_id in wrong if said[row_id] is not None}
    lost = {row_id for row_id in touched if true.get(row_id) is not None and said.get(row_id) is None}
    if not wrong and not lost:
        return RIGHT
    return (values - doubted or DOUBTED) if values else LOST


def _seen(engine: Engine, silent: set[str]) -> str:
    """What the relations of some figures can see, as they were read: decided by what they stand in, never by hand."""
    engine.connection.execute("create or replace temp table silent as select unnest(?) as row_id", [sorted(silent)])
    rows = engine.ask("""
        select
            bool_or(not a.agrees and r.blames) as fails, bool_or(r.exact) as exact, count(a.relation) > 0 as any
        from silent join figure f using (row_id)
        left join term t using (fid)
        left join agreed a using (relation, instance)
        left join given_relation r using (relation)
        group by row_id
    """)
    found = {WRONG if row["fails"] else AGREES if row["exact"] else BAND if row["any"] else ALONE for row in rows}
    return max(found, key=OUTCOMES.index)


def _values(figures: pd.DataFrame) -> dict[str, float | None]:
    return {row["row_id"]: row["value"] for row in records(figures[["row_id", "value"]])}


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def layout_variations(release: Release, chance: random.Random, tally: Tally) -> None:
    """Variations of layout are to be read: every figure as before."""
    true = _values(release.figures)
    cells = Cells.of(records(release.figures[CELL]), release.book)
    for kind, change in (LONG_LAYOUTS if release.long else LAYOUTS).items():
        copy = Copy(release.book)
        change(copy, cells, chance)
        damage = Damage(kind, release.book.file, frozenset[Place]())
        try:
            found = release.reader(copy)
        except BadInput as error:
            tally.add(damage, REFUSED)
            tally.examples[kind].append(error.paragraph()[:300])
            continue
        said = _values(found.figures)
        right = all(_same(true.get(figure), said[figure]) for figure in said)
        tally.add(
            damage, WRONG if not right else RIGHT if set(true) <= set(said) else REFUSED if found.set_aside else LOST
        )
