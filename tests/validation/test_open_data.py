"""The readers of open data against the released files, counted again by other means."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
import pytest
from kit import DATA, printed_sheet, read_rows, reference, released
from test_transcription import KEY

from assets.archive.identity.long_identity import Identity, identify
from assets.archive.identity.long_readers import READERS, read
from assets.archive.reading.result import Reading
from assets.reconciled.change.revision import revisions_of
from assets.tables.conform import conform, validate
from assets.tables.records import records
from schemas.derive import columns
from schemas.registry import CONTRACTS, contract

pytestmark = pytest.mark.one_in(2)

PSEUDO = ("Action Fraud", "CIFAS", "UK Finance", "Financial Fraud Action UK")
SDG = ("5-2-1", "5-2-2", "11-7-2", "16-1-3", "16-2-3", "16-3-1")
APPENDIX = {"ye-2025-06": "appendix-tables-ye-june-2025.xlsx", "ye-2025-09": "appendix-tables-ye-september-2025.xlsx"}
MID_YEARS = {
    "mid-2018-estimates-2019-lad-codes.xls": "mid-2018-2019-06",
    "ukmidyearestimates20192020ladcodes.xls": "mid-2019-2020-06",
    "ukpopestimatesmid2020on2021geography.xlsx": "mid-2020-2021-06",
    "ukpopestimatesmid2021on2021geographyfinal.xlsx": "mid-2021-2022-12",
    "mye22final.xlsx": "mid-2022-2024-03",
}
POPULATION = {
    **MID_YEARS,
    "ukpopulationestimates18382022.xlsx": "historical-2023-11",
    "regionalpopulation.csv": "mid-2023-regional-copy",
    "ew_population_single_year_mid2025.csv": "mid-2025-copy",
    "sape23dt8a-mid-2020-females.csv": "mid-2020-wards",
}
# What no reader of open data says: forces left out are read from notes, doubts from relations between releases.
ADDED_LATER = ("leaves_out", "doubt")


@cache
def taken(name: str) -> tuple[Identity, Reading]:
    path = released(name)
    about = identify(path, DATA)
    assert about is not None, f"{name} is not recognised"
    reading = read(path, about, reference())
    table = READERS[about.reader].staged
    if table in CONTRACTS:
        later = {name: None for name in ADDED_LATER if name in columns(contract(table).model)}
        reading.frame = conform(reading.frame.assign(**later), contract(table))
        validate(reading.frame, contract(table))
    return about, reading


def plain(name: str) -> list[dict[str, str]]:
    path = released(name)
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def number(printed: str) -> int:
    return 0 if printed.strip() == "-00" else int(printed.replace(",", ""))


def transcribed(*files: str) -> Iterator[dict[str, str]]:
    for name in files:
        yield from read_rows(DATA / "figures" / f"{name}.csv")


class TestForceData:
    NAME = "home_office/prc-pfa-mar2013-onwards-tables201718.csv"

    def test_every_figure_by_another_count(self) -> None:
        """Every force, quarter and printed code, counted with the csv module."""
        wanted: dict[tuple[str, str], float] = defaultdict(float)
        forces = set()
        for row in plain(self.NAME):
            if row["Force Name"] not in PSEUDO:
                code = "homicide" if row["Offence Code"].startswith("1/") else row["Offence Code"]
                wanted[row["Financial Quarter"], code] += number(row["Number of Offences"])
                forces.add(row["Force Name"])
        _, reading = taken(self.NAME)
        frame = reading.frame
        assert len(frame) == len(forces) * len(wanted) == 44 * 4 * 128
        quarter = {"2017-06-30": "1", "2017-09-30": "2", "2017-12-31": "3", "2018-03-31": "4"}
        summed = frame.groupby(["period_end", "offence_code"])["value"].sum()
        assert {(quarter[str(end)], code): value for (end, code), value in summed.items()} == dict(wanted)

    def test_every_cell_holds_the_figure(self) -> None:
        with released(self.NAME).open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        _, reading = taken(self.NAME)
        frame = reading.frame
        for cell, value in zip(frame["cell"], frame["value"], strict=True):
            first, _, last = cell.partition(":")
            rows = range(int(first[1:]), int((last or first)[1:]) + 1)
            assert first[0] == "H" and sum(number(lines[row - 1][7]) for row in rows) == value

    def test_what_is_left_out_is_named_and_what_is_odd_is_found(self) -> None:
        _, reading = taken(self.NAME)
        assert {left["what"]: left["rows"] for left in reading.left_out} == {
            "Action Fraud": 4, "CIFAS": 4, "UK Finance": 3, "Financial Fraud Action UK": 1,
        }  # fmt: skip
        assert {row["kind"] for row in reading.findings} == {
            "rows_share_a_key", "nought_as_accounting_format", "negative_quarter",
        }  # fmt: skip

    def test_forces_add_up_to_england_and_wales(self) -> None:
        """Table A5a of later releases, for every class transcribed: within what was revised since (7%, or 30 offences)."""
        _, reading = taken(self.NAME)
        forces = reading.frame.groupby("offence_code")["value"].sum()
        whole = {
            row["series"].removeprefix("prc.a5a."): float(row["value"])
            for row in transcribed("recorded_offences")
            if row["series"].startswith("prc.a5a.")
            and row["period_start"] == "2017-04-01"
            and row["obs_status"] == "normal"
        }
        compared = [(code, forces[code], value) for code, value in whole.items() if code in forces.index]
        assert len(compared) > 25
        # 71 and 88C moved between each other in later releases.
        moved = {"71", "88C"}
        off = [one for one in compared if one[0] not in moved and abs(one[1] - one[2]) > max(0.07 * one[2], 30)]
        assert not off

    def test_quarters_agree_with_the_rolling_year_of_the_other_table(self) -> None:
        """Sexual offences of the year to March 2018, force by force: within what was revised between the two releases."""
        _, quarters = taken(self.NAME)
        _, rolling = taken("home_office/rec-crime-pfa.csv")
        groups = reference().offences.set_index("offence_code")["group"]
        frame = quarters.frame
        mine = frame[frame["offence_code"].map(groups) == "sexual_offences"].groupby("area_code")["value"].sum()
        year = rolling.frame
        year = year[(year["offence_code"] == "sexual_offences") & (year["period_end"].astype(str) == "2018-03-31")]
        theirs = year.set_index("area_code")["value"]
        assert set(mine.index) == set(theirs.index) and len(theirs) == 44
        mine = mine.reindex(theirs.index)
        assert ((mine - theirs).abs() <= (0.1 * theirs).clip(lower=5)).all()


class TestRollingYears:
    NAME = "home_office/rec-crime-pfa.csv"

    def test_every_year_by_another_count(self) -> None:
        wanted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in plain(self.NAME):
            if row["PFA"] not in PSEUDO:
                day, month, year = row["12 months ending"].split("-")
                held = wanted[f"{year}-{month}-{'31' if (day, month) == ('30', '12') else day}"]
                held[0] += 1
                held[1] += int(row["Rolling year total number of offences"])
        _, reading = taken(self.NAME)
        got = reading.frame.groupby("period_end")["value"].agg(["count", "sum"])
        assert {str(end): [row["count"], row["sum"]] for end, row in got.iterrows()} == dict(wanted)

    def test_the_mis_keyed_day_is_found(self) -> None:
        _, reading = taken(self.NAME)
        assert [row["place"][-10:] for row in reading.findings if row["kind"] == "date_mis_keyed"] == ["30-12-2017"]


@pytest.mark.long
def test_every_outcome_by_another_count() -> None:
    name = "home_office/outcomes-open-data-2018-19.csv.gz"
    rows = plain(name)
    _, reading = taken(name)
    frame = reading.frame
    for series, column in (("for_offences_recorded", "force_outcomes_for_offences_recorded_in_quarter"),
                           ("recorded", "force_outcomes_recorded_in_quarter")):  # fmt: skip
        mine = frame[frame["series"] == f"prc.ho_outcomes.{series}"]
        assert len(mine) == len(rows)
        assert mine["value"].isna().sum() == sum(row[column] == "NA" for row in rows)
        wanted: dict[str, int] = defaultdict(int)
        for row in rows:
            wanted[row["outcome_type"]] += int(row[column]) if row[column] != "NA" else 0
        assert mine.groupby("outcome_type")["value"].sum().fillna(0).to_dict() == dict(wanted)


class TestIndicators:
    @pytest.mark.parametrize("indicator", SDG)
    def test_every_line_is_a_figure(self, indicator: str) -> None:
        name = f"csew/indicator_{indicator}.csv"
        lines = plain(name)
        about, reading = taken(name)
        assert about.release == f"sdg-{indicator}-b68b9d9"
        rows = records(reading.frame)
        assert [row["line"] for row in rows] == list(range(2, len(lines) + 2))
        for row, line in zip(rows, lines, strict=True):
            usable = line["Value"] if line["Observation status"] in ("Normal value", "Undefined") else ""
            assert row["value"] == (float(usable) if usable else None)
            assert row["printed"] == line["Value"]
            if line.get("GeoCode"):
                assert row["area_code"] == line["GeoCode"]

    @pytest.mark.long
    def test_the_transcribed_figures_agree_cell_by_cell(self) -> None:
        key = ("release", *(name for name in KEY if name not in ("source", "release")))
        read_rows = {
            tuple(str(row[name] or "") for name in key): row
            for indicator in SDG
            for row in records(taken(f"csew/indicator_{indicator}.csv")[1].frame)
        }
        # Figures of earlier commits of the publisher's files are transcribed too; those files are not among the released.
        read_releases = {key[0] for key in read_rows}
        held = [
            row for row in transcribed("survey_estimates", "survey_reporting")
            if row["source"] == "csew_sdg" and row["release"] in read_releases
        ]  # fmt: skip
        assert read_releases == {f"sdg-{indicator}-b68b9d9" for indicator in SDG} and len(held) > 500
        for row in held:
            mine = read_rows[tuple(row[name] for name in key)]
            assert (mine["value"], mine["printed"], mine["cell"], mine["designation"]) == (
                float(row["value"]), row["printed"], row["cell"], row["designation"],
            )  # fmt: skip

    def test_the_known_oddities_are_found(self) -> None:
        found = [row["kind"] for indicator in SDG for row in taken(f"csew/indicator_{indicator}.csv")[1].findings]
        assert found.count("blank_under_normal_value") == 14
        assert found.count("value_under_missing") == 1
        assert found.count("status_undefined") == 1

    def test_a_year_without_interviews_has_no_value(self) -> None:
        for indicator in ("5-2-1", "5-2-2", "11-7-2"):
            rows = records(taken(f"csew/indicator_{indicator}.csv")[1].frame)
            assert all(row["value"] is None for row in rows if str(row["period_end"]) == "2021-03-31")


def test_open_data_of_the_survey_by_another_count() -> None:
    name = "csew/csew-open-data-personal-crime-prevalence-2018q4.csv.gz"
    lines = [line for line in plain(name) if line["measurement_var"] == "domest_p"]
    _, reading = taken(name)
    frame = reading.frame[reading.frame["series"] == "csew.domestic_violence.face_to_face.16+.prevalence"]
    assert len(frame) == len(lines) == 2088
    assert frame["value"].sum() == pytest.approx(
        sum(float(line["estimate"]) for line in lines if line["estimate"] != "NA")
    )
    assert frame["value"].isna().sum() == sum(line["estimate"] == "NA" for line in lines)
    assert frame["base"].max() == 34073
    assert sum(left["rows"] for left in reading.left_out) + len(reading.frame) == 66816


class TestPopulation:
    @pytest.mark.long
    @pytest.mark.parametrize(("name", "release"), POPULATION.items())
    def test_every_layout_is_read_as_its_release(self, name: str, release: str) -> None:
        about, reading = taken(f"population/{name}")
        assert (about.source, about.release) == ("ons_population", release)
        assert len(reading.frame) and reading.frame["value"].notna().all()
        assert reading.findings == []

    @pytest.mark.long
    def test_the_transcribed_figures_agree_cell_by_cell(self) -> None:
        key = ("release", "sex", "age", "area_code", "period_end")
        read_rows = {
            tuple(str(row[name]) for name in key): row
            for file in POPULATION
            for row in records(taken(f"population/{file}")[1].frame)
        }
        held = [row for row in transcribed("population") if row["release"] in POPULATION.values()]
        assert len(held) > 150
        for row in held:
            mine = read_rows[tuple(row[name] for name in key)]
            assert (mine["value"], mine["cell"], mine["sheet"]) == (float(row["value"]), row["cell"], row["sheet"])

    @pytest.mark.parametrize("name", MID_YEARS)
    def test_forces_and_regions_add_up_to_england_and_wales(self, name: str) -> None:
        frame = taken(f"population/{name}")[1].frame
        kinds = reference().areas.set_index("area_code")["area_type"]
        frame = frame.assign(kind=frame["area_code"].map(kinds))
        by = ["sex", "age", "period_end"]
        whole = frame[frame["area_code"] == "K04000001"].set_index(by)["value"]
        forces = frame[frame["kind"] == "police_force"]
        assert forces["area_code"].nunique() == 43
        assert (forces.groupby(by)["value"].sum().reindex(whole.index) == whole).all()
        inner = frame[(frame["kind"] == "region") | (frame["area_code"] == "W92000004")]
        assert (inner.groupby(by)["value"].sum().reindex(whole.index) == whole).all()

    def test_forces_have_the_population_that_the_force_tables_print(self) -> None:
        """Mid-2022, all ages, as Table C4 of the year to December 2024 rounds it to the nearest hundred."""
        rows = printed_sheet(released("ons_pfa/policeforceareatablesyedecember2024.xlsx"), "C4")
        printed = {
            row[0]: row[6]
            for row in rows
            if isinstance(row[0], str)
            and row[0][:3] in ("E23", "W15")
            and not str(row[2]).strip()
            and isinstance(row[6], float)
        }
        frame = taken("population/mye22final.xlsx")[1].frame
        frame = frame[
            (frame["sex"] == "all") & (frame["age"] == "all") & (frame["period_end"].astype(str) == "2022-06-30")
        ]
        mine = frame.set_index("area_code")["value"]
        assert len(printed) >= 42
        assert {code: value for code, value in printed.items() if abs(mine[code] - value) > 50} == {}

    def test_wards_and_districts_of_one_mid_year_agree(self) -> None:
        wards = taken("population/sape23dt8a-mid-2020-females.csv")[1].frame
        districts = taken("population/ukpopestimatesmid2020on2021geography.xlsx")[1].frame
        key = ["area_code", "sex", "age", "period_end"]
        both = wards.merge(districts, on=key, suffixes=("", "_districts"))
        assert len(both) == len(wards)
        assert (both["value"] == both["value_districts"]).all()


class TestRevisions:
    def cell(self, release: str, ending: str, label: str, header: str) -> float:
        rows = printed_sheet(released(f"ons_appendix/{APPENDIX[release]}"), ending)
        line = next(row for row in rows if str(row[0]).startswith(label))
        heads = next(row for row in rows if any(" ".join(str(cell).split()) == header for cell in row))
        return float(line[next(at for at, cell in enumerate(heads) if " ".join(str(cell).split()) == header)])

    @pytest.mark.parametrize(
        ("series", "sheet", "label", "header", "start", "end", "first", "latest"),
        [
            (
                "prc.e2.all_offences",
                "E2",
                "All offences",
                "Jan 2025 to Mar 2025",
                "2025-01-01",
                "2025-03-31",
                188452,
                197554,
            ),
            ("prc.b2.8L.008_29", "B2", "008/29", "Apr 2024 to Mar 2025", "2024-04-01", "2025-03-31", 9830, 1685),
        ],
    )
    def test_figures_revised_between_the_two_releases_of_2025(
        self, series: str, sheet: str, label: str, header: str, start: str, end: str, first: float, latest: float
    ) -> None:
        facts: list[dict[str, Any]] = [
            {"row_id": release, "series": series, "sex": "all", "age": "all", "area_code": "K04000001", "unit": "offences",
             "period_start": pd.Timestamp(start).date(), "period_end": pd.Timestamp(end).date(), "period_type": "quarter",
             "source": "ons_appendix", "release": release, "value": self.cell(release, sheet, label, header),
             "obs_status": "normal", "designation": "not_accredited"}
            for release in APPENDIX
        ]  # fmt: skip
        releases = pd.DataFrame(
            {"source": "ons_appendix", "release": list(APPENDIX), "vintage_order": [20251023, 20260126]}
        )
        [row] = records(revisions_of({"recorded.flagged_count": pd.DataFrame(facts)}, releases))
        assert (row["first"], row["latest"], row["change"], row["revised"]) == (first, latest, latest - first, True)
        assert row["change_percent"] == pytest.approx(100 * (latest - first) / first)
