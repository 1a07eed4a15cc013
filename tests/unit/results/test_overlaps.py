"""Constraint systems from figures: bounds with what they follow from, readings, conflicts, and refusals."""

from typing import Any

import pandas as pd
import pytest
from kit import day, frame, reference_table

from assets.methods.bounds import union
from assets.reconciled.ground.figure_lookup import NewestFigures, figure_interval
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions
from assets.reconciled.overlaps.bounds_answer import bounds
from assets.reconciled.overlaps.constraint_system import AS_STATED, Systems, set_in_words, systems_asked
from assets.reconciled.overlaps.union_bound import bound_rows, union_answers
from assets.words.problems import BadInput

WINDOW = {"period_start": day("2022-04-01"), "period_end": day("2023-03-31")}
FACT = WINDOW | {
    "sex": "female", "age": "all", "area_code": "K04000001", "period_type": "year", "obs_status": "normal",
    "designation": "policing", "source": "statement", "release": "2024-07", "sheet": "page", "scope": "policing_vawg",
}  # fmt: skip
COUNTS = {"vawg.rasso": (103_135, "103,135"), "vawg.domestic_abuse": (400_213, "400,213"),
          "vawg.stalking_harassment": (436_196, "436,196"), "vawg.total": (1_080_157, "1,080,157")}  # fmt: skip
SHARES = {"vawg.domestic_abuse.stalking_harassment_share": 50, "vawg.rasso.domestic_abuse_share": 30}


def facts() -> NewestFigures:
    counts = [
        {
            "series": series,
            "value": float(value),
            "printed": printed,
            "unit": "offences",
            "threat": "all_vawg",
            "part": "total",
        }
        for series, (value, printed) in COUNTS.items()
    ]
    shares = [
        {"series": series, "value": float(value), "printed": f"{value}%", "unit": "percent", "topic": "x", "measure": "share",
         "lower": value - 0.5, "upper": value + 0.5}
        for series, value in SHARES.items()
    ]  # fmt: skip
    partner = shares[1] | {
        "series": "vawg.rasso.suspect_relationship", "value": 38.0, "printed": "38%", "lower": 37.5, "upper": 38.5,
        "characteristic": "relationship", "characteristic_value": "partner",
    }  # fmt: skip
    return NewestFigures(
        [frame("recorded.vawg_count", counts, **FACT), frame("recorded.share", [*shares, partner], **FACT)]
    )


def constraint(
    key: str, kind: str, part: str, whole: str | None = None, series: str | None = None, **more: Any
) -> dict[str, Any]:
    plain = {"household_population": False, "needed": False, "says": key, "citation": "c", "system": "policing_2022_23"}
    return plain | {"constraint": key, "kind": kind, "part": part, "whole": whole, "series": series} | more


CONSTRAINTS = [
    constraint("rasso", "total", "rasso", series="vawg.rasso", needed=True, **WINDOW),
    constraint("da", "total", "domestic_abuse", series="vawg.domestic_abuse", needed=True, **WINDOW),
    constraint("sh", "total", "stalking_harassment", series="vawg.stalking_harassment", needed=True, **WINDOW),
    constraint("one class", "disjoint", "rasso", "stalking_harassment"),
    constraint("half", "share", "stalking_harassment", "domestic_abuse",
               "vawg.domestic_abuse.stalking_harassment_share", **WINDOW),
    constraint("flag", "share", "domestic_abuse", "rasso", "vawg.rasso.domestic_abuse_share", reading="da_flag;both", **WINDOW),
    constraint("partner", "share_at_least", "domestic_abuse", "rasso", "vawg.rasso.suspect_relationship", reading="both",
               characteristic_value="partner", **WINDOW),
    constraint("nine", "at_most", "|".join(("rasso", "domestic_abuse", "stalking_harassment", "spiking")), series="vawg.total",
               reading="total_holds_nine", **WINDOW),
    constraint("not held", "total", "csae", series="vawg.csae", **WINDOW),
]  # fmt: skip
THREE = ("rasso", "domestic_abuse", "stalking_harassment")


@pytest.fixture(scope="module")
def systems() -> Systems:
    empty = Populations(frame("population.estimate", []))
    both = frame("reference.reading", [{"reading": "both", "meaning": "both are read so", "citation": "a test"}])
    return Systems(
        frame("reference.constraint", CONSTRAINTS), reference_table("set_system"),
        pd.concat([reference_table("reading"), both]), facts(), empty, Assumptions(pd.DataFrame(columns=["assumption"])),
    )  # fmt: skip


