"""What published verdicts and limits leave of the assumptions, in the tables that rest on them."""

from typing import Any

import pytest
from handed import handed
from kit import Tables, day, frame

from assets.methods.survey import from_standard_error
from assets.reconciled.checks import no_test_contradicts_the_publisher
from assets.reconciled.ground.effective_sample import EffectiveSamples
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears
from assets.reconciled.ground.verdicts import cut_samples, official_verdicts
from assets.tables.records import Record, records

RELEASE = {
    "source": "ons", "release": "new", "vintage_order": 1, "title": "t", "publisher": "p", "designation": "official",
    "held": False, "licence": "l", "citation": "c",
}  # fmt: skip
BOX = {"deff_self_completion": (1.0, 2.0), "self_completion_share": (0.5, 1.0), "share_female_of_sample": (0.5, 0.5)}


def estimate(topic: str, end: int, value: float, sex: str = "all", **more: Any) -> dict[str, Any]:
    return {
        "series": f"csew.{topic}.old.16+.prevalence", "instrument": "csew_self_completion_old", "topic": topic,
        "measure": "prevalence", "sex": sex, "age": "16+", "area_code": "K04000001", "period_start": day(f"{end - 1}-04-01"),
        "period_end": day(f"{end}-03-31"), "period_type": "survey_year", "value": value, "lower": value, "upper": value,
        "interval_source": "rounding", "unit": "percent", "obs_status": "normal", "designation": "official", "printed": "x",
        "source": "ons", "release": "new", "sheet": "s",
    } | more  # fmt: skip


def sample(end: int) -> dict[str, Any]:
    return estimate("csew_sample", end, 20_000.0, series="csew.sample.16+.unweighted_base", measure="unweighted_base",
                    unit="persons", instrument=None)  # fmt: skip


def statement(topic: str, later: int, earlier: int | None, significant: bool, **more: Any) -> dict[str, Any]:
    return {
        "series": f"csew.{topic}.old.16+.prevalence", "compares": "periods" if earlier else "sexes", "sex": "all", "age": "16+",
        "area_code": "K04000001", "period_start": day(f"{later - 1}-04-01"), "period_end": day(f"{later}-03-31"),
        "earlier_start": day(f"{earlier - 1}-04-01") if earlier else None,
        "earlier_end": day(f"{earlier}-03-31") if earlier else None, "significant": significant, "says": "Says so.",
        "designation": "official", "source": "ons", "release": "new", "sheet": "s", "url": "u", "citation": "c",
    } | more  # fmt: skip


def assumptions() -> Any:
    known = [{"assumption": key, "lower": low, "upper": high} for key, (low, high) in BOX.items()]
    return frame("reference.assumption", known, unit="x", applies_to="*", reason="r", citation="c")


def size(rows: list[dict[str, Any]], said: list[dict[str, Any]], of: int = 0) -> tuple[float, float]:
    """The effective sample of one of the rows over what is left of the box: 5,000 to 20,000 where nothing is said."""
    survey, years = frame("survey.estimate", rows), FieldworkYears(frame("reference.fieldwork", []))
    samples = cut_samples(survey, Assumptions(assumptions()), years, frame("reference.official_significance", said))
    interval, _ = samples.of_row(records(survey)[of])
    assert interval is not None
    return interval.as_floats()


def verdicts(rows: list[dict[str, Any]], said: list[dict[str, Any]]) -> list[Record]:
    made = handed(official_verdicts, statements=said, estimates=rows, releases=[RELEASE], assumptions=assumptions())
    return records(frame("reconciled.official_verdict", made.to_dict("records")))


TWO = [estimate("theft", 2018, 10.0), estimate("theft", 2019, 11.0), sample(2018), sample(2019)]
# Variances of 900 and 979: an error of sqrt((900 + 979) / 20,000) = 0.307 to sqrt((900 + 979) / 5,000) = 0.613 points.
# A change of one point is significant with an error under 1 / 1.96 = 0.510.


@pytest.mark.slow
def test_a_verdict_cuts_the_samples_of_both_years_and_nothing_else() -> None:
    other = [*TWO, estimate("fraud", 2018, 10.0)]
    assert size(other, []) == (5_000, 20_000)
    said = [statement("theft", 2019, 2018, True)]
    # 0.260 of variance less 979 / 20,000 leaves 0.211 to the earlier year: 900 / 0.211 = 4,258, under 5,000: nothing.
    assert size(other, said) == (5_000, 20_000)
    # A change of 0.8 points: 0.1666 - 0.0482 (963.6 / 20,000) leaves 0.1184: 7,602 at least.
    small = [estimate("theft", 2018, 10.0), estimate("theft", 2019, 10.8), *other[2:]]
    assert size(small, said) == (pytest.approx(900 / ((0.8 / 1.959964) ** 2 - 963.36 / 20_000), rel=1e-4), 20_000)
    assert size(small, said, of=4) == (5_000, 20_000), "another topic of the same year"
    assert size(small, [statement("theft", 2019, 2018, True, doubt="a scan")]) == (5_000, 20_000)


