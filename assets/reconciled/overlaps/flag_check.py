"""Inclusions and identities that figures must obey if flags are complete and shares are read as stated."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from assets.methods.flags import completeness, flag_is_incomplete
from assets.methods.interval import Interval
from assets.reconciled.ground.comparison import Period
from assets.reconciled.ground.figure_lookup import Held, Window, figure_interval
from assets.reconciled.ground.vintage import newest
from schemas.codes import ENGLAND_AND_WALES
from schemas.registry import contract

COLUMNS = (
    "check", "scope", "area_code", "period_start", "period_end", "relation", "part", "part_lower", "part_upper", "whole",
    "whole_lower", "whole_upper", "unit", "completeness_upper", "result", "sentence", "caveats", "inputs",
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One side of a check: a figure, a share of a count, or a sum of counts.

    series: one series, or several separated by ; that are added; of: series of the count that a share is taken of
    """

    words: str
    series: str
    of: str | None = None
    value: str | None = None
    window: Window | None = None
    of_window: Window | None = None


@dataclass(frozen=True)
class FlagTest:
    """What must hold between two sides; `flag` says that the whole counts flags whose completeness the part tests."""

    key: str
    scope: str
    unit: str
    relation: str
    part: Side
    whole: Side
    why: str
    flag: bool = False
    alike: bool = True
    caveats: tuple[str, ...] = ()


def _window(start: str, end: str) -> Window:
    return pd.Timestamp(start).date(), pd.Timestamp(end).date()


POLICING, LATER = _window("2022-04-01", "2023-03-31"), _window("2022-08-01", "2023-07-31")
ONE_BASE = "Proves something only if both shares are of all RASSO offences; the Statement does not say."
TESTS = (
    FlagTest(
        "partner_rasso_within_da_flag",
        "policing_vawg",
        "percent",
        "at most",
        Side(
            "RASSO whose suspect is an ex-partner or current partner",
            "vawg.rasso.suspect_relationship",
            value="Ex-partner or current partner",
        ),
        Side("RASSO in which the victim has also experienced domestic abuse", "vawg.rasso.domestic_abuse_share"),
        "an offence by a partner or ex-partner is domestic abuse where both are 16 or over",
        flag=True,
        caveats=(ONE_BASE,),
    ),
    FlagTest(
        "coercive_control_within_domestic_abuse",
        "policing_vawg",
        "offences",
        "at most",
        Side("controlling and coercive behaviour", "vawg.domestic_abuse.coercive_control"),
        Side("domestic abuse", "vawg.domestic_abuse"),
        "controlling or coercive behaviour in an intimate or family relationship is domestic abuse",
        flag=True,
    ),
    FlagTest(
        "stalking_of_domestic_abuse_within_stalking",
        "policing_vawg",
        "offences",
        "at most",
        Side(
            "stalking and harassment within domestic abuse (50% of it)",
            "vawg.domestic_abuse.stalking_harassment_share",
            of="vawg.domestic_abuse",
        ),
        Side("stalking and harassment", "vawg.stalking_harassment"),
        "a part is no larger than its whole",
    ),
    FlagTest(
        "online_stalking_by_two_shares",
        "policing_vawg",
        "offences",
        "equal",
        Side(
            "stalking and harassment among online offences (85% of 123,515)",
            "vawg.online.stalking_harassment_share",
            of="vawg.online",
            window=LATER,
        ),
        Side(
            "online offences among stalking and harassment (1 in 5 of 436,196)",
            "vawg.stalking_harassment.online_share",
            of="vawg.stalking_harassment",
            window=POLICING,
        ),
        "both count online stalking and harassment, in twelve months that overlap by eight",
        alike=False,
        caveats=(
            "The windows are August 2022 to July 2023 and April 2022 to March 2023: four months at either end differ.",
        ),
    ),
    FlagTest(
        "online_by_count_and_by_share",
        "policing_vawg",
        "offences",
        "equal",
        Side("offences with an online element", "vawg.online", window=LATER),
        Side("7% of all VAWG offences", "vawg.online.share_of_vawg", of="vawg.total", window=LATER, of_window=POLICING),
        "both count online VAWG offences; the base of the 7% is not printed, here the 1,080,157 of 2022/23",
        alike=False,
        caveats=("The base and window of the 7% are not printed.",),
    ),
    FlagTest(
        "coercive_control_within_da_flagged_violence",
        "ons_prc",
        "offences",
        "at most",
        Side("controlling or coercive behaviour (8U)", "prc.a5a.8U"),
        Side("violence against the person flagged as domestic abuse-related", "prc.b9.violence_against_the_person"),
        "8U stands in violence against the person, and controlling or coercive behaviour in an intimate or family"
        " relationship is domestic abuse",
        flag=True,
    ),
    FlagTest(
        "flagged_sexual_by_two_tables",
        "ons_prc",
        "percent",
        "equal",
        Side("sexual offences flagged, Table B9", "prc.b9_share.sexual_offences"),
        Side("sexual offences domestic abuse-related, Table B10", "prc.b10.all_sexual_offences.da_related"),
        "two tables print the same share",
    ),
    FlagTest(
        "flagged_adult_rape_within_flagged_sexual",
        "ons_prc",
        "offences",
        "at most",
        Side(
            "adult rape (19C, 19F) flagged as domestic abuse-related",
            "prc.b10.adult_rape.da_related",
            of="prc.a5a.19C;prc.a5a.19F",
        ),
        Side("sexual offences flagged as domestic abuse-related", "prc.b9.sexual_offences"),
        "rape is a sexual offence",
    ),
    FlagTest(
        "flagged_groups_within_all_flagged",
        "ons_prc",
        "offences",
        "at most",
        Side(
            "flagged violence and flagged sexual offences", "prc.b9.violence_against_the_person;prc.b9.sexual_offences"
        ),
        Side("all flagged offences", "prc.b9.all_offences"),
        "the two groups have no common offence and are parts of all",
    ),
    FlagTest(
        "online_groups_within_all_online",
        "ons_prc",
        "offences",
        "at most",
        Side(
            "harassment and stalking, child sexual and other sexual offences flagged as online",
            "prc.c5.harassment_and_stalking;prc.c5.child_sexual_offences;prc.c5.sexual_offences_except_child",
        ),
        Side("all offences flagged as online", "prc.c5.total"),
        "the groups have no common offence and are parts of all",
    ),
)
TOLERANCE = 0.01  # percentage points: two tables print one share from workbooks of one release to full precision


