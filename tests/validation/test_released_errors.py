"""Published standard errors of the released survey data, on their way to intervals and effective samples."""

import math

import pytest
from kit import reference
from test_open_data import plain, taken

from assets.reconciled.ground.effective_sample import published_size
from assets.survey.tidy import estimates
from assets.tables.records import records


@pytest.mark.parametrize("sex", ["all", "female", "male"])
def test_published_standard_errors_become_computed_intervals_and_effective_samples(sex: str) -> None:
    """Domestic violence, 16 and over, interviews of 2018: p, its standard error and base from the file, by the csv module."""
    name = "csew/csew-open-data-personal-crime-prevalence-2018q4.csv.gz"
    printed = {"all": "All adults", "female": "Female", "male": "Male"}
    [line] = [
        line
        for line in plain(name)
        if (line["measurement_var"], line["age"], line["characteristic_var"], line["sex"], line["geography"])
        == ("domest_p", "16+", "Total", printed[sex], "England and Wales")
    ]
    p, error, base = float(line["estimate"]), float(line["standard_error"]), float(line["unweighted_count"])
    rows = records(estimates(taken(name)[1].frame, reference().series))
    [row] = [
        row
        for row in rows
        if (row["series"], row["sex"], row["age"], row["area_code"], row["characteristic"])
        == ("csew.domestic_violence.face_to_face.16+.prevalence", sex, "16+", "K04000001", None)
    ]
    logit, reach = math.log(p / (1 - p)), 1.959964 * error / (p * (1 - p))
    limits = [100 / (1 + math.exp(-(logit + sign * reach))) for sign in (-1, 1)]
    assert row["interval_source"] == "computed" and (row["lower"], row["upper"]) == pytest.approx(limits, rel=1e-6)
    size = published_size(row)
    assert size == pytest.approx(p * (1 - p) / error**2, rel=1e-6)
    # The design effects of the tracked assumption (deff_self_completion) are those of these rows.
    assert size is not None and base / size == pytest.approx(
        {"all": 1.348, "female": 1.131, "male": 1.487}[sex], abs=6e-4
    )
