"""Every rule about a row, with its smallest failing and passing row; every rule about a return, with its smallest return."""

import hashlib
import itertools
from pathlib import Path
from typing import Any

import pytest
from kit import why_refused
from sent import COUNTS, GOOD, checked, many, rules, send

from assets.words.wording import number_of
from schemas.returns import FLAGS

pytestmark = pytest.mark.one_in(2)

# Rule -> what changes of a good row make it break that rule alone.
BREAKS: dict[str, list[dict[str, str]]] = {
    "E02": [
        {"recorded_date": ""}, {"recorded_date": "2022/05/10"}, {"offence_start": "2022-4-01"}, {"crime_count": "1.5"},
        {"crime_count": "1e1"}, {"crime_count": "0"}, {"crime_count": "-1"}, {"victim_age": "thirty"},
        {"offence_start": "2022-02-30"}, {"crime_ref": "x" * 41}, {"crime_ref": ""}, {"action": ""},
        {"crime_ref": "cg0000\0001a"}, {"crime_ref": "cg0000\x0b001a"}, {"crime_ref": "cg0000\x7f001a"},
        {"crime_ref": "4.61234E+11"}, {"suspect_ref": "5e+11"},
    ],
    "E03": [
        {"recorded_date": "2022-07-01", "outcome_date": ""},
        {"recorded_date": "2022-03-31", "offence_start": "", "offence_end": ""},
    ],
    "E04": [{"offence_start": "2022-05-11", "offence_end": ""}, {"offence_end": "2022-04-30"}, {"offence_end": "2022-07-21"}],
    "E05": [{"offence_code": "999"}, {"offence_code": "19A"}, {"offence_code": "008/99"}],
    "E07": [{"relationship": "cousin"}, {"victim_sex": "f"}, {"flag_da": "yes"}, {"outcome_type": "99"}, {"outcome_type": "1A"},
            {"csp_code": "E22"}, {"csp_code": "E01024001"}, {"csp_code": "W22000001"}],
    "E08": [{"victim_age": "121"}, {"victim_age": "-1", "relationship": "known"}, {"suspect_age": "9", "outcome_type": "1"}],
    "E09": [{"victim_age": "12", "relationship": "partner"}],
    "E10": [{"victim_sex": "M", "offence_code": "19C"}, {"offence_code": "17A"}],
    "E11": [{"outcome_date": "2022-05-09"}, {"outcome_date": "2022-07-21"}],
    "E12": [{"action": "M"}, {"action": "D"}],
    "E13": [{"offence_code": "27"}, {"offence_code": "8S"}, {"offence_code": "8T"}, {"offence_code": "104"}],
    "E14": [{"crime_count": "93"}, {"crime_count": "1000000"}],
    "W01": [{"relationship": "stranger"}],
    "W02": [{"victim_age": "15"}],
    "W03": [{"flag_da": "N"}, {"flag_da": "", "relationship": "partner"}],
    "W04": [{"suspect_known": "N", "relationship": "known"}],
    "W05": [{"suspect_known": "N"}],
    "W07": [{"offence_start": "1922-05-09", "offence_end": ""}], "W17": [{"crime_count": "11"}],
    "W24": [{"suspect_known": "N", "relationship": "unknown", "suspect_ref": ""}],
}  # fmt: skip
# The nearest row that the rule lets pass.
PASSES: dict[str, list[dict[str, str]]] = {
    "E02": [{"offence_start": "2022-02-28"}, {"victim_age": ""}, {"crime_ref": "x" * 40}, {"crime_ref": "4e1f09b2c3"}],
    "E03": [
        {"recorded_date": "2022-06-30", "outcome_date": ""},
        {"recorded_date": "2022-04-01", "offence_start": "", "offence_end": ""},
    ],
    "E04": [{"offence_start": "2022-05-10", "offence_end": "2022-05-10"}, {"offence_end": "2022-07-20"}],
    "E05": [{"offence_code": "8U"}, {"offence_code": "008/67"}],
    "E07": [
        {"relationship": "family"}, {"csp_code": "E22000001"}, {"flag_da": "N", "relationship": "known"}, {"outcome_type": "22"},
    ],
    "E08": [
        {"victim_age": "120"}, {"victim_age": "0", "relationship": "family", "flag_da": "N"},
        {"suspect_age": "10", "outcome_type": "1"},
    ],
    "E09": [{"victim_age": "13", "relationship": "partner"}, {"victim_age": "12", "relationship": "family"}],
    "E10": [{"offence_code": "19C"}, {"victim_sex": "U", "offence_code": "19C"}],
    "E11": [{"outcome_date": "2022-05-10"}, {"outcome_date": "2022-07-20"}],
    "E12": [{"action": "I"}],
    "E13": [{"offence_code": "105A"}],
    "E14": [{"crime_count": "92"}],
    "W01": [{"relationship": "family"}], "W02": [{"victim_age": "16"}], "W03": [{"relationship": "partner"}],
    "W04": [{"suspect_known": "Y", "relationship": "known"}], "W05": [{"suspect_known": ""}],
    "W07": [{"offence_start": "1922-05-10", "offence_end": ""}], "W17": [{"crime_count": "10"}],
    "W24": [{"suspect_known": "N", "relationship": "unknown", "suspect_ref": "", "suspect_age": ""}, {"suspect_ref": ""}],
}  # fmt: skip
ROWS_BESIDE = 3_000
# A value that is not what it looks like, and how a problem names it.
NOT_SEEN = [
    ("victim_sex", "F\0", "F\0 (with signs that are not seen: U+0000)"),
    ("offence_code", "8\u200bL", "offence_code 8\u200bL (with signs that are not seen: U+200B)"),
    ("victim_sex", "f", "f"), ("location_type", "ho me", "ho me"),
    ("location_type", "home\x07", "home\x07 (with signs that are not seen: U+0007)"),
]  # fmt: skip
Said = dict[int, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """One return with every row of the three lists: place -> its problems."""
    changes = [one for _, one in LISTED] + [{column: value} for column, value, _ in NOT_SEEN]
    rows = [GOOD | {"crime_ref": f"cz{place:08d}a"} | change for place, change in enumerate(changes)]
    found, problems = checked(send(tmp_path_factory.mktemp("said"), [*many(ROWS_BESIDE), *rows]))
    assert not found.refused and found.rows == len(rows) + ROWS_BESIDE
    of_place: Said = {}
    for one in filter(lambda one: one["line"], problems):
        of_place.setdefault(one["line"] - ROWS_BESIDE - 2, []).append(one)
    errors = [one for one in of_place.values() if any(problem["rule"].startswith("E") for problem in one)]
    assert found.quarantined == len(errors)
    return of_place


def rules_at(said: Said, place: int) -> set[str]:
    return {one["rule"] for one in said.get(place, [])}


LISTED = [(rule, one) for every in (BREAKS, PASSES) for rule, changes in every.items() for one in changes]
BROKEN = sum(map(len, BREAKS.values()))


@pytest.mark.slow
@pytest.mark.parametrize(("place", "rule"), [(place, rule) for place, (rule, _) in enumerate(LISTED[:BROKEN])])
def test_a_row_that_breaks_a_rule_is_found_by_it_on_its_line(place: int, rule: str, said: Said) -> None:
    found = rules_at(said, place)
    assert rule in found, LISTED[place]
    # Nothing else is said of the row but, of one that counts, what the same fault may imply.
    errors = {code for code in found if code.startswith("E")}
    assert errors == ({rule} if rule.startswith("E") else set())
    if "crime_ref" not in LISTED[place][1]:
        assert {one["crime_ref"] for one in said[place]} == {f"cz{place:08d}a"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "rule"), [(place, rule) for place, (rule, _) in enumerate(LISTED[BROKEN:], start=BROKEN)]
)
def test_the_nearest_row_that_a_rule_lets_pass(place: int, rule: str, said: Said) -> None:
    found = rules_at(said, place)
    assert rule not in found and not any(code.startswith("E") for code in found), LISTED[place]