def test_limits_printed_with_one_figure_bound_the_share_that_answered_of_all_figures_of_the_year() -> None:
    """p (1 - p) / se^2 = 16,000 of 20,000: with a design effect of 1 to 2 at least 0.8 answered."""
    low, high = (from_standard_error(0.1, (0.09 / 16_000) ** 0.5) * 100).as_floats()
    known = estimate("fraud", 2018, 10.0, lower=low, upper=high, interval_source="published")
    assert size([*TWO, known], [], of=4) == pytest.approx((16_000, 16_000), rel=1e-3)
    assert size([*TWO, known], []) == (pytest.approx(8_000, rel=1e-3), 20_000)
    assert size([*TWO, known], [], of=1) == (5_000, 20_000), "the year after is another sample"


def test_women_against_men_is_a_verdict_too() -> None:
    sexes = [estimate("theft", 2019, value, sex) for sex, value in (("female", 11.0), ("male", 10.0))]
    [row] = verdicts([*sexes, sample(2019)], [statement("theft", 2019, None, True)])
    assert (row["before"], row["after"], row["outcome"]) == (10.0, 11.0, "cuts")
    assert row["error_least"] == pytest.approx((1879 / 10_000) ** 0.5)
    assert row["error_allowed_most"] == pytest.approx(1 / 1.959964)


def test_every_statement_has_its_outcome_and_contradictions_are_listed() -> None:
    rows = [*TWO, estimate("theft", 2017, 20.0), sample(2017)]
    said = [
        statement("theft", 2019, 2018, True),  # depends on the box
        statement("theft", 2018, 2017, False),  # ten points: no part of the box gives it
        statement("theft", 2019, 2017, True),
        statement("theft", 2017, 2016, True),  # not held
    ]
    made = verdicts(rows, said)
    assert [row["outcome"] for row in made] == ["cuts", "contradicts", "agrees", "not_used"]
    assert "no part of the assumptions gives it" in made[1]["reason"] and "not held" in made[3]["reason"]
    table = frame("reconciled.official_verdict", made)
    checked = no_test_contradicts_the_publisher(table)
    assert (checked.checked, checked.failed, checked.warning) == (3, 1, True)
    assert checked.cases.iloc[0]["publisher"] == "not significant"


@pytest.mark.slow
def test_verdicts_that_no_one_sample_size_gives_contradict_each_other() -> None:
    """Each alone fits: 10.0 to 10.8 significant needs 7,600 at least, 10.0 to 11.2 not significant 5,100 at most."""
    rows = [*TWO, estimate("theft", 2020, 10.8), estimate("theft", 2021, 11.2), sample(2020), sample(2021)]
    together = [statement("theft", 2020, 2018, True), statement("theft", 2021, 2018, False)]
    for one in together:
        assert verdicts(rows, [one])[0]["outcome"] == "cuts"
    assert {row["outcome"] for row in verdicts(rows, together)} == {"contradicts"}
    assert size(rows, together) == (5_000, 20_000), "what contradicts itself rules out nothing"


def test_the_published_verdicts_of_the_survey(tables: Tables) -> None:
    """One of 83 is given by no part of the assumptions: sexual assault, 2.6% to 2.0%, 2004/05 to 2016/17."""
    rows = tables.rows("reconciled.official_verdict")
    against = [row for row in rows if row["outcome"] == "contradicts"]
    assert len(rows) == 322 and [row["series"] for row in against] == ["csew.sexual_assault.old.16-59.prevalence"]
    assert sum(row["outcome"] != "not_used" for row in rows) == 83
    for row in tables.rows("reconciled.trend", family="survey"):
        if row["official_significant"] is not None and row["significance"] is not None:
            wanted = "throughout" if row["official_significant"] else "nowhere"
            assert row["significance"] == wanted or row["from_end"] == day("2005-03-31"), row["row_id"]


def test_samples_without_statements_are_the_whole_box() -> None:
    survey = frame("survey.estimate", TWO)
    whole = EffectiveSamples(survey, Assumptions(assumptions()), FieldworkYears(frame("reference.fieldwork", [])))
    assert whole.of_row(records(survey)[0])[0].as_floats() == size(TWO, [])
