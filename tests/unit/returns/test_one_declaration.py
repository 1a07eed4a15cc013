"""The columns and rules of a return are declared once: pandera, Polars and the metadata must say what DuckDB's pass says."""

import csv
import datetime
import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pandera.pandas as pa
import polars as pl
import pytest
from kit import ROOT
from pandera.errors import SchemaErrors
from sent import COUNTS, GOOD, rules, send

from assets.reference.read import read_reference
from assets.returns.checks.check import check
from assets.returns.checks.predicates import tops_of_bands
from assets.returns.checks.row_model import as_yaml, row_model
from assets.returns.file.csv_file import ENDS
from assets.returns.file.manifest import read_manifest
from assets.returns.rules.quarters import quarter_days
from assets.returns.supply.template import write_template
from schemas.returns import PARTNERSHIP, TEMPLATES, ReturnColumn

START, END = quarter_days("2022-04")
EXTRACTED = datetime.date(2022, 7, 20)  # as `send` says
# Per kind of column: values at the edge of what it takes, on both sides.
ODD: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "cg00000001a", "4.6E+11", "46E11", "4E05", "abc", "a", "Jane Smith", "jane.smith", "a" * 40, "a" * 41, "#hash!value(9)x",
        "-abc12345678", "9abc-1234567", "deadbeef==", "abc:", "=abc", "Zoë", "c,1", "+447700900123",
        "abcdefghij+", "a\\b123456789",
    ),
    "date": (
        "2022-05-10", "2022-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2022-13-01", "2022-04-31", "2022-4-1",
        "10/05/2022", "2022-05-10T00:00", "0000-01-01", "0001-01-01", "9999-12-31", "20220510", " 2022-05-10",
        "12022-05-10", "-022-05-10",
    ),
    "whole": (
        "1", "0", "-1", "007", "1.5", "1e1", "12", "99999999", "100000000", "-99999999", "-100000000", "-0", "+1", " 1", "1 ",
        "2147483648", "many",
    ),
    "area": ("E22000001", "W14000001", "W22000001", "E01000001", "X22000001", "E2200000", "E220000011", "e22000001"),
    "membership": ("-", "D", "DS", "SD", "DRSCOMPXH", "DD", "Z", "d", "D-"),
    "supplier": ("kent", "surrey", "Kent"), "offence": ("8L", "8U", "8Q", "999", "008/67", "19C", "27"),
}  # fmt: skip
MONTHS = ("2022-04-01", "2022-05-01", "2022-06-01", "2022-07-01", "2022-05-02", "2022-5-01")
# The same for the rules about rows: values of the right type around their limits.
NEAR: Mapping[str, tuple[str, ...]] = {
    "date": ("2022-03-31", "2022-04-01", "2022-05-10", "2022-06-30", "2022-07-01", "1922-05-10", "1921-01-01"),
    "whole": ("0", "9", "10", "12", "13", "15", "16", "120", "121"),
    "offence": ("8L", "8U", "19C", "19F", "27", "104", "008/67", "999"),
    "reference": ("cg00000001a",),
}
Frame = dict[str, list[str]]
PROFILES = pytest.mark.parametrize("profile", sorted(TEMPLATES))


def values(column: ReturnColumn, near: bool) -> tuple[str, ...]:
    if near:
        return (*(NEAR.get(column.kind) or column.codes), "")
    if column.name == "month":
        return (*MONTHS, "")
    return (*(ODD.get(column.kind) or (*column.codes, "cousin", " Y", "y")), "")


def drawn(profile: str, count: int, near: bool) -> list[dict[str, str]]:
    """Good rows of which up to four cells (near: six) are drawn anew."""
    draw, base, found = random.Random(14), GOOD if profile == "record" else COUNTS, []
    for _ in range(count):
        row = dict(base)
        for column in draw.sample(TEMPLATES[profile], draw.randint(0, 6 if near else 4)):
            if not near or column.kind in NEAR or column.codes:
                row[column.name] = draw.choice(values(column, near))
        found.append(row)
    return found


@cache
def by_duckdb(profile: str, folder: Path, near: bool) -> tuple[pd.DataFrame, pd.DataFrame, set[tuple[int, str]]]:
    """The text of a file of random rows, what the pass says of each row, and (row, column) of E02 and E07."""
    sent = send(folder, drawn(profile, 3_000, near), profile=profile)
    manifest = read_manifest(sent / "manifest.json", rules())
    with duckdb.connect() as connection:
        check(connection, sent / manifest.file, manifest, rules())
        said = connection.execute("SELECT errors, warnings FROM parsed ORDER BY rowid").df()
        cells = connection.execute("SELECT line - 2, \"column\" FROM problem WHERE rule IN ('E02', 'E07')").fetchall()
    return pd.read_csv(sent / manifest.file, dtype=str, keep_default_na=False, na_values=[""]), said, set(cells)


