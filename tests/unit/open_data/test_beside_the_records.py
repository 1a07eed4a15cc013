"""What publishers write beside records or otherwise than last time costs no figure: sums, longer names, other writings."""

from pathlib import Path
from typing import Any

import pytest
from kit import DATA, reference, why_refused
from test_csew_open import HEADER as SURVEY
from test_csew_sdg import HEADER as INDICATOR
from test_csew_sdg import line
from workbooks import write_xlsx
from world import HEADER, RELEASE, count, kinds, write_csv

from assets.archive.identity.long_identity import identify, most_like
from assets.archive.landed.read_file import read_file
from assets.archive.publications.ho_outcomes import read as ho_outcomes
from assets.archive.publications.ho_prc_pfa.read import read
from assets.archive.reading.long_table import header_label
from assets.archive.reading.periods import april_to_march
from assets.archive.reading.result import Reading, ReleaseKey
from assets.words.problems import BadInput

FORCES = ("Kent", "Essex", "Surrey", "Sussex", "Norfolk")


def counts(tmp_path: Path, *rows: list[Any]) -> Reading:
    return read(write_csv(tmp_path / "prc.csv", [HEADER, *rows]), RELEASE, reference())


def areas(reading: Reading) -> list[str]:
    return sorted(reading.frame["area_code"])


def test_sums_of_regions_and_countries_are_no_forces_and_refuse_nothing(tmp_path: Path) -> None:
    forces = [count(force=force) for force in FORCES]
    wholes = ("England and Wales", "ENGLAND", "South East", "East of England Region", "Total", "All forces")
    reading = counts(tmp_path, *forces, *[count(force=whole, offences=99) for whole in wholes])
    assert len(areas(reading)) == len(FORCES) and set(reading.frame["value"]) == {5}
    assert [row["what"] for row in reading.left_out] == [*wholes]
    # A force of a region's name is a force; a blank is nothing that is known.
    reading = counts(tmp_path, *forces, count(force="West Midlands"), count(force=""))
    assert "E23000014" in areas(reading) and not reading.left_out and kinds(reading) == ["record_set_aside"]


def test_a_sum_without_a_code_is_no_code_that_is_missing(tmp_path: Path) -> None:
    total = count(code="")
    total[3] = "Total recorded crime"
    assert kinds(counts(tmp_path, count(), total)) == ["left_out"]
    assert kinds(counts(tmp_path, count(), count(code=""))) == ["offence_code_not_known"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Dyfed Powys", "W15000004"), ("Dyfed – Powys", "W15000004"), ("Hampshire & Isle of Wight", "E23000030")],
)  # fmt: skip
def test_another_writing_of_a_force(tmp_path: Path, printed: str, code: str) -> None:
    assert code in areas(counts(tmp_path, count(), count(force=printed)))


@pytest.mark.parametrize(
    ("printed", "beside"),
    [
        ("Norfolk and Suffolk", "Kent"),
        ("Hampshire and Isle of Wight", "Hampshire"),
        ("Hampshire and Thames Valley", "Kent"),
        ("Hampshire Partnership", "Kent"),
        ("Isle of Wight and Hampshire", "Kent"),
    ],
)
def test_two_forces_under_one_name_are_neither(tmp_path: Path, printed: str, beside: str) -> None:
    reading = counts(tmp_path, count(force=beside), count(force=printed, offences=7))
    assert list(reading.frame["value"]) == [5] and kinds(reading) == ["record_set_aside"]


def test_a_code_with_a_space_in_it(tmp_path: Path) -> None:
    assert list(counts(tmp_path, count(code="105 A")).frame["offence_code"]) == ["105A"]


def test_shorthand_without_brackets_costs_itself_alone_and_is_named_once(tmp_path: Path) -> None:
    rows = [count(code=code, quarter=quarter) for code in ("19C", "8L", "8M", "105A") for quarter in (1, 2, 3, 4)]
    for row in rows[:7]:
        row[7] = "x"
    reading = counts(tmp_path, *rows)
    [told] = [row for row in reading.findings if row["kind"] == "figure_set_aside"]
    assert len(reading.frame) == 9 and "'x' in 7 cells" in told["evidence"]
    for row in rows[:7]:
        row[7] = "5O"
    with pytest.raises(BadInput):
        counts(tmp_path, *rows)


OUTCOMES = (
    "FinancialYear", "FinancialQuarter", "ForceName", "OffenceDescription", "OffenceCode", "OutcomeDescription", "OutcomeGroup",
    "OutcomeType", "ForceOutcomesForOffencesRecordedInQuarter", "ForceOutcomesRecordedInQuarter",
)  # fmt: skip


def test_types_of_outcomes_have_one_writing_and_a_total_is_none(tmp_path: Path) -> None:
    def row(kind: str, force: str) -> list[Any]:
        return ["2018/19", "1", force, "Stalking", "8Q", "Charged", "Charged", kind, 3, 4]

    rows = [row(kind, force) for kind, force in zip(("1", "Outcome 2a", "18.0", "", "Total"), FORCES, strict=True)]
    reading = ho_outcomes.read(
        write_csv(tmp_path / "out.csv", [OUTCOMES, *rows]), ReleaseKey("ho_outcomes", "test", "not_accredited"), reference()
    )  # fmt: skip
    assert sorted(set(reading.frame["outcome_type"])) == ["1", "18", "2A"]
    assert kinds(reading) == ["record_set_aside", "record_set_aside"]


