"""The next release of the open data: SYNTHETIC variants of those held, read like the originals.

Skipped with a reason where the released files are not at hand.
"""

import csv
import gzip
import io
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from kit import DATA, printed_sheet, read_rows, reference, reference_table, released, why_refused
from test_open_data import SDG

from assets.archive.identity.long_identity import Identity, identify
from assets.archive.identity.long_readers import read
from assets.archive.reading.result import Reading

sys.path.insert(0, str(DATA.parent / "tests" / "unit" / "sheets"))
from sheet_writer import ods, xlsx

pytestmark = pytest.mark.one_in(2)

Lines = list[list[str]]
FORCES = "home_office/prc-pfa-mar2013-onwards-tables201718.csv"
OUTCOMES = "home_office/outcomes-open-data-2018-19.csv.gz"
PREVALENCE = "csew/csew-open-data-personal-crime-prevalence-2018q4.csv.gz"
POPULATION = "population/mye22final.xlsx"
YEAR, QUARTER, FORCE, GROUP, CODE, COUNT = 0, 1, 2, 4, 6, 7
SOME = ("Cleveland", "Avon and Somerset", "London, City of", "Action Fraud")


@cache
def lines_of(name: str) -> Lines:
    content = released(name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@cache
def forces() -> Lines:
    """The header and the records of a few forces."""
    lines = lines_of(FORCES)
    return [lines[0], *(line for line in lines[1:] if line[FORCE] in SOME)]


def written(lines: Lines, encoding: str = "utf-8", delimiter: str = ",", newline: str = "\n") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator=newline, delimiter=delimiter).writerows(lines)
    return made.getvalue().encode(encoding)


def taken(folder: Path, content: bytes, name: str = "synthetic.dat") -> tuple[Identity, Reading]:
    path = folder / name
    path.write_bytes(content)
    about = identify(path, DATA)
    assert about is not None, "not recognised"
    return about, read(path, about, reference())


def figures(reading: Reading) -> list[str]:
    names = ["series", "area_code", "period_start", "period_end", "value", "obs_status"]
    return sorted(map(str, reading.frame[names].itertuples(index=False, name=None)))


def each(lines: Lines, at: int, change: Callable[[str], str]) -> Lines:
    return [lines[0], *([*line[:at], change(line[at]), *line[at + 1 :]] for line in lines[1:])]


def refused(folder: Path, content: bytes) -> str:
    return why_refused(lambda: taken(folder, content)).paragraph()


BLANK = [""] * 8
LAST_DAYS = ("30/06/2017", "30/09/2017", "31/12/2017", "31/03/2018")
FORMS: dict[str, Callable[[Lines], bytes]] = {
    "BOM and CRLF": lambda rows: b"\xef\xbb\xbf" + written(rows, newline="\r\n"),
    "cp1252 below a title": lambda rows: written([["Crime – open data", *BLANK[1:]], *rows], "cp1252"),
    "UTF-16": lambda rows: written(rows, "utf-16"),
    "semicolons": lambda rows: written(rows, delimiter=";"),
    "tabs": lambda rows: written(rows, delimiter="\t"),
    "gzip": lambda rows: gzip.compress(written(rows)),
    "snake case": lambda rows: written([[head.lower().replace(" ", "_") for head in rows[0]], *rows[1:]]),
    "notes in the header": lambda rows: written([[f"{head} [note 1]" for head in rows[0]], *rows[1:]]),
    "another column": lambda rows: written([["Region", *rows[0]], *(["North", *row] for row in rows[1:])]),
    "columns the other way round": lambda rows: written([row[::-1] for row in rows]),
    "blank rows below": lambda rows: written([*rows, BLANK, BLANK]),
    "years 2017-18": lambda rows: written(each(rows, YEAR, lambda _: "2017-18 [note 3]")),
    "years in full": lambda rows: written(each(rows, YEAR, lambda _: "Apr 2017 to Mar 2018")),
    "quarters Q1": lambda rows: written(each(rows, QUARTER, lambda text: f"Q{text} [p]")),
    "last days of years and quarters": lambda rows: written(
        each(each(rows, YEAR, lambda _: "2018-03-31"), QUARTER, lambda number: LAST_DAYS[int(number) - 1])
    ),
    "a sheet for each force": lambda rows: xlsx(
        {name: [rows[0], *(row for row in rows if row[FORCE] == name)] for name in SOME}
    ),
    "thousands": lambda rows: written(each(rows, COUNT, lambda n: f"{int(n):,}" if n.strip().isdigit() else n)),
    "official names of forces": lambda rows: written(
        each(rows, FORCE, lambda n: f"{n} Police" if n == "Cleveland" else n.replace("Somerset", "Somerset Constabulary"))
    ),
    "notes with forces": lambda rows: written(each(rows, FORCE, lambda n: f"{n} [note 4]")),
    "xlsx": lambda rows: xlsx({"Cover": [["x"]], "2017-18": [["A title"], [], *rows]}),
    "ods": lambda rows: ods({"Notes": [["x"]], " 2017_18 ": rows}),
}  # fmt: skip


