"""How large a simple random sample would be as precise as the survey: an interval over the tracked assumptions."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.survey import standard_error
from assets.reconciled.ground.assumed import Assumed, Sample, complement
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.reference_rows import Assumptions, FieldworkYears, period_of
from assets.tables.records import records
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import SurveyEstimateRow

SAMPLE_BASE = "csew.sample.16+.unweighted_base"
SELF_COMPLETION = ("csew_self_completion_old", "csew_self_completion_new", "csew_combined", "csew_harassment_module")
FACE_TO_FACE = "csew_face_to_face"
FULL_AGES = "16+"
SAMPLED = ("published", "computed")
DESIGN_EFFECT = "deff_self_completion"
ANSWERED = "self_completion_share"
FIELDWORK = "fieldwork"
Window = tuple[datetime.date, datetime.date]
# The sample behind a figure: the stem of its series, sex, age, area and period.
Behind = tuple[str, str, str, str, Window]


@dataclass(frozen=True)
class Cut:
    """What published verdicts or limits leave of a number that is otherwise assumed, and the rows that say so."""

    left: Interval
    inputs: tuple[str, ...]


NOTHING_CUT: Mapping[Behind, Cut] = {}
NO_SHARE_CUT: Mapping[Window, Cut] = {}


def stem_of(series: str) -> str:
    """A series without its last part, the measure."""
    return series.rsplit(".", 1)[0]


def behind(row: SurveyEstimateRow) -> Behind:
    """The sample that a figure rests on: a prevalence and its number of victims rest on one."""
    return stem_of(row["series"]), row["sex"], row["age"], row["area_code"], (row["period_start"], row["period_end"])


def has_sampling(row: SurveyEstimateRow) -> bool:
    """Do the limits of an estimate hold its sampling error: printed ones, or those of a published standard error?"""
    return row["value"] is not None and row["value"] > 0 and row["interval_source"] in SAMPLED


def published_size(row: SurveyEstimateRow) -> float | None:
    """p (1 - p) / se^2 of a percentage with published limits: the simple random sample that would be as precise."""
    if (
        row["unit"] != "percent"
        or not has_sampling(row)
        or row["value"] >= 100
        or not 0 < row["lower"] < row["upper"] < 100
    ):
        return None
    share = row["value"] / 100
    limits = Interval.closed(min(row["lower"], row["value"]) / 100, max(row["upper"], row["value"]) / 100)
    return float(share * (1 - share) / standard_error(share, limits) ** 2)


class EffectiveSamples:
    """Respondents / design effect of every survey year for which a base of the whole sample is held or assumed.

    newest_estimates: newest vintages of `survey.estimate`. The design effects held are those of the interviewer-led
    part of the survey, so they are borrowed for the self-completion module and not for the interviews.
    cuts, answered: what published verdicts and limits leave of single samples, and of the share that answered in a year
    """

    def __init__(
        self,
        newest_estimates: pd.DataFrame,
        assumptions: Assumptions,
        fieldwork: FieldworkYears,
        cuts: Mapping[Behind, Cut] = NOTHING_CUT,
        answered: Mapping[Window, Cut] = NO_SHARE_CUT,
    ) -> None:
        self._bases: dict[object, SurveyEstimateRow] = {
            (row["period_start"], row["period_end"]): row
            for row in records(newest_estimates[newest_estimates["series"] == SAMPLE_BASE])
            if row["value"] is not None
        }
        self._assumptions, self._fieldwork = assumptions, fieldwork
        self._cuts, self._answered = cuts, answered

    def of_row(self, row: SurveyEstimateRow) -> tuple[Interval | None, tuple[str, ...]]:
        """The effective sample of one estimate: of its own published sampling error where it has one, else that of its kind."""
        own = published_size(row)
        if own is not None:
            return Interval.point(own), ()
        sample, used = self.sample_of(row)
        return (None if sample is None else sample.interval), used

    def sample_of(self, row: SurveyEstimateRow) -> tuple[Sample | None, tuple[str, ...]]:
        """The effective sample of one estimate, as far as what is published leaves it."""
        sample, used = self._whole(row)
        cut = self._cuts.get(behind(row))
        if sample is None or cut is None:
            return sample, used
        return replace(sample, left=cut.left), (*used, *cut.inputs)

    def _whole(self, row: SurveyEstimateRow) -> tuple[Sample | None, tuple[str, ...]]:
        """From its own base where that is printed, else as a share of all respondents."""
        if row["instrument"] in SELF_COMPLETION and row["base"]:
            base = Assumed.known("base", row["base"], row["row_id"])
            return _sample(base, (), self._assumptions.assumed(DESIGN_EFFECT), None)
        return self.sample(
            row["topic"], row["instrument"], row["sex"], row["age"], period_of(row), area_code=row["area_code"]
        )

    def sample(
        self,
        topic: str,
        instrument: str,
        sex: str,
        age: str,
        period: ComparedPeriod,
        area_code: str = ENGLAND_AND_WALES,
    ) -> tuple[Sample | None, tuple[str, ...]]:
        """The effective sample, part by part, and the rows behind it.

        None where no base is held, or where the instrument, the age base or the area has no tracked share of the sample.
        """
        base, tracked = self._whole_sample(period), self._assumptions
        age_share, region = f"age_base_share.{age}", f"region_sample_share.{area_code}"
        if base is None or (age != FULL_AGES and age_share not in tracked):
            return None, ()
        if instrument not in (*SELF_COMPLETION, FACE_TO_FACE):
            return None, ()
        if area_code != ENGLAND_AND_WALES and region not in tracked:
            return None, ()
        shares = []
        if sex != "all":
            female = tracked.assumed("share_female_of_sample")
            shares.append(female if sex == "female" else complement(female))
        fieldwork = self._fieldwork.of(topic, period)
        interviewed = len(fieldwork.months) / 12 * fieldwork.sample_share
        if interviewed < 1:
            key = f"fieldwork_share.ye_{period.end:%Y_%m}"
            known = Assumed.known(FIELDWORK, interviewed, fieldwork.row_id or "")
            shares.append(tracked.assumed(key) if key in tracked else known)
        if age != FULL_AGES:
            shares.append(tracked.assumed(age_share))
        if area_code != ENGLAND_AND_WALES:
            shares.append(tracked.assumed(region))
        cut = self._answered.get((period.start, period.end))
        answered = share_that_answered(instrument, tracked)
        shares += [share.within(cut.left) if cut else share for share in answered]
        sample, used = _sample(base, shares, tracked.assumed(DESIGN_EFFECT), fieldwork.row_id)
        return sample, (*used, *(cut.inputs if cut and answered else ()))

    def _whole_sample(self, period: ComparedPeriod) -> Assumed | None:
        """Respondents of a survey year: the published base, else a tracked interval, else None."""
        row = self._bases.get((period.start, period.end))
        if row is not None:
            return Assumed.known("base", row["value"], row["row_id"])
        key = f"whole_sample_base.ye_{period.end:%Y_%m}"
        return self._assumptions.assumed(key) if key in self._assumptions else None


def share_that_answered(instrument: str, tracked: Assumptions) -> tuple[Assumed, ...]:
    """The share of those interviewed who answered the self-completion module, for what is asked in it."""
    return (tracked.assumed(ANSWERED),) if instrument in SELF_COMPLETION else ()


def _sample(
    base: Assumed, shares: Sequence[Assumed], design_effect: Assumed, fieldwork: str | None
) -> tuple[Sample, tuple[str, ...]]:
    sample = Sample(base, tuple(shares), design_effect)
    return sample, tuple(dict.fromkeys(row for row in (*(part.row_id for part in sample.parts), fieldwork) if row))
