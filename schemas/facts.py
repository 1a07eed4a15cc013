"""Fact tables: one row is one published figure, tidy, with its status and its source cell."""

from pandera.api.pandas.container import DataFrameSchema

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Number, Text


class Fact(Keyed):
    """One published figure. A table's own columns stand between `series` and the columns that all facts share."""

    series: Text = shared("series")
    sex: Text = shared("sex", meaning="Sex of the victims or persons, where the code or the table says it, else all")
    age: Text = shared("age")
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    value: Number = column("The figure", "see unit", nullable=True)
    unit: Text = shared("unit")
    obs_status: Text = shared("obs_status")
    designation: Text = shared("designation")
    notes: Text = shared("notes", nullable=True)
    leaves_out: Text = shared("leaves_out", nullable=True)
    doubt: Text = shared("doubt", nullable=True)
    printed: Text = shared("printed")
    source: Text = shared("source")
    release: Text = shared("release")
    sheet: Text = shared("sheet")
    cell: Text = shared("cell", nullable=True)
    url: Text = shared("url", nullable=True)

    @classmethod
    def to_schema(cls) -> DataFrameSchema:
        """The schema with the table's own columns moved forward."""
        schema = super().to_schema()
        first = [name for name in ("row_id", "series") if name in schema.columns]
        tables = cls.__mro__[: cls.__mro__.index(Fact)]
        declared = [name for table in reversed(tables) for name in table.__annotations__]
        own = [name for name in declared if name in schema.columns and name not in first]
        rest = [name for name in schema.columns if name not in first + own]
        return schema.select_columns(first + own + rest)


class SurveyEstimate(Fact):
    """One published figure of the Crime Survey for England and Wales; the period is the survey year's label."""

    instrument: Text = shared("instrument", nullable=True)
    topic: Text = column("What respondents were asked about")
    measure: Text = column("prevalence, victims, incidents, incidence_rate, told_police ...")
    characteristic: Text = shared("characteristic", nullable=True)
    characteristic_value: Text = shared("characteristic_value", nullable=True)
    lower: Number = column("Lower limit of the interval", "see unit", nullable=True)
    upper: Number = column("Upper limit of the interval", "see unit", nullable=True)
    interval_source: Text = shared("interval_source", nullable=True)
    base: Number = shared("base", nullable=True)


class OffenceCount(Fact):
    """One count of recorded offences (or homicide victims) by offence code, in the scope that counted them."""

    scope: Text = shared("scope")
    offence_code: Text = shared("offence_code")
    offence: Text = shared("offence")
    level: Text = column("Level of the code in its table", isin=list(codes.LEVEL))
    subgroup: Text = shared("subgroup", nullable=True)


class ForceCount(OffenceCount):
    """One count of recorded offences below England and Wales: by region, police force or Community Safety Partnership.
    Quarterly counts may be negative, since they hold corrections."""


class FlaggedCount(Fact):
    """One count of recorded offences that carry a flag (domestic abuse, online), by offence group."""

    scope: Text = shared("scope")
    flag: Text = column("Flag carried by the offences")
    offence_group: Text = column("Offence group: `all` for all of them")


class VawgCount(Fact):
    """One count of the policing VAWG collection: its own definition and window, not the published statistics."""

    scope: Text = shared("scope")
    threat: Text = shared("threat", isin=list(codes.THREAT_OR_ALL))
    part: Text = column("Part of the threat; `total` for all of it")


class RecordedShare(Fact):
    """One published percentage about recorded offences: who, how recent, how flagged, how changed."""

    scope: Text = shared("scope")
    topic: Text = column("What the percentage is of")
    measure: Text = column("Kind of percentage")
    threat: Text = shared("threat", nullable=True)
    characteristic: Text = shared("characteristic", nullable=True)
    characteristic_value: Text = shared("characteristic_value", nullable=True)
    lower: Number = column("Lower end of its rounding", "percent", nullable=True)
    upper: Number = column("Upper end of its rounding", "percent", nullable=True)


class Outcome(Fact):
    """One figure of what happened after recording: arrests, referrals, charges, prosecutions, convictions."""

    scope: Text = shared("scope")
    threat: Text = shared("threat", nullable=True)
    topic: Text = column("Offences that the outcome is of")
    stage: Text = column("Stage of the justice process, or a rate between two stages")


class PopulationEstimate(Fact):
    """One mid-year population estimate by sex and age band, in persons."""


# Outcomes of recorded offences by force, offence and kind of outcome.


class OutcomeCount(Fact):
    """One count of outcomes by force, quarter, offence code and outcome type. The series says which of two counts it is:
    outcomes given in the quarter, whenever the offence was recorded, or outcomes so far of the offences recorded in the
    quarter. A combination without a row has no row in the source: it is not a nought."""

    scope: Text = shared("scope")
    offence_code: Text = shared("offence_code")
    offence: Text = shared("offence")
    outcome_type: Text = column("Number of the outcome in the outcomes framework; 0 for none yet")
    outcome: Text = column("Outcome as the source words it")
    outcome_group: Text = column("Group of outcomes as the source words it")
