"""What a threat is broken down into: every recorded count that belongs to a threat, by dimension and value."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch

import pandas as pd

from assets.archive.parts import ALL_FLAGGED
from assets.reconciled.ground.comparison import Period
from assets.reconciled.ground.reference_rows import period_of, release_of
from assets.reconciled.ground.vintage import left_out, status_of
from assets.tables.records import Record, grouped, records

TOTAL = "total"
MIXED_AGES = "several"
# Groupings that say how a count stands, not which codes are added.
PRINTED_TOTAL, PRINTED_ROW, INCLUSION = "published_total", "published_row", "inclusion"
SUMMED = "ons_*"
CANDIDATE = "candidate_*"
WHOLE_CLASS = "prc.a5a."
# All rape and all sexual assault: the codes that name the victim's sex.
SEXED = "candidate_8"


@dataclass(frozen=True)
class Item:
    """One count of a threat: where it stands, how large it is, what it was made from."""

    threat: str
    scope: str
    dimension: str
    value: str
    area_code: str
    period: Period
    offences: float | None
    unit: str
    sex: str
    age: str
    obs_status: str
    series: tuple[str, ...]
    releases: tuple[str, ...]
    inputs: tuple[str, ...]
    notes: tuple[str, ...]
    # Where a count below England and Wales stands; one area and window may be counted in several places.
    origin: str = ""
    # Codes of the forces that the count leaves out.
    leaves_out: tuple[str, ...] = ()


def items(
    offences: pd.DataFrame, flagged: pd.DataFrame, vawg: pd.DataFrame, memberships: pd.DataFrame, codes: pd.DataFrame,
    series: pd.DataFrame,
) -> Iterator[Item]:  # fmt: skip
    """Every count of every threat, from the newest vintages of the count tables.

    memberships: `reference.offence_threat`; codes: `reference.offence`; series: `reference.series`.
    """
    threats = {row["series"]: row["threat"] for row in records(series)}
    yield from _policing(records(vawg))
    yield from _flagged(records(flagged), threats)
    yield from _by_code(records(offences), records(memberships), records(codes))
    yield from _homicide(records(offences))


def _item(row: Record, threat: str, dimension: str, value: str) -> Item:
    return Item(
        threat, row["scope"], dimension, value, row["area_code"], period_of(row), row["value"], row["unit"], row["sex"],
        row["age"], row["obs_status"], (row["series"],), (release_of(row),), (row["row_id"],),
        (row["notes"],) if row["notes"] else (), leaves_out=left_out(row),
    )  # fmt: skip


def _policing(rows: list[Record]) -> Iterator[Item]:
    for row in rows:
        whole = row["part"] == TOTAL
        yield _item(row, row["threat"], TOTAL if whole else "part", row["part"])


def _flagged(rows: list[Record], threats: dict[str, str | None]) -> Iterator[Item]:
    for row in rows:
        threat = threats[row["series"]]
        if threat is None or row["unit"] != "offences":
            continue
        if row["offence_group"] in ALL_FLAGGED:
            yield _item(row, threat, TOTAL, TOTAL)
        else:
            yield _item(row, threat, "offence_group", row["offence_group"])


def _by_code(rows: list[Record], memberships: list[Record], codes: list[Record]) -> Iterator[Item]:
    level = {row["offence_code"]: row["level"] for row in codes}
    victim_sex = {row["offence_code"]: row["victim_sex"] for row in codes}
    subgroup = {row["offence_code"]: row["subgroup"] for row in codes}
    held: dict[tuple[str, Period], dict[str, Record]] = {}
    sub_codes: dict[str, list[Record]] = {}
    for row in rows:
        if row["scope"] != "ons_prc":
            continue
        if row["series"].startswith(WHOLE_CLASS):
            held.setdefault((row["area_code"], period_of(row)), {})[row["offence_code"]] = row
        elif row["level"] == "sub_code":
            sub_codes.setdefault(row["offence_code"].split(":")[0], []).append(row)
    sets = members_by_set(memberships)
    for (threat, grouping), members in sets.items():
        for (area, period), by_code in held.items():
            valid = [member["offence_code"] for member in members if valid_in(member, period)]
            if grouping in (PRINTED_TOTAL, PRINTED_ROW):
                for code in valid:
                    if code in by_code and grouping == PRINTED_TOTAL:
                        yield _item(by_code[code], threat, TOTAL, TOTAL)
                    elif code in by_code:
                        yield _item(by_code[code], threat, level[code], code)
            elif grouping != INCLUSION and valid:
                yield _sum([by_code.get(code) for code in valid], valid, threat, "grouping", grouping, area, period)
            if grouping == SEXED:
                yield from _by_sex(valid, by_code, victim_sex, subgroup, threat, area, period)
    for threat, code in sorted(of_classes(sets)):
        for by_code in held.values():
            if code in by_code:
                yield _item(by_code[code], threat, "offence_code", code)
        for row in sub_codes.get(code, ()):
            yield _item(row, threat, "sub_code", row["offence_code"])


def members_by_set(memberships: list[Record]) -> dict[tuple[str, str], list[Record]]:
    """The members of every set, by threat and grouping."""
    return grouped(memberships, lambda member: (member["threat"], member["grouping"]))


def of_classes(sets: dict[tuple[str, str], list[Record]]) -> set[tuple[str, str]]:
    """Threat and code of every class that a source, or a candidate set, puts in a threat."""
    return {
        (threat, member["offence_code"])
        for (threat, grouping), members in sets.items()
        for member in members
        if fnmatch(grouping, SUMMED) or fnmatch(grouping, CANDIDATE) or grouping == INCLUSION
    }


def _by_sex(
    codes: list[str], by_code: dict[str, Record], victim_sex: dict[str, str | None], subgroup: dict[str, str | None],
    threat: str, area: str, period: Period,
) -> Iterator[Item]:  # fmt: skip
    """Rape and sexual assault by the victim's sex, where the codes say it."""
    for kind, wanted in (("rape", True), ("sexual assault", False)):
        for sex in ("female", "male"):
            of_sex = [code for code in codes if victim_sex[code] == sex and (subgroup[code] == "rape") is wanted]
            if of_sex:
                rows = [by_code.get(code) for code in of_sex]
                yield _sum(rows, of_sex, threat, "victim_sex", f"{kind}: {sex}", area, period)


