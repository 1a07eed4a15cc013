"""Every kind of check on figures made for it, and what the one system of all figures finds: two results per claim."""

from pathlib import Path

import pytest
from claims_kit import claim, judged
from kit import why_refused

RECOMPUTE = {"recompute": 'share(claim("part"), claim("whole"))'}


def results(folder: Path, *claims: dict, **more: object) -> dict[str, tuple[str, str, str]]:
    found = judged(folder, *claims, **more).claims
    return {
        key: (judged_claim.verdict, judged_claim.arithmetic, judged_claim.weight) for key, judged_claim in found.items()
    }


def parted(share: str, *, part: str = "412", whole: str = "1,201", **more: object) -> list[dict]:
    return [
        claim("whole", whole),
        claim("part", part, **more),
        claim("share", share, RECOMPUTE, share=True),
    ]


@pytest.mark.parametrize(
    ("share", "verdict", "arithmetic"),
    [("34%", "consistent", "agrees"), ("36%", "conflict", "differs"), ("over 34%", "consistent", "agrees"),
     ("just under 35%", "consistent", "agrees"), ("just under 36%", "conflict", "differs"), ("a third", "consistent", "agrees"),
     ("almost half", "conflict", "differs")],
)  # fmt: skip
def test_a_share_is_held_against_its_counts(tmp_path: Path, share: str, verdict: str, arithmetic: str) -> None:
    assert results(tmp_path, *parted(share))["share"][:2] == (verdict, arithmetic)


def test_every_figure_of_a_relation_is_tested_in_every_direction(tmp_path: Path) -> None:
    found = results(tmp_path, *parted("34.3%"))
    assert {one[1] for one in found.values()} == {"agrees"}
    for key, figure in (("whole", "1,261"), ("part", "433"), ("share", "36.0%")):
        claims = [one | {"figure": figure} if one["id"] == key else one for one in parted("34.3%")]
        assert "differs" in {result[1] for result in results(tmp_path, *claims).values()}, key


def test_an_inclusion_confirms_nothing_and_a_broken_one_is_implausible(tmp_path: Path) -> None:
    inside = {"holds": 'claim("part") <= claim("whole")'}
    found = results(tmp_path, claim("whole", "1,201"), claim("part", "412", inside))
    assert found["part"] == ("not_contradicted", "bounded", "none")
    found = results(tmp_path, claim("whole", "401"), claim("part", "412", inside))
    assert found["part"] == ("implausible", "differs", "fault")


def test_a_window_or_scope_never_covers_a_wrong_number(tmp_path: Path) -> None:
    other = {"period": "2022-08-01..2023-07-31"}
    year = {"period": "2022-04-01..2023-03-31"}
    near, wrong = (
        [claim("whole", "1,201", **year), claim("part", "412", **other), claim("share", share, RECOMPUTE, share=True)]
        for share in ("34%", "60%")
    )
    assert results(tmp_path, *near)["share"] == ("period", "bounded", "caution")
    assert results(tmp_path, *wrong)["share"] == ("conflict", "differs", "fault")
    crossed = [
        claim("whole", "1,201"),
        claim("part", "412", scope="policing_vawg"),
        claim("share", "60%", RECOMPUTE, share=True),
    ]
    found = judged(tmp_path, *crossed).claims["share"]
    assert (found.verdict, found.arithmetic, found.comparability) == ("conflict", "differs", "other_scope")


def test_the_member_that_others_confirm_is_not_at_fault(tmp_path: Path) -> None:
    daily = {"recompute": 'per_day(claim("whole"), 365)'}
    claims = [*parted("40%"), claim("daily", "3.29", daily, kind="rate", unit="offences per day")]
    found = results(tmp_path, *claims)
    assert found["share"][1] == "differs"
    assert found["whole"][1] == found["daily"][1] == "agrees"


def test_a_repeat_says_the_same_number_of_one_source(tmp_path: Path) -> None:
    references = {1: {"by": "A", "title": "One"}, 2: {"by": "B", "title": "Two"}, 3: {"same_as": 1}}
    first = claim("first", "123,515", cites=[1])
    for figure, cites, verdict in (
        ("at least 123,515", [3], "repeat"), ("124,515", [1], "conflict"), ("123,515", [2], "citation"),
    ):  # fmt: skip
        again = claim("again", figure, repeat_of="first", cites=cites)
        assert results(tmp_path, first, again, references=references)["again"][0] == verdict
    again = claim("again", "123,515", repeat_of="first", period="2022-04-01..2023-03-31")
    dated = first | {"period": "2022-08-01..2023-07-31"}
    assert results(tmp_path, dated, again, references=references)["again"] == ("period", "not_tested", "fault")


