"""Two publications of one year, side by side: a correction or a late return must not give away a count by subtraction."""

import dataclasses
import datetime
import itertools
import shutil
from pathlib import Path
from typing import Self

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sent import many, rules, send
from test_collection import BESIDE, QUARTERS, held_against, small_data
from test_disclosure import published

from assets.collection.checks import no_protected_count_is_told_by_its_total
from assets.collection.national import national
from assets.collection.told.control import SUPPRESSED, WITHHELD, control
from assets.collection.told.earlier import EARLIER, Earlier, kept, printed_before, year_of
from assets.collection.told.safe import without_what_tells
from assets.collection.told.tallies import FLAGS, OFFENCES, RETURNS, RULES
from assets.collection.told.vintages import _told, narrowed_beside
from assets.collection.told.year import Year
from assets.reference.read import read_reference
from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.store import Store
from assets.returns.rules.rules import read_rules
from assets.tables.conform import validate
from assets.words.problems import BadInput
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.registry import contract
from schemas.returns import FLAGS as FLAGS_OF_ROWS

pytestmark = pytest.mark.slow

CONTROL = control(rules().limits)
START, END = datetime.date(2022, 4, 1), datetime.date(2023, 3, 31)
QUARTER = datetime.date(2022, 4, 1)
FORCE = "E23000032"
Cells = dict[str, int]


def force(cells: Cells, area: str = FORCE, codes: Cells | None = None) -> Year:
    """A year of one force: combinations protected, offences plain (all of one code, unless codes are given)."""
    plain = [
        {"area_code": area, "offence_code": code, "offences": count}
        for code, count in (codes or {"8L": sum(cells.values())}).items()
    ]
    return dataclasses.replace(published(cells, area), offences=plain)


def test_a_marker_that_becomes_five_while_one_offence_is_added_was_four() -> None:
    before, now = force({"D": 4, "S": 52, "-": 60}), force({"D": 5, "S": 52, "-": 60})
    assert narrowed_beside(before, [], CONTROL) == narrowed_beside(now, [], CONTROL) == [], "each alone is safe"
    assert (("overlap", FORCE, "D"), 5.0, 5.0) in narrowed_beside(now, [before], CONTROL)
    safe = without_what_tells(now, CONTROL, [before])
    assert narrowed_beside(safe, [before], CONTROL) == [] and {row["cell_status"] for row in safe.overlaps} == {
        WITHHELD
    }


def test_where_more_changed_than_plain_counts_tell_nothing_is_known_of_the_difference() -> None:
    before, now = force({"D": 4, "S": 52, "-": 60}), force({"D": 5, "S": 51, "-": 60})
    assert sum(row["offences"] for row in before.offences) == sum(row["offences"] for row in now.offences)
    assert narrowed_beside(now, [before], CONTROL) == []


def test_a_force_whose_tables_show_more_frees_no_other() -> None:
    def both(one: Cells, other: Cells) -> Year:
        first, second = force(one), force(other, "E23000031")
        return dataclasses.replace(
            first, overlaps=[*first.overlaps, *second.overlaps], offences=[*first.offences, *second.offences]
        )

    before = both({"D": 4, "S": 52, "-": 60}, {"D": 4, "S": 52, "-": 60})
    now = both({"D": 5, "S": 52, "-": 60}, {"D": 5, "S": 51, "-": 60})
    assert {key[1] for key, _, _ in narrowed_beside(now, [before], CONTROL)} == {FORCE}  # type: ignore[index]


def test_what_has_not_changed_gives_nothing_away() -> None:
    year = force({"D": 4, "S": 52, "-": 60})
    assert narrowed_beside(year, [year, year], CONTROL) == [] and without_what_tells(year, CONTROL, [year]) == year


