"""What the gap says, for a person who meets it in the Dagster UI: per threat the newest figures, their standing, their source."""

from collections.abc import Sequence

import pandas as pd

from assets.charts import panels
from assets.charts.marks import Point, sides
from assets.charts.picture import Part, picture
from assets.reconciled.change.revision import last_changes, used_releases
from assets.reconciled.gap.answer import answers
from assets.tables.called import called
from assets.tables.records import Frames, Record, grouped, records
from assets.words import wording
from assets.words.counted import blocked_in_words
from assets.words.markdown import bullets, plain_markdown
from assets.words.side_by_side import side
from schemas.codes import ENGLAND_AND_WALES, THREAT_OR_ALL

FACTS = called("estimates", "offences", "flagged", "vawg", "shares")
BLOCKED = wording.VERDICTS["block"]
SAYS = "The newest year of every comparison: estimated, recorded, recorded per 100 estimated; blocked ones say so"
SHOWN_AT_ONCE = 900  # characters of Markdown that the UI shows without a click, and some to spare
NOT_COMPARED = "Not compared; the words say why"
REMARKS = (
    wording.NOT_A_RATE,
    wording.ADVICE,
    "Ranges are the intervals of the estimates and of the ratios; what each of them is stands in interval_source.",
)


def words(gap: pd.DataFrame, frames: Frames) -> dict[str, str]:
    """What the newest comparisons say, how far to trust them, where they come from, and what the last release changed."""
    chosen = newest_comparisons(gap, frames["pairing"])
    allowed = [row for row in chosen if row["verdict"] != "block"]
    behind = {row["row_id"]: row["inputs"] for row in records(gap)}
    return _in_short(allowed) | {
        "the gap in words": _headline(chosen),
        "how far to trust it": _trust(gap, allowed),
        "where it comes from": used_releases(
            [row[name] for row in allowed for name in ("survey_release", "recorded_release")], frames["releases"]
        ),
        "what the last release changed": last_changes(
            {key: frames[name] for name, key in FACTS.items()},
            {row_id for row in allowed for reading in row["inputs"] for row_id in behind[reading]},
            frames["releases"],
            frames["series"],
        ),
    }


def drawing(gap: pd.DataFrame, frames: Frames) -> tuple[str, str]:
    """A picture (SVG) of the newest comparisons and what it says: units never share an axis, blocked ones keep their line."""
    chosen = newest_comparisons(gap, frames["pairing"])
    allowed = [_point(row) for row in chosen if row["verdict"] != "block"]
    blocked = [f"{row['label']}, {wording.month(row['period_end'])}" for row in chosen if row["verdict"] == "block"]

    def draw() -> list[Part]:
        parts = (
            ("Estimated victims (people)", panels.estimate_panel, "estimate"),
            ("Recorded offences", panels.recorded_panel, "count"),
            ("Recorded offences per 100 estimated victims", panels.ratio_panel, "ratio"),
        )
        return [(title, panel([row | row[side] for row in allowed])) for title, panel, side in parts if allowed]

    return picture(draw, REMARKS, (NOT_COMPARED, blocked), abreast=3), SAYS


def newest_comparisons(gap: pd.DataFrame, pairing: pd.DataFrame) -> list[Record]:
    """Per pairing the answers of its newest year that may be compared, else one blocked: the one with most figures."""
    labels = {row["pairing"]: row["label"] for row in records(pairing)}
    here: list[Record] = [
        row | {"label": labels[row["pairing"]], "row_id": row["inputs"][0]}
        for row in records(answers(gap))
        if row["area_code"] == ENGLAND_AND_WALES
    ]
    chosen: list[Record] = []
    for rows in grouped(here, lambda row: row["pairing"]).values():
        allowed = [row for row in rows if row["verdict"] != "block"]
        last = max((row["period_end"] for row in allowed), default=None)
        chosen += [row for row in allowed if row["period_end"] == last] or [max(rows, key=_figures)]
    order = list(THREAT_OR_ALL)
    return sorted(chosen, key=lambda row: (order.index(row["threat"]), row["verdict"] == "block", row["label"]))


def _figures(row: Record) -> tuple[bool, object]:
    return row["estimate"] is not None and row["recorded"] is not None, row["period_end"]


def _in_short(allowed: Sequence[Record]) -> dict[str, str]:
    """Per threat its first comparisons, as many as the UI shows without a click, and what a ratio is not."""
    names: dict[str, str] = {}
    for row in allowed:
        name = f"{THREAT_OR_ALL[row['threat']]}, in short"
        longer = f"{names[name]}\n- {_sentence(row)}" if name in names else f"- {_sentence(row)}"
        if name not in names or len(longer) + len(wording.NOT_A_RATE) < SHOWN_AT_ONCE:
            names[name] = longer
    return {name: f"{text}\n- {wording.NOT_A_RATE}" for name, text in names.items()}


def _headline(rows: Sequence[Record]) -> str:
    parts = [
        f"**{wording.capital(THREAT_OR_ALL[threat])}**\n\n{bullets([_sentence(row) for row in those])}"
        for threat, those in grouped(rows, lambda row: row["threat"]).items()
    ]
    return "\n\n".join([*parts, f"**{wording.NOT_A_RATE}**", wording.ADVICE])


def _sentence(row: Record) -> str:
    """One comparison as Markdown."""
    text, name = side(row), plain_markdown(wording.capital(row["label"]))
    if row["verdict"] == "block":
        return f"{name} ({text.when}): {plain_markdown(row['reason']).replace(BLOCKED, f'**{BLOCKED}**', 1)}"
    unit = "incidents" if row["estimate_unit"] == "incidents" else "victims"
    return (
        f"{name} ({plain_markdown(text.whom)}, {text.when}): **{text.estimate}** {unit} estimated ({text.interval}),"
        f" **{text.recorded}** offences recorded, so **{text.ratio}** recorded per 100 estimated ({text.ratio_interval})."
        f" {wording.VERDICTS[row['verdict']]}. Interval: {text.interval_meaning}. Standing: estimate"
        f" {wording.designation(text.estimate_designation)}, count {wording.designation(text.recorded_designation)}."
    )


def _trust(gap: pd.DataFrame, allowed: Sequence[Record]) -> str:
    kinds = dict.fromkeys(row["interval_source"] for row in allowed)
    return bullets([
        f"{blocked_in_words(records(gap))} See columns `verdict`, `reason`, `rules`, `estimate_availability`,"
        " `recorded_availability`.",
        "Those that are given may be compared with care: read `caveats` of the row first.",
        *(f"Interval `{kind}`: {wording.INTERVALS[kind]}." for kind in kinds if kind),
        "Bias from people who could not be asked, or did not answer, is in no interval.",
        "The tab Checks says what was verified; `darkfigure explain ROW_ID` goes from a row down to its cells.",
    ])  # fmt: skip


def _point(row: Record) -> Point:
    new = ", new questions" if row["instrument"] == "csew_self_completion_new" else ""
    ages = f", {row['age']}" if row["age"] else ""
    return {"label": f"{row['label']}, {wording.month(row['period_end'])}{ages}{new}", "blocked": False, **sides(row)}
