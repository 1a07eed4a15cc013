"""Where few offences have moved since, what was printed is printed again: two publications tell nobody's offence apart."""

from pathlib import Path
from typing import Self

import pandas as pd
import pytest
from kit import in_validation
from sent import many, rules, send
from test_vintages import Collection, passes

from assets.collection.checks import no_protected_count_can_be_narrowed, small_counts_are_markers
from assets.collection.national import NOT_HELD
from assets.collection.told.control import as_is, control
from assets.collection.told.earlier import OVERLAPS, PROFILES, THREATS, UNIONS
from assets.collection.told.safe import without_what_tells
from assets.collection.told.tallies import FLAGS, OFFENCES, RULES
from assets.collection.told.vintages import narrowed_beside
from assets.collection.told.year import Year
from assets.reference.read import read_reference
from assets.returns.intake.intake import take_in
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.returns import FLAGS as FLAGS_OF_ROWS

pytestmark = pytest.mark.long

CONTROL = control(rules().limits)
Made = dict[str, pd.DataFrame]
QUARTERS = ("2022-04", "2022-07", "2022-10", "2023-01")
PLAIN = {"recorded_date": "2022-04-15", "offence_start": "", "offence_end": "", "outcome_date": ""}
REFERENCES = ("crime_ref", "victim_ref", "suspect_ref")
# What one person more may be: each alone turns some cell of a flag, an age or a relationship.
SECRETS = (
    {"flag_da": "Y"}, {"flag_da": "N", "relationship": "stranger"}, {"flag_online": "Y"}, {"victim_age": "71"},
    {"flag_hate": "Y"},
)  # fmt: skip


class Corrected(Collection):
    """A force of some 400 offences a year, of which the corrections add a few of one code."""

    def __init__(self, root: Path, like: Self | None = None) -> None:
        super().__init__(root, like)
        self.added = 0
        if not like:
            for quarter in QUARTERS:
                self.send(quarter, of_abuse=34, others=60)
            self.publish(self.tables(), "one")

    def tables(self) -> Made:
        return self.made(self.file if self.file.exists() else None)  # type: ignore[return-value]

    def correct(self, number: int, action: str = "I", **secret: str) -> Made:
        """Changes of so many rows, taken in."""
        self.added += number
        newest = self.source.store.held("kent", "2022-04")[-1]
        first = self.added if action == "I" else 0
        rows = [
            row | {"crime_ref": f"c{'n' if action == 'I' else 'k'}{place:08d}a", "action": action}
            for place, row in enumerate(many(number, **PLAIN | secret), first)
        ]
        day = f"2023-06-{self.added % 28 + 1:02d}"
        told = {"quarter": "2022-04", "content": "changes", "replaces": newest.return_id}
        send(self.source.inbox, rows, f"c{self.added}", extract_date=day, sent_date=day, **told)
        assert take_in(self.source, "kent", "2022-04")[-1].accepted
        return self.tables()