@pytest.mark.slow
@pytest.mark.parametrize(("place", "named"), [(len(LISTED) + at, named) for at, (*_, named) in enumerate(NOT_SEEN)])
def test_what_is_not_seen_of_a_value_is_named(place: int, named: str, said: Said) -> None:
    # Behind it stands what is meant.
    assert named in [one["value"].partition("; that is ")[0] for one in said[place] if one["rule"].startswith("E")]


# What of a manifest, or of its rows, has the whole return refused; the same with nothing changed is accepted.
REFUSED: list[tuple[str, dict[str, Any], int]] = [
    ("R01", {"definition_version": "another"}, 60), ("R02", {"sha256": "0" * 64}, 60), ("R02", {"rows": 59}, 60),
    ("R02", {"crime_count_sum": 61}, 60), ("R04", {"supplier": "surrey"}, 60), ("R05", {"zero_return": True}, 60),
    ("R05", {"zero_return": False}, 0), ("R09", {"synthetic": False}, 60),
    ("R07", {"content": "changes", "replaces": "x"}, 60),
]  # fmt: skip
# Rules about more than one row: rule -> the test with its smallest failing and passing case.
ELSEWHERE = {
    "E01": "lines_are_those_of_the_file", "E06": "a_key_twice_sets_aside", "R03": "what_cannot_be_read_is_refused",
    "R06": "more_rows_in_error_than_two_percent", "R08": "personal_data", "W06": "flags_that_are_never_set",
    "W08": "flags_that_are_never_set", "C06": "a_total_that_changed_much", "C01": "offences_unlike_open_data",
    "C02": "a_total_that_moved", "C03": "a_share_unlike_the_others", "C04": "ages_that_end_in_0_or_5",
    "C09": "counts_that_are_multiples_of_one_number", "E15": "one_row_of_counts_with_as_many_as_all",
    "C10": "more_offences_than_there_can_be", "C11": "a_return_that_was_taken_back",
    "C05": "a_code_that_vanished", "C07": "keys_of_an_earlier_quarter", "W09": "a_new_row_of_a_key_that_is_held",
    "W10": "hardly_a_row_that_counts", "W11": "changes_that_take_out_many_rows", "W12": "a_flag_that_is_set_and_not_named",
    "W13": "a_whole_return_that_is_odd", "W14": "a_whole_return_that_is_odd", "W15": "a_flag_of_partners_that_is_turned_round",
    "W16": "a_whole_return_that_is_odd", "W18": "threats_that_contradict_their_row",
    "W19": "ages_that_have_changed_places", "W20": "rows_that_are_sent_twice_under_other_references",
    "W21": "a_name_beside_the_rows_locks", "W22": "two_columns_that_are_copies", "W23": "counts_that_are_odd",
    "W25": "a_name_of_a_file_that_says_another", "W26": "a_column_that_is_copied_down",
    "W27": "references_that_stand_in_other_rows", "W28": "references_of_two_systems", "C08": "rows_of_another_supplier_under",
    "W29": "a_reference_that_is_written_as_hardly_any_other", "W30": "a_whole_return_that_is_odd",
    "W31": "white_space_about_values", "W32": "a_count_unlike_the_other_months", "W33": "a_month_that_was_copied",
    "C12": "a_part_that_moved",
    "C13": "counts_of_another_quarter_or_supplier",
}  # fmt: skip


