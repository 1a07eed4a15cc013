"""Errors for people: one sentence per problem, a paragraph for all, and the place of every failure in its file."""

import pytest
from kit import A_THREAT, day, frame, why_refused

from assets.tables.failures import failures, refuse_failures
from assets.words.problems import SHOWN, BadInput, Problem, refuse_if_any
from schemas.registry import contract

ONE = Problem(
    "data/figures/a.csv, line 7", "value", "'..'", "a number without separators", "Correct it from the source."
)
THREAT = contract("reference.threat")


def test_a_sentence_names_place_column_value_expectation_and_remedy() -> None:
    assert ONE.sentence() == (
        "data/figures/a.csv, line 7, column value: found '..'; expected a number without separators. Correct it from the source."
    )
    whole = Problem("data/figures/a.csv", "", "an empty file", "a header and rows", "Restore it.")
    assert whole.sentence() == "data/figures/a.csv: found an empty file; expected a header and rows. Restore it."


def test_a_paragraph_shows_the_first_and_counts_the_rest() -> None:
    error = BadInput("data/figures cannot be read", [ONE] * (SHOWN + 3))
    lines = error.paragraph().splitlines()
    assert lines[0] == "data/figures cannot be read:" and lines[1] == ONE.sentence()
    assert len(lines) == SHOWN + 2 and lines[-1] == "... and 3 more of the kind."
    assert str(error) == error.paragraph() and len(error.problems) == SHOWN + 3
    assert "more" not in BadInput("x", [ONE]).paragraph()


def test_nothing_is_raised_where_nothing_is_wrong() -> None:
    refuse_if_any("x", [])
    with pytest.raises(BadInput):
        refuse_if_any("x", iter([ONE]))


def test_a_failure_of_the_contract_is_placed_in_its_file() -> None:
    rows = frame("reference.threat", [A_THREAT, A_THREAT | {"threat": "murder", "definition_kind": "hearsay"}])
    found = failures(rows, THREAT, ["threat.csv, line 2", "threat.csv, line 3"])
    assert {(problem.place, problem.column, problem.value) for problem in found} == {
        ("threat.csv, line 3", "threat", "'murder'"),
        ("threat.csv, line 3", "definition_kind", "'hearsay'"),
    }
    kind = next(problem for problem in found if problem.column == "definition_kind")
    assert kind.expected == "one of 'offence', 'flag'"


def test_a_key_that_stands_twice_is_placed_and_explained() -> None:
    rows = frame("reference.threat", [A_THREAT, A_THREAT])
    found = failures(rows, THREAT, ["line 2", "line 3"])
    assert {problem.column for problem in found} == {"row_id"}
    assert found[-1].place == "line 3" and found[-1].expected == "every key once" and "another line" in found[-1].remedy


def test_limits_of_numbers_are_said_in_words() -> None:
    figure = {"sample_share": 1.5, "fieldwork": "a", "topic_pattern": "x", "months": "2022-04", "citation": "c"}
    period = {"period_start": day("2022-04-01"), "period_end": day("2023-03-31")}
    table = contract("reference.fieldwork")
    found = failures(frame("reference.fieldwork", [figure | period]), table, ["line 2"])
    assert [problem.expected for problem in found] == ["at most 1"]
    found = failures(frame("reference.fieldwork", [figure | period | {"sample_share": -1.0}]), table, ["line 2"])
    assert [problem.expected for problem in found] == ["at least 0"]


def test_problems_of_the_contract_and_further_ones_come_together() -> None:
    rows = frame("reference.threat", [A_THREAT | {"definition_kind": "hearsay"}])
    caught = why_refused(lambda: refuse_failures(rows, THREAT, ["line 2"], [ONE], "data/reference/threat.csv"))
    assert len(caught.problems) == 2 and caught.what == "data/reference/threat.csv does not hold what it should"
    refuse_failures(frame("reference.threat", [A_THREAT]), THREAT, ["line 2"], [], "data/reference/threat.csv")