@pytest.mark.parametrize(
    ("check", "verdict", "weight"),
    [
        ({"readings": {"as worded": "5.35", "as meant": "4.3"}}, "conflict", "fault"),
        ({"readings": {"as worded": "4.1", "otherwise": "7"}}, "ambiguous", "caution"),
        ({"readings": {"as worded": "4.1", "otherwise": "3.9"}}, "consistent", "none"),
        ({"readings": {"one": "4", "other": "7"}, "open": True}, "ambiguous", "caution"),
        ({"bound": "all of them", "value": "3.8"}, "bound", "caution"),
        ({"bound": "all of them", "value": "9"}, "implausible", "fault"),
        ({"concept": "one thing", "said": "another"}, "scope", "caution"),
        ({"window": "2022-08-01..2023-07-31", "what": "the total"}, "period", "caution"),
        ({"window": "2022-08-01..2023-07-31", "what": "the total", "length": True}, "in_order", "none"),
        ({"recompute": "between(2, 9)"}, "not_contradicted", "none"),
        ({"holds": "3 == 3.5"}, "conflict", "fault"),
    ],
)  # fmt: skip
def test_each_kind_of_check(tmp_path: Path, check: dict, verdict: str, weight: str) -> None:
    asked = claim("a", "4", check, unit="times", kind="ratio", period="2022-04-01..2023-03-31")
    if "holds" in check:
        asked = claim("a", None, check)
    assert results(tmp_path, asked)["a"][::2] == (verdict, weight)


@pytest.mark.parametrize(
    ("unit", "check", "said"),
    [
        (None, {"readings": {"recorded then": "2023", "collected then": "2022"}}, "as recorded then and collected then, and"),
        ("times", {"readings": {"one": "4", "other": "7"}}, "one (4) and other (7)"),
        ("times", {"readings": {"one": "4", "other": "4"}}, "All readings give the same within rounding: one (4) and other (4)"),
        ("persons", {"recompute": "part_of(100, between(one_in(20), one_in(10)))"}, "1 in 20 to 1 in 10 of 100 gives"),
        ("persons", {"recompute": "part_of(100, 4)"}, "4% of 100 gives 4"),
    ],
)  # fmt: skip
def test_a_sentence_writes_years_as_years_and_parts_as_parts(
    tmp_path: Path, unit: str | None, check: dict, said: str
) -> None:
    asked = claim("a", "4" if unit else None, check | {"open": True} if "readings" in check else check, unit=unit)
    without_what_is_none = {name: value for name, value in asked.items() if value is not None}
    assert said in judged(tmp_path, without_what_is_none).claims["a"].sentence


@pytest.mark.parametrize(
    ("check", "items", "verdict"),
    [
        ({"note": "listed"}, ["a", "b"], "in_order"), ({"note": "listed"}, ["a"], "wording"),
        ({"note": "increasing"}, ["3", "6", "16"], "in_order"), ({"note": "increasing"}, ["3", "16", "6"], "wording"),
        ({"note": "names_as", "of": "other"}, ["y", "x"], "in_order"), ({"note": "names_as", "of": "other"}, ["z"], "wording"),
        ({"note": "nth_of", "of": "other"}, ["y"], "in_order"), ({"note": "nth_of", "of": "other"}, ["x"], "wording"),
        ({"note": "called", "of": "1-3", "listed": "1-3", "what": "notes"}, [], "in_order"),
        ({"note": "called", "of": "1, 3-4", "listed": "1-3", "what": "notes"}, [], "citation"),
        ({"note": "cited_year", "of": "2022-04-01..2023-03-31"}, [], "citation"),
        ({"note": "named_year", "of": "2022"}, [], "in_order"), ({"note": "named_year", "of": "2021"}, [], "citation"),
        ({"note": "cited_body", "of": "vkpp"}, [], "in_order"), ({"note": "cited_body", "of": "Rape Crisis"}, [], "citation"),
    ],
)  # fmt: skip
def test_editors_notes_are_no_faults(tmp_path: Path, check: dict, items: list[str], verdict: str) -> None:
    references = {1: {"by": "VKPP", "year": 2022, "title": "A project"}}
    asked = claim("a", "2", check, items=items, cites=[1], scope="document", unit="things")
    found = results(tmp_path, asked, claim("other", items=["x", "y"]), references=references)["a"]
    assert found == (verdict, "not_tested", "none" if verdict == "in_order" else "note")