def test_every_rule_has_its_smallest_failing_and_passing_case() -> None:
    """A new rule of reference.return_rule without any is named here."""
    about_rows = {code for code, rule in rules().rules.items() if rule["predicate"]} | {"E02", "E07", "E12"}
    assert about_rows == set(BREAKS) == set(PASSES)
    assert set(rules().rules) == about_rows | set(ELSEWHERE) | {rule for rule, *_ in REFUSED}
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in ELSEWHERE.values() if f"def test_{name}" not in tests] == []


@pytest.mark.slow
def test_a_key_twice_sets_aside_the_second_row(tmp_path: Path) -> None:
    rows = many(60)
    found, _ = checked(send(tmp_path, [*rows, rows[4] | {"victim_age": "50"}]))
    assert found.counts["E06"] == 1 and found.quarantined == 1
    other_victim, _ = checked(send(tmp_path, [*rows, rows[4] | {"victim_ref": "vx99999999a"}], "other"))
    assert other_victim.quarantined == 0


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "manifest", "rows"), REFUSED)
def test_a_return_that_breaks_a_rule_is_refused_by_it(
    rule: str, manifest: dict[str, Any], rows: int, tmp_path: Path
) -> None:
    found, _ = checked(send(tmp_path, many(rows), **manifest))
    assert rule in found.refused and found.verdict == "refused"


