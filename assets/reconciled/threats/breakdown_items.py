"""What a threat is broken down into: every recorded count that belongs to a threat, by dimension and value."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch

import pandas as pd

from assets.archive.parts import ALL_FLAGGED
from assets.reconciled.ground.comparison import Period
from assets.reconciled.ground.force_years import Tally
from assets.reconciled.ground.reference_rows import period_of
from assets.reconciled.ground.vintage import DOUBTED
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
class Item(Tally):
    """One count of a threat: by which dimension it is broken down, and which part of it the count is."""

    threat: str = field(kw_only=True)
    dimension: str = field(kw_only=True)
    part: str = field(kw_only=True)


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


def item(tally: Tally, threat: str, dimension: str, part: str) -> Item:
    """A count as one of a threat."""
    return Item(**vars(tally), threat=threat, dimension=dimension, part=part)


def _item(row: Record, threat: str, dimension: str, part: str) -> Item:
    return item(Tally.of(row), threat, dimension, part)


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
        for (_, period), by_code in held.items():
            valid = [member["offence_code"] for member in members if valid_in(member, period)]
            if grouping in (PRINTED_TOTAL, PRINTED_ROW):
                for code in valid:
                    if code in by_code and grouping == PRINTED_TOTAL:
                        yield _item(by_code[code], threat, TOTAL, TOTAL)
                    elif code in by_code:
                        yield _item(by_code[code], threat, level[code], code)
            elif grouping != INCLUSION and valid:
                yield _sum(by_code, valid, threat, "grouping", grouping)
            if grouping == SEXED:
                yield from _by_sex(valid, by_code, victim_sex, subgroup, threat)
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
    threat: str,
) -> Iterator[Item]:  # fmt: skip
    """Rape and sexual assault by the victim's sex, where the codes say it."""
    for kind, wanted in (("rape", True), ("sexual assault", False)):
        for sex in ("female", "male"):
            of_sex = [code for code in codes if victim_sex[code] == sex and (subgroup[code] == "rape") is wanted]
            if of_sex:
                yield _sum(by_code, of_sex, threat, "victim_sex", f"{kind}: {sex}")


def added(parts: dict[str, Item | None], alike: Item) -> Item:
    """Several classes by code added; missing is not zero, so one class without a figure makes the sum missing.

    alike: an item of the place, window and publication of the sum, and of what it is broken down into.
    """
    there = [part for part in parts.values() if part is not None and part.value is not None]
    absent = [code for code, part in parts.items() if part is None or part.value is None]
    doubted = any(part is not None and part.obs_status == DOUBTED for part in parts.values())
    sexes, ages = {part.sex for part in there}, {part.age for part in there}
    notes = dict.fromkeys(note for part in there for note in part.notes)
    return replace(
        alike,
        value=None if absent else float(sum(part.value or 0 for part in there)),
        sex=sexes.pop() if len(sexes) == 1 else "all",
        age=ages.pop() if len(ages) == 1 else MIXED_AGES,
        obs_status="normal" if not absent else DOUBTED if doubted else "missing",
        series=tuple(f"{WHOLE_CLASS}{code}" for code in parts),
        releases=tuple(dict.fromkeys(one for part in there for one in part.releases)) or ("none",),
        inputs=tuple(one for part in there for one in part.inputs),
        notes=(*notes, f"no figure held of {', '.join(absent)}") if absent else tuple(notes),
        leaves_out=tuple(sorted({code for part in there for code in part.leaves_out})),
    )


def _sum(by_code: dict[str, Record], codes: list[str], threat: str, dimension: str, value: str) -> Item:
    items = {code: _item(by_code[code], threat, dimension, value) for code in codes if code in by_code}
    alike = _item(next(iter(by_code.values())), threat, dimension, value)
    return added({code: items.get(code) for code in codes}, alike)


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