def _sum(
    rows: list[Record | None], codes: list[str], threat: str, dimension: str, value: str, area: str, period: Period
) -> Item:
    """The sum of several classes; missing is not zero, so one class without a figure makes the sum missing."""
    there = [row for row in rows if row is not None and row["value"] is not None]
    absent = [code for code, row in zip(codes, rows, strict=True) if row is None or row["value"] is None]
    first: Record = there[0] if there else {"scope": "ons_prc", "unit": "offences"}
    sexes, ages = {row["sex"] for row in there}, {row["age"] for row in there}
    notes = tuple(dict.fromkeys(row["notes"] for row in there if row["notes"]))
    if absent:
        notes += (f"no figure held of {', '.join(absent)}",)
    return Item(
        threat=threat,
        scope=first["scope"],
        dimension=dimension,
        value=value,
        area_code=area,
        period=period,
        offences=None if absent else float(sum(row["value"] for row in there)),
        unit=first["unit"],
        sex=sexes.pop() if len(sexes) == 1 else "all",
        age=ages.pop() if len(ages) == 1 else MIXED_AGES,
        obs_status=status_of(row for row in rows if row is not None) if absent else "normal",
        series=tuple(f"{WHOLE_CLASS}{code}" for code in codes),
        releases=tuple(dict.fromkeys(release_of(row) for row in there)) or ("none",),
        inputs=tuple(row["row_id"] for row in there),
        notes=notes,
        leaves_out=tuple(sorted({code for row in there for code in left_out(row)})),
    )


def _homicide(rows: list[Record]) -> Iterator[Item]:
    """Domestic homicide by the victim's sex: victims of the Homicide Index."""
    for row in rows:
        if row["series"] == "homicide_index.domestic_homicides":
            whole = row["sex"] == "all"
            yield _item(
                row, "domestic_abuse", TOTAL if whole else "victim_sex", TOTAL if whole else f"homicide: {row['sex']}"
            )


def valid_in(member: Record, period: Period) -> bool:
    """Is the code a member of its set in a period?"""
    start = member["valid_from"] or datetime.date.min
    end = member["valid_to"] or datetime.date.max
    return bool(start <= period.end and end >= period.start)