@pytest.mark.slow
def test_more_rows_in_error_than_two_percent_refuse_the_return(tmp_path: Path) -> None:
    bad = GOOD | {"relationship": "cousin"}
    at_limit, _ = checked(send(tmp_path, [*many(98), bad, bad | {"crime_ref": "cy0000001a"}], "at_limit"))
    assert at_limit.verdict == "accepted_with_quarantine" and at_limit.quarantined == 2
    over, _ = checked(send(tmp_path, [*many(97), *(bad | {"crime_ref": f"cy000000{n}a"} for n in range(3))], "over"))
    assert "R06" in over.refused


@pytest.mark.slow
def test_numbers_with_separators_refuse_counts_of_which_they_are_more_than_two_percent(tmp_path: Path) -> None:
    """One row of 150 is no 2% of them, but 1,234 offences of 10,174 are. The number is not repeated: it may find a person."""
    bands = ("18-29", "30-44", "45-59", "60-84", "85+")
    cells = itertools.product((4, 5), bands, bands, ("family", "known", "stranger"))
    rows = [
        COUNTS | {"membership": "", "month": f"2022-0{month}-01", "victim_age_band": victim, "suspect_age_band": suspect,
                  "relationship": known, "offences": "60"}
        for month, victim, suspect, known in cells
    ]  # fmt: skip
    told = {}
    for name, number in (("many", "1,234"), ("few", "2[c]"), ("telephone", "07700 900123")):
        body = [rows[0] | {"offences": number}, *rows[1:]]
        found, _ = checked(send(tmp_path, body, name, profile="aggregate"))
        assert found.counts["E02"] == found.quarantined == 1
        told[name] = (found.verdict, found.refused.get("R06", ""))
    assert told["few"] == ("accepted_with_quarantine", "")
    assert "12% of the offences" in told["many"][1] and "900" not in told["telephone"][1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("about", "profile"),
    itertools.chain(
        itertools.product((" ", "\t", "\u00a0", "\u3000\u200b", "\r\n", "\ufeff"), ["record"]),
        [("\u00a0", "aggregate")],
    ),
)
def test_white_space_about_values_is_taken_away_before_any_rule_and_said(
    about: str, profile: str, tmp_path: Path
) -> None:
    """A no-break space behind references had them read as drawn by no key, and a quarter of the rows as personal (R08)."""
    rows = [COUNTS] if profile == "aggregate" else [
        row | {name: hashlib.sha256(f"{name}{place}".encode()).hexdigest()[:24] for name in ("crime_ref", "victim_ref")}
        for place, row in enumerate(many(300))
    ]  # fmt: skip
    plain, _ = checked(send(tmp_path / "plain", rows, profile=profile))
    spaced = [{name: f"{cell}{about}" for name, cell in row.items()} for row in rows]
    found, problems = checked(send(tmp_path / "spaced", spaced, profile=profile))
    assert (found.refused, found.quarantined, found.counts) == ({}, 0, plain.counts | {"W31": 1})
    assert [row["value"] for row in problems if row["rule"] == "W31"] == [
        f"in {number_of(len(rows), 'row')}, the first in line 2"
    ]


