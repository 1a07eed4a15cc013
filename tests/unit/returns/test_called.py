"""What the name of a file says of itself (W25): other suppliers and times than the manifest's, and nothing where it fits."""

import datetime
import shutil
from pathlib import Path

import pytest
from sent import blank, checked, many, rules, send

from assets.returns.file.called import says_otherwise
from assets.returns.file.manifest import Manifest
from assets.returns.supply.seal import seal

# Of Avon and Somerset, April to June 2022, extracted on 20 July and sent on 2 August.
FITS = (
    "record.csv", "avon_and_somerset_2022-04.csv", "Avon & Somerset Q1 2022-23.csv.gz", "AvonAndSomerset2022Q2.csv",
    "avonsomerset_20220401-20220630.csv", "avon-and-somerset (2022-07-20).csv", "record_20072022.csv", "2022_08_record.csv",
    "apr_jun_2022.csv", "April to June 2022.CSV", "June2022_surrey_avon_and_somerset.csv", "return_of_kentish_2.csv",
    "summary_1999.csv", "junior_2021.csv", "record_2022.csv", "vawg_2022-23.csv", "2022-13-45.csv", "record_31-02-2022.csv",
)  # fmt: skip
SUPPLIER, TIME = (
    "the name of the file says {}",
    "the name of the file says another time than the quarter from 2022-04 on",
)
OTHERWISE = {
    "surrey.csv": [SUPPLIER.format("surrey")],
    "Kent Police 2022-04.csv": [SUPPLIER.format("kent")],
    "SouthWales_2022-07.csv.gz": [SUPPLIER.format("south_wales"), TIME],
    "metropolitan-and-surrey.csv": [SUPPLIER.format("metropolitan_police, surrey")],
}  # fmt: skip
OTHER_TIMES = (
    "2022-07.csv", "Q2 2022-23.csv", "record_2022_23_q4.csv", "2022q4.csv", "202207.csv", "jul_sep_2022.csv", "July 2022.csv",
    "20220331.csv", "record_2022-08-03.csv", "2021-04-01_2021-06-30.csv", "2022Mar.csv", "2022-09.csv",
)  # fmt: skip


def said(name: str) -> list[str]:
    filled = blank("avon_and_somerset", "2022-04", "record", "assumed-1")
    days = {"extract_date": datetime.date(2022, 7, 20), "sent_date": datetime.date(2022, 8, 2)}
    return list(says_otherwise(Manifest.model_validate(filled | days | {"file": name}), rules()))


@pytest.mark.parametrize("name", FITS)
def test_a_name_of_a_file_that_fits_is_not_warned_of(name: str) -> None:
    assert said(name) == []


@pytest.mark.parametrize(("name", "words"), [*OTHERWISE.items(), *((name, [TIME]) for name in OTHER_TIMES)])
def test_a_name_of_a_file_that_says_another_supplier_or_quarter_is_warned_of(name: str, words: list[str]) -> None:
    assert said(name) == words


@pytest.mark.slow
def test_the_warning_stands_in_the_report_and_refuses_nothing(tmp_path: Path) -> None:
    folder = send(tmp_path, many(60))
    shutil.move(folder / "record.csv", folder / "surrey_2022-04.csv")
    filled = blank("kent", "2022-04", "record", "assumed-1") | {"extract_date": "2022-07-20", "sent_date": "2022-07-25"}
    seal(folder, filled | {"synthetic": True, "file": "surrey_2022-04.csv"})
    found, problems = checked(folder)
    assert found.verdict == "accepted" and found.counts["W25"] == 1
    assert [problem["value"] for problem in problems if problem["rule"] == "W25"] == [SUPPLIER.format("surrey")]