def found(systems: Systems, reading: str, precision: str = "rounding", sets: tuple[str, ...] = THREE) -> dict[str, Any]:
    rows = [row for row in bound_rows(systems, "policing_2022_23") if row["sets"] == "|".join(sets)]
    return next(row for row in rows if (row["reading"], row["precision"]) == (reading, precision))


def test_a_bound_names_what_it_follows_from(systems: Systems) -> None:
    row = found(systems, AS_STATED)
    assert row["lower_from"] == ["da: 400,213", "sh: 436,196", "half: 50%"]
    assert {"rasso: 103,135", "da: 400,213", "sh: 436,196", "half: 50%"} <= set(row["upper_from"])
    assert any("vawg.rasso" in row_id for row_id in row["inputs"])
    assert any(row_id == "constraint:half" for row_id in row["inputs"])


def test_a_contradiction_is_a_row_that_names_the_figures(systems: Systems) -> None:
    row = found(systems, "both")
    assert row["status"] == "conflict"
    assert row["lower"] is row["upper"] is None
    assert row["conflict"] == ["rasso: 103,135", "flag: 30%", "partner: 38%"]
    assert "cannot all hold" in row["sentence"]


def test_a_set_without_a_figure_is_limited_only_by_a_total_that_holds_it(systems: Systems) -> None:
    sets = (*THREE, "spiking")
    rows = [
        (instance.reading, answer[0].interval.as_floats())
        for instance, _, answer in union_answers(systems, "policing_2022_23", [(sets, union(*sets))])
        if answer[0]
    ]
    bound = dict(rows)
    assert bound[AS_STATED] == pytest.approx((634_301, float("inf")), abs=1)
    assert bound["total_holds_nine"] == pytest.approx((634_301, 1_080_157), abs=1)


def test_a_reading_that_says_nothing_of_the_sets_gives_no_row(systems: Systems) -> None:
    pair = ("domestic_abuse", "stalking_harassment")
    readings = {row["reading"] for row in bound_rows(systems, "policing_2022_23") if row["sets"] == "|".join(pair)}
    assert readings == {AS_STATED}


def test_marginals_alone_are_shown_beside(systems: Systems) -> None:
    row = found(systems, AS_STATED)
    assert (row["marginals_lower"], row["marginals_upper"]) == (436_196, 939_544)


def test_the_entry_point_answers_in_rows_and_words(systems: Systems) -> None:
    rows, text = bounds(systems, "policing_vawg", THREE, "da_flag")
    assert len(rows) == 1
    assert text.startswith("Between 705,980 and 711,014 recorded offences are")
    assert "At least, from: rasso: 103,135;" in text
    assert "never added" in text


@pytest.mark.parametrize(
    ("scope", "threats", "reading", "words"),
    [
        ("moon", THREE, None, "csew"),
        ("policing_vawg", ("rasso", "theft"), None, "two or more of"),
        ("policing_vawg", ("rasso",), None, "two or more of"),
        ("policing_vawg", ("rasso", "rasso"), None, "two or more of"),
        ("policing_vawg", THREE, "upside_down", "one of"),
    ],
)
def test_what_cannot_be_bounded_is_refused_with_what_there_is(
    systems: Systems, scope: str, threats: tuple[str, ...], reading: str | None, words: str
) -> None:
    with pytest.raises(BadInput, match="bounds cannot be given") as caught:
        bounds(systems, scope, threats, reading)
    assert words in caught.value.paragraph()


def test_a_figure_is_an_interval_by_its_print() -> None:
    newest_figures = facts()
    window = (WINDOW["period_start"], WINDOW["period_end"])
    share = newest_figures.find("vawg.rasso.domestic_abuse_share", window)
    count = newest_figures.find("vawg.rasso", window)
    assert share is not None
    assert count is not None
    assert figure_interval(share).as_floats() == (29.5, 30.5)
    assert figure_interval(share, as_printed=True).is_point
    assert figure_interval(count).as_floats() == (103_135, 103_135)
    assert newest_figures.find("vawg.rasso", window, sex="male") is None


def test_every_reading_and_set_has_words() -> None:
    assert set_in_words("rasso") == "rape and serious sexual offences"
    assert set_in_words("non_da_stalking") == "non-DA stalking"
    assert all(system.unions or system.pairs for system in systems_asked(reference_table("set_system")).values())
