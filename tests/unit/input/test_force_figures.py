"""Tracked counts of forces: refused with their line, beside what a released file gives, and held against it."""

from pathlib import Path

import pandas as pd
import pytest
from kit import frame, why_refused

from assets.archive.findings.transcription import force_findings
from assets.archive.tracked.figures import COUNTS, tracked_beside, tracked_counts, tracked_populations
from assets.reference.read import read_reference
from assets.reference.releases import read_releases

pytestmark = pytest.mark.slow

SERIES, AREA, END = "prc.pfa.sexual_offences", "E23000036", "2024-12-31"


def counts(data: Path) -> pd.DataFrame:
    series, offences, areas = (read_reference(data, f"reference.{name}") for name in ("series", "offence", "area"))
    return tracked_counts(data, series, offences, areas, read_releases(data))


def edited(data: Path, old: str, new: str) -> int:
    """Change the first line that holds a text; its number."""
    path = data / COUNTS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if old in line)
    lines[at] = lines[at].replace(old, new)
    path.write_text("".join(lines), encoding="utf-8")
    return at + 1


def test_a_line_that_names_what_is_not_there_is_refused_with_its_number(own_root: Path) -> None:
    changes = [
        ("prc.ho_pfa.8Q,", "prc.ho_pfa.8QQ,", "series"), (",E23000005,", ",E23999999,", "area_code"),
        (",ye-2019-06,", ",ye-2019-07,", "release"), (",n05\n", ",n999\n", "note"),
    ]  # fmt: skip
    told = {(f"data/{COUNTS}, line {edited(own_root, old, new)}", column) for old, new, column in changes}
    refused = why_refused(lambda: counts(own_root))
    problems = [(problem.place, problem.column) for problem in refused.problems]
    assert {*problems} == told and len(problems) == len(told)


def test_a_line_that_cannot_be_true_of_a_count_is_refused(own_root: Path) -> None:
    """As every other figure is: a period the wrong way round, of another length than its type, a fraction of an offence."""
    changes = [
        ("2018-03-31,2017-04-01,year,3,normal,3", "period_start", "2018-03-31 after 2017-04-01"),
        ("2017-04-01,2017-12-31,quarter,3,normal,3", "period_end", "2017-04-01 to 2017-12-31"),
        ("2017-04-01,2017-06-30,quarter,0.003,normal,0.003", "value", "0.003 (printed '0.003')"),
        ("2017-04-01,2017-06-30,quarter,,normal,3", "value", "nothing"),
        ("2017-04-01,2017-06-30,quarter,30,normal,3", "value", "30 (printed '3')"),
    ]
    lines = [edited(own_root, "2017-04-01,2017-06-30,quarter,0,normal,-00", new) for new, _, _ in changes]
    told = {(f"data/{COUNTS}, line {at}", *said) for at, (_, *said) in zip(lines, changes, strict=True)}
    refused = why_refused(lambda: counts(own_root))
    assert told <= {(problem.place, problem.column, problem.value) for problem in refused.problems}


def test_a_figure_on_two_lines_is_refused(own_root: Path) -> None:
    path = own_root / COUNTS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    refused = why_refused(lambda: counts(own_root))
    assert [problem.place for problem in refused.problems] == [f"data/{COUNTS}, line {len(lines) + 1}"]


def test_a_count_read_from_a_released_file_stands_and_another_value_is_a_finding(data_root: Path) -> None:
    tracked = counts(data_root)
    one = tracked[(tracked["series"] == SERIES) & (tracked["area_code"] == AREA)]
    one = one[one["period_end"].astype(str) == END].head(1)
    assert one["value"].tolist() == [7617.0]
    read = one.assign(value=pd.Series([7716.0], index=one.index, dtype="double[pyarrow]"), printed="7716")
    together = pd.concat([read, tracked_beside(read, tracked)])
    assert len(together) == len(tracked)
    assert together[together["row_id"] == one["row_id"].iloc[0]]["value"].tolist() == [7716.0]
    (row,) = force_findings(data_root, (read, frame("archive.landed_count", [])))
    assert (row["kind"], row["severity"]) == ("transcription_differs", "error")
    assert "has 7617" in row["evidence"] and "prints 7716" in row["evidence"]
    assert force_findings(data_root, (one, frame("archive.landed_count", []))) == []
    assert force_findings(data_root, (frame("archive.landed_figure", []), frame("archive.landed_count", []))) == []


def test_codes_of_one_sex_keep_it_and_populations_are_of_everybody(data_root: Path) -> None:
    """19C is rape of a female aged 16 and over (ONS, Table A5a)."""
    rape = counts(data_root)
    rape = rape[rape["offence_code"] == "19C"]
    assert set(rape["sex"]) == {"female"} and set(rape["age"]) == {"16+"} and set(rape["period_type"]) == {"quarter"}
    series, areas = (read_reference(data_root, f"reference.{name}") for name in ("series", "area"))
    people = tracked_populations(data_root, series, areas, read_releases(data_root))
    assert set(people["sex"]) == set(people["age"]) == {"all"} and set(people["unit"]) == {"persons"}