@pytest.fixture(scope="module")
def before_any(tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    return Corrected(tmp_path_factory.mktemp("before_any"))


@pytest.fixture
def corrected(before_any: Corrected, tmp_path: Path) -> Corrected:
    return Corrected(tmp_path, before_any)


def protected(tables: Made, *, held: bool = True) -> dict[str, list[tuple[object, ...]]]:
    """The protected rows of every table, but for which build counted them."""
    found = {}
    for key in NOT_HELD:
        rows = tables[key][tables[key]["rounded_to"] > 1].drop(columns=[] if held else ["held_from"])
        found[key] = [tuple(map(str, row)) for row in rows.sort_values("row_id").itertuples(index=False)]
    return found


def audited(collection: Collection, tables: Made) -> bool:
    """What publishing asks of the tables."""
    reference = {
        name: read_reference(collection.data, f"reference.{name}") for name in ("supplier", "collection_definition")
    }
    limits = pd.DataFrame({"limit": name, "value": value} for name, value in rules().limits.items())
    years = [tables[key] for key in (THREATS, OVERLAPS, PROFILES, OFFENCES)]
    found = no_protected_count_can_be_narrowed(
        *years, reference["supplier"], reference["collection_definition"], limits, tables[UNIONS],
        tables["collection.earlier_figure"],
    )  # fmt: skip
    return bool(found.passed) and passes(collection, tables)  # type: ignore[arg-type]


def test_what_one_person_more_was_two_publications_do_not_tell(
    tmp_path: Path, before_any: Corrected, corrected: Corrected
) -> None:
    """Whoever it was, the second publication is the same: plain counts have moved by one, and nothing else has."""
    one = corrected.correct(3, **SECRETS[0])
    for place, secret in enumerate(SECRETS[1:]):
        another = Corrected(tmp_path / f"other{place}", before_any).correct(3, **secret)
        assert one[OFFENCES].equals(another[OFFENCES]) and protected(one) == protected(another), secret
    before = protected(corrected.made(None), held=False)  # type: ignore[arg-type]
    assert before != protected(one, held=False), "counted anew it would have told"
    assert set(one[THREATS]["held_from"].dropna()) == {"one"} and audited(corrected, one)


@in_validation
def test_of_a_force_with_one_offence_more_beside_one_with_many_nothing_is_told(
    tmp_path: Path, before_any: Corrected, corrected: Corrected
) -> None:
    """The country is counted anew, for the many; what the other force prints is as it was, whosever offence was added."""

    def corrections(of: Corrected, **of_surrey: str) -> tuple[Made, Made]:
        for quarter in QUARTERS:
            days = PLAIN | {"recorded_date": f"{quarter}-15"}
            flags = dict.fromkeys(FLAGS_OF_ROWS, "N")
            rows = [*many(21, **days | flags | {"flag_da": "Y"}), *many(46, **days | flags | {"relationship": "known"})]
            told = {"quarter": quarter, "extract_date": "2023-05-01", "sent_date": "2023-05-01"}
            send(of.source.inbox, _of_surrey(rows), f"s{quarter}", sender="surrey", supplier="surrey", **told)
            judged = take_in(of.source, "surrey", quarter)[-1]
            assert judged.accepted, judged.refused
        of.file.unlink()
        of.publish(first := of.tables(), "one")  # type: ignore[arg-type]
        [newest] = of.source.store.held("surrey", "2022-04")
        told = {"quarter": "2022-04", "content": "changes", "replaces": newest.return_id}
        one_more = [row | {"crime_ref": "cs99999999a"} for row in _of_surrey(many(1, **PLAIN | of_surrey))]
        told |= {"supplier": "surrey", "extract_date": "2023-06-02", "sent_date": "2023-06-02"}
        send(of.source.inbox, one_more, "more", sender="surrey", **told)
        assert take_in(of.source, "surrey", "2022-04")[-1].accepted
        return first, of.correct(30)

    first, one = corrections(corrected, **SECRETS[0])
    surrey = str(rules().suppliers["surrey"]["area_code"])

    def of_surrey(made: Made) -> list[tuple[object, ...]]:
        return [row for key in (THREATS, OVERLAPS) for row in protected(made, held=False)[key] if surrey in row]

    assert of_surrey(one) == of_surrey(first) != []
    for place, secret in enumerate(SECRETS[1:3]):
        _, another = corrections(Corrected(tmp_path / f"other{place}", before_any), **secret)
        assert of_surrey(another) == of_surrey(one), secret
    assert protected(one, held=False)[THREATS] != protected(first, held=False)[THREATS], "the country has 30 more"
    assert audited(corrected, one)
    corrected.publish(one, "two")  # type: ignore[arg-type]
    assert protected(corrected.tables()) == protected(one)


def _of_surrey(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        row | {"supplier_code": "surrey"} | {name: f"{name[0]}y{place:08d}a" for name in REFERENCES}
        for place, row in enumerate(rows)
    ]


def test_what_moved_little_by_little_is_counted_anew_once_it_is_enough(corrected: Corrected) -> None:
    first = protected(corrected.tables(), held=False)
    for number, build in ((4, "two"), (5, "three")):
        again = corrected.correct(number)
        assert protected(again, held=False) == first and audited(corrected, again)
        corrected.publish(again, build)  # type: ignore[arg-type]
        assert protected(corrected.tables()) == protected(again), "nothing has come since"
    anew = corrected.correct(1)
    assert protected(anew, held=False) != first and audited(corrected, anew)
    assert anew[THREATS]["held_from"].isna().all()


def test_a_flag_that_was_missing_in_many_rows_is_counted_anew_though_no_plain_count_moved(corrected: Corrected) -> None:
    before = corrected.tables()
    anew = corrected.correct(34, action="M", flag_da="N", relationship="known")
    assert anew[OFFENCES].equals(before[OFFENCES])
    of_abuse = "threat == 'domestic_abuse' and area_code == @NATION and period_type == 'year'"
    assert [made.query(of_abuse)["offences"].item() for made in (before[THREATS], anew[THREATS])] == [135, 100]
    assert audited(corrected, anew)


def test_what_is_printed_again_otherwise_than_it_was_fails_the_audit(corrected: Corrected) -> None:
    """A number that was counted anew, among those that are held: the difference is of whoever was corrected."""
    held = corrected.correct(3)
    assert audited(corrected, held)
    for key in (THREATS, PROFILES, FLAGS):
        leak = held[key].query("rounded_to > 1 and offences > 10 and held_from.notna()").index[0]
        counted = held[key].copy()
        counted.loc[leak, "offences"] += 5
        assert not audited(corrected, held | {key: counted}), key


def test_a_return_of_changes_says_nothing_of_its_few_rows(corrected: Corrected) -> None:
    """One row by a partner without the flag (W03): a marker beside one offence more said so of that one."""
    again = corrected.correct(1, flag_da="N")
    assert corrected.source.store.held("kent", "2022-04")[-1].counts.get("W03") == 1
    mine = again[RULES].query("severity == 'warn' and rounded_to > 1")
    assert "2022-04-01" not in {str(day) for day in mine["period_start"]}


def of_country(count: int, plain: int, *, exact: bool) -> Year:
    """A threat of a flag in the country, and the plain counts of one code in it."""
    row = {"threat": "spiking", "area_code": NATION, "suppliers_counted": 1, "offences": count}
    code = {"area_code": "E23000032", "offence_code": "8L", "offences": plain}
    return Year([as_is(row) if exact else CONTROL.rounded(row)], [], [], [code], {})


def test_a_count_of_the_country_as_counted_tells_what_a_force_was_corrected_by() -> None:
    before, now = of_country(402, 2000, exact=True), of_country(409, 2012, exact=True)
    assert narrowed_beside(now, [], CONTROL) == [], "what the country has is nobody's"
    [(key, least, most)] = narrowed_beside(now, [before], CONTROL)
    assert key == ("threat", NATION, "spiking") and least == most == 7
    safe = without_what_tells(now, CONTROL, [before])
    assert [row["offences"] for row in safe.threats] == [None] and narrowed_beside(safe, [before], CONTROL) == []
    rounded = [of_country(402, 2000, exact=False), of_country(409, 2012, exact=False)]
    assert narrowed_beside(rounded[1], rounded[:1], CONTROL) == []
    frame = pd.DataFrame([{**row, "row_id": "one", "scope": "synthetic_collection"} for row in now.threats])
    empty = pd.DataFrame(columns=["row_id", "rounded_to"])
    limits = pd.DataFrame({"limit": name, "value": value} for name, value in rules().limits.items())
    treatment = pd.DataFrame({"table_name": [THREATS, OVERLAPS, PROFILES, FLAGS, RULES]})
    definitions = pd.DataFrame(columns=["threat", "by", "offence_code", "victim_age_from"])
    found = small_counts_are_markers(frame, empty, empty, empty, empty, limits, treatment, definitions)
    assert not found.passed and len(found.cases) == 1