@pytest.mark.slow
def test_flags_that_are_never_set_and_ages_that_are_missing_are_warned_of(tmp_path: Path) -> None:
    found, _ = checked(
        send(tmp_path, many(60, flag_online="", victim_age=""), flags_available=["flag_da", "flag_online"])
    )
    assert found.counts["W08"] == 2 and found.counts["W06"] == 1  # flag_da is Y in every row, flag_online in none
    some = [*many(59), GOOD | {"flag_online": "Y"}]
    quiet, _ = checked(send(tmp_path, some, "quiet", flags_available=["flag_online"]))
    assert "W08" not in quiet.counts


@pytest.mark.slow
@pytest.mark.parametrize("change", [{"record_status": "cancelled"}, {"victim_sex": "M"}, {"victim_type": "other"}])
def test_hardly_a_row_that_counts_is_warned_of(change: dict[str, str], tmp_path: Path) -> None:
    few, _ = checked(send(tmp_path, [*many(91, **change), *many(100)[91:]], "few"))
    some, _ = checked(send(tmp_path, [*many(90, **change), *many(100)[90:]], "some"))
    assert (few.verdict, few.counts.get("W10"), some.counts.get("W10")) == ("accepted", 1, None)


@pytest.mark.slow
def test_a_flag_that_is_set_and_not_named_is_warned_of(tmp_path: Path) -> None:
    unnamed, _ = checked(send(tmp_path, many(60), flags_available=["flag_online"]))
    assert unnamed.counts.get("W12") == 1  # flag_da is Y in every row, and its threat would be taken for unknown
    named, _ = checked(send(tmp_path, many(60), "named", flags_available=["flag_da"]))
    assert "W12" not in named.counts


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ({"flag_source": dict.fromkeys(FLAGS, "none")}, "officer, ndqis or search): flag_da"),
        ({"flag_source": {"flag_da": "officer"}}, f"officer, ndqis or search): {', '.join([*FLAGS][1:])}"),
        ({"flag_source": {"jane smith": "officer"}}, "flags of the template"), ({"jane smith": "x"}, "(not of the template)"),
        ({"flag_source": {"jane smith": "her"}}, "(not of the template)"),
        ({"contact_role": "jane@police.example"}, "a role"), ({"qa_done_by": "call 01622 690690"}, "a role"),
    ],
)  # fmt: skip
def test_a_manifest_that_contradicts_itself_or_names_somebody_is_none(
    manifest: dict[str, Any], says: str, tmp_path: Path
) -> None:
    told = why_refused(lambda: send(tmp_path, many(60), **manifest))
    assert says in told.paragraph() and "jane" not in told.paragraph()


@pytest.mark.long
def test_an_aggregate_return_is_held_against_its_own_columns(tmp_path: Path) -> None:
    rows = [COUNTS | {"victim_age_band": band} for band in ("18-29", "30-44", "45-59")] + [
        COUNTS | {"offence_code": code} for code in ("8Q", "8R", "19C")
    ]
    good, _ = checked(send(tmp_path, rows, profile="aggregate"))
    assert (good.verdict, good.rows) == ("accepted", 6)
    broken = [
        ({"membership": "SD"}, "E07"), ({"membership": "DZ"}, "E07"), ({"month": "2022-05-02"}, "E02"),
        ({"month": "2022-07-01"}, "E02"), ({"offences": "0"}, "E02"), ({"offence_code": "104"}, "E13"),
    ]  # fmt: skip
    for place, (change, rule) in enumerate(broken):
        found, problems = checked(send(tmp_path, [*rows, COUNTS | change], f"bad{place}", profile="aggregate"))
        assert found.counts.get(rule) == 1, (change, found)
        assert [one["line"] for one in problems if one["rule"] == rule] == [8]
    dash, _ = checked(send(tmp_path, [COUNTS | {"membership": "-", "flag_da": "N"}], "dash", profile="aggregate"))
    assert dash.quarantined == 0