def test_headers_joined_by_capitals_or_lines() -> None:
    written = ("MeasurementVar", "measurement_var", "Measurement.Var", "Measurement var")
    assert {header_label(text) for text in written} == {"measurement var"}
    assert header_label("MYE2 - Persons") == "mye2 - persons"


def test_years_taken_together_by_their_months() -> None:
    assert april_to_march("April 2018 to March 2020") == april_to_march("2018 to 2020")
    assert april_to_march("January 2018 to December 2019") is None


def test_the_message_of_a_renamed_header_names_what_the_file_has_most_columns_of(tmp_path: Path) -> None:
    header = [*OUTCOMES[:8], "OutcomesForOffencesRecordedInQuarter", "OutcomesRecordedInQuarter"]
    error = why_refused(lambda: identify(write_csv(tmp_path / "out.csv", [header, ["2018/19"]]), DATA))
    assert "nearly ho_outcomes (outcomes)" in error.paragraph()


def test_another_indicator_is_told_by_its_form(tmp_path: Path) -> None:
    header = "Year,Age,Sex,Unit measure,Unit multiplier,Observation status,Value"
    said = most_like(write_csv(tmp_path / "other.csv", [header.split(","), ["2011/12"]]), DATA)
    assert "form of the UK SDG data, and of no indicator that is read here (11.7.2, 16.1.3" in said


@pytest.mark.slow
def test_columns_that_say_the_same_of_every_line_break_nothing_down(tmp_path: Path) -> None:
    header, lines = [*INDICATOR], [line(), line(year="2017/18"), line(age="16 to 19"), line(region="North East")]
    plain = read_file(write_csv(tmp_path / "plain.csv", [header, *lines]), "plain.csv", reference())
    names = [name.lower().replace(" ", "_").replace("observation_status", "Obs status") for name in header]
    rows = [["About the data"], [], [*names, "Reporting type"], *([*line, "National"] for line in lines)]
    book = write_xlsx(tmp_path / "more.xlsx", {"README": [["UK SDG data"]], "Data": rows})
    more = read_file(book, "more.xlsx", reference())
    key = ["series", "sex", "characteristic", "characteristic_value", "area_code", "value", "obs_status"]
    assert more.frame[key].equals(plain.frame[key]) and len(plain.frame)
    assert [row["handling"] for row in more.findings if row["kind"] == "new_column"] == [
        "'National' names the publication, or all that it covers, and breaks nothing down."
    ]
    # What tells people or places apart is said of the file too, and makes it one of these.
    for said in ("Wales", "Male", "16 to 24", "Disabled", "20% most deprived"):
        rows = [[*header, "Of"], *([*line, said] for line in lines)]
        try:
            reading = read_file(write_csv(tmp_path / "of.csv", rows), "of.csv", reference())
        except BadInput:
            continue
        assert not set(map(tuple, reading.frame[key].to_numpy())) & set(map(tuple, plain.frame[key].to_numpy()))


def test_a_file_of_which_nothing_is_read_says_what_was_noticed(tmp_path: Path) -> None:
    header, lines = [*INDICATOR], [line(), line(year="2017/18"), line(age="16 to 19"), line(region="North East")]
    at = header.index("Unit multiplier")
    lines = [[*line[:at], "Thousands", *line[at + 1 :]] for line in lines]
    error = why_refused(
        lambda: read_file(write_csv(tmp_path / "thousands.csv", [header, *lines]), "thousands.csv", reference())
    )
    assert "'Thousands'; expected 'Units'" in error.paragraph()


def test_a_file_of_percentages_where_shares_stand_is_refused_and_a_single_one_set_aside(tmp_path: Path) -> None:
    def lines(estimates: list[float]) -> list[list[Any]]:
        ages = ("16+", "16-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
        of = [(sex, age) for sex in ("All adults", "Female", "Male") for age in ages]
        said = ["2018", "4", "violnr_p", "Person", "Prevalence rate", "England and Wales", "NA"]
        return [
            [*said, sex, age, "Total", "Total", estimate, estimate / 10, 2000]
            for (sex, age), estimate in zip(of, estimates, strict=True)
        ]

    def read_lines(name: str, estimates: list[float]) -> Reading:
        return read_file(write_csv(tmp_path / name, [SURVEY, *lines(estimates)]), name, reference())

    shares = [0.017 + at / 1000 for at in range(24)]
    assert len(read_lines("shares.csv", shares).frame) == 24
    reading = read_lines("one.csv", [*shares[:-1], 4.1])
    assert len(reading.frame) == 23 and "figure_set_aside" in kinds(reading)
    error = why_refused(lambda: read_lines("percent.csv", [100 * share for share in shares]))
    assert "24 of 24 figures cannot be true" in error.paragraph() and "cell L2" in error.paragraph()