def flag_checks(
    offences: pd.DataFrame, flagged: pd.DataFrame, vawg: pd.DataFrame, shares: pd.DataFrame, releases: pd.DataFrame
) -> pd.DataFrame:
    """Every test in every period for which both sides are held. Fact tables as staged; releases: `meta.release`."""
    facts = {
        "recorded.offence_count": offences, "recorded.flagged_count": flagged, "recorded.vawg_count": vawg,
        "recorded.share": shares,
    }  # fmt: skip
    held = Held(newest(frame, releases, contract(key).row_key) for key, frame in facts.items())
    return pd.DataFrame([row for test in TESTS for row in _rows(test, held)], columns=list(COLUMNS))


def _rows(test: FlagTest, held: Held) -> Iterator[dict[str, Any]]:
    for window in sorted(held.windows(test.part.series.split(";")[0])):
        part, whole = (_size(side, held, side.window or window) for side in (test.part, test.whole))
        if part is not None and whole is not None and window == (test.part.window or window):
            yield _row(test, window, part, whole)


def _size(side: Side, held: Held, window: Window) -> tuple[Interval, tuple[str, ...]] | None:
    """The values that a side may have and the rows it is made from; None where one is not held."""
    found = [held.find(name, window, characteristic_value=side.value) for name in side.series.split(";")]
    base = [held.find(name, side.of_window or window) for name in side.of.split(";")] if side.of else []
    rows = [row for row in (*found, *base) if row is not None]
    if len(rows) < len(found) + len(base):
        return None
    size = _sum(rows[: len(found)])
    if base:
        size = size.scale(Fraction(1, 100)).mul(_sum(rows[len(found) :]))
    return size, tuple(row["row_id"] for row in rows)


def _sum(rows: list[dict[str, Any]]) -> Interval:
    total = Interval.point(0)
    for row in rows:
        total = total.add(figure_interval(row))
    return total


def _row(
    test: FlagTest, window: Window, part: tuple[Interval, tuple[str, ...]], whole: tuple[Interval, tuple[str, ...]]
) -> dict[str, Any]:
    (left, left_rows), (right, right_rows) = part, whole
    agree = not flag_is_incomplete(right, left) if test.relation == "at most" else _equal(left, right, test.unit)
    result = "agree" if agree else "contradict" if test.alike else "not_comparable"
    caught = float(completeness(right, left).upper) if test.flag else None
    return {
        "check": test.key, "scope": test.scope, "area_code": ENGLAND_AND_WALES, "period_start": window[0],
        "period_end": window[1], "relation": test.relation, "part": test.part.words, "part_lower": float(left.lower),
        "part_upper": float(left.upper), "whole": test.whole.words, "whole_lower": float(right.lower),
        "whole_upper": float(right.upper), "unit": test.unit, "completeness_upper": caught, "result": result,
        "sentence": _sentence(test, window, left, right, result, caught), "caveats": list(test.caveats),
        "inputs": [*left_rows, *right_rows],
    }  # fmt: skip


def _equal(left: Interval, right: Interval, unit: str) -> bool:
    slack = Interval.closed(-TOLERANCE, TOLERANCE) if unit == "percent" else Interval.point(0)
    return left.add(slack).meets(right)


def _sentence(
    test: FlagTest, window: Window, left: Interval, right: Interval, result: str, caught: float | None
) -> str:
    said = f"{test.part.words} ({_shown(left, test.unit)}) and {test.whole.words} ({_shown(right, test.unit)})"
    said = said[0].upper() + said[1:]
    when = Period(*window, "year")
    must = "the first must be no larger than the second" if test.relation == "at most" else "the two must be equal"
    verdict = {
        "agree": "they can hold together",
        "contradict": "they cannot, as read",
        "not_comparable": "they are not, but windows or bases differ",
    }[result]
    found = f"{said}, {when}: {must}, since {test.why}; {verdict}."
    if result == "contradict" and caught is not None:
        found += f" If the inclusion holds, the flag has caught at most {100 * caught:.0f}% of its concept."
    return found


def _shown(interval: Interval, unit: str) -> str:
    ends = [f"{end:.1f}%" if unit == "percent" else f"{end:,.0f}" for end in interval.as_floats()]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
