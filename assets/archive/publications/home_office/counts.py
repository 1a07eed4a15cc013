"""Long tables of recorded offences as rows of `recorded.offence_count`: what both layouts of the Home Office share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.layout_tables import Record, layout, pairs
from assets.archive.reading.long_table import LongTable
from assets.archive.reading.names import Names, area_names, notes_of, plain
from assets.archive.reading.resolved import first_row
from assets.archive.reading.result import Finding, Release, finding
from assets.words.problems import BadInput, Problem

TEXT = pa.string()
SCOPE, UNIT = "ons_prc", "offences"
SERIES = "prc.ho_pfa."
DATE_LIKE_CODE = re.compile(r"4[0-7]\d{3}")
FORCES = ("police_force", "special_force")
EXAMPLES = 5


@dataclass(frozen=True)
class Reference:
    """What the readers of recorded crime resolve names against.

    areas, offences, series: `reference.area`, `reference.offence`, `reference.series`; data: the data folder, for layouts.
    """

    areas: pd.DataFrame
    offences: pd.DataFrame
    series: pd.DataFrame
    data: Path

    def forces(self) -> Names:
        """Police forces and the British Transport Police by name."""
        return area_names(self.areas, pairs(self.data, "area_names", "printed", "area_code"), FORCES)

    def codes(self) -> Names:
        """Offences by code, with the combined codes of the open data."""
        known = {code: code for code in self.offences["offence_code"]}
        aliases = pairs(self.data, "ho_prc_pfa/offence_codes", "printed", "offence_code")
        return Names(known, "offence code", "data/reference/offence.csv", aliases)

    def groups(self) -> Names:
        """Offence groups and subgroups by the labels of the rolling-year table."""
        aliases = pairs(self.data, "ho_prc_pfa/offence_groups", "printed", "offence_code")
        return Names({}, "offence group", "data/layouts/ho_prc_pfa/offence_groups.csv", aliases)

    def pseudo_forces(self) -> list[Record]:
        """Bodies that record offences and are no police force."""
        return layout(self.data, "ho_prc_pfa/left_out")


def without_pseudo_forces(
    table: LongTable, force: pa.Array, reference: Reference
) -> tuple[pa.Array, list[dict[str, object]]]:
    """A mask of the records to keep, and what is left out by name."""
    reasons = {plain(row["force"]): row for row in reference.pseudo_forces()}
    encoded = pc.dictionary_encode(force)
    names = encoded.dictionary.to_pylist()
    left = [plain(name) in reasons for name in names]
    counts = pc.value_counts(encoded.indices).to_pylist()
    rows = {count["values"]: count["counts"] for count in counts}
    left_out = [
        {"what": name, "why": reasons[plain(name)]["reason"], "where": table.place, "rows": rows.get(at, 0)}
        for at, name in enumerate(names)
        if left[at]
    ]
    return pc.invert(pa.array(left, pa.bool_()).take(encoded.indices)), left_out


def checked_codes(codes: Names, printed: pa.Array, rows: pa.Array, place: str, column: str) -> pa.Array:
    """Offence codes resolved; a code that a spreadsheet turned into a date is called so."""
    encoded = pc.dictionary_encode(printed)
    values = encoded.dictionary.to_pylist()
    keys = [codes.key(value) for value in values]
    problems = []
    for at, (value, key) in enumerate(zip(values, keys, strict=True)):
        if key is not None:
            continue
        where = f"{place}, row {first_row(encoded, at, rows)}"
        if DATE_LIKE_CODE.fullmatch(value.strip()):
            problems.append(
                Problem(where, column, repr(value), "an offence code such as 4.10 or 37.2",
                        "A spreadsheet made a date of a code: take the file as published.")
            )  # fmt: skip
        else:
            problems.append(codes.problem(where, column, value))
    if problems:
        raise BadInput(f"{place} names an offence that is not known", problems)
    return pa.array(keys, TEXT).take(encoded.indices)


def mapped(keys: pa.Array, mapping: Mapping[str, object], kind: pa.DataType) -> pa.Array:
    """Every key replaced by its value in a mapping, None where it has none."""
    encoded = pc.dictionary_encode(keys)
    return pa.array([mapping.get(key) for key in encoded.dictionary.to_pylist()], kind).take(encoded.indices)


def constant(value: str | None, length: int) -> pa.Array:
    """One text on every row."""
    return pa.nulls(length, TEXT) if value is None else pa.repeat(pa.scalar(value, TEXT), length)


def force_notes(force: pa.Array) -> pa.Array:
    """The note marks that stand with force names."""
    encoded = pc.dictionary_encode(force)
    return pa.array([notes_of(name) for name in encoded.dictionary.to_pylist()], TEXT).take(encoded.indices)


def offence_counts(rows: pa.Table, reference: Reference, release: Release, sheet: str, period_type: str) -> pa.Table:
    """The columns of `recorded.offence_count` without row ids.

    rows: `area_code`, `offence_code`, `period_start`, `period_end`, `value`, `obs_status`, `printed`, `cell`, `notes`.
    BadInput where an offence has no series.
    """
    codes, count = rows["offence_code"].combine_chunks(), rows.num_rows
    offences = reference.offences
    known = set(reference.series["series"])
    lacking = sorted(code for code in pc.unique(codes).to_pylist() if SERIES + code not in known)
    if lacking:
        raise BadInput(
            f"{sheet} counts offences without a series",
            [Problem("data/reference/series.csv", "series", "no such series", f"{SERIES}{code}",
                     "Add a row for it, like those of the other offence codes.") for code in lacking],
        )  # fmt: skip

    def of_offence(column: str) -> pa.Array:
        values = offences[column].astype("object").where(offences[column].notna(), None)
        return mapped(codes, dict(zip(offences["offence_code"], values, strict=True)), TEXT)

    return pa.table(
        {
            "series": pc.binary_join_element_wise(constant(SERIES, count), codes, ""),
            "scope": constant(SCOPE, count),
            "offence_code": codes,
            "offence": of_offence("name"),
            "level": of_offence("level"),
            "subgroup": of_offence("subgroup"),
            "sex": pc.fill_null(of_offence("victim_sex"), "all"),
            "age": pc.fill_null(of_offence("victim_age"), "all"),
            "area_code": rows["area_code"],
            "period_start": rows["period_start"],
            "period_end": rows["period_end"],
            "period_type": constant(period_type, count),
            "value": rows["value"],
            "unit": constant(UNIT, count),
            "obs_status": rows["obs_status"],
            "designation": constant(release.designation, count),
            "notes": rows["notes"],
            "printed": rows["printed"],
            "source": constant(release.source, count),
            "release": constant(release.release, count),
            "sheet": constant(sheet, count),
            "cell": rows["cell"],
            "url": constant(release.url, count),
        }
    )


def as_frame(tables: list[pa.Table]) -> pd.DataFrame:
    """The tables below each other as pandas, every column of its Arrow type, without rows that have no status."""
    rows = pa.concat_tables(tables)
    frame: pd.DataFrame = rows.filter(pc.is_valid(rows["obs_status"])).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def refuse_twice(rows: pa.Table, keys: list[str], place: str) -> None:
    """BadInput where two records are of one figure."""
    if pc.count_distinct(_one_key(rows, keys)).as_py() == rows.num_rows:
        return
    grouped = rows.select([*keys, "row"]).group_by(keys).aggregate([("row", "count"), ("row", "min"), ("row", "max")])
    twice = grouped.filter(pc.greater(grouped["row_count"], 1)).sort_by("row_min")
    if twice.num_rows:
        raise BadInput(
            f"{place} gives a figure twice",
            [Problem(f"{place}, row {one['row_min']}", "", f"{one['row_count']} rows of {_words(one, keys)}, the last in row "
                     f"{one['row_max']}", "one row", "Is a block of rows repeated, or a new code missing in the layout?")
             for one in twice.to_pylist()],
        )  # fmt: skip


def _one_key(rows: pa.Table, keys: list[str]) -> pa.Array:
    """A number for every record that is the same where all its keys are: the place of each key among its values, combined."""
    combined = pa.array([0] * rows.num_rows, pa.int64())
    for name in keys:
        encoded = pc.dictionary_encode(rows[name].combine_chunks())
        size = pa.scalar(len(encoded.dictionary) + 1, pa.int64())
        combined = pc.add(pc.multiply(combined, size), pc.cast(encoded.indices, pa.int64()))
    return combined


def negatives(rows: pa.Table, release: Release, place: str, per: str, severity: str) -> list[Finding]:
    """A finding that names counts below nought: corrections of earlier periods."""
    below = rows.filter(pc.less(pc.fill_null(rows["value"], 0.0), 0.0))
    if not below.num_rows:
        return []
    some = [f"{one['cell']} {one['value']:g} ({one['offence_code']}, {one['area_code']}, to {one['period_end']})"
            for one in below.slice(0, EXAMPLES).to_pylist()]  # fmt: skip
    more = f" and {below.num_rows - EXAMPLES:,} more" if below.num_rows > EXAMPLES else ""
    return [
        finding(
            f"negative_{per}", severity, f"{release.source}@{release.release}, {place}",
            f"{below.num_rows:,} {per} counts are below nought: {'; '.join(some)}{more}.",
            "Kept as printed: they take back offences counted in earlier periods.",
        )
    ]  # fmt: skip


def _words(row: dict[str, object], keys: list[str]) -> str:
    return ", ".join(str(row[key]) for key in keys)
