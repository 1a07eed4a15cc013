"""Change in words: what can be said of it, and what cannot."""

from assets.answers.answer import threat
from assets.words import wording
from schemas.row_types import ChangeRow
from schemas.rows import AnyRow

RECORDING = "A change of recorded offences is one of recording as much as of crime."
NO_SURVEY = "Whether more or fewer people were victims: no two years of one survey series are held."
NO_PAIR = "Whether the two moved apart: each side has an uncertainty of its own, and no test of their ratio is made."


def change(row: AnyRow) -> ChangeRow:
    """A row of `main.change` of a comparison with the newest change of either side."""
    can, cannot = list[str](), list[str]()
    for side, blocked, reason in (
        ("The survey", row["estimated_verdict"] == "block", row["estimated_reason"]),
        ("Recorded offences", row["blocked"], row["block_reason"] or row["recorded_reason"]),
    ):
        if reason:
            (cannot if blocked else can).append(f"{side}: {wording.small(wording.sentence(reason))}")
    if row["parts"]:
        cannot.append(RECORDING)
    cannot.append(NO_PAIR if row["estimated_row_id"] else NO_SURVEY)
    return {
        "threat": threat(row["threat"]),
        "comparison": wording.capital(row["label"]),
        "year_ending": max(day for day in (row["estimated_to"], row["recorded_to"]) if day is not None),
        "estimated": _estimated(row),
        "recorded": "; ".join(_part(one) for one in row["parts"]) if row["parts"] else None,
        "can_be_said": " ".join(can) or "Nothing: see what cannot be said.",
        "cannot_be_said": " ".join(cannot),
        "estimated_row_id": row["estimated_row_id"],
        "recorded_row_id": row["recorded_row_id"],
    }


def _estimated(row: AnyRow) -> str | None:
    if row["estimated_row_id"] is None:
        return None
    points = ""
    if row["change_points"] is not None:
        limits = wording.between(row["points_lower"], row["points_upper"], 1).replace("-", "\N{MINUS SIGN}")
        points = (
            f" ({wording.signed(row['change_points'])} points"
            + ("" if limits == wording.NOTHING else f"; {limits}")
            + ")"
        )
    return (
        f"{wording.number(row['estimated_before'], 1)}% in the year to {row['estimated_from']:%B %Y},"
        f" {wording.number(row['estimated_after'], 1)}% in the year to {row['estimated_to']:%B %Y}{points}:"
        f" {wording.WHOM[row['sex']]} aged {row['age']}"
    )


def _part(one: AnyRow) -> str:
    percent = f" ({wording.signed(one['percent'])}%)" if one["percent"] is not None else ""
    what = (one["definition"] or "").split(". ")[0].rstrip(".")
    return (
        f"{what}: {wording.number(one['before'])} in the year to {one['from_end']:%B %Y},"
        f" {wording.number(one['after'])} in the year to {one['to_end']:%B %Y}{percent}"
    )