def test_four_publications_tell_what_no_three_of_them_do() -> None:
    """The first prints 5, 5 and 5. In the second D and S print 10, with four offences more: D and S were 12 or more.

    In the third S and R print [c], with four offences fewer, in the fourth D and R: each two were 12 or less. So R was 5 or 6."""

    def year(d: int, s: int, r: int, **codes: int) -> Year:
        return force({"D": d, "S": s, "R": r, "-": 60}, codes=codes)

    years = [year(6, 6, 6, x=40, y=38), year(8, 8, 6, x=44, y=38), year(6, 4, 4, x=36, y=38), year(4, 6, 4, x=40, y=34)]
    for some in (*itertools.combinations(years, 2), *itertools.combinations(years, 3)):
        assert narrowed_beside(some[-1], some[:-1], CONTROL) == []
    for place, newest in enumerate(years):
        others = [*years[:place], *years[place + 1 :]]
        assert narrowed_beside(newest, others, CONTROL) == [(("overlap", FORCE, "R"), 5.0, 6.0)]
    safe = without_what_tells(years[3], CONTROL, years[:3])
    assert narrowed_beside(safe, years[:3], CONTROL) == []
    assert {row["cell_status"] for row in safe.overlaps} == {WITHHELD}
    # One that is printed again and again is one publication, and what was given away before is no fault of a new one.
    assert narrowed_beside(years[0], [years[1], *[years[0]] * 9], CONTROL) == []
    assert narrowed_beside(force({}), years, CONTROL) == []


def test_publications_that_fit_two_by_two_and_not_together_are_looked_at_two_by_two() -> None:
    """Nobody knows which of them was revised more than plain counts tell: what two of them tell is still not published."""
    found = _told(
        [force({"D": 4, "S": 52, "-": 60}), force({"D": 5, "S": 52, "-": 60}), force({"D": 5, "S": 51, "-": 60})],
        CONTROL,
    )
    assert {(told.publication, told.key) for told in found} >= {
        (0, ("overlap", FORCE, "D")),
        (1, ("overlap", FORCE, "D")),
    }