@pytest.fixture(scope="module")
def of_forces(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The figures of the records of a few forces, as they are."""
    return figures(taken(tmp_path_factory.mktemp("forces"), written(forces()))[1])


@pytest.mark.parametrize("form", FORMS)
def test_force_data_in_another_form_give_the_same_counts(tmp_path: Path, form: str, of_forces: list[str]) -> None:
    _, reading = taken(tmp_path, FORMS[form](forces()), "PRC.CSV")
    assert figures(reading) == of_forces and len(reading.frame) == 3 * 4 * 128


@pytest.mark.parametrize(
    ("sexes", "is_read"), [(["Female"], False), (["Women", "Men", "All"], False), (["All"], True), (["", "x"], True)]
)
def test_records_of_a_sex_are_no_counts_of_all(
    tmp_path: Path, of_forces: list[str], sexes: list[str], is_read: bool
) -> None:
    """With a column "Victim sex" that said Female throughout, every count was published as that of all."""
    rows = forces()
    changed = [[*rows[0], "Victim sex"], *([*row, sexes[at % len(sexes)]] for at, row in enumerate(rows[1:]))]
    if is_read:
        assert figures(taken(tmp_path, written(changed))[1]) == of_forces
    else:
        said = refused(tmp_path, written(changed))
        assert "column I" in said and all(sex in said for sex in sexes) and "keep those of all" in said


def test_a_workbook_with_later_years_in_any_order_is_a_release_to_its_last_quarter(tmp_path: Path) -> None:
    rows = forces()
    sheets = {
        "2025_26": [rows[0], *(row for row in each(rows, YEAR, lambda _: "2025/26")[1:] if row[QUARTER] == "1")],
        "2024_25": each(rows, YEAR, lambda _: "2024/25"),
    }
    about, reading = taken(tmp_path, ods(sheets))
    assert about.release == "prc-pfa-to-2025-06" and len(reading.frame) == 3 * 5 * 128


class TestNewCodes:
    def test_of_a_group_without_threats_are_found_and_the_rest_is_read(
        self, tmp_path: Path, of_forces: list[str]
    ) -> None:
        _, reading = taken(tmp_path, written(each(forces(), CODE, lambda code: "28K" if code == "28E" else code)))
        assert figures(reading) == [row for row in of_forces if "'prc.ho_pfa.28E'" not in row]
        [record] = [row for row in reading.findings if row["kind"] == "offence_code_not_known"]
        assert record["severity"] == "warning" and "28K" in record["place"]
        assert (
            "12 records" in record["evidence"]
            and "Theft offences" in record["evidence"]
            and "28H" in record["evidence"]
        )

    @pytest.mark.parametrize(("known", "new"), [("8Q", "8W"), ("88A", "88F"), ("86", "86A")])
    def test_that_could_be_of_a_threat_weigh_more(self, tmp_path: Path, known: str, new: str) -> None:
        _, reading = taken(tmp_path, written(each(forces(), CODE, lambda code: new if code == known else code)))
        [record] = [row for row in reading.findings if row["kind"] == "offence_code_not_known"]
        assert record["severity"] == "error" and new in record["place"] and "nearest" in record["evidence"]
        assert "could be of a threat" in record["handling"] and len(reading.frame) == 3 * 4 * 127

    def test_without_a_printed_group_weigh_more(self, tmp_path: Path) -> None:
        rows = [[*row[:GROUP], *row[GROUP + 1 :]] for row in forces()]
        _, reading = taken(tmp_path, written(each(rows, CODE - 1, lambda code: "28K" if code == "28E" else code)))
        [record] = [row for row in reading.findings if row["kind"] == "offence_code_not_known"]
        assert record["severity"] == "error" and "28K" in record["place"]

    def test_of_outcomes_follow_the_same_rule(self, tmp_path: Path) -> None:
        lines = lines_of(OUTCOMES)
        some = [lines[0], *(line for line in lines[1:] if line[2] == "Kent")]
        _, original = taken(tmp_path, written(some))
        group = lines[0].index("offence_group")
        new = [*some[1][:group], "Theft offences", "Burglary", "28K", *some[1][group + 3 :]]
        _, reading = taken(tmp_path, written([*some, new]))
        assert figures(reading) == figures(original)
        assert "offence_code_not_known" in {row["kind"] for row in reading.findings}
        new[group] = "Sexual offences"
        _, reading = taken(tmp_path, written([*some, new]))
        assert [row["severity"] for row in reading.findings if row["kind"] == "offence_code_not_known"] == ["error"]

    def test_the_groups_that_must_be_known_are_those_with_codes_of_a_threat(self) -> None:
        """data/layouts/groups_to_know.csv against the memberships: a threat that gains a code of another group is noticed."""
        offences, members = reference_table("offence"), reference_table("offence_threat")
        of = dict(zip(offences["offence_code"], offences["group"].astype("object"), strict=True))
        groups = {of[code] for code in members["offence_code"] if isinstance(of[code], str) and of[code]}
        assert {row["group"] for row in read_rows(DATA / "layouts" / "groups_to_know.csv")} == groups


@pytest.mark.parametrize(
    ("printed", "value"), [("[x]", None), ("[c]", None), ("[low]", None), ("..", None), ("12 [r]", 12)]
)
def test_shorthand_of_the_next_quarter(tmp_path: Path, printed: str, value: float | None) -> None:
    rows = [forces()[0], [*forces()[3][:COUNT], printed]]
    frame = taken(tmp_path, written(rows))[1].frame
    assert (frame["value"].tolist() == [value]) if value else frame["value"].isna().all()


def test_a_renamed_column_says_which_is_missing(tmp_path: Path) -> None:
    rows = [[head.replace("Force Name", "Policing body") for head in forces()[0]], *forces()[1:]]
    said = refused(tmp_path, written(rows))
    assert "column force" in said and "policing body" in said


def test_numbers_in_thousands_are_no_single_ones_and_no_new_label(tmp_path: Path) -> None:
    """They were published as single offences, a thousandth of what they are."""
    rows = [[head.replace("Offences", "Offences (thousands)") for head in forces()[0]], *forces()[1:]]
    said = refused(tmp_path, written(rows))
    assert "number of offences (thousands)" in said and "another unit" in said and "add the new label" not in said


def test_periods_that_cannot_be_read_are_to_be_written_otherwise_where_nothing_corrects_them(tmp_path: Path) -> None:
    said = refused(tmp_path, written(each(forces(), YEAR, lambda _: "2017")))
    assert "2017/18" in said and "save a copy" in said and "corrections" not in said


@cache
def as_it_is(indicator: str) -> Reading:
    """What is read of the released file of an indicator."""
    path = released(f"csew/indicator_{indicator}.csv")
    about = identify(path, DATA)
    assert about is not None
    return read(path, about, reference())


@pytest.mark.parametrize("indicator", SDG)
def test_an_indicator_with_one_more_year_and_one_more_column(tmp_path: Path, indicator: str) -> None:
    lines = lines_of(f"csew/indicator_{indicator}.csv")
    year, status = lines[0].index("Year"), lines[0].index("Observation status")
    last = max(line[year] for line in lines[1:])
    new = [[*line[:year], "2025/26", *line[year + 1 :]] for line in lines[1:] if line[year] == last]
    new[0][status] = "Provisional value" if new[0][status] in ("Normal value", "Undefined") else new[0][status]
    before = as_it_is(indicator)
    about, after = taken(tmp_path, written([[*line, ""] for line in (*lines, *new)], newline="\r\n"))
    assert str(about.period_end) == "2026-03-31"
    assert len(after.frame) == len(before.frame) + len(new)
    assert figures(before) == [row for row in figures(after) if "datetime.date(2026, 3, 31)" not in row]
    assert figures(taken(tmp_path, xlsx({"data": lines}))[1]) == figures(before)


def test_prevalence_of_a_later_quarter(tmp_path: Path) -> None:
    lines = [line for line in lines_of(PREVALENCE) if line[2] in ("measurement_var", "domest_p")]
    _, before = taken(tmp_path, written(lines))
    later = each(each(lines, 0, lambda _: "2026"), 1, lambda _: "2")
    about, after = taken(tmp_path, xlsx({"Table": later}))
    assert about.release == "personal-prevalence-to-2026-06" and len(after.frame) == len(before.frame)
    assert after.frame["value"].sum() == pytest.approx(before.frame["value"].sum())


@cache
def people() -> dict[str, list[list[object]]]:
    return {name: printed_sheet(released(POPULATION), name) for name in ("Cover sheet", "MYE2 - Females")}


class TestPopulation:
    @pytest.mark.parametrize("form", ["as released", "lower", "to the right", "as text", "another name"])
    def test_another_layout_gives_the_same_people(self, tmp_path: Path, form: str) -> None:
        changes: dict[str, Callable[[list[list[object]]], list[list[object]]]] = {
            "lower": lambda rows: [[], [], *rows],
            "to the right": lambda rows: [["", *row] for row in rows],
            "as text": lambda rows: [[f"{c:,.0f}" if isinstance(c, float) and c > 999 else c for c in r] for r in rows],
        }
        sheets = {name: changes.get(form, lambda rows: rows)(rows) for name, rows in people().items()}
        if form == "another name":
            sheets = {f"Sheet {at}": rows for at, rows in enumerate(reversed(sheets.values()))}
        about, reading = taken(tmp_path, xlsx(sheets))
        frame = reading.frame.set_index(["area_code", "age"])["value"]
        # 11 age bands of 56 areas: 43 forces, 9 regions, England, Wales, the two together, and the United Kingdom, which
        # is an area since figures of the National Referral Mechanism are held.
        assert about.release == "mid-2022-2024-03" and len(frame) == 616 == 11 * (43 + 9 + 4)
        # ONS, mid-2022 population estimates, MYE2 - Females, rows of England and Wales and of the United Kingdom, all ages.
        for area in ("K04000001", "K02000001"):
            row = next(r for r in people()["MYE2 - Females"] if r[0] == area)
            assert frame[area, "all"] == row[3]

    def test_the_next_mid_year(self, tmp_path: Path) -> None:
        sheets = {
            name: [
                [re.sub("(?i)mid-2022", "mid-2025", cell) if isinstance(cell, str) else cell for cell in row]
                for row in rows
            ]
            for name, rows in people().items()
        }
        _, reading = taken(tmp_path, xlsx(sheets))
        assert {str(day) for day in reading.frame["period_end"]} == {"2025-06-30"}

    def test_a_district_under_a_new_code_is_read_by_its_name_and_is_named(self, tmp_path: Path) -> None:
        sheets = dict(people())
        sheets["MYE2 - Females"] = [
            ["E06000999", *row[1:]] if row[0] == "E06000001" else row for row in sheets["MYE2 - Females"]
        ]
        reading = taken(tmp_path, xlsx(sheets))[1]
        said = " ".join(row["evidence"] + row["handling"] for row in reading.findings)
        assert "'Hartlepool' has the code E06000999" in said and "force_of_district.csv" in said
        assert "E23000013" in set(reading.frame["area_code"])


OF_PEOPLE = ("Age", "Ethnicity", "Region", "Sex", "Disability status", "Urban or rural", "Household income", "Income")
INDICATOR_FORMS: dict[str, Callable[[str, str], str]] = {
    "all where nothing stands": lambda head, cell: cell or ("All" if head in OF_PEOPLE else ""),
    "the whole by its name": lambda head, cell: (
        cell or {"Age": "All ages", "Region": "England and Wales", "Sex": "Total"}.get(head, "")
    ),
    "NA where nothing stands": lambda _, cell: cell or "NA",
    "notes with labels": lambda head, cell: f"{cell} [note 2]" if cell and head not in ("Year", "Value") else cell,
    "headers of ages, sexes and regions renamed": lambda head, cell: (
        {"Series": "Population", "Sex": "Gender", "Region": "Part of the country"}.get(cell, cell)
        if head == cell
        else cell
    ),
}


@pytest.mark.parametrize("indicator", SDG)
def test_labels_that_say_all_or_carry_notes_and_columns_known_by_their_labels(tmp_path: Path, indicator: str) -> None:
    """Until then "All" for a blank set the whole file aside, and ages under a new header gave 16 and over as 16 to 59."""
    lines = lines_of(f"csew/indicator_{indicator}.csv")
    original = as_it_is(indicator)
    key = ["series", "sex", "age", "characteristic_value", "area_code", "period_end", "value", "obs_status"]
    for form, change in INDICATOR_FORMS.items():
        made = [[change(head, cell) for head, cell in zip(lines[0], line, strict=True)] for line in lines]
        if "header" not in form:
            made[0] = lines[0]
        _, reading = taken(tmp_path, written(made))
        assert reading.frame[key].equals(original.frame[key]), form