def test_sets_are_part_of_the_one_system(tmp_path: Path) -> None:
    system = {
        "key": "s", "window": "year", "sets": ["all", "kind", "other"],
        "claims": [
            {"claim": "all", "total": "all"},
            {"claim": "kind", "total": "kind"},
            {"claim": "other", "share": "other", "of": "all"},
        ],
        "definitions": [
            {"says": "kinds are of all", "subset": "kind", "of": "all"},
            {"says": "kinds exclude", "disjoint": "kind", "from": "other"},
        ],
    }  # fmt: skip
    claims = [claim("all", "1,201"), claim("kind", "1,001"), claim("other", "30%", share=True)]
    made = judged(tmp_path, *claims, systems=[system], periods={"year": "2022-04-01..2023-03-31"})
    (clash,) = made.arithmetic.clashes
    assert clash.claims == {"all", "kind", "other"}
    assert set(clash.definitions) == {"kinds are of all", "kinds exclude"}
    assert made.claims["other"].arithmetic == "differs"


@pytest.mark.slow
def test_eleven_sets_of_six_contradictory_totals_give_all_165_pairs(tmp_path: Path) -> None:
    claims = [claim(f"c{place}-{number}", str(101 + number)) for place in range(11) for number in range(6)]
    ties = [{"claim": one["id"], "total": one["id"].split("-")[0]} for one in claims]
    system = {"key": "s", "window": "year", "sets": [f"c{place}" for place in range(11)], "claims": ties}
    made = judged(tmp_path, *claims, systems=[system], periods={"year": "2022-04-01..2023-03-31"})
    assert len(made.arithmetic.clashes) == 11 * 15
    assert made.arithmetic.complete


@pytest.mark.slow
def test_a_search_that_is_cut_off_says_so(tmp_path: Path) -> None:
    claims = [claim(f"c{number}", str(101 + number)) for number in range(26)]
    ties = [{"claim": one["id"], "total": "all"} for one in claims]
    system = {"key": "s", "window": "year", "sets": ["all"], "claims": ties}
    made = judged(tmp_path, *claims, systems=[system], periods={"year": "2022-04-01..2023-03-31"})
    assert not made.arithmetic.complete
    assert 0 < len(made.arithmetic.clashes) < 26 * 25 / 2


def test_what_the_others_imply_is_redundant(tmp_path: Path) -> None:
    found = judged(tmp_path, *parted("34%")).arithmetic.tested
    assert found["share"].redundant
    assert not found["part"].redundant


def test_figures_of_two_systems_are_never_said_to_be_comparable(tmp_path: Path) -> None:
    """Victims of a survey over recorded offences, and a change from one system to another."""
    for formula in ('ratio(claim("all"), claim("recorded"))', 'claim("all") / claim("recorded")'):
        claims = [
            claim("all", "2,402", unit="persons", scope="csew"), claim("recorded", "1,201"),
            claim("twice", "twice", checks=[{"recompute": formula}], kind="ratio", unit="times", scope="csew"),
        ]  # fmt: skip
        assert results(tmp_path, *claims)["twice"] == ("scope", "agrees", "caution")
    asked = claim("asked", "1,201", {"published": 'claim("recorded")'}, unit="persons", scope="csew")
    assert results(tmp_path, claim("recorded", "1,201"), asked)["asked"] == ("scope", "agrees", "caution")


@pytest.mark.parametrize(("other", "verdict"), [("rasso", "bound"), ("domestic_abuse", "consistent")])
def test_a_sum_over_threats_counts_an_offence_more_than_once(tmp_path: Path, other: str, verdict: str) -> None:
    parts = claim("a", "400", threat="domestic_abuse"), claim("b", "100", threat=other)
    for formula in ('sum(claim("a"), claim("b"))', 'claim("a") + claim("b")'):
        assert results(tmp_path, *parts, claim("all", "500", {"recompute": formula}))["all"][:2] == (verdict, "agrees")


@pytest.mark.parametrize("text", ["per_day(1)", "growth_percent(1, 2, 3)", "power(10, 100000)", "yearly_percent(1, 0)"])
def test_an_expression_that_cannot_be_worked_out_is_named(tmp_path: Path, text: str) -> None:
    refused = why_refused(lambda: judged(tmp_path, claim("one", "5", {"recompute": text})))
    assert "claim one, column checks[1]" in refused.paragraph().replace("\n", " ")