@given(st.lists(st.integers(1, 24), min_size=3, max_size=3), st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_the_programme_over_two_finds_what_trying_every_number_finds(counts: list[int], added: list[int]) -> None:
    """Against brute force: every pair of counts that fits both tables and moves no further than the plain counts."""
    names, later = ("D", "S", "-"), [one + more for one, more in zip(counts, added, strict=True)]
    before, now = (force(dict(zip(names, values, strict=True))) for values in (counts, later))
    if any(row["cell_status"] == WITHHELD for row in [*before.overlaps, *now.overlaps]) or narrowed_beside(
        before, [], CONTROL
    ):
        return

    def fitting(year: Year, total: int) -> list[tuple[int, ...]]:
        limits = [CONTROL.possible(row["offences"], row["cell_status"], row["rounded_to"]) for row in year.overlaps]
        ranges = [range(int(least), int(most) + 1) for least, most in limits]
        return [values for values in itertools.product(*ranges) if sum(values) == total]

    moved = sum(added)
    pairs = [
        (old, new)
        for old, new in itertools.product(fitting(before, sum(counts)), fitting(now, sum(later)))
        if sum(abs(one - other) for one, other in zip(old, new, strict=True)) <= moved
    ]
    assert (tuple(counts), tuple(later)) in pairs
    narrow = {
        name for at, name in enumerate(names) for of in (0, 1) if len({pair[of][at] for pair in pairs}) < CONTROL.narrowest
    }  # fmt: skip
    assert {key[2] for key, _, _ in narrowed_beside(now, [before], CONTROL)} == narrow  # type: ignore[index]


def test_a_year_is_kept_and_read_back_as_it_was_printed() -> None:
    year = force({"D": 4, "S": 52, "-": 60})
    again = year_of(kept(year, START, END), {})
    assert {(row["threats"], row["offences"], row["cell_status"]) for row in again.overlaps} == {
        ("D", None, SUPPRESSED), ("S", 50, "normal"), ("-", 60, "normal"),
    }  # fmt: skip
    assert narrowed_beside(force({"D": 5, "S": 52, "-": 60}), [again], CONTROL)
    # Its quarters are those of its publication, or of the one before or behind it where they looked so.
    named = {"threat": "online", "area_code": NATION, "cell_status": "normal", "rounded_to": 5}
    quarter = QUARTER, datetime.date(2022, 6, 30)

    def of_quarter(count: int) -> list[dict[str, object]]:
        return [
            {**row, "scope": "s"}
            for row in kept(dataclasses.replace(year, threats=[named | {"offences": count}]), *quarter)
        ]

    of_year = [{**row, "scope": "s"} for row in kept(year, START, END)]
    builds = {"1": of_quarter(5), "2": [*of_year, *of_quarter(5)], "3": of_quarter(10)}
    [then] = Earlier(builds, "s").years((START, END), {})
    assert [(row["threat"], row["offences"]) for row in then.quarters] == [("online", 5)]


class Collection:
    """The returns of one force for a year, what is made of them, and the file that was published last."""

    def __init__(self, root: Path, like: Self | None = None) -> None:
        """like: one that is copied as it is, in place of making it anew."""
        if like:
            shutil.copytree(like.root, root, dirs_exist_ok=True)
        self.data = root / "data" if like else small_data(root / "data")
        known = like.source.rules if like else read_rules(self.data)
        self.source = Source(root / "inbox", Store(root / "store"), known)
        self.file, self.root = root / "darkfigure.duckdb", root

    def send(
        self,
        quarter: str,
        *,
        of_abuse: int,
        others: int = 60,
        wrong: int = 0,
        day: str = "2023-05-01",
        name: str = "first",
    ) -> None:
        plain = {"recorded_date": f"{quarter}-15", "offence_start": "", "offence_end": "", "outcome_date": ""}
        plain |= dict.fromkeys(FLAGS_OF_ROWS, "N") | {"flag_da": "Y"}
        rows = [*many(of_abuse, **plain), *many(others, **plain | {"flag_da": "N", "relationship": "known"})]
        if wrong:  # ten outcomes before the recording (E11), and so many starts after it (E04)
            rows += [
                *many(10, **plain | {"outcome_date": "2022-01-01"}), *many(wrong, **plain | {"offence_start": "2023-01-01"})
            ]  # fmt: skip
        keyed = [row | {"crime_ref": f"ck{place:08d}a"} for place, row in enumerate(rows)]
        send(self.source.inbox, keyed, f"{quarter}-{name}", quarter=quarter, extract_date=day, sent_date=day)
        assert take_in(self.source, "kent", quarter)[-1].accepted

    def made(self, beside: Path | None) -> dict[str, object]:
        tables = national(self.root / "store", self.data, *BESIDE, published=beside)
        return {key: held_against(key, one) for key, one in tables.items()}

    def publish(self, tables: dict[str, object], build: str) -> None:
        self.file.unlink(missing_ok=True)
        with duckdb.connect(str(self.file)) as file:
            file.execute(f"CREATE SCHEMA collection; CREATE SCHEMA meta; CREATE SCHEMA reference; "
                         f"CREATE TABLE meta.build AS SELECT '{build}' AS build_id; "
                         f"CREATE TABLE reference.supplier AS FROM read_csv('{self.data}/reference/supplier.csv')")  # fmt: skip
            for key, frame in tables.items():
                file.register("frame", frame)
                file.execute(f"CREATE TABLE {key} AS FROM frame")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    made = Collection(tmp_path_factory.mktemp("once"))
    for quarter in QUARTERS[
        :4
    ]:  # one in each quarter would be told: four markers that are together no more than one marker
        made.send(quarter, of_abuse=4 if quarter == QUARTERS[0] else 0)
    return made


@pytest.fixture
def collection(made_once: Collection, tmp_path: Path) -> Collection:
    return Collection(tmp_path, made_once)


def of_force(tables: dict[str, object]) -> dict[str, tuple[object, str]]:
    rows = tables["collection.overlap"].query("among == 'five'")  # type: ignore[attr-defined]
    return {row["threats"]: (row["offences"], row["cell_status"]) for row in rows.to_dict("records")}


@pytest.mark.long
def test_a_correction_of_one_offence_is_published_without_what_would_be_told_by_both(collection: Collection) -> None:
    """Four offences of domestic abuse print as [c]; with a fifth they would print as 5, and tell that they were four."""
    first = collection.made(collection.file)
    assert len(first[EARLIER]) == 0 and of_force(first)["DS"] == (None, SUPPRESSED)  # type: ignore[arg-type]
    collection.publish(first, "one")
    assert len(collection.made(collection.file)[EARLIER]) == 0, "nothing has changed"  # type: ignore[arg-type]

    collection.send("2022-04", of_abuse=5, day="2023-06-01", name="corrected")
    assert of_force(collection.made(None))["DS"] == (5, "normal"), "so it would print, with nothing beside it"
    second = collection.made(collection.file)
    assert of_force(second) == of_force(first)
    assert set(second[EARLIER]["build_id"]) == {"one"}  # type: ignore[index]
    collection.publish(second, "two")
    assert all(one.equals(second[key]) for key, one in collection.made(collection.file).items())  # type: ignore[attr-defined]


@pytest.mark.long
def test_a_flag_is_published_without_what_a_correction_would_tell_of_it(collection: Collection) -> None:
    def of_abuse(tables: dict[str, object]) -> dict[str, object]:
        rows = tables["collection.flag"].to_dict("records")  # type: ignore[attr-defined]
        mine = [row for row in rows if row["flag"] == "flag_da" and str(row["period_start"]) == "2022-04-01"]
        return {row["value"]: row["cell_status"] for row in mine}

    collection.send("2022-04", of_abuse=4, day="2023-06-01", name="four")
    first = collection.made(collection.file)
    assert of_abuse(first) == {"Y": SUPPRESSED, "N": "normal"}
    collection.publish(first, "one")
    collection.send("2022-04", of_abuse=5, day="2023-06-02", name="five")
    assert of_abuse(collection.made(None)) == {"Y": "normal", "N": "normal"}, (
        "so it would print, with nothing beside it"
    )
    second = collection.made(collection.file)
    assert of_abuse(second) == of_abuse(first)
    assert "collection.flag" in set(second[EARLIER]["table_name"])  # type: ignore[index]
    planted = second | {FLAGS: collection.made(None)[FLAGS]}
    assert passes(collection, second) and not passes(collection, planted)


def passes(collection: Collection, tables: dict[str, object]) -> bool:
    suppliers = read_reference(collection.data, "reference.supplier")
    limits = pd.DataFrame({"limit": name, "value": value} for name, value in rules().limits.items())
    found = no_protected_count_is_told_by_its_total(
        *(tables[key] for key in (FLAGS, RULES, RETURNS, OFFENCES)), suppliers, limits, tables[EARLIER]
    )
    return bool(found.passed)


@pytest.mark.long
def test_what_a_rule_found_is_published_without_what_a_correction_would_tell_of_it(collection: Collection) -> None:
    """Four rows that start after they were recorded print as [c]; with a fifth, and one row more set aside, they were four."""

    def of_errors(tables: dict[str, object]) -> dict[str, object]:
        mine = tables[RULES].query("severity == 'quarantine'")  # type: ignore[attr-defined]
        return dict(zip(mine["rule"], mine["cell_status"], strict=True))

    collection.send("2022-04", of_abuse=1, others=900, wrong=4, day="2023-06-01", name="four")
    first = collection.made(collection.file)
    assert of_errors(first) == {"E04": SUPPRESSED, "E11": "normal"}
    collection.publish(first, "one")
    collection.send("2022-04", of_abuse=1, others=900, wrong=5, day="2023-06-02", name="five")
    alone, second = collection.made(None), collection.made(collection.file)
    assert of_errors(alone) == {"E04": "normal", "E11": "normal"}, "so it would print, with nothing beside it"
    assert of_errors(second) == of_errors(first)
    assert passes(collection, second) and not passes(collection, second | {RULES: alone[RULES]})
    # What has not changed is not kept: the flags, and the warnings, of which there are none among as many rows more.
    kept_now = second[EARLIER].query("table_name == @RULES")  # type: ignore[attr-defined]
    assert set(kept_now["figure"]) == {"quarantine / all", "quarantine / E04", "quarantine / E11", "warn / all"}
    assert set(kept_now["build_id"]) == {"one"} and set(kept_now["area_code"]) == {FORCE}


@pytest.mark.long
def test_how_many_rows_a_return_of_changes_has_is_not_published(collection: Collection) -> None:
    """One row, of which a flag is taken back: no plain count moves, and that it was one row would tell a marker beside a 5."""
    [first] = collection.source.store.held("kent", "2022-04")
    plain = {"recorded_date": "2022-04-15", "offence_start": "", "offence_end": "", "outcome_date": "", "action": "M"}
    rows = many(1, crime_ref="ck00000000a", flag_da="N", relationship="known", **plain)
    told = {"quarter": "2022-04", "content": "changes", "replaces": first.return_id}
    send(collection.source.inbox, rows, "changes", extract_date="2023-06-01", sent_date="2023-06-01", **told)
    assert [judged.rows for judged in take_in(collection.source, "kent", "2022-04") if judged.accepted] == [64, 1]
    mine = collection.made(None)[RETURNS].query("period_start == @QUARTER").set_index("version")  # type: ignore[attr-defined]
    assert mine["rows"].to_dict() == {1: 64, 2: None} and mine["quarantined"].to_dict() == {1: 0, 2: None}


def test_a_published_file_that_cannot_be_read_stops_the_tables_in_words(collection: Collection) -> None:
    collection.file.write_bytes(b"no file of DuckDB")
    with pytest.raises(BadInput, match="What was published before"):
        collection.made(collection.file)


@pytest.mark.long
def test_an_older_published_file_stops_the_tables_in_words_or_not_at_all(collection: Collection) -> None:
    """Of tables with fewer columns nobody knows what was printed; where there was no collection yet nothing was."""
    first = collection.made(None)
    collection.publish({}, "one")
    assert collection.made(collection.file)[EARLIER].empty  # type: ignore[attr-defined]
    collection.publish(first, "one")
    stopped, others, older = set[str](), dict(first), collection.root / "older.duckdb"
    for key in (RETURNS, FLAGS, "collection.threat_count"):
        for column in first[key].columns.drop("row_id"):  # type: ignore[attr-defined]
            shutil.copyfile(collection.file, older)
            with duckdb.connect(str(older)) as file:
                file.execute(f"ALTER TABLE {key} DROP COLUMN {column}")
            try:
                printed_before(older)
            except BadInput as error:
                stopped.add(f"{key}.{column}")
                assert f"a file without '{column}'" in error.paragraph()
            else:
                others[key] = others[key].drop(columns=column)  # type: ignore[attr-defined]
    assert {f"{RETURNS}.counts", f"{FLAGS}.cell_status", "collection.threat_count.threat"} <= stopped
    assert f"{RETURNS}.sent_date" not in stopped
    collection.publish(others, "one")
    assert collection.made(collection.file).keys() == first.keys(), "nobody asks for the others"
    collection.publish({key: one for key, one in first.items() if key != OFFENCES}, "one")
    with pytest.raises(BadInput, match=f"a file without '{OFFENCES}'"):
        collection.made(collection.file)


def test_what_was_printed_is_carried_on_where_no_return_is_held_any_more(collection: Collection) -> None:
    collection.publish(collection.made(None), "one")
    nothing = national(collection.root / "nowhere", collection.data, *BESIDE, published=collection.file)
    assert set(nothing[EARLIER]["build_id"]) == {"one"} and NATION in set(nothing[EARLIER]["area_code"])
    assert all(one.empty for key, one in nothing.items() if key != EARLIER)
    # As it is staged: whole numbers beside empty cells are whole.
    validate(staged := held_against(EARLIER, nothing[EARLIER]), contract(EARLIER))
    assert staged["offences"].isna().any() and staged["offences"].notna().any()