@pytest.mark.slow
@PROFILES
def test_the_pandera_model_finds_the_cells_that_the_pass_finds(profile: str, tmp_path: Path) -> None:
    """White space about a value, which the pass takes away before any rule, is none of the model's."""
    sent_text, _, cells = by_duckdb(profile, tmp_path, False)
    text = sent_text.apply(lambda column: column.str.strip(ENDS).replace("", None))
    with pytest.raises(SchemaErrors) as error:
        row_model(profile, "kent", START).validate(text, lazy=True)
    cases = error.value.failure_cases
    between = cases["check"] == "taken_out"
    mine = set(zip(cases["index"].astype(int), cases["column"].mask(between, "crime_count"), strict=True))
    assert mine == cells and {name for _, name in cells} == {column.name for column in TEMPLATES[profile]}
    of_columns = pa.DataFrameSchema.from_yaml(as_yaml(profile, "kent", START))
    assert of_columns.columns == row_model(profile, "kent", START).columns


def test_the_partnerships_that_are_held_are_written_as_one_and_no_other_area_is() -> None:
    areas = read_reference(ROOT / "data", "reference.area")
    fits = areas["area_code"].str.fullmatch(PARTNERSHIP)
    is_one = (areas["area_type"] == "community_safety_partnership") & (
        areas["area_code"].str.len() == 9
    )  # as ONS codes it
    assert (fits == is_one).all() and fits.sum() > 300


def typed(profile: str, text: pd.DataFrame) -> pl.DataFrame:
    """The columns that the rules about rows look at, as Polars has them."""
    kinds = {column.name: column.kind for column in TEMPLATES[profile]}
    known = rules().offences
    frame = pl.DataFrame({name: text[name].astype("object").where(text[name].notna(), None).tolist() for name in text})
    frame = frame.with_columns(
        *(pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name, kind in kinds.items() if kind == "date"),
        *(pl.col(name).cast(pl.Int64, strict=False) for name, kind in kinds.items() if kind == "whole"),
        *(
            pl.Series(name, [known[code][place] if code in known else None for code in text["offence_code"]])
            for place, name in enumerate(("offence_class", "code_sex", "code_from", "code_to"))
        ),
        pl.lit(START).alias("quarter_start"), pl.lit(END).alias("quarter_end"),
        pl.lit(EXTRACTED).alias("extract_day"),
    ).with_columns(pl.col("code_from", "code_to").str.to_date("%Y-%m-%d"))  # fmt: skip
    if profile == "aggregate":
        top = pl.col("victim_age_band").replace_strict(tops_of_bands(), default=None)
        frame = frame.with_columns(
            pl.col("month").alias("recorded_date"), pl.lit("person").alias("victim_type"), top.alias("victim_age")
        )
    return frame


@pytest.mark.slow
@PROFILES
def test_every_predicate_is_true_in_polars_of_the_rows_of_which_it_is_true_in_the_pass(
    profile: str, tmp_path: Path
) -> None:
    text, said, _ = by_duckdb(profile, tmp_path, True)
    frame, seen = typed(profile, text), set()
    for severity, mask in (("quarantine", "errors"), ("warn", "warnings")):
        for rule, predicate in rules().about_rows(severity, profile).items():
            other = frame.select(pl.sql_expr(predicate).fill_null(False))[:, 0].to_list()
            mine = (said[mask] & rules().bits[rule] != 0).tolist()
            assert other == mine, rule
            seen |= {rule} if any(mine) else set()
    assert seen == rules().about_rows("quarantine", profile).keys() | rules().about_rows("warn", profile).keys()


@PROFILES
def test_the_template_says_the_same_columns_everywhere(profile: str, tmp_path: Path) -> None:
    write_template(tmp_path, profile, "kent", "2022-04", rules())
    names = [column.name for column in TEMPLATES[profile]]
    with (tmp_path / f"{profile}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == names
    said = json.loads((tmp_path / f"{profile}.csv-metadata.json").read_text(encoding="utf-8"))["tableSchema"]
    assert [one["name"] for one in said["columns"]] == names
    assert [one["required"] for one in said["columns"]] == [column.required for column in TEMPLATES[profile]]
    sheet = openpyxl.load_workbook(tmp_path / f"{profile}.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == names
    model = pa.DataFrameSchema.from_yaml((tmp_path / f"{profile}.pandera.yaml").read_text(encoding="utf-8"))
    assert list(model.columns) == names
    assert {name: column.nullable for name, column in model.columns.items()} == {
        column.name: not column.required for column in TEMPLATES[profile]
    }
