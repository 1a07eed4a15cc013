"""A part is never larger than its whole: offence classes in their subgroup, flagged groups in all flagged offences."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from assets.words.problems import Problem
from schemas.rows import Record

SLOT = ("sex", "area_code", "period_start", "period_end", "source", "release")
# How the tables of flagged offences call all of them.
ALL_FLAGGED = ("All offences (excluding fraud)", "All offences", "Total")
VAWG_TOTAL = "vawg"
SUB_CODE = "sub_code"


def part_problems(
    rows: Sequence[Record], places: Sequence[str], series: dict[Any, Any], offences: pd.DataFrame
) -> Iterator[Problem]:
    """Figures larger than the figure of their whole in the same table, period and release.

    Wholes: the subgroup and group of an offence class in the same kind of table; the offence class of a sub-code; all
    flagged offences of a flagged group; the policing VAWG total of a part of it in the same window.
    """
    parents = offences.set_index("offence_code")[["subgroup", "group"]].to_dict("index")
    values: dict[tuple[Any, ...], float] = {}
    slot = itemgetter(*SLOT[1:])
    for row in rows:
        about = series.get(row["series"])
        if about and row["value"] is not None and row["unit"] == "offences":
            values[(_table(row["series"]), _member(about), *slot(row))] = row["value"]
    for place, row in zip(places, rows, strict=True):
        about = series.get(row["series"])
        if not about or row["value"] is None or row["unit"] != "offences":
            continue
        for whole in _wholes(about, parents):
            key = (_table(row["series"]), whole, *slot(row))
            if key in values and row["value"] > values[key]:
                yield Problem(
                    place, "value", f"{row['value']:,.0f} of {_member(about)}",
                    f"at most the {values[key]:,.0f} of {whole} in the same period and release",
                    "A part cannot be larger than its whole: correct it from the source.",
                )  # fmt: skip


def _table(series: str) -> str:
    """The kind of table: `prc.a5a` of `prc.a5a.19C`."""
    return ".".join(series.split(".")[:2]) if series.startswith("prc.") else series.split(".")[0]


def _member(about: dict[str, Any]) -> str:
    """What the figure counts inside its table."""
    if about["table"] == "recorded.flagged_count":
        return str(about["offence_group"])
    return str(about["offence_code"] or about["topic"])


def _wholes(about: dict[str, Any], parents: dict[Any, Any]) -> list[str]:
    if about["table"] == "recorded.flagged_count":
        return [] if about["offence_group"] in ALL_FLAGGED else list(ALL_FLAGGED)
    if about["table"] == "recorded.vawg_count":
        return [] if about["topic"] == VAWG_TOTAL else [VAWG_TOTAL]
    if about["level"] == SUB_CODE:
        return [about["offence_code"].split(":")[0]]
    parent = parents.get(about["offence_code"], {})
    return [
        str(whole)
        for whole in (parent.get("subgroup"), parent.get("group"))
        if whole and whole != about["offence_code"]
    ]
